"""What most formats come down to: days, rooms, tracks, people, and things that happen. A reader fills a Listing in
the file's own words; `assemble` makes a programme of it, in one way for all of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from urllib.parse import urljoin

from msgspec.structs import replace

from ..language import gettext as _
from ..programme.model import Event, Link, Part, Person, Programme, Room, RoomKind, Session, SessionKind, Track, Value
from . import markdown, text, times
from .codes import Codes, event_uid, fit, slug
from .days import Listed, day_change
from .kinds import kind_of, role_in
from .names import sorts_as
from .oddities import Oddities
from .reading import Hints, Reading, Refused

FAR = timedelta(days=60)
LEAST_OF_A_FLOOR = 4
"""So many things at once show that a room is a floor."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_FLOOR = re.compile(r"\b(foyer|exhibition|expo|posters?|showcase)\b", re.IGNORECASE)
_NO_IDENTITY = {"", "0", "-1", "None", "null"}


class Named(Value, frozen=True, kw_only=True):
    """A person as named somewhere. `identity` is what the file knows them by: `id:7`, `guid:…`; empty: the name."""

    name: str
    identity: str = ""
    sorts_as: str = ""
    affiliation: str = ""
    biography: str = ""
    links: tuple[tuple[str, str], ...] = ()


class Place(Value, frozen=True, kw_only=True):
    name: str
    identity: str = ""
    capacity: int = 0
    about: str = ""


class Theme(Value, frozen=True, kw_only=True):
    name: str
    identity: str = ""
    code: str = ""
    colour: str = ""
    about: str = ""


class Item(Value, frozen=True, kw_only=True):
    """Something that happens. `where` is its place in the file, in words; `day` the day under which it is listed.

    `starts` is naive where the file gives the time on the event's clocks. `links` are addresses with labels.
    `kind` is the file's own word.
    """

    where: str
    identity: str
    title: str
    code: str = ""
    starts: datetime | None = None
    minutes: int = 0
    day: date | None = None
    room: str = ""
    track: str = ""
    kind: str = ""
    subtitle: str = ""
    texts: tuple[str, ...] = ()
    language: str = ""
    people: tuple[Named, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    cancelled: bool = False


class Listing(Value, frozen=True, kw_only=True):
    """A whole file. `boundary` is when its conference days begin, in minutes after midnight; None: it does not say."""

    kind: str
    items: tuple[Item, ...]
    name: str = ""
    slug: str = ""
    zone: str = ""
    subtitle: str = ""
    venue: str = ""
    address: str = ""
    url: str = ""
    colour: str = ""
    base: str = ""  # what relative links stand on
    days: tuple[date, ...] = ()
    boundary: int | None = None
    rooms: tuple[Place, ...] = ()
    tracks: tuple[Theme, ...] = ()
    people: tuple[Named, ...] = ()
    languages: tuple[str, ...] = ()


def assemble(listing: Listing, hints: Hints, oddities: Oddities) -> Reading:
    """The programme that a listing means. Raises Refused where nothing in it can be placed on a day."""
    return _Assembly(listing, hints, oddities).reading()


def chosen_zone(stated: str, hinted: str, moments: Iterable[datetime], oddities: Oddities) -> str:
    """The stated zone, else the hinted one, else one that fits the offsets, else UTC; says what was not stated."""
    if zone := times.known_zone(stated):
        return zone
    if stated:
        oddities.note(_("the event"), _("there is no time zone “{zone}”"), zone=text.line(stated))
    if hinted:
        if zone := times.known_zone(hinted):
            if times.differ(zone, moments):
                oddities.note(
                    _("the event"),
                    _("the times in the file have other offsets from UTC than {zone} had then"),
                    zone=zone,
                )
            return zone
        raise Refused(
            _("there is no time zone “{zone}”.").format(zone=hinted),
            remedy=_("Give an IANA name such as Europe/London."),
        )
    if zone := times.zone_for(moments):
        oddities.note(
            _("the event"),
            _("no time zone stated; {zone} fits the times in the file; give --zone if it is another"),
            zone=zone,
        )
        return zone
    oddities.note(_("the event"), _("no time zone stated; times were taken as UTC; give --zone"))
    return "UTC"


def near(listing: Listing, oddities: Oddities) -> Listing:
    """The listing without times that are further from the middle one than any conference is long: slips of the pen."""
    middle = middle_of(item.starts.date() for item in listing.items if item.starts)
    items = []
    for item in listing.items:
        if item.starts and abs(item.starts.date() - middle) > FAR:
            note_far(item.starts, item.where, oddities)
            item = replace(item, starts=None, day=None)
        items.append(item)
    return replace(listing, items=tuple(items), days=tuple(day for day in listing.days if abs(day - middle) <= FAR))


def middle_of(days: Iterable[date]) -> date:
    """The day in the middle of all these, or any day if there is none."""
    ordered = sorted(days)
    return ordered[len(ordered) // 2] if ordered else date(2000, 1, 1)


def note_far(starts: datetime, where: str, oddities: Oddities) -> None:
    oddities.note(where, _("is on {day}, far from all else; it was taken without a time"), day=starts.date())


class _Assembly:
    def __init__(self, listing: Listing, hints: Hints, oddities: Oddities) -> None:
        self._listing, self._hints, self._odd = listing, hints, oddities
        listing = self._listing = near(listing, oddities)
        moments = [item.starts for item in listing.items if item.starts]
        self._clock = times.Clock(chosen_zone(listing.zone, hints.zone, moments, oddities), oddities)
        self._rooms = _Rooms(listing, oddities)
        self._tracks = _Tracks(listing, oddities)
        self._people = _People(listing, oddities)
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
        guessed = [] if self._listing.name else ["name"]
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
            name=self._line(listing.name, _("the event")) or self._nameless(slug_),
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


class _Rooms:
    def __init__(self, listing: Listing, oddities: Oddities) -> None:
        self._odd = oddities
        self._codes = Codes("room")
        self._found: dict[str, Room] = {}
        self._alone = {text.line(item.room).casefold() for item in listing.items}
        for place in listing.rooms:
            self._add(place)

    def code(self, raw: str, where: str) -> str:
        name = one_line(raw, where, self._odd)
        if not name:
            return ""
        several = [part.strip() for part in name.split(",")]
        if len(several) > 1 and all(
            part.casefold() in self._alone or part.casefold() in self._found for part in several
        ):
            self._odd.note(where, _("is in several rooms ({name}); the first was taken"), name=name)
            name = several[0]
        known = self._found.get(name.casefold())
        return known.code if known else self._add(Place(name=name))

    def rooms(self, sessions: tuple[Session, ...]) -> tuple[Room, ...]:
        together = _most_at_once(sessions)
        return tuple(self._room(room, together.get(room.code, 0)) for room in self._found.values())

    def _add(self, place: Place) -> str:
        name = one_line(place.name, _("the rooms"), self._odd)
        if not name or name.casefold() in self._found:
            return ""
        code = self._codes.give("", name)
        self._found[name.casefold()] = Room(
            code=code,
            name=name,
            capacity=max(place.capacity, 0),
            about=long_text(place.about, _("room {name}").format(name=name), self._odd),
            source=f"room:{text.line(place.identity) or f'name:{name}'}",
        )
        return code

    def _room(self, room: Room, at_once: int) -> Room:
        if at_once >= LEAST_OF_A_FLOOR:
            self._odd.note(
                _("room {name}").format(name=room.name),
                _("holds {n} things at once; it was taken as a floor"),
                n=at_once,
            )
        elif not _FLOOR.search(room.name):
            return room
        return replace(room, kind=RoomKind.FLOOR)


class _Tracks:
    def __init__(self, listing: Listing, oddities: Oddities) -> None:
        self._odd = oddities
        self._codes = Codes("track")
        self.found: dict[str, Track] = {}
        for theme in listing.tracks:
            self._add(theme)

    def code(self, raw: str, where: str) -> str:
        name = one_line(raw, where, self._odd)
        if not name:
            return ""
        known = self.found.get(name.casefold())
        return known.code if known else self._add(Theme(name=name))

    def _add(self, theme: Theme) -> str:
        name = one_line(theme.name, _("the tracks"), self._odd)
        if not name or name.casefold() in self.found:
            return ""
        code = self._codes.give(theme.code, name)
        self.found[name.casefold()] = Track(
            code=code,
            name=name,
            colour=colour(theme.colour),
            about=long_text(theme.about, _("track {name}").format(name=name), self._odd),
            source=f"track:{text.line(theme.identity) or f'name:{name}'}",
        )
        return code


class _People:
    """One person for each identity that the file knows. Who has none is the one of that name, if there is only one."""

    def __init__(self, listing: Listing, oddities: Oddities) -> None:
        self._odd = oddities
        self._codes = Codes("person")
        self._found: dict[str, Person] = {}
        self._known: dict[str, set[str]] = defaultdict(set)
        self._affiliations: dict[str, str] = {}
        for named in (*listing.people, *(person for item in listing.items for person in item.people)):
            if _identity(named):
                self._known[text.line(named.name).casefold()].add(_identity(named))

    def code(self, named: Named, where: str) -> str:
        """The person's code, or nothing if no name is given; the first mention that says something of them counts."""
        name = one_line(named.name, where, self._odd)
        identity = _identity(named)
        if not name:
            self._odd.note(where, _("names a person without a name; they were left out"))
            return ""
        if not identity:
            same = self._known[name.casefold()]
            identity = next(iter(same)) if len(same) == 1 else f"name:{name.casefold()}"
        first = self._found.get(identity)
        if first and first.name.casefold() != name.casefold():
            self._odd.note(
                where, _("{one} and {other} have one id; they were taken as two people"), one=first.name, other=name
            )
            identity = f"{identity}/{name.casefold()}"
        person = self._found.get(identity)
        self._found[identity] = self._fuller(person, named, name, identity, where)
        return self._found[identity].code

    def affiliation(self, code: str) -> str:
        return self._affiliations.get(code, "")

    def people(self) -> tuple[Person, ...]:
        return tuple(self._found.values())

    def _fuller(self, person: Person | None, named: Named, name: str, identity: str, where: str) -> Person:
        if person is None:
            person = Person(
                code=self._codes.give("", name),
                name=name,
                sorts_as=text.line(named.sorts_as) or sorts_as(name),
                affiliation=one_line(named.affiliation, where, self._odd),
                source=f"person:{identity}",
            )
            self._affiliations[person.code] = person.affiliation
        if named.biography and not person.biography:
            person = replace(
                person, biography=long_text(named.biography, _("the biography of {name}").format(name=name), self._odd)
            )
        if named.links and not person.links:
            person = replace(
                person, links=links(named.links, "", _("the links of {name}").format(name=name), self._odd)
            )
        return person


def one_line(raw: str, where: str, oddities: Oddities) -> str:
    """A title or a name, cleaned, and cut where it is too long."""
    whole = text.line(raw)
    if len(whole) > text.LINE_LIMIT:
        oddities.note(where, _("a line has more than {n} characters; it was cut"), n=text.LINE_LIMIT)
    return text.shortened(whole, text.LINE_LIMIT)


def long_text(raw: str, where: str, oddities: Oddities) -> str:
    """A text, cleaned, as Markdown, and cut where it is too long."""
    whole = text.clean(raw)
    if len(whole) > text.TEXT_LIMIT:
        oddities.note(where, _("a text has more than {n:,} characters; it was cut"), n=text.TEXT_LIMIT)
        whole = text.shortened(whole, text.TEXT_LIMIT)
    return markdown.markdown(whole)


def language_of(raw: str, where: str, oddities: Oddities) -> str:
    """A language code; of several, the first."""
    stated = [word for word in re.split(r"[,;/\s]+", text.line(raw)) if word]
    fit = [word for word in stated if _LANGUAGE.fullmatch(word)]
    if len(stated) > len(fit):
        oddities.note(where, _("its language is not a code such as “en”; it was left out"))
    if len(fit) > 1:
        oddities.note(where, _("has several languages; the first was taken"))
    return fit[0] if fit else ""


def links(found: Iterable[tuple[str, str]], base: str, where: str, oddities: Oddities) -> tuple[Link, ...]:
    """Links as (address, label), those that can be followed; a relative one stands on `base`."""
    kept: dict[str, Link] = {}
    for address, label in found:
        whole = markdown.link_target(_absolute(text.line(address), base))
        if not whole:
            oddities.note(where, _("has a link that is no web address; it was left out"))
            continue
        words = one_line(label, where, oddities)
        kept.setdefault(whole, Link(url=whole, label="" if words == whole else words))
    return tuple(kept.values())


def colour(raw: str) -> str:
    plain = raw.strip().lower()
    return plain if _COLOUR.fullmatch(plain) else ""


def _absolute(address: str, base: str) -> str:
    try:
        return urljoin(base, address) if base else address
    except ValueError:
        return ""


def _identity(named: Named) -> str:
    scheme, _, value = named.identity.partition(":")
    return "" if value.strip() in _NO_IDENTITY else f"{scheme}:{text.line(value)}"


def _languages(sessions: tuple[Session, ...]) -> tuple[str, ...]:
    spoken = Counter(session.language for session in sessions if session.language)
    return tuple(language for language, _ in spoken.most_common(8)) or ("en",)


def _most_at_once(sessions: tuple[Session, ...]) -> dict[str, int]:
    edges: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
    for session in sessions:
        if session.room and session.starts and session.ends:
            edges[session.room] += [(session.starts, 1), (session.ends, -1)]
    most: dict[str, int] = {}
    for room, changes in edges.items():
        count = most[room] = 0
        for _moment, step in sorted(changes):
            count += step
            most[room] = max(most[room], count)
    return most
