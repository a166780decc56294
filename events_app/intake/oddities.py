"""What was odd, as it is told: the same oddity in many places becomes one line."""

from __future__ import annotations

from ..language import gettext as _
from . import text
from .reading import Odd

_NAMED = 3
_LONGEST_PLACE = 80


class Oddities:
    def __init__(self) -> None:
        self._places: dict[str, dict[str, None]] = {}

    def note(self, where: str, what: str, /, **values: object) -> None:
        """`what` is a whole sentence's end in the reader's language, with `values` in its braces."""
        what = what.format(**values) if values else what
        self._places.setdefault(what, {})[where] = None

    def told(self) -> tuple[Odd, ...]:
        """In the order in which each was first met."""
        return tuple(Odd(where=_joined(list(places)), what=text.line(what)) for what, places in self._places.items())


def _joined(places: list[str]) -> str:
    """The first places, fit to be printed whatever the file says."""
    if len(places) <= _NAMED:
        return "; ".join(map(_place, places))
    named = "; ".join(map(_place, places[:_NAMED]))
    return _("{places} and {n} more").format(places=named, n=len(places) - _NAMED)


def _place(raw: str) -> str:
    return text.shortened(text.line(raw), _LONGEST_PLACE)
