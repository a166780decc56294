"""Of what the tables are made: columns, filters, and how things are said in a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from ....language import gettext as _
from ....programme.model import Part, Person, Room, Track
from ....renditions.times import Times, language_name
from ..fields import Options, World
from ..naming import folded

NAMED = 3
"""People named in a line; more are counted."""

NEVER = "9999"
"""After every moment, as texts are sorted."""


class Column(NamedTuple):
    """`text` says it in a row, `order` is what rows are sorted by (None: the text). `number`: to be set at the end."""

    key: str
    label: str
    text: Callable[[Any], str]
    order: Callable[[Any], Any] | None = None
    number: bool = False


class Filter(NamedTuple):
    """A menu. `test` is whether a noun is among those of an option."""

    key: str
    label: str
    options: Options
    test: Callable[[Any, str], bool]


class Table(NamedTuple):
    """`words` are all in which a noun can be found; `bulk` the fields that can be set for many at once."""

    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    words: Callable[[Any], str]
    bulk: tuple[str, ...]


def number(key: str, label: str, count: Callable[[Any], int]) -> Column:
    """A count; the greatest first."""
    return Column(key, label, lambda noun: figure(count(noun)), lambda noun: -count(noun), number=True)


def equal(key: str, label: str, options: Options, value: Callable[[Any], str]) -> Filter:
    return Filter(key, label, options, lambda noun, option: value(noun) == option)


def reference(key: str, label: str, options: Options, nothing: str, value: Callable[[Any], str]) -> Filter:
    """By what a noun refers to; `nothing` names the option of those that refer to none."""
    others = options[1:]
    offered = [*others, ("-", nothing)] if others else []
    return Filter(key, label, offered, lambda noun, option: value(noun) == ("" if option == "-" else option))


def without(options: Options, lacks: Callable[[Any, str], bool]) -> Filter:
    return Filter("lacks", _("Without"), options, lacks)


def day(times: Times, moment: datetime) -> str:
    """`Sat 25`"""
    day = times.day_of(moment)
    return f"{times.day(day, 'name')} {times.day(day, 'number')}"


def same_name(world: World, person: Person) -> list[Person]:
    """Everybody who bears a person's name, themselves too."""
    return [other for other in world.programme.people if folded(other.name) == folded(person.name)]


def natural(text: str) -> list[tuple[int, str]]:
    """So that table 9 comes before table 10."""
    digits = "".join(char if char.isdecimal() else " " for char in text).split()
    words = "".join(" " if char.isdecimal() else char for char in text)
    return [(0, folded(words)), *((int(number[:9]), "") for number in digits)] if text else [(1, "￿")]


def name(noun: Room | Track | None) -> str:
    return noun.name if noun else ""


def names_of(world: World, parts: Iterable[Part]) -> list[str]:
    people = world.look.people
    return [people[code].name for code in dict.fromkeys(part.person for part in parts) if code in people]


def people_of(world: World, parts: Iterable[Part]) -> str:
    names = names_of(world, parts)
    return ", ".join(names[:NAMED]) + (f" +{len(names) - NAMED}" if len(names) > NAMED else "")


def figure(number: int) -> str:
    return str(number) if number else ""


def used(options: Options, used: set[Any]) -> Options:
    return [option for option in options if option[0] in used]


def languages(found: Iterable[str]) -> Options:
    return [(code, language_name(code)) for code in sorted({code for code in found if code})]
