"""Finding things in a programme: one index, made once per value."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from .model import (
    Attachment,
    Event,
    Noun,
    Panel,
    Paper,
    PaperStatus,
    Part,
    Person,
    Picture,
    Programme,
    Role,
    Room,
    Session,
    SessionKind,
    Showcase,
    Staffing,
    Track,
    Value,
)

Kind = TypeVar("Kind", bound=Noun)
Thing = TypeVar("Thing")
Key = TypeVar("Key", bound=Hashable)


class TurnTime(NamedTuple):
    """A paper as it is given in a session: when it begins, and for how many minutes."""

    paper: Paper
    starts: datetime | None
    minutes: int


class Duty(NamedTuple):
    """Somebody's part in something."""

    part: Part
    noun: Session | Paper | Panel | Showcase


def index(programme: Programme) -> Index:
    """The programme's index, made at the first call and kept with the value."""
    kept: Index | None = programme.__dict__.get("index")
    if kept is None:
        kept = programme.__dict__["index"] = Index(programme)
    return kept


def days(event: Event) -> list[date]:
    """The event's conference days, first to last."""
    return [event.starts + timedelta(days=n) for n in range((event.ends - event.starts).days + 1)]


def day_of(event: Event, moment: datetime) -> date:
    """The conference day to which a moment belongs: the small hours belong to the day before."""
    return (local(event, moment).replace(tzinfo=None) - timedelta(minutes=event.day_change)).date()


def local(event: Event, moment: datetime) -> datetime:
    """The moment on the event's own clocks."""
    return moment.astimezone(zone(event))


def zone(event: Event) -> ZoneInfo:
    return ZoneInfo(event.zone)


def named_files(programme: Programme) -> Iterator[Picture | Attachment]:
    """The pictures and attachments of the event itself, and of all that is in its programme."""
    yield from files_of(programme.event)
    for things in (programme.people, programme.showcases, programme.sessions, programme.papers):
        for thing in things:
            yield from files_of(thing)


def files_of(thing: Value) -> Iterator[Picture | Attachment]:
    """The pictures and attachments of one thing."""
    match thing:
        case Event(logo=logo, front=front, back=back):
            yield from (logo,) if logo else ()
            for matter in (*front, *back):
                yield from matter.pictures
        case Person(picture=picture):
            yield from (picture,) if picture else ()
        case Showcase(pictures=pictures):
            yield from pictures
        case Session(files=files) | Paper(files=files):
            yield from files


class Index:
    """What stands where in one programme. Every table is made when it is first asked for."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme

    @cached_property
    def rooms(self) -> dict[str, Room]:
        return _by_code(self.programme.rooms)

    @cached_property
    def tracks(self) -> dict[str, Track]:
        return _by_code(self.programme.tracks)

    @cached_property
    def panels(self) -> dict[str, Panel]:
        return _by_code(self.programme.panels)

    @cached_property
    def papers(self) -> dict[str, Paper]:
        return _by_code(self.programme.papers)

    @cached_property
    def people(self) -> dict[str, Person]:
        return _by_code(self.programme.people)

    @cached_property
    def showcases(self) -> dict[str, Showcase]:
        return _by_code(self.programme.showcases)

    @cached_property
    def sessions(self) -> dict[str, Session]:
        return _by_code(self.programme.sessions)

    @cached_property
    def cancelled(self) -> dict[str, Session]:
        return _by_code(self.programme.cancelled)

    @cached_property
    def room_order(self) -> dict[str, int]:
        return {room.code: n for n, room in enumerate(self.programme.rooms)}

    @cached_property
    def placed(self) -> list[Session]:
        """Sessions that have a time, by time, then by room as the rooms are listed, then by code."""
        return sorted((s for s in self.programme.sessions if s.starts), key=self.when_and_where)

    def when_and_where(self, session: Session) -> tuple[datetime, int, str]:
        assert session.starts is not None
        return session.starts, self.room_order.get(session.room, len(self.room_order)), session.code

    @cached_property
    def days(self) -> list[date]:
        """The event's days, and any other on which something is placed."""
        return sorted({*days(self.programme.event), *self.by_day})

    @cached_property
    def by_day(self) -> dict[date, list[Session]]:
        return _grouped(self.placed, lambda s: (day_of(self.programme.event, s.starts),) if s.starts else ())

    @cached_property
    def by_room(self) -> dict[str, list[Session]]:
        return _grouped(self.placed, lambda s: (s.room,))

    @cached_property
    def by_track(self) -> dict[str, list[Session]]:
        """A track's sessions: their own, and those of its panels."""
        return _grouped(self.placed, lambda s: {s.track, self.track_of(s)})

    @cached_property
    def by_panel(self) -> dict[str, list[Session]]:
        return _grouped(self.placed, lambda s: (s.panel,))

    @cached_property
    def by_showcase(self) -> dict[str, list[Session]]:
        return _grouped(self.placed, lambda s: (s.showcase,))

    @cached_property
    def by_person(self) -> dict[str, list[Session]]:
        """Where each person is to be found: their own parts, and those of the papers that have a turn there."""
        return _grouped(self.placed, lambda s: dict.fromkeys(part.person for part in self.parts_in(s)))

    @cached_property
    def panel_papers(self) -> dict[str, list[Paper]]:
        return _grouped(self.programme.papers, lambda paper: (paper.panel,))

    @cached_property
    def sessions_of_paper(self) -> dict[str, list[Session]]:
        """Where a paper is given: one session, if all is well."""
        return _grouped(self.programme.sessions, lambda s: dict.fromkeys(turn.paper for turn in s.turns))

    @cached_property
    def duties(self) -> dict[str, list[Duty]]:
        """All parts of each person, panels first, then sessions, papers and showcases."""
        found: dict[str, list[Duty]] = defaultdict(list)
        holders: tuple[tuple[Session | Paper | Panel | Showcase, ...], ...] = (
            self.programme.panels,
            tuple(self.placed),
            self.programme.papers,
            self.programme.showcases,
        )
        for holder in holders:
            for noun in holder:
                for part in noun.parts:
                    found[part.person].append(Duty(part, noun))
        return found

    @cached_property
    def named_in(self) -> dict[str, list[Session | Paper | Showcase]]:
        """What names each person, placed or not: sessions first, then papers and showcases."""
        things: tuple[Session | Paper | Showcase, ...] = (
            *self.programme.sessions,
            *self.programme.papers,
            *self.programme.showcases,
        )
        return _grouped(things, lambda thing: dict.fromkeys(part.person for part in thing.parts))

    @cached_property
    def staffing(self) -> list[tuple[Showcase, Staffing]]:
        """All staffed hours, by time."""
        return sorted(
            ((show, hours) for show in self.programme.showcases for hours in show.staffing),
            key=lambda pair: (pair[1].starts, pair[0].code, pair[1].code),
        )

    @cached_property
    def files(self) -> dict[str, Picture | Attachment]:
        """Everything that is kept as a file and that this names, by its key. What is cancelled shows none."""
        return {file.key: file for file in named_files(self.programme)}

    @cached_property
    def boundaries(self) -> list[datetime]:
        """The moments at which what is on now changes, first to last."""
        return sorted({moment for s in self.placed for moment in (s.starts, s.ends) if moment})

    def track_of(self, session: Session) -> str:
        """Its own track's code, else its panel's."""
        panel = self.panels.get(session.panel)
        return session.track or (panel.track if panel else "")

    def parts_in(self, session: Session) -> Iterator[Part]:
        """All parts that a session brings together: its own, then its papers'."""
        yield from session.parts
        for turn in session.turns:
            if paper := self.papers.get(turn.paper):
                yield from paper.parts

    def turns(self, session: Session) -> list[TurnTime]:
        """A session's papers with their times. Turns without minutes share equally what the others leave.

        A turn of a paper that the programme does not hold is passed over, but keeps its minutes. Posters hang all
        together: each has the whole of the session.
        """
        if session.kind is SessionKind.POSTERS:
            hung = (self.papers.get(turn.paper) for turn in session.turns)
            return [TurnTime(paper, session.starts, session.minutes) for paper in hung if paper]
        left = session.minutes - sum(turn.minutes for turn in session.turns)
        open_turns = sum(1 for turn in session.turns if not turn.minutes)
        share = max(left // open_turns, 0) if open_turns else 0
        starts, found = session.starts, []
        for turn in session.turns:
            minutes = turn.minutes or share
            if paper := self.papers.get(turn.paper):
                found.append(TurnTime(paper, starts, minutes))
            starts = starts and starts + timedelta(minutes=minutes)
        return found

    def presenters(self, paper: Paper) -> list[str]:
        """Who presents a paper: those named as presenters, else its first author."""
        named = [part.person for part in paper.parts if part.role is Role.PRESENTER]
        authors = [part.person for part in paper.parts if part.role is Role.AUTHOR]
        return named or authors[:1]

    def tabled(self, panel: str) -> list[Paper]:
        return [paper for paper in self.panel_papers.get(panel, []) if paper.status is PaperStatus.TABLED]

    def now(self, at: datetime) -> list[Session]:
        """What is on: begun, and not ended."""
        return [s for s in self.placed if s.starts and s.ends and s.starts <= at < s.ends]

    def next(self, at: datetime) -> list[Session]:
        """All that begins at the next moment at which anything begins."""
        starts = [s.starts for s in self.placed if s.starts]
        n = bisect_right(starts, at)
        return [s for s in self.placed[n:] if s.starts == starts[n]] if n < len(starts) else []

    def era(self, at: datetime) -> int:
        """Counts the boundaries that have passed: while it stays, `now` and `next` stay the same."""
        return bisect_right(self.boundaries, at)


def _by_code(things: Iterable[Kind]) -> dict[str, Kind]:
    return {thing.code: thing for thing in things}


def _grouped(things: Iterable[Thing], keys: Callable[[Thing], Iterable[Key]]) -> dict[Key, list[Thing]]:
    """Things under each of their keys, in the order given; the empty key is no key."""
    found: dict[Key, list[Thing]] = defaultdict(list)
    for thing in things:
        for key in keys(thing):
            if key:
                found[key].append(thing)
    return dict(found)
