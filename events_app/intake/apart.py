"""Reading a file apart: in a process of its own whose memory and time are limited, so that no file, however it was
made, takes them from whoever else is served.

The process is Python with this module alone. It is told on standard input what to read, and writes what came of it
to a file.
"""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from ..language import gettext as _
from ..programme.model import Value
from . import layout, read
from .reading import Hints, Reading, Refused
from .table.layout import Laid

MEMORY = 1_500_000_000
"""Bytes of address space. The largest programme that we know takes a tenth of it."""

SECONDS = 60
"""Of processor time."""

PATIENCE = 3 * SECONDS
"""Seconds on the clock: something else may keep the processor busy."""

LARGEST_ANSWER = 200_000_000
"""Bytes."""


class Refusal(Value, frozen=True, kw_only=True):
    """Why a file cannot be taken: what, where in it, and what to do."""

    what: str
    where: str = ""
    remedy: str = ""


class Outcome(Value, frozen=True, kw_only=True):
    """What came of a file: one of the three."""

    reading: Reading | None = None
    sheets: tuple[Laid, ...] | None = None
    refused: Refusal | None = None


class _Job(Value, frozen=True, kw_only=True):
    """`hints` to read the file; without, its sheets are laid out, as of the `kinds` that somebody has chosen."""

    source: str
    answer: str
    hints: Hints | None = None
    kinds: dict[int, str] = msgspec.field(default_factory=dict)


async def read_apart(source: Path, hints: Hints) -> Outcome:
    """`intake.read` of a file, there: a reading, or why it is refused."""
    return await _done(source, hints=hints)


async def laid_apart(source: Path, kinds: Mapping[int, str] | None = None) -> Outcome:
    """`intake.layout` of a file, there: its sheets, or why it is refused."""
    return await _done(source, kinds=dict(kinds or {}))


async def _done(source: Path, *, hints: Hints | None = None, kinds: dict[int, str] | None = None) -> Outcome:
    with TemporaryDirectory(prefix="events-intake-") as folder:
        answer = Path(folder) / "answer"
        job = _Job(source=str(source), answer=str(answer), hints=hints, kinds=kinds or {})
        await asyncio.to_thread(_work, msgspec.json.encode(job))
        return await asyncio.to_thread(_answered, answer)


def _work(job: bytes) -> None:
    """Ends when the process has, however that was."""
    with suppress(subprocess.TimeoutExpired):
        subprocess.run(  # noqa: S603 — Python itself, and this module
            [sys.executable, "-c", f"from {__name__} import main; main()"], input=job, timeout=PATIENCE, check=False
        )


def _answered(answer: Path) -> Outcome:
    try:
        return msgspec.json.decode(answer.read_bytes(), type=Outcome)
    except (FileNotFoundError, msgspec.MsgspecError):  # killed before it had said anything, or while it did
        return _too_much()


def main() -> None:
    """The process's own work."""
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=_Job)
    _limit()
    try:
        outcome = _outcome(job)
    except MemoryError:
        outcome = _too_much()
    Path(job.answer).write_bytes(msgspec.json.encode(outcome))


def _limit() -> None:
    """The last seconds but one bring a signal that ends it; whoever waits in front of a screen goes first."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_ANSWER, LARGEST_ANSWER))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    os.nice(5)


def _outcome(job: _Job) -> Outcome:
    data = Path(job.source).read_bytes()
    try:
        if job.hints is None:
            return Outcome(sheets=tuple(layout(data, job.kinds)))
        return Outcome(reading=read(data, job.hints))
    except Refused as error:
        return Outcome(refused=Refusal(what=error.what, where=error.where, remedy=error.remedy))


def _too_much() -> Outcome:
    words = _("reading this file takes more time or memory than any programme needs.")
    remedy = _("Export the programme again, without pictures and attachments, and bring that.")
    return Outcome(refused=Refusal(what=words, remedy=remedy))
