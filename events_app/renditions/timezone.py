"""A time zone as iCalendar wants it told: one observance for each stretch between two changes of its clocks.

icalendar's own generator writes the onset of summer time in the new offset; RFC 5545 §3.6.5 wants the local time that
was in force before it (TZOFFSETFROM), and Outlook takes the rule at its word.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

_STEP = timedelta(hours=12)  # no zone changes its clocks twice in less
_SECOND = timedelta(seconds=1)


class _Clock(NamedTuple):
    """What the clocks of a zone show at one instant."""

    offset: timedelta
    name: str
    summer: bool


@lru_cache(256)
def vtimezone(zone: str, first_year: int, last_year: int) -> bytes:
    """The VTIMEZONE of an IANA zone, right for all moments of these years, as folded lines that end in CRLF."""
    tz = ZoneInfo(zone)
    start, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 2, tzinfo=UTC)
    clock = _clock(tz, start)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}", *_observance(datetime(first_year, 1, 1), clock.offset, clock)]  # noqa: DTZ001
    for instant, before, after in _changes(tz, start, end):
        lines += _observance((instant + before.offset).replace(tzinfo=None), before.offset, after)
    return "".join(f"{line}\r\n" for line in [*lines, "END:VTIMEZONE"]).encode()


def _clock(tz: ZoneInfo, instant: datetime) -> _Clock:
    local = instant.astimezone(tz)
    return _Clock(local.utcoffset() or timedelta(), local.tzname() or "", (local.dst() or timedelta()) > timedelta())


def _changes(tz: ZoneInfo, start: datetime, end: datetime) -> Iterator[tuple[datetime, _Clock, _Clock]]:
    """Each instant at which the clocks change, with what they showed before and show after."""
    at, clock = start, _clock(tz, start)
    while at < end:
        later = at + _STEP
        if _clock(tz, later) != clock:
            instant = _first_second_unlike(clock, tz, at, later)
            before, clock = clock, _clock(tz, instant)
            yield instant, before, clock
        at = later


def _first_second_unlike(clock: _Clock, tz: ZoneInfo, like: datetime, unlike: datetime) -> datetime:
    while unlike - like > _SECOND:
        middle = (like + (unlike - like) / 2).replace(microsecond=0)
        if _clock(tz, middle) == clock:
            like = middle
        else:
            unlike = middle
    return unlike


def _observance(onset: datetime, offset_before: timedelta, clock: _Clock) -> list[str]:
    kind = "DAYLIGHT" if clock.summer else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{onset:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_offset(offset_before)}",
        f"TZOFFSETTO:{_offset(clock.offset)}",
        f"TZNAME:{clock.name}",
        f"END:{kind}",
    ]


def _offset(offset: timedelta) -> str:
    """`+0530`; whole minutes, as Outlook and ical4j refuse seconds."""
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"
