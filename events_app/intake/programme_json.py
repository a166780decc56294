"""Our own format: a Programme as msgspec writes it, with its planning where it is not for the public.

{"kind": "events-app programme 1", "programme": {…}, "planning": {…}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, timedelta
from typing import Any

import msgspec

from ..language import gettext as _
from ..programme.lookup import files_of
from ..programme.model import COLLECTIONS, Event, Picture, Programme, Value
from ..programme.planning import Planning
from . import text
from .codes import fit, slug
from .markdown import link_target
from .media import ENDINGS, file_name
from .opened import Form, Reader
from .reading import Hints, Reading, Refused
from .times import DAY, LONGEST, known_zone, moment
from .wording import colour

KIND = "events-app programme 1"
_LONG = {"abstract", "about", "biography", "text", "outcome", "wish", "notes", "set_up", "take_down", "equipment"}
_MOMENTS = {"starts", "ends", "changed", "published"}
_KEY = re.compile(r"[0-9a-f]{64}")
_LONGEST_EVENT = timedelta(days=366)


class _File(msgspec.Struct, frozen=True, kw_only=True):
    programme: Programme
    planning: Planning = Planning()


def _fits(opened: object) -> bool:
    return isinstance(opened, dict) and str(opened.get("kind", "")).startswith("events-app programme")


def _read(opened: dict[str, Any], hints: Hints) -> Reading:
    if opened["kind"] != KIND:
        raise Refused(
            _("this is “{kind}”, of a later make than this program reads.").format(kind=opened["kind"]),
            remedy=_("Update the program."),
        )
    try:
        file = msgspec.convert(_cleaned(opened), _File)
    except msgspec.ValidationError as error:
        raise Refused(f"{error}.", remedy=_mend()) from None
    programme = file.programme
    if hints.slug:
        event = msgspec.structs.replace(programme.event, slug=hints.slug)
        programme = msgspec.structs.replace(programme, event=event)
    for where, what in _wrong(programme):
        raise Refused(what, where=where, remedy=_mend())
    return Reading(kind="programme.json", programme=programme, planning=file.planning)


READER = Reader("programme.json", Form.JSON, _fits, _read)


def _mend() -> str:
    return _("Mend that place, or export the programme again.")


def _cleaned(value: Any, key: str = "") -> Any:
    """Every text as `text` leaves it, and every moment in UTC."""
    if isinstance(value, dict):
        return {name: _cleaned(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner, key) for inner in value]
    if not isinstance(value, str):
        return value
    if key in _MOMENTS and len(value) > len("2028-03-25"):
        return _utc(value)
    return text.clean(value) if key in _LONG else " ".join(text.clean(value).split())


def _utc(written: str) -> str:
    found = moment(written)
    if found is None or found.tzinfo is None:
        raise Refused(
            _("“{written}” is no moment of our times with its offset from UTC.").format(written=written[:40]),
            remedy=_mend(),
        )
    return found.astimezone(UTC).isoformat()


def _wrong(programme: Programme) -> Iterator[tuple[str, str]]:
    """What would break the programme's own rules (model.py): where, and what."""
    yield from _wrong_event(programme.event)
    codes: dict[str, set[str]] = {}
    for name in COLLECTIONS:
        codes[name] = set()
        for thing in getattr(programme, name):
            if fit(thing.code) != thing.code or not thing.code:
                yield name, _("“{code}” is no code fit for an address.").format(code=thing.code)
            if thing.code in codes[name]:
                yield f"{name} {thing.code}", _("the code stands twice.")
            codes[name].add(thing.code)
            for link in getattr(thing, "links", ()):
                if not link_target(link.url):
                    yield f"{name} {thing.code}", _("“{url}” is no web address.").format(url=link.url[:60])
            yield from ((f"{name} {thing.code}", what) for what in _wrong_files(thing))
            if (shade := getattr(thing, "colour", "")) and not colour(shade):
                yield f"{name} {thing.code}", _("“{colour}” is no colour such as #2f6f4f.").format(colour=shade)
    for where, collection, code in _references(programme):
        if code and code not in codes[collection]:
            yield (
                where,
                _("refers to “{code}”, which is not among the {collection}.").format(code=code, collection=collection),
            )
    for session in (*programme.sessions, *programme.cancelled):
        if not 0 <= session.minutes <= LONGEST or any(not 0 <= turn.minutes <= LONGEST for turn in session.turns):
            yield f"sessions {session.code}", _("lasts for less than no time, or for more than a month.")


def _wrong_files(thing: Value) -> Iterator[str]:
    """What none of our pictures and attachments says of itself."""
    for file in files_of(thing):
        if not _KEY.fullmatch(file.key):
            yield _("“{key}” is no key of a picture or a file.").format(key=file.key[:70])
        if isinstance(file, Picture):
            if file.width < 1 or file.height < 1:
                yield _("a picture has no size.")
            if file.url and not link_target(file.url):
                yield _("“{url}” is no web address.").format(url=file.url[:60])
        elif file.media not in ENDINGS or file_name(file.name, ENDINGS[file.media]) != file.name:
            yield _("“{name}” is no name of a file that could be taken.").format(name=file.name[:60])
        elif file.size < 0:
            yield _("“{name}” has no size.").format(name=file.name[:60])


def _wrong_event(event: Event) -> Iterator[tuple[str, str]]:
    yield from (("event", what) for what in _wrong_files(event))
    if known_zone(event.zone) != event.zone:
        yield "event.zone", _("there is no time zone “{zone}”.").format(zone=event.zone)
    if slug(event.slug) != event.slug or not event.slug:
        yield "event.slug", _("“{slug}” is not fit for an address: use a-z, 0-9 and hyphens.").format(slug=event.slug)
    if not (event.starts.year >= 1970 and timedelta() <= event.ends - event.starts <= _LONGEST_EVENT):
        yield "event.ends", _("the event ends before it starts, or lasts for more than a year.")
    if not 0 <= event.day_change < DAY:
        yield "event.day_change", _("is no minute of a day.")
    if event.colour and not colour(event.colour):
        yield "event.colour", _("“{colour}” is no colour such as #2f6f4f.").format(colour=event.colour)
    if event.url and not link_target(event.url):
        yield "event.url", _("“{url}” is no web address.").format(url=event.url[:60])


def _references(programme: Programme) -> Iterator[tuple[str, str, str]]:
    """Each code that stands for something else: where, of which collection, and the code."""
    for panel in programme.panels:
        yield f"panels {panel.code}", "tracks", panel.track
    for session in programme.sessions:
        where = f"sessions {session.code}"
        yield where, "rooms", session.room
        yield where, "tracks", session.track
        yield where, "panels", session.panel
        yield where, "showcases", session.showcase
        for turn in session.turns:
            yield where, "papers", turn.paper
    for paper in programme.papers:
        yield f"papers {paper.code}", "panels", paper.panel
        yield f"papers {paper.code}", "tracks", paper.track
    for showcase in programme.showcases:
        yield f"showcases {showcase.code}", "rooms", showcase.floor
        for code in showcase.panels:
            yield f"showcases {showcase.code}", "panels", code
    for name in ("panels", "sessions", "papers", "showcases"):
        for thing in getattr(programme, name):
            for part in thing.parts:
                yield f"{name} {thing.code}", "people", part.person
