from __future__ import annotations

from datetime import datetime

from events_app.programme.model import Part, Programme, Role, SessionKind
from events_app.programme.whereabouts import whereabouts
from tests.conference import PROGRAMME, at
from tests.programme.edits import edited


def _needs(programme: Programme, person: str, *, authors_count: bool = False) -> list[tuple[str, datetime, datetime]]:
    found = whereabouts(programme, authors_count=authors_count).needs.get(person, [])
    return [(need.session or need.showcase, need.starts, need.ends) for need in found]


def test_a_part_in_a_session_asks_for_all_of_it() -> None:
    assert ("K1", at(25, 9), at(25, 10)) in _needs(PROGRAMME, "bob-baker")


def test_who_presents_is_needed_for_their_turn_only() -> None:
    assert _needs(PROGRAMME, "charlie-khan-2") == [("P1-1", at(25, 10, 50), at(25, 11, 10))]


def test_who_presents_a_poster_is_needed_for_the_whole_session() -> None:
    posters = edited(PROGRAMME, "sessions", "P1-1", kind=SessionKind.POSTERS)
    assert _needs(posters, "charlie-khan-2") == [("P1-1", at(25, 10, 30), at(25, 12))]


def test_an_author_who_does_not_present_is_needed_only_where_authors_count() -> None:
    assert _needs(PROGRAMME, "charlie-khan") == []
    assert _needs(PROGRAMME, "charlie-khan", authors_count=True) == [("P1-1", at(25, 10, 30), at(25, 10, 50))]


def test_the_only_chair_of_a_panel_is_needed_where_a_session_names_none() -> None:
    assert _needs(PROGRAMME, "alice-adler") == [
        ("P1-1", at(25, 10, 30), at(25, 12)),
        ("D2", at(25, 13), at(25, 14)),
        ("P1-2", at(26, 8), at(26, 9)),
    ]


def _with_two_chairs() -> Programme:
    chairs = tuple(Part(person=person, role=Role.CHAIR) for person in ("alice-adler", "eve-ito"))
    return edited(PROGRAMME, "panels", "P1", parts=chairs)


def test_of_two_chairs_any_one_is_needed() -> None:
    found = whereabouts(_with_two_chairs())
    assert [(cover.people, cover.need.session) for cover in found.covers] == [(("alice-adler", "eve-ito"), "P1-2")]
    assert "P1-2" not in [need.session for need in found.needs["alice-adler"]]


def test_the_only_host_is_needed_in_the_staffed_hours() -> None:
    assert _needs(PROGRAMME, "dana-osei") == [
        ("dadz", at(25, 12), at(25, 14)),
        ("D1", at(25, 13), at(25, 13, 30)),
        ("dadz", at(26, 9), at(26, 11)),
    ]


def test_what_is_cancelled_or_has_no_time_needs_nobody() -> None:
    assert _needs(edited(PROGRAMME, "sessions", "K1", cancelled=True), "bob-baker") == [
        ("P1-1", at(25, 10, 30), at(25, 10, 50))
    ]
    assert _needs(edited(PROGRAMME, "sessions", "D1", starts=None), "dana-osei")[1:] == [
        ("dadz", at(26, 9), at(26, 11))
    ]


def test_who_is_not_in_the_programme_is_needed_nowhere() -> None:
    part = Part(person="lost", role=Role.HOST)
    programme = edited(PROGRAMME, "sessions", "K1", parts=(part,))
    assert "lost" not in whereabouts(programme).needs
