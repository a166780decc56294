"""The process in which pages are set and bound: the only one that imports WeasyPrint and Pango.

`press` starts it (`main`) and writes the names of job files to its standard input, a
line each. For each it forks a child with limits of CPU time and memory, and says on its standard output, a line each,
how the child ended. A child that runs away or falls takes nothing with it; when `press` goes, all of this goes.
"""

from __future__ import annotations

import logging
import os
import resource
import select
import signal
import sys
from pathlib import Path
from typing import Any, NamedTuple

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


class Leaf(msgspec.Struct, frozen=True, kw_only=True):
    """A page to be bound: its folio as the n-th page of the set folios at `folio`; an empty path: no folio."""

    folio: str = ""
    n: int = 0


class Bind(Job, frozen=True, kw_only=True):
    """Join the parts that were set as `parts` into the PDF at `out`. `roman` counts the pages of the front matter."""

    parts: list[Path]
    leaves: list[Leaf]
    footer: Path
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
    links: list[list[str]]  # the text of each link of each page
    notices: list[str] = []


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """How a child ended: exit status 0 or not, seconds of CPU time, and bytes of memory at its peak."""

    job: str
    status: int
    seconds: float
    peak: int


def main() -> None:
    _imports()
    stdin, waiting = sys.stdin.fileno(), b""
    children: dict[int, tuple[int, str]] = {}
    while True:
        for ready in select.select([stdin, *children], [], [])[0]:
            if ready != stdin:
                _report(ready, *children.pop(ready))
                continue
            if not (read := os.read(stdin, 65536)):
                for pid, _job in children.values():
                    os.kill(pid, signal.SIGKILL)
                return
            *jobs, waiting = (waiting + read).split(b"\n")
            children.update(_begin(job.decode()) for job in jobs)


def _imports() -> None:
    """All that children need, before the first fork, so that none of them pays for it."""
    import pikepdf  # noqa: F401
    import pydyf
    import weasyprint  # noqa: F401

    from . import binding  # noqa: F401

    pydyf.PDF.page_references = property(_page_references)
    logging.getLogger("weasyprint").addHandler(logging.NullHandler())


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    """pydyf 0.13 makes this tuple anew for each structure element, which costs pages × elements."""
    kids = pdf.pages["Kids"]
    kept: tuple[bytes, ...] = pdf.__dict__.get("references", ())
    if len(kept) != len(kids) // 3:
        kept = pdf.__dict__["references"] = tuple(f"{number} 0 R".encode("ascii") for number in kids[::3])
    return kept


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


def _child(path: Path) -> int:
    try:
        job = msgspec.msgpack.decode(path.read_bytes(), type=Set | Bind, dec_hook=_path)
        resource.setrlimit(resource.RLIMIT_CPU, (job.seconds, job.seconds))
        resource.setrlimit(resource.RLIMIT_AS, (job.memory, job.memory))
        if isinstance(job, Set):
            _set(job)
        else:
            from .binding import bind

            bind(job)
        return 0
    except BaseException as error:
        path.with_suffix(".error").write_text(f"{type(error).__name__}: {error}"[:2000], errors="replace")
        return 1


def _path(kind: type, value: Any) -> Any:
    return kind(value)


def encoded(job: Job) -> bytes:
    return msgspec.msgpack.encode(job, enc_hook=str)


class _Setting(NamedTuple):
    pdf: bytes
    facts: Facts


def _set(job: Set) -> None:
    made = _typeset(job)
    _replace(job.out.with_suffix(".pdf"), made.pdf)
    _replace(job.out.with_suffix(".json"), msgspec.json.encode(made.facts))


def _replace(path: Path, content: bytes) -> None:
    """Writes a file that is there whole or not at all, even when two do so at once."""
    half = path.with_suffix(f".{os.getpid()}")
    half.write_bytes(content)
    half.replace(path)


def _typeset(job: Set) -> _Setting:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Assets(URLFetcher):  # type: ignore[misc]
        """Knows nothing but what the job brought: no host, no file, no data."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            scheme, _, name = url.partition(":")
            if scheme != "asset" or name not in job.assets:
                raise ValueError(f"not an asset of this part: {url[:100]}")
            kind = "image/svg+xml" if name.endswith(".svg") else "image/png"
            return URLFetcherResponse(url, job.assets[name], {"Content-Type": kind})

    fetcher, fonts = Assets(), FontConfiguration()
    css = CSS(string=job.css, font_config=fonts, url_fetcher=fetcher)
    html = HTML(string=job.html, url_fetcher=fetcher)
    document = html.render(font_config=fonts, stylesheets=[css], pdf_variant="pdf/ua-1")
    facts = _facts(document.pages)
    return _Setting(document.write_pdf(pdf_variant="pdf/ua-1"), facts)


_POINTS = 0.75
"""Points in a CSS pixel."""


def _facts(pages: list[Any]) -> Facts:
    anchors: dict[str, int] = {}
    marks = []
    for n, page in enumerate(pages):
        for anchor in page.anchors:
            anchors.setdefault(anchor, n)
        for level, label, (x, y), _state in page.bookmarks:
            marks.append(Mark(level, label, n, round(x * _POINTS, 1), round((page.height - y) * _POINTS, 1)))
    return Facts(
        sizes=[(page.width * _POINTS, page.height * _POINTS) for page in pages],
        anchors=anchors,
        marks=marks,
        links=[[_text(box) for *_, box in page.links] for page in pages],
    )


def _text(box: Any) -> str:
    return " ".join(str(child.text) for child in box.descendants() if hasattr(child, "text"))[:200]
