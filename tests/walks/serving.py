"""A small server that answers with the renditions themselves, as the web layer does, and with its security headers."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from events_app.programme.model import Programme
from events_app.renditions import RENDITIONS, Rendition, Site
from events_app.renditions.templating import assets

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}
LIGHT = tuple(rendition for rendition in RENDITIONS if not rendition.heavy)


def found(address: str, renditions: tuple[Rendition, ...] = RENDITIONS) -> tuple[Rendition, dict[str, str]] | None:
    """The rendition that answers at an address below the event's, and what its places hold; longest pattern first."""
    for rendition in sorted(renditions, key=lambda r: -len(r.address)):
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(rendition.address))
        if match := re.fullmatch(pattern, address):
            return rendition, match.groupdict()
    return None


@contextmanager
def serving(*programmes: Programme, now: datetime = datetime(2028, 3, 25, 11, tzinfo=UTC)) -> Iterator[str]:
    """Serves programmes on a free port, and yields the address without a slash at the end."""
    known = {programme.event.slug: programme for programme in programmes}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            slug, _slash, address = unquote(asked.path).lstrip("/").partition("/")
            body, media = None, "text/html; charset=utf-8"
            if file := assets().get(asked.path):
                body, media = file.read_bytes(), TYPES.get(file.suffix[1:], "application/octet-stream")
            elif slug in known and (hit := found(address, LIGHT)):
                rendition, places = hit
                params = {k: v for k, v in parse_qsl(asked.query) if k in rendition.query} | places
                body, media = rendition.render(known[slug], Site(base=base, now=now), params), rendition.media
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", media)
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    base = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield base
    finally:
        server.shutdown()
        server.server_close()
