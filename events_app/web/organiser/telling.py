"""What a line of the log says, in words: which things, which of their fields, from what to what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import msgspec

from ...editing.desk import KINDS
from ...language import gettext as _
from ...language import ngettext
from ...programme.model import COLLECTIONS, Attachment, Picture, Value
from ...reading import LogLine
from ..forms import Field
from ..forms.inputs import Line
from . import sheets
from .fields import World, fields
from .workspace import title_of

IN_FULL = 3
"""Things of one line that are told in full in a list of lines; of more it is said how many they are."""

MARKED = 1500
"""Words of a text in which the changed ones are marked; longer ones are shown whole."""

AROUND = 8
"""Unchanged words that are shown on either side of changed ones."""

Piece = tuple[str, str]
"""Of a text before and after: "same", "gone" or "new", and the words."""


class Altered(NamedTuple):
    """A field that changed. Of a long text `pieces` hold what went and what came."""

    label: str
    before: str
    after: str
    pieces: tuple[Piece, ...] = ()


class Story(NamedTuple):
    """What happened to one thing: it is "new", "gone" or "changed". `name` is what it was called then."""

    kind: str
    code: str
    name: str
    how: str
    fields: tuple[Altered, ...] = ()


class Told(NamedTuple):
    """A line with what it did, told in full or counted; `others` are how many things besides those it touched."""

    line: LogLine
    verb: str
    stories: tuple[Story, ...]
    counted: tuple[str, ...]
    undoable: bool
    others: int = 0


def told(line: LogLine, world: World, *, whole: bool = False, only: frozenset[tuple[str, str]] | None = None) -> Told:
    """`whole`: however many things they are; `only` those of these kinds and codes."""
    before, after = _raw(line.before), _raw(line.after)
    touched = [(kind, code) for kind in after if kind in KINDS for code in after[kind]]
    chosen = touched if only is None else [which for which in touched if _among(which, only)]
    stories: tuple[Story, ...] = ()
    counted: tuple[str, ...] = ()
    if whole or len(chosen) <= IN_FULL:
        stories = tuple(_stories(chosen, before, after, world))
    else:
        counted = tuple(_counted(chosen))
    made_it = before.get("event") and b"null" in map(bytes, before["event"].values())
    undoable = line.what != "forget" and bool(touched) and not made_it
    return Told(line, verb_name(line.what), stories, counted, undoable, len(touched) - len(chosen))


def _among(which: tuple[str, str], only: frozenset[tuple[str, str]]) -> bool:
    kind, code = which
    return which in only or (kind, code.partition("/")[0]) in only


def _raw(text: str) -> dict[str, dict[str, msgspec.Raw]]:
    """Without reading the things themselves; nothing for lines that are not about things."""
    try:
        return msgspec.json.decode(text, type=dict[str, dict[str, msgspec.Raw]])
    except msgspec.ValidationError:
        return {}


def _stories(
    chosen: Sequence[tuple[str, str]],
    before: Mapping[str, Mapping[str, msgspec.Raw]],
    after: Mapping[str, Mapping[str, msgspec.Raw]],
    world: World,
) -> Iterator[Story]:
    for kind, code in chosen:
        was, now = (_value(kind, images.get(kind, {}).get(code)) for images in (before, after))
        if was is None and now is None:
            continue
        how = "new" if was is None else "gone" if now is None else "changed"
        altered = tuple(altered_fields(kind, was, now, world)) if was and now else ()
        yield Story(kind, code, called(kind, code, now or was, world), how, altered)


def _value(kind: str, raw: msgspec.Raw | None) -> Value | None:
    image: dict[str, Any] | None = msgspec.json.decode(raw) if raw is not None else None
    return None if image is None else msgspec.convert(image["value"], KINDS[kind])


def called(kind: str, code: str, value: Any, world: World) -> str:
    """A noun's own name; of what is planned for a noun, that one's."""
    if kind in COLLECTIONS or kind == "event":
        return title_of(value) or code
    if kind == "offers":
        return str(value.showcase.title)
    owner = _owner(kind) or "people"
    noun = getattr(world.look, owner).get(code.partition("/")[0])
    return title_of(noun) if noun else code


def altered_fields(
    kind: str, was: Value, now: Value, world: World, *, only: Sequence[str] | None = None
) -> Iterator[Altered]:
    """The fields in which two states of a thing differ; `only` those of these names."""
    known = _known(kind, world)
    for name in was.__struct_fields__:
        one, other = getattr(was, name), getattr(now, name)
        if one != other and (only is None or name in only):
            yield altered(known.get(name), name, one, other)


def altered(field: Field | None, name: str, was: Any, now: Any) -> Altered:
    label = field.label if field else _other_label(name)
    before, after = (field.input.said(value) if field else said(value) for value in (was, now))
    prose = field is not None and isinstance(field.input, Line) and len(before) + len(after) > 80
    return Altered(label, before, after, pieces(before, after) if prose and before and after else ())


def _known(kind: str, world: World) -> dict[str, Field]:
    """The fields of a kind: a noun's own, or those that its form shows of what is planned for it."""
    kept: dict[str, dict[str, Field]] = world.__dict__.setdefault("known_fields", {})
    if kind not in kept:
        owner = kind if kind in COLLECTIONS else _owner(kind)
        kept[kind] = {field.name: field for field in fields(owner, world)} if owner else {}
    return kept[kind]


def _owner(kind: str) -> str:
    """The kind of noun for which something is planned; empty for what no noun's form shows."""
    return next((noun for noun, plans in sheets.PLANS.items() if kind in plans), "")


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """What went and what came, word by word, with a few words around; nothing for texts that are very long."""
    one, other = before.split(), after.split()
    if len(one) > MARKED or len(other) > MARKED:
        return ()
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", _shortened(one[a:b], first=a == 0, last=b == len(one))))
            continue
        if b > a:
            found.append(("gone", " ".join(one[a:b])))
        if d > c:
            found.append(("new", " ".join(other[c:d])))
    return tuple(found)


def _shortened(words: Sequence[str], *, first: bool, last: bool) -> str:
    if len(words) <= 2 * AROUND + 2:
        return " ".join(words)
    head = "" if first else " ".join(words[:AROUND]) + " "
    tail = "" if last else " " + " ".join(words[-AROUND:])
    return f"{head}…{tail}"


def said(value: Any) -> str:
    """Any value in words, for fields that have no input here."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, tuple):
        return ", ".join(said(item) for item in value)
    if isinstance(value, Picture):
        return value.alt or _("a picture that is not described")
    if isinstance(value, Attachment):
        return value.label or value.name
    if isinstance(value, msgspec.Struct):
        return " ".join(said(item) for item in msgspec.structs.astuple(value) if item)
    return "" if value is None else str(value)


def _counted(chosen: Sequence[tuple[str, str]]) -> Iterator[str]:
    numbers: dict[str, int] = {}
    for kind, _code in chosen:
        group = kind if kind in COLLECTIONS or kind in ("event", "rules") else "planning"
        numbers[group] = numbers.get(group, 0) + 1
    for kind, n in numbers.items():
        yield number_of(kind, n)


def number_of(kind: str, n: int) -> str:
    """`12 sessions`"""
    names: dict[str, Callable[[], str]] = {
        "sessions": lambda: ngettext("%(n)d session", "%(n)d sessions", n),
        "papers": lambda: ngettext("%(n)d paper", "%(n)d papers", n),
        "panels": lambda: ngettext("%(n)d panel", "%(n)d panels", n),
        "people": lambda: ngettext("%(n)d person", "%(n)d people", n),
        "rooms": lambda: ngettext("%(n)d room", "%(n)d rooms", n),
        "tracks": lambda: ngettext("%(n)d track", "%(n)d tracks", n),
        "showcases": lambda: ngettext("%(n)d showcase", "%(n)d showcases", n),
        "planning": lambda: ngettext("%(n)d note of the planning", "%(n)d notes of the planning", n),
        "event": lambda: _("the event itself"),
        "rules": lambda: _("the rules of the house"),
    }
    return names[kind]() % {"n": n}


def kind_label(kind: str) -> str:
    """What a thing of a kind of `desk.KINDS` is, in front of its name."""
    return {
        "event": lambda: _("Event"),
        "rules": lambda: _("Rules of the house"),
        "rooms": lambda: _("Room"),
        "tracks": lambda: _("Track"),
        "people": lambda: _("Person"),
        "panels": lambda: _("Panel"),
        "showcases": lambda: _("Showcase"),
        "papers": lambda: _("Paper"),
        "sessions": lambda: _("Session"),
        "contacts": lambda: _("E-mail address"),
        "availability": lambda: _("Availability"),
        "expected": lambda: _("Expected number"),
        "needs": lambda: _("Needs"),
        "offers": lambda: _("Offer"),
        "wishes": lambda: _("Wishes"),
        "answers": lambda: _("Answer"),
        "requests": lambda: _("Request"),
    }.get(kind, lambda: _("Planning"))()


def verb_name(what: str) -> str:
    """What a verb of `editing` did."""
    return {
        "import": lambda: _("took in a file"),
        "release": lambda: _("released"),
        "revise": lambda: _("revised"),
        "remove": lambda: _("removed"),
        "merge": lambda: _("merged"),
        "arrange": lambda: _("arranged papers"),
        "place": lambda: _("placed"),
        "move": lambda: _("moved together"),
        "swap": lambda: _("swapped"),
        "split": lambda: _("split"),
        "cancel": lambda: _("cancelled"),
        "restore": lambda: _("put back on"),
        "undo": lambda: _("took back"),
        "uncorrect": lambda: _("took back"),
        "correct": lambda: _("put right"),
        "decline": lambda: _("declined"),
        "offer": lambda: _("offered a showcase"),
        "take": lambda: _("took an offer"),
        "demonstrate": lambda: _("made a session for a demonstration"),
        "answer": lambda: _("said whether they are coming"),
        "readdress": lambda: _("changed their address"),
        "withdraw": lambda: _("withdrew"),
        "resume": lambda: _("brought back"),
        "redo": lambda: _("did again"),
        "grant": lambda: _("gave rights"),
        "revoke": lambda: _("took rights away"),
        "invite": lambda: _("invited"),
        "invitation": lambda: _("wrote invitations"),
        "reminder": lambda: _("wrote reminders"),
        "message": lambda: _("wrote letters"),
        "hold": lambda: _("held letters back"),
        "let-go": lambda: _("let letters go"),
        "drop": lambda: _("dropped letters"),
        "edit-letter": lambda: _("changed a letter"),
        "send-again": lambda: _("sent a letter again"),
        "accept": lambda: _("accepted a finding"),
        "unaccept": lambda: _("no longer accepted a finding"),
        "mend": lambda: _("mended"),
        "return": lambda: _("went back to a version"),
        "forget": lambda: _("forgot somebody"),
        "copy": lambda: _("began it from an earlier edition"),
    }.get(what, lambda: what)()


def _other_label(name: str) -> str:
    """For fields that no form of ours shows: those of the event, of its rules, and what a noun keeps to itself."""
    return {
        "turns": lambda: _("Papers"),
        "replies": lambda: _("Answers of panels"),
        "source": lambda: _("Identity in the file it came from"),
        "starts": lambda: _("Begins"),
        "ends": lambda: _("Ends"),
        "zone": lambda: _("Time zone"),
        "colour": lambda: _("Colour"),
        "languages": lambda: _("Languages"),
        "front": lambda: _("Front matter"),
        "files": lambda: _("Files to download"),
        "logo": lambda: _("Logo"),
        "picture": lambda: _("Photograph"),
        "pictures": lambda: _("Pictures"),
        "back": lambda: _("Back matter"),
        "venue": lambda: _("Venue"),
        "address": lambda: _("Address"),
        "name": lambda: _("Name"),
        "about": lambda: _("About it"),
    }.get(name, lambda: name.replace("_", " ").capitalize())()
