"""The rooms, tracks and people of a listing: each is met many times and kept once."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime

from msgspec.structs import replace

from ..language import gettext as _
from ..programme.model import Person, Room, RoomKind, Session, Track
from . import text
from .codes import Codes
from .listing import Listing, Named, Place, Theme
from .names import sorts_as
from .oddities import Oddities
from .wording import colour, links, long_text, one_line

LEAST_OF_A_FLOOR = 4
"""So many things at once show that a room is a floor."""

_FLOOR = re.compile(r"\b(foyer|exhibition|expo|posters?|showcase)\b", re.IGNORECASE)
_NO_IDENTITY = {"", "0", "-1", "None", "null"}


class Rooms:
    def __init__(self, listing: Listing, oddities: Oddities) -> None:
        self._odd = oddities
        self._codes = Codes("room")
        self._found: dict[str, Room] = {}
        self._alone = {text.line(item.room).casefold() for item in listing.items}
        for place in listing.rooms:
            self._add(place)

    def code(self, raw: str, where: str) -> str:
        name = one_line(raw, where, self._odd)
        if not name:
            return ""
        several = [part.strip() for part in name.split(",")]
        if len(several) > 1 and all(
            part.casefold() in self._alone or part.casefold() in self._found for part in several
        ):
            self._odd.note(where, _("is in several rooms ({name}); the first was taken"), name=name)
            name = several[0]
        known = self._found.get(name.casefold())
        return known.code if known else self._add(Place(name=name))

    def rooms(self, sessions: tuple[Session, ...]) -> tuple[Room, ...]:
        together = _most_at_once(sessions)
        return tuple(self._room(room, together.get(room.code, 0)) for room in self._found.values())

    def _add(self, place: Place) -> str:
        name = one_line(place.name, _("the rooms"), self._odd)
        if not name or name.casefold() in self._found:
            return ""
        code = self._codes.give("", name)
        self._found[name.casefold()] = Room(
            code=code,
            name=name,
            capacity=max(place.capacity, 0),
            about=long_text(place.about, _("room {name}").format(name=name), self._odd),
            source=f"room:{text.line(place.identity) or f'name:{name}'}",
        )
        return code

    def _room(self, room: Room, at_once: int) -> Room:
        if at_once >= LEAST_OF_A_FLOOR:
            self._odd.note(
                _("room {name}").format(name=room.name),
                _("holds {n} things at once; it was taken as a floor"),
                n=at_once,
            )
        elif not _FLOOR.search(room.name):
            return room
        return replace(room, kind=RoomKind.FLOOR)


class Tracks:
    def __init__(self, listing: Listing, oddities: Oddities) -> None:
        self._odd = oddities
        self._codes = Codes("track")
        self.found: dict[str, Track] = {}
        for theme in listing.tracks:
            self._add(theme)

    def code(self, raw: str, where: str) -> str:
        name = one_line(raw, where, self._odd)
        if not name:
            return ""
        known = self.found.get(name.casefold())
        return known.code if known else self._add(Theme(name=name))

    def _add(self, theme: Theme) -> str:
        name = one_line(theme.name, _("the tracks"), self._odd)
        if not name or name.casefold() in self.found:
            return ""
        code = self._codes.give(theme.code, name)
        self.found[name.casefold()] = Track(
            code=code,
            name=name,
            colour=colour(theme.colour),
            about=long_text(theme.about, _("track {name}").format(name=name), self._odd),
            source=f"track:{text.line(theme.identity) or f'name:{name}'}",
        )
        return code


class People:
    """One person for each identity that the file knows. Who has none is the one of that name, if there is only one."""

    def __init__(self, listing: Listing, oddities: Oddities) -> None:
        self._odd = oddities
        self._codes = Codes("person")
        self._found: dict[str, Person] = {}
        self._known: dict[str, set[str]] = defaultdict(set)
        self._affiliations: dict[str, str] = {}
        for named in (*listing.people, *(person for item in listing.items for person in item.people)):
            if _identity(named):
                self._known[text.line(named.name).casefold()].add(_identity(named))

    def code(self, named: Named, where: str) -> str:
        """The person's code, or nothing if no name is given; the first mention that says something of them counts."""
        name = one_line(named.name, where, self._odd)
        identity = _identity(named)
        if not name:
            self._odd.note(where, _("names a person without a name; they were left out"))
            return ""
        if not identity:
            same = self._known[name.casefold()]
            identity = next(iter(same)) if len(same) == 1 else f"name:{name.casefold()}"
        first = self._found.get(identity)
        if first and first.name.casefold() != name.casefold():
            self._odd.note(
                where, _("{one} and {other} have one id; they were taken as two people"), one=first.name, other=name
            )
            identity = f"{identity}/{name.casefold()}"
        person = self._found.get(identity)
        self._found[identity] = self._fuller(person, named, name, identity, where)
        return self._found[identity].code

    def affiliation(self, code: str) -> str:
        return self._affiliations.get(code, "")

    def people(self) -> tuple[Person, ...]:
        return tuple(self._found.values())

    def _fuller(self, person: Person | None, named: Named, name: str, identity: str, where: str) -> Person:
        if person is None:
            person = Person(
                code=self._codes.give("", name),
                name=name,
                sorts_as=text.line(named.sorts_as) or sorts_as(name),
                affiliation=one_line(named.affiliation, where, self._odd),
                source=f"person:{identity}",
            )
            self._affiliations[person.code] = person.affiliation
        if named.biography and not person.biography:
            person = replace(
                person, biography=long_text(named.biography, _("the biography of {name}").format(name=name), self._odd)
            )
        if named.links and not person.links:
            person = replace(
                person, links=links(named.links, "", _("the links of {name}").format(name=name), self._odd)
            )
        return person


def _identity(named: Named) -> str:
    scheme, _, value = named.identity.partition(":")
    return "" if value.strip() in _NO_IDENTITY else f"{scheme}:{text.line(value)}"


def _most_at_once(sessions: tuple[Session, ...]) -> dict[str, int]:
    edges: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
    for session in sessions:
        if session.room and session.starts and session.ends:
            edges[session.room] += [(session.starts, 1), (session.ends, -1)]
    most: dict[str, int] = {}
    for room, changes in edges.items():
        count = most[room] = 0
        for _moment, step in sorted(changes):
            count += step
            most[room] = max(most[room], count)
    return most
