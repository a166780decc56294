from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings

from events_app.programme.checks.finding import Case, Finding
from events_app.programme.clashes import all_findings, findings
from events_app.programme.model import Part, Programme, Role, Room, Session, SessionKind, Turn
from events_app.programme.planning import Accepted, Expected, Planning
from events_app.programme.remedies import Remedy, fitted, remedies

from ..conference import PROGRAMME, at
from .edits import edited, with_more
from .worlds import programmes

NOBODY_EXPECTED = Planning()


def offered(programme: Programme, code: str, planning: Planning = NOBODY_EXPECTED) -> dict[str, Remedy]:
    case = Case(programme, planning)
    found = [f for f in findings(programme, planning) if f.code == code]
    return {remedy.code: remedy for finding in found for remedy in remedies(case, finding)}


def mended(programme: Programme, remedy: Remedy) -> Programme:
    for kind, before, after in remedy.changes:
        things = tuple(after if thing == before else thing for thing in getattr(programme, kind))
        assert things != getattr(programme, kind)
        programme = msgspec.structs.replace(programme, **{kind: things})
    return programme


@settings(max_examples=60, deadline=None)
@given(programmes)
def test_a_remedy_does_away_with_its_finding_and_brings_no_new_error(programme: Programme) -> None:
    """But for findings that tell several things together, of which it mends one."""
    case = Case(programme, NOBODY_EXPECTED)
    before = findings(programme)
    for finding in before:
        for remedy in remedies(case, finding):
            after = findings(mended(programme, remedy))
            together = len(finding.sessions) > 2 or len(finding.papers) > 1 or finding.code == "no-chair"
            assert finding.key not in {f.key for f in after} or together, remedy.sentence
            if remedy.code.startswith(("room-", "time-")):
                assert errors(after) <= errors(before), remedy.sentence


def errors(found: tuple[Finding, ...]) -> int:
    return sum(len(f.sessions) or 1 for f in found if f.severity == "error")


def test_a_session_in_a_taken_room_moves_to_the_smallest_that_is_free_and_big_enough() -> None:
    more = (Room(code="big", name="Big", capacity=400), Room(code="hall", name="Hall", capacity=310),
            Room(code="tiny", name="Tiny", capacity=10))  # fmt: skip
    programme = edited(with_more(PROGRAMME, "rooms", *more), "sessions", "K1", starts=at(25, 13))
    found = offered(programme, "room-twice")
    assert found["room-K1"].sentence == "Move “Opening keynote” to Hall"
    assert mended(programme, found["room-K1"]) == edited(programme, "sessions", "K1", room="hall")


def test_who_is_in_two_places_can_be_in_one_after_the_other() -> None:
    programme = edited(PROGRAMME, "sessions", "D2", starts=at(25, 10, 30))  # Alice chairs P1-1 then
    found = offered(programme, "person-twice")
    assert {code.partition("-")[0] for code in found} == {"time"}
    after = mended(programme, found["time-D2"])
    assert "person-twice" not in {finding.code for finding in findings(after)}


@pytest.mark.parametrize(
    ("turns", "minutes", "fits"),
    [
        ((40, 40, 40), 90, (30, 30, 30)),
        ((60, 30), 60, (40, 20)),
        ((30, 0, 30), 60, (20, 20, 20)),
        ((20, 20, 20, 20), 15, (3, 3, 3, 3)),
        ((0, 0), 90, ()),
        ((5, 5, 5), 2, ()),
    ],
)
def test_turns_are_shortened_in_proportion(turns: tuple[int, ...], minutes: int, fits: tuple[int, ...]) -> None:
    given = tuple(Turn(paper=f"T{n}", minutes=turn) for n, turn in enumerate(turns))
    assert tuple(turn.minutes for turn in fitted(given, minutes)) == fits


def test_a_room_that_is_too_small_is_swapped_with_one_that_is_not() -> None:
    sessions = [Session(code=code, title=code, starts=at(26, 10), room=room, kind=SessionKind.TALK)
                for code, room in (("A", "aula"), ("B", "room-b"))]  # fmt: skip
    programme = with_more(PROGRAMME, "sessions", *sessions)
    planning = Planning(expected=(Expected(session="B", people=100), Expected(session="A", people=20)))
    found = offered(programme, "room-too-small", planning)
    after = mended(programme, found["swap-B-A"])
    assert [(s.code, s.room) for s in after.sessions[-2:]] == [("A", "room-b"), ("B", "aula")]


def test_another_chair_of_the_panel_takes_over_who_is_free() -> None:
    chairs = tuple(Part(person=person, role=Role.CHAIR) for person in ("alice-adler", "eve-ito", "dana-osei"))
    programme = edited(edited(PROGRAMME, "panels", "P1", parts=chairs), "sessions", "D2", starts=at(25, 10, 30))
    found = offered(programme, "person-twice")  # Eve is on D2's podium then
    assert found["chair-P1-1-dana-osei"].sentence == "Let Dana Oṣei-Łukasz chair “Trust in public services (1)”"
    assert "chair-P1-1-eve-ito" not in found


def test_a_paper_that_is_placed_twice_stays_where_it_is_wanted() -> None:
    programme = edited(PROGRAMME, "sessions", "P1-2", turns=(Turn(paper="T3"), Turn(paper="T1")))
    after = mended(programme, offered(programme, "paper-twice")["keep-P1-1"])
    assert after == edited(programme, "sessions", "P1-2", turns=(Turn(paper="T3"),))


def test_an_accepted_finding_is_quiet_until_it_is_about_something_else() -> None:
    programme = edited(PROGRAMME, "sessions", "K1", starts=at(25, 13))
    twice = next(finding for finding in findings(programme) if finding.code == "room-twice")
    planning = Planning(accepted=(Accepted(finding=twice.key),))
    assert twice not in findings(programme, planning)
    assert twice in all_findings(programme, planning)
    assert len(findings(programme, planning)) == len(findings(programme)) - 1
    later = edited(programme, "sessions", "K1", starts=at(25, 13, 30))
    assert "room-twice" not in {finding.code for finding in findings(later, planning)}
    more = edited(later, "sessions", "D1", room="aula")
    assert "room-twice" in {finding.code for finding in findings(more, planning)}
