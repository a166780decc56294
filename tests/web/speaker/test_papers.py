"""A paper's own words: saved at once, asked for where they are locked, and never over what somebody else wrote."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from litestar.testing import AsyncTestClient
from lxml import html
from msgspec.structs import replace

from events_app import editing, reading
from events_app.app import App
from events_app.programme.model import PaperStatus, Part, Role
from events_app.programme.planning import Contact, RequestState, Rules
from tests.web.conftest import OLGA, sign_in
from tests.web.filling import entries, send, typed, words

Client = AsyncTestClient[App]
SLUG = "small-2028"
AT = f"/speak/{SLUG}"
BOB, CHARLIE, EVE = "bob@example.org", "charlie@example.org", "eve@example.org"


@pytest.fixture
async def bob(client: Client) -> Client:
    """Signed in as Bob, who wrote T1 with Charlie, and T4, which is in reserve."""
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email=BOB), OLGA)
    await editing.put(SLUG, "contacts", Contact(person="charlie-khan", email=CHARLIE), OLGA)
    await sign_in(client, BOB)
    return client


async def form(client: Client, path: str = "papers/T1") -> list[tuple[str, str]]:
    answer = await client.get(f"{AT}/{path}")
    assert answer.status_code == 200, answer.text
    return entries(answer.text)


async def paper(code: str = "T1") -> Any:
    return {paper.code: paper for paper in (await reading.draft(SLUG)).programme.papers}[code]


async def test_a_form_sent_back_as_it_came_writes_nothing(bob: Client) -> None:
    before = await reading.draft(SLUG)
    answer = await send(bob, f"{AT}/papers/T1", await form(bob))
    assert answer.headers["location"] == f"{AT}/papers/T1?done=same"
    assert await reading.draft(SLUG) == before


async def test_new_words_are_public_at_once_and_the_page_says_so(bob: Client) -> None:
    answer = await send(bob, f"{AT}/papers/T1", typed(await form(bob), title="Letting go", keywords="control, trust"))
    assert answer.headers["location"] == f"{AT}/papers/T1?done=public"
    told = await bob.get(answer.headers["location"])
    assert "Everybody can see it now." in words(told.text)
    public = await bob.get(f"/{SLUG}/papers/T1")
    assert "Letting go" in public.text and "control, trust" in public.text
