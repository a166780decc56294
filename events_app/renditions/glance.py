"""A day at a glance, as tables for landscape pages: groups of rooms side by side, row heights worked out beforehand.

A table row cannot be broken well across pages, so what a page can hold is decided here: how many lines each session
gets, and where a full day is cut in two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from ..programme.grid import Cell, Grid, grid
from ..programme.model import Programme, Room, Session
from . import timetable
from .timetable import Row, rows

ROOMS = 7  # columns on a page
HEIGHT = 158.0  # of all rows together, mm
LINE, PADDING = 2.95, 1.3  # of a cell, mm
LABEL = 3.2  # the least that a time needs at the edge, mm
UNIT_HEIGHT = 2.4  # the most that five minutes get, mm
DEPTHS = (5, 4, 3, 2)  # lines that a session may have at the least: the most that fits a page is taken


class Box(NamedTuple):
    """A cell: `lines` is how many each of its sessions has; `more` counts those that found no room in it."""

    sessions: tuple[Session, ...]
    rows: int
    band: bool
    lines: int
    more: int


class Line(NamedTuple):
    """A row, `height` mm high. `label` says its time, for so many rows; None where the label above still stands."""

    moment: datetime
    height: float
    label: int | None
    boxes: list[Box]


class Sheet(NamedTuple):
    """A page: the n-th of so many of its day."""

    day: date
    rooms: tuple[Room | None, ...]
    lines: list[Line]
    n: int
    of: int


def sheets(programme: Programme, day: date) -> list[Sheet]:
    found = [
        (piece.rooms, _lines(piece))
        for group in _groups(grid(programme, day).rooms)
        for piece in _pieces(grid(programme, day, [room.code for room in group if room]))
        if piece.cells
    ]
    return [Sheet(day, rooms, lines, n, len(found)) for n, (rooms, lines) in enumerate(found, 1)]


def _groups(rooms: Sequence[Room | None]) -> Iterator[Sequence[Room | None]]:
    """As few groups as can be, all of about one size."""
    count = max(-(-len(rooms) // ROOMS), 1)
    size, larger = divmod(len(rooms), count)
    at = 0
    for n in range(count):
        width = size + (n < larger)
        yield rooms[at : at + width]
        at += width


def _pieces(whole: Grid) -> list[Grid]:
    """The grid, cut into as many stretches of time as its pages need."""
    if sum(_heights(rows(whole), DEPTHS[-1])) <= HEIGHT or len(whole.moments) < 3:
        return [whole]
    cut = _cut(whole)
    return [*_pieces(_slice(whole, 0, cut)), *_pieces(_slice(whole, cut, len(whole.moments) - 1))]


def _cut(whole: Grid) -> int:
    """The row, near the middle, above which the fewest cells would be cut."""
    count = len(whole.moments) - 1
    heights = _heights(rows(whole), DEPTHS[-1])
    middle = sum(heights) / 2

    def cost(n: int) -> float:
        through = sum(1 for cell in whole.cells if cell.row < n < cell.row + cell.rows)
        return through + abs(sum(heights[:n]) - middle) / middle * 6

    return min(range(1, count), key=cost)


def _slice(whole: Grid, begin: int, end: int) -> Grid:
    """The rows from `begin` up to `end`. What lasts longer is in both slices."""
    cells = []
    for cell in whole.cells:
        first, last = max(cell.row, begin), min(cell.row + cell.rows, end)
        if first < last:
            cells.append(Cell(column=cell.column, row=first - begin, rows=last - first, sessions=cell.sessions))
    return Grid(day=whole.day, rooms=whole.rooms, moments=whole.moments[begin : end + 1], cells=tuple(cells))


def _lines(piece: Grid) -> list[Line]:
    table = rows(piece)
    heights = next((h for depth in DEPTHS if sum(h := _heights(table, depth)) <= HEIGHT), _heights(table, DEPTHS[-1]))
    heights = _stretched(table, heights)
    labels = _labels(heights)
    return [
        Line(row.moment, heights[n], labels.get(n), [_box(box, sum(heights[n : n + box.rows])) for box in row.boxes])
        for n, row in enumerate(table)
    ]


def _heights(table: Sequence[Row], depth: int) -> list[float]:
    """The least heights in which every cell has its lines: short cells push first, longer ones take what is there."""
    heights = [0.6] * len(table)
    needs = [
        (box.rows, n, PADDING + LINE * max(_depth(box.band, depth), len(box.sessions)))
        for n, row in enumerate(table)
        for box in row.boxes
        if box.sessions
    ]
    for count, n, need in sorted(needs):
        lacking = need - sum(heights[n : n + count])
        if lacking > 0:
            weight = sum(row.units for row in table[n : n + count])
            for at in range(n, n + count):
                heights[at] += lacking * table[at].units / weight
    return heights


def _depth(band: bool, depth: int) -> int:
    return 1 if band else depth


def _stretched(table: Sequence[Row], heights: list[float]) -> list[float]:
    """What is left of the page goes to all rows by their length."""
    weight = sum(row.units for row in table) or 1
    left = max(min(HEIGHT, weight * UNIT_HEIGHT) - sum(heights), 0)
    return [height + left * row.units / weight for height, row in zip(heights, table, strict=True)]


def _labels(heights: Sequence[float]) -> dict[int, int]:
    """In which rows a time is written, and for how many rows it stands."""
    found: dict[int, int] = {}
    last, room = 0, 0.0
    for n, height in enumerate(heights):
        if n == 0 or room >= LABEL:
            last, room = n, 0.0
            found[n] = 0
        found[last] += 1
        room += height
    return found


def _box(box: timetable.Box, height: float) -> Box:
    sessions, count, _column, band = box
    room = max(int((height - PADDING) / LINE + 0.05), 1)
    shown = sessions if len(sessions) <= room else sessions[: max(room - 1, 1)]
    lines = room // len(sessions) if sessions and len(sessions) <= room else 1
    return Box(tuple(shown), count, band, lines, len(sessions) - len(shown))
