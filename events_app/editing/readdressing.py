"""Changing the address at which somebody is reached.

They ask where they are signed in, and a link goes to the new address; it works only where they are signed in still. So
both addresses are theirs, and one that was mistyped gives a stranger nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from .. import reading
from ..language import gettext as _
from ..language import speaking
from ..programme.letter import Kind, State
from ..programme.lookup import index
from ..programme.own import people_of
from ..reading import Draft, EventLine
from ..renditions.letters import moved_words, wordings
from ..tables import database
from ..tables.accounts import Members
from ..tables.letters import Letters
from . import accounts
from .accounts import Right
from .desk import Desk, at_desk
from .errors import Problem
from .letters.writing import about, drawn, spoken
from .privacy import STAYING

HOURS = 24
"""For how long the link is good."""

PURPOSE = "address "
"""What sets its tokens apart from those that sign somebody in."""


class SameAddress(Problem):
    """They are reached there already."""

    def __init__(self, email: str) -> None:
        super().__init__(_("{email} is the address that you have already.").format(email=email))


class StaleSignIn(Problem):
    """Rights go to another address only from a browser in which its user has just signed in."""

    def __init__(self) -> None:
        super().__init__(_("You work on a programme here, so sign in anew before your address changes."))


async def ask(slug: str, new: str, by: str) -> None:
    """Sends a link to the address at which `by` wants to be reached. Raises NotFound, NoAddress, SameAddress.

    The same is done whether or not anybody is known by that address.
    """
    new = accounts.address(new)
    if new == by:
        raise SameAddress(new)
    async with at_desk(slug, by, "readdress") as desk:
        draft = await reading.draft_of(desk.row)
        await _write(desk, draft, Kind.ADDRESS, new, by, people_of(draft.planning, by))


async def asked(token: str, by: str) -> str | None:
    """The new address for which a link is, if it is good and `by` asked for it."""
    link = await accounts.look_at(token, PURPOSE)
    return link.email if link and link.by == by else None


async def take(
    token: str, by: str, sign_in: str, moving: Mapping[str, Collection[str]], *, only: str = ""
) -> str | None:
    """Uses the link: from now on these people are reached at the new address, which it answers; None if the link is not
    good. Raises StaleSignIn.

    `moving` has their codes by event: several may share an address, and who stays is not locked out. Rights, which are
    the address's, go with the last of them in an event; so none are named where nobody but those who work there has it.
    The browser that is signed in by the token `sign_in` stays so, and other browsers' sign-ins end (see `only` with
    `accounts.sign_ins`).
    """
    async with database.engine().transaction(allow_nested=False):
        link = await accounts.spend(token, PURPOSE) if await asked(token, by) else None
        if link:
            if await stale(by, sign_in):
                raise StaleSignIn
            for slug in sorted(moving):  # in one order, so that no two wait for each other
                await _move(slug, moving[slug], by, link.email)
            await accounts.become(sign_in, link.email)
            await accounts.sign_out_elsewhere(by, sign_in, only=only)
    return link.email if link else None


async def stale(email: str, sign_in: str) -> bool:
    """Whether somebody works on an event, and has not signed in lately in this browser."""
    works = Members.exists().where(Members.account.email == email, Members.role.is_in([*STAYING]))
    return await works and not await accounts.fresh(sign_in)


async def elsewhere(slug: str, email: str) -> list[EventLine]:
    """The other events in which somebody has a part or works."""
    rows = await Members.select(Members.event.slug.as_alias("slug")).where(Members.account.email == email)
    known = {row["slug"] for row in rows} | {line.slug for line in await reading.events_of(email)}
    return [line for line in await reading.events() if line.slug in known - {slug}]


async def _move(slug: str, people: Collection[str], old: str, new: str) -> None:
    desk = await _desk(slug)
    draft = await reading.draft_of(desk.row)
    known = [code for code in people_of(draft.planning, old) if code in index(draft.programme).people]
    moving = [code for code in known if code in people]
    if known and not moving:
        return
    whole = moving == known
    for contact in draft.planning.contacts:
        if contact.email == old and (whole or contact.person in moving):
            await desk.lay("contacts", contact.person, replace(contact, email=new))
    for kind in ("requests", "answers"):
        for key, kept in (await desk.look_up(kind)).items():
            if kept.value.by == old and (whole or getattr(kept.value, "person", "") in moving):
                await desk.lay(kind, key, replace(kept.value, by=new))
    unsent = Letters.state.is_in([state.value for state in State if state.unsent])
    of_theirs = (Letters.event == desk.id) & (Letters.email == old) & unsent
    if not whole:
        of_theirs = of_theirs & Letters.person.is_in(moving)
    await Letters.update({Letters.email: new, Letters.lease: None}).where(of_theirs)
    await desk.finish(old, "readdress")
    if whole:
        await _move_rights(slug, desk.id, old, new)
    await _write(desk, draft, Kind.MESSAGE, old, old, moving)


async def _move_rights(slug: str, event: int, old: str, new: str) -> None:
    """Whoever has rights by either address has the greater of them by the new one. Each is a line of the log."""
    rows = await Members.select(Members.role, Members.account.email.as_alias("email")).where(
        Members.event == event, Members.account.email.is_in([old, new])
    )
    held = {row["email"]: Right(row["role"]) for row in rows}
    if old in held:
        await accounts.give(await _desk(slug), new, min(held.values(), key=list(Right).index), old)
        await accounts.take_away(await _desk(slug), old, old)


async def _desk(slug: str) -> Desk:
    """A desk in the transaction that is open: it writes one line of the log."""
    return Desk(await reading.event_row(slug, lock=True))


async def _write(desk: Desk, draft: Draft, kind: Kind, email: str, by: str, codes: Sequence[str]) -> None:
    """A letter that no organiser has to let go. The new address is not told whose it would be."""
    person = index(draft.programme).people[codes[0]] if codes else None
    with speaking(spoken(person, draft.programme.event)):
        named = None if kind is Kind.ADDRESS else person
        words = wordings()[kind] if kind is Kind.ADDRESS else moved_words()  # in the language spoken
        letter = drawn(kind, words, about(draft, named) | {"hours": str(HOURS)}, named, email, by)
    row: dict[str, Any] = letter | {"event": desk.id, "person": person.code if person else ""}
    await database.insert(Letters, [row | {"due": datetime.now(UTC)}])
