"""How HTML becomes a printed book: parts are set apart, each in a process of its own, and bound into one tagged PDF.

A part does not know what stands before it. Numbers of pages that it names are written out: parts that need them are
made last. So a part is known by the hash of what it says, and is kept: after one word has changed, one part is set
anew. Time and memory are limited for each part. One that fails is tried again with the passages that it cannot bear
set as plain text, and a notice says which.
"""

from __future__ import annotations

import hashlib
import html
import os
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec

from .. import fonts
from ..language import gettext as _
from ..programme.model import Value
from . import platen
from .platen import Bind, Ended, Facts, Job, Leaf, Set, encoded

PASSAGE = "<!--passage {}-->"
"""Where in a part's HTML its n-th passage belongs."""

_SECONDS, _BINDING_SECONDS = 60, 300  # of CPU time
_MEMORY = 1_500_000_000  # bytes of address space, of which some 300 MB are libraries
_KEPT_DAYS = 14
_BATCH = 100  # folios that are set together

Progress = Callable[[int, int], None]
"""Told of how many of how many parts are done."""


class Passage(NamedTuple):
    """Words that somebody wrote, as they are to be set, and what they are called when they cannot be set so."""

    label: str
    html: str
    plain: str


class Part(Value, frozen=True, kw_only=True):
    """A run of pages. `html` is a whole document with a mark for each passage; `css` what styles it; `assets` are the
    only files that `asset:` addresses in either can name."""

    name: str
    html: str
    css: str
    passages: tuple[Passage, ...] = ()
    assets: Mapping[str, bytes] = {}


class Pages(NamedTuple):
    """On which pages of the body its anchors stand, and how many pages there are."""

    numbers: Mapping[str, int]
    total: int


class Book(NamedTuple):
    """`body` is set first; then `late`, told where everything stands, gives the front matter and what follows. `filler`
    makes a part of that many pages for the end, `blank` is one page; `footer` is the text at the foot of each page."""

    body: Sequence[Part]
    late: Callable[[Pages], tuple[Sequence[Part], Sequence[Part]]]
    filler: Callable[[int], Part]
    blank: Part
    footer: str
    small_css: str
    language: str


class Printed(NamedTuple):
    pdf: bytes
    pages: int
    notices: tuple[str, ...]
    seconds: float  # of CPU time
    peak: int  # bytes of the largest process


class CannotPrint(Exception):
    """Something that we wrote ourselves cannot be set: a fault of the program, or fonts that were never unpacked."""


_kept: list[Path] = []


def keep_in(folder: Path) -> None:
    """From now on, parts that were set are kept in this folder. Else they go when the print is done."""
    _kept[:] = [folder]


def print_book(book: Book, progress: Progress | None = None) -> Printed:
    """Raises CannotPrint."""
    with _shop(progress) as shop:
        body = shop.set_all(book.body)
        front, end = book.late(_pages(body))
        made = shop.set_all([*front, *end, _footer(book), *_folios(book, sum(len(s.facts.sizes) for s in body) + 100)])
        fronts, ends, rest = made[: len(front)], made[len(front) : len(front) + len(end)], made[len(front) + len(end) :]
        footer, folios = rest[0], rest[1:]
        roman = sum(len(s.facts.sizes) for s in fronts)
        if roman % 2:
            fronts = [*fronts, *shop.set_all([book.blank])]
            roman += 1
        pages = roman + sum(len(s.facts.sizes) for s in chain(body, ends))
        ends = [*ends, *shop.set_all([book.filler(2 + -(pages + 2) % 4)])]
        sheets = [*fronts, *body, *ends]
        total = sum(len(s.facts.sizes) for s in sheets)
        leaves = [_leaf(n, roman, folios) for n in range(total)]
        pdf = shop.bind([s.path for s in sheets], leaves, footer.path, roman)
        notices = tuple(dict.fromkeys(notice for s in sheets for notice in s.facts.notices))
        return Printed(pdf, total, notices, shop.seconds, shop.peak)


class _Sheets(NamedTuple):
    """A part that was set."""

    path: Path
    facts: Facts


def _pages(body: Sequence[_Sheets]) -> Pages:
    numbers: dict[str, int] = {}
    count = 0
    for sheets in body:
        numbers.update((anchor, count + n + 1) for anchor, n in sheets.facts.anchors.items() if anchor not in numbers)
        count += len(sheets.facts.sizes)
    return Pages(numbers, count)


_LITTLE = "<!DOCTYPE html><html lang='{}'><head><title>{}</title></head><body>{}</body></html>"


def _footer(book: Book) -> Part:
    """A line for right pages, which stands at the left, and one for left pages, at the right."""
    line = html.escape(book.footer)
    body = f"<p class='footer'>{line}</p><p class='footer left'>{line}</p>"
    return Part(name=_("footer"), html=_LITTLE.format(book.language, "-", body), css=book.small_css)


def _folios(book: Book, count: int) -> list[Part]:
    """Page numbers by the hundred, first as left pages have them, then as right pages do; the roman ones first."""
    numbers = [[_roman(n) for n in range(1, _BATCH + 1)]]
    numbers += [[str(n) for n in range(at, at + _BATCH)] for at in range(1, count + 1, _BATCH)]
    return [
        Part(
            name=_("page numbers"),
            html=_LITTLE.format(
                "en",
                "-",
                "".join(f"<p class='folio{side}'>{number}</p>" for side in (" left", "") for number in batch),
            ),
            css=book.small_css,
        )
        for batch in numbers
    ]


def _leaf(n: int, roman: int, folios: Sequence[_Sheets]) -> Leaf:
    """The n-th page's folio. The cover has none."""
    if n == 0:
        return Leaf()
    batch, at = (0, n) if n < roman else (1 + (n - roman) // _BATCH, (n - roman) % _BATCH)
    return Leaf(folio=str(folios[batch].path), n=at)


def _roman(n: int) -> str:
    digits = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    said = ""
    for value, digit in digits:
        said += digit * (n // value)
        n %= value
    return said


@contextmanager
def _shop(progress: Progress | None) -> Iterator[_Shop]:
    if not (fonts.PRINT / "coverage.json").exists():
        raise CannotPrint(f"there are no fonts in {fonts.PRINT}: run make setup")
    with tempfile.TemporaryDirectory(prefix="events-print-") as desk:
        folder = _kept[0] if _kept else Path(desk) / "parts"
        folder.mkdir(parents=True, exist_ok=True)
        conf = Path(desk) / "fonts.conf"
        conf.write_text(fonts.configuration(folder / "fontconfig"), encoding="utf-8")
        process = subprocess.Popen(
            [sys.executable, "-c", f"from {platen.__name__} import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "FONTCONFIG_FILE": str(conf), "PYTHONHASHSEED": "0"},
        )
        try:
            yield _Shop(process, folder, Path(desk), progress)
        finally:
            assert process.stdin
            process.stdin.close()
            process.wait()
        if _kept:
            _sweep(folder)


def _sweep(folder: Path) -> None:
    """Removes what no print has used for a fortnight."""
    before = time.time() - _KEPT_DAYS * 86400
    for path in folder.glob("*.*"):
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


class _Shop:
    """The platen at work: so many jobs at once as there are processors."""

    def __init__(self, platen: subprocess.Popen[bytes], folder: Path, desk: Path, progress: Progress | None) -> None:
        self.platen, self.folder, self.desk = platen, folder, desk
        self.progress, self.done, self.expected = progress, 0, 0
        self.seconds, self.peak, self.jobs = 0.0, 0, 0

    def set_all(self, parts: Sequence[Part]) -> list[_Sheets]:
        """All parts, in their order, whether kept or set now. The largest are begun first."""
        self.expected += len(parts)
        cleaned = [_clean(part) for part in parts]
        wanted = {_key(part): (part, notices) for part, notices in cleaned}
        missing = [key for key in wanted if not self._kept(key)]
        missing.sort(key=lambda key: -len(wanted[key][0].html) - sum(len(p.html) for p in wanted[key][0].passages))
        self._tell(len(parts) - len(missing))
        jobs = {key: self._job(wanted[key][0], key) for key in missing}
        for key, fault in self._work(jobs):
            if fault:
                self._set_plainly(key, wanted[key][0], fault)
            self._tell(1)
        return [self._sheets(_key(part), notices) for part, notices in cleaned]

    def bind(self, parts: list[Path], leaves: list[Leaf], footer: Path, roman: int) -> bytes:
        out = self.desk / "book.pdf"
        job = Bind(
            parts=parts, leaves=leaves, footer=footer, roman=roman, out=out, seconds=_BINDING_SECONDS, memory=_MEMORY
        )
        for _name, fault in self._work({"binding": job}):
            if fault:
                raise CannotPrint(f"binding: {fault}")
        return out.read_bytes()

    def _tell(self, done: int) -> None:
        self.done += done
        if self.progress and done:
            self.progress(self.done, self.expected)

    def _kept(self, key: str) -> bool:
        facts, pdf = self.folder / f"{key}.json", self.folder / f"{key}.pdf"
        if not (facts.exists() and pdf.exists()):
            return False
        for path in (facts, pdf):
            os.utime(path)
        return True

    def _sheets(self, key: str, notices: list[str]) -> _Sheets:
        path = self.folder / key
        facts = msgspec.json.decode(path.with_suffix(".json").read_bytes(), type=Facts)
        return _Sheets(path, msgspec.structs.replace(facts, notices=[*notices, *facts.notices]))

    def _job(self, part: Part, key: str, plain: Iterable[int] = (), out: Path | None = None) -> Set:
        return Set(
            html=_assembled(part, frozenset(plain)),
            css=part.css,
            out=out or self.folder / key,
            assets=dict(part.assets),
            seconds=_SECONDS,
            memory=_MEMORY,
        )

    def _set_plainly(self, key: str, part: Part, fault: str) -> None:
        """Finds which passages cannot be set, each tried alone, and sets the part with those as plain text."""
        every = range(len(part.passages))
        trials = {str(n): self._job(part, key, set(every) - {n}, self.desk / f"trial-{n}") for n in every}
        bad = {int(n) for n, failed in self._work(trials) if failed} or set(every)
        for again in (bad, set(every)):
            [(_k, failed)] = self._work({key: self._job(part, key, again)})
            if not failed:
                break
        else:
            raise CannotPrint(f"{part.name}: {failed or fault}")
        path = self.folder / f"{key}.json"
        facts = msgspec.json.decode(path.read_bytes(), type=Facts)
        said = [_("%(what)s is printed as plain text: it could not be set as it is.") % {"what": part.passages[n].label}
                for n in sorted(again)]  # fmt: skip
        path.write_bytes(msgspec.json.encode(msgspec.structs.replace(facts, notices=said)))

    def _work(self, jobs: Mapping[str, Job]) -> Iterator[tuple[str, str]]:
        """Has the jobs done, and yields the name of each as it is done, with its fault or an empty string."""
        assert self.platen.stdin
        assert self.platen.stdout
        waiting = list(jobs)
        running: dict[str, str] = {}
        while waiting or running:
            while waiting and len(running) < (os.cpu_count() or 1):
                name = waiting.pop(0)
                self.jobs += 1
                path = self.desk / f"{self.jobs}.job"
                path.write_bytes(encoded(jobs[name]))
                running[str(path)] = name
                self.platen.stdin.write(f"{path}\n".encode())
                self.platen.stdin.flush()
            if not (line := self.platen.stdout.readline()):
                raise CannotPrint("the process that sets pages has gone")
            ended = msgspec.json.decode(line, type=Ended)
            self.seconds += ended.seconds
            self.peak = max(self.peak, ended.peak)
            yield running.pop(ended.job), _fault(ended)


def _fault(ended: Ended) -> str:
    if not ended.status:
        return ""
    said = Path(ended.job).with_suffix(".error")
    return said.read_text() if said.exists() else f"ended with status {ended.status}"


_MARK = re.compile(PASSAGE.format(r"(\d+)"))
_ID = re.compile(r'\bid="([^"]+)"')
_LINK = re.compile(r'\bhref="#([^"]+)"')


def _assembled(part: Part, plain: frozenset[int] = frozenset()) -> str:
    """The part's document with its passages in place. Links that leave the part are marked for the binding."""
    body = _MARK.sub(lambda found: _passage(part.passages[int(found[1])], int(found[1]) in plain), part.html)
    own = set(_ID.findall(body))
    return _LINK.sub(lambda found: found[0] if found[1] in own else f'href="x-ref:{found[1]}"', body)


def _passage(passage: Passage, plain: bool) -> str:
    return f"<p>{html.escape(passage.plain)}</p>" if plain else passage.html


def _key(part: Part) -> str:
    made = hashlib.sha256(_build())
    assets = [name.encode() + b"\0" + content for name, content in sorted(part.assets.items())]
    for piece in (_assembled(part).encode(), part.css.encode(), *assets):
        made.update(len(piece).to_bytes(8, "big") + piece)
    return made.hexdigest()


@cache
def _build() -> bytes:
    """Changes with whatever a part's pages depend on besides what it says."""
    from importlib.metadata import version

    here = Path(__file__).parent
    sizes = [f"{path.name} {path.stat().st_size}" for path in sorted(fonts.PRINT.iterdir())]
    return b"\0".join(
        [
            version("weasyprint").encode(),
            (here / "platen.py").read_bytes(),
            Path(fonts.__file__).read_bytes(),
            *(size.encode() for size in sizes),
        ]
    )


_REPLACEMENT = "\u25a1"
_INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def _clean(part: Part) -> tuple[Part, list[str]]:
    """Characters that no font has become a box, and notices say which and where."""
    notices: list[str] = []
    passages = []
    for passage in part.passages:
        strange = _strange(passage.html)
        notices += _missing(strange, passage.label)
        passages.append(Passage(*(_without(text, strange) for text in passage)) if strange else passage)
    if strange := _strange(part.html):
        notices += _missing(strange, part.name)
    if not notices:
        return part, notices
    made = msgspec.structs.replace(part, html=_without(part.html, strange), passages=tuple(passages))
    return made, notices


def _without(text: str, strange: set[str]) -> str:
    return text.translate({ord(char): _REPLACEMENT for char in strange})


def _missing(strange: set[str], where: str) -> list[str]:
    return [
        _("%(where)s: no font has the character U+%(code)s %(name)s; a box is printed.")
        % {"where": where, "code": f"{ord(char):04X}", "name": unicodedata.name(char, "")}
        for char in sorted(strange)
    ]


def _strange(text: str) -> set[str]:
    return {char for char in set(text) if char > "~" and not _can_be_set(char)}


@cache
def _can_be_set(char: str) -> bool:
    if unicodedata.category(char) in _INVISIBLE or 0xFE00 <= ord(char) <= 0xFE0F:
        return True
    starts, ends = _coverage()
    n = bisect_right(starts, ord(char)) - 1
    return n >= 0 and ord(char) <= ends[n]


@cache
def _coverage() -> tuple[list[int], list[int]]:
    ranges = msgspec.json.decode((fonts.PRINT / "coverage.json").read_bytes(), type=list[tuple[int, int]])
    return [start for start, _end in ranges], [end for _start, end in ranges]
