"""The spreadsheet to download: a sheet that explains every column, and the sheets to fill in, ready to be read back."""

from __future__ import annotations

import io
import re
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ...language import gettext as _
from . import columns

_BOLD = Font(bold=True)
_HEAD = PatternFill("solid", start_color="FFE9E4D8")
_WRAP = Alignment(wrap_text=True, vertical="top")
_STAMP, _MADE = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"), b"2028-01-01T00:00:00Z"
_LONG = {"abstract", "about", "biography", "outcome", "wish", "text", "authors", "title"}


def template() -> bytes:
    """An empty workbook (.xlsx) with the columns of `columns.SHEETS`."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    _guide(first)
    for sheet in columns.SHEETS:
        _fill(book.create_sheet(sheet.title), sheet)
    written = io.BytesIO()
    book.save(written)
    return _same_bytes(written.getvalue())


def _guide(page: Worksheet) -> None:
    page.title = columns.GUIDE
    page.append([_("One row a paper, one row a session. Leave out what you do not need: sheets, columns, cells.")])
    page.append(
        [_("Columns may stand in any order. Dates and times may be real ones or text such as 25/03/2028, 9.30.")]
    )
    page.append([])
    for sheet in columns.SHEETS:
        page.append([sheet.title, sheet.about])
        page.cell(page.max_row, 1).font = _BOLD
        page.append([_("Column"), _("What stands there"), _("Example"), _("Also found as")])
        for cell in page[page.max_row]:
            cell.fill, cell.font = _HEAD, _BOLD
        for column in sheet.columns:
            page.append([column.title, column.about, column.example, ", ".join(column.names)])
        page.append([])
    for letter, width in zip("ABCD", (22, 80, 36, 50), strict=True):
        page.column_dimensions[letter].width = width
    for row in page.iter_rows(min_row=4):
        for cell in row:
            cell.alignment = _WRAP


def _fill(page: Worksheet, sheet: columns.Sheet) -> None:
    if sheet is columns.EVENT:
        for column in sheet.columns:
            page.append([column.title])
            page.cell(page.max_row, 1).font = _BOLD
        page.column_dimensions["A"].width, page.column_dimensions["B"].width = 18, 60
        return
    page.append([column.title for column in sheet.columns])
    for n, column in enumerate(sheet.columns, start=1):
        cell = page.cell(1, n)
        cell.font, cell.fill = _BOLD, _HEAD
        page.column_dimensions[get_column_letter(n)].width = 40 if column.field in _LONG else 16
    page.freeze_panes = "A2"


def _same_bytes(workbook: bytes) -> bytes:
    """The package without the moments at which it and its parts were written: a template is always the same bytes."""
    written = io.BytesIO()
    with ZipFile(io.BytesIO(workbook)) as given, ZipFile(written, "w", ZIP_DEFLATED) as taken:
        for part in given.infolist():
            content = _STAMP.sub(_MADE, given.read(part)) if part.filename == "docProps/core.xml" else given.read(part)
            taken.writestr(ZipInfo(part.filename, (2028, 1, 1, 0, 0, 0)), content, ZIP_DEFLATED)
    return written.getvalue()
