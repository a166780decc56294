"""The table of showcases."""

from __future__ import annotations

from ....language import gettext as _
from ....programme.model import Showcase
from ..fields import World
from .parts import Column, Filter, Table, name, names_of, natural, number, people_of, reference


def showcases(world: World) -> Table:
    look = world.look
    needs = {need.showcase: need for need in world.planning.needs}
    names = {
        "table": _("table"),
        "wall": _("wall"),
        "power": _("power"),
        "internet": _("internet"),
        "quiet": _("quiet"),
    }

    def listed(show: Showcase) -> bool:
        return show.code not in needs or needs[show.code].listed

    def needed(show: Showcase) -> str:
        need = needs.get(show.code)
        return ", ".join(label for name, label in names.items() if need and getattr(need, name))

    def lacks(show: Showcase, what: str) -> bool:
        held = {
            "place": show.place,
            "floor": show.floor,
            "hours": show.staffing,
            "people": show.parts,
            "summary": show.summary,
        }
        return not held[what]

    return Table(
        (
            Column("organisation", _("Organisation"), lambda s: s.organisation),
            Column("home", _("From"), lambda s: s.home),
            Column("floor", _("Floor"), lambda s: name(look.rooms.get(s.floor))),
            Column("place", _("Place"), lambda s: s.place, lambda s: natural(s.place)),
            number("hours", _("Hours"), lambda s: len(s.staffing)),
            Column("people", _("People"), lambda s: people_of(world, s.parts)),
            Column("needs", _("Needs"), needed),
            Column("listed", _("Listed"), lambda s: "" if listed(s) else _("not listed")),
        ),
        (
            reference("floor", _("Floor"), world.floors, _("no floor"), lambda s: s.floor),
            Filter(
                "needs",
                _("Needs"),
                list(names.items()),
                lambda s, v: s.code in needs and bool(getattr(needs[s.code], v)),
            ),
            Filter(
                "listed",
                _("Listed"),
                [("yes", _("listed")), ("no", _("not listed"))],
                lambda s, v: listed(s) == (v == "yes"),
            ),
            Filter(
                "lacks",
                _("Without"),
                [
                    ("floor", _("floor")),
                    ("place", _("place")),
                    ("hours", _("hours")),
                    ("people", _("people")),
                    ("summary", _("summary")),
                ],
                lacks,
            ),
        ),
        lambda s: " ".join((s.code, s.title, s.organisation, s.home, s.place, *names_of(world, s.parts))),
        ("floor", "set_up", "take_down"),
    )
