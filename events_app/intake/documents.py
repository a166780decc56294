"""Documents of an office (OpenDocument, Office Open XML): packed folders. Written anew, member by member.

A directory can lie about its members, so both are held to the limits: what it says, and what comes out.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from ..language import gettext as _
from .media import DOCX, ODP, ODT, PPTX
from .opened import xml
from .reading import Refused

MOST_MEMBERS = 5_000
UNPACKED = 300 * 2**20
"""Bytes of all members together."""

RATIO = 200
"""How many times as large as packed a member over a megabyte may be: XML of real slides reaches some fifty."""

LONGEST_XML = 20 * 2**20

_MAIN = {f"{PPTX}.main+xml": PPTX, f"{DOCX}.main+xml": DOCX}
_TYPES = "[Content_Types].xml"
_MACROS = re.compile(
    r"(.*/)?vba(Project|Data)[^/]*|.*\.(pptm|docm|xlsm|xlsb|ppam|potm|dotm)|.*activeX/.*"
    r"|Basic/.*(?<!script-l[bc])\.xml|Scripts/.+",
    re.IGNORECASE,
)
_PACKAGE = "\1Ole10Native".encode("utf-16-le")  # a file of any kind that opens when it is clicked
_FIRST = (1980, 1, 1, 0, 0, 0)
_WEB = ("http", "https", "mailto")


def media_of(data: bytes) -> str:
    """Which document this is, by what it says inside; raises Refused for other packed files."""
    with _opened(data) as folder:
        names = set(folder.namelist())
        if "mimetype" in names:
            said = _read(folder, folder.getinfo("mimetype"), 200).decode("latin-1").strip()
            if said in (ODP, ODT):
                return said
        if _TYPES in names:
            types = _read(folder, folder.getinfo(_TYPES), LONGEST_XML)
            for entry in xml(types).iter("{*}Override", "{*}Default"):
                said = entry.get("ContentType", "")
                if said in _MAIN:
                    return _MAIN[said]
                if "macroenabled" in said.lower():
                    raise _macros()
    raise Refused(
        _("this is a packed file, but neither a presentation nor a text that we know."),
        remedy=_("Save it as PDF and bring that."),
    )


def cleaned(data: bytes) -> bytes:
    """The same document, packed anew, without what it draws in from elsewhere. The same document gives the same bytes.

    Raises Refused for one with macros, controls or packed files in it, for one that is encrypted or damaged, and for
    one that would unpack to more than a document is.
    """
    out = io.BytesIO()
    with _opened(data) as folder, zipfile.ZipFile(out, "w") as made:
        for info, content in _members(folder):
            new = zipfile.ZipInfo(info.filename, _FIRST)
            stored = info.compress_type == zipfile.ZIP_STORED
            new.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            made.writestr(new, content)
    return out.getvalue()


def _opened(data: bytes) -> zipfile.ZipFile:
    """The folder, whose directory keeps to the limits. Raises Refused."""
    try:
        folder = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        raise _damaged() from None
    members = folder.infolist()
    if len(members) > MOST_MEMBERS or sum(info.file_size for info in members) > UNPACKED:
        raise _too_much()
    for info in members:
        if info.file_size > 2**20 and info.file_size > RATIO * max(info.compress_size, 1):
            raise _too_much()
        if info.flag_bits & 1:
            raise Refused(_("this is locked with a password."), remedy=_("Save it without one and bring that."))
    return folder


def _members(folder: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """Each member with its content, made harmless."""
    left, seen = UNPACKED, set[str]()
    for info in folder.infolist():
        name = info.filename
        if info.is_dir():
            continue
        if name in seen or name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/"):
            raise _damaged()
        if _MACROS.fullmatch(name):
            raise _macros()
        seen.add(name)
        content = _read(folder, info, left)
        left -= len(content)
        if name.endswith(".rels"):
            content = _kept_inside(content)
        elif name == _TYPES and b"macroenabled" in content.lower():
            raise _macros()
        elif _PACKAGE in content:
            raise Refused(
                _("a file that opens when it is clicked is packed into it."),
                remedy=_("Take it out, or save it all as PDF and bring that."),
            )
        yield info, content


def _read(folder: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """What a member holds; raises Refused where that is more than `most` bytes, whatever the directory says."""
    try:
        with folder.open(info) as member:
            content = member.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise _damaged() from None
    if len(content) > most or len(content) > max(info.file_size, 0):
        raise _too_much()
    return content


def _kept_inside(relations: bytes) -> bytes:
    """What a part refers to outside of the document: web links stay, all else leads nowhere (ECMA-376-2 §9.3)."""
    if len(relations) > LONGEST_XML:
        raise _too_much()
    root = xml(relations)
    changed = False
    for entry in root.iter("{*}Relationship"):
        if entry.get("TargetMode") == "External" and not _is_link(entry):
            entry.set("Target", "about:blank")
            changed = True
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True) if changed else relations


def _is_link(entry: etree._Element) -> bool:
    try:
        scheme = urlsplit(entry.get("Target", "")).scheme.lower()
    except ValueError:
        return False
    return entry.get("Type", "").endswith("/hyperlink") and scheme in _WEB


def _damaged() -> Refused:
    return Refused(
        _("the document is damaged."), remedy=_("Open it, save it again, or save it as PDF, and bring that.")
    )


def _too_much() -> Refused:
    return Refused(
        _("unpacked, this would be far larger than any document."), remedy=_("Save it as PDF and bring that.")
    )


def _macros() -> Refused:
    return Refused(
        _("there are macros or controls in it, and such programs are not taken."),
        remedy=_("Save it without macros (.pptx, .odp), or as PDF, and bring that."),
    )
