"""Markdown made readable as plain text, for calendars and feeds. Cheap: a thousand abstracts in milliseconds."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape

_Replacement = str | Callable[[re.Match[str]], str]


def _link(found: re.Match[str]) -> str:
    label, url = found["label"].strip(), found["url"]
    return url if label in ("", url) else f"{label} ({url})"


# Every repetition that may be tried from many places has a bound, so that no text takes more than linear time.
_STEPS: tuple[tuple[re.Pattern[str], _Replacement], ...] = tuple(
    (re.compile(pattern, re.MULTILINE | re.IGNORECASE), replacement)
    for pattern, replacement in (
        (r"\r\n?", "\n"),
        (r"(?<!\\)<(https?://[^\s<>]+|mailto:[^\s<>]+)>", r"\1"),
        (r"^[ \t]*(?:```|~~~).*$\n?", ""),
        (r"!\[(?P<alt>[^\]\n]{0,500})\]\([^)\n]{0,2000}\)", r"\g<alt>"),
        (
            r"\[(?P<label>[^\]\n]{0,500})\]\(\s{0,9}<?(?P<url>[^\s()<>]{1,2000})>?(?:\s{1,9}\"[^\"\n]{0,500}\")?\s{0,9}\)",
            _link,
        ),
        (r"^[ \t]*#{1,6}[ \t]+(.*?)[ \t]*#*$", r"\n\1\n"),
        (r"^(.+)\n[ \t]*(?:=+|-{2,})[ \t]*$", r"\1\n"),
        (r"^[ \t]*(?:[-*_][ \t]*){3,}$", ""),
        (r"^[ \t]*>[ \t]?", ""),
        (r"^([ \t]*)[*+-][ \t]+", r"\1- "),
        (r"(?<!\\)(\*\*\*|\*\*|\*)(?=[^\s*])(.{1,500}?)(?<=[^\s\\])\1", r"\2"),
        (r"(?<![\w\\])(___|__|_)(?=[^\s_])(.{1,500}?)(?<=[^\s\\])\1(?!\w)", r"\2"),
        (r"(?<!\\)(`{1,3})(.{1,500}?)\1", r"\2"),
        (r"(?<!  )(?<!\n)\n(?=[^\s-])(?!\d+[.)] )", " "),  # a line break inside a paragraph is only a space
        (r"\\([!-/:-@\[-`{-~])", r"\1"),
        (r"[ \t]+$", ""),
        (r"\n{3,}", "\n\n"),
    )
)
_MARKED = re.compile(r"[\\`*_<\[#>&\n=~-]")


@lru_cache(8192)
def plain_text(markdown: str) -> str:
    """The text without its marks.

    Links become `label (address)`, list items stand after `- `, a blank line parts paragraphs.
    """
    if not _MARKED.search(markdown):
        return markdown.strip()
    text = markdown
    for pattern, replacement in _STEPS:
        text = pattern.sub(replacement, text)
    return unescape(text).strip()
