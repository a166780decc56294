"""Taking in what a file holds: a new event, or a newer edition of one."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha256
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import uuid4

import msgspec

from .. import reading
from ..intake.reading import Odd, Reading
from ..language import gettext as _
from ..programme.lookup import index
from ..programme.merge import adopt
from ..programme.model import Event, Programme, Value
from ..programme.planning import Rules
from ..programme.shelves import only_kept
from ..reading import Kept
from ..tables import database
from ..tables.columns import first_revision, new_key
from ..tables.programme import Events
from ..tables.shapes import NOUNS, PLANS, Row, references, target_of
from .accounts import Right, give
from .desk import Desk, Image
from .errors import MovedOn, NotFound, Problem

NOT_FREE = frozenset({"account", "api", "healthz", "offer", "organise", "sign-in", "sign-out", "speak", "static"})
"""The site's own first names in addresses, which no event can have."""

_MARK = "brought:"


class BadSlug(Problem):
    """An event cannot have this name in its address."""

    def __init__(self, slug: str) -> None:
        words = _("An event cannot be called “{slug}” in addresses: use a-z, 0-9 and hyphens, and no name of the site.")
        super().__init__(words.format(slug=slug))


class Report(Value, frozen=True, kw_only=True):
    """What an import did. `sessions` to `days` count what the file holds; the rest, what that changed of the draft."""

    event: str
    sessions: int
    papers: int
    people: int
    rooms: int
    days: int
    new: int
    changed: int
    gone: int
    odd: tuple[Odd, ...] = ()


class EventThere(Problem):
    """A new event cannot have the name that another has in addresses."""

    def __init__(self, slug: str) -> None:
        words = _("There is an event called “{slug}” in addresses already. Give the new one another short name.")
        super().__init__(words.format(slug=slug))


class Undated(Problem):
    """A new event needs its days."""

    def __init__(self) -> None:
        super().__init__(_("The file does not say on which days the event is. Say its first and its last day."))


class Plan(NamedTuple):
    """What an import would do. `images` are the things that would be otherwise, before and after; `digest` tells this
    plan from others. `programme` is what the draft would be, as far as the file goes."""

    report: Report
    images: list[Image]
    digest: str
    programme: Programme


async def plan_import(slug: str | None, given: Reading, *, new: bool = False) -> Plan:
    """What `import_reading` would do now, by the same steps; nothing is written. Raises as that does."""
    slug = slug or given.programme.event.slug
    async with reading.moment():
        desk = Desk(await _row_or_none(slug) or _blank_row(slug))
        return await _lay(desk, given, new)


async def import_reading(
    slug: str | None, given: Reading, by: str, *, seen: str | None = None, new: bool = False
) -> Report:
    """Creates the event that the file describes, or brings an existing one up to it.

    Without a slug it is the file's own. What is the same (see `merge.adopt`) keeps its code; what an earlier file of
    the same kind brought and this one lacks is gone; what was made by hand stays. A field that somebody has changed
    since the last import stays changed, unless the file now says something new about it. The same file again changes
    nothing. `seen` is the digest of the plan at which its author looked: raises MovedOn if it would do anything else
    by now. Where it is to be `new` it belongs to whoever makes it, who organises it from then on. Raises Dangling where
    a thing names one that is not there, BadSlug, and where it is to be `new`, EventThere and Undated.
    """
    slug = slug or given.programme.event.slug
    async with database.engine().transaction(allow_nested=False):
        desk = Desk(await _event_row(slug))
        plan = await _lay(desk, given, new)
        if seen is not None and seen != plan.digest:
            raise MovedOn
        await desk.finish(by, "import")
        if new:
            await give(Desk(await _event_row(slug)), by, Right.ORGANISER, by)
    return plan.report


async def _lay(desk: Desk, given: Reading, new: bool) -> Plan:
    """Lays down what the file brings, and says what that is. What is long to work out is worked out in a thread."""
    if new and desk.row["starts"] is not None:
        raise EventThere(desk.slug)
    if new and given.undated:
        raise Undated
    given = await _with_files_that_are_kept(desk.slug, given)
    kept = await _kept(desk)
    adopted = await _adopted(desk, kept, given)
    await _lay_event(desk, adopted.event, given)
    odd = await _lay_nouns(desk, kept, given, adopted)
    await _lay_plans(desk, given, adopted)
    images = desk.images()
    report, digest = await asyncio.to_thread(lambda: (_report(desk, given, odd), _digest(images)))
    return Plan(report, images, digest, adopted)


async def _with_files_that_are_kept(slug: str, given: Reading) -> Reading:
    """A file says which pictures and slides there are, and holds none of them."""
    programme, strange = only_kept(given.programme, await reading.kept_files(slug))
    if not strange:
        return given
    told = Odd(
        where="; ".join(strange[:3]) + (_(" and {n} more").format(n=len(strange) - 3) if len(strange) > 3 else ""),
        what=_("The pictures and files that it names are not kept here, and were left out: bring them once more."),
    )
    return msgspec.structs.replace(given, programme=programme, odd=(*given.odd, told))


def _digest(images: Iterable[Image]) -> str:
    """Of what stands there and is to stand there; but for the UID of a new event, which is given once it is made."""
    told = [(i.kind, i.code, i.before and i.before.value, _without_uid(i)) for i in images]
    told.sort(key=itemgetter(0, 1))
    return sha256(msgspec.json.encode(told)).hexdigest()[:32]


def _without_uid(image: Image) -> Value | None:
    value: Value | None = image.after and image.after.value
    return msgspec.structs.replace(value, uid="") if isinstance(value, Event) and not image.before else value


async def _row_or_none(slug: str) -> Row | None:
    try:
        return await reading.event_row(slug)
    except NotFound:
        return None


def _blank_row(slug: str) -> Row:
    """What stands in the row of an event that is not there yet, as far as a desk asks."""
    _check_slug(slug)
    return {"id": 0, "slug": slug, "revision": 0, "starts": None, "imported": "", "rules": ""}


def _check_slug(slug: str) -> None:
    if slug in NOT_FREE or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise BadSlug(slug)


async def _event_row(slug: str) -> Row:
    """The event's row, locked. A new one says nothing yet but its slug, and waits for anyone who makes the same."""
    try:
        return await reading.event_row(slug, lock=True)
    except NotFound:
        _check_slug(slug)
        new = Events(id=new_key(), slug=slug, uid="", revision=first_revision())
        await Events.insert(new).on_conflict(Events.slug, "DO NOTHING")
        return await reading.event_row(slug, lock=True)


async def _kept(desk: Desk) -> dict[str, dict[str, Kept]]:
    return {name: await desk.look_up(name) for name in NOUNS}


async def _adopted(desk: Desk, kept: dict[str, dict[str, Kept]], given: Reading) -> Programme:
    """The draft brought up to the file, as far as the file goes."""
    found = await desk.found("event", desk.slug)
    if found is None:
        event = msgspec.structs.replace(given.programme.event, slug=desk.slug, uid=await _uid(given.programme.event))
        adopted = await asyncio.to_thread(adopt, Programme(event=event), given.programme)
        return msgspec.structs.replace(adopted, event=event)
    released = await reading.published(desk.slug)
    return await asyncio.to_thread(_adopted_over, found.value, kept, released, given)


def _adopted_over(
    event: Event, kept: dict[str, dict[str, Kept]], released: Programme | None, given: Reading
) -> Programme:
    unsaid = {name: getattr(event, name) for name in given.guessed}
    incoming = msgspec.structs.replace(given.programme, event=msgspec.structs.replace(given.programme.event, **unsaid))
    draft = Programme(
        event=event,
        **{name: tuple(_as_seen_by(given.kind, one) for one in things.values()) for name, things in kept.items()},
        cancelled=released.cancelled if released else (),
        stamps=released.stamps if released else {},
    )
    adopted = adopt(draft, incoming)
    return msgspec.structs.replace(adopted, **{name: tuple(map(_unmarked, getattr(adopted, name))) for name in NOUNS})


def _as_seen_by(kind: str, kept: Kept) -> Any:
    """To one kind of file, what came with another is as if made by hand, without a source; and what it brought itself
    has one, even where the file gives none."""
    value = kept.value
    if kept.origin != kind:
        return msgspec.structs.replace(value, source="") if value.source else value
    return value if value.source else msgspec.structs.replace(value, source=f"{_MARK}{value.code}")


def _unmarked(noun: Any) -> Any:
    return msgspec.structs.replace(noun, source="") if noun.source.startswith(_MARK) else noun


async def _uid(event: Event) -> str:
    """The event's own, unless another event bears it already."""
    taken = await Events.exists().where(Events.uid == event.uid)
    return str(uuid4()) if taken or not event.uid else event.uid


async def _lay_event(desk: Desk, adopted: Event, given: Reading) -> None:
    found = await desk.found("event", desk.slug)
    if found is None:
        await desk.lay("event", desk.slug, adopted)
    else:
        brought = _brought(found, adopted)
        await desk.lay("event", desk.slug, brought.value, imported=brought.imported)
    rules = await desk.found("rules", desk.slug)
    if rules is None or rules.value == Rules():
        await desk.lay("rules", desk.slug, given.planning.rules)


async def _lay_nouns(
    desk: Desk, kept: Mapping[str, Mapping[str, Kept]], given: Reading, adopted: Programme
) -> list[Odd]:
    """Lays down what the file brings, and takes away what it lacks now, unless something that stays names it."""
    placed, gone, odd = await asyncio.to_thread(_brought_and_gone, kept, given, adopted)
    for name, code in gone:
        await desk.clear(name, code)
    for name, code, one in placed:
        await desk.lay(name, code, one.value, origin=one.origin, imported=one.imported)
    return odd


def _brought_and_gone(
    kept: Mapping[str, Mapping[str, Kept]], given: Reading, adopted: Programme
) -> tuple[list[tuple[str, str, Kept]], list[tuple[str, str]], list[Odd]]:
    """What is to stand there, by kind and code; what is to go; and what stays though the file has it no more."""
    odd: list[Odd] = []
    gone: list[tuple[str, str]] = []
    needed: dict[str, set[str]] = defaultdict(set)
    brought: dict[str, dict[str, Kept]] = {}
    for name, shape in reversed(NOUNS.items()):
        things = getattr(adopted, name)
        own = len(getattr(given.programme, name))  # those of the file stand first
        brought[name] = {
            noun.code: _new_or_brought(kept[name].get(noun.code), noun, given.kind) for noun in things[:own]
        }
        staying = {noun.code: noun for noun in things[own:]}
        for code in sorted(kept[name].keys() - brought[name].keys() - staying.keys()):
            if code in needed[name]:
                staying[code] = kept[name][code].value
                odd.append(_odd_that_it_stays(name, code))
            else:
                gone.append((name, code))
        for value in (*(one.value for one in brought[name].values()), *staying.values()):
            for target, codes in references(shape, value).items():
                needed[target] |= codes
    placed = [(name, code, one) for name in NOUNS for code, one in brought[name].items()]
    return placed, gone, odd


def _odd_that_it_stays(name: str, code: str) -> Odd:
    return Odd(
        where=f"{name}/{code}",
        what=_("The file has it no more, but something that was changed by hand names it, and so it stays."),
    )


async def _lay_plans(desk: Desk, given: Reading, adopted: Programme) -> None:
    for name, shape in PLANS.items():
        plans = getattr(given.planning, name)
        if not (target := target_of(shape.columns[shape.coded])):
            continue  # no file brings what organisers have accepted
        codes = {
            old.code: new.code
            for old, new in zip(getattr(given.programme, target), getattr(adopted, target), strict=False)
        }
        kept = await desk.look_up(name)
        known = {noun.code for noun in getattr(adopted, target)}
        coded = (
            msgspec.structs.replace(plan, **{shape.coded: codes.get(code, code)})
            for plan in plans
            if (code := getattr(plan, shape.coded))
        )
        brought = {shape.key(plan): plan for plan in coded if getattr(plan, shape.coded) in known}
        for key, plan in brought.items():
            one = _new_or_brought(kept.get(key), plan, given.kind)
            await desk.lay(name, key, one.value, origin=one.origin, imported=one.imported)
        if plans:
            for key in kept.keys() - brought.keys():
                if kept[key].origin == given.kind:
                    await desk.lay(name, key, None)


def _new_or_brought(kept: Kept | None, adopted: Any, kind: str) -> Kept:
    """What is to stand there after a file of this kind has said `adopted`."""
    if kept is None:
        return Kept(0, -1, adopted, origin=kind)
    if kept.origin != kind:
        source = {"source": kept.value.source} if hasattr(adopted, "source") and not adopted.source else {}
        return kept._replace(value=msgspec.structs.replace(adopted, **source), origin=kind, imported="")
    return _brought(kept, adopted)


def _brought(kept: Kept, adopted: Any) -> Kept:
    """The kept thing with what the file says otherwise than last time.

    A field in which the file agrees with what is kept may be one of which it says nothing (see `merge.adopt`): there,
    what it said last time is still what it said.
    """
    value = kept.value
    said = msgspec.json.decode(kept.imported, type=type(value)) if kept.imported else value
    merged, now_said = {}, {}
    for field in value.__struct_fields__:
        before, present, incoming = getattr(said, field), getattr(value, field), getattr(adopted, field)
        merged[field] = present if incoming in (before, present) else incoming
        now_said[field] = before if incoming == present else incoming
    result = type(value)(**merged)
    said = type(value)(**now_said)
    return kept._replace(value=result, imported="" if said == result else msgspec.json.encode(said).decode())


def _report(desk: Desk, given: Reading, odd: Iterable[Odd]) -> Report:
    held = given.programme
    images = [image for image in desk.images() if image.kind in NOUNS or (image.kind == "event" and image.before)]
    values = [(as_told(image.before), as_told(image.after)) for image in images]
    return Report(
        event=desk.slug,
        sessions=len(held.sessions),
        papers=len(held.papers),
        people=len(held.people),
        rooms=len(held.rooms),
        days=len(index(held).days),
        new=sum(before is None for before, after in values),
        changed=sum(before is not None and after is not None and before != after for before, after in values),
        gone=sum(after is None for before, after in values),
        odd=(*given.odd, *odd),
    )


def as_told(kept: Kept | None) -> Any:
    """What people are told of a thing: not by which identity its file knows it."""
    if kept is None:
        return None
    return msgspec.structs.replace(kept.value, source="") if getattr(kept.value, "source", "") else kept.value
