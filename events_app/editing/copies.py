"""An event as the start of its next edition."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import msgspec

from .. import reading
from ..language import gettext as _
from ..programme.lookup import files_of, index
from ..programme.model import Event, Noun, Panel, Value
from ..programme.moments import days_later, moved
from ..programme.planning import Rules
from ..reading import Draft
from ..tables import database
from ..tables.accounts import Accounts, Members
from ..tables.columns import first_revision, new_key
from ..tables.programme import Events
from .accounts import Right
from .desk import Desk
from .errors import Problem
from .files import bring_along

TAKEN_OVER = ("rooms", "tracks", "texts", "rules", "panels", "members")
"""What can be taken over into the next edition."""


class NameTaken(Problem):
    """There is an event with this short name already."""

    def __init__(self, slug: str) -> None:
        super().__init__(_("There is an event “{event}” already.").format(event=slug))


async def copy_event(slug: str, new: str, name: str, starts: date, by: str, *, take: frozenset[str]) -> None:
    """Makes the event `new`, as long as this one and with its zone, venue and looks, and what of `TAKEN_OVER` to take.

    Nothing of it is released, and no session, paper or showcase comes along. Panels bring the people who have a part
    in them. `by` organises it. Raises NotFound, NameTaken.
    """
    async with database.engine().transaction(allow_nested=False):
        row = await reading.event_row(slug)
        draft = await reading.draft_of(row)
        desk = Desk(await _new_row(new))
        event = _next(draft.programme.event, new, name, starts, with_texts="texts" in take)
        await desk.lay("event", new, event)
        await desk.lay("rules", new, draft.planning.rules if "rules" in take else Rules())
        for kind, key, value in _things(draft, (starts - draft.programme.event.starts).days, take):
            await desk.lay(kind, key, value)
        await desk.finish(by, "copy")
        await bring_along(row["id"], desk.id, _files(desk), by)
        await _let_in(row["id"], desk, by, everybody="members" in take)


async def _new_row(slug: str) -> dict[str, object]:
    """The row of an event that says nothing yet but its slug; of two who make the same at once, one succeeds."""
    key = new_key()
    new = Events(id=key, slug=slug, uid="", revision=first_revision())
    await Events.insert(new).on_conflict(Events.slug, "DO NOTHING")
    row = await reading.event_row(slug, lock=True)
    if row["id"] != key:
        raise NameTaken(slug)
    return row


def _next(event: Event, slug: str, name: str, starts: date, *, with_texts: bool) -> Event:
    ends = starts + (event.ends - event.starts)
    made = msgspec.structs.replace(event, slug=slug, uid=str(uuid4()), name=name, starts=starts, ends=ends)
    return made if with_texts else msgspec.structs.replace(made, front=(), back=())


def _things(draft: Draft, days: int, take: frozenset[str]) -> list[tuple[str, str, Value]]:
    """What comes along: kind, key, value. Nothing of it remembers the file from which it came."""
    programme = draft.programme
    found: list[tuple[str, str, Value]] = []
    if "rooms" in take:
        later = days_later(programme.event.zone, days)
        found += [("rooms", room.code, _fresh(moved(room, later))) for room in programme.rooms]
    if "tracks" in take:
        found += [("tracks", track.code, _fresh(track)) for track in programme.tracks]
    if "panels" in take:
        people = {part.person for panel in programme.panels for part in panel.parts}
        known = index(programme).people
        found += [("people", code, _fresh(known[code])) for code in known if code in people]
        found += [("contacts", one.person, one) for one in draft.planning.contacts if one.person in people]
        found += [("panels", panel.code, _fresh(_panel(panel, take))) for panel in programme.panels]
    return found


def _files(desk: Desk) -> set[str]:
    """The keys of the pictures that what comes along names."""
    return {file.key for image in desk.images() if image.after for file in files_of(image.after.value)}


def _panel(panel: Panel, take: frozenset[str]) -> Panel:
    return panel if "tracks" in take else msgspec.structs.replace(panel, track="")


def _fresh(noun: Noun) -> Noun:
    return msgspec.structs.replace(noun, source="")


async def _let_in(old: int, desk: Desk, by: str, *, everybody: bool) -> None:
    """Whoever makes it organises it; with `everybody`, all keep the rights that they had in the old one."""
    rows = await Members.select(Members.account, Members.role, Members.account.email.as_alias("email")).where(
        Members.event == old
    )
    rights = {row["account"]: row["role"] for row in rows if everybody}
    me = await Accounts.select(Accounts.id).where(Accounts.email == by)
    rights |= {row["id"]: Right.ORGANISER.value for row in me}
    new = [{"id": new_key(), "account": one, "event": desk.id, "role": role} for one, role in rights.items()]
    await database.insert(Members, new)
