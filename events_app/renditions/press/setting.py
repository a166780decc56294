"""One part: HTML → PDF, with what the binding must know of it. Runs in the platen."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

import msgspec
import pydyf
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from .platen import Facts, Mark, Set
from .plates import plate
from .tags import tidy

POINTS = 0.75
"""Points in a CSS pixel."""


def set_part(job: Set) -> None:
    fetcher, fonts = Assets(job.assets), FontConfiguration()
    css = CSS(string=job.css, font_config=fonts, url_fetcher=fetcher)
    document = HTML(string=job.html, url_fetcher=fetcher).render(
        font_config=fonts, stylesheets=[css], pdf_variant="pdf/ua-1"
    )
    facts = _facts(document.pages, job.notices)
    pdf = document.write_pdf(
        pdf_variant="pdf/ua-1", finisher=lambda document, pdf: tidy(pdf, document.pages, job.out.name[:12])
    )
    _replace(job.out.with_suffix(".pdf"), pdf)
    _replace(job.out.with_suffix(".json"), msgspec.json.encode(facts))


class Assets(URLFetcher):  # type: ignore[misc]
    """Knows nothing but what the job brought: no host, no file, no data address."""

    def __init__(self, assets: dict[str, bytes]) -> None:
        super().__init__()
        self.assets = assets

    def fetch(self, url: str, headers: Any = None) -> Any:
        scheme, _, name = url.partition(":")
        if scheme != "asset" or name not in self.assets:
            raise ValueError(f"not an asset of this part: {url[:100]}")
        data, kind = self.assets[name], "image/svg+xml" if name.endswith(".svg") else "image/png"
        if name.endswith(".webp"):
            data, kind = plate(data)
        return URLFetcherResponse(url, data, {"Content-Type": kind})


def _facts(pages: list[Any], notices: list[str]) -> Facts:
    anchors: dict[str, int] = {}
    marks = []
    for n, page in enumerate(pages):
        for anchor in page.anchors:
            anchors.setdefault(anchor, n)
        for level, label, (x, y), _state in page.bookmarks:
            marks.append(Mark(level, label, n, round(x * POINTS, 1), round((page.height - y) * POINTS, 1)))
    sizes = [(page.width * POINTS, page.height * POINTS) for page in pages]
    return Facts(sizes=sizes, anchors=anchors, marks=marks, notices=notices)


def _replace(path: Path, content: bytes) -> None:
    """Writes a file that is there whole or not at all, even when two do so at once."""
    half = path.with_suffix(f".{os.getpid()}")
    half.write_bytes(content)
    half.replace(path)


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    kids = pdf.pages["Kids"]
    kept: tuple[bytes, ...] = pdf.__dict__.get("references", ())
    if len(kept) != len(kids) // 3:
        kept = pdf.__dict__["references"] = tuple(f"{number} 0 R".encode("ascii") for number in kids[::3])
    return kept


# pydyf 0.13 makes this tuple anew for each structure element, which costs pages × elements
pydyf.PDF.page_references = property(_page_references)
logging.getLogger("weasyprint").addHandler(logging.NullHandler())
