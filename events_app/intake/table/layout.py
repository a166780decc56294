"""How the sheets of a table are understood, so that somebody can choose otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..oddities import Oddities
from ..opened import Form, form_of
from ..reading import Columns
from . import cells
from .columns import EVENT, GUIDE, plain
from .rows import guess
from .workbook import sheets

SAMPLES = 3
"""Rows that are shown of each sheet."""


class Laid(NamedTuple):
    """A sheet: its name (empty for a CSV file), the names of its columns, how many rows stand below them, and the
    first few as text. `guess` is how it would be read. The event's own, a line for each thing, has no columns."""

    name: str
    titles: list[str]
    rows: int
    samples: list[list[str]]
    guess: Columns


def layout(data: bytes, kinds: Mapping[int, str] | None = None) -> list[Laid]:
    """The sheets of a file; nothing for files that are no tables. `kinds` are those that somebody has chosen, by the
    sheet's number. Raises Refused."""
    if form_of(data) is not Form.TABLE:
        return []
    found = []
    for n, sheet in enumerate(sheets(data, Oddities())):
        if plain(sheet.name) == plain(GUIDE):
            continue
        columns = guess(sheet, n, (kinds or {}).get(n, ""))
        if columns is None:
            found.append(Laid(sheet.name, [], len(sheet.rows), [], Columns(sheet=n, kind=EVENT.kind)))
            continue
        below = [row for _number, row in sheet.rows[columns.header + 1 :]]
        titles = [cells.words(title).strip() for title in sheet.rows[columns.header][1]]
        samples = [[cells.words(cell).strip() for cell in row] for row in below[:SAMPLES]]
        found.append(Laid(sheet.name, titles, len(below), samples, columns))
    return found
