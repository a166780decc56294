from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events_app.renditions.timezone import vtimezone


def observances(told: bytes) -> list[tuple[str, datetime, str, str]]:
    """Kind, onset, offset before and after, in the order in which they stand."""
    found = []
    for block in told.decode().replace("END:", "BEGIN:").split("BEGIN:"):
        kind, *lines = block.strip().split("\r\n")
        if kind in ("STANDARD", "DAYLIGHT") and lines:
            said = dict(line.split(":", 1) for line in lines)
            found.append(
                (kind, datetime.strptime(said["DTSTART"], "%Y%m%dT%H%M%S"), said["TZOFFSETFROM"], said["TZOFFSETTO"])
            )
    return found


def test_summer_time_begins_in_the_offset_that_was_in_force_before() -> None:
    assert observances(vtimezone("Europe/London", 2028, 2028)) == [
        ("STANDARD", datetime(2028, 1, 1), "+0000", "+0000"),
        ("DAYLIGHT", datetime(2028, 3, 26, 1), "+0000", "+0100"),
        ("STANDARD", datetime(2028, 10, 29, 2), "+0100", "+0000"),
    ]


def test_the_south_begins_the_year_in_summer() -> None:
    kinds = [kind for kind, *_ in observances(vtimezone("Australia/Sydney", 2028, 2028))]
    assert kinds == ["DAYLIGHT", "STANDARD", "DAYLIGHT"]


def test_perth_never_changes_its_clocks() -> None:
    assert observances(vtimezone("Australia/Perth", 2028, 2029)) == [
        ("STANDARD", datetime(2028, 1, 1), "+0800", "+0800")
    ]


@pytest.mark.parametrize(
    "zone",
    ["Europe/Rome", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu", "America/Nuuk",
     "Pacific/Chatham", "Europe/Dublin", "UTC"],
)  # fmt: skip
def test_every_hour_of_two_years_has_the_offset_of_the_tz_database(zone: str) -> None:
    told = [
        (onset - offset(before), offset(after)) for _, onset, before, after in observances(vtimezone(zone, 2026, 2027))
    ]
    instant = datetime(2026, 1, 2, tzinfo=UTC)
    while instant.year < 2028:
        last = [after for onset, after in told if onset <= instant.replace(tzinfo=None)][-1]
        assert last == instant.astimezone(ZoneInfo(zone)).utcoffset(), instant
        instant += timedelta(hours=1)


def offset(text: str) -> timedelta:
    sign = -1 if text[0] == "-" else 1
    return sign * timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))
