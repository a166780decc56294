from __future__ import annotations

from events_app.language import speaking
from events_app.programme import wording
from events_app.programme.model import Slot
from tests.conference import EVENT, at


def test_a_moment_is_said_on_the_clocks_of_the_event() -> None:
    assert wording.moment(EVENT, at(25, 9)) == "Sat 25 March 09:00"
    assert wording.moment(EVENT, at(26, 9)) == "Sun 26 March 10:00"
    assert wording.clock(EVENT, at(26, 9)) == "10:00"


def test_a_span_says_its_day_once() -> None:
    assert wording.span(EVENT, at(25, 10, 30), at(25, 11)) == "Sat 25 March, 10:30–11:00"


def test_a_night_is_one_day_up_to_six_in_the_morning() -> None:
    assert wording.span(EVENT, at(25, 22), at(26, 2)) == "Sat 25 March, 22:00–03:00"
    assert wording.span(EVENT, at(25, 22), at(26, 5)) == "Sat 25 March, 22:00 – Sun 26 March, 06:00"
    assert wording.span(EVENT, at(24, 22), at(26, 2)) == "Fri 24 March, 22:00 – Sun 26 March, 03:00"


def test_a_slot_without_a_room_is_a_time() -> None:
    assert wording.slot(EVENT, Slot(starts=at(25, 9), minutes=60, room="Aula")) == "Sat 25 March 09:00, Aula"
    assert wording.slot(EVENT, Slot(starts=at(25, 9), minutes=60)) == "Sat 25 March 09:00"


def test_a_list_ends_with_and() -> None:
    assert [wording.listed(items) for items in (["A"], ["A", "B"], ["A", "B", "C"])] == ["A", "A and B", "A, B and C"]


def test_days_and_lists_are_said_in_the_language_spoken() -> None:
    with speaking("fr"):
        assert wording.moment(EVENT, at(25, 9)) == "sam. 25 mars 09:00"
        assert wording.listed(["A", "B", "C"]) == "A, B et C"
