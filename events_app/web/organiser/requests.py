"""What people ask for because it is locked: taken with one click, or declined with a reason."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

import msgspec
from litestar import Response
from litestar.params import FromPath

from ... import editing
from ...editing import Conflict
from ...editing.members import workers
from ...language import gettext as _
from ...programme.locks import FIELDS, value_of
from ...programme.lookup import index
from ...programme.model import Noun, Paper, Part, Session
from ...programme.own import names_at
from ...programme.planning import Request, RequestState
from ...reading import Draft
from ..pages import Asking
from ..rights import account
from .workspace import at, draft_of, one, show, to, typed

LONGEST = 2000
"""Characters of a reason."""

DECIDED = 30
"""So many that are decided are shown."""


class Shown(NamedTuple):
    """A request in words: what it is about, what stands there, what is wanted, and who wants it.

    Of a decided one it is what stood there when it was made; of an open one `then` is that, where it has changed since,
    and `seen` what stands there now as JSON, for the form to carry. `noun` is None where the thing has gone since.
    """

    request: Request
    noun: Noun | None
    field: str
    was: str
    wanted: str
    who: str
    then: str
    seen: str


async def index_page(request: Asking, event: FromPath[str]) -> Response[bytes]:
    """The open ones, the longest waiting first; then those that were decided last."""
    return await _index(request, event)


async def _index(request: Asking, event: str, *, stale: str = "") -> Response[bytes]:
    """`stale` is the code of the one that was not taken, because something else stands there by now."""
    draft = await draft_of(request, event)
    house = await workers(event)
    made = sorted(draft.planning.requests, key=lambda asked: asked.at)
    waiting = [_shown(draft, asked, house) for asked in made if asked.state is RequestState.OPEN]
    decided = [_shown(draft, asked, house) for asked in reversed(made) if asked.state is not RequestState.OPEN]
    return show(
        request, "requests/index", draft, waiting=waiting, decided=decided[:DECIDED],
        done=request.query_params.get("done", ""), stale=stale, status=409 if stale else 200,
    )  # fmt: skip


async def decide(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[Any]:
    """Takes a request, or declines it with a reason; where something else stands there than was seen, shows what.
    Raises NotFound where it is decided already."""
    draft = await draft_of(request, event)
    form = await typed(request)
    by = account(request).email
    taken = one(form, "do") == "take"
    if taken:
        try:
            await editing.take_request(event, code, by, seen=one(form, "seen"))
        except Conflict:
            return await _index(request, event, stale=code)
    else:
        await editing.decline_request(event, code, by, one(form, "reason").strip()[:LONGEST])
    return to(f"{at(draft.programme.event)}/requests?done={'taken' if taken else 'declined'}")


def _shown(draft: Draft, asked: Request, house: Collection[str]) -> Shown:
    look = index(draft.programme)
    noun: Noun | None = getattr(look, asked.noun).get(asked.thing)
    now = asked.was
    if asked.state is RequestState.OPEN and isinstance(noun, Paper | Session):
        now = value_of(noun, asked.field)
    return Shown(
        asked,
        noun,
        field_name(asked.field),
        said(draft, asked.field, now),
        said(draft, asked.field, asked.wanted),
        _who(draft, asked.by, house),
        said(draft, asked.field, asked.was) if now != asked.was else "",
        now,
    )


def _who(draft: Draft, by: str, house: Collection[str]) -> str:
    """A name where an address is one speaker's; else the address says more than the names that are kept with it."""
    names = () if by in house else names_at(draft.programme, draft.planning, by)
    if len(names) == 1:
        return names[0]
    return f"{' / '.join(names)} ({by})" if names else by


def field_name(field: str) -> str:
    """What a field that can be locked is called."""
    names = (_("Title"), _("Authors"), _("Presenter"))
    return dict(zip(FIELDS, names, strict=True)).get(field, field)


def said(draft: Draft, field: str, value: str) -> str:
    """A lockable field's JSON in words: a title, or names in their order."""
    if field == "title":
        return msgspec.json.decode(value, type=str)
    people = index(draft.programme).people
    parts = msgspec.json.decode(value, type=tuple[Part, ...])
    return ", ".join(people[part.person].name if part.person in people else part.person for part in parts)
