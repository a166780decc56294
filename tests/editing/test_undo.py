from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from events_app import editing, reading
from events_app.intake import Reading
from events_app.programme.model import Person, Room
from events_app.programme.planning import Availability

from ..conference import AULA, BOB, PROGRAMME, at

SLUG = "small-2028"
BY = "alice@example.org"
ZOE = Person(code="zoe", name="Zoe")


async def last() -> reading.LogLine:
    return (await reading.log(SLUG, limit=1))[0]


async def test_a_move_is_taken_back_and_made_again(conference: str) -> None:
    await editing.place(SLUG, "K1", at(25, 10), "room-b", BY)
    moved = (await reading.draft(SLUG)).programme
    await editing.undo(SLUG, (await last()).id, "bob@example.org")
    assert (await reading.draft(SLUG)).programme == PROGRAMME
    await editing.undo(SLUG, (await last()).id, "bob@example.org")
    assert (await reading.draft(SLUG)).programme == moved
    assert [(line.who, line.what, line.code) for line in await reading.log(SLUG, limit=3)] == [
        ("bob@example.org", "undo", "K1"),
        ("bob@example.org", "undo", "K1"),
        ("alice@example.org", "place", "K1"),
    ]


async def test_what_was_taken_away_comes_back_where_it_stood(conference: str) -> None:
    await editing.put(SLUG, "rooms", Room(code="tent", name="Tent"), BY)
    await editing.put(SLUG, "rooms", Room(code="yard", name="Yard"), BY)
    before = (await reading.draft(SLUG)).programme
    await editing.remove(SLUG, "rooms", "tent", BY)
    await editing.undo(SLUG, (await last()).id, BY)
    assert (await reading.draft(SLUG)).programme == before


async def test_what_was_changed_since_is_not_overwritten(conference: str) -> None:
    await editing.put(SLUG, "people", replace(BOB, name="Robert"), BY)
    line = await last()
    await editing.put(SLUG, "people", replace(BOB, name="Rob"), "bob@example.org")
    with pytest.raises(editing.Conflict) as refused:
        await editing.undo(SLUG, line.id, BY)
    assert (refused.value.present, refused.value.wanted) == (replace(BOB, name="Rob"), BOB)


async def test_a_change_elsewhere_does_not_stand_in_the_way(conference: str) -> None:
    await editing.put(SLUG, "people", replace(BOB, name="Robert"), BY)
    line = await last()
    await editing.put(SLUG, "rooms", replace(AULA, capacity=1), "bob@example.org")
    await editing.undo(SLUG, line.id, BY)
    programme = (await reading.draft(SLUG)).programme
    assert programme == replace(PROGRAMME, rooms=(replace(AULA, capacity=1), *PROGRAMME.rooms[1:]))


async def test_an_undo_is_whole_or_not_at_all(conference: str) -> None:
    """One file brought a person and a room; the room is in use by now, so the person stays too."""
    newer = replace(
        PROGRAMME, rooms=(*PROGRAMME.rooms, Room(code="tent", name="Tent")), people=(*PROGRAMME.people, ZOE)
    )
    await editing.import_reading(None, Reading(kind="tests", programme=newer), BY)
    line = await last()
    await editing.place(SLUG, "K1", at(25, 10), "tent", BY)
    before = await reading.draft(SLUG)
    with pytest.raises(editing.StillUsed, match="The room tent is still named by session K1"):
        await editing.undo(SLUG, line.id, BY)
    assert await reading.draft(SLUG) == before


async def test_an_event_is_not_taken_away_by_an_undo(conference: str) -> None:
    with pytest.raises(editing.NotUndoable, match="“import”"):
        await editing.undo(SLUG, (await reading.log(SLUG))[-1].id, BY)
    assert (await reading.draft(SLUG)).programme == PROGRAMME


async def test_a_release_stays_said(conference: str) -> None:
    with pytest.raises(editing.NotUndoable, match="“release”"):
        await editing.undo(SLUG, (await last()).id, BY)


async def test_the_log_holds_each_thing_before_and_after(conference: str) -> None:
    await editing.place(SLUG, "K1", at(25, 10), "room-b", BY)
    line = await last()
    before, after = msgspec.json.decode(line.before), msgspec.json.decode(line.after)
    assert before["sessions"]["K1"]["value"]["starts"] == "2028-03-25T09:00:00Z"
    assert after["sessions"]["K1"]["value"]["starts"] == "2028-03-25T10:00:00Z"
    assert (line.noun, line.code, line.revision) == ("sessions", "K1", 3)


async def test_somebody_s_hours_are_revised_and_undone_like_everything_else(conference: str) -> None:
    hours = Availability(person="bob-baker", starts=at(25, 9), ends=at(25, 12))
    await editing.put(SLUG, "availability", hours, "x")
    await editing.put(SLUG, "availability", replace(hours, can=True), "x")
    assert (await reading.draft(SLUG)).planning.availability == (replace(hours, can=True),)
    revised, added, *_ = await reading.log(SLUG)
    await editing.undo(SLUG, revised.id, "x")
    await editing.undo(SLUG, added.id, "x")
    assert (await reading.draft(SLUG)).planning.availability == ()
