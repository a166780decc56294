"""Slides and papers that people bring → files that nothing in can act. Run where it may fail: see `editing.quarantine`.

What a file is, its content says; its name only says what to call it. Each is written anew: a PDF by qpdf, a document
of an office member by member, so that nothing that its reader does not see comes along.
"""

from __future__ import annotations

from ..language import gettext as _
from . import documents, pdfs
from .media import ENDINGS, PDF, TEXTS, Cleaned, file_name
from .reading import Refused

LARGEST = 50 * 2**20
"""Bytes."""


def cleaned(data: bytes, name: str, *, taken: frozenset[str] = TEXTS) -> Cleaned:
    """The file without anything that acts, under a name fit for a file's.

    Raises Refused for what is none of the media types `taken`, for what is encrypted, damaged, too large, or holds
    programs that cannot be left out.
    """
    if len(data) > LARGEST:
        raise Refused(
            _("the file has {n} MB; at most {most} MB are taken.").format(n=len(data) >> 20, most=LARGEST >> 20),
            remedy=_("Make the pictures in it smaller, or bring it as PDF."),
        )
    media = media_of(data)
    if media not in taken:
        names = ", ".join(ENDINGS[one][1:].upper() for one in ENDINGS if one in taken)
        raise Refused(
            _("only {names} are taken here.").format(names=names),
            remedy=_("Save it as PDF and bring that."),
        )
    made = pdfs.cleaned(data) if media == PDF else documents.cleaned(data)
    return Cleaned(made, media, file_name(name, ENDINGS[media]))


def media_of(data: bytes) -> str:
    """What its content says that it is; raises Refused for what is none of those that we know."""
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(b"PK\3\4"):
        return documents.media_of(data)
    raise _other(data)


def _other(data: bytes) -> Refused:
    head = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for beginning, what in (
        (b"<!doctype html", _("this is a web page, whatever its name says.")),
        (b"<html", _("this is a web page, whatever its name says.")),
        (b"<svg", _("this is an SVG drawing.")),
        (b"<?xml", _("this is XML, not a document.")),
        (b"\xd0\xcf\x11\xe0", _("this is an old PowerPoint or Word file, or one that is locked with a password.")),
        (b"{\\rtf", _("this is a text document (RTF).")),
        (b"%!ps", _("this is PostScript.")),
        (b"mz", _("this is a program.")),
        (b"\x1f\x8b", _("this is a packed file.")),
        (b"rar!", _("this is a packed file.")),
        (b"7z", _("this is a packed file.")),
    ):
        if head.startswith(beginning):
            return Refused(what, remedy=_("Save it as PDF and bring that."))
    if not data.strip():
        return Refused(_("the file is empty."), remedy=_("Choose the file again."))
    return Refused(_("this is neither a PDF nor a presentation."), remedy=_("Save it as PDF and bring that."))
