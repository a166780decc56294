"""A session's own words."""

from __future__ import annotations

from typing import Any

from litestar import Response
from litestar.params import FromPath

from ...language import gettext as _
from ...programme.model import Session
from ..forms import Group
from ..organiser.fields import World, fields, named
from ..pages import Asking
from . import forms
from .asking import asks
from .forms import Sheet, usual
from .workspace import Mine


async def form(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[bytes]:
    return await forms.form(request, event, lambda mine: sheet(mine, code))


async def save(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[Any]:
    return await forms.save(request, event, lambda mine: sheet(mine, code))


def sheet(mine: Mine, code: str) -> Sheet:
    session = mine.noun("sessions", code)
    assert isinstance(session, Session)
    given = fields("sessions", World(mine.draft))
    return Sheet(
        "sessions",
        code,
        session.title,
        (
            Group(_("The session"), named(given, ("title", "subtitle", "abstract", "language"))),
            Group(_("Links"), named(given, ("links",))),
        ),
        {("sessions", code): session},
        *usual("sessions", code),
        most={"abstract": mine.draft.planning.rules.abstract_words},
        template="session",
        more={"session": session, "asks": asks(mine, "sessions", code)},
    )
