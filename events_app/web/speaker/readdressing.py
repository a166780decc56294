"""Being reached at another address: asking for it, and saying so by the link that came there."""

from __future__ import annotations

from typing import Any

from litestar import Response
from litestar.params import FromPath

from ...editing import readdressing
from ...editing.accounts import NoAddress
from ...editing.readdressing import SameAddress
from ...reading import EventLine
from .. import sign_in
from ..organiser.workspace import one, to, typed
from ..pages import Asking
from ..rights import account, cookie
from .workspace import at, mine, show


async def form(request: Asking, event: FromPath[str]) -> Response[bytes]:
    return await _form(request, event)


async def ask(request: Asking, event: FromPath[str]) -> Response[Any]:
    """Writes to the new address, whosever it is; how often is counted with what is asked for at the sign-in page."""
    email = one(await typed(request), "email").strip()
    me = account(request).email
    await sign_in.count(request, f"readdress {me}")
    try:
        await sign_in.count(request, f"sign-in {email.lower()}")
        await readdressing.ask(event, email, me)
    except (NoAddress, SameAddress) as wrong:
        return await _form(request, event, email, str(wrong))
    return to(f"/speak/{event}/address?done=asked")


async def look(request: Asking, event: FromPath[str], token: FromPath[str]) -> Response[bytes]:
    """A button: looking at the link does not use it up."""
    theirs = await mine(request, event)
    new = await readdressing.asked(token, account(request).email)
    return show(
        request,
        "address/link",
        theirs,
        status=200 if new else 403,
        new=new,
        token=token,
        others=await _elsewhere(request, event) if new else [],
    )


async def take(request: Asking, event: FromPath[str], token: FromPath[str]) -> Response[Any]:
    theirs = await mine(request, event)
    everywhere = bool(one(await typed(request), "everywhere")) and bool(await _elsewhere(request, event))
    browser = request.cookies.get(cookie(request.app.state.settings), "")
    new = await readdressing.take(event, token, account(request).email, browser, everywhere=everywhere)
    if new is None:
        return show(request, "address/link", theirs, status=403, new=None)
    return to(f"{at(theirs.event)}/address?done=moved")


async def _elsewhere(request: Asking, slug: str) -> list[EventLine]:
    """The other events in which the old address stands; none where their sign-in is for this one alone."""
    who = account(request)
    return [] if who.only else await readdressing.elsewhere(slug, who.email)


async def _form(request: Asking, slug: str, email: str = "", wrong: str = "") -> Response[bytes]:
    return show(
        request,
        "address/form",
        await mine(request, slug),
        status=422 if wrong else 200,
        email=email,
        wrong=wrong,
        sends=bool(request.app.state.settings.smtp),
        hours=readdressing.HOURS,
        done=request.query_params.get("done", ""),
    )
