"""What the public would get, or got, of a programme: all its renditions, at addresses below the workspace's."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import msgspec
from litestar import Response

from ...programme.model import Programme
from ...renditions import Site
from ..build import build
from ..errors import NoSuchPage
from ..files import handed_over
from ..pages import Asking

HEADERS = {"cache-control": "no-store", "x-robots-tag": "noindex"}


async def shown_as(request: Asking, programme: Programme, prefix: str, kept_as: str, revision: int) -> Response[bytes]:
    """The rendition that the address asks for behind `prefix`; raises NoSuchPage. Nobody keeps it.

    `kept_as` and `revision` say under what its prints are kept: no event's slug begins with a full stop.
    """
    address = request.scope["state"]["address"].removeprefix(f"/{prefix}/")
    outputs = request.app.state.outputs
    asked = outputs.find(address, request.scope["query_string"].decode("latin-1"))
    if asked is None:
        raise NoSuchPage
    slug = programme.event.slug
    site = Site(
        base=request.app.state.settings.base, build=build(), now=datetime.now(UTC), files=f"/organise/{slug}/files"
    )
    shown = moved_to(programme, prefix)
    heavy = asked.rendition.heavy
    told = handed_over(slug, programme, site) if heavy else lambda: site

    def make() -> bytes | None:
        made: bytes | None = asked.rendition.render(shown, told(), asked.params)
        return made

    body = await (outputs.prints.made(kept_as, revision, asked, make) if heavy else asyncio.to_thread(make))
    if body is None:
        raise NoSuchPage
    return Response(body, media_type=asked.rendition.media.removesuffix("; charset=utf-8"), headers=HEADERS)


def moved_to(programme: Programme, prefix: str) -> Programme:
    """Every link in a rendition begins with the event's slug: with this one they all lead to the preview."""
    return msgspec.structs.replace(programme, event=msgspec.structs.replace(programme.event, slug=prefix))
