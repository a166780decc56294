"""Forgetting a person who has asked for it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from litestar import Response
from litestar.params import FromPath

from ... import editing
from ...editing.holdings import parts
from ...programme.release import over
from ...reading import Draft
from ...renditions.labels import role_name
from .. import prints
from ..errors import NoSuchPage
from ..pages import Asking
from ..rights import account
from .workspace import address, collection_names, draft_of, noun_of, one, show, title_of, to, typed


async def ask(request: Asking, event: FromPath[str], collection: FromPath[str], code: FromPath[str]) -> Response[bytes]:
    """What it will do, before it is done."""
    draft = await _draft(request, event, collection)
    person = noun_of(draft, "people", code)
    return show(
        request,
        "people/forget",
        draft,
        collection="people",
        names=collection_names(),
        code=code,
        noun=person,
        name=title_of(person),
        parts=parts(draft.programme, {code}),
        over=over(draft.programme.event, datetime.now(UTC)),
        role=role_name,
    )


async def forget(
    request: Asking, event: FromPath[str], collection: FromPath[str], code: FromPath[str]
) -> Response[Any]:
    draft = await _draft(request, event, collection)
    noun_of(draft, "people", code)
    name = bool(one(await typed(request), "name"))
    await editing.forget(event, [code], account(request).email, name=name)
    await asyncio.to_thread(prints.empty, request.app.state.settings.data / "prints", event)
    return to(f"{address(draft.programme.event, 'people')}?done=1")


async def _draft(request: Asking, event: str, collection: str) -> Draft:
    if collection != "people":
        raise NoSuchPage
    return await draft_of(request, event)
