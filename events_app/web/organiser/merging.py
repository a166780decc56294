"""Two people who are one: picked, laid side by side, and made one."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
from litestar import Response
from litestar.params import FromPath

from ...editing import Conflict
from ...editing.together import merge_people
from ...language import gettext as _
from ...programme.model import Noun, Person
from ...programme.planning import Contact, Wishes
from ...programme.references import pointers
from ...reading import Draft
from ..errors import NoSuchPage
from ..forms import Entries, Field, Wrong
from ..forms.inputs import Text
from ..pages import Asking
from ..rights import account
from . import sheets
from .columns import same_name
from .fields import World, fields
from .naming import folded, labelled
from .workspace import address, collection_names, draft_of, noun_of, one, show, to, typed

BOTH = "both"
"""Of lists: the items of one, then those of the other that are not among them."""


class Pair(NamedTuple):
    """A field in which the two differ: what each says, and which is proposed: "one", "other" or "both"."""

    field: Field
    one: str
    other: str
    take: str
    list: bool


async def ask(request: Asking, event: FromPath[str], collection: FromPath[str], code: FromPath[str]) -> Response[bytes]:
    """Who the other is; then the two side by side."""
    draft = await draft_of(request, event, collection)
    _person(draft, collection, code)
    return _page(request, draft, code, request.query_params.get("other", ""))


async def merge(request: Asking, event: FromPath[str], collection: FromPath[str], code: FromPath[str]) -> Response[Any]:
    draft = await draft_of(request, event, collection)
    form = await typed(request)
    pair = [_person(draft, collection, code), _person(draft, collection, one(form, "other"))]
    held = [sheets.values("people", sheets.things(draft, "people", person.code)) for person in pair]
    if pair[0].code == pair[1].code:
        return _page(request, draft, code, "")
    keep = one(form, "keep") if one(form, "keep") in (pair[0].code, pair[1].code) else code
    [(kept, staying), (left, going)] = sorted(zip(pair, held, strict=True), key=lambda both: both[0].code != keep)
    gone = left.code
    chosen = staying | {
        field.name: _chosen(held[0][field.name], held[1][field.name], one(form, f"take-{field.name}"))
        for field in _fields(World(draft))
    }
    person = Person(**{**{name: chosen[name] for name in Person.__struct_fields__ if name in chosen}, "code": keep})
    person = msgspec.structs.replace(person, source=kept.source, picture=staying["picture"] or going["picture"])
    contact = Contact(person=keep, email=chosen["email"], gender=chosen["gender"])
    wishes = Wishes(**{**{name: chosen[name] for name in Wishes.__struct_fields__ if name in chosen}, "person": keep})
    try:
        await merge_people(
            event,
            keep,
            gone,
            account(request).email,
            person=person,
            contact=contact if contact.email or contact.gender else None,
            wishes=wishes if wishes != Wishes(person=keep) else None,
            seen=sheets.understood(one(form, "seen")),
        )
    except (Conflict, ValueError) as error:
        sentence = str(error) if isinstance(error, Conflict) else _("It is not said what stood there.")
        return _page(
            request, await draft_of(request, event, collection), code, pair[1].code, refused=sentence, form=form
        )
    return to(f"{address(draft.programme.event, 'people', keep)}?done=saved")


def _person(draft: Draft, collection: str, code: str) -> Person:
    if collection != "people":
        raise NoSuchPage
    found: Noun = noun_of(draft, collection, code)
    assert isinstance(found, Person)
    return found


def _fields(world: World) -> list[Field]:
    """Those between which one chooses. Their name goes with the code that stays, so that nobody's address bears
    another's name; when they can be there is put together by itself."""
    return [field for field in fields("people", world) if field.name not in ("name", "sorts_as", "availability")]


def _chosen(mine: Any, theirs: Any, take: str) -> Any:
    if take == BOTH and isinstance(mine, tuple):
        return (*mine, *(item for item in theirs if item not in mine))
    return theirs if take == "other" else mine


def _page(
    request: Asking, draft: Draft, code: str, text: str, *, refused: str = "", form: Entries | None = None
) -> Response[bytes]:
    world = World(draft)
    person = world.look.people[code]
    wrong = Wrong()
    other = world.somebody.read("other", {"other": [text]}, wrong) if text and not text.startswith("+") else ""
    if other == code:
        wrong.say("other", _("This is the same person. Choose another to merge with."))
    both = [person, world.look.people[other]] if other and not wrong else []
    held = [_held(draft, someone.code) for someone in both]
    keep = one(form or {}, "keep") or _proposed(both, held)
    seen = {which: value for someone in both for which, value in _seen(draft, someone.code).items()}
    return show(
        request,
        "people/merge",
        draft,
        status=409 if refused else 422 if wrong else 200,
        collection="people",
        names=collection_names(),
        code=code,
        noun=person,
        name=person.name,
        both=both,
        pairs=_pairs(draft, world, both, keep, form or {}),
        keep=keep,
        strangers=bool(both) and folded(both[0].name) != folded(both[1].name),
        held=held,
        alike=[twin for twin in same_name(world, person) if twin.code != code],
        text=text,
        wrong=wrong,
        refused=refused,
        seen=sheets.written(seen),
        form=form or {},
        labelled=labelled,
    )


def _seen(draft: Draft, code: str) -> dict[tuple[str, str], Any]:
    return {which: value for which, value in sheets.things(draft, "people", code).items() if which[0] != "availability"}


def _proposed(both: list[Person], held: list[list[tuple[str, Noun]]]) -> str:
    """Whose code is proposed to stay: of whoever has more to do, for there the calendars and addresses are known."""
    if not both:
        return ""
    return both[len(held[1]) > len(held[0])].code


def _pairs(draft: Draft, world: World, both: list[Person], keep: str, form: Entries) -> list[Pair]:
    if not both:
        return []
    mine, theirs = (sheets.values("people", sheets.things(draft, "people", someone.code)) for someone in both)
    stays = "one" if both[0].code == keep else "other"
    return [
        _pair(field, mine[field.name], theirs[field.name], stays, one(form, f"take-{field.name}"))
        for field in _fields(world)
        if mine[field.name] != theirs[field.name]
    ]


def _pair(field: Field, mine: Any, theirs: Any, stays: str, chosen: str) -> Pair:
    """Proposes what is chosen already; of lists both, of texts the longer one, and else what whoever stays says, if
    they say anything."""
    listed = isinstance(mine, tuple)
    if listed:
        take = BOTH
    elif isinstance(field.input, Text):
        take = "one" if len(mine) >= len(theirs) else "other"
    else:
        take = stays if (mine if stays == "one" else theirs) not in ("", None) else "other" if stays == "one" else "one"
    take = chosen or take
    return Pair(field, field.input.said(mine), field.input.said(theirs), take, listed)


def _held(draft: Draft, code: str) -> list[tuple[str, Noun]]:
    """Everything in which somebody has a part."""
    return [
        (kind, noun)
        for kind in ("panels", "sessions", "papers", "showcases")
        for noun in getattr(draft.programme, kind)
        if any(pointer.collection == "people" and pointer.code == code for pointer in pointers(noun))
    ]
