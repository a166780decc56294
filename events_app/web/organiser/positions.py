"""Moments and positions as numbers and words: for the script, for form fields, and for whoever reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from ...language import gettext as _
from ...programme import wording
from ...programme.lookup import index, zone
from ...programme.model import Event, Programme
from ...programme.placing import Position

_MINUTE = timedelta(minutes=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def minute(moment: datetime) -> int:
    return (moment - _EPOCH) // _MINUTE


def moment(minute: int) -> datetime:
    return _EPOCH + minute * _MINUTE


def written(where: Position) -> str:
    """A position in a form field: `30628380 60 aula`; `- 60` for what is not placed."""
    return f"{'-' if where.starts is None else minute(where.starts)} {where.minutes} {where.room}".strip()


def read(text: str) -> Position:
    """What `written` wrote; raises ValueError."""
    starts, minutes, *room = text.split(" ", 2)
    return Position(
        starts=None if starts == "-" else _known(int(starts)), minutes=int(minutes), room=room[0] if room else ""
    )


def _known(minute: int) -> datetime:
    try:
        return moment(minute)
    except OverflowError:
        raise ValueError("no year is so far away") from None


def spoken(programme: Programme, where: Position) -> str:
    """`Sat 25 March, 10:30–11:00, Aula`"""
    if where.starts is None:
        return _("not placed")
    room = index(programme).rooms.get(where.room)
    when = wording.span(programme.event, where.starts, where.starts + where.minutes * _MINUTE)
    return f"{when}, {room.name if room else _('no room')}"


def clock(event: Event, day: date, text: str) -> datetime:
    """`10:30` on a conference day, in UTC: what comes before the day changes is of the night after. ValueError."""
    hour, minute = (int(part) for part in text.split(":")[:2])
    on = day + timedelta(days=1) if hour * 60 + minute < event.day_change else day
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=zone(event)).astimezone(UTC)
