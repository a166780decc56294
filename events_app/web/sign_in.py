"""Signing in by a link that works once, and signing out."""

from __future__ import annotations

from litestar import Response
from litestar.datastructures import Cookie
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from ..editing import accounts
from ..editing.limits import wait_before
from .errors import LinkUsed, TooMany
from .pages import Asking, page
from .rights import SIGNED_IN_FOR, cookie, secure, signed_in

ASKED_PER_HOUR = 5
"""How often a link for one address may be asked for."""


async def form(request: Asking) -> Response[bytes]:
    return page("sign_in.html", account=await signed_in(request), asked=False)


async def ask(request: Asking) -> Response[bytes]:
    """Says the same whether or not anybody is known by that address, and takes the same time over it."""
    email = accounts.address(str((await request.form()).get("email", "")))
    if seconds := await wait_before(f"sign-in {email}", times=ASKED_PER_HOUR, seconds=3600):
        raise TooMany(seconds)
    return page("sign_in.html", account=None, asked=True)


async def offer(token: FromPath[str]) -> Response[bytes]:
    """A button. Looking at the link does not use it up: programs that check mail for bad links look at every one."""
    return page("sign_in_link.html", token=token)


async def claim(request: Asking, token: FromPath[str]) -> Response[None]:
    """Uses the link up. The browser gets a new name at every sign-in, and loses the one that it had."""
    settings = request.app.state.settings
    new = await accounts.claim(token, request.headers.get("user-agent", "")[:200])
    if new is None:
        raise LinkUsed
    if old := request.cookies.get(cookie(settings)):
        await accounts.sign_out(old)
    who = await accounts.signed_in(new)
    return _to("/organise/" if who and who.rights else "/speak/", _cookie(request, new, SIGNED_IN_FOR))


async def leave(request: Asking) -> Response[None]:
    if old := request.cookies.get(cookie(request.app.state.settings)):
        await accounts.sign_out(old)
    return _to("/", _cookie(request, "", 0))


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
