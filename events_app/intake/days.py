"""When conference days begin, so that everything falls on the day under which a file lists it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from ..language import gettext as _
from .oddities import Oddities
from .times import DAY

FAR = timedelta(days=60)
"""From the middle day: what is further off is no part of the conference, but a slip of the pen."""


class Listed(NamedTuple):
    """Something under a day, with its start as the event's clocks show it."""

    where: str
    day: date
    starts: datetime

    @property
    def minutes(self) -> int:
        """From the day's midnight: beyond 1440 in the night after it, negative before it."""
        return int((self.starts - datetime.combine(self.day, time())).total_seconds() // 60)


def day_change(listed: Sequence[Listed], stated: int | None, oddities: Oddities) -> int:
    """Minutes after midnight at which the days must begin; notes what then still falls on another day.

    What the file states is taken where it fits, else midnight, else the full hour nearest before the earliest start,
    else what leaves the fewest on other days.
    """
    if stated is not None and not 0 <= stated < DAY:
        stated = None
    offsets = [entry.minutes for entry in listed]
    candidates = [minutes for minutes in (stated, 0) if minutes is not None]
    if not offsets:
        return candidates[0]
    earliest = min((offset for offset in offsets if 0 <= offset < DAY), default=0)
    candidates += [earliest // 60 * 60, earliest]
    candidates += sorted({(offset % DAY + 1) % DAY for offset in offsets if not 0 <= offset < DAY})
    best = min(candidates, key=lambda change: sum(_strays(offset, change) for offset in offsets))
    for entry in listed:
        if _strays(entry.minutes, best):
            oddities.note(entry.where, _("is listed under another day than that of its time; the time was taken"))
    return best


def _strays(offset: int, change: int) -> bool:
    return not change <= offset < change + DAY


def middle_of(days: Iterable[date]) -> date:
    """The day in the middle of all these, or any day if there is none."""
    ordered = sorted(days)
    return ordered[len(ordered) // 2] if ordered else date(2000, 1, 1)


def note_far(starts: datetime, where: str, oddities: Oddities) -> None:
    oddities.note(where, _("is on {day}, far from all else; it was taken without a time"), day=starts.date())
