"""The table of rooms."""

from __future__ import annotations

from ....language import gettext as _
from ....programme.model import Room, RoomKind
from ..fields import World
from .parts import Column, Filter, Table, equal, number


def rooms(world: World) -> Table:
    look = world.look
    buildings = sorted({room.building for room in world.programme.rooms if room.building})
    said = {True: _("yes"), False: _("no"), None: ""}

    def held(room: Room) -> int:
        return len(look.by_room.get(room.code, ()))

    return Table(
        (
            Column("kind", _("Kind"), lambda r: _("Floor") if r.kind is RoomKind.FLOOR else _("Room")),
            number("capacity", _("Seats"), lambda r: r.capacity),
            Column("building", _("Building"), lambda r: r.building),
            Column("level", _("Floor"), lambda r: r.level),
            Column("step_free", _("Step-free"), lambda r: said[r.step_free]),
            Column("equipment", _("Equipment"), lambda r: r.equipment),
            number("sessions", _("Sessions"), lambda r: held(r)),
        ),
        (
            equal("kind", _("Kind"), [("room", _("rooms")), ("floor", _("floors"))], lambda r: r.kind),
            equal("building", _("Building"), [(building, building) for building in buildings], lambda r: r.building),
            Filter(
                "step_free",
                _("Step-free"),
                [("yes", _("yes")), ("no", _("no")), ("-", _("not known"))],
                lambda r, v: r.step_free is {"yes": True, "no": False}.get(v),
            ),
            Filter(
                "lacks",
                _("Without"),
                [("capacity", _("seats")), ("sessions", _("sessions"))],
                lambda r, v: not (r.capacity if v == "capacity" else held(r)),
            ),
        ),
        lambda r: " ".join((r.code, r.name, r.building, r.level, r.equipment)),
        ("kind", "capacity", "building", "level", "step_free", "equipment"),
    )
