"""The process in which pages are set and bound: the only one that imports WeasyPrint and Pango.

`compositor` starts it and writes the names of job files to its standard input, a line each. For each it forks a child
with limits of CPU time and memory, and says on its standard output, a line each, how the child ended. A child that
runs away or falls takes nothing with it; when the compositor goes, all of this goes.
"""

from __future__ import annotations

import os
import resource
import select
import signal
import sys
from pathlib import Path
from typing import Any

import msgspec


class Job(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Limits for one child: seconds of CPU time, bytes of address space."""

    seconds: int
    memory: int


class Set(Job, frozen=True, kw_only=True):
    """Set one part: `html` → `out`.pdf and `out`.json (its Facts). `assets` are all that it may refer to."""

    html: str
    css: str
    out: Path
    assets: dict[str, bytes] = {}
    notices: list[str] = []


class Bind(Job, frozen=True, kw_only=True):
    """Join the parts that were set as `parts` into the PDF at `out`. Its first `roman` pages are front matter;
    `type_case` was set as a part and holds what stands at the foot of pages. None: nothing does."""

    parts: list[Path]
    type_case: Path | None
    roman: int
    out: Path


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """A bookmark: on the `page`-th page of its part, from 0, at that point from the left and the bottom."""

    level: int
    label: str
    page: int
    x: float
    y: float


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What must be known of a part that was set. Sizes and points are in points of 1/72 inch; pages count from 0."""

    sizes: list[tuple[float, float]]
    anchors: dict[str, int]
    marks: list[Mark]
    notices: list[str] = []


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """How a child ended: its wait status (0: well), seconds of CPU time, and bytes of memory at its peak."""

    job: str
    status: int
    seconds: float
    peak: int


def encoded(job: Job) -> bytes:
    return msgspec.msgpack.encode(job, enc_hook=str)


def main() -> None:
    from . import binding, setting  # noqa: F401 — all that children need, so that none of them pays for it

    stdin, waiting = sys.stdin.fileno(), b""
    children: dict[int, tuple[int, str]] = {}
    while True:
        for ready in select.select([stdin, *children], [], [])[0]:
            if ready != stdin:
                _report(ready, *children.pop(ready))
                continue
            if not (read := os.read(stdin, 65536)):
                _kill(pid for pid, _job in children.values())
                return
            *jobs, waiting = (waiting + read).split(b"\n")
            children.update(_begin(job.decode()) for job in jobs)


def _begin(job: str) -> tuple[int, tuple[int, str]]:
    """Forks a child for a job. Its end of the pipe closes when it ends, however it ends."""
    ours, its = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        os._exit(_child(Path(job)))
    os.close(its)
    return ours, (pid, job)


def _report(pipe: int, pid: int, job: str) -> None:
    os.close(pipe)
    _, status, usage = os.wait4(pid, 0)
    ended = Ended(job=job, status=status, seconds=usage.ru_utime + usage.ru_stime, peak=usage.ru_maxrss * 1024)
    os.write(sys.stdout.fileno(), msgspec.json.encode(ended) + b"\n")


def _kill(children: Any) -> None:
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def _child(path: Path) -> int:
    from . import binding, setting

    try:
        job = msgspec.msgpack.decode(path.read_bytes(), type=Set | Bind, dec_hook=lambda kind, value: kind(value))
        resource.setrlimit(resource.RLIMIT_CPU, (job.seconds, job.seconds))
        resource.setrlimit(resource.RLIMIT_AS, (job.memory, job.memory))
        if isinstance(job, Set):
            setting.set_part(job)
        else:
            binding.bind(job)
        return 0
    except BaseException as error:
        path.with_suffix(".error").write_text(f"{type(error).__name__}: {error}"[:2000], errors="replace")
        return 1
