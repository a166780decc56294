"""One field of one thing, changed where a list shows it."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Response
from litestar.params import FromPath

from ...editing import Conflict, Problem
from ...editing.together import put_together
from ...programme.model import Noun
from ...reading import Draft
from ..errors import NoSuchPage
from ..forms import Entries, Field, Wrong, filled, read
from ..pages import Asking
from ..rights import account
from . import sheets
from .columns import table
from .fields import World, fields
from .workspace import address, collection_names, draft_of, noun_of, one, show, title_of, to, typed

CELLS: dict[str, dict[str, str]] = {
    "sessions": {
        "title": "title", "kind": "kind", "minutes": "minutes", "room": "room", "track": "track", "panel": "panel",
        "expected": "people",
    },
    "papers": {"title": "title", "panel": "panel", "track": "track", "status": "status"},
    "panels": {"title": "title", "track": "track"},
    "people": {"title": "name", "sorts": "sorts_as", "affiliation": "affiliation", "country": "country"},
    "rooms": {
        "title": "name", "kind": "kind", "capacity": "capacity", "building": "building", "level": "level",
        "step_free": "step_free", "equipment": "equipment",
    },
    "tracks": {"title": "name", "colour": "colour"},
    "showcases": {"title": "title", "organisation": "organisation", "home": "home", "floor": "floor", "place": "place"},
}  # fmt: skip
"""By the column that shows it, the field of each kind of noun that can be changed in the list."""


async def form(
    request: Asking, event: FromPath[str], collection: FromPath[str], code: FromPath[str], column: FromPath[str]
) -> Response[bytes]:
    draft = await draft_of(request, event, collection)
    field = _field(draft, collection, column)
    return _page(request, draft, collection, code, column, field, _entries(draft, collection, code, field))


async def save(
    request: Asking, event: FromPath[str], collection: FromPath[str], code: FromPath[str], column: FromPath[str]
) -> Response[Any]:
    """Saves what was typed if nobody has changed this field since it was read; else shows what stands there now.

    Whatever else somebody has changed of the same thing meanwhile stays as they have it.
    """
    draft = await draft_of(request, event, collection)
    field = _field(draft, collection, column)
    noun_of(draft, collection, code)
    typed_ = await typed(request)
    seen = sheets.things(draft, collection, code)
    base = sheets.values(collection, seen)
    values, wrong = read((field,), typed_, base)
    stands = _written(_entries(draft, collection, code, field))
    if not wrong and one(typed_, "seen") != stands and values[field.name] != base[field.name]:
        return _page(request, draft, collection, code, column, field, typed_, theirs=field.input.said(base[field.name]))
    wanted = {} if wrong else sheets.wanted(collection, code, seen, base | values)
    try:
        if wanted:
            await put_together(event, wanted, account(request).email, seen=seen, what="revise")
    except Conflict:  # between the reading and the writing, just now
        fresh = await draft_of(request, event, collection)
        now = sheets.values(collection, sheets.things(fresh, collection, code))[field.name]
        return _page(request, fresh, collection, code, column, field, typed_, theirs=field.input.said(now))
    except Problem as problem:
        wrong.say(field.name, str(problem))
    if wrong:
        return _page(request, draft, collection, code, column, field, typed_, wrong)
    return to(f"{address(draft.programme.event, collection, code, 'cells', column)}?done=saved")


def _field(draft: Draft, collection: str, column: str) -> Field:
    name = CELLS[collection].get(column)
    found = next((field for field in fields(collection, World(draft)) if field.name == name), None)
    if found is None:
        raise NoSuchPage
    return found


def _entries(draft: Draft, collection: str, code: str, field: Field) -> Entries:
    return filled((field,), sheets.values(collection, sheets.things(draft, collection, code)))


def _written(entries: Entries) -> str:
    """For the form to carry: what stood in it."""
    return msgspec.json.encode(entries).decode()


def _page(
    request: Asking,
    draft: Draft,
    collection: str,
    code: str,
    column: str,
    field: Field,
    entries: Entries,
    wrong: Wrong | None = None,
    *,
    theirs: str | None = None,
) -> Response[bytes]:
    noun = noun_of(draft, collection, code)
    return show(
        request,
        "lists/cell",
        draft,
        status=422 if wrong else 200 if theirs is None else 409,
        collection=collection,
        names=collection_names(),
        code=code,
        name=title_of(noun) or code,
        here=address(draft.programme.event, collection, code, "cells", column),
        field=field._replace(wide=True),
        typed={field.name: entries.get(field.name, [])},
        seen=_written(_entries(draft, collection, code, field)) if not wrong else one(entries, "seen"),
        said=_said(draft, collection, column, noun),
        wrong=wrong or {},
        theirs=theirs,
        done=request.query_params.get("done", "") if request.method == "GET" else "",
    )


def _said(draft: Draft, collection: str, column: str, noun: Noun) -> str:
    """What stands in the list."""
    if column == "title":
        return title_of(noun)
    return next(found.text(noun) for found in table(collection, World(draft)).columns if found.key == column)
