"""The events that one works on, and the overview of one: what is left to do, what is public, and figures."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import quote
from weakref import WeakKeyDictionary

from litestar import Response
from litestar.params import FromPath

from ... import reading
from ...editing import letters
from ...editing.accounts import Right
from ...editing.letters import State
from ...editing.members import chaired
from ...language import gettext as _
from ...language import ngettext
from ...programme import release as releasing
from ...programme.changes import changes
from ...programme.lookup import index
from ...programme.model import COLLECTIONS, Programme, Version
from ...reading import Draft, LogLine
from ..pages import Asking, page, span_of_days
from ..rights import account
from .charts import Figures, figures
from .drafts import Looked, drafts
from .fields import World
from .members import role_name
from .previews import shown_as
from .telling import kind_label, verb_name
from .todo import Goal, goals
from .waiting import waiting
from .workspace import show, title_of

LINES = 8
"""Of the log."""

SEVERITIES = ("error", "warning", "hint")


class Subject(NamedTuple):
    """A thing with its page, below the event's."""

    title: str
    address: str


class Overview(NamedTuple):
    """What an organiser sees of a draft, worked out outside the event loop. `changes` are not public yet; `news`:
    a release would show something new; `absent` are people who do not come for something. `version` is the one that is
    public."""

    version: Version | None
    goals: list[Goal]
    absent: int
    figures: Figures
    findings: Mapping[str, int]
    changes: int
    news: bool


async def mine(request: Asking) -> Response[bytes]:
    """The events that one may work on."""
    me = account(request)
    lines = [line for line in await reading.events() if line.slug in me.rights]
    chairs = [line.slug for line in lines if me.rights[line.slug] is Right.CHAIR]
    return page(
        "organiser/events.html",
        account=me,
        lines=lines,
        rights=me.rights,
        chaired={slug: await chaired(slug, me.email) for slug in chairs},
        role_name=role_name,
        days=span_of_days,
    )


async def event(request: Asking, event: FromPath[str]) -> Response[bytes]:
    looked = await drafts(request).looked(event)
    programme = looked.draft.programme
    found = await _found(looked, event)
    return show(
        request,
        "overview/index",
        looked.draft,
        found=found,
        published=found.version,
        waits=_waits(waiting(looked.draft), await letters.counts(event), found.absent),
        severities=SEVERITIES,
        lately=[(line, _subject(programme, line)) for line in await reading.lately(event, LINES)],
        verb=verb_name,
        label=kind_label,
        steps=_first_steps(),
        done=request.query_params.get("done", ""),
        days=span_of_days(programme.event.starts, programme.event.ends),
    )


async def preview(request: Asking, event: FromPath[str]) -> Response[bytes]:
    """Everything that the public would get of the draft as it stands now."""
    draft = await drafts(request).of(event)
    return await shown_as(request, draft.programme, f"organise/{event}/preview", f".draft-{event}", draft.revision)


def _waits(undecided: Mapping[str, int], letters: Mapping[State, int], absent: int) -> list[tuple[str, str]]:
    """What an organiser has to decide or to look after: where, below the event's, and in words."""
    asked, offered = undecided["requests"], undecided["offers/"]
    held, refused, unsure = (letters.get(state, 0) for state in (State.HELD, State.REFUSED, State.UNSURE))
    lines = (
        ("requests", asked, ngettext("{n} request to change what is locked",
                                     "{n} requests to change what is locked", asked)),
        ("offers/", offered, ngettext("{n} offer or wish of a community group",
                                      "{n} offers or wishes of community groups", offered)),
        ("letters?state=held", held, ngettext("{n} letter to be let go", "{n} letters to be let go", held)),
        ("letters?state=refused", refused, ngettext("{n} letter that was refused",
                                                    "{n} letters that were refused", refused)),
        ("letters?state=unsure", unsure, ngettext("{n} letter that may not have arrived",
                                                  "{n} letters that may not have arrived", unsure)),
        ("people/?comes=no", absent, ngettext("{n} person who does not come for something",
                                              "{n} people who do not come for something", absent)),
    )  # fmt: skip
    return [(address, words.format(n=n)) for address, n, words in lines if n]


async def _found(looked: Looked, slug: str) -> Overview:
    """Worked out once for a draft and what is public of it."""
    revision = await reading.published_revision(slug)
    kept = _KEPT.get(looked)
    if kept is None or kept[0] != revision:
        published = await reading.published(slug)
        kept = _KEPT[looked] = revision, await asyncio.to_thread(_work_out, looked, published)
    return kept[1]


_KEPT: WeakKeyDictionary[Looked, tuple[int | None, Overview]] = WeakKeyDictionary()


def _work_out(looked: Looked, published: Programme | None) -> Overview:
    draft = looked.draft
    news = not releasing.unchanged(draft.programme, draft.planning, published)
    return Overview(
        version=published.version if published else None,
        goals=goals(World(draft)),
        absent=len({answer.person for answer in draft.planning.answers if not answer.comes}),
        figures=figures(draft.programme),
        findings=Counter(finding.severity for finding in looked.findings),
        changes=len(changes(published, _would_be(draft, published))) if published and news else 0,
        news=news,
    )


def _would_be(draft: Draft, published: Programme) -> Programme:
    return releasing.upcoming(draft.programme, draft.planning, published, datetime.now(UTC))


def _subject(programme: Programme, line: LogLine) -> Subject | None:
    """What a line of the log is about, where it is one thing that is still there."""
    if line.noun not in COLLECTIONS:
        return None
    noun = getattr(index(programme), line.noun).get(line.code)
    return Subject(title_of(noun), f"{line.noun}/{quote(line.code, safe='')}") if noun else None


def _first_steps() -> list[tuple[str, str, str]]:
    """For an event in which there is nothing yet: what to do first, and where."""
    return [
        (
            "imports/",
            _("Take in a file"),
            _("A spreadsheet, or what another system exports."),
        ),
        ("rooms/", _("Enter the rooms"), _("With their seats, so that a full house is seen coming.")),
        ("tracks/", _("Enter the tracks"), _("Themes with a colour, if there are any.")),
        ("panels/", _("Enter the panels"), _("With their chairs; papers and sessions follow.")),
        ("settings", _("Look at the settings"), _("Days, time zone, venue, and the rules of the house.")),
        ("texts", _("Write a welcome"), _("And how to get there, access, wifi: it may all change later.")),
        ("members", _("Ask others in"), _("Organisers, chairs of panels, helpers.")),
    ]
