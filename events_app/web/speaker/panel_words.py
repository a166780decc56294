"""A panel's own words: its title, abstract, keywords and links."""

from __future__ import annotations

from typing import Any

from litestar import Response
from litestar.params import FromPath

from ...language import gettext as _
from ...programme.model import Panel
from ..forms import Group
from ..organiser.fields import World, fields, named
from ..pages import Asking
from . import forms
from .forms import Sheet, usual
from .workspace import Mine, address


async def form(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[bytes]:
    return await forms.form(request, event, lambda mine: sheet(mine, code))


async def save(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[Any]:
    return await forms.save(request, event, lambda mine: sheet(mine, code))


def sheet(mine: Mine, code: str) -> Sheet:
    panel = mine.noun("panels", code)
    assert isinstance(panel, Panel)
    given = fields("panels", World(mine.draft))
    return Sheet(
        "panels",
        code,
        panel.title,
        (
            Group(_("The panel"), named(given, ("title", "abstract", "keywords"))),
            Group(_("Links"), named(given, ("links",))),
        ),
        {("panels", code): panel},
        *usual("panels", code),
        most={"abstract": mine.draft.planning.rules.abstract_words},
        template="panels/words",
        more={"desk": address(mine.event, "panels", code)},
        page=("words",),
    )
