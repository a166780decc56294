"""What differs between two programmes: for the change sheet, the letters, the versions and the change feed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from ..language import gettext as _
from . import wording
from .lookup import index
from .model import (
    Change,
    ChangeKind,
    Event,
    Noun,
    Person,
    Programme,
    Room,
    Session,
    Showcase,
    Slot,
    Staffing,
    Track,
)

NOUNS = ("event", "session", "paper", "panel", "showcase", "person", "room", "track")
"""The nouns that a Change may name, in the order in which changes are told."""

_KINDS = tuple(ChangeKind)
_SLOT = ("starts", "minutes", "room")
_PLACE = ("floor", "place")
_SILENT = frozenset({"code", "source", "cancelled", "slug", "uid"})  # no reader is told of these

Kind = TypeVar("Kind", bound=Noun)


def changes(old: Programme, new: Programme) -> tuple[Change, ...]:
    """All that became different from `old` to `new`, by noun (see NOUNS), then time, then code.

    One thing may have changed in several ways, and each is a Change of its own. A session is cancelled if it is gone
    or says so itself. `was` and `now` are set for what has a time; one of them alone: it was not there before, or is
    not any more. Two drafts may be compared as well as two releases; what a release leaves out is then told too.
    """
    found = [
        *_of_event(old.event, new.event),
        *_of_sessions(old, new),
        *_of_papers(old, new),
        *_of_showcases(old, new),
        *_of_others("panel", old.panels, new.panels),
        *_of_others("person", old.people, new.people),
        *_of_others("room", old.rooms, new.rooms),
        *_of_others("track", old.tracks, new.tracks),
    ]
    return tuple(sorted(found, key=_order))


def room_name(programme: Programme, code: str) -> str:
    """A room's name, or its code where the programme does not hold it."""
    room = index(programme).rooms.get(code)
    return room.name if room else code


def slot_of(programme: Programme, session: Session) -> Slot | None:
    """When and where a session is; None if it is not placed."""
    if session.starts is None:
        return None
    return Slot(starts=session.starts, minutes=session.minutes, room=room_name(programme, session.room))


def _of_event(old: Event, new: Event) -> Iterator[Change]:
    fields = _different(old, new)
    days = tuple(name for name in fields if name in ("starts", "ends"))
    words = tuple(name for name in fields if name not in days)
    if days:
        yield Change(noun="event", code=new.slug, title=new.name, kind=ChangeKind.MOVED, fields=days)
    if words:
        yield Change(noun="event", code=new.slug, title=new.name, kind=ChangeKind.WORDS, fields=words)


def _of_sessions(old: Programme, new: Programme) -> Iterator[Change]:
    before = {s.code: s for s in old.sessions if not s.cancelled}
    after = {s.code: s for s in new.sessions if not s.cancelled}
    once = {s.code: s for s in (*old.sessions, *old.cancelled) if s.code not in before}
    for code, session in before.items():
        if code not in after:
            yield _change("session", session, ChangeKind.CANCELLED, was=slot_of(old, session))
    for code, session in after.items():
        if code in before and before[code] == session:
            continue
        if code in before:
            yield from _of_session(old, before[code], new, session)
        elif code in once:
            was = slot_of(old, once[code])
            yield _change("session", session, ChangeKind.BACK, was=was, now=slot_of(new, session))
        else:
            yield _change("session", session, ChangeKind.NEW, now=slot_of(new, session))


def _of_session(old: Programme, before: Session, new: Programme, after: Session) -> Iterator[Change]:
    different = _different(before, after)
    slot = _SLOT if before.starts or after.starts else ()  # what never had a time cannot move
    if moved := tuple(name for name in different if name in slot):
        kind = ChangeKind.ROOM if moved == ("room",) else ChangeKind.MOVED
        yield _change("session", after, kind, moved, was=slot_of(old, before), now=slot_of(new, after))
    now = slot_of(new, after)
    for kind, fields in _in_kinds(name for name in different if name not in slot):
        yield _change("session", after, kind, fields, now=now)


def _of_papers(old: Programme, new: Programme) -> Iterator[Change]:
    yield from _of_others("paper", old.papers, new.papers)
    before, after = _turns(old), _turns(new)
    for paper in new.papers:
        (was_in, was), (is_in, now) = before.get(paper.code, ("", None)), after.get(paper.code, ("", None))
        # where its whole session moved, or the order in it changed, the session's own change says so
        if was_in != is_in and paper.code in index(old).papers:
            yield _change("paper", paper, ChangeKind.MOVED, ("session",), was=was, now=now)


def _turns(programme: Programme) -> dict[str, tuple[str, Slot | None]]:
    """For each paper that has a turn: in which session, and when and where that is."""
    found: dict[str, tuple[str, Slot | None]] = {}
    for session in programme.sessions:
        if not session.turns or session.cancelled:
            continue
        room = room_name(programme, session.room)
        for paper, starts, minutes in index(programme).turns(session):
            slot = Slot(starts=starts, minutes=minutes, room=room) if starts else None
            found[paper.code] = session.code, slot
    return found


def _of_showcases(old: Programme, new: Programme) -> Iterator[Change]:
    yield from _of_others("showcase", old.showcases, new.showcases, leaving=("staffing",))
    before = index(old).showcases
    for showcase in new.showcases:
        if showcase.code in before:
            yield from _of_staffing(before[showcase.code], showcase, room_name(new, showcase.floor))


def _of_staffing(before: Showcase, after: Showcase, floor: str) -> Iterator[Change]:
    was, now = _hours(before, floor), _hours(after, floor)
    for code in sorted(was.keys() | now.keys()):
        if was.get(code) != now.get(code):
            yield _change("showcase", after, ChangeKind.MOVED, ("staffing",), was=was.get(code), now=now.get(code))


def _hours(showcase: Showcase, floor: str) -> dict[str, Slot]:
    return {hours.code: staffed_slot(hours, floor) for hours in showcase.staffing}


def staffed_slot(hours: Staffing, floor: str) -> Slot:
    """Staffed hours as a slot; `floor` is the floor's name."""
    return Slot(starts=hours.starts, minutes=(hours.ends - hours.starts) // timedelta(minutes=1), room=floor)


def _of_others(noun: str, old: Sequence[Kind], new: Sequence[Kind], leaving: Sequence[str] = ()) -> Iterator[Change]:
    """New, gone and different things of one collection; fields in `leaving` are told elsewhere."""
    before, after = {thing.code: thing for thing in old}, {thing.code: thing for thing in new}
    for code, thing in before.items():
        if code not in after:
            yield _change(noun, thing, ChangeKind.CANCELLED)
    for code, thing in after.items():
        if code not in before:
            yield _change(noun, thing, ChangeKind.NEW)
        elif thing is not before[code] and thing != before[code]:
            for kind, fields in _in_kinds(name for name in _different(before[code], thing) if name not in leaving):
                yield _change(noun, thing, kind, fields)


def _different(old: Noun | Event, new: Noun | Event) -> tuple[str, ...]:
    """The fields in which two things differ, in the order of the model."""
    if old is new:
        return ()
    return tuple(
        name for name in new.__struct_fields__ if name not in _SILENT and getattr(old, name) != getattr(new, name)
    )


def _in_kinds(fields: Iterator[str]) -> Iterator[tuple[ChangeKind, tuple[str, ...]]]:
    grouped: dict[ChangeKind, list[str]] = {}
    for name in fields:
        grouped.setdefault(_kind_of(name), []).append(name)
    return ((kind, tuple(names)) for kind, names in grouped.items())


def _kind_of(name: str) -> ChangeKind:
    if name in _PLACE:
        return ChangeKind.ROOM
    return {"parts": ChangeKind.PEOPLE, "turns": ChangeKind.PAPERS}.get(name, ChangeKind.WORDS)


def _change(
    noun: str,
    thing: Noun,
    kind: ChangeKind,
    fields: tuple[str, ...] = (),
    *,
    was: Slot | None = None,
    now: Slot | None = None,
) -> Change:
    return Change(noun=noun, code=thing.code, title=title_of(thing), kind=kind, fields=fields, was=was, now=now)


def title_of(thing: Noun) -> str:
    """What a thing is called: a person's, room's or track's name, else its title."""
    return thing.name if isinstance(thing, Person | Room | Track) else thing.title


_EARLIEST = datetime.min.replace(tzinfo=UTC)


def _order(change: Change) -> tuple[int, datetime, str, int, datetime]:
    was = change.was.starts if change.was else _EARLIEST
    when = change.now.starts if change.now else was
    return NOUNS.index(change.noun), when, change.code, _KINDS.index(change.kind), was


def sentence(change: Change, event: Event) -> str:
    """One sentence that tells a reader of a change, in the language spoken and on the event's own clocks."""
    return _SENTENCES[change.kind](change, event)


def _new(change: Change, event: Event) -> str:
    if change.now:
        return _("New: “%(title)s”, %(now)s.") % _words(change, event)
    return _("New: “%(title)s”.") % _words(change, event)


def _cancelled(change: Change, event: Event) -> str:
    if change.was:
        return _("Cancelled: “%(title)s”, %(was)s.") % _words(change, event)
    if change.noun == "session":
        return _("Cancelled: “%(title)s”.") % _words(change, event)
    return _("No longer in the programme: “%(title)s”.") % _words(change, event)


def _back(change: Change, event: Event) -> str:
    if change.now:
        return _("Takes place after all: “%(title)s”, %(now)s.") % _words(change, event)
    return _("Takes place after all: “%(title)s”.") % _words(change, event)


def _moved(change: Change, event: Event) -> str:
    words = _words(change, event)
    if change.noun == "event":
        return _("“%(title)s” is on other days now.") % words
    if change.noun == "showcase":
        return _staffed(change, event)
    if change.was and change.now:
        if change.fields == ("minutes",):
            return _("“%(title)s” is now %(span)s (it was to end at %(end)s).") % words
        return _("“%(title)s” moved from %(was)s to %(now)s.") % words
    return (_("“%(title)s” now has a time: %(now)s.") if change.now else _("“%(title)s” has no time yet.")) % words


def _staffed(change: Change, event: Event) -> str:
    words = _words(change, event)
    if change.was and change.now:
        return _("“%(title)s” is staffed %(span)s, no longer %(was_span)s.") % words
    if change.now:
        return _("“%(title)s” is now also staffed %(span)s.") % words
    return _("“%(title)s” is no longer staffed %(was_span)s.") % words


def _room(change: Change, event: Event) -> str:
    words = _words(change, event)
    if change.was and change.now:
        if change.was.room and change.now.room:
            return _("“%(title)s” (%(start)s) moved from %(was_room)s to %(now_room)s.") % words
        if change.now.room:
            return _("“%(title)s” (%(start)s) is in %(now_room)s.") % words
        return _("“%(title)s” (%(start)s) is no longer in %(was_room)s.") % words
    return _("“%(title)s” has another place.") % words


def _people(change: Change, event: Event) -> str:
    return _("“%(title)s”: the people changed.") % _words(change, event)


def _papers(change: Change, event: Event) -> str:
    return _("“%(title)s”: the papers or their order changed.") % _words(change, event)


def _reworded(change: Change, event: Event) -> str:
    words = _words(change, event) | {"fields": wording.listed([field_name(name) for name in change.fields])}
    return _("“%(title)s” changed in: %(fields)s.") % words


_SENTENCES: dict[ChangeKind, Callable[[Change, Event], str]] = {
    ChangeKind.NEW: _new,
    ChangeKind.CANCELLED: _cancelled,
    ChangeKind.BACK: _back,
    ChangeKind.MOVED: _moved,
    ChangeKind.ROOM: _room,
    ChangeKind.PEOPLE: _people,
    ChangeKind.PAPERS: _papers,
    ChangeKind.WORDS: _reworded,
}


def _words(change: Change, event: Event) -> dict[str, str]:
    words = {"title": change.title}
    if change.was:
        ends = change.was.starts + timedelta(minutes=change.was.minutes)
        words |= {
            "was": wording.slot(event, change.was),
            "was_room": change.was.room,
            "was_span": wording.span(event, change.was.starts, ends),
            "end": wording.clock(event, ends),
        }
    if change.now:
        ends = change.now.starts + timedelta(minutes=change.now.minutes)
        words |= {
            "now": wording.slot(event, change.now),
            "now_room": change.now.room,
            "start": wording.moment(event, change.now.starts),
            "span": wording.span(event, change.now.starts, ends),
        }
    return words


def field_name(name: str) -> str:
    """What a reader calls a field of the model."""
    return _field_names().get(name, name)


def _field_names() -> dict[str, str]:
    return {
        "about": _("description"),
        "abstract": _("abstract"),
        "address": _("address"),
        "affiliation": _("affiliation"),
        "back": _("closing pages"),
        "biography": _("biography"),
        "building": _("building"),
        "capacity": _("capacity"),
        "colour": _("colour"),
        "country": _("country"),
        "day_change": _("start of the day"),
        "equipment": _("equipment"),
        "files": _("files to download"),
        "floor": _("floor"),
        "front": _("opening pages"),
        "home": _("home"),
        "keywords": _("keywords"),
        "kind": _("kind"),
        "language": _("language"),
        "languages": _("languages"),
        "level": _("level"),
        "links": _("links"),
        "logo": _("logo"),
        "minutes": _("length"),
        "name": _("name"),
        "opening": _("opening hours"),
        "orcid": _("ORCID"),
        "organisation": _("organisation"),
        "outcome": _("outcome"),
        "panel": _("panel"),
        "panels": _("panels"),
        "picture": _("photograph"),
        "pictures": _("pictures"),
        "place": _("place"),
        "pronouns": _("pronouns"),
        "room": _("room"),
        "showcase": _("showcase"),
        "sorts_as": _("sorting"),
        "status": _("status"),
        "step_free": _("step-free access"),
        "subtitle": _("subtitle"),
        "summary": _("summary"),
        "title": _("title"),
        "track": _("track"),
        "url": _("web address"),
        "venue": _("venue"),
        "wish": _("wish"),
        "zone": _("time zone"),
    }
