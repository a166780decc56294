"""Fields that are locked from a day on: what may change still, and what is only asked for."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import msgspec

from .model import Paper, Part, Role, Session
from .planning import Rules

Worded = Paper | Session

FIELDS = ("title", "authors", "presenter")
"""What can be locked: of papers all three, of sessions the title."""


class Asked(NamedTuple):
    """A change to a locked field: its value before, and the one that is asked for. Both as JSON."""

    field: str
    was: str
    wanted: str


def locked(rules: Rules, today: date) -> frozenset[str]:
    """The fields that are locked on a day, in the event's own zone."""
    days = {"title": rules.title_locked, "authors": rules.authors_locked, "presenter": rules.presenter_locked}
    return frozenset(field for field, day in days.items() if day is not None and today >= day)


def divided(before: Worded, after: Worded, closed: frozenset[str]) -> tuple[Worded, list[Asked]]:
    """What of a change may be made at once, and what of it is locked and so only asked for."""
    allowed, asked = after, []
    for field in FIELDS:
        if field in closed and (was := value_of(before, field)) != (wanted := value_of(after, field)):
            asked.append(Asked(field, was, wanted))
            allowed = with_value(allowed, field, was)
    if "presenter" in closed and isinstance(before, Paper) and isinstance(allowed, Paper):
        allowed = _presented_as(before, allowed)
    return allowed, asked


def _presented_as(before: Paper, after: Paper) -> Paper:
    """Where nobody is named as presenter it is the first author: whoever that was is named when another comes first."""
    first, now = (_parts(paper, "authors")[:1] for paper in (before, after))
    if not first or _parts(after, "presenter") or (now and now[0].person == first[0].person):
        return after
    presenter = msgspec.structs.replace(first[0], role=Role.PRESENTER)
    return with_value(after, "presenter", _json((presenter,)))  # type: ignore[return-value]


def value_of(thing: Paper | Session, field: str) -> str:
    """A lockable field as JSON; of sessions only the title is one."""
    if field == "title":
        return _json(thing.title)
    return _json(_parts(thing, field) if isinstance(thing, Paper) else ())


def with_value(thing: Worded, field: str, value: str) -> Worded:
    """The thing with a lockable field as this JSON says; raises msgspec.MsgspecError for other JSON."""
    if field == "title":
        return msgspec.structs.replace(thing, title=msgspec.json.decode(value, type=str))
    if not isinstance(thing, Paper):
        return thing
    theirs = msgspec.json.decode(value, type=tuple[Part, ...])
    authors = theirs if field == "authors" else _parts(thing, "authors")
    presenters = theirs if field == "presenter" else _parts(thing, "presenter")
    others: tuple[Part, ...] = tuple(part for part in thing.parts if part.role not in (Role.AUTHOR, Role.PRESENTER))
    return msgspec.structs.replace(thing, parts=(*authors, *presenters, *others))


def _parts(paper: Paper, field: str) -> tuple[Part, ...]:
    role = Role.AUTHOR if field == "authors" else Role.PRESENTER
    return tuple(part for part in paper.parts if part.role is role)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
