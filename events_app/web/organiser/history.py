"""Who changed what and when, for the whole event or one thing; and taking it back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from litestar import Response
from litestar.params import FromPath

from ... import editing, reading
from ...editing import Conflict
from ...language import gettext as _
from ...programme.lookup import index
from ...programme.model import COLLECTIONS, Noun
from ...reading import LogLine
from ..errors import Unreadable
from ..pages import Asking
from ..rights import account
from . import sheets
from .fields import World, fields
from .telling import Altered, Told, altered, kind_label, told, verb_name
from .workspace import at, collection_names, draft_of, one, show, title_of, to, typed

LINES = 40
"""On one page."""

LOOKED = 200
"""Lines that are looked through at a time for those of one thing."""


async def whole(request: Asking, event: FromPath[str]) -> Response[bytes]:
    """Everything that was done in the event, narrowed down by who did it, how, and to what."""
    draft = await draft_of(request, event)
    asked = {name: request.query_params.get(name, "")[:200] for name in ("who", "what", "noun")}
    below = _number(request.query_params.get("below", ""))
    who, verbs = await reading.log_makers(event)
    noun = asked["noun"] if asked["noun"] in COLLECTIONS else ""
    lines = await reading.log_of(event, who=asked["who"], what=asked["what"], noun=noun, limit=LINES + 1, below=below)
    world = World(draft)
    return show(
        request,
        "history/whole",
        draft,
        lines=await asyncio.to_thread(lambda: [told(line, world) for line in lines[:LINES]]),
        earlier=_earlier(lines, asked),
        asked=asked,
        who=who,
        verbs=[(what, verb_name(what)) for what in verbs],
        nouns=collection_names(),
        **_common(request),
    )


async def line(request: Asking, event: FromPath[str], line: FromPath[str]) -> Response[bytes]:
    """All that one line did."""
    draft = await draft_of(request, event)
    found = await reading.log_line(event, _line(line))
    world = World(draft)
    full = await asyncio.to_thread(told, found, world, whole=True)
    return show(request, "history/line", draft, told=full, **_common(request))


async def of_noun(
    request: Asking, event: FromPath[str], collection: FromPath[str], code: FromPath[str]
) -> Response[bytes]:
    """What was done to one thing, and to what is planned for it; also when it is gone."""
    draft = await draft_of(request, event, collection)
    below = _number(request.query_params.get("below", ""))
    world = World(draft)
    only = _things(collection, code)
    lines = await _lines_of(event, code, only, world, below)
    noun: Noun | None = getattr(index(draft.programme), collection).get(code)
    earlier = f"below={lines[LINES - 1].line.revision}" if len(lines) > LINES else ""
    if noun is None and not lines:
        raise reading.NotFound(_("“{code}” is not there, and never was.").format(code=code))
    return show(
        request,
        "history/noun",
        draft,
        collection=collection,
        names=collection_names(),
        code=code,
        noun=noun,
        name=title_of(noun) if noun else lines[0].stories[0].name if lines[0].stories else code,
        lines=lines[:LINES],
        earlier=earlier,
        **_common(request),
    )


async def take_back(request: Asking, event: FromPath[str]) -> Response[Any]:
    """Puts back everything that a line changed; where something of it has changed since, shows what."""
    draft = await draft_of(request, event)
    form = await typed(request)
    back = one(form, "back")
    if not back.startswith(f"{at(draft.programme.event)}/"):
        back = f"{at(draft.programme.event)}/history"
    try:
        await editing.undo(event, _line(one(form, "line")), account(request).email)
    except Conflict as conflict:
        draft = await draft_of(request, event)
        return show(
            request, "history/conflict", draft, status=409, conflict=conflict, back=back,
            differing=_differing(conflict, World(draft)), kind=kind_label(conflict.noun),
        )  # fmt: skip
    return to(f"{back}?done=undone")


async def _lines_of(
    slug: str, code: str, only: frozenset[tuple[str, str]], world: World, below: int | None
) -> list[Told]:
    """One more than a page, so that it is known whether there are earlier ones."""
    found: list[Told] = []
    while len(found) <= LINES:
        lines = await _mentioning(slug, code, only, below)
        found += [said for line in lines if (said := told(line, world, whole=True, only=only)).stories]
        if len(lines) < LOOKED:
            break
        below = lines[-1].revision
    return found[: LINES + 1]


async def _mentioning(slug: str, code: str, only: frozenset[tuple[str, str]], below: int | None) -> Sequence[LogLine]:
    lines = await reading.log_of(slug, code=code, limit=LOOKED, below=below)
    if any(kind == "availability" for kind, _code in only):
        lines += await reading.log_of(slug, code=f"{code}/", limit=LOOKED, below=below)
    return sorted({line.id: line for line in lines}.values(), key=lambda line: -line.revision)[:LOOKED]


def _things(collection: str, code: str) -> frozenset[tuple[str, str]]:
    """A noun and what is planned for it."""
    kinds = {collection, *sheets.PLANS.get(collection, ())}
    if collection == "people":
        kinds.add("availability")
    return frozenset((kind, code) for kind in kinds)


def _differing(conflict: Conflict, world: World) -> list[Altered]:
    """What stands there now, and what was to stand there again."""
    if conflict.present is None or conflict.wanted is None:
        return []
    owner = conflict.noun if conflict.noun in COLLECTIONS else ""
    known = {field.name: field for field in fields(owner, world)} if owner else {}
    return [
        altered(known.get(name), name, getattr(conflict.present, name), getattr(conflict.wanted, name))
        for name in conflict.present.__struct_fields__
        if getattr(conflict.present, name) != getattr(conflict.wanted, name)
    ]


def _common(request: Asking) -> dict[str, Any]:
    return {
        "kind_label": kind_label,
        "here": request.scope["state"]["address"],
        "done": request.query_params.get("done", ""),
        "collections": frozenset(COLLECTIONS),
    }


def _earlier(lines: Sequence[LogLine], asked: dict[str, str]) -> str:
    """The query of the address of what was done before these."""
    if len(lines) <= LINES:
        return ""
    return urlencode({**{name: value for name, value in asked.items() if value}, "below": lines[LINES - 1].revision})


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 16 else None


def _line(text: str) -> int:
    if not text.isdecimal() or len(text) > 19 or int(text) >= 2**63:  # no database counts further
        raise Unreadable(_("It is not said which line of the history is meant."))
    return int(text)
