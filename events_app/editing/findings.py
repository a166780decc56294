"""What organisers do about findings: accept one with a reason, take that back, mend what it is about."""

from __future__ import annotations

from datetime import UTC, datetime

from ..language import gettext as _
from ..programme.checks.finding import Finding
from ..programme.planning import Accepted
from ..programme.remedies import Remedy
from .desk import at_desk
from .errors import Conflict, NotFound
from .nouns import key


async def accept(slug: str, finding: Finding, reason: str, by: str, *, at: datetime | None = None) -> None:
    """The finding stays quiet from now on, as long as it is about the same things. Raises NotFound."""
    async with at_desk(slug, by, "accept") as desk:
        accepted = Accepted(
            finding=finding.key,
            reason=reason,
            sentence=finding.sentence,
            by=by,
            at=at or datetime.now(UTC).replace(microsecond=0),
        )
        await desk.lay("accepted", finding.key, accepted)


async def accept_no_more(slug: str, finding: str, by: str) -> None:
    """The finding with this key is told again. Raises NotFound."""
    async with at_desk(slug, by, "unaccept") as desk:
        if await desk.found("accepted", finding) is None:
            raise NotFound(_("This finding is not accepted, or not any more."))
        await desk.lay("accepted", finding, None)


async def mend(slug: str, remedy: Remedy, by: str) -> None:
    """Makes the changes of which a remedy consists, all or none; raises Conflict where one thing is not as it was."""
    async with at_desk(slug, by, "mend") as desk:
        for kind, before, after in remedy.changes:
            code = key(kind, before, slug)
            kept = await desk.found(kind, code)
            if kept is None or kept.value != before:
                raise Conflict(kind, code, kept and kept.value, after)
            await desk.lay(kind, code, after)
