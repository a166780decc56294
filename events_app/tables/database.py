"""The one database of a process: opened, migrated, written to in bulk."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import io
import os
import re
import sys
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
from piccolo.apps.migrations.tables import Migration
from piccolo.table import Table

from ..settings import BadSetting, settings
from .every import TABLES
from .postgres import Postgres
from .sqlite import SQLite

Engine = SQLite | Postgres

MIGRATIONS = Path(__file__).parent / "piccolo_migrations"

os.environ.setdefault("PICCOLO_CONF", "events_app.piccolo_conf")  # where Piccolo's migrations look for the database

_engine: Engine | None = None


def engine() -> Engine:
    """The engine in use; before `start`, one for the database that the settings name."""
    return _engine or use(engine_for(settings().database))


def engine_for(url: str) -> Engine:
    """`sqlite:///path` or `postgresql://…`; anything else raises BadSetting."""
    scheme, _, path = url.partition("://")
    if scheme == "sqlite" and path.startswith("/") and len(path) > 1:
        return SQLite(path[1:] if path.startswith("//") else str(Path(path[1:]).resolve()))
    if scheme in ("postgres", "postgresql"):
        return Postgres(url)
    raise BadSetting(f"EVENTS_DATABASE_URL: {url} is neither sqlite:///path nor postgresql://…")


def exists(url: str) -> bool:
    """Whether there is such a database; one on a server is taken to be there."""
    chosen = engine_for(url)
    return not isinstance(chosen, SQLite) or Path(chosen.path).exists()


def use(chosen: Engine) -> Engine:
    """From now on all tables are of this database."""
    global _engine
    _engine = chosen
    tables: tuple[type[Table], ...] = (*TABLES, Migration)
    for table in tables:
        table._meta.db = chosen
    return chosen


async def start(url: str) -> None:
    """Opens the database for this process, in the running event loop. Makes no tables: that is `migrate`."""
    await use(engine_for(url)).start()


async def stop() -> None:
    global _engine
    if _engine is not None:
        await _engine.stop()
    _engine = None


@asynccontextmanager
async def running(url: str) -> AsyncIterator[None]:
    await start(url)
    try:
        yield
    finally:
        await stop()


async def migrate() -> int:
    """Brings the tables up to date and answers how many steps that took. Two at once: the second waits."""
    from piccolo.apps.migrations.commands.forwards import run_forwards  # brings much with it

    async with _alone():
        steps = len(await pending())
        if steps:
            _forget_other_engines()
            with contextlib.redirect_stdout(io.StringIO()):
                await run_forwards("events_app")
        return steps


def _forget_other_engines() -> None:
    """The tables that migrations define for themselves stay with the first engine that they meet."""
    for name in [name for name in sys.modules if name.startswith("events_app_2")]:
        del sys.modules[name]


async def pending() -> list[str]:
    """The migrations that this database has not had."""
    known = migration_ids()
    if not await Migration.table_exists():
        return known
    had = {row["name"] for row in await Migration.select(Migration.name).where(Migration.app_name == "events_app")}
    return [name for name in known if name not in had]


def migration_ids() -> list[str]:
    """All that this program knows, oldest first."""
    texts = (path.read_text(encoding="utf-8") for path in MIGRATIONS.glob("events_app_*.py"))
    return sorted(found.group(1) for text in texts if (found := re.search(r'^ID = "(.*)"$', text, re.MULTILINE)))


@asynccontextmanager
async def _alone() -> AsyncIterator[None]:
    current = engine()
    if isinstance(current, SQLite):
        lock = await asyncio.to_thread(_locked, Path(f"{current.path}.migrating"))
        try:
            yield
        finally:
            lock.close()
    else:
        connection = await asyncpg.connect(**current.config)
        try:
            await connection.execute("SELECT pg_advisory_lock(hashtext('events_app migrations'))")
            yield
        finally:
            await connection.close()


def _locked(path: Path) -> io.TextIOWrapper:
    """The file, open, when nobody else has it; to close it is to let it go."""
    file = path.open("w")
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


async def insert(table: type[Table], rows: Sequence[Mapping[str, Any]]) -> None:
    """Many rows at once, in the open transaction. What a row does not say takes the column's default."""
    defaults = {column._meta.name: column.get_default_value() for column in table._meta.columns} if rows else {}
    names = ", ".join(f'"{name}"' for name in defaults)
    places = ", ".join(f"${n}" for n in range(1, len(defaults) + 1))
    await _many(
        f'INSERT INTO "{table._meta.tablename}" ({names}) VALUES ({places})',  # noqa: S608 (names from the tables)
        [[row.get(name, default) for name, default in defaults.items()] for row in rows],
    )


async def update(table: type[Table], rows: Sequence[Mapping[str, Any]]) -> None:
    """Sets the columns that the rows name (all the same ones), each row known by its id."""
    names = [name for name in rows[0] if name != "id"] if rows else []
    sets = ", ".join(f'"{name}" = ${n}' for n, name in enumerate(names, start=1))
    await _many(
        f'UPDATE "{table._meta.tablename}" SET {sets} WHERE id = ${len(names) + 1}',  # noqa: S608
        [[*(row[name] for name in names), row["id"]] for row in rows],
    )


async def delete(table: type[Table], column: str, ids: Iterable[int]) -> None:
    """All rows whose `column` is one of `ids`."""
    await _many(
        f'DELETE FROM "{table._meta.tablename}" WHERE "{column}" = $1',  # noqa: S608
        [[one] for one in ids],
    )


async def _many(query: str, rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        await engine().many(query, rows)
