"""Who works on an event: asking them in, and which panels are whose."""

from __future__ import annotations

import msgspec

from ..language import gettext as _
from ..programme.model import Role, Value
from ..reading import event_row, moment
from ..tables.accounts import Members, SignInLinks, SignIns
from ..tables.planning import Contacts
from ..tables.programme import Parts
from . import accounts
from .accounts import Right
from .desk import at_desk
from .errors import NotFound, Problem

INVITED_FOR = 7 * 24 * 60  # minutes


class Member(Value, frozen=True, kw_only=True):
    """Who may do something in an event. `panels` are those that a chair chairs; `new`: has never signed in."""

    email: str
    role: Right
    panels: tuple[str, ...] = ()
    new: bool = False


class TheirOwn(Problem):
    """A link signs in as somebody: it is made for others only while they have nothing else here."""

    def __init__(self, email: str) -> None:
        words = _("{email} has signed in here before or works on another event, and so needs no link from you.")
        super().__init__(words.format(email=email))


async def members(slug: str) -> list[Member]:
    """Everybody who may do something in an event: organisers first, then by address. Raises NotFound."""
    async with moment():
        event = await event_row(slug)
        rows = await Members.select(Members.role, Members.account.email.as_alias("email")).where(
            Members.event == event["id"]
        )
        found = [await _member(slug, row["email"], Right(row["role"])) for row in rows]
    return sorted(found, key=lambda one: (list(Right).index(one.role), one.email))


async def workers(slug: str) -> frozenset[str]:
    """The addresses of an event's organisers and helpers. Raises NotFound."""
    async with moment():
        event = await event_row(slug)
        rows = await Members.select(Members.account.email.as_alias("email")).where(
            Members.event == event["id"], Members.role.is_in([Right.ORGANISER.value, Right.HELPER.value])
        )
    return frozenset(row["email"] for row in rows)


async def _member(slug: str, email: str, role: Right) -> Member:
    panels = await chaired(slug, email) if role is Right.CHAIR else ()
    return Member(email=email, role=role, panels=tuple(panels), new=not await _own(slug, email))


async def invite(slug: str, email: str, by: str) -> str:
    """A token for a link with which a member signs in for the first time, good for a week.

    Whoever has the link is that member. So it gives rights in this event alone, now and later, and is made only for
    those who have never signed in and have no rights elsewhere: nobody gets at another's events by asking them into
    their own. Raises NotFound, TheirOwn, NoAddress.
    """
    email = accounts.address(email)
    async with at_desk(slug, by, "invite") as desk:
        mine = Members.event == desk.id, Members.account.email == email
        there = await Members.select(Members.role).where(*mine)
        if not there:
            raise NotFound(_("{email} is no member of this event.").format(email=email))
        if await _own(slug, email):
            raise TheirOwn(email)
        role = msgspec.json.encode({"members": {email: there[0]["role"]}}).decode()
        await desk.note(by, "invite", role, role, "members", email)
        return await accounts.issue_link(email, by, INVITED_FOR, slug)


async def _own(slug: str, email: str) -> bool:
    """Whether somebody has been here, or has rights in another event."""
    return (
        await SignInLinks.exists().where(SignInLinks.email == email, SignInLinks.used.is_not_null())
        or await SignIns.exists().where(SignIns.account.email == email)
        or await Members.exists().where(Members.account.email == email, Members.event.slug != slug)
    )


async def chaired(slug: str, email: str) -> list[str]:
    """The codes of the panels that somebody chairs: those that name as their chair a person with this address."""
    chairs = await Parts.select(
        Parts.person, Parts.panel.code.as_alias("code"), Parts.panel.position.as_alias("position")
    ).where(Parts.event.slug == slug, Parts.role == Role.CHAIR.value, Parts.panel.is_not_null())
    if not chairs:
        return []
    people = {chair["person"] for chair in chairs}
    contacts = await Contacts.select(Contacts.person, Contacts.email).where(Contacts.person.is_in(list(people)))
    theirs = {row["person"] for row in contacts if row["email"].strip().lower() == email}
    ordered = sorted(chairs, key=lambda chair: chair["position"])
    return list(dict.fromkeys(chair["code"] for chair in ordered if chair["person"] in theirs))
