from __future__ import annotations

from datetime import date

from hypothesis import given

from events_app.programme.grid import Grid, grid
from events_app.programme.lookup import index
from events_app.programme.model import Programme, Session
from tests.conference import PROGRAMME, at
from tests.programme.edits import edited, with_more
from tests.programme.worlds import programmes

SATURDAY, SUNDAY = date(2028, 3, 25), date(2028, 3, 26)


def _cells(table: Grid) -> list[tuple[str | None, int, int, list[str]]]:
    """Each cell as its room's code, its rows, and its sessions."""
    columns = [room.code if room else "" for room in table.rooms]
    return [
        (None if cell.column is None else columns[cell.column], cell.row, cell.rows, [s.code for s in cell.sessions])
        for cell in table.cells
    ]


def test_a_day_is_rooms_by_times() -> None:
    table = grid(PROGRAMME, SATURDAY)
    assert table.moments == tuple(
        at(*moment)
        for moment in ((25, 9), (25, 10), (25, 10, 30), (25, 12), (25, 13), (25, 13, 30), (25, 14), (25, 22), (26, 2))
    )
    assert _cells(table) == [
        ("aula", 0, 1, ["K1"]),
        ("room-b", 2, 1, ["P1-1"]),
        (None, 3, 1, ["L1"]),
        ("aula", 4, 2, ["D2"]),
        ("foyer", 4, 1, ["D1"]),
        ("foyer", 7, 1, ["N1"]),
    ]


def test_what_runs_past_midnight_stands_on_the_day_on_which_it_began() -> None:
    assert "N1" not in [s.code for cell in grid(PROGRAMME, SUNDAY).cells for s in cell.sessions]


def test_a_double_booking_shares_a_cell() -> None:
    booked = with_more(PROGRAMME, "sessions", Session(code="Z", title="Z", starts=at(25, 9, 30), room="aula"))
    assert _cells(grid(booked, SATURDAY))[0] == ("aula", 0, 3, ["K1", "Z"])


def test_a_lunch_with_something_beside_it_is_no_band() -> None:
    beside = edited(PROGRAMME, "sessions", "D1", starts=at(25, 12, 15))
    table = grid(beside, SATURDAY)
    assert table.rooms[-1] is None
    assert ("", 3, 3, ["L1"]) in _cells(table)


def test_a_narrowed_grid_keeps_its_bands_and_no_other_room() -> None:
    table = grid(PROGRAMME, SATURDAY, rooms=["aula"])
    assert [cell[::3] for cell in _cells(table)] == [("aula", ["K1"]), (None, ["L1"]), ("aula", ["D2"])]


def test_a_lunch_does_not_become_a_band_where_what_is_beside_it_is_on_another_page() -> None:
    beside = edited(PROGRAMME, "sessions", "D1", starts=at(25, 12, 15))
    assert grid(beside, SATURDAY, rooms=["aula"]).rooms[-1] is None


def test_a_day_without_anything_is_an_empty_grid() -> None:
    empty = grid(PROGRAMME, date(2028, 3, 27))
    assert (empty.rooms, empty.moments, empty.cells) == ((), (), ())


@given(programmes)
def test_every_placed_session_is_in_exactly_one_cell(programme: Programme) -> None:
    shown = [s for day in index(programme).days for cell in grid(programme, day).cells for s in cell.sessions]
    assert sorted(s.code for s in shown) == sorted(s.code for s in index(programme).placed)


@given(programmes)
def test_cells_never_cover_each_other_and_stay_in_the_grid(programme: Programme) -> None:
    for day in index(programme).days:
        table = grid(programme, day)
        taken: set[tuple[int, int]] = set()
        for cell in table.cells:
            columns = range(len(table.rooms)) if cell.column is None else [cell.column]
            area = {(column, row) for column in columns for row in range(cell.row, cell.row + cell.rows)}
            assert cell.rows > 0
            assert not taken & area
            assert cell.row + cell.rows < len(table.moments)
            taken |= area


@given(programmes)
def test_a_cell_lies_between_the_moments_of_its_sessions(programme: Programme) -> None:
    for day in index(programme).days:
        table = grid(programme, day)
        for cell in table.cells:
            assert table.moments[cell.row] == min(s.starts for s in cell.sessions if s.starts)
            assert table.moments[cell.row + cell.rows] >= max(s.ends for s in cell.sessions if s.ends)
