"""What the letters of an event say: our words for each kind, or the event's own."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
from litestar import Response
from litestar.params import FromPath

from ...editing import Conflict
from ...editing.letters import Kind, UnknownPlaceholder, reword, words_of
from ...editing.letters.specimens import specimen
from ...editing.letters.words import understood
from ...language import gettext as _
from ...programme.audience import Group, named, people_in
from ...programme.concerned import Concerned
from ...programme.lookup import index
from ...programme.model import Person
from ...programme.news import told
from ...programme.planning import Wording
from ...reading import Draft, NotFound
from ..errors import Unreadable
from ..forms import Entries, Wrong, read
from ..pages import Asking, page
from ..rights import account
from .letter_words import kind_names
from .letters import fields, house, link_of
from .settings import kept
from .workspace import at, draft_of, one, show, to, typed

KINDS = (Kind.DIGEST, Kind.INVITATION, Kind.REMINDER, Kind.MESSAGE)
"""Those of an event: a letter with a link that somebody asked for is of none."""

NEEDED = {Kind.DIGEST: ("changes",), Kind.INVITATION: ("link",), Kind.REMINDER: ("missing", "link")}
"""Without these a letter does not do what it is for."""


async def index_page(request: Asking, event: FromPath[str]) -> Response[bytes]:
    draft = await draft_of(request, event)
    own = {wording.letter for wording in draft.planning.wordings}
    return show(
        request,
        "letters/wordings",
        draft,
        title=_("Wordings"),
        lines=[(kind, kind_names()[kind], when, words_of(draft.planning, kind)) for kind, when in _whens().items()],
        own=own,
        done=request.query_params.get("done", ""),
    )


async def form(request: Asking, event: FromPath[str], kind: FromPath[str]) -> Response[bytes]:
    draft = await draft_of(request, event)
    return await _form(request, draft, _kind(kind), _stood(draft, _kind(kind)))


async def save(request: Asking, event: FromPath[str], kind: FromPath[str]) -> Response[Any]:
    """Saves the event's words for a kind of letter, or goes back to ours; shows both if others were faster."""
    draft = await draft_of(request, event)
    which, form = _kind(kind), await typed(request)
    seen = _seen(form)
    stood = _entries(draft, which, seen)
    form = form | {name: stood[name] for name in ("subject", "text") if one(form, f"take-{name}") == "theirs"}
    if one(form, "do") in ("preview", "edit"):
        return await _form(request, draft, which, form)
    if one(form, "do") == "ours":
        wanted = None
    else:
        held, wrong = read(fields(), form, None)
        _check(which, held, wrong)
        if wrong:
            return await _form(request, draft, which, form, wrong)
        wanted = _wording(draft, which, held)
    try:
        await reword(event, which, wanted, account(request).email, seen=seen)
    except Conflict as conflict:
        return await _both(request, event, which, form, conflict.present)
    return to(f"{at(draft.programme.event)}/letters/wordings?done={'saved' if wanted else 'ours'}")


async def preview(request: Asking, event: FromPath[str], kind: FromPath[str]) -> Response[bytes]:
    """What the words become for somebody, for the script that shows it beside the form."""
    draft = await draft_of(request, event)
    form = await typed(request)
    reader = _reader(draft, request.query_params.get("person", ""))
    text = await asyncio.to_thread(_filled, request, draft, _kind(kind), reader, form)
    return page("organiser/texts/_prose.html", text=text, level=3)


def _kind(name: str) -> Kind:
    if name not in [kind.value for kind in KINDS]:
        raise NotFound(_("There is no such kind of letter."))
    return Kind(name)


def _whens() -> dict[Kind, str]:
    return {
        Kind.DIGEST: _("After a release, to everybody whom it concerns: where and when they are, or what changed."),
        Kind.INVITATION: _("When you invite people to their pages."),
        Kind.REMINDER: _("When you remind people of what is missing."),
        Kind.MESSAGE: _("How a message begins that you write yourself."),
    }


def _check(kind: Kind, held: dict[str, Any], wrong: Wrong) -> None:
    for name in ("subject", "text"):
        try:
            understood(kind, held[name] or "")
        except UnknownPlaceholder as error:
            wrong.say(name, str(error))
    for name in NEEDED.get(kind, ()):
        if f"{{{name}}}" not in (held["text"] or ""):
            wrong.say("text", _("{name} has to stand somewhere in it.").format(name=f"{{{name}}}"))
    if not held["text"]:
        wrong.say("text", _("This cannot be empty."))


def _wording(draft: Draft, kind: Kind, held: dict[str, Any]) -> Wording | None:
    """None where these are our own words."""
    ours = words_of(msgspec.structs.replace(draft.planning, wordings=()), kind)
    if (held["subject"], held["text"]) == (ours.subject, ours.text.strip()):
        return None
    return Wording(letter=kind, subject=held["subject"], text=held["text"])


def _own(draft: Draft, kind: Kind) -> Wording | None:
    return next((wording for wording in draft.planning.wordings if wording.letter == kind), None)


def _stood(draft: Draft, kind: Kind) -> Entries:
    own = _own(draft, kind)
    return _entries(draft, kind, own) | {"seen": [msgspec.json.encode(own).decode()]}


def _entries(draft: Draft, kind: Kind, own: Wording | None) -> Entries:
    """What stands in the controls for somebody's words, or ours."""
    words = own or words_of(msgspec.structs.replace(draft.planning, wordings=()), kind)
    return {"subject": [words.subject], "text": [words.text]}


def _seen(form: Entries) -> Wording | None:
    try:
        return msgspec.json.decode(one(form, "seen"), type=Wording | None)
    except msgspec.MsgspecError:
        raise Unreadable(_("It is not said what stood there.")) from None


def _reader(draft: Draft, code: str) -> Person | None:
    """For whom an example is made: who was chosen, or else somebody who speaks, or anybody."""
    chosen = index(draft.programme).people.get(code)
    return chosen or next(iter([*people_in(draft, Group.SPEAKERS), *draft.programme.people]), None)


def _filled(request: Asking, draft: Draft, kind: Kind, reader: Person | None, form: Entries) -> str:
    own = Wording(letter=kind, subject=one(form, "subject"), text=one(form, "text"))
    if reader is None:
        return own.text
    places = told(Concerned(person=reader, changes=()), None, draft.programme) if kind is Kind.DIGEST else ()
    letter = specimen(draft, kind, reader, own, places)
    return letter.text.replace("{link}", f"<{link_of(letter, house(request, draft))}>")


async def _form(
    request: Asking, draft: Draft, kind: Kind, entries: Entries, wrong: Wrong | None = None
) -> Response[bytes]:
    wrong = wrong or Wrong()
    labels = {field.name: field.label for field in fields()}
    reader = _reader(draft, one(entries, "person"))
    return show(
        request,
        "letters/wording",
        draft,
        status=422 if wrong else 200,
        title=kind_names()[kind],
        kind=kind,
        when=_whens()[kind],
        own=_own(draft, kind) is not None,
        fields=fields(),
        placeholders=words_of(draft.planning, kind).placeholders,
        reader=reader,
        people=[(person.code, person.name) for person in named(draft, index(draft.programme).people.keys())],
        text=await asyncio.to_thread(_filled, request, draft, kind, reader, entries),
        typed=entries,
        wrong=wrong,
        summary=[(control, labels.get(control, ""), sentence) for control, sentence in wrong.items()],
    )


async def _both(request: Asking, slug: str, kind: Kind, form: Entries, present: Wording | None) -> Response[bytes]:
    draft = await draft_of(request, slug)
    theirs = _entries(draft, kind, present)
    address = f"{at(draft.programme.event)}/letters/wordings/{kind}"
    return show(
        request,
        "letters/both",
        draft,
        status=409,
        title=_("Somebody else was faster"),
        action=address,
        leave=address,
        texts=[
            (field.name, field.label, one(form, field.name), one(theirs, field.name))
            for field in fields()
            if one(form, field.name) != one(theirs, field.name)
        ],
        seen={"seen": msgspec.json.encode(present).decode()},
        kept=kept(form),
    )
