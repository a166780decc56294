"""The door: every request passes it, every answer leaves by it.

It guards what is written from being asked for by other sites, answers what the public reads by the shortest way, and
gives every answer the headers that keep a browser from doing what nobody wants.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from time import perf_counter
from urllib.parse import urlsplit

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from ..language import gettext as _
from ..settings import Settings
from .answering import send_whole
from .conditional import header
from .errors import FromElsewhere, NoSuchPage, Stopping, Unreadable, WrongMethod, respond
from .outputs import Outputs
from .static import Static

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = (
    (b"server", b""),  # what this runs on is nobody's business; without it the server would name itself
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LONGEST = 2048  # octets of an address

_HOSTILE = re.compile("[\x00\ufffd\ud800-\udfff]")  # nothing, and what is left of octets that are no UTF-8
_HOSTILE_ESCAPE = re.compile(rb"%(2f|5c|00)", re.IGNORECASE)  # a slash is a slash only where it is written as one
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)

access = logging.getLogger("events_app.access")


class Front:
    """`inner` is the application behind, which owns the addresses whose first part is in `inside`."""

    def __init__(self, inner: ASGIApp, inside: frozenset[str], outputs: Outputs, settings: Settings) -> None:
        self.stopped = False  # set when the database is let go of: who comes too late is told to come again
        self._inner = inner
        self._inside = inside
        self._outputs = outputs
        self._static = Static()
        self._base = urlsplit(settings.base)
        secure = self._base.scheme == "https"
        more = ((b"strict-transport-security", b"max-age=63072000"),) if secure else ()
        self._bare_headers = (*HEADERS, *more)
        self._page_headers = (*HEADERS, *more, (b"content-security-policy", POLICY.encode()))
        # a browser shows a PDF with scripts and styles of its own
        self._print_headers = (*HEADERS, *more, (b"content-security-policy", b"frame-ancestors 'none'"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP:
            await self._answer(scope, receive, send)
        else:
            await self._inner(scope, receive, send)

    async def _answer(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        begun = perf_counter()
        status = 0

        async def leave(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *self._headers_for(message["headers"])]
            await send(message)

        template = "-"
        try:
            template = await self._find(scope, receive, leave)
        except Exception as error:
            if status:
                raise  # the answer has begun: all that is left is to break it off
            await _refuse(scope, leave, Stopping() if self.stopped else error)
        finally:
            if access.isEnabledFor(logging.INFO):
                told = scope.get("path_template") or template
                access.info("%s %s %d %.1f ms", scope["method"], told, status, (perf_counter() - begun) * 1000)

    def _headers_for(self, headers: Iterable[tuple[bytes, bytes]]) -> tuple[tuple[bytes, bytes], ...]:
        if any(name == b"content-security-policy" for name, _value in headers):  # files that people brought
            return self._bare_headers
        return self._print_headers if (b"content-type", b"application/pdf") in headers else self._page_headers

    async def _find(self, scope: HTTPScope, receive: Receive, send: Send) -> str:
        """Answers, and says by which route."""
        if self.stopped:
            raise Stopping
        path, method = _address(scope), scope["method"]
        if method not in SAFE:
            self._refuse_what_comes_from_elsewhere(scope)
        first, _, rest = path[1:].partition("/")
        if first == "static":
            _only_reading(method)
            await self._static.answer(scope, send)
            return "/static"
        if path == "/" or first in self._inside:
            await self._inner(scope, receive, send)
            return "-"
        if not _SLUG.fullmatch(first):
            raise NoSuchPage
        if "/" not in path[1:]:
            _only_reading(method)
            await _redirect(scope, send, f"{path}/")
            return "/{event}"
        if rest.startswith("files/"):
            _only_reading(method)
            await self._outputs.file(scope, send, first, rest.removeprefix("files/"))
            return "/{event}/files/…"
        query = scope["query_string"].decode("latin-1")
        asked = self._outputs.find(rest, query)
        if asked is None:
            other = rest.rstrip("/") if rest.endswith("/") else f"{rest}/"
            if self._outputs.find(other, query) is None:
                raise NoSuchPage
            await _redirect(scope, send, f"/{first}/{other}")
            return "/{event}/…"
        _only_reading(method)
        await self._outputs.answer(scope, send, first, asked)
        return f"/{{event}}/{asked.rendition.address}"

    def _refuse_what_comes_from_elsewhere(self, scope: HTTPScope) -> None:
        """Browsers say where a write comes from; programs, which no site can use against their owner, do not."""
        site, origin = (
            header(scope["headers"], b"sec-fetch-site"),
            header(scope["headers"], b"origin").decode("latin-1"),
        )
        if site:
            here = site in (b"same-origin", b"none")
        else:
            host = header(scope["headers"], b"host").decode("latin-1")
            here = not origin or _place(origin) in (host or "-", self._base.netloc)
        if not here:
            raise FromElsewhere


def _address(scope: HTTPScope) -> str:
    """The path as the client wrote it; raises Unreadable for what no link of ours can have led to."""
    raw = scope.get("raw_path") or b""
    path = scope["path"]
    if len(raw) > LONGEST or len(path) > LONGEST:
        raise NoSuchPage
    if _HOSTILE.search(path) or (b"%" in raw and _HOSTILE_ESCAPE.search(raw)):
        raise Unreadable(_("The address holds characters that no address here has."))
    scope.setdefault("state", {})["address"] = path  # the router knows no slash at the end
    return path


def _place(origin: str) -> str | None:
    """Host and port of an origin; None for what is none, such as `null`."""
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None


def _only_reading(method: str) -> None:
    if method not in ("GET", "HEAD"):
        raise WrongMethod("GET, HEAD")


async def _redirect(scope: HTTPScope, send: Send, path: str) -> None:
    query = scope["query_string"]
    place = path.encode("utf-8") + (b"?" + query if query else b"")
    await send_whole(send, 308, [(b"location", place), (b"content-length", b"0")], b"")


async def _refuse(scope: HTTPScope, send: Send, error: Exception) -> None:
    told = respond(scope, error)
    media = f"{told.media_type}; charset=utf-8" if told.media_type == "text/html" else str(told.media_type)
    head = [(name.encode(), value.encode()) for name, value in told.headers.items()]
    head += [(b"content-type", media.encode()), (b"content-length", b"%d" % len(told.content))]
    await send_whole(send, told.status_code or 500, head, b"" if scope["method"] == "HEAD" else told.content)
