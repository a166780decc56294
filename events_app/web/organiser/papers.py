"""The papers of one session: their order and minutes, who presents and discusses, and where else they may go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from litestar import Response
from litestar.params import FromPath

from ...editing import Conflict, Problem
from ...editing.together import Things, put_together
from ...language import gettext as _
from ...programme.model import Noun, Paper, PaperStatus, Part, Person, Role, Session, Turn, Value
from ...reading import Draft
from ..errors import NoSuchPage, Unreadable
from ..forms import Entries, Wrong
from ..forms.inputs import Number
from ..pages import Asking
from ..rights import account
from . import sheets
from .fields import World
from .naming import labelled, papers
from .workspace import address, collection_names, draft_of, noun_of, one, show, to, typed

SEVERAL = "*"
"""Stands for more presenters than one: they are left as they are."""

Key = tuple[str, str]


class Given(NamedTuple):
    """A paper as it is given in the session: its turn, when that begins, for how long, and by whom."""

    turn: Turn
    paper: Paper
    starts: datetime | None
    minutes: int
    authors: list[Person]
    presenter: str


class Typed(NamedTuple):
    """What a form says of one turn."""

    paper: str
    minutes: int
    presenter: str
    to: str


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
    rows = _typed(form, session, wrong)
    wanted = _wanted(world, seen[("sessions", code)], rows, form, wrong)
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


def _typed(form: Entries, session: Session, wrong: Wrong) -> list[Typed]:
    length = Number(most=7 * 24 * 60)
    found = []
    for n, paper in enumerate(form.get("paper", [])):
        minutes = length.read("minutes", {"minutes": _nth(form, "minutes", n)}, mine := Wrong())
        if mine:
            wrong.say(f"minutes-{n}", mine["minutes"])
        found.append(Typed(paper, minutes or 0, _nth(form, "presenter", n)[0], _nth(form, "to", n)[0]))
    return found


def _nth(form: Entries, name: str, n: int) -> list[str]:
    return form.get(name, [])[n : n + 1] or [""]


def _wanted(world: World, session: Session, rows: list[Typed], form: Entries, wrong: Wrong) -> dict[Key, Value | None]:
    """The session, its papers, and the session to which one goes, as they are to be."""
    act, _colon, text = one(form, "do").partition(":")
    n = int(text) if text.isdecimal() and int(text) < len(rows) else -1
    wanted: dict[Key, Value | None] = {}
    for row in rows:
        if row.paper in world.look.papers:
            wanted["papers", row.paper] = _presented(world.look.papers[row.paper], row.presenter)
    other = {"up": n - 1, "down": n + 1}.get(act, -1)
    if n >= 0 and 0 <= other < len(rows):
        rows[n], rows[other] = rows[other], rows[n]
    if act in ("out", "table", "reserve", "to") and n >= 0:
        gone = rows.pop(n)
        wanted |= _elsewhere(world, session, gone, act, wanted, wrong)
    if act == "add":
        rows += _added(world, form, rows, wrong)
    turns = tuple(Turn(paper=row.paper, minutes=row.minutes) for row in rows)
    parts = _discussed(world, session, form, wrong)
    wanted["sessions", session.code] = msgspec.structs.replace(session, turns=turns, parts=parts)
    return wanted


def _presented(paper: Paper, presenter: str) -> Paper:
    """The paper with this presenter; "" names none, so that it is the first author."""
    named = [part.person for part in paper.parts if part.role is Role.PRESENTER]
    if presenter == SEVERAL or named == [presenter] or (not named and not presenter):
        return paper
    others = tuple(part for part in paper.parts if part.role is not Role.PRESENTER)
    added = (Part(person=presenter, role=Role.PRESENTER),) if presenter else ()
    return msgspec.structs.replace(paper, parts=others + added)


def _elsewhere(
    world: World, session: Session, gone: Typed, act: str, wanted: Things, wrong: Wrong
) -> dict[Key, Value | None]:
    """What becomes of a paper that is taken out, and of the session to which it goes."""
    paper = wanted.get(("papers", gone.paper))
    if act == "to":
        other = world.look.sessions.get(gone.to)
        if other is None or other.code == session.code:
            wrong.say("to", _("Choose the session to which the paper is to go."))
            return {}
        turn = Turn(paper=gone.paper, minutes=gone.minutes)
        return {("sessions", other.code): msgspec.structs.replace(other, turns=(*other.turns, turn))}
    status = {"table": PaperStatus.TABLED, "reserve": PaperStatus.RESERVE}.get(act)
    if status is None or not isinstance(paper, Paper):
        return {}
    return {("papers", paper.code): msgspec.structs.replace(paper, status=status)}


def _added(world: World, form: Entries, rows: Sequence[Typed], wrong: Wrong) -> list[Typed]:
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
        return [Typed(code, 0, SEVERAL, "")]
    return []


def _discussed(world: World, session: Session, form: Entries, wrong: Wrong) -> tuple[Part, ...]:
    """The session's people, with the discussant who was typed; several are left as they are."""
    now = [part for part in session.parts if part.role is Role.DISCUSSANT]
    if len(now) > 1 or "discussant" not in form:
        return session.parts
    text = one(form, "discussant").strip()
    code = world.somebody.read("discussant", form, wrong) if text else ""
    if not code and not text:
        return tuple(part for part in session.parts if part not in now)
    if now and now[0].person == code:
        return session.parts
    part = Part(person=code or "", role=Role.DISCUSSANT)
    return (*(other for other in session.parts if other not in now), part)


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
    given = _given(world, session)
    seen: dict[Key, Value | None] = {("sessions", session.code): session}
    seen |= {("papers", row.paper.code): row.paper for row in given}
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
        given=given,
        taken=sum(row.minutes for row in given),
        others=_others(world, session),
        waiting=_waiting(world, session),
        discussants=[part.person for part in session.parts if part.role is Role.DISCUSSANT],
        form=form or {},
        seen=one(form, "seen") if form else sheets.written(seen),
        wrong=wrong or {},
        mine=mine,
        labelled=labelled,
        several=SEVERAL,
        done=request.query_params.get("done", ""),
    )


def _given(world: World, session: Session) -> list[Given]:
    people = world.look.people
    found = []
    turns = [turn for turn in session.turns if turn.paper in world.look.papers]
    for turn, (paper, starts, minutes) in zip(turns, world.look.turns(session), strict=True):
        authors = dict.fromkeys(part.person for part in paper.parts)
        named = [part.person for part in paper.parts if part.role is Role.PRESENTER]
        presenter = SEVERAL if len(named) > 1 else next(iter(named), "")
        found.append(
            Given(turn, paper, starts, minutes, [people[code] for code in authors if code in people], presenter)
        )
    return found


def _others(world: World, session: Session) -> list[Session]:
    """The sessions to which a paper can go: those of the panel, else all that hold papers."""
    panel = [other for other in world.programme.sessions if session.panel and other.panel == session.panel]
    found = panel or [other for other in world.programme.sessions if other.turns]
    return [other for other in found if other.code != session.code]


def _waiting(world: World, session: Session) -> list[Paper]:
    """The panel's papers that are in no session."""
    held = world.look.sessions_of_paper
    return [paper for paper in world.look.panel_papers.get(session.panel, []) if paper.code not in held]
