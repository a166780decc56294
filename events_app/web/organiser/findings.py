"""The findings of the checks: narrowed down, each with the places where it can be mended, and what mends it at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from litestar import Response
from litestar.params import FromPath

from ... import editing
from ...language import gettext as _
from ...programme.changes import title_of
from ...programme.checks.finding import CONCERNS, Case, Finding
from ...programme.clashes import all_findings
from ...programme.lookup import day_of, index
from ...programme.planning import Accepted
from ...programme.remedies import Remedy, has_any, remedies
from ...reading import Draft, NotFound
from ..pages import Asking
from ..rights import account
from .drafts import Looked, drafts
from .workspace import at, one, show, to, typed

PER_PAGE = 25
LINKS = 6
"""Things that a finding links to at once; the others are folded."""

WORK = 100_000
"""Sessions times rooms times findings: for so many it is worked out at once what mends them, for others when asked."""

REASON = 500
"""Characters."""

SEVERITIES = ("error", "warning", "hint")
FILTERS = ("severity", "code", "day", "room", "panel", "person")

PLACED = frozenset({"room-twice", "person-twice", "nobody-left", "walk-too-short", "not-available", "room-too-small",
                    "room-closed", "outside-days", "not-placed", "no-room"})  # fmt: skip
"""What is mended by putting a session elsewhere: in the timetable, not in its form."""


class Link(NamedTuple):
    address: str
    title: str
    code: str


class Told(NamedTuple):
    """A finding as the page shows it. `more` is whether it has to be asked what mends it."""

    finding: Finding
    name: str
    links: list[Link]
    remedies: tuple[Remedy, ...]
    more: bool


class Shown(NamedTuple):
    """What the page shows: of `found` findings one page; `counts` are of all open ones, by severity."""

    told: list[Told]
    found: int
    counts: Counter[str]
    options: dict[str, list[tuple[str, str]]]
    accepted: list[tuple[Accepted, bool]]


async def index_page(request: Asking, event: FromPath[str]) -> Response[bytes]:
    looked = await drafts(request).looked(event)
    asked = {name: request.query_params.get(name, "")[:200] for name in FILTERS}
    page = _page(request.query_params.get("page", ""))
    opened = request.query_params.get("of", "")
    shown = await asyncio.to_thread(_shown, looked, asked, page, opened)
    chosen = {name: value for name, value in asked.items() if value}
    return show(
        request,
        "findings/index",
        looked.draft,
        shown=shown,
        asked=asked,
        chosen=chosen,
        page=page,
        pages=-(-shown.found // PER_PAGE),
        query=lambda n: urlencode({**chosen, "page": n}),
        here=urlencode({**chosen, "page": page}),
        links=LINKS,
        severity_names=severity_names(),
        filter_names=_filter_names(),
        done=request.query_params.get("done", ""),
    )


async def mend(request: Asking, event: FromPath[str], key: FromPath[str]) -> Response[Any]:
    """Makes one of the remedies that are offered now; raises NotFound where it is none of them any more."""
    looked = await drafts(request).looked(event)
    form = await typed(request)
    wanted = one(form, "remedy")
    finding = _finding(looked.draft, key)
    offered = await asyncio.to_thread(remedies, looked.case, finding)
    remedy = next((remedy for remedy in offered if remedy.code == wanted), None)
    if remedy is None:
        raise NotFound(_("That is not possible any more: something else has changed since."))
    await editing.mend(event, remedy, account(request).email)
    return _back(looked.draft, one(form, "query"), "mended")


async def accept(request: Asking, event: FromPath[str], key: FromPath[str]) -> Response[Any]:
    looked = await drafts(request).looked(event)
    form = await typed(request)
    reason = " ".join(one(form, "reason").split())[:REASON]
    await editing.accept(event, _finding(looked.draft, key), reason, account(request).email)
    return _back(looked.draft, one(form, "query"), "accepted")


async def reopen(request: Asking, event: FromPath[str], key: FromPath[str]) -> Response[Any]:
    """The finding is told again."""
    looked = await drafts(request).looked(event)
    form = await typed(request)
    await editing.accept_no_more(event, key, account(request).email)
    return _back(looked.draft, one(form, "query"), "reopened")


def _back(draft: Draft, query: str, done: str) -> Response[Any]:
    """To where it was done from: `query` is that page's own."""
    return to(f"{at(draft.programme.event)}/findings?{query + '&' if query else ''}{urlencode({'done': done})}")


def _finding(draft: Draft, key: str) -> Finding:
    found = next((f for f in all_findings(draft.programme, draft.planning) if f.key == key), None)
    if found is None:
        raise NotFound(_("This finding is not there any more: somebody has mended it."))
    return found


def _shown(looked: Looked, asked: Mapping[str, str], page: int, opened: str = "") -> Shown:
    case, draft = looked.case, looked.draft
    quiet = {accepted.finding for accepted in draft.planning.accepted}
    every = all_findings(draft.programme, draft.planning)
    told = sorted((f for f in every if f.key not in quiet), key=lambda f: SEVERITIES.index(f.severity))
    about = {finding.key: _about(case, finding) for finding in told}
    found = [f for f in told if all(value in about[f.key][name] for name, value in asked.items() if value)]
    first = (page - 1) * PER_PAGE
    present = {finding.key for finding in every}
    at_once = WORK // (len(draft.programme.sessions) * len(draft.programme.rooms) + 1)
    return Shown(
        told=[
            _told(case, finding, ask=n >= at_once and finding.key != opened)
            for n, finding in enumerate(found[first : first + PER_PAGE])
        ],
        found=len(found),
        counts=Counter(finding.severity for finding in told),
        options=_options(case, about.values()),
        accepted=[(accepted, accepted.finding in present) for accepted in draft.planning.accepted],
    )


def _about(case: Case, finding: Finding) -> dict[str, set[str]]:
    """By what a finding can be found: the values of each filter that it fits."""
    sessions = [case.held.sessions[code] for code in finding.sessions if code in case.held.sessions]
    papers = [case.held.papers[code] for code in finding.papers if code in case.held.papers]
    panels = {*(session.panel for session in sessions), *(paper.panel for paper in papers)}
    return {
        "severity": {finding.severity},
        "code": {finding.code},
        "day": {day_of(case.event, s.starts).isoformat() for s in sessions if s.starts},
        "room": {*finding.rooms, *(s.room for s in sessions if s.room)},
        "panel": {*finding.panels, *panels} - {""},
        "person": set(finding.people),
    }


def _options(case: Case, about: Iterable[Mapping[str, set[str]]]) -> dict[str, list[tuple[str, str]]]:
    """What each filter can be set to: only what would find anything, with what it is called."""
    found: dict[str, set[str]] = {name: set() for name in FILTERS}
    for values in about:
        for name in FILTERS:
            found[name] |= values[name]
    names, severities = finding_names(), severity_names()
    labels = {
        "severity": [(value, severities[value]) for value in SEVERITIES if value in found["severity"]],
        "code": sorted(((value, names.get(value, value)) for value in found["code"]), key=lambda pair: pair[1]),
        "day": [(value, value) for value in sorted(found["day"])],
        "room": [(room.code, room.name) for room in case.programme.rooms if room.code in found["room"]],
        "panel": [(p.code, f"{p.code} {p.title}") for p in case.programme.panels if p.code in found["panel"]],
        "person": sorted(
            ((p.code, case.person(p.code)) for p in case.programme.people if p.code in found["person"]),
            key=lambda pair: pair[1].casefold(),
        ),
    }
    return {name: labels[name] for name in FILTERS}


def _told(case: Case, finding: Finding, *, ask: bool) -> Told:
    name = finding_names().get(finding.code, finding.code)
    offered = () if ask else remedies(case, finding)
    return Told(finding, name, list(_links(case, finding)), offered, ask and has_any(finding))


def _links(case: Case, finding: Finding) -> Iterable[Link]:
    """Where it can be mended: of what the finding is about, what can be changed."""
    base, held = at(case.event), index(case.programme)
    for collection in CONCERNS:
        folder = "timetable" if collection == "sessions" and finding.code in PLACED else collection
        for code in getattr(finding, collection):
            noun = getattr(held, collection).get(code)
            if noun is not None:
                yield Link(f"{base}/{folder}/{quote(code, safe='')}", title_of(noun), code)


def _page(text: str) -> int:
    return max(1, int(text)) if text.isdecimal() and len(text) < 6 else 1


def severity_names() -> dict[str, str]:
    return {"error": _("Errors"), "warning": _("Warnings"), "hint": _("Unfinished")}


def _filter_names() -> dict[str, str]:
    return {
        "severity": _("How bad"),
        "code": _("What"),
        "day": _("Day"),
        "room": _("Room"),
        "panel": _("Panel"),
        "person": _("Person"),
    }


def finding_names() -> dict[str, str]:
    """What the codes of findings are called."""
    return {
        "room-twice": _("Room used twice"),
        "person-twice": _("Person in two places"),
        "nobody-left": _("Nobody left"),
        "paper-twice": _("Paper placed twice"),
        "papers-outrun": _("Papers too long"),
        "comes-not": _("Does not come"),
        "paper-withdrawn": _("Paper withdrawn"),
        "missing": _("Names what is not there"),
        "walk-too-short": _("Too far to walk"),
        "not-available": _("Cannot be there"),
        "room-too-small": _("Room too small"),
        "room-closed": _("Room closed"),
        "outside-days": _("Outside the event’s days"),
        "paper-nowhere": _("Paper in no session"),
        "paper-not-accepted": _("Paper not accepted"),
        "no-chair": _("No chair"),
        "no-discussant": _("No discussant"),
        "papers-per-session": _("Number of papers"),
        "papers-per-person": _("Papers of one person"),
        "podium-not-mixed": _("Podium not mixed"),
        "not-placed": _("Not placed yet"),
        "no-room": _("No room"),
        "nobody-named": _("Nobody named"),
        "no-abstract": _("No abstract"),
    }


def counted(found: Sequence[Finding]) -> list[tuple[str, str, int]]:
    """How many there are of each severity, with its name."""
    counts = Counter[str](finding.severity for finding in found)
    names = severity_names()
    return [(severity, names[severity], counts[severity]) for severity in SEVERITIES if counts[severity]]
