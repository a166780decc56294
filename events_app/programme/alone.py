"""One urgent change by itself: what is public, with a single session as the draft has it."""

from __future__ import annotations

from collections import deque

import msgspec

from .lookup import index
from .model import COLLECTIONS, Noun, Paper, Programme, Session
from .references import pointers


def alone(draft: Programme, previous: Programme, code: str) -> Programme:
    """The published programme with one session taken from the draft, to be released like a draft.

    What that session names and the public does not know yet (a room, a panel, its papers, their people) comes with it;
    what is public already stays as it is. A session that is cancelled, not placed or gone in the draft is taken out.
    A paper that it took over from another session is taken out of that one.
    """
    session = index(draft).sessions.get(code)
    others = tuple(other for other in previous.sessions if other.code != code)
    if session is None or session.cancelled or session.starts is None:
        return msgspec.structs.replace(previous, sessions=others)
    others = tuple(_without_what_left(other, session, draft) for other in others)
    found: dict[str, tuple[Noun, ...]] = {"sessions": (*others, session)}
    for name, things in _needed(draft, previous, session).items():
        found[name] = (*getattr(previous, name), *things)
    ordered = {name: _in_order_of(getattr(draft, name), things) for name, things in found.items()}
    return msgspec.structs.replace(previous, **ordered)


def _without_what_left(other: Session, session: Session, draft: Programme) -> Session:
    taken = {turn.paper for turn in session.turns}
    twin = index(draft).sessions.get(other.code)
    still = {turn.paper for turn in twin.turns} if twin else set()
    turns = tuple(turn for turn in other.turns if turn.paper not in taken or turn.paper in still)
    return other if turns == other.turns else msgspec.structs.replace(other, turns=turns)


def _needed(draft: Programme, previous: Programme, session: Session) -> dict[str, list[Noun]]:
    """What the session names in the draft, what that names, and so on, as far as the public does not know it."""
    known = {(name, thing.code) for name in COLLECTIONS for thing in getattr(previous, name)}
    found: dict[str, list[Noun]] = {}
    waiting = deque(pointers(session))
    while waiting:
        collection, code = waiting.popleft()
        thing: Noun | None = getattr(index(draft), collection).get(code)
        if thing is None or (collection, code) in known or (isinstance(thing, Paper) and not thing.status.public):
            continue
        known.add((collection, code))
        found.setdefault(collection, []).append(thing)
        waiting.extend(pointers(thing))
    return found


def _in_order_of(model: tuple[Noun, ...], things: tuple[Noun, ...]) -> tuple[Noun, ...]:
    """As the draft lists them, so that the next release finds no difference in order."""
    order = {thing.code: n for n, thing in enumerate(model)}
    return tuple(sorted(things, key=lambda thing: order.get(thing.code, len(order))))
