"""What all pages of lists and forms share: the draft as it stands, and the frame around them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from litestar import Response
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from ...language import gettext as _
from ...programme.lookup import index
from ...programme.model import COLLECTIONS, Event, Noun
from ...reading import Draft, NotFound
from ...renditions.times import Times
from .. import forms
from ..errors import NoSuchPage, Unreadable
from ..forms import Entries
from ..pages import Asking, page
from ..rights import account
from .drafts import drafts
from .navigation import entries


async def draft_of(request: Asking, slug: str, collection: str = "") -> Draft:
    """The event as it stands; raises NoSuchPage for a collection that there is not, and NotFound."""
    if collection and collection not in COLLECTIONS:
        raise NoSuchPage
    return await drafts(request).of(slug)


def noun_of(draft: Draft, collection: str, code: str) -> Noun:
    """Raises NotFound."""
    found: Noun | None = getattr(index(draft.programme), collection).get(code)
    if found is None:
        raise NotFound(_("“{code}” is not there, or not any more.").format(code=code))
    return found


async def typed(request: Asking) -> Entries:
    """What a form sends; raises Unreadable."""
    try:
        return forms.parse(await request.body())
    except ValueError:
        raise Unreadable(_("What was sent is no form.")) from None


def one(entries: Entries, name: str) -> str:
    return entries.get(name, [""])[0]


def show(request: Asking, template: str, draft: Draft, *, status: int = 200, **more: Any) -> Response[bytes]:
    event = draft.programme.event
    return page(
        f"organiser/{template}.html",
        status=status,
        account=account(request),
        event=event,
        programme=draft.programme,
        look=index(draft.programme),
        times=Times(event),
        at=at(event),
        workspace=entries(draft, request.scope["state"]["address"]),
        **more,
    )


def at(event: Event) -> str:
    """The address of an event's workspace, without a slash at the end."""
    return f"/organise/{event.slug}"


def address(event: Event, collection: str, code: str = "", *more: str) -> str:
    """Of one thing, or without a code of the list."""
    return "/".join((at(event), collection, *(quote(part, safe="") for part in (code, *more))))


def to(path: str) -> Response[Any]:
    return Redirect(path, status_code=HTTP_303_SEE_OTHER, headers={"cache-control": "no-store"})


def title_of(noun: Noun) -> str:
    """What a noun is called."""
    return str(getattr(noun, "title", "") or getattr(noun, "name", ""))


def collection_names() -> dict[str, str]:
    return {
        "sessions": _("Sessions"),
        "papers": _("Papers"),
        "panels": _("Panels"),
        "people": _("People"),
        "rooms": _("Rooms"),
        "tracks": _("Tracks"),
        "showcases": _("Showcases"),
    }
