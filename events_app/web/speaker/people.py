"""Somebody's own details: what everybody sees of them, and what only organisers see."""

from __future__ import annotations

from typing import Any

from litestar import Response
from litestar.params import FromPath

from ...language import gettext as _
from ...programme.model import Person
from ..forms import Field, Group
from ..forms.inputs import Cell, Choice, Moment, Rows
from ..organiser import sheets
from ..organiser.fields import World, fields, named
from ..organiser.rows import hours
from ..pages import Asking
from . import forms
from .forms import Sheet, usual
from .workspace import Mine


async def form(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[bytes]:
    return await forms.form(request, event, lambda mine: sheet(mine, code))


async def save(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[Any]:
    return await forms.save(request, event, lambda mine: sheet(mine, code))


def sheet(mine: Mine, code: str) -> Sheet:
    """The address at which they are reached is shown and not changed here: who has it can sign in as them."""
    person = mine.noun("people", code)
    assert isinstance(person, Person)
    given = _worded(fields("people", World(mine.draft)), mine)
    public = ("name", "sorts_as", "pronouns", "affiliation", "country", "biography", "languages", "orcid")
    private = ("access", "recorded", "photographed", "availability", "gender")
    return Sheet(
        "people",
        code,
        person.name,
        (
            Group(_("What everybody sees"), named(given, public)),
            Group(_("Links"), named(given, ("links",))),
            Group(_("Only the organisers see this"), named(given, private)),
        ),
        sheets.things(mine.draft, "people", code),
        *usual("people", code),
        most={"biography": mine.draft.planning.rules.biography_words},
        template="person",
        more={"person": person},
    )


def _worded(given: tuple[Field, ...], mine: Mine) -> tuple[Field, ...]:
    """The organisers' fields in words for the person themselves."""
    cells = (
        Cell("starts", _("From"), Moment(mine.event, required=True)),
        Cell("ends", _("Until"), Moment(mine.event, required=True)),
        Cell("can", _("I"), Choice([("no", _("cannot be there")), ("yes", _("can be there"))], lambda t: t == "yes")),
    )
    said = {
        "sorts_as": (_("In the index as"), _("Family name first, if that is how you are looked for: “Short, Clare”.")),
        "country": (_("Country"), ""),
        "access": (
            _("What you need to take part"),
            _("Step-free rooms, a hearing loop, a seat near the door, a diet. Only the organisers see this."),
        ),
        "recorded": (_("May we record you?"), ""),
        "photographed": (_("May we photograph you?"), ""),
        "gender": (
            _("Gender, if you want to say it"),
            _("In your own words. It is used only so that no podium is all of one gender."),
        ),
        "availability": (
            _("When you can or cannot be there"),
            _("If you say when you can, you are asked for those times only."),
        ),
    }
    rows = Rows(cells, hours, filler=frozenset({"can"}), add=_("Add a time"))
    found = []
    for field in given:
        label, help = said.get(field.name, (field.label, field.help))
        field = field._replace(label=label, help=help)
        found.append(field._replace(input=rows) if field.name == "availability" else field)
    return tuple(found)
