"""Text is cleaned once, at the door; behind it nobody needs to ask again.

No controls, no lone surrogates, no characters that XML cannot carry; NFC; `\\n` ends a line.
"""

from __future__ import annotations

import html
import re
import unicodedata

LINE_LIMIT = 500
TEXT_LIMIT = 100_000
"""Characters. What is longer is cut, and reported."""

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def clean(raw: str) -> str:
    """The text as it may be kept, with its lines; nothing stands at its ends."""
    if raw.isascii() and raw.isprintable():
        return raw.strip()
    return unicodedata.normalize("NFC", _UNFIT.sub("", _BREAKS.sub("\n", raw))).strip()


def line(raw: str) -> str:
    """A title or a name: one line, single blanks, entities as the characters that they stand for."""
    if "&" in raw:
        raw = _ENTITY.sub(lambda found: html.unescape(found.group()), raw)
    return " ".join(clean(raw).split())


def shortened(cleaned: str, limit: int) -> str:
    """At most `limit` characters, cut at a blank where there is one near; `…` shows that something is missing."""
    if len(cleaned) <= limit:
        return cleaned
    head = cleaned[: limit - 1]
    blank = max(head.rfind(" "), head.rfind("\n"))
    return (head[:blank] if blank > limit * 9 // 10 else head).rstrip() + "…"
