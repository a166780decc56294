from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from events_app.programme.alone import alone
from events_app.programme.changes import changes
from events_app.programme.model import Paper, Part, Person, Programme, Role, Room, Session, Turn
from events_app.programme.planning import Planning
from events_app.programme.release import release, unchanged
from tests.conference import PROGRAMME, at
from tests.programme.edits import codes, edited, with_more, without
from tests.programme.worlds import made_up

PLANNING = Planning()


def released(draft: Programme, previous: Programme | None = None) -> Programme:
    revision = len(previous.versions) + 1 if previous else 1
    return release(draft, PLANNING, previous, at=at(revision, 12), notes="", revision=revision)


ONE = released(PROGRAMME)
BUSY = edited(edited(PROGRAMME, "sessions", "K1", starts=at(25, 8)), "sessions", "D2", room="room-b")
"""Two sessions have moved since."""


def published_alone(draft: Programme, code: str, previous: Programme = ONE) -> Programme:
    return released(alone(draft, previous, code), previous)


def told(programme: Programme) -> list[tuple[str, str]]:
    return [(change.code, change.kind) for change in programme.versions[-1].changes]


def test_one_move_is_published_and_nothing_else() -> None:
    two = published_alone(BUSY, "K1")
    assert told(two) == [("K1", "moved")]
    assert two.stamps["session/K1"].sequence == 1
    assert two.stamps["session/D2"] == ONE.stamps["session/D2"]
    assert told(released(BUSY, two)) == [("D2", "room")]


def test_after_the_only_change_there_is_nothing_left_to_release() -> None:
    draft = edited(PROGRAMME, "sessions", "K1", starts=at(25, 8))
    assert unchanged(draft, PLANNING, published_alone(draft, "K1"))


def test_a_session_that_is_cancelled_unplaced_or_gone_is_taken_out() -> None:
    for draft in (
        edited(BUSY, "sessions", "D1", cancelled=True),
        edited(BUSY, "sessions", "D1", starts=None),
        without(BUSY, "sessions", "D1"),
    ):
        two = published_alone(draft, "D1")
        assert told(two) == [("D1", "cancelled")]
        assert codes(two.cancelled) == ["D1"]


def test_a_new_session_brings_along_what_it_needs() -> None:
    zoe = Person(code="zoe", name="Zoe")
    draft = with_more(BUSY, "people", zoe, Person(code="yan", name="Yan"))
    draft = with_more(draft, "rooms", Room(code="tent", name="Tent"), Room(code="yard", name="Yard"))
    draft = with_more(draft, "papers", Paper(code="T9", title="New", parts=(Part(person="zoe", role=Role.AUTHOR),)))
    session = Session(code="S9", title="New", starts=at(25, 16), room="tent", turns=(Turn(paper="T9"),))
    draft = msgspec.structs.replace(draft, sessions=(session, *draft.sessions))
    two = published_alone(draft, "S9")
    assert [room.code for room in two.rooms if room not in ONE.rooms] == ["tent"]
    assert [person.code for person in two.people if person not in ONE.people] == ["zoe"]
    assert two.sessions[0] == session
    assert {change.code for change in two.versions[-1].changes} == {"S9", "T9", "zoe", "tent"}


def test_a_paper_taken_over_from_another_session_is_not_given_twice() -> None:
    draft = edited(PROGRAMME, "sessions", "P1-1", turns=(Turn(paper="T1", minutes=20),))
    draft = edited(draft, "sessions", "P1-2", turns=(Turn(paper="T3"), Turn(paper="T2")))
    two = published_alone(draft, "P1-2")
    assert [turn.paper for s in two.sessions for turn in s.turns] == ["T1", "T3", "T2"]


def test_a_paper_in_reserve_does_not_come_along() -> None:
    draft = edited(PROGRAMME, "sessions", "P1-2", turns=(Turn(paper="T3"), Turn(paper="T4")), starts=at(26, 9))
    two = published_alone(draft, "P1-2")
    assert "T4" not in codes(two.papers)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 9), st.integers(0, 2**32))
def test_whatever_is_published_one_by_one_ends_as_the_draft(one: int, size: int, other: int) -> None:
    """As far as sessions are concerned, and where no session's papers are another's."""
    first, draft = made_up(one, size), made_up(other, size)
    draft = msgspec.structs.replace(draft, sessions=tuple(msgspec.structs.replace(s, turns=()) for s in draft.sessions))
    public = released(first)
    for code in sorted({*codes(first.sessions), *codes(draft.sessions)}):
        public = released(alone(draft, public, code), public)
    whole = released(draft, public)
    assert [c for c in changes(public, whole) if c.noun == "session" and set(c.fields) & {"starts", "minutes"}] == []
    assert codes(public.sessions) == codes(whole.sessions)
