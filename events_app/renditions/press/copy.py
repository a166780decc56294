"""The copy that goes to the press: runs of pages as HTML, with the passages that other people wrote kept apart."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Mapping
from typing import NamedTuple

from ...programme.model import Value

PASSAGE = "<!--passage {}-->"
"""Where in a part's HTML its n-th passage belongs."""

_MARK = re.compile(PASSAGE.format(r"(\d+)"))
_ID = re.compile(r'\bid="([^"]+)"')
_LINK = re.compile(r'\bhref="#([^"]+)"')


class Passage(NamedTuple):
    """Words that somebody wrote, as they are to be set, and what they are called when they cannot be set so."""

    label: str
    html: str
    plain: str


class Part(Value, frozen=True, kw_only=True):
    """A run of pages. `html` is a whole document with a mark for each passage; `css` what styles it; `assets` are the
    only files that `asset:` addresses in either can name."""

    name: str
    html: str
    css: str
    passages: tuple[Passage, ...] = ()
    assets: Mapping[str, bytes] = {}


def assembled(part: Part, plain: frozenset[int] = frozenset()) -> str:
    """The part's document with its passages in place, those that `plain` counts out as plain text. Links that leave
    the part are marked for the binding."""
    body = _MARK.sub(lambda found: _passage(part.passages[int(found[1])], int(found[1]) in plain), part.html)
    own = set(_ID.findall(body))
    return _LINK.sub(lambda found: found[0] if found[1] in own else f'href="x-ref:{found[1]}"', body)


def key(part: Part, build: bytes) -> str:
    """The hash of all that the part's pages depend on."""
    made = hashlib.sha256(build)
    assets = [name.encode() + b"\0" + content for name, content in sorted(part.assets.items())]
    for piece in (assembled(part).encode(), part.css.encode(), *assets):
        made.update(len(piece).to_bytes(8, "big") + piece)
    return made.hexdigest()[:40]


def _passage(passage: Passage, plain: bool) -> str:
    return f"<p>{html.escape(passage.plain)}</p>" if plain else passage.html
