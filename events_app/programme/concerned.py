"""Whom a change concerns: the people who have a part in what is changed, before or after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .lookup import index
from .model import Change, ChangeKind, Panel, Part, Person, Programme, Session, Value


class Concerned(Value, frozen=True, kw_only=True):
    person: Person
    changes: tuple[Change, ...]


def concerned(changes: Iterable[Change], old: Programme | None, new: Programme) -> list[Concerned]:
    """Everyone who has to know of any of the changes, in the order of an index. Of words alone nobody has to."""
    people = {person.code: person for programme in (old, new) if programme for person in programme.people}
    found: dict[str, list[Change]] = {}
    for change in changes:
        if change.kind is not ChangeKind.WORDS:
            parts = (part for programme in (old, new) if programme for part in _parts(change, programme))
            for code in dict.fromkeys(part.person for part in parts):
                found.setdefault(code, []).append(change)
    told = [Concerned(person=people[code], changes=tuple(theirs)) for code, theirs in found.items() if code in people]
    return sorted(told, key=lambda one: (one.person.sorts_as or one.person.name).casefold())


def _parts(change: Change, programme: Programme) -> Iterator[Part]:
    held = index(programme)
    if change.noun == "session":
        session = held.sessions.get(change.code) or held.cancelled.get(change.code)
        if session:
            yield from _parts_in(session, programme)
    elif change.noun in ("paper", "panel", "showcase"):
        thing = getattr(held, f"{change.noun}s").get(change.code)
        yield from thing.parts if thing else ()


def _parts_in(session: Session, programme: Programme) -> Iterator[Part]:
    """Its own, its papers', and its panel's: whoever chairs that."""
    held = index(programme)
    panel: Panel | None = held.panels.get(session.panel)
    yield from held.parts_in(session)
    yield from panel.parts if panel else ()
