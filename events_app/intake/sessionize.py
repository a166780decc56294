"""What Sessionize’s API gives: its views *All* (sessions, speakers, rooms, categories apart) and *GridSmart* (a list of
days with rooms that hold their sessions), and *Sessions* (groups of sessions that name room and speakers).

Times are on the event’s clocks, without an offset; no view names the event.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..language import gettext as _
from . import times
from .assembly import assemble
from .fields import Record, between, first, record, records, texts, words
from .listing import Item, Listing, Named, Place
from .oddities import Oddities
from .opened import Form, Reader
from .reading import Hints, Reading

_MARKS = {"isServiceSession", "isPlenumSession", "startsAt"}
_FORMAT = ("format", "type", "art")


def _fits_all(opened: object) -> bool:
    return isinstance(opened, dict) and any(len(_MARKS & one.keys()) > 1 for one in records(opened.get("sessions")))


def _read_all(opened: Record, hints: Hints) -> Reading:
    speakers = {first(one, "id"): _named(one) for one in records(opened.get("speakers"))}
    rooms = {first(one, "id"): first(one, "name") for one in records(opened.get("rooms"))}
    kinds = _formats(opened)
    items = []
    for session in records(opened.get("sessions")):
        people = [speakers[one] for one in texts(session.get("speakers")) if one in speakers]
        chosen = session.get("categoryItems")
        kind = next((kinds[words(one)] for one in (chosen if isinstance(chosen, list) else [])
                     if words(one) in kinds), "")  # fmt: skip
        items.append(_item(session, rooms.get(first(session, "roomId"), ""), kind, people))
    listing = Listing(
        kind="Sessionize All",
        rooms=tuple(Place(name=name, identity=f"id:{key}") for key, name in rooms.items()),
        people=tuple(speakers.values()),
        items=tuple(items),
    )
    return assemble(listing, hints, Oddities())


def _fits_grid(opened: object) -> bool:
    return isinstance(opened, list) and any("rooms" in day and "date" in day for day in records(opened))


def _read_grid(opened: list[object], hints: Hints) -> Reading:
    rooms = {first(room, "id"): first(room, "name") for day in records(opened) for room in records(day.get("rooms"))}
    listing = Listing(
        kind="Sessionize GridSmart",
        days=tuple(sorted({day for entry in records(opened) if (day := times.day(first(entry, "date")))})),
        rooms=tuple(Place(name=name, identity=f"id:{key}") for key, name in rooms.items()),
        items=tuple(_in_grid(opened)),
    )
    return assemble(listing, hints, Oddities())


def _in_grid(opened: list[object]) -> Iterator[Item]:
    """Each session once: it stands under its room, and again under its time slot."""
    seen = set()
    for day in records(opened):
        below_slots = [room for slot in records(day.get("timeSlots")) for room in records(slot.get("rooms"))]
        below_rooms = [
            (room, session) for room in records(day.get("rooms")) for session in records(room.get("sessions"))
        ]
        for room, session in below_rooms + [(room, record(room.get("session"))) for room in below_slots]:
            key = (first(session, "id"), first(session, "startsAt"))
            if session and key not in seen:
                seen.add(key)
                yield _embedded(session, first(room, "name") or first(session, "room"))


def _fits_sessions(opened: object) -> bool:
    groups = records(opened) if isinstance(opened, list) else []
    return any(_MARKS & one.keys() for group in groups for one in records(group.get("sessions")))


def _read_sessions(opened: list[object], hints: Hints) -> Reading:
    sessions = {first(one, "id"): one for group in records(opened) for one in records(group.get("sessions"))}
    items = tuple(_embedded(session, first(session, "room")) for session in sessions.values())
    oddities = Oddities()
    oddities.note(
        _("the file"),
        _("is Sessionize’s “Sessions” view, without service sessions and biographies; “All” holds everything"),
    )
    return assemble(Listing(kind="Sessionize Sessions", items=items), hints, oddities)


ALL = Reader("Sessionize All", Form.JSON, _fits_all, _read_all)
GRID = Reader("Sessionize GridSmart", Form.JSON, _fits_grid, _read_grid)
SESSIONS = Reader("Sessionize Sessions", Form.JSON, _fits_sessions, _read_sessions)


def _embedded(session: Record, room: str) -> Item:
    """A session of the views in which everything stands with it."""
    people = [_named(one) for one in records(session.get("speakers"))]
    return _item(session, room, _kind_in(session), people)


def _item(session: Record, room: str, kind: str, people: list[Named]) -> Item:
    starts = times.moment(first(session, "startsAt"))
    key = first(session, "id")
    return Item(
        where=f"session {key}",
        identity=f"id:{key}",
        code=key if len(key) < 12 else "",  # service sessions have long ids
        title=first(session, "title"),
        starts=starts,
        minutes=between(starts, first(session, "endsAt")),
        room=room,
        # what a service session is, a keynote, a lunch, a party, shows only in its title
        kind=kind or (first(session, "title") if session.get("isServiceSession") is True else ""),
        texts=(first(session, "description"),),
        people=tuple(people),
        links=tuple((first(session, key), label) for key, label in (("liveUrl", "Live"), ("recordingUrl", "Video"))
                    if first(session, key)),
        cancelled=first(session, "status") == "Canceled",
    )  # fmt: skip


def _named(speaker: Record) -> Named:
    family, given = first(speaker, "lastName"), first(speaker, "firstName")
    return Named(
        name=first(speaker, "fullName", "name") or f"{given} {family}",
        identity=f"id:{first(speaker, 'id')}",
        sorts_as=f"{family}, {given}" if family and given else "",
        biography=first(speaker, "bio"),
        links=tuple((first(link, "url"), first(link, "title")) for link in records(speaker.get("links"))),
    )


def _formats(opened: Record) -> dict[str, str]:
    """The items of the category that says what kind of session something is."""
    return {
        first(item, "id"): first(item, "name")
        for category in records(opened.get("categories"))
        if any(word in first(category, "title").lower() for word in _FORMAT)
        for item in records(category.get("items"))
    }


def _kind_in(session: Record) -> str:
    for category in records(session.get("categories")):
        if any(word in first(category, "name").lower() for word in _FORMAT):
            return next((first(item, "name") for item in records(category.get("categoryItems"))), "")
    return ""
