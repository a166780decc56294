"""The one way in which a draft changes: what a verb lays down is written, logged and counted in one transaction.

A verb asks the desk for what stands there, and lays down what is to stand there instead. At the end the rows that
differ are written, one line goes into the log with each thing before and after, and the event's revision moves by
one. Where nothing differs nothing is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
from piccolo.columns import Column, ForeignKey, OnDelete

from .. import reading
from ..programme.model import Event, Value
from ..programme.planning import Rules
from ..reading import Kept
from ..tables import database
from ..tables.columns import new_key
from ..tables.every import TABLES
from ..tables.history import Log
from ..tables.programme import Events
from ..tables.shapes import EVENT, NOUNS, PLANS, SHAPES, Listing, Row, Shape, item_row, references, row_of, target_of
from .errors import Dangling, StillUsed

Keys = dict[str, dict[str, int]]
"""The keys of rows, by table and code."""

KINDS: dict[str, type[Value]] = {"event": Event, "rules": Rules, **{name: s.value for name, s in SHAPES.items()}}
"""Everything that can be changed, and the type of its values. The event and its rules have the event's slug as code."""


class State(Value, frozen=True, kw_only=True):
    """A thing as the log remembers it."""

    value: Any
    position: int = 0
    origin: str = ""
    imported: str = ""


class Image(NamedTuple):
    """One thing before and after."""

    kind: str
    code: str
    before: Kept | None
    after: Kept | None


@asynccontextmanager
async def at_desk(slug: str, by: str, what: str) -> AsyncIterator[Desk]:
    """Edits one event; raises NotFound. Other writers of the event wait until this ends."""
    async with database.engine().transaction(allow_nested=False):
        desk = Desk(await reading.event_row(slug, lock=True))
        yield desk
        await desk.finish(by, what)


class Desk:
    """What is being changed of one event, inside a transaction. `revision` is the one that a change will make."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.id: int = row["id"]
        self.slug: str = row["slug"]
        self.revision: int = row["revision"] + 1
        self._found: dict[tuple[str, str], Kept] = {}
        self._laid: dict[tuple[str, str], Kept | None] = {}
        self._whole: set[str] = set()

    async def found(self, kind: str, code: str) -> Kept | None:
        """What stands there."""
        if kind in ("event", "rules"):
            return self._of_event(kind)
        if (kind, code) not in self._found and kind not in self._whole:
            await self.look_up(kind, {_owner(kind, code)})
        return self._found.get((kind, code))

    def _of_event(self, kind: str) -> Kept | None:
        """A new event, whose row says only its slug, is not there yet."""
        if self.row["starts"] is None:
            return None
        value = reading.event_of(self.row) if kind == "event" else reading.rules_of(self.row)
        return Kept(self.id, 0, value, "file", self.row["imported"] if kind == "event" else "")

    async def look_up(self, kind: str, codes: set[str] | None = None) -> dict[str, Kept]:
        """Many things at once, by their keys: those with these codes (of a plan: of those), or all of a kind."""
        shape = SHAPES[kind]
        there = {shape.key(kept.value): kept for kept in await reading.read(shape, self.id, codes)}
        self._found.update({(kind, code): kept for code, kept in there.items()})
        if codes is None:
            self._whole.add(kind)
        return there

    async def lay(self, kind: str, code: str, value: Any, **more: Any) -> None:
        """What is to stand there; None: nothing. `more` are other fields of Kept that change with it.

        Somebody's change to what a file brought leaves a note of what the file said.
        """
        before = await self.found(kind, code)
        if before is None:
            self._laid[kind, code] = None if value is None else Kept(0, **{"position": -1, "value": value, **more})
        elif value is None:
            self._laid[kind, code] = None
        else:
            if "imported" not in more and before.origin and not before.imported and value != before.value:
                more["imported"] = msgspec.json.encode(before.value).decode()
            self._laid[kind, code] = before._replace(value=value, **more)

    async def clear(self, kind: str, code: str) -> None:
        """Takes a thing away, with what is planned for it and goes with it."""
        await self.lay(kind, code, None)
        for plan, shape in PLANS.items():
            if target_of(shape.columns[shape.coded]) == kind:
                for key in await self.look_up(plan, {code}):
                    await self.lay(plan, key, None)

    def images(self) -> list[Image]:
        """What differs."""
        pairs = ((kind, code, self._before(kind, code), after) for (kind, code), after in self._laid.items())
        return [Image(*pair) for pair in pairs if pair[2] != pair[3]]

    def _before(self, kind: str, code: str) -> Kept | None:
        return self._of_event(kind) if kind in ("event", "rules") else self._found.get((kind, code))

    async def finish(self, by: str, what: str) -> None:
        if images := self.images():
            images = await self._written(images)
            noun, code = _subject(images)
            await self.note(by, what, _remembered(images, before=True), _remembered(images, before=False), noun, code)

    async def note(self, by: str, what: str, before: str, after: str, noun: str = "", code: str = "") -> None:
        """Moves the revision, and writes the line of the log that says why."""
        await Events.update({Events.revision: self.revision}).where(Events.id == self.id)
        await database.insert(
            Log,
            [
                {
                    "id": new_key(),
                    "event": self.id,
                    "revision": self.revision,
                    "at": datetime.now(UTC),
                    "who": by,
                    "what": what,
                    "noun": noun,
                    "code": code,
                    "before": before,
                    "after": after,
                }
            ],
        )

    async def _written(self, images: list[Image]) -> list[Image]:
        """Writes the rows; answers the images with the keys and positions that new things were given."""
        images = await self._numbered(images)
        keys = await self._keys(images)
        for image in images:
            if image.kind in ("event", "rules"):
                await self._write_event(image)
        for kind, shape in SHAPES.items():
            await self._write(shape, [image for image in images if image.kind == kind and image.after], keys)
        for kind, shape in reversed(SHAPES.items()):
            await self._delete(shape, [image for image in images if image.kind == kind and not image.after])
        return images

    async def _numbered(self, images: list[Image]) -> list[Image]:
        """New things come last, in the order in which they were laid down, unless they say where."""
        ends: dict[str, int] = {}
        numbered = []
        for image in images:
            if image.before is None and image.after is not None and image.kind in SHAPES:
                after = image.after._replace(id=new_key())
                if after.position < 0:
                    if image.kind not in ends:
                        ends[image.kind] = await self._end(SHAPES[image.kind])
                    after = after._replace(position=ends[image.kind])
                    ends[image.kind] += 1
                image = image._replace(after=after)
            numbered.append(image)
        return numbered

    async def _end(self, shape: Shape) -> int:
        table: Any = shape.table
        last = (
            await table.select(table.position)
            .where(table.event == self.id)
            .order_by(table.position, ascending=False)
            .limit(1)
        )
        return last[0]["position"] + 1 if last else 0

    async def _keys(self, images: list[Image]) -> Keys:
        """The keys of everything that is named."""
        keys: dict[str, dict[str, int]] = {name: {} for name in NOUNS}
        for image in images:
            if image.after and image.kind in NOUNS:
                keys[image.kind][image.code] = image.after.id
        wanted: dict[str, set[str]] = defaultdict(set)
        for image in images:
            if image.after and image.kind in SHAPES:
                for name, codes in references(SHAPES[image.kind], image.after.value).items():
                    wanted[name] |= codes - keys[name].keys()
        for name, codes in wanted.items():
            table: Any = NOUNS[name].table
            if codes:
                query = table.select(table.id, table.code).where(table.event == self.id)
                if len(codes) <= reading.FEW:
                    query = query.where(table.code.is_in(list(codes)))
                keys[name] = {row["code"]: row["id"] for row in await query} | keys[name]
        return keys

    async def _write_event(self, image: Image) -> None:
        assert image.after is not None
        if image.kind == "rules":
            row = {"rules": msgspec.json.encode(image.after.value).decode()}
        else:
            row = row_of(EVENT.columns, image.after.value, {}) | {"imported": image.after.imported}
        await database.update(Events, [{**row, "id": self.id}])

    async def _write(self, shape: Shape, images: list[Image], keys: Keys) -> None:
        await database.insert(shape.table, [self._row(shape, image, keys) for image in images if not image.before])
        await database.update(shape.table, [self._row(shape, image, keys) for image in images if image.before])
        for listing in shape.listings:
            changed = [image for image in images if _items(image.before, listing) != _items(image.after, listing)]
            stale = [image.before.id for image in changed if image.before]
            await database.delete(listing.table, listing.owner._meta.name, stale)
            rows = [row for image in changed for row in self._item_rows(shape, listing, image, keys)]
            await database.insert(listing.table, rows)

    def _item_rows(self, shape: Shape, listing: Listing, image: Image, keys: Keys) -> Iterator[Row]:
        assert image.after is not None
        own = {"event": self.id, listing.owner._meta.name: image.after.id}
        for position, item in enumerate(_items(image.after, listing)):
            with _naming(shape, image):
                yield item_row(listing, item, keys) | own | {"id": new_key(), "position": position}

    def _row(self, shape: Shape, image: Image, keys: Keys) -> Row:
        assert image.after is not None
        with _naming(shape, image):
            row = row_of(shape.columns, image.after.value, keys)
        id, position, _, origin, imported = image.after
        return row | {"id": id, "event": self.id, "position": position, "origin": origin, "imported": imported}

    async def _delete(self, shape: Shape, images: list[Image]) -> None:
        ids = {image.before.id: image.code for image in images if image.before}
        if not ids:
            return
        for listing in shape.listings:
            await database.delete(listing.table, listing.owner._meta.name, ids)
        users = [user for column in _references_to(shape) for user in await self._users(column, ids)]
        for id, code in ids.items():
            if named := [holder for used, holder in users if used == id]:
                raise StillUsed(shape.name, code, sorted(set(named)))
        await database.delete(shape.table, "id", ids)

    async def _users(self, column: ForeignKey[Any], ids: Mapping[int, str]) -> list[tuple[int, tuple[str, str]]]:
        """What still names these rows in one column: the row, and the kind and code of what names it."""
        table: Any = column._meta.table
        holders = _holders(table)
        query = table.select(column.as_alias("used"), *holders.values()).where(table.event == self.id)
        query = query.where(column.is_in(list(ids)) if len(ids) <= reading.FEW else column.is_not_null())
        return [
            (row["used"], (kind, row[kind]))
            for row in await query
            if row["used"] in ids
            for kind in holders
            if row[kind]
        ]


@contextmanager
def _naming(shape: Shape, image: Image) -> Iterator[None]:
    """Says what is dangling where a code has no key."""
    try:
        yield
    except KeyError as missing:
        raise Dangling(shape.name, image.code, missing.args[0]) from None


def _items(kept: Kept | None, listing: Listing) -> tuple[Any, ...]:
    found: tuple[Any, ...] = getattr(kept.value, listing.field) if kept else ()
    return found


def _owner(kind: str, key: str) -> str:
    """The code of what this is, or of what it belongs to: somebody's hours are known by more than their code."""
    shape = SHAPES[kind]
    return key.partition("/")[0] if shape.coded in shape.references else key


def _references_to(shape: Shape) -> list[ForeignKey[Any]]:
    """The columns that hold on to a row of this kind."""
    return [
        column
        for table in TABLES
        for column in table._meta.foreign_key_columns
        if column._foreign_key_meta.on_delete is OnDelete.no_action
        and column._foreign_key_meta.resolved_references is shape.table
    ]


def _holders(table: Any) -> dict[str, Column]:
    """By kind, what to select to say what names something: the row's own code, or that of what it is a part of."""
    if table._meta.tablename in NOUNS:
        return {table._meta.tablename: table.code.as_alias(table._meta.tablename)}
    return {
        target_of(column): column.code.as_alias(target_of(column))
        for column in table._meta.foreign_key_columns
        if column._meta.name != "event" and column._foreign_key_meta.on_delete is OnDelete.cascade
    }


def _subject(images: Iterable[Image]) -> tuple[str, str]:
    """The one thing that the images are of, or nothing."""
    things = [(image.kind, image.code) for image in images]
    return things[0] if len(things) == 1 else ("", "")


def _remembered(images: Iterable[Image], *, before: bool) -> str:
    found: dict[str, dict[str, State | None]] = defaultdict(dict)
    for image in images:
        kept = image.before if before else image.after
        found[image.kind][image.code] = (
            State(value=kept.value, position=kept.position, origin=kept.origin, imported=kept.imported)
            if kept
            else None
        )
    return msgspec.json.encode(found).decode()
