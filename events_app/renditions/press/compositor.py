"""Has parts set, as many at once as there are processors, and keeps what was set by the hash of what it says."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import msgspec

from ... import fonts
from ...language import gettext as _
from . import platen
from .copy import Part, assembled, key
from .glyphs import settable
from .platen import Bind, Ended, Facts, Job, Set, encoded

SECONDS, BINDING_SECONDS = 60, 300
"""Of CPU time that a part may take, and the binding."""

MEMORY = 1_500_000_000
"""Bytes of address space that a part may take: what the libraries map counts, some 400 MB, whether used or not."""

KEPT_DAYS = 14

Progress = Callable[[int, int], None]
"""Told how many of how many parts are done. More may be wanted later than at first."""


class CannotPrint(Exception):
    """What the press itself wrote cannot be set: a fault of the program, or fonts that were never unpacked."""


class Sheets(NamedTuple):
    """A part that was set: its files are `path` with .pdf and .json."""

    path: Path
    facts: Facts
    notices: list[str]


_kept: list[Path] = []


def keep_in(folder: Path) -> None:
    """From now on, parts that were set are kept in this folder. Else they go when the print is done."""
    _kept[:] = [folder]


@contextmanager
def at_work(progress: Progress | None) -> Iterator[Compositor]:
    if not (fonts.PRINT / "coverage.json").exists():
        raise CannotPrint(f"there are no fonts in {fonts.PRINT}: run make setup")
    with tempfile.TemporaryDirectory(prefix="events-print-") as name:
        desk = Path(name)
        folder = _kept[0] if _kept else desk / "parts"
        folder.mkdir(parents=True, exist_ok=True)
        (desk / "fonts.conf").write_text(fonts.configuration(folder / "fontconfig"), encoding="utf-8")
        with _platen(desk) as process:
            yield Compositor(process, folder, desk, progress)
        _sweep(folder)


@contextmanager
def _platen(desk: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Its fonts are ours alone, and it goes when we do: its standard input ends."""
    with subprocess.Popen(  # noqa: S603 — Python itself, and a module of our own
        [sys.executable, "-c", f"from {platen.__name__} import main; main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "FONTCONFIG_FILE": str(desk / "fonts.conf"), "PYTHONHASHSEED": "0"},
    ) as process:
        yield process


def _sweep(folder: Path) -> None:
    """Removes what no print has used for a fortnight."""
    before = time.time() - KEPT_DAYS * 86400
    for path in folder.glob("*.*"):
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


class Compositor:
    """One print's work. `seconds` of CPU time and the largest process's `peak` in bytes are counted."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path, desk: Path, progress: Progress | None) -> None:
        self._process, self._folder, self._desk, self._progress = process, folder, desk, progress
        self._done, self._expected, self._jobs = 0, 0, 0
        self.seconds, self.peak = 0.0, 0

    def set_all(self, parts: Sequence[Part]) -> list[Sheets]:
        """All parts in their order, kept or set now. The longest are begun first."""
        copy = [settable(part) for part in parts]
        keys = [key(part, _build()) for part, _notices in copy]
        wanted = {name: part for name, (part, _notices) in zip(keys, copy, strict=True)}
        missing = sorted((name for name in wanted if not self._is_kept(name)), key=lambda name: -_length(wanted[name]))
        self._expected += len(parts)
        self._tell(len(parts) - len(missing))
        faults = {}
        for name, fault in self._work({name: self._job(wanted[name], self._folder / name) for name in missing}):
            if fault:
                faults[name] = fault
            else:
                self._tell(1)
        for name, fault in faults.items():
            self._set_plainly(wanted[name], self._folder / name, fault)
            self._tell(1)
        return [self._sheets(name, notices) for name, (_part, notices) in zip(keys, copy, strict=True)]

    def bind(self, sheets: Sequence[Sheets], type_case: Sheets | None = None, roman: int = 0) -> bytes:
        """All parts as one PDF, of which the first `roman` pages are front matter; without a `type_case` its pages are
        loose sheets. Raises CannotPrint."""
        out = self._desk / "book.pdf"
        job = Bind(
            parts=[part.path for part in sheets],
            type_case=type_case.path if type_case else None,
            roman=roman,
            out=out,
            seconds=BINDING_SECONDS,
            memory=MEMORY,
        )
        for _name, fault in self._work({"binding": job}):
            if fault:
                raise CannotPrint(f"binding: {fault}")
        return out.read_bytes()

    def _tell(self, done: int) -> None:
        self._done += done
        if self._progress:
            self._progress(self._done, self._expected)

    def _is_kept(self, name: str) -> bool:
        files = [self._folder / f"{name}.pdf", self._folder / f"{name}.json"]
        if not all(file.exists() for file in files):
            return False
        for file in files:
            os.utime(file)
        return True

    def _sheets(self, name: str, notices: list[str]) -> Sheets:
        path = self._folder / name
        facts = msgspec.json.decode(path.with_suffix(".json").read_bytes(), type=Facts)
        return Sheets(path, facts, [*notices, *facts.notices])

    def _job(self, part: Part, out: Path, plain: Collection[int] = (), notices: Sequence[str] = ()) -> Set:
        return Set(
            html=assembled(part, frozenset(plain)),
            css=part.css,
            assets=dict(part.assets),
            notices=list(notices),
            out=out,
            seconds=SECONDS,
            memory=MEMORY,
        )

    def _set_plainly(self, part: Part, out: Path, fault: str) -> None:
        """Finds which passages cannot be set, by trying each alone, and sets the part with those as plain text."""
        every = set(range(len(part.passages)))
        trials = {str(n): self._job(part, self._desk / f"trial{n}", every - {n}) for n in sorted(every)}
        bad = {int(name) for name, failed in self._work(trials) if failed}
        for plain in (bad, every):
            said = [_("%(what)s could not be set as it is; it is printed as plain text.")
                    % {"what": part.passages[n].label} for n in sorted(plain)]  # fmt: skip
            for _name, fault in self._work({"again": self._job(part, out, plain, said)}):
                if not fault:
                    return
        raise CannotPrint(f"{part.name}: {fault}")

    def _work(self, jobs: Mapping[str, Job]) -> Iterator[tuple[str, str]]:
        """Has the jobs done, and yields the name of each as it is done, with its fault or an empty string."""
        waiting, running = list(jobs), dict[str, str]()
        while waiting or running:
            while waiting and len(running) < (os.cpu_count() or 1):
                name = waiting.pop(0)
                running[self._send(jobs[name])] = name
            ended = self._receive()
            self.seconds += ended.seconds
            self.peak = max(self.peak, ended.peak)
            yield running.pop(ended.job), _fault(ended)

    def _send(self, job: Job) -> str:
        self._jobs += 1
        path = self._desk / f"{self._jobs}.job"
        path.write_bytes(encoded(job))
        assert self._process.stdin
        self._process.stdin.write(f"{path}\n".encode())
        self._process.stdin.flush()
        return str(path)

    def _receive(self) -> Ended:
        assert self._process.stdout
        if line := self._process.stdout.readline():
            return msgspec.json.decode(line, type=Ended)
        raise CannotPrint("the process that sets pages has gone")


def _length(part: Part) -> int:
    return len(part.html) + sum(len(passage.html) for passage in part.passages)


def _fault(ended: Ended) -> str:
    if not ended.status:
        return ""
    said = Path(ended.job).with_suffix(".error")
    return said.read_text() if said.exists() else f"ended with status {ended.status}"


@cache
def _build() -> bytes:
    """Changes with whatever pages depend on besides what they say."""
    ours = [Path(fonts.__file__), *sorted(Path(__file__).parent.glob("*.py"))]
    sizes = [f"{path.name} {path.stat().st_size}" for path in sorted(fonts.PRINT.iterdir())]
    return b"\0".join(
        [version("weasyprint").encode(), *(path.read_bytes() for path in ours), "\n".join(sizes).encode()]
    )
