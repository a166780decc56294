from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given

from events_app.programme.model import CancelledHours, Programme, Staffing
from events_app.programme.planning import Planning
from events_app.programme.references import pointers
from events_app.programme.release import release
from events_app.programme.select import select
from tests.conference import PROGRAMME, at
from tests.programme.edits import codes, edited
from tests.programme.worlds import programmes

PUBLIC = release(PROGRAMME, Planning(), None, at=at(1, 12), notes="", revision=1)


def _hours(slice_: Programme) -> list[str]:
    return [hours.code for showcase in slice_.showcases for hours in showcase.staffing]


@pytest.mark.parametrize(
    ("asked", "sessions"),
    [
        ({"day": date(2028, 3, 25)}, ["K1", "P1-1", "L1", "D1", "D2", "N1"]),
        ({"day": date(2028, 3, 26)}, ["P1-2"]),
        ({"room": "foyer"}, ["D1", "N1"]),
        ({"track": "trust"}, ["P1-1", "P1-2"]),
        ({"track": "care"}, ["D2"]),
        ({"panel": "P1"}, ["P1-1", "P1-2"]),
        ({"person": "bob-baker"}, ["K1", "P1-1"]),
        ({"person": "charlie-khan"}, ["P1-1"]),
        ({"session": "D2"}, ["D2"]),
        ({"showcase": "dadz"}, ["D1"]),
        ({"language": "fr"}, ["D2"]),
        ({"panel": "P1", "day": date(2028, 3, 26)}, ["P1-2"]),
        ({"panel": "P1", "room": "aula"}, []),
        ({"person": "nobody"}, []),
    ],
)
def test_a_slice_has_the_sessions_that_fit_all_that_is_asked(asked: dict[str, Any], sessions: list[str]) -> None:
    assert codes(select(PUBLIC, **asked).sessions) == sessions


def test_asked_for_nothing_it_is_the_programme_itself() -> None:
    assert select(PUBLIC) is PUBLIC


def test_a_slice_keeps_what_its_sessions_refer_to_and_no_more() -> None:
    keynote = select(PUBLIC, session="K1")
    found = {name: codes(getattr(keynote, name)) for name in ("rooms", "tracks", "people", "panels", "papers")}
    assert found == {"rooms": ["aula"], "tracks": [], "people": ["bob-baker"], "panels": [], "papers": []}


def test_a_slice_keeps_the_event_the_stamps_and_the_versions() -> None:
    part = select(PUBLIC, room="aula")
    assert (part.event, part.stamps, part.versions) == (PUBLIC.event, PUBLIC.stamps, PUBLIC.versions)


def test_a_panel_comes_with_its_tabled_papers_and_their_people() -> None:
    panel = select(PUBLIC, panel="P1")
    assert codes(panel.papers) == ["T1", "T2", "T3", "T5"]
    assert codes(panel.people) == ["alice-adler", "bob-baker", "charlie-khan", "charlie-khan-2", "eve-ito"]


def test_a_person_is_found_with_the_showcase_that_they_staff() -> None:
    dana = select(PUBLIC, person="dana-osei")
    assert (codes(dana.sessions), codes(dana.showcases), _hours(dana)) == (["D1"], ["dadz"], ["a", "b"])


def test_a_day_has_the_staffed_hours_of_that_day() -> None:
    assert _hours(select(PUBLIC, day=date(2028, 3, 26))) == ["b"]


def test_a_showcase_that_is_only_referred_to_comes_without_its_hours() -> None:
    alone = select(PUBLIC, session="D1")
    assert (codes(alone.showcases), _hours(alone)) == (["dadz"], [])


def test_the_cancelled_fit_as_the_others_do() -> None:
    draft = edited(PROGRAMME, "sessions", "K1", cancelled=True)
    public = release(draft, Planning(), PUBLIC, at=at(2, 12), notes="", revision=2)
    assert codes(select(public, person="bob-baker").cancelled) == ["K1"]
    assert codes(select(public, person="eve-ito").cancelled) == []
    assert codes(select(public, session="K1").rooms) == ["aula"]


def test_cancelled_hours_fit_by_floor_showcase_and_day() -> None:
    gone = CancelledHours(
        showcase="dadz", title="Dadz", floor="foyer", hours=Staffing(code="c", starts=at(25, 15), ends=at(25, 16))
    )
    public = msgspec.structs.replace(PUBLIC, cancelled_staffing=(gone,))
    asked: list[dict[str, Any]] = [
        {"room": "foyer"}, {"room": "aula"}, {"showcase": "dadz"}, {"day": date(2028, 3, 26)}, {"track": "care"},
    ]  # fmt: skip
    assert [len(select(public, **one).cancelled_staffing) for one in asked] == [1, 0, 1, 0, 0]


def test_a_session_in_two_languages_is_found_by_each() -> None:
    both = edited(PUBLIC, "sessions", "D2", language="de, en")
    assert [codes(select(both, language=name).sessions) for name in ("de", "en", "fr")] == [["D2"], ["D2"], []]


def test_a_session_without_a_language_speaks_those_of_its_papers() -> None:
    french = edited(PUBLIC, "papers", "T3", language="fr")
    assert codes(select(french, language="fr").sessions) == ["D2", "P1-2"]


@given(programmes)
def test_whatever_the_slice_every_reference_in_it_resolves(draft: Programme) -> None:
    public = release(draft, Planning(), None, at=at(1, 12), notes="", revision=1)
    asked: list[dict[str, Any]] = [
        {"day": date(2028, 3, 25)}, {"room": "r1"}, {"track": "k1"}, {"panel": "n1"}, {"person": "p1"},
        {"session": "s1"}, {"showcase": "w1"}, {"language": "en"},
    ]  # fmt: skip
    for one in asked:
        part = select(public, **one)
        for thing in (*part.sessions, *part.papers, *part.panels, *part.showcases):
            assert all(code in codes(getattr(part, name)) for name, code in pointers(thing))
