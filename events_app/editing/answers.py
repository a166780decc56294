"""Whether people come: saying so, withdrawing a paper, and bringing it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from .. import reading
from ..language import gettext as _
from ..programme.model import Paper, PaperStatus
from ..programme.planning import Answer
from .desk import Desk, at_desk
from .errors import Problem
from .nouns import key, standing
from .undo import images

WITHDRAW = "withdraw"

LINES = 20
"""Of the log, looked through at a time."""


class NotWithdrawn(Problem):
    """The paper was not withdrawn by its authors, or not any more."""

    def __init__(self) -> None:
        super().__init__(_("Only what its authors have withdrawn can be brought back by them. Ask the organisers."))


async def answer(slug: str, said: Answer, by: str, *, at: datetime | None = None) -> None:
    """Notes whether somebody comes for something. Raises NotFound where that is not there."""
    async with at_desk(slug, by, "answer") as desk:
        await standing(desk, said.noun, said.code)
        await _note(desk, said, by, at)


async def withdraw(
    slug: str, paper: str, people: Iterable[str], by: str, *, reason: str = "", at: datetime | None = None
) -> None:
    """Withdraws a paper in the name of these of its people, with a reason that organisers see. It leaves the public
    programme with the next release. Raises NotFound."""
    async with at_desk(slug, by, WITHDRAW) as desk:
        present: Paper = await standing(desk, "papers", paper)
        await desk.lay("papers", paper, msgspec.structs.replace(present, status=PaperStatus.WITHDRAWN))
        for person in people:
            said = Answer(person=person, noun="papers", code=paper, comes=False, reason=reason)
            await _note(desk, said, by, at)


async def bring_back(slug: str, paper: str, by: str) -> None:
    """A withdrawn paper is again what it was before, if the last that happened to its status is that its authors
    withdrew it, and one of them still says so. Raises NotWithdrawn, and NotFound."""
    async with at_desk(slug, by, "resume") as desk:
        present: Paper = await standing(desk, "papers", paper)
        status, said = await _withdrawal(slug, paper)
        kept = [which for which in said if (answer := await desk.found("answers", which)) and not answer.value.comes]
        if present.status is not PaperStatus.WITHDRAWN or status is None or not kept:
            raise NotWithdrawn
        await desk.lay("papers", paper, msgspec.structs.replace(present, status=status))
        for which in kept:
            await desk.lay("answers", which, None)


async def _withdrawal(slug: str, paper: str) -> tuple[PaperStatus | None, list[str]]:
    """What a paper was before its status changed last, and the keys of the answers that came along with that; None if
    it came in by an import as it is."""
    below: int | None = None
    while lines := await reading.log_of(slug, noun="papers", code=paper, limit=LINES, below=below):
        for line in lines:
            before, after = images(line.before), images(line.after)
            was, then = (held.get("papers", {}).get(paper) for held in (before, after))
            if then and (was is None or was.value.status is not then.value.status):
                mine = [which for which, said in after.get("answers", {}).items() if said and said.value.code == paper]
                return was.value.status if was else None, mine
        below = lines[-1].revision
    return None, []


async def _note(desk: Desk, said: Answer, by: str, at: datetime | None) -> None:
    noted = msgspec.structs.replace(said, by=by, at=at or datetime.now(UTC))
    await desk.lay("answers", key("answers", noted, desk.slug), noted)
