"""The bundle that Google’s I/O app carries: sessions with moments in milliseconds since 1970, rooms, tags, speakers.

Its codelabs have neither time nor room and are left out.
"""

from __future__ import annotations

from datetime import UTC, datetime

from ..language import gettext as _
from .assembly import assemble
from .fields import Record, first, pairs, record, records, texts, whole
from .listing import Item, Listing, Named, Place
from .oddities import Oddities
from .opened import Form, Reader
from .reading import Hints, Reading

KIND = "iosched bundle"
_LATEST = 7_000_000_000_000  # milliseconds; the year 2191


def _fits(opened: object) -> bool:
    return any("startTimestamp" in session for session in records(record(opened).get("sessions")))


def _read(opened: Record, hints: Hints) -> Reading:
    oddities = Oddities()
    if labs := records(opened.get("codelabs")):
        oddities.note("codelabs", _("have neither time nor room ({n}); they were left out"), n=len(labs))
    speakers = {
        key: _named(speaker, key) for key, speaker in pairs(opened.get("speakers")) if isinstance(speaker, dict)
    }
    rooms = {first(room, "id"): first(room, "name") for room in records(opened.get("rooms"))}
    tags = {first(tag, "tag"): tag for tag in records(opened.get("tags"))}
    listing = Listing(
        kind=KIND,
        rooms=tuple(Place(name=name, identity=f"id:{key}") for key, name in rooms.items()),
        people=tuple(speakers.values()),
        items=tuple(_item(session, rooms, tags, speakers) for session in records(opened.get("sessions"))),
    )
    return assemble(listing, hints, oddities)


READER = Reader(KIND, Form.JSON, _fits, _read)


def _item(session: Record, rooms: dict[str, str], tags: dict[str, Record], speakers: dict[str, Named]) -> Item:
    key = first(session, "id")
    starts, ends = whole(session.get("startTimestamp")), whole(session.get("endTimestamp"))
    topics = [first(tags[name], "name") for name in texts(session.get("tagNames"))
              if name in tags and first(tags[name], "category") == "topic"]  # fmt: skip
    video = first(session, "youtubeUrl")
    return Item(
        where=f"session {key}",
        identity=f"id:{key}",
        code=first(session, "code"),
        title=first(session, "title"),
        starts=datetime.fromtimestamp(starts / 1000, UTC) if 0 < starts < _LATEST else None,
        minutes=(ends - starts) // 60_000,
        room=rooms.get(first(session, "room"), ""),
        track=topics[0] if topics else "",
        kind=first(session, "type"),
        texts=(first(session, "description"),),
        people=tuple(speakers[one] for one in texts(session.get("speakers")) if one in speakers),
        links=((video, "Video"),) if video else (),
    )


def _named(speaker: Record, key: str) -> Named:
    pages = [(address, label) for label, address in pairs(speaker.get("socialLinks")) if isinstance(address, str)]
    return Named(
        name=first(speaker, "name"),
        identity=f"id:{key}",
        affiliation=first(speaker, "company"),
        biography=first(speaker, "bio"),
        links=tuple((address, label) for address, label in pages if address),
    )
