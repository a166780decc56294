"""How the rows of a form's lists become values."""

from __future__ import annotations

from datetime import datetime

from ...language import gettext as _
from ...programme.model import Span, Staffing
from ...programme.planning import Availability


def span(starts: datetime, ends: datetime) -> Span:
    _in_order(starts, ends)
    return Span(starts=starts, ends=ends)


def staffing(starts: datetime, ends: datetime, code: str) -> Staffing:
    """New hours have no code yet; they are given one when all of them are known."""
    _in_order(starts, ends)
    return Staffing(code=code, starts=starts, ends=ends)


def hours(starts: datetime, ends: datetime, can: bool) -> Availability:
    """Whose they are is said when the form is put together."""
    _in_order(starts, ends)
    return Availability(person="", starts=starts, ends=ends, can=can)


def _in_order(starts: datetime, ends: datetime) -> None:
    if ends <= starts:
        raise ValueError(_("It ends before it begins."))
