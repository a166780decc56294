"""PDF as people bring it → PDF that is only read: actions, forms that compute, films and packed files are taken out."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf

from ..language import gettext as _
from .reading import Refused

MOST_PAGES = 2_000

_ACTS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/Rendition", "/Movie", "/Sound", "/GoToE",
     "/GoToR", "/RichMediaExecute", "/GoTo3DView", "/Hide"}
)  # fmt: skip
"""Actions (ISO 32000-1 §12.6.4) that do more than turn to a page or open a link."""

_KEYS = ("/AA", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/RF", "/AF", "/XFA", "/Collection", "/RichMediaContent",
         "/RichMediaSettings")  # fmt: skip
"""What lets a document act by itself, or carries other files (§7.11.4, §12.6.3, §12.7.8)."""

_NOTES = frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/Sound", "/3D"})
"""Annotations that are not for reading."""

_WEB = ("http://", "https://", "mailto:")


def cleaned(data: bytes) -> bytes:
    """The same pages, written anew. The same file gives the same bytes.

    Raises Refused for what is encrypted, and for what cannot be read.
    """
    try:
        with Pdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise _locked()
            _check_pages(pdf)
            _tame(pdf)
            out = io.BytesIO()
            pdf.save(out, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
    except pikepdf.PasswordError:
        raise _locked() from None
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, RecursionError):
        raise _damaged() from None
    return out.getvalue()


def _check_pages(pdf: Pdf) -> None:
    if not len(pdf.pages):
        raise _damaged()
    if len(pdf.pages) > MOST_PAGES:
        raise Refused(
            _("the PDF has {n} pages; at most {most} are taken.").format(n=len(pdf.pages), most=MOST_PAGES),
            remedy=_("Bring a part of it."),
        )


def _tame(pdf: Pdf) -> None:
    root = pdf.Root
    if isinstance(root.get("/OpenAction"), Dictionary):
        del root["/OpenAction"]
    for page in pdf.pages:
        if isinstance(notes := page.obj.get("/Annots"), Array):
            kept = [note for note in notes if isinstance(note, Dictionary) and note.get("/Subtype") not in _NOTES]
            if len(kept) != len(notes):
                page.obj["/Annots"] = Array(kept)
    for thing in pdf.objects:
        _walk(thing)


def _walk(thing: Any) -> None:
    """An object and all that stands directly in it; what it refers to is walked for itself."""
    waiting = [thing]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Array):
            waiting += [item for item in found if _is_inside(item)]
        elif isinstance(found, pikepdf.Stream | Dictionary):
            _calm(found)
            waiting += [item for _key, item in found.items() if _is_inside(item)]


def _is_inside(item: Any) -> bool:
    return isinstance(item, Array | Dictionary) and not item.is_indirect


def _calm(found: Any) -> None:
    for key in _KEYS:
        if key in found:
            del found[key]
    action = found.get("/S")
    if not isinstance(action, Name) or found.get("/Type") == Name.StructElem:
        return
    leads_away = action == Name.URI and not _is_web(found.get("/URI"))
    if str(action) in _ACTS or leads_away:
        for key in list(found.keys()):
            if not (isinstance(found, pikepdf.Stream) and key == "/Length"):
                del found[key]


def _is_web(address: Any) -> bool:
    return str(address if address is not None else "").strip().lower().startswith(_WEB)


def _locked() -> Refused:
    return Refused(_("the PDF is protected by a password."), remedy=_("Save it without protection and bring that."))


def _damaged() -> Refused:
    return Refused(_("the PDF is damaged."), remedy=_("Export it again, or print it to a PDF, and bring that."))
