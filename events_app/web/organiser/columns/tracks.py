"""The table of tracks."""

from __future__ import annotations

from ....language import gettext as _
from ....programme.model import Track
from ..fields import World
from .parts import Column, Filter, Table, number


def tracks(world: World) -> Table:
    look = world.look

    def sessions(track: Track) -> int:
        return len(look.by_track.get(track.code, ()))

    def panels(track: Track) -> int:
        return sum(panel.track == track.code for panel in world.programme.panels)

    return Table(
        (
            Column("colour", _("Colour"), lambda t: t.colour),
            number("panels", _("Panels"), lambda t: panels(t)),
            number("sessions", _("Sessions"), lambda t: sessions(t)),
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
