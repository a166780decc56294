"""PostgreSQL with a pool, and transactions that never leave a connection behind."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction

QUICK = "SELECT published FROM events WHERE slug = $1"


class Postgres(PostgresEngine):
    """An engine that must be started before its first query, and stopped before the process ends."""

    __slots__ = ("_quick",)

    def __init__(self, url: str) -> None:
        super().__init__(config={"dsn": url})
        self._quick: asyncpg.Pool[asyncpg.Record] | None = None

    async def check_version(self) -> None:
        """Not asked: Piccolo would connect here, and only warn where nobody answers."""

    async def start(self) -> None:
        await self.start_connection_pool(min_size=1, max_size=8, reset=_nothing)
        try:
            self._quick = await asyncpg.create_pool(**self.config, min_size=1, max_size=3, reset=_nothing)
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        if self.pool is not None:
            await self.close_connection_pool()
        if self._quick is not None:
            await self._quick.close()
            self._quick = None

    async def published(self, slug: str) -> int | None:
        """From a pool of its own, so that no long read or write stands before it."""
        assert self._quick is not None, "the engine was not started"
        found: int | None = await self._quick.fetchval(QUICK, slug)
        return found

    def transaction(self, allow_nested: bool = True) -> Writing:
        """A transaction that writes. Who edits an event locks its row first, so that edits of it come in turn."""
        return Writing(engine=self, allow_nested=allow_nested)

    def snapshot(self) -> Looking:
        """A transaction that reads: all that it reads is of one moment."""
        return Looking(engine=self, allow_nested=False)

    async def many(self, query: str, rows: Iterable[Sequence[Any]]) -> None:
        """One statement for many rows, in the transaction that is open. Places are written `$1`."""
        transaction = self.current_transaction.get()
        assert transaction is not None, "there is no transaction"
        await transaction.connection.executemany(query, rows)


class Writing(PostgresTransaction):
    options: ClassVar[dict[str, Any]] = {}

    async def __aenter__(self) -> PostgresTransaction:
        if self._parent is not None:
            return self._parent
        assert self.engine.pool is not None, "the engine was not started"
        self.pool = self.engine.pool
        self.connection = await self.pool.acquire()
        try:
            self.transaction = self.connection.transaction(**self.options)
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
        await asyncio.shield(self._roll_back_and_release())

    async def _roll_back_and_release(self) -> None:
        """A connection whose transaction cannot be ended is thrown away: the pool would hand it on as it is."""
        try:
            if self.connection.is_in_transaction():
                await self.transaction.rollback()
        except Exception:
            self.connection.terminate()
        finally:
            await self.pool.release(self.connection)


class Looking(Writing):
    options: ClassVar[dict[str, Any]] = {"isolation": "repeatable_read", "readonly": True}


async def _nothing(_: Any) -> None:
    """What a pool does with a connection that comes back: we never change its state, so nothing."""
