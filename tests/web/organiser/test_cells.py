"""One field of one thing, changed where a list shows it."""

from __future__ import annotations

from typing import Any

import pytest
from litestar.testing import AsyncTestClient
from lxml import html
from msgspec.structs import replace

from events_app import editing, reading
from events_app.app import App
from events_app.editing import accounts
from events_app.programme.lookup import index
from events_app.programme.model import COLLECTIONS
from events_app.web.organiser.cells import CELLS
from events_app.web.organiser.columns import table
from events_app.web.organiser.fields import World, fields
from tests.conference import SESSIONS
from tests.web.conftest import OLGA, sign_in
from tests.web.filling import entries, send, typed, words

Client = AsyncTestClient[App]
SLUG = "small-2028"
BASE = f"/organise/{SLUG}"


async def noun(collection: str, code: str) -> Any:
    return getattr(index((await reading.draft(SLUG)).programme), collection)[code]


@pytest.mark.parametrize("collection", COLLECTIONS)
async def test_every_cell_that_can_be_changed_is_a_column_and_a_field(olga: Client, collection: str) -> None:
    world = World(await reading.draft(SLUG))
    columns = {column.key for column in table(collection, world).columns} | {"title"}
    assert CELLS[collection].keys() <= columns
    assert set(CELLS[collection].values()) <= {field.name for field in fields(collection, world)}


@pytest.mark.parametrize(
    ("path", "text", "said", "field", "value"),
    [
        ("sessions/K1/cells/title", "A new title", "A new title", "title", "A new title"),
        ("sessions/K1/cells/kind", "talk", "Talk", "kind", "talk"),
        ("sessions/K1/cells/minutes", "75", "75", "minutes", 75),
        ("sessions/K1/cells/room", "room-b", "Room B", "room", "room-b"),
        ("sessions/K1/cells/track", "care", "Care", "track", "care"),
        ("papers/T1/cells/status", "tabled", "Tabled", "status", "tabled"),
        ("rooms/aula/cells/capacity", "250", "250", "capacity", 250),
        ("people/bob-baker/cells/title", "Bob B. Baker", "Bob B. Baker", "name", "Bob B. Baker"),
        ("people/bob-baker/cells/affiliation", "", "", "affiliation", ""),
    ],
)
async def test_a_cell_is_changed_alone(
    olga: Client, path: str, text: str, said: str, field: str, value: object
) -> None:
    action = f"{BASE}/{path}"
    collection, code, *_rest = path.split("/")
    before = await noun(collection, code)
    answer = await send(olga, action, typed(entries((await olga.get(action)).text, action), **{field: text}))
    assert answer.headers["location"] == f"{action}?done=saved"
    assert await noun(collection, code) == replace(before, **{field: value})
    [told] = html.fromstring((await olga.get(f"{action}?done=saved")).text).xpath("//*[@data-said]")
    assert told.text_content() == said
    [line] = await reading.log(SLUG, 1)
    assert (line.who, line.what, line.code) == (OLGA, "revise", code)


async def test_people_expected_are_planned_and_leave_the_session_as_it_is(olga: Client) -> None:
    action = f"{BASE}/sessions/K1/cells/expected"
    await send(olga, action, typed(entries((await olga.get(action)).text, action), people="120"))
    draft = await reading.draft(SLUG)
    assert [(plan.session, plan.people) for plan in draft.planning.expected] == [("K1", 120)]
    assert await noun("sessions", "K1") == SESSIONS[0]


async def test_what_others_change_of_the_same_thing_meanwhile_stays(olga: Client) -> None:
    action = f"{BASE}/sessions/K1/cells/minutes"
    mine = typed(entries((await olga.get(action)).text, action), minutes="75")
    await editing.put(SLUG, "sessions", replace(SESSIONS[0], title="Theirs"), "eve@example.org")
    assert (await send(olga, action, mine)).status_code == 303
    assert await noun("sessions", "K1") == replace(SESSIONS[0], title="Theirs", minutes=75)


async def test_where_both_change_the_same_cell_the_second_sees_both(olga: Client) -> None:
    action = f"{BASE}/sessions/K1/cells/title"
    mine = typed(entries((await olga.get(action)).text, action), title="Mine")
    await editing.put(SLUG, "sessions", replace(SESSIONS[0], title="Theirs"), "eve@example.org")
    answer = await send(olga, action, mine)
    assert answer.status_code == 409
    assert "Theirs" in words(answer.text, "//div[@role='alert']")
    assert ("title", "Mine") in entries(answer.text, action)
    assert (await noun("sessions", "K1")).title == "Theirs"
    assert (await send(olga, action, entries(answer.text, action))).status_code == 303
    assert (await noun("sessions", "K1")).title == "Mine"


async def test_what_cannot_stand_there_is_said_and_stays_in_the_field(olga: Client) -> None:
    action = f"{BASE}/sessions/K1/cells/minutes"
    before = await reading.draft(SLUG)
    answer = await send(olga, action, typed(entries((await olga.get(action)).text, action), minutes="ages"))
    assert answer.status_code == 422
    assert "“ages” is no whole number." in words(answer.text)
    assert ("minutes", "ages") in entries(answer.text, action)
    assert await reading.draft(SLUG) == before


@pytest.mark.parametrize(
    "path", ["sessions/K1/cells/when", "sessions/K1/cells/x", "sessions/none/cells/room", "x/y/cells/z"]
)
async def test_what_is_no_cell_is_no_page(olga: Client, path: str) -> None:
    assert (await olga.get(f"{BASE}/{path}")).status_code == 404
    assert (await send(olga, f"{BASE}/{path}", [("seen", "{}")])).status_code == 404


async def test_a_helper_is_offered_no_cell(client: Client) -> None:
    await accounts.grant(SLUG, "helen@example.org", accounts.Right.HELPER, "tests")
    await sign_in(client, "helen@example.org")
    assert "data-cell" not in (await client.get(f"{BASE}/sessions/")).text
