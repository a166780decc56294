"""The event's own sheet, and its texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ...language import gettext as _
from ...programme.model import Event, Matter, Session
from .. import markdown, text, times
from ..codes import event_uid, slug
from ..reading import Hints
from ..wording import colour
from . import cells
from .fields import Fields
from .rows import Row

_NO_DAY = date(1970, 1, 1)


def event(row: Row, texts: Sequence[Row], sessions: Sequence[Session], hints: Hints, fields: Fields) -> Event:
    """The event as its row says, with the days of its sessions where it says none."""
    name = fields.line(row, "name") or text.line(hints.name)
    slug_ = slug(hints.slug) or slug(row.words("slug")) or slug(name) or "event"
    if not name:
        fields.odd.note(_("the event"), _("the file does not say the event’s name"))
    begins = cells.clock(row.cells.get("boundary"))
    boundary = begins.hour * 60 + begins.minute if begins else 0
    first, last = _days(row, sessions, boundary, hints, fields)
    return Event(
        slug=slug_,
        uid=event_uid(slug_),
        name=name or slug_,
        starts=first,
        ends=last,
        zone=fields.clock.zone,
        day_change=boundary,
        subtitle=fields.line(row, "subtitle"),
        about=fields.text(row, "about"),
        venue=fields.line(row, "venue"),
        address=fields.line(row, "address"),
        url=markdown.link_target(cells.address(row.cells.get("url"))),
        colour=colour(row.words("colour")),
        languages=fields.languages(row) or ("en",),
        front=_matter([text for text in texts if not _at_the_back(text)], fields),
        back=_matter([text for text in texts if _at_the_back(text)], fields),
    )


def guessed(row: Row, hints: Hints) -> tuple[str, ...]:
    """The event's fields of which the file says nothing (see `Reading.guessed`)."""
    said = {
        "name": bool(row.words("name") or hints.name),
        "zone": bool(times.known_zone(row.words("zone")) or hints.zone),
        "starts": bool("first" in row.cells or hints.first),
        "ends": bool("last" in row.cells or hints.last),
    }
    return tuple(field for field, is_said in said.items() if not is_said)


def undated(event: Event) -> bool:
    """Whether nothing has said on which days it is (see `Reading.undated`)."""
    return event.starts == _NO_DAY


def _days(row: Row, sessions: Sequence[Session], boundary: int, hints: Hints, fields: Fields) -> tuple[date, date]:
    first, last = fields.when.day(row, "first") or hints.first, fields.when.day(row, "last") or hints.last
    held = [(fields.clock.local(s.starts) - timedelta(minutes=boundary)).date() for s in sessions if s.starts]
    if not (held or first or last):
        fields.odd.note(_("the event"), _("the file holds no dates; give the event its first and its last day"))
    first = first or min(held, default=last or _NO_DAY)
    last = last or max([*held, first])
    if last < first:
        fields.odd.note(_("the event"), _("its last day is before its first; they were taken the other way round"))
    return min(first, last), max(first, last)


def _at_the_back(row: Row) -> bool:
    return row.words("where").casefold() in ("back", "end")


def _matter(rows: Sequence[Row], fields: Fields) -> tuple[Matter, ...]:
    return tuple(Matter(title=fields.title(row), text=fields.text(row, "text")) for row in rows)
