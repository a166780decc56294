"""The table of panels."""

from __future__ import annotations

from ....language import gettext as _
from ....programme.model import Panel, Paper, PaperStatus, Role
from ..fields import World
from .parts import Column, Filter, Table, name, names_of, number, people_of, reference


def panels(world: World) -> Table:
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
            Column("chairs", _("Chairs"), lambda p: people_of(world, p.parts)),
            Column("track", _("Track"), lambda p: name(look.tracks.get(p.track))),
            number("papers", _("Papers"), lambda p: len(papers(p))),
            number("waiting", _("In no session"), lambda p: waiting(p)),
            number("sessions", _("Sessions"), lambda p: sessions.get(p.code, 0)),
        ),
        (
            reference("track", _("Track"), world.tracks, _("no track"), lambda p: p.track),
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
        lambda p: " ".join((p.code, p.title, *p.keywords, *names_of(world, p.parts))),
        ("track",),
    )
