"""A chair writes to the people of their panel, without seeing anybody's address: to all, or to a chosen few."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from litestar import Response
from litestar.params import FromPath

from ...editing import Problem
from ...editing.letters import message
from ...editing.letters.writing import about, with_address
from ...editing.limits import wait_before
from ...language import gettext as _
from ...programme.model import Panel, Paper, PaperStatus, Person
from ...renditions.letters import filled, literal
from ..errors import TooMany
from ..forms import Entries, Wrong
from ..forms.inputs import Line, Text
from ..organiser.workspace import one, to, typed
from ..pages import Asking
from ..rights import account
from .panel_view import SILENT, Answers, people_of, sessions_of, slides
from .workspace import Mine, address, mine, show

MOST_A_DAY = 20
"""Letters that a chair may write to a panel within a day, to however many people."""

DAY = 24 * 60 * 60


class Reader(NamedTuple):
    """Somebody of the panel: the papers that they are named in, what is open, and whether they can be written to."""

    person: Person
    papers: tuple[Paper, ...]
    open: frozenset[str]
    reached: bool


class Draft(NamedTuple):
    """A letter as a chair has written it so far: `to` are codes of people, `reply` says that readers see the chair's
    address."""

    to: tuple[str, ...]
    subject: str
    text: str
    reply: bool


async def form(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[bytes]:
    """An empty letter, to those of whom something is still open, or to all."""
    held = await mine(request, event)
    asked = request.query_params.get("to", "")
    readers = _readers(held, code)
    chosen = tuple(r.person.code for r in readers if r.reached and (asked not in OPEN or asked in r.open))
    return _page(request, held, code, readers, Draft(chosen, _subject(held, code), "", False))


async def write(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[Any]:
    """Shows the letter as it will go and to whom; sends it once that has been looked at."""
    held = await mine(request, event)
    readers = _readers(held, code)
    typed_ = await typed(request)
    wrong = Wrong()
    letter = _typed(typed_, readers, wrong)
    if wrong or one(typed_, "do") == "edit":
        return _page(request, held, code, readers, letter, wrong)
    text = _whole(held, account(request).email, code, letter)
    if one(typed_, "do") != "send":
        return _look(request, held, code, readers, letter, text)
    return await _send(request, held, code, readers, letter, text, one(typed_, "once"))


async def _send(
    request: Asking, held: Mine, code: str, readers: Sequence[Reader], letter: Draft, text: str, once: str
) -> Response[Any]:
    slug, by = held.event.slug, account(request).email
    if wait := await wait_before(f"panel letters {slug} {by}", times=MOST_A_DAY, seconds=DAY):
        raise TooMany(wait)
    here = address(held.event, "panels", code, "letter")
    if await wait_before(f"panel letter {slug} {by} {once}", times=1, seconds=DAY):
        return to(f"{here}?done=sent-already")
    try:
        written = await message(slug, letter.to, letter.subject, text, by)
    except Problem as problem:
        wrong = Wrong()
        wrong.say("text", str(problem))
        return _page(request, held, code, readers, letter, wrong)
    return to(f"{here}?done=written&sent={written}")


def _readers(held: Mine, code: str) -> list[Reader]:
    """Everybody of the panel but the chair who writes, in the order of an index."""
    panel = _panel(held, code)
    found = people_of(held.look, panel, sessions_of(held.draft.programme, held.public, code))
    reached = {person.code for person, _email in with_address(held.draft, list(found))}
    answers = Answers(held.draft.planning)
    readers = [
        Reader(
            held.look.people[person],
            tuple(papers),
            frozenset(name for name, is_open in OPEN.items() if any(is_open(held, answers, person, p) for p in papers)),
            person in reached,
        )
        for person, papers in found.items()
        if person not in held.own.people
    ]
    return sorted(readers, key=lambda reader: (reader.person.sorts_as or reader.person.name).casefold())


def _silent(held: Mine, answers: Answers, person: str, paper: Paper) -> bool:
    return _gives(held, person, paper) and answers.of(person, "papers", paper.code) == SILENT


def _without_slides(held: Mine, _answers: Answers, person: str, paper: Paper) -> bool:
    return _gives(held, person, paper) and not slides(paper)


def _without_abstract(_held: Mine, _answers: Answers, _person: str, paper: Paper) -> bool:
    return paper.status.public and not paper.abstract.strip()


def _gives(held: Mine, person: str, paper: Paper) -> bool:
    return paper.status is PaperStatus.ACCEPTED and person in held.look.presenters(paper)


OPEN: Mapping[str, Callable[[Mine, Answers, str, Paper], bool]] = {
    "silent": _silent,
    "slides": _without_slides,
    "abstract": _without_abstract,
}
"""What can be open of somebody's paper."""


def _typed(form: Entries, readers: Sequence[Reader], wrong: Wrong) -> Draft:
    reached = {reader.person.code for reader in readers if reader.reached}
    chosen = tuple(code for code in dict.fromkeys(form.get("to", [])) if code in reached)
    if not chosen:
        wrong.say("to", _("Choose at least one reader."))
    subject = Line(required=True, most=200).read("subject", form, wrong)
    text = Text(most=10_000).read("text", form, wrong)
    if text == "":
        wrong.say("text", _("Write what the letter is to say."))
    return Draft(chosen, subject or one(form, "subject"), text or one(form, "text"), bool(form.get("reply")))


def _whole(held: Mine, email: str, code: str, letter: Draft) -> str:
    """What goes: a greeting, the chair's words, and who wrote them."""
    panel = _panel(held, code)
    chair = next((person.name for person in held.people), "")
    signed = _("{name}, who chairs “{panel}” at {event}")
    name, title, event = literal(chair), literal(panel.title), literal(held.event.name)
    parts = ["{greeting}", letter.text, signed.format(name=name, panel=title, event=event)]
    if letter.reply:
        parts.append(_("Please answer to {address}.").format(address=f"<mailto:{email}>"))
    elif held.draft.planning.rules.reach:
        parts.append(_("An answer to this letter goes to the organisers."))
    return "\n\n".join(parts)


def _subject(held: Mine, code: str) -> str:
    return f"{held.event.name}: {_panel(held, code).title}"[:200]


def _panel(held: Mine, code: str) -> Panel:
    panel = held.noun("panels", code)
    assert isinstance(panel, Panel)
    return panel


def _page(
    request: Asking, held: Mine, code: str, readers: Sequence[Reader], letter: Draft, wrong: Wrong | None = None
) -> Response[bytes]:
    return show(
        request,
        "panels/letter",
        held,
        status=422 if wrong else 200,
        panel=_panel(held, code),
        here=address(held.event, "panels", code),
        readers=readers,
        letter=letter,
        wrong=wrong or {},
        done="" if wrong else request.query_params.get("done", ""),
        sent=_number(request.query_params.get("sent", "")),
        held_back=held.draft.planning.rules.letters_wait,
        open_names={"silent": _("has not answered"), "slides": _("no slides yet"), "abstract": _("no abstract")},
    )


def _look(
    request: Asking, held: Mine, code: str, readers: Sequence[Reader], letter: Draft, text: str
) -> Response[bytes]:
    chosen = [reader.person for reader in readers if reader.person.code in letter.to]
    values: Mapping[str, str] = about(held.draft, chosen[0])
    return show(
        request,
        "panels/look",
        held,
        panel=_panel(held, code),
        here=address(held.event, "panels", code),
        chosen=chosen,
        letter=letter,
        subject=filled(letter.subject, values),
        text=filled(text, {**values, "link": "…"}),
        held_back=held.draft.planning.rules.letters_wait,
        once=secrets.token_urlsafe(12),
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0
