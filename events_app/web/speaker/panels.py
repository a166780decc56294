"""A panel's chairs run their panel: the order and minutes of its papers, who presents, and what waits or is tabled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

import msgspec
from litestar import Response
from litestar.params import FromPath

from ... import editing, reading
from ...editing import Conflict, Problem
from ...editing.panels import arrange as arrange_panel
from ...language import gettext as _
from ...programme.locks import FIELDS
from ...programme.lookup import Index, index
from ...programme.model import Panel, Paper, PaperStatus, Session, Turn, Value
from ...reading import LogLine
from ..errors import NotYours, Unreadable
from ..forms import Entries, Wrong
from ..organiser import sheets, turns
from ..organiser.fields import World, status_name
from ..organiser.naming import labelled
from ..organiser.turns import Key
from ..organiser.workspace import one, to, typed
from ..pages import Asking
from ..rights import account
from .panel_view import (
    Block,
    blocks,
    discussants,
    papers_of,
    people_of,
    reply_of,
    sessions_of,
    showcases_of,
    tallies,
)
from .workspace import Mine, address, mine, show


class Lineup(Value, frozen=True, kw_only=True):
    """What chairs arrange of a session. `discussants` are codes of people."""

    turns: tuple[Turn, ...] = ()
    discussants: tuple[str, ...] = ()


class Standing(Value, frozen=True, kw_only=True):
    """What chairs arrange of a paper. `presenters` are codes of people."""

    status: PaperStatus
    presenters: tuple[str, ...] = ()


class Arranged(Value, frozen=True, kw_only=True):
    """What chairs arrange of a whole panel, as a form carries it: no text that is long, and nothing of the grid, so
    that whoever moves a session meanwhile is in nobody's way."""

    sessions: dict[str, Lineup]
    papers: dict[str, Standing]


class Refused(NamedTuple):
    """An answer to a showcase that was not saved: to which, what was typed, with which status, and why. Of somebody
    else's that came before it there is no sentence: it is shown."""

    code: str
    text: str
    status: int
    sentence: str = ""


HELD = {"turns": "turns", "discussants": "parts", "status": "status", "presenters": "parts"}
"""Which field of a session or paper holds each thing that is arranged."""


async def page(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[bytes]:
    return await shown(request, await mine(request, event), code)


async def arrange(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[Any]:
    """Saves the order, the minutes and the people as they were typed, and then does what the button says."""
    held = await mine(request, event)
    form = await typed(request)
    seen = _seen(form)
    world, wrong = World(held.draft), Wrong()
    rows = turns.typed(form, wrong)
    wanted = _wanted(world, code, seen, rows, form, wrong)
    if wrong:
        return await shown(request, held, code, form=form, rows=rows, wrong=wrong)
    ours, stale = _merged(world.look, seen, wanted)
    if stale:
        return await shown(request, held, code, rows=_rows_of(wanted, rows), stale=stale)
    outcome = editing.corrections.Outcome()
    try:
        if ours:
            newcomers = sheets.newcomers(world.somebody.newcomers.values())
            before = _standing(world.look, ours)
            outcome = await arrange_panel(event, code, {**ours, **newcomers}, account(request).email, seen=before)
    except Conflict:  # between the reading and the writing, just now
        fresh = await mine(request, event)
        _again, stale = _merged(fresh.look, seen, wanted)
        return await shown(request, fresh, code, rows=_rows_of(wanted, rows), stale=stale or [code])
    except Problem as problem:
        wrong.say("", str(problem))
        return await shown(request, held, code, form=form, rows=rows, wrong=wrong)
    told = {"done": "saved" if ours else "same"}
    if outcome.public or outcome.waiting:
        told["words"] = "public" if outcome.public else "waiting"
    if outcome.requested:
        told["asked"] = ",".join(outcome.requested)
    return to(f"{address(held.event, 'panels', code)}?{urlencode(told)}")


async def take_back(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[Any]:
    """Puts back what one's own last change to the panel did; raises NotYours, and Conflict where more has changed."""
    held = await mine(request, event)
    line = await own_last(request, held, code)
    if line is None or str(line.id) != one(await typed(request), "line"):
        raise NotYours
    await editing.undo(event, line.id, account(request).email, locks=True)
    return to(f"{address(held.event, 'panels', code)}?done=undone")


async def own_last(request: Asking, held: Mine, panel: str) -> LogLine | None:
    """What they themselves did last in the event, if it was to this panel alone and can be taken back."""
    lines = await reading.log_of(held.event.slug, who=account(request).email, limit=1)
    if not lines or lines[0].what not in editing.corrections.CORRECTING:
        return None
    things = msgspec.json.decode(lines[0].after, type=dict[str, dict[str, msgspec.Raw]])
    theirs = _things(held, panel)
    inside = all(kind in _ALONG or code in theirs.get(kind, ()) for kind in things for code in things[kind])
    return lines[0] if inside and not things.keys() <= _ALONG else None


_ALONG = frozenset({"people", "requests"})
"""What comes along with a change: somebody who is named for the first time, what is asked for."""


def _things(held: Mine, panel: str) -> Mapping[str, set[str]]:
    """By kind, what is this panel's to change."""
    programme = held.draft.programme
    return {
        "sessions": {session.code for session in programme.sessions if session.panel == panel},
        "papers": {paper.code for paper in papers_of(held.look, panel)},
        "panels": {panel},
        "showcases": {show.code for show in programme.showcases if panel in show.panels},
    }


def _wanted(
    world: World, panel: str, seen: Arranged, rows: list[turns.Row], form: Entries, wrong: Wrong
) -> dict[Key, Any]:
    """The panel's sessions that the form showed, and the papers in it, as they are to be."""
    sessions = {
        session.code: msgspec.structs.replace(
            session, parts=turns.discussed(world, session, f"discussant-{session.code}", form, wrong)
        )
        for session in world.programme.sessions
        if session.panel == panel and session.code in seen.sessions
    }
    if any(row.session and row.session not in sessions for row in rows):
        wrong.say("", _("A session has gone to another panel meanwhile. Nothing was saved; open this page again."))
        return {}
    return turns.arranged(world, sessions, rows, form, wrong)


def _merged(look: Index, seen: Arranged, wanted: Mapping[Key, Any]) -> tuple[dict[Key, Any], list[str]]:
    """What is to stand there: of each thing only what its author changed. And the codes of those of which somebody
    else has changed the same meanwhile."""
    ours: dict[Key, Any] = {}
    stale: list[str] = []
    for (kind, code), value in wanted.items():
        present = getattr(look, kind)[code]
        then, now, asked = getattr(seen, kind).get(code), arrangement(present), arrangement(value)
        changed = [name for name in HELD if _said(asked, name) != _said(then or now, name)]
        if any(then and _said(now, name) not in (_said(then, name), _said(asked, name)) for name in changed):
            stale.append(code)
        merged = msgspec.structs.replace(present, **{HELD[name]: getattr(value, HELD[name]) for name in changed})
        if merged != present:
            ours[kind, code] = merged
    return ours, stale


def _standing(look: Index, ours: Mapping[Key, Any]) -> dict[Key, Any]:
    """How all that is to change stands, and every paper that has a turn."""
    given = {turn.paper for (kind, _code), value in ours.items() if kind == "sessions" for turn in value.turns}
    return {(kind, code): getattr(look, kind)[code] for kind, code in ours} | {
        ("papers", code): look.papers[code] for code in given if code in look.papers
    }


def arrangement(thing: Session | Paper) -> Lineup | Standing:
    if isinstance(thing, Session):
        return Lineup(turns=thing.turns, discussants=tuple(discussants(thing)))
    return Standing(status=thing.status, presenters=tuple(turns.presenters(thing)))


def _said(arranged: Lineup | Standing, name: str) -> Any:
    return getattr(arranged, name, None)


def _rows_of(wanted: Mapping[Key, Any], rows: list[turns.Row]) -> list[turns.Row]:
    """The rows in the places that they were to have."""
    known = {row.paper: row for row in rows}
    found = [
        known[turn.paper]._replace(session=code, minutes=turn.minutes)
        for (kind, code), value in wanted.items()
        if kind == "sessions"
        for turn in value.turns
        if turn.paper in known
    ]
    placed = {row.paper for row in found}
    return found + [row._replace(session=turns.NOWHERE) for row in rows if row.paper not in placed]


def _seen(form: Entries) -> Arranged:
    try:
        return msgspec.json.decode(one(form, "seen"), type=Arranged)
    except msgspec.MsgspecError:
        raise Unreadable(_("It is not said what stood there.")) from None


def _shown(found: list[Block], waiting: list[Paper]) -> str:
    """For the form to carry: what its author has before them."""
    sessions = {block.draft.code: arrangement(block.draft) for block in found}
    papers = [seat.paper for block in found for seat in block.seats if seat.ours] + waiting
    standing = {paper.code: arrangement(paper) for paper in papers}
    return msgspec.json.encode({"sessions": sessions, "papers": standing}).decode()


async def shown(
    request: Asking,
    held: Mine,
    code: str,
    *,
    form: Entries | None = None,
    rows: list[turns.Row] | None = None,
    wrong: Wrong | None = None,
    stale: list[str] | None = None,
    refused: Refused | None = None,
) -> Response[bytes]:
    """The panel's page. After a refusal with what was typed: in the `form` and its `rows`, or as a `refused` answer."""
    panel = held.noun("panels", code)
    assert isinstance(panel, Panel)
    world = World(held.draft)
    public = held.public
    found, waiting = blocks(world, public, code, rows)
    seats = [seat for block in found for seat in block.seats]
    asked = request.query_params
    quiet = wrong or stale or refused
    people = people_of(held.look, panel, sessions_of(held.draft.programme, public, code))
    return show(
        request,
        "panels/index",
        held,
        status=422 if wrong else 409 if stale else refused.status if refused else 200,
        panel=panel,
        here=address(held.event, "panels", code),
        public_look=index(public) if public else None,
        blocks=found,
        waiting=waiting,
        sessions=[block.session for block in found],
        tallies=tallies(held.look, held.draft.planning, seats),
        showcases=(shows := showcases_of(held.draft.programme, held.draft.planning, code)),
        answers={show.code: reply_of(show, code) for show in shows},
        refused=refused,
        offers=_offered(held, public, people),
        seen=one(form, "seen") if form else _shown(found, [seat.paper for seat in waiting]),
        form=form or {},
        minutes_typed=turns.minutes_typed(form or {}),
        wrong=wrong or {},
        stale=[block for block in found if block.draft.code in (stale or ())],
        unsettled=bool(stale),
        several=turns.SEVERAL,
        statuses={status: status_name(status) for status in PaperStatus},
        labelled=labelled,
        done="" if quiet else asked.get("done", ""),
        words=asked.get("words", ""),
        asked=[name for name in asked.get("asked", "").split(",") if name in FIELDS],
        last=None if quiet else await own_last(request, held, code),
        reach=held.draft.planning.rules.reach,
    )


def _offered(held: Mine, public: Any, people: Mapping[str, Any]) -> list[Any]:
    """Whom a list offers: everybody who is public, and whoever is in the panel. Others are found by their names."""
    known = {person.code for person in public.people} if public else set()
    return [person for person in held.draft.programme.people if person.code in known or person.code in people]
