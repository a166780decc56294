"""CSV files and Excel workbooks by our own template (docs/import.md): one row a paper, one row a session, as organisers
keep them.

Things are known by the codes that organisers give, else by their titles or names: these are what changes least.
"""

from __future__ import annotations

from ...language import gettext as _
from ...programme.model import Programme
from ...programme.planning import Expected, Planning
from ..oddities import Oddities
from ..opened import Form, Reader
from ..reading import Hints, Reading, Refused
from ..times import Clock
from ..zones import chosen_zone
from . import cells, nouns
from .event import event, guessed, undated
from .fields import Fields
from .layout import layout
from .rows import Found, Row, found
from .sessions import Sessions, is_left_out, paper
from .template import template
from .things import Things
from .times import Times
from .workbook import Cell, sheets

__all__ = ["READER", "layout", "template"]

_DATED = {
    "event": ("first", "last"),
    "sessions": ("day", "starts", "ends"),
    "papers": ("day", "starts", "ends"),
    "showcases": ("staffing",),
    "people": ("away", "present"),
}
"""The fields that hold dates: all of a file are taken to be written in one order."""


def _read(data: bytes, hints: Hints) -> Reading:
    oddities = Oddities()
    known = found(sheets(data, oddities), oddities, hints.columns)
    if not any(sheet.rows for sheet in known):
        raise Refused(
            _("no column of this table is known, or it has no rows below its column names."),
            remedy=_("Download the template, or name the columns as it does: Title, Date, Start, Room, Authors …"),
        )
    return _reading(known, hints, oddities)


READER = Reader("table", Form.TABLE, lambda data: True, _read)


def _reading(known: list[Found], hints: Hints, oddities: Oddities) -> Reading:
    """What others refer to is made known first; then everything is read, in the file's order."""
    of = {sheet.kind: [row for same in known if same.kind == sheet.kind for row in same.rows] for sheet in known}
    stated = next(iter(of.get("event", ())), Row(_("the event"), 0, {}, {}, {}))
    clock = Clock(chosen_zone(stated.words("zone"), hints.zone, (), oddities), oddities)
    fields = Fields(_times(of, stated, oddities), clock, oddities)
    rooms = [nouns.room(row, fields) for row in of.get("rooms", ())]
    tracks = [nouns.track(row, fields) for row in of.get("tracks", ())]
    availability = [one for row in of.get("people", ()) for one in nouns.person(row, fields)]
    listed = {
        "panels": [(row, *_named(fields.panels, row)) for row in of.get("panels", ())],
        "showcases": [(row, *_named(fields.showcases, row, "organisation")) for row in of.get("showcases", ())],
        "papers": [(row, *_named(fields.papers, row)) for row in of.get("papers", ()) if not _out(row, fields)],
        "sessions": [(row, *_session(row, fields)) for row in of.get("sessions", ())],
    }
    panels = [nouns.panel(*one, fields) for one in listed["panels"]]
    showcases = [nouns.showcase(*one, fields) for one in listed["showcases"]]
    sessions = Sessions({panel.code: panel.title for panel in panels}, fields)
    for one in listed["sessions"]:
        sessions.add(*one)
    papers = []
    for row, code, source in listed["papers"]:
        panel = fields.known(fields.panels, row, "panel", row.words("panel"))
        papers.append(paper(row, code, source, panel, fields))
        sessions.place(row, code, panel)
    held = sessions.sessions()
    programme = Programme(
        event=event(stated, of.get("texts", ()), held, hints, fields),
        rooms=(*rooms, *fields.made_rooms),
        tracks=(*tracks, *fields.made_tracks),
        panels=tuple(panels),
        sessions=held,
        papers=tuple(papers),
        people=fields.people.people(),
        showcases=tuple(showcases),
    )
    planning = Planning(
        contacts=fields.people.contacts(),
        availability=tuple(availability),
        expected=tuple(_expected(listed["sessions"], fields)),
        needs=tuple(nouns.needs(row, code, fields) for row, code, _ in listed["showcases"]),
    )
    return Reading(kind=_kind(of), programme=programme, planning=planning, odd=oddities.told(),
                   guessed=guessed(stated, hints), undated=undated(programme.event))  # fmt: skip


def _times(of: dict[str, list[Row]], stated: Row, oddities: Oddities) -> Times:
    dated = [
        said
        for kind, names in _DATED.items()
        for row in of.get(kind, ())
        for name in names
        for said in _parts(row.cells.get(name))
    ]
    days = [cells.day(stated.cells.get(name)) for name in ("first", "last")]
    return Times(dated, tuple(sorted({day.year for day in days if day})), oddities)


def _parts(cell: Cell) -> list[Cell]:
    """A cell's dates: text may hold several."""
    return [*cells.parted(cell)] if isinstance(cell, str) else [cell]


def _named(things: Things, row: Row, otherwise: str = "title") -> tuple[str, str]:
    """A code and a source for a row, so that others can refer to it."""
    return things.add(row.words("code"), row.words("title") or row.words(otherwise), row.where)


def _session(row: Row, fields: Fields) -> tuple[str, str]:
    """A session without code and title is its panel's next: P1-1, P1-2 …"""
    panel = fields.panels.find(row.words("panel"))
    if row.words("code") or row.words("title") or not panel:
        return _named(fields.sessions, row)
    n = 1
    while fields.sessions.find(f"{panel}-{n}"):
        n += 1
    return fields.sessions.add(f"{panel}-{n}", "", row.where)


def _out(row: Row, fields: Fields) -> bool:
    if is_left_out(row):
        fields.odd.note(row.where, _("is {status}; it was left out"), status=row.words("status").casefold())
        return True
    return False


def _expected(listed: list[tuple[Row, str, str]], fields: Fields) -> list[Expected]:
    found = [(code, fields.number(row, "expected")) for row, code, _ in listed]
    return [Expected(session=code, people=people) for code, people in found if people]


def _kind(of: dict[str, list[Row]]) -> str:
    """A list of one kind of thing is a format of its own: the next one must not count as a whole programme."""
    kinds = sorted(kind for kind, rows in of.items() if rows)
    return "table" if len(kinds) > 1 or kinds == ["sessions"] else f"table of {kinds[0]}"
