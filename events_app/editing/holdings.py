"""Everything that is held about one person in one event, for them to read and take away."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import msgspec

from .. import reading
from ..programme.model import Event, Part, Person, Programme, Role, Value
from ..programme.planning import Answer, Availability, Contact, Offer, Request, Wishes
from ..reading import Draft
from ..tables.history import Log
from ..tables.letters import Files, Letters


class Named(Value, frozen=True, kw_only=True):
    """A thing in which they have a part, or to which they gave an answer."""

    collection: str
    code: str
    title: str
    role: Role


class Told(Value, frozen=True, kw_only=True):
    """A letter to them, sent or not."""

    kind: str
    subject: str
    text: str
    state: str
    created: datetime
    sent: datetime | None = None


class Brought(Value, frozen=True, kw_only=True):
    """A file that they brought. `size` is in bytes."""

    name: str
    media: str
    size: int
    since: datetime


class Done(Value, frozen=True, kw_only=True):
    """A line of the log: what they did, or what was done to their entry (`before` and `after` are theirs then)."""

    at: datetime
    what: str
    noun: str = ""
    code: str = ""
    before: Any = None
    after: Any = None


class Holdings(Value, frozen=True, kw_only=True):
    """What is held in one event. `people` is what everybody may see; who else did something is not said."""

    event: str
    name: str
    people: tuple[Person, ...]
    parts: tuple[Named, ...]
    contacts: tuple[Contact, ...]
    wishes: tuple[Wishes, ...]
    availability: tuple[Availability, ...]
    answers: tuple[Answer, ...]
    requests: tuple[Request, ...]
    offers: tuple[Offer, ...]
    letters: tuple[Told, ...]
    files: tuple[Brought, ...]
    done: tuple[Done, ...]
    entry: tuple[Done, ...]


async def holdings(draft: Draft, people: Collection[str], email: str) -> Holdings:
    """`people` are their codes in this event, `email` the address at which they sign in. Raises NotFound."""
    event, planning = draft.programme.event, draft.planning
    async with reading.moment():
        row = await reading.event_row(event.slug)
        letters = await _letters(row["id"], people, email)
        files = await Files.select(Files.name, Files.media, Files.size, Files.since).where(
            Files.event == row["id"], Files.by == email
        )
        done = await Log.select(Log.at, Log.what, Log.noun, Log.code).where(Log.event == row["id"], Log.who == email)
        entry = [line for code in people for line in await _entry(event, code)]
    return Holdings(
        event=event.slug,
        name=event.name,
        people=tuple(one for one in draft.programme.people if one.code in people),
        parts=parts(draft.programme, people),
        contacts=tuple(one for one in planning.contacts if one.person in people),
        wishes=tuple(one for one in planning.wishes if one.person in people),
        availability=tuple(one for one in planning.availability if one.person in people),
        answers=tuple(msgspec.structs.replace(one, by="") for one in planning.answers if one.person in people),
        requests=tuple(msgspec.structs.replace(one, decided_by="") for one in planning.requests if one.by == email),
        offers=tuple(one for one in planning.offers if one.email.lower() == email),
        letters=tuple(letters),
        files=tuple(sorted(msgspec.convert(files, list[Brought]), key=lambda one: one.since)),
        done=tuple(sorted(msgspec.convert(done, list[Done]), key=lambda line: line.at, reverse=True)),
        entry=tuple(entry),
    )


def parts(programme: Programme, people: Collection[str]) -> tuple[Named, ...]:
    """In which role they are in what."""
    return tuple(
        Named(collection=collection, code=thing.code, title=thing.title, role=part.role)
        for collection in ("sessions", "papers", "panels", "showcases")
        for thing in getattr(programme, collection)
        for part in _theirs(thing.parts, people)
    )


def _theirs(parts: Collection[Part], people: Collection[str]) -> list[Part]:
    return [part for part in parts if part.person in people]


async def _letters(event: int, people: Collection[str], email: str) -> list[Told]:
    """Those of this event, and to sign in: whoever is let in here by its organisers sees nothing of another event."""
    columns = (getattr(Letters, name) for name in Told.__struct_fields__)
    theirs = Letters.person.is_in([*people] or ["-"]) | (Letters.email == email)
    of_none = Letters.event.is_null() & (Letters.email == email)
    rows = await Letters.select(*columns).where((Letters.event == event) & theirs | of_none)
    return sorted(msgspec.convert(rows, list[Told]), key=lambda letter: letter.created, reverse=True)


async def _entry(event: Event, code: str) -> list[Done]:
    """What was done to their own entry, by whomever."""
    found = []
    for line in await reading.log_of(event.slug, noun="people", code=code, limit=10_000):
        before, after = (_image(text, code) for text in (line.before, line.after))
        if before or after:
            found.append(Done(at=line.at, what=line.what, noun="people", code=code, before=before, after=after))
    return found


def _image(text: str, code: str) -> Any:
    """The person as a line of the log has them, or None."""
    kept = msgspec.json.decode(text, type=dict[str, Any]).get("people", {})
    image = kept.get(code) if isinstance(kept, dict) else None
    return image["value"] if image else None
