"""Where pictures and attachments stand in a programme, and what people do with them there. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from .lookup import files_of
from .model import Attachment, Event, Matter, Picture, Programme, Value

Item = Picture | Attachment
Items = tuple[Any, ...]
"""Pictures, or attachments."""


class Shelf(NamedTuple):
    """A place for at most `most` of them: a `field` of things of a kind. A `square` may be cut out of pictures, which
    have at most `largest` pixels on their longer side (0: attachments)."""

    kind: str
    field: str
    most: int
    largest: int = 0
    square: bool = False

    @property
    def holds_pictures(self) -> bool:
        return self.largest > 0


SHELVES = (
    Shelf("event", "logo", most=1, largest=1000),
    Shelf("people", "picture", most=1, largest=800, square=True),
    Shelf("showcases", "pictures", most=12, largest=1600),
    Shelf("sessions", "files", most=10),
    Shelf("papers", "files", most=10),
)
TEXT = Shelf("event", "pictures", most=24, largest=1600)
"""Of one of the event's texts: sponsors' logos, maps."""


class Place(NamedTuple):
    """A shelf of one thing. Of the event's texts, `text` says which: "front" or "back", its number there, its title."""

    shelf: Shelf
    text: tuple[str, int, str] | None = None

    def items(self, thing: Value) -> Items:
        """What stands there now. Raises LookupError where the text is not there any more."""
        holder = thing if self.text is None else self._text(thing)[2]
        found = getattr(holder, self.shelf.field)
        return found if isinstance(found, tuple) else (found,) if found else ()

    def with_items(self, thing: Value, items: Items) -> Value:
        """The thing with these instead. Raises LookupError where the text is not there any more."""
        if self.text is not None:
            name, n, matter = self._text(thing)
            texts = list(getattr(thing, name))
            texts[n] = msgspec.structs.replace(matter, pictures=items)
            return msgspec.structs.replace(thing, **{name: tuple(texts)})
        value = items if self.shelf.most > 1 else next(iter(items), None)
        return msgspec.structs.replace(thing, **{self.shelf.field: value})

    def _text(self, thing: Value) -> tuple[str, int, Matter]:
        """Where the text stands now: texts are told by their titles, as they may have been moved."""
        assert isinstance(thing, Event)
        assert self.text is not None
        place, n, title = self.text
        texts = [(name, k, matter) for name in ("front", "back") for k, matter in enumerate(getattr(thing, name))]
        titled = [found for found in texts if found[2].title == title]
        if not titled:
            raise LookupError(title)
        return next((found for found in titled if found[:2] == (place, n)), titled[0])


def shelf(kind: str, field: str) -> Shelf | None:
    return next((shelf for shelf in SHELVES if (shelf.kind, shelf.field) == (kind, field)), None)


def shelf_of(kind: str) -> Shelf | None:
    """The shelf of a noun."""
    return next((shelf for shelf in SHELVES if shelf.kind == kind and kind != "event"), None)


def added(items: Items, item: Item, most: int) -> Items:
    """With one more, at the end; the same bytes are there once. Of a place for one it takes the other's place."""
    if most == 1:
        return (item,)
    if any(other.key == item.key for other in items):
        return tuple(item if other.key == item.key else other for other in items)
    return (*items, item)


class Contested(NamedTuple):
    """A word about one of them that two people have changed: what it was, what each wants."""

    key: str
    field: str
    mine: str
    theirs: str


def reworded(
    items: Items, words: Mapping[str, Mapping[str, str]], seen: Mapping[str, Mapping[str, str]]
) -> tuple[Items, list[Contested]]:
    """With other words for some, by key: alternative texts, labels. `seen` are the words that their author had before
    them: what others have changed meanwhile stays, and is contested where both have changed it."""
    found, contested = [], []
    for item in items:
        changes: dict[str, str] = {}
        for field, mine in words.get(item.key, {}).items():
            present, before = getattr(item, field), seen.get(item.key, {}).get(field, "")
            if mine in (before, present):
                continue
            if present == before:
                changes[field] = mine
            else:
                contested.append(Contested(item.key, field, mine, present))
        found.append(msgspec.structs.replace(item, **changes) if changes else item)
    return tuple(found), contested


def moved(items: Items, key: str, *, down: bool) -> Items:
    """With one of them a step up or down; what is not there is not moved."""
    keys = [item.key for item in items]
    at = keys.index(key) if key in keys else -1
    to = at + 1 if down else at - 1
    if at < 0 or not 0 <= to < len(items):
        return items
    order = list(items)
    order[at], order[to] = order[to], order[at]
    return tuple(order)


def only_kept(programme: Programme, keys: Collection[str]) -> tuple[Programme, list[str]]:
    """The programme without the pictures and attachments that are not among `keys`, and what named such:
    `showcases salford-dadz`."""
    where = [f"{kind} {thing.code}" for kind, thing in _things(programme) if _strange(thing, keys)]
    if _strange(programme.event, keys):
        where.insert(0, "event")
    if not where:
        return programme, []
    event = programme.event
    texts = {
        place: tuple(
            msgspec.structs.replace(text, pictures=_kept(text.pictures, keys)) for text in getattr(event, place)
        )
        for place in ("front", "back")
    }
    logo = event.logo if event.logo and event.logo.key in keys else None
    return msgspec.structs.replace(
        programme,
        event=msgspec.structs.replace(event, logo=logo, **texts),
        **{
            shelf.kind: tuple(
                place.with_items(thing, _kept(place.items(thing), keys)) for thing in getattr(programme, shelf.kind)
            )
            for shelf in SHELVES
            if shelf.kind != "event"
            for place in (Place(shelf),)
        },
    ), where


def _things(programme: Programme) -> Iterator[tuple[str, Any]]:
    for shelf in SHELVES:
        if shelf.kind != "event":
            yield from ((shelf.kind, thing) for thing in getattr(programme, shelf.kind))


def _strange(thing: Value, keys: Collection[str]) -> bool:
    return any(file.key not in keys for file in files_of(thing))


def _kept(items: Items, keys: Collection[str]) -> Items:
    return tuple(item for item in items if item.key in keys)


def without(items: Items, keys: Sequence[str]) -> Items:
    return tuple(item for item in items if item.key not in keys)
