"""Moving the moments of things: to other clocks, or by days, so that what is written on them stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from .model import Value

Kind = TypeVar("Kind", bound=Value)
Move = Callable[[datetime], datetime]


def moved(value: Kind, move: Move) -> Kind:
    """The value with each of its moments moved, those of what it consists of too."""
    fields = {name: _moved(getattr(value, name), move) for name in value.__struct_fields__}
    return msgspec.structs.replace(value, **fields)


def _moved(held: Any, move: Move) -> Any:
    if isinstance(held, datetime):
        return move(held)
    if isinstance(held, Value):
        return moved(held, move)
    if isinstance(held, tuple):
        return tuple(_moved(item, move) for item in held)
    return held


def same_clock(zone: str, other: str) -> Move:
    """From a time on the clocks of one zone to the same time on those of another: 09:00 stays 09:00.

    A time that the other's clocks skip in that night becomes the one that they show instead.
    """
    here, there = ZoneInfo(zone), ZoneInfo(other)
    return lambda moment: moment.astimezone(here).replace(tzinfo=there).astimezone(UTC)


def days_later(zone: str, days: int) -> Move:
    """To the same time on the clocks of the zone, so many days later."""
    here = ZoneInfo(zone)
    return lambda moment: (moment.astimezone(here) + timedelta(days=days)).astimezone(UTC)
