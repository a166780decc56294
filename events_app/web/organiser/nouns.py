"""One noun: its form, adding it, removing it, cancelling a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from litestar import Response
from litestar.params import FromPath

from ... import editing
from ...editing import Conflict, Problem, StillUsed
from ...editing.together import Things, put_together
from ...intake.codes import fit
from ...language import gettext as _
from ...programme.lookup import index
from ...programme.model import COLLECTIONS, Noun, Value
from ...programme.references import pointers
from ...reading import Draft
from ..errors import NoSuchPage, Unreadable
from ..forms import Entries, Field, Group, Wrong, filled, read
from ..forms.inputs import Line, Rows
from ..pages import Asking
from ..rights import account
from . import sheets
from .fields import World, fields, groups
from .naming import NEW, labelled, proposed
from .workspace import address, collection_names, draft_of, noun_of, one, show, title_of, to, typed


class Difference(NamedTuple):
    """A field in which two people differ: what stood there before, what each wants, and whose is proposed."""

    field: Field
    before: str
    mine: str
    theirs: str
    take: str


async def blank(request: Asking, event: FromPath[str], collection: FromPath[str]) -> Response[bytes]:
    """An empty form; what the address says stands in it already."""
    draft = await draft_of(request, event, collection)
    world = World(draft)
    held = sheets.values(collection, {})
    entries = filled(fields(collection, world), held) | {"code": [""]}
    given = {name: [value] for name, value in request.query_params.items() if name in entries}
    return _form(request, draft, world, collection, "", entries | given)


async def add(request: Asking, event: FromPath[str], collection: FromPath[str]) -> Response[Any]:
    draft = await draft_of(request, event, collection)
    world = World(draft)
    form = await typed(request)
    if again := _rearranged(fields(collection, world), form):
        return _form(request, draft, world, collection, "", again)
    form = _with_newcomer(fields(collection, world), form)
    held, wrong = read(fields(collection, world), form, None)
    code = _new_code(draft, collection, one(form, "code"), held, wrong)
    if not wrong:
        wanted = sheets.wanted(collection, code, {}, sheets.values(collection, {}) | held)
        problem = await _saved(event, wanted | _newcomers(world), {(collection, code): None}, request)
        if problem is None:
            path = address(
                draft.programme.event, collection, *(("-", "new") if one(form, "do") == "another" else (code,))
            )
            return to(f"{path}?done=added")
        wrong.say(
            "code" if isinstance(problem, Conflict) else "",
            _taken(code) if isinstance(problem, Conflict) else str(problem),
        )
    return _form(request, draft, world, collection, "", form, wrong)


async def form(
    request: Asking, event: FromPath[str], collection: FromPath[str], code: FromPath[str]
) -> Response[bytes]:
    draft = await draft_of(request, event, collection)
    noun_of(draft, collection, code)
    world = World(draft)
    seen = sheets.things(draft, collection, code)
    entries = filled(fields(collection, world), sheets.values(collection, seen))
    return _form(request, draft, world, collection, code, entries | {"seen": [sheets.written(seen)]})


async def save(request: Asking, event: FromPath[str], collection: FromPath[str], code: FromPath[str]) -> Response[Any]:
    """Saves all that was typed, if nobody has changed it since it was read; else shows both."""
    draft = await draft_of(request, event, collection)
    world = World(draft)
    given = fields(collection, world)
    form = await typed(request)
    seen = sheets.carried(_seen(form, collection, code), sheets.things(draft, collection, code), given)
    base = sheets.values(collection, seen)
    if again := _rearranged(given, form):
        return _form(request, draft, world, collection, code, again)
    form = _with_newcomer(given, _taken_over(given, form, base))
    if one(form, "do") == "edit":
        return _form(request, draft, world, collection, code, form)
    held, wrong = read(given, form, base)
    if not wrong:
        wanted = sheets.wanted(collection, code, seen, base | held)
        problem = await _saved(event, wanted | _newcomers(world), seen, request)
        if problem is None:
            return to(f"{address(draft.programme.event, collection, code)}?done={'saved' if wanted else 'same'}")
        if isinstance(problem, Conflict):
            return await _both(request, event, collection, code, form, base, base | held)
        wrong.say("", str(problem))
    return _form(request, draft, world, collection, code, form, wrong)


async def ask_removal(
    request: Asking, event: FromPath[str], collection: FromPath[str], code: FromPath[str]
) -> Response[bytes]:
    """Says what hangs on it, before it goes."""
    draft = await draft_of(request, event, collection)
    return _removal(request, draft, collection, code)


async def remove(
    request: Asking, event: FromPath[str], collection: FromPath[str], code: FromPath[str]
) -> Response[Any]:
    draft = await draft_of(request, event, collection)
    noun_of(draft, collection, code)
    try:
        await editing.remove(event, collection, code, account(request).email)
    except StillUsed as refused:
        return _removal(request, await draft_of(request, event, collection), collection, code, str(refused))
    return to(f"{address(draft.programme.event, collection)}?done=1")


async def cancel(
    request: Asking, event: FromPath[str], collection: FromPath[str], code: FromPath[str]
) -> Response[Any]:
    """Cancels a session, or puts it back on."""
    if collection != "sessions":
        raise NoSuchPage
    draft = await draft_of(request, event, collection)
    form = await typed(request)
    await editing.cancel(event, code, account(request).email, back="back" in form)
    return to(f"{address(draft.programme.event, collection, code)}?done=saved")


async def _saved(slug: str, wanted: Things, seen: Things, request: Asking) -> Problem | None:
    """Saves it; answers why not."""
    if not wanted:
        return None
    try:
        await put_together(slug, wanted, account(request).email, seen=seen, what="revise")
    except Problem as problem:
        return problem
    return None


def _seen(form: Entries, collection: str, code: str) -> dict[tuple[str, str], Any]:
    try:
        seen = sheets.understood(one(form, "seen"))
    except ValueError:
        raise Unreadable(_("It is not said what stood there.")) from None
    if (collection, code) not in seen:
        raise Unreadable(_("It is not said what stood there."))
    return seen


def _newcomers(world: World) -> dict[tuple[str, str], Value | None]:
    return sheets.newcomers(world.somebody.newcomers.values())


def _rearranged(given: Sequence[Field], form: Entries) -> Entries | None:
    """For a button that only rearranges the form: what then stands in it."""
    rows, act, n = _pressed(given, form)
    if rows is None or act == "new":
        return None
    return rows.input.arranged(rows.name, form, act, n)  # type: ignore[attr-defined, no-any-return]


def _with_newcomer(given: Sequence[Field], form: Entries) -> Entries:
    """For the button that adds somebody new whose name stands in a row."""
    rows, act, n = _pressed(given, form)
    if rows is None or act != "new":
        return form
    names = list(form.get(f"{rows.name}-person", []))
    if n < len(names) and names[n].strip():
        names[n] = f"{NEW} {names[n].strip()}"
    return {**form, f"{rows.name}-person": names}


def _pressed(given: Sequence[Field], form: Entries) -> tuple[Field | None, str, int]:
    name, _colon, rest = one(form, "do").partition(":")
    act, _colon, n = rest.partition(":")
    rows = next((field for field in given if field.name == name and isinstance(field.input, Rows)), None)
    return rows, act, int(n) if n.isdecimal() and len(n) < 6 else 0


def _taken_over(given: Sequence[Field], form: Entries, base: Mapping[str, Any]) -> Entries:
    """Where somebody has chosen between two texts: the form with what they chose."""
    theirs = [field for field in given if one(form, f"take-{field.name}") == "theirs"]
    return form | filled(theirs, base) if theirs else form


def _new_code(draft: Draft, collection: str, text: str, held: Mapping[str, Any], wrong: Wrong) -> str:
    """The code that was typed, or one made of the name or title."""
    there = getattr(draft.programme, collection)
    taken = {noun.code.lower() for noun in there}
    code = text.strip() or proposed(
        collection, str(held.get("title") or held.get("name") or ""), (noun.code for noun in there)
    )
    if not code or fit(code) != code:
        wrong.say(
            "code", _("A code has letters from a to z, digits, “-”, “_” and “.” only, and at most sixty of them.")
        )
    elif code.lower() in taken:
        wrong.say("code", _taken(code))
    return code


def _taken(code: str) -> str:
    return _("“{code}” is the code of something else already.").format(code=code)


def _form(
    request: Asking,
    draft: Draft,
    world: World,
    collection: str,
    code: str,
    entries: Entries,
    wrong: Wrong | None = None,
) -> Response[bytes]:
    noun: Noun | None = getattr(index(draft.programme), collection).get(code)
    shown = _with_code(groups(collection, world)) if not code else groups(collection, world)
    return show(
        request,
        "forms/form",
        draft,
        status=422 if wrong else 200,
        collection=collection,
        names=collection_names(),
        code=code,
        noun=noun,
        name=title_of(noun) if noun else one(entries, "title") or one(entries, "name") or code,
        groups=[group for group in shown if group.fields],
        typed=entries,
        wrong=wrong or {},
        summary=_summary(shown, wrong or Wrong()),
        done=request.query_params.get("done", ""),
        labelled=labelled,
        answers=[answer for answer in draft.planning.answers if collection == "people" and answer.person == code],
        needs=next((needs for needs in draft.planning.needs if needs.showcase == code), None),
    )


def _with_code(shown: Sequence[Group]) -> tuple[Group, ...]:
    """A new thing's code can be chosen; afterwards it never changes."""
    code = Field(
        "code",
        _("Code"),
        Line(most=60),
        _("It stands in addresses and never changes. Empty: made of the name."),
        wide=False,
    )
    first, *others = shown
    return (first._replace(fields=(first.fields[0], code, *first.fields[1:])), *others)


def _summary(shown: Sequence[Group], wrong: Wrong) -> list[tuple[str, str, str]]:
    """Each sentence with the control that it is about and that one's label."""
    labels = {field.name: field for group in shown for field in group.fields}
    found = []
    for control, sentence in wrong.items():
        name = control.partition("-")[0]
        field = labels.get(name)
        found.append((control, _row_label(field, control) if field else "", sentence))
    return found


def _row_label(field: Field, control: str) -> str:
    n = control.rpartition("-")[2]
    return f"{field.label} {int(n) + 1}" if control != field.name and n.isdecimal() else field.label


async def _both(
    request: Asking,
    event: str,
    collection: str,
    code: str,
    form: Entries,
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
) -> Response[bytes]:
    """What two people want, side by side, with a choice for each field in which they differ."""
    draft = await draft_of(request, event, collection)
    world = World(draft)
    present = sheets.things(draft, collection, code)
    theirs = sheets.values(collection, present)
    given = fields(collection, world)
    differing = [
        _difference(field, *(values[field.name] for values in (base, mine, theirs)))
        for field in given
        if mine[field.name] != theirs[field.name]
    ]
    kept = {
        name: entries for name, entries in form.items() if name not in ("seen", "do") and not name.startswith("take-")
    }
    noun: Noun | None = getattr(index(draft.programme), collection).get(code)
    return show(
        request,
        "forms/both",
        draft,
        status=409,
        collection=collection,
        names=collection_names(),
        code=code,
        noun=noun,
        name=title_of(noun) if noun else str(mine.get("title") or mine.get("name") or code),
        differing=differing,
        kept=[(name, entry) for name, entries in kept.items() for entry in entries],
        seen=sheets.written(present),
    )


def _difference(field: Field, before: Any, mine: Any, theirs: Any) -> Difference:
    said = field.input.said
    return Difference(field, said(before), said(mine), said(theirs), "theirs" if mine == before else "mine")


def _removal(request: Asking, draft: Draft, collection: str, code: str, refused: str = "") -> Response[bytes]:
    noun = noun_of(draft, collection, code)
    return show(
        request,
        "forms/removal",
        draft,
        status=409 if refused else 200,
        collection=collection,
        names=collection_names(),
        code=code,
        noun=noun,
        name=title_of(noun),
        users=_users(draft, collection, code),
        planned=[
            kind
            for (kind, _key), value in sheets.things(draft, collection, code).items()
            if kind != collection and value
        ],
        refused=refused,
    )


def _users(draft: Draft, collection: str, code: str) -> list[tuple[str, Noun]]:
    """Everything that names it."""
    return [
        (kind, noun)
        for kind in COLLECTIONS
        for noun in getattr(draft.programme, kind)
        if any(pointer.collection == collection and pointer.code == code for pointer in pointers(noun))
    ]
