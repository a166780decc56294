"""Parts that were set apart → one PDF: pages, tags, links, bookmarks, page labels and folios. Runs in the platen.

What qpdf's own merging would drop is put together here: the structure trees (ISO 32000-1 §14.7: one parent tree, one
tree of IDs), the named destinations (§12.3.2.3) and the outline (§12.3.3).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import msgspec
import pikepdf
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, OutlineItem, Pdf, String

from .platen import Bind, Facts, Mark

GUTTER = 8.5
"""By how many points the text block of a portrait page is moved away from the fold."""

MARGIN = 62.4
"""From the edge of a page to its text block, in points (22 mm), as `booklet.css` has it."""

FOOT = 34.0
"""From the lower edge of a page to the lower edge of what stands at its foot, in points."""

FOOTER, ROMAN, DIGIT = 411.02, 42.52, 5.7
"""The widths of the little pages in the type case: of the footer (145 mm), of roman numbers (15 mm), of digits."""


def bind(job: Bind) -> None:
    parts = [(path, msgspec.json.decode(path.with_suffix(".json").read_bytes(), type=Facts)) for path in job.parts]
    with Pdf.open(parts[0][0].with_suffix(".pdf")) as book:
        names, trees = _Destinations(book), _Trees(book)
        sources = []  # pages are read from them when the book is saved
        for path, _facts in parts[1:]:
            source = Pdf.open(path.with_suffix(".pdf"))
            sources.append(source)
            at = len(book.pages)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", pikepdf.PageCopyWarning)  # destinations are brought by us
                book.pages.extend(source.pages)
            trees.add(source, at)
            names.add(source)
        trees.close()
        names.close()
        _outline(book, [facts for _path, facts in parts])
        if job.type_case:
            _stamp(book, job.type_case, job.roman)
        book.Root.PageLabels = Dictionary(Nums=_labels(job.roman))
        book.save(job.out, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)


class _Trees:
    """The structure tree of the book, which takes those of the parts one after the other."""

    def __init__(self, book: Pdf) -> None:
        self.book, self.root = book, book.Root.StructTreeRoot
        self.document = self.root.K[0]
        self.kids = list(self.document.K)
        self.numbers: list[Any] = list(self.root.ParentTree.Nums)
        self.next = len(self.numbers) // 2
        self.ids = _pairs(self.root.IDTree.Names)

    def add(self, source: Pdf, at: int) -> None:
        """The tree of a part whose pages now begin with the `at`-th. Its keys are moved up behind ours."""
        theirs = self.book.copy_foreign(source.Root.StructTreeRoot)
        numbers = theirs.ParentTree.Nums
        for n in range(0, len(numbers), 2):
            self.numbers += [int(numbers[n]) + self.next, numbers[n + 1]]
        for n in range(at, len(self.book.pages)):
            page = self.book.pages[n].obj
            page.StructParents = int(page.StructParents) + self.next
            for annotation in page.get("/Annots", []):
                annotation.StructParent = int(annotation.StructParent) + self.next
        self.next += len(numbers) // 2
        for kid in theirs.K[0].K:
            kid.P = self.document
            self.kids.append(kid)
        self.ids += _pairs(theirs.IDTree.Names)

    def close(self) -> None:
        self.document.K = Array(self.kids)
        self.root.ParentTree.Nums = Array(self.numbers)
        if self.ids:
            self.root.IDTree = self.book.make_indirect(_name_tree(self.ids))
        else:
            del self.root.IDTree


class _Destinations:
    """The places that links lead to, by name."""

    def __init__(self, book: Pdf) -> None:
        self.book = book
        self.found = dict(_destinations(book))

    def add(self, source: Pdf) -> None:
        for name, place in _destinations(source):
            self.found.setdefault(name, self.book.copy_foreign(source.make_indirect(place)))

    def close(self) -> None:
        """Raises LookupError for a link to nowhere: templates and parts must agree."""
        for page in self.book.pages:
            for annotation in page.obj.get("/Annots", []):
                if "/Dest" in annotation and bytes(annotation.Dest) not in self.found:
                    raise LookupError(f"a link leads to {annotation.Dest}, which no part has")
        self.book.Root.Names = Dictionary(Dests=_name_tree(list(self.found.items())))


def _destinations(source: Pdf) -> list[tuple[bytes, Any]]:
    names = source.Root.get("/Names")
    return _pairs(names.Dests.Names) if names is not None and "/Dests" in names else []


def _pairs(array: Any) -> list[tuple[bytes, Any]]:
    return [(bytes(array[n]), array[n + 1]) for n in range(0, len(array), 2)]


def _name_tree(pairs: list[tuple[bytes, Any]]) -> Dictionary:
    """The only leaf of a tree without branches: names in order, each with its value (ISO 32000-1 §7.9.6)."""
    ordered = sorted(pairs, key=lambda pair: pair[0])
    return Dictionary(Names=Array([thing for name, value in ordered for thing in (String(name), value)]))


def _outline(book: Pdf, parts: Sequence[Facts]) -> None:
    with book.open_outline() as outline:
        outline.root.clear()
        branches: list[tuple[int, list[OutlineItem]]] = [(0, outline.root)]
        for mark, page in _marks(parts):
            item = OutlineItem(mark.label, page, "XYZ", left=mark.x, top=mark.y)
            item.is_closed = True
            while branches[-1][0] >= mark.level:
                branches.pop()
            branches[-1][1].append(item)
            branches.append((mark.level, item.children))


def _marks(parts: Sequence[Facts]) -> Iterator[tuple[Mark, int]]:
    before = 0
    for facts in parts:
        for mark in facts.marks:
            yield mark, before + mark.page
        before += len(facts.sizes)


def _labels(roman: int) -> Array:
    """i, ii, … for the front matter, then 1, 2, … (ISO 32000-1 §12.4.2)."""
    front = [0, Dictionary(S=Name.r)] if roman else []
    return Array(cast(list[Object], [*front, roman, Dictionary(S=Name.D)]))


def _stamp(book: Pdf, type_case: Path, roman: int) -> None:
    """What stands at the foot of each page but the first, as artifacts; and the gutter."""
    case = _TypeCase(book, type_case, roman)
    for n, page in enumerate(book.pages):
        if n:
            right = n % 2 == 0
            case.stamp(page, n, right)
            _shift(page, GUTTER if right else -GUTTER)


class _TypeCase:
    """Little pages that were set once and are put on many."""

    def __init__(self, book: Pdf, path: Path, roman: int) -> None:
        self.book, self.roman = book, roman
        with Pdf.open(path.with_suffix(".pdf")) as case:
            self.forms = [book.copy_foreign(page.as_form_xobject()) for page in case.pages]

    def stamp(self, page: pikepdf.Page, n: int, right: bool) -> None:
        inner, outer = MARGIN, float(page.mediabox[2]) - MARGIN
        folio = list(self._roman(n, right, outer) if n < self.roman else self._arabic(n - self.roman + 1, right, outer))
        footer = (0, inner) if right else (1, outer - FOOTER)
        drawn = b"".join(self._drawn(page, form, x) for form, x in (footer, *folio))
        page.contents_add(self.book.make_stream(b"q"), prepend=True)
        page.contents_add(
            self.book.make_stream(b"Q /Artifact <</Type /Pagination /Subtype /Footer>> BDC " + drawn + b"EMC")
        )

    def _roman(self, n: int, right: bool, outer: float) -> Iterator[tuple[int, float]]:
        yield 12 + n, outer - ROMAN if right else MARGIN

    def _arabic(self, number: int, right: bool, outer: float) -> Iterator[tuple[int, float]]:
        digits = str(number)
        begin = outer - DIGIT * len(digits) if right else MARGIN
        for at, digit in enumerate(digits):
            yield 2 + int(digit), begin + DIGIT * at

    def _drawn(self, page: pikepdf.Page, form: int, x: float) -> bytes:
        name = f"/Foot{form}"
        page.add_resource(self.forms[form], Name.XObject, Name(name))
        return b"q 1 0 0 1 %.2f %.2f cm %s Do Q " % (x, FOOT, name.encode())


def _shift(page: pikepdf.Page, gutter: float) -> None:
    """Moves the frame, not what is in it: links and destinations stay right. A landscape page is read turned."""
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    if right > top:
        return
    frame = Array([left - gutter, bottom, right - gutter, top])
    for name in ("/MediaBox", "/TrimBox", "/BleedBox"):
        if name in page.obj:
            page.obj[name] = frame
