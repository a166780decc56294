"""How programmes are shown: pure functions, programme → bytes. One module a format, one list."""

from __future__ import annotations

from . import atom, booklet, calendar, pages, palette, programme_csv, programme_json, table_sheets
from .rendition import Rendition, Site

__all__ = ["RENDITIONS", "Rendition", "Site"]

RENDITIONS: tuple[Rendition, ...] = (
    *pages.RENDITIONS,
    *palette.RENDITIONS,
    *calendar.RENDITIONS,
    programme_json.RENDITION,
    programme_csv.RENDITION,
    atom.RENDITION,
    booklet.RENDITION,
    table_sheets.RENDITION,
)
"""Everything that the public gets of an event."""
