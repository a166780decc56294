"""The screen on which it is chosen what the columns of a table hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ...intake import Columns, Hints
from ...intake.table.columns import SHEETS
from ...intake.table.layout import Laid
from ...language import gettext as _
from ..errors import Unreadable
from ..forms import Entries
from .workspace import one


class Sheet(NamedTuple):
    """A sheet on the screen where its columns are chosen. `columns` are (title, samples, chosen field)."""

    number: int
    name: str
    rows: int
    kind: str
    header: int
    options: list[tuple[str, str]]
    columns: list[tuple[str, list[str], str]]


def sheets(laid: Iterable[Laid], hints: Hints, kinds: Mapping[int, str] | None = None) -> list[Sheet]:
    """As somebody has chosen before, or as they have just chosen their `kinds`."""
    chosen = {} if kinds else {choice.sheet: choice for choice in hints.columns}
    return [_sheet(one_.guess.sheet, one_, chosen, kinds or {}) for one_ in laid]


def _sheet(number: int, laid: Laid, chosen: Mapping[int, Columns], kinds: Mapping[int, str]) -> Sheet:
    choice = chosen.get(number, laid.guess)
    kind = kinds.get(number, choice.kind)
    fields = choice.fields if kind else ()
    columns = [
        (
            title,
            [row[place] for row in laid.samples if place < len(row) and row[place]],
            fields[place] if place < len(fields) else "",
        )
        for place, title in enumerate(laid.titles)
    ]
    return Sheet(number, laid.name, laid.rows, kind, choice.header, _options(kind, fields), columns)


def _options(kind: str, fields: Iterable[str]) -> list[tuple[str, str]]:
    """What a column of a sheet of this kind may hold; numbered ones as far as the file has them."""
    sheet = next((known for known in SHEETS if known.kind == kind), None)
    documented = [(column.field, column.title) for column in sheet.columns] if sheet else []
    known = {field for field, _title in documented}
    return [*documented, *((field, field.capitalize()) for field in fields if field and field not in known)]


def kinds() -> list[tuple[str, str]]:
    return [(sheet.kind, sheet.title) for sheet in SHEETS]


def sheet_numbers(form: Entries) -> list[int]:
    return [int(text) for text in form.get("sheet", []) if text.isdecimal() and len(text) < 5]


def choices(form: Entries, kinds: Mapping[int, str]) -> Iterator[Columns]:
    for n, kind in kinds.items():
        header = one(form, f"header-{n}")
        if not header.isdecimal() or len(header) > 5:
            raise Unreadable(_("It is not said which row names the columns."))
        yield Columns(sheet=n, kind=kind, header=int(header), fields=tuple(form.get(f"field-{n}", [])))
