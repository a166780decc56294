"""Whether somebody comes: what they are asked, what they have said, and saying it; withdrawing a paper."""

from __future__ import annotations

from typing import Any, NamedTuple

from litestar import Response
from litestar.params import FromPath

from ...editing import answers
from ...language import gettext as _
from ...programme.lookup import index
from ...programme.missing import COMING
from ...programme.model import PaperStatus, Person, Role
from ...programme.planning import Answer
from ..errors import NotYours, Unreadable
from ..organiser.workspace import one, to, typed
from ..pages import Asking
from ..rights import account
from .workspace import Mine, address, at, mine

LONGEST = 2000
"""Characters of a reason."""

NOUNS = ("sessions", "papers", "showcases")


class Ask(NamedTuple):
    """One person and one thing that they have to be there for, with what was said of it so far."""

    noun: str
    code: str
    title: str
    person: Person
    own: bool
    answer: Answer | None


def asks(mine: Mine, noun: str, code: str) -> list[Ask]:
    """Who is asked about one thing by whoever looks at it: they themselves, and of a paper those with whom they wrote
    it. Of what is over, called off or only listed nobody is asked."""
    if mine.today > mine.event.ends or noun not in NOUNS:
        return []
    thing: Any = getattr(mine.look, noun).get(code)
    if thing is None or getattr(thing, "cancelled", False):
        return []
    if noun == "papers":
        if thing.status is not PaperStatus.ACCEPTED:
            return []
        people = mine.look.presenters(thing)
        shared = code in mine.own.papers
    else:
        people = [part.person for part in thing.parts if part.role in COMING or part.role is Role.HOST]
        shared = False
    return [
        Ask(noun, code, thing.title, mine.look.people[who], who in mine.own.people, said(mine, who, noun, code))
        for who in dict.fromkeys(people)
        if who in mine.look.people and (shared or who in mine.own.people)
    ]


def said(mine: Mine, person: str, noun: str, code: str) -> Answer | None:
    which = (person, noun, code)
    return next((a for a in mine.draft.planning.answers if (a.person, a.noun, a.code) == which), None)


async def answer(request: Asking, event: FromPath[str]) -> Response[Any]:
    """`I come`, or `I cannot`, with a reason; of a co-author, `they come`. Raises NotYours for anybody else."""
    held = await mine(request, event)
    form = await typed(request)
    noun, code, person = (one(form, name) for name in ("noun", "code", "person"))
    found = next((ask for ask in asks(held, noun, code) if ask.person.code == person), None)
    if found is None:
        raise NotYours
    if one(form, "comes") not in ("yes", "no"):
        raise Unreadable(_("It is not said whether they come."))
    comes = one(form, "comes") == "yes"
    told = Answer(
        person=person, noun=noun, code=code, comes=comes, reason="" if comes else _reason(one(form, "reason"))
    )
    await answers.answer(event, told, account(request).email)
    return to(_back(held, one(form, "back"), "answered"))


async def withdraw(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[Any]:
    """Withdraws a paper, or brings it back. For its authors: a panel's chairs table it instead."""
    held = await mine(request, event)
    form = await typed(request)
    if code not in held.own.papers:
        raise NotYours
    here = address(held.event, "papers", code)
    if one(form, "do") == "back":
        await answers.bring_back(event, code, account(request).email)
        return to(f"{here}?done=back")
    paper = index(held.draft.programme).papers[code]
    theirs = [who for who in held.own.people if any(part.person == who for part in paper.parts)]
    await answers.withdraw(event, code, theirs, account(request).email, reason=_reason(one(form, "reason")))
    return to(f"{here}?done=withdrawn")


def _reason(text: str) -> str:
    return text.strip()[:LONGEST]


def _back(held: Mine, wish: str, done: str) -> str:
    here = f"{at(held.event)}/"
    return f"{wish if wish.startswith(here) and '?' not in wish else here}?done={done}"
