"""What a community group is asked about its showcase, in plain words: by the public form, and by its hosts' pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from ..language import gettext as _
from ..programme.model import Panel, Showcase
from ..programme.planning import Needs
from .forms import Field
from .forms.inputs import Line, Number, Several, Text, Tick

LONG = 20_000
"""Characters of a text: some eight pages."""


def words() -> tuple[Field, ...]:
    """Who they are and what they do: all of it public."""
    return (
        Field("title", _("What it is called"), Line(required=True, most=200), _("Your project, or your group.")),
        Field("organisation", _("Your group or organisation"), Line(most=200)),
        Field("home", _("Where you are from"), Line(most=200), _("A neighbourhood, a town, a country.")),
        Field(
            "summary",
            _("In one sentence"),
            Line(most=300),
            _("People read it first: in lists, and on the sheet on your table."),
        ),
        Field("about", _("What you do"), Text(rows=7, most=LONG), _("As you would tell a visitor.")),
        Field("outcome", _("What came of it"), Text(rows=5, most=LONG), _("What has changed, and for whom.")),
        Field(
            "wish",
            _("What you want from the day"),
            Text(rows=3, most=LONG),
            _("Whom you would like to meet, and what you would like to ask or to find."),
        ),
    )


def needs() -> tuple[Field, ...]:
    """What they need on the day: only organisers read it."""
    return (
        Field("table", _("A table"), Tick(), wide=False),
        Field("wall", _("A wall or boards, to hang things on"), Tick(), wide=False),
        Field("power", _("Electricity"), Tick(), wide=False),
        Field("internet", _("Internet"), Tick(), wide=False),
        Field("quiet", _("A quiet place"), Tick(), wide=False),
        Field("set_up", _("Setting up"), Line(most=500), _("When you can come, how long it takes, what you bring.")),
        Field("take_down", _("Taking down"), Line(most=500), _("When you have to leave.")),
        Field("notes", _("Anything else"), Text(rows=3, most=LONG), _("Steps, heavy things, animals, food: tell us.")),
    )


def demonstration() -> tuple[Field, ...]:
    """A time of their own in the programme."""
    return (
        Field(
            "demonstration",
            _("What you would show, and when it would suit you"),
            Text(rows=3, most=LONG),
            _("Leave it empty if you do not want a time of your own."),
        ),
        Field("demonstration_minutes", _("For how many minutes"), Number(most=480)),
    )


def panels(found: Iterable[Panel]) -> tuple[Field, ...]:
    """Discussions of researchers to which they have something to say; none where there are none to choose from."""
    options = [(panel.code, panel.title) for panel in found]
    return (Field("panels", _("Which of these are about what you do?"), Several(options)),) if options else ()


def consent() -> tuple[Field, ...]:
    return (
        Field(
            "listed",
            _("You may name us in the programme, on paper and on the web"),
            Tick(),
            _("Without this you are welcome all the same, and nothing about you is published."),
        ),
        Field("pictured", _("You may show our pictures, and take some of our table"), Tick()),
    )


def values(show: Showcase, need: Needs | None) -> dict[str, Any]:
    """The fields of a showcase and of what it needs, side by side: no two bear one name."""
    return msgspec.structs.asdict(need or Needs(showcase=show.code)) | msgspec.structs.asdict(show)


def applied(show: Showcase, need: Needs, held: dict[str, Any]) -> tuple[Showcase, Needs]:
    """Both with other values in some fields."""
    return (
        msgspec.structs.replace(show, **{name: held[name] for name in show.__struct_fields__ if name in held}),
        msgspec.structs.replace(need, **{name: held[name] for name in need.__struct_fields__ if name in held}),
    )
