"""Pictures and attachments as they are sent: with headers that let nothing in them act.

What is public is what the published programme names. In the workspaces a draft's are shown besides.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Response
from litestar.params import FromPath
from litestar.types import HTTPScope, Send

from .. import reading
from ..intake.media import PICTURE
from ..programme.lookup import files_of, index
from ..programme.model import Programme
from ..programme.own import Own
from ..renditions import Site
from .answering import send_whole
from .conditional import has_it
from .errors import NoSuchPage
from .organiser.drafts import drafts
from .pages import Asking

POLICY = b"sandbox; default-src 'none'; frame-ancestors 'none'"
PUBLIC, PRIVATE = b"no-cache", b"private, no-cache"

_KEY = re.compile(r"[0-9a-f]{64}")
_PLAIN = re.compile(r"[^A-Za-z0-9 ._-]")

Headers = list[tuple[bytes, bytes]]


async def send_public(scope: HTTPScope, send: Send, slug: str, programme: Programme, rest: str) -> None:
    """Answers at `/{event}/files/{rest}`: a key, of an attachment with its name behind. Raises NoSuchPage."""
    key, _slash, name = rest.partition("/")
    file = index(programme).files.get(key)
    if file is None or name not in ("", getattr(file, "name", "")):
        raise NoSuchPage
    head = _headers(file.key, PUBLIC, getattr(file, "name", ""))
    if has_it(scope["headers"], _tag(key), None):
        await send_whole(send, 304, head, b"")
        return
    kept = await reading.file(slug, key)
    if kept is None:
        raise NoSuchPage
    head += [(b"content-type", kept.media.encode()), (b"content-length", b"%d" % len(kept.data))]
    await send_whole(send, 200, head, b"" if scope["method"] == "HEAD" else kept.data)


async def organised(request: Asking, event: FromPath[str], key: FromPath[str]) -> Response[bytes]:
    """Any file that the event keeps."""
    return await draft_file(request, event, key)


async def own(request: Asking, event: FromPath[str], key: FromPath[str]) -> Response[bytes]:
    """A file of what is theirs, or that is public."""
    draft = await drafts(request).of(event)
    if key not in _theirs(draft.programme, request.scope["state"]["own"]):
        published = await reading.published(event)
        if published is None or key not in index(published).files:
            raise NoSuchPage
    return await draft_file(request, event, key)


async def draft_file(request: Asking, slug: str, key: str) -> Response[bytes]:
    """A file of a draft, for one reader alone. Raises NoSuchPage."""
    if not _KEY.fullmatch(key):
        raise NoSuchPage
    named = index((await drafts(request).of(slug)).programme).files.get(key)
    name = getattr(named, "name", "")
    if has_it(request.scope["headers"], _tag(key), None):
        return Response(b"", status_code=304, headers=_told(_headers(key, PRIVATE, name)), media_type=PICTURE)
    kept = await reading.file(slug, key)
    if kept is None:
        raise NoSuchPage
    name = name or ("" if kept.media == PICTURE else f"file-{key[:8]}")
    return Response(kept.data, headers=_told(_headers(key, PRIVATE, name)), media_type=kept.media)


def handed_over(slug: str, programme: Programme, site: Site) -> Callable[[], Site]:
    """What a print is told of the site, with the pictures that it shows. To be called outside the event loop, once
    there is something to print: until then none is read."""
    loop = asyncio.get_running_loop()

    def told() -> Site:
        found = asyncio.run_coroutine_threadsafe(reading.pictures(slug, programme), loop)
        return msgspec.structs.replace(site, pictures=found.result())

    return told


def _theirs(programme: Programme, own: Own) -> set[str]:
    look = index(programme)
    things: list[Any] = [look.people[code] for code in own.people]
    things += [look.sessions[code] for code in own.sessions]
    things += [look.papers[code] for code in (*own.papers, *own.arranged_papers)]
    things += [look.showcases[code] for code in own.showcases]
    return {file.key for thing in (programme.event, *things) for file in files_of(thing)}


def _headers(key: str, caching: bytes, name: str) -> Headers:
    """`name` is that of what is to be saved; what has none is shown."""
    disposition = _disposition(name) if name else b"inline"
    return [
        (b"etag", _tag(key)),
        (b"cache-control", caching),
        (b"content-security-policy", POLICY),
        (b"content-disposition", disposition),
    ]


def _disposition(name: str) -> bytes:
    """RFC 6266 §4.1: for all clients a name in ASCII, and the name itself as RFC 8187 writes it."""
    plain = _PLAIN.sub("_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}".encode("ascii")


def _tag(key: str) -> bytes:
    return f'"{key}"'.encode()


def _told(headers: Headers) -> dict[str, str]:
    return {name.decode(): value.decode("ascii") for name, value in headers}
