"""SQLite with its connections kept: one that writes, a few that read.

Piccolo's own engine opens a connection and a thread for each query, begins transactions in a way that fails at once
where two meet, and leaves a connection open where a BEGIN or COMMIT fails. Here every writer waits for its turn: for
a lock in the process, then for SQLite's own between processes.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import aiosqlite
from piccolo.engine.sqlite import SQLiteEngine, SQLiteTransaction, TransactionType

READERS = 3
PATIENCE = 30.0
"""Seconds for which a writer waits for those of other processes."""

QUICK = "SELECT published FROM events WHERE slug = ?"

# Piccolo reads whole numbers by way of Decimal, and moments twice; our columns hold only what we wrote
sqlite3.register_converter("INTEGER", int)
sqlite3.register_converter("TIMESTAMPTZ", lambda text: datetime.fromisoformat(text.decode()))


class SQLite(SQLiteEngine):
    """An engine that must be started before its first query, and stopped before the process ends."""

    __slots__ = ("_quick", "_readers", "_writer", "turn")

    def __init__(self, path: str) -> None:
        super().__init__(path=path, timeout=PATIENCE, cached_statements=512)
        self.turn = asyncio.Lock()
        self._writer: aiosqlite.Connection | None = None
        self._readers: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        self._quick: sqlite3.Connection | None = None

    async def start(self) -> None:
        """Write-ahead logging is a property of the file; while a connection is open the log is not folded away."""
        Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        try:
            self._writer = await self._open(_Writer)
            await self._writer.execute_fetchall("PRAGMA journal_mode = WAL")
            for _ in range(READERS):
                self._readers.put_nowait(await self._open(_Reader))
            self._quick = _Reader(self.path, isolation_level=None, timeout=PATIENCE)
        except BaseException:
            await self.stop()
            raise

    async def _open(self, factory: type[sqlite3.Connection]) -> aiosqlite.Connection:
        connection = await aiosqlite.connect(**self.connection_kwargs, factory=factory)
        connection.row_factory = _row_maker()
        return connection

    async def stop(self) -> None:
        if self._quick is not None:
            self._quick.close()
        while not self._readers.empty():
            await self._readers.get_nowait().close()
        if self._writer is not None:
            await self._writer.close()
        self._writer = self._quick = None

    @property
    def writer(self) -> aiosqlite.Connection:
        assert self._writer is not None, "the engine was not started"
        return self._writer

    async def published(self, slug: str) -> int | None:
        """Read in the event loop itself: four microseconds, where a hop to a thread takes two hundred."""
        assert self._quick is not None, "the engine was not started"
        rows = self._quick.execute(QUICK, (slug,)).fetchall()
        return rows[0][0] if rows else None

    def transaction(
        self, transaction_type: TransactionType = TransactionType.immediate, allow_nested: bool = True
    ) -> Writing:
        """A transaction that writes: it has the turn from its BEGIN on, so nothing that it read can have changed."""
        return Writing(engine=self, transaction_type=TransactionType.immediate, allow_nested=allow_nested)

    def snapshot(self) -> Looking:
        """A transaction that reads: all that it reads is of one moment."""
        return Looking(engine=self, transaction_type=TransactionType.deferred, allow_nested=False)

    @asynccontextmanager
    async def reader(self) -> Any:
        assert self._writer is not None, "the engine was not started"
        connection = await self._readers.get()
        try:
            yield connection
        finally:
            self._readers.put_nowait(connection)

    async def many(self, query: str, rows: Iterable[Sequence[Any]]) -> None:
        """One statement for many rows, in the transaction that is open. Places are written `$1`."""
        transaction = self.current_transaction.get()
        assert transaction is not None, "there is no transaction"
        await transaction.connection.executemany(query.replace("$", "?"), rows)

    async def _run_in_new_connection(
        self, query: str, args: list[Any] | None = None, query_type: str = "generic", table: Any = None
    ) -> Any:
        if query.lstrip()[:6].upper() == "SELECT":
            async with self.reader() as connection:
                return await connection.execute_fetchall(query, args or ())
        async with self.turn:
            return await self.writer.execute_fetchall(query, args or ())

    async def _run_in_existing_connection(
        self, connection: Any, query: str, args: list[Any] | None = None, query_type: str = "generic", table: Any = None
    ) -> Any:
        return await connection.execute_fetchall(query, args or ())


class Writing(SQLiteTransaction):
    engine: SQLite

    async def __aenter__(self) -> SQLiteTransaction:
        if self._parent is not None:
            return self._parent
        await self.engine.turn.acquire()
        try:
            self.connection = self.engine.writer
            await self.begin()  # type: ignore[no-untyped-call]
        except BaseException:
            await self._give_back()
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def __aexit__(self, exception_type: Any, exception: Any, traceback: Any) -> bool:
        if self._parent is not None:
            return False
        try:
            if exception is None and not (self._committed or self._rolled_back):
                await self.commit()  # type: ignore[no-untyped-call]
        finally:
            self.engine.current_transaction.reset(self.context)
            await self._give_back()
        return False

    async def _give_back(self) -> None:
        """Rolls back what was not committed. The connection's queue is first in, first out: a BEGIN that was
        cancelled while it waited is undone too."""
        undone = asyncio.ensure_future(self.connection.rollback())
        undone.add_done_callback(lambda _: self.engine.turn.release())
        await asyncio.shield(undone)


class Looking(SQLiteTransaction):
    engine: SQLite

    async def __aenter__(self) -> SQLiteTransaction:
        self._borrowed = self.engine.reader()
        self.connection = await self._borrowed.__aenter__()
        try:
            await self.begin()  # type: ignore[no-untyped-call]
        except BaseException:
            await self._give_back()
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def __aexit__(self, exception_type: Any, exception: Any, traceback: Any) -> bool:
        self.engine.current_transaction.reset(self.context)
        await self._give_back()
        return False

    async def _give_back(self) -> None:
        try:
            await asyncio.shield(self.connection.rollback())
        finally:
            await self._borrowed.__aexit__(None, None, None)


class _Writer(sqlite3.Connection):
    """`synchronous = FULL`: what was answered as saved survives a power cut, which NORMAL does not promise with WAL."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for pragma in ("foreign_keys = 1", "synchronous = FULL", "temp_store = MEMORY", "cache_size = -16000"):
            self.execute(f"PRAGMA {pragma}")


class _Reader(_Writer):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.execute("PRAGMA query_only = 1")


def _row_maker() -> Any:
    """Rows as dictionaries; the names are taken once a statement."""
    seen: Any = None
    names: tuple[str, ...] = ()

    def row(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> dict[str, Any]:
        nonlocal seen, names
        if cursor.description is not seen:
            seen = cursor.description
            names = tuple(column[0] for column in seen)
        return dict(zip(names, values, strict=True))

    return row
