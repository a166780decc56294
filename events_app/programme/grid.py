"""A day as rooms × times: the same table for the page and for print.

Rows lie between the moments at which something begins or ends. Things that overlap in one room (a floor with many
things, a double booking) share one cell, which lists them. What has no room and has its time for itself (a lunch)
is a band across all rooms; else it stands in a last column without a room.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

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
    wanted = None if rooms is None else set(rooms)
    sessions = [s for s in index(programme).by_day.get(day, []) if wanted is None or s.room in wanted or not s.room]
    moments = tuple(sorted({moment for s in sessions for moment in (s.starts, s.ends) if moment}))
    bands = [s for s in sessions if not s.room and _alone(s, sessions)]
    columns = _columns(programme, [s for s in sessions if s not in bands])
    rows = {moment: n for n, moment in enumerate(moments)}
    cells = [_cell(rows, None, [band]) for band in bands]
    for n, room in enumerate(columns):
        code = room.code if room else ""
        own = [s for s in sessions if s.room == code and s not in bands]
        cells += [_cell(rows, n, cluster) for cluster in _clusters(own)]
    return Grid(
        day=day,
        rooms=tuple(columns),
        moments=moments,
        cells=tuple(sorted(cells, key=lambda c: (c.row, -1 if c.column is None else c.column))),
    )


def _alone(session: Session, sessions: Sequence[Session]) -> bool:
    return not any(other is not session and overlap(session, other) for other in sessions)


def overlap(one: Session, other: Session) -> bool:
    """Whether two sessions have time in common; one that ends as the other begins has not."""
    if one.starts is None or other.starts is None or one.ends is None or other.ends is None:
        return False
    return one.starts < other.ends and other.starts < one.ends


def _columns(programme: Programme, sessions: Sequence[Session]) -> list[Room | None]:
    used = {s.room for s in sessions}
    known: list[Room | None] = [room for room in programme.rooms if room.code in used]
    return [*known, None] if "" in used else known


def _clusters(sessions: Sequence[Session]) -> list[list[Session]]:
    """Sessions of one room, by time, in groups that hang together by overlapping."""
    clusters: list[list[Session]] = []
    end: datetime | None = None
    for session in sessions:
        if clusters and end and session.starts and session.starts < end:
            clusters[-1].append(session)
        else:
            clusters.append([session])
            end = None
        if session.ends:
            end = max(end, session.ends) if end else session.ends
    return clusters


def _cell(rows: dict[datetime, int], column: int | None, cluster: Sequence[Session]) -> Cell:
    starts = min(s.starts for s in cluster if s.starts)
    ends = max(s.ends for s in cluster if s.ends)
    return Cell(column=column, row=rows[starts], rows=max(rows[ends] - rows[starts], 1), sessions=tuple(cluster))
