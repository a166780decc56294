"""A day of a draft as the timetable editor gets it: rooms, sessions, findings, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from ...editing.desk import State
from ...editing.steps import Steps
from ...editing.undo import images
from ...language import gettext as _
from ...language import ngettext
from ...programme import wording
from ...programme.checks.finding import Finding
from ...programme.lookup import index, zone
from ...programme.model import Programme, Room, Session
from ...programme.placing import Hindrance, Position, position, window
from ...reading import Draft, LogLine
from ...renditions import Site
from ...renditions.times import Times
from ...renditions.view import View
from .drafts import Looked
from .positions import minute, spoken, written

EARLIEST, LATEST = 8, 19  # o'clock: at least these hours of a day are shown
MANY_ROOMS = 10
"""From so many on it is worth narrowing them down."""

TOLD = 200
"""Findings that are listed beside the grid; nobody reads more."""


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """A session. `starts` counts minutes since 1970 in UTC; `seen` is its position, to be sent back with a move."""

    code: str
    title: str
    kind: str
    minutes: int
    seen: str
    starts: int | None = None
    room: str = ""
    track: str = ""
    panel: str = ""
    who: str = ""
    people: int = 0
    quiet: bool = False
    cancelled: bool = False


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """A room: a column of the board. The last one, without a code, is for what has a time and no room."""

    code: str
    name: str
    about: str = ""
    floor: bool = False


class Told(msgspec.Struct, frozen=True):
    """A finding, with the sessions that it concerns."""

    severity: str
    sentence: str
    sessions: tuple[str, ...]


class News(msgspec.Struct, frozen=True, omit_defaults=True):
    """What has changed since a revision. `by` says who moved which session last; `reload`: more than can be told.
    `said` is what came of what somebody asked for, where that is not plain."""

    revision: int
    findings: list[Told]
    sessions: list[Item] = []
    gone: list[str] = []
    by: dict[str, str] = {}
    undo: str = ""
    redo: str = ""
    reload: bool = False
    said: str = ""


class Rooms(NamedTuple):
    """The rooms that are shown, and what was asked for: "" all, "used" those in use, "in X" those in a building."""

    asked: str
    rooms: tuple[Room, ...]


class Board(msgspec.Struct, frozen=True):
    """A day, as `me` gets it. It is shown from the minute `first` to `last`, counted since 1970 as all are. `narrowed`
    is what was asked for of the rooms; empty: all are there."""

    address: str
    me: str
    day: str
    zone: str
    first: int
    last: int
    rooms: list[Place]
    tracks: dict[str, str]
    panels: dict[str, str]
    sessions: list[Item]
    news: News
    words: dict[str, str]
    narrowed: str = ""


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """A stretch of starts that would clash, ends not included. `rooms` None: all."""

    after: int
    before: int
    sentence: str
    error: bool
    rooms: tuple[str, ...] | None = None


def room_choices(programme: Programme) -> list[tuple[str, str]]:
    """How the rooms can be narrowed down; nothing where there are few."""
    if len(programme.rooms) < MANY_ROOMS:
        return []
    buildings = dict.fromkeys(room.building for room in programme.rooms if room.building)
    within = [(f"in {name}", name) for name in buildings] if len(buildings) > 1 else []
    return [("", _("All rooms")), ("used", _("In use on this day")), *within]


def chosen_rooms(programme: Programme, day: date, asked: str) -> Rooms:
    """The rooms that an address asks for; all of them where it asks for none that there are."""
    if asked == "used":
        used = {session.room for session in index(programme).by_day.get(day, ())}
        found = tuple(room for room in programme.rooms if room.code in used)
    else:
        found = tuple(room for room in programme.rooms if asked and asked == f"in {room.building}")
    return Rooms(asked, found) if found else Rooms("", programme.rooms)


def moved(programme: Programme, found: Session, day: date, where: Position, hindrance: Hindrance | None) -> str:
    """What came of moving a session to another day."""
    words = {"title": wording.quoted(found.title), "day": Times(programme.event).day(day)}
    if where.starts is not None:
        return _("%(title)s: %(where)s.") % {**words, "where": spoken(programme, where)}
    if hindrance is None:
        return _("%(title)s stays in the tray: no room that is big enough is free on %(day)s.") % words
    return _("%(title)s is in the tray: on %(day)s its place is not free. %(why)s") % {
        **words,
        "why": hindrance.sentence,
    }


def board(looked: Looked, day: date, me: str, steps: Steps, words: dict[str, str], rooms: Rooms) -> Board:
    """The day's sessions in these rooms, and all that are not placed."""
    programme = looked.draft.programme
    look = index(programme)
    first, last = hours(programme, day)
    shown = [*look.by_day.get(day, ()), *(session for session in programme.sessions if not session.starts)]
    slug = programme.event.slug
    return Board(
        address=f"/organise/{slug}/timetable",
        me=me,
        day=day.isoformat(),
        zone=programme.event.zone,
        first=minute(first),
        last=minute(last),
        rooms=[*map(_place, rooms.rooms), Place(code="", name=_("No room"), floor=True)],
        tracks={track.code: track.name for track in programme.tracks},
        panels={panel.code: f"{panel.code} {panel.title}" for panel in programme.panels},
        sessions=_items(looked.draft, shown),
        news=News(revision=looked.draft.revision, findings=told(looked.findings), **_labels(programme, steps)),
        words=words,
        narrowed=rooms.asked,
    )


def news(looked: Looked, lines: Iterable[LogLine], steps: Steps, said: str = "") -> News:
    """What the lines of the log say, with the findings of now."""
    touched: dict[str, str] = {}
    reload = False
    for line in lines:
        after = images(line.after)
        touched |= dict.fromkeys(after.get("sessions", {}), line.who)
        reload = reload or not after.keys().isdisjoint(("event", "rooms", "tracks", "panels")) or line.what == "import"
    look = index(looked.draft.programme)
    there = [look.sessions[code] for code in touched if code in look.sessions]
    return News(
        revision=looked.draft.revision,
        findings=told(looked.findings),
        sessions=_items(looked.draft, there),
        gone=[code for code in touched if code not in look.sessions],
        by=touched,
        reload=reload,
        said=said,
        **_labels(looked.draft.programme, steps),
    )


def hours(programme: Programme, day: date) -> tuple[datetime, datetime]:
    """From when to when a day is shown: whole hours around all that is on, and the usual ones of a working day."""
    opens, closes = window(programme.event, day)
    sessions = index(programme).by_day.get(day, ())
    clocks = zone(programme.event)
    usual = [datetime(day.year, day.month, day.day, hour, tzinfo=clocks) for hour in (EARLIEST, LATEST)]
    first = min([usual[0], *(s.starts for s in sessions if s.starts)]).astimezone(clocks)
    last = max([usual[1], *(s.ends for s in sessions if s.ends)]).astimezone(clocks)
    first, last = first.replace(minute=0), last if not last.minute else last.replace(minute=0) + timedelta(hours=1)
    return max(first.astimezone(UTC), opens), min(last.astimezone(UTC), closes)


def marks(found: Iterable[Hindrance], rooms: int) -> list[Mark]:
    """Hindrances of one day, for a programme of so many rooms."""
    return [
        Mark(
            after=minute(hindrance.after),
            before=minute(hindrance.before),
            sentence=hindrance.sentence,
            error=hindrance.severity == "error",
            rooms=None if len(hindrance.rooms) > rooms else hindrance.rooms,
        )
        for hindrance in found
    ]


def told(found: Iterable[Finding]) -> list[Told]:
    return [Told(f.severity, f.sentence, f.sessions) for f in found][:TOLD]


def described(programme: Programme, line: LogLine, *, back: bool = False) -> str:
    """What a step did, for a button that takes it back; `back`: what it would do the other way round."""
    before, after = images(line.before).get("sessions", {}), images(line.after).get("sessions", {})
    if back:
        before, after = after, before
    pairs = [(_session(was), _session(after[code])) for code, was in before.items()]
    there = [(was, now) for was, now in pairs if was and now]
    if len(there) < len(pairs):
        return ngettext("make %(n)d session", "make %(n)d sessions", len(pairs)) % {"n": len(pairs)}
    if len(there) == 1:
        return _step(*there[0])
    if len(there) == 2:
        return _("move %(titles)s") % {"titles": wording.listed([wording.quoted(now.title) for _was, now in there])}
    return ngettext("move %(n)d session", "move %(n)d sessions", len(there)) % {"n": len(there)}


def _session(state: State | None) -> Session | None:
    return state.value if state else None


def _step(was: Session, now: Session) -> str:
    words = {"title": wording.quoted(now.title)}
    if was.starts is None:
        return _("place %(title)s") % words
    if now.starts is None:
        return _("return %(title)s to the tray") % words
    if (was.starts, was.room) == (now.starts, now.room):
        return _("make %(title)s longer or shorter") % words
    return _("move %(title)s") % words


def _labels(programme: Programme, steps: Steps) -> dict[str, Any]:
    return {
        "undo": described(programme, steps.undo) if steps.undo else "",
        "redo": described(programme, steps.redo, back=True) if steps.redo else "",
    }


def _place(room: Room) -> Place:
    seats = ngettext("%(n)d seat", "%(n)d seats", room.capacity) % {"n": room.capacity} if room.capacity else ""
    about = ", ".join(part for part in (room.building, seats) if part)
    return Place(code=room.code, name=room.name, about=about, floor=room.kind == "floor")


def _items(draft: Draft, sessions: Iterable[Session]) -> list[Item]:
    view = View(draft.programme, Site(base=""))
    expected: Mapping[str, int] = {e.session: e.people for e in draft.planning.expected}
    return [
        Item(
            code=session.code,
            title=session.title,
            kind=view.kind(session),
            minutes=session.minutes,
            seen=written(position(session)),
            starts=minute(session.starts) if session.starts else None,
            room=session.room,
            track=view.look.track_of(session),
            panel=session.panel,
            who=str(view.short(session).striptags()),
            people=expected.get(session.code, 0),
            quiet=view.is_quiet(session),
            cancelled=session.cancelled,
        )
        for session in sessions
    ]
