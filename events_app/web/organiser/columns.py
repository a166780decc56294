"""What the lists show of each kind of noun, by what they can be sorted, and how they can be narrowed down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from ...language import gettext as _
from ...programme.model import (
    Panel,
    Paper,
    PaperStatus,
    Part,
    Person,
    Role,
    Room,
    RoomKind,
    Session,
    SessionKind,
    Showcase,
    Track,
)
from ...renditions.labels import kind_name, role_name
from ...renditions.times import Times, language_name
from .fields import Options, World, status_name
from .naming import folded

NAMED = 3
"""People named in a line; more are counted."""

NEVER = "9999"
"""After every moment, as texts are sorted."""


class Column(NamedTuple):
    """`text` says it in a row, `order` is what rows are sorted by (None: the text). `number`: to be set at the end."""

    key: str
    label: str
    text: Callable[[Any], str]
    order: Callable[[Any], Any] | None = None
    number: bool = False


class Filter(NamedTuple):
    """A menu. `test` is whether a noun is among those of an option."""

    key: str
    label: str
    options: Options
    test: Callable[[Any, str], bool]


class Table(NamedTuple):
    """`words` are all in which a noun can be found; `bulk` the fields that can be set for many at once."""

    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    words: Callable[[Any], str]
    bulk: tuple[str, ...]


def table(collection: str, world: World) -> Table:
    return _TABLES[collection](world)


def _sessions(world: World) -> Table:
    look, times = world.look, Times(world.event)
    expected = {entry.session: entry.people for entry in world.planning.expected}

    def when(session: Session) -> str:
        if not session.starts:
            return ""
        return f"{_day(times, session.starts)} {times.clock(session.starts)}"

    def track(session: Session) -> str:
        return _name(look.tracks.get(look.track_of(session)))

    def lacks(session: Session, what: str) -> bool:
        match what:
            case "abstract":
                return not session.abstract
            case "people":
                return not next(look.parts_in(session), None)
            case "chair":
                return not any(part.role in (Role.CHAIR, Role.MODERATOR) for part in session.parts)
            case "room":
                return not session.room
            case "papers":
                return not session.turns
            case _:
                return not session.track and not look.track_of(session)

    return Table(
        (
            Column("kind", _("Kind"), lambda s: kind_name(s.kind)),
            Column("when", _("When"), when, lambda s: s.starts.isoformat() if s.starts else NEVER),
            Column("minutes", _("Minutes"), lambda s: str(s.minutes), lambda s: s.minutes, number=True),
            Column("room", _("Room"), lambda s: _name(look.rooms.get(s.room))),
            Column("track", _("Track"), track),
            Column("panel", _("Panel"), lambda s: s.panel),
            Column("people", _("People"), lambda s: _people(world, s.parts)),
            _number("papers", _("Papers"), lambda s: len(s.turns)),
            _number("expected", _("Expected"), lambda s: expected.get(s.code, 0)),
        ),
        (
            _equal("kind", _("Kind"), _used(_kinds(), {s.kind for s in world.programme.sessions}), lambda s: s.kind),
            Filter(
                "placed",
                _("Placed"),
                [("yes", _("placed")), ("no", _("not placed")), ("cancelled", _("cancelled"))],
                lambda s, v: s.cancelled if v == "cancelled" else bool(s.starts) == (v == "yes"),
            ),
            Filter(
                "day",
                _("Day"),
                [(day.isoformat(), times.day(day, "short")) for day in look.days],
                lambda s, v: bool(s.starts) and times.day_of(s.starts).isoformat() == v,
            ),
            _reference("room", _("Room"), world.rooms, _("no room"), lambda s: s.room),
            _reference("track", _("Track"), world.tracks, _("no track"), lambda s: look.track_of(s)),
            _reference("panel", _("Panel"), world.panels, _("no panel"), lambda s: s.panel),
            _equal(
                "language",
                _("Language"),
                _languages(s.language for s in world.programme.sessions),
                lambda s: s.language,
            ),
            Filter(
                "lacks",
                _("Without"),
                [
                    ("abstract", _("abstract")),
                    ("people", _("people")),
                    ("chair", _("chair")),
                    ("room", _("room")),
                    ("papers", _("papers")),
                    ("track", _("track")),
                ],
                lacks,
            ),
        ),
        lambda s: " ".join(
            (
                s.code,
                s.title,
                s.subtitle,
                _name(look.rooms.get(s.room)),
                s.panel,
                track(s),
                *_names(world, look.parts_in(s)),
            )
        ),
        ("kind", "minutes", "room", "track", "panel", "showcase", "language", "cancelled"),
    )


def _papers(world: World) -> Table:
    look, times = world.look, Times(world.event)

    def where(paper: Paper) -> Session | None:
        return next(iter(look.sessions_of_paper.get(paper.code, ())), None)

    def told(paper: Paper) -> str:
        session = where(paper)
        if session is None:
            return ""
        if not session.starts:
            return session.code
        return f"{session.code}, {_day(times, session.starts)} {times.clock(session.starts)}"

    def order(paper: Paper) -> str:
        session = where(paper)
        return session.starts.isoformat() if session and session.starts else NEVER

    def track(paper: Paper) -> str:
        panel = look.panels.get(paper.panel)
        return paper.track or (panel.track if panel else "")

    def lacks(paper: Paper, what: str) -> bool:
        match what:
            case "abstract":
                return not paper.abstract
            case "authors":
                return not any(part.role is Role.AUTHOR for part in paper.parts)
            case "panel":
                return not paper.panel
            case _:
                return not paper.keywords

    return Table(
        (
            Column(
                "authors",
                _("Authors"),
                lambda p: _people(world, (part for part in p.parts if part.role is Role.AUTHOR)),
            ),
            Column("panel", _("Panel"), lambda p: p.panel),
            Column("track", _("Track"), lambda p: _name(look.tracks.get(track(p)))),
            Column("status", _("Status"), lambda p: status_name(p.status)),
            Column("session", _("Session"), told, order),
        ),
        (
            _equal(
                "status",
                _("Status"),
                [(status.value, status_name(status)) for status in PaperStatus],
                lambda p: p.status,
            ),
            Filter(
                "placed",
                _("Placed"),
                [("yes", _("in a session")), ("no", _("in no session"))],
                lambda p, v: bool(where(p)) == (v == "yes"),
            ),
            _reference("panel", _("Panel"), world.panels, _("no panel"), lambda p: p.panel),
            _reference("track", _("Track"), world.tracks, _("no track"), lambda p: track(p)),
            _equal(
                "language", _("Language"), _languages(p.language for p in world.programme.papers), lambda p: p.language
            ),
            Filter(
                "lacks",
                _("Without"),
                [
                    ("abstract", _("abstract")),
                    ("authors", _("authors")),
                    ("panel", _("panel")),
                    ("keywords", _("keywords")),
                ],
                lacks,
            ),
        ),
        lambda p: " ".join((p.code, p.title, p.panel, *p.keywords, *_names(world, p.parts))),
        ("panel", "track", "status", "language"),
    )


def _panels(world: World) -> Table:
    look = world.look
    turns = {turn.paper for session in world.programme.sessions for turn in session.turns}

    def papers(panel: Panel) -> list[Paper]:
        return look.panel_papers.get(panel.code, [])

    def waiting(panel: Panel) -> int:
        return sum(paper.status is PaperStatus.ACCEPTED and paper.code not in turns for paper in papers(panel))

    sessions: dict[str, int] = {}
    for session in world.programme.sessions:
        sessions[session.panel] = sessions.get(session.panel, 0) + 1

    def lacks(panel: Panel, what: str) -> bool:
        match what:
            case "chair":
                return not any(part.role is Role.CHAIR for part in panel.parts)
            case "abstract":
                return not panel.abstract
            case "papers":
                return not papers(panel)
            case "sessions":
                return not sessions.get(panel.code)
            case _:
                return not panel.track

    return Table(
        (
            Column("chairs", _("Chairs"), lambda p: _people(world, p.parts)),
            Column("track", _("Track"), lambda p: _name(look.tracks.get(p.track))),
            _number("papers", _("Papers"), lambda p: len(papers(p))),
            _number("waiting", _("In no session"), lambda p: waiting(p)),
            _number("sessions", _("Sessions"), lambda p: sessions.get(p.code, 0)),
        ),
        (
            _reference("track", _("Track"), world.tracks, _("no track"), lambda p: p.track),
            Filter(
                "placed",
                _("Papers"),
                [("yes", _("all in sessions")), ("no", _("some in no session"))],
                lambda p, v: (waiting(p) == 0) == (v == "yes"),
            ),
            Filter(
                "lacks",
                _("Without"),
                [
                    ("chair", _("chair")),
                    ("abstract", _("abstract")),
                    ("papers", _("papers")),
                    ("sessions", _("sessions")),
                    ("track", _("track")),
                ],
                lacks,
            ),
        ),
        lambda p: " ".join((p.code, p.title, *p.keywords, *_names(world, p.parts))),
        ("track",),
    )


def _people_table(world: World) -> Table:
    emails = {contact.person: contact.email for contact in world.planning.contacts}
    hours = {span.person for span in world.planning.availability}
    roles: dict[str, dict[Role, int]] = {}
    programme = world.programme
    holders: tuple[Sequence[Panel | Session | Paper | Showcase], ...] = (
        programme.panels,
        programme.sessions,
        programme.papers,
        programme.showcases,
    )
    for part in (part for nouns in holders for noun in nouns for part in noun.parts):
        held = roles.setdefault(part.person, {})
        held[part.role] = held.get(part.role, 0) + 1

    def told(person: Person) -> str:
        held = roles.get(person.code, {})
        return ", ".join(f"{role_name(role, n)}{f' ×{n}' if n > 1 else ''}" for role, n in held.items())

    def lacks(person: Person, what: str) -> bool:
        match what:
            case "email":
                return not emails.get(person.code)
            case "parts":
                return person.code not in roles
            case "biography":
                return not person.biography
            case _:
                return not person.affiliation

    def part_count(person: Person) -> int:
        return -sum(roles.get(person.code, {}).values())

    counted = Counter(folded(person.name) for person in programme.people)
    countries = sorted({person.country for person in programme.people if person.country})
    used = [role for role in Role if any(role in held for held in roles.values())]
    return Table(
        (
            Column("sorts", _("Sorted as"), lambda p: p.sorts_as, lambda p: folded(p.sorts_as or p.name)),
            Column("affiliation", _("Affiliation"), lambda p: p.affiliation),
            Column("country", _("Country"), lambda p: p.country),
            Column("parts", _("Parts"), told, part_count),
            Column("email", _("E-mail"), lambda p: emails.get(p.code, "")),
            Column("hours", _("Times"), lambda p: _("limited") if p.code in hours else ""),
        ),
        (
            Filter(
                "role",
                _("Role"),
                [(role.value, role_name(role)) for role in used],
                lambda p, v: any(role == v for role in roles.get(p.code, {})),
            ),
            _equal("country", _("Country"), [(country, country) for country in countries], lambda p: p.country),
            Filter("hours", _("Times"), [("yes", _("cannot be there always"))], lambda p, v: p.code in hours),
            Filter("same", _("Name"), [("yes", _("of several people"))], lambda p, v: counted[folded(p.name)] > 1),
            Filter(
                "lacks",
                _("Without"),
                [
                    ("email", _("e-mail")),
                    ("parts", _("any part")),
                    ("biography", _("biography")),
                    ("affiliation", _("affiliation")),
                ],
                lacks,
            ),
        ),
        lambda p: " ".join((p.code, p.name, p.sorts_as, p.affiliation, p.country, emails.get(p.code, ""))),
        ("affiliation", "country", "languages"),
    )


def _rooms(world: World) -> Table:
    look = world.look
    buildings = sorted({room.building for room in world.programme.rooms if room.building})
    said = {True: _("yes"), False: _("no"), None: ""}

    def held(room: Room) -> int:
        return len(look.by_room.get(room.code, ()))

    return Table(
        (
            Column("kind", _("Kind"), lambda r: _("Floor") if r.kind is RoomKind.FLOOR else _("Room")),
            _number("capacity", _("Seats"), lambda r: r.capacity),
            Column("building", _("Building"), lambda r: r.building),
            Column("level", _("Floor"), lambda r: r.level),
            Column("step_free", _("Step-free"), lambda r: said[r.step_free]),
            Column("equipment", _("Equipment"), lambda r: r.equipment),
            _number("sessions", _("Sessions"), lambda r: held(r)),
        ),
        (
            _equal("kind", _("Kind"), [("room", _("rooms")), ("floor", _("floors"))], lambda r: r.kind),
            _equal("building", _("Building"), [(building, building) for building in buildings], lambda r: r.building),
            Filter(
                "step_free",
                _("Step-free"),
                [("yes", _("yes")), ("no", _("no")), ("-", _("not known"))],
                lambda r, v: r.step_free is {"yes": True, "no": False}.get(v),
            ),
            Filter(
                "lacks",
                _("Without"),
                [("capacity", _("seats")), ("sessions", _("sessions"))],
                lambda r, v: not (r.capacity if v == "capacity" else held(r)),
            ),
        ),
        lambda r: " ".join((r.code, r.name, r.building, r.level, r.equipment)),
        ("kind", "capacity", "building", "level", "step_free", "equipment"),
    )


def _tracks(world: World) -> Table:
    look = world.look

    def sessions(track: Track) -> int:
        return len(look.by_track.get(track.code, ()))

    def panels(track: Track) -> int:
        return sum(panel.track == track.code for panel in world.programme.panels)

    return Table(
        (
            Column("colour", _("Colour"), lambda t: t.colour),
            _number("panels", _("Panels"), lambda t: panels(t)),
            _number("sessions", _("Sessions"), lambda t: sessions(t)),
        ),
        (
            Filter(
                "lacks",
                _("Without"),
                [("colour", _("colour")), ("sessions", _("sessions"))],
                lambda t, v: not (t.colour if v == "colour" else sessions(t)),
            ),
        ),
        lambda t: f"{t.code} {t.name}",
        ("colour",),
    )


def _showcases(world: World) -> Table:
    look = world.look
    needs = {need.showcase: need for need in world.planning.needs}
    names = {
        "table": _("table"),
        "wall": _("wall"),
        "power": _("power"),
        "internet": _("internet"),
        "quiet": _("quiet"),
    }

    def listed(show: Showcase) -> bool:
        return show.code not in needs or needs[show.code].listed

    def needed(show: Showcase) -> str:
        need = needs.get(show.code)
        return ", ".join(label for name, label in names.items() if need and getattr(need, name))

    def lacks(show: Showcase, what: str) -> bool:
        held = {
            "place": show.place,
            "floor": show.floor,
            "hours": show.staffing,
            "people": show.parts,
            "summary": show.summary,
        }
        return not held[what]

    return Table(
        (
            Column("organisation", _("Organisation"), lambda s: s.organisation),
            Column("home", _("From"), lambda s: s.home),
            Column("floor", _("Floor"), lambda s: _name(look.rooms.get(s.floor))),
            Column("place", _("Place"), lambda s: s.place, lambda s: natural(s.place)),
            _number("hours", _("Hours"), lambda s: len(s.staffing)),
            Column("people", _("People"), lambda s: _people(world, s.parts)),
            Column("needs", _("Needs"), needed),
            Column("listed", _("Listed"), lambda s: "" if listed(s) else _("not listed")),
        ),
        (
            _reference("floor", _("Floor"), world.floors, _("no floor"), lambda s: s.floor),
            Filter(
                "needs",
                _("Needs"),
                list(names.items()),
                lambda s, v: s.code in needs and bool(getattr(needs[s.code], v)),
            ),
            Filter(
                "listed",
                _("Listed"),
                [("yes", _("listed")), ("no", _("not listed"))],
                lambda s, v: listed(s) == (v == "yes"),
            ),
            Filter(
                "lacks",
                _("Without"),
                [
                    ("floor", _("floor")),
                    ("place", _("place")),
                    ("hours", _("hours")),
                    ("people", _("people")),
                    ("summary", _("summary")),
                ],
                lacks,
            ),
        ),
        lambda s: " ".join((s.code, s.title, s.organisation, s.home, s.place, *_names(world, s.parts))),
        ("floor",),
    )


_TABLES: dict[str, Callable[[World], Table]] = {
    "sessions": _sessions,
    "papers": _papers,
    "panels": _panels,
    "people": _people_table,
    "rooms": _rooms,
    "tracks": _tracks,
    "showcases": _showcases,
}


def _number(key: str, label: str, count: Callable[[Any], int]) -> Column:
    """A count; the greatest first."""
    return Column(key, label, lambda noun: _count(count(noun)), lambda noun: -count(noun), number=True)


def _equal(key: str, label: str, options: Options, value: Callable[[Any], str]) -> Filter:
    return Filter(key, label, options, lambda noun, option: value(noun) == option)


def _reference(key: str, label: str, options: Options, nothing: str, value: Callable[[Any], str]) -> Filter:
    """By what a noun refers to; `nothing` names the option of those that refer to none."""
    others = options[1:]
    offered = [*others, ("-", nothing)] if others else []
    return Filter(key, label, offered, lambda noun, option: value(noun) == ("" if option == "-" else option))


def _without(options: Options, lacks: Callable[[Any, str], bool]) -> Filter:
    return Filter("lacks", _("Without"), options, lacks)


def _statuses() -> Options:
    return [(status.value, status_name(status)) for status in PaperStatus]


def _day(times: Times, moment: datetime) -> str:
    """`Sat 25`"""
    day = times.day_of(moment)
    return f"{times.day(day, 'name')} {times.day(day, 'number')}"


def _kinds() -> Options:
    return [(kind.value, kind_name(kind)) for kind in SessionKind]


def same_name(world: World, person: Person) -> list[Person]:
    """Everybody who bears a person's name, themselves too."""
    return [other for other in world.programme.people if folded(other.name) == folded(person.name)]


def natural(text: str) -> list[tuple[int, str]]:
    """So that table 9 comes before table 10."""
    digits = "".join(char if char.isdecimal() else " " for char in text).split()
    words = "".join(" " if char.isdecimal() else char for char in text)
    return [(0, folded(words)), *((int(number[:9]), "") for number in digits)] if text else [(1, "￿")]


def _name(noun: Room | Track | None) -> str:
    return noun.name if noun else ""


def _names(world: World, parts: Iterable[Part]) -> list[str]:
    people = world.look.people
    return [people[code].name for code in dict.fromkeys(part.person for part in parts) if code in people]


def _people(world: World, parts: Iterable[Part]) -> str:
    names = _names(world, parts)
    return ", ".join(names[:NAMED]) + (f" +{len(names) - NAMED}" if len(names) > NAMED else "")


def _count(number: int) -> str:
    return str(number) if number else ""


def _used(options: Options, used: set[Any]) -> Options:
    return [option for option in options if option[0] in used]


def _languages(found: Iterable[str]) -> Options:
    return [(code, language_name(code)) for code in sorted({code for code in found if code})]
