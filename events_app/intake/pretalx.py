"""What pretalx’s API answers: a list of talks, as it is or in the pages of `{"results": […]}`; and such talks laid out
by day, minute and room, with speakers and rooms beside them, as PyConFR’s site keeps them.

Reference: https://docs.pretalx.org/api/. A talk that is confirmed but has no slot is taken without a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from ..language import gettext as _
from . import times
from .assembly import assemble
from .fields import Record, between, first, pairs, record, records, whole, words
from .listing import Item, Listing, Named, Place
from .oddities import Oddities
from .opened import Form, Reader
from .reading import Hints, Reading

KIND = "pretalx talks"
_GONE = {"withdrawn", "rejected", "canceled", "cancelled", "deleted", "draft", "submitted"}


def _fits(opened: object) -> bool:
    return any(_is_talk(talk) for talk in _listed(opened)) or _is_laid_out(opened)


def _read(opened: object, hints: Hints) -> Reading:
    oddities = Oddities()
    return assemble(_laid_out(record(opened)) if _is_laid_out(opened) else _list(opened, oddities), hints, oddities)


READER = Reader(KIND, Form.JSON, _fits, _read)


def _listed(opened: object) -> list[Record]:
    return records(record(opened).get("results") if isinstance(opened, dict) else opened)


def _is_talk(talk: Record) -> bool:
    return "code" in talk and "title" in talk and ("slot" in talk or "slots" in talk)


def _is_laid_out(opened: object) -> bool:
    grid = record(record(opened).get("schedule"))
    return any(times.day(day) for day, _ in pairs(grid)) and any(_is_talk(talk) for talk, _ in _cells(grid))


def _list(opened: object, oddities: Oddities) -> Listing:
    items: list[Item] = []
    for talk in _listed(opened):
        if first(talk, "state") in _GONE:
            oddities.note(f"talk {first(talk, 'code')}", _("is not accepted, or withdrawn; it was left out"))
        else:
            items += _items(talk)
    return Listing(kind=KIND, items=tuple(items))


def _laid_out(opened: Record) -> Listing:
    """The grid is the programme; beside it are sprints in the same layout, and meals that have only a start."""
    grids = [record(opened.get("schedule")), record(opened.get("sprints"))]
    items = [item for grid in grids for talk, day in _cells(grid) for item in _items(talk, day)]
    meals = [
        _meal(meal, day, minute)
        for day, minutes in pairs(opened.get("extra"))
        for minute, meal in pairs(minutes)
        if isinstance(meal, dict) and times.day(day) and minute.isdigit()
    ]
    return Listing(
        kind=KIND,
        items=(*items, *meals),
        rooms=tuple(_place(room) for room in records(opened.get("rooms"))),
        people=tuple(_named(person) for person in records(opened.get("speakers"))),
    )


def _cells(grid: Record) -> Iterator[tuple[Record, date | None]]:
    """Talk and day of every cell in a grid of day > minute > room."""
    for day, minutes in pairs(grid):
        for _minute, cells in pairs(minutes):
            for talk in records(cells):
                yield talk, times.day(day)


def _items(talk: Record, day: date | None = None) -> Iterator[Item]:
    """One for each slot, or for each on that day: a sprint of two days has two, and stands under both."""
    slots = records(talk.get("slots")) or [record(talk.get("slot"))]
    for slot in [slot for slot in slots if times.day(first(slot, "start")) == day] if day else slots:
        starts = times.moment(first(slot, "start"))
        yield Item(
            where=f"talk {first(talk, 'code')}",
            identity=f"code:{first(talk, 'code')}",
            code=first(talk, "code"),
            title=first(talk, "title"),
            starts=starts,
            minutes=between(starts, first(slot, "end"), whole(slot.get("duration")) or whole(talk.get("duration"))),
            day=day,
            room=_name(slot.get("room")),
            track=_name(talk.get("track")),
            kind=_name(talk.get("submission_type")),
            texts=(first(talk, "abstract"), first(talk, "description")),
            language=first(talk, "content_locale"),
            people=tuple(_named(person) for person in records(talk.get("speakers"))),
            links=tuple(_resources(talk)),
        )


def _meal(meal: Record, day: str, minute: str) -> Item:
    on = times.day(day)
    assert on is not None
    starts = datetime.combine(on, time()) + timedelta(minutes=min(whole(minute), times.DAY))
    name = first(meal, "id") or f"{day} {minute}"
    return Item(where=f"extra {name}", identity=f"extra:{name}", code=name, title=words(meal.get("title")),
                starts=starts, kind="break", day=on)  # fmt: skip


def _name(value: object) -> str:
    """A track or a kind: its name, or an object that holds it."""
    return words(record(value).get("name")) or words(value)


def _named(person: Record) -> Named:
    code = first(person, "code")
    return Named(
        name=first(person, "name"), identity=f"code:{code}" if code else "", biography=first(person, "biography")
    )


def _place(room: Record) -> Place:
    guid = first(room, "guid", "uuid")
    return Place(
        name=_name(room),
        identity=f"guid:{guid}" if guid else "",
        capacity=whole(room.get("capacity")),
        about=words(room.get("description")),
    )


def _resources(talk: Record) -> Iterator[tuple[str, str]]:
    for found in records(talk.get("resources")):
        yield first(found, "resource", "url"), first(found, "description")
