"""What stands on the pages that show a day at a glance."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from msgspec.structs import replace

from events_app.programme.model import Programme, Room, Session
from events_app.renditions.glance import HEIGHT, ROOMS, Sheet, sheets
from tests.conference import EVENT, FOYER, PROGRAMME, at

DAY = date(2028, 3, 25)


def busy(rooms: int, minutes: int, hours: int = 9) -> Programme:
    """Every room busy all day, with sessions of so many minutes that begin a little later in each."""
    return replace(
        PROGRAMME,
        rooms=tuple(Room(code=f"r{n}", name=f"Room {n}") for n in range(rooms)),
        sessions=tuple(
            Session(code=f"s{n}-{m}", title="A title of some length " * 3, room=f"r{n}", minutes=minutes,
                    starts=at(25, 9) + timedelta(minutes=m * minutes + n % 4 * 5))
            for n in range(rooms) for m in range(hours * 60 // minutes)
        ),
    )  # fmt: skip


def heights(sheet: Sheet) -> float:
    return sum(line.label.height for line in sheet.lines if line.label)


def shown(found: list[Sheet]) -> set[str]:
    return {s.code for sheet in found for line in sheet.lines for box in line.boxes for s in box.sessions}


@pytest.mark.parametrize(("rooms", "minutes"), [(3, 90), (16, 60), (30, 25), (8, 10), (70, 45)])
def test_every_session_is_on_a_sheet_and_every_sheet_fits_its_page(rooms: int, minutes: int) -> None:
    programme = busy(rooms, minutes)
    found = sheets(programme, DAY)
    assert shown(found) == {session.code for session in programme.sessions}
    assert all(heights(sheet) <= HEIGHT + 0.01 for sheet in found)
    assert all(len(sheet.rooms) <= ROOMS for sheet in found)


def test_a_wide_day_goes_over_pages_by_rooms_of_about_equal_number() -> None:
    assert [len(sheet.rooms) for sheet in sheets(busy(17, 90), DAY)] == [6, 6, 5]


def test_a_row_is_as_high_as_the_cells_that_end_in_it_so_that_cells_side_by_side_meet() -> None:
    for sheet in sheets(busy(8, 45), DAY):
        totals = {round(sum(column), 1) for column in _columns(sheet)}
        assert len(totals) == 1


def _columns(sheet: Sheet) -> list[list[float]]:
    """The heights of the boxes of each room, by laying out the table as a browser would."""
    columns: list[list[float]] = [[] for _room in sheet.rooms]
    busy_until = [0] * len(columns)
    for n, line in enumerate(sheet.lines):
        boxes = iter(line.boxes)
        for column, until in enumerate(busy_until):
            if until <= n:
                box = next(boxes)
                columns[column].append(box.height)
                busy_until[column] = n + box.rows
        assert next(boxes, None) is None
    return columns


def test_a_roomy_day_is_set_larger_than_a_crowded_one() -> None:
    assert [sheets(busy(4, minutes), DAY)[0].scale for minutes in (90, 20)] == ["large", "small"]


def test_times_stand_at_the_edge_where_there_is_room_and_in_order() -> None:
    sheet = sheets(busy(4, 30), DAY)[0]
    labels = [line.label for line in sheet.lines if line.label]
    assert sum(label.rows for label in labels) == len(sheet.lines)
    assert all(before.moment < after.moment for before, after in pairwise(labels))
    assert all(label.height >= 3 for label in labels)


def test_a_crowd_on_a_floor_is_shown_as_far_as_it_fits_and_counted() -> None:
    crowd = tuple(Session(code=f"c{n}", title="Poster", room="foyer", starts=at(25, 9)) for n in range(100))
    [sheet] = sheets(replace(PROGRAMME, rooms=(FOYER,), sessions=crowd), DAY)
    [box] = [box for line in sheet.lines for box in line.boxes]
    assert len(box.sessions) + box.more == 100
    assert box.more > 0
    assert heights(sheet) <= HEIGHT


def test_a_day_of_nothing_but_a_band_has_one_sheet() -> None:
    lunch = Session(code="L", title="Lunch", starts=at(25, 12))
    [sheet] = sheets(Programme(event=EVENT, sessions=(lunch,)), DAY)
    assert [box.band for line in sheet.lines for box in line.boxes] == [True]
