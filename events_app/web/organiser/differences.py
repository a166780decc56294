"""What differs between two programmes, as pages show it: in groups, with what stood there and what stands there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...language import gettext as _
from ...programme import wording
from ...programme.changes import field_name, sentence
from ...programme.lookup import index
from ...programme.model import Change, ChangeKind, Event, Programme
from ...programme.planning import Planning
from ...reading import Draft
from .fields import World
from .telling import Altered, altered_fields, kind_label

AT_ONCE = 25
"""Changes of a group that are shown at once; the others are folded."""

_COLLECTIONS = {
    "session": "sessions",
    "paper": "papers",
    "panel": "panels",
    "person": "people",
    "room": "rooms",
    "track": "tracks",
    "showcase": "showcases",
}


class Line(NamedTuple):
    """One thing that changed. `kind` says what it is, where it is no session."""

    change: Change
    collection: str
    kind: str
    was: str
    now: str
    what: str
    altered: tuple[Altered, ...]

    @property
    def session(self) -> bool:
        """Whether it is one that can be published alone."""
        return self.collection == "sessions"


class Group(NamedTuple):
    key: str
    title: str
    lines: list[Line]

    @property
    def at_once(self) -> list[Line]:
        return self.lines[:AT_ONCE]

    @property
    def folded(self) -> list[Line]:
        return self.lines[AT_ONCE:]


def groups(changes: Iterable[Change], old: Programme, new: Programme) -> list[Group]:
    """The changes under what happened: first what people have to be somewhere else for, last what is only worded
    otherwise. Things other than sessions that come and go are told by their kind."""
    world = World(Draft(programme=new, planning=Planning(), revision=0))
    found: dict[str, list[Line]] = {}
    for change in changes:
        found.setdefault(_key(change), []).append(_line(change, old, new, world))
    titles = _titles()
    return [Group(key, titles[key], found[key]) for key in titles if key in found]


def _key(change: Change) -> str:
    if change.noun in ("session", "event") or change.kind not in (ChangeKind.NEW, ChangeKind.CANCELLED):
        return change.kind.value
    return "come" if change.kind is ChangeKind.NEW else "gone"


def _titles() -> dict[str, str]:
    """In the order in which they are told."""
    return {
        ChangeKind.CANCELLED.value: _("Cancelled"),
        ChangeKind.MOVED.value: _("Moved"),
        ChangeKind.ROOM.value: _("Another place at the same time"),
        ChangeKind.NEW.value: _("New"),
        ChangeKind.BACK.value: _("Back on"),
        ChangeKind.PEOPLE.value: _("Other people"),
        ChangeKind.PAPERS.value: _("Other papers, or in another order"),
        "come": _("New papers, people and other things"),
        "gone": _("Papers, people and other things that are gone"),
        ChangeKind.WORDS.value: _("Reworded"),
    }


def _line(change: Change, old: Programme, new: Programme, world: World) -> Line:
    event = new.event
    collection = _COLLECTIONS.get(change.noun, "")
    return Line(
        change=change,
        collection=collection,
        kind="" if collection == "sessions" else kind_label(collection or "event"),
        was=wording.slot(event, change.was) if change.was else "",
        now=wording.slot(event, change.now) if change.now else "",
        what=_what(change, event),
        altered=tuple(_altered(change, old, new, world)),
    )


def _what(change: Change, event: Event) -> str:
    """Which of its words, or hours: what the title alone does not say."""
    if change.kind is ChangeKind.WORDS:
        return wording.listed([field_name(name) for name in change.fields])
    if change.noun == "showcase" and change.kind is ChangeKind.MOVED:
        return sentence(change, event)
    return ""


def _altered(change: Change, old: Programme, new: Programme, world: World) -> Iterator[Altered]:
    """Each field before and after, of what is told in words."""
    if change.kind not in (ChangeKind.WORDS, ChangeKind.PEOPLE, ChangeKind.PAPERS):
        return
    collection = _COLLECTIONS.get(change.noun, "")
    was = getattr(index(old), collection).get(change.code) if collection else old.event
    now = getattr(index(new), collection).get(change.code) if collection else new.event
    if was is not None and now is not None:
        yield from altered_fields(collection or "event", was, now, world, only=change.fields)
