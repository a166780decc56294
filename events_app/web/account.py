"""One's own sign-ins: where they are, and ending them."""

from __future__ import annotations

import re
from typing import Any

from litestar import Response
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from ..editing import accounts
from ..language import gettext as _
from .errors import Unreadable
from .pages import Asking, page
from .rights import account, cookie
from .sign_in import gone

EVERYWHERE = "all"

LONGEST_KEY = 19  # digits; no database counts further

_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


async def mine(request: Asking) -> Response[bytes]:
    return await _page(request)


async def end(request: Asking) -> Response[Any]:
    """Ends one sign-in (`id`), all but this one (`id` is empty), or all (`id` is EVERYWHERE)."""
    which = str((await request.form()).get("id", ""))
    me, only = account(request).email, account(request).only
    if which == EVERYWHERE:
        await accounts.sign_out_elsewhere(me, "", only=only)
        return gone(request)
    if which == "":
        await accounts.sign_out_elsewhere(me, _token(request), only=only)
    elif re.fullmatch(rf"[0-9]{{1,{LONGEST_KEY}}}", which) and int(which) < 2**63:
        await accounts.sign_out_there(me, int(which), only=only)
    else:
        raise Unreadable(_("It is not said where you want to sign out."))
    return Redirect("/account/?done=1", status_code=HTTP_303_SEE_OTHER, headers={"cache-control": "no-store"})


async def link(request: Asking) -> Response[bytes]:
    """A link with which one signs in on another device of one's own."""
    who = account(request)
    token = await accounts.issue_link(who.email, who.email, event=who.only)
    return await _page(request, link=f"{request.app.state.settings.base}/sign-in/{token}")


async def _page(request: Asking, link: str = "") -> Response[bytes]:
    who = account(request)
    return page(
        "account.html",
        account=who,
        sign_ins=await accounts.sign_ins(who.email, _token(request), only=who.only),
        device=device,
        link=link,
        done=request.query_params.get("done", ""),
    )


def device(agent: str) -> str:
    """`Firefox, Linux`: what a browser calls itself, in words that its owner knows."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return ", ".join(filter(None, (browser, system))) or agent[:60] or _("An unknown browser")


def _token(request: Asking) -> str:
    return request.cookies.get(cookie(request.app.state.settings), "")
