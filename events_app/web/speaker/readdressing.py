"""Being reached at another address: asking for it, and saying so by the link that came there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from litestar import Response
from litestar.params import FromPath

from ...editing import readdressing
from ...editing.accounts import NoAddress
from ...editing.readdressing import SameAddress, StaleSignIn
from ...language import gettext as _
from ...programme.lookup import index
from ...programme.own import people_of
from .. import sign_in
from ..organiser.drafts import drafts
from ..organiser.workspace import one, to, typed
from ..pages import Asking
from ..rights import account, cookie
from .workspace import Mine, at, mine, show


class Other(NamedTuple):
    """Somebody who has the old address in another event; without a code, whoever works there by it."""

    slug: str
    event: str
    code: str = ""
    name: str = ""

    @property
    def value(self) -> str:
        return f"{self.slug}/{self.code}"


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
    return await _link(request, event, token)


async def take(request: Asking, event: FromPath[str], token: FromPath[str]) -> Response[Any]:
    """For those who are ticked: a group may have one address, and who is not asked keeps it."""
    theirs = await mine(request, event)
    who = account(request)
    form = await typed(request)
    known = theirs.own.people
    moving = {event: [code for code in known if len(known) == 1 or code in form.get("person", [])]}
    if not moving[event]:
        return await _link(request, event, token, wrong=_("Nobody is ticked, so nothing was changed."))
    for other in await _others(request, event):
        if other.value in form.get("other", []):
            moving.setdefault(other.slug, []).append(other.code)
    try:
        new = await readdressing.take(token, who.email, _browser(request), moving, only=who.only)
    except StaleSignIn:
        return await _link(request, event, token)
    if new is None:
        return show(request, "address/link", theirs, status=403, new=None)
    return to(f"{at(theirs.event)}/address?done=moved")


async def _link(request: Asking, slug: str, token: str, *, wrong: str = "") -> Response[bytes]:
    theirs = await mine(request, slug)
    who = account(request)
    new = await readdressing.asked(token, who.email)
    stale = bool(new) and await readdressing.stale(who.email, _browser(request))
    return show(
        request,
        "address/link",
        theirs,
        status=422 if new and wrong else 200 if new and not (stale and request.method == "POST") else 403,
        new=new,
        token=token,
        wrong=wrong,
        stale=stale,
        name=_one_name(theirs),
        others=await _others(request, slug) if new else [],
    )


def _one_name(theirs: Mine) -> str:
    """What all who have the address here are called; empty where they are several, and nobody knows who asks."""
    names = {person.name for person in theirs.people}
    return names.pop() if len(names) == 1 else ""


async def _others(request: Asking, slug: str) -> Sequence[Other]:
    """Who else has the old address in other events; nobody where their sign-in is for this one alone."""
    who = account(request)
    found: list[Other] = []
    for line in [] if who.only else await readdressing.elsewhere(slug, who.email):
        draft = await drafts(request).of(line.slug)
        named = index(draft.programme).people
        there = [named[code] for code in people_of(draft.planning, who.email) if code in named]
        found += [Other(line.slug, line.name, person.code, person.name) for person in there]
        if not there:
            found.append(Other(line.slug, line.name))
    return found


def _browser(request: Asking) -> str:
    return request.cookies.get(cookie(request.app.state.settings), "")


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
