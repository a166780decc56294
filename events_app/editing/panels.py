"""What a panel's chairs arrange: the turns of its papers, who presents and discusses, and what it answers."""

from __future__ import annotations

from datetime import datetime

import msgspec

from ..language import gettext as _
from ..programme.model import Paper, PaperStatus, Part, Reply, Role, Session, Showcase, Value
from .corrections import Outcome, correct
from .errors import Problem
from .together import Things


class NotOfThePanel(Problem):
    """Chairs arrange the papers of their own panel, within the sessions that organisers have given it."""

    def __init__(self) -> None:
        super().__init__(
            _("That is not your panel's to change: chairs arrange its own papers within its own sessions.")
        )


async def arrange(
    slug: str, panel: str, wanted: Things, by: str, *, seen: Things, at: datetime | None = None
) -> Outcome:
    """Lays down the order of a panel's papers, their minutes, status and presenters, and the sessions' discussants.

    `seen` is what its author had before them, and holds every paper that gets a turn. Raises NotOfThePanel where
    anything else would change, Conflict and Dangling. Who presents is public at once; the rest with the next version.
    """
    for which, value in wanted.items():
        if not _may(panel, which, seen.get(which), value, seen):
            raise NotOfThePanel
    newcomers = {which: None for which in wanted if which[0] == "people"}
    return await correct(slug, wanted, by, seen={**seen, **newcomers}, at=at)


async def reply(slug: str, panel: str, before: Showcase, text: str, by: str, *, at: datetime | None = None) -> Outcome:
    """Answers a showcase that has something to say to the panel; an empty text takes the answer away.

    `before` is the showcase as it was when this was asked. Raises NotOfThePanel where it says nothing to the panel, and
    Conflict.
    """
    if panel not in before.panels:
        raise NotOfThePanel
    which = ("showcases", before.code)
    after = msgspec.structs.replace(before, replies=_replies(before.replies, panel, text))
    return await correct(slug, {which: after}, by, seen={which: before}, at=at)


def _replies(replies: tuple[Reply, ...], panel: str, text: str) -> tuple[Reply, ...]:
    """One of each panel, each where it stood."""
    mine = (Reply(panel=panel, text=text),) if text else ()
    at = next((n for n, reply in enumerate(replies) if reply.panel == panel), len(replies))
    return (*replies[:at], *mine, *(reply for reply in replies[at:] if reply.panel != panel))


def _may(panel: str, which: tuple[str, str], before: Value | None, after: Value | None, seen: Things) -> bool:
    match which[0], before, after:
        case "sessions", Session(), Session():
            return before.panel == panel and _may_arrange(panel, before, after, seen)
        case "papers", Paper(), Paper():
            return before.panel == panel and _may_present(before, after)
        case "people", None, _:
            return after is not None
        case _:
            return False


def _may_arrange(panel: str, before: Session, after: Session, seen: Things) -> bool:
    """Turns of the panel's own papers, and who discusses; never when and where."""
    had = {turn.paper for turn in before.turns}
    came = (seen.get(("papers", turn.paper)) for turn in after.turns if turn.paper not in had)
    same = msgspec.structs.replace(after, turns=before.turns, parts=before.parts) == before
    ours = all(isinstance(paper, Paper) and paper.panel == panel for paper in came)
    return same and ours and _but(before.parts, Role.DISCUSSANT) == _but(after.parts, Role.DISCUSSANT)


def _may_present(before: Paper, after: Paper) -> bool:
    """Who of its people presents; and whether it is accepted, tabled or in reserve. Withdrawing is its authors'."""
    people = {part.person for part in before.parts}
    same = msgspec.structs.replace(after, status=before.status, parts=before.parts) == before
    theirs = after.status == before.status or PaperStatus.WITHDRAWN not in (before.status, after.status)
    named = all(part.person in people for part in after.parts)
    return same and theirs and named and _but(before.parts, Role.PRESENTER) == _but(after.parts, Role.PRESENTER)


def _but(parts: tuple[Part, ...], role: Role) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.role is not role)
