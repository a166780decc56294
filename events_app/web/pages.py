"""What concerns no one event: the list of events, and what machines ask for."""

from __future__ import annotations

import hashlib
from datetime import date

from babel.dates import format_interval
from litestar import Request, Response
from litestar.datastructures import State

from .. import reading
from ..editing.accounts import Account
from ..language import current
from ..language import gettext as _
from ..programme.model import Event
from ..renditions.templating import render
from .conditional import has_it
from .legible import legible

ROBOTS = b"""User-agent: *
Disallow: /organise/
Disallow: /speak/
Disallow: /sign-in
Allow: /
"""

Asking = Request[None, None, State]


def page(template: str, *, status: int = 200, **context: object) -> Response[bytes]:
    """A page for one reader alone: nobody keeps it."""
    body = render(template, language="en", **context)
    if template.startswith("organiser/") and _only_looks(context.get("account"), context.get("event")):
        body = legible(body)
    return Response(body, status_code=status, media_type="text/html", headers={"cache-control": "no-store"})


def _only_looks(account: object, event: object) -> bool:
    return isinstance(account, Account) and isinstance(event, Event) and not account.organises(event.slug)


async def events(request: Asking) -> Response[bytes]:
    """All events that are published, the latest first."""
    shown = [line for line in await reading.events() if line.published is not None]
    body = render("public/events.html", language="en", events=shown, days=span_of_days)
    tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if has_it(request.scope["headers"], tag.encode(), None):
        return Response(b"", status_code=304, headers=headers, media_type="text/html")
    return Response(body, media_type="text/html", headers=headers)


def span_of_days(starts: date, ends: date) -> str:
    """`25–26 Mar 2028`"""
    language = "en_GB" if current() == "en" else current()
    span = format_interval(starts, ends, "yMMMd", locale=language)
    return str(span)


async def robots() -> Response[bytes]:
    return Response(ROBOTS, media_type="text/plain", headers={"cache-control": "max-age=3600"})


async def health() -> Response[bytes]:
    """200 when the database answers, else 503."""
    await reading.events()
    return Response(_("All is well.").encode(), media_type="text/plain", headers={"cache-control": "no-store"})
