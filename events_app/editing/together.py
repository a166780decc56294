"""Changing several things as one: a form's whole content, one field of forty things, two people who are one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from ..language import gettext as _
from ..programme.model import Noun, Part, Person, Value
from ..programme.planning import Contact, Expected, Needs, Wishes
from .desk import Desk, at_desk
from .errors import Conflict, Problem
from .nouns import standing

Things = Mapping[tuple[str, str], Value | None]
"""Values by kind and key; None: nothing is (or is to be) there."""

HOLDERS = ("panels", "showcases", "papers", "sessions")
"""The kinds of nouns that have parts."""


class SamePerson(Problem):
    """A person cannot be merged with themselves."""

    def __init__(self) -> None:
        super().__init__(_("These are already one person. Choose another to merge with."))


async def put_together(slug: str, wanted: Things, by: str, *, seen: Things | None = None, what: str = "revise") -> None:
    """Lays down all of these, or nothing; what is wanted to be None goes.

    `seen` is what its author had before them: if something else stands there by now, raises Conflict with the first
    that differs. Raises Dangling and StillUsed.
    """
    async with at_desk(slug, by, what) as desk:
        for (kind, key), before in (seen or {}).items():
            kept = await desk.found(kind, key)
            present = kept.value if kept else None
            if present != before and present != wanted.get((kind, key), before):
                raise Conflict(kind, key, present, wanted.get((kind, key), before))
        for (kind, key), value in wanted.items():
            await desk.lay(kind, key, value)


async def revise_together(
    slug: str,
    kind: str,
    codes: Sequence[str],
    changes: Mapping[str, Any],
    by: str,
    *,
    plans: Mapping[str, Mapping[str, Any]] | None = None,
) -> int:
    """Gives many things of a kind the same values in some fields; answers how many that changed.

    `plans` are fields of what is planned for each of them, by its kind ("expected", "needs"). Raises NotFound where
    one of them is gone, and Dangling; then none is changed.
    """
    changed = 0
    async with at_desk(slug, by, "revise") as desk:
        await desk.look_up(kind, set(codes))
        for plan in plans or {}:
            await desk.look_up(plan)
        for code in codes:
            present: Noun = await standing(desk, kind, code)
            value = msgspec.structs.replace(present, **changes)
            planned = [await _replan(desk, plan, code, fields) for plan, fields in (plans or {}).items()]
            changed += value != present or any(planned)
            await desk.lay(kind, code, value)
    return changed


async def _replan(desk: Desk, plan: str, code: str, changes: Mapping[str, Any]) -> bool:
    """Whether that changed anything. A plan that says nothing goes."""
    kept, blank = await desk.found(plan, code), _BLANK[plan](code)
    present = kept.value if kept else None
    value = msgspec.structs.replace(present or blank, **changes)
    wanted = None if value == blank else value
    await desk.lay(plan, code, wanted)
    return wanted != present


_BLANK: dict[str, Callable[[str], Value]] = {
    "expected": lambda code: Expected(session=code, people=0),
    "needs": lambda code: Needs(showcase=code),
}
"""What is planned for a thing of which nothing is planned."""


async def merge_people(
    slug: str,
    keep: str,
    gone: str,
    by: str,
    *,
    person: Person,
    contact: Contact | None = None,
    wishes: Wishes | None = None,
    seen: Things | None = None,
) -> None:
    """Two people become one: `keep`, who is then `person` with this `contact` and these `wishes`; all that `gone` did
    is theirs.

    Their parts, what they have answered, and when they can be there, go over; where both have the same role in one
    thing it is held once. Raises SamePerson, NotFound, and Conflict where one of the two is not as `seen` any more.
    """
    if keep == gone or person.code != keep:
        raise SamePerson
    async with at_desk(slug, by, "merge") as desk:
        for code in (keep, gone):
            await standing(desk, "people", code)
        for (kind, key), before in (seen or {}).items():
            kept = await desk.found(kind, key)
            if (kept.value if kept else None) != before:
                raise Conflict(kind, key, kept.value if kept else None, person)
        await desk.lay("people", keep, person)
        await _hand_over_parts(desk, keep, gone)
        await _hand_over_hours(desk, keep, gone)
        await _hand_over_answers(desk, keep, gone)
        await desk.lay("contacts", keep, contact)
        await desk.lay("wishes", keep, wishes)
        await desk.clear("people", gone)


async def _hand_over_parts(desk: Desk, keep: str, gone: str) -> None:
    for kind in HOLDERS:
        for code, kept in (await desk.look_up(kind)).items():
            if any(part.person == gone for part in kept.value.parts):
                parts = _renamed(kept.value.parts, keep, gone)
                await desk.lay(kind, code, msgspec.structs.replace(kept.value, parts=parts))


def _renamed(parts: Sequence[Part], keep: str, gone: str) -> tuple[Part, ...]:
    """In their order; of two parts in one role the first stays, with whichever affiliation is said."""
    found: dict[tuple[str, str], Part] = {}
    for part in parts:
        renamed = msgspec.structs.replace(part, person=keep) if part.person == gone else part
        before = found.get((renamed.person, renamed.role))
        if before is None or not before.affiliation:
            found[renamed.person, renamed.role] = renamed
    return tuple(found.values())


async def _hand_over_hours(desk: Desk, keep: str, gone: str) -> None:
    theirs = set(await desk.look_up("availability", {keep}))
    for key, kept in (await desk.look_up("availability", {gone})).items():
        hours = msgspec.structs.replace(kept.value, person=keep)
        moved = f"{keep}/{key.partition('/')[2]}"
        await desk.lay("availability", key, None)
        if moved not in theirs:
            await desk.lay("availability", moved, hours)


async def _hand_over_answers(desk: Desk, keep: str, gone: str) -> None:
    theirs = set(await desk.look_up("answers", {keep}))
    for key, kept in (await desk.look_up("answers", {gone})).items():
        moved = f"{keep}/{key.partition('/')[2]}"
        await desk.lay("answers", key, None)
        if moved not in theirs:
            await desk.lay("answers", moved, msgspec.structs.replace(kept.value, person=keep))
