"""What taking a file in would do, as its page shows it: what is new, changed or gone, by kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ...editing import Plan
from ...editing.desk import Image
from ...editing.imports import as_told
from ...language import gettext as _
from ...programme.model import COLLECTIONS
from ...programme.planning import Planning
from ...reading import Draft
from .fields import World
from .telling import Altered, altered_fields, called, kind_label, number_of

AT_ONCE = 20
MOST = 300
"""Things of a kind that are shown at once, and that are shown at all; more are counted."""

PLANS = frozenset(Planning.__struct_fields__) - {"rules"}

HOWS = ("changed", "gone", "new")


class Thing(NamedTuple):
    kind: str
    code: str
    name: str
    altered: tuple[Altered, ...]


class Heap(NamedTuple):
    """All things of a kind to which the same happens."""

    kind: str
    label: str
    total: int
    things: list[Thing]


class Preview(NamedTuple):
    """What taking a file in would do."""

    plan: Plan
    heaps: dict[str, list[Heap]]


def preview(plan: Plan) -> Preview:
    held = plan.programme
    world = World(Draft(programme=held, planning=Planning(), revision=0))
    sorted_out: dict[str, dict[str, list[Image]]] = {how: {} for how in HOWS}
    for image in plan.images:
        if image.kind == "event" and not image.before:
            continue  # the heading says it all
        before, after = as_told(image.before), as_told(image.after)
        if before != after:
            how = "new" if before is None else "gone" if after is None else "changed"
            sorted_out[how].setdefault(image.kind, []).append(image)
    heaps = {how: [_heap(kind, images, world) for kind, images in _ordered(sorted_out[how])] for how in HOWS}
    return Preview(plan, heaps)


def _ordered(by_kind: Mapping[str, list[Image]]) -> Iterator[tuple[str, list[Image]]]:
    """What people look at first: sessions, papers, then the rest."""
    order = ("event", *reversed(COLLECTIONS))
    yield from sorted(by_kind.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))


def _heap(kind: str, images: list[Image], world: World) -> Heap:
    n = len(images)
    label = f"{kind_label(kind)}: {n}" if kind in PLANS else number_of(kind, n)
    return Heap(kind, label, n, [_thing(image, world) for image in images[:MOST]])


def _thing(image: Image, world: World) -> Thing:
    before, after = image.before and image.before.value, image.after and image.after.value
    altered: tuple[Altered, ...] = ()
    if before is not None and after is not None:
        fields = [name for name in before.__struct_fields__ if name != "source"]
        told = altered_fields(image.kind, before, after, world, only=fields)
        altered = tuple(one_ for one_ in told if one_.before != one_.after)
    return Thing(image.kind, image.code, called(image.kind, image.code, after or before, world), altered)


def how_names() -> dict[str, str]:
    return {"changed": _("Changed"), "gone": _("Gone"), "new": _("New")}
