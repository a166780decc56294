"""The printed programme: a booklet of A4 pages, tagged for screen readers (PDF/UA-1).

Here is what it says, part by part; how it looks is in `templates/print/`, how parts become one PDF in `press`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import cached_property
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from markupsafe import Markup

from ..language import gettext as _
from ..language import speaking
from ..programme.lookup import TurnTime, local
from ..programme.model import (
    Matter,
    Panel,
    Paper,
    Person,
    Picture,
    Programme,
    Room,
    Session,
    SessionKind,
    Showcase,
    Track,
)
from . import glance, press
from .palette import HOUSE, legible
from .qr import qr
from .rendition import Rendition, Site
from .templating import TEMPLATES, environment
from .times import language_name
from .view import View
from .words import plain, prose

LONGEST = 12_000  # characters of a text that are printed: some five pages
PAPER = "#ffffff"
ENOUGH_FOR_A_DAY, ENOUGH, MOST = 30, 80, 130  # abstracts in a run: before a day, before an hour, at all
TINT = 0.13  # of a track's colour behind its sessions
BORDER = 0.14  # of a cell in the grid, mm
LONG_INDEX = 900  # people
RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ku-arab", "ps", "sd", "ug", "ur", "yi"}


def render(programme: Programme, site: Site, params: Mapping[str, str]) -> bytes:
    """The same bytes for the same release and site. Takes seconds, in processes of its own."""
    return print_booklet(programme, site).pdf


def print_booklet(programme: Programme, site: Site) -> press.Printed:
    """The booklet, and notices of what could not be printed as it is. Raises press.CannotPrint."""
    with speaking(site.language):
        return press.print_book(Booklet(programme, site).book())


class Entry(NamedTuple):
    """An abstract: of a paper in its session, of a session itself, or of a tabled paper. `number` runs through."""

    number: int
    noun: Session | Paper
    session: Session | None
    starts: datetime | None


class Slot(NamedTuple):
    """What begins at one moment. `ends` if all end together, else each says so itself."""

    starts: datetime
    ends: datetime | None
    sessions: list[Session]


class Reference(NamedTuple):
    """One place where a person is to be found: its code or name, its anchor, and those of their abstracts there."""

    said: str
    anchor: str
    abstracts: list[str]


class Booklet:
    """One programme, made ready for the templates."""

    def __init__(self, programme: Programme, site: Site) -> None:
        self.programme, self.site = programme, site
        self.event = programme.event
        self.view = View(programme, site)
        self.look, self.times = self.view.look, self.view.times
        colour = self.event.colour if _HEX.fullmatch(self.event.colour) else HOUSE
        self.accent = legible(colour, PAPER, 5.5)
        sheet = (TEMPLATES / "print" / "booklet.css").read_text(encoding="utf-8")
        self.css = f"{sheet}\n:root{{--accent:{self.accent}}}\n"

    def book(self) -> press.Book:
        return press.Book(
            body=[*self._matters(self.event.front), *self._glances(), *self._days(), *self._panels(),
                  *self._abstracts(), *self._showcases(), *self._rooms(), *self._matters(self.event.back)],
            late=lambda pages: ([self._cover(), self._contents(pages)], self._index(pages)),
            notes=lambda count: self._part(_("Notes"), "notes", "", count=count),
            blank=self._part(_("blank page"), "blank", ""),
            footer=self.footer,
            type_css=(TEMPLATES / "print" / "type.css").read_text(encoding="utf-8"),
        )  # fmt: skip

    # ---- parts, in the order in which they stand

    def _cover(self) -> press.Part:
        assets = {"programme.svg": qr(self.view.url()), "subscribe.svg": qr(self.view.url("subscribe"))}
        return self._part(_("cover"), "cover", "", assets=assets)

    def _contents(self, pages: press.Pages) -> press.Part:
        return self._part(_("contents"), "contents", _("Contents"), chapters=list(self._chapters(pages)))

    def _matters(self, matters: Sequence[Matter]) -> list[press.Part]:
        """Texts of the event itself, one after the other."""
        return [self._part(matters[0].title, "matters", self.event.name, matters=matters)] if matters else []

    def _glances(self) -> list[press.Part]:
        return [
            self._part(
                _("%(day)s at a glance") % {"day": self.times.day(day)},
                "glance",
                _("At a glance"),
                sheets=glance.sheets(self.programme, day),
                day=day,
                first=day == self.days[0],
            )
            for day in self.days
        ]

    def _days(self) -> list[press.Part]:
        return [
            self._part(
                self.times.day(day), "day", _("Programme"), day=day, slots=self._slots(day), first=day == self.days[0]
            )
            for day in self.days
        ]

    def _panels(self) -> list[press.Part]:
        panels = self.programme.panels
        return [self._part(_("Panels"), "panels", _("Panels"), panels=panels)] if panels else []

    def _abstracts(self) -> list[press.Part]:
        parts: list[press.Part] = []
        last: date | None = None
        for run in self._runs():
            blocks: list[tuple[date | None, Session | None, list[Entry]]] = []
            for session, entries in groupby(run, key=lambda entry: entry.session):
                day = self._day_of(session)
                blocks.append((day if day != last or (not parts and not blocks) else None, session, list(entries)))
                last = day
            name = _("Abstracts %(first)d to %(last)d") % {"first": run[0].number, "last": run[-1].number}
            parts.append(self._part(name, "abstracts", _("Abstracts"), blocks=blocks, first=not parts))
        return parts

    def _showcases(self) -> list[press.Part]:
        shows = self.programme.showcases
        return (
            [self._part(_("Community showcases"), "showcases", _("Community showcases"), shows=shows)] if shows else []
        )

    def _rooms(self) -> list[press.Part]:
        rooms = [room for room in self.programme.rooms if room.code in self.look.by_room or self._displays(room)]
        return [self._part(_("Room finder"), "rooms", _("Room finder"), rooms=rooms)] if rooms else []

    def _index(self, pages: press.Pages) -> list[press.Part]:
        """In two parts where it is long, so that two processors share it."""
        people = [
            (person, [self._with_pages(reference, pages.numbers) for reference in references])
            for person in self._sorted_people()
            if (references := self.references(person))
        ]
        letters = [(letter, list(group)) for letter, group in groupby(people, key=lambda pair: _letter(pair[0]))]
        return [
            self._part(_("Index of people"), "people", _("Index of people"), letters=run, first=n == 0)
            for n, run in enumerate(_halves(letters) if len(people) > LONG_INDEX else [letters])
            if run
        ]

    def _with_pages(self, reference: Reference, numbers: Mapping[str, int]) -> tuple[Reference, int, list[int]]:
        own = numbers[reference.anchor]
        others = dict.fromkeys(numbers[anchor] for anchor in reference.abstracts)
        return reference, own, [page for page in others if page != own]

    def _part(
        self, name: str, template: str, running: str, assets: Mapping[str, bytes] | None = None, **context: Any
    ) -> press.Part:
        passages: list[press.Passage] = []
        held = dict(assets or {})

        def plate(picture: Picture) -> str:
            """The address of a picture, for this part; empty where its bytes are not at hand."""
            data = self.site.pictures.get(picture.key)
            if data is None:
                return ""
            held[f"{picture.key}.webp"] = data
            return f"asset:{picture.key}.webp"

        def passage(text: str, label: str) -> Markup:
            passages.append(_passage(text, label, self.view.url()))
            return Markup(press.PASSAGE.format(len(passages) - 1))  # noqa: S704 — a mark of our own

        html = environment().get_template(f"print/{template}.html").render(
            booklet=self, view=self.view, event=self.event, times=self.times, look=self.look,
            passage=passage, plate=plate, running=_css_string(running), **context,
        )  # fmt: skip
        return press.Part(name=name, html=html, css=self.css, passages=tuple(passages), assets=held)

    # ---- what the templates ask

    @cached_property
    def footer(self) -> str:
        version = self.programme.version
        if not version:
            return f"{self.event.name} · {_('Draft')}"
        return f"{self.event.name} · " + _("Version %(number)d, %(date)s") % {
            "number": version.number, "date": self.times.day(local(self.event, version.as_of).date(), "full")
        }  # fmt: skip

    @cached_property
    def days(self) -> list[date]:
        return [day for day in self.look.days if self.look.by_day.get(day)]

    @cached_property
    def entries(self) -> list[Entry]:
        """All abstracts in the order of the programme, the tabled papers last."""
        found: list[tuple[Session | Paper, Session | None, datetime | None]] = []
        given: set[str] = set()
        for session in self.look.placed:
            if session.abstract.strip():
                found.append((session, session, session.starts))
            for paper, starts, _minutes in self.look.turns(session):
                if paper.abstract.strip() and paper.code not in given:
                    given.add(paper.code)
                    found.append((paper, session, starts))
        tabled = [paper for paper in self.view.papers if paper.code not in self.look.sessions_of_paper]
        found += [(paper, None, None) for paper in tabled if paper.abstract.strip()]
        return [Entry(n, *entry) for n, entry in enumerate(found, 1)]

    @cached_property
    def _numbers(self) -> dict[tuple[type, str], int]:
        return {(type(entry.noun), entry.noun.code): entry.number for entry in self.entries}

    def number(self, noun: Session | Paper) -> int | None:
        """The number of its abstract, if it has one."""
        return self._numbers.get((type(noun), noun.code))

    def where(self, session: Session) -> str:
        room = self.look.rooms.get(session.room)
        return self.place(room) if room else ""

    def place(self, room: Room) -> str:
        """`Room B, Annexe` — with the building only where there are several."""
        several = len({other.building for other in self.programme.rooms}) > 1
        return ", ".join(filter(None, (room.name, room.building if several else "")))

    def notes(self, room: Room) -> str:
        return " · ".join(filter(None, (plain(room.about), room.equipment)))

    def tabled(self, panel: Panel) -> list[Paper]:
        return self.look.tabled(panel.code)

    def turns(self, session: Session) -> list[TurnTime]:
        return self.look.turns(session)

    def colour(self, session: Session) -> str:
        """Its track's, dark enough to be seen on white; empty if it has none."""
        track = self.view.track(session)
        return self.track_colour(track) if track else ""

    def track_colour(self, track: Track) -> str:
        return legible(track.colour, PAPER, 3) if _HEX.fullmatch(track.colour) else ""

    @property
    def clock_change(self) -> str:
        """A sentence for the day on which the clocks change while the event is on."""
        for before, after in pairwise(self.days):
            nights = [datetime.combine(day, time(12), self.times.zone).utcoffset() for day in (before, after)]
            if nights[0] is not None and nights[1] is not None and nights[0] != nights[1]:
                day = self.times.day(after)
                if nights[1] > nights[0]:
                    return _("The clocks go forward in the night to %(day)s.") % {"day": day}
                return _("The clocks go back in the night to %(day)s.") % {"day": day}
        return ""

    def matter_id(self, title: str) -> str:
        return matter_id(title)

    def names(self, session: Session, lines: int) -> str:
        """Who is there, for a cell of the grid that has so many lines."""
        return self.view.short(session) if lines > 2 else ""

    def cell(self, rows: int, height: float, padding: float, colour: str = "", ground: str = "") -> Markup:
        """The attributes of a cell in the grid, that high with its padding (mm)."""
        style = f"height:{height - padding - BORDER:.2f}mm"
        style += f";border-left-color:{colour};background:{ground}" if colour else ""
        return Markup(' rowspan="{}" style="{}"').format(rows, style)

    def tint(self, session: Session) -> str:
        """The track's colour as a ground for text; empty if it has none."""
        colour = self.colour(session)
        channels = [int(colour[n : n + 2], 16) for n in (1, 3, 5)] if colour else []
        return "#" + "".join(f"{round(255 - (255 - channel) * TINT):02x}" for channel in channels) if channels else ""

    @cached_property
    def example(self) -> str:
        """A code as people meet it here."""
        return next((session.code for session in self.look.placed if session.kind is not SessionKind.BREAK), "A1")

    def language_name(self, code: str) -> str:
        return language_name(code)

    def tongue(self, *spoken: str) -> Markup:
        """The attributes that say in which language a text is: the first known, or the event's own."""
        language = self.view.lang(next(filter(None, (*spoken, *self.event.languages)), ""))
        if not language:
            return Markup()
        attributes = Markup(' lang="{}"').format(language)
        return attributes + Markup(' dir="rtl"') if language.lower().split("-")[0] in RIGHT_TO_LEFT else attributes

    def references(self, person: Person) -> list[Reference]:
        """Panels, sessions with the person's abstracts, tabled papers and showcases, each once."""
        found: dict[str, Reference] = {}
        for duty in self.look.duties.get(person.code, []):
            if isinstance(duty.noun, Panel):
                found[f"panel-{duty.noun.code}"] = Reference(duty.noun.code, f"panel-{duty.noun.code}", [])
            elif isinstance(duty.noun, Showcase):
                found[f"showcase-{duty.noun.code}"] = Reference(duty.noun.title, f"showcase-{duty.noun.code}", [])
        for session in self.look.by_person.get(person.code, []):
            abstracts = [f"abstract-{number}" for number in self._own_abstracts(person, session)]
            found[f"session-{session.code}"] = Reference(session.code, f"session-{session.code}", abstracts)
        for paper in self.view.other_papers(person):
            if number := self.number(paper):
                found[f"abstract-{number}"] = Reference(f"#{number}", f"abstract-{number}", [])
        return list(found.values())

    def _own_abstracts(self, person: Person, session: Session) -> Iterator[int]:
        nouns: list[Session | Paper] = [session, *(turn.paper for turn in self.look.turns(session))]
        for noun in nouns:
            number = self.number(noun)
            if number and any(part.person == person.code for part in noun.parts):
                yield number

    def _displays(self, room: Room) -> list[Showcase]:
        return [show for show in self.programme.showcases if show.floor == room.code]

    # ---- how it is divided

    def _slots(self, day: date) -> list[Slot]:
        slots = []
        for starts, group in groupby(self.look.by_day[day], key=lambda session: session.starts):
            assert starts is not None
            sessions = list(group)
            ends = {session.ends for session in sessions}
            slots.append(Slot(starts, ends.pop() if len(ends) == 1 else None, sessions))
        return slots

    def _runs(self) -> Iterator[list[Entry]]:
        """Abstracts in runs that are set apart. One is cut only between sessions, and rather where another hour or day
        begins: what follows it begins a page."""
        run: list[Entry] = []
        for session, group in groupby(self.entries, key=lambda entry: entry.session):
            if run and len(run) >= self._enough(run[-1].session, session):
                yield run
                run = []
            run += group
        if run:
            yield run

    def _enough(self, before: Session | None, after: Session | None) -> int:
        """How many abstracts make a run that may be cut between these two sessions."""
        if self._day_of(before) != self._day_of(after):
            return ENOUGH_FOR_A_DAY
        return ENOUGH if before and after and before.starts != after.starts else MOST

    def _day_of(self, session: Session | None) -> date | None:
        return self.times.day_of(session.starts) if session and session.starts else None

    def _sorted_people(self) -> list[Person]:
        return sorted(self.programme.people, key=lambda person: (_folded(person.sorts_as or person.name), person.code))

    def _chapters(self, pages: press.Pages) -> Iterator[tuple[int, str, str, int]]:
        """Level, title, anchor and page of each line of the contents."""
        numbers = pages.numbers
        lines = [(1, matter.title, matter_id(matter.title)) for matter in self.event.front]
        lines += [(1, _("At a glance"), "glance"), *((2, self.times.day(day), f"glance-{day}") for day in self.days)]
        lines += [(1, _("Programme"), "programme"), *((2, self.times.day(day), f"day-{day}") for day in self.days)]
        lines += [(1, _("Panels"), "panels")]
        lines += [(2, f"{panel.code}  {panel.title}", f"panel-{panel.code}") for panel in self.programme.panels]
        lines += [(1, _("Abstracts"), "abstracts")]
        lines += [(2, self.times.day(day), f"abstracts-{day}") for day in self.days]
        lines += [(2, _("Tabled papers"), "abstracts-tabled"), (1, _("Community showcases"), "showcases")]
        lines += [(1, _("Room finder"), "rooms")]
        lines += [(1, matter.title, matter_id(matter.title)) for matter in self.event.back]
        yield from ((level, title, anchor, numbers[anchor]) for level, title, anchor in lines if anchor in numbers)
        if self.programme.people:
            yield 1, _("Index of people"), "people", pages.total + 1


def _passage(text: str, label: str, more: str) -> press.Passage:
    """A text as it is set. What is longer than any booklet can hold is cut, and says where the rest is."""
    if len(text) > LONGEST:
        text = text[:LONGEST].rpartition(" ")[0] + "\n\n… " + _("The whole text is at %(url)s") % {"url": more}
    return press.Passage(label, _HEADING.sub(_paragraph, str(prose(text))), plain(text))


_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_HEADING = re.compile(r"<(/?)h[1-6]>")


def _paragraph(found: re.Match[str]) -> str:
    """A heading within a text is set as a bold line: it would tear the booklet's own order of headings."""
    return "</strong></p>" if found[1] else "<p><strong>"


def _css_string(text: str) -> str:
    """The text as a string in a stylesheet inside HTML: nothing in it can end either."""
    return Markup('"' + re.sub(r"[^\w ·.,–-]", lambda found: f"\\{ord(found[0]):x} ", text) + '"')  # noqa: S704


def matter_id(title: str) -> str:
    return "matter-" + (re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "text")


def _halves(letters: list[tuple[str, list[Any]]]) -> list[list[tuple[str, list[Any]]]]:
    whole, before = sum(len(people) for _letter, people in letters), 0
    for n, (_letter, people) in enumerate(letters):
        before += len(people)
        if before >= whole / 2:
            return [letters[: n + 1], letters[n + 1 :]]
    return [letters]


def _folded(name: str) -> str:
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))


def _letter(person: Person) -> str:
    first = _folded(person.sorts_as or person.name)[:1].upper()
    return first if first.isalpha() else "#"


RENDITION = Rendition(name="booklet", address="print/booklet.pdf", media="application/pdf", render=render, heavy=True)
