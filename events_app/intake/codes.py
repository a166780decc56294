"""Codes: what things are called in addresses."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from uuid import UUID, uuid5

EVENTS = UUID("5b0d3a52-6f43-5a7e-9c56-1f4b7f0f8a51")
"""The namespace of the uids of events whose file gives none. It never changes."""

_LETTERS = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "AE",
     "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "ı": "i", "’": "", "'": "", "&": " and "}
)  # fmt: skip
_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_LENGTH = 60


def slug(words: str) -> str:
    """`Ada Lovelace` → `ada-lovelace`. Empty where nothing of the words can be written in a-z and 0-9."""
    plain = unicodedata.normalize("NFKD", words.translate(_LETTERS)).encode("ascii", "ignore").decode()
    whole = _NOT_IN_SLUG.sub("-", plain.lower()).strip("-")
    if len(whole) <= _LENGTH:
        return whole
    return whole[:_LENGTH].rpartition("-")[0] or whole[:_LENGTH]


def fit(code: str) -> str:
    """A code that a file gives, as it may stand in an address: letters, digits, `-`, `_`, `.`; no dot in front."""
    plain = unicodedata.normalize("NFKD", code.translate(_LETTERS)).encode("ascii", "ignore").decode()
    return _UNFIT.sub("-", plain).strip("-.")[:_LENGTH]


def event_uid(event_slug: str) -> str:
    return str(uuid5(EVENTS, event_slug))


class Codes:
    """Gives each thing of one kind a code of its own: the wished one, else with `-2`, `-3` … behind it."""

    def __init__(self, noun: str) -> None:
        self._noun = noun
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}

    def give(self, wish: str, words: str = "") -> str:
        """`wish` is a code, `words` what a slug is made of where there is none."""
        base = fit(wish) or slug(words) or f"{self._noun}-{_digest(wish or words)}"
        code, n = base, self._last.get(base.lower(), 1)
        while code.lower() in self._taken:
            n += 1
            code = f"{base}-{n}"
        self._taken.add(code.lower())
        self._last[base.lower()] = n
        return code


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:6]
