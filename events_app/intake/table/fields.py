"""What rows say, field by field, as the programme keeps it. One Fields goes through a file and notes what is odd."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ...language import gettext as _
from ...programme.model import Link, Part, Role, Room, Span, Track
from .. import times
from ..oddities import Oddities
from ..wording import language_of, links, long_text, one_line
from . import cells
from .rows import Row
from .things import People, Things
from .times import Times


class Fields:
    """Things are looked up by code or title; rooms and tracks that no sheet lists are made as they come."""

    def __init__(self, when: Times, clock: times.Clock, oddities: Oddities) -> None:
        self.odd, self.when, self.clock = oddities, when, clock
        self.rooms, self.tracks = Things("room", oddities), Things("track", oddities)
        self.panels, self.showcases = Things("panel", oddities), Things("showcase", oddities)
        self.sessions, self.papers = Things("session", oddities), Things("paper", oddities)
        self.people = People(oddities)
        self.made_rooms: list[Room] = []
        self.made_tracks: list[Track] = []

    def line(self, row: Row, field: str) -> str:
        return one_line(row.words(field), row.where, self.odd)

    def title(self, row: Row, field: str = "title") -> str:
        """The row's title; what has none is called Untitled."""
        if found := self.line(row, field):
            return found
        self.odd.note(row.where, _("has no title; it was called “Untitled”"))
        return "Untitled"

    def text(self, row: Row, field: str) -> str:
        return long_text(row.words(field), row.where, self.odd)

    def number(self, row: Row, field: str) -> int | None:
        cell = row.cells.get(field)
        found = cells.number(cell)
        if cell is not None and found is None:
            self._unread(row, field, _("no number"))
        return found

    def yes(self, row: Row, field: str) -> bool | None:
        cell = row.cells.get(field)
        found = cells.yes(cell)
        if cell is not None and found is None:
            self._unread(row, field, _("neither yes nor no"))
        return found

    def language(self, row: Row, field: str = "language") -> str:
        return language_of(row.words(field), row.where, self.odd)

    def languages(self, row: Row) -> tuple[str, ...]:
        found = [language_of(said, row.where, self.odd) for said in cells.listed(row.cells.get("languages"))]
        return tuple(dict.fromkeys(language for language in found if language))

    def keywords(self, row: Row) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(one_line(said, row.where, self.odd) for said in cells.listed(row.cells.get("keywords")))
        )

    def links(self, row: Row) -> tuple[Link, ...]:
        found = cells.links(row.cells.get("links"))
        if row.words("links") and not found:
            self._unread(row, "links", _("no web address"))
        return links(found, "", row.where, self.odd)

    def spans(self, row: Row, field: str) -> list[Span]:
        return [
            Span(starts=self.clock.utc(starts, row.where), ends=self.clock.utc(ends, row.where))
            for starts, ends in self.when.spans(row, field)
        ]

    def moment(self, found: datetime | None, row: Row) -> datetime | None:
        return self.clock.utc(found, row.where) if found else None

    def emails(self, row: Row, field: str) -> list[str]:
        found = cells.emails(row.cells.get(field))
        if row.words(field) and not found:
            self._unread(row, field, _("no e-mail address"))
        return found

    def parts(self, row: Row, field: str, role: Role) -> tuple[Part, ...]:
        return self.parts_of(cells.people(row.cells.get(field)), role, row)

    def parts_of(self, named: Iterable[cells.Person], role: Role, row: Row) -> tuple[Part, ...]:
        found = [self.people.part(person, role, row.where) for person in named]
        return tuple(dict.fromkeys(part for part in found if part))

    def room(self, row: Row, field: str = "room") -> str:
        name = self.line(row, field)
        if not name:
            return ""
        if code := self.rooms.find(name):
            return code
        code, source = self.rooms.add("", name, row.where)
        self.made_rooms.append(Room(code=code, name=name, source=source))
        return code

    def track(self, row: Row) -> str:
        name = self.line(row, "track")
        if not name:
            return ""
        if code := self.tracks.find(name):
            return code
        code, source = self.tracks.add("", name, row.where)
        self.made_tracks.append(Track(code=code, name=name, source=source))
        return code

    def known(self, things: Things, row: Row, field: str, said: str) -> str:
        """The code of what a cell refers to, or nothing, and a note of it."""
        code = things.find(said)
        if said and not code:
            self.odd.note(
                row.at(field),
                _("there is no “{said}” in this file; it was left out"),
                said=said[:60],
            )
        return code

    def _unread(self, row: Row, field: str, what: str) -> None:
        self.odd.note(row.at(field), _("“{said}” is {what}; it was left out"), said=row.words(field)[:60], what=what)
