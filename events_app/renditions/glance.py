"""A day at a glance, as tables for landscape pages: groups of rooms side by side, row heights worked out beforehand.

A table row cannot be broken well across pages, so what a page can hold is decided here: how large the type is, how
many lines each session gets, and where a full day is cut in two. Lengths are in millimetres.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from ..programme.grid import Cell, Grid, grid
from ..programme.model import Programme, Room, Session
from . import timetable
from .timetable import Row, rows

ROOMS = 8  # columns on a page
HEIGHT = 155.0  # of all rows together
PADDING = 1.4  # of a cell, above and below
UNIT_HEIGHT = 4.0  # the most that five minutes get
CROWD = 12  # sessions that one cell must have room for; of more, the first are shown
LABEL_PADDING = 0.5  # above a time
SLIT = 0.6  # a row in which nothing begins


class Scale(NamedTuple):
    """A size of type, by its name in the stylesheet, the height of a line, and the least lines that a session gets."""

    name: str
    line: float
    depth: int


SCALES = (
    Scale("large", 3.6, 4),
    Scale("medium", 3.25, 4),
    Scale("medium", 3.25, 3),
    Scale("small", 2.95, 3),
    Scale("small", 2.95, 2),
)
"""The first with which a page can hold a day is taken; with the last, a day is cut until pages can hold it."""


class Label(NamedTuple):
    """A time at the edge, which stands for so many rows."""

    moment: datetime
    rows: int
    height: float


class Box(NamedTuple):
    """A cell: `lines` is how many each of its sessions has; `more` counts those that found no room in it."""

    sessions: tuple[Session, ...]
    rows: int
    height: float
    band: bool
    lines: int
    more: int


class Line(NamedTuple):
    """A row. It is as high as its cells make it: a height of its own, WeasyPrint 70 would add to theirs."""

    label: Label | None
    boxes: list[Box]


class Sheet(NamedTuple):
    """A page: the n-th of so many of its day."""

    day: date
    rooms: tuple[Room | None, ...]
    scale: str
    lines: list[Line]
    n: int
    of: int


def sheets(programme: Programme, day: date) -> list[Sheet]:
    pieces = [
        piece
        for group in _groups(grid(programme, day).rooms)
        for piece in _pieces(grid(programme, day, [room.code for room in group if room]))
        if piece.cells
    ]
    scale = _scale(pieces)
    return [
        Sheet(day, piece.rooms, scale.name, _lines(piece, scale), n, len(pieces)) for n, piece in enumerate(pieces, 1)
    ]


def _scale(pieces: Sequence[Grid]) -> Scale:
    """One size of type for the whole day."""
    tables = [rows(piece) for piece in pieces]
    fitting = (s for s in SCALES if all(sum(_heights(table, s)) <= HEIGHT for table in tables))
    return next(fitting, SCALES[-1])


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
    if len(whole.moments) < 3 or sum(_heights(rows(whole), SCALES[-1])) <= HEIGHT:
        return [whole]
    cut = _cut(whole)
    return [*_pieces(_slice(whole, 0, cut)), *_pieces(_slice(whole, cut, len(whole.moments) - 1))]


def _cut(whole: Grid) -> int:
    """The row, near the middle, above which the fewest cells would be cut."""
    count = len(whole.moments) - 1
    heights = _heights(rows(whole), SCALES[-1])
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


def _lines(piece: Grid, scale: Scale) -> list[Line]:
    table = rows(piece)
    heights = _stretched(table, _heights(table, scale))
    labels = _labels(table, heights, scale)
    lines = []
    for n, row in enumerate(table):
        boxes = [_box(box, sum(heights[n : n + box.rows]), scale) for box in row.boxes]
        lines.append(Line(labels.get(n), boxes))
    return lines


def _heights(table: Sequence[Row], scale: Scale) -> list[float]:
    """The least heights in which every cell has its lines: short cells push first, longer ones take what is there."""
    heights = [scale.line + 0.4 if row.begins and scale.depth > 2 else SLIT for row in table]
    needs = [
        (box.rows, n, PADDING + scale.line * max(1 if box.band else scale.depth, min(len(box.sessions), CROWD)))
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


def _stretched(table: Sequence[Row], heights: list[float]) -> list[float]:
    """What is left of the page goes to all rows by their length."""
    weight = sum(row.units for row in table) or 1
    left = max(min(HEIGHT, weight * UNIT_HEIGHT) - sum(heights), 0)
    return [height + left * row.units / weight for height, row in zip(heights, table, strict=True)]


def _labels(table: Sequence[Row], heights: Sequence[float], scale: Scale) -> dict[int, Label]:
    """The rows at which a time is written: each that is far enough below the last."""
    found: dict[int, Label] = {}
    last = 0
    for n, (row, height) in enumerate(zip(table, heights, strict=True)):
        if n == 0 or found[last].height >= scale.line + LABEL_PADDING:
            last = n
            found[n] = Label(row.moment, 0, 0.0)
        found[last] = Label(found[last].moment, found[last].rows + 1, found[last].height + height)
    if last and found[last].height < scale.line + LABEL_PADDING:
        short = found.pop(last)
        last = max(found)
        found[last] = Label(found[last].moment, found[last].rows + short.rows, found[last].height + short.height)
    return found


def _box(box: timetable.Box, height: float, scale: Scale) -> Box:
    """What a cell of that height shows. A hundred things on a floor do not all fit: the listing has them all."""
    room = max(int((height - PADDING) / scale.line + 0.05), 1)
    shown = box.sessions if len(box.sessions) <= room else box.sessions[: max(room - 1, 1)]
    lines = room // len(box.sessions) if 0 < len(box.sessions) <= room else 1
    return Box(shown, box.rows, height, box.band, lines, len(box.sessions) - len(shown))
