"""Sessions, and the papers that have a turn in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from ...language import gettext as _
from ...programme.model import Paper, PaperStatus, Part, Role, Session, SessionKind, Turn
from ..days import FAR, middle_of, note_far
from ..kinds import kind_of, role_in
from . import cells
from .fields import Fields
from .rows import Row
from .times import Slot, checked

_ROLES = (
    ("chairs", Role.CHAIR),
    ("moderators", Role.MODERATOR),
    ("keynotes", Role.KEYNOTE),
    ("panellists", Role.PANELLIST),
    ("speakers", None),  # as befits the session's kind
    ("discussants", Role.DISCUSSANT),
    ("facilitators", Role.FACILITATOR),
    ("hosts", Role.HOST),
)
_STATUS = {
    "accepted": PaperStatus.ACCEPTED,
    "confirmed": PaperStatus.ACCEPTED,
    "presented": PaperStatus.ACCEPTED,
    "tabled": PaperStatus.TABLED,
    "reserve": PaperStatus.RESERVE,
    "waiting list": PaperStatus.RESERVE,
    "waitlist": PaperStatus.RESERVE,
}
_LEFT_OUT = {"withdrawn", "rejected", "declined", "cancelled", "canceled"}


class _Place(NamedTuple):
    """A paper's wish for a turn: by its number, else by its row."""

    order: tuple[int, int]
    paper: str
    slot: Slot = Slot()


class Sessions:
    """Sessions as they come together: from their own rows, or from the papers' rows that give date, time and room."""

    def __init__(self, panel_titles: Mapping[str, str], fields: Fields) -> None:
        self._fields, self._panel_titles = fields, panel_titles
        self._found: dict[str, Session] = {}
        self._places: dict[str, list[_Place]] = {}
        self._made: dict[tuple[object, ...], str] = {}
        self._first: dict[str, Row] = {}
        self._own = False  # whether sessions have rows of their own

    def add(self, row: Row, code: str, source: str) -> None:
        """The session of a row of its own."""
        self._own = True
        fields = self._fields
        panel = fields.known(fields.panels, row, "panel", row.words("panel"))
        slot = fields.when.slot(row)
        if slot.starts is None and not {"day", "starts"} & row.cells.keys():
            fields.odd.note(row.where, _("has no time"))
        title = fields.line(row, "title") or self._panel_titles.get(panel, "") or fields.title(row)
        kind = self._kind(row, title, panel)
        self._found[code] = Session(
            code=code,
            title=title,
            kind=kind,
            starts=fields.moment(slot.starts, row),
            minutes=checked(slot, row, fields.odd),
            room=fields.room(row),
            track=fields.track(row),
            panel=panel,
            showcase=fields.known(fields.showcases, row, "showcase", row.words("showcase")),
            subtitle=fields.line(row, "subtitle"),
            abstract=fields.text(row, "abstract"),
            language=fields.language(row),
            parts=self._parts(row, kind),
            links=fields.links(row),
            cancelled=fields.yes(row, "cancelled") is True,
            source=source,
        )
        for n, said in enumerate(cells.listed(row.cells.get("papers"))):
            if paper := fields.known(fields.papers, row, "papers", said):
                self._places.setdefault(code, []).append(_Place((0, n), paper))

    def place(self, row: Row, paper: str, panel: str) -> None:
        """Gives a paper its turn in the session that its row names, or in the one that its row describes."""
        session = self._fields.sessions.find(row.words("session"))
        if session in self._found and session not in self._made.values():
            self._take(session, row, paper)
        elif {"day", "starts"} & row.cells.keys() or (row.words("session") and not self._own):
            self._describe(row, paper, panel)
        elif row.words("session"):
            said = row.words("session")[:60]
            self._fields.odd.note(
                row.at("session"), _("there is no session “{said}” in this file; it has no place"), said=said
            )

    def sessions(self) -> tuple[Session, ...]:
        """All, each with its turns in order; without the times that cannot be meant."""
        made = set(self._made.values())
        found = [
            (self._of_papers if code in made else self._whole)(session, self._places.get(code, []))
            for code, session in self._found.items()
        ]
        middle = middle_of(session.starts.date() for session in found if session.starts)
        return tuple(self._near(session, middle) for session in found)

    def _near(self, session: Session, middle: date) -> Session:
        if session.starts is None or abs(session.starts.date() - middle) <= FAR:
            return session
        note_far(session.starts, _("session {code}").format(code=session.code), self._fields.odd)
        return replace(session, starts=None)

    def _kind(self, row: Row, title: str, panel: str) -> SessionKind:
        said = row.words("kind")
        kind = kind_of(said, title, people=any(field in row.cells for field, _ in _ROLES))
        papers = bool(panel or row.words("papers"))
        return SessionKind.PAPERS if papers and not said and kind is SessionKind.TALK else kind

    def _parts(self, row: Row, kind: SessionKind) -> tuple[Part, ...]:
        found = [part for field, role in _ROLES for part in self._fields.parts(row, field, role or role_in(kind))]
        return tuple(dict.fromkeys(found))

    def _take(self, session: str, row: Row, paper: str) -> None:
        places = self._places.setdefault(session, [])
        number = self._fields.number(row, "order")
        order = (0, number) if number is not None else (1, len(places))
        places.append(_Place(order, paper, self._fields.when.slot(row)))

    def _describe(self, row: Row, paper: str, panel: str) -> None:
        """A list of papers with their times: the rows of one session name it, or have date, start and room alike."""
        fields, said = self._fields, row.words("session")
        starts, room = fields.when.slot(row).starts, fields.room(row)
        key: tuple[object, ...] = (said.casefold(),) if said else (starts, room, panel)
        if key not in self._made:
            title = fields.line(row, "session") or self._panel_titles.get(panel, "") or fields.title(row)
            code, source = fields.sessions.add("", title, row.where)
            self._made[key] = code
            self._found[code] = Session(
                code=code, title=title, kind=SessionKind.PAPERS, room=room, panel=panel, source=source
            )
            self._first[code] = row
        code = self._made[key]
        chairs = fields.parts(row, "chairs", Role.CHAIR)
        self._found[code] = replace(self._found[code], parts=tuple(dict.fromkeys((*self._found[code].parts, *chairs))))
        self._take(code, row, paper)

    def _whole(self, session: Session, places: list[_Place]) -> Session:
        """A session of its own row: its turns in the papers' order, each paper once."""
        turns: dict[str, Turn] = {}
        for place in sorted(places, key=_in_order):
            minutes = place.slot.minutes or (turns[place.paper].minutes if place.paper in turns else 0)
            turns[place.paper] = Turn(paper=place.paper, minutes=minutes)
        return replace(session, turns=tuple(turns.values()))

    def _of_papers(self, session: Session, places: list[_Place]) -> Session:
        """One that its papers' rows describe: each gives its own time there, or all give the session's."""
        begun = [place for place in places if place.slot.starts]
        one_time = len({place.slot.starts for place in begun}) == 1
        if begun and not one_time:
            places = sorted(begun, key=_by_start) + [place for place in places if not place.slot.starts]
        else:
            places = sorted(places, key=_in_order)
        own = [(place.slot.minutes if one_time else place.slot.length) or 0 for place in places]
        starts = min((place.slot.starts for place in begun if place.slot.starts), default=None)
        row = self._first[session.code]
        return replace(
            session,
            starts=self._fields.moment(starts, row),
            minutes=checked(_slot(starts, begun, sum(own) if one_time else 0), row, self._fields.odd),
            turns=tuple(Turn(paper=place.paper, minutes=minutes) for place, minutes in zip(places, own, strict=True)),
        )  # fmt: skip


def _in_order(place: _Place) -> tuple[int, int]:
    return place.order


def _by_start(place: _Place) -> tuple[datetime, tuple[int, int]]:
    assert place.slot.starts is not None
    return place.slot.starts, place.order


def _slot(starts: datetime | None, places: list[_Place], together: int) -> Slot:
    """From a start to the last end that a row gives; `together` is the papers' minutes, if they start as one."""
    ends = [place.slot.ends for place in places if place.slot.ends]
    if not together:
        ends += [place.slot.starts + timedelta(minutes=place.slot.minutes)
                 for place in places if place.slot.starts and place.slot.minutes]  # fmt: skip
    return Slot(starts, max(ends), None) if ends else Slot(starts, None, together or None)


def paper(row: Row, code: str, source: str, panel: str, fields: Fields) -> Paper:
    return Paper(
        code=code,
        title=fields.title(row),
        abstract=fields.text(row, "abstract"),
        keywords=fields.keywords(row),
        panel=panel,
        track=fields.track(row),
        language=fields.language(row),
        status=_status(row, fields),
        parts=_paper_parts(row, fields),
        links=fields.links(row),
        source=source,
    )


def is_left_out(row: Row) -> bool:
    """A paper that its row says is withdrawn."""
    return row.words("status").casefold() in _LEFT_OUT


def _status(row: Row, fields: Fields) -> PaperStatus:
    said = row.words("status").casefold()
    if said and said not in _STATUS:
        fields.odd.note(
            row.at("status"), _("“{said}” is no status that is known; it was taken as accepted"), said=said[:60]
        )
    return _STATUS.get(said, PaperStatus.ACCEPTED)


def _paper_parts(row: Row, fields: Fields) -> tuple[Part, ...]:
    """Authors in their order, then those of them who present, then who discusses."""
    named = _authors(row, fields)
    authors = fields.parts_of(named, Role.AUTHOR, row)
    starred = fields.parts_of([person for person in named if person.presents], Role.PRESENTER, row)
    presenters = (*starred, *fields.parts_of(_presenters(row), Role.PRESENTER, row))
    return tuple(dict.fromkeys((*authors, *presenters, *fields.parts(row, "discussants", Role.DISCUSSANT))))


def _authors(row: Row, fields: Fields) -> list[cells.Person]:
    """From one cell, or from Author 1, Author 2 …; affiliations and addresses from cells of their own, if any."""
    found = cells.people(row.cells.get("authors"))
    for n in sorted(n for what, n in row.numbered if what == "author"):
        one = cells.people(row.numbered["author", n])
        affiliation = cells.words(row.numbered.get(("affiliation", n))).strip()
        email = next(iter(cells.emails(row.numbered.get(("email", n)))), "")
        found += [person._replace(affiliation=person.affiliation or affiliation, email=person.email or email)
                  for person in one]  # fmt: skip
    return _with_emails(_with_affiliations(found, row, fields), row, fields)


def _with_affiliations(found: list[cells.Person], row: Row, fields: Fields) -> list[cells.Person]:
    given = cells.parted(row.cells.get("affiliations"))
    if len(given) == 1:
        given = given * len(found)
    if given and len(given) != len(found):
        fields.odd.note(row.at("affiliations"), _("there are not as many affiliations as authors; they were left out"))
    if len(given) != len(found):
        return found
    return [person._replace(affiliation=person.affiliation or one) for person, one in zip(found, given, strict=True)]


def _with_emails(found: list[cells.Person], row: Row, fields: Fields) -> list[cells.Person]:
    given = fields.emails(row, "emails")
    return [
        person._replace(email=person.email or (given[n] if n < len(given) else "")) for n, person in enumerate(found)
    ]


def _presenters(row: Row) -> list[cells.Person]:
    numbered = [cells.people(cell) for (what, _), cell in sorted(row.numbered.items()) if what == "presenter"]
    return [*cells.people(row.cells.get("presenters")), *(person for people in numbered for person in people)]
