"""Small edits of a programme, for tests."""

from __future__ import annotations

from typing import Any

import msgspec

from events_app.programme.model import Noun, Programme


def edited(programme: Programme, collection: str, code: str, **changes: Any) -> Programme:
    """The programme with one thing changed."""
    things = tuple(
        msgspec.structs.replace(thing, **changes) if thing.code == code else thing
        for thing in getattr(programme, collection)
    )
    return msgspec.structs.replace(programme, **{collection: things})


def without(programme: Programme, collection: str, *codes: str) -> Programme:
    things = tuple(thing for thing in getattr(programme, collection) if thing.code not in codes)
    return msgspec.structs.replace(programme, **{collection: things})


def with_more(programme: Programme, collection: str, *things: Noun) -> Programme:
    return msgspec.structs.replace(programme, **{collection: (*getattr(programme, collection), *things)})


def codes(things: tuple[Noun, ...]) -> list[str]:
    return [thing.code for thing in things]
