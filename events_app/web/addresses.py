"""Which rendition is meant by an address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl

from ..renditions import Rendition

_PLACE = re.compile(r"\\\{(\w+)\\\}")
_LONGEST = 100  # characters of a query's value: no code or date is longer
_LONGEST_QUERY = 1000  # characters


class Asked(NamedTuple):
    """A rendition, with what its places and its query say. `given` is in the order of the rendition's names."""

    rendition: Rendition
    given: tuple[tuple[str, str], ...]

    @property
    def params(self) -> Mapping[str, str]:
        return dict(self.given)


class Addresses:
    """Finds renditions by what follows `/{event}/`."""

    def __init__(self, renditions: Iterable[Rendition]) -> None:
        self._plain: dict[str, Rendition] = {}
        self._placed: list[tuple[re.Pattern[str], Rendition]] = []
        for rendition in renditions:
            if "{" in rendition.address:
                self._placed.append((_pattern(rendition.address), rendition))
            else:
                self._plain[rendition.address] = rendition
        # `people/{code}.ics` is asked before `people/{code}`, whose place may hold a full stop too
        self._placed.sort(key=lambda pair: -len(pair[1].address))
        self._find = lru_cache(4096)(self._found)

    def find(self, address: str, query: str) -> Asked | None:
        """As `_found`; what is too long to have been given by us is passed over, and so not kept either."""
        return self._find(address, query if len(query) <= _LONGEST_QUERY else "")

    def _found(self, address: str, query: str) -> Asked | None:
        """The rendition at an address; parameters that it does not understand are passed over."""
        if (rendition := self._plain.get(address)) is not None:
            return Asked(rendition, _understood(rendition, query))
        for pattern, rendition in self._placed:
            if found := pattern.fullmatch(address):
                return Asked(rendition, (*sorted(found.groupdict().items()), *_understood(rendition, query)))
        return None


def _pattern(address: str) -> re.Pattern[str]:
    """A place holds what a code may: see `programme.model`."""
    return re.compile(_PLACE.sub(r"(?P<\1>[A-Za-z0-9._-]+)", re.escape(address)), re.ASCII)


def _understood(rendition: Rendition, query: str) -> tuple[tuple[str, str], ...]:
    if not query or not rendition.query:
        return ()
    given = {name: value[:_LONGEST] for name, value in parse_qsl(query, max_num_fields=None) if value}
    asked = (entry.partition("=") for entry in rendition.query)
    return tuple(
        (name, given[name]) for name, _is, only in asked if name in given and given[name] == (only or given[name])
    )
