"""Which fields of the nouns refer to others, and to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .model import COLLECTIONS, Noun, Part, Reply, Turn

Reference = str | tuple[str | Part | Turn | Reply, ...]
"""What such a field holds: a code, or several things each of which names one."""

REFERENCES = {
    "room": "rooms",
    "floor": "rooms",
    "track": "tracks",
    "panel": "panels",
    "panels": "panels",
    "replies": "panels",
    "showcase": "showcases",
    "parts": "people",
    "turns": "papers",
}
"""The fields that refer to other nouns, and the collections in which those are."""

FIELDS: dict[type[object], tuple[str, ...]] = {
    kind: tuple(name for name in kind.__struct_fields__ if name in REFERENCES) for kind in COLLECTIONS.values()
}
"""The same for each noun."""


class Pointer(NamedTuple):
    collection: str
    code: str


def pointers(thing: Noun) -> Iterator[Pointer]:
    """All that a thing refers to."""
    for name in FIELDS[type(thing)]:
        value: Reference = getattr(thing, name)
        if value:
            for code in (value,) if isinstance(value, str) else map(code_of, value):
                yield Pointer(REFERENCES[name], code)


def referred_to(things: Iterable[Noun]) -> dict[str, set[str]]:
    """The codes to which things refer, by collection."""
    found: dict[str, set[str]] = {name: set() for name in COLLECTIONS}
    for thing in things:
        for collection, code in pointers(thing):
            found[collection].add(code)
    return found


def code_of(item: str | Part | Turn | Reply) -> str:
    match item:
        case Part():
            return item.person
        case Turn():
            return item.paper
        case Reply():
            return item.panel
        case _:
            return item
