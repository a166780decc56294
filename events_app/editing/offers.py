"""Showcases that come from outside: what a group without an account offers, and what hosts ask for besides a table."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from ..intake.codes import Codes
from ..language import gettext as _
from ..programme.model import Part, Role, Session, SessionKind, Showcase
from ..programme.planning import Needs, Offer, RequestState
from .desk import Desk, at_desk
from .errors import NotFound, Problem
from .hosts import RESERVED, host
from .nouns import standing

MOST_OPEN = 300
"""Offers that may wait for an organiser: more than any exhibition has tables, and few enough to be read."""

DEMONSTRATION = 30
"""Minutes of a demonstration whose hosts did not say how many."""

OUTSIDE = "somebody"
"""Who did it, for the log, where somebody without an account did."""


class NotOpen(Problem):
    """The event takes no offers now."""

    def __init__(self) -> None:
        super().__init__(_("This event takes no offers of showcases now."))


class Decided(Problem):
    """Somebody was faster: the offer has been taken or declined."""

    def __init__(self) -> None:
        super().__init__(_("This offer has been taken or declined already."))


async def offer(
    slug: str, name: str, email: str, showcase: Showcase, needs: Needs, *, at: datetime | None = None
) -> str:
    """Keeps what a group offers until an organiser decides, and answers its code. Nothing of it is public.

    `name` and `email` (in lower case) are of whoever offers it. The codes that `showcase` and `needs` bear count for
    nothing. What is offered a second time while it waits is kept once. Raises NotFound, and NotOpen where the event
    asks for none or too many wait already.
    """
    async with at_desk(slug, OUTSIDE, "offer") as desk:
        waiting = [kept.value for kept in (await desk.look_up("offers")).values() if _is_open(kept.value)]
        if not (await standing(desk, "rules", slug)).showcases_open or len(waiting) >= MOST_OPEN:
            raise NotOpen
        new = Offer(
            code=secrets.token_hex(6),
            name=name,
            email=email,
            showcase=showcase,
            needs=needs,
            at=at or datetime.now(UTC),
        )
        for known in waiting:
            if msgspec.structs.replace(new, code=known.code, at=known.at) == known:
                return str(known.code)
        await desk.lay("offers", new.code, new)
    return new.code


async def take_offer(slug: str, code: str, by: str) -> str:
    """Makes an offer a showcase, with whoever offered it as its host, and answers the showcase's code.

    Raises NotFound and Decided.
    """
    async with at_desk(slug, by, "take") as desk:
        offered = await _open(desk, code)
        person, contact = host(
            [kept.value for kept in (await desk.look_up("people")).values()],
            [kept.value for kept in (await desk.look_up("contacts")).values()],
            offered.name,
            offered.email,
        )
        show = await _accepted(desk, offered.showcase, person.code)
        await desk.lay("people", person.code, person)
        await desk.lay("contacts", person.code, contact)
        await desk.lay("showcases", show.code, show)
        await desk.lay("needs", show.code, msgspec.structs.replace(offered.needs, showcase=show.code))
        await desk.lay("offers", code, _decided(offered, RequestState.TAKEN, by, showcase=show))
    return show.code


async def decline_offer(slug: str, code: str, by: str, reason: str = "") -> None:
    """Lets an offer be, with the reason. Raises NotFound and Decided."""
    async with at_desk(slug, by, "decline") as desk:
        offered = await _open(desk, code)
        await desk.lay("offers", code, _decided(offered, RequestState.DECLINED, by, reason=reason))


async def demonstrate(slug: str, showcase: str, by: str) -> str:
    """A session, not placed yet, for the demonstration that a showcase's hosts ask for; answers its code.

    Where the showcase has one that is not placed, it is that one. Raises NotFound.
    """
    async with at_desk(slug, by, "demonstrate") as desk:
        show: Showcase = await standing(desk, "showcases", showcase)
        sessions = await desk.look_up("sessions")
        for kept in sessions.values():
            if kept.value.showcase == showcase and kept.value.starts is None and not kept.value.cancelled:
                return str(kept.value.code)
        needs = await desk.found("needs", showcase)
        session = Session(
            code=_code("sessions", sessions, f"{showcase}-demonstration"),
            title=show.title,
            kind=SessionKind.SHOWCASE,
            minutes=(needs and needs.value.demonstration_minutes) or DEMONSTRATION,
            showcase=showcase,
            abstract=show.summary,
            parts=tuple(part for part in show.parts if part.role is Role.HOST),
        )
        await desk.lay("sessions", session.code, session)
    return session.code


async def _open(desk: Desk, code: str) -> Offer:
    kept = await desk.found("offers", code)
    if kept is None:
        raise NotFound(_("There is no such offer."))
    offered: Offer = kept.value
    if not _is_open(offered):
        raise Decided
    return offered


async def _accepted(desk: Desk, offered: Showcase, host: str) -> Showcase:
    """With a code of its own, its host, and of the panels those that there still are."""
    panels = await desk.look_up("panels")
    taken = await desk.look_up("showcases")
    return msgspec.structs.replace(
        offered,
        code=_code("showcases", taken, offered.title),
        panels=tuple(code for code in offered.panels if code in panels),
        parts=(Part(person=host, role=Role.HOST),),
    )


def _code(noun: str, taken: Iterable[str], words: str) -> str:
    codes = Codes(noun)
    for code in (*taken, *RESERVED):
        codes.give(code)
    return codes.give("", words)


def _is_open(offered: Offer) -> bool:
    return offered.state is RequestState.OPEN


def _decided(
    offered: Offer, state: RequestState, by: str, *, reason: str = "", showcase: Showcase | None = None
) -> Offer:
    return msgspec.structs.replace(
        offered, state=state, reason=reason, decided_by=by, showcase=showcase or offered.showcase
    )
