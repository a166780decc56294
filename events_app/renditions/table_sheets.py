"""Sheets for the tables of showcases: who is here, what they do and want, and a code that leads to their page.

One A4 sheet in landscape for each, tagged as the booklet is (PDF/UA-1). It is read from a step away, so it says little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..language import gettext as _
from ..language import speaking
from ..programme.model import Picture, Programme, Role, Showcase
from . import press
from .palette import ink
from .qr import qr
from .rendition import Rendition, Site
from .templating import TEMPLATES, environment
from .view import View
from .words import line, plain


class Size(NamedTuple):
    """A size of type, by its name in the stylesheet: for texts up to `most` characters, of which a line holds about
    `per_line`, and is `height` millimetres high."""

    name: str
    most: int
    per_line: int
    height: float

    def takes(self, text: str) -> float:
        return -(-len(text) // self.per_line) * self.height


TITLES = (
    Size("largest", 18, 13, 22.6),
    Size("large", 44, 18, 17.7),
    Size("medium", 90, 25, 13.8),
    Size("small", 200, 34, 10.6),
)
SUMMARIES = (Size("large", 90, 37, 11.0), Size("medium", 180, 45, 9.2), Size("small", 320, 57, 7.42))
WISH = Size("wish", 330, 66, 7.1)

HEIGHT, WISHING = 111.0, 13.6
"""Millimetres for a title and a summary, and how many of them the heading of a wish takes."""

NAMED, HOURS = 4, 4
"""So many people and times find room."""

ENOUGH = 2
"""Lines in which a wish can be said."""


def render(programme: Programme, site: Site, params: Mapping[str, str]) -> bytes | None:
    """All sheets, or the one of `showcase`; None where there is none."""
    shows = [show for show in programme.showcases if params.get("showcase", show.code) == show.code]
    if not shows:
        return None
    with speaking(site.language):
        sheets = Sheets(programme, site)
        return press.print_sheets([sheets.part(show) for show in shows]).pdf


class Sheets:
    """One programme, made ready for the template."""

    def __init__(self, programme: Programme, site: Site) -> None:
        self.programme, self.site = programme, site
        self.view = View(programme, site)
        self.accent = ink(programme.event.colour)
        sheet = (TEMPLATES / "print" / "table_sheet.css").read_text(encoding="utf-8")
        self.css = f"{sheet}\n:root{{--accent:{self.accent}}}\n"

    def part(self, show: Showcase) -> press.Part:
        url = self.view.url(f"showcases/{show.code}")
        title, summary, picture = cut(show.title, TITLES[-1].most), self.summary(show), self.picture(show)
        html = environment().get_template("print/table_sheet.html").render(
            sheets=self, view=self.view, event=self.programme.event, times=self.view.times, show=show, url=url,
            title=title, title_size=sized(title, TITLES), summary=summary, summary_size=sized(summary, SUMMARIES),
            wish=self.wish(show, title, summary), picture=picture, floor=self.floor(show), hosts=self.hosts(show),
            hours=show.staffing[:HOURS], more_hours=len(show.staffing) > HOURS,
        )  # fmt: skip
        pictured = {f"{picture.key}.webp": self.site.pictures[picture.key]} if picture else {}
        return press.Part(name=show.title, html=html, css=self.css, assets={"page.svg": qr(url), **pictured})

    def picture(self, show: Showcase) -> Picture | None:
        """The first whose bytes are at hand."""
        return next((picture for picture in show.pictures if picture.key in self.site.pictures), None)

    def summary(self, show: Showcase) -> str:
        """In a sentence; where they wrote none, how they begin to say what they do."""
        return cut(show.summary or plain(show.about), SUMMARIES[-1].most)

    def wish(self, show: Showcase, title: str, summary: str) -> str:
        """What they want, as far as there is room for it below; nothing rather than half a sentence."""
        taken = sized(title, TITLES).takes(title) + sized(summary, SUMMARIES).takes(summary)
        lines = min(int((HEIGHT - WISHING - taken) / WISH.height), WISH.most // WISH.per_line)
        return cut(plain(show.wish), lines * WISH.per_line) if lines >= ENOUGH else ""

    def floor(self, show: Showcase) -> str:
        room = self.view.look.rooms.get(show.floor)
        return ", ".join(filter(None, (room.name, room.building))) if room else ""

    def hosts(self, show: Showcase) -> str:
        people = self.view.look.people
        named = [people[part.person].name for part in show.parts if part.role is Role.HOST and part.person in people]
        more = _(" and others") if len(named) > NAMED else ""
        return line(", ".join(named[:NAMED]) + more)


def cut(text: str, longest: int) -> str:
    """As much of it as there is room for, up to the end of a word."""
    text = line(text)
    if len(text) <= longest:
        return text
    begun = text[: longest - 1]
    return (begun.rpartition(" ")[0] or begun[:-1]).rstrip(",;:–- ") + " …"


def sized(text: str, sizes: Sequence[Size]) -> Size:
    """The largest in which a text may be set."""
    return next((size for size in sizes if len(text) <= size.most), sizes[-1])


RENDITION = Rendition(
    name="table-sheets",
    address="print/showcases.pdf",
    media="application/pdf",
    render=render,
    query=("showcase",),
    heavy=True,
)
