from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as some

from events_app.programme.grid import grid
from events_app.programme.model import Programme, Room, Session
from events_app.renditions.timetable import Row, rows

from ..conference import EVENT, PROGRAMME, at

DAY = date(2028, 3, 25)


def told(row: Row) -> list[tuple[list[str], int]]:
    return [([s.code for s in box.sessions], box.rows) for box in row.boxes]


def test_a_day_is_rows_of_boxes() -> None:
    found = rows(grid(PROGRAMME, DAY))
    assert [(row.moment.strftime("%H:%M"), row.begins, row.idle, told(row)) for row in found] == [
        ("09:00", True, False, [(["K1"], 1), ([], 2), ([], 3)]),
        ("10:00", False, True, [([], 2)]),
        ("10:30", True, False, [(["P1-1"], 1)]),
        ("12:00", True, False, [(["L1"], 1)]),
        ("13:00", True, False, [(["D2"], 2), ([], 4), (["D1"], 1)]),
        ("13:30", False, False, [([], 2)]),
        ("14:00", False, True, [([], 2)]),
        ("22:00", True, False, [(["N1"], 1)]),
    ]


def test_rows_are_as_high_as_they_are_long_within_reason() -> None:
    assert [row.units for row in rows(grid(PROGRAMME, DAY))] == [12, 6, 18, 6, 6, 6, 18, 18]


def test_a_day_without_anything_has_no_rows() -> None:
    assert rows(grid(Programme(event=EVENT), DAY)) == []


SESSION = some.tuples(some.integers(0, 40), some.integers(0, 30), some.sampled_from(["a", "b", "c", "", "unknown"]))


@given(some.lists(SESSION, max_size=12))
def test_every_place_is_covered_once_and_every_session_stands_once(drawn: list[tuple[int, int, str]]) -> None:
    rooms = tuple(Room(code=code, name=code) for code in "abc")
    sessions = tuple(
        Session(code=f"s{n}", title="T", starts=at(25, 8 + start // 4, start % 4 * 15), minutes=length * 5, room=room)
        for n, (start, length, room) in enumerate(drawn)
    )
    table = grid(Programme(event=EVENT, rooms=rooms, sessions=sessions), DAY)
    found = rows(table)
    free = [[True] * len(table.rooms) for _row in found]
    for y, row in enumerate(found):
        for box in row.boxes:
            columns = range(len(table.rooms)) if box.band else (box.column,)
            for x in columns:
                for below in range(y, y + box.rows):
                    assert free[below][x]
                    free[below][x] = False
    assert not any(place for row_ in free for place in row_)
    standing = [s.code for row in found for box in row.boxes for s in box.sessions]
    assert sorted(standing) == sorted(s.code for s in sessions)
