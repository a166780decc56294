"""Refusals: one table of what each is, one page and one problem document (RFC 9457) that say it.

A refusal says in a sentence what is the matter and what to do. What went wrong inside is written to the log and
told to nobody else.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import asyncpg
import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import HTTPScope

from ..editing import errors as editing
from ..editing.accounts import NoAddress
from ..intake import Refused
from ..language import gettext as _
from ..reading import NotFound
from ..renditions.templating import render
from .conditional import header

log = logging.getLogger(__name__)


class NoSuchPage(Exception):
    """There is nothing at this address."""


class NotPublished(Exception):
    """The event is there, but its programme is not public yet."""


class SignInNeeded(Exception):
    """Nobody is signed in. `kept` are the controls of a form that was sent, so that it can be sent again."""

    def __init__(self, kept: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.kept = tuple(kept)


class NotYours(Exception):
    """Whoever is signed in may not do this."""


class WrongMethod(Exception):
    """The address is there, but not for this. `allowed` are the methods that it knows."""

    def __init__(self, allowed: str) -> None:
        super().__init__(allowed)
        self.allowed = allowed


class FromElsewhere(Exception):
    """A page of another site tries to write here."""


class Stopping(Exception):
    """This process is ending."""


class TooMany(Exception):
    """The same was asked for too often. `seconds` say when to try again; `kept` is as with SignInNeeded."""

    def __init__(self, seconds: int, kept: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(seconds)
        self.seconds = seconds
        self.kept = tuple(kept)


class TooManySaves(TooMany):
    """Somebody has changed things of their own more often than one does."""


class NoRoom(Exception):
    """So much has been brought that there is no room for more."""

    def __init__(self) -> None:
        super().__init__(_("So many files wait to be taken in or left that there is no room for another."))


class Unreadable(Exception):
    """The request cannot be understood; says why in a sentence."""


class Refusal(NamedTuple):
    """What a client is told. `what` is the matter, `remedy` what to do, `way` an address where that is done.

    `kept` is what was typed, for a button that sends it to the same address again.
    """

    status: int
    title: str
    what: str
    remedy: str = ""
    headers: Mapping[str, str] = MappingProxyType({})
    way: str = ""
    kept: tuple[tuple[str, str], ...] = ()


def refusal(error: BaseException) -> Refusal:
    """What an exception means to a client; anything unknown is a fault of ours."""
    for kind in type(error).__mro__:
        if told := _TABLE.get(kind):
            return told(error)
    return _fault()


def _fault() -> Refusal:
    return Refusal(
        500,
        _("Something went wrong here"),
        _("The fault is ours, and it has been noted."),
        _("Nothing was half done. Try again; if it happens again, tell the organisers what you were doing."),
    )


def _not_found(_error: BaseException) -> Refusal:
    return Refusal(
        404,
        _("There is no such page"),
        _("Nothing is at this address, or it is not there any more."),
        _("Check the address, or begin at the list of programmes."),
    )


def _http(error: BaseException) -> Refusal:
    """Refusals of the framework's own, by status."""
    assert isinstance(error, HTTPException)
    match error.status_code:
        case 404:
            return _not_found(error)
        case 405:
            return _wrong_method((error.headers or {}).get("allow", ""))
        case 413:
            return Refusal(
                413,
                _("That is too large"),
                _("What was sent is larger than this address takes."),
                _("Send a smaller file, or give the organisers of the service the file itself."),
            )
        case 429:
            return _too_many(60)
        case 503:
            return _busy(error)
        case status if 400 <= status < 500:
            return Refusal(
                status if status in (401, 403, 409, 422) else 400,
                _("The request cannot be understood"),
                _("Something in it is missing or is not of the kind that is expected."),
                _("Go back, check what you entered, and send it again."),
            )
        case _:
            return _fault()


def _wrong_method(allowed: str) -> Refusal:
    return Refusal(
        405,
        _("That cannot be done here"),
        _("This address does not understand that method."),
        _("Go back and use the page's own links and buttons."),
        {"allow": allowed},
    )


def _too_many(seconds: int) -> Refusal:
    minutes = max(1, round(seconds / 60))
    return Refusal(
        429,
        _("Too often"),
        _("This was asked for too many times in a short while."),
        _("Try again in {n} minutes.").format(n=minutes),
        {"retry-after": str(seconds)},
    )


def _too_many_saves(error: TooManySaves) -> Refusal:
    told = _too_many(error.seconds)
    return told._replace(
        what=_("You have saved very often within an hour, and this time nothing was saved."), kept=error.kept
    )


def _busy(_error: BaseException) -> Refusal:
    return Refusal(
        503,
        _("The service cannot answer now"),
        _("Its database does not answer."),
        _("Nothing was saved. Try again in a minute."),
        {"retry-after": "30"},
    )


def _stopping(_error: BaseException) -> Refusal:
    return Refusal(
        503,
        _("The service is starting again"),
        _("It is being renewed and will be back in a moment."),
        _("Nothing was saved. Try again in a few seconds."),
        {"retry-after": "5"},
    )


def _says(status: int, title: Callable[[], str], remedy: Callable[[], str]) -> Callable[[BaseException], Refusal]:
    """For exceptions whose own sentence is meant for the user."""
    return lambda error: Refusal(status, title(), str(error), remedy())


_TABLE: dict[type[BaseException], Callable[..., Refusal]] = {
    NoSuchPage: _not_found,
    NotFound: _says(404, lambda: _("There is no such thing"), lambda: _("Check the address, or begin at the list.")),
    NotPublished: lambda error: Refusal(
        404,
        _("Not published yet"),
        _("The programme of {event} is not published yet.").format(event=error),
        _("Come back later. If you work on it, sign in to see the draft."),
        way="/sign-in",
    ),
    SignInNeeded: lambda error: Refusal(
        403,
        _("Please sign in"),
        _("This page is for those who work on a programme."),
        _("Sign in with the link that you were given."),
        way="/sign-in",
        kept=error.kept,
    ),
    NotYours: lambda error: Refusal(
        403,
        _("This is not yours to change"),
        _("You are signed in, but this belongs to others."),
        _("Ask an organiser of the event to give you the rights."),
    ),
    FromElsewhere: lambda error: Refusal(
        403,
        _("This did not come from here"),
        _("A page of another site tried to change something in your name. Nothing was changed."),
        _("If it was you, go to the page here and do it there."),
    ),
    editing.MovedOn: lambda error: Refusal(
        409,
        _("The draft has changed since you looked"),
        _("Somebody changed it while this page was open. Nothing was released."),
        _("Go back, reload the page, look at what would change now, and release then."),
    ),
    Stopping: _stopping,
    WrongMethod: lambda error: _wrong_method(error.allowed),
    NoRoom: lambda error: Refusal(
        503, _("No room for it now"), str(error), _("Take in or leave what you have brought, or try again tomorrow.")
    ),
    TooMany: lambda error: _too_many(error.seconds),
    TooManySaves: _too_many_saves,
    Unreadable: _says(400, lambda: _("The request cannot be understood"), lambda: _("Go back and try again.")),
    Refused: lambda error: Refusal(
        422, _("The file cannot be taken"), str(error), _("Nothing of it was taken. Mend the file and send it again.")
    ),
    editing.Conflict: _says(
        409, lambda: _("Somebody else was faster"), lambda: _("Look at what stands there now, then decide.")
    ),
    NoAddress: _says(422, lambda: _("That is no e-mail address"), lambda: _("Go back and check it.")),
    editing.Problem: _says(
        409, lambda: _("This was not done"), lambda: _("Nothing was changed. Look at what stands there now.")
    ),
    msgspec.ValidationError: lambda error: Refusal(
        422,
        _("Something in it is not as it should be"),
        str(error),
        _("Go back, mend it, and send it again."),
    ),
    HTTPException: _http,
    sqlite3.OperationalError: _busy,
    asyncpg.PostgresConnectionError: _busy,
    asyncpg.CannotConnectNowError: _busy,
    asyncpg.InterfaceError: _busy,
    ConnectionError: _busy,
}


def respond(scope: HTTPScope, error: BaseException) -> Response[bytes]:
    """The refusal as a page, or as a problem document for programs."""
    told = refusal(error)
    if told.status >= 500 and not isinstance(error, Stopping):
        log.error("%s %s", scope["method"], type(error).__name__, exc_info=error)
    headers = {**told.headers, "cache-control": "no-store", "vary": "accept"}
    body, media = _said(scope, told)
    return Response(body, status_code=told.status, media_type=media, headers=headers)


def _said(scope: HTTPScope, told: Refusal) -> tuple[bytes, str]:
    if _wants_page(scope):
        try:
            return _page(scope, told), "text/html"
        except Exception:  # a broken page must not hide what happened
            log.exception("the error page itself cannot be made")
    return _problem(told), "application/problem+json"


def handle(request: Request, error: Exception) -> Response[bytes]:  # type: ignore[type-arg]
    """For Litestar's table of exception handlers."""
    return respond(request.scope, error)


def _page(scope: HTTPScope, told: Refusal) -> bytes:
    return render("error.html", refusal=told, language="en", back=_back(scope), here=scope["path"])


def _back(scope: HTTPScope) -> str:
    """The workspace for those who came from there, else the list of programmes."""
    return next((way for way in ("/organise/", "/speak/") if scope["path"].startswith(way)), "/")


def _problem(told: Refusal) -> bytes:
    return msgspec.json.encode(
        {
            "type": "about:blank",
            "status": told.status,
            "title": told.title,
            "detail": " ".join(part for part in (told.what, told.remedy) if part),
        }
    )


def _wants_page(scope: HTTPScope) -> bool:
    """Browsers ask for HTML and get it; who takes anything gets what suits the address."""
    accepted = header(scope["headers"], b"accept").lower()
    if b"text/html" in accepted:
        return True
    if b"json" in accepted:
        return False
    path = scope["path"]
    return not path.startswith("/api/") and "." not in path.rpartition("/")[2]
