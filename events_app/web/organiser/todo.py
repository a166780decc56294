"""What is left to do for a programme: goals, how near they are, and the lists in which they are reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple
from urllib.parse import urlencode

from ...language import gettext as _
from ...programme.model import Noun, SessionKind
from .columns import table
from .fields import World

PAPERS = SessionKind.PAPERS.value


class Goal(NamedTuple):
    """`left` of `all` things are not there yet. `address`, below the event's, lists those that are left."""

    label: str
    left: int
    all: int
    address: str

    @property
    def done(self) -> int:
        return self.all - self.left


def goals(world: World) -> list[Goal]:
    """In the order in which a programme comes to be; what the event has none of is no goal."""
    wanted: tuple[tuple[str, str, dict[str, str], dict[str, str]], ...] = (
        ("papers", _("Accepted papers are in a session"), {"status": "accepted"}, {"placed": "no"}),
        ("sessions", _("Sessions have a time"), {}, {"placed": "no"}),
        ("sessions", _("Sessions of papers have a room"), {"kind": PAPERS}, {"lacks": "room"}),
        ("sessions", _("Sessions of papers have a chair"), {"kind": PAPERS}, {"lacks": "chair"}),
        ("panels", _("Panels have a chair"), {}, {"lacks": "chair"}),
        ("panels", _("Panels have an abstract"), {}, {"lacks": "abstract"}),
        ("papers", _("Accepted papers have an abstract"), {"status": "accepted"}, {"lacks": "abstract"}),
        ("rooms", _("Rooms have their seats counted"), {}, {"lacks": "capacity"}),
        ("people", _("People have an e-mail address"), {}, {"lacks": "email"}),
        ("people", _("People have said whether they are coming"), {"comes": "asked"}, {"comes": "unsaid"}),
        ("papers", _("Accepted papers have slides"), {"status": "accepted"}, {"lacks": "files"}),
        ("showcases", _("Showcases have a place"), {}, {"lacks": "place"}),
        ("showcases", _("Showcases have staffed hours"), {}, {"lacks": "hours"}),
    )
    tests = _tests(world)
    found = []
    for collection, label, among, lacking in wanted:
        things: list[Noun] = [
            thing
            for thing in getattr(world.programme, collection)
            if _fits(tests(collection), thing, among) and not getattr(thing, "cancelled", False)
        ]
        left = sum(_fits(tests(collection), thing, lacking) for thing in things)
        if things:
            found.append(Goal(label, left, len(things), f"{collection}/?{urlencode(among | lacking)}"))
    return found


Test = Callable[[Noun, str], bool]


def _tests(world: World) -> Callable[[str], Mapping[str, Test]]:
    """The tests of the lists' own menus, so that a list shows as many as are counted here."""
    return cache(lambda collection: {filter.key: filter.test for filter in table(collection, world).filters})


def _fits(tests: Mapping[str, Test], thing: Noun, wished: Mapping[str, str]) -> bool:
    return all(tests[key](thing, value) for key, value in wished.items())
