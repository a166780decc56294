"""The form of something of somebody's own: what pages of people, papers, sessions, panels and showcases share.

A page says in a `Sheet` what may be changed on it. Here it is shown, counted, previewed and saved, with what two
people have written side by side where both have.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urlencode

from litestar import Response
from msgspec.structs import asdict

from ... import editing
from ...editing import Conflict, Problem
from ...editing.corrections import Outcome
from ...editing.limits import wait_before
from ...editing.together import Things
from ...language import gettext as _
from ...programme.locks import FIELDS, locked
from ...programme.model import COLLECTIONS, Session, Showcase
from ...renditions.words import word_count
from ..errors import Unreadable
from ..forms import Entries, Field, Group, Wrong, filled, read
from ..organiser import sheets
from ..organiser.nouns import Difference
from ..organiser.settings import kept
from ..organiser.sheets import Values
from ..organiser.workspace import one, to, typed
from ..pages import Asking
from ..rights import account
from .history import steps
from .previews import preview
from .workspace import Mine, address, mine, show

PLANS = ("contacts", "wishes", "availability", "needs")
"""What is planned for things of one's own, and kept with their form."""

NAMED_A_DAY = 40
"""New people with their addresses that one may name in one event within a day."""

DAY = 24 * 60 * 60


class Sheet(NamedTuple):
    """What may be changed of one thing.

    `seen` is how it stands. `take` makes the fields' values of how a thing stands, `put` what is to stand there so that
    they have other values; both are pure. `most` are words at most, by field. `template` extends `speaker/form.html`
    where there is more to show, out of `more`. `page` is where the form is, if it is not the thing's own page.
    """

    collection: str
    code: str
    name: str
    groups: tuple[Group, ...]
    seen: Things
    take: Callable[[Things], Values]
    put: Callable[[Things, Values], Things]
    most: Mapping[str, int] = MappingProxyType({})
    template: str = "form"
    more: Mapping[str, Any] = MappingProxyType({})
    page: tuple[str, ...] = ()

    def address(self, held: Mine) -> str:
        return address(held.event, self.collection, self.code, *self.page)

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(field for group in self.groups for field in group.fields)


Make = Callable[[Mine], Sheet]
"""Makes the sheet of a page as things stand; raises NoSuchPage."""


def usual(collection: str, code: str) -> tuple[Callable[[Things], Values], Callable[[Things, Values], Things]]:
    """`take` and `put` for a thing whose fields are changed as they are."""
    return (
        lambda seen: sheets.values(collection, seen),
        lambda seen, held: sheets.wanted(collection, code, seen, held),
    )


async def form(request: Asking, slug: str, make: Make) -> Response[bytes]:
    held = await mine(request, slug)
    sheet = make(held)
    return await _page(request, held, sheet, _entries(sheet))


async def save(request: Asking, slug: str, make: Make) -> Response[Any]:
    """Saves what was typed unless somebody has changed the same meanwhile: then shows both. Who changes one thing does
    not hinder who changes another. Other buttons arrange the form's lists, preview it, or go on writing."""
    held = await mine(request, slug)
    sheet = make(held)
    form = await typed(request)
    base = sheet.take(_seen(form, sheet))
    if again := _rearranged(sheet.fields, form):
        return await _page(request, held, sheet, again)
    form = _taken_over(sheet.fields, form, base)
    if one(form, "do") == "edit":
        return await _page(request, held, sheet, form)
    values, wrong = read(sheet.fields, form, base)
    _count(sheet, base, values, wrong)
    if wrong:
        return await _page(request, held, sheet, form, wrong)
    theirs = sheet.take(sheet.seen)
    changed = {name: value for name, value in values.items() if value != base[name]}
    if any(theirs[name] not in (base[name], value) for name, value in changed.items()):
        return _both(request, held, sheet, form, base, base | values)
    wanted = sheet.put(sheet.seen, theirs | changed)
    if one(form, "do") == "preview":
        return await preview(request, held, sheet.collection, sheet.code, wanted)
    if not wanted:
        return to(f"{sheet.address(held)}?done=same")
    new = {which: None for which in wanted if which not in sheet.seen}
    if await _names_too_many(slug, account(request).email, new):
        wrong.say("", _("So many new addresses cannot be given in one day. Name these people without, or come back."))
        return await _page(request, held, sheet, form, wrong)
    try:
        outcome = await editing.correct(slug, wanted, account(request).email, seen={**sheet.seen, **new})
    except Conflict:  # at this very moment, since the draft was read
        wrong.say("", _("Somebody else has saved something at this very moment. Save once more."))
        return await _page(request, held, sheet, form, wrong)
    except Problem as problem:
        wrong.say("", str(problem))
        return await _page(request, held, sheet, form, wrong)
    return to(f"{sheet.address(held)}?{_done(held, sheet, wanted, outcome)}")


async def _names_too_many(slug: str, by: str, new: Things) -> bool:
    """Whether somebody gives addresses of people whom nobody knew here more often than one does who works with them:
    each of them will be written to."""
    counted = [
        await wait_before(f"named {slug} {by}", times=NAMED_A_DAY, seconds=DAY)
        for kind, _code in new
        if kind == "contacts"
    ]
    return any(counted)


def _entries(sheet: Sheet) -> Entries:
    """What stands in an untouched form."""
    return filled(sheet.fields, sheet.take(sheet.seen)) | {"seen": [_written(sheet)]}


def _written(sheet: Sheet) -> str:
    """For the form to carry: what its author has seen. Of a session that is its words, of a showcase besides them its
    people, who stand in the form as hosts: not where organisers are moving it."""
    shown = {field.name for field in sheet.fields} | {"code"}
    carried = dict(sheet.seen)
    for which, value in sheet.seen.items():
        if isinstance(value, Session | Showcase):
            told = shown | {"parts"} if isinstance(value, Showcase) else shown
            carried[which] = type(value)(**{name: held for name, held in asdict(value).items() if name in told})
    return sheets.written(carried)


def _seen(form: Entries, sheet: Sheet) -> dict[tuple[str, str], Any]:
    """What the form's author had before them: of this thing, and of nothing that could be somebody else's."""
    try:
        seen = sheets.understood(one(form, "seen"))
    except ValueError:
        raise Unreadable(_("It is not said what stood there.")) from None
    theirs = (sheet.collection, sheet.code)
    if theirs not in seen or any(which != theirs and not _belongs(which, sheet.code) for which in seen):
        raise Unreadable(_("It is not said what stood there."))
    return seen


def _belongs(which: tuple[str, str], code: str) -> bool:
    kind, key = which
    return kind in PLANS and (key == code or key.startswith(f"{code}/"))


def _rearranged(fields: Sequence[Field], form: Entries) -> Entries | None:
    """For a button that only rearranges the form: what then stands in it."""
    name, _colon, rest = one(form, "do").partition(":")
    act, _colon, n = rest.partition(":")
    rows = next((field for field in fields if field.name == name and hasattr(field.input, "arranged")), None)
    if rows is None:
        return None
    arranged: Entries = rows.input.arranged(name, form, act, int(n) if n.isdecimal() and len(n) < 6 else -1)  # type: ignore[attr-defined]
    return arranged


def _taken_over(fields: Sequence[Field], form: Entries, base: Values) -> Entries:
    """Where somebody has chosen between two texts: the form with what they chose."""
    theirs = [field for field in fields if one(form, f"take-{field.name}") == "theirs"]
    return form | filled(theirs, base) if theirs else form


def _count(sheet: Sheet, base: Values, values: Values, wrong: Wrong) -> None:
    for name, most in sheet.most.items():
        if most and values[name] != base[name] and (n := word_count(str(values[name]))) > most:
            told = _("This has {n} words; {most} are allowed. Shorten it by {over}.")
            wrong.say(name, told.format(n=n, most=most, over=n - most))


def _done(held: Mine, sheet: Sheet, wanted: Things, outcome: Outcome) -> str:
    """For the address of the page that says what happened."""
    listed = sheet.take({**sheet.seen, **wanted}).get("listed", True)
    agreed = listed and not sheet.take(sheet.seen).get("listed", True)
    if outcome.public and not listed:
        done = "unlisted"
    elif outcome.public:
        done = "public"
    elif outcome.waiting:
        done = "waiting"
    elif not agreed and not any(kind in COLLECTIONS for kind, _code in wanted):
        done = "private"
    else:
        done = "first" if held.public is None else "next"
    asked = {"asked": ",".join(outcome.requested)} if outcome.requested else {}
    return urlencode({"done": done, **asked})


async def _page(
    request: Asking, held: Mine, sheet: Sheet, entries: Entries, wrong: Wrong | None = None
) -> Response[bytes]:
    wrong = wrong or Wrong()
    rules = held.draft.planning.rules
    asked = [name for name in request.query_params.get("asked", "").split(",") if name in FIELDS]
    return show(
        request,
        sheet.template,
        held,
        status=422 if wrong else 200,
        sheet=sheet,
        collection=sheet.collection,
        noun=held.noun(sheet.collection, sheet.code),
        here=sheet.address(held),
        typed=entries,
        wrong=wrong,
        summary=_summary(sheet, wrong),
        counts={name: word_count(one(entries, name)) for name, most in sheet.most.items() if most},
        closed={name: getattr(rules, f"{name}_locked") for name in FIELDS if name in locked(rules, held.today)},
        requests=[r for r in held.draft.planning.requests if (r.noun, r.thing) == (sheet.collection, sheet.code)],
        steps=await steps(held, account(request).email, sheet.collection, sheet.code),
        done="" if wrong else request.query_params.get("done", ""),
        asked=asked,
        **sheet.more,
    )


def _summary(sheet: Sheet, wrong: Wrong) -> list[tuple[str, str, str]]:
    """Each sentence with the control that it is about and that one's label."""
    labels = {field.name: field.label for field in sheet.fields}
    return [(control, labels.get(control.partition("-")[0], ""), sentence) for control, sentence in wrong.items()]


def _both(request: Asking, held: Mine, sheet: Sheet, form: Entries, base: Values, mine: Values) -> Response[bytes]:
    """What two people want, side by side, with a choice for each field in which they differ."""
    theirs = sheet.take(sheet.seen)
    return show(
        request,
        "both",
        held,
        status=409,
        sheet=sheet,
        here=sheet.address(held),
        differing=[
            _difference(field, *(values[field.name] for values in (base, mine, theirs)))
            for field in sheet.fields
            if mine[field.name] != theirs[field.name]
        ],
        kept=kept(form),
        seen=_written(sheet),
    )


def _difference(field: Field, before: Any, mine: Any, theirs: Any) -> Difference:
    said = field.input.said
    return Difference(field, said(before), said(mine), said(theirs), "theirs" if mine == before else "mine")
