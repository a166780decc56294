"""Releasing: what would change for the public, whom that concerns, and every version that there was."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from litestar import Response
from litestar.params import FromPath

from ... import editing, reading
from ...editing import letters
from ...language import gettext as _
from ...programme import release as releasing
from ...programme.alone import alone
from ...programme.audience import addresses_of
from ...programme.changes import changes
from ...programme.checks.finding import Finding
from ...programme.clashes import findings
from ...programme.concerned import concerned
from ...programme.letter import State
from ...programme.lookup import index
from ...programme.model import Change, Person, Programme
from ...programme.news import told, whom
from ...programme.planning import Planning
from ...reading import Draft, NotFound
from ..errors import Unreadable
from ..pages import Asking
from ..rights import account
from .differences import Group, groups
from .drafts import Looked, drafts
from .findings import counted
from .letters import sends
from .previews import shown_as
from .workspace import one, show, to, typed

NOTES = 5000
"""Characters."""

NAMES = 60
"""People who are named at once."""

DRAFT = "draft"
"""What stands in an address instead of a version's number."""


class Reader(NamedTuple):
    """Somebody whom a release concerns, what their letter tells them, and whether there is an address for it."""

    person: Person
    sentences: list[str]
    reached: bool


class Outlook(NamedTuple):
    """What a release would do. `news` is whether it would do anything; `total` is of all changes."""

    news: bool
    total: int
    groups: list[Group]
    readers: list[Reader]


async def index_page(request: Asking, event: FromPath[str]) -> Response[bytes]:
    looked = await drafts(request).looked(event)
    published = await reading.published(event)
    outlook = await asyncio.to_thread(_whole, looked.draft, published)
    open_findings = await asyncio.to_thread(lambda: looked.findings)
    done = request.query_params.get("done", "")
    waiting = await letters.counts(event) if done == "released" else {}
    return show(
        request,
        "releases/index",
        looked.draft,
        revision=looked.draft.revision,
        published=published,
        outlook=outlook,
        names=NAMES,
        sends=sends(request),
        rules=looked.draft.planning.rules,
        findings=counted(open_findings),
        versions=published.versions if published else (),
        makers={line.version: line.by for line in await reading.releases(event)},
        done=done,
        waiting=waiting.get(State.WAITING, 0),
        held=waiting.get(State.HELD, 0),
    )


async def release(request: Asking, event: FromPath[str]) -> Response[Any]:
    """Publishes the draft, if it is still the one that its organiser has looked at."""
    form = await typed(request)
    await editing.release(
        event,
        account(request).email,
        _notes(one(form, "notes")),
        seen=_seen(one(form, "seen")),
        letters=not one(form, "quiet"),
    )
    return _back_to(event, "released")


async def alone_page(request: Asking, event: FromPath[str]) -> Response[bytes]:
    """What publishing one session alone would do."""
    looked = await drafts(request).looked(event)
    code = request.query_params.get("session", "")
    published = await reading.published(event)
    if published is None:
        raise editing.NothingPublished
    if code not in {*index(looked.draft.programme).sessions, *index(published).sessions}:
        raise NotFound(_("There is no session {code}.").format(code=code))
    outlook, clashes = await asyncio.to_thread(_alone, looked, published, code)
    session = index(looked.draft.programme).sessions.get(code) or index(published).sessions[code]
    return show(
        request,
        "releases/alone",
        looked.draft,
        revision=looked.draft.revision,
        published=published,
        session=session,
        outlook=outlook,
        clashes=clashes,
        names=NAMES,
        sends=sends(request),
        rules=looked.draft.planning.rules,
    )


async def release_alone(request: Asking, event: FromPath[str]) -> Response[Any]:
    form = await typed(request)
    notes, seen = _notes(one(form, "notes")), _seen(one(form, "seen"))
    letters = not one(form, "quiet")
    await editing.release_alone(event, one(form, "session"), account(request).email, notes, seen=seen, letters=letters)
    return _back_to(event, "released")


async def compare(request: Asking, event: FromPath[str]) -> Response[bytes]:
    """What differs between two versions, or between a version and the draft."""
    looked = await drafts(request).looked(event)
    published = await reading.published(event)
    if published is None:
        raise NotFound(_("Nothing is public yet, so there is nothing to compare."))
    latest = published.versions[-1].number
    names = [
        request.query_params.get("from", "") or str(max(latest - 1, 1)),
        request.query_params.get("to", "") or str(latest),
    ]
    old, new = [await _version_or_draft(event, name, looked.draft, published) for name in names]
    found = await asyncio.to_thread(changes, old, new)
    return show(
        request,
        "releases/compare",
        looked.draft,
        published=published,
        names=names,
        versions=published.versions,
        count=len(found),
        groups=await asyncio.to_thread(groups, found, old, new),
    )


async def preview(request: Asking, event: FromPath[str], n: FromPath[int]) -> Response[bytes]:
    """Everything that the public got of a version, as it is stored."""
    programme = await _version(event, n)
    assert programme.version is not None
    prefix = f"organise/{event}/releases/{n}/preview"
    return await shown_as(request, programme, prefix, f".version-{event}-{n}", programme.version.revision)


async def make_draft(request: Asking, event: FromPath[str], n: FromPath[int]) -> Response[Any]:
    form = await typed(request)
    changed = await editing.make_draft_again(event, n, account(request).email, seen=_seen(one(form, "seen")))
    return _back_to(event, "returned" if changed else "same")


async def _version_or_draft(slug: str, name: str, draft: Draft, published: Programme) -> Programme:
    if name == DRAFT:
        return await asyncio.to_thread(_would_be, draft, draft.programme, published)
    if not name.isdecimal() or len(name) > 9:
        raise Unreadable(_("“{name}” is no version.").format(name=name[:40]))
    return await _version(slug, int(name))


async def _version(slug: str, n: int) -> Programme:
    found = await reading.release(slug, n)
    if found is None:
        raise NotFound(_("There is no version {n} of {event}.").format(n=n, event=slug))
    return found


def _whole(draft: Draft, published: Programme | None) -> Outlook:
    return _outlook(draft, draft.programme, published)


def _outlook(draft: Draft, programme: Programme, published: Programme | None) -> Outlook:
    would_be = _would_be(draft, programme, published)
    found = changes(published, would_be) if published else ()
    return Outlook(
        news=not releasing.unchanged(programme, draft.planning, published),
        total=len(found),
        groups=groups(found, published, would_be) if published else [],
        readers=_readers(draft, published, would_be, found),
    )


def _readers(draft: Draft, published: Programme | None, would_be: Programme, found: Sequence[Change]) -> list[Reader]:
    """Who has to know, and what their letters would say: the one of this release alone."""
    people = concerned(found, published, would_be) if published else whom(None, would_be).values()
    addresses = addresses_of(draft.planning)
    readers = (Reader(one.person, told(one, published, would_be), one.person.code in addresses) for one in people)
    return [reader for reader in readers if reader.sentences]


def _would_be(draft: Draft, programme: Programme, published: Programme | None) -> Programme:
    return releasing.upcoming(programme, draft.planning, published, datetime.now(UTC))


def _alone(looked: Looked, published: Programme, code: str) -> tuple[Outlook, list[Finding]]:
    """With the errors that the public programme would have then, and has not now, around that session."""
    draft = looked.draft
    programme = alone(draft.programme, published, code)
    outlook = _outlook(draft, programme, published)
    planning = Planning(rules=draft.planning.rules)
    before = {finding.key for finding in findings(published, planning)}
    after = [f for f in findings(programme, planning) if f.severity == "error" and f.key not in before]
    return outlook, after


def _notes(text: str) -> str:
    return text.strip()[:NOTES]


def _seen(text: str) -> int:
    """The revision that the page showed; a form without one has seen nothing."""
    return int(text) if text.isdecimal() and len(text) < 19 else -1


def _back_to(slug: str, done: str) -> Response[Any]:
    return to(f"/organise/{slug}/releases/?done={done}")
