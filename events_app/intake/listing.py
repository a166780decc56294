"""What most formats come down to: days, rooms, tracks, people, and things that happen. A reader fills a Listing in
the file's own words; `assembly.assemble` makes a programme of it, in one way for all of them.
"""

from __future__ import annotations

from datetime import date, datetime

from ..programme.model import Value


class Named(Value, frozen=True, kw_only=True):
    """A person as named somewhere. `identity` is what the file knows them by: `id:7`, `guid:…`; empty: the name."""

    name: str
    identity: str = ""
    sorts_as: str = ""
    affiliation: str = ""
    biography: str = ""
    links: tuple[tuple[str, str], ...] = ()


class Place(Value, frozen=True, kw_only=True):
    name: str
    identity: str = ""
    capacity: int = 0
    about: str = ""


class Theme(Value, frozen=True, kw_only=True):
    name: str
    identity: str = ""
    code: str = ""
    colour: str = ""
    about: str = ""


class Item(Value, frozen=True, kw_only=True):
    """Something that happens. `where` is its place in the file, in words; `day` the day under which it is listed.

    `starts` is naive where the file gives the time on the event's clocks. `links` are addresses with labels.
    `kind` is the file's own word.
    """

    where: str
    identity: str
    title: str
    code: str = ""
    starts: datetime | None = None
    minutes: int = 0
    day: date | None = None
    room: str = ""
    track: str = ""
    kind: str = ""
    subtitle: str = ""
    texts: tuple[str, ...] = ()
    language: str = ""
    people: tuple[Named, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    cancelled: bool = False


class Listing(Value, frozen=True, kw_only=True):
    """A whole file. `boundary` is when its conference days begin, in minutes after midnight; None: it does not say."""

    kind: str
    items: tuple[Item, ...]
    name: str = ""
    slug: str = ""
    zone: str = ""
    subtitle: str = ""
    venue: str = ""
    address: str = ""
    url: str = ""
    colour: str = ""
    base: str = ""  # what relative links stand on
    days: tuple[date, ...] = ()
    boundary: int | None = None
    rooms: tuple[Place, ...] = ()
    tracks: tuple[Theme, ...] = ()
    people: tuple[Named, ...] = ()
    languages: tuple[str, ...] = ()
