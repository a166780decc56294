"""Who works on an event: organisers, chairs of panels, helpers."""

from __future__ import annotations

from typing import Any

from litestar import Response
from litestar.params import FromPath

from ...editing import Problem, accounts, members
from ...editing.accounts import Right
from ...language import gettext as _
from ..pages import Asking
from ..rights import account
from .drafts import drafts
from .workspace import one, show, to, typed

ROLES = (Right.ORGANISER, Right.CHAIR, Right.HELPER)
"""What an organiser can make of somebody. Speakers and hosts are those whom the programme names."""


async def index(request: Asking, event: FromPath[str]) -> Response[bytes]:
    return await _page(request, event)


async def grant(request: Asking, event: FromPath[str]) -> Response[Any]:
    """Adds somebody, or changes what they may do. Who is new gets a link, which is shown."""
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
    """A new link for somebody who has never signed in."""
    return await _invited(request, event, one(await typed(request), "email"))


async def _invited(request: Asking, event: str, email: str) -> Response[bytes]:
    try:
        token = await members.invite(event, email, account(request).email)
    except Problem as error:
        return await _page(request, event, refused=str(error), status=409)
    link = f"{request.app.state.settings.base}/sign-in/{token}"
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
