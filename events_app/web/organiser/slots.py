"""What a form of the timetable says: where a session is wanted, and where it was seen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from litestar.datastructures import FormMultiDict

from ...language import gettext as _
from ...programme.model import Programme, Session
from ...programme.placing import Position
from ..errors import Unreadable
from . import positions


def wanted(programme: Programme, found: Session, form: FormMultiDict) -> Position:
    """Where a form wants a session: a `slot` as it was offered, or a day, a time, a room and a length; or the
    tray. Raises Unreadable."""
    try:
        if slot := str(form.get("slot", "")):
            return positions.read(slot)
        minutes = int(str(form.get("minutes", "") or found.minutes))
        if "tray" in form:
            return Position(minutes=minutes)
        on = date.fromisoformat(str(form.get("day", "")))
        starts = positions.clock(programme.event, on, str(form.get("time", "")))
        return Position(starts=starts, room=str(form.get("room", "")), minutes=minutes)
    except (ValueError, OverflowError):
        raise Unreadable(_("The day, the time or the length is not one.")) from None


def seen(form: FormMultiDict, name: str = "seen") -> Position | None:
    """What its author saw, if the form says so; raises Unreadable."""
    text = str(form.get(name, ""))
    try:
        return positions.read(text) if text else None
    except ValueError:
        raise Unreadable(_("It is not said what stood there.")) from None


def number(given: Mapping[str, Any], name: str, least: int, most: int, otherwise: int) -> int:
    """A whole number in a form or a query; nothing given: `otherwise`. Raises Unreadable."""
    text = str(given.get(name) or "").strip()
    if not text:
        return otherwise
    try:
        given_number = int(text)
    except ValueError:
        raise Unreadable(_("“{text}” is not a number.").format(text=text[:40])) from None
    if not least <= given_number <= most:
        raise Unreadable(_("{n} is not between {least} and {most}.").format(n=given_number, least=least, most=most))
    return given_number
