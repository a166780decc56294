"""Rooms, tracks, panels, people and showcases: a row each."""

from __future__ import annotations

from ...language import gettext as _
from ...programme.model import Panel, Person, Role, Room, RoomKind, Showcase, Staffing, Track
from ...programme.planning import Availability, Needs
from ..wording import colour
from . import cells
from .fields import Fields
from .rows import Row

_FLOORS = {"floor", "area", "foyer", "exhibition", "hall"}


def room(row: Row, fields: Fields) -> Room:
    name = fields.title(row, "name")
    code, source = fields.rooms.add(row.words("code"), name, row.where)
    return Room(
        code=code,
        name=name,
        kind=RoomKind.FLOOR if row.words("kind").casefold() in _FLOORS else RoomKind.ROOM,
        capacity=fields.number(row, "capacity") or 0,
        building=fields.line(row, "building"),
        level=fields.line(row, "level"),
        step_free=fields.yes(row, "step_free"),
        equipment=fields.line(row, "equipment"),
        about=fields.text(row, "about"),
        source=source,
    )


def track(row: Row, fields: Fields) -> Track:
    name = fields.title(row, "name")
    code, source = fields.tracks.add(row.words("code"), name, row.where)
    return Track(
        code=code, name=name, colour=colour(row.words("colour")), about=fields.text(row, "about"), source=source
    )


def person(row: Row, fields: Fields) -> list[Availability]:
    """Makes the person known, and says when they can and cannot be there."""
    given, family = fields.line(row, "given"), fields.line(row, "family")
    name, ordered = fields.line(row, "name") or f"{given} {family}".strip(), ""
    if given and family:
        ordered = f"{family}, {given}"
    elif name.count(",") == 1:
        ordered, (last, first) = name, name.split(",")
        name = f"{first.strip()} {last.strip()}"
    if not name:
        fields.odd.note(row.where, _("names nobody; it was left out"))
        return []
    code = fields.people.add(
        Person(
            code="",
            name=name,
            sorts_as=fields.line(row, "sorts_as") or ordered,
            pronouns=fields.line(row, "pronouns"),
            affiliation=fields.line(row, "affiliation"),
            country=fields.line(row, "country"),
            biography=fields.text(row, "biography"),
            orcid=row.words("orcid").rpartition("/")[2],
            languages=fields.languages(row),
            links=fields.links(row),
        ),
        row.words("code"),
    )
    email = next(iter(fields.emails(row, "email")), "")
    fields.people.contact(code, email=email, gender=fields.line(row, "gender"))
    return [
        Availability(person=code, starts=span.starts, ends=span.ends, can=can)
        for field, can in (("away", False), ("present", True))
        for span in fields.spans(row, field)
    ]


def panel(row: Row, code: str, source: str, fields: Fields) -> Panel:
    return Panel(
        code=code,
        title=fields.title(row),
        abstract=fields.text(row, "abstract"),
        track=fields.track(row),
        keywords=fields.keywords(row),
        parts=fields.parts(row, "chairs", Role.CHAIR),
        links=fields.links(row),
        source=source,
    )


def showcase(row: Row, code: str, source: str, fields: Fields) -> Showcase:
    organisation = fields.line(row, "organisation")
    hosts = cells.people(row.cells.get("hosts"))
    parts = fields.parts_of(hosts, Role.HOST, row)
    for part, email in zip(parts, fields.emails(row, "emails"), strict=False):
        fields.people.contact(part.person, email=email)
    panels = [fields.known(fields.panels, row, "panels", said) for said in cells.listed(row.cells.get("panels"))]
    return Showcase(
        code=code,
        title=fields.line(row, "title") or organisation or fields.title(row),
        organisation=organisation,
        home=fields.line(row, "home"),
        summary=fields.line(row, "summary"),
        about=fields.text(row, "about"),
        outcome=fields.text(row, "outcome"),
        wish=fields.text(row, "wish"),
        floor=fields.room(row, "floor"),
        place=fields.line(row, "place"),
        panels=tuple(dict.fromkeys(found for found in panels if found)),
        staffing=tuple(
            Staffing(code=_letters(n), starts=span.starts, ends=span.ends)
            for n, span in enumerate(fields.spans(row, "staffing"))
        ),
        parts=parts,
        links=fields.links(row),
        source=source,
    )


def needs(row: Row, code: str, fields: Fields) -> Needs:
    """What the showcase needs and agreed to. Listed is what has not said no; pictured, only what has said yes."""
    return Needs(
        showcase=code,
        table=fields.yes(row, "table") is True,
        wall=fields.yes(row, "wall") is True,
        power=fields.yes(row, "power") is True,
        internet=fields.yes(row, "internet") is True,
        quiet=fields.yes(row, "quiet") is True,
        set_up=fields.line(row, "set_up"),
        take_down=fields.line(row, "take_down"),
        notes=fields.text(row, "notes"),
        listed=fields.yes(row, "listed") is not False,
        pictured=fields.yes(row, "pictured") is True,
    )


def _letters(n: int) -> str:
    """a, b, … z, aa, ab, …"""
    return (_letters(n // 26 - 1) if n >= 26 else "") + "abcdefghijklmnopqrstuvwxyz"[n % 26]
