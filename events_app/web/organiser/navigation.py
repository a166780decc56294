"""The workspace's own navigation: `organiser/_nav.html`, which the frame shows on every page of an event.

Whoever adds a page to the workspace adds a line to `_labels`.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    return [
        Entry(base + path, label, _is_at(address.removeprefix(base), path), counts.get(path, 0))
        for path, label in _labels()
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
