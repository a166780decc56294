"""Signing in by a link that works once and comes by letter, and signing out."""

from __future__ import annotations

import re

from litestar import Response
from litestar.datastructures import Cookie
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from .. import reading
from ..editing import accounts, letters
from ..editing.accounts import Account, Right
from ..editing.limits import wait_before
from .callers import caller
from .errors import TooMany
from .pages import Asking, page
from .rights import SIGNED_IN_FOR, cookie, secure, signed_in

HOUR = 3600

_WAY = re.compile(r"/(speak|organise)/([A-Za-z0-9][A-Za-z0-9._-]*)/", re.ASCII)
"""Where a link may lead: to an event's pages for speakers, or to its workspace."""

ASKED_FOR = 5
"""How often in an hour a link for one address may be asked for."""

ASKED_FROM = 100
"""The same from one place: a whole conference may sit behind one address."""

ASKED = 1000
"""The same altogether: each is a letter, and a line in the tables."""


async def form(request: Asking) -> Response[bytes]:
    return _page(request, account=await signed_in(request))


async def ask(request: Asking) -> Response[bytes]:
    """Says the same whether or not anybody is known by that address, and takes the same time over it."""
    email = accounts.address(str((await request.form()).get("email", "")))
    await count(request, f"sign-in {email}")
    await letters.ask_sign_in(email)
    return _page(request, asked=True)


async def offer(request: Asking, token: FromPath[str]) -> Response[bytes]:
    """A button. Looking at the link does not use it up: programs that check mail for bad links look at every one.
    `to` in its address says where it leads."""
    way = request.query_params.get("to", "")
    return page("sign_in_link.html", token=token, way=way if _WAY.fullmatch(way) else "")


async def claim(request: Asking, token: FromPath[str]) -> Response[bytes] | Response[None]:
    """Uses the link up. The browser gets a new name at every sign-in, and loses the one that it had."""
    settings = request.app.state.settings
    way = str((await request.form()).get("to", ""))
    new = await accounts.claim(token, request.headers.get("user-agent", "")[:200])
    if new is None:
        return page("sign_in_used.html", status=403, token=token)
    if old := request.cookies.get(cookie(settings)):
        await accounts.sign_out(old)
    return _to(await _goal(way, await accounts.signed_in(new)), _cookie(request, new, SIGNED_IN_FOR))


async def renew(request: Asking, token: FromPath[str]) -> Response[bytes]:
    """Sends a new link to the address that this one was for, which is never said; says the same where there is none."""
    await count(request, f"renewal {token}")
    if email := await accounts.addressee(token):
        await letters.ask_sign_in(email)
    return _page(request, asked=True)


async def leave(request: Asking) -> Response[None]:
    if old := request.cookies.get(cookie(request.app.state.settings)):
        await accounts.sign_out(old)
    return gone(request)


def gone(request: Asking) -> Response[None]:
    """What a browser is told that is signed in no more."""
    return _to("/", _cookie(request, "", 0))


async def count(request: Asking, what: str) -> None:
    """Of letters that anybody may ask for; raises TooMany. Who asks too often from one place uses up nothing of the
    others'."""
    limits = ((f"sign-in from {caller(request)}", ASKED_FROM), ("sign-in", ASKED), (what, ASKED_FOR))
    for counted, times in limits:
        if seconds := await wait_before(counted, times=times, seconds=HOUR):
            raise TooMany(seconds)


async def _goal(way: str, who: Account | None) -> str:
    """Where somebody who signs in by a link arrives: with the event that it is about, if they may go there."""
    found = _WAY.fullmatch(way)
    if found is None or who is None:
        return _home(who)
    area, slug = found.groups()
    may = {
        "organise": who.rights.get(slug) in (Right.ORGANISER, Right.HELPER),
        "speak": who.only in ("", slug) and slug in {line.slug for line in await reading.events_of(who.email)},
    }
    if may[area]:
        return way
    return next((f"/{other}/{slug}/" for other in may if may[other]), _home(who))


def _home(who: Account | None) -> str:
    """Where somebody has their work: chairs too have it with what is theirs."""
    rights = who.rights.values() if who else ()
    return "/organise/" if {Right.ORGANISER, Right.HELPER} & set(rights) else "/speak/"


def _page(request: Asking, account: Account | None = None, *, asked: bool = False) -> Response[bytes]:
    return page("sign_in.html", account=account, asked=asked, sends=bool(request.app.state.settings.smtp))


def _cookie(request: Asking, value: str, seconds: int) -> Cookie:
    settings = request.app.state.settings
    return Cookie(
        key=cookie(settings),
        value=value,
        path="/",
        max_age=seconds,
        secure=secure(settings),
        httponly=True,
        samesite="lax",
    )


def _to(path: str, cookie: Cookie) -> Response[None]:
    return Redirect(path, status_code=HTTP_303_SEE_OTHER, cookies=[cookie], headers={"cache-control": "no-store"})
