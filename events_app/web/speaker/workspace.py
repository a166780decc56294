"""What all pages under `/speak/` share: who asks, what is theirs, and the frame around it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from urllib.parse import quote

from litestar import Response

from ...programme.lookup import Index, index, local
from ...programme.model import Event, Noun, Person, Programme
from ...programme.own import Own
from ...reading import Draft
from ...renditions.times import Times
from ..errors import NoSuchPage
from ..organiser.drafts import drafts
from ..pages import Asking, page
from ..rights import account


class Mine(NamedTuple):
    """An event as one who has a part in it sees it. `public` is what everybody sees; None before the first release.

    Times and rooms are told as they are public: what organisers are moving about in the draft is theirs.
    """

    draft: Draft
    own: Own
    public: Programme | None = None

    @property
    def event(self) -> Event:
        return self.draft.programme.event

    @property
    def look(self) -> Index:
        return index(self.draft.programme)

    @property
    def people(self) -> list[Person]:
        """They themselves."""
        return [self.look.people[code] for code in self.own.people]

    @property
    def today(self) -> date:
        """On the event's own clocks."""
        return local(self.event, datetime.now(UTC)).date()

    def noun(self, collection: str, code: str) -> Noun:
        """One of the things that `rights.may_speak` has let them have; raises NoSuchPage."""
        found: Noun | None = getattr(self.look, collection).get(code)
        if found is None:
            raise NoSuchPage
        return found


async def mine(request: Asking, slug: str) -> Mine:
    """What is theirs, for a route that is for `Who.SPEAKER`."""
    public = await request.app.state.outputs.published(slug)
    return Mine(await drafts(request).of(slug), request.scope["state"]["own"], public)


def show(request: Asking, template: str, mine: Mine, *, status: int = 200, **more: Any) -> Response[bytes]:
    return page(
        f"speaker/{template}.html",
        status=status,
        account=account(request),
        mine=mine,
        event=mine.event,
        programme=mine.draft.programme,
        planning=mine.draft.planning,
        look=mine.look,
        public=mine.public,
        times=Times(mine.event),
        at=at(mine.event),
        **more,
    )


def at(event: Event) -> str:
    """The address of an event's pages for speakers, without a slash at the end."""
    return f"/speak/{event.slug}"


def address(event: Event, collection: str, code: str, *more: str) -> str:
    return "/".join((at(event), collection, *(quote(part, safe="") for part in (code, *more))))
