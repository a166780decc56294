"""The papers of one session: their order and minutes, who presents and discusses, and where else they may go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Response
from litestar.params import FromPath

from ...editing import Conflict, Problem
from ...editing.together import Things, put_together
from ...language import gettext as _
from ...programme.model import Noun, Paper, PaperStatus, Role, Session, Value
from ...reading import Draft
from ..errors import NoSuchPage, Unreadable
from ..forms import Entries, Wrong
from ..pages import Asking
from ..rights import account
from . import sheets
from .fields import World, status_name
from .naming import labelled, papers
from .turns import SEVERAL, Key, Row, arranged, discussed, given, minutes_typed
from .turns import typed as typed_rows
from .workspace import address, collection_names, draft_of, noun_of, one, show, to, typed


async def index(
    request: Asking, event: FromPath[str], collection: FromPath[str], code: FromPath[str]
) -> Response[bytes]:
    draft = await draft_of(request, event, collection)
    return _page(request, draft, _session(draft, collection, code))


async def arrange(
    request: Asking, event: FromPath[str], collection: FromPath[str], code: FromPath[str]
) -> Response[Any]:
    """Saves the order, the minutes and the people as they were typed, and then does what the button says."""
    draft = await draft_of(request, event, collection)
    session = _session(draft, collection, code)
    form = await typed(request)
    seen = _seen(form, code)
    world = World(draft)
    wrong = Wrong()
    wanted = _wanted(world, seen[("sessions", code)], form, wrong)
    if wrong:
        return _page(request, draft, session, wrong=wrong, form=form)
    newcomers = sheets.newcomers(world.somebody.newcomers.values())
    changed = {which: value for which, value in wanted.items() if value != _present(world, which, seen)}
    try:
        if changed:
            before = {which: _present(world, which, seen) for which in changed} | seen
            await put_together(event, changed | newcomers, account(request).email, seen=before, what="arrange")
    except Conflict:
        fresh = await draft_of(request, event, collection)
        mine = wanted[("sessions", code)]
        assert isinstance(mine, Session)
        return _page(request, fresh, _session(fresh, collection, code), mine=mine)
    except Problem as problem:
        wrong.say("", str(problem))
        return _page(request, draft, session, wrong=wrong, form=form)
    return to(f"{address(draft.programme.event, 'sessions', code, 'papers')}?done=saved")


def _session(draft: Draft, collection: str, code: str) -> Session:
    if collection != "sessions":
        raise NoSuchPage
    found: Noun = noun_of(draft, collection, code)
    assert isinstance(found, Session)
    return found


def _seen(form: Entries, code: str) -> dict[Key, Any]:
    try:
        seen = sheets.understood(one(form, "seen"))
    except ValueError:
        seen = {}
    if not isinstance(seen.get(("sessions", code)), Session):
        raise Unreadable(_("It is not said what stood there."))
    return seen


def _wanted(world: World, session: Session, form: Entries, wrong: Wrong) -> dict[Key, Value | None]:
    """The session, its papers, and the session to which one goes, as they are to be."""
    rows = typed_rows(form, wrong, session=session.code)
    if one(form, "do") == "add":
        rows += _added(world, form, rows, session.code, wrong)
    parts = discussed(world, session, "discussant", form, wrong)
    return arranged(world, {session.code: msgspec.structs.replace(session, parts=parts)}, rows, form, wrong)


def _added(world: World, form: Entries, rows: Sequence[Row], session: str, wrong: Wrong) -> list[Row]:
    """The paper that is chosen, or named, to be added at the end."""
    text = one(form, "add") or one(form, "other")
    mine = Wrong()
    code = papers(world.programme.papers).read("other", {"other": [text]}, mine)
    if not text:
        wrong.say("add", _("Choose the paper that is to be added."))
    elif mine:
        wrong.say("other", mine["other"])
    elif any(row.paper == code for row in rows):
        wrong.say("add", _("That paper is in this session already."))
    else:
        return [Row(code, session, 0, SEVERAL, "")]
    return []


def _present(world: World, which: Key, seen: Things) -> Value | None:
    """What stood there for whoever typed this; of what the form did not show, what stands there now."""
    kind, code = which
    if which in seen:
        return seen[which]
    found: Value | None = getattr(world.look, kind).get(code)
    return found


def _page(
    request: Asking,
    draft: Draft,
    session: Session,
    *,
    wrong: Wrong | None = None,
    form: Entries | None = None,
    mine: Session | None = None,
) -> Response[bytes]:
    world = World(draft)
    rows = given(world, session)
    seen: dict[Key, Value | None] = {("sessions", session.code): session}
    seen |= {("papers", row.paper.code): row.paper for row in rows}
    return show(
        request,
        "papers/index",
        draft,
        status=422 if wrong else 409 if mine else 200,
        collection="sessions",
        names=collection_names(),
        code=session.code,
        noun=session,
        name=session.title,
        given=rows,
        taken=sum(row.minutes for row in rows),
        others=_others(world, session),
        waiting=_waiting(world, session),
        discussants=[part.person for part in session.parts if part.role is Role.DISCUSSANT],
        form=form or {},
        minutes_typed=minutes_typed(form or {}),
        seen=one(form, "seen") if form else sheets.written(seen),
        wrong=wrong or {},
        mine=mine,
        labelled=labelled,
        several=SEVERAL,
        statuses={status: status_name(status) for status in PaperStatus},
        done=request.query_params.get("done", ""),
    )


def _others(world: World, session: Session) -> list[Session]:
    """The sessions to which a paper can go: those of the panel, else all that hold papers."""
    panel = [other for other in world.programme.sessions if session.panel and other.panel == session.panel]
    found = panel or [other for other in world.programme.sessions if other.turns]
    return [other for other in found if other.code != session.code]


def _waiting(world: World, session: Session) -> list[Paper]:
    """The panel's papers that are in no session."""
    held = world.look.sessions_of_paper
    return [paper for paper in world.look.panel_papers.get(session.panel, []) if paper.code not in held]
