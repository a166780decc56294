"""The drafts at which somebody is looking, each kept while it is the latest."""

from __future__ import annotations

from collections import OrderedDict

from ... import reading
from ...reading import Draft
from ..pages import Asking

KEPT = 4
"""Events whose draft a process keeps."""


class Drafts:
    """The last drafts that somebody looked at, by revision."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Draft] = OrderedDict()

    async def of(self, slug: str) -> Draft:
        """The event as it stands; raises NotFound."""
        kept = self._kept.get(slug)
        if kept is None or kept.revision != (await reading.event_row(slug))["revision"]:
            kept = self._kept[slug] = await reading.draft(slug)
        self._kept.move_to_end(slug)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return kept


def drafts(request: Asking) -> Drafts:
    found: Drafts = request.app.state.drafts
    return found
