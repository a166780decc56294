"""Moments as an event's readers say them: on the event's own clocks, in the language that is spoken."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, get_timezone_name

from ..language import current, ngettext
from ..language import gettext as _
from ..programme.lookup import day_of, zone
from ..programme.model import Event
from .words import line


class Times:
    """How one event's moments are shown."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self.zone = zone(event)

    def clock(self, moment: datetime) -> str:
        """`09:00`"""
        return moment.astimezone(self.zone).strftime("%H:%M")

    def clocks(self, starts: datetime, ends: datetime) -> str:
        """`09:00–10:30`; what ends on another date says on which only if it is not the night after."""
        if ends - starts > timedelta(hours=20):
            return f"{self.clock(starts)} – {self.day(day_of(self.event, ends), 'short')} {self.clock(ends)}"
        return f"{self.clock(starts)}–{self.clock(ends)}"

    def day_of(self, moment: datetime) -> date:
        """The conference day to which the moment belongs."""
        return day_of(self.event, moment)

    def day(self, day: date, form: str = "long") -> str:
        """`Saturday 25 March` (long), `Sat 25 March` (short), `Sat` (name), `25` (number), `25 March 2028` (full)."""
        return _day(day, form, current())

    def days(self, starts: date, ends: date) -> str:
        """`25–26 March 2028`, as short as it can be said."""
        if starts == ends:
            return self.day(starts, "full")
        if starts.year != ends.year:
            return f"{self.day(starts, 'full')} – {self.day(ends, 'full')}"
        if starts.month != ends.month:
            return f"{self.day(starts, 'date')} – {self.day(ends, 'full')}"
        return f"{starts.day}–{self.day(ends, 'full')}"

    def iso(self, moment: datetime) -> str:
        """For `<time datetime>`: `2028-03-25T09:00+00:00`, on the event's clocks."""
        return moment.astimezone(self.zone).isoformat(timespec="minutes")

    def stamp(self, moment: datetime) -> str:
        """`25 March 2028, 09:00`: for what happened once, such as a release."""
        return f"{self.day(moment.astimezone(self.zone).date(), 'full')}, {self.clock(moment)}"

    def zone_name(self) -> str:
        """`British Summer Time (Europe/London)`: what the clocks show on the first day, and on the last."""
        first, last = (self._zone_name_on(day) for day in (self.event.starts, self.event.ends))
        name = first if first == last else _("{first}, then {then}").format(first=first, then=last)
        return f"{name} ({self.event.zone})" if name != self.event.zone else name

    def _zone_name_on(self, day: date) -> str:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        return str(get_timezone_name(noon.astimezone(self.zone), locale=_locale(current())))


def minutes(count: int) -> str:
    """`20 minutes`, `1 hour`, `1 hour 30 minutes`"""
    hours, rest = divmod(count, 60)
    told = [ngettext("%(num)d hour", "%(num)d hours", hours) % {"num": hours}] if hours else []
    if rest or not hours:
        told.append(ngettext("%(num)d minute", "%(num)d minutes", rest) % {"num": rest})
    return " ".join(told)


@lru_cache(256)
def language_name(code: str) -> str:
    """`fr` → `French`, in the language that is spoken; what is no known code stays as it is."""
    return " · ".join(_language_name(part.strip(), current()) for part in code.split(","))


def _language_name(code: str, spoken: str) -> str:
    try:
        return str(Locale.parse(code.replace("-", "_")).get_display_name(spoken) or code)
    except (ValueError, UnknownLocaleError):
        return line(code)


@lru_cache(1024)
def _day(day: date, form: str, language: str) -> str:
    patterns = {
        "long": _("EEEE d MMMM"),
        "short": _("EEE d MMMM"),
        "name": "EEE",
        "number": "d",
        "month": "MMM",
        "date": _("d MMMM"),
        "full": _("d MMMM y"),
    }
    return str(format_date(day, patterns[form], locale=_locale(language)))


@lru_cache(32)
def _locale(language: str) -> Locale:
    """English is British here, as the interface is."""
    return Locale.parse("en_GB" if language == "en" else language)
