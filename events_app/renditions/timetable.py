"""A day's grid as rows of an HTML table: what stands in which row, and how far it reaches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from ..programme.grid import Grid
from ..programme.model import Session

UNIT = 5  # minutes: rows are made as high as they are long, in steps of this
HIGHEST = 18  # units: what is longer is drawn no higher
HIGHEST_BAND = 6  # units: a band across all rooms has one thing to say


class Box(NamedTuple):
    """A cell of the table. Without sessions it is empty room; `band` reaches across all rooms."""

    sessions: tuple[Session, ...]
    rows: int
    column: int = 0
    band: bool = False


class Row(NamedTuple):
    """What begins at `moment`. `units` is how high the row should be at least; `begins`: something begins here;
    `idle`: nothing is on until the next row."""

    moment: datetime
    ends: datetime
    units: int
    begins: bool
    idle: bool
    boxes: list[Box]


def rows(grid: Grid) -> list[Row]:
    """The grid's rows. Every place of the table is covered exactly once: boxes of one room never overlap."""
    count = max((cell.row + cell.rows for cell in grid.cells), default=0)
    columns = [_column(grid, n, count) for n in range(len(grid.rooms))]
    bands = _bands(grid)
    busy = {row for cell in grid.cells for row in range(cell.row, cell.row + cell.rows)}
    banded = {row for n, band in bands.items() for row in range(n, n + band.rows)}
    found = []
    for n in range(count):
        boxes = [bands[n]] if n in bands else [column[n] for column in columns if n in column]
        ends = grid.moments[min(n + 1, len(grid.moments) - 1)]
        highest = HIGHEST_BAND if n in banded else HIGHEST
        units = max(1, min(highest, round((ends - grid.moments[n]).total_seconds() / 60 / UNIT)))
        begins = any(box.sessions for box in boxes)
        found.append(Row(grid.moments[n], ends, units, begins, n not in busy, boxes))
    return found


def _bands(grid: Grid) -> dict[int, Box]:
    return {cell.row: Box(cell.sessions, cell.rows, band=True) for cell in grid.cells if cell.column is None}


def _column(grid: Grid, column: int, count: int) -> dict[int, Box]:
    """One room's boxes by the row in which each begins; empty room is joined up to the next box or band."""
    taken = sorted((c for c in grid.cells if c.column in (column, None)), key=lambda c: c.row)
    found: dict[int, Box] = {}
    at = 0
    for cell in taken:
        if cell.row > at:
            found[at] = Box((), cell.row - at, column)
        if cell.column is not None:
            found[cell.row] = Box(_by_time(cell.sessions), cell.rows, column)
        at = max(at, cell.row + cell.rows)
    if at < count:
        found[at] = Box((), count - at, column)
    return found


def _by_time(sessions: Sequence[Session]) -> tuple[Session, ...]:
    return tuple(sorted(sessions, key=lambda s: (s.starts, s.title)) if len(sessions) > 1 else sessions)
