"""A newer edition of a programme over the one that is kept, so that what is the same keeps its code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeVar, cast

import msgspec

from .model import COLLECTIONS, Event, Noun, Part, Programme, Reply, Turn
from .references import FIELDS, REFERENCES, Reference, code_of, referred_to

Kind = TypeVar("Kind", bound=Noun)


def adopt(kept: Programme, incoming: Programme, *, gone: Literal["drop", "keep"] = "drop") -> Programme:
    """The kept programme brought up to the incoming edition; `changes(kept, adopted)` says what that did.

    A thing is the same if its source is, or else its code (k1 is K1), unless both name sources, and different ones.
    It keeps the kept code, and with it its address and its calendar UID. A new thing whose code is taken, even by
    something that is gone, gets the next free one (k1-2).

    What the edition says nothing about stays as it is kept: a field that is empty in every incoming thing of its kind
    (capacities, say, in a file without them), a kind of thing of which it has none, things made by hand, without a
    source, and whatever these refer to. Other kept things that it lacks are gone, or stay with `gone="keep"`; so are
    people with nothing left to do in the programme. The event keeps its slug and uid.

    Where `kept` carries the cancelled and the stamps of the last release, what was withdrawn comes back under its old
    code, and no other thing is given it.
    """
    codes = {name: _codes(kept, incoming, name) for name in COLLECTIONS}
    found = {name: _collection(kept, incoming, name, codes) for name in COLLECTIONS}
    merged = msgspec.structs.replace(kept, event=_event(kept.event, incoming.event), **found)
    return merged if gone == "keep" else _without_the_gone(kept, merged, incoming, codes)


def _things(programme: Programme, name: str) -> tuple[Noun, ...]:
    return cast("tuple[Noun, ...]", getattr(programme, name))


def _codes(kept: Programme, incoming: Programme, name: str) -> dict[str, str]:
    """For each incoming code of one collection the code that it is to have."""
    known = _things(kept, name)
    things = _things(incoming, name)
    if name == "sessions":
        known = (*known, *kept.cancelled)
    same = _same(known, things)
    taken = {thing.code.lower() for thing in known}  # k1 and K1 would be hard to tell apart
    if name == "sessions":
        taken |= {key.removeprefix("session/").lower() for key in kept.stamps if key.startswith("session/")}
    codes: dict[str, str] = {}
    for thing in things:
        code = same.get(thing.code) or _free(thing.code, taken)
        taken.add(code.lower())
        codes[thing.code] = code
    return codes


def _same(known: Sequence[Noun], things: Sequence[Noun]) -> dict[str, str]:
    """Incoming codes and the kept codes of the same things: by source first, so that no code takes it away."""
    by_source = {thing.source: thing for thing in reversed(known) if thing.source}
    by_code = {thing.code.lower(): thing for thing in reversed(known)}
    same: dict[str, str] = {}
    used: set[str] = set()

    def pair(thing: Noun, twin: Noun | None) -> None:
        if twin and twin.code not in used:
            same[thing.code] = twin.code
            used.add(twin.code)

    for thing in things:
        pair(thing, by_source.get(thing.source))
    for thing in things:
        twin = by_code.get(thing.code.lower())
        if thing.code not in same and not (twin and twin.source and thing.source):
            pair(thing, twin)
    for thing in things:  # k1 may have been given k1-2 when it was new and k1 something else
        n, twin = 2, by_code.get(thing.code.lower())
        while twin and not thing.source and thing.code not in same:
            twin = by_code.get(f"{thing.code}-{n}".lower())
            pair(thing, twin)
            n += 1
    return same


def _free(code: str, taken: set[str]) -> str:
    if code.lower() not in taken:
        return code
    n = 2
    while f"{code}-{n}".lower() in taken:
        n += 1
    return f"{code}-{n}"


def _collection(
    kept: Programme, incoming: Programme, name: str, codes: Mapping[str, Mapping[str, str]]
) -> tuple[Noun, ...]:
    """Incoming things under their codes, in their order; then the kept ones that are not among them."""
    known = {thing.code: thing for thing in _things(kept, name)}
    if name == "sessions":  # one that comes back is not cancelled any more
        withdrawn = {s.code: msgspec.structs.replace(s, cancelled=False) for s in kept.cancelled}
        known = {**withdrawn, **known}
    things = _things(incoming, name)
    silent = _silent_fields(COLLECTIONS[name], things)
    new = codes[name]
    here = set(new.values())
    return (
        *(
            _brought_up(known.get(new[thing.code]), _rewritten(thing, new[thing.code], codes), silent)
            for thing in things
        ),
        *(thing for thing in _things(kept, name) if thing.code not in here),
    )


def _silent_fields(kind: type[Noun], things: Sequence[Noun]) -> tuple[str, ...]:
    """The fields about which an edition says nothing: those that can be empty, and are in all of its things."""
    fields = (field for field in msgspec.structs.fields(kind) if not field.required and not field.default)
    return tuple(field.name for field in fields if not any(getattr(thing, field.name) for thing in things))


def _brought_up(known: Kind | None, thing: Kind, silent: Iterable[str]) -> Kind:
    """The incoming thing with what only the kept one says; the kept one itself if nothing is new."""
    if known is None:
        return thing
    said = {name: value for name in silent if (value := getattr(known, name))}
    if not thing.source:
        said["source"] = known.source
    thing = msgspec.structs.replace(thing, **said) if said else thing
    return known if thing == known else thing


def _rewritten(thing: Kind, code: str, codes: Mapping[str, Mapping[str, str]]) -> Kind:
    """The thing under its code, with every reference in the codes that things are to have."""
    changed: dict[str, object] = {}
    if thing.code != code:
        changed["code"] = code
    for name in FIELDS[type(thing)]:
        value = getattr(thing, name)
        if value and (other := _renamed(value, codes[REFERENCES[name]])) != value:
            changed[name] = other
    return msgspec.structs.replace(thing, **changed) if changed else thing


def _renamed(value: Reference, codes: Mapping[str, str]) -> Reference:
    if isinstance(value, str):
        return codes.get(value, value)
    if all(codes.get(code := code_of(item), code) == code for item in value):
        return value
    return tuple(_pointed(item, codes.get(code_of(item), code_of(item))) for item in value)


def _pointed(item: str | Part | Turn | Reply, code: str) -> str | Part | Turn | Reply:
    match item:
        case Part():
            return msgspec.structs.replace(item, person=code)
        case Turn():
            return msgspec.structs.replace(item, paper=code)
        case Reply():
            return msgspec.structs.replace(item, panel=code)
        case _:
            return code


def _event(kept: Event, incoming: Event) -> Event:
    fields = msgspec.structs.fields(Event)
    said = {f.name: getattr(incoming, f.name) for f in fields if f.required or getattr(incoming, f.name) != f.default}
    return msgspec.structs.replace(kept, **{**said, "slug": kept.slug, "uid": kept.uid})


def _without_the_gone(
    kept: Programme, merged: Programme, incoming: Programme, codes: Mapping[str, Mapping[str, str]]
) -> Programme:
    """Takes out, from sessions back to rooms, what the edition lacks and nothing that stays refers to."""
    busy = referred_to(thing for name in COLLECTIONS for thing in _things(kept, name))["people"]
    needed: dict[str, set[str]] = {name: set(codes[name].values()) for name in COLLECTIONS}
    staying: dict[str, tuple[Noun, ...]] = {}
    for name in reversed(COLLECTIONS):
        idle = busy if name == "people" else set()
        staying[name] = tuple(
            thing
            for thing in _things(merged, name)
            if not _things(incoming, name)
            or thing.code in needed[name]
            or (not thing.source and thing.code not in idle)
        )
        for to, found in referred_to(staying[name]).items():
            needed[to] |= found
    return msgspec.structs.replace(merged, **staying)
