"""Where files that people bring are made harmless: one at a time, in a process of its own with limits.

A file that makes a decoder run away or fall takes nothing with it but that process.
"""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import msgspec

from ..intake import Refused
from ..intake.media import Cleaned, Cut, Drawn
from ..language import current, speaking
from ..language import gettext as _

SECONDS = 60
"""Of CPU time that one file may take, and three times that by the clock."""

MEMORY = 2_000_000_000
"""Bytes of address space: what the libraries map counts, some 400 MB, whether used or not."""

MAIN = f"from {__name__} import main; main()"

Made = TypeVar("Made", Drawn, Cleaned)


class Picture(msgspec.Struct, frozen=True, tag=True):
    data: bytes
    largest: int
    cut: Cut
    language: str


class Attachment(msgspec.Struct, frozen=True, tag=True):
    data: bytes
    name: str
    taken: frozenset[str]
    language: str


class Refusal(msgspec.Struct, frozen=True):
    what: str
    where: str
    remedy: str


async def picture(data: bytes, *, largest: int, cut: Cut = Cut.WHOLE) -> Drawn:
    """See `intake.pictures.redrawn`. Raises Refused."""
    return await _made(Picture(data, largest, cut, current()), Drawn)


async def attachment(data: bytes, name: str, *, taken: frozenset[str]) -> Cleaned:
    """See `intake.attachments.cleaned`. Raises Refused."""
    return await _made(Attachment(data, name, taken, current()), Cleaned)


async def _made(job: Picture | Attachment, kind: type[Made]) -> Made:
    async with _turn():
        said = await asyncio.to_thread(_said, msgspec.msgpack.encode(job, enc_hook=list))
    return _answer(said, kind)


def _said(job: bytes) -> bytes:
    """What the process says; nothing where it was ended."""
    command = [sys.executable, "-c", MAIN]
    try:
        return subprocess.run(  # noqa: S603 — Python itself, and this module
            command, input=job, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=3 * SECONDS, check=False
        ).stdout
    except subprocess.TimeoutExpired:
        return b""


def _answer(said: bytes, kind: type[Made]) -> Made:
    if not said:
        raise Refused(
            _("it cannot be read, or only with far more time and memory than such a file takes."),
            remedy=_("Make it smaller or simpler and bring that."),
        )
    status, rest = said[:1], said[1:]
    if status == b"+":
        return msgspec.msgpack.decode(rest, type=kind)
    refusal = msgspec.msgpack.decode(rest, type=Refusal)
    raise Refused(refusal.what, where=refusal.where, remedy=refusal.remedy)


_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


def _turn() -> asyncio.Semaphore:
    """One for each event loop: a semaphore belongs to the loop in which it was first waited for."""
    return _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(1))


def limit() -> None:
    """From now on this process may take only so much time and memory."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """The process: a job on standard input, what came of it on standard output."""
    limit()
    from ..intake.attachments import cleaned  # decoders are loaded here alone, where they may fail
    from ..intake.pictures import redrawn

    job: Any = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Picture | Attachment)
    with speaking(job.language):
        try:
            made: Drawn | Cleaned = (
                redrawn(job.data, largest=job.largest, cut=job.cut)
                if isinstance(job, Picture)
                else cleaned(job.data, job.name, taken=job.taken)
            )
        except Refused as error:
            said = b"-" + msgspec.msgpack.encode(Refusal(error.what, error.where, error.remedy))
        else:
            said = b"+" + msgspec.msgpack.encode(made)
    sys.stdout.buffer.write(said)
