"""Who works on an event: organisers, chairs of panels, helpers."""

from __future__ import annotations

from typing import Any

from litestar import Response
from litestar.params import FromPath

from ...editing import Problem, accounts, letters, members
from ...editing.accounts import Right
from ...editing.limits import wait_before
from ...language import gettext as _
from ..errors import TooMany
from ..pages import Asking
from ..rights import account
from .drafts import drafts
from .letters import sends
from .workspace import one, show, to, typed

ROLES = (Right.ORGANISER, Right.CHAIR, Right.HELPER)
"""What an organiser can make of somebody. Speakers and hosts are those whom the programme names."""

WRITTEN_TO = 5
"""Letters to one member in an hour."""


async def index(request: Asking, event: FromPath[str]) -> Response[bytes]:
    return await _page(request, event)


async def grant(request: Asking, event: FromPath[str]) -> Response[Any]:
    """Adds somebody, or changes what they may do. Who is new gets a letter with a link; where none are sent the link
    is shown."""
    form = await typed(request)
    given, role = one(form, "email"), one(form, "role")
    if role not in [right.value for right in ROLES]:
        return await _page(request, event, email=given, wrong=_("Choose what they may do."), status=422)
    try:
        email = accounts.address(given)
    except accounts.NoAddress as error:
        return await _page(request, event, email=given, role=role, wrong=str(error), status=422)
    try:
        await accounts.grant(event, email, Right(role), account(request).email)
    except Problem as error:
        return await _page(request, event, refused=str(error), status=409)
    added = next(member for member in await members.members(event) if member.email == email)
    if one(form, "new") and sends(request):
        return await _written_to(request, event, email)
    if one(form, "new") and added.new:
        return await _invited(request, event, email)
    return to(f"/organise/{event}/members?done=granted")


async def revoke(request: Asking, event: FromPath[str]) -> Response[Any]:
    form = await typed(request)
    try:
        await accounts.revoke(event, one(form, "email"), account(request).email)
    except Problem as error:
        return await _page(request, event, refused=str(error), status=409)
    return to(f"/organise/{event}/members?done=revoked")


async def invite(request: Asking, event: FromPath[str]) -> Response[Any]:
    """A new link for a member: by letter, or, for somebody who has never signed in, to be passed on by hand."""
    form = await typed(request)
    if one(form, "by") == "letter":
        return await _written_to(request, event, one(form, "email"))
    return await _invited(request, event, one(form, "email"))


async def _written_to(request: Asking, event: str, email: str) -> Response[Any]:
    """A letter reaches its owner, so everybody may get one, but not again and again."""
    if seconds := await wait_before(f"invite {event} {email}", times=WRITTEN_TO, seconds=3600):
        raise TooMany(seconds)
    try:
        await letters.invite_member(event, email, account(request).email)
    except Problem as error:
        return await _page(request, event, refused=str(error), status=409)
    return to(f"/organise/{event}/members?done=written")


async def _invited(request: Asking, event: str, email: str) -> Response[bytes]:
    try:
        token = await members.invite(event, email, account(request).email)
    except Problem as error:
        return await _page(request, event, refused=str(error), status=409)
    link = f"{request.app.state.settings.base}/sign-in/{token}?to=/organise/{event}/"
    return await _page(request, event, link=link, invited=email)


async def _page(
    request: Asking,
    slug: str,
    *,
    status: int = 200,
    email: str = "",
    role: str = "",
    wrong: str = "",
    refused: str = "",
    link: str = "",
    invited: str = "",
) -> Response[bytes]:
    draft = await drafts(request).of(slug)
    return show(
        request,
        "members",
        draft,
        status=status,
        title=_("Members"),
        members=await members.members(slug),
        roles=[(right.value, role_name(right), _meaning(right)) for right in ROLES],
        role_name=role_name,
        email=email,
        role=role or Right.HELPER.value,
        wrong=wrong,
        refused=refused,
        link=link,
        invited=invited,
        sends=sends(request),
        done=request.query_params.get("done", ""),
    )


def role_name(right: Right) -> str:
    return {
        Right.ORGANISER: _("Organiser"),
        Right.CHAIR: _("Chair"),
        Right.SPEAKER: _("Speaker"),
        Right.HOST: _("Host"),
        Right.HELPER: _("Helper"),
    }[right]


def _meaning(right: Right) -> str:
    return {
        Right.ORGANISER: _("Does everything here, and adds others."),
        Right.CHAIR: _("Runs the panels that they chair, on their own pages."),
        Right.HELPER: _("Reads everything and prints, changes nothing."),
    }[right]
