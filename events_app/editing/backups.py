"""All that the database holds in one file, and back: the same for SQLite and PostgreSQL, and from one to the other.

The file is gzipped JSON, a line each: first what it is, then each row as `[table, {column: value}]`, last how many.
A row stands after those that it refers to.
"""

from __future__ import annotations

import gzip
import os
import zlib
from base64 import b64decode
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import msgspec
from piccolo.columns import Bytea, Date, Timestamptz
from piccolo.table import Table

from ..language import gettext as _
from ..programme.model import Programme
from ..tables import database
from ..tables.accounts import SignInLinks, SignIns
from ..tables.every import TABLES
from ..tables.history import Releases
from ..tables.letters import Letters
from ..tables.programme import Events
from .desk import Desk
from .errors import Problem

KIND = "events-app backup 1"
BATCH = 50

Count = Callable[[int], None]


class BadBackup(Problem):
    """The file is not a whole backup, or one of a newer program."""


async def size() -> int:
    """How many rows there are to back up."""
    return sum([await table.count() for table in TABLES])


async def backup(file: Path, count: Count = lambda _: None) -> int:
    """Writes all rows as they are at one moment, and answers how many; `count` is told of each batch."""
    with whole_file(file) as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as out:
        return await _write(out, count)


@contextmanager
def whole_file(file: Path) -> Iterator[BinaryIO]:
    """A file to write, whole or not at all: one of that name stays as it is until the new one is on the disk."""
    if file.exists() and not file.is_file():  # a terminal, /dev/null
        with file.open("wb") as out:
            yield out
        return
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with unfinished.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(file)
    except OSError as error:
        if error.filename == str(unfinished):
            error.filename = str(file)
        raise
    finally:
        unfinished.unlink(missing_ok=True)


async def _write(out: gzip.GzipFile, count: Count) -> int:
    out.write(_line({"kind": KIND, "migrations": database.migration_ids()}))
    written = 0
    async with database.engine().snapshot():
        for table in TABLES:
            async for rows in _batches(table):
                out.writelines(_line([table._meta.tablename, row]) for row in rows)
                written += len(rows)
                count(len(rows))
    out.write(_line({"rows": written}))
    return written


async def _batches(table: Any) -> AsyncIterator[list[dict[str, Any]]]:
    """All rows of a table, a few at a time: a release is a whole programme."""
    last = -1
    while rows := await table.select().where(table.id > last).order_by(table.id).limit(_at_once(table)):
        yield rows
        last = rows[-1]["id"]


def _at_once(table: type[Table]) -> int:
    """How many rows of a table are held in memory together: of files, each of which may be large, one."""
    return 1 if _bytes_of(table) else BATCH


def _bytes_of(table: type[Table]) -> list[str]:
    """The columns that hold bytes, which JSON writes in base64."""
    return [column._meta.name for column in table._meta.columns if isinstance(column, Bytea)]


def _line(value: Any) -> bytes:
    return msgspec.json.encode(value) + b"\n"


def rows_in(file: Path) -> int:
    """How many rows a backup holds, having read all of it; raises BadBackup."""
    try:
        with gzip.open(file) as lines:
            head = msgspec.json.decode(next(lines, b"{}"))
            foot, rows = b"{}", -1
            for line in lines:
                foot, rows = line, rows + 1
            last = msgspec.json.decode(foot)
    except (EOFError, gzip.BadGzipFile, zlib.error, msgspec.DecodeError):
        raise BadBackup(_("{file} is no backup, or not a whole one.").format(file=file)) from None
    if not (
        isinstance(head, dict) and isinstance(last, dict) and head.get("kind") == KIND and last.get("rows") == rows
    ):
        raise BadBackup(_("{file} is no backup, or not a whole one.").format(file=file))
    if not set(head["migrations"]) <= set(database.migration_ids()):
        raise BadBackup(_("{file} was made by a newer version of this program; install that first.").format(file=file))
    return rows


async def restore(file: Path, by: str, count: Count = lambda _: None) -> int:
    """Puts a backup in place of everything that is there, in one transaction; answers how many rows it holds.

    Every event's revision rises above what it was before: nobody who asks whether something is new is told that it is
    not. Nobody is signed in who is not signed in now, no link is good that is spent by now, and no letter goes a second
    time. Raises BadBackup before anything is touched.
    """
    rows = rows_in(file)
    async with database.engine().transaction(allow_nested=False):
        before = await _revisions()
        spent = await _spent()
        for table in reversed(TABLES):
            await table.delete(force=True)
        for name, group in groupby(_rows(file), key=itemgetter(0)):
            values = (row for _name, row in group)
            while batch := [_typed(_TABLE[name], row) for row in islice(values, _at_once(_TABLE[name]))]:
                await database.insert(_TABLE[name], batch)
                count(len(batch))
        for row in await Events.select():
            await _raise_revision({**row, "revision": max(row["revision"], before.get(row["slug"], 0))}, by)
        await _leave_spent(spent)
    return rows


class _Spent(NamedTuple):
    """What stands before a restore that must not come back as it was: tokens of sign-ins, links by their tokens, and
    the states of letters by their ids."""

    sign_ins: set[str]
    links: dict[str, dict[str, Any]]
    letters: dict[int, str]


async def _spent() -> _Spent:
    return _Spent(
        sign_ins={row["token"] for row in await SignIns.select(SignIns.token)},
        links={row["token"]: row for row in await SignInLinks.select()},
        letters={row["id"]: row["state"] for row in await Letters.select(Letters.id, Letters.state)},
    )


async def _leave_spent(spent: _Spent) -> None:
    """Sign-ins that were ended since stay ended, links that were used stay used (they say who has been here), and a
    letter that was waiting and may have gone meanwhile waits for an organiser."""
    ended = [row["id"] for row in await SignIns.select(SignIns.id, SignIns.token) if row["token"] not in spent.sign_ins]
    await database.delete(SignIns, "id", ended)
    back = await SignInLinks.select(SignInLinks.id, SignInLinks.token, SignInLinks.used)
    unused = [row["id"] for row in back if row["used"] is None and row["token"] not in spent.links]
    await database.delete(SignInLinks, "id", unused)
    used = {token: row for token, row in spent.links.items() if row["used"] is not None}
    await database.delete(SignInLinks, "id", [row["id"] for row in back if row["token"] in used])
    await database.insert(SignInLinks, list(used.values()))
    waiting = await Letters.select(Letters.id, Letters.state).where(Letters.state.is_in(["waiting", "sending"]))
    await database.update(
        Letters, [{"id": row["id"], "state": _state_now(row["state"], spent.letters.get(row["id"]))} for row in waiting]
    )


def _state_now(kept: str, now: str | None) -> str:
    if now is None or (kept == "sending" and now == "sending"):
        return "unsure" if kept == "sending" else "held"
    return now


async def _revisions() -> dict[str, int]:
    """The revision of each event; who edits one now waits, or is waited for."""
    query = Events.select(Events.slug, Events.revision)
    if database.engine().engine_type == "postgres":
        query = query.lock_rows()
    return {row["slug"]: row["revision"] for row in await query}


def _rows(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    with gzip.open(file) as lines:
        for line in lines:
            if line.startswith(b"["):
                yield msgspec.json.decode(line, type=tuple[str, dict[str, Any]])


def _typed(table: type[Table], row: dict[str, Any]) -> dict[str, Any]:
    """The row with its moments, days and bytes, which JSON writes as text."""
    for column in table._meta.columns:
        text = row.get(column._meta.name)
        if text is not None and isinstance(column, Timestamptz | Date):
            kind = datetime if isinstance(column, Timestamptz) else date
            row[column._meta.name] = kind.fromisoformat(text)
    for name in _bytes_of(table):
        row[name] = b64decode(row[name])
    return row


async def _raise_revision(row: dict[str, Any], by: str) -> None:
    desk = Desk(row)
    if row["published"] is not None:
        await _republish(desk, row["published"])
    await desk.note(by, "restore", "{}", "{}")


async def _republish(desk: Desk, revision: int) -> None:
    """What is published is known by its revision: it is given the new one."""
    mine = (Releases.event == desk.id) & (Releases.revision == revision)
    published = await Releases.select(Releases.document).where(mine)
    programme = msgspec.json.decode(published[0]["document"], type=Programme)
    *earlier, last = programme.versions
    last = msgspec.structs.replace(last, revision=desk.revision)
    programme = msgspec.structs.replace(programme, versions=(*earlier, last))
    document = msgspec.json.encode(programme).decode()
    await Releases.update({Releases.revision: desk.revision, Releases.document: document}).where(mine)
    await Events.update({Events.published: desk.revision}).where(Events.id == desk.id)


_TABLE: dict[str, type[Table]] = {table._meta.tablename: table for table in TABLES}
