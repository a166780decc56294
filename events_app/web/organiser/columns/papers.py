"""The table of papers."""

from __future__ import annotations

from ....language import gettext as _
from ....programme.model import Paper, PaperStatus, Role, Session
from ....renditions.times import Times
from ..fields import Options, World, status_name
from .parts import NEVER, Column, Filter, Table, day, equal, languages, name, names_of, people_of, reference


def papers(world: World) -> Table:
    look, times = world.look, Times(world.event)

    def where(paper: Paper) -> Session | None:
        return next(iter(look.sessions_of_paper.get(paper.code, ())), None)

    def told(paper: Paper) -> str:
        session = where(paper)
        if session is None:
            return ""
        if not session.starts:
            return session.code
        return f"{session.code}, {day(times, session.starts)} {times.clock(session.starts)}"

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
            case "files":
                return not paper.files and not paper.links
            case _:
                return not paper.keywords

    return Table(
        (
            Column(
                "authors",
                _("Authors"),
                lambda p: people_of(world, (part for part in p.parts if part.role is Role.AUTHOR)),
            ),
            Column("panel", _("Panel"), lambda p: p.panel),
            Column("track", _("Track"), lambda p: name(look.tracks.get(track(p)))),
            Column("status", _("Status"), lambda p: status_name(p.status)),
            Column("session", _("Session"), told, order),
        ),
        (
            equal(
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
            reference("panel", _("Panel"), world.panels, _("no panel"), lambda p: p.panel),
            reference("track", _("Track"), world.tracks, _("no track"), lambda p: track(p)),
            equal(
                "language", _("Language"), languages(p.language for p in world.programme.papers), lambda p: p.language
            ),
            Filter(
                "lacks",
                _("Without"),
                [
                    ("abstract", _("abstract")),
                    ("authors", _("authors")),
                    ("panel", _("panel")),
                    ("files", _("slides")),
                    ("keywords", _("keywords")),
                ],
                lacks,
            ),
        ),
        lambda p: " ".join((p.code, p.title, p.panel, *p.keywords, *names_of(world, p.parts))),
        ("panel", "track", "status", "language"),
    )


def _statuses() -> Options:
    return [(status.value, status_name(status)) for status in PaperStatus]
