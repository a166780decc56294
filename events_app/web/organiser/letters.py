"""The letters of an event: what is written to whom, how far each has come, and changing it until it goes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from litestar import Response
from litestar.params import FromPath

from ...editing import Conflict, NotFound, letters, post
from ...editing.letters import Gone, Kind, Letter, State
from ...editing.letters.words import stands_alone
from ...language import gettext as _
from ...reading import Draft
from ...renditions.letters import House, html, plain, unknown
from ..errors import Unreadable
from ..forms import Entries, Field, Wrong, read
from ..forms.inputs import Line, Text
from ..front import POLICY
from ..pages import Asking
from ..rights import account
from .letter_words import again, kind_names, state_names, told
from .settings import kept
from .workspace import at, draft_of, one, show, to, typed

PER_PAGE = 50

BATCH = 500
"""Letters that are read at once when one is looked for by a name."""

FRAMING = f"{POLICY}; frame-src 'self'"
FRAMED = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox"
)
"""A letter has its styles in itself, as programs that read mail want it: it is shown in a frame that can do nothing."""

SUBJECT, TEXT = 300, 50_000
"""Characters."""


class Asked(NamedTuple):
    """What is looked for. `words` are of names, addresses and subjects."""

    state: str = ""
    kind: str = ""
    words: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        return {name: value for name, value in self._asdict().items() if value}


async def index(request: Asking, event: FromPath[str]) -> Response[bytes]:
    draft = await draft_of(request, event)
    query = request.query_params
    asked = Asked(*(" ".join(query.get(name, "")[:100].split()) for name in Asked._fields))
    found = await _found(event, asked, query.get("before", ""))
    shown, more = found[:PER_PAGE], len(found) > PER_PAGE
    counts = await letters.counts(event)
    return show(
        request,
        "letters/index",
        draft,
        title=_("Letters"),
        letters=[(letter, told(letter, sends(request), datetime.now(UTC))) for letter in shown],
        counts={state: counts.get(state, 0) for state in State},
        total=sum(counts.values()),
        asked=asked,
        older=urlencode({**asked.chosen, "before": shown[-1].id}) if more else "",
        begun="before" in query,
        states=state_names(),
        kinds=kind_names(),
        sends=sends(request),
        done=query.get("done", ""),
        n=int(query["n"]) if query.get("n", "").isdecimal() and len(query["n"]) < 7 else 0,
    )


async def move_all(request: Asking, event: FromPath[str]) -> Response[Any]:
    """Lets all letters go that are held, drops them, or holds all that wait; if they are as many as the page said."""
    form = await typed(request)
    verbs = {"held": letters.hold, "waiting": letters.let_go, "dropped": letters.drop}
    verb = verbs.get(one(form, "state"))
    if verb is None:
        raise Unreadable(_("It is not said what is to become of the letters."))
    counts = await letters.counts(event)
    there = counts.get(State.WAITING if verb is letters.hold else State.HELD, 0)
    if one(form, "seen") != str(there):
        return to(f"/organise/{event}/letters?done=other")
    moved = await verb(event, None, account(request).email)
    return to(f"/organise/{event}/letters?{urlencode({'done': one(form, 'state'), 'n': moved})}")


async def letter(request: Asking, event: FromPath[str], id: FromPath[int]) -> Response[bytes]:
    draft = await draft_of(request, event)
    return await _page(request, draft, await _letter(event, id))


async def save(request: Asking, event: FromPath[str], id: FromPath[int]) -> Response[Any]:
    """Changes what a letter says, if nobody has changed it since it was read; else shows both."""
    draft = await draft_of(request, event)
    form = await typed(request)
    present = await _letter(event, id)
    seen = one(form, "seen-subject"), one(form, "seen-text")
    stood = {"subject": [seen[0]], "text": [seen[1]]}
    form = form | {name: stood[name] for name in stood if one(form, f"take-{name}") == "theirs"}
    if one(form, "do") in ("preview", "edit"):
        return await _page(request, draft, present, form)
    held, wrong = read(fields(), form, None)
    if not wrong:
        _check(held["text"], present.kind, wrong)
    if wrong:
        return await _page(request, draft, present, form, wrong)
    try:
        await letters.edit(event, id, held["subject"], held["text"], account(request).email, seen=seen)
    except Conflict:
        return _both(request, draft, await _letter(event, id), form, held)
    except Gone:
        return await _page(request, draft, await _letter(event, id), form, gone=True)
    return to(f"{at(draft.programme.event)}/letters/{id}?done=saved")


async def move(request: Asking, event: FromPath[str], id: FromPath[int]) -> Response[Any]:
    """Holds a letter, lets it go, drops it, or sends it again."""
    verbs = {"held": letters.hold, "waiting": letters.let_go, "dropped": letters.drop, "again": letters.send_again}
    wanted = one(await typed(request), "state")
    if wanted not in verbs:
        raise Unreadable(_("It is not said what is to become of the letter."))
    await _letter(event, id)
    try:
        await verbs[wanted](event, id, account(request).email)
    except Gone:
        wanted = "gone"
    return to(f"/organise/{event}/letters/{id}?done={wanted}")


async def framed(request: Asking, event: FromPath[str], id: FromPath[int]) -> Response[bytes]:
    """The HTML of a letter, for a frame."""
    draft = await draft_of(request, event)
    found = await _letter(event, id)
    ours = house(request, draft)
    return in_frame(await asyncio.to_thread(html, found, link_of(found, ours), ours))


def in_frame(made: str) -> Response[bytes]:
    headers = {"content-security-policy": FRAMED, "cache-control": "no-store", "x-robots-tag": "noindex"}
    return Response(made.encode(), media_type="text/html", headers=headers)


def sends(request: Asking) -> bool:
    """Whether this service sends letters at all."""
    return bool(request.app.state.settings.smtp)


def house(request: Asking, draft: Draft) -> House:
    """From whom the event's letters are."""
    return post.house(draft.programme.event, draft.planning.rules, request.app.state.settings)


def link_of(letter: Letter, house: House) -> str:
    """What stands for a letter's link while it is only looked at: one that signs in is made when it is sent."""
    signs_in = letter.kind in (Kind.SIGN_IN, Kind.INVITATION, Kind.REMINDER)
    place = urlsplit(house.address)
    return f"{place.scheme}://{place.netloc}/sign-in/{_('made-when-it-is-sent')}" if signs_in else house.pages


def fields() -> tuple[Field, ...]:
    """What of a letter can be written."""
    return (
        Field("subject", _("Subject"), Line(required=True, most=SUBJECT)),
        Field("text", _("Text"), Text(rows=16, most=TEXT), _("Markdown: *emphasis*, **strong**, lists and links.")),
    )


async def _found(slug: str, asked: Asked, before: str) -> list[Letter]:
    """The letters that fit, the latest first: one more than stand on a page, if there are."""
    if asked.state not in ("", *State) or asked.kind not in ("", *Kind):
        return []
    state, kind = State(asked.state) if asked.state else None, Kind(asked.kind) if asked.kind else None
    last = await _letter(slug, int(before)) if before.isdecimal() and len(before) < 20 else None
    found: list[Letter] = []
    while len(found) <= PER_PAGE:
        limit = BATCH if asked.words else PER_PAGE + 1
        some = await letters.letters(slug, state=state, kind=kind, limit=limit, before=last)
        found += [letter for letter in some if _fits(letter, asked.words)]
        if len(some) < limit:
            break
        last = some[-1]
    return found[: PER_PAGE + 1]


def _fits(letter: Letter, words: str) -> bool:
    said = f"{letter.name} {letter.email} {letter.subject}".casefold()
    return all(word in said for word in words.casefold().split())


async def _letter(slug: str, id: int) -> Letter:
    """Raises NotFound, also for what no key can be."""
    if not 0 < id < 2**63:
        raise NotFound(_("There is no such letter of {event}.").format(event=slug))
    return await letters.letter(slug, id)


def _check(text: str, kind: Kind, wrong: Wrong) -> None:
    if names := unknown(text, {"link": ""}):
        words = _("{names} would stand there as it is: only {{link}} is filled in when the letter goes.")
        words = stands_alone() if names == ["link"] else words
        wrong.say("text", words.format(names=", ".join(f"{{{name}}}" for name in names)))
    if kind in (Kind.INVITATION, Kind.REMINDER, Kind.ADDRESS) and "{link}" not in text:
        wrong.say("text", _("{link} has to stand somewhere: its reader needs it."))
    if not text:
        wrong.say("text", _("This cannot be empty."))


async def _page(
    request: Asking,
    draft: Draft,
    letter: Letter,
    form: Entries | None = None,
    wrong: Wrong | None = None,
    *,
    gone: bool = False,
) -> Response[bytes]:
    seen = {"seen-subject": [letter.subject], "seen-text": [letter.text]}
    labels = {field.name: field.label for field in fields()}
    ours = house(request, draft)
    shown = await asyncio.to_thread(plain, letter, link_of(letter, ours), ours)
    answer = show(
        request,
        "letters/letter",
        draft,
        status=422 if wrong else 409 if gone else 200,
        title=letter.subject or _("A letter without a subject"),
        letter=letter,
        told=told(letter, sends(request), datetime.now(UTC)),
        kind=kind_names()[letter.kind],
        plain=shown,
        fields=fields(),
        typed=form or {"subject": [letter.subject], "text": [letter.text], **seen},
        writing=form is not None,
        wrong=wrong or Wrong(),
        summary=[(control, labels.get(control, ""), sentence) for control, sentence in (wrong or {}).items()],
        again=again(letter),
        sends=sends(request),
        done="gone" if gone else "" if form else request.query_params.get("done", ""),
    )
    answer.headers["content-security-policy"] = FRAMING
    return answer


def _both(request: Asking, draft: Draft, theirs: Letter, form: Entries, mine: Mapping[str, str]) -> Response[bytes]:
    """Both texts, with a choice for what differs; what is saved then is saved over theirs."""
    texts = [
        (field.name, field.label, mine[field.name], getattr(theirs, field.name))
        for field in fields()
        if mine[field.name] != getattr(theirs, field.name)
    ]
    return show(
        request,
        "letters/both",
        draft,
        status=409,
        title=_("Somebody else was faster"),
        action=f"{at(draft.programme.event)}/letters/{theirs.id}",
        leave=f"{at(draft.programme.event)}/letters/{theirs.id}",
        texts=texts,
        seen={"seen-subject": theirs.subject, "seen-text": theirs.text},
        kept=[pair for pair in kept(form) if pair[0][:5] != "seen-"],
    )
