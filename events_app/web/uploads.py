"""Files that somebody has brought and not yet taken in or left: kept for a day, read outside the event loop.

All is on disk, under a name that nobody can guess: any process can answer, and reading may be done twice, never wrong.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import secrets
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from .. import intake
from ..intake import Hints, Reading, Refused
from ..programme.model import Value
from .build import build
from .errors import NoSuchPage

KEPT_FOR = 24 * 3600
"""Seconds."""

PATIENCE = 0.4
"""Seconds for which an answer waits for a file to be read; then it says that it is being read."""

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


class Refusal(Value, frozen=True, kw_only=True):
    """Why a file cannot be taken: what, where in it, and what to do."""

    what: str
    where: str = ""
    remedy: str = ""


class Outcome(Value, frozen=True, kw_only=True):
    """What came of reading a file: one of the two."""

    reading: Reading | None = None
    refused: Refusal | None = None


class Uploads:
    """The folder of what was brought."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tasks: dict[str, asyncio.Task[Outcome]] = {}

    def keep(self, data: bytes, *, event: str, by: str, name: str, hints: Hints) -> Upload:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._prune()
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

    def data(self, upload: Upload) -> bytes:
        """Raises NoSuchPage where it has been pruned."""
        try:
            return (self._folder / f"{upload.token}.file").read_bytes()
        except FileNotFoundError:
            raise NoSuchPage from None

    def drop(self, upload: Upload) -> None:
        for path in self._folder.glob(f"{upload.token}.*"):
            path.unlink(missing_ok=True)

    async def outcome(self, upload: Upload) -> Outcome | None:
        """What came of reading it with the hints chosen; None while it is being read."""
        path = self._read_path(upload)
        if path.exists():
            return await asyncio.to_thread(_outcome_at, path)
        task = self._tasks.get(path.name)
        if task is None:
            task = self._tasks[path.name] = asyncio.create_task(asyncio.to_thread(self._read, upload, path))
            task.add_done_callback(lambda _done: self._tasks.pop(path.name, None))
        done, _pending = await asyncio.wait({task}, timeout=PATIENCE)
        return task.result() if done else None

    def _read(self, upload: Upload, path: Path) -> Outcome:
        try:
            outcome = Outcome(reading=intake.read(self.data(upload), upload.hints))
        except Refused as error:
            outcome = Outcome(refused=Refusal(what=error.what, where=error.where, remedy=error.remedy))
        _write(path, msgspec.json.encode(outcome))
        return outcome

    def _read_path(self, upload: Upload) -> Path:
        """Other hints, or other code, read a file otherwise."""
        said = hashlib.sha256(msgspec.json.encode(upload.hints) + build().encode()).hexdigest()[:16]
        return self._folder / f"{upload.token}.{said}.read"

    def _prune(self) -> None:
        old = time.time() - KEPT_FOR
        for path in self._folder.iterdir():
            try:
                if path.stat().st_mtime < old:
                    path.unlink(missing_ok=True)
            except FileNotFoundError:  # another process was faster
                continue


def _outcome_at(path: Path) -> Outcome:
    return msgspec.json.decode(path.read_bytes(), type=Outcome)


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, and for nobody else on the machine to read."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(data)
    part.replace(path)
