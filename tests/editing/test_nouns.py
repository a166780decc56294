from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from events_app import editing, reading
from events_app.programme.model import Part, Person, Role, Session, Turn
from events_app.programme.planning import Contact, Rules

from ..conference import BOB, DADZ, EVENT, PROGRAMME, SESSIONS, at

SLUG = "small-2028"
BY = "alice@example.org"
K1 = SESSIONS[0]


async def found(collection: str, code: str) -> Any:
    programme = (await reading.draft(SLUG)).programme
    return {noun.code: noun for noun in getattr(programme, collection)}.get(code)


async def revision() -> int:
    return (await reading.draft(SLUG)).revision


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("rooms", replace(PROGRAMME.rooms[0], capacity=1, step_free=None)),
        ("tracks", replace(PROGRAMME.tracks[0], colour="#ffffff")),
        ("people", replace(BOB, links=(), languages=("en", "fr"))),
        ("panels", replace(PROGRAMME.panels[0], track="care", parts=())),
        ("showcases", replace(DADZ, staffing=DADZ.staffing[:1], panels=(), floor="aula")),
        ("papers", replace(PROGRAMME.papers[0], keywords=("a", "b"), parts=PROGRAMME.papers[0].parts[::-1])),
        ("sessions", replace(SESSIONS[1], turns=(Turn(paper="T3"), Turn(paper="T1", minutes=5)), cancelled=True)),
    ],
)
async def test_any_noun_can_be_revised(conference: str, kind: str, value: Any) -> None:
    await editing.put(SLUG, kind, value, BY)
    assert await found(kind, value.code) == value
    assert await revision() == 3


async def test_a_revised_noun_keeps_its_place_and_a_new_one_comes_last(conference: str) -> None:
    await editing.put(SLUG, "people", replace(BOB, name="Robert Baker"), BY)
    await editing.put(SLUG, "people", Person(code="zoe", name="Zoe"), BY)
    codes = [person.code for person in (await reading.draft(SLUG)).programme.people]
    assert codes == [*(person.code for person in PROGRAMME.people), "zoe"]


async def test_the_event_and_the_rules_of_the_house_can_be_revised(conference: str) -> None:
    await editing.put(SLUG, "event", replace(EVENT, name="Renamed", front=()), BY)
    await editing.put(SLUG, "rules", Rules(walk_minutes=3), BY)
    draft = await reading.draft(SLUG)
    assert draft.programme.event == replace(EVENT, name="Renamed", front=())
    assert draft.planning.rules == Rules(walk_minutes=3)


async def test_a_save_that_changes_nothing_writes_nothing(conference: str) -> None:
    await editing.put(SLUG, "people", BOB, BY)
    assert await revision() == 2


async def test_a_stale_save_is_refused_with_both_texts(conference: str) -> None:
    theirs, mine = replace(BOB, name="Robert"), replace(BOB, name="Bobby")
    await editing.put(SLUG, "people", theirs, BY, seen=BOB)
    with pytest.raises(editing.Conflict) as refused:
        await editing.put(SLUG, "people", mine, "bob@example.org", seen=BOB)
    assert (refused.value.present, refused.value.wanted) == (theirs, mine)
    assert await found("people", "bob-baker") == theirs


async def test_what_names_something_that_is_not_there_is_refused(conference: str) -> None:
    with pytest.raises(editing.Dangling, match="The session K1 names “nobody”"):
        await editing.put(SLUG, "sessions", replace(K1, parts=(Part(person="nobody", role=Role.CHAIR),)), BY)
    assert await found("sessions", "K1") == K1


async def test_a_moment_without_a_zone_is_refused(conference: str) -> None:
    naive = replace(K1, starts=at(25, 9).replace(tzinfo=None))
    with pytest.raises(ValueError, match="no time zone"):
        await editing.put(SLUG, "sessions", naive, BY)
    assert await found("sessions", "K1") == K1


async def test_what_is_still_named_cannot_go(conference: str) -> None:
    with pytest.raises(editing.StillUsed) as refused:
        await editing.remove(SLUG, "rooms", "aula", BY)
    assert refused.value.users == (("sessions", "D2"), ("sessions", "K1"))
    with pytest.raises(editing.StillUsed) as refused:
        await editing.remove(SLUG, "people", "dana-osei", BY)
    assert refused.value.users == (("sessions", "D1"), ("showcases", "dadz"))
    assert await revision() == 2


async def test_what_goes_takes_its_planning_along_and_comes_back_with_it(conference: str) -> None:
    await editing.put(SLUG, "people", Person(code="zoe", name="Zoe"), BY)
    await editing.put(SLUG, "contacts", Contact(person="zoe", email="zoe@example.org"), BY)
    before = await reading.draft(SLUG)
    await editing.remove(SLUG, "people", "zoe", BY)
    assert (await reading.draft(SLUG)).planning.contacts == ()
    await editing.undo(SLUG, (await reading.log(SLUG))[0].id, BY)
    assert replace(await reading.draft(SLUG), revision=before.revision) == before


async def test_what_is_not_there_cannot_go(conference: str) -> None:
    with pytest.raises(editing.NotFound, match="There is no room attic in small-2028"):
        await editing.remove(SLUG, "rooms", "attic", BY)


async def test_a_session_is_placed_cancelled_and_brought_back(conference: str) -> None:
    await editing.place(SLUG, "X1", at(26, 11), "aula", BY, minutes=30)
    placed: Session = await found("sessions", "X1")
    assert (placed.starts, placed.room, placed.minutes) == (at(26, 11), "aula", 30)
    await editing.cancel(SLUG, "X1", BY)
    assert (await found("sessions", "X1")).cancelled
    await editing.cancel(SLUG, "X1", BY, back=True)
    assert not (await found("sessions", "X1")).cancelled
    await editing.place(SLUG, "X1", None, "", BY)
    assert (await found("sessions", "X1")).starts is None
    assert [line.what for line in await reading.log(SLUG, limit=4)] == ["place", "restore", "cancel", "place"]
