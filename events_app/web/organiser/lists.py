"""Lists of each kind of noun: searched, narrowed down, sorted by the address; and setting fields for many at once."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from litestar import Response
from litestar.params import FromPath

from ...editing import Problem
from ...editing.together import revise_together
from ...language import gettext as _
from ...language import ngettext
from ...programme.model import Noun
from ...reading import Draft, NotFound
from ..forms import Entries, Field, Wrong, filled, read
from ..pages import Asking
from ..rights import account
from . import sheets
from .cells import CELLS
from .columns import Column, Filter, Table, natural, table
from .fields import World, fields, named
from .workspace import address, collection_names, draft_of, one, show, title_of, to, typed

_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
"""Letters that are no other letter with an accent, as they are typed by those whose keyboard lacks them."""

PAGE = 200
"""Rows on one page."""


class Wish(NamedTuple):
    """What an address asks of a list: the words to be found, filters and their options, what to sort by, which page."""

    q: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    page: int = 1

    def query(self, **changes: Any) -> str:
        """The query of an address that asks for this, with changes."""
        wish = self._replace(**changes)
        given = [("q", wish.q), *wish.chosen, ("sort", wish.sort), ("page", str(wish.page) if wish.page > 1 else "")]
        return urlencode([pair for pair in given if pair[1]])

    def without(self, key: str) -> tuple[tuple[str, str], ...]:
        return tuple(pair for pair in self.chosen if pair[0] != key)


class Listed(NamedTuple):
    """A list as it is shown. `columns` are those in which anything stands, `found` all that match, `rows` those of this
    page: the noun, its name, and a text a column."""

    table: Table
    columns: list[Column]
    wish: Wish
    total: int
    found: list[Noun]
    rows: list[tuple[Noun, str, list[str]]]
    pages: int


async def index(request: Asking, event: FromPath[str], collection: FromPath[str]) -> Response[bytes]:
    draft = await draft_of(request, event, collection)
    wish = wished(request.scope["query_string"].decode("latin-1"))
    return await _page(request, draft, collection, wish)


async def revise(request: Asking, event: FromPath[str], collection: FromPath[str]) -> Response[Any]:
    """Sets fields of all that are ticked, or of all that the list's address matches. All of them, or none."""
    draft = await draft_of(request, event, collection)
    form = await typed(request)
    wish = wished(one(form, "query"))
    world = World(draft)
    chosen = set(form.get("set", []))
    settable = named(fields(collection, world), table(collection, world).bulk)
    wanted = [field for field in settable if field.name in chosen]
    values, wrong = read(wanted, form, None)
    codes = _codes(draft, collection, form, wish)
    if not codes:
        wrong.say("code", _("Tick the rows that are to be changed first."))
    if not wanted:
        wrong.say("set", _("Tick what is to be set first."))
    if not wrong:
        try:
            own, plans = sheets.sorted_out(collection, values)
            count = await revise_together(event, collection, codes, own, account(request).email, plans=plans)
        except (Problem, NotFound) as error:
            wrong.say("code", str(error))
        else:
            query = wish.query()
            return to(f"{address(draft.programme.event, collection)}?{query}{'&' if query else ''}done={count}")
    return await _page(request, draft, collection, wish, form=form, wrong=wrong)


def wished(query: str) -> Wish:
    """Reads an address; what makes no sense in it asks for nothing."""
    given = {name: value.strip()[:200] for name, value in parse_qsl(query, max_num_fields=None) if value.strip()}
    page = given.pop("page", "1")
    q, sort = given.pop("q", ""), given.pop("sort", "")
    given.pop("done", None)
    return Wish(q, tuple(given.items()), sort, int(page) if page.isdecimal() and len(page) < 6 else 1)


def listed(draft: Draft, collection: str, wish: Wish) -> Listed:
    world = World(draft)
    shown = table(collection, world)
    everything: Sequence[Noun] = getattr(draft.programme, collection)
    known = {filter.key: filter for filter in shown.filters}
    wish = wish._replace(chosen=tuple(pair for pair in wish.chosen if _offered(known.get(pair[0]), pair[1])))
    found = _sorted(_narrowed(everything, shown, known, wish), shown, wish.sort)
    pages = max(1, -(-len(found) // PAGE))
    wish = wish._replace(page=min(max(wish.page, 1), pages))
    here = found[(wish.page - 1) * PAGE : wish.page * PAGE]
    texts = {column.key: [column.text(noun) for noun in here] for column in shown.columns}
    columns = [column for column in shown.columns if any(texts[column.key]) or column.key == wish.sort.lstrip("-")]
    rows = [
        (noun, title_of(noun) or noun.code, [texts[column.key][n] for column in columns]) for n, noun in enumerate(here)
    ]
    return Listed(shown, columns, wish, len(everything), found, rows, pages)


def _offered(filter: Filter | None, option: str) -> bool:
    return filter is not None and any(value == option for value, _label in filter.options)


def _narrowed(everything: Sequence[Noun], shown: Table, known: dict[str, Filter], wish: Wish) -> list[Noun]:
    tests = [(known[key].test, option) for key, option in wish.chosen]
    found = [noun for noun in everything if all(test(noun, option) for test, option in tests)]
    if words := folded(wish.q).split():
        found = [noun for noun in found if _holds(folded(shown.words(noun)), words)]
    return found


def _holds(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


@lru_cache(8192)
def folded(text: str) -> str:
    """Without accents and case. Kept, because whoever types asks for the same texts at every key."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_STROKES))
    return "".join(char for char in plain if not unicodedata.combining(char))


def _sorted(found: list[Noun], shown: Table, sort: str) -> list[Noun]:
    key, back = sort.removeprefix("-"), sort.startswith("-")
    column = next((column for column in shown.columns if column.key == key), None)
    if key == "title":
        return sorted(found, key=lambda noun: folded(title_of(noun)), reverse=back)
    if key == "code":
        return sorted(found, key=lambda noun: natural(noun.code), reverse=back)
    if column is None:
        return found
    return sorted(found, key=column.order or (lambda noun: _last_if_empty(folded(column.text(noun)))), reverse=back)


def _last_if_empty(text: str) -> tuple[bool, str]:
    return not text, text


def _codes(draft: Draft, collection: str, form: Entries, wish: Wish) -> list[str]:
    if "all" in form:
        return [noun.code for noun in listed(draft, collection, wish).found]
    return list(dict.fromkeys(form.get("code", [])))


async def _page(
    request: Asking,
    draft: Draft,
    collection: str,
    wish: Wish,
    *,
    form: Entries | None = None,
    wrong: Wrong | None = None,
) -> Response[bytes]:
    found = await asyncio.to_thread(listed, draft, collection, wish)
    world = World(draft)
    settable = _first_as_they_are(named(fields(collection, world), found.table.bulk))
    typed = filled(settable, _nothing(settable)) | (form or {})
    done = request.query_params.get("done", "")
    return show(
        request,
        "lists/index",
        draft,
        status=422 if wrong else 200,
        collection=collection,
        names=collection_names(),
        list=found,
        wish=found.wish,
        chosen=dict(found.wish.chosen),
        headings=_headings(found, collection),
        cells=CELLS[collection],
        settable=settable,
        typed=typed,
        ticked=set(typed.get("code", ())),
        setting=set(typed.get("set", ())),
        wrong=wrong or {},
        done=_done(int(done)) if done.isdecimal() and len(done) < 9 else "",
        first=(found.wish.page - 1) * PAGE + 1,
    )


def _done(count: int) -> str:
    return ngettext("%(n)d was changed.", "%(n)d were changed.", count) % {"n": count}


def _headings(found: Listed, collection: str) -> list[tuple[Column, str, str]]:
    """Each column with the address that sorts by it, and how it is sorted now: "ascending", "descending" or ""."""
    title = _("Title") if collection in ("sessions", "papers", "panels") else _("Name")
    columns = (Column("title", title, str), Column("code", _("Code"), str), *found.columns)
    wish = found.wish
    return [
        (column, wish.query(sort=_next(wish.sort, column.key), page=1), _now(wish.sort, column.key))
        for column in columns
    ]


def _next(sort: str, key: str) -> str:
    """Once: sorted; again: the other way round; a third time: as it was."""
    return f"-{key}" if sort == key else "" if sort == f"-{key}" else key


def _now(sort: str, key: str) -> str:
    return {key: "ascending", f"-{key}": "descending"}.get(sort, "")


def _first_as_they_are(settable: Sequence[Field]) -> tuple[Field, ...]:
    return tuple(field._replace(wide=False, help="") for field in settable)


def _nothing(settable: Sequence[Field]) -> dict[str, Any]:
    return {field.name: () if field.name == "languages" else "" for field in settable}
