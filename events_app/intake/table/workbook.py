"""CSV files and Excel workbooks as rows of cells, before anything of their meaning is known."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

import openpyxl

from ...language import gettext as _
from ..oddities import Oddities
from ..opened import LARGEST
from ..reading import Refused

Cell = str | int | float | bool | datetime | date | time | timedelta | None

MOST_ROWS = 20_000
MOST_COLUMNS = 200
UNPACKED = 2 * LARGEST
"""Bytes of all parts of a workbook together."""
_DELIMITERS = (";", "\t", ",", "|")


class Sheet(NamedTuple):
    """`name` is empty for a CSV file. Rows carry their number in the file, from 1; empty ones are left out."""

    name: str
    rows: list[tuple[int, list[Cell]]]


def sheets(data: bytes, oddities: Oddities) -> list[Sheet]:
    """All visible sheets that hold anything. Raises Refused for what is no table, or larger than any programme."""
    return _workbook(data) if data.startswith(b"PK") else [_separated(data, oddities)]


def _workbook(data: bytes) -> list[Sheet]:
    _check_package(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        found = []
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # some programs write wrong ones
            if sheet.sheet_state == "visible":
                found.append(Sheet(sheet.title, _rows(sheet.title, sheet.iter_rows(values_only=True))))
    except (Refused, MemoryError):
        raise
    except Exception as error:  # openpyxl meets damage with whatever its parts raise
        raise Refused(
            _("this Excel workbook is damaged ({name}).").format(name=type(error).__name__), remedy=_again()
        ) from None
    return [sheet for sheet in found if sheet.rows]


def _check_package(data: bytes) -> None:
    """An honest workbook: its parts unpack to a size that a programme can have, and declare no entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            if "xl/workbook.xml" not in names:
                raise Refused(_other_package(names), remedy=_again())
            if len(parts) > 2_000 or sum(part.file_size for part in parts) > UNPACKED:
                raise Refused(_("this workbook unpacks to far more than a programme can hold."), remedy=_again())
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with package.open(part) as opened:
                        if b"<!DOCTYPE" in opened.read(2_000).replace(b"\0", b""):
                            raise Refused(
                                _("this workbook declares entities; such files are not read."), remedy=_again()
                            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise Refused(_("this packed file is damaged or locked."), remedy=_again()) from None


def _other_package(names: set[str]) -> str:
    if "word/document.xml" in names:
        return _("this is a Word document.")
    if "content.xml" in names:
        return _("this is an OpenDocument file.")
    return _("this is a packed file (zip), but no Excel workbook.")


def _again() -> str:
    return _("Save it again as an Excel workbook (.xlsx) or as CSV (UTF-8).")


def _rows(name: str, rows: object) -> list[tuple[int, list[Cell]]]:
    found: list[tuple[int, list[Cell]]] = []
    for number, row in enumerate(rows, start=1):  # type: ignore[arg-type, var-annotated]
        cells = [None if isinstance(cell, str) and not cell.strip() else cell for cell in row[:MOST_COLUMNS]]
        if any(cell is not None for cell in cells):
            found.append((number, cells))
        if len(found) > MOST_ROWS or number > 50 * MOST_ROWS:
            raise Refused(
                _("has more than {n:,} rows.").format(n=MOST_ROWS),
                where=_("sheet “{name}”").format(name=name) if name else _("the table"),
                remedy=_("Take out what is no part of the programme."),
            )
    return found


def _separated(data: bytes, oddities: Oddities) -> Sheet:
    text = _decoded(data, oddities)
    delimiter = _delimiter(text)
    if re.match(r"sep=.\r?\n", text):
        text = "\n" + text.split("\n", 1)[1]  # Excel's hint; its line still counts
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return Sheet("", _rows("", reader))
    except csv.Error as error:
        raise Refused(
            _("this is no well-formed CSV: {error}.").format(error=error),
            where=_("line {n}").format(n=reader.line_num),
            remedy=_again(),
        ) from None


def _decoded(data: bytes, oddities: Oddities) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(encoding).replace("\0", "")
            except UnicodeDecodeError:
                raise Refused(_("the text is damaged."), remedy=_again()) from None
    if b"\0" in data:
        return _without_mark(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
            raise Refused(_("the file is cut off within a letter."), remedy=_again()) from None
    oddities.note(_("the file"), _("is not in UTF-8; it was read as Windows-1252"))
    return data.decode("cp1252", "replace")


def _without_mark(data: bytes) -> str:
    """UTF-16 shows by the zeros in every second byte; anything else with zeros is no text."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if max(even, odd) < len(data) // 8:
        raise Refused(_("this is no text and no workbook."), remedy=_again())
    return data.decode("utf-16-be" if even > odd else "utf-16-le", "replace").replace("\0", "")


def _delimiter(text: str) -> str:
    """The one that stands most often in the first line that has any, outside of quotes."""
    if found := re.match(r"sep=(.)\r?\n", text):
        return found[1]
    for line in text.splitlines()[:20]:
        plain = re.sub(r'"[^"]*"', "", line)
        counts = {delimiter: plain.count(delimiter) for delimiter in _DELIMITERS}
        if any(counts.values()):
            return max(counts, key=lambda delimiter: counts[delimiter])
    return ","
