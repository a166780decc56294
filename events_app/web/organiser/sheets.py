"""A noun with what is planned for it, as one form shows it: all their fields side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from ...editing.desk import KINDS
from ...editing.nouns import key
from ...editing.together import Things
from ...intake.codes import Codes
from ...programme.lookup import index
from ...programme.model import COLLECTIONS, Noun, Person, Staffing, Value
from ...programme.planning import Contact, Expected, Needs, Planning, Wishes
from ...reading import Draft
from ..forms import Field

PLANS: dict[str, dict[str, type[Value]]] = {
    "people": {"contacts": Contact, "wishes": Wishes},
    "sessions": {"expected": Expected},
    "showcases": {"needs": Needs},
}
"""What is planned for one noun of a kind, in one value each. People have their availability besides, which is many."""

Values = dict[str, Any]
"""The fields of a noun and of what is planned for it, by name; no two bear one name."""


def things(draft: Draft, collection: str, code: str) -> dict[tuple[str, str], Value | None]:
    """The noun and what is planned for it, as they stand; None for what is not there."""
    noun: Noun | None = getattr(index(draft.programme), collection).get(code)
    found: dict[tuple[str, str], Value | None] = {(collection, code): noun}
    for kind in PLANS.get(collection, ()):
        found[kind, code] = _planned(draft.planning, kind, code)
    if collection == "people":
        for hours in draft.planning.availability:
            if hours.person == code:
                found["availability", key("availability", hours, "")] = hours
    return found


def values(collection: str, found: Things) -> Values:
    """The fields of all these; of what is not there, those that it would have if nothing were said of it."""
    held: Values = _defaults(COLLECTIONS[collection])
    for plan in PLANS.get(collection, {}).values():
        held |= _own(_defaults(plan))
    if collection == "people":
        hours = (value for (kind, _key), value in found.items() if kind == "availability" and value)
        held["availability"] = tuple(msgspec.structs.replace(span, person="") for span in hours)
    for (kind, _code), value in found.items():
        if value is not None and kind != "availability":
            fields = msgspec.structs.asdict(value)
            held |= fields if kind == collection else _own(fields)
    return held


def wanted(collection: str, code: str, before: Things, held: Values) -> dict[tuple[str, str], Value | None]:
    """What is to stand there so that the fields have these values: only what differs from before."""
    kind = COLLECTIONS[collection]
    found: dict[tuple[str, str], Value | None] = {(collection, code): _made(kind, {**held, "code": code})}
    if collection == "showcases":
        found[collection, code] = _with_codes(found[collection, code])
    for name, plan in PLANS.get(collection, {}).items():
        told = _made(plan, {**held, plan.__struct_fields__[0]: code})
        said_nothing = told == plan(**{plan.__struct_fields__[0]: code}) if plan is not Expected else not held["people"]
        found[name, code] = None if said_nothing and before.get((name, code)) is None else told
        if said_nothing and plan is Expected:
            found[name, code] = None
    if collection == "people":
        found |= {("availability", k): None for (kind_, k) in before if kind_ == "availability"}
        for hours in held["availability"]:
            theirs = msgspec.structs.replace(hours, person=code)
            found["availability", key("availability", theirs, "")] = theirs
    return {which: value for which, value in found.items() if before.get(which) != value}


def sorted_out(collection: str, held: Values) -> tuple[Values, dict[str, Values]]:
    """A noun's own fields, and those of what is planned for it by the plan's kind."""
    plans = {
        name: {field: held[field] for field in plan.__struct_fields__[1:] if field in held}
        for name, plan in PLANS.get(collection, {}).items()
    }
    planned = {field for fields in plans.values() for field in fields}
    own = {field: value for field, value in held.items() if field not in planned}
    return own, {name: fields for name, fields in plans.items() if fields}


def carried(seen: Things, present: Things, given: Iterable[Field]) -> dict[tuple[str, str], Value | None]:
    """What somebody has seen of a noun, but for what their form does not show of it, which is as it stands now:
    pictures and papers are brought and arranged beside the form, and are no reason to ask twice."""
    shown = {field.name for field in given}
    found = dict(seen)
    for which, before in seen.items():
        now = present.get(which)
        if which[0] in COLLECTIONS and before is not None and now is not None:
            others = [name for name in before.__struct_fields__ if name not in shown]
            found[which] = msgspec.structs.replace(before, **{name: getattr(now, name) for name in others})
    return found


def newcomers(people: Iterable[Person]) -> dict[tuple[str, str], Value | None]:
    return {("people", person.code): person for person in people}


def written(found: Things) -> str:
    """For a form to carry: what its author has seen."""
    nested: dict[str, dict[str, Value | None]] = {}
    for (kind, code), value in found.items():
        nested.setdefault(kind, {})[code] = value
    return msgspec.json.encode(nested).decode()


def understood(text: str) -> dict[tuple[str, str], Value | None]:
    """What `written` wrote; raises ValueError."""
    try:
        nested: Any = msgspec.json.decode(text)
        return {
            (kind, code): None if value is None else msgspec.convert(value, KINDS[kind])
            for kind, held in nested.items()
            for code, value in held.items()
        }
    except (msgspec.MsgspecError, AttributeError, KeyError) as error:
        raise ValueError(str(error)) from None


def _planned(planning: Planning, kind: str, code: str) -> Value | None:
    held: tuple[Value, ...] = getattr(planning, kind)
    return next((value for value in held if key(kind, value, "") == code), None)


def _defaults(kind: type[Value]) -> Values:
    """What a value would hold of which nothing is said."""
    found = {}
    for field in msgspec.structs.fields(kind):
        if field.default is not msgspec.NODEFAULT:
            found[field.name] = field.default
        elif field.default_factory is not msgspec.NODEFAULT:
            found[field.name] = field.default_factory()
        else:
            found[field.name] = 0 if field.type is int else ""
    return found


def _own(fields: Mapping[str, Any]) -> Values:
    """A plan's fields but for the first, which says whose it is."""
    return dict(list(fields.items())[1:])


def _made(kind: type[Value], held: Mapping[str, Any]) -> Value:
    return kind(**{name: held[name] for name in kind.__struct_fields__})


def _with_codes(show: Any) -> Value:
    """New staffed hours get codes of their own, made of when they begin: the same hours put back are the same."""
    codes = Codes("hours")
    for hours in show.staffing:
        if hours.code:
            codes.give(hours.code)
    staffing: list[Staffing] = [
        hours if hours.code else msgspec.structs.replace(hours, code=codes.give(f"{hours.starts:%d-%H%M}"))
        for hours in show.staffing
    ]
    made: Value = msgspec.structs.replace(show, staffing=tuple(staffing))
    return made
