"""A programme of a listing."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from msgspec.structs import replace

from ..language import gettext as _
from ..programme.model import Event, Link, Part, Programme, Session, SessionKind
from . import markdown, text, times
from .codes import Codes, event_uid, fit, slug
from .days import FAR, Listed, day_change, middle_of, note_far
from .kinds import kind_of, role_in
from .listing import Item, Listing
from .oddities import Oddities
from .reading import Hints, Reading, Refused
from .registers import People, Rooms, Tracks
from .wording import colour, language_of, links, long_text, one_line
from .zones import chosen_zone


def assemble(listing: Listing, hints: Hints, oddities: Oddities) -> Reading:
    """The programme that a listing means. Raises Refused where nothing in it can be placed on a day."""
    return _Assembly(listing, hints, oddities).reading()


class _Assembly:
    def __init__(self, listing: Listing, hints: Hints, oddities: Oddities) -> None:
        self._listing, self._hints, self._odd = listing, hints, oddities
        listing = self._listing = _near(listing, oddities)
        moments = [item.starts for item in listing.items if item.starts]
        self._clock = times.Clock(chosen_zone(listing.zone, hints.zone, moments, oddities), oddities)
        self._rooms = Rooms(listing, oddities)
        self._tracks = Tracks(listing, oddities)
        self._people = People(listing, oddities)
        self._codes = Codes("session")
        self._identities: Counter[str] = Counter()

    def reading(self) -> Reading:
        for named in self._listing.people:
            self._people.code(named, _("the list of people"))
        sessions = tuple(self._session(item) for item in self._listing.items)
        event = self._event(sessions)
        programme = Programme(
            event=event,
            rooms=self._rooms.rooms(sessions),
            tracks=tuple(self._tracks.found.values()),
            sessions=sessions,
            people=self._people.people(),
        )
        guessed = [] if self._listing.name or self._hints.name else ["name"]
        if not (times.known_zone(self._listing.zone) or self._hints.zone):
            guessed.append("zone")
        return Reading(kind=self._listing.kind, programme=programme, odd=self._odd.told(), guessed=tuple(guessed))

    def _session(self, item: Item) -> Session:
        title = self._line(item.title, item.where)
        if not title:
            self._odd.note(item.where, _("has no title; it was called “Untitled”"))
            title = "Untitled"
        kind = kind_of(text.line(item.kind), title, people=bool(item.people))
        return Session(
            code=self._code(item, title),
            title=title,
            kind=kind,
            starts=self._starts(item),
            minutes=self._minutes(item),
            room=self._rooms.code(item.room, item.where),
            track=self._tracks.code(item.track, item.where),
            subtitle=self._line(item.subtitle, item.where),
            abstract=self._abstract(item),
            language=language_of(item.language, item.where, self._odd),
            parts=self._parts(item, kind),
            links=self._links(item),
            cancelled=item.cancelled,
            source=self._source(item),
        )

    def _code(self, item: Item, title: str) -> str:
        code = self._codes.give(item.code, title)
        if item.code and code != fit(item.code):
            self._odd.note(item.where, _("its id is another’s too; both were taken, this as {code}"), code=code)
        return code

    def _starts(self, item: Item) -> datetime | None:
        if item.starts:
            return self._clock.utc(item.starts, item.where)
        self._odd.note(item.where, _("has no time"))
        return None

    def _minutes(self, item: Item) -> int:
        if item.minutes < 0:
            self._odd.note(item.where, _("ends before it starts; its length was taken as 0 minutes"))
            return 0
        if item.minutes > times.LONGEST:
            self._odd.note(item.where, _("would last for more than a month; its length was taken as 0 minutes"))
            return 0
        if item.minutes == 0 and item.starts:
            self._odd.note(item.where, _("has a length of 0 minutes"))
        if item.minutes > times.DAY:
            self._odd.note(item.where, _("lasts for more than 24 hours"))
        return item.minutes

    def _abstract(self, item: Item) -> str:
        found: list[str] = []
        for raw in item.texts:
            words = long_text(raw, item.where, self._odd)
            # an abstract that is the description's beginning, or the whole of it, is said once
            if words and not any(words in other for other in found):
                found = [other for other in found if not words.startswith(other)] + [words]
        return "\n\n".join(found)

    def _parts(self, item: Item, kind: SessionKind) -> tuple[Part, ...]:
        codes: dict[str, str] = {}
        for named in item.people:
            if code := self._people.code(named, item.where):
                if code in codes:
                    self._odd.note(item.where, _("names one person twice"))
                codes.setdefault(code, self._line(named.affiliation, item.where))
        role, known = role_in(kind), self._people.affiliation
        return tuple(
            Part(person=code, role=role, affiliation="" if known(code) == affiliation else affiliation)
            for code, affiliation in codes.items()
        )

    def _links(self, item: Item) -> tuple[Link, ...]:
        return links(item.links, self._listing.base, item.where, self._odd)

    def _source(self, item: Item) -> str:
        identity = f"session:{text.line(item.identity) or f'title:{text.line(item.title)}'}"
        self._identities[identity] += 1
        if (n := self._identities[identity]) > 1:
            return f"{identity}#{n}"
        return identity

    def _event(self, sessions: tuple[Session, ...]) -> Event:
        listing, slug_ = self._listing, self._slug()
        listed = [
            Listed(item.where, item.day, self._clock.local(item.starts))
            for item in listing.items
            if item.starts and item.day
        ]
        change = day_change(listed, listing.boundary, self._odd)
        held = {(self._clock.local(s.starts) - timedelta(minutes=change)).date() for s in sessions if s.starts}
        days = sorted({*held, *listing.days})
        if not days:
            raise Refused(
                _("nothing in this file has a day."), remedy=_("Bring a programme whose sessions have times.")
            )
        return Event(
            slug=slug_,
            uid=event_uid(slug_),
            name=self._line(listing.name or self._hints.name, _("the event")) or self._nameless(slug_),
            starts=days[0],
            ends=days[-1],
            zone=self._clock.zone,
            day_change=change,
            subtitle=self._line(listing.subtitle, _("the event")),
            venue=self._line(listing.venue, _("the event")),
            address=self._line(listing.address, _("the event")),
            url=markdown.link_target(text.line(listing.url)),
            colour=colour(listing.colour),
            languages=listing.languages or _languages(sessions),
        )

    def _slug(self) -> str:
        return slug(self._hints.slug) or slug(text.line(self._listing.slug)) or slug(text.line(self._listing.name)) or (
            "event"
        )  # fmt: skip

    def _nameless(self, slug_: str) -> str:
        self._odd.note(_("the event"), _("the file does not say the event’s name"))
        return slug_

    def _line(self, raw: str, where: str) -> str:
        return one_line(raw, where, self._odd)


def _near(listing: Listing, oddities: Oddities) -> Listing:
    """The listing without times that are further from the middle one than any conference is long: slips of the pen."""
    middle = middle_of(item.starts.date() for item in listing.items if item.starts)
    items = []
    for item in listing.items:
        if item.starts and abs(item.starts.date() - middle) > FAR:
            note_far(item.starts, item.where, oddities)
            item = replace(item, starts=None, day=None)
        items.append(item)
    return replace(listing, items=tuple(items), days=tuple(day for day in listing.days if abs(day - middle) <= FAR))


def _languages(sessions: tuple[Session, ...]) -> tuple[str, ...]:
    spoken = Counter(session.language for session in sessions if session.language)
    return tuple(language for language, _ in spoken.most_common(8)) or ("en",)
