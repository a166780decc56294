"""Forgetting somebody: out of the draft, out of what is public and ever was, and out of the log, in one transaction.

What has left this database is out of reach: backups, calendars that were fetched, letters that were sent.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from piccolo.columns import Text

from .. import reading
from ..language import gettext as _
from ..programme.forgetting import (
    HOLDERS,
    PERSONAL,
    Them,
    bare,
    forgotten,
    key_of,
    tells_of,
    unsaid,
    without_address,
    without_parts,
)
from ..programme.lookup import index
from ..programme.model import Paper, PaperStatus, Programme, Role, Value
from ..programme.release import over, restamped
from ..reading import Draft
from ..tables import database
from ..tables.accounts import Accounts, Members, SignInLinks
from ..tables.every import TABLES
from ..tables.history import Log, Releases
from ..tables.letters import Files, Letters
from ..tables.planning import Contacts
from ..tables.programme import Events
from .accounts import Right
from .desk import Desk
from .errors import NotFound

STAYING = (Right.ORGANISER.value, Right.HELPER.value)
"""Who works on an event stays known there by their address, whatever part they had in its programme."""


class Forgotten(Value, frozen=True, kw_only=True):
    """What came of it: the papers that are withdrawn as nobody is left to give them, and whether the account went."""

    withdrawn: tuple[str, ...] = ()
    account: bool = False


async def forget(
    slug: str, people: Sequence[str], by: str, *, name: bool = False, at: datetime | None = None
) -> Forgotten:
    """Forgets one person, who may stand in the programme under several codes.

    Before the end of the event they go altogether; after it the programme keeps their name, unless `name` says that it
    is to go too. Their account goes if nobody else here knows their address. Raises NotFound.
    """
    moment = (at or datetime.now(UTC)).replace(microsecond=0)
    async with database.engine().transaction(allow_nested=False):
        desk = Desk(await reading.event_row(slug, lock=True))
        draft = await reading.draft_of(desk.row)
        them = await _them(desk, draft, people, stays=over(draft.programme.event, moment) and not name)
        keys = [*_pictures(draft.programme, them)]
        withdrawn = await _leave_draft(desk, draft, them, over=over(draft.programme.event, moment))
        if desk.images():
            await desk.finish(by, "forget")
        else:
            await desk.note(by, "forget", "{}", "{}")
        keys += await _leave_documents(desk, them, moment)
        await _leave_log(desk, them)
        await Letters.delete().where(
            Letters.event == desk.id, Letters.person.is_in([*them.codes]) | Letters.email.is_in([*them.emails] or ["-"])
        )
        await _leave_everything_else(desk, them)
        await _drop_files(desk, keys)
        account = await _leave_accounts(desk, them)
    return Forgotten(withdrawn=withdrawn, account=account)


async def _them(desk: Desk, draft: Draft, people: Sequence[str], *, stays: bool) -> Them:
    known = index(draft.programme).people
    for code in people:
        if code not in known:
            raise NotFound(_("“{code}” is not there, or not any more.").format(code=code))
    mark = f"removed-{secrets.token_hex(4)}"
    marks = [mark if n == 0 else f"{mark}-{n + 1}" for n in range(len(people))]
    theirs = {one.email for one in draft.planning.contacts if one.person in people and one.email}
    shared = {one.email for one in draft.planning.contacts if one.person not in people}
    staying = Members.select(Members.account.email.as_alias("email")).where(
        Members.event == desk.id, Members.role.is_in([*STAYING])
    )
    working = {row["email"] for row in await staying}
    return Them(
        codes={code: code if stays else mark for code, mark in zip(people, marks, strict=True)},
        names=tuple(known[code].name for code in people),
        emails=tuple(sorted(theirs - shared - working)),
        mark=mark,
        name_stays=stays,
    )


async def _leave_draft(desk: Desk, draft: Draft, them: Them, *, over: bool) -> tuple[str, ...]:
    """Answers which papers are withdrawn. Those of a past event were given, whoever gave them."""
    wanted = forgotten(draft.programme, them)
    withdrawn = []
    for kind in (kind for kind in HOLDERS if kind != "cancelled"):
        kept = await desk.look_up(kind)
        for after in getattr(wanted, kind):
            before = kept[after.code]
            if before.value != after and isinstance(after, Paper) and not over and not _has_authors(after):
                after = msgspec.structs.replace(after, status=PaperStatus.WITHDRAWN)
                withdrawn.append(after.code)
            imported = without_parts(before.imported, them) if before.imported else ""
            await desk.lay(kind, after.code, after, imported=imported)
    for code in them.codes:
        if them.name_stays:
            await desk.lay("people", code, bare(index(draft.programme).people[code]), imported="")
            for plan in PERSONAL:
                for key in await desk.look_up(plan, {code}):
                    await desk.lay(plan, key, None)
        else:
            await desk.clear("people", code)
    for one in draft.planning.requests:
        was, wanted_now = without_parts(one.was, them), without_parts(one.wanted, them)
        still = msgspec.structs.replace(one, was=was, wanted=wanted_now)
        await desk.lay("requests", one.code, None if one.by in them.emails else still)
    for kind, key in _further(draft, them):
        await desk.lay(kind, key, None)
    return tuple(withdrawn)


def _has_authors(paper: Paper) -> bool:
    return any(part.role in (Role.AUTHOR, Role.PRESENTER) for part in paper.parts)


def _further(draft: Draft, them: Them) -> Iterator[tuple[str, str]]:
    """What is planned with others and names them: what they offered, findings that were accepted."""
    planning = draft.planning
    yield from (("offers", one.code) for one in planning.offers if one.email.lower() in them.emails)
    for one in planning.accepted:
        if tells_of(f"{one.finding} {one.sentence}", them):
            yield "accepted", one.finding


async def _leave_documents(desk: Desk, them: Them, at: datetime) -> list[str]:
    """Everything that was ever published; answers the keys of their pictures there."""
    keys: list[str] = []
    current = desk.row["published"]
    for line in await Releases.select(Releases.id, Releases.revision).where(Releases.event == desk.id):
        rows = await Releases.select(Releases.document).where(Releases.id == line["id"])
        before = msgspec.json.decode(rows[0]["document"], type=Programme)
        after = forgotten(before, them)
        if after == before:
            continue
        keys += _pictures(before, them)
        changed: dict[Any, Any] = {}
        if line["revision"] == current:
            after = _corrected(before, after, desk.revision, at)
            changed[Releases.revision] = desk.revision
            await Events.update({Events.published: desk.revision}).where(Events.id == desk.id)
        changed[Releases.document] = msgspec.json.encode(after).decode()
        await Releases.update(changed).where(Releases.id == line["id"])
    return keys


def _corrected(before: Programme, after: Programme, revision: int, at: datetime) -> Programme:
    """As a correction is: the same version, its next revision, the entries that named them stamped."""
    *earlier, last = after.versions
    last = msgspec.structs.replace(last, revision=revision, corrected=at)
    return msgspec.structs.replace(after, stamps=restamped(before, after, at), versions=(*earlier, last))


def _pictures(programme: Programme, them: Them) -> Iterator[str]:
    yield from (one.picture.key for one in programme.people if one.code in them.codes and one.picture)


async def _leave_log(desk: Desk, them: Them) -> None:
    """Line by line: together they can be many times what a process holds."""
    for line in await Log.select(Log.id).where(Log.event == desk.id):
        (row,) = await Log.select(Log.id, Log.who, Log.noun, Log.code, Log.before, Log.after).where(
            Log.id == line["id"]
        )
        said = {"who": without_address(row["who"], them), "code": key_of(row["noun"], row["code"], them)}
        if any(_may_tell(row[side], them) for side in ("before", "after")):
            said["before"], said["after"] = unsaid(row["before"], row["after"], them)
        if any(row[name] != value for name, value in said.items()):
            await database.update(Log, [{"id": row["id"], **said}])


def _may_tell(text: str, them: Them) -> bool:
    """Cheaply, before all of it is read."""
    lower = text.lower()
    return any(one.lower() in lower for one in (*them.codes, *them.emails, *them.names))


async def _leave_everything_else(desk: Desk, them: Them) -> None:
    """Their address, wherever in the event it stands in a text."""
    for table in TABLES:
        known: dict[str, Any] = {column._meta.name: column for column in table._meta.columns}
        if "event" not in known or isinstance(known["event"], Text):
            continue
        for name, column in known.items():
            for email in them.emails if isinstance(column, Text) else ():
                rows = await table.select(known["id"], column).where(
                    known["event"] == desk.id, column.like(f"%{email}%")
                )
                await database.update(
                    table, [{"id": row["id"], name: without_address(row[name], them)} for row in rows]
                )


async def _drop_files(desk: Desk, keys: Sequence[str]) -> None:
    """Those that nothing names any more: neither the draft nor a version nor the log."""
    for key in dict.fromkeys(keys):
        if not await _is_named(desk, key):
            await Files.delete().where(Files.event == desk.id, Files.name == key)


async def _is_named(desk: Desk, key: str) -> bool:
    if key in str([desk.row[name] for name in ("logo", "front", "back")]):
        return True
    for table in TABLES:
        known: dict[str, Any] = {column._meta.name: column for column in table._meta.columns}
        if "event" in known and table is not Files:
            for name in known.keys() & {"picture", "pictures", "files", "document", "before", "after", "showcase"}:
                if isinstance(known[name], Text) and await table.exists().where(
                    known["event"] == desk.id, known[name].like(f"%{key}%")
                ):
                    return True
    return False


async def _leave_accounts(desk: Desk, them: Them) -> bool:
    """Takes away their rights here, and, where no other event knows the address, the account with its sign-ins."""
    gone = False
    for email in them.emails:
        accounts = await Accounts.select(Accounts.id).where(Accounts.email == email)
        for account in accounts:
            await Members.delete().where(Members.event == desk.id, Members.account == account["id"])
        elsewhere = await Contacts.exists().where(Contacts.email == email) or await Members.exists().where(
            Members.account.email == email
        )
        if not elsewhere:
            await Accounts.delete().where(Accounts.email == email)
            await SignInLinks.delete().where(SignInLinks.email == email)
            await SignInLinks.update({SignInLinks.by: them.mark}).where(SignInLinks.by == email)
            await Letters.delete().where(Letters.email == email)
            gone = True
    return gone
