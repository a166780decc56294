"""Who may do what: each route says whom it is for, and this is where they are asked who they are."""

from __future__ import annotations

from enum import Enum
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from ..editing import accounts
from ..editing.accounts import Account
from ..settings import Settings
from .errors import NotYours, SignInNeeded

Connection = ASGIConnection[Any, Any, Any, Any]

SIGNED_IN_FOR = 90 * 24 * 3600  # seconds


class Who(Enum):
    """Whom a route is for."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"
    ORGANISER = "organiser of the event in the address"


async def admit(connection: Connection, handler: BaseRouteHandler) -> None:
    """Lets in whom the route is for; raises SignInNeeded and NotYours. A route that names nobody lets nobody in."""
    who = handler.opt["who"]
    if who is Who.ANYONE:
        return
    account = await signed_in(connection)
    if account is None:
        raise SignInNeeded
    if who is Who.ORGANISER and not account.organises(connection.path_params["event"]):
        raise NotYours
    connection.scope["state"]["account"] = account


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
