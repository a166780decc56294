"""The kinds of files that people may bring, what each becomes, and what it may be called."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

import msgspec

PICTURE = "image/webp"
PDF = "application/pdf"
ODP = "application/vnd.oasis.opendocument.presentation"
ODT = "application/vnd.oasis.opendocument.text"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

SLIDES = frozenset({PDF, ODP, PPTX})
TEXTS = SLIDES | {ODT, DOCX}
ENDINGS = {PDF: ".pdf", ODP: ".odp", PPTX: ".pptx", ODT: ".odt", DOCX: ".docx"}

_LONGEST_NAME = 120
"""Octets, without its ending: with it a name is fit for every file system."""

_NO_NAME = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


class Cut(StrEnum):
    """Which square is cut out of a picture: none, or that at the top (or left), in the middle, or at the other end."""

    WHOLE = "whole"
    FIRST = "first"
    MIDDLE = "middle"
    LAST = "last"


class Drawn(msgspec.Struct, frozen=True):
    """A picture as it is kept: `data` is WebP, sizes are in pixels."""

    data: bytes
    width: int
    height: int


class Cleaned(msgspec.Struct, frozen=True):
    """An attachment as it is kept."""

    data: bytes
    media: str
    name: str


def file_name(given: str, ending: str) -> str:
    """A name for a file: without folders, controls, marks that turn the direction of writing, and of a bearable length.
    Its ending is that of what it is."""
    stem = unicodedata.normalize("NFC", given.replace("\\", "/").rpartition("/")[2])
    stem = "".join(" " if c.isspace() else c for c in stem if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    stem = " ".join(_NO_NAME.sub("-", stem).split())
    for known in (ending, *ENDINGS.values(), ".ppt", ".doc"):
        if stem.lower().endswith(known):
            stem = stem[: -len(known)]
            break
    stem = stem.encode()[:_LONGEST_NAME].decode(errors="ignore").strip(" .-")
    if not stem or _RESERVED.fullmatch(stem):
        stem = f"file-{stem}".strip("-")
    return stem + ending
