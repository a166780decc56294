"""Sheets with their columns found: rows whose cells are asked for by field."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import NamedTuple

from ...language import gettext as _
from ..oddities import Oddities
from ..reading import Columns
from . import cells, columns
from .workbook import Cell, Sheet

_DEEPEST_HEADER = 10
_NUMBERED = re.compile(r"(author|affiliation|email|presenter)s?(\d{1,2})(name|affiliation|institution|email)?")
_COUNTED = frozenset({"author", "affiliation", "email", "presenter"})
_NUMBERED_FIELD = {"name": "author", "institution": "affiliation"}


class Row(NamedTuple):
    """One row. `numbered` holds Author 1, Affiliation 1 … as (what, number)."""

    sheet: str
    number: int
    cells: dict[str, Cell]
    numbered: dict[tuple[str, int], Cell]
    titles: dict[str, str]

    @property
    def where(self) -> str:
        return _("{sheet}, row {n}").format(sheet=self.sheet, n=self.number)

    def at(self, field: str) -> str:
        """The place of one cell, in words."""
        return _("{row}, column “{title}”").format(row=self.where, title=self.titles.get(field, field))

    def words(self, field: str) -> str:
        return cells.words(self.cells.get(field)).strip()


class Found(NamedTuple):
    """A sheet of a known kind."""

    kind: str
    rows: list[Row]
    fields: set[str]


def found(sheets: Iterable[Sheet], oddities: Oddities, chosen: Iterable[Columns] = ()) -> list[Found]:
    """The sheets that are of a kind in the template: as is chosen, else by their names or their columns."""
    known = []
    choices = {choice.sheet: choice for choice in chosen}
    for n, sheet in enumerate(sheets):
        choice, event = choices.get(n), _event(sheet)
        if choice and not (event and _is_plain_event(choice)):
            known += _as_chosen(sheet, choice)
            continue
        one = event or _found(sheet, oddities)
        if one:
            known.append(one)
        elif columns.plain(sheet.name) != columns.plain(columns.GUIDE):
            oddities.note(
                _("sheet “{name}”").format(name=sheet.name) if sheet.name else _("the table"),
                _("is of no known kind; it was left out"),
            )
    return known


def guess(sheet: Sheet, number: int, kind: str = "") -> Columns | None:
    """How a sheet would be read, or would be as one of this kind; None for the event's, which has no columns."""
    if kind in ("", columns.EVENT.kind) and _event(sheet):
        return None
    named = next((known for known in columns.SHEETS if known.kind == kind), None)
    best = _best(sheet, named)
    if best is None:
        best = (named, _first_titles(sheet)) if named else None
    if best is None:
        return Columns(sheet=number, header=_first_titles(sheet))
    known, header = best
    titles = sheet.rows[header][1]
    fields = {place: f"{what} {n}" for place, (what, n) in _numbered_in(titles, known).items()} | _fields(titles, known)
    return Columns(
        sheet=number,
        kind=known.kind,
        header=header,
        fields=tuple(fields.get(place, "") for place in range(len(titles))),
    )


def _is_plain_event(choice: Columns) -> bool:
    """Whether a sheet is to be read as the event's own, which has no columns to choose."""
    return choice.kind == columns.EVENT.kind and not any(choice.fields)


def _first_titles(sheet: Sheet) -> int:
    """The first of the upper rows that has more than one cell: what stands above is a heading."""
    rows = sheet.rows[:_DEEPEST_HEADER]
    return next((n for n, (_number, row) in enumerate(rows) if sum(cell is not None for cell in row) > 1), 0)


def _as_chosen(sheet: Sheet, choice: Columns) -> list[Found]:
    """The sheet as somebody has chosen it to be read; nothing where they chose to leave it out."""
    kind = next((known for known in columns.SHEETS if known.kind == choice.kind), None)
    if kind is None or not 0 <= choice.header < len(sheet.rows):
        return []
    known = {column.field for column in kind.columns}
    places: dict[int, str] = {}
    numbered: dict[int, tuple[str, int]] = {}
    for place, field in enumerate(choice.fields):
        what, _blank, n = field.partition(" ")
        if field in known and field not in places.values():
            places[place] = field
        elif what in _COUNTED and n.isdecimal() and len(n) < 3 and kind is columns.PAPERS:
            numbered[place] = (what, int(n))
    return [_rows(sheet, kind, choice.header, places, numbered)]


def _event(sheet: Sheet) -> Found | None:
    """The event's sheet has its fields one below the other, if its columns do not bear their names."""
    if columns.plain(sheet.name) not in columns.EVENT.names:
        return None
    by_name = _names(columns.EVENT)
    values: dict[str, Cell] = {}
    titles: dict[str, str] = {}
    for _number, row in sheet.rows:
        field = by_name.get(columns.plain(row[0])) if row and row[0] is not None else None
        if field:
            titles[field] = cells.words(row[0])
        if field and len(row) > 1 and row[1] is not None:
            values[field] = row[1]
    if len(titles) < 2:
        return None
    rows = [Row(sheet.name, sheet.rows[0][0], values, {}, titles)] if values else []
    return Found("event", rows, set(values))


def _found(sheet: Sheet, oddities: Oddities) -> Found | None:
    best = _best(sheet)
    return _read(sheet, *best, oddities) if best else None


def _best(sheet: Sheet, named: columns.Sheet | None = None) -> tuple[columns.Sheet, int] | None:
    """The kind that a sheet is of, and which of its rows names the columns; `named` is the kind if it is known."""
    best: tuple[int, int, columns.Sheet, int] | None = None
    by_name = (kind for kind in columns.SHEETS if columns.plain(sheet.name) in map(columns.plain, kind.names))
    named = named or next(by_name, None)
    for n, (_number, row) in enumerate(sheet.rows[:_DEEPEST_HEADER]):
        for m, kind in enumerate([named] if named else columns.SHEETS):
            fields = set(_fields(row, kind).values())
            if kind is columns.PAPERS and ("author", 1) in _numbered(row).values():
                fields.add("authors")
            fits = len(fields) > 1 if named else any(mark <= fields for mark in kind.marks)
            if fits and (best is None or len(fields) > best[0]):
                best = (len(fields), -m, kind, n)
    if best is None:
        return None
    kind, header = best[2], best[3]
    if kind is columns.SESSIONS and not named and _are_papers(sheet, header):
        kind = columns.PAPERS
    return kind, header


def _are_papers(sheet: Sheet, header: int) -> bool:
    """Rows with a column Session in which the same stands again and again: they are what is given in these sessions."""
    titles = sheet.rows[header][1]
    if not {"title", "session"} <= set(_fields(titles, columns.PAPERS).values()):
        return False
    place = next(n for n, field in _fields(titles, columns.PAPERS).items() if field == "session")
    said = [row[place] for _number, row in sheet.rows[header + 1 :] if place < len(row) and row[place] is not None]
    return len(set(said)) * 4 <= len(said) * 3


def _read(sheet: Sheet, kind: columns.Sheet, header: int, oddities: Oddities) -> Found:
    titles = sheet.rows[header][1]
    places = _fields(titles, kind)
    numbered = _numbered_in(titles, kind)
    _note_unknown(titles, places, numbered, kind, sheet.name or _("the table"), oddities)
    return _rows(sheet, kind, header, places, numbered)


def _rows(
    sheet: Sheet, kind: columns.Sheet, header: int, places: dict[int, str], numbered: dict[int, tuple[str, int]]
) -> Found:
    """The rows below the columns' names, with what stands in which column."""
    titles = [*sheet.rows[header][1], *([None] * (max([*places, *numbered, 0]) + 1))]
    label = sheet.name or _("the table")
    by_field = {field: cells.words(titles[place]).strip() for place, field in places.items()}
    rows = []
    for number, row in sheet.rows[header + 1 :]:
        held = {field: row[place] for place, field in places.items() if place < len(row) and row[place] is not None}
        counted = {key: row[place] for place, key in numbered.items() if place < len(row) and row[place] is not None}
        if held or counted:
            rows.append(Row(label, number, held, counted, by_field))
    return Found(kind.kind, rows, {*by_field, *(what for what, _ in numbered.values())})


def _fields(titles: list[Cell], kind: columns.Sheet) -> dict[int, str]:
    """Column numbers and the fields that stand in them; of two columns of one field the nearer name counts."""
    by_name = _names(kind)
    places: dict[str, int] = {}
    for place, title in enumerate(titles):
        field = by_name.get(columns.plain(title)) if isinstance(title, str) else None
        if field and (
            field not in places or (_exact(title, field, kind) and not _exact(titles[places[field]], field, kind))
        ):
            places[field] = place
    return {place: field for field, place in places.items()}


def _names(kind: columns.Sheet) -> dict[str, str]:
    """What columns may be called, and their fields; a title is stronger than what is only another name for it."""
    names: dict[str, str] = {}
    for column in kind.columns:
        for name in column.names:
            names.setdefault(columns.plain(name), column.field)
    return {**names, **{columns.plain(column.title): column.field for column in kind.columns}}


def _exact(title: Cell, field: str, kind: columns.Sheet) -> bool:
    return any(column.field == field and columns.plain(column.title) == columns.plain(title) for column in kind.columns)


def _numbered_in(titles: list[Cell], kind: columns.Sheet) -> dict[int, tuple[str, int]]:
    return _numbered(titles) if kind is columns.PAPERS else {}


def _numbered(titles: list[Cell]) -> dict[int, tuple[str, int]]:
    """Author 1, Author 1 affiliation, Affiliation 1, E-mail 1, Presenter 1."""
    places = {}
    for place, title in enumerate(titles):
        if isinstance(title, str) and (match := _NUMBERED.fullmatch(columns.plain(title))):
            what = match[3] or match[1]
            places[place] = (_NUMBERED_FIELD.get(what, what), int(match[2]))
    return places


def _note_unknown(
    titles: list[Cell],
    places: dict[int, str],
    numbered: dict[int, tuple[str, int]],
    kind: columns.Sheet,
    label: str,
    oddities: Oddities,
) -> None:
    for place, title in enumerate(titles):
        if title is None or place in places or place in numbered:
            continue
        near = difflib.get_close_matches(columns.plain(title), [columns.plain(c.title) for c in kind.columns], 1, 0.75)
        meant = next((c.title for c in kind.columns if near and columns.plain(c.title) == near[0]), "")
        hint = _(" (is it “{title}”?)").format(title=meant) if meant else ""
        oddities.note(
            label,
            _("the column “{title}” is not known; it was left out{hint}"),
            title=cells.words(title).strip()[:80],
            hint=hint,
        )
