from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec
import pytest

from events_app.programme.checks.finding import Case
from events_app.programme.clashes import findings
from events_app.programme.model import Part, Programme, Role, Session, SessionKind, Span
from events_app.programme.placing import (
    STEP,
    Position,
    free_slots,
    hindrances,
    on_another_day,
    position,
    window,
)
from events_app.programme.planning import Availability, Expected, Planning

from ..conference import EVENT, PROGRAMME, ROOM_B, at

SATURDAY, SUNDAY = date(2028, 3, 25), date(2028, 3, 26)
PLANNING = Planning(
    availability=(
        Availability(person="eve-ito", starts=at(25, 8), ends=at(25, 16), can=True),
        Availability(person="bob-baker", starts=at(25, 15), ends=at(25, 17)),
    ),
    expected=(Expected(session="D2", people=100), Expected(session="X1", people=20)),
)
ASKED = {"room-twice", "person-twice", "walk-too-short", "not-available", "nobody-left", "room-too-small",
         "room-closed", "outside-days"}  # fmt: skip


def world() -> Programme:
    """The small conference, with a room that closes, a panel of two chairs and a workshop in which they have parts."""
    annexe = msgspec.structs.replace(ROOM_B, opening=(Span(starts=at(25, 8), ends=at(25, 18)),))
    panel = msgspec.structs.replace(
        PROGRAMME.panels[0],
        parts=(Part(person="alice-adler", role=Role.CHAIR), Part(person="bob-baker", role=Role.CHAIR)),
    )
    workshop = Session(
        code="W1",
        title="Both chairs at once",
        kind=SessionKind.WORKSHOP,
        minutes=40,
        parts=(Part(person="alice-adler", role=Role.FACILITATOR), Part(person="bob-baker", role=Role.FACILITATOR)),
    )
    return msgspec.structs.replace(
        PROGRAMME,
        rooms=tuple(annexe if room.code == "room-b" else room for room in PROGRAMME.rooms),
        panels=(panel,),
        sessions=(*PROGRAMME.sessions, workshop),
    )


def placed(programme: Programme, code: str, starts: datetime | None, room: str) -> Programme:
    return msgspec.structs.replace(
        programme,
        sessions=tuple(
            msgspec.structs.replace(s, starts=starts, room=room) if s.code == code else s for s in programme.sessions
        ),
    )


def hindering(programme: Programme, code: str, starts: datetime, room: str, day: date) -> set[str]:
    case = Case(programme, PLANNING)
    return {h.code for h in hindrances(case, case.held.sessions[code], day) if h.hinders(starts, room)}


@pytest.mark.parametrize("day", [SATURDAY, SUNDAY, date(2028, 3, 27)])
@pytest.mark.parametrize("code", [session.code for session in world().sessions])
def test_what_hinders_a_slot_is_what_the_checks_would_find_there(code: str, day: date) -> None:
    programme = world()
    case = Case(programme, PLANNING)
    found = hindrances(case, case.held.sessions[code], day)
    before = set(findings(placed(programme, code, None, ""), PLANNING))
    first, last = window(EVENT, day)
    for room in ("aula", "room-b", "foyer", ""):
        for n in range(0, (last - first) // STEP, 7):
            starts = first + n * STEP
            new = set(findings(placed(programme, code, starts, room), PLANNING)) - before
            assert {h.code for h in found if h.hinders(starts, room)} == {f.code for f in new} & ASKED, (starts, room)


def test_the_reason_is_a_sentence_that_names_who_where_and_when() -> None:
    case = Case(PROGRAMME, Planning())
    found = hindrances(case, case.held.sessions["D2"], SATURDAY)
    said = {h.sentence for h in found if h.hinders(at(25, 11), "room-b")}
    assert said == {
        "Room B holds “Trust in public services (1)” from 10:30 to 12:00.",
        "Alice Adler is needed at “Trust in public services (1)” (Room B) from 10:30 to 12:00.",
    }


def test_a_walk_between_two_buildings_takes_its_time() -> None:
    assert hindering(PROGRAMME, "D2", at(25, 12, 5), "aula", SATURDAY) == {"walk-too-short"}
    assert hindering(PROGRAMME, "D2", at(25, 12, 10), "aula", SATURDAY) == set()
    assert hindering(PROGRAMME, "D2", at(25, 12, 5), "room-b", SATURDAY) == {"room-too-small"}


def test_a_session_does_not_stand_in_its_own_way() -> None:
    assert hindering(PROGRAMME, "K1", at(25, 9, 15), "aula", SATURDAY) == set()


def test_one_who_demonstrates_beside_their_own_display_is_at_it() -> None:
    assert hindering(PROGRAMME, "D1", at(25, 12, 30), "foyer", SATURDAY) == set()
    assert hindering(PROGRAMME, "D1", at(25, 12, 30), "room-b", SATURDAY) == {"person-twice"}


def test_what_is_cancelled_hinders_nothing_and_is_not_hindered() -> None:
    keynote = msgspec.structs.replace(PROGRAMME.sessions[0], cancelled=True)
    programme = msgspec.structs.replace(PROGRAMME, sessions=(keynote, *PROGRAMME.sessions[1:]))
    case = Case(programme, Planning())
    assert hindrances(case, keynote, SATURDAY) == []
    assert hindering(programme, "X1", at(25, 9), "aula", SATURDAY) == set()


def test_a_day_in_which_the_clocks_go_forward_has_23_hours() -> None:
    starts, ends = window(msgspec.structs.replace(EVENT, day_change=0), SUNDAY)
    assert ends - starts == timedelta(hours=23)
    starts, ends = window(EVENT, SATURDAY)  # from 4 to 4: the night between belongs to it
    assert ends - starts == timedelta(hours=23)


def test_free_slots_are_those_that_nothing_hinders_the_smallest_fitting_room_first() -> None:
    case = Case(PROGRAMME, PLANNING)
    workshop = case.held.sessions["X1"]
    found = list(free_slots(case, workshop, SATURDAY))
    assert found[:3] == [
        Position(starts=at(25, 9), room="room-b", minutes=45),  # the Aula holds the keynote
        Position(starts=at(25, 10, 30), room="aula", minutes=45),
        Position(starts=at(25, 12), room="room-b", minutes=45),
    ]
    assert [slot.room for slot in found if slot.starts == at(25, 12)] == ["room-b", "aula"]


def test_a_position_is_where_a_session_stands() -> None:
    assert position(PROGRAMME.sessions[0]) == Position(starts=at(25, 9), room="aula", minutes=60)


def test_another_day_keeps_the_clock_and_the_room_across_summer_time() -> None:
    keynote = next(session for session in PROGRAMME.sessions if session.code == "K1")
    where, hindrance = on_another_day(Case(PROGRAMME, Planning()), keynote, SUNDAY)
    assert hindrance is None
    assert (where.room, where.minutes) == (keynote.room, keynote.minutes)
    assert keynote.starts
    assert where.starts == keynote.starts + timedelta(hours=23)


def test_where_the_place_is_taken_on_another_day_it_goes_to_the_tray_with_the_reason() -> None:
    keynote = next(session for session in PROGRAMME.sessions if session.code == "K1")
    assert keynote.starts
    other = msgspec.structs.replace(
        keynote, code="K9", title="Taken", parts=(), starts=keynote.starts + timedelta(hours=23)
    )
    programme = msgspec.structs.replace(PROGRAMME, sessions=(*PROGRAMME.sessions, other))
    where, hindrance = on_another_day(Case(programme, Planning()), keynote, SUNDAY)
    assert where == Position(minutes=keynote.minutes)
    assert hindrance is not None
    assert "Taken" in hindrance.sentence


def test_what_has_no_time_yet_gets_the_first_free_slot_of_the_day() -> None:
    waiting = next(session for session in PROGRAMME.sessions if session.starts is None)
    case = Case(PROGRAMME, Planning())
    assert on_another_day(case, waiting, SUNDAY) == (next(free_slots(case, waiting, SUNDAY)), None)
