from __future__ import annotations

from datetime import date

import msgspec

from events_app.programme.lookup import day_of, days, index, local
from events_app.programme.model import Paper, Part, Programme, Role, Session, SessionKind, Turn
from tests.conference import EVENT, PROGRAMME, at
from tests.programme.edits import codes, edited

KNOWN = index(PROGRAMME)


def test_the_index_is_made_once_and_a_changed_programme_has_its_own() -> None:
    assert index(PROGRAMME) is KNOWN
    assert index(edited(PROGRAMME, "sessions", "K1", title="Other")) is not KNOWN


def test_the_days_are_those_of_the_event() -> None:
    assert days(EVENT) == [date(2028, 3, 25), date(2028, 3, 26)]


def test_a_day_on_which_something_is_placed_counts_too() -> None:
    early = edited(PROGRAMME, "sessions", "K1", starts=at(24, 18))
    assert index(early).days == [date(2028, 3, 24), date(2028, 3, 25), date(2028, 3, 26)]


def test_the_small_hours_belong_to_the_evening_before() -> None:
    assert day_of(EVENT, at(26, 0, 30)) == date(2028, 3, 25)


def test_the_day_changes_at_four_on_the_clocks_that_have_gone_forward() -> None:
    assert day_of(EVENT, at(26, 2, 59)) == date(2028, 3, 25)  # 03:59
    assert day_of(EVENT, at(26, 3)) == date(2028, 3, 26)  # 04:00


def test_the_hour_that_the_clocks_leave_out_is_not_shown() -> None:
    assert [f"{local(EVENT, at(26, hour)):%H:%M}" for hour in (0, 1, 2)] == ["00:00", "02:00", "03:00"]


def test_placed_sessions_stand_by_time_then_room() -> None:
    assert codes(tuple(KNOWN.placed)) == ["K1", "P1-1", "L1", "D2", "D1", "N1", "P1-2"]


def test_a_person_is_found_in_every_part_and_where_their_papers_are_given() -> None:
    found = {person: [s.code for s in sessions] for person, sessions in KNOWN.by_person.items()}
    assert found == {
        "bob-baker": ["K1", "P1-1"],
        "alice-adler": ["P1-1", "D2"],
        "charlie-khan": ["P1-1"],
        "charlie-khan-2": ["P1-1"],
        "dana-osei": ["D1"],
        "eve-ito": ["D2", "P1-2"],
    }


def test_two_people_of_one_name_are_two() -> None:
    assert [duty.noun.code for duty in KNOWN.duties["charlie-khan"]] == ["T1", "T5"]
    assert [duty.noun.code for duty in KNOWN.duties["charlie-khan-2"]] == ["T2", "T2"]


def test_a_track_has_its_own_sessions_and_those_of_its_panels() -> None:
    assert {track: [s.code for s in sessions] for track, sessions in KNOWN.by_track.items()} == {
        "trust": ["P1-1", "P1-2"],
        "care": ["D2"],
    }


def test_papers_come_one_after_the_other_from_the_start() -> None:
    turns = KNOWN.turns(KNOWN.sessions["P1-1"])
    assert [(paper.code, starts, minutes) for paper, starts, minutes in turns] == [
        ("T1", at(25, 10, 30), 20),
        ("T2", at(25, 10, 50), 20),
    ]


def _turns(session: Session) -> list[tuple[str, int]]:
    papers = tuple(Paper(code=code, title=code) for code in ("a", "b", "c"))
    programme = Programme(event=EVENT, papers=papers, sessions=(session,))
    return [(paper.code, minutes) for paper, _, minutes in index(programme).turns(session)]


def test_papers_without_minutes_share_what_the_others_leave() -> None:
    turns = (Turn(paper="a", minutes=30), Turn(paper="b"), Turn(paper="c"))
    assert _turns(Session(code="S", title="S", minutes=90, turns=turns)) == [("a", 30), ("b", 30), ("c", 30)]


def test_papers_without_minutes_get_none_where_nothing_is_left() -> None:
    turns = (Turn(paper="a", minutes=90), Turn(paper="b"))
    assert _turns(Session(code="S", title="S", minutes=60, turns=turns)) == [("a", 90), ("b", 0)]


def test_a_paper_that_is_not_there_keeps_its_minutes() -> None:
    session = Session(
        code="S", title="S", starts=at(25, 9), turns=(Turn(paper="lost", minutes=20), Turn(paper="a", minutes=20))
    )
    programme = Programme(event=EVENT, papers=(Paper(code="a", title="a"),), sessions=(session,))
    assert [starts for _, starts, _ in index(programme).turns(session)] == [at(25, 9, 20)]


def test_the_first_author_presents_unless_somebody_else_is_named() -> None:
    first, named = Part(person="first", role=Role.AUTHOR), Part(person="named", role=Role.PRESENTER)
    assert KNOWN.presenters(Paper(code="a", title="a", parts=(first,))) == ["first"]
    assert KNOWN.presenters(Paper(code="a", title="a", parts=(first, named))) == ["named"]
    assert KNOWN.presenters(Paper(code="a", title="a")) == []


def test_now_is_what_has_begun_and_not_ended() -> None:
    assert codes(tuple(KNOWN.now(at(25, 10)))) == []
    assert codes(tuple(KNOWN.now(at(25, 13, 29)))) == ["D2", "D1"]
    assert codes(tuple(KNOWN.now(at(25, 13, 30)))) == ["D2"]


def test_next_is_all_that_begins_together() -> None:
    assert codes(tuple(KNOWN.next(at(25, 12, 30)))) == ["D2", "D1"]
    assert KNOWN.next(at(26, 9)) == []


def test_the_era_moves_only_when_what_is_on_does() -> None:
    assert KNOWN.era(at(25, 9, 1)) == KNOWN.era(at(25, 9, 59))
    assert KNOWN.era(at(25, 9, 59)) < KNOWN.era(at(25, 10))


def test_a_programme_of_nothing_can_be_asked_everything() -> None:
    empty = index(msgspec.structs.replace(Programme(event=EVENT)))
    assert (empty.now(at(25, 9)), empty.next(at(25, 9)), empty.by_person, empty.staffing) == ([], [], {}, [])
    assert empty.days == days(EVENT)


def test_posters_hang_all_together_for_the_whole_of_their_session() -> None:
    posters = Session(
        code="PO", title="Posters", kind=SessionKind.POSTERS, starts=at(25, 15), minutes=90,
        turns=(Turn(paper="T1"), Turn(paper="gone"), Turn(paper="T2", minutes=5)),
    )  # fmt: skip
    turns = index(msgspec.structs.replace(PROGRAMME, sessions=(posters,))).turns(posters)
    assert [(turn.paper.code, turn.starts, turn.minutes) for turn in turns] == [
        ("T1", at(25, 15), 90),
        ("T2", at(25, 15), 90),
    ]
