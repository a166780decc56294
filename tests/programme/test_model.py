from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest

from events_app.programme.model import Programme, Session, stamp_key, utc
from tests.conference import EVENT, PROGRAMME, at


def test_a_programme_comes_back_whole_from_json() -> None:
    assert msgspec.json.decode(msgspec.json.encode(PROGRAMME), type=Programme) == PROGRAMME


def test_a_value_never_changes() -> None:
    with pytest.raises(AttributeError):
        EVENT.name = "Another"  # type: ignore[misc]


def test_a_session_that_is_not_placed_has_no_end() -> None:
    assert Session(code="X", title="X").ends is None


def test_a_session_over_the_change_of_the_clocks_lasts_as_long_as_it_says() -> None:
    night = Session(code="N", title="Night", starts=at(25, 22), minutes=240)
    assert night.ends == at(26, 2)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        utc(datetime(2028, 3, 25, 9))


def test_a_moment_of_elsewhere_is_the_same_instant_in_utc() -> None:
    delhi = timezone(timedelta(hours=5, minutes=30))
    assert utc(datetime(2028, 3, 25, 14, 30, tzinfo=delhi)) == datetime(2028, 3, 25, 9, tzinfo=UTC)


def test_a_stamp_key_names_the_entry() -> None:
    assert (stamp_key("event"), stamp_key("session", "K1"), stamp_key("showcase", "dadz", "a")) == (
        "event",
        "session/K1",
        "showcase/dadz/a",
    )


def test_a_programme_nobody_released_has_no_version() -> None:
    assert PROGRAMME.version is None
