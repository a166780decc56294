"""From rows to values: an event's draft as it stands, or what was published of it.

What one function answers is of one moment, whoever writes meanwhile. Inside a transaction all of it is of that
transaction's moment.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import date, datetime
from typing import Any, NamedTuple

import msgspec
from piccolo.columns import Column

from .language import gettext as _
from .programme.lookup import index
from .programme.model import Event, Picture, Programme, Value
from .programme.planning import Planning, Rules
from .tables import database
from .tables.history import Log, Releases
from .tables.letters import Files
from .tables.planning import Contacts
from .tables.programme import Events
from .tables.shapes import EVENT, NOUNS, PLANS, SHAPES, Row, Shape, selected

FEW = 200
"""Up to so many things are asked for by name; for more, the whole table is quicker."""


class NotFound(LookupError):
    """There is no such thing; the sentence says which."""


class Draft(Value, frozen=True, kw_only=True):
    """An event as its organisers see it. `revision` moves with every write."""

    programme: Programme
    planning: Planning
    revision: int


class EventLine(Value, frozen=True, kw_only=True):
    """`revision` is the draft's; `published` the one that the public sees, and `version` its number, if any."""

    slug: str
    name: str
    starts: date
    ends: date
    revision: int
    published: int | None = None
    version: int | None = None


class ReleaseLine(Value, frozen=True, kw_only=True):
    version: int
    revision: int
    published: datetime
    notes: str
    by: str


class LogLine(Value, frozen=True, kw_only=True):
    """What one verb did. `before` and `after` are JSON: `{"sessions": {"K1": {…} or null}}`."""

    id: int
    revision: int
    at: datetime
    who: str
    what: str
    noun: str
    code: str
    before: str
    after: str


class KeptFile(NamedTuple):
    """A picture or an attachment as it is kept: `key` is a hash of `data`."""

    key: str
    media: str
    data: bytes


class Kept(NamedTuple):
    """A value with what its row says besides.

    `origin` is the kind of file that brought it, or empty; `imported` is what that file said, as JSON, where somebody
    has changed it since.
    """

    id: int
    position: int
    value: Any
    origin: str = ""
    imported: str = ""


async def events() -> list[EventLine]:
    """All events, the latest first."""
    columns = (getattr(Events, name) for name in EventLine.__struct_fields__)
    rows = await Events.select(*columns)
    return sorted(msgspec.convert(rows, list[EventLine]), key=lambda line: (line.starts, line.slug), reverse=True)


async def events_of(email: str) -> list[EventLine]:
    """The events whose organisers keep this address (in lower case) with a person, the latest first."""
    rows = await Contacts.select(Contacts.event.slug.as_alias("slug")).where(Contacts.email == email)
    theirs = {row["slug"] for row in rows}
    return [line for line in await events() if email and line.slug in theirs]


async def draft(slug: str) -> Draft:
    """The event as it stands; raises NotFound."""
    async with moment():
        row = await event_row(slug)
        return await draft_of(row)


async def published(slug: str) -> Programme | None:
    """What the public sees: its `version.revision` is what `published_revision` says. None before the first release."""
    rows = await Releases.select(Releases.document).where(
        Releases.event.slug == slug, Releases.revision == Releases.event.published
    )
    return _programme(rows[0]["document"]) if rows else None


async def published_revision(slug: str) -> int | None:
    """The revision that the public sees; None: nothing yet, or no such event. Costs microseconds with SQLite."""
    return await database.engine().published(slug)


async def releases(slug: str) -> list[ReleaseLine]:
    """Every publication, the latest first; raises NotFound."""
    async with moment():
        row = await event_row(slug)
        columns = (getattr(Releases, name) for name in ReleaseLine.__struct_fields__)
        rows = await Releases.select(*columns).where(Releases.event == row["id"])
    return sorted(msgspec.convert(rows, list[ReleaseLine]), key=lambda line: line.revision, reverse=True)


async def release(slug: str, version: int) -> Programme | None:
    """A version as it was published last; None where there is no such version."""
    rows = (
        await Releases.select(Releases.document)
        .where(Releases.event.slug == slug, Releases.version == version)
        .order_by(Releases.revision, ascending=False)
        .limit(1)
    )
    return _programme(rows[0]["document"]) if rows else None


async def log(slug: str, limit: int = 50, below: int | None = None) -> list[LogLine]:
    """What was done, the latest first; `below` a revision, to turn the page. Raises NotFound."""
    async with moment():
        row = await event_row(slug)
        query = Log.select(*(getattr(Log, name) for name in LogLine.__struct_fields__)).where(Log.event == row["id"])
        if below is not None:
            query = query.where(Log.revision < below)
        rows = await query.order_by(Log.revision, ascending=False).limit(limit)
    return msgspec.convert(rows, list[LogLine])


async def log_of(
    slug: str,
    *,
    who: str = "",
    what: str = "",
    noun: str = "",
    code: str = "",
    limit: int = 50,
    below: int | None = None,
) -> list[LogLine]:
    """What somebody did, or what was done to one thing or to those of one kind, the latest first.

    `what` is a verb, `noun` a kind such as "sessions"; of what belongs to a thing (availability) `code` may be that
    thing's and a slash. Lines that name a code elsewhere can be among them. Raises NotFound.
    """
    async with moment():
        row = await event_row(slug)
        query = Log.select(*(getattr(Log, name) for name in LogLine.__struct_fields__)).where(Log.event == row["id"])
        if who:
            query = query.where(Log.who == who)
        if what:
            query = query.where(Log.what == what)
        for text in [f'"{noun}":{{'] * bool(noun) + [f'"{code}' if code.endswith("/") else f'"{code}":'] * bool(code):
            query = query.where(Log.after.like(f"%{text}%"))
        if below is not None:
            query = query.where(Log.revision < below)
        rows = await query.order_by(Log.revision, ascending=False).limit(limit)
    return msgspec.convert(rows, list[LogLine])


async def log_makers(slug: str) -> tuple[list[str], list[str]]:
    """Whoever did something in an event, and the verbs of what was done. Raises NotFound."""
    async with moment():
        row = await event_row(slug)
        rows = await Log.select(Log.who, Log.what).where(Log.event == row["id"]).group_by(Log.who, Log.what)
    return sorted({row["who"] for row in rows}), sorted({row["what"] for row in rows})


async def log_since(slug: str, revision: int) -> list[LogLine]:
    """What was done after a revision, in its order. Raises NotFound."""
    async with moment():
        row = await event_row(slug)
        if row["revision"] <= revision:
            return []
        columns = (getattr(Log, name) for name in LogLine.__struct_fields__)
        rows = await Log.select(*columns).where(Log.event == row["id"], Log.revision > revision).order_by(Log.revision)
    return msgspec.convert(rows, list[LogLine])


async def lately(slug: str, limit: int) -> list[LogLine]:
    """What was done last, the latest first, without what it was done to: that can be a whole programme. Raises
    NotFound."""
    async with moment():
        row = await event_row(slug)
        columns = (getattr(Log, name) for name in LogLine.__struct_fields__ if name not in ("before", "after"))
        rows = (
            await Log.select(*columns)
            .where(Log.event == row["id"])
            .order_by(Log.revision, ascending=False)
            .limit(limit)
        )
    return msgspec.convert([{**row, "before": "{}", "after": "{}"} for row in rows], list[LogLine])


async def log_line(slug: str, id: int) -> LogLine:
    """One line; raises NotFound."""
    columns = (getattr(Log, name) for name in LogLine.__struct_fields__)
    rows = await Log.select(*columns).where(Log.event.slug == slug, Log.id == id)
    if not rows:
        raise NotFound(_("There is no such line in the log of {event}.").format(event=slug))
    return msgspec.convert(rows[0], LogLine)


async def file(slug: str, key: str) -> KeptFile | None:
    """A picture or an attachment of an event; None where it keeps no such thing."""
    found = await files(slug, {key})
    return found[0] if found else None


async def files(slug: str, keys: Collection[str]) -> list[KeptFile]:
    """Those of these pictures and attachments that an event keeps. All their bytes are in memory then."""
    if not keys:
        return []
    rows = await Files.select(Files.name, Files.media, Files.data).where(
        Files.event.slug == slug, Files.name.is_in(list(keys))
    )
    return [KeptFile(row["name"], row["media"], row["data"]) for row in rows]


async def pictures(slug: str, programme: Programme) -> dict[str, bytes]:
    """The bytes of all pictures that a programme of an event names, by their keys: what its prints show."""
    named = {key for key, file in index(programme).files.items() if isinstance(file, Picture)}
    return {file.key: file.data for file in await files(slug, named)}


async def kept_files(slug: str) -> frozenset[str]:
    """The keys of all pictures and attachments that an event keeps."""
    rows = await Files.select(Files.name).where(Files.event.slug == slug)
    return frozenset(row["name"] for row in rows)


def _programme(document: str) -> Programme:
    return _document.decode(document)


_document = msgspec.json.Decoder(Programme)


@asynccontextmanager
async def moment() -> AsyncIterator[None]:
    """Inside, everything that is read is of one moment: that of the open transaction, or else a snapshot's."""
    engine = database.engine()
    if engine.transaction_exists():
        yield
    else:
        async with engine.snapshot():
            yield


async def event_row(slug: str, lock: bool = False) -> Row:
    """The event's row; raises NotFound. `lock` it to write: other writers of this event wait until the commit."""
    query = Events.select().where(Events.slug == slug)
    if lock and database.engine().engine_type == "postgres":
        query = query.lock_rows()
    rows = await query
    if not rows:
        raise NotFound(_("There is no event “{event}”.").format(event=slug))
    row: Row = rows[0]
    return row


async def draft_of(row: Row) -> Draft:
    with _uncollected():
        return await _draft_of(row)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Tens of thousands of new values that all stay: looking for rubbish among them takes as long as reading them."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


async def _draft_of(row: Row) -> Draft:
    held: dict[str, Any] = {
        name: tuple(kept.value for kept in await read(shape, row["id"])) for name, shape in SHAPES.items()
    }
    return Draft(
        programme=Programme(event=event_of(row), **{name: held[name] for name in NOUNS}),
        planning=Planning(rules=rules_of(row), **{name: held[name] for name in PLANS}),
        revision=row["revision"],
    )


def event_of(row: Row) -> Event:
    return msgspec.convert({**row, **_unpacked(EVENT, row)}, Event)


def rules_of(row: Row) -> Rules:
    return msgspec.json.decode(row["rules"], type=Rules) if row["rules"] else Rules()


async def read(shape: Shape, event: int, codes: Collection[str] | None = None) -> list[Kept]:
    """The things of one kind in their order; only those with these codes, if any are given.

    Of what has no code of its own, `codes` are those of the thing to which it belongs.
    """
    table: Any = shape.table
    extra = (table.id, table.position, table.origin, table.imported)
    query = table.select(*extra, *selected(shape.columns)).where(table.event == event)
    if codes is not None and not codes:
        return []
    few = codes is not None and len(codes) <= FEW
    if few:
        query = query.where(_code_column(shape).is_in(list(codes or ())))
    rows: list[Row] = sorted(await query, key=lambda row: (row["position"], row["id"]))
    if codes is not None and not few:
        rows = [row for row in rows if row[shape.coded] in codes]
    ids = [row["id"] for row in rows] if few else None
    for listing in shape.listings:
        items = await _items(listing.owner, listing.columns, listing.only, event, ids)
        for row in rows:
            row[listing.field] = items.get(row["id"], ())
    for row in rows:
        row.update(_unpacked(shape, row))
    values = msgspec.convert(rows, list[shape.value])  # type: ignore[name-defined]
    return [
        Kept(row["id"], row["position"], value, row["origin"], row["imported"])
        for row, value in zip(rows, values, strict=True)
    ]


def _code_column(shape: Shape) -> Any:
    column: Any = shape.columns[shape.coded]
    return column.code if shape.coded in shape.references else column


def _unpacked(shape: Shape, row: Row) -> Row:
    """The row's lists out of their JSON, and no None where the value has an empty text."""
    found: Row = {
        name: packed.decoder.decode(row[name]) if row[name] else packed.empty for name, packed in shape.packed.items()
    }
    for name in shape.references:
        found[name] = row[name] or ""
    return found


async def _items(
    owner: Column, columns: Mapping[str, Column], only: str, event: int, ids: list[int] | None
) -> dict[int, list[Any]]:
    """The items of a list, by the row to which they belong."""
    if ids is not None and not ids:
        return {}
    table: Any = owner._meta.table
    query = table.select(table.position, owner.as_alias("owner"), *selected(columns)).where(table.event == event)
    query = query.where(owner.is_in(ids) if ids is not None else owner.is_not_null())
    found: dict[int, list[Any]] = defaultdict(list)
    for row in sorted(await query, key=lambda row: row["position"]):
        found[row["owner"]].append(row[only] if only else row)
    return found
