"""Telling people what a release changed for them: one letter each, and never two that have not gone yet."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

from ... import reading
from ...language import gettext as _
from ...language import speaking
from ...programme.letter import Kind, State
from ...programme.model import Programme
from ...programme.news import told, whom
from ...reading import Draft
from ...renditions.calendar import letter_calendar
from ...renditions.letters import listed, literal
from ...renditions.rendition import Site
from ...settings import settings
from ...tables import database
from ...tables.letters import Letters
from ..desk import Desk
from .words import words_of
from .writing import Row, about, drawn, lay_down, spoken, with_address

_REWRITTEN = ("email", "name", "language", "subject", "text", "calendar", "version", "by", "created")
"""What a newer release makes anew of a letter that has not gone."""


async def write_digests(
    desk: Desk, draft: Draft, previous: Programme | None, new: Programme, by: str, *, letters: bool
) -> int:
    """Writes to everybody whom this release concerns and whose address is known; answers how many letters there are.

    A letter that has not gone yet tells of this release too, from the version on that its reader knows; where nothing
    is left to tell it is dropped. Without `letters` no new ones are written.
    """
    pending = await _pending(desk)
    idle = dict(pending)
    fresh: list[Row] = []
    again: list[Row] = []
    last = previous.versions[-1].number if previous else 0
    async for since, old in _versions(desk.slug, {row["since"] for row in pending.values()} | {last}, previous):
        for row in _rows(draft, old, new, by, since):
            await asyncio.sleep(0)  # others are served meanwhile
            waiting = pending.get(row["person"])
            if waiting and waiting["since"] == since:
                again.append(row | {"id": idle.pop(row["person"])["id"]})
            elif letters and since == last and not waiting:
                fresh.append(row)
    quiet = timedelta(minutes=draft.planning.rules.quiet_minutes)
    await _rewrite(draft, again, quiet)
    await _drop(idle)
    await lay_down(desk, draft, fresh, quiet=quiet)
    return len(fresh) + len(again)


async def _pending(desk: Desk) -> dict[str, Row]:
    """The letters of releases that have not gone, by their reader's code."""
    rows = await Letters.select(Letters.id, Letters.person, Letters.since).where(
        Letters.event == desk.id,
        Letters.kind == Kind.DIGEST.value,
        Letters.state.is_in([State.HELD.value, State.WAITING.value]),
    )
    return {row["person"]: row for row in rows}


async def _versions(
    slug: str, numbers: set[int], previous: Programme | None
) -> AsyncIterator[tuple[int, Programme | None]]:
    for number in sorted(numbers):
        if previous and number == previous.versions[-1].number:
            yield number, previous
        else:
            yield number, await reading.release(slug, number) if number else None


def _rows(draft: Draft, old: Programme | None, new: Programme, by: str, since: int) -> Iterator[Row]:
    """A letter to each person to whom the way from `old` to `new` is news."""
    news = whom(old, new)
    versions = [version for version in new.versions if version.number > since]
    for person, email in with_address(draft, list(news)):
        language = spoken(person, new.event)
        with speaking(language):
            sentences = told(news[person.code], old, new)
            if not sentences:
                continue
            values = about(draft, person) | {
                "changes": listed(sentences),
                "version": str(versions[-1].number),
                "notes": "\n\n".join(literal(version.notes) for version in versions if version.notes),
            }
            row = drawn(Kind.DIGEST, words_of(draft.planning, Kind.DIGEST), values, person, email, by)
        yield row | {
            "calendar": _calendar(draft, old, new, person.code, language),
            "since": since,
            "version": versions[-1].number,
        }


def _calendar(draft: Draft, old: Programme | None, new: Programme, person: str, language: str) -> str:
    site = Site(base=settings().base, language=language)
    reach = draft.planning.rules.reach or settings().sender
    return letter_calendar(new, site, person, before=old.stamps if old else {}, organizer=reach).decode()


async def _rewrite(draft: Draft, rows: list[Row], quiet: timedelta) -> None:
    """Whoever was about to send one finds its lease gone, and leaves it."""
    held = {"state": State.HELD.value} if draft.planning.rules.letters_wait else {}
    columns: list[dict[str, Any]] = [
        {
            "id": row["id"],
            **{name: row[name] for name in _REWRITTEN},
            **held,
            "due": row["created"] + quiet,
            "lease": None,
        }
        for row in rows
    ]
    await database.update(Letters, columns)


async def _drop(idle: dict[str, Row]) -> None:
    words = _("Nothing of what it told is so any more.")
    rows = [{"id": row["id"], "state": State.DROPPED.value, "error": words, "lease": None} for row in idle.values()]
    await database.update(Letters, rows)
