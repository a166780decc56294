"""What waits for an organiser to decide it, out of the draft alone: every page of the workspace shows how much."""

from __future__ import annotations

from typing import NamedTuple

from ...programme.lookup import index
from ...programme.model import Session, Showcase
from ...programme.planning import Needs, RequestState
from ...reading import Draft


class Wish(NamedTuple):
    """A demonstration that a showcase's hosts ask for, and the sessions that it has."""

    showcase: Showcase
    needs: Needs
    sessions: list[Session]


def waiting(draft: Draft) -> dict[str, int]:
    """How much nobody has decided yet, by the page on which it is decided."""
    return {"requests": _requests(draft), "offers/": _offers(draft)}


def wished(draft: Draft) -> list[Wish]:
    """Every demonstration that hosts ask for, in the order of the showcases."""
    needs = {need.showcase: need for need in draft.planning.needs if need.demonstration or need.demonstration_minutes}
    if not needs:
        return []
    shows = index(draft.programme).showcases
    sessions = [session for session in draft.programme.sessions if session.showcase and not session.cancelled]
    return [
        Wish(show, needs[code], [session for session in sessions if session.showcase == code])
        for code, show in shows.items()
        if code in needs
    ]


def _requests(draft: Draft) -> int:
    return sum(asked.state is RequestState.OPEN for asked in draft.planning.requests)


def _offers(draft: Draft) -> int:
    """Showcases that were offered, and demonstrations."""
    offered = sum(offer.state is RequestState.OPEN for offer in draft.planning.offers)
    return offered + sum(not wish.sessions for wish in wished(draft))
