"""Our own styles, scripts and pictures. Their addresses name their content, so clients keep them for ever."""

from __future__ import annotations

import asyncio
import mimetypes
import re

from litestar.types import HTTPScope, Send

from ..renditions.templating import STATIC, assets
from .answering import Prepared, answer, prepared
from .errors import NoSuchPage

FOR_EVER = b"public, max-age=31536000, immutable"
FOR_NOW = b"no-cache"

_MEDIA = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
}
_BUILD = re.compile(r"[0-9a-f]{8,64}")
_PACKED = {".woff2", ".woff", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".ico", ".pdf"}


class Static:
    """The files of `assets()`, each read when it is first asked for. A name that is not listed is not looked up.

    While one build takes over from another, a page of one may ask the other for its style: it gets what there is,
    but not to keep.
    """

    def __init__(self) -> None:
        root = STATIC.resolve()
        # a link that leads out of the folder is not served
        self._files = {address: path for address, path in assets().items() if path.resolve().is_relative_to(root)}
        self._build = next(iter(self._files)).split("/")[2] if self._files else ""
        self._kept: dict[str, Prepared] = {}

    async def answer(self, scope: HTTPScope, send: Send) -> None:
        address, caching = scope["path"], FOR_EVER
        if address not in self._files:
            address, caching = self._same_name(address), FOR_NOW
        if address not in self._kept:
            self._kept[address] = await asyncio.to_thread(self._read, address)
        await answer(scope, send, self._kept[address], caching=caching)

    def _same_name(self, address: str) -> str:
        _, _, build, *name = [*address.split("/"), ""]
        if not _BUILD.fullmatch(build):
            raise NoSuchPage
        found = f"/static/{self._build}/{'/'.join(name).rstrip('/')}"
        if found not in self._files:
            raise NoSuchPage
        return found

    def _read(self, address: str) -> Prepared:
        path = self._files[address]
        media = _MEDIA.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return prepared(path.read_bytes(), media, address.split("/")[2], None, plain=path.suffix in _PACKED)
