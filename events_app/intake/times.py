"""Moments, spans and zones as files write them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from ..language import gettext as _
from .oddities import Oddities

DAY = 24 * 60
LONGEST = 31 * DAY
"""Minutes. A session that is said to last longer is not believed."""

_YEARS = range(1970, 2200)
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE)
_SPAN = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{2})(?::\d{2})?")
_ISO_SPAN = re.compile(r"P(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:\d+S)?)?", re.IGNORECASE)
_LIKELY = (
    "Europe/Berlin", "America/New_York", "Europe/London", "America/Los_Angeles", "America/Chicago", "America/Denver",
    "Europe/Helsinki", "Europe/Lisbon", "Asia/Kolkata", "Asia/Tokyo", "Asia/Shanghai", "Australia/Sydney",
    "Australia/Brisbane", "Australia/Adelaide", "Pacific/Auckland", "America/Sao_Paulo", "Europe/Istanbul",
    "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi", "Asia/Dubai", "Asia/Jakarta", "Asia/Kathmandu",
    "Asia/Tehran", "America/Phoenix", "America/Bogota", "America/Halifax", "America/St_Johns", "America/Anchorage",
    "Pacific/Honolulu", "Asia/Karachi", "Asia/Dhaka", "Australia/Darwin", "Asia/Kabul", "Asia/Yangon",
)  # fmt: skip
"""One zone for each pattern of offsets, the likeliest first."""


@cache
def _zones() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones() if name not in ("localtime", "Factory")}


def known_zone(name: str) -> str:
    """The IANA name as it is properly written, or nothing if there is no such zone."""
    return _zones().get(name.strip().lower().replace(" ", "_"), "")


def zone_for(moments: Iterable[datetime]) -> str:
    """A zone whose clocks would show all these moments with the offsets that they have; nothing if none would."""
    offsets = {(moment, moment.utcoffset()) for moment in moments if moment.tzinfo}
    if not offsets or all(not offset for _, offset in offsets):
        return ""
    for name in _LIKELY:
        clock = ZoneInfo(name)
        if all(moment.astimezone(clock).utcoffset() == offset for moment, offset in offsets):
            return name
    common = Counter(offset for _, offset in offsets).most_common(1)[0][0] or timedelta()
    hours, rest = divmod(int(common.total_seconds()), 3600)
    return known_zone(f"Etc/GMT{-hours:+d}") if not rest else ""


def differ(zone: str, moments: Iterable[datetime]) -> bool:
    """Whether clocks in that zone would show one of these moments with another offset; offsets of 0 are just UTC."""
    clock = ZoneInfo(zone)
    return any(moment.utcoffset() and moment.astimezone(clock).utcoffset() != moment.utcoffset() for moment in moments)


def moment(written: str) -> datetime | None:
    """ISO 8601, also with a blank for the T; aware if the offset is written. None if it is no moment of our times."""
    try:
        found = datetime.fromisoformat(written.strip())
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def day(written: str) -> date | None:
    """An ISO date, or the date of an ISO moment."""
    found = moment(written)
    return found.date() if found else None


def clock_time(written: str) -> time | None:
    """`09:30`, `9.30`, `9h30`, `09:30:00`, `1:15 pm`; hours from 24 on are not of one day."""
    found = _CLOCK.fullmatch(written.strip())
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2]), (found[4] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def span(written: str) -> int | None:
    """Minutes of `00:30`, `1:00`, `01:00:00` (hours first), `1:02:00:00` (days first), `PT45M`, or a bare number."""
    plain = written.strip()
    if plain.isascii() and plain.isdigit() and len(plain) < 6:
        return int(plain)
    if (found := _ISO_SPAN.fullmatch(plain)) and len(plain) > 2:
        return sum(int(part or 0) * size for part, size in zip(found.groups(), (DAY, 60, 1), strict=True))
    parts = plain.split(":")
    if not 2 <= len(parts) <= 4 or not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
        return None
    days = int(parts[0]) if len(parts) == 4 else 0
    hours, minutes = (int(part) for part in parts[-3:-1] if len(parts) > 2) if len(parts) > 2 else map(int, parts)
    return days * DAY + hours * 60 + minutes


class Clock:
    """The clocks of one event: turns what a file says into UTC and notes what those clocks never or twice showed."""

    def __init__(self, zone: str, oddities: Oddities) -> None:
        self.zone = zone
        self._info = ZoneInfo(zone)
        self._odd = oddities

    def utc(self, found: datetime, where: str) -> datetime:
        if found.tzinfo:
            return found.astimezone(UTC)
        local = found.replace(tzinfo=self._info)
        later = local.replace(fold=1)
        result = local.astimezone(UTC)
        if local.utcoffset() != later.utcoffset():
            shown = f"{found:%Y-%m-%d %H:%M}"
            if result.astimezone(self._info).replace(tzinfo=None) == found:
                self._odd.note(
                    where,
                    _("the clocks in {zone} showed {shown} twice; it was taken as the first time"),
                    zone=self.zone,
                    shown=shown,
                )
            else:
                self._odd.note(
                    where,
                    _("the clocks in {zone} never showed {shown}; it was taken as an hour further on"),
                    zone=self.zone,
                    shown=shown,
                )
        return result

    def local(self, found: datetime) -> datetime:
        """What the event's clocks show, without a zone."""
        return found.astimezone(self._info).replace(tzinfo=None) if found.tzinfo else found
