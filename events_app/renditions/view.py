"""What the templates ask of a programme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from ..language import gettext as _
from ..programme.lookup import index
from ..programme.model import (
    Attachment,
    Change,
    ChangeKind,
    Event,
    Panel,
    Paper,
    Part,
    Person,
    Picture,
    Programme,
    Role,
    Room,
    Session,
    SessionKind,
    Showcase,
    Slot,
    Track,
    stamp_key,
)
from .labels import change_name, kind_name, role_name
from .rendition import Site
from .times import Times

NAMED = 3  # people named in a short line before "+2"
HEADLINES = 4  # of a day, on the front page

_COLLECTIONS = {
    "session": "sessions",
    "paper": "papers",
    "panel": "panels",
    "person": "people",
    "room": "rooms",
    "track": "tracks",
    "showcase": "showcases",
}


_FIRST_TOLD = tuple(ChangeKind)
"""Of a session that changed in several ways the first of these is told: that it is new before that it is reworded."""


class Named(NamedTuple):
    """Someone in a role, with the affiliation that they had for it."""

    person: Person
    affiliation: str


class Group(NamedTuple):
    """All who share a role in something."""

    role: Role
    label: str
    people: list[Named]


class Duty(NamedTuple):
    """What one person does in one session: their roles there, and their papers with the times."""

    session: Session
    roles: list[str]
    papers: list[tuple[str, Paper, datetime | None]]


class View:
    """One programme as one reader sees it."""

    def __init__(self, programme: Programme, site: Site) -> None:
        self.programme = programme
        self.site = site
        self.event: Event = programme.event
        self.look = index(programme)
        self.times = Times(programme.event)
        self.papers = [paper for paper in programme.papers if paper.status.public]

    def href(self, address: str = "") -> str:
        """The address of something of the event, from the site's root."""
        return f"/{self.event.slug}/{address}"

    def file(self, file: Picture | Attachment) -> str:
        """The address of a picture or an attachment, from the site's root."""
        if self.site.files:
            return f"{self.site.files}/{file.key}"
        name = f"/{quote(file.name, safe='')}" if isinstance(file, Attachment) else ""
        return self.href(f"files/{file.key}{name}")

    def url(self, address: str = "") -> str:
        """The same with the site's own, for what leaves the site."""
        return f"{self.site.base}{self.href(address)}"

    def contents(self) -> list[tuple[str, str, bool]]:
        """The event's collections and their names, as far as it has any; the last ones may be left out where narrow."""
        held = self.programme
        found = [
            ("schedule", _("Schedule"), True, False),
            ("panels/", _("Panels"), bool(held.panels), False),
            ("papers/", _("Papers"), bool(self.papers), False),
            ("sessions/", _("Sessions"), bool(held.sessions), bool(held.panels)),
            ("people/", _("People"), bool(held.people), False),
            ("showcases/", _("Showcases"), bool(held.showcases), True),
            ("tracks/", _("Tracks"), bool(held.tracks), True),
            ("rooms/", _("Rooms"), bool(held.rooms), True),
            ("subscribe", _("Subscribe"), True, True),
        ]
        return [(address, label, minor) for address, label, there, minor in found if there]

    def room(self, session: Session) -> Room | None:
        return self.look.rooms.get(session.room)

    def track(self, session: Session) -> Track | None:
        return self.look.tracks.get(self.look.track_of(session))

    def kind(self, session: Session) -> str:
        return kind_name(session.kind)

    def telling_kind(self, session: Session) -> str:
        """The kind, where it tells something: not of a pause, and not the one that most sessions are of."""
        return "" if session.kind in (SessionKind.BREAK, self.usual_kind) else kind_name(session.kind)

    @cached_property
    def usual_kind(self) -> SessionKind | None:
        """What more than half of the sessions are."""
        if not self.programme.sessions:
            return None
        kind, count = Counter(s.kind for s in self.programme.sessions).most_common(1)[0]
        return kind if count * 2 > len(self.programme.sessions) else None

    def lang(self, language: str) -> str:
        """The language to mark a text with: empty if it is the page's own, or if there are several."""
        return "" if language == self.site.language or not language.replace("-", "").isalnum() else language

    def is_cancelled(self, session: Session) -> bool:
        return session.cancelled or session.code not in self.look.sessions

    def moved_from(self, session: Session) -> Slot | None:
        """The slot before the last move, unless it has come back to it."""
        stamp = self.programme.stamps.get(stamp_key("session", session.code))
        return stamp.was if stamp else None

    @cached_property
    def news(self) -> dict[str, ChangeKind]:
        """What the last version changed of each session: what matters most of it. Nothing for the first version."""
        version = self.programme.version
        found: dict[str, ChangeKind] = {}
        for change in version.changes if version else ():
            if change.noun == "session" and change.kind is not ChangeKind.CANCELLED:
                known = found.get(change.code, change.kind)
                found[change.code] = min(known, change.kind, key=_FIRST_TOLD.index)
        return found

    def changed(self, session: Session) -> str:
        """`New time`: how the last version changed a session; empty if it did not, or if it is cancelled."""
        kind = None if self.is_cancelled(session) else self.news.get(session.code)
        return change_name(kind) if kind else ""

    def groups(self, parts: Iterable[Part], but: Sequence[Role] = ()) -> list[Group]:
        """People by role, roles in the order in which they first come."""
        found: dict[Role, list[Named]] = {}
        for part in parts:
            person = self.look.people.get(part.person)
            if person and part.role not in but:
                found.setdefault(part.role, []).append(Named(person, part.affiliation or person.affiliation))
        return [Group(role, role_name(role, len(people)), people) for role, people in found.items()]

    def short(self, session: Session) -> Markup:
        """Who is to be seen there, in a line: the first few names, each with its own direction, and how many more."""
        codes = [part.person for part in session.parts if part.role not in (Role.CHAIR, Role.MODERATOR)]
        if not codes:
            codes = [code for turn in self.look.turns(session) for code in self.look.presenters(turn.paper)]
        codes = codes or [part.person for part in session.parts]
        names = [self.look.people[code].name for code in dict.fromkeys(codes) if code in self.look.people]
        line = Markup(", ").join(Markup("<bdi>%s</bdi>") % name for name in names[:NAMED])
        return line + f" +{len(names) - NAMED}" if len(names) > NAMED else line

    def authors(self, paper: Paper) -> list[Named]:
        """In their order; where none is named as an author, those who present."""
        groups = {group.role: group.people for group in self.groups(paper.parts)}
        return groups.get(Role.AUTHOR) or groups.get(Role.PRESENTER, [])

    def presents(self, paper: Paper, person: Person) -> bool:
        return person.code in self.look.presenters(paper)

    def given(self, paper: Paper) -> Iterator[tuple[Session, datetime | None, int]]:
        """Where and when a paper is given: session, moment, minutes."""
        for session in self.look.sessions_of_paper.get(paper.code, []):
            for turn in self.look.turns(session):
                if turn.paper.code == paper.code:
                    yield session, turn.starts, turn.minutes

    def when_given(self, paper: Paper) -> str:
        """`Sat 10:30`: when a paper is given, in short; empty if it is not."""
        moments = [starts for _session, starts, _minutes in self.given(paper) if starts]
        if not moments:
            return ""
        return f"{self.times.day(self.times.day_of(moments[0]), 'name')} {self.times.clock(moments[0])}"

    def duties(self, person: Person) -> list[Duty]:
        """Where the person is to be found, by time."""
        return [self._duty(person, session) for session in self.look.by_person.get(person.code, [])]

    def duties_by_day(self, person: Person) -> dict[date, list[Duty]]:
        found: dict[date, list[Duty]] = {}
        for duty in self.duties(person):
            assert duty.session.starts is not None
            found.setdefault(self.times.day_of(duty.session.starts), []).append(duty)
        return found

    def _duty(self, person: Person, session: Session) -> Duty:
        roles = [role_name(part.role) for part in session.parts if part.person == person.code]
        papers = [
            (role_name(Role.PRESENTER if self.presents(turn.paper, person) else Role.AUTHOR), turn.paper, turn.starts)
            for turn in self.look.turns(session)
            if any(part.person == person.code for part in turn.paper.parts)
        ]
        return Duty(session, list(dict.fromkeys(roles)), papers)

    def hosted(self, person: Person) -> list[Showcase]:
        return [show for show in self.programme.showcases if any(part.person == person.code for part in show.parts)]

    def other_papers(self, person: Person) -> list[Paper]:
        """The person's papers that have no turn anywhere: tabled ones, and those not placed."""
        own = [paper for paper in self.papers if any(part.person == person.code for part in paper.parts)]
        return [paper for paper in own if paper.code not in self.look.sessions_of_paper]

    def chaired(self, person: Person) -> list[tuple[str, str, str]]:
        """The panels in which the person has a part: code, title, role."""
        return [
            (panel.code, panel.title, role_name(part.role))
            for panel in self.programme.panels
            for part in panel.parts
            if part.person == person.code
        ]

    def showcases_of(self, panel: str) -> list[Showcase]:
        """The showcases that have something to say to a panel."""
        return [show for show in self.programme.showcases if panel in show.panels]

    def panels_of(self, show: Showcase) -> list[Panel]:
        return [self.look.panels[code] for code in show.panels if code in self.look.panels]

    def headlines(self, day: date) -> list[Session]:
        """What everybody comes to on a day: keynotes, and what is social."""
        kinds = (SessionKind.KEYNOTE, SessionKind.SOCIAL)
        return [s for s in self.look.by_day.get(day, []) if s.kind in kinds][:HEADLINES]

    def page_of(self, change: Change) -> str | None:
        """The address of what has changed, where it has a page."""
        if change.noun == "event":
            return ""
        collection = _COLLECTIONS.get(change.noun, "")
        known = getattr(self.look, collection, {})
        gone = collection == "sessions" and change.code in self.look.cancelled
        return f"{collection}/{change.code}" if change.code in known or gone else None

    @cached_property
    def cancelled_by_day(self) -> dict[date, list[Session]]:
        found: dict[date, list[Session]] = {}
        for session in sorted((s for s in self.programme.cancelled if s.starts), key=self.look.when_and_where):
            assert session.starts is not None
            found.setdefault(self.times.day_of(session.starts), []).append(session)
        return found

    @cached_property
    def buildings(self) -> dict[str, list[Room]]:
        """Rooms by building, as they are listed."""
        found: dict[str, list[Room]] = {}
        for room in self.programme.rooms:
            found.setdefault(room.building, []).append(room)
        return found

    @cached_property
    def today(self) -> date | None:
        """The conference day that it is now, if it is one."""
        day = self.times.day_of(self.site.now)
        return day if day in self.look.days else None

    def by_day(self, sessions: Iterable[Session]) -> dict[date, list[Session]]:
        """Placed sessions under their conference days, by time."""
        found: dict[date, list[Session]] = {}
        for session in sessions:
            if session.starts:
                found.setdefault(self.times.day_of(session.starts), []).append(session)
        return found

    def is_quiet(self, session: Session) -> bool:
        """Whether it is a pause rather than a part of the programme."""
        return session.kind is SessionKind.BREAK
