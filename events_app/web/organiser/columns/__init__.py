"""What the lists show of each kind of noun, by what they can be sorted, and how they can be narrowed down.

One module a kind, each a function that makes its table, and the list of them all.
"""

from __future__ import annotations

from collections.abc import Callable

from ..fields import World
from .panels import panels
from .papers import papers
from .parts import Column, Filter, Table, natural, same_name
from .people import everybody
from .rooms import rooms
from .sessions import sessions
from .showcases import showcases
from .tracks import tracks

__all__ = ["Column", "Filter", "Table", "natural", "same_name", "table"]


def table(collection: str, world: World) -> Table:
    return _TABLES[collection](world)


_TABLES: dict[str, Callable[[World], Table]] = {
    "sessions": sessions,
    "papers": papers,
    "panels": panels,
    "people": everybody,
    "rooms": rooms,
    "tracks": tracks,
    "showcases": showcases,
}
