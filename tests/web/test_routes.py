"""Who may do what, over all routes."""

from __future__ import annotations

import re

import pytest
from litestar.testing import AsyncTestClient

from events_app import reading
from events_app.app import App
from events_app.web.rights import Who
from events_app.web.routes import ROUTES, Route, inside

from .conftest import sign_in

Client = AsyncTestClient[App]

ANYONE = {
    ("GET", "/"),
    ("GET", "/robots.txt"),
    ("GET", "/offer/{event:str}/"),
    ("POST", "/offer/{event:str}/"),
    ("GET", "/healthz"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("GET", "/sign-in/{token:str}"),
    ("POST", "/sign-in/{token:str}"),
    ("POST", "/sign-in/{token:str}/renewals"),
    ("POST", "/sign-out"),
    ("GET", "/speak/-/removed"),
}
"""Whoever opens another route to everybody says so here too."""

CLOSED = [entry for entry in ROUTES if entry.who is not Who.ANYONE]


PLACES = {"event": "small-2028", "address": "sessions/K1", "token": "t", "code": "K1", "line": "1", "place": "front",
          "n": "1", "key": "x", "collection": "sessions", "showcase": "dadz", "column": "title", "id": "1",
          "kind": "digest"}  # fmt: skip
"""What stands in the addresses."""


def address(entry: Route) -> str:
    return re.sub(r"\{(\w+):\w+\}", lambda place: PLACES[place[1]], entry.path)


def test_only_these_routes_are_for_everybody() -> None:
    assert {(entry.method, entry.path) for entry in ROUTES if entry.who is Who.ANYONE} == ANYONE


CODED = [entry for entry in ROUTES if "{code:str}" in entry.path and "/offers/" not in entry.path]
"""Those that hold the code of a thing, which somebody may have chosen; an offer's is made up of digits."""


@pytest.mark.parametrize("entry", CODED, ids=lambda e: f"{e.method} {e.path}")
def test_no_word_in_an_address_can_be_taken_for_a_code(entry: Route) -> None:
    """So that whatever a thing is called, its pages are reached: only `-`, which no code is, stands beside codes."""
    before = entry.path.partition("{code:str}")[0]
    beside = {other.path.removeprefix(before).split("/")[0] for other in ROUTES if other.path.startswith(before)}
    assert {word for word in beside if not word.startswith("{")} <= {"-", ""}


def test_every_route_of_the_application_says_whom_it_is_for(app: App) -> None:
    handlers = [handler for route in app.routes for handler in getattr(route, "route_handlers", ())]
    handlers = [handler for handler in handlers if handler.http_methods != {"OPTIONS"}]  # which say what is allowed
    assert len({id(handler) for handler in handlers}) == len(ROUTES)
    assert [handler for handler in handlers if not isinstance(handler.opt.get("who"), Who)] == []
    assert [handler for handler in handlers if not handler.guards] == []


def test_whoever_organises_one_event_is_asked_for_by_its_name_in_the_address() -> None:
    assert [entry.path for entry in ROUTES if entry.who is Who.ORGANISER and "{event:str}" not in entry.path] == []


@pytest.mark.parametrize("entry", CLOSED, ids=lambda e: f"{e.method} {e.path}")
async def test_who_is_not_signed_in_is_asked_to(client: Client, entry: Route) -> None:
    before = await reading.log("small-2028")
    answer = await client.request(entry.method, address(entry), headers={"accept": "text/html"})
    assert answer.status_code == 403
    assert 'href="/sign-in"' in answer.text
    assert "keynote" not in answer.text
    assert await reading.log("small-2028") == before


@pytest.mark.parametrize("entry", [e for e in CLOSED if e.who is Who.ORGANISER], ids=lambda e: f"{e.method} {e.path}")
async def test_who_has_no_rights_in_the_event_is_refused(client: Client, entry: Route) -> None:
    await sign_in(client, "mallory@example.org")
    before = await reading.log("small-2028")
    for path in (address(entry), address(entry).replace("small-2028", "no-such-event")):
        answer = await client.request(entry.method, path, headers={"accept": "text/html"})
        assert answer.status_code == 403
        assert "belongs to others" in answer.text
    assert await reading.log("small-2028") == before


@pytest.mark.parametrize(
    "entry", [e for e in CLOSED if e.who is Who.ANY_ORGANISER], ids=lambda e: f"{e.method} {e.path}"
)
async def test_who_organises_no_event_is_refused(client: Client, entry: Route) -> None:
    await sign_in(client, "mallory@example.org")
    answer = await client.request(entry.method, address(entry), headers={"accept": "text/html"})
    assert answer.status_code == 403
    assert "belongs to others" in answer.text


async def test_a_right_that_is_taken_away_is_gone_at_once(olga: Client) -> None:
    from events_app.editing import accounts

    assert (await olga.get("/organise/small-2028/")).status_code == 200
    await accounts.grant("small-2028", "alice@example.org", accounts.Right.ORGANISER, "tests")  # one must stay
    await accounts.revoke("small-2028", "olga@example.org", "tests")
    assert (await olga.get("/organise/small-2028/")).status_code == 403


async def test_a_speaker_is_no_organiser(client: Client) -> None:
    from events_app.editing import accounts

    await accounts.grant("small-2028", "sam@example.org", accounts.Right.SPEAKER, "tests")
    await sign_in(client, "sam@example.org")
    assert (await client.get("/organise/")).status_code == 200
    assert (await client.get("/organise/small-2028/")).status_code == 403


def test_no_event_is_hidden_by_a_route() -> None:
    assert {"organise", "sign-in", "sign-out", "static", "api", "speak", "healthz", "robots.txt"} <= inside()
    assert "small-2028" not in inside()
