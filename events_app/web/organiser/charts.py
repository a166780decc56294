"""What a programme looks like in figures: each chart is a table whose cells know how long their bars are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from ...programme.lookup import Index, day_of, index, local
from ...programme.model import Event, Panel, PaperStatus, Person, Programme, Room, Session, SessionKind

BUSIEST = 12
"""People whose load is shown."""

FREE = frozenset({SessionKind.BREAK, SessionKind.SOCIAL})
"""Kinds in which nobody takes a seat."""


class Bar(NamedTuple):
    """`share` is how much of the chart's longest bar it is, in percent."""

    number: int
    share: float
    seats: int = 0


class Stack(NamedTuple):
    """A panel's papers: in a session, waiting for one, tabled, and in reserve."""

    panel: Panel
    placed: int
    waiting: int
    tabled: int
    reserve: int
    share: float  # of the panel with the most papers, in percent

    @property
    def all(self) -> int:
        return self.placed + self.waiting + self.tabled + self.reserve


class Block(NamedTuple):
    """A piece of a day: where it begins and how long it is, in percent of the hours that the charts show."""

    starts: float
    length: float


class Load(NamedTuple):
    """Where somebody is needed, on each day."""

    person: Person
    sessions: int
    minutes: int
    days: tuple[tuple[Block, ...], ...]


class Figures(NamedTuple):
    """All charts. The strips of people's days reach from the hour `first` to `last`, counted from the midnight before
    the day begins."""

    days: list[date]
    rooms: list[tuple[Room, list[Bar]]]
    panels: list[Stack]
    hours: list[tuple[int, list[Bar]]]
    people: list[Load]
    first: int
    last: int


def figures(programme: Programme) -> Figures:
    look = index(programme)
    clock = _clock(programme.event)
    shown = [day for day in look.days if day in look.by_day] or look.days
    placed = [session for session in look.placed if not session.cancelled]
    hours = _hours(placed, clock)
    return Figures(
        days=shown,
        rooms=_rooms(programme, placed, shown, clock),
        panels=_panels(programme, look),
        hours=_at_once(look, placed, shown, hours, clock),
        people=_people(look, shown, hours, clock),
        first=hours.start,
        last=hours.stop,
    )


Clock = Callable[[datetime], tuple[date, int]]
"""From a moment to its conference day, and the minutes since the midnight with which that day's date begins."""


def _clock(event: Event) -> Clock:
    """Remembers: hundreds of things begin at a few moments."""

    @cache
    def read(moment: datetime) -> tuple[date, int]:
        day = day_of(event, moment)
        here = local(event, moment).replace(tzinfo=None)
        return day, int((here - datetime.combine(day, datetime.min.time())) / timedelta(minutes=1))

    return read


def _rooms(
    programme: Programme, placed: Iterable[Session], days: Sequence[date], clock: Clock
) -> list[tuple[Room, list[Bar]]]:
    """How many sessions each room holds on each day, and how many seats they have together."""
    counts = Counter((s.room, clock(s.starts)[0]) for s in placed if s.starts and s.kind not in FREE)
    most = max(counts.values(), default=1)
    rooms = [room for room in programme.rooms if any(counts[room.code, day] for day in days)]
    return [(room, [_bar(counts[room.code, day], most, room.capacity) for day in days]) for room in rooms]


def _bar(count: int, most: int, capacity: int) -> Bar:
    return Bar(count, 100 * count / most, count * capacity)


def _panels(programme: Programme, look: Index) -> list[Stack]:
    stacks = [_stack(panel, look) for panel in programme.panels]
    most = max((stack.all for stack in stacks), default=0) or 1
    return [stack._replace(share=100 * stack.all / most) for stack in stacks]


def _stack(panel: Panel, look: Index) -> Stack:
    papers = look.panel_papers.get(panel.code, ())
    accepted = [paper for paper in papers if paper.status is PaperStatus.ACCEPTED]
    placed = sum(paper.code in look.sessions_of_paper for paper in accepted)
    tabled = sum(paper.status is PaperStatus.TABLED for paper in papers)
    reserve = sum(paper.status is PaperStatus.RESERVE for paper in papers)
    return Stack(panel, placed, len(accepted) - placed, tabled, reserve, 0)


def _hours(placed: Sequence[Session], clock: Clock) -> range:
    """The hours in which anything is on, those after midnight as 24, 25 …"""
    spans = [_span(clock(session.starts)[1], session.minutes) for session in placed if session.starts]
    if not spans:
        return range(0)
    return range(min(first for first, _last in spans) // 60, -(-max(last for _first, last in spans) // 60))


def _span(first: int, minutes: int) -> tuple[int, int]:
    """First and last minute; what lasts for days is cut off at the next noon."""
    return first, min(first + minutes, max(first + 60, 36 * 60))


def _at_once(
    look: Index, placed: Iterable[Session], days: Sequence[date], hours: range, clock: Clock
) -> list[tuple[int, list[Bar]]]:
    """How many sessions run in each hour of each day, and how many seats they have together."""
    count: Counter[tuple[date, int]] = Counter()
    seats: Counter[tuple[date, int]] = Counter()
    for session in placed:
        if session.starts and session.kind not in FREE:
            room = look.rooms.get(session.room)
            day, minute = clock(session.starts)
            first, last = _span(minute, session.minutes)
            for hour in range(first // 60, -(-last // 60)):
                count[day, hour] += 1
                seats[day, hour] += room.capacity if room else 0
    most = max(count.values(), default=1)
    used = [hour for hour in hours if any(count[day, hour] for day in days)]
    return [
        (hour, [Bar(count[day, hour], 100 * count[day, hour] / most, seats[day, hour]) for day in days])
        for hour in used
    ]


def _people(look: Index, days: Sequence[date], hours: range, clock: Clock) -> list[Load]:
    """Those who are needed longest, with the times at which they are."""
    minutes: Counter[str] = Counter()
    where: dict[str, list[tuple[date, int, int]]] = defaultdict(list)
    for person, starts, length in _needs(look):
        minutes[person] += length
        day, minute = clock(starts)
        where[person].append((day, *_span(minute, length)))
    busiest = sorted(minutes, key=lambda code: (-minutes[code], code))[:BUSIEST]
    return [
        Load(look.people[code], len(where[code]), minutes[code], _blocks(where[code], days, hours))
        for code in busiest
        if code in look.people
    ]


def _needs(look: Index) -> Iterator[tuple[str, datetime, int]]:
    """Who is needed in some session, from when and for how many minutes: with a paper only for its turn."""
    for session in look.placed:
        if session.cancelled or session.starts is None:
            continue
        own = dict.fromkeys(part.person for part in session.parts)
        for person in own:
            yield person, session.starts, session.minutes
        for turn in look.turns(session):
            if turn.starts:
                for person in look.presenters(turn.paper):
                    if person not in own:
                        yield person, turn.starts, turn.minutes


def _blocks(
    where: Iterable[tuple[date, int, int]], days: Sequence[date], hours: range
) -> tuple[tuple[Block, ...], ...]:
    start, length = hours.start * 60, max(len(hours), 1) * 60
    return tuple(
        tuple(
            Block(100 * (first - start) / length, 100 * (last - first) / length)
            for on, first, last in where
            if on == day
        )
        for day in days
    )
