"""Everything that is theirs in one place."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple

from litestar import Response
from litestar.params import FromPath

from ... import reading
from ...programme.lookup import index
from ...programme.missing import Lack, lacks
from ...programme.model import Paper
from ...renditions import Site
from ...renditions.subscriptions import Feed, subscription
from ...renditions.view import View
from ..organiser.fields import status_name
from ..organiser.workspace import to
from ..pages import Asking, page, span_of_days
from ..rights import account
from .asking import Ask, asks
from .duties import Duty, duties, hosted, unplaced
from .workspace import Mine, address, show
from .workspace import mine as theirs


class Entry(NamedTuple):
    """A duty with what they are asked about it."""

    duty: Duty
    asks: tuple[Ask, ...]
    changed: str


async def mine(request: Asking) -> Response[Any]:
    """The events in which they have a part; where it is one, that one."""
    who = account(request)
    events = [line for line in await reading.events_of(who.email) if who.only in ("", line.slug)]
    if len(events) == 1:
        return to(f"/speak/{events[0].slug}/")
    return page("speaker/events.html", account=who, events=events, days=span_of_days)


async def event(request: Asking, event: FromPath[str]) -> Response[bytes]:
    held = await theirs(request, event)
    draft = held.draft.programme
    found = duties(draft, held.public, held.own.people)
    view = _view(request, held)
    who = account(request)
    others = [line for line in await reading.events_of(who.email) if line.slug != event and who.only in ("", line.slug)]
    return show(
        request,
        "overview",
        held,
        entries=[_entry(held, view, duty) for duty in found if duty.day],
        later=[_entry(held, view, duty) for duty in found if not duty.day],
        papers=[(paper, _state(held, paper), asks(held, "papers", paper.code))
                for paper in unplaced(draft, held.own.papers, found)],
        panels=[held.look.panels[code] for code in held.own.panels],
        showcases=[
            (draft_show, public, asks(held, "showcases", draft_show.code))
            for draft_show, public in hosted(draft, held.public, held.own.showcases)
        ],
        missing=[lack for code in held.own.people for lack in lacks(held.draft, code) if lack.what != "answer"],
        way=lambda lack: _way(held, lack),
        feeds=_feeds(view, held),
        reach=held.draft.planning.rules.reach,
        others=others,
        days=span_of_days,
        view=view,
        done=request.query_params.get("done", ""),
    )  # fmt: skip


def _view(request: Asking, held: Mine) -> View:
    """What is public, for what is said of it; of nothing public, the draft."""
    site = Site(base=request.app.state.settings.base, now=datetime.now(UTC))
    return View(held.public or held.draft.programme, site)


def _entry(held: Mine, view: View, duty: Duty) -> Entry:
    about = [("sessions", duty.session.code), *(("papers", given.paper.code) for given in duty.papers)]
    own = [ask for noun, code in about for ask in asks(held, noun, code) if ask.own]
    changed = view.changed(duty.session) if duty.told and held.public else ""
    return Entry(duty, tuple(own), changed)


def _state(held: Mine, paper: Paper) -> str:
    """`Accepted`, `Withdrawn`: what organisers have decided, or its authors."""
    return status_name(paper.status)


def _way(held: Mine, lack: Lack) -> str:
    """Where what is missing can be put right."""
    control = "shelf" if lack.what in _SHELVES else f"field-{lack.what}"
    return f"{address(held.event, lack.noun, lack.code)}#{control}"


_SHELVES = frozenset({"files", "pictures", "picture"})


def _feeds(view: View, held: Mine) -> list[Feed]:
    """The calendars of their own duties: one, unless they are in the programme twice."""
    if held.public is None:
        return []
    known = index(held.public).people
    found = (subscription(view, f"people/{code}") for code in held.own.people if code in known)
    return [feed for feed in found if feed]
