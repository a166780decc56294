"""Who can sign in, and what they may do: links that are good once, and rights in one event."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

import msgspec

from ..language import gettext as _
from ..programme.model import Value
from ..reading import moment
from ..tables import database
from ..tables.accounts import Accounts, Members, SignInLinks, SignIns
from ..tables.columns import new_key
from .desk import Desk, at_desk
from .errors import Problem

SIGNED_IN_FOR = timedelta(days=90)

FRESH = timedelta(minutes=15)
"""So long ago at most somebody has signed in who does what only the owner of the address may."""

SEEN_EVERY = timedelta(hours=1)
"""How exactly it is kept when somebody was last seen: a page that is read should not cost a write."""


class Right(StrEnum):
    """What a member may do in an event."""

    ORGANISER = "organiser"
    CHAIR = "chair"
    SPEAKER = "speaker"
    HOST = "host"
    HELPER = "helper"


class Account(Value, frozen=True, kw_only=True):
    """Somebody who is signed in. `rights` are those in each event, by slug; `only` the event of their link."""

    email: str
    rights: dict[str, Right] = msgspec.field(default_factory=dict)
    only: str = ""

    def organises(self, slug: str) -> bool:
        return self.rights.get(slug) is Right.ORGANISER


class SignedIn(Value, frozen=True, kw_only=True):
    """One browser in which somebody is signed in; `here` is the one that asks. `agent` is what it calls itself."""

    id: int
    since: datetime
    seen: datetime
    agent: str
    here: bool = False


class Link(Value, frozen=True, kw_only=True):
    """A link that is good: where it went, who asked for it, and the only event in which it gives rights, if any."""

    email: str
    by: str
    event: str = ""


class LastOrganiser(Problem):
    """An event keeps at least one organiser."""

    def __init__(self, email: str) -> None:
        super().__init__(_("{email} is the only organiser. Make somebody else an organiser first.").format(email=email))


class NoAddress(Problem):
    """What was given is not an e-mail address."""

    def __init__(self, email: str) -> None:
        super().__init__(_("“{email}” is not an e-mail address.").format(email=email))


async def issue_link(email: str, by: str, minutes: int = 15, event: str = "", purpose: str = "") -> str:
    """A token for a sign-in link to be sent to this address; `by` is who asked for it. Raises NoAddress.

    With an event's slug it gives rights in that event alone. With a purpose it signs nobody in: see `spend`.

    The token is random, 256 bits; only its hash is kept. Whether anybody has an account there is not told: it is made
    when the link is used.
    """
    token = secrets.token_urlsafe(32)
    now = datetime.now(UTC)
    expires = now + timedelta(minutes=minutes)
    row = {"id": new_key(), "token": _hash(purpose + token), "email": address(email), "expires": expires}
    async with database.engine().transaction():
        old = SignInLinks.expires < now - timedelta(days=30)
        await SignInLinks.delete().where(old, SignInLinks.used.is_null())  # those that were used say who has been here
        await database.insert(SignInLinks, [{**row, "by": by, "event": event}])
    return token


def address(email: str) -> str:
    """An address as we keep it, in lower case; raises NoAddress."""
    name, at, host = email.strip().lower().rpartition("@")
    if (
        not (name and at and host)
        or not email.strip().isprintable()  # no controls, and no marks that turn it round or cannot be seen
        or any(part.isspace() or part in "<>,;" for part in email.strip())
        or len(email) > 254
    ):
        raise NoAddress(email)
    return f"{name}@{host}"


async def claim(token: str, agent: str = "") -> str | None:
    """The token of a new sign-in for a link that is used now; None if the link is unknown, spent or too old.

    Of many that use a link at once, one succeeds.
    """
    now = datetime.now(UTC)
    async with database.engine().transaction():
        spent = await spend(token, at=now)
        if spent is None:
            return None
        account = await _account(spent.email)
        await SignIns.delete().where(SignIns.account == account, SignIns.since < now - SIGNED_IN_FOR)
        signed_in = secrets.token_urlsafe(32)
        row = {
            "id": new_key(),
            "token": _hash(signed_in),
            "account": account,
            "since": now,
            "seen": now,
            "agent": agent,
            "event": spent.event,
        }
        await database.insert(SignIns, [row])
    return signed_in


async def spend(token: str, purpose: str = "", *, at: datetime | None = None) -> Link | None:
    """Uses a link up, in the transaction that is open; None if it is unknown, spent, too old, or for something else."""
    now = at or datetime.now(UTC)
    spent = (
        await SignInLinks.update({SignInLinks.used: now})
        .where(_good(token, purpose, now))
        .returning(SignInLinks.email, SignInLinks.by, SignInLinks.event)
    )
    return Link(**spent[0]) if spent else None


async def look_at(token: str, purpose: str) -> Link | None:
    """The same, without using it up."""
    rows = await SignInLinks.select(SignInLinks.email, SignInLinks.by, SignInLinks.event).where(
        _good(token, purpose, datetime.now(UTC))
    )
    return Link(**rows[0]) if rows else None


def _good(token: str, purpose: str, now: datetime) -> Any:
    return (SignInLinks.token == _hash(purpose + token)) & SignInLinks.used.is_null() & (SignInLinks.expires > now)


async def addressee(token: str) -> str | None:
    """The address that a sign-in link was for, used or not; None where there is none such, or not any more."""
    rows = await SignInLinks.select(SignInLinks.email).where(SignInLinks.token == _hash(token))
    return rows[0]["email"] if rows else None


async def signed_in(token: str) -> Account | None:
    """Who signed in with this token; None if nobody did, or signed out since, or did so too long ago."""
    now = datetime.now(UTC)
    async with moment():
        rows = await SignIns.select(
            SignIns.id, SignIns.seen, SignIns.account, SignIns.event, SignIns.account.email.as_alias("email")
        ).where(SignIns.token == _hash(token), SignIns.since > now - SIGNED_IN_FOR)
        if not rows:
            return None
        rights = await Members.select(Members.role, Members.event.slug.as_alias("slug")).where(
            Members.account == rows[0]["account"]
        )
    if now - rows[0]["seen"] > SEEN_EVERY:
        await SignIns.update({SignIns.seen: now}).where(SignIns.id == rows[0]["id"])
    only = rows[0]["event"]
    within = {row["slug"]: Right(row["role"]) for row in rights if only in ("", row["slug"])}
    return Account(email=rows[0]["email"], rights=within, only=only)


async def fresh(token: str) -> bool:
    """Whether a browser was signed in lately, by a link that came to its user: one that somebody makes where they are
    signed in already, or that an organiser copies, does not tell that the address is theirs still."""
    lately = SignIns.since > datetime.now(UTC) - FRESH
    rows = await SignIns.select(SignIns.since, SignIns.account.email.as_alias("email")).where(
        SignIns.token == _hash(token), lately, SignIns.event == ""
    )
    if not rows:
        return False
    email = rows[0]["email"]
    return await SignInLinks.exists().where(
        SignInLinks.email == email, SignInLinks.by != email, SignInLinks.used == rows[0]["since"]
    )


async def sign_out(token: str) -> None:
    await SignIns.delete().where(SignIns.token == _hash(token))


async def become(token: str, email: str) -> None:
    """A browser that is signed in is signed in as another address from now on: one that its user has, too."""
    await SignIns.update({SignIns.account: await _account(email)}).where(SignIns.token == _hash(token))


async def sign_ins(email: str, token: str, *, only: str = "") -> list[SignedIn]:
    """Where somebody is signed in, the one last seen first; `token` is that of whoever asks.

    Here and below, `only` is the event for which alone they are signed in, if any (see `Account`): sign-ins that are
    good for more are none of their business.
    """
    rows = await SignIns.select(SignIns.id, SignIns.token, SignIns.since, SignIns.seen, SignIns.agent).where(
        SignIns.account.email == email, SignIns.since > datetime.now(UTC) - SIGNED_IN_FOR, _within(only)
    )
    here = _hash(token)
    found = [msgspec.convert({**row, "here": row["token"] == here}, SignedIn) for row in rows]
    return sorted(found, key=lambda one: (one.here, one.seen, one.id), reverse=True)


async def sign_out_there(email: str, id: int, *, only: str = "") -> None:
    """Ends one sign-in, if it is theirs."""
    await _sign_out_of(email, (SignIns.id == id) & _within(only))


async def sign_out_elsewhere(email: str, token: str, *, only: str = "") -> None:
    """Ends all of somebody's sign-ins but the one that has this token; with an empty one, all."""
    await _sign_out_of(email, (SignIns.token != _hash(token)) & _within(only))


def _within(only: str) -> Any:
    return SignIns.event == only if only else SignIns.id.is_not_null()


async def _sign_out_of(email: str, which: Any) -> None:
    accounts = await Accounts.select(Accounts.id).where(Accounts.email == email)
    if accounts:
        await SignIns.delete().where(SignIns.account == accounts[0]["id"], which)


async def grant(slug: str, email: str, role: Right, by: str) -> None:
    """Gives an address its rights in an event; raises NotFound, NoAddress, LastOrganiser."""
    async with at_desk(slug, by, "grant") as desk:
        await give(desk, email, role, by)


async def give(desk: Desk, email: str, role: Right, by: str) -> None:
    """The same, where the event is being changed already."""
    email = address(email)
    account = await _account(email)
    had = await Members.select(Members.id, Members.role).where(Members.event == desk.id, Members.account == account)
    if had and had[0]["role"] == role:
        return
    if had:
        await _somebody_stays(desk, had[0]["role"], email)
        await Members.update({Members.role: role.value}).where(Members.id == had[0]["id"])
    else:
        row = {"id": new_key(), "account": account, "event": desk.id, "role": role.value}
        await database.insert(Members, [row])
    await desk.note(by, "grant", _right(had[0]["role"] if had else None, email), _right(role, email), "members", email)


async def revoke(slug: str, email: str, by: str) -> None:
    """Takes an address's rights in an event away; raises NotFound, NoAddress, LastOrganiser."""
    async with at_desk(slug, by, "revoke") as desk:
        await take_away(desk, address(email), by)


async def take_away(desk: Desk, email: str, by: str) -> Right | None:
    """The same, where the event is being changed already; answers what they had."""
    accounts = await Accounts.select(Accounts.id).where(Accounts.email == email)
    if not accounts:
        return None
    mine = (Members.event == desk.id) & (Members.account == accounts[0]["id"])
    gone = await Members.delete().where(mine).returning(Members.role)
    if not gone:
        return None
    await _somebody_stays(desk, gone[0]["role"], email)
    await desk.note(by, "revoke", _right(gone[0]["role"], email), _right(None, email), "members", email)
    return Right(gone[0]["role"])


async def _somebody_stays(desk: Desk, role: str, email: str) -> None:
    """Raises LastOrganiser where the only one would go. Other writers wait for us, so that nobody else goes now."""
    others = Members.select(Members.account.email.as_alias("email")).where(
        Members.event == desk.id, Members.role == Right.ORGANISER.value
    )
    if role == Right.ORGANISER and not any(row["email"] != email for row in await others):
        raise LastOrganiser(email)


async def organisers(slug: str) -> list[str]:
    """The addresses of those who organise an event, in order."""
    rows = await Members.select(Members.account.email.as_alias("email")).where(
        Members.event.slug == slug, Members.role == Right.ORGANISER.value
    )
    return sorted(row["email"] for row in rows)


async def nobody_organises() -> bool:
    """Whether no event has an organiser yet: the first who asks on the server's own command line is let in."""
    return not await Members.exists().where(Members.role == Right.ORGANISER.value)


async def _account(email: str) -> int:
    """The account's key; makes it where there is none."""
    new = Accounts(id=new_key(), email=email, since=datetime.now(UTC))
    await Accounts.insert(new).on_conflict(Accounts.email, "DO NOTHING")
    found = await Accounts.select(Accounts.id).where(Accounts.email == email)
    key: int = found[0]["id"]
    return key


def _right(role: str | None, email: str) -> str:
    return msgspec.json.encode({"members": {email: role}}).decode()


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
