"""What a check says, and the words that all checks share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from hashlib import sha256
from typing import Literal

from ...language import ngettext
from .. import wording
from ..lookup import Index, index
from ..model import Programme, Session, Value
from ..planning import Availability, Planning
from ..whereabouts import Need, Whereabouts, whereabouts

Severity = Literal["error", "warning", "hint"]

OFTEN = 5
"""Clashes of one room or person beyond this number are told together: nobody reads the sixth."""

_NAMED = 4  # so many things are named in a sentence, then "and 12 more"


class Finding(Value, frozen=True, kw_only=True):
    """Something to look at. `code` is stable; `sentence` says who, what, when and where, in the language spoken.

    An error cannot take place as it stands; a warning breaks a rule of the house or somebody's limits; a hint is
    unfinished work. The other fields are codes of what it concerns.
    """

    code: str
    severity: Severity
    sentence: str
    sessions: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    panels: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    showcases: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from others, and stays while it is about the same things: `room-twice-3f2a9c0d41be`."""
        about = [sorted(getattr(self, name)) for name in CONCERNS]
        return f"{self.code}-{sha256(repr(about).encode()).hexdigest()[:12]}"


CONCERNS = ("sessions", "papers", "people", "panels", "rooms", "showcases")
"""The fields of a Finding that say what it concerns, by collection."""


class Case:
    """A programme under examination, with what several checks need worked out once."""

    def __init__(self, programme: Programme, planning: Planning) -> None:
        self.programme = programme
        self.planning = planning
        self.rules = planning.rules
        self.event = programme.event

    @cached_property
    def held(self) -> Index:
        return index(self.programme)

    @cached_property
    def on(self) -> list[Session]:
        """Sessions that take place, placed or not yet."""
        return [session for session in self.programme.sessions if not session.cancelled]

    @cached_property
    def placed(self) -> list[Session]:
        return [session for session in self.held.placed if not session.cancelled]

    @cached_property
    def sessions_of(self) -> dict[str, list[Session]]:
        """The sessions in which each paper has a turn."""
        found: dict[str, list[Session]] = defaultdict(list)
        for session in self.on:
            for paper in dict.fromkeys(turn.paper for turn in session.turns):
                found[paper].append(session)
        return dict(found)

    @cached_property
    def whereabouts(self) -> Whereabouts:
        return whereabouts(self.programme, authors_count=self.rules.authors_count)

    @cached_property
    def said(self) -> dict[str, list[Availability]]:
        """What each person has said about when they can be there."""
        found: dict[str, list[Availability]] = defaultdict(list)
        for availability in self.planning.availability:
            found[availability.person].append(availability)
        return dict(found)

    @cached_property
    def _namesakes(self) -> set[str]:
        names = Counter(person.name for person in self.programme.people)
        return {name for name, n in names.items() if n > 1}

    def person(self, code: str) -> str:
        """A person's name, with their affiliation where another bears it too."""
        person = self.held.people.get(code)
        if person is None:
            return code
        if person.name in self._namesakes and person.affiliation:
            return f"{person.name} ({person.affiliation})"
        return person.name

    def room(self, code: str) -> str:
        room = self.held.rooms.get(code)
        return room.name if room else code

    def building(self, code: str) -> str:
        """That of a room, if it is known."""
        room = self.held.rooms.get(code)
        return room.building if room else ""

    def where(self, need: Need) -> str:
        """`“Opening keynote” (Aula)`"""
        room = self.room(need.room)
        return f"{wording.quoted(need.title)} ({room})" if room else wording.quoted(need.title)

    def session(self, session: Session) -> str:
        """`“Opening keynote” (Sat 25 March, 09:00–10:00, Aula)`"""
        when = wording.span(self.event, session.starts, session.ends) if session.starts and session.ends else ""
        about = ", ".join(part for part in (when, self.room(session.room)) if part)
        return f"{wording.quoted(session.title)} ({about})" if about else wording.quoted(session.title)


def some(items: Sequence[str]) -> str:
    """`A, B and C`; of many the first few: `A, B, C, D and 12 more`"""
    if len(items) <= _NAMED + 1:
        return wording.listed(items)
    more = len(items) - _NAMED
    return wording.listed([*items[:_NAMED], ngettext("%(n)d more", "%(n)d more", more) % {"n": more}])


def titles(things: Iterable[str]) -> str:
    return some([wording.quoted(title) for title in things])


def codes(found: Iterable[str]) -> tuple[str, ...]:
    """Each code once, in the order found, without empty ones."""
    return tuple(dict.fromkeys(code for code in found if code))
