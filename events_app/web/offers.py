"""The form by which a group without an account offers a showcase, while the event has it open."""

from __future__ import annotations

from time import time
from typing import Any, NamedTuple

import msgspec
from litestar import Response
from litestar.params import FromPath

from ..editing import offers
from ..editing.limits import wait_before
from ..language import gettext as _
from ..programme.model import Event, Link, Programme, Showcase
from ..programme.planning import Needs
from ..reading import NotFound
from . import showcases
from .callers import caller
from .forms import Entries, Field, Group, Wrong, filled, read
from .forms.inputs import Checked, Line, email, url
from .organiser.workspace import one, to, typed
from .pages import Asking, page

QUICKEST = 3
"""Seconds in which nobody has read the form, let alone filled it in."""

FROM_ONE_PLACE, FROM_ALL = 6, 120
"""Offers in an hour."""

TRAP = "leave-this-empty"
"""A control that people do not see, and programs fill in."""


class Form(NamedTuple):
    """What the form of one event asks. `published` is what the public knows of the event."""

    event: Event
    published: Programme | None

    def groups(self) -> tuple[Group, ...]:
        panels = showcases.panels(self.published.panels if self.published else ())
        return (
            Group(_("You"), (*_yourself(), *showcases.words()[1:3])),
            Group(_("What you would show"), (*showcases.words()[:1], *showcases.words()[3:], _page())),
            *((Group(_("Discussions at the conference"), panels),) if panels else ()),
            Group(_("What you need on the day"), showcases.needs()),
            Group(_("A time of your own in the programme"), showcases.demonstration()),
            Group(_("May we …"), showcases.consent()),
        )

    def fields(self) -> tuple[Field, ...]:
        return tuple(field for group in self.groups() for field in group.fields)


async def form(request: Asking, event: FromPath[str]) -> Response[bytes]:
    found = await _found(request, event)
    if found is None:
        return _closed()
    if "sent" in request.query_params:
        return page("offers/sent.html", event=found.event, published=found.published)
    entries = filled(found.fields(), _blank())
    return _shown(found, entries | {"shown": [str(int(time()))]})


async def send(request: Asking, event: FromPath[str]) -> Response[Any]:
    """Keeps the offer for the organisers. A program that fills in everything is told the same and leaves nothing."""
    found = await _found(request, event)
    if found is None:
        return _closed()
    entries = await typed(request)
    if one(entries, TRAP):
        return to(f"/offer/{event}/?sent=1")
    held, wrong = read(found.fields(), entries, None)
    if not wrong and _too_quick(one(entries, "shown")):
        wrong.say("", _("That was very quick. Look it over once more, and send it again."))
        entries = entries | {"shown": ["0"]}
    if wrong:
        return _shown(found, entries, wrong)
    if sentence := await _too_many(request, event):
        return _shown(found, entries, Wrong({"": sentence}), status=429)
    try:
        await offers.offer(event, held["name"], held["email"], *_offered(held))
    except offers.NotOpen as refused:
        return _shown(found, entries, Wrong({"": str(refused)}), status=409)
    return to(f"/offer/{event}/?sent=1")


async def _found(request: Asking, slug: str) -> Form | None:
    """None where there is no such event, or it takes no offers: which of the two is not told."""
    try:
        draft = await request.app.state.drafts.of(slug)
    except NotFound:
        return None
    if not draft.planning.rules.showcases_open:
        return None
    return Form(draft.programme.event, await request.app.state.outputs.published(slug))


def _yourself() -> tuple[Field, ...]:
    return (
        Field("name", _("Your name"), Line(required=True, most=200)),
        Field(
            "email",
            _("Your e-mail address"),
            Checked(email, kind="email", required=True, most=254),
            _("Only the organisers see it. They write to you there."),
        ),
    )


def _page() -> Field:
    return Field("page", _("Your page on the web"), Checked(url, kind="url"), _("It begins with https://"))


def _blank() -> dict[str, Any]:
    return showcases.values(Showcase(code="", title=""), Needs(showcase="", listed=False)) | {
        "name": "",
        "email": "",
        "page": "",
    }


def _offered(held: dict[str, Any]) -> tuple[Showcase, Needs]:
    show, need = showcases.applied(Showcase(code="", title=""), Needs(showcase=""), held)
    links = (Link(url=held["page"]),) if held["page"] else ()
    return msgspec.structs.replace(show, links=links), need


def _too_quick(shown: str) -> bool:
    return not shown.isdecimal() or len(shown) > 12 or time() - int(shown) < QUICKEST


async def _too_many(request: Asking, slug: str) -> str:
    """The sentence to say where too much has come lately, or nothing."""
    seconds = await wait_before(f"offer {slug} {caller(request)}", times=FROM_ONE_PLACE, seconds=3600)
    seconds = seconds or await wait_before(f"offers {slug}", times=FROM_ALL, seconds=3600)
    if not seconds:
        return ""
    words = _("Too many offers came within an hour. What you typed is still here: send it again in {n} minutes.")
    return words.format(n=max(1, round(seconds / 60)))


def _shown(found: Form, entries: Entries, wrong: Wrong | None = None, *, status: int = 0) -> Response[bytes]:
    labels = {field.name: field.label for field in found.fields()}
    return page(
        "offers/form.html",
        status=status or (422 if wrong else 200),
        event=found.event,
        published=found.published,
        groups=found.groups(),
        typed=entries,
        wrong=wrong or {},
        summary=[(name, labels.get(name, ""), sentence) for name, sentence in (wrong or {}).items()],
        trap=TRAP,
    )


def _closed() -> Response[bytes]:
    return page("offers/closed.html", status=404)
