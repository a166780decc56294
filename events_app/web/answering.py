"""Bytes that are sent as they are: with an entity tag, compressed once, conditionally."""

from __future__ import annotations

import gzip
from datetime import datetime
from typing import NamedTuple

import brotli
from litestar.types import HTTPScope, Send

from .conditional import Headers, encoding, has_it, header, http_date

_BROTLI = 5  # as small as gzip's best, in half of its time
_GZIP = 6
_SMALL = 256  # bytes; below, compression gains nothing


class Prepared(NamedTuple):
    """A body in each of its encodings. `tag` is what its entity tags begin with, without quotes."""

    media: bytes
    tag: str
    modified: datetime | None
    bodies: dict[str, bytes]

    @property
    def size(self) -> int:
        return sum(map(len, self.bodies.values()))


def prepared(body: bytes, media: str, tag: str, modified: datetime | None, *, plain: bool = False) -> Prepared:
    """A body ready to be sent, compressed unless it is to be sent `plain`.

    Takes milliseconds, and so is not for the event loop.
    """
    bodies = {"identity": body}
    if not plain and len(body) >= _SMALL:
        bodies["br"] = brotli.compress(body, quality=_BROTLI)
        bodies["gzip"] = gzip.compress(body, _GZIP, mtime=0)
    return Prepared(media.encode(), tag, modified, bodies)


def entity_tag(tag: str, headers: Headers, *, plain: bool) -> tuple[str, bytes]:
    """The encoding that the client takes, and the strong tag of what it would get (RFC 9110 §8.8.3.3)."""
    chosen = "identity" if plain else encoding(header(headers, b"accept-encoding"))
    return chosen, f'"{tag}-{chosen}"'.encode()


async def answer(
    scope: HTTPScope, send: Send, found: Prepared, *, caching: bytes, more: list[tuple[bytes, bytes]] | None = None
) -> None:
    """Sends what was prepared, or 304 to who has it."""
    plain = len(found.bodies) == 1
    chosen, tag = entity_tag(found.tag, scope["headers"], plain=plain)
    head = [(b"etag", tag), (b"cache-control", caching), *(more or ())]
    if not plain:
        head.append((b"vary", b"accept-encoding"))
    if found.modified:
        head.append((b"last-modified", http_date(found.modified)))
    if has_it(scope["headers"], tag, found.modified):
        await send_whole(send, 304, head, b"")
        return
    body = found.bodies[chosen]
    head += [(b"content-type", found.media), (b"content-length", b"%d" % len(body))]
    if chosen != "identity":
        head.append((b"content-encoding", chosen.encode()))
    await send_whole(send, 200, head, b"" if scope["method"] == "HEAD" else body)


async def send_whole(send: Send, status: int, head: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body, "more_body": False})
