"""Everything that is theirs in one place."""

from __future__ import annotations

from typing import Any

from litestar import Response
from litestar.params import FromPath

from ... import reading
from ..organiser.workspace import to
from ..pages import Asking, page, span_of_days
from ..rights import account
from .workspace import mine as theirs
from .workspace import show


async def mine(request: Asking) -> Response[Any]:
    """The events in which they have a part; where it is one, that one."""
    who = account(request)
    events = [line for line in await reading.events_of(who.email) if who.only in ("", line.slug)]
    if len(events) == 1:
        return to(f"/speak/{events[0].slug}/")
    return page("speaker/events.html", account=who, events=events, days=span_of_days)


async def event(request: Asking, event: FromPath[str]) -> Response[bytes]:
    return show(request, "overview", await theirs(request, event))
