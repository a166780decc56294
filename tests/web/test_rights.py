"""Who may do what: every route, for every kind of member, in their own event, in others', in nobody's."""

from __future__ import annotations

import msgspec
import pytest
from litestar.testing import AsyncTestClient

from events_app import editing, reading
from events_app.app import App
from events_app.editing import accounts
from events_app.editing.accounts import Right
from events_app.intake.reading import Reading
from events_app.programme.planning import Contact
from events_app.web.rights import Who, may
from events_app.web.routes import ROUTES

from ..conference import PROGRAMME
from .conftest import OLGA, sign_in
from .test_routes import address

Client = AsyncTestClient[App]

HELEN, CHRIS, SAM, MALLORY = (f"{name}@example.org" for name in ("helen", "chris", "sam", "mallory"))
RIGHTS = {OLGA: Right.ORGANISER, HELEN: Right.HELPER, CHRIS: Right.CHAIR, SAM: Right.SPEAKER}
WORKSPACE = [entry for entry in ROUTES if entry.who is Who.ORGANISER]
EVENTS = {"own": "small-2028", "others": "other-2028", "nobodys": "no-such-event"}


@pytest.fixture
async def world(client: Client) -> Client:
    """Olga organises, Helen helps, Chris chairs P1 and Sam speaks in the small conference; Mallory has another one."""
    event = msgspec.structs.replace(PROGRAMME.event, slug="other-2028", uid="other")
    other = Reading(kind="t", programme=msgspec.structs.replace(PROGRAMME, event=event))
    await editing.import_reading(None, other, "tests")
    await accounts.grant("other-2028", MALLORY, Right.ORGANISER, "tests")
    for email, right in RIGHTS.items():
        await accounts.grant("small-2028", email, right, "tests")
    for slug in ("small-2028", "other-2028"):
        await editing.put(slug, "contacts", Contact(person="alice-adler", email=CHRIS.title()), "tests")
    return client


@pytest.mark.parametrize("whose", EVENTS)
@pytest.mark.parametrize("email", [*RIGHTS, MALLORY])
async def test_every_route_lets_in_only_those_whom_it_is_for(world: Client, email: str, whose: str) -> None:
    await sign_in(world, email)
    for entry in WORKSPACE:
        asked = address(entry).replace("small-2028", EVENTS[whose])
        right = {"own": RIGHTS.get(email), "others": Right.ORGANISER if email == MALLORY else None}.get(whose)
        refused = not (right is Right.ORGANISER or (right is Right.HELPER and entry.method == "GET"))
        if refused or entry.method == "GET":  # what is let in to write is tried where it is written
            answer = await world.request(entry.method, asked, headers={"accept": "text/html"})
            assert (answer.status_code == 403) is refused, (email, entry.method, asked)


async def test_a_refused_write_changes_nothing(world: Client) -> None:
    before = {slug: await reading.draft(slug) for slug in ("small-2028", "other-2028")}
    for email in (HELEN, CHRIS, SAM, MALLORY):
        await sign_in(world, email)
        for entry in WORKSPACE:
            if entry.method != "GET":
                answer = await world.request(entry.method, address(entry))
                assert answer.status_code == 403
    assert {slug: await reading.draft(slug) for slug in before} == before


async def test_chairs_run_their_panels_on_their_own_pages_and_have_no_other_workspace(world: Client) -> None:
    await sign_in(world, CHRIS)
    assert 'href="/speak/small-2028/panels/P1"' in (await world.get("/organise/")).text
    assert (await world.get("/speak/small-2028/panels/P1")).status_code == 200
    for path in ("/speak/small-2028/panels/P2", "/organise/small-2028/panels/P1", "/organise/small-2028/"):
        assert (await world.get(path)).status_code == 403


async def test_a_chair_who_chairs_no_more_runs_it_no_more(world: Client) -> None:
    await sign_in(world, CHRIS)
    await editing.put("small-2028", "contacts", Contact(person="alice-adler", email="alice@example.org"), "tests")
    assert (await world.get("/speak/small-2028/panels/P1")).status_code == 403


@pytest.mark.parametrize(
    ("right", "method", "allowed"),
    [
        (Right.ORGANISER, "POST", True),
        (Right.HELPER, "GET", True),
        (Right.HELPER, "HEAD", True),
        (Right.HELPER, "POST", False),
        (Right.HELPER, "DELETE", False),
        (Right.CHAIR, "GET", False),
        (Right.CHAIR, "POST", False),
        (Right.SPEAKER, "GET", False),
        (Right.HOST, "GET", False),
        (None, "GET", False),
    ],
)
def test_the_rule(right: Right | None, method: str, allowed: bool) -> None:
    assert may(right, method) is allowed


def test_every_route_of_the_workspace_is_in_the_table() -> None:
    workspace = {entry.path for entry in ROUTES if entry.path.startswith("/organise/{event:str}")}
    assert {entry.path for entry in WORKSPACE} == workspace
