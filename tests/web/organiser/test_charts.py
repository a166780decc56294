from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from events_app.programme.model import Panel, PaperStatus, Programme, Room, Session, SessionKind
from events_app.web.organiser.charts import Block, figures
from tests.conference import AULA, EVENT, P1, PROGRAMME, SESSIONS, at

SATURDAY, SUNDAY = date(2028, 3, 25), date(2028, 3, 26)
KEYNOTE = SESSIONS[0]


def programme(*sessions: Session, **more: object) -> Programme:
    return Programme(event=EVENT, rooms=(AULA,), sessions=sessions, people=PROGRAMME.people, **more)  # type: ignore[arg-type]


def session(code: str, day: int, hour: int, minutes: int = 60, **more: object) -> Session:
    return Session(code=code, title=code, starts=at(day, hour), minutes=minutes, room="aula", **more)  # type: ignore[arg-type]


def test_a_room_has_its_sessions_and_their_seats_on_each_day() -> None:
    found = figures(programme(session("a", 25, 9), session("b", 25, 10), session("c", 26, 9)))
    assert found.days == [SATURDAY, SUNDAY]
    ((room, bars),) = found.rooms
    assert (room, [(bar.number, bar.seats, bar.share) for bar in bars]) == (AULA, [(2, 600, 100), (1, 300, 50)])


def test_in_a_break_nobody_takes_a_seat_and_what_is_cancelled_is_not_counted() -> None:
    found = figures(programme(session("a", 25, 9, kind=SessionKind.BREAK), session("b", 25, 10, cancelled=True)))
    assert (found.rooms, found.hours) == ([], [])


def test_an_hour_counts_all_that_is_on_in_it() -> None:
    found = figures(programme(session("a", 25, 9, 90), session("b", 25, 10)))
    assert [(hour, [bar.number for bar in bars]) for hour, bars in found.hours] == [(9, [1]), (10, [2])]


def test_the_small_hours_belong_to_the_evening_before() -> None:
    found = figures(programme(session("a", 25, 23, 180)))
    assert (found.days, [hour for hour, _bars in found.hours]) == ([SATURDAY], [23, 24, 25])
    assert (found.first, found.last) == (23, 26)


def test_what_lasts_for_days_does_not_stretch_the_hours_without_end() -> None:
    found = figures(programme(session("a", 25, 9, 60 * 24 * 5)))
    assert found.last == 36


def test_a_panel_has_its_papers_by_what_has_become_of_them() -> None:
    found = figures(PROGRAMME)
    (stack,) = found.panels
    papers = [paper for paper in PROGRAMME.papers if paper.panel == "P1"]
    assert stack.all == len(papers)
    assert stack.tabled == sum(paper.status is PaperStatus.TABLED for paper in papers)
    assert stack.reserve == sum(paper.status is PaperStatus.RESERVE for paper in papers)
    assert stack.share == 100
    empty = figures(replace(PROGRAMME, panels=(Panel(code="P9", title="Nine"), P1)))
    assert [one.share for one in empty.panels] == [0, 100]


def test_who_is_needed_longest_comes_first_with_the_times_of_each_day() -> None:
    found = figures(PROGRAMME)
    minutes = [load.minutes for load in found.people]
    assert minutes == sorted(minutes, reverse=True)
    alone = figures(programme(replace(KEYNOTE, starts=at(25, 9), minutes=60), session("b", 25, 10)))
    assert [(load.person.code, load.sessions, load.minutes) for load in alone.people] == [("bob-baker", 1, 60)]
    assert alone.people[0].days == ((Block(0, 50),),)


@pytest.mark.parametrize(
    "empty", [Programme(event=EVENT), programme(), Programme(event=EVENT, rooms=(Room(code="r", name="R"),))]
)
def test_of_nothing_there_are_no_figures(empty: Programme) -> None:
    found = figures(empty)
    assert (found.rooms, found.panels, found.hours, found.people) == ([], [], [], [])
