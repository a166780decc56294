"""schedule.json, as pretalx, frab and the c3voc write it (version 1: days with rooms; version 2: one list of events).

Schemas: https://c3voc.de/schedule/schema.json and schema2.json.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..language import gettext as _
from . import times
from .assembly import assemble
from .fields import Record, between, first, pairs, record, records, whole, words
from .frab import code_in, day_boundary
from .listing import Item, Listing, Named, Place, Theme
from .oddities import Oddities
from .opened import Form, Reader
from .reading import Hints, Reading

KIND = "schedule.json"


def _fits(opened: object) -> bool:
    return isinstance(record(record(opened).get("schedule")).get("conference"), dict)


def _read(opened: Record, hints: Hints) -> Reading:
    oddities = Oddities()
    return assemble(_listing(opened["schedule"], oddities), hints, oddities)


READER = Reader(KIND, Form.JSON, _fits, _read)


def _listing(schedule: Record, oddities: Oddities) -> Listing:
    conference = schedule["conference"]
    stated = first(conference, "time_zone_name")
    days = records(conference.get("days"))
    ends = [times.moment(first(day, "day_end", "end")) for day in days]
    dates = [times.day(first(day, "date", "day_start", "start")) for day in days]
    tracks = [_theme(track) for track in records(conference.get("tracks"))]
    items = [*_in_days(days, oddities), *_in_one_list(schedule, oddities)]
    return Listing(
        kind=KIND,
        name=first(conference, "title"),
        slug=first(conference, "acronym"),
        zone=stated,
        subtitle=first(conference, "subtitle"),
        url=first(conference, "url"),
        base=first(schedule, "base_url") or first(conference, "base_url", "url"),
        days=tuple(sorted({day for day in dates if day})),
        boundary=day_boundary(ends, times.known_zone(stated)),
        rooms=tuple(_place(room) for room in records(conference.get("rooms"))),
        tracks=tuple(tracks),
        people=tuple(_named(person) for person in records(schedule.get("persons"))),
        items=tuple(items),
    )


def _in_days(days: list[Record], oddities: Oddities) -> Iterator[Item]:
    for day in days:
        for room, events in pairs(day.get("rooms")):
            for event in records(events):
                yield _item(event, day, room, oddities)


def _in_one_list(schedule: Record, oddities: Oddities) -> Iterator[Item]:
    """Version 2: rooms and tracks are referred to, and participants have roles."""
    tracks = {first(track, "slug"): first(track, "name") for track in records(schedule["conference"].get("tracks"))}
    for event in records(schedule.get("events")):
        named = record(event.get("track"))
        track = first(named, "name") or tracks.get(first(named, "slug"), "") or words(event.get("track"))
        yield _item({**event, "track": track}, {}, first(record(event.get("room")), "name"), oddities)


def _item(event: Record, day: Record, room: str, oddities: Oddities) -> Item:
    number, guid, short = first(event, "id"), first(event, "guid"), first(event, "slug")
    where = f"event {number or guid or short}"
    starts = times.moment(first(event, "date")) or times.moment(first(event, "start"))
    ids = (("guid", guid), ("code", first(event, "code")), ("id", number), ("slug", short))
    return Item(
        where=where,
        identity=next((f"{scheme}:{value}" for scheme, value in ids if value), ""),
        code=code_in(first(event, "code"), short, first(event, "url")) or number,
        title=first(event, "title"),
        subtitle=first(event, "subtitle"),
        starts=starts,
        minutes=_minutes(event, where, oddities),
        day=times.day(first(day, "date")),
        room=room or words(event.get("room")),
        track=words(event.get("track")),
        kind=first(event, "type"),
        texts=(first(event, "abstract"), first(event, "description")),
        language=first(event, "language"),
        people=tuple(_named(person) for person in records(event.get("persons") or event.get("participants"))),
        links=tuple(_links(event)),
        cancelled=first(event, "status").lower() in ("cancelled", "canceled"),
    )


def _minutes(event: Record, where: str, oddities: Oddities) -> int:
    minutes = times.span(first(event, "duration"))
    if minutes is None and first(event, "end"):
        return between(times.moment(first(event, "start")), first(event, "end"))
    if minutes is None:
        oddities.note(where, _("its duration cannot be read; its length was taken as 60 minutes"))
    return 60 if minutes is None else minutes


def _named(person: Record) -> Named:
    ids = (("guid", first(person, "guid")), ("code", first(person, "code")), ("id", first(person, "id")))
    return Named(
        name=first(person, "public_name", "name", "full_public_name"),
        identity=next((f"{scheme}:{value}" for scheme, value in ids if value and value != "0"), ""),
        biography=first(person, "biography"),
    )


def _links(event: Record) -> Iterator[tuple[str, str]]:
    for key in ("links", "attachments"):
        found = event.get(key)
        for link in found if isinstance(found, list) else []:
            if address := link if isinstance(link, str) else first(record(link), "url", "href"):
                yield address, first(record(link), "title", "label")


def _place(room: Record) -> Place:
    guid = first(room, "guid")
    return Place(
        name=first(room, "name"),
        identity=f"guid:{guid}" if guid else "",
        capacity=whole(room.get("capacity")),
        about=first(room, "description"),
    )


def _theme(track: Record) -> Theme:
    short = first(track, "slug")
    return Theme(
        name=first(track, "name"),
        identity=f"slug:{short}" if short else "",
        code=short,
        colour=first(track, "color", "colour") or first(record(track.get("colors")), "light"),
    )
