"""iCalendar feeds: the whole programme, and the slices that people subscribe to.

RFC 5545 with the calendar properties of RFC 7986. An entry's bytes depend only on what it says, so they are kept by
that: after one session has changed, only its entry is written anew, and an unchanged feed is the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec
from babel.dates import format_datetime

from ..language import gettext as _
from ..language import speaking
from ..programme import wording
from ..programme.lookup import Index, index, zone
from ..programme.model import (
    CancelledHours,
    Event,
    Part,
    Person,
    Programme,
    Room,
    Session,
    Showcase,
    Slot,
    Staffing,
    Stamp,
    Track,
    stamp_key,
)
from ..programme.select import select
from .colour import colour_name
from .labels import role_name
from .plain import plain_text
from .rendition import Rendition, Site
from .timezone import vtimezone
from .vevent import Entry, escaped, folded, written

MEDIA = "text/calendar; charset=utf-8"

Render = Callable[[Programme, Site, Mapping[str, str]], bytes | None]

_REFRESH = "PT1H"
_PRODUCT = "PRODID:-//events_app//Programme//EN"
_MARGIN = timedelta(days=31)  # around the entries, for which the time zone is told


def _whole(programme: Programme, site: Site, given: Mapping[str, str]) -> bytes | None:
    """Every session, every staffed hour, and the event itself as an all-day entry."""
    with speaking(site.language):
        teller = _Teller(programme, site)
        return teller.feed([teller.event(), *teller.entries(programme, given)], "calendar.ics")


def _slice(collection: str, choose: Callable[[Programme, str], Programme]) -> Render:
    """The rendition of what concerns one thing of a collection; it answers None where the programme holds no such."""

    def render(programme: Programme, site: Site, given: Mapping[str, str]) -> bytes | None:
        known, code = index(programme), given["code"]
        thing = getattr(known, collection).get(code) or (
            known.cancelled.get(code) if collection == "sessions" else None
        )
        if thing is None:
            return None
        title = thing.name if isinstance(thing, Person | Room | Track) else thing.title
        with speaking(site.language):
            teller = _Teller(programme, site)
            entries = list(teller.entries(choose(programme, code), given))
            return teller.feed(entries or [teller.event()], f"{collection}/{code}.ics", title)

    return render


def _rendition(name: str, address: str, render: Render) -> Rendition:
    return Rendition(name=name, address=address, media=MEDIA, render=render, query=("cancelled=0",), plain=True)


RENDITIONS = (
    _rendition("calendar", "calendar.ics", _whole),
    *(
        _rendition(f"{collection}-calendar", f"{collection}/{{code}}.ics", _slice(collection, choose))
        for collection, choose in (
            ("panels", lambda programme, code: select(programme, panel=code)),
            ("people", lambda programme, code: select(programme, person=code)),
            ("rooms", lambda programme, code: select(programme, room=code)),
            ("tracks", lambda programme, code: select(programme, track=code)),
            ("sessions", lambda programme, code: select(programme, session=code)),
            ("showcases", lambda programme, code: select(programme, showcase=code)),
        )
    ),
)


def letter_calendar(
    programme: Programme, site: Site, person: str, *, before: Mapping[str, Stamp], organizer: str
) -> bytes:
    """The entries of a person that are not as the stamps `before` have them, to be sent (RFC 5546 §3.2.1); or nothing.

    They are known by the same UIDs as in the feeds, and a later SEQUENCE brings up to date what is there already.
    """
    with speaking(site.language):
        teller = _Teller(programme, site)
        entries = [
            entry._replace(organizer=organizer)
            for key, entry in teller.keyed(_of_person(programme, person))
            if programme.stamps.get(key) != before.get(key)
        ]
        return teller.sent(entries) if entries else b""


def _of_person(programme: Programme, person: str) -> Programme:
    """What `select` finds of a person and a calendar says; much quicker, as many people are written to at once."""
    held = index(programme)
    showcases = {show.code: show for show in programme.showcases if any(part.person == person for part in show.parts)}
    return msgspec.structs.replace(
        programme,
        sessions=tuple(held.by_person.get(person, ())),
        cancelled=tuple(s for s in programme.cancelled if any(part.person == person for part in held.parts_in(s))),
        showcases=tuple(showcases.values()),
        cancelled_staffing=tuple(gone for gone in programme.cancelled_staffing if gone.showcase in showcases),
    )


class _Teller:
    """Says what the things of one programme are in a calendar: look-ups in the whole, whatever slice is told."""

    def __init__(self, programme: Programme, site: Site) -> None:
        self.programme = programme
        self.of: Event = programme.event
        self.known: Index = index(programme)
        self.address = f"{site.base}/{self.of.slug}"
        self.language = site.language
        self.zone = zone(self.of)
        self.unstamped = datetime.combine(self.of.starts, time(), UTC)

    def feed(self, entries: list[Entry], address: str, title: str = "") -> bytes:
        """A calendar of entries, one at least (RFC 5545 §3.6), with the time zone if any of them needs it."""
        body = b"".join([written(entry) for entry in entries])
        spoken = _zone_of(self.of, entries) if b"\r\nDTSTART;TZID=" in body else b""
        return b"".join((self._head(address, title), spoken, body, b"END:VCALENDAR\r\n"))

    def sent(self, entries: list[Entry]) -> bytes:
        """Entries for whoever has them to update what is there (RFC 5546 §3.2.1)."""
        head = ("BEGIN:VCALENDAR", "VERSION:2.0", _PRODUCT, "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
        body = b"".join([written(entry) for entry in entries])
        spoken = _zone_of(self.of, entries) if b"\r\nDTSTART;TZID=" in body else b""
        return b"".join((*(folded(line) for line in head), spoken, body, b"END:VCALENDAR\r\n"))

    def _head(self, address: str, title: str) -> bytes:
        name = f"{self.of.name}: {title}" if title else self.of.name
        about = " – ".join(words for words in (self.of.subtitle, self.of.venue) if words) or self.of.name
        colour = colour_name(self.of.colour)
        return b"".join(
            folded(line)
            for line in (
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                _PRODUCT,
                "CALSCALE:GREGORIAN",
                f"NAME:{escaped(name)}",
                f"X-WR-CALNAME:{escaped(name)}",
                f"DESCRIPTION:{escaped(about)}",
                f"X-WR-CALDESC:{escaped(about)}",
                f"X-WR-TIMEZONE:{self.of.zone}",
                f"URL:{self.address}/",
                f"SOURCE;VALUE=URI:{self.address}/{address}",
                f"REFRESH-INTERVAL;VALUE=DURATION:{_REFRESH}",
                f"X-PUBLISHED-TTL:{_REFRESH}",
                *([f"COLOR:{colour}"] if colour else []),
            )
        )

    def event(self) -> Entry:
        """The event itself, all its days long; it makes nobody busy."""
        stamp = self._stamp(stamp_key("event"))
        return Entry(
            uid=self.of.uid,
            summary=self.of.name,
            starts=self.of.starts,
            ends=self.of.ends + timedelta(days=1),
            zone=self.of.zone,
            sequence=stamp.sequence,
            changed=stamp.changed,
            description=_paragraphs(
                self._as_of(stamp_key("event"), f"{self.address}/"), self.of.subtitle, plain_text(self.of.about)
            ),
            location=", ".join(part for part in (self.of.venue, self.of.address) if part),
            url=f"{self.address}/",
            free=True,
        )

    def entries(self, part: Programme, given: Mapping[str, str]) -> Iterator[Entry]:
        """What a slice says, each kind by time, the cancelled last; `cancelled=0` spares them."""
        told = given.get("cancelled") != "0"
        return (entry for _key, entry in self.keyed(part, cancelled=told))

    def keyed(self, part: Programme, *, cancelled: bool = True) -> Iterator[tuple[str, Entry]]:
        """The same, each with the key of its stamp."""
        for session in index(part).placed:
            if cancelled or not session.cancelled:
                yield stamp_key("session", session.code), self._session(session, cancelled=session.cancelled)
        for showcase, hours in index(part).staffing:
            yield stamp_key("showcase", showcase.code, hours.code), self._staffed(showcase, hours)
        if cancelled:
            for session in sorted((s for s in part.cancelled if s.starts), key=self.known.when_and_where):
                yield stamp_key("session", session.code), self._session(session, cancelled=True)
            for gone in sorted(part.cancelled_staffing, key=lambda gone: (gone.hours.starts, gone.showcase)):
                yield stamp_key("showcase", gone.showcase, gone.hours.code), self._cancelled_staffing(gone)

    def _session(self, session: Session, *, cancelled: bool) -> Entry:
        assert session.starts is not None
        assert session.ends is not None
        key = stamp_key("session", session.code)
        stamp = self._stamp(key)
        url = f"{self.address}/sessions/{session.code}"
        track = self.known.tracks.get(self.known.track_of(session))
        return Entry(
            uid=f"{session.code}@{self.of.uid}",
            summary=_("CANCELLED: {title}").format(title=session.title) if cancelled else session.title,
            starts=session.starts.astimezone(self.zone),
            ends=session.ends.astimezone(self.zone) if session.minutes > 0 else None,
            zone=self.of.zone,
            sequence=stamp.sequence,
            changed=stamp.changed,
            description=_paragraphs(
                self._as_of(key, url),
                self._moved(stamp.was),
                session.subtitle,
                self._panel(session),
                "\n".join(self._people(session.parts)),
                "\n".join(self._papers(session)),
                plain_text(session.abstract),
                "\n".join(f"{link.label}: {link.url}" if link.label else link.url for link in session.links),
            ),
            location=self._place(session.room),
            url=url,
            categories=(track.name,) if track else (),
            cancelled=cancelled,
        )

    def _staffed(self, showcase: Showcase, hours: Staffing) -> Entry:
        return self._hours(
            showcase.code,
            hours,
            _("Showcase: {title}").format(title=showcase.title),
            self._place(showcase.floor, showcase.place),
            _("Somebody is at the display to talk with you."),
            " · ".join(dict.fromkeys(part for part in (showcase.organisation, showcase.home) if part)),
            showcase.summary,
            "\n".join(self._people(showcase.parts)),
            plain_text(showcase.about),
        )

    def _cancelled_staffing(self, gone: CancelledHours) -> Entry:
        title = _("CANCELLED: {title}").format(title=_("Showcase: {title}").format(title=gone.title))
        return self._hours(gone.showcase, gone.hours, title, self._place(gone.floor, gone.place))._replace(
            cancelled=True
        )

    def _hours(self, showcase: str, hours: Staffing, summary: str, location: str, *says: str) -> Entry:
        key = stamp_key("showcase", showcase, hours.code)
        stamp = self._stamp(key)
        url = f"{self.address}/showcases/{showcase}"
        return Entry(
            uid=f"{showcase}/{hours.code}@{self.of.uid}",  # no code holds a slash
            summary=summary,
            starts=hours.starts.astimezone(self.zone),
            ends=hours.ends.astimezone(self.zone) if hours.ends > hours.starts else None,
            zone=self.of.zone,
            sequence=stamp.sequence,
            changed=stamp.changed,
            description=_paragraphs(self._as_of(key, url), self._moved(stamp.was), *says),
            location=location,
            url=url,
            free=True,
        )

    def _stamp(self, key: str) -> Stamp:
        """A draft has no stamps: it counts as never changed, and as old as the event, so that its bytes stay."""
        return self.programme.stamps.get(key) or Stamp(changed=self.unstamped)

    def _as_of(self, key: str, url: str) -> str:
        stamp = self.programme.stamps.get(key)
        if stamp is None:
            return _("Draft; latest: {url}").format(url=url)
        moment = _moment(stamp.changed, self.of.zone, self.language)
        return _("Programme as of {moment} ({zone}); latest: {url}").format(moment=moment, zone=self.of.zone, url=url)

    def _moved(self, was: Slot | None) -> str:
        if was is None:
            return ""
        return _("Moved from {slot}.").format(slot=wording.slot(self.of, was))

    def _panel(self, session: Session) -> str:
        panel = self.known.panels.get(session.panel)
        return _("Panel {code}: {title}").format(code=panel.code, title=panel.title) if panel else ""

    def _people(self, parts: Iterable[Part]) -> Iterator[str]:
        for part in parts:
            if person := self.known.people.get(part.person):
                affiliation = part.affiliation or person.affiliation
                name = f"{person.name} ({affiliation})" if affiliation else person.name
                yield f"{role_name(part.role)}: {name}"

    def _papers(self, session: Session) -> Iterator[str]:
        """A session's papers in their order: `10:30 Letting go of the controls (Bob Baker, Charlie Khan)`."""
        for turn in self.known.turns(session):
            names = dict.fromkeys(p.name for part in turn.paper.parts if (p := self.known.people.get(part.person)))
            own = turn.minutes < session.minutes  # what lasts as long as the session needs no time of its own
            starts = turn.starts.astimezone(self.zone).strftime("%H:%M ") if turn.starts and own else ""
            yield f"{starts}{turn.paper.title}" + (f" ({', '.join(names)})" if names else "")

    def _place(self, code: str, place: str = "") -> str:
        room = self.known.rooms.get(code)
        here = (room.name, room.building) if room else ()
        return ", ".join(dict.fromkeys(part for part in (place, *here, self.of.venue, self.of.address) if part))


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


@lru_cache(2048)
def _moment(at: datetime, zone_name: str, language: str) -> str:
    """`Sat 25 March 2028, 09:00`: with the year, as a calendar is kept for years."""
    return str(format_datetime(at, "EEE d MMMM y, HH:mm", tzinfo=ZoneInfo(zone_name), locale=language))


def _zone_of(event: Event, entries: Iterable[Entry]) -> bytes:
    days = {event.starts, event.ends}
    for entry in entries:
        days.add(_day(entry.starts))
        days.add(_day(entry.ends or entry.starts))
    return vtimezone(event.zone, (min(days) - _MARGIN).year, (max(days) + _MARGIN).year)


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
