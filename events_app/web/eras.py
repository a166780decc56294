"""The stretches of time in which what is on now, what comes next and which day it is stay the same."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from ..programme.lookup import days, index, zone
from ..programme.model import Event, Programme

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Era(NamedTuple):
    """`began` stands for all moments of it: what is made for it is the same whenever, and by whomever, it is made."""

    number: int
    began: datetime


class Eras:
    """The eras of one programme."""

    def __init__(self, programme: Programme) -> None:
        index_of = index(programme)
        moments = {*index_of.boundaries, *_day_changes(programme.event)}
        if index_of.placed and (first := index_of.placed[0].starts):
            moments.add(first - timedelta(days=1))  # from when on the front page says what comes first
        self._began = sorted(moments)

    def at(self, moment: datetime) -> Era:
        passed = bisect_right(self._began, moment)
        return Era(passed, self._began[passed - 1] if passed else LONG_AGO)


def _day_changes(event: Event) -> list[datetime]:
    """When each conference day begins, and when the last one is over."""
    dates = days(event)
    change = timedelta(minutes=event.day_change)
    return [
        (datetime.combine(date, time(), tzinfo=zone(event)) + change).astimezone(UTC)
        for date in [*dates, dates[-1] + timedelta(days=1)]
    ]
