"""Prints, which take seconds to make: kept on disk, one made at a time on the machine, none twice.

Previews of drafts have a turn of their own beside the public's.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import perf_counter

from .addresses import Asked

log = logging.getLogger(__name__)

PUBLIC, PRIVATE = ".making", ".making-previews"
"""The locks that say whose turn it is on this machine."""

PARTS = ".parts"


class Prints:
    """A folder of prints, by event, revision and build. Several processes may share it."""

    def __init__(self, folder: Path, build: str) -> None:
        self._folder = folder
        self._build = build
        self._turns = {kind: asyncio.Semaphore(1) for kind in (PUBLIC, PRIVATE)}

    async def made(self, slug: str, revision: int, asked: Asked, make: Callable[[], bytes | None]) -> bytes | None:
        """The print as kept, or else as made now, outside the event loop. None is not kept: it costs nothing."""
        path = self._path(slug, revision, asked)
        if (kept := await asyncio.to_thread(_read, path)) is not None:
            return kept
        async with self._turns[_kind(slug)]:
            return await asyncio.to_thread(self._make, path, make)

    def _path(self, slug: str, revision: int, asked: Asked) -> Path:
        said = hashlib.sha256(repr((asked.rendition.name, asked.given)).encode()).hexdigest()[:16]
        return self._folder / slug / f"{revision}-{self._build}-{said}"

    def _make(self, path: Path, make: Callable[[], bytes | None]) -> bytes | None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(self._folder / _kind(path.parent.name)):
            if (kept := _read(path)) is not None:  # another process made it while this one waited
                return kept
            begun = perf_counter()
            body = make()
            if body is None:
                return None
            _write(path, body)
            log.info("made a print of %d bytes in %.1f s", len(body), perf_counter() - begun)
            self._forget_older_than(path)
            return body

    def _forget_older_than(self, path: Path) -> None:
        """Of each event only the prints of its latest revision by this build are kept."""
        current = path.name.rpartition("-")[0]
        revision = int(path.name.partition("-")[0])
        for other in path.parent.iterdir():
            number = other.name.partition("-")[0]
            if other.name.rpartition("-")[0] != current and not (number.isdigit() and int(number) > revision):
                other.unlink(missing_ok=True)


def empty(folder: Path, slug: str = "") -> None:
    """Forgets all prints of an event with its previews, or of all events, and the parts of which they were bound.

    Waits for what is being printed. Takes seconds then, and so is not for the event loop.
    """
    if not folder.exists():
        return
    with _alone(folder / PUBLIC), _alone(folder / PRIVATE):
        for path in folder.glob("*/*"):
            of = path.parent.name
            theirs = of in (slug, PARTS, f".draft-{slug}") or of.startswith(f".version-{slug}-")
            if path.is_file() and (theirs or not slug):
                path.unlink(missing_ok=True)


def _kind(slug: str) -> str:
    """Previews, whose names begin with a full stop, have a turn of their own: the public does not wait for them."""
    return PRIVATE if slug.startswith(".") else PUBLIC


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _read(path: Path) -> bytes | None:
    with suppress(FileNotFoundError):
        return path.read_bytes()
    return None


def _write(path: Path, body: bytes) -> None:
    """Whole or not at all: nobody sees a part of it, whatever happens in between."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(body)
    part.replace(path)
