"""Each check, on the small conference with one thing wrong. A clean one has no finding but what is named in CLEAN."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given

from events_app.intake import Hints, read
from events_app.programme.clashes import Finding, findings
from events_app.programme.model import (
    PaperStatus,
    Part,
    Programme,
    Role,
    RoomKind,
    Session,
    SessionKind,
    Span,
    Turn,
)
from events_app.programme.planning import Availability, Contact, Expected, Planning, Rules
from tests.conference import PROGRAMME, at
from tests.programme.edits import edited, with_more, without
from tests.programme.worlds import programmes

ANY_NUMBER = Planning(rules=Rules(papers_per_session=(0, 0)))
CLEAN = edited(without(PROGRAMME, "sessions", "X1"), "papers", "T2", abstract="Much.")
CLEAN = edited(CLEAN, "papers", "T3", abstract="Less.")

DATA = Path(__file__).parents[3] / "shared" / "data"


def _found(programme: Programme, planning: Planning = ANY_NUMBER) -> list[str]:
    return [f"{finding.code}: {finding.sentence}" for finding in findings(programme, planning)]


def _only(programme: Programme, planning: Planning = ANY_NUMBER) -> Finding:
    (finding,) = findings(programme, planning)
    return finding


def _ruled(**rules: Any) -> Planning:
    return Planning(rules=Rules(**{"papers_per_session": (0, 0), **rules}))


def _session(code: str, *, hour: int, minute: int = 0, day: int = 25, **more: Any) -> Session:
    more = {"title": code, "kind": SessionKind.SOCIAL, "minutes": 60, **more}
    return Session(code=code, starts=at(day, hour, minute), **more)


def _parts(*people: str, role: Role = Role.PANELLIST) -> tuple[Part, ...]:
    return tuple(Part(person=person, role=role) for person in people)


def test_a_programme_in_order_has_no_findings() -> None:
    assert _found(CLEAN) == []


def test_the_usual_rules_are_those_of_planning() -> None:
    assert {finding.code for finding in findings(CLEAN)} == {"papers-per-session"}


# rooms


def test_a_room_used_twice_is_told_with_the_time_that_is_shared() -> None:
    booked = with_more(CLEAN, "sessions", _session("Z", hour=9, minute=30, room="aula"))
    assert _only(booked) == Finding(
        code="room-twice",
        severity="error",
        sentence="Aula is used twice on Sat 25 March, 09:30–10:00: “Opening keynote” and “Z”.",
        sessions=("K1", "Z"),
        rooms=("aula",),
    )


def test_three_that_hang_together_are_one_finding() -> None:
    more = (_session("Y", hour=9, minute=30, room="aula"), _session("Z", hour=10, room="aula"))
    assert _found(with_more(CLEAN, "sessions", *more)) == [
        "room-twice: Aula is used by 3 sessions that overlap on Sat 25 March, 09:30–10:30: "
        "“Opening keynote”, “Y” and “Z”."
    ]


def test_a_room_that_is_used_twice_all_the_time_is_told_of_once() -> None:
    pairs = [_session(f"{pair}{hour}", hour=hour, room="room-b", day=26) for hour in range(12, 19) for pair in "ab"]
    found = _only(with_more(CLEAN, "sessions", *pairs))
    assert found.sentence == (
        "Room B is used by several sessions at once, 7 times from Sun 26 March 13:00 to Sun 26 March 20:00. "
        "If it holds many things at once, make it a floor."
    )
    assert len(found.sessions) == 14


def test_a_floor_holds_many_things_at_once() -> None:
    assert _found(with_more(CLEAN, "sessions", _session("Z", hour=13, room="foyer"))) == []


def test_one_after_the_other_is_not_twice() -> None:
    assert _found(with_more(CLEAN, "sessions", _session("Z", hour=10, room="aula", minutes=30))) == []


def test_a_double_booking_in_the_night_of_the_clocks_is_told_in_the_times_of_that_night() -> None:
    room = edited(CLEAN, "rooms", "foyer", kind=RoomKind.ROOM)
    booked = with_more(room, "sessions", _session("Z", hour=0, minute=30, day=26, room="foyer"))
    assert _found(booked) == [
        "room-twice: Foyer is used twice on Sun 26 March, 00:30–02:30: “Night of the clocks” and “Z”."
    ]


def test_a_room_too_small_for_those_expected() -> None:
    planning = msgspec.structs.replace(ANY_NUMBER, expected=(Expected(session="P1-1", people=60),))
    assert _only(CLEAN, planning) == Finding(
        code="room-too-small",
        severity="warning",
        sentence="60 people are expected at “Trust in public services (1)” (Sat 25 March, 10:30–12:00, Room B); "
        "Room B holds 40.",
        sessions=("P1-1",),
        rooms=("room-b",),
    )


@pytest.mark.parametrize("capacity", [0, 60, 61])
def test_a_room_that_is_large_enough_or_of_unknown_size_is_none_too_small(capacity: int) -> None:
    planning = msgspec.structs.replace(ANY_NUMBER, expected=(Expected(session="P1-1", people=60),))
    assert _found(edited(CLEAN, "rooms", "room-b", capacity=capacity), planning) == []


def test_a_session_in_a_room_that_is_closed() -> None:
    opening = (Span(starts=at(25, 8), ends=at(25, 9, 30)), Span(starts=at(25, 9, 45), ends=at(25, 23)))
    assert _found(edited(CLEAN, "rooms", "aula", opening=opening)) == [
        "room-closed: Aula is not open for all of “Opening keynote” (Sat 25 March, 09:00–10:00, Aula)."
    ]


def test_opening_hours_that_meet_are_one() -> None:
    opening = (Span(starts=at(25, 9, 30), ends=at(25, 23)), Span(starts=at(25, 8), ends=at(25, 9, 30)))
    assert _found(edited(CLEAN, "rooms", "aula", opening=opening)) == []


def test_staffed_hours_on_a_floor_that_is_closed() -> None:
    opening = (Span(starts=at(25, 8), ends=at(26, 10)),)
    assert _found(edited(CLEAN, "rooms", "foyer", opening=opening)) == [
        "room-closed: Foyer is not open for all hours in which “Salford Dadz” is staffed on Sun 26 March, 10:00–12:00."
    ]


def test_sessions_outside_the_days_are_told_by_day() -> None:
    early = edited(edited(CLEAN, "sessions", "K1", starts=at(24, 9)), "sessions", "D2", starts=at(24, 13))
    assert _found(early) == [
        "outside-days: 2 sessions are on Fri 24 March, but the event is from Sat 25 March to Sun 26 March: "
        "“Opening keynote” and “Open discussion”."
    ]


def test_the_night_after_the_last_day_belongs_to_it() -> None:
    assert _found(with_more(CLEAN, "sessions", _session("Z", hour=1, day=27))) == []
    assert len(_found(with_more(CLEAN, "sessions", _session("Z", hour=4, day=27)))) == 1


# people


def test_a_person_needed_in_two_places_is_told_who_when_and_where() -> None:
    also = with_more(
        CLEAN, "sessions", _session("Z", hour=9, minute=30, room="room-b", parts=_parts("bob-baker"), title="Second")
    )
    assert _only(also) == Finding(
        code="person-twice",
        severity="error",
        sentence="Bob Baker is needed in two places on Sat 25 March, 09:30–10:00: "
        "“Opening keynote” (Aula) and “Second” (Room B).",
        sessions=("K1", "Z"),
        people=("bob-baker",),
        rooms=("aula", "room-b"),
    )


def test_a_person_needed_twice_on_one_floor_is_told_so() -> None:
    also = with_more(CLEAN, "sessions", _session("Z", hour=13, minute=15, room="foyer", parts=_parts("alice-adler")))
    also = edited(also, "sessions", "D2", room="foyer")
    assert _found(also) == [
        "person-twice: Alice Adler is needed for several things at once on Sat 25 March, 13:15–14:00: "
        "“Open discussion” (Foyer) and “Z” (Foyer)."
    ]


def test_a_person_who_is_double_booked_all_the_time_is_told_of_once() -> None:
    pairs = [_session(f"{n}{hour}", hour=hour, day=26, parts=_parts("eve-ito")) for hour in range(12, 19) for n in "ab"]
    (found,) = _found(with_more(CLEAN, "sessions", *pairs))
    assert found == (
        "person-twice: 伊藤 Eve is needed in several places at once, 7 times from Sun 26 March 13:00 to "
        "Sun 26 March 20:00: “a12”, “b12”, “a13”, “b13” and 10 more."
    )


@pytest.mark.parametrize("role", list(Role))
def test_every_part_counts(role: Role) -> None:
    also = with_more(CLEAN, "sessions", _session("Z", hour=9, room="foyer", parts=_parts("bob-baker", role=role)))
    assert [finding.code for finding in findings(also, ANY_NUMBER)] == ["person-twice"]


def test_who_presents_may_be_elsewhere_before_and_after_their_turn() -> None:
    planning = _ruled(walk_minutes=0)
    before = _session("Z", hour=10, minute=30, minutes=20, room="aula", parts=_parts("charlie-khan-2"))
    during = _session("Z", hour=11, minutes=20, room="aula", parts=_parts("charlie-khan-2"))
    assert _found(with_more(CLEAN, "sessions", before), planning) == []
    assert _found(with_more(CLEAN, "sessions", during), planning) == [
        "person-twice: Charlie Khan (Lund) is needed in two places on Sat 25 March, 11:00–11:10: "
        "“Trust in public services (1)” (Room B) and “Z” (Aula)."
    ]


def test_two_people_of_one_name_do_not_clash() -> None:
    other = _session("Z", hour=10, minute=50, minutes=20, room="aula", parts=_parts("charlie-khan"))
    assert _found(with_more(CLEAN, "sessions", other)) == []


def test_an_author_who_does_not_present_clashes_only_where_authors_count() -> None:
    other = _session("Z", hour=10, minute=30, room="room-x", parts=_parts("charlie-khan"))
    also = edited(with_more(CLEAN, "sessions", other), "sessions", "Z", room="")
    assert _found(also) == []
    assert [finding.code for finding in findings(also, _ruled(authors_count=True))] == ["person-twice"]


def test_a_host_at_the_display_is_needed_there() -> None:
    other = _session("Z", hour=12, minute=30, minutes=15, room="aula", parts=_parts("dana-osei"))
    assert _found(with_more(CLEAN, "sessions", other), _ruled(walk_minutes=0)) == [
        "person-twice: Dana Oṣei-Łukasz is needed in two places on Sat 25 March, 12:30–12:45: "
        "“Salford Dadz” (Foyer) and “Z” (Aula)."
    ]


def test_who_demonstrates_beside_their_display_is_at_it() -> None:
    assert "dana-osei" in [part.person for part in CLEAN.sessions[3].parts]
    assert _found(CLEAN) == []
    assert [finding.code for finding in findings(edited(CLEAN, "sessions", "D1", room=""), ANY_NUMBER)] == [
        "person-twice", "no-room",
    ]  # fmt: skip


def _with_hosts(*hosts: str) -> Programme:
    return edited(CLEAN, "showcases", "dadz", parts=_parts(*hosts, role=Role.HOST))


def test_of_two_hosts_one_may_be_elsewhere() -> None:
    assert _found(_with_hosts("dana-osei", "alice-adler")) == []


def test_a_display_that_all_hosts_have_left_is_told_of() -> None:
    elsewhere = _session("Z", hour=13, minute=15, minutes=30, parts=_parts("dana-osei"))
    busy = with_more(_with_hosts("dana-osei", "alice-adler"), "sessions", elsewhere)
    assert _found(edited(busy, "sessions", "D1", parts=())) == [
        "nobody-left: Nobody is left at the display “Salford Dadz” (Foyer) on Sat 25 March, 13:15–13:45: "
        "Dana Oṣei-Łukasz and Alice Adler are all needed elsewhere."
    ]


def test_of_two_chairs_of_a_panel_one_has_to_be_free() -> None:
    chaired = edited(CLEAN, "panels", "P1", parts=_parts("alice-adler", "dana-osei", role=Role.CHAIR))
    one_busy = with_more(chaired, "sessions", _session("Z", hour=8, day=26, parts=_parts("alice-adler")))
    both_busy = with_more(chaired, "sessions", _session("Z", hour=8, day=26, parts=_parts("alice-adler", "dana-osei")))
    assert _found(one_busy) == []
    assert [finding.code for finding in findings(both_busy, ANY_NUMBER)] == ["nobody-left"]


def test_too_little_time_to_walk_to_another_building() -> None:
    soon = with_more(
        CLEAN, "sessions", _session("Z", hour=12, minute=5, minutes=30, room="foyer", parts=_parts("alice-adler"))
    )
    assert _only(soon) == Finding(
        code="walk-too-short",
        severity="warning",
        sentence="Alice Adler has 5 minutes on Sat 25 March, 12:00–12:05 to walk from "
        "“Trust in public services (1)” (Room B) in Annexe to “Z” (Foyer) in Exchange; 10 minutes are allowed for.",
        sessions=("P1-1", "Z"),
        people=("alice-adler",),
        rooms=("room-b", "foyer"),
    )


def test_in_one_building_no_time_is_needed_to_walk() -> None:
    soon = _session("Z", hour=10, minutes=15, room="foyer", parts=_parts("bob-baker"))
    assert _found(with_more(CLEAN, "sessions", soon)) == []


def test_a_rule_of_no_minutes_asks_for_no_walk() -> None:
    soon = with_more(CLEAN, "sessions", _session("Z", hour=12, room="foyer", parts=_parts("alice-adler")))
    assert _found(soon, _ruled(walk_minutes=0)) == []


def _availability(*said: Availability) -> Planning:
    return msgspec.structs.replace(ANY_NUMBER, availability=said)


def test_a_person_who_cannot_be_there() -> None:
    away = Availability(person="bob-baker", starts=at(25, 9, 30), ends=at(25, 10, 30))
    assert _found(CLEAN, _availability(away)) == [
        "not-available: Bob Baker is needed at “Opening keynote” (Aula) on Sat 25 March, 09:00–10:00, "
        "but cannot be there then."
    ]


def test_who_says_when_they_can_cannot_at_other_times() -> None:
    morning = Availability(person="bob-baker", starts=at(25, 9), ends=at(25, 10), can=True)
    later = Availability(person="bob-baker", starts=at(25, 10), ends=at(25, 10, 50), can=True)
    assert len(_found(CLEAN, _availability(morning))) == 1
    assert _found(CLEAN, _availability(later, morning)) == []


# papers


def test_papers_that_outrun_their_session() -> None:
    assert _found(edited(CLEAN, "sessions", "P1-1", minutes=30)) == [
        "papers-outrun: The papers of “Trust in public services (1)” (Sat 25 March, 10:30–11:00, Room B) "
        "take 40 minutes; it has 30."
    ]


def test_papers_that_leave_another_no_time() -> None:
    turns = (Turn(paper="T1", minutes=90), Turn(paper="T2"))
    assert _found(edited(CLEAN, "sessions", "P1-1", turns=turns)) == [
        "papers-outrun: “Trust in public services (1)” (Sat 25 March, 10:30–12:00, Room B) leaves 1 paper no time: "
        "the others take 90 of its 90 minutes."
    ]


def test_posters_hang_side_by_side() -> None:
    assert _found(edited(CLEAN, "sessions", "P1-1", minutes=30, kind=SessionKind.POSTERS)) == []


def test_a_paper_placed_twice() -> None:
    turns = (Turn(paper="T3"), Turn(paper="T2"))
    found = _only(edited(CLEAN, "sessions", "P1-2", turns=turns))
    assert (found.code, found.papers, found.sessions) == ("paper-twice", ("T2",), ("P1-1", "P1-2"))
    assert found.sentence == (
        "“What neighbours know” has 2 turns: in “Trust in public services (1)” (Sat 25 March, 10:30–12:00, Room B) "
        "and “Trust in public services (2)” (Sun 26 March, 09:00–10:00, Room B)."
    )


def test_a_paper_placed_twice_in_one_session() -> None:
    turns = (Turn(paper="T1"), Turn(paper="T2"), Turn(paper="T2"))
    assert [(f.code, f.sessions) for f in findings(edited(CLEAN, "sessions", "P1-1", turns=turns), ANY_NUMBER)] == [
        ("paper-twice", ("P1-1",))
    ]


def test_accepted_papers_without_a_turn_are_told_by_panel() -> None:
    assert _found(edited(CLEAN, "sessions", "P1-1", turns=())) == [
        "paper-nowhere: 2 accepted papers of panel P1 “Trust in public services” are in no session: "
        "“Letting go of the controls” and “What neighbours know”."
    ]


def test_a_cancelled_session_gives_no_turn() -> None:
    found = findings(edited(CLEAN, "sessions", "P1-2", cancelled=True), ANY_NUMBER)
    assert [(finding.code, finding.papers) for finding in found] == [("paper-nowhere", ("T3",))]


@pytest.mark.parametrize(
    ("status", "told"), [(PaperStatus.RESERVE, "is in reserve"), (PaperStatus.TABLED, "is only tabled")]
)
def test_a_paper_that_is_not_accepted_but_has_a_turn(status: PaperStatus, told: str) -> None:
    (found,) = _found(edited(CLEAN, "papers", "T3", status=status))
    assert found == (
        f"paper-not-accepted: “Rulebooks & targets: <less> is more” {told}, but has a turn in "
        "“Trust in public services (2)” (Sun 26 March, 09:00–10:00, Room B)."
    )


def test_too_few_papers_and_too_many() -> None:
    few = _found(CLEAN, _ruled(papers_per_session=(2, 4)))
    many = _found(CLEAN, _ruled(papers_per_session=(1, 1)))
    none = _found(edited(CLEAN, "sessions", "P1-2", turns=()), _ruled(papers_per_session=(2, 4)))
    assert few == [
        "papers-per-session: “Trust in public services (2)” (Sun 26 March, 09:00–10:00, Room B) has 1 paper; "
        "2 at least are wanted."
    ]
    assert many == [
        "papers-per-session: “Trust in public services (1)” (Sat 25 March, 10:30–12:00, Room B) has 2 papers; "
        "1 at most are wanted."
    ]
    assert none[-1] == (
        "papers-per-session: “Trust in public services (2)” (Sun 26 March, 09:00–10:00, Room B) has no papers yet."
    )


def test_a_person_who_presents_more_papers_than_the_house_allows() -> None:
    third = edited(CLEAN, "papers", "T3", parts=_parts("bob-baker", role=Role.AUTHOR))
    assert _found(third, _ruled(papers_per_person=1)) == [
        "papers-per-person: Bob Baker presents 2 papers, more than 1: "
        "“Letting go of the controls” and “Rulebooks & targets: <less> is more”."
    ]
    assert _found(third, _ruled(papers_per_person=0)) == []


def test_a_chair_of_the_panel_is_a_chair_of_its_sessions() -> None:
    assert _found(edited(CLEAN, "sessions", "P1-1", parts=())) == []


def test_sessions_without_a_chair_are_told_by_panel() -> None:
    nobody = edited(edited(CLEAN, "sessions", "P1-1", parts=()), "panels", "P1", parts=())
    assert _found(nobody) == [
        "no-chair: Panel P1 “Trust in public services” has no chair, nor have 2 of its sessions: "
        "“Trust in public services (1)” (Sat 25 March, 10:30–12:00, Room B) and "
        "“Trust in public services (2)” (Sun 26 March, 09:00–10:00, Room B)."
    ]
    assert _found(nobody, _ruled(chair_required=False)) == []


def test_a_session_of_no_panel_needs_a_chair_of_its_own() -> None:
    assert _found(edited(CLEAN, "sessions", "P1-2", panel="")) == [
        "no-chair: “Trust in public services (2)” (Sun 26 March, 09:00–10:00, Room B) has no chair."
    ]


def test_a_discussant_is_asked_for_only_where_the_house_does() -> None:
    found = findings(CLEAN, _ruled(discussant_required=True))
    assert [(finding.code, finding.panels, finding.sessions) for finding in found] == [
        ("no-discussant", ("P1",), ("P1-1", "P1-2"))
    ]
    parts = (*CLEAN.papers[2].parts, *_parts("dana-osei", role=Role.DISCUSSANT))
    assert findings(edited(CLEAN, "papers", "T3", parts=parts), _ruled(discussant_required=True, walk_minutes=0))[
        0
    ].sessions == ("P1-1",)


# the podium

PODIUM = edited(CLEAN, "sessions", "D2", parts=_parts("eve-ito", "dana-osei", "charlie-khan"))


def _said(*genders: str) -> Planning:
    people = ("eve-ito", "dana-osei", "charlie-khan")
    contacts = tuple(Contact(person=person, gender=said) for person, said in zip(people, genders, strict=True))
    return msgspec.structs.replace(_ruled(mixed_podium=True, walk_minutes=0), contacts=contacts)


PODIUM = edited(PODIUM, "sessions", "D1", parts=())
PODIUM = edited(PODIUM, "showcases", "dadz", parts=())


def test_a_podium_of_one_gender_is_told_without_naming_anybody_or_any_gender() -> None:
    found = _only(PODIUM, _said("woman", " Woman", "WOMAN"))
    assert (found.code, found.sessions, found.people) == ("podium-not-mixed", ("D2",), ())
    assert found.sentence == (
        "The podium of “Open discussion” (Sat 25 March, 13:00–14:00, Aula) is not mixed, "
        "going by what those on it have chosen to say."
    )


@pytest.mark.parametrize("said", [("woman", "man", "woman"), ("woman", "woman", ""), ("", "", "")])
def test_a_podium_that_is_mixed_or_has_not_all_said_is_not_told_of(said: tuple[str, ...]) -> None:
    assert _found(PODIUM, _said(*said)) == []


def test_no_podium_is_looked_at_where_the_house_does_not_ask() -> None:
    planning = msgspec.structs.replace(_said("x", "x", "x"), rules=Rules(papers_per_session=(0, 0), walk_minutes=0))
    assert _found(PODIUM, planning) == []


# unfinished work


def test_a_reference_to_what_is_not_there() -> None:
    lost = edited(CLEAN, "sessions", "K1", room="attic", parts=_parts("bob-baker", "ghost"))
    assert _only(lost) == Finding(
        code="missing",
        severity="error",
        sentence="“Opening keynote” names the room attic and the person ghost, which the programme does not have.",
        sessions=("K1",),
    )


def test_unfinished_work_is_a_hint_for_all_of_it() -> None:
    rough = with_more(
        PROGRAMME, "sessions", _session("Z", hour=15, kind=SessionKind.TALK), Session(code="X2", title="X2")
    )
    assert [(f.severity, f.code, f.sentence) for f in findings(rough, ANY_NUMBER)] == [
        ("hint", "not-placed", "2 sessions have no time yet: “Not placed yet” and “X2”."),
        ("hint", "no-room", "A session has a time but no room: “Z”."),
        ("hint", "nobody-named", "Nobody is named in 3 sessions: “Not placed yet”, “Z” and “X2”."),
        ("hint", "no-abstract", "2 accepted papers have no abstract: "
         "“What neighbours know” and “Rulebooks & targets: <less> is more”."),
    ]  # fmt: skip


def test_of_many_things_the_first_few_are_named() -> None:
    many = with_more(
        CLEAN, "sessions", *(Session(code=f"X{n}", title=f"X{n}", kind=SessionKind.BREAK) for n in range(16))
    )
    assert _found(many) == ["not-placed: 16 sessions have no time yet: “X0”, “X1”, “X2”, “X3” and 12 more."]


# of whole programmes


def test_what_is_cancelled_is_not_looked_at() -> None:
    booked = with_more(CLEAN, "sessions", _session("Z", hour=9, room="aula", parts=_parts("bob-baker"), cancelled=True))
    assert _found(booked) == []


def test_errors_stand_before_warnings_and_these_before_hints() -> None:
    booked = with_more(PROGRAMME, "sessions", _session("Z", hour=9, room="aula"))
    assert [f.severity for f in findings(booked)] == ["error", "warning", "warning", "hint", "hint", "hint"]


@given(programmes)
def test_any_draft_can_be_examined_and_every_code_in_a_finding_is_of_something(draft: Programme) -> None:
    severities = ["error", "warning", "hint"]
    found = findings(draft, _ruled(discussant_required=True, authors_count=True))
    assert [f.severity for f in found] == sorted((f.severity for f in found), key=severities.index)
    for finding in found:
        assert finding.sentence.endswith((".", "floor."))
        assert any((finding.sessions, finding.papers, finding.people, finding.panels, finding.rooms, finding.showcases,
                    finding.code == "missing"))  # fmt: skip
        assert set(finding.people) <= {person.code for person in draft.people}
        assert set(finding.sessions) <= {session.code for session in draft.sessions}


@pytest.mark.parametrize(
    "path", ["schedule-xml/38c3-2024/schedule.xml", "schedule-json/google-io-2019/conference_data_2019.json"]
)
def test_a_thousand_sessions_are_told_in_few_sentences(path: str) -> None:
    if not (DATA / path).exists():
        pytest.skip(f"{path} is not beside the repository")
    programme = read((DATA / path).read_bytes(), Hints(slug="real", zone="Europe/Berlin")).programme
    rooms = tuple(msgspec.structs.replace(room, kind=RoomKind.ROOM) for room in programme.rooms)
    found = findings(msgspec.structs.replace(programme, rooms=rooms))
    assert 0 < len(found) < 100
