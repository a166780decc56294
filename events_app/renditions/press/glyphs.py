"""Characters that none of the fonts has: known before anything is set, so that no box stands unannounced."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache

import msgspec
from msgspec.structs import replace

from ... import fonts
from ...language import gettext as _
from .copy import Part, Passage

BOX = "\N{WHITE SQUARE}"
_INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def settable(part: Part) -> tuple[Part, list[str]]:
    """The part with a box for each character that cannot be set, and notices of which and where."""
    notices: list[str] = []
    passages = []
    for passage in part.passages:
        strange = _strange(passage.html)
        notices += _told(strange, passage.label)
        passages.append(Passage(*(_boxed(text, strange) for text in passage)) if strange else passage)
    strange = _strange(part.html)
    notices += _told(strange, part.name)
    if not strange and passages == list(part.passages):
        return part, notices
    return replace(part, html=_boxed(part.html, strange), passages=tuple(passages)), notices


def _boxed(text: str, strange: set[str]) -> str:
    return text.translate({ord(char): _stand_in(char) or BOX for char in strange})


def _told(strange: set[str], where: str) -> list[str]:
    return [
        _("%(where)s: no font has the character U+%(code)s %(name)s; a box is printed.")
        % {"where": where, "code": f"{ord(char):04X}", "name": unicodedata.name(char, "")}
        for char in sorted(strange)
        if not _stand_in(char)
    ]


def _strange(text: str) -> set[str]:
    return {char for char in set(text) if char > "~" and not _known(char)}


def _stand_in(char: str) -> str:
    """What may stand for a character without loss, such as p for 𝑝; else empty (Unicode's normal form KC)."""
    plain = unicodedata.normalize("NFKC", char)
    return plain if plain != char and all(_known(part) for part in plain) else ""


@cache
def _known(char: str) -> bool:
    if unicodedata.category(char) in _INVISIBLE or "\ufe00" <= char <= "\ufe0f":  # selects a variant of the one before
        return True
    starts, ends = _coverage()
    n = bisect_right(starts, ord(char)) - 1
    return n >= 0 and ord(char) <= ends[n]


@cache
def _coverage() -> tuple[list[int], list[int]]:
    ranges = msgspec.json.decode((fonts.PRINT / "coverage.json").read_bytes(), type=list[tuple[int, int]])
    return [start for start, _end in ranges], [end for _start, end in ranges]
