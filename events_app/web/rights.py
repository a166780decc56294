"""Who may do what: each route says whom it is for, and this is where they are asked who they are."""

from __future__ import annotations

import re
from enum import Enum
from typing import Any

from litestar.connection import ASGIConnection, Request
from litestar.handlers import BaseRouteHandler

from ..editing import accounts
from ..editing.accounts import Account, Right
from ..editing.limits import wait_before
from ..programme.own import Own, own, people_of
from ..reading import NotFound
from ..settings import Settings
from .errors import NotYours, SignInNeeded, TooManySaves
from .forms import parse

Connection = ASGIConnection[Any, Any, Any, Any]

SIGNED_IN_FOR = int(accounts.SIGNED_IN_FOR.total_seconds())

LOOKING = frozenset({"GET", "HEAD"})
"""What changes nothing."""

SAVES_AN_HOUR = 200
"""How often somebody may change what is theirs: each time is work, lines in the log, and often a publication. A chair
who puts a large panel in order stays far below."""

ONLY_SHOWN = frozenset({"preview", "edit"})
"""Buttons of a form (`do`) that have it shown and not saved, where its route says that it has such."""

_OWN_THING = re.compile(r"/speak/[^/]+/([^/]+)/([^/]+)(?:/.*)?")

OWNED = {
    "people": ("people",),
    "sessions": ("sessions",),
    "papers": ("papers", "arranged_papers"),
    "panels": ("panels",),
    "showcases": ("showcases",),
}
"""By collection, where in `Own` stands what somebody may open."""


class Who(Enum):
    """Whom a route is for."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"
    ANY_ORGANISER = "organiser of any event"
    SPEAKER = "somebody whose address the organisers of the event keep; see `may_speak`"
    ORGANISER = "organiser of the event in the address; see `may` for who else"


async def admit(connection: Connection, handler: BaseRouteHandler) -> None:
    """Lets in whom the route is for; raises SignInNeeded and NotYours. A route that names nobody lets nobody in."""
    who = handler.opt["who"]
    if who is Who.ANYONE:
        return
    account = await signed_in(connection)
    if account is None:
        raise SignInNeeded(await _typed(connection, handler) if who is Who.SPEAKER else ())
    if who is Who.ANY_ORGANISER and Right.ORGANISER not in account.rights.values():
        raise NotYours
    if who is Who.ORGANISER:
        _admit(account, connection)
    if who is Who.SPEAKER:
        connection.scope["state"]["own"] = await _own(account, connection)
        await _count(account, connection, handler)
    connection.scope["state"]["account"] = account


async def _count(account: Account, connection: Connection, handler: BaseRouteHandler) -> None:
    """Counts what is not only looked at; raises TooManySaves with what was typed."""
    if connection.scope["method"] in LOOKING:  # type: ignore[typeddict-item]
        return
    typed = await _typed(connection, handler)
    if handler.opt["shows"] and dict(reversed(typed)).get("do") in ONLY_SHOWN:
        return
    if seconds := await wait_before(f"saves {account.email}", times=SAVES_AN_HOUR, seconds=3600):
        raise TooManySaves(seconds, typed)


async def _typed(connection: Connection, handler: BaseRouteHandler) -> list[tuple[str, str]]:
    """What stands in a form that was sent, but for files: who writes to a page of their own has signed in before, and
    should lose nothing if that has ended meanwhile."""
    kind = connection.headers.get("content-type", "").partition(";")[0]
    if not isinstance(connection, Request) or kind != "application/x-www-form-urlencoded" or handler.opt["files"]:
        return []
    try:
        form = parse(await connection.body())
    except ValueError:
        return []
    return [(name, text) for name, texts in form.items() for text in texts]


def _admit(account: Account, connection: Connection) -> None:
    slug = connection.path_params["event"]
    if not may(account.rights.get(slug), connection.scope["method"]):  # type: ignore[typeddict-item]
        raise NotYours


async def _own(account: Account, connection: Connection) -> Own:
    slug = connection.path_params["event"]
    if account.only not in ("", slug):
        raise NotYours
    try:
        draft = await connection.app.state.drafts.of(slug)
    except NotFound:
        raise NotYours from None  # whether there is such an event is not told
    theirs = own(draft.programme, people_of(draft.planning, account.email))
    if not may_speak(theirs, connection.scope["path"]):
        raise NotYours
    return theirs


def may_speak(own: Own, address: str) -> bool:
    """Whether somebody may open and change this under `/speak/{event}/`: what is theirs, and what stands above it.

    A panel's chairs have its sessions and papers with it.
    """
    if not own.people:
        return False
    thing = _OWN_THING.fullmatch(address)
    if thing is None or thing[1] not in OWNED:
        return True
    return any(thing[2] in getattr(own, name) for name in OWNED[thing[1]])


def may(right: Right | None, method: str) -> bool:
    """Whether somebody may do this in an event's workspace: an organiser everything, a helper look at everything.

    Chairs, speakers and hosts have their own pages under `/speak/`: see `may_speak`.
    """
    return right is Right.ORGANISER or (right is Right.HELPER and method in LOOKING)


async def signed_in(connection: Connection) -> Account | None:
    token = connection.cookies.get(cookie(connection.app.state.settings))
    return await accounts.signed_in(token) if token else None


def account(connection: Connection) -> Account:
    """Whoever was admitted."""
    admitted: Account = connection.scope["state"]["account"]
    return admitted


def cookie(settings: Settings) -> str:
    """`__Host-` makes browsers refuse the cookie unless it came from this very host, by https, for all its paths."""
    return "__Host-sid" if secure(settings) else "sid"


def secure(settings: Settings) -> bool:
    return settings.base.startswith("https://")
