"""Taking something back: what a line of the log changed becomes again what it was."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from .. import reading
from .corrections import CORRECTING, heed_locks, publish_words
from .desk import KINDS, Desk, State, at_desk
from .errors import Conflict, NotUndoable


async def undo(slug: str, line: int, by: str, *, what: str = "undo", locks: bool = False) -> None:
    """Puts back everything that a line of the log changed; an undo is a line itself, and can be undone.

    Raises NotFound; Conflict where something has changed since; NotUndoable for what the log holds no images of (a
    release: what the public has seen stays said; that somebody is forgotten) and for an event's first import. Nothing
    is put back unless all of it can be. `what` is how the log names it: an undo of an undo may call itself "redo". What
    went out to the public at once is taken back there at once. With `locks` raises Locked for fields that are locked by
    now, which is for all but organisers.
    """
    said = await reading.log_line(slug, line)
    at_once = said.what in CORRECTING
    async with at_desk(slug, by, "uncorrect" if at_once else what) as desk:
        before, after = images(said.before), images(said.after)
        if said.what == "forget" or not before.keys() <= KINDS.keys() or before.get("event") == {slug: None}:
            raise NotUndoable(said.what)
        for kind, things in before.items():
            for code, was in things.items():
                await _put_back(desk, kind, code, was, after[kind][code])
        now = datetime.now(UTC).replace(microsecond=0)
        if locks:
            await heed_locks(desk, now)
        if at_once:
            await publish_words(desk, by, now)


async def _put_back(desk: Desk, kind: str, code: str, was: State | None, then: State | None) -> None:
    present = await desk.found(kind, code)
    if (present.value if present else None) != (then.value if then else None):
        raise Conflict(kind, code, present and present.value, was and was.value)
    if was is None:
        await desk.lay(kind, code, None)
    else:
        await desk.lay(kind, code, was.value, position=was.position, origin=was.origin, imported=was.imported)


def images(text: str) -> dict[str, dict[str, State | None]]:
    """What the log holds of things before or after, by kind and code; nothing of what is no kind of `KINDS`."""
    raw: dict[str, Any] = msgspec.json.decode(text)
    return {
        kind: {code: _state(kind, image) for code, image in things.items()} if kind in KINDS else {}
        for kind, things in raw.items()
    }


def _state(kind: str, image: dict[str, Any] | None) -> State | None:
    if image is None:
        return None
    return State(**{**image, "value": msgspec.convert(image["value"], KINDS[kind])})
