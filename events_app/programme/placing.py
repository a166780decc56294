"""Where one session could stand: what would be in the way of each room and start, and which slots are free.

The answers are those that the checks would give if the session stood there, by the same rules. They are worked out as
stretches of time in which it cannot begin, not slot by slot: 72 rooms in steps of five minutes are 20,000 slots.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec

from ..language import gettext as _
from . import wording
from .checks.finding import Case, Severity, some
from .checks.people import is_away, left_alone, walk
from .checks.rooms import is_event_day, is_open, is_too_small, span_of
from .lookup import day_of, zone
from .model import Event, Programme, Role, Room, RoomKind, Session, Value
from .whereabouts import Cover, Need, asked_by, covered_by_panel

STEP = timedelta(minutes=5)
"""How finely rules are asked that say nothing about when they will change their mind."""

_MINUTE = timedelta(minutes=1)


class Position(Value, frozen=True, kw_only=True):
    """Where a session stands; no `starts`: it is not placed. `room` is a code, or empty."""

    starts: datetime | None = None
    room: str = ""
    minutes: int = 60


class Hindrance(Value, frozen=True, kw_only=True):
    """If the session began after `after` and before `before` (both not included) in one of the `rooms`, this would be
    wrong. `code` and `severity` are those of the finding that it would be. An empty room's code stands for no room."""

    code: str
    severity: Severity
    sentence: str
    after: datetime
    before: datetime
    rooms: tuple[str, ...]

    def hinders(self, starts: datetime, room: str) -> bool:
        return self.after < starts < self.before and room in self.rooms


def position(session: Session) -> Position:
    return Position(starts=session.starts, room=session.room, minutes=session.minutes)


def window(event: Event, day: date) -> tuple[datetime, datetime]:
    """From when to when a conference day is, in UTC: 23 hours where the clocks go forward in it."""
    first, last = (
        datetime(on.year, on.month, on.day, tzinfo=zone(event)) + timedelta(minutes=event.day_change)
        for on in (day, day + timedelta(days=1))
    )
    return first.astimezone(UTC), last.astimezone(UTC)


def hindrances(case: Case, session: Session, day: date) -> list[Hindrance]:
    """All that would be wrong with any start on a conference day, in any room of the programme or in none."""
    return [] if session.cancelled else list(_Attempt(case, session, day).hindrances())


def free_slots(
    case: Case, session: Session, day: date, *, wanted: Callable[[Hindrance], bool] | None = None
) -> Iterator[Position]:
    """Rooms and starts that nothing hinders, at the times at which anything begins on that day.

    By time, then the smallest room that is big enough first. Only hindrances that are `wanted` count.
    """
    found = [hindrance for hindrance in hindrances(case, session, day) if wanted is None or wanted(hindrance)]
    rooms = sorted(_one_at_a_time(case.programme), key=lambda room: room.capacity or 10**6)
    starts = dict.fromkeys(s.starts for s in case.held.by_day.get(day, ()) if s.starts and s.code != session.code)
    for moment in starts:
        at = [hindrance for hindrance in found if hindrance.after < moment < hindrance.before]
        taken = {room for hindrance in at for room in hindrance.rooms}
        for room in rooms:
            if room.code not in taken:
                yield Position(starts=moment, room=room.code, minutes=session.minutes)


def on_another_day(case: Case, session: Session, day: date) -> tuple[Position, Hindrance | None]:
    """The same room on the same clock on that day, unless that would be an error: then not placed, with the error.
    What has no time yet gets the first slot that is free, if there is one."""
    if session.starts is None:
        free = next(free_slots(case, session, day), None)
        return free or Position(minutes=session.minutes), None
    starts = _same_clock(case.event, session.starts, day)
    for hindrance in hindrances(case, session, day):
        if hindrance.severity == "error" and hindrance.hinders(starts, session.room):
            return Position(minutes=session.minutes), hindrance
    return Position(starts=starts, room=session.room, minutes=session.minutes), None


def _same_clock(event: Event, starts: datetime, day: date) -> datetime:
    """The moment of another conference day at which the clocks show the same."""
    local = starts.astimezone(zone(event)).replace(tzinfo=None, fold=0)
    later = local + (day - day_of(event, starts))
    return later.replace(tzinfo=zone(event)).astimezone(UTC)


def _one_at_a_time(programme: Programme) -> Iterator[Room]:
    return (room for room in programme.rooms if room.kind is RoomKind.ROOM)


class _Attempt:
    """One session on one day, wherever on it."""

    def __init__(self, case: Case, session: Session, day: date) -> None:
        self.case = case
        self.session = session
        self.day = day
        self.starts, self.ends = window(case.event, day)
        self.length = timedelta(minutes=session.minutes)
        self.rooms = (*(room.code for room in case.programme.rooms), "")

    def hindrances(self) -> Iterator[Hindrance]:
        yield from self._no_such_day()
        yield from self._too_small()
        yield from self._closed()
        yield from self._taken()
        for rooms in self._alike():
            yield from self._people(rooms)

    def _no_such_day(self) -> Iterator[Hindrance]:
        if not is_event_day(self.case.event, self.day):
            sentence = _("%(day)s is no day of the event.") % {"day": wording.day(self.day)}
            yield self._always("outside-days", sentence, self.rooms)

    def _too_small(self) -> Iterator[Hindrance]:
        people = max((e.people for e in self.case.planning.expected if e.session == self.session.code), default=0)
        for room in self.case.programme.rooms:
            if is_too_small(room, people):
                words = {"people": people, "room": room.name, "capacity": room.capacity}
                sentence = _("%(people)d people are expected; %(room)s holds %(capacity)d.") % words
                yield self._always("room-too-small", sentence, (room.code,))

    def _always(self, code: str, sentence: str, rooms: tuple[str, ...]) -> Hindrance:
        return Hindrance(code=code, severity="warning", sentence=sentence, rooms=rooms,
                         after=self.starts - _MINUTE, before=self.ends)  # fmt: skip

    def _closed(self) -> Iterator[Hindrance]:
        alike: dict[object, list[Room]] = {}
        for room in self.case.programme.rooms:
            if room.opening:
                alike.setdefault(room.opening, []).append(room)
        for rooms in alike.values():
            for after, before in self._while(lambda at, room=rooms[0]: not is_open(room, at, at + self.length)):  # type: ignore[misc]
                for room in rooms:
                    sentence = _("%(room)s is not open for all of it.") % {"room": room.name}
                    yield Hindrance(code="room-closed", severity="warning", sentence=sentence, after=after,
                                    before=before, rooms=(room.code,))  # fmt: skip

    def _taken(self) -> Iterator[Hindrance]:
        """Rooms that hold one thing at a time, by what they hold."""
        if not self.length:
            return
        for room in _one_at_a_time(self.case.programme):
            for other in self.case.held.by_room.get(room.code, ()):
                starts, ends = span_of(other)
                if other.code == self.session.code or other.cancelled or starts == ends or not self._near(starts, ends):
                    continue
                words = {"room": room.name, "title": wording.quoted(other.title)}
                sentence = _("%(room)s holds %(title)s from %(from)s to %(to)s.")
                yield Hindrance(
                    code="room-twice",
                    severity="error",
                    sentence=sentence % {**words, **self._clocks(starts, ends)},
                    after=starts - self.length,
                    before=ends,
                    rooms=(room.code,),
                )

    def _alike(self) -> Iterator[tuple[str, ...]]:
        """Rooms that ask the same of the session's people: those of a building, and the floor of its own display."""
        showcase = self.case.held.showcases.get(self.session.showcase)
        found: dict[tuple[str, bool], list[str]] = {}
        for room in self.rooms:
            at_display = showcase is not None and showcase.floor == room
            found.setdefault((self.case.building(room), at_display), []).append(room)
        yield from (tuple(rooms) for rooms in found.values())

    def _people(self, rooms: tuple[str, ...]) -> Iterator[Hindrance]:
        """What its people would have to say; all as if it began with the day, and then later and later."""
        first = msgspec.structs.replace(self.session, starts=self.starts, room=rooms[0])
        asked: dict[str, list[Need]] = {}
        for person, need in asked_by(self.case.held, first, authors_count=self.case.rules.authors_count):
            asked.setdefault(person, []).append(need)
        covers = list(covered_by_panel(self.case.held, first))
        for cover in covers:
            if len(cover.people) == 1:
                asked.setdefault(cover.people[0], []).append(cover.need)
        for person, needs in asked.items():
            if person in self.case.held.people:
                yield from self._needed_elsewhere(person, needs, rooms)
                yield from self._too_far(person, needs, rooms)
                yield from self._away(person, needs, rooms)
        yield from self._uncovered([cover for cover in covers if len(cover.people) > 1], rooms)
        yield from self._leaves_alone(asked, rooms)

    def _elsewhere(self, person: str) -> list[Need]:
        """What else needs a person about this time."""
        needs = self.case.whereabouts.needs.get(person, ())
        return [n for n in needs if n.session != self.session.code and self._near(n.starts, n.ends)]

    def _near(self, starts: datetime, ends: datetime) -> bool:
        margin = self.length + timedelta(minutes=self.case.rules.walk_minutes)
        return starts <= self.ends + margin and ends >= self.starts - margin

    def _needed_elsewhere(self, person: str, needs: Iterable[Need], rooms: tuple[str, ...]) -> Iterator[Hindrance]:
        for other in self._elsewhere(person):
            for need in dict.fromkeys(need for need in needs if need.thing != other.thing):
                sentence = _("%(who)s is needed at %(where)s from %(from)s to %(to)s.")
                words = {"who": self.case.person(person), "where": self.case.where(other)}
                yield Hindrance(
                    code="person-twice",
                    severity="error",
                    sentence=sentence % {**words, **self._clocks(other.starts, other.ends)},
                    after=other.starts - (need.ends - self.starts),
                    before=other.ends - (need.starts - self.starts),
                    rooms=rooms,
                )

    def _too_far(self, person: str, needs: Sequence[Need], rooms: tuple[str, ...]) -> Iterator[Hindrance]:
        """From what ends before to the first thing here, and from the last thing here to what begins after."""
        first = min(need.starts for need in needs) - self.starts
        last = max(need.ends for need in needs) - self.starts
        others = self._elsewhere(person)
        for other in others:
            way = walk(self.case, other.room, rooms[0])
            if not way:
                continue
            words = {
                "who": self.case.person(person),
                "where": self.case.where(other),
                "there": self.case.building(other.room),
                "minutes": way // _MINUTE,
                **self._clocks(other.starts, other.ends),
            }
            # what lies between gives the way to somebody else to be checked
            arrives = min((n.ends for n in others if n.starts >= other.ends), default=other.ends + way)
            sentence = _("%(who)s is at %(where)s in %(there)s until %(to)s; the walk takes %(minutes)d minutes.")
            yield Hindrance(code="walk-too-short", severity="warning", sentence=sentence % words, rooms=rooms,
                            after=other.ends - first - _MINUTE,
                            before=min(arrives, other.ends + way) - first)  # fmt: skip
            leaves = max((n.starts for n in others if n.ends <= other.starts), default=other.starts - way)
            sentence = _(
                "%(who)s is needed at %(where)s in %(there)s from %(from)s; the walk takes %(minutes)d minutes."
            )
            yield Hindrance(code="walk-too-short", severity="warning", sentence=sentence % words, rooms=rooms,
                            after=max(leaves, other.starts - way) - last,
                            before=other.starts - last + _MINUTE)  # fmt: skip

    def _away(self, person: str, needs: Sequence[Need], rooms: tuple[str, ...]) -> Iterator[Hindrance]:
        if said := self.case.said.get(person):
            sentence = _("%(who)s cannot be there then.") % {"who": self.case.person(person)}
            for need in dict.fromkeys(needs):
                for after, before in self._while(lambda at, n=need: is_away(said, *self._at(n, at))):  # type: ignore[misc]
                    yield Hindrance(code="not-available", severity="warning", sentence=sentence, rooms=rooms,
                                    after=after, before=before)  # fmt: skip

    def _uncovered(self, covers: Iterable[Cover], rooms: tuple[str, ...]) -> Iterator[Hindrance]:
        """Where all of those are elsewhere of whom one has to be here."""
        for cover in covers:
            elsewhere = {person: self._elsewhere(person) for person in cover.people}
            words = {"who": some([self.case.person(person) for person in cover.people])}
            if cover.role is Role.CHAIR:
                sentence = _("Nobody is left to chair it: %(who)s are all needed elsewhere.") % words
            else:
                sentence = _("Nobody is left to discuss it: %(who)s are all needed elsewhere.") % words
            for after, before in self._while(lambda at, c=cover, e=elsewhere: bool(left_alone(self._moved(c, at), e))):  # type: ignore[misc]
                yield Hindrance(code="nobody-left", severity="error", sentence=sentence, rooms=rooms, after=after,
                                before=before)  # fmt: skip

    def _leaves_alone(self, asked: Mapping[str, Sequence[Need]], rooms: tuple[str, ...]) -> Iterator[Hindrance]:
        """Where those are called away whom something else needs: the last chair, the last host of a display."""
        for cover in self.case.whereabouts.covers:
            if (
                cover.need.session == self.session.code
                or asked.keys().isdisjoint(cover.people)
                or not self._near(cover.need.starts, cover.need.ends)
            ):
                continue
            elsewhere = {person: self._elsewhere(person) for person in cover.people}
            if left_alone(cover, elsewhere):
                continue  # and is so already
            words = {"where": self.case.where(cover.need), **self._clocks(cover.need.starts, cover.need.ends)}
            sentence = _("Nobody would be left for %(where)s from %(from)s to %(to)s.") % words

            def leaves(at: datetime, cover: Cover = cover, elsewhere: dict[str, list[Need]] = elsewhere) -> bool:
                here = {p: [self._later(n, at) for n in asked.get(p, ())] for p in cover.people}
                return bool(left_alone(cover, {p: [*elsewhere[p], *here[p]] for p in cover.people}))

            for after, before in self._while(leaves):
                yield Hindrance(code="nobody-left", severity="error", sentence=sentence, rooms=rooms, after=after,
                                before=before)  # fmt: skip

    def _while(self, holds: Callable[[datetime], bool]) -> Iterator[tuple[datetime, datetime]]:
        """The stretches of the day in which something holds of a start, asked in steps."""
        after: datetime | None = None
        at = self.starts
        while at < self.ends:
            if holds(at):
                after = after or at - STEP
            elif after:
                yield after, at
                after = None
            at += STEP
        if after:
            yield after, at

    def _moved(self, cover: Cover, at: datetime) -> Cover:
        return cover._replace(need=self._later(cover.need, at))

    def _later(self, need: Need, at: datetime) -> Need:
        starts, ends = self._at(need, at)
        return need._replace(starts=starts, ends=ends)

    def _at(self, need: Need, at: datetime) -> tuple[datetime, datetime]:
        """When a need would be if the session began then, rather than with the day."""
        return need.starts + (at - self.starts), need.ends + (at - self.starts)

    def _clocks(self, starts: datetime, ends: datetime) -> dict[str, str]:
        event = self.case.event
        clock = wording.clock if day_of(event, starts) == self.day else wording.moment
        return {"from": clock(event, starts), "to": wording.clock(event, ends)}
