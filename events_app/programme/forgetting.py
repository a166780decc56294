"""What remains when somebody is forgotten: of a programme, and of what the log remembers.

Two ways: with the name (nothing of them is left but a mark that tells nobody who it was), or all but the name, as the
programme of a past event says who was there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from .model import Part, Person, Programme

HOLDERS = ("panels", "showcases", "papers", "sessions", "cancelled")
"""The fields of a Programme whose things have parts."""

PERSONAL = frozenset({"contacts", "wishes", "availability", "answers"})
"""What is kept about one person, under their code or their code and a slash."""


class Them(NamedTuple):
    """Who is forgotten. `codes` are their codes with what stands in their place; the same code where the name stays.

    `names` are what they were called, `emails` (in lower case) addresses that are nobody else's; `mark` stands for both
    in the log.
    """

    codes: Mapping[str, str]
    names: tuple[str, ...]
    emails: tuple[str, ...]
    mark: str
    name_stays: bool


def forgotten(programme: Programme, them: Them) -> Programme:
    """The programme without them; where the name stays, with nothing but it. Times and rooms are as they were."""
    held: dict[str, Any] = {
        name: tuple(
            msgspec.structs.replace(thing, parts=_parts(thing.parts, them)) for thing in getattr(programme, name)
        )
        for name in HOLDERS
    }
    people = (bare(one) if one.code in them.codes else one for one in programme.people)
    held["people"] = tuple(one for one in people if them.name_stays or one.code not in them.codes)
    if not them.name_stays:
        held["versions"] = tuple(
            msgspec.structs.replace(
                version,
                changes=tuple(c for c in version.changes if not (c.noun == "person" and c.code in them.codes)),
            )
            for version in programme.versions
        )
    return msgspec.structs.replace(programme, **held)


def bare(person: Person) -> Person:
    """Nothing but the name."""
    return Person(code=person.code, name=person.name, sorts_as=person.sorts_as)


def _parts(parts: Sequence[Part], them: Them) -> tuple[Part, ...]:
    if them.name_stays:
        return tuple(
            msgspec.structs.replace(part, affiliation="") if part.person in them.codes else part for part in parts
        )
    return tuple(part for part in parts if part.person not in them.codes)


def unsaid(before: str, after: str, them: Them) -> tuple[str, str]:
    """What the log remembers of things before and after (JSON, by kind and key), without anything about them.

    Who did what to which thing stays; what they were does not.
    """
    raw = [msgspec.json.decode(text) for text in (before, after)]
    dropped = {
        (kind, key)
        for images in raw
        for kind, things in images.items()
        if isinstance(things, dict)
        for key, image in things.items()
        if _is_personal(kind, key, image, them)
    }
    first, second = (_without(images, dropped, them) for images in raw)
    return first, second


def _without(images: Mapping[str, Any], dropped: Collection[tuple[str, str]], them: Them) -> str:
    kept = {
        kind: {
            key_of(kind, key, them): _image(kind, key, image, them)
            for key, image in things.items()
            if (kind, key) not in dropped
        }
        if isinstance(things, dict)
        else things
        for kind, things in images.items()
    }
    return without_address(msgspec.json.encode(kept).decode(), them)


def without_address(text: str, them: Them) -> str:
    """With the mark in the place of their addresses."""
    for email in them.emails:
        written = msgspec.json.encode(email).decode()[1:-1]
        for one in dict.fromkeys((email, written)):
            whole = rf"(?<![\w.+-]){re.escape(one)}(?![\w-]|\.\w)"
            text = re.sub(whole, lambda _found: them.mark, text, flags=re.IGNORECASE)
    return text


def key_of(kind: str, key: str, them: Them) -> str:
    """What stands in the log for a thing's key."""
    code, slash, rest = key.partition("/")
    if kind == "people" or kind in PERSONAL:
        return them.codes.get(code, code) + slash + rest
    if kind == "accepted" and tells_of(key, them):
        return ""
    return without_address(key, them)


def tells_of(text: str, them: Them) -> bool:
    """Whether a sentence or a finding's key names them, where the name is to go."""
    told = (*them.names, *them.codes)
    return not them.name_stays and any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text) for one in told)


def _is_personal(kind: str, key: str, image: Any, them: Them) -> bool:
    """Whether it is about them altogether, and goes whole."""
    said = image.get("value", {}) if isinstance(image, dict) else {}
    match kind:
        case "accepted":
            return tells_of(f"{key} {said.get('sentence', '')}", them)
        case "requests":
            return said.get("by") in them.emails
        case "offers":
            return str(said.get("email", "")).lower() in them.emails
        case _:
            return kind in PERSONAL and key.partition("/")[0] in them.codes


def _image(kind: str, key: str, image: Any, them: Them) -> Any:
    if not isinstance(image, dict):
        return image
    said = _value(kind, key, image.get("value"), them)
    made = {**image, "value": said}
    if image.get("imported"):
        imported = _value(kind, key, msgspec.json.decode(image["imported"]), them)
        made["imported"] = msgspec.json.encode(imported).decode()
    return made


def _value(kind: str, key: str, value: Any, them: Them) -> Any:
    if kind == "people" and key in them.codes:
        if not them.name_stays:
            return {"code": them.codes[key], "name": them.mark}
        return msgspec.to_builtins(bare(msgspec.convert(value, Person)))
    if kind == "requests":
        return {name: without_parts(one, them) if name in ("was", "wanted") else one for name, one in value.items()}
    return _walked(value, them)


def without_parts(text: str, them: Them) -> str:
    """A thing, or the value of one of its fields, as JSON: without them among those who have a part in it."""
    return msgspec.json.encode(_walked(msgspec.json.decode(text), them)).decode()


def _walked(value: Any, them: Them) -> Any:
    """Without their parts in anything."""
    if isinstance(value, dict):
        theirs = value.get("person") in them.codes and "role" in value
        kept = {name: one for name, one in value.items() if not (theirs and name == "affiliation")}
        return {name: _walked(one, them) for name, one in kept.items()}
    if isinstance(value, list):
        return [_walked(one, them) for one in value if them.name_stays or not _is_theirs(one, them)]
    return value


def _is_theirs(item: Any, them: Them) -> bool:
    return isinstance(item, dict) and "role" in item and item.get("person") in them.codes
