"""What a rendition is, and what it may know besides the programme."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from ..programme.model import Programme, Value


class Site(Value, frozen=True, kw_only=True):
    """Where and as what the rendition will be seen.

    `base` is the site's address without a slash at the end; `build` changes with every change of code or templates;
    `now` is set only for renditions that are `timed`, and only as exact as what is on now needs it. `pictures` are the
    bytes of those that the programme names, by their keys, for renditions that are `heavy`: paper fetches nothing.
    `files` is where a draft's pictures and attachments are shown; empty: below the event's own address.
    """

    base: str
    build: str = "dev"
    language: str = "en"
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    pictures: Mapping[str, bytes] = {}
    files: str = ""


class Rendition(Value, frozen=True, kw_only=True):
    """One thing that the public gets of an event.

    `address` is what follows `/{event}/`, with `{code}`-like places; `query` names the query parameters that it
    understands, as `cancelled=0` one of which only that value counts; all others are ignored. `render` answers None
    where the programme has no such thing (404). `heavy` ones (print) take seconds and are made in processes of their
    own; `timed` ones depend on what is on now;
    `plain` ones are sent uncompressed (calendars: a program that subscribes may not understand compression).
    """

    name: str
    address: str
    media: str
    render: Callable[[Programme, Site, Mapping[str, str]], bytes | None]
    query: tuple[str, ...] = ()
    heavy: bool = False
    timed: bool = False
    plain: bool = False
