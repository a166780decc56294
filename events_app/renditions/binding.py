"""Parts that were set apart → one PDF: pages, tags, links, bookmarks, page labels and folios. Runs in the platen.

What qpdf's own merging would drop is put together here: the structure trees (ISO 32000-1 §14.7: one parent tree, one
tree of IDs), the named destinations (§12.3.2.3) and the outline (§12.3.3). A link into another part was written as
`x-ref:name` and becomes a link to the destination of that name.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import msgspec
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, OutlineItem, Pdf, String

from .platen import Bind, Facts

GUTTER = 8.5
"""By how many points the text block of a portrait page is moved away from the fold."""

MARGIN = 62.4
"""From the edge of a page to its text block, in points (22 mm), as `booklet.css` has it."""

FOOT = 34.0
"""From the lower edge of a page to the base line of its folio, in points."""

FOLIO_WIDTH, FOOTER_WIDTH = 42.52, 340.16
"""The widths of the little pages on which folios (15 mm) and the footer (120 mm) are set."""

_STRUCTURE_ONLY = {"/P", "/Span", "/Link", "/Lbl", "/Figure", "/Caption", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6"}


def bind(job: Bind) -> None:
    parts = [(path, msgspec.json.decode(path.with_suffix(".json").read_bytes(), type=Facts)) for path in job.parts]
    with Pdf.open(job.parts[0].with_suffix(".pdf")) as book:
        tree = _Tree(book)
        sources = [book]
        tree.take(book.Root.StructTreeRoot, _name(job.parts[0]))
        destinations = _Destinations(book)
        destinations.take(book)
        _describe_links(book, 0, parts[0][1])
        for path, facts in parts[1:]:
            source = Pdf.open(path.with_suffix(".pdf"))
            sources.append(source)
            at = len(book.pages)
            book.pages.extend(source.pages)
            tree.add(source, range(at, len(book.pages)), _name(path))
            destinations.take(source)
            _describe_links(book, at, facts)
        tree.close()
        destinations.close()
        _outline(book, [facts for _, facts in parts])
        _stamp(book, job)
        book.Root.PageLabels = Dictionary(Nums=_labels(job.roman))
        book.save(job.out, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)


def _labels(roman: int) -> Array:
    """Page labels: i, ii, … for the front matter, then 1, 2, … (ISO 32000-1 §12.4.2)."""
    return Array(cast(list[Object], [0, Dictionary(S=Name.r), roman, Dictionary(S=Name.D)]))


def _name(path: Path) -> str:
    return path.name[:12]


class _Tree:
    """The structure tree of the book, which takes those of the parts one after the other."""

    def __init__(self, book: Pdf) -> None:
        self.book, self.root = book, book.Root.StructTreeRoot
        self.document = self.root.K[0]
        self.numbers = list(self.root.ParentTree.Nums)
        self.next = _highest(self.numbers) + 1
        self.ids: list[tuple[bytes, Any]] = []

    def add(self, source: Pdf, pages: range, name: str) -> None:
        for n in pages:
            page = self.book.pages[n].obj
            page.StructParents = int(page.StructParents) + self.next
            for annotation in page.get("/Annots", []):
                if "/StructParent" in annotation:
                    annotation.StructParent = int(annotation.StructParent) + self.next
        theirs = self.book.copy_foreign(source.Root.StructTreeRoot)
        numbers = theirs.ParentTree.Nums
        for n in range(0, len(numbers), 2):
            self.numbers += [int(numbers[n]) + self.next, numbers[n + 1]]
        self.next += _highest(numbers) + 1
        self.take(theirs, name)
        for kid in theirs.K[0].K:
            kid.P = self.document
            self.document.K.append(kid)

    def take(self, root: Any, name: str) -> None:
        """Makes a part's IDs its own: two parts may both have an `8-0-1`."""
        stack = list(root.K[0].K)
        while stack:
            element = stack.pop()
            if not isinstance(element, Dictionary) or "/S" not in element:
                continue
            if "/ID" in element:
                element.ID = String(f"{name}-{element.ID}")
                self.ids.append((bytes(element.ID), element))
            attributes = element.get("/A")
            if isinstance(attributes, Dictionary) and "/Headers" in attributes:
                attributes.Headers = Array([String(f"{name}-{header}") for header in attributes.Headers])
            if str(element.S) not in _STRUCTURE_ONLY and isinstance(element.get("/K"), Array):
                stack += list(element.K)

    def close(self) -> None:
        self.root.ParentTree.Nums = Array(self.numbers)
        self.ids.sort(key=lambda pair: pair[0])
        if self.ids:
            self.root.IDTree = self.book.make_indirect(Dictionary(Names=_flat(self.ids)))


def _highest(numbers: Any) -> int:
    return max((int(numbers[n]) for n in range(0, len(numbers), 2)), default=-1)


def _flat(pairs: list[tuple[bytes, Any]]) -> Array:
    """Keys and values as a name tree's leaf has them: first limits, then in turn."""
    return Array([thing for key, value in pairs for thing in (String(key), value)])


class _Destinations:
    def __init__(self, book: Pdf) -> None:
        self.book = book
        self.found: dict[bytes, Any] = {}

    def take(self, source: Pdf) -> None:
        names = source.Root.get("/Names")
        pairs: Any = names.Dests.Names if names is not None and "/Dests" in names else []
        for n in range(0, len(pairs), 2):
            place = pairs[n + 1]
            if source is not self.book:
                place = self.book.copy_foreign(place if place.is_indirect else source.make_indirect(place))
            self.found.setdefault(bytes(pairs[n]), place)

    def close(self) -> None:
        for page in self.book.pages:
            for annotation in page.obj.get("/Annots", []):
                action = annotation.get("/A")
                address = str(action.URI) if action is not None and "/URI" in action else ""
                if address.startswith("x-ref:"):
                    name = address.removeprefix("x-ref:")
                    if name.encode() not in self.found:
                        raise LookupError(f"a link leads to {name}, which no part has")
                    del annotation["/A"]
                    annotation.Dest = String(name)
        self.book.Root.Names = Dictionary(Dests=Dictionary(Names=_flat(sorted(self.found.items()))))


def _describe_links(book: Pdf, at: int, facts: Facts) -> None:
    """What a screen reader says of a link is its text (PDF/UA-1 §7.18.5), not the name of where it leads."""
    for n, texts in enumerate(facts.links, at):
        for annotation, text in zip(book.pages[n].obj.get("/Annots", []), texts, strict=False):
            if text:
                annotation.Contents = String(text)


def _outline(book: Pdf, parts: list[Facts]) -> None:
    with book.open_outline() as outline:
        outline.root.clear()
        branches: list[tuple[int, list[OutlineItem]]] = [(0, outline.root)]
        for mark, page in _marks(parts):
            item = OutlineItem(mark.label, page, "XYZ", left=mark.x, top=mark.y)
            item.is_closed = mark.level > 1
            while branches[-1][0] >= mark.level:
                branches.pop()
            branches[-1][1].append(item)
            branches.append((mark.level, item.children))


def _marks(parts: list[Facts]) -> Iterator[tuple[Any, int]]:
    at = 0
    for facts in parts:
        for mark in facts.marks:
            yield mark, at + mark.page
        at += len(facts.sizes)


def _stamp(book: Pdf, job: Bind) -> None:
    """Folios and footers, as artifacts, and the gutter: a part knows not whether it begins on a left or right page."""
    with Pdf.open(job.footer.with_suffix(".pdf")) as footer:
        footers = [book.copy_foreign(page.as_form_xobject()) for page in footer.pages]
    open_folios: dict[str, Pdf] = {}
    for n, (page, leaf) in enumerate(zip(book.pages, job.leaves, strict=True)):
        if not leaf.folio:
            continue
        right = n % 2 == 0
        if leaf.folio not in open_folios:
            open_folios[leaf.folio] = Pdf.open(Path(leaf.folio).with_suffix(".pdf"))
        folios = open_folios[leaf.folio].pages
        folio = book.copy_foreign(folios[leaf.n + (len(folios) // 2 if right else 0)].as_form_xobject())
        _draw(book, page, footers[0 if right else 1], folio, right)
        _shift(page, right)


def _draw(book: Pdf, page: Any, footer: Any, folio: Any, right: bool) -> None:
    width = float(page.mediabox[2])
    inner, outer = MARGIN, width - MARGIN
    places = (
        (footer, inner if right else outer - FOOTER_WIDTH),
        (folio, outer - FOLIO_WIDTH if right else inner),
    )
    stamps = b"".join(
        b"q 1 0 0 1 %.2f %.2f cm %s Do Q " % (x, FOOT, bytes(str(page.add_resource(form, Name.XObject)), "ascii"))
        for form, x in places
    )
    page.contents_add(book.make_stream(b"q"), prepend=True)
    page.contents_add(book.make_stream(b"Q /Artifact <</Type /Pagination /Subtype /Footer>> BDC " + stamps + b"EMC"))


def _shift(page: Any, right: bool) -> None:
    box = [float(edge) for edge in page.mediabox]
    if box[2] > box[3]:
        return
    moved = -GUTTER if right else GUTTER
    moved_box = Array([box[0] + moved, box[1], box[2] + moved, box[3]])
    for name in ("/MediaBox", "/TrimBox", "/BleedBox"):
        if name in page.obj:
            page.obj[name] = moved_box
