"""Bringing pictures and attachments, and arranging them: small forms beside the large ones, for both workspaces.

What somebody brings stands beside what others bring at the same time. Words that two have changed are shown to the
second, and neither's are lost.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote
from weakref import WeakKeyDictionary

from litestar import Response
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import FromPath

from .. import editing
from ..editing import Conflict, files
from ..editing.together import put_together
from ..intake import Refused
from ..intake.media import Cut
from ..language import gettext as _
from ..programme.lookup import index
from ..programme.model import Value
from ..programme.shelves import TEXT, Contested, Items, Place, added, moved, reworded, shelf, shelf_of, without
from .errors import NoSuchPage, Unreadable
from .forms import Entries
from .forms.inputs import plain, url
from .organiser.drafts import drafts
from .organiser.workspace import one, show, to, typed
from .pages import Asking
from .rights import account
from .speaker.workspace import mine
from .speaker.workspace import show as show_speaker

PICTURE_BYTES, ATTACHMENT_BYTES = 21 * 2**20, 51 * 2**20
"""Of a request that brings one."""

AT_ONCE = 2
"""So many files are held in memory at once; what else has arrived waits on disk, where it is laid as it comes."""

LONGEST = {"alt": 1000, "label": 200, "url": 500}
TRIES = 5


class Full(Exception):
    """There is no place for another."""


class MovedOn(Exception):
    """Another stands in the place of the one that its author saw. `theirs` are what stands there now."""

    def __init__(self, theirs: Items) -> None:
        super().__init__(theirs)
        self.theirs = theirs


class Where(NamedTuple):
    """Of which thing it is, and at which addresses: `here` takes what is brought, `back` is the page of the thing."""

    place: Place
    code: str
    here: str
    back: str
    speaker: bool


async def bring(request: Asking, event: FromPath[str], collection: FromPath[str], code: FromPath[str]) -> Response[Any]:
    """Takes a picture or an attachment of a noun."""
    return await _bring(request, event, _of_noun(request, event, collection, code))


async def arrange(
    request: Asking, event: FromPath[str], collection: FromPath[str], code: FromPath[str]
) -> Response[Any]:
    """Changes the words, the order or the number of those of a noun."""
    return await _arrange(request, event, _of_noun(request, event, collection, code))


async def bring_own(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[Any]:
    """The same, of something of one's own."""
    return await _bring(request, event, _of_noun(request, event, request.scope["path"].split("/")[3], code))


async def arrange_own(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[Any]:
    return await _arrange(request, event, _of_noun(request, event, request.scope["path"].split("/")[3], code))


async def bring_logo(request: Asking, event: FromPath[str]) -> Response[Any]:
    return await _bring(request, event, _of_event(event))


async def arrange_logo(request: Asking, event: FromPath[str]) -> Response[Any]:
    return await _arrange(request, event, _of_event(event))


async def bring_to_text(request: Asking, event: FromPath[str], place: FromPath[str], n: FromPath[int]) -> Response[Any]:
    return await _bring(request, event, await _of_text(request, event, place, n))


async def arrange_of_text(
    request: Asking, event: FromPath[str], place: FromPath[str], n: FromPath[int]
) -> Response[Any]:
    return await _arrange(request, event, await _of_text(request, event, place, n))


def _of_noun(request: Asking, event: str, collection: str, code: str) -> Where:
    """The noun's own shelf, if the address is one of its kind."""
    path = request.scope["path"].removesuffix("/arrangement")
    own = shelf_of(collection)
    name = "pictures" if own and own.holds_pictures else "files"
    if own is None or not path.endswith(f"/{name}"):
        raise NoSuchPage
    speaker = path.startswith("/speak/")
    back = f"/{'speak' if speaker else 'organise'}/{event}/{collection}/{quote(code, safe='')}"
    return Where(Place(own), code, f"{back}/{name}", back, speaker)


def _of_event(event: str) -> Where:
    logo = shelf("event", "logo")
    assert logo
    return Where(Place(logo), event, f"/organise/{event}/logo", f"/organise/{event}/settings", speaker=False)


async def _of_text(request: Asking, event: str, place: str, n: int) -> Where:
    """A text is known by its title, which stands in the form; where it does not, by its place."""
    form = await request.form()
    texts = getattr((await drafts(request).of(event)).programme.event, place, ()) if place in ("front", "back") else ()
    title = form.get("text") or (texts[n].title if 0 <= n < len(texts) else "")
    if not title:
        raise NoSuchPage
    back = f"/organise/{event}/texts/{place}/{n}"
    return Where(Place(TEXT, (place, n, str(title))), event, f"{back}/pictures", back, speaker=False)


async def _bring(request: Asking, slug: str, where: Where) -> Response[Any]:
    if request.content_type[0] != RequestEncodingType.MULTI_PART:  # of which files go to disk as they come
        raise Unreadable(_("What was sent brings no file."))
    form = await request.form()
    words = {name: _line(str(form.get(name) or ""), most) for name, most in LONGEST.items()}
    words["seen"] = str(form.get("seen") or "")[:64]
    file = form.get("file")
    shelf = where.place.shelf
    try:
        thing = await _standing(request, slug, where)
        if not isinstance(file, UploadFile) or not await file.read(1):
            raise Refused(_("no file was chosen."), remedy=_("Choose one and send it again."))
        if shelf.most > 1 and len(where.place.items(thing)) >= shelf.most:
            raise Full
        async with _turn():
            await file.seek(0)
            item = await _taken(
                slug, where, await file.read(), file.filename or "", words, str(form.get("cut") or ""),
                account(request).email,
            )  # fmt: skip

        def with_it(now: Value) -> Value:
            items = where.place.items(now)
            if shelf.most == 1 and items and items[0].key not in (words["seen"], item.key):
                raise MovedOn(items)
            if len(items) >= shelf.most > 1:
                raise Full
            return where.place.with_items(now, added(items, item, shelf.most))

        return await _changed(request, slug, where, with_it)
    except Refused as error:
        return await _again(request, where, words, what=_capital(error.what), remedy=error.remedy)
    except Full:
        return await _again(
            request,
            where,
            words,
            what=_("There are {n} already, and there is no place for more.").format(n=shelf.most),
            remedy=_("Take one away first."),
        )
    except MovedOn as error:
        return await _again(
            request,
            where,
            words,
            status=409,
            what=_(
                "Somebody else has brought another picture since you opened the page. Yours was not put in its place."
            ),
            remedy=_("Look at theirs. If yours is the better one, choose it again and send it."),
            theirs=error.theirs,
        )
    except LookupError:
        return await _gone(request, where)


async def _taken(slug: str, where: Where, data: bytes, name: str, words: Mapping[str, str], cut: str, by: str) -> Any:
    shelf = where.place.shelf
    if where.speaker:
        await files.room_for(slug, len(data), by)
    if not shelf.holds_pictures:
        texts = shelf.kind == "papers"
        return await files.take_attachment(slug, data, name, by, texts=texts, label=words["label"])
    chosen = Cut(cut) if shelf.square and cut in set(Cut) else Cut.WHOLE
    leads = _address(words["url"]) if where.place.text else ""
    return await files.take_picture(slug, data, by, largest=shelf.largest, cut=chosen, alt=words["alt"], url=leads)


_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


def _turn() -> asyncio.Semaphore:
    """One for each event loop: a semaphore belongs to the loop in which it was first waited for."""
    return _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))


async def _arrange(request: Asking, slug: str, where: Where) -> Response[Any]:
    form = await typed(request)
    act, _colon, key = one(form, "do").partition(":")
    fields = _fields(where)
    words, seen = _words(form, fields), _words(form, fields, "was-")
    contested: list[Contested] = []
    try:
        for told in words.values():
            if told.get("url"):
                told["url"] = _address(told["url"])

        def arranged(now: Value) -> Value:
            items, both = reworded(where.place.items(now), words, seen)
            contested[:] = both
            if act in ("up", "down"):
                items = moved(items, key, down=act == "down")
            elif act == "remove":
                items = without(items, (key,))
                contested[:] = [one for one in both if one.key != key]
            return where.place.with_items(now, items)

        answer = await _changed(request, slug, where, arranged)
    except Refused as error:
        return await _again(request, where, {}, what=_capital(error.what), remedy=error.remedy)
    except LookupError:
        return await _gone(request, where)
    if act == "remove":
        await files.prune(slug)
    return await _both(request, slug, where, contested) if contested else answer


def _fields(where: Where) -> tuple[str, ...]:
    """The words that can be changed of each."""
    if not where.place.shelf.holds_pictures:
        return ("label",)
    return ("alt", "url") if where.place.text else ("alt",)


def _words(form: Entries, fields: tuple[str, ...], prefix: str = "") -> dict[str, dict[str, str]]:
    """By key, what was typed, or with "was-" what was seen."""
    return {
        key: {
            name: _line(one(form, f"{prefix}{name}-{key}"), LONGEST[name])
            for name in fields
            if f"{prefix}{name}-{key}" in form
        }
        for key in form.get("key", [])
    }


async def _changed(request: Asking, slug: str, where: Where, change: Callable[[Value], Value]) -> Response[Any]:
    """Makes a change to the thing as it stands, anew where somebody has changed it at the same moment."""
    which = (where.place.shelf.kind, where.code)
    for left in reversed(range(TRIES)):
        present = await _standing(request, slug, where)
        wanted = change(present)
        if wanted == present:
            return to(f"{where.back}?done=same#shelf")
        try:
            done = await _laid(request, slug, where, {which: wanted}, {which: present})
        except Conflict:
            if not left:
                raise
            continue
        return to(f"{where.back}?done={done}#shelf")
    raise AssertionError


async def _laid(request: Asking, slug: str, where: Where, wanted: Any, seen: Any) -> str:
    by = account(request).email
    if not where.speaker:
        await put_together(slug, wanted, by, seen=seen)
        return "saved"
    outcome = await editing.correct(slug, wanted, by, seen=seen)
    if outcome.public or outcome.waiting:
        return "public" if outcome.public else "waiting"
    return "first" if await request.app.state.outputs.published(slug) is None else "next"


async def _standing(request: Asking, slug: str, where: Where) -> Value:
    """The thing as it stands; raises LookupError where it is gone."""
    programme = (await drafts(request).of(slug)).programme
    if where.place.shelf.kind == "event":
        where.place.items(programme.event)
        return programme.event
    found: Value = getattr(index(programme), where.place.shelf.kind)[where.code]
    return found


async def _again(
    request: Asking,
    where: Where,
    words: Mapping[str, str],
    *,
    what: str,
    remedy: str,
    status: int = 422,
    theirs: Items = (),
) -> Response[bytes]:
    """Says why it was not taken, with the form to try again."""
    return await _page(
        request, where, status=status, title=_("It was not taken"), what=what, remedy=remedy, words=words, theirs=theirs
    )


async def _gone(request: Asking, where: Where) -> Response[bytes]:
    return await _again(
        request,
        where,
        {},
        status=409,
        what=_("What this belongs to is not there any more, or has another title by now."),
        remedy=_("Go back and look at what stands there now."),
    )


async def _both(request: Asking, slug: str, where: Where, contested: list[Contested]) -> Response[bytes]:
    """Shows the words that two people have changed. Theirs stand there; the own ones are one button away."""
    thing = await _standing(request, slug, where)
    items = {item.key: item for item in where.place.items(thing)}
    return await _page(
        request,
        where,
        status=409,
        title=_("Somebody else was faster"),
        what=_(
            "Somebody has changed the same words since you opened the page. Theirs stand there; choose which are to."
        ),
        remedy="",
        words={},
        theirs=(),
        contested=[one for one in contested if one.key in items],
        items=items,
    )


async def _page(request: Asking, where: Where, *, status: int, **more: Any) -> Response[bytes]:
    slug = request.path_params["event"]
    told = {
        "shelf": where.place.shelf,
        "text": where.place.text[2] if where.place.text else "",
        "here": where.here,
        "back": where.back,
        "contested": [],
        "items": {},
        **more,
    }
    if where.speaker:
        return show_speaker(request, "file_again", await mine(request, slug), status=status, **told)
    return show(request, "files/again", await drafts(request).of(slug), status=status, **told)


def _line(text: str, most: int) -> str:
    return " ".join(plain(text).split())[:most]


def _address(text: str) -> str:
    """An address on the web, or nothing; raises Refused."""
    try:
        return url(text) if text else ""
    except ValueError as error:
        raise Refused(str(error)) from None


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
