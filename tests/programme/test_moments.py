from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from events_app.programme.model import Span
from events_app.programme.moments import days_later, moved, same_clock

from ..conference import AULA, DADZ, SESSIONS, at


def test_a_time_stays_the_same_on_the_clocks_of_another_zone() -> None:
    move = same_clock("Europe/London", "America/New_York")
    assert move(at(25, 9)) == datetime(2028, 3, 25, 13, tzinfo=UTC)  # 09:00 GMT → 09:00 EDT
    assert move(at(26, 8)) == datetime(2028, 3, 26, 13, tzinfo=UTC)  # 09:00 BST → 09:00 EDT
    assert same_clock("America/New_York", "Europe/London")(move(at(26, 8))) == at(26, 8)


def test_a_time_that_the_other_clocks_skip_becomes_the_one_that_they_show_instead() -> None:
    move = same_clock("UTC", "Europe/London")
    assert move(at(26, 1, 30)) == at(26, 1, 30)  # 01:30 is skipped there: they show 02:30
    assert move(at(26, 2, 30)) == at(26, 1, 30)


def test_days_later_the_clocks_show_the_same() -> None:
    assert days_later("Europe/London", 1)(at(25, 9)) == at(26, 8)  # over the night of the change
    assert days_later("Europe/London", 364)(at(25, 9)) == datetime(2029, 3, 24, 9, tzinfo=UTC)


def test_everything_in_a_thing_that_has_a_time_is_moved_and_nothing_else() -> None:
    later = days_later("Europe/London", 7)
    room = replace(AULA, opening=(Span(starts=at(25, 8), ends=at(25, 18)),))
    span = Span(starts=later(at(25, 8)), ends=later(at(25, 18)))
    assert moved(room, later) == replace(room, opening=(span,))
    assert moved(AULA, later) == AULA
    show = moved(DADZ, later)
    assert [hours.starts for hours in show.staffing] == [later(hours.starts) for hours in DADZ.staffing]
    assert replace(show, staffing=DADZ.staffing) == DADZ
    unplaced = replace(SESSIONS[0], starts=None)
    assert moved(unplaced, later) == unplaced
