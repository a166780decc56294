"""The drafts at which somebody is looking, each kept while it is the latest."""

from __future__ import annotations

from collections import OrderedDict
from functools import cached_property

from ... import reading
from ...editing.following import latest
from ...programme.checks.finding import Case, Finding
from ...programme.clashes import findings
from ...reading import Draft
from ..pages import Asking

KEPT = 4
"""Events whose draft a process keeps."""


class Looked:
    """A draft, with what has been found out about it."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.case = Case(draft.programme, draft.planning)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return findings(self.draft.programme, self.draft.planning)


class Drafts:
    """The last drafts that somebody looked at."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Looked] = OrderedDict()

    async def of(self, slug: str) -> Draft:
        """The event as it stands; raises NotFound."""
        return (await self.looked(slug)).draft

    async def looked(self, slug: str) -> Looked:
        """The same, with what others have found out about it already."""
        kept = self._kept.get(slug)
        draft = await (latest(kept.draft) if kept else reading.draft(slug))
        if kept is None or kept.draft is not draft:
            kept = self._kept[slug] = Looked(draft)
        self._kept.move_to_end(slug)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return kept


def drafts(request: Asking) -> Drafts:
    found: Drafts = request.app.state.drafts
    return found
