from __future__ import annotations

from datetime import timedelta

from events_app.programme.lookup import index
from events_app.web.eras import LONG_AGO, Eras
from tests.conference import PROGRAMME, at

ERAS = Eras(PROGRAMME)


def test_before_all_there_is_an_era_that_began_long_ago() -> None:
    assert ERAS.at(at(1, 0)) == (0, LONG_AGO)


def test_in_one_era_what_is_on_and_what_comes_next_stay_the_same() -> None:
    look = index(PROGRAMME)
    moment = at(24, 0)
    while moment < at(27, 12):
        began = ERAS.at(moment).began
        assert (look.now(began), look.next(began)) == (look.now(moment), look.next(moment)), moment
        moment += timedelta(minutes=1)


def test_a_new_conference_day_is_a_new_era_though_nothing_begins_then() -> None:
    """The second day begins at 04:00 on Birmingham's new clocks, 03:00 UTC."""
    before, after = ERAS.at(at(26, 2, 59)), ERAS.at(at(26, 3))
    assert after == (before.number + 1, at(26, 3))


def test_the_day_before_the_first_session_is_an_era() -> None:
    assert ERAS.at(at(24, 9)).began == at(24, 9)
