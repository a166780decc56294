"""The letters of an event: looking at them, and what organisers do with them until they are gone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import msgspec
from piccolo.query.functions.aggregate import Count

from ... import reading
from ...language import gettext as _
from ...programme.letter import Kind, Letter, State
from ...reading import moment
from ...tables.letters import Letters
from ..desk import Desk, at_desk
from ..errors import Conflict, NotFound, Problem
from .words import understands

COLUMNS: list[Any] = [getattr(Letters, name) for name in Letter.__struct_fields__]


class Gone(Problem):
    """The letter is on its way or dealt with: there is nothing left to change."""

    def __init__(self) -> None:
        super().__init__(_("This letter has gone already, or somebody else has dealt with it."))


async def letters(
    slug: str,
    *,
    state: State | None = None,
    kind: Kind | None = None,
    person: str = "",
    limit: int = 50,
    before: Letter | None = None,
) -> list[Letter]:
    """An event's letters, the latest first; `before` is the last of the page that was seen. Raises NotFound."""
    async with moment():
        event = await reading.event_row(slug)
        query = Letters.select(*COLUMNS).where(Letters.event == event["id"])
        if state is not None:
            query = query.where(Letters.state == state.value)
        if kind is not None:
            query = query.where(Letters.kind == kind.value)
        if person:
            query = query.where(Letters.person == person)
        if before is not None:
            same = (Letters.created == before.created) & (Letters.id < before.id)
            query = query.where((Letters.created < before.created) | same)
        rows = await query.order_by(Letters.created, Letters.id, ascending=False).limit(limit)
    return msgspec.convert(rows, list[Letter])


async def letter(slug: str, id: int) -> Letter:
    """One letter; raises NotFound."""
    rows = await Letters.select(*COLUMNS).where(Letters.event.slug == slug, Letters.id == id)
    if not rows:
        raise NotFound(_("There is no such letter of {event}.").format(event=slug))
    return msgspec.convert(rows[0], Letter)


async def sign_in_letters() -> list[Letter]:
    """Those that are of no event, the latest first: for whoever runs the service."""
    rows = await Letters.select(*COLUMNS).where(Letters.event.is_null())
    return sorted(msgspec.convert(rows, list[Letter]), key=lambda letter: letter.created, reverse=True)


async def counts(slug: str) -> dict[State, int]:
    """How many letters of an event there are in each state; states without any are left out. Raises NotFound."""
    async with moment():
        event = await reading.event_row(slug)
        query = Letters.select(Letters.state, Count()).where(Letters.event == event["id"])
        rows = await query.group_by(Letters.state)
    found = {State(row["state"]): row["count"] for row in rows}
    return {state: found[state] for state in State if state in found}


async def hold(slug: str, id: int | None, by: str) -> int:
    """Keeps a letter that waits to be sent, or (None) all of them; answers how many. Raises NotFound, Gone."""
    return await _moved(slug, id, by, "hold", [State.WAITING], state=State.HELD)


async def let_go(slug: str, id: int | None, by: str) -> int:
    """Lets a letter go, held or waiting, at once; None: all that are held. Answers how many. Raises NotFound, Gone."""
    states = [State.HELD] if id is None else [State.HELD, State.WAITING]
    return await _moved(slug, id, by, "let-go", states, state=State.WAITING, due=datetime.now(UTC))


async def drop(slug: str, id: int | None, by: str) -> int:
    """Puts a letter that has not gone away for good; None: all that are held. Raises NotFound, Gone."""
    states = [State.HELD] if id is None else [State.HELD, State.WAITING, State.REFUSED, State.UNSURE]
    return await _moved(slug, id, by, "drop", states, state=State.DROPPED)


async def send_again(slug: str, id: int, by: str) -> None:
    """Sends a letter that was refused, or of which nobody knows whether it arrived. Raises NotFound, Gone."""
    states = [State.REFUSED, State.UNSURE]
    await _moved(slug, id, by, "send-again", states, state=State.WAITING, due=datetime.now(UTC), attempts=0, error="")


async def edit(slug: str, id: int, subject: str, text: str, by: str, *, seen: tuple[str, str]) -> None:
    """Changes what a letter says that has not gone. `seen` are the subject and text that its author had before them.

    Raises Conflict with both letters where it says something else by now; NotFound, Gone, and UnknownPlaceholder: but
    for the link's, all places are filled by now.
    """
    async with _at_letters(slug, by, "edit-letter", id) as desk:
        present = await letter(slug, id)
        if not present.state.unsent:
            raise Gone
        understands(("link",), subject, text)
        if (present.subject, present.text) not in (seen, (subject, text)):
            raise Conflict("letters", str(id), present, msgspec.structs.replace(present, subject=subject, text=text))
        values: dict[Any, Any] = {Letters.subject: subject, Letters.text: text, Letters.lease: None}
        if not await _changed(desk, id, [State.HELD, State.WAITING], values):
            raise Gone


async def _moved(slug: str, id: int | None, by: str, what: str, states: list[State], **values: Any) -> int:
    async with _at_letters(slug, by, what, id) as desk:
        if id is not None:
            await letter(slug, id)
        columns = {getattr(Letters, name): value for name, value in (values | {"lease": None}).items()}
        moved = await _changed(desk, id, states, columns)
        if id is not None and not moved:
            raise Gone
    return moved


async def _changed(desk: Desk, id: int | None, states: list[State], values: dict[Any, Any]) -> int:
    """Of those in one of these states. Whoever was about to send one finds its lease gone, and leaves it."""
    mine = (Letters.event == desk.id) & Letters.state.is_in([state.value for state in states])
    if id is not None:
        mine = mine & (Letters.id == id)
    return len(await Letters.update(values).where(mine).returning(Letters.id))


@asynccontextmanager
async def _at_letters(slug: str, by: str, what: str, id: int | None) -> AsyncIterator[Desk]:
    """A desk whose line in the log says what was done with which letter; not to whom, nor what it says."""
    async with at_desk(slug, by, what) as desk:
        yield desk
        await note(desk, by, what, id)


async def note(desk: Desk, by: str, what: str, id: int | None = None) -> None:
    """Of which letter, if it is one; what is said of letters cannot be taken back from the log."""
    after = msgspec.json.encode({"letters": {str(id): what} if id else {}}).decode()
    await desk.note(by, what, '{"letters": {}}', after, "letters", str(id or ""))
