"""The table of sessions."""

from __future__ import annotations

from ....language import gettext as _
from ....programme.model import Role, Session, SessionKind
from ....renditions.labels import kind_name
from ....renditions.times import Times
from ..fields import Options, World
from .parts import (
    NEVER,
    Column,
    Filter,
    Table,
    day,
    equal,
    languages,
    name,
    names_of,
    number,
    people_of,
    reference,
    used,
)


def sessions(world: World) -> Table:
    look, times = world.look, Times(world.event)
    expected = {entry.session: entry.people for entry in world.planning.expected}

    def when(session: Session) -> str:
        if not session.starts:
            return ""
        return f"{day(times, session.starts)} {times.clock(session.starts)}"

    def track(session: Session) -> str:
        return name(look.tracks.get(look.track_of(session)))

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
            Column("room", _("Room"), lambda s: name(look.rooms.get(s.room))),
            Column("track", _("Track"), track),
            Column("panel", _("Panel"), lambda s: s.panel),
            Column("people", _("People"), lambda s: people_of(world, s.parts)),
            number("papers", _("Papers"), lambda s: len(s.turns)),
            number("expected", _("Expected"), lambda s: expected.get(s.code, 0)),
        ),
        (
            equal("kind", _("Kind"), used(_kinds(), {s.kind for s in world.programme.sessions}), lambda s: s.kind),
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
            reference("room", _("Room"), world.rooms, _("no room"), lambda s: s.room),
            reference("track", _("Track"), world.tracks, _("no track"), lambda s: look.track_of(s)),
            reference("panel", _("Panel"), world.panels, _("no panel"), lambda s: s.panel),
            equal(
                "language",
                _("Language"),
                languages(s.language for s in world.programme.sessions),
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
                name(look.rooms.get(s.room)),
                s.panel,
                track(s),
                *names_of(world, look.parts_in(s)),
            )
        ),
        ("kind", "minutes", "room", "track", "panel", "showcase", "language", "people", "cancelled"),
    )


def _kinds() -> Options:
    return [(kind.value, kind_name(kind)) for kind in SessionKind]
