"""What schedule.xml and schedule.json have in common: how they know sessions, and when their days begin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from . import times
from .oddities import Oddities

_IN_SLUG = re.compile(r"([A-Z0-9]{6})(?:-|$)")
_IN_PAGE = re.compile(r"/talk/([A-Z0-9]{6})/?$")


def code_in(code: str, short: str, page: str) -> str:
    """pretalx’s code of a talk: given as such, at the start of the slug (SFKNTZ-welcome), or in its page’s address."""
    if code:
        return code
    found = _IN_SLUG.match(short) or _IN_PAGE.search(page)
    return found[1] if found else ""


def day_boundary(ends: Iterable[datetime | None], zone: str) -> int | None:
    """The minute of the day at which most days end in the night or the morning; None if none does.

    Some let a day end at the minute, or the second, before: 08:59 means 09:00.
    """
    clock = times.Clock(zone, Oddities()) if zone else None
    shown = [clock.local(end) if clock else end for end in ends if end]
    minutes = Counter(_minute(end) for end in shown if end.hour < 12)
    return minutes.most_common(1)[0][0] if minutes else None


def _minute(end: datetime) -> int:
    if end.minute == 59:
        end = end.replace(second=0) + timedelta(minutes=1)
    return end.hour * 60 + end.minute
