"""What overlaps: in one sweep over things by time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

Thing = TypeVar("Thing")


class Overlap(NamedTuple, Generic[Thing]):
    """Things that hang together by overlapping, and from when to when more than one of them is on."""

    starts: datetime
    ends: datetime
    things: list[Thing]


def overlaps(
    things: Iterable[Thing],
    span: Callable[[Thing], tuple[datetime, datetime]],
    same: Callable[[Thing], str],
) -> Iterator[Overlap[Thing]]:
    """All overlaps among `things`, which stand by their start. Those that are the `same` may overlap freely."""
    group: list[Thing] = []
    holder, end = "", None  # the one in the group that ends last, and when
    common: tuple[datetime, datetime] | None = None
    for thing in things:
        starts, ends = span(thing)
        if end is not None and starts >= end:
            if common:
                yield Overlap(*common, group)
            group, end, common = [], None, None
        if end is not None and same(thing) != holder:
            shared = min(end, ends)
            common = (common[0], max(common[1], shared)) if common else (starts, shared)
        if end is None or ends > end:
            holder, end = same(thing), ends
        group.append(thing)
    if common:
        yield Overlap(*common, group)
