"""conference.json of PyCon US, made by a successor of Symposion: `{"conference": …, "schedule": [presentation, …]}`."""

from __future__ import annotations

from . import times
from .assembly import assemble
from .fields import Record, between, first, record, records, texts, whole
from .listing import Item, Listing, Named
from .oddities import Oddities
from .opened import Form, Reader
from .reading import Hints, Reading

KIND = "conference.json"


def _fits(opened: object) -> bool:
    return any("conf_key" in entry and "start" in entry for entry in records(record(opened).get("schedule")))


def _read(opened: Record, hints: Hints) -> Reading:
    oddities = Oddities()
    conference = record(opened.get("conference"))
    listing = Listing(
        kind=KIND,
        name=first(conference, "title", "name"),
        items=tuple(_item(entry) for entry in records(opened.get("schedule"))),
    )
    return assemble(listing, hints, oddities)


READER = Reader(KIND, Form.JSON, _fits, _read)


def _item(entry: Record) -> Item:
    starts = times.moment(first(entry, "start"))
    key = first(entry, "conf_key")
    return Item(
        where=f"presentation {key}",
        identity=f"id:{key}",
        code=key,
        title=first(entry, "name", "title"),
        starts=starts,
        minutes=between(starts, first(entry, "end"), whole(entry.get("duration"))),
        room=", ".join(texts(entry.get("rooms"))) or first(entry, "room"),
        track=first(entry, "section"),
        kind=first(entry, "kind"),
        texts=(first(entry, "abstract"), first(entry, "description")),
        people=tuple(_people(entry)),
        cancelled=entry.get("cancelled") is True,
    )


def _people(entry: Record) -> list[Named]:
    speakers = records(entry.get("speakers"))
    if not speakers:
        return [Named(name=name) for name in texts(entry.get("authors"))]
    return [
        Named(name=first(one, "name"), identity=f"id:{first(one, 'id')}", biography=first(one, "bio"))
        for one in speakers
    ]
