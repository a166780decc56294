"""How HTML becomes a printed book: parts are set apart, each in a process of its own, and bound into one tagged PDF.

A part does not know what stands before it. Numbers of pages that it names are written out: parts that need them are
made last. So a part is known by the hash of what it says, and is kept: after one word has changed, one part is set
anew. Time and memory are limited for each part. One that fails is tried again with the passages that it cannot bear
set as plain text, and a notice says which.

`glyphs` sees what no font has, `compositor` keeps parts and has them set, `platen` is the process that does it (with
`tags`, and `binding` at the end); it alone imports WeasyPrint.
"""

from __future__ import annotations

import html
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from ...language import gettext as _
from . import compositor
from .compositor import CannotPrint, Progress, Sheets, keep_in
from .copy import PASSAGE, Part, Passage

__all__ = [
    "PASSAGE", "Book", "CannotPrint", "Pages", "Part", "Passage", "Printed", "keep_in", "overheard", "print_book",
    "print_sheets",
]  # fmt: skip

log = logging.getLogger(__name__)

NOTES = 2
"""So many pages for notes at the end, or as many more as make the sheets come out: a booklet has pages in fours."""


class Pages(NamedTuple):
    """On which pages of the body its anchors stand, and how many pages there are."""

    numbers: Mapping[str, int]
    total: int


class Book(NamedTuple):
    """What is to be printed: `body` is set first; then `late`, told where everything stands, gives the front matter,
    whose pages are numbered i, ii, …, and what follows the body. `notes` makes a part of that many pages; `blank` is
    one page without anything; `footer` is the line at the foot of all pages but the first, set in `type_css`."""

    body: Sequence[Part]
    late: Callable[[Pages], tuple[Sequence[Part], Sequence[Part]]]
    notes: Callable[[int], Part]
    blank: Part
    footer: str
    type_css: str


class Printed(NamedTuple):
    """`notices` say what could not be printed as it was written. `seconds` are CPU time, `peak` the bytes of memory of
    the largest process."""

    pdf: bytes
    pages: int
    notices: tuple[str, ...]
    seconds: float
    peak: int


_listener: ContextVar[tuple[Progress, Callable[[str], None]] | None] = ContextVar("listener", default=None)


@contextmanager
def overheard(progress: Progress, notice: Callable[[str], None]) -> Iterator[None]:
    """Inside, what is printed tells how far it is, and what could not be printed as it was written."""
    token = _listener.set((progress, notice))
    try:
        yield
    finally:
        _listener.reset(token)


def print_book(book: Book) -> Printed:
    """Raises CannotPrint."""
    return _told(lambda progress: _printed(book, progress))


def print_sheets(sheets: Sequence[Part]) -> Printed:
    """Sheets that stand alone, one after the other, with nothing at their foot. Raises CannotPrint."""
    return _told(lambda progress: _loose(sheets, progress))


def _told(make: Callable[[Progress | None], Printed]) -> Printed:
    progress, tell = _listener.get() or (None, log.warning)
    printed = make(progress)
    for notice in printed.notices:
        tell(notice)
    return printed


def _printed(book: Book, progress: Progress | None) -> Printed:
    with compositor.at_work(progress) as shop:
        body = shop.set_all(book.body)
        front_parts, end_parts = book.late(_pages(body))
        made = shop.set_all([*front_parts, *end_parts])
        front, end = made[: len(front_parts)], made[len(front_parts) :]
        if _count(front) % 2:  # the body begins on a right page
            front += shop.set_all([book.blank])
        roman = _count(front)
        notes = NOTES + -(roman + _count([*body, *end]) + NOTES) % 4
        *last, type_case = shop.set_all([book.notes(notes), _type_case(book, roman)])
        sheets = [*front, *body, *end, *last]
        pdf = shop.bind(sheets, type_case, roman)
        notices = dict.fromkeys(notice for part in sheets for notice in part.notices)
        return Printed(pdf, _count(sheets), tuple(notices), shop.seconds, shop.peak)


def _loose(parts: Sequence[Part], progress: Progress | None) -> Printed:
    with compositor.at_work(progress) as shop:
        sheets = shop.set_all(parts)
        pdf = shop.bind(sheets)
        notices = dict.fromkeys(notice for part in sheets for notice in part.notices)
        return Printed(pdf, _count(sheets), tuple(notices), shop.seconds, shop.peak)


def _count(sheets: Iterable[Sheets]) -> int:
    return sum(len(part.facts.sizes) for part in sheets)


def _pages(body: Sequence[Sheets]) -> Pages:
    numbers: dict[str, int] = {}
    before = 0
    for sheets in body:
        for anchor, n in sheets.facts.anchors.items():
            numbers.setdefault(anchor, before + n + 1)
        before += len(sheets.facts.sizes)
    return Pages(numbers, before)


def _type_case(book: Book, roman: int) -> Part:
    """What the binding puts at the foot of pages, each on a little page of its own: the footer as right pages have it
    and as left pages do, ten digits, and the roman numbers."""
    footer, digits = html.escape(book.footer), "".join(f"<p class='digit'>{digit}</p>" for digit in range(10))
    numerals = "".join(f"<p class='roman{' left' if n % 2 else ''}'>{_roman(n + 1)}</p>" for n in range(roman))
    body = f"<p class='footer'>{footer}</p><p class='footer left'>{footer}</p>{digits}{numerals}"
    page = f"<!DOCTYPE html><html lang='en'><head><title>-</title></head><body>{body}</body></html>"
    return Part(name=_("page numbers"), html=page, css=book.type_css)


def _roman(n: int) -> str:
    digits = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    said = ""
    for value, digit in digits:
        said += digit * (n // value)
        n %= value
    return said
