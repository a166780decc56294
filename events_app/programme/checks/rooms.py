"""Rooms: used twice, too small, closed; and days on which there is no event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from ...language import gettext as _
from ...language import ngettext
from .. import wording
from ..lookup import day_of
from ..model import Event, Room, RoomKind, Session, Span
from .finding import OFTEN, Case, Finding, codes, titles
from .overlaps import Overlap, overlaps


def used_twice(case: Case) -> Iterator[Finding]:
    """Things that overlap in a room that holds one at a time: one finding for all that hang together.

    Where that happens all the time, the room is no room but a floor, and one finding says so.
    """
    by_room: dict[str, list[Session]] = defaultdict(list)
    for session in case.placed:
        if session.minutes > 0:
            by_room[session.room].append(session)
    for room in case.programme.rooms:
        if room.kind is RoomKind.ROOM:
            found = list(overlaps(by_room.get(room.code, ()), span_of, lambda session: session.code))
            if len(found) > OFTEN:
                yield _used_as_floor(case, room, found)
            else:
                yield from (_used_twice(case, room, overlap) for overlap in found)


def _used_as_floor(case: Case, room: Room, found: Sequence[Overlap[Session]]) -> Finding:
    sentence = _(
        "%(room)s is used by several sessions at once, %(n)d times from %(first)s to %(last)s. "
        "If it holds many things at once, make it a floor."
    ) % {
        "room": room.name,
        "n": len(found),
        "first": wording.moment(case.event, found[0].starts),
        "last": wording.moment(case.event, found[-1].ends),
    }
    return Finding(
        code="room-twice",
        severity="error",
        sentence=sentence,
        sessions=codes(s.code for overlap in found for s in overlap.things),
        rooms=(room.code,),
    )


def _used_twice(case: Case, room: Room, overlap: Overlap[Session]) -> Finding:
    sessions = overlap.things
    words = {
        "room": room.name,
        "when": wording.span(case.event, overlap.starts, overlap.ends),
        "titles": titles(s.title for s in sessions),
        "n": len(sessions),
    }
    if len(sessions) == 2:
        sentence = _("%(room)s is used twice on %(when)s: %(titles)s.") % words
    else:
        sentence = _("%(room)s is used by %(n)d sessions that overlap on %(when)s: %(titles)s.") % words
    return Finding(
        code="room-twice",
        severity="error",
        sentence=sentence,
        sessions=codes(s.code for s in sessions),
        rooms=(room.code,),
    )


def span_of(session: Session) -> tuple[datetime, datetime]:
    """From when to when a placed session is."""
    assert session.starts is not None
    return session.starts, session.starts + timedelta(minutes=session.minutes)


def too_small(case: Case) -> Iterator[Finding]:
    for expected in case.planning.expected:
        session = case.held.sessions.get(expected.session)
        room = case.held.rooms.get(session.room) if session else None
        if session and room and not session.cancelled and is_too_small(room, expected.people):
            yield Finding(
                code="room-too-small",
                severity="warning",
                sentence=_("%(people)d people are expected at %(session)s; %(room)s holds %(capacity)d.")
                % {
                    "people": expected.people,
                    "session": case.session(session),
                    "room": room.name,
                    "capacity": room.capacity,
                },
                sessions=(session.code,),
                rooms=(room.code,),
            )


def is_too_small(room: Room, people: int) -> bool:
    """A room whose capacity is not known is never too small."""
    return 0 < room.capacity < people


def closed(case: Case) -> Iterator[Finding]:
    for session in case.placed:
        room = case.held.rooms.get(session.room)
        if room and session.starts and session.ends and not is_open(room, session.starts, session.ends):
            yield Finding(
                code="room-closed",
                severity="warning",
                sentence=_("%(room)s is not open for all of %(session)s.")
                % {"room": room.name, "session": case.session(session)},
                sessions=(session.code,),
                rooms=(room.code,),
            )
    for showcase, hours in case.held.staffing:
        floor = case.held.rooms.get(showcase.floor)
        if floor and not is_open(floor, hours.starts, hours.ends):
            yield Finding(
                code="room-closed",
                severity="warning",
                sentence=_("%(room)s is not open for all hours in which “%(title)s” is staffed on %(when)s.")
                % {
                    "room": floor.name,
                    "title": showcase.title,
                    "when": wording.span(case.event, hours.starts, hours.ends),
                },
                rooms=(floor.code,),
                showcases=(showcase.code,),
            )


def is_open(room: Room, starts: datetime, ends: datetime) -> bool:
    """For all of the time."""
    return not room.opening or covered(room.opening, starts, ends)


def covered(spans: Sequence[Span], starts: datetime, ends: datetime) -> bool:
    """Whether the spans together cover all from `starts` to `ends`."""
    at = starts
    for span in sorted(spans, key=lambda span: span.starts):
        if span.starts > at:
            break
        at = max(at, span.ends)
    return at >= ends


def outside_the_days(case: Case) -> Iterator[Finding]:
    """One finding for each day that is none of the event's."""
    sessions: dict[date, list[Session]] = defaultdict(list)
    for session in case.placed:
        if session.starts and not is_event_day(case.event, day := day_of(case.event, session.starts)):
            sessions[day].append(session)
    for day, found in sorted(sessions.items()):
        words = {
            "day": wording.day(day),
            "first": wording.day(case.event.starts),
            "last": wording.day(case.event.ends),
            "titles": titles(s.title for s in found),
            "n": len(found),
        }
        yield Finding(
            code="outside-days",
            severity="warning",
            sentence=ngettext(
                "A session is on %(day)s, but the event is from %(first)s to %(last)s: %(titles)s.",
                "%(n)d sessions are on %(day)s, but the event is from %(first)s to %(last)s: %(titles)s.",
                len(found),
            )
            % words,
            sessions=codes(s.code for s in found),
        )
    for showcase, hours in case.held.staffing:
        if not is_event_day(case.event, day_of(case.event, hours.starts)):
            yield Finding(
                code="outside-days",
                severity="warning",
                sentence=_("“%(title)s” is staffed on %(when)s, which is no day of the event.")
                % {"title": showcase.title, "when": wording.span(case.event, hours.starts, hours.ends)},
                showcases=(showcase.code,),
            )


def is_event_day(event: Event, day: date) -> bool:
    return event.starts <= day <= event.ends
