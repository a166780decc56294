"""What a table's rows refer to: things by code or by title, people by name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from msgspec.structs import replace

from ...language import gettext as _
from ...programme.model import Part, Person, Role
from ...programme.planning import Contact
from .. import text
from ..codes import Codes
from ..names import sorts_as
from ..oddities import Oddities
from ..wording import one_line
from .cells import Person as Name

_HEAD = re.compile(r"\s*[:–—]\s+|\s+-\s+")


class Things:
    """The things of one kind, found by their code or by their title."""

    def __init__(self, noun: str, oddities: Oddities) -> None:
        self._noun, self._odd = noun, oddities
        self._codes = Codes(noun)
        self._by_code: dict[str, str] = {}
        self._by_title: dict[str, str] = {}
        self._sources: Counter[str] = Counter()

    def add(self, wish: str, title: str, where: str) -> tuple[str, str]:
        """A code and a source for a new thing: by the code that its row gives, else by its title."""
        wish, title = text.line(wish), text.line(title)
        if wish and wish.casefold() in self._by_code:
            self._odd.note(where, _("the code {wish} is another’s too; both were taken"), wish=wish)
        code = self._codes.give(wish, title)
        self._by_code.setdefault((wish or code).casefold(), code)
        if title:
            self._by_title.setdefault(title.casefold(), code)
        source = f"{self._noun}:code:{wish.casefold()}" if wish else f"{self._noun}:title:{title.casefold()}"
        self._sources[source] += 1
        n = self._sources[source]
        return code, source if n == 1 else f"{source}#{n}"

    def find(self, said: str) -> str:
        """The code of what is meant by `P1`, `Trust in public services` or `P1: Trust in public services`."""
        wanted = text.line(said).casefold()
        for part in (wanted, _HEAD.split(wanted)[0]):
            if code := self._by_code.get(part) or self._by_title.get(part):
                return code
        return ""


class People:
    """Everybody who is named. One name is one person, unless the sheet of people has two of that name."""

    def __init__(self, oddities: Oddities) -> None:
        self._odd = oddities
        self._codes = Codes("person")
        self._found: dict[str, Person] = {}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._contacts: dict[str, Contact] = {}
        self._sources: Counter[str] = Counter()

    def add(self, person: Person, wish: str = "") -> str:
        """Somebody with a row of their own; a code for them. Gets the source and `sorts_as` if they have none."""
        code = self._codes.give(wish, person.name)
        source = f"person:code:{wish.casefold()}" if wish else f"person:name:{person.name.casefold()}"
        self._sources[source] += 1
        n = self._sources[source]
        self._found[code] = replace(
            person,
            code=code,
            sorts_as=person.sorts_as or sorts_as(person.name),
            source=source if n == 1 else f"{source}#{n}",
        )
        self._by_name[person.name.casefold()].append(code)
        if wish:
            self._by_name[wish.casefold()].append(code)
        return code

    def part(self, named: Name, role: Role, where: str) -> Part | None:
        """The part of somebody named in a cell, with their affiliation there if it is not their own."""
        name = one_line(named.name, where, self._odd)
        if not name:
            return None
        affiliation = one_line(named.affiliation, where, self._odd)
        code = self._code(name, affiliation, where)
        self.contact(code, email=named.email)
        if affiliation and not self._found[code].affiliation:
            self._found[code] = replace(self._found[code], affiliation=affiliation)
        own = self._found[code].affiliation
        return Part(person=code, role=role, affiliation="" if affiliation.casefold() == own.casefold() else affiliation)

    def contact(self, code: str, *, email: str = "", gender: str = "") -> None:
        """The first address counts."""
        known = self._contacts.get(code, Contact(person=code))
        if email or gender:
            self._contacts[code] = replace(known, email=known.email or email, gender=known.gender or gender)

    def people(self) -> tuple[Person, ...]:
        return tuple(self._found.values())

    def contacts(self) -> tuple[Contact, ...]:
        return tuple(self._contacts.values())

    def _code(self, name: str, affiliation: str, where: str) -> str:
        same = self._by_name.get(name.casefold(), [])
        if len(same) < 2:
            return same[0] if same else self.add(Person(code="", name=name, affiliation=affiliation))
        alike = [code for code in same if _alike(affiliation, self._found[code].affiliation)]
        if len(alike) != 1:
            self._odd.note(where, _("it is not clear which {name} is meant; the first was taken"), name=name)
        return (alike or same)[0]


def _alike(one: str, other: str) -> bool:
    return bool(one and other) and (one.casefold() in other.casefold() or other.casefold() in one.casefold())
