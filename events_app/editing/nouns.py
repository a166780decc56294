"""Changing one thing: putting, cancelling, taking away."""

from __future__ import annotations

from typing import Any

import msgspec

from ..language import gettext as _
from ..programme.model import Event, Session, Value
from ..programme.planning import Rules
from ..tables.shapes import SHAPES
from .desk import KINDS, Desk, at_desk
from .errors import Conflict, NotFound, noun_name


async def put(slug: str, noun: str, value: Value, by: str, *, seen: Value | None = None) -> None:
    """Adds a thing, or revises the one with its code. `noun` is a kind of `KINDS`: "sessions", "contacts", "rules".

    `seen` is what its author had before them: if something else stands there by now, raises Conflict with both.
    Raises Dangling if it names something that is not there.
    """
    async with at_desk(slug, by, "revise") as desk:
        code = key(noun, value, slug)
        before = await desk.found(noun, code)
        present = before.value if before else None
        if seen is not None and present != seen:
            raise Conflict(noun, code, present, value)
        await desk.lay(noun, code, value)


def key(noun: str, value: Value, slug: str) -> str:
    """What tells this value from others of its kind."""
    assert isinstance(value, KINDS[noun])
    return slug if isinstance(value, Event | Rules) else SHAPES[noun].key(value)


async def remove(slug: str, noun: str, code: str, by: str) -> None:
    """Takes a thing away, with what is planned for it; raises NotFound, or StillUsed where others name it."""
    async with at_desk(slug, by, "remove") as desk:
        await standing(desk, noun, code)
        await desk.clear(noun, code)


async def cancel(slug: str, session: str, by: str, *, back: bool = False) -> None:
    """Cancels a session, or takes that back. Raises NotFound."""
    async with at_desk(slug, by, "restore" if back else "cancel") as desk:
        await _revise(desk, session, cancelled=not back)


async def _revise(desk: Desk, code: str, **changes: Any) -> None:
    present: Session = await standing(desk, "sessions", code)
    await desk.lay("sessions", code, msgspec.structs.replace(present, **changes))


async def standing(desk: Desk, noun: str, code: str) -> Any:
    """The thing that bears this code; raises NotFound."""
    kept = await desk.found(noun, code)
    if kept is None:
        words = _("There is no {noun} {code} in {event}.")
        raise NotFound(words.format(noun=noun_name(noun), code=code, event=desk.slug))
    return kept.value
