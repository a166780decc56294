"""The settings of an event and the rules of its house: one form, with what they mean in plain words."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from litestar import Response
from litestar.params import FromPath

from ...editing import Conflict
from ...editing.event import revise_event
from ...language import gettext as _
from ...programme.model import Event
from ...programme.planning import Rules
from ...reading import Draft
from ...renditions.palette import HOUSE, NIGHT, PAPER, READABLE, contrast, legible
from ..errors import Unreadable
from ..forms import Entries, Field, Wrong, filled, read
from ..forms.inputs import colour
from ..pages import Asking, page
from ..rights import account
from .event_fields import check, fields, groups
from .nouns import Difference
from .workspace import at, draft_of, one, show, to, typed

Values = dict[str, Any]


async def form(request: Asking, event: FromPath[str]) -> Response[bytes]:
    draft = await draft_of(request, event)
    return await asyncio.to_thread(
        _form, request, draft, filled(fields(draft), _values(draft)) | {"seen": [_written(draft)]}
    )


async def save(request: Asking, event: FromPath[str]) -> Response[Any]:
    """Saves what was changed, if nobody else has changed the same; else shows both."""
    draft = await draft_of(request, event)
    form = await typed(request)
    seen = _seen(one(form, "seen"))
    base = _told(*seen)
    form = form | filled([field for field in fields(draft) if one(form, f"take-{field.name}") == "theirs"], base)
    if one(form, "do") in ("preview", "edit"):
        return await asyncio.to_thread(_form, request, draft, form)
    held, wrong = read(fields(draft), form, base)
    check(held, form, draft, wrong)
    if wrong:
        return await asyncio.to_thread(_form, request, draft, form, wrong)
    mine = [name for name in held if held[name] != base[name]]
    theirs = _values(draft)
    if any(theirs[name] not in (base[name], held[name]) for name in mine):
        return _both(request, draft, form, base, held)
    wanted = _made(theirs | {name: held[name] for name in mine}, draft)
    try:
        await revise_event(event, *wanted, account(request).email, seen=(draft.programme.event, draft.planning.rules))
    except Conflict:
        return _both(request, await draft_of(request, event), form, base, held)
    return to(f"{at(draft.programme.event)}/settings?done={'saved' if mine else 'same'}")


async def preview(request: Asking, event: FromPath[str]) -> Response[bytes]:
    """What a text or a colour becomes, for the script that shows it beside the form."""
    form = await typed(request)
    if "colour" in form:
        return page("organiser/settings/_colour.html", shades=shades(one(form, "colour")))
    level = int(one(form, "level")) if one(form, "level") in ("2", "3") else 3
    text = one(form, "text").strip()
    return await asyncio.to_thread(page, "organiser/texts/_prose.html", text=text, level=level)


def shades(chosen: str) -> list[dict[str, str]]:
    """A colour as it is shown on paper by day and by night: made legible where it is not. Nothing for what is none."""
    try:
        chosen = colour(chosen.strip()) if chosen.strip() else HOUSE
    except ValueError:
        return []
    found = []
    for name, ground in ((_("by day"), PAPER), (_("by night"), NIGHT)):
        shown = legible(chosen, ground, READABLE + 1)
        before, after = (f"{contrast(one, ground):.1f}" for one in (chosen, shown))
        changed = "" if shown == chosen else before
        found.append({"name": name, "ground": ground, "colour": shown, "contrast": after, "before": changed})
    return found


def _values(draft: Draft) -> Values:
    return _told(draft.programme.event, draft.planning.rules)


def _told(event: Event, rules: Rules) -> Values:
    return msgspec.structs.asdict(event) | msgspec.structs.asdict(rules)


def _made(held: Mapping[str, Any], draft: Draft) -> tuple[Event, Rules]:
    """Back to what they are, with what the form does not show as it stands."""
    known = _told(draft.programme.event, draft.planning.rules) | dict(held)
    texts = {"front": draft.programme.event.front, "back": draft.programme.event.back}
    event = Event(**{name: known[name] for name in Event.__struct_fields__} | texts)
    return event, Rules(**{name: known[name] for name in Rules.__struct_fields__})


def _written(draft: Draft) -> str:
    """For the form to carry: what its author has seen, but for the texts, which have pages of their own."""
    event = msgspec.structs.replace(draft.programme.event, front=(), back=())
    return msgspec.json.encode((event, draft.planning.rules)).decode()


def _seen(text: str) -> tuple[Event, Rules]:
    try:
        return msgspec.json.decode(text, type=tuple[Event, Rules])
    except msgspec.MsgspecError:
        raise Unreadable(_("It is not said what stood there.")) from None


def _form(request: Asking, draft: Draft, entries: Entries, wrong: Wrong | None = None) -> Response[bytes]:
    wrong = wrong or Wrong()
    labels = {field.name: field.label for field in fields(draft)}
    return show(
        request,
        "settings/form",
        draft,
        status=422 if wrong else 200,
        title=_("Settings"),
        groups=groups(draft),
        typed=entries,
        wrong=wrong,
        summary=[(control, labels.get(control, ""), sentence) for control, sentence in wrong.items()],
        shades=shades(one(entries, "colour")),
        asks_zone=one(entries, "zone") != draft.programme.event.zone and "zone" in wrong,
        previewed=one(entries, "do") == "preview",
        done="" if wrong else request.query_params.get("done", ""),
    )


def _both(
    request: Asking, draft: Draft, form: Entries, base: Mapping[str, Any], mine: Mapping[str, Any]
) -> Response[bytes]:
    """What two people want, side by side, with a choice for each field in which they differ."""
    theirs = _values(draft)
    differing = [
        _difference(field, base, mine, theirs) for field in fields(draft) if mine[field.name] != theirs[field.name]
    ]
    return show(
        request,
        "settings/both",
        draft,
        status=409,
        title=_("Somebody else was faster"),
        differing=differing,
        kept=kept(form),
        seen=_written(draft),
    )


def kept(form: Entries) -> Sequence[tuple[str, str]]:
    """What was typed, to be carried along."""
    found = {name: entries for name, entries in form.items() if name not in ("seen", "do") and name[:5] != "take-"}
    return [(name, entry) for name, entries in found.items() for entry in entries]


def _difference(
    field: Field, base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> Difference:
    before, my, their = (values[field.name] for values in (base, mine, theirs))
    said = field.input.said
    return Difference(field, said(before), said(my), said(their), "theirs" if my == before else "mine")
