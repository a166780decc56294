from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from events_app.programme.changes import NOUNS, changes, sentence
from events_app.programme.model import Change, ChangeKind, Part, Programme, Role, Session, Slot, Staffing, Turn
from tests.conference import EVENT, PROGRAMME, at
from tests.programme.edits import edited, with_more, without
from tests.programme.worlds import programmes


def _told(old: Programme, new: Programme) -> list[str]:
    return [sentence(change, new.event) for change in changes(old, new)]


def _after(collection: str, code: str, **edits: Any) -> list[str]:
    return _told(PROGRAMME, edited(PROGRAMME, collection, code, **edits))


def test_nothing_changed_is_no_change() -> None:
    assert changes(PROGRAMME, PROGRAMME) == ()


def test_a_moved_session_says_from_where_to_where() -> None:
    moved = edited(PROGRAMME, "sessions", "K1", starts=at(26, 10), room="room-b")
    assert changes(PROGRAMME, moved) == (
        Change(
            noun="session",
            code="K1",
            title="Opening keynote",
            kind=ChangeKind.MOVED,
            fields=("starts", "room"),
            was=Slot(starts=at(25, 9), minutes=60, room="Aula"),
            now=Slot(starts=at(26, 10), minutes=60, room="Room B"),
        ),
    )


def test_a_move_over_the_change_of_the_clocks_is_told_in_the_time_of_each_day() -> None:
    assert _after("sessions", "K1", starts=at(26, 10), room="room-b") == [
        "“Opening keynote” moved from Sat 25 March 09:00, Aula to Sun 26 March 11:00, Room B."
    ]


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ({"room": "foyer"}, ["“Opening keynote” (Sat 25 March 09:00) moved from Aula to Foyer."]),
        ({"room": ""}, ["“Opening keynote” (Sat 25 March 09:00) is no longer in Aula."]),
        ({"minutes": 90}, ["“Opening keynote” is now Sat 25 March, 09:00–10:30 (it was to end at 10:00)."]),
        ({"starts": None}, ["“Opening keynote” has no time yet."]),
        ({"cancelled": True}, ["Cancelled: “Opening keynote”, Sat 25 March 09:00, Aula."]),
        ({"parts": ()}, ["“Opening keynote”: the people changed."]),
        ({"title": "Keynote", "abstract": ""}, ["“Keynote” changed in: title and abstract."]),
        ({"source": "elsewhere"}, []),
    ],
)
def test_a_session_that_changed_is_told_in_one_sentence(edits: dict[str, Any], told: list[str]) -> None:
    assert _after("sessions", "K1", **edits) == told


def test_a_session_that_is_placed_now_has_a_time() -> None:
    assert _after("sessions", "X1", starts=at(25, 15), room="aula") == [
        "“Not placed yet” now has a time: Sat 25 March 15:00, Aula."
    ]


def test_moved_and_reworded_are_two_changes() -> None:
    both = edited(PROGRAMME, "sessions", "K1", starts=at(25, 8), title="Keynote", parts=())
    assert [change.kind for change in changes(PROGRAMME, both)] == ["moved", "people", "words"]


def test_new_gone_and_back_are_told_apart() -> None:
    gone = without(PROGRAMME, "sessions", "K1")
    cancelled = msgspec.structs.replace(gone, cancelled=(PROGRAMME.sessions[0],))
    assert _told(gone, PROGRAMME) == ["New: “Opening keynote”, Sat 25 March 09:00, Aula."]
    assert _told(PROGRAMME, gone) == _told(PROGRAMME, cancelled)
    assert _told(cancelled, PROGRAMME) == ["Takes place after all: “Opening keynote”, Sat 25 March 09:00, Aula."]


def test_what_stays_cancelled_is_no_news() -> None:
    cancelled = edited(PROGRAMME, "sessions", "K1", cancelled=True)
    assert changes(cancelled, without(cancelled, "sessions", "K1")) == ()
    assert changes(cancelled, edited(cancelled, "sessions", "K1", title="Other")) == ()


def test_a_cancelled_session_that_takes_place_again_is_back() -> None:
    cancelled = edited(PROGRAMME, "sessions", "K1", cancelled=True)
    assert [change.kind for change in changes(cancelled, PROGRAMME)] == ["back"]


def test_papers_in_another_order_are_a_change_of_their_session_only() -> None:
    turns = (Turn(paper="T2", minutes=20), Turn(paper="T1", minutes=20))
    assert _after("sessions", "P1-1", turns=turns) == [
        "“Trust in public services (1)”: the papers or their order changed."
    ]


def test_a_paper_that_moved_to_another_session_is_told_of() -> None:
    moved = edited(PROGRAMME, "sessions", "P1-1", turns=(Turn(paper="T1", minutes=20),))
    moved = edited(moved, "sessions", "P1-2", turns=(Turn(paper="T3", minutes=20), Turn(paper="T2", minutes=20)))
    assert _told(PROGRAMME, moved) == [
        "“Trust in public services (1)”: the papers or their order changed.",
        "“Trust in public services (2)”: the papers or their order changed.",
        "“What neighbours know” moved from Sat 25 March 10:50, Room B to Sun 26 March 09:20, Room B.",
    ]


def test_a_paper_goes_silently_where_its_whole_session_goes() -> None:
    assert len(_after("sessions", "P1-1", starts=at(26, 12))) == 1


def test_staffed_hours_that_move_come_and_go_are_changes_of_the_showcase() -> None:
    hours = (
        Staffing(code="b", starts=at(26, 10), ends=at(26, 11)),
        Staffing(code="c", starts=at(25, 15), ends=at(25, 16)),
    )
    assert _after("showcases", "dadz", staffing=hours) == [
        "“Salford Dadz” is no longer staffed Sat 25 March, 12:00–14:00.",
        "“Salford Dadz” is now also staffed Sat 25 March, 15:00–16:00.",
        "“Salford Dadz” is staffed Sun 26 March, 11:00–12:00, no longer Sun 26 March, 10:00–12:00.",
    ]


@pytest.mark.parametrize(
    ("collection", "code", "edits", "told"),
    [
        ("showcases", "dadz", {"place": "Table 8"}, "“Salford Dadz” has another place."),
        ("panels", "P1", {"parts": ()}, "“Trust in public services”: the people changed."),
        ("people", "bob-baker", {"name": "Robert Baker"}, "“Robert Baker” changed in: name."),
        ("rooms", "aula", {"capacity": 9}, "“Aula” changed in: capacity."),
        ("tracks", "care", {"colour": "#000000"}, "“Care” changed in: colour."),
        ("papers", "T1", {"parts": (Part(person="eve-ito", role=Role.AUTHOR),)},
         "“Letting go of the controls”: the people changed."),
    ],
)  # fmt: skip
def test_every_noun_can_change(collection: str, code: str, edits: dict[str, Any], told: str) -> None:
    assert _after(collection, code, **edits) == [told]


def test_the_event_changes_in_its_days_and_in_its_words() -> None:
    event = msgspec.structs.replace(EVENT, ends=EVENT.starts, venue="Elsewhere")
    assert _told(PROGRAMME, msgspec.structs.replace(PROGRAMME, event=event)) == [
        "“Small Conference 2028” is on other days now.",
        "“Small Conference 2028” changed in: venue.",
    ]


def test_two_people_of_one_name_do_not_stand_for_each_other() -> None:
    found = changes(PROGRAMME, without(PROGRAMME, "people", "charlie-khan-2"))
    assert [(change.code, change.kind) for change in found] == [("charlie-khan-2", "cancelled")]


def test_changes_stand_by_noun_then_time_then_code() -> None:
    new = with_more(
        edited(PROGRAMME, "people", "bob-baker", name="Bob"),
        "sessions",
        Session(code="B", title="B", starts=at(26, 12)),
        Session(code="A", title="A", starts=at(26, 12)),
        Session(code="C", title="C", starts=at(25, 7)),
    )
    assert [change.code for change in changes(PROGRAMME, new)] == ["C", "A", "B", "bob-baker"]


@settings(max_examples=50)
@given(programmes, programmes)
def test_any_two_programmes_can_be_compared_and_every_change_is_a_sentence(old: Programme, new: Programme) -> None:
    assert changes(old, old) == ()
    found = changes(old, new)
    assert found == tuple(sorted(found, key=lambda change: NOUNS.index(change.noun)))
    assert all(sentence(change, EVENT).endswith(".") for change in found)
