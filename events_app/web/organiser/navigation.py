"""The workspace's own navigation: `organiser/_nav.html`, which the frame shows on every page of an event.

Whoever adds a page to the workspace adds a line to `_ENTRIES`; an entry is shown only where its route exists, so that
it may stand here before the page does.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ...language import gettext as _
from ...reading import Draft
from .waiting import waiting


class Entry(NamedTuple):
    """`waiting` is how much on that page waits for an organiser."""

    address: str
    label: str
    current: bool
    waiting: int


def entries(draft: Draft, address: str) -> list[Entry]:
    """The pages of an event's workspace; `address` is the one that is being shown."""
    base = f"/organise/{draft.programme.event.slug}/"
    counts = waiting(draft)
    known = _known()
    return [
        Entry(base + path, label, _is_at(address.removeprefix(base), path), counts.get(path, 0))
        for path, label in _labels()
        if any(_stem(path) == stem for stem in known)
    ]


def _labels() -> Sequence[tuple[str, str]]:
    return (
        ("", _("Overview")),
        ("timetable", _("Timetable")),
        ("sessions/", _("Sessions")),
        ("papers/", _("Papers")),
        ("panels/", _("Panels")),
        ("people/", _("People")),
        ("rooms/", _("Rooms")),
        ("tracks/", _("Tracks")),
        ("showcases/", _("Showcases")),
        ("offers/", _("Offers")),
        ("findings", _("Findings")),
        ("requests", _("Requests")),
        ("imports/", _("Import")),
        ("releases/", _("Release")),
        ("letters", _("Letters")),
        ("history", _("History")),
        ("settings", _("Settings")),
        ("members", _("Members")),
    )


def _is_at(address: str, path: str) -> bool:
    stem = _stem(address)
    return _UNDER.get(stem, stem) == _stem(path)


_UNDER = {"texts": "settings", "copy": "settings", "places": "showcases"}
"""Pages that have no entry of their own, and the one under which they are found."""


def _stem(path: str) -> str:
    return path.partition("/")[0]


@cache
def _known() -> frozenset[str]:
    """The first parts of the addresses, below an event's, of all pages that there are."""
    from ...programme.model import COLLECTIONS
    from ..routes import ROUTES  # which imports all pages, and so cannot be imported above

    base = "/organise/{event:str}/"
    stems = {
        _stem(entry.path.removeprefix(base))
        for entry in ROUTES
        if entry.method == "GET" and entry.path.startswith(base)
    }
    if "{collection:str}" in stems:
        stems |= COLLECTIONS.keys()
    return frozenset(stems)
