"""What a client already has, and what it takes: RFC 9110 §12.5.3 (Accept-Encoding) and §13 (conditional requests)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache

Headers = Iterable[tuple[bytes, bytes]]

ENCODINGS = ("br", "gzip", "identity")
"""In the order in which we like them."""

_TAG = re.compile(rb'(?:W/)?("[^"]*")')


def header(headers: Headers, name: bytes) -> bytes:
    """A request's header; several of one name are one list (§5.3). Empty where there is none."""
    return b", ".join([value for known, value in headers if known == name])


@lru_cache(512)
def encoding(accepted: bytes) -> str:
    """The best of ENCODINGS that an Accept-Encoding takes; `identity` unless another is asked for."""
    weights: dict[str, float] = {}
    for item in accepted.decode("latin-1").lower().split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        weights[name] = _weight(parameters)
    rest = weights.get("*", 0.0)
    identity = weights.get("identity", 0.0)
    best = max(ENCODINGS[:2], key=lambda name: weights.get(name, rest))
    weight = weights.get(best, rest)
    return best if weight > 0 and weight >= identity else "identity"


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def has_it(headers: Headers, tag: bytes, modified: datetime | None) -> bool:
    """Whether the client holds what bears this entity tag, so that 304 is the answer.

    If-None-Match compares weakly and goes before If-Modified-Since (§13.1.2, §13.1.3).
    """
    known = header(headers, b"if-none-match")
    if known:
        return known.strip() == b"*" or tag in _TAG.findall(known)
    since = header(headers, b"if-modified-since")
    return bool(since and modified) and not _later(modified, since)


def _later(modified: datetime | None, since: bytes) -> bool:
    """Whether it was changed after the HTTP date; what is no date does not count."""
    try:
        date = parsedate_to_datetime(since.decode("latin-1"))
    except ValueError:
        return True
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return modified is None or modified.replace(microsecond=0) > date


@lru_cache(512)
def http_date(moment: datetime) -> bytes:
    """`Sat, 25 Mar 2028 09:00:00 GMT`"""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True).encode()
