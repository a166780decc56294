"""The line-up that Electromagnetic Field’s site exports: a list of things with a venue, times on the event’s clocks,
and speakers in one line.
"""

from __future__ import annotations

from . import times
from .assembly import assemble
from .fields import Record, between, first, record, records
from .listing import Item, Listing, Named
from .oddities import Oddities
from .opened import Form, Reader
from .reading import Hints, Reading

KIND = "line-up"


def _fits(opened: object) -> bool:
    return isinstance(opened, list) and any("venue" in entry and "start_date" in entry for entry in records(opened))


def _read(opened: list[object], hints: Hints) -> Reading:
    oddities = Oddities()
    listing = Listing(kind=KIND, items=tuple(_item(entry) for entry in records(opened)))
    return assemble(listing, hints, oddities)


READER = Reader(KIND, Form.JSON, _fits, _read)


def _item(entry: Record) -> Item:
    key, speaker = first(entry, "id"), first(entry, "speaker")
    starts = times.moment(first(entry, "start_date"))
    video = record(entry.get("video"))
    return Item(
        where=f"entry {key}",
        identity=f"id:{key}",
        code=key.replace("-", "x"),  # what comes from outside has a number below 0
        title=first(entry, "title"),
        starts=starts,
        minutes=between(starts, first(entry, "end_date")),
        room=first(entry, "venue"),
        kind=first(entry, "type"),
        texts=(first(entry, "description"),),
        people=(Named(name=speaker),) if speaker else (),
        links=tuple((first(video, key), "Video") for key in ("ccc", "youtube") if first(video, key)),
    )
