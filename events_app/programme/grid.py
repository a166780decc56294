"""A day as rooms × times: the same table for the page and for print.

Rows lie between the moments at which something begins or ends. Things that overlap in one room (a floor with many
things, a double booking) share one cell, which lists them. What has no room and has its time for itself (a lunch)
is a band across all rooms; else it stands in a last column without a room.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from .lookup import index
from .model import Programme, Room, Session, Value


class Cell(Value, frozen=True, kw_only=True):
    """`column` counts the grid's rooms from 0; a band has none. It fills the rows `row` to `row + rows - 1`."""

    column: int | None
    row: int
    rows: int
    sessions: tuple[Session, ...]


class Grid(Value, frozen=True, kw_only=True):
    """`moments` are the rows' upper edges and the last one's lower; `rooms` only those in use; None: no room."""

    day: date
    rooms: tuple[Room | None, ...]
    moments: tuple[datetime, ...]
    cells: tuple[Cell, ...]


def grid(programme: Programme, day: date, rooms: Iterable[str] | None = None) -> Grid:
    """One conference day. `rooms` (codes) narrows it, bands stay: for print, where a wide day takes several pages."""
    held = index(programme).rooms
    all_day = index(programme).by_day.get(day, [])
    wanted = None if rooms is None else set(rooms)
    sessions = [s for s in all_day if wanted is None or s.room in wanted or s.room not in held]
    moments = tuple(sorted({moment for s in sessions for moment in _span(s)}))
    rows = {moment: n for n, moment in enumerate(moments)}
    bands = {cluster[0].code for cluster in _clusters(all_day) if len(cluster) == 1 and not cluster[0].room}
    by_column = _by_column(programme, [s for s in sessions if s.code not in bands])
    cells = [_cell(rows, None, [s]) for s in sessions if s.code in bands]
    for n, own in enumerate(by_column.values()):
        cells += [_cell(rows, n, cluster) for cluster in _clusters(own)]
    return Grid(
        day=day,
        rooms=tuple(held.get(code) for code in by_column),
        moments=moments,
        cells=tuple(sorted(cells, key=lambda c: (c.row, -1 if c.column is None else c.column))),
    )


def _by_column(programme: Programme, sessions: Sequence[Session]) -> dict[str, list[Session]]:
    """Sessions by their room's code, in the order of the rooms; last those without one that is known."""
    held = index(programme)
    found: dict[str, list[Session]] = {}
    for session in sessions:
        found.setdefault(session.room if session.room in held.rooms else "", []).append(session)
    return dict(sorted(found.items(), key=lambda pair: held.room_order.get(pair[0], len(held.room_order))))


def _span(session: Session) -> tuple[datetime, datetime]:
    """From when to when a session fills its cell: for a minute at least, or it would fill none."""
    assert session.starts is not None
    return session.starts, session.starts + timedelta(minutes=max(session.minutes, 1))


def _clusters(sessions: Sequence[Session]) -> list[list[Session]]:
    """Sessions of one room, by time, in groups that hang together by overlapping."""
    clusters: list[list[Session]] = []
    end: datetime | None = None
    for session in sessions:
        starts, ends = _span(session)
        if end and starts < end:
            clusters[-1].append(session)
            end = max(end, ends)
        else:
            clusters.append([session])
            end = ends
    return clusters


def _cell(rows: dict[datetime, int], column: int | None, cluster: Sequence[Session]) -> Cell:
    row = rows[_span(cluster[0])[0]]
    below = rows[max(_span(session)[1] for session in cluster)]
    return Cell(column=column, row=row, rows=below - row, sessions=tuple(cluster))
