"""The programme as a sheet: a line for each session, after it one for each of its papers, last the papers that are not
presented.

RFC 4180, in UTF-8 with a byte order mark, without which Excel takes it for something older. No cell is a formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from ..language import gettext as _
from ..language import speaking
from ..programme.model import Paper, Part, Programme, Role, Session
from .plain import plain_text
from .rendition import Rendition, Site
from .view import View

ADDRESS = "programme.csv"
MEDIA = "text/csv; charset=utf-8"

_NOT_SHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_FORMULA = re.compile(r"(^\s*|;\s*)(?=[=+\-@＝＋－＠])")
"""Where a program begins to reckon: at the beginning of a cell, or after a semicolon, which some take for the end of
one (OWASP, CSV Injection)."""


def render(programme: Programme, site: Site, query: Mapping[str, str]) -> bytes:
    with speaking(site.language):
        sheet = io.StringIO()
        lines = csv.writer(sheet, lineterminator="\r\n")
        lines.writerow(_headings())
        lines.writerows(map(cell, line) for line in _Teller(View(programme, site)).lines())
        return sheet.getvalue().encode("utf-8-sig")


def cell(text: str) -> str:
    """A text as it can stand in a cell: what would be a formula has an apostrophe before it."""
    shown = _NOT_SHOWN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\t", " ").strip()
    return _FORMULA.sub(r"\g<1>'", shown)


def _headings() -> list[str]:
    return [
        _("Date"),
        _("Begins"),
        _("Ends"),
        _("Room"),
        _("Building"),
        _("Kind"),
        _("Code"),
        _("Title"),
        _("In session"),
        _("Panel"),
        _("Track"),
        _("People"),
        _("Language"),
        _("Status"),
        _("Abstract"),
        _("Address"),
    ]


class _Teller:
    """Says what stands in each line, in the order of the headings."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.look = view.look

    def lines(self) -> Iterator[list[str]]:
        given: set[str] = set()
        for session in self.look.placed:
            yield self._session(session)
            for turn in self.look.turns(session):
                given.add(turn.paper.code)
                yield self._paper(turn.paper, session, turn.starts, turn.minutes)
        for session in sorted(
            (one for one in self.view.programme.cancelled if one.starts), key=self.look.when_and_where
        ):
            yield self._session(session)
        for paper in self.view.papers:
            if paper.code not in given:
                yield self._paper(paper, None, None, 0)

    def _session(self, session: Session) -> list[str]:
        panel = self.look.panels.get(session.panel)
        track = self.view.track(session)
        return [
            *self._when(session.starts, session.minutes),
            *self._where(session),
            self.view.kind(session),
            session.code,
            f"{session.title}: {session.subtitle}" if session.subtitle else session.title,
            "",
            f"{panel.code} {panel.title}" if panel else "",
            track.name if track else "",
            self._people(session.parts),
            session.language,
            _("Cancelled") if self.view.is_cancelled(session) else "",
            plain_text(session.abstract),
            self.view.url(f"sessions/{session.code}"),
        ]

    def _paper(self, paper: Paper, session: Session | None, starts: datetime | None, minutes: int) -> list[str]:
        panel = self.look.panels.get(paper.panel)
        track = self.look.tracks.get(paper.track or (panel.track if panel else ""))
        return [
            *self._when(starts, minutes),
            *(self._where(session) if session else ("", "")),
            _("Paper"),
            paper.code,
            paper.title,
            session.code if session else "",
            f"{panel.code} {panel.title}" if panel else "",
            track.name if track else "",
            self._people(paper.parts),
            paper.language,
            "" if session else _("Not presented"),
            plain_text(paper.abstract),
            self.view.url(f"papers/{paper.code}"),
        ]

    def _when(self, starts: datetime | None, minutes: int) -> tuple[str, str, str]:
        if starts is None:
            return "", "", ""
        clock = self.view.times.clock
        date = starts.astimezone(self.view.times.zone).date().isoformat()
        return date, clock(starts), clock(starts + timedelta(minutes=minutes))

    def _where(self, session: Session) -> tuple[str, str]:
        room = self.view.room(session)
        return (room.name, room.building) if room else ("", "")

    def _people(self, parts: Iterable[Part]) -> str:
        """`Chair: Alice Adler (Bonn); Author: Bob Baker (Aston University), Charlie Khan`"""
        groups = self.view.groups(parts)
        return "; ".join(
            f"{group.label}: "
            + ", ".join(
                f"{one.person.name} ({one.affiliation})" if one.affiliation else one.person.name for one in group.people
            )
            for group in sorted(groups, key=lambda group: group.role is Role.PRESENTER)
        )


RENDITION = Rendition(name="programme.csv", address=ADDRESS, media=MEDIA, render=render)
