"""An earlier version made the draft again."""

from __future__ import annotations

from collections import defaultdict
from typing import cast

import msgspec

from .model import COLLECTIONS, Event, Noun, Paper, PaperStatus, Programme, Session
from .planning import Planning
from .references import Pointer, pointers
from .release import public

Returned = dict[tuple[str, str], Noun | Event | None]
"""What is to stand in the draft, by kind and code; None: nothing."""

DROPPED = ("rooms", "tracks", "panels", "showcases")


def returned(draft: Programme, planning: Planning, version: Programme) -> Returned:
    """What has to change of a draft so that its release shows what a version showed.

    What the version lacks does not become public again, and no work is lost: sessions go back to the tray, papers into
    reserve, people stay. Rooms, tracks, panels and showcases go, unless something that stays names them. What no
    release shows (notes of planning, papers in reserve, sessions without a time) stays as it is.
    """
    shown = public(draft, planning)
    wanted: Returned = {}
    if shown.event != version.event:
        slug = draft.event.slug
        wanted["event", slug] = msgspec.structs.replace(version.event, slug=slug, uid=draft.event.uid)
    reappear = _pointers_to_all(version) - _pointers_to_all(shown)
    for name in COLLECTIONS:
        present = {thing.code: thing for thing in _things(shown, name)}
        naming = {thing.code for thing in _things(draft, name) if not reappear.isdisjoint(pointers(thing))}
        there = {thing.code: thing for thing in _things(version, name)}
        # what a draft says of something hidden would show once that is public again
        wanted |= {(name, code): thing for code, thing in there.items() if present.get(code) != thing or code in naming}
        for thing in _things(draft, name):
            if thing.code not in there and (hidden := _hidden(thing)) != thing:
                wanted[name, thing.code] = hidden
    return wanted | _dropped(draft, version, wanted)


def _pointers_to_all(programme: Programme) -> set[Pointer]:
    return {Pointer(name, thing.code) for name in COLLECTIONS for thing in _things(programme, name)}


def _hidden(thing: Noun) -> Noun:
    """The thing as no release shows it, where there is such a way."""
    if isinstance(thing, Session) and thing.starts and not thing.cancelled:
        return msgspec.structs.replace(thing, starts=None, room="")
    if isinstance(thing, Paper):
        return msgspec.structs.replace(thing, status=PaperStatus.RESERVE)
    return thing


def _dropped(draft: Programme, version: Programme, wanted: Returned) -> Returned:
    dropped: Returned = {}
    needed: dict[str, set[str]] = defaultdict(set)
    for name in reversed(COLLECTIONS):
        there = {thing.code for thing in _things(version, name)}
        staying: dict[str, Noun] = {thing.code: thing for thing in _things(draft, name)}
        if name in DROPPED:
            for code in [code for code in staying if code not in there and code not in needed[name]]:
                del staying[code]
                dropped[name, code] = None
        staying |= {code: cast(Noun, thing) for (kind, code), thing in wanted.items() if kind == name}
        for thing in staying.values():
            for collection, code in pointers(thing):
                needed[collection].add(code)
    return dropped


def _things(programme: Programme, name: str) -> tuple[Noun, ...]:
    return cast("tuple[Noun, ...]", getattr(programme, name))
