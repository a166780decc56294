"""Writing letters: rows that are laid down with what causes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from ... import language, reading
from ...language import gettext as _
from ...language import speaking
from ...programme import wording
from ...programme.letter import Kind, State
from ...programme.lookup import index
from ...programme.missing import missing
from ...programme.model import Event, Person
from ...reading import Draft
from ...renditions.letters import Words, filled, listed, literal, member_words, wordings
from ...settings import settings
from ...tables import database
from ...tables.accounts import Members
from ...tables.columns import new_key
from ...tables.letters import Letters
from ...tables.planning import Contacts
from ..accounts import NoAddress, address
from ..desk import Desk, at_desk
from ..errors import NotFound
from .outbox import note
from .words import understood, words_of
from .yours import yours

SIGN_IN_MINUTES = 15
LINK_DAYS = 30
"""For how long the links of invitations and reminders are good."""

KEPT = timedelta(days=1)
"""Letters with a link to sign in say nothing that anybody needs later."""

Row = dict[str, Any]
Values = Callable[[Person], Mapping[str, str] | None]


async def message(slug: str, people: Sequence[str], subject: str, text: str, by: str) -> int:
    """Writes to each of these people (codes); answers how many letters that made. Raises NotFound, and
    UnknownPlaceholder.

    People whose address is not known are skipped; of several with one address the first is written to.
    """
    understood(Kind.MESSAGE, subject, text)
    return await _write(
        slug, people, Kind.MESSAGE, by, lambda _draft: Words(subject=subject, text=text, placeholders={})
    )


async def invite(slug: str, people: Sequence[str], by: str) -> int:
    """Sends each of these people a link to their pages, as `message` does."""
    return await _write(slug, people, Kind.INVITATION, by, lambda draft: words_of(draft.planning, Kind.INVITATION))


async def remind(slug: str, people: Sequence[str], by: str) -> int:
    """Reminds each of these people of what is missing of their part, as `message` does; nobody of nothing."""
    return await _write(slug, people, Kind.REMINDER, by, lambda draft: words_of(draft.planning, Kind.REMINDER))


async def invite_member(slug: str, email: str, by: str) -> None:
    """Sends a member of an event a link to sign in. It reaches its owner, so it gives all the rights of theirs.

    Raises NotFound where they are no member, and NoAddress.
    """
    email = address(email)
    async with at_desk(slug, by, "invite") as desk:
        if not await Members.exists().where(Members.event == desk.id, Members.account.email == email):
            raise NotFound(_("{email} is no member of this event.").format(email=email))
        draft = await reading.draft_of(desk.row)
        codes = [contact.person for contact in draft.planning.contacts if contact.email == email]
        person = index(draft.programme).people.get(codes[0]) if codes else None
        with speaking(spoken(person, draft.programme.event)):
            values = about(draft, person) | {"days": str(LINK_DAYS)}
            letter = drawn(Kind.INVITATION, member_words(), values, person, email, by)
        row = letter | {"event": desk.id, "due": letter["created"], "person": ""}  # it is not about a part of theirs
        await database.insert(Letters, [row])
        await desk.note(by, "invite", '{"members": {}}', '{"members": {}}', "members", email)


async def ask_sign_in(email: str) -> None:
    """Writes to an address with a link to sign in, if a member of any event has it or organisers keep it.

    The same is done either way, so that the time that it takes tells nothing. Raises NoAddress.
    """
    email = address(email)
    now = datetime.now(UTC)
    async with database.engine().transaction():
        old = (Letters.kind == Kind.SIGN_IN.value) & (Letters.created < now - KEPT)
        await Letters.delete().where(old, Letters.state != State.SENDING.value)
        member = await Members.exists().where(Members.account.email == email)
        named = await Contacts.exists().where(Contacts.email == email)
        letter = drawn(Kind.SIGN_IN, wordings()[Kind.SIGN_IN], {"minutes": str(SIGN_IN_MINUTES)}, None, email, "")
        await database.insert(Letters, [letter | {"due": now}])
        await Letters.delete().where(Letters.id == (0 if member or named else letter["id"]))


async def _write(slug: str, people: Sequence[str], kind: Kind, by: str, words: Callable[[Draft], Words]) -> int:
    async with at_desk(slug, by, kind.value) as desk:
        draft = await reading.draft_of(desk.row)
        rows = []
        for person, email in with_address(draft, people, once=kind is not Kind.REMINDER):
            with speaking(spoken(person, draft.programme.event)):
                values = _values(kind, draft, person)
                if values is not None:
                    rows.append(drawn(kind, words(draft), values, person, email, by))
        await lay_down(desk, draft, rows)
        if rows:
            await note(desk, by, kind.value)
    return len(rows)


def _values(kind: Kind, draft: Draft, person: Person) -> dict[str, str] | None:
    """What stands in the places of a letter; None: there is nothing to write."""
    values = about(draft, person)
    match kind:
        case Kind.INVITATION:
            return values | {"days": str(LINK_DAYS), "parts": listed(yours(draft, person.code))}
        case Kind.REMINDER:
            lacking = missing(draft, person.code)
            return values | {"days": str(LINK_DAYS), "missing": listed(lacking)} if lacking else None
        case _:
            return values


def about(draft: Draft, person: Person | None) -> dict[str, str]:
    """What every letter of an event can say, as Markdown, in the language spoken."""
    event = draft.programme.event
    name = person.name if person else ""
    return {
        "greeting": literal(_("Dear {name},").format(name=name) if name else _("Hello,")),
        "name": literal(name),
        "event": literal(event.name),
        "dates": literal(_days(event)),
        "venue": literal(", ".join(part for part in (event.venue, event.address) if part)),
        "reach": literal(draft.planning.rules.reach),
    }


def with_address(draft: Draft, people: Sequence[str], *, once: bool = False) -> Iterator[tuple[Person, str]]:
    """Those of the people who have an address, and it; each address `once`, where all would read the same."""
    known = {contact.person: contact.email for contact in draft.planning.contacts}
    written: set[str] = set()
    for code in dict.fromkeys(people):
        person = index(draft.programme).people.get(code)
        try:
            email = address(known.get(code, ""))
        except NoAddress:
            continue
        if person and not (once and email in written):
            written.add(email)
            yield person, email


def spoken(person: Person | None, event: Event) -> str:
    """The first language of theirs that we speak, or else the event's."""
    for name in (*(person.languages if person else ()), *event.languages[:1]):
        if (code := language.known(name)) is not None:
            return code
    return "en"


def drawn(kind: Kind, words: Words, values: Mapping[str, str], person: Person | None, email: str, by: str) -> Row:
    """A letter in the language spoken, as a row that belongs to no event yet and is due never."""
    id = new_key()
    return {
        "id": id,
        "kind": kind.value,
        "person": person.code if person else "",
        "email": email,
        "name": person.name if person else "",
        "language": language.current(),
        "subject": filled(words.subject, {name: _plain(value) for name, value in values.items()}),
        "text": filled(words.text, values),
        "message": f"<{id:x}@{urlsplit(settings().base).hostname or 'localhost'}>",
        "state": State.WAITING.value,
        "by": by,
        "created": datetime.now(UTC).replace(microsecond=0),
    }


async def lay_down(desk: Desk, draft: Draft, rows: Sequence[Row], *, quiet: timedelta = timedelta()) -> None:
    """The letters of an event: held where its rules say so, else due when it has been quiet for so long."""
    state = State.HELD if draft.planning.rules.letters_wait else State.WAITING
    await database.insert(
        Letters, [row | {"event": desk.id, "state": state.value, "due": row["created"] + quiet} for row in rows]
    )


def _days(event: Event) -> str:
    begin, end = wording.day(event.starts), wording.day(event.ends)
    return f"{begin} {event.starts.year}" if event.starts == event.ends else f"{begin} – {end} {event.ends.year}"


def _plain(markdown: str) -> str:
    from ...renditions.words import plain

    return plain(markdown)
