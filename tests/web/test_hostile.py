"""Hostile words, taken in by a file and shown on the screens of organisers and speakers: they stay words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from litestar.testing import AsyncTestClient
from lxml import html
from msgspec.structs import replace

from events_app import editing, intake
from events_app.app import App
from events_app.editing import accounts
from events_app.programme.model import Link
from events_app.programme.planning import Contact
from events_app.renditions import Site
from events_app.renditions.programme_json import render as programme_json

from ..conference import PROGRAMME
from ..renditions.test_pages import poisoned
from ..test_hostile import COLLECTIONS, WORDS
from .conftest import OLGA, sign_in

SITE = Site(base="https://programme.example")


@pytest.fixture(params=["markup", "reversed", "breaks", "section", "controls"])
async def workspace(request: pytest.FixtureRequest, client: AsyncTestClient[App]) -> AsyncTestClient[App]:
    """An event that was imported with hostile words in everything, its organiser signed in, who is also Bob."""
    hostile = poisoned(PROGRAMME, WORDS[request.param])
    event = replace(hostile.event, slug="hostile-2028", uid="hostile")
    people = tuple(replace(one, links=(Link(url="https://ok.example/", label="x"),)) for one in hostile.people)
    file = programme_json(replace(hostile, event=event, people=people), SITE, {})
    await editing.import_reading(None, intake.read(file), OLGA)
    await accounts.grant("hostile-2028", OLGA, accounts.Right.ORGANISER, "tests")
    await editing.put("hostile-2028", "contacts", Contact(person="bob-baker", email=OLGA), OLGA)
    await editing.put("hostile-2028", "contacts", Contact(person="alice-adler", email=OLGA), OLGA)
    await editing.put("hostile-2028", "contacts", Contact(person="dana-osei", email=OLGA), OLGA)
    await editing.cancel("hostile-2028", "D2", OLGA)
    await editing.release("hostile-2028", OLGA, WORDS[request.param])
    await sign_in(client, OLGA)
    client.headers["accept"] = "text/html"
    return client


AT, SPEAK = "/organise/hostile-2028", "/speak/hostile-2028"
SCREENS = (
    f"{AT}/", f"{AT}/findings", f"{AT}/releases/", f"{AT}/members", f"{AT}/settings", f"{AT}/texts",
    f"{AT}/texts/front/0",
    f"{AT}/timetable?day=2028-03-25", f"{AT}/timetable/K1", f"{AT}/history", f"{AT}/places", f"{AT}/copy",
    *(f"{AT}/{collection}/" for collection in COLLECTIONS), f"{AT}/sessions/P1-1", f"{AT}/sessions/P1-1/papers",
    f"{AT}/papers/T1", f"{AT}/panels/P1", f"{AT}/people/bob-baker", f"{AT}/people/bob-baker/history",
    f"{AT}/people/bob-baker/merge?other=alice-adler", f"{AT}/people/bob-baker/removal",
    f"{AT}/people/bob-baker/forgetting", f"{AT}/rooms/aula", f"{AT}/tracks/trust", f"{AT}/showcases/dadz",
    f"{SPEAK}/", f"{SPEAK}/data", f"{SPEAK}/removal", f"{SPEAK}/people/bob-baker", f"{SPEAK}/papers/T1",
    f"{SPEAK}/sessions/K1", f"{SPEAK}/panels/P1", f"{SPEAK}/showcases/dadz",
)  # fmt: skip


async def test_no_screen_of_the_workspaces_takes_words_for_more_than_words(workspace: AsyncTestClient[App]) -> None:
    for address in SCREENS:
        answer = await workspace.get(address)
        assert answer.status_code in (200, 404), address
        tree: Any = html.document_fromstring(answer.content.decode())
        assert tree.xpath("//script[not(@src)]|//iframe|//object|//img[not(starts-with(@src, '/'))]") == [], address
        assert tree.xpath("//@*[starts-with(name(), 'on')]") == [], address
        assert [one for one in tree.xpath("//@href") if re.match(r"\s*(javascript|data):", one)] == [], address
        assert "\x00" not in answer.text
