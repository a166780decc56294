"""How moments and lists are said in a sentence: in the language of whoever is spoken to, on the event's own clocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list

from ..language import current
from ..language import gettext as _
from .lookup import local
from .model import Event, Slot


def day(which: date) -> str:
    """`Sat 25 March`"""
    return str(format_date(which, _("EEE d MMMM"), locale=_locale()))


def moment(event: Event, at: datetime) -> str:
    """`Sat 25 March 09:00`"""
    return _formatted(local(event, at), _("EEE d MMMM HH:mm"))


def clock(event: Event, at: datetime) -> str:
    """`09:00`"""
    return f"{local(event, at):%H:%M}"


def span(event: Event, starts: datetime, ends: datetime) -> str:
    """`Sat 25 March, 10:30–11:00`; what ends on another day says so: `Sat 25 March, 22:00 – Sun 26 March, 03:00`.

    Up to 6 in the morning is still the same night and needs no second date.
    """
    begin, end = local(event, starts), local(event, ends)
    if begin.date() == end.date() or ((end.date() - begin.date()).days == 1 and end.hour < 6):
        return f"{_formatted(begin, _('EEE d MMMM, HH:mm'))}–{end:%H:%M}"
    return f"{_formatted(begin, _('EEE d MMMM, HH:mm'))} – {_formatted(end, _('EEE d MMMM, HH:mm'))}"


def slot(event: Event, where: Slot) -> str:
    """`Sat 25 March 09:00, Aula`"""
    return ", ".join(part for part in (moment(event, where.starts), where.room) if part)


def listed(items: Sequence[str]) -> str:
    """`A, B and C`"""
    return str(format_list(list(items), locale=_locale()))


def quoted(title: str) -> str:
    return _("“%(title)s”") % {"title": title}


def _formatted(at: datetime, pattern: str) -> str:
    """Of a moment on the event's clocks; the zone is not said, and one instant reads otherwise in another."""
    return _spelled(at.replace(tzinfo=None), pattern, current())


@lru_cache(20_000)
def _spelled(at: datetime, pattern: str, spoken: str) -> str:
    return str(format_datetime(at, pattern, locale=_locale()))


def _locale() -> Locale:
    spoken = current()
    return Locale.parse("en_GB" if spoken == "en" else spoken)
