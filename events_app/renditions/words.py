"""Markdown → HTML that can do no harm: the one place where what people write becomes markup.

Two sieves: the renderer takes no HTML and makes no pictures, and what it makes passes through a closed list of tags.
"""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from .plain import plain_text

TAGS = {
    "p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a",
    "table", "thead", "tbody", "tr", "th", "td", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_ADDRESS = re.compile(r"(https?://[^/\s]|mailto:[^/\s])", re.IGNORECASE)
_HEADING = re.compile(r"<(/?)h([1-6])>")
_WORD = re.compile(r"\S*[^\W_]\S*")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")

_markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": 12}).enable("table").disable("image")


@lru_cache(4096)
def prose(text: str, level: int = 3) -> Markup:
    """Markdown as HTML whose highest heading is an `<h{level}>` (2 to 6), the next one below it, whatever was written.

    Links must be absolute, and vouch for nothing.
    """
    made = _markdown.render(text)
    used = sorted({int(found[2]) for found in _HEADING.finditer(made)})
    made = _HEADING.sub(lambda found: f"<{found[1]}h{min(level + used.index(int(found[2])), 6)}>", made)
    return Markup(  # noqa: S704 — this is the one place that may say so
        nh3.clean(
            made,
            tags=TAGS,
            attributes=ATTRIBUTES,
            attribute_filter=_allowed,
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener nofollow ugc",
        )
    )


def summary(markdown: str, length: int = 200) -> str:
    """The beginning of a text in plain words on one line, cut between words, in at most `length` characters."""
    told = _shortened(markdown, length * 8)  # enough, whatever marks are in it; texts may be long
    return _shortened(plain(told), length)


@lru_cache(4096)
def plain(markdown: str) -> str:
    """Markdown as one line of plain text."""
    return line(plain_text(markdown))


def line(text: str) -> str:
    """Text on one line without controls, for titles of windows, attributes and the like; Markdown is left alone."""
    return " ".join(_CONTROLS.sub("", text).split())


def word_count(text: str) -> int:
    """How many words a text has: what stands between spaces and holds a letter or a digit."""
    return len(_WORD.findall(text))


def outward(url: str) -> str:
    """An address of the web or of a mailbox as it is; of anything else nothing, whatever door it came in by."""
    return url if _ADDRESS.match(url) and not _CONTROLS.search(url) else ""


def _shortened(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(",;:.– ") + "…"


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    match attribute:
        case "href":
            return value if _ADDRESS.match(value) else None
        case "start":
            return value if value.isdigit() else None
        case _:
            return value  # rel, which nh3 has just set
