"""A file opened: what its bytes are, before anything of its meaning is known."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple, NoReturn

from lxml import etree

from ..language import gettext as _
from .reading import Hints, Reading, Refused

LARGEST = 100_000_000
"""Bytes of a table, which may hold pictures. The largest programmes that we know have three million."""

LARGEST_TEXT = 16_000_000
"""Bytes of XML and JSON, which become many times as much in memory."""


class Form(StrEnum):
    XML = "XML"
    JSON = "JSON"
    TABLE = "table"


class Reader(NamedTuple):
    """One format: `fits` says whether an opened file is of it, `read` reads it. Both get what `opened` gives."""

    kind: str
    form: Form
    fits: Callable[[Any], bool]
    read: Callable[[Any, Hints], Reading]


def form_of(data: bytes) -> Form:
    """What the first bytes show; raises Refused for what is no programme in any form."""
    if not data.strip():
        raise Refused(_("the file is empty."), remedy=_("Export the programme again."))
    form = _form(data)
    most = LARGEST if form is Form.TABLE else LARGEST_TEXT
    if len(data) > most:
        raise Refused(
            _("the file has {n} MB; no programme in {form} has more than {most} MB.").format(
                n=-(-len(data) // 1_000_000), form=form, most=most // 1_000_000
            ),
            remedy=_("Leave out pictures and slides."),
        )
    return form


def _form(data: bytes) -> Form:
    if data.startswith(b"PK"):
        return Form.TABLE  # an Excel workbook is a packed file
    head = _head(data)
    for beginning, what, remedy in _not_ours():
        if head.startswith(beginning):
            raise Refused(what, remedy=remedy)
    if head.startswith("<!doctype html") or head.startswith("<html"):
        raise Refused(
            _("this is a web page."), remedy=_("Bring the programme’s schedule.xml or its spreadsheet instead.")
        )
    if head.startswith("<"):
        return Form.XML
    return Form.JSON if head.startswith(("{", "[")) else Form.TABLE


def xml(data: bytes) -> etree._Element:
    """The root element. Entities, document types from elsewhere and the network are not touched (XXE, bombs)."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
                             remove_pis=True)  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Refused(
            _("this is no well-formed XML: {msg}.").format(msg=error.msg or _("it breaks off")),
            where=f"line {error.lineno}, column {error.offset}" if error.lineno else "",
            remedy=_("The file may be cut off: export it again."),
        ) from None
    except ValueError as error:
        raise Refused(_("this is no XML: {error}.").format(error=error), remedy=_("Export it again.")) from None
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise Refused(
            _("the XML declares entities of its own, which can hide or multiply text; such files are not read."),
            remedy=_("Export the programme without a document type."),
        )
    return root


def parsed_json(data: bytes) -> object:
    """The value. NaN and Infinity are no JSON."""
    try:
        return json.loads(data.decode(json.detect_encoding(data)), parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise Refused(
            _("this is no well-formed JSON: {msg}.").format(msg=error.msg),
            where=_("line {lineno}, column {colno}").format(lineno=error.lineno, colno=error.colno),
            remedy=_("The file may be cut off: export it again."),
        ) from None
    except UnicodeDecodeError as error:
        raise Refused(
            _("this is no UTF-8 text."),
            where=_("byte {start}").format(start=error.start),
            remedy=_("Save it as UTF-8."),
        ) from None
    except RecursionError:
        raise Refused(_("the JSON is nested too deeply for a programme."), remedy=_("Export it again.")) from None
    except ValueError as error:
        raise Refused(
            _("the JSON holds a number that none is: {error}.").format(error=error), remedy=_("Export it again.")
        ) from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _head(data: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if data.startswith(mark):
            return data[:400].decode(encoding, "replace").lstrip().lower()
    if data[:2] in (b"\0<", b"<\0", b"\0{", b"{\0", b"\0[", b"[\0"):
        return data[:400].replace(b"\0", b"").lower().decode("latin-1")
    return data[:400].lower().decode("latin-1").lstrip()  # bytes, so that only A-Z are lowered


def _not_ours() -> tuple[tuple[str, str, str], ...]:
    """Beginnings of files, what these are, and what to do."""
    programme = _("Bring the schedule.xml, schedule.json or spreadsheet of the same programme instead.")
    table = _("Save it as an Excel workbook (.xlsx) or as CSV.")
    source = _("Bring the spreadsheet or export that it was made of.")
    calendar = _("this is a calendar (.ics): it does not say who speaks, and what is a room or a track.")
    picture = _("this is a picture.")
    return (
        ("begin:vcalendar", calendar, programme),
        ("<!--\nbegin:vcalendar", calendar, programme),
        ("<!--\r\nbegin:vcalendar", calendar, programme),
        ("%pdf", _("this is a PDF: made for reading, not for taking data from."), source),
        ("\xd0\xcf\x11\xe0", _("this is an old Excel or Word file."), table),
        ("{\\rtf", _("this is a text document (RTF)."), table),
        ("\x1f\x8b", _("this is a packed file (gzip)."), _("Unpack it and bring what is in it.")),
        ("\x89png", picture, source),
        ("\xff\xd8\xff", picture, source),
    )
