"""Files that somebody has brought and not yet taken in or left: kept for a day, read in a process of their own.

All is on disk, under a name that nobody can guess: any process can answer, and reading may be done twice, never wrong.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import secrets
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ..intake import Hints
from ..intake.apart import Outcome, laid_apart, read_apart
from ..programme.model import Value
from .build import build
from .errors import NoRoom, NoSuchPage

KEPT_FOR = 24 * 3600
"""Seconds."""

PATIENCE = 0.8
"""Seconds for which an answer waits for a file to be read; then it says that it is being read."""

UNFETCHED = 60
"""Seconds for which what was worked out waits for whoever asks again."""

MOST_OF_ONE = 128 * 2**20
"""Bytes that one person's files may have together; the oldest make room for a new one."""

MOST_IN_ALL = 2**30
"""Bytes that all files may have together, with what was understood of them."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,60}")


class Upload(Value, frozen=True, kw_only=True):
    """A file that was brought. `event` is empty where it is to become a new one; `hints` are those chosen so far."""

    token: str
    event: str
    by: str
    name: str
    size: int
    at: datetime
    hints: Hints = Hints()


Worked = TypeVar("Worked")


class Uploads:
    """The folder of what was brought."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tasks: dict[str, asyncio.Task[Any]] = {}
        self._reader = asyncio.Semaphore(1)

    def keep(self, data: bytes, *, event: str, by: str, name: str, hints: Hints) -> Upload:
        """Raises NoRoom."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._prune()
        self._make_room(by, len(data))
        token = secrets.token_urlsafe(24)
        upload = Upload(token=token, event=event, by=by, name=name, size=len(data), at=datetime.now(UTC), hints=hints)
        _write(self._folder / f"{token}.file", data)
        self.change(upload)
        return upload

    def find(self, token: str, *, event: str, by: str) -> Upload:
        """What was brought for this event (for a new one: by this person); raises NoSuchPage."""
        if not _TOKEN.fullmatch(token):
            raise NoSuchPage
        try:
            found = msgspec.json.decode((self._folder / f"{token}.json").read_bytes(), type=Upload)
        except (FileNotFoundError, msgspec.MsgspecError):
            raise NoSuchPage from None
        if found.event != event or (not event and found.by != by):
            raise NoSuchPage
        return found

    def change(self, upload: Upload) -> None:
        """Keeps what is chosen of it now."""
        _write(self._folder / f"{upload.token}.json", msgspec.json.encode(upload))

    def drop(self, upload: Upload) -> None:
        for path in self._folder.glob(f"{upload.token}.*"):
            path.unlink(missing_ok=True)

    async def outcome(self, upload: Upload) -> Outcome | None:
        """What came of reading it with the hints chosen; None while it is being read."""
        path = self._read_path(upload)
        if path.exists():
            return await asyncio.to_thread(_outcome_at, path)
        return await self.patiently(path.name, lambda: self._read(upload, path))

    async def laid(self, upload: Upload, kinds: dict[int, str] | None = None) -> Outcome:
        """The sheets of a table, as of these kinds; none of what is no table."""
        async with self._reader:
            return await laid_apart(self._file(upload), kinds)

    async def patiently(self, what: str, work: Callable[[], Awaitable[Worked]]) -> Worked | None:
        """What the work gives; None while it is being done. Whoever asks again for the same gets it when it is."""
        task: asyncio.Task[Worked] | None = self._tasks.get(what)
        if task is None:
            task = self._tasks[what] = asyncio.ensure_future(work())
            task.add_done_callback(lambda done: self._forget_later(what, done))
        done, _pending = await asyncio.wait({task}, timeout=PATIENCE)
        if not done:
            return None
        self._forget(what, task)
        return task.result()

    def _forget_later(self, what: str, done: asyncio.Task[Any]) -> None:
        if not done.cancelled():
            done.exception()  # is told to whoever asks again, or to nobody
        asyncio.get_running_loop().call_later(UNFETCHED, self._forget, what, done)

    def _forget(self, what: str, done: asyncio.Task[Any]) -> None:
        if self._tasks.get(what) is done:
            del self._tasks[what]

    async def _read(self, upload: Upload, path: Path) -> Outcome:
        """One file at a time in each process that serves: so much memory is never taken twice."""
        async with self._reader:
            outcome = await read_apart(self._file(upload), upload.hints)
        await asyncio.to_thread(_write, path, msgspec.json.encode(outcome))
        return outcome

    def _file(self, upload: Upload) -> Path:
        """Raises NoSuchPage where it has been pruned."""
        path = self._folder / f"{upload.token}.file"
        if not path.exists():
            raise NoSuchPage
        return path

    def _read_path(self, upload: Upload) -> Path:
        """Other hints, or other code, read a file otherwise."""
        said = hashlib.sha256(msgspec.json.encode(upload.hints) + build().encode()).hexdigest()[:16]
        return self._folder / f"{upload.token}.{said}.read"

    def _make_room(self, by: str, size: int) -> None:
        """Drops somebody's oldest files where a new one would be too much of theirs; raises NoRoom."""
        theirs = sorted((upload for upload in self._all() if upload.by == by), key=lambda upload: upload.at)
        while theirs and sum(upload.size for upload in theirs) + size > MOST_OF_ONE:
            self.drop(theirs.pop(0))
        if _size(self._folder) + size > MOST_IN_ALL:
            raise NoRoom

    def _all(self) -> Iterator[Upload]:
        for path in self._folder.glob("*.json"):
            try:
                yield msgspec.json.decode(path.read_bytes(), type=Upload)
            except (FileNotFoundError, msgspec.MsgspecError):  # dropped meanwhile, or of an older make
                continue

    def _prune(self) -> None:
        old = time.time() - KEPT_FOR
        for path in self._folder.iterdir():
            try:
                if path.stat().st_mtime < old:
                    path.unlink(missing_ok=True)
            except FileNotFoundError:  # another process was faster
                continue


def _size(folder: Path) -> int:
    total = 0
    for entry in os.scandir(folder):
        try:
            total += entry.stat().st_size
        except FileNotFoundError:
            continue
    return total


def _outcome_at(path: Path) -> Outcome:
    return msgspec.json.decode(path.read_bytes(), type=Outcome)


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, and for nobody else on the machine to read."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(data)
    part.replace(path)
