"""The places of showcases on the floors: all of a floor in one form, doubles marked."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

import msgspec
from litestar import Response
from litestar.params import FromPath

from ...editing import Conflict, Problem
from ...editing.together import put_together
from ...language import gettext as _
from ...programme.model import Room, RoomKind, Showcase, Value
from ...reading import Draft
from ..forms import Entries, Wrong
from ..forms.inputs import Line
from ..pages import Asking
from ..rights import account
from .columns import natural
from .workspace import at, draft_of, one, show, to, typed

Key = tuple[str, str]


class Floor(NamedTuple):
    """A floor with its showcases in the order of their places. `room` None: those that are on none yet."""

    room: Room | None
    shows: list[Showcase]
    doubles: frozenset[str]


async def index(request: Asking, event: FromPath[str]) -> Response[bytes]:
    return _page(request, await draft_of(request, event))


async def save(request: Asking, event: FromPath[str]) -> Response[Any]:
    """Gives all showcases of the form their floors and places, or none of them."""
    draft = await draft_of(request, event)
    form = await typed(request)
    wanted, seen, wrong = _read(draft, form)
    if not wrong and wanted:
        try:
            await put_together(event, wanted, account(request).email, seen=seen)
        except Conflict as conflict:
            wrong.say(f"place-{conflict.code}", _changed(conflict))
            return _page(request, await draft_of(request, event), form, wrong, status=409)
        except Problem as problem:
            wrong.say("", str(problem))
    if wrong:
        return _page(request, await draft_of(request, event), form, wrong)
    return to(f"{at(draft.programme.event)}/places?done=saved")


def _read(draft: Draft, form: Entries) -> tuple[dict[Key, Value | None], dict[Key, Value | None], Wrong]:
    """What is to stand there, and what its author saw: of each showcase whose place or floor was typed over."""
    wanted: dict[Key, Value | None] = {}
    seen: dict[Key, Value | None] = {}
    wrong, rooms = Wrong(), {room.code for room in draft.programme.rooms}
    place = Line(most=60)
    for showcase in draft.programme.showcases:
        if f"place-{showcase.code}" not in form:
            continue
        was = msgspec.structs.replace(
            showcase, place=one(form, f"was-place-{showcase.code}"), floor=one(form, f"was-floor-{showcase.code}")
        )
        text = place.read(f"place-{showcase.code}", form, wrong)
        floor = one(form, f"floor-{showcase.code}")
        if floor and floor not in rooms:
            wrong.say(f"place-{showcase.code}", _("That floor is not there any more."))
        if (text, floor) != (was.place, was.floor):
            seen["showcases", showcase.code] = was
            wanted["showcases", showcase.code] = msgspec.structs.replace(showcase, place=text or "", floor=floor)
    return wanted, seen, wrong


def _changed(conflict: Conflict) -> str:
    if not isinstance(conflict.present, Showcase):
        return _("It is not there any more.")
    place = conflict.present.place or _("(empty)")
    return _("Somebody else has changed this meanwhile. It is now: {place}").format(place=place)


def _page(
    request: Asking, draft: Draft, form: Entries | None = None, wrong: Wrong | None = None, status: int = 422
) -> Response[bytes]:
    return show(
        request,
        "showcases/places",
        draft,
        status=status if wrong else 200,
        floors=_floors(draft),
        rooms=[room for room in draft.programme.rooms if room.kind is RoomKind.FLOOR] or list(draft.programme.rooms),
        form=form or {},
        wrong=wrong or {},
        done=request.query_params.get("done", ""),
    )


def _floors(draft: Draft) -> list[Floor]:
    """Each floor that holds showcases, as the rooms are listed, and last what is on none."""
    held: dict[str, list[Showcase]] = {}
    for showcase in sorted(draft.programme.showcases, key=lambda show: natural(show.place)):
        held.setdefault(showcase.floor, []).append(showcase)
    rooms: list[Room | None] = [room for room in draft.programme.rooms if room.code in held]
    return [_floor(room, held[room.code if room else ""]) for room in [*rooms, *[None] * ("" in held)]]


def _floor(room: Room | None, shows: list[Showcase]) -> Floor:
    counted = Counter(_plain(showcase.place) for showcase in shows if showcase.place)
    doubles = {showcase.code for showcase in shows if counted[_plain(showcase.place)] > 1}
    return Floor(room, shows, frozenset(doubles) if room else frozenset())


def _plain(place: str) -> str:
    return " ".join(place.casefold().split())
