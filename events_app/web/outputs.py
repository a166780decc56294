"""What the public gets of the events: each a function of the build and of what is published, and made once.

A request costs one small query: which revision is published. Its entity tag is known from that; what was made for
an older revision is never sent, and nothing has to be told to forget it.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple, TypeVar

from litestar.types import HTTPScope, Send

from .. import reading
from ..programme.model import Programme
from ..renditions import RENDITIONS, Rendition, Site, press
from ..settings import Settings
from . import files
from .addresses import Addresses, Asked
from .answering import Prepared, answer, entity_tag, prepared, send_whole
from .build import build
from .conditional import has_it, http_date
from .eras import Era, Eras
from .errors import NoSuchPage, NotPublished
from .prints import PARTS, Prints

CACHING = b"no-cache"
"""Keep it, but ask every time whether it is still the same."""

KEPT_BYTES = 192 * 2**20
KEPT_PROGRAMMES = 8

Made = TypeVar("Made")

log = logging.getLogger(__name__)


def now() -> datetime:
    return datetime.now(UTC)


class Held(NamedTuple):
    """A published programme in memory, under the revision that it is. `published` is when that one was."""

    revision: int
    programme: Programme
    eras: Eras
    published: datetime


class Outputs:
    """The public outputs, kept for one process."""

    def __init__(self, settings: Settings, *, clock: Callable[[], datetime] = now) -> None:
        self._addresses = Addresses(RENDITIONS)
        self._site = Site(base=settings.base, build=build())
        self._clock = clock
        self.prints = Prints(settings.data / "prints", build())
        press.keep_in(settings.data / "prints" / PARTS)
        self._programmes: OrderedDict[str, Held] = OrderedDict()
        self._entries: OrderedDict[Hashable, tuple[int, Prepared]] = OrderedDict()
        self._kept_bytes = 0
        self._flights: dict[Hashable, asyncio.Future[Any]] = {}

    def find(self, address: str, query: str) -> Asked | None:
        return self._addresses.find(address, query)

    async def answer(self, scope: HTTPScope, send: Send, slug: str, asked: Asked) -> None:
        """Answers with what is published; raises NoSuchPage and NotPublished."""
        revision = await reading.published_revision(slug)
        if revision is None:
            raise await _missing(slug)
        rendition = asked.rendition
        era = await self._era(slug, revision) if rendition.timed else None
        tag = self._tag(revision, era)
        plain = rendition.plain or rendition.heavy
        _, exact = entity_tag(tag, scope["headers"], plain=plain)
        if has_it(scope["headers"], exact, None):
            head = [(b"etag", exact), (b"cache-control", CACHING)]
            if not plain:
                head.append((b"vary", b"accept-encoding"))
            held = self._programmes.get(slug)
            if held and held.revision == revision:
                head.append((b"last-modified", http_date(_modified(held, era))))
            await send_whole(send, 304, head, b"")
            return
        found = await self._prepared(slug, revision, asked, era)
        if found is None:
            raise NoSuchPage
        await answer(scope, send, found, caching=CACHING)

    async def file(self, scope: HTTPScope, send: Send, slug: str, rest: str) -> None:
        """Answers with a picture or an attachment that is published; raises NoSuchPage and NotPublished."""
        revision = await reading.published_revision(slug)
        if revision is None:
            raise await _missing(slug)
        held = await self._programme(slug, revision)
        await files.send_public(scope, send, slug, held.programme, rest)

    async def published(self, slug: str) -> Programme | None:
        """What the public sees of an event, as it is kept here; None before the first release."""
        revision = await reading.published_revision(slug)
        return None if revision is None else (await self._programme(slug, revision)).programme

    def _tag(self, revision: int, era: Era | None) -> str:
        return f"{self._site.build}-{revision}" + (f"-{era.number}" if era else "")

    async def _era(self, slug: str, revision: int) -> Era:
        return (await self._programme(slug, revision)).eras.at(self._clock())

    async def _prepared(self, slug: str, revision: int, asked: Asked, era: Era | None) -> Prepared | None:
        key = (slug, asked.rendition.name, asked.given)
        if kept := self._entries.get(key):
            made_of, found = kept
            if made_of >= revision and found.tag == self._tag(made_of, era):
                self._entries.move_to_end(key)
                return found
        return await self._once((key, revision, era), lambda: self._make(key, slug, revision, asked, era))

    async def _make(self, key: Hashable, slug: str, revision: int, asked: Asked, era: Era | None) -> Prepared | None:
        held = await self._programme(slug, revision)
        site = self._site if era is None else _at(self._site, era)
        tag = self._tag(held.revision, era)
        rendition = asked.rendition
        if rendition.heavy:
            printed = files.handed_over(slug, held.programme, site)
            make = partial(_printed, rendition, held, printed, asked)
            body = await self.prints.made(slug, held.revision, asked, make)
            return None if body is None else prepared(body, rendition.media, tag, held.published, plain=True)
        found = await asyncio.to_thread(_made, rendition, held, site, asked, tag, era)
        if found is not None:
            self._keep(key, held.revision, found)
        return found

    def _keep(self, key: Hashable, revision: int, found: Prepared) -> None:
        """Keeps it unless something newer is there; lets go of what was used longest ago."""
        old = self._entries.pop(key, None)
        if old and old[0] > revision:
            self._entries[key] = old
            return
        self._entries[key] = revision, found
        self._kept_bytes += found.size - (old[1].size if old else 0)
        while self._kept_bytes > KEPT_BYTES and len(self._entries) > 1:
            _, (_, dropped) = self._entries.popitem(last=False)
            self._kept_bytes -= dropped.size

    async def _programme(self, slug: str, revision: int) -> Held:
        held = self._programmes.get(slug)
        if held is None or held.revision < revision:
            held = await self._once((slug, revision), lambda: self._load(slug))
        return held

    async def _load(self, slug: str) -> Held:
        programme = await reading.published(slug)
        if programme is None or programme.version is None:
            raise await _missing(slug)
        version = programme.version
        held = Held(version.revision, programme, Eras(programme), version.as_of)
        self._programmes[slug] = held
        self._programmes.move_to_end(slug)
        while len(self._programmes) > KEPT_PROGRAMMES:
            self._programmes.popitem(last=False)
        return held

    async def _once(self, key: Hashable, make: Callable[[], Awaitable[Made]]) -> Made:
        """Whoever asks for the same at the same time waits for one making of it; it goes on if they leave."""
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = asyncio.ensure_future(make())
            flight.add_done_callback(lambda done: self._landed(key, done))
        made: Made = await asyncio.shield(flight)
        return made

    def _landed(self, key: Hashable, done: asyncio.Future[Any]) -> None:
        del self._flights[key]
        if not done.cancelled():
            done.exception()  # whoever waited has had it; if all have left, nobody needs it


def _modified(held: Held, era: Era | None) -> datetime:
    return max(held.published, era.began) if era else held.published


def _at(site: Site, era: Era) -> Site:
    return Site(base=site.base, build=site.build, language=site.language, now=era.began)


def _made(rendition: Rendition, held: Held, site: Site, asked: Asked, tag: str, era: Era | None) -> Prepared | None:
    body = _rendered(rendition, held, site, asked)
    if body is None:
        return None
    return prepared(body, rendition.media, tag, _modified(held, era), plain=rendition.plain)


def _rendered(rendition: Rendition, held: Held, site: Site, asked: Asked) -> bytes | None:
    params: Mapping[str, str] = asked.params
    return rendition.render(held.programme, site, params)


def _printed(rendition: Rendition, held: Held, site: Callable[[], Site], asked: Asked) -> bytes | None:
    return _rendered(rendition, held, site(), asked)


async def _missing(slug: str) -> Exception:
    known = {line.slug: line for line in await reading.events()}
    return NotPublished(known[slug].name) if slug in known else NoSuchPage()
