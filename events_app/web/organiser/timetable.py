"""The timetable editor: a day as a board, a session's own page, and the verbs of both.

Every verb is a form. Who asks for JSON gets what has changed since the revision that they name; others are led back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Response
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from ... import editing, reading
from ...editing import Conflict, NotFound
from ...editing.steps import steps
from ...editing.timetable import LONGEST
from ...editing.undo import undo
from ...language import gettext as _
from ...programme.grid import grid
from ...programme.lookup import day_of, index
from ...programme.model import Programme, Session
from ...programme.placing import Hindrance, Position, free_slots, hindrances, on_another_day, position
from ...renditions import Site
from ...renditions.timetable import rows
from ...renditions.view import View
from ..build import build
from ..conditional import header
from ..pages import Asking, page
from ..rights import account
from . import board, positions, slots
from .drafts import Looked, drafts
from .navigation import entries
from .words import words

STARTS, ROOMS = 10, 3
"""So many starts are offered on a session's page, each in so many rooms."""

BEHIND = 500
"""Revisions: who has not asked for so long gets the page anew."""


async def day(request: Asking, event: FromPath[str]) -> Response[bytes]:
    """The board of one day; without a day the first."""
    looked = await _looked(request, event)
    chosen = _day(looked.draft.programme, request.query_params.get("day", ""))
    me = account(request).email
    rooms = board.chosen_rooms(looked.draft.programme, chosen, request.query_params.get("rooms", ""))
    shown = await asyncio.to_thread(board.board, looked, chosen, me, await steps(event, me), words(), rooms)
    data = msgspec.json.encode(shown).decode().replace("<", "\\u003c").replace("&", "\\u0026")
    return _page(
        request,
        "day",
        looked,
        day=chosen,
        board=shown,
        data=data,
        grid=(table := grid(looked.draft.programme, chosen)),
        rows=rows(table),
        rooms_asked=rooms.asked,
        room_choices=board.room_choices(looked.draft.programme),
        done=request.query_params.get("done", ""),
    )


async def session(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[bytes]:
    """One session's place, with forms that change it."""
    looked = await _looked(request, event)
    found = _session(looked, code)
    chosen = _day(looked.draft.programme, request.query_params.get("day", ""), found)
    free, wrong = await asyncio.to_thread(_found_out, looked, found, chosen)
    return _page(
        request,
        "session",
        looked,
        session=found,
        day=chosen,
        slots=free,
        wrong=wrong,
        others=[s for s in index(looked.draft.programme).placed if s.code != code],
        panel=index(looked.draft.programme).panels.get(found.panel),
    )


async def slot(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[Any]:
    """Places, moves, stretches, or returns to the tray."""
    looked = await _looked(request, event)
    found = _session(looked, code)
    form = await request.form()
    wanted = slots.wanted(looked.draft.programme, found, form)
    by = account(request).email

    async def place() -> None:
        await editing.place(event, code, wanted.starts, wanted.room, by, minutes=wanted.minutes, seen=slots.seen(form))

    return await _done(request, event, form, place, day=_day_of(looked, wanted, found))


async def to_day(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[Any]:
    """To another day, at the same time in the same room if nothing forbids that; else to the tray, and says why."""
    looked = await _looked(request, event)
    found = _session(looked, code)
    form = await request.form()
    chosen = _day(looked.draft.programme, str(form.get("day", "")), found)
    wanted, hindrance = await asyncio.to_thread(on_another_day, looked.case, found, chosen)
    by = account(request).email

    async def place() -> None:
        await editing.place(event, code, wanted.starts, wanted.room, by, minutes=wanted.minutes, seen=slots.seen(form))

    said = board.moved(looked.draft.programme, found, chosen, wanted, hindrance)
    return await _done(request, event, form, place, day=chosen.isoformat(), said=said)


async def swap(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[Any]:
    looked = await _looked(request, event)
    found = _session(looked, code)
    form = await request.form()
    other = _session(looked, str(form.get("other", "")))
    by = account(request).email

    async def change_places() -> None:
        await editing.swap(event, code, other.code, by, seen=(slots.seen(form), slots.seen(form, "other_seen")))

    return await _done(request, event, form, change_places, day=_day_of(looked, position(other), found))


async def move(request: Asking, event: FromPath[str]) -> Response[Any]:
    """A panel's sessions, or a day's, together."""
    looked = await _looked(request, event)
    form = await request.form()
    minutes = slots.number(form, "minutes", -10080, 10080, 0)
    panel, on, room = (str(form.get(name, "")) for name in ("panel", "day", "room"))
    by = account(request).email
    seen = slots.number(form, "since", 0, 2**62, looked.draft.revision)

    async def together() -> None:
        await editing.move_together(event, by, panel=panel, day=on, minutes=minutes, room=room, seen=seen)

    return await _done(request, event, form, together, day=str(form.get("back", "") or on))


async def split(request: Asking, event: FromPath[str]) -> Response[Any]:
    """A panel's papers that are in no session yet, into sessions."""
    form = await request.form()
    by = account(request).email
    each, minutes = slots.number(form, "each", 1, 100, 4), slots.number(form, "minutes", 1, 10080, 90)

    async def make() -> None:
        await editing.split(event, str(form.get("panel", "")), by, each=each, minutes=minutes)

    return await _done(request, event, form, make, day=str(form.get("back", "")))


async def take_back(request: Asking, event: FromPath[str]) -> Response[Any]:
    """One's own last step."""
    form = await request.form()
    by = account(request).email

    async def back() -> None:
        if line := (await steps(event, by)).undo:
            await undo(event, line.id, by)

    return await _done(request, event, form, back, day=str(form.get("back", "")))


async def do_again(request: Asking, event: FromPath[str]) -> Response[Any]:
    """What one took back last."""
    form = await request.form()
    by = account(request).email

    async def again() -> None:
        if line := (await steps(event, by)).redo:
            await undo(event, line.id, by, what="redo")

    return await _done(request, event, form, again, day=str(form.get("back", "")))


async def clashes(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[bytes]:
    """Where on a day a session would clash, and why."""
    looked = await _looked(request, event)
    found = _session(looked, code)
    if length := slots.number(request.query_params, "minutes", 1, LONGEST, 0):
        found = msgspec.structs.replace(found, minutes=length)
    chosen = _day(looked.draft.programme, request.query_params.get("day", ""), found)
    wrong = await asyncio.to_thread(hindrances, looked.case, found, chosen)
    return _json(board.marks(wrong, len(looked.draft.programme.rooms)))


async def changes(request: Asking, event: FromPath[str]) -> Response[bytes]:
    """What has changed since a revision; 204: nothing."""
    since = slots.number(request.query_params, "since", 0, 2**62, 0)
    if (await reading.event_row(event))["revision"] <= since:
        return Response(b"", status_code=204, headers={"cache-control": "no-store"}, media_type="text/plain")
    return await _news(request, event, since)


async def _done(
    request: Asking, slug: str, form: FormMultiDict, verb: Callable[[], Awaitable[None]], *, day: str, said: str = ""
) -> Response[Any]:
    """Does it, and says what has changed; where somebody was faster, says both and offers to do it all the same."""
    try:
        await verb()
    except Conflict as conflict:
        if conflict.noun != "sessions" or not isinstance(conflict.wanted, Session):
            raise
        return await _refused(request, slug, form, conflict)
    if not _wants_json(request):
        query = f"?day={quote(day)}" if day else "?"
        return Redirect(f"/organise/{quote(slug)}/timetable{query}&done=1", status_code=HTTP_303_SEE_OTHER)
    return await _news(request, slug, slots.number(form, "since", 0, 2**62, 0), said)


async def _news(request: Asking, slug: str, since: int, said: str = "") -> Response[bytes]:
    looked = await _looked(request, slug)
    if looked.draft.revision - since > BEHIND:
        return _json(board.News(revision=looked.draft.revision, findings=[], reload=True))
    lines = await reading.log_since(slug, since)
    own = await steps(slug, account(request).email)
    return _json(await asyncio.to_thread(board.news, looked, lines, own, said))


async def _refused(request: Asking, slug: str, form: FormMultiDict, conflict: Conflict) -> Response[bytes]:
    looked = await _looked(request, slug)
    programme = looked.draft.programme
    present = _where(programme, conflict.present)
    told = {
        "code": conflict.code,
        "title": conflict.wanted.title,
        "sentence": str(conflict),
        "present": present,
        "wanted": _where(programme, conflict.wanted),
        "seen": positions.written(position(conflict.present)) if conflict.present else "",
        "slot": positions.written(position(conflict.wanted)),
        "who": next((line.who for line in await reading.log(slug, 20) if _touches(line, conflict.code)), ""),
    }
    if _wants_json(request):
        return _json(told, 409)
    action = request.scope["state"]["address"]
    again = [(name, str(value)) for name, value in form.multi_items() if name not in ("seen", "other_seen", "since")]
    if action.endswith(("/undos", "/redos")):  # what cannot be taken back any more can still be put there
        action, again = f"/organise/{slug}/timetable/{conflict.code}/slot", [("slot", told["slot"])]
    return _page(request, "conflict", looked, status=409, told=told, again=again, action=action)


def _touches(line: reading.LogLine, code: str) -> bool:
    return line.code == code or f'"{code}"' in line.after


def _where(programme: Programme, found: Session | None) -> str:
    return positions.spoken(programme, position(found)) if found else _("not there any more")


def _found_out(looked: Looked, found: Session, day: date) -> tuple[dict[datetime, list[Position]], list[Hindrance]]:
    """Free slots on that day, and what is wrong with where it stands."""
    offered = _offered(free_slots(looked.case, found, day), found)
    if not found.starts:
        return offered, []
    on = day_of(looked.draft.programme.event, found.starts)
    wrong = hindrances(looked.case, found, on)
    return offered, [hindrance for hindrance in wrong if hindrance.hinders(found.starts, found.room)]


def _offered(free: Iterable[Position], found: Session) -> dict[datetime, list[Position]]:
    """By start, from its own on; if that leaves few, from the day's beginning."""
    by_start: dict[datetime, list[Position]] = {}
    for slot in free:
        if slot.starts and (slot.starts, slot.room) != (found.starts, found.room):
            by_start.setdefault(slot.starts, []).append(slot)
    starts = sorted(by_start, key=lambda starts: (bool(found.starts and starts < found.starts), starts))
    return {starts: by_start[starts][:ROOMS] for starts in sorted(starts[:STARTS])}


def _session(looked: Looked, code: str) -> Session:
    found = index(looked.draft.programme).sessions.get(code)
    if found is None:
        raise NotFound(_("There is no session {code}.").format(code=code))
    return found


def _day(programme: Programme, text: str, found: Session | None = None) -> date:
    """The day that is asked for, else the session's, else the first."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        if found and found.starts:
            return day_of(programme.event, found.starts)
        return programme.event.starts


def _day_of(looked: Looked, where: Position, found: Session) -> str:
    starts = where.starts or found.starts
    return day_of(looked.draft.programme.event, starts).isoformat() if starts else ""


def _wants_json(request: Asking) -> bool:
    return b"json" in header(request.scope["headers"], b"accept")


def _json(value: object, status: int = 200) -> Response[bytes]:
    return Response(
        msgspec.json.encode(value),
        status_code=status,
        media_type="application/json",
        headers={"cache-control": "no-store"},
    )


async def _looked(request: Asking, slug: str) -> Looked:
    return await drafts(request).looked(slug)


def _page(request: Asking, template: str, looked: Looked, *, status: int = 200, **more: object) -> Response[bytes]:
    programme = looked.draft.programme
    view = View(programme, Site(base=request.app.state.settings.base, build=build()))
    event = programme.event
    return page(
        f"organiser/timetable/{template}.html",
        status=status,
        account=account(request),
        event=event,
        programme=programme,
        draft=looked.draft,
        view=view,
        look=view.look,
        times=view.times,
        at=f"/organise/{event.slug}/timetable",
        workspace=entries(looked.draft, request.scope["state"]["address"]),
        written=positions.written,
        position=position,
        spoken=positions.spoken,
        **more,
    )
