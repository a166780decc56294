"""Writing to a chosen group: what to whom, with everybody's name before anything is written."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Sequence
from typing import Any, NamedTuple

from litestar import Response
from litestar.params import FromPath

from ...editing import letters
from ...editing.letters import Kind, Letter, UnknownPlaceholder
from ...editing.letters.specimens import specimen
from ...editing.letters.words import understood, words_of
from ...editing.letters.writing import with_address
from ...editing.limits import wait_before
from ...language import gettext as _
from ...programme.audience import Group, named, people_in
from ...programme.lookup import index
from ...programme.missing import missing
from ...programme.model import Person, Programme
from ...programme.planning import Wording
from ...reading import Draft
from ..forms import Entries, Field, Wrong, read
from ..forms.inputs import Choice, Several
from ..pages import Asking
from ..rights import account
from .letter_words import kind_names
from .letters import fields, house, link_of, sends
from .settings import kept
from .workspace import at, draft_of, one, show, to, typed

NAMED = "named"
"""What stands for those who are ticked one by one."""

WRITTEN = (Kind.MESSAGE, Kind.INVITATION, Kind.REMINDER)

ONCE = 24 * 3600
"""For so many seconds a button that is pressed again writes nothing again."""

Options = list[tuple[str, list[tuple[str, str]]]]


class Chosen(NamedTuple):
    """To whom letters go: `reached` with their addresses, `without` any, and how many `share` one with another."""

    reached: list[tuple[Person, str]]
    without: list[Person]
    share: int

    @property
    def mark(self) -> str:
        """Changes with the people, so that nobody is written to whom the page did not name."""
        told = "\n".join(f"{person.code} {email}" for person, email in self.reached)
        return hashlib.sha256(told.encode()).hexdigest()[:24]


async def blank(request: Asking, event: FromPath[str]) -> Response[bytes]:
    draft = await draft_of(request, event)
    query = request.query_params
    words = words_of(draft.planning, Kind.MESSAGE)
    return _form(
        request,
        draft,
        {
            "kind": [query.get("kind", Kind.MESSAGE)],
            "to": [query.get("to", NAMED if "people" in query else Group.EVERYBODY)],
            "people": query.getall("people", []),
            "subject": [words.subject],
            "text": [words.text],
        },
    )


async def write(request: Asking, event: FromPath[str]) -> Response[Any]:
    """Shows who would get what; writes it (`do` is "write") if these are still the same people."""
    draft = await draft_of(request, event)
    form = await typed(request)
    if one(form, "do") in ("preview", "edit"):
        return _form(request, draft, form)
    held, wrong = _read(draft, form)
    chosen = await asyncio.to_thread(_chosen, draft, held, wrong) if not wrong else None
    if wrong or chosen is None:
        return _form(request, draft, form, wrong)
    if one(form, "do") != "write" or one(form, "mark") != chosen.mark:
        return await _look(request, draft, form, held, chosen)
    if await wait_before(f"letters {event} {one(form, 'once')}", times=1, seconds=ONCE):
        return to(f"{at(draft.programme.event)}/letters?done=same")
    n = await _write(event, held, [person.code for person, _email in chosen.reached], account(request).email)
    return to(f"{at(draft.programme.event)}/letters?done=written&n={n}")


def groups(programme: Programme) -> Options:
    """To whom one can write, under headings."""
    roles = {
        Group.EVERYBODY: _("Everybody in the programme"),
        Group.SPEAKERS: _("Speakers and presenters"),
        Group.CHAIRS: _("Chairs and moderators"),
        Group.AUTHORS: _("Authors"),
        Group.HOSTS: _("Hosts of showcases"),
    }
    open_ones = {
        Group.UNANSWERED: _("Who has not said whether they are coming"),
        Group.MISSING: _("Of whom something is missing"),
    }
    things = [
        (_("People of a panel"), Group.PANEL, [(panel.code, panel.title) for panel in programme.panels]),
        (_("People of a track"), Group.TRACK, [(track.code, track.name) for track in programme.tracks]),
        (_("People of a session"), Group.SESSION, [(s.code, s.title) for s in programme.sessions if s.kind != "break"]),
    ]
    return [
        (_("By what they do"), [(group.value, label) for group, label in roles.items()]),
        (_("By what is open"), [(group.value, label) for group, label in open_ones.items()]),
        (_("One by one"), [(NAMED, _("Those whom I tick below"))]),
        *(
            (heading, [(f"{group}/{code}", f"{code} {title}"[:90]) for code, title in options])
            for heading, group, options in things
            if options
        ),
    ]


def _fields(draft: Draft) -> tuple[Field, ...]:
    options = [option for _heading, some in groups(draft.programme) for option in some]
    every = named(draft, index(draft.programme).people.keys())
    people = [(person.code, " – ".join(filter(None, (person.name, person.affiliation)))) for person in every]
    return (
        Field("kind", _("What"), Choice([(kind.value, kind_names()[kind]) for kind in WRITTEN], Kind)),
        Field("to", _("To whom"), Choice(options)),
        Field("people", _("Those whom I tick"), Several(people)),
    )


def _read(draft: Draft, form: Entries) -> tuple[dict[str, Any], Wrong]:
    held, wrong = read(_fields(draft), form, None)
    if held["people"] and held["to"] != NAMED:  # else a letter meant for the few goes to many
        wrong.say("to", _("You ticked people as well: choose “Those whom I tick below”, or take the ticks away."))
    if held["kind"] is not Kind.MESSAGE:
        return held, wrong
    words, also = read(fields(), form, None)
    wrong = Wrong(wrong | also)
    if not also:
        if not words["text"] or words["text"] == words_of(draft.planning, Kind.MESSAGE).text.strip():
            wrong.say("text", _("Write what you want to tell them."))
        for name, text in words.items():
            try:
                understood(Kind.MESSAGE, text)
            except UnknownPlaceholder as error:
                wrong.say(name, str(error))
    return held | words, wrong


def _chosen(draft: Draft, held: dict[str, Any], wrong: Wrong) -> Chosen:
    """A reminder goes only to those of whom something is missing."""
    group, _slash, code = held["to"].partition("/")
    people = named(draft, held["people"]) if group == NAMED else people_in(draft, Group(group), code)
    if held["kind"] is Kind.REMINDER:
        people = [person for person in people if missing(draft, person.code)]
    if not people:
        wrong.say(
            "people" if group == NAMED else "to",
            _("Tick somebody.")
            if group == NAMED and not held["people"]
            else _("Nothing is missing of anybody there.")
            if held["kind"] is Kind.REMINDER
            else _("Nobody is there."),
        )
    return reach(draft, people, once=held["kind"] is not Kind.REMINDER)


def reach(draft: Draft, people: Sequence[Person], *, once: bool = False) -> Chosen:
    """Whom of these people letters reach; each address `once`, where all would read the same there."""
    reached = list(with_address(draft, [person.code for person in people], once=once))
    known = {contact.person for contact in draft.planning.contacts if contact.email}
    without = [person for person in people if person.code not in known]
    return Chosen(reached, without, len(people) - len(reached) - len(without))


async def _write(slug: str, held: dict[str, Any], people: list[str], by: str) -> int:
    match held["kind"]:
        case Kind.INVITATION:
            return await letters.invite(slug, people, by)
        case Kind.REMINDER:
            return await letters.remind(slug, people, by)
        case _:
            return await letters.message(slug, people, held["subject"], held["text"], by)


def _form(request: Asking, draft: Draft, entries: Entries, wrong: Wrong | None = None) -> Response[bytes]:
    wrong = wrong or Wrong()
    shown = (*_fields(draft), *fields())
    labels = {field.name: field.label for field in shown}
    return show(
        request,
        "letters/new",
        draft,
        status=422 if wrong else 200,
        title=_("Write to people"),
        kinds=[(kind, kind_names()[kind], meaning) for kind, meaning in _meanings().items()],
        groups=groups(draft.programme),
        people=_fields(draft)[2],
        fields=fields(),
        placeholders=words_of(draft.planning, Kind.MESSAGE).placeholders,
        typed=entries,
        wrong=wrong,
        summary=[(control, labels.get(control, ""), sentence) for control, sentence in wrong.items()],
    )


async def _look(request: Asking, draft: Draft, form: Entries, held: dict[str, Any], chosen: Chosen) -> Response[bytes]:
    example = await asyncio.to_thread(_example, draft, held, chosen) if chosen.reached else None
    ours = house(request, draft)
    return show(
        request,
        "letters/look",
        draft,
        title=_("Look before they are written"),
        chosen=chosen,
        example=example,
        text=example.text.replace("{link}", f"<{link_of(example, ours)}>") if example else "",
        kind=kind_names()[held["kind"]],
        other=bool(one(form, "mark")) and one(form, "mark") != chosen.mark,
        kept=[pair for pair in kept(form) if pair[0] not in ("mark", "once")],
        once=secrets.token_urlsafe(12),
        waits=draft.planning.rules.letters_wait,
        sends=sends(request),
    )


def _example(draft: Draft, held: dict[str, Any], chosen: Chosen) -> Letter:
    """The letter that the first of them gets."""
    kind: Kind = held["kind"]
    own = Wording(letter=kind, subject=held["subject"], text=held["text"]) if kind is Kind.MESSAGE else None
    return specimen(draft, kind, chosen.reached[0][0], own)


def _meanings() -> dict[Kind, str]:
    return {
        Kind.MESSAGE: _("What you write below, with a link to their pages."),
        Kind.INVITATION: _("A link that signs them in, where they see and keep right what is theirs."),
        Kind.REMINDER: _("What is still missing of their part, with such a link. Nobody who has everything gets one."),
    }
