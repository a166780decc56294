"""Deciding what people asked for because it is locked: making the change, or leaving things as they are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from .. import reading
from ..language import gettext as _
from ..programme.locks import value_of, with_value
from ..programme.model import Part
from ..programme.planning import Request, RequestState
from .corrections import publish_words
from .desk import Desk, at_desk
from .errors import Conflict, NotFound
from .nouns import standing
from .together import HOLDERS


async def take_request(slug: str, code: str, by: str, *, seen: str = "", at: datetime | None = None) -> None:
    """Makes the change that somebody asked for. Raises NotFound, also where it is decided already.

    `seen` is what whoever decides saw in the field, as JSON. Raises Conflict where by now it is neither that nor what
    it was when the change was asked for.
    """
    moment = at or datetime.now(UTC).replace(microsecond=0)
    async with at_desk(slug, by, "correct") as desk:
        request = await _open(desk, code)
        thing = await standing(desk, request.noun, request.thing)
        if value_of(thing, request.field) not in (request.was, request.wanted, seen):
            wanted = with_value(thing, request.field, request.wanted)
            raise Conflict(request.noun, request.thing, thing, wanted)
        await desk.lay(request.noun, request.thing, with_value(thing, request.field, request.wanted))
        await desk.lay("requests", code, _decided(request, RequestState.TAKEN, by))
        await publish_words(desk, by, moment)


async def decline_request(slug: str, code: str, by: str, reason: str = "") -> None:
    """Leaves things as they are, with the reason. Who was entered only because this names them goes again, with their
    address. Raises NotFound, also where it is decided already."""
    async with at_desk(slug, by, "decline") as desk:
        request = await _open(desk, code)
        await desk.lay("requests", code, _decided(request, RequestState.DECLINED, by, reason))
        for person in await _entered_for(desk, request):
            await desk.clear("people", person)


async def _open(desk: Desk, code: str) -> Request:
    request: Request = await standing(desk, "requests", code)
    if request.state is not RequestState.OPEN:
        raise NotFound(_("This request has been decided already."))
    return request


async def _entered_for(desk: Desk, request: Request) -> set[str]:
    """Those who were entered along with a request, whether it names them still or not, and are needed for nothing else
    by now."""
    entered: set[str] = set()
    for line in await reading.log_of(desk.slug, noun="requests", code=request.code):
        before = msgspec.json.decode(line.before, type=dict[str, dict[str, Any]])
        entered |= {code for code, person in before.get("people", {}).items() if person is None}
    if not entered:
        return set()
    for other in (await desk.look_up("requests")).values():
        if other.value.code != request.code and other.value.state is RequestState.OPEN:
            entered -= _named(other.value)
    for kind in HOLDERS:
        for kept in (await desk.look_up(kind)).values():
            entered -= {part.person for part in kept.value.parts}
    return entered & (await desk.look_up("people", entered)).keys()


def _named(request: Request) -> set[str]:
    """The people whom a request wants in its field."""
    if request.field == "title":
        return set()
    return {part.person for part in msgspec.json.decode(request.wanted, type=tuple[Part, ...])}


def _decided(request: Request, state: RequestState, by: str, reason: str = "") -> Request:
    return msgspec.structs.replace(request, state=state, decided_by=by, reason=reason)
