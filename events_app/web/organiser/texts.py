"""The texts in front and back of the programme: welcome, access, how to get there, sponsors."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any

import msgspec
from litestar import Response
from litestar.params import FromPath

from ...editing import Conflict
from ...editing.event import PLACES, find, move_text, put_text, remove_text
from ...language import gettext as _
from ...programme.model import Event, Matter
from ...reading import Draft, NotFound
from ..errors import Unreadable
from ..forms import Entries, Field, Wrong, filled, read
from ..forms.inputs import Choice, Line, Text
from ..pages import Asking
from ..rights import account
from .settings import kept
from .workspace import at, draft_of, one, show, to, typed


async def index(request: Asking, event: FromPath[str]) -> Response[bytes]:
    return await asyncio.to_thread(_list, request, await draft_of(request, event))


async def blank(request: Asking, event: FromPath[str]) -> Response[bytes]:
    draft = await draft_of(request, event)
    place = request.query_params.get("place", "")
    entries = {"title": [""], "text": [""], "place": [place if place in PLACES else PLACES[0]]}
    return await asyncio.to_thread(_form, request, draft, entries)


async def add(request: Asking, event: FromPath[str]) -> Response[Any]:
    draft = await draft_of(request, event)
    form = await typed(request)
    held, wrong = read(_fields(new=True), form, None)
    if wrong or one(form, "do") == "preview":
        return await asyncio.to_thread(
            _form, request, draft, form, wrong=wrong if one(form, "do") != "preview" else None
        )
    matter = Matter(title=held["title"], text=held["text"])
    place, n = await put_text(event, held["place"], matter, account(request).email)
    return to(f"{at(draft.programme.event)}/texts?at={place}-{n}&done=added")


async def form(request: Asking, event: FromPath[str], place: FromPath[str], n: FromPath[int]) -> Response[bytes]:
    draft = await draft_of(request, event)
    matter = _text(draft.programme.event, place, n)
    entries = {"title": [matter.title], "text": [matter.text], "seen": [msgspec.json.encode(matter).decode()]}
    return await asyncio.to_thread(_form, request, draft, entries, place, n)


async def save(request: Asking, event: FromPath[str], place: FromPath[str], n: FromPath[int]) -> Response[Any]:
    """Saves a text, if nobody has changed it since it was read; else shows both."""
    draft = await draft_of(request, event)
    _known(place)
    form = await typed(request)
    seen = _seen(form)
    form = form | {name: [getattr(seen, name)] for name in ("title", "text") if one(form, f"take-{name}") == "theirs"}
    if one(form, "do") in ("preview", "edit"):
        return await asyncio.to_thread(_form, request, draft, form, place, n)
    held, wrong = read(_fields(), form, msgspec.structs.asdict(seen))
    if wrong:
        return await asyncio.to_thread(_form, request, draft, form, place, n, wrong=wrong)
    matter = msgspec.structs.replace(seen, **held)
    try:
        now_in, now = await put_text(event, place, matter, account(request).email, seen=seen, n=n)
    except Conflict as conflict:
        return await _both(request, event, form, place, matter, conflict.present)
    return to(f"{at(draft.programme.event)}/texts?at={now_in}-{now}&done={'saved' if matter != seen else 'same'}")


async def move(request: Asking, event: FromPath[str]) -> Response[Any]:
    """One step up or down, over the edge between front and back."""
    draft = await draft_of(request, event)
    form = await typed(request)
    place, n, matter = _marked(draft, form)
    down = one(form, "way") == "down"
    place, n = await move_text(event, place, matter, n, account(request).email, down=down)
    return to(f"{at(draft.programme.event)}/texts?at={place}-{n}&way={'down' if down else 'up'}")


async def remove(request: Asking, event: FromPath[str]) -> Response[Any]:
    draft = await draft_of(request, event)
    place, n, matter = _marked(draft, await typed(request))
    await remove_text(event, place, matter, n, account(request).email)
    return to(f"{at(draft.programme.event)}/texts?done=removed")


def mark(matter: Matter) -> str:
    """For a button to say which text it means."""
    return hashlib.sha256(msgspec.json.encode(matter)).hexdigest()[:16]


def _marked(draft: Draft, form: Entries) -> tuple[str, int, Matter]:
    """The text that a button means; raises Conflict where it is not there any more as it was."""
    place, n = one(form, "place"), one(form, "n")
    _known(place)
    event = draft.programme.event
    meant = next((matter for matter in (*event.front, *event.back) if mark(matter) == one(form, "mark")), None)
    if meant is None:
        raise Conflict("event", event.slug, None, None)
    return place, int(n) if n.isdecimal() and len(n) < 4 else 0, meant


def _known(place: str) -> None:
    if place not in PLACES:
        raise NotFound(_("There is no such text, or not any more."))


def _text(event: Event, place: str, n: int) -> Matter:
    _known(place)
    there: tuple[Matter, ...] = getattr(event, place)
    if not 0 <= n < len(there):
        raise NotFound(_("There is no such text, or not any more."))
    return there[n]


def _seen(form: Entries) -> Matter:
    try:
        return msgspec.json.decode(one(form, "seen"), type=Matter)
    except msgspec.MsgspecError:
        raise Unreadable(_("It is not said what stood there.")) from None


def _fields(new: bool = False) -> tuple[Field, ...]:
    where = [("front", place_name("front")), ("back", place_name("back"))]
    return (
        Field("title", _("Title"), Line(required=True, most=200)),
        *([Field("place", _("Where"), Choice(where), wide=False)] if new else []),
        Field("text", _("Text"), Text(rows=18), _("Markdown: *emphasis*, **strong**, lists, tables and links.")),
    )


def place_name(place: str) -> str:
    return {"front": _("In front"), "back": _("At the back")}[place]


def _list(request: Asking, draft: Draft) -> Response[bytes]:
    return show(
        request,
        "texts/index",
        draft,
        title=_("Texts in front and back"),
        places=[(place, place_name(place), getattr(draft.programme.event, place)) for place in PLACES],
        mark=mark,
        moved=(request.query_params.get("at", ""), request.query_params.get("way", "")),
        done=request.query_params.get("done", ""),
    )


def _form(
    request: Asking, draft: Draft, entries: Entries, place: str = "", n: int = 0, *, wrong: Wrong | None = None
) -> Response[bytes]:
    wrong = wrong or Wrong()
    labels = {field.name: field.label for field in _fields(not place)}
    return show(
        request,
        "texts/form",
        draft,
        status=422 if wrong else 200,
        title=one(entries, "title") or _("A new text"),
        place=place,
        where=place_name(place) if place else "",
        n=n,
        fields=_fields(not place),
        matter=next(iter(getattr(draft.programme.event, place)[n : n + 1]), None) if place else None,
        typed=entries,
        wrong=wrong,
        summary=[(control, labels.get(control, ""), sentence) for control, sentence in wrong.items()],
    )


async def _both(
    request: Asking, slug: str, form: Entries, place: str, mine: Matter, theirs: Matter | None
) -> Response[bytes]:
    """Both texts; to save then is to save over what stands there now, or to put back what is gone."""
    draft = await draft_of(request, slug)
    place, n = (find(draft.programme.event, place, theirs, 0) if theirs else None) or (place, 0)
    return show(
        request,
        "texts/both",
        draft,
        status=409,
        title=_("Somebody else was faster"),
        place=place,
        n=n,
        mine=mine,
        theirs=theirs,
        seen=msgspec.json.encode(theirs).decode() if theirs else "",
        kept=kept(form | filled(_fields(), msgspec.structs.asdict(mine))),
    )
