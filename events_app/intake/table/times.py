"""The dates and times in a table's rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from ...language import gettext as _
from ..oddities import Oddities
from ..times import DAY, LONGEST
from . import cells
from .rows import Row
from .workbook import Cell

_USUAL = 60
_LONGEST_NIGHT = 12 * 60


class Slot(NamedTuple):
    """What a row says of its time. `minutes` is the length that it gives as such."""

    starts: datetime | None = None
    ends: datetime | None = None
    minutes: int | None = None

    @property
    def length(self) -> int | None:
        """Minutes: as given, else from start to end."""
        if self.minutes is not None or self.starts is None or self.ends is None:
            return self.minutes
        if (self.starts.tzinfo is None) != (self.ends.tzinfo is None):
            return None
        return int((self.ends - self.starts).total_seconds() // 60)


class Times:
    """Reads dates in one order throughout. Moments are naive: on the event's clocks."""

    def __init__(self, dated: Iterable[Cell], years: tuple[int, ...], oddities: Oddities) -> None:
        self._odd, self._years = oddities, years
        self._order, certain = cells.order_of(dated)
        if not certain:
            order = _("the day first") if self._order == cells.DAY_FIRST else _("the month first")
            oddities.note(_("the dates"), _("may be read in two ways; they were taken with {order}"), order=order)

    def day(self, row: Row, field: str) -> date | None:
        """The date in a cell; notes it if there is something else."""
        cell = row.cells.get(field)
        found = cells.day(cell, self._order, self._years) if cell is not None else None
        if cell is not None and found is None:
            self._unread(row, field, _("date"))
        return found

    def slot(self, row: Row) -> Slot:
        """What the row says of when its session is."""
        starts, end = self._start(row)
        ends = self._after(starts, end) if starts and end else None
        if "ends" in row.cells:
            ends = self._end(row, starts) or ends
        return Slot(starts, ends if starts else None, self._minutes(row))

    def spans(self, row: Row, field: str) -> list[tuple[datetime, datetime]]:
        """`2028-03-25 12:00–14:00; 2028-03-26 9:00–11:00`."""
        found = []
        for said in cells.listed(row.cells.get(field)):
            read = cells.moment(said, self._order, self._years)
            starts, end = read or (None, None)
            if starts is None or end is None:
                self._odd.note(
                    row.at(field), _("“{said}” is no date with a start and an end; it was left out"), said=said[:60]
                )
                continue
            ends = datetime.combine(starts.date(), end, starts.tzinfo)
            found.append((starts, ends if ends > starts else ends + timedelta(days=1)))
        return found

    def _start(self, row: Row) -> tuple[datetime | None, time | None]:
        """The start, and an end where it stands in the same cell: 09:30–11:00."""
        cell, on_cell = row.cells.get("starts"), row.cells.get("day")
        whole = cells.moment(cell, self._order, self._years)
        if whole and not (isinstance(cell, datetime) and on_cell is not None):
            return whole
        if cell is None:
            whole = cells.moment(on_cell, self._order, self._years)
            if whole and whole[0].time() != time():
                return whole
        on, (begin, end) = self.day(row, "day"), cells.interval(cell)
        if cell is not None and begin is None:
            self._unread(row, "starts", _("time"))
        return (datetime.combine(on, begin), end) if on and begin else (None, None)

    def _end(self, row: Row, starts: datetime | None) -> datetime | None:
        cell = row.cells["ends"]
        whole = cells.moment(cell, self._order, self._years)
        if whole and (not isinstance(cell, datetime) or cell.year > 1901):
            return whole[0]
        end = cells.clock(cell)
        if end is None:
            self._unread(row, "ends", _("time"))
        return self._after(starts, end) if starts and end else None

    def _after(self, starts: datetime, end: time) -> datetime:
        """The end as a moment: in the night after, if that is not half a day away; else before the start, a mistake."""
        ends = datetime.combine(starts.date(), end, starts.tzinfo)
        over_night = ends + timedelta(days=1)
        return over_night if ends < starts and (over_night - starts) <= timedelta(minutes=_LONGEST_NIGHT) else ends

    def _minutes(self, row: Row) -> int | None:
        cell = row.cells.get("minutes")
        found = cells.length(cell) if cell is not None else None
        if cell is not None and found is None:
            self._unread(row, "minutes", _("length"))
        return found

    def _unread(self, row: Row, field: str, what: str) -> None:
        self._odd.note(
            row.at(field), _("“{said}” is no {what} that can be read"), said=row.words(field)[:60], what=what
        )


def checked(slot: Slot, row: Row, oddities: Oddities) -> int:
    """A session's length as it may be kept: an hour if none is given; what cannot be, is noted."""
    minutes = slot.length
    if minutes is None:
        oddities.note(row.where, _("has neither an end nor a length; its length was taken as {n} minutes"), n=_USUAL)
        return _USUAL
    if minutes < 0:
        oddities.note(row.at("ends"), _("ends before it starts; its length was taken as 0 minutes"))
    elif minutes > LONGEST:
        oddities.note(row.where, _("would last for more than a month; its length was taken as 0 minutes"))
    elif minutes == 0:
        oddities.note(row.where, _("has a length of 0 minutes"))
    elif minutes > DAY:
        oddities.note(row.where, _("lasts for more than 24 hours"))
    return minutes if 0 <= minutes <= LONGEST else 0
