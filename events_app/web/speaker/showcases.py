"""A community's showcase as its hosts keep it right: what they do, their people, hours, needs, what they allow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from litestar import Response
from litestar.params import FromPath

from ...editing.together import Things
from ...language import gettext as _
from ...programme.lookup import index
from ...programme.model import Panel, Part, Role, Session, Showcase
from ...programme.planning import Needs
from .. import showcases
from ..forms import Field, Group
from ..organiser import sheets
from ..organiser.fields import World, fields, named
from ..organiser.sheets import Values
from ..pages import Asking
from . import forms
from .fellows import Fellow, Fellows, fellows
from .forms import Sheet
from .workspace import Mine


class Told(NamedTuple):
    """What there is to know of a showcase besides what its hosts write. `public` is as everybody sees it, if they do;
    `demonstrations` are its sessions that are public, and `planned`: there is one that is not. `hours_wait`: other
    hours than everybody sees are entered."""

    showcase: Showcase
    needs: Needs
    public: Showcase | None
    demonstrations: list[Session]
    planned: bool
    hours_wait: bool
    missing: list[tuple[str, str]]


class Hosts(Fellows):
    """Neighbours have no affiliation: they belong somewhere."""

    @property
    def belongs(self) -> str:
        return _("Where they belong, if it is another group")


async def form(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[bytes]:
    return await forms.form(request, event, lambda mine: sheet(mine, code))


async def save(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[Any]:
    return await forms.save(request, event, lambda mine: sheet(mine, code))


def sheet(mine: Mine, code: str) -> Sheet:
    show = mine.noun("showcases", code)
    assert isinstance(show, Showcase)
    hosting = {part.person for part in show.parts} & set(mine.own.people)
    hosts = Hosts(
        mine.draft.programme, mine.public, mine.draft.planning, presenting=False, there=show.parts, own=hosting
    )
    return Sheet(
        "showcases",
        code,
        show.title,
        _groups(mine, show, hosts),
        sheets.things(mine.draft, "showcases", code),
        take,
        lambda seen, held: put(code, hosts, seen, held),
        template="showcase",
        more={"told": told(mine, show)},
    )


def take(seen: Things) -> Values:
    """Its fields and its needs', with its hosts as a list of their own."""
    held = sheets.values("showcases", seen)
    return held | {"hosts": fellows(held["parts"], Role.HOST)}


def put(code: str, hosts: Fellows, seen: Things, held: Values) -> Things:
    parts = held["parts"]
    if held["hosts"] != take(seen)["hosts"]:
        parts = hosted(parts, held["hosts"])
    return {**sheets.wanted("showcases", code, seen, held | {"parts": parts}), **hosts.added()}


def hosted(before: Sequence[Part], hosts: Sequence[Fellow]) -> tuple[Part, ...]:
    """The parts with these hosts, first; whoever has another role in it stays."""
    theirs = [Part(person=host.person, role=Role.HOST, affiliation=host.affiliation) for host in hosts]
    return (*theirs, *(part for part in before if part.role is not Role.HOST))


def told(mine: Mine, show: Showcase) -> Told:
    needs = next((need for need in mine.draft.planning.needs if need.showcase == show.code), Needs(showcase=show.code))
    look = index(mine.public) if mine.public else None
    public = look.showcases.get(show.code) if look else None
    demonstrations = look.by_showcase.get(show.code, []) if look else []
    known = {session.code for session in demonstrations}
    drafted = [session for session in mine.draft.programme.sessions if session.showcase == show.code]
    return Told(
        show,
        needs,
        public,
        demonstrations,
        any(session.code not in known and not session.cancelled for session in drafted),
        public is not None and public.staffing != show.staffing,
        missing(show, needs),
    )


def missing(show: Showcase, needs: Needs) -> list[tuple[str, str]]:
    """What visitors would look for: the field in which it is written, and a sentence. Pure."""
    wanted = [
        ("summary", not show.summary, _("One sentence that says what you do")),
        ("about", not show.about, _("What you do, in your own words")),
        ("staffing", not show.staffing, _("When somebody is at your table")),
        ("listed", not needs.listed, _("That we may name you: without it nothing of this is published")),
        (
            "pictures",
            any(not picture.alt for picture in show.pictures),
            _("What your pictures show, for those who cannot see them"),
        ),
    ]
    return [(name, sentence) for name, lacks, sentence in wanted if lacks]


def _groups(mine: Mine, show: Showcase, hosts: Fellows) -> tuple[Group, ...]:
    given = fields("showcases", World(mine.draft))
    staffing, links = named(given, ("staffing", "links"))
    panels = showcases.panels(_panels(mine, show))
    listed, pictured = showcases.consent()
    leaves = _(
        "Without this you are welcome all the same. If you take it back, your page leaves the programme at once."
    )
    return (
        Group(_("What you do"), (*showcases.words(), links._replace(label=_("Your pages on the web")))),
        Group(_("Your people"), (Field("hosts", _("Who is there for you"), hosts),)),
        Group(
            _("When somebody is at your table"),
            (
                staffing._replace(
                    label=_("Hours"),
                    help=_("Visitors see them with the next version of the programme, not at once."),
                ),
            ),
        ),
        *((Group(_("Discussions to which you have something to say"), panels),) if panels else ()),
        Group(_("What you need on the day"), showcases.needs()),
        Group(_("A time of your own in the programme"), showcases.demonstration()),
        Group(_("May we …"), (listed._replace(help=leaves), pictured)),
    )


def _panels(mine: Mine, show: Showcase) -> list[Panel]:
    """Those that everybody knows of, and those that are chosen already."""
    public = index(mine.public).panels if mine.public else {}
    return [panel for panel in mine.draft.programme.panels if panel.code in public or panel.code in show.panels]
