"""Sending letters: each once, whatever crashes.

A letter is claimed with a lease, so that of several senders one has it. What is said to the server before the letter
itself changes nothing: a sender that dies there leaves a lease that runs out, and the letter is tried again. Just
before the letter is handed over it is noted as being sent. A sender that dies between that and the server's answer
leaves a letter of which nobody knows whether it arrived; that one is never sent again by itself.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from traceback import format_tb
from typing import Any
from urllib.parse import urlsplit

import msgspec

from .. import reading
from ..language import gettext as _
from ..programme.letter import Kind, Letter, State
from ..programme.model import Event, Value
from ..programme.planning import Rules
from ..renditions.letters import House
from ..renditions.letters import message as written
from ..settings import Settings
from ..tables import database
from ..tables.letters import Letters
from ..tables.programme import Events
from . import readdressing
from .accounts import NoAddress, issue_link
from .letters.outbox import COLUMNS
from .letters.writing import LINK_DAYS, SIGN_IN_MINUTES
from .smtp import Later, Line, Never, Unanswered, Unreachable, server

LEASE = timedelta(minutes=10)
"""Longer than all that a sender says to a server about one letter may take."""

STALE = timedelta(hours=1)
"""Nobody waits any more for a sign-in letter of this age: it was written while there was no server to send it."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 720, 720, 1440))
"""How long to wait after each try in vain: some three days in all (RFC 5321 §4.5.4.1 asks for four or five)."""

INTERVAL = 5.0
"""Seconds between looks for what is due."""
PATIENCE = 1.5
"""Seconds that a letter on its way has when the service stops."""
AWAY = 60.0
"""Seconds until a server that did not answer is asked again."""

_CLAIM = """
UPDATE letters SET lease = {{}} WHERE id = (
  SELECT id FROM letters WHERE state = 'waiting' AND due <= {{}} AND (lease IS NULL OR lease < {{}})
  ORDER BY CASE kind WHEN 'sign-in' THEN 0 ELSE 1 END, due, id LIMIT 1 {lock}
) RETURNING id
"""  # who asked for a link to sign in waits for it

_log = logging.getLogger("events_app.letters")


class Unmade(Exception):
    """A letter that cannot be made, ever; says why in a sentence."""


class Report(Value, frozen=True, kw_only=True):
    """What became of letters in one go; `waiting` and `unsure` are all that there are after it."""

    sent: int = 0
    refused: int = 0
    waiting: int = 0
    unsure: int = 0


async def send(settings: Settings, stop: asyncio.Event | None = None) -> Report:
    """Sends all letters that are due, one after the other, until `stop`. Raises Unreachable, and BadSetting."""
    to = server(settings.smtp)
    await _note_unanswered()
    outcomes: list[State] = []
    async with Line(to) as line:
        while not (stop and stop.is_set()):
            claimed = await _claim()
            if claimed is None:
                break
            outcomes.append(await _send(line, settings, *claimed))
    return Report(
        sent=outcomes.count(State.SENT),
        refused=outcomes.count(State.REFUSED),
        waiting=await Letters.count().where(Letters.state == State.WAITING.value),
        unsure=await Letters.count().where(Letters.state == State.UNSURE.value),
    )


async def keep_sending(settings: Settings, stop: asyncio.Event, tell: Any = None) -> None:
    """Sends whatever becomes due, until `stop`. Nothing that goes wrong ends it."""
    while not stop.is_set():
        pause = INTERVAL
        try:
            report = await send(settings, stop)
            if tell:
                tell(report)
        except Unreachable as error:
            _log.warning("%s", error)
            pause = AWAY
        except Exception:
            _log.exception("letters could not be sent")
            pause = AWAY
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)


class Postman:
    """Sends letters beside whatever else a process does, where there is a server that takes them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stop = asyncio.Event()
        self._work: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Raises BadSetting where nothing could ever be sent."""
        if self._settings.smtp:
            server(self._settings.smtp)
            self._stop.clear()
            self._work = asyncio.create_task(keep_sending(self._settings, self._stop))

    async def end(self) -> None:
        """Lets a letter that is on its way arrive, if that takes no more than a moment."""
        self._stop.set()
        if self._work is not None:
            await asyncio.wait([self._work], timeout=PATIENCE)
            self._work.cancel()
            await asyncio.wait([self._work])
            self._work = None


def house(event: Event | None, rules: Rules, settings: Settings) -> House:
    """From whom the letters of an event are; without one, from the service itself."""
    if event is None:
        return House(sender=settings.sender)
    return House(
        sender=settings.sender,
        event=event.name,
        address=f"{settings.base}/{event.slug}/",
        pages=f"{settings.base}/speak/{event.slug}/",
        workspace=f"{settings.base}/organise/{event.slug}/",
        reach=rules.reach,
        colour=event.colour,
    )


async def _claim() -> tuple[Letter, datetime, Event | None, Rules] | None:
    """A letter that is due, the lease by which it is ours, and whose it is; None: there is none."""
    now = datetime.now(UTC)
    free = Letters.lease.is_null() | (Letters.lease < now)
    if not await Letters.exists().where(Letters.state == State.WAITING.value, Letters.due <= now, free):
        return None
    stale = (
        (Letters.kind == Kind.SIGN_IN.value) & (Letters.state == State.WAITING.value) & (Letters.created < now - STALE)
    )
    await Letters.update({Letters.state: State.DROPPED.value}).where(stale)
    lease = now + LEASE
    lock = "FOR UPDATE SKIP LOCKED" if database.engine().engine_type == "postgres" else ""
    rows = await Letters.raw(_CLAIM.format(lock=lock), lease, now, now)
    if not rows:
        return None
    found = await Letters.select(*COLUMNS, Letters.event).where(Letters.id == rows[0]["id"], Letters.lease == lease)
    if not found:
        return await _claim()  # taken back in this very moment
    event = found[0].pop("event")
    letter = msgspec.convert(found[0], Letter)
    row = (await Events.select().where(Events.id == event))[0] if event else None
    return letter, lease, reading.event_of(row) if row else None, reading.rules_of(row) if row else Rules()


async def _send(
    line: Line, settings: Settings, letter: Letter, lease: datetime, event: Event | None, rules: Rules
) -> State:
    try:
        await line.envelope(settings.sender, letter.email)
        message = await _handed_over(settings, letter, lease, house(event, rules, settings))
        if message is None:
            await line.forget()
            return State.HELD
        await line.letter(message)
    except Unreachable as error:
        due = datetime.now(UTC) + timedelta(seconds=AWAY)
        await _note(letter, lease, state=State.WAITING, error=str(error), due=due)
        raise
    except Later as words:
        return await _later(letter, lease, str(words))
    except (ValueError, Unmade) as wrong:
        await line.forget()
        await _note(letter, lease, state=State.REFUSED, error=str(wrong), attempts=letter.attempts + 1)
        return State.REFUSED
    except Never as words:
        await _note(letter, lease, state=State.REFUSED, error=str(words), attempts=letter.attempts + 1)
        return State.REFUSED
    except Unanswered as words:
        await _note(letter, lease, state=State.UNSURE, error=str(words))
        return State.UNSURE
    await _note(letter, lease, state=State.SENT, error="", sent=datetime.now(UTC).replace(microsecond=0))
    return State.SENT


async def _handed_over(settings: Settings, letter: Letter, lease: datetime, house: House) -> bytes | None:
    """Notes that a letter is being sent, and answers what to send; None if it is not ours any more.

    Its link is made here, so that no link lies about that was never sent. Raises ValueError for an address that cannot
    stand in a letter, and Unmade.
    """
    message = None
    async with database.engine().transaction():
        ours = (Letters.id == letter.id) & (Letters.state == State.WAITING.value) & (Letters.lease == lease)
        values: dict[Any, Any] = {Letters.state: State.SENDING.value, Letters.attempts: letter.attempts + 1}
        if await Letters.update(values).where(ours).returning(Letters.id):
            message = await _made(settings, letter, house)
    return message


async def _made(settings: Settings, letter: Letter, house: House) -> bytes:
    """The letter as it goes. Raises ValueError and Unmade: one that cannot be made is not to hold up the others."""
    try:
        link = await _link(settings, letter, house)
    except NoAddress as wrong:
        raise Unmade(str(wrong)) from None
    try:
        return written(letter, link, house).as_bytes()
    except ValueError:
        raise
    except Exception as error:
        where = "".join(format_tb(error.__traceback__))  # not what it says: an address could stand there
        _log.error("letter %s could not be made: %s\n%s", letter.id, type(error).__name__, where)
        words = _("This letter could not be made. The fault is ours, and it has been noted; write it anew.")
        raise Unmade(words) from None


async def _link(settings: Settings, letter: Letter, house: House) -> str:
    """Where the letter leads: signed in, or to the event's pages for whoever is."""
    if letter.kind is Kind.ADDRESS:
        token = await issue_link(letter.email, letter.by, readdressing.HOURS * 60, purpose=readdressing.PURPOSE)
        return f"{house.pages}address/{token}"
    minutes = {
        Kind.SIGN_IN: SIGN_IN_MINUTES,
        Kind.INVITATION: LINK_DAYS * 24 * 60,
        Kind.REMINDER: LINK_DAYS * 24 * 60,
    }.get(letter.kind)
    if minutes is None:
        return house.pages
    link = f"{settings.base}/sign-in/{await issue_link(letter.email, letter.by, minutes)}"
    if not house.pages:
        return link
    way = house.pages if letter.person else house.workspace
    return f"{link}?to={urlsplit(way).path}"


async def _later(letter: Letter, lease: datetime, words: str) -> State:
    """Tries again after a while, unless that has been done often enough."""
    tries = letter.attempts + 1
    if tries > len(PAUSES):
        await _note(letter, lease, state=State.REFUSED, error=words, attempts=tries)
        return State.REFUSED
    due = datetime.now(UTC) + PAUSES[tries - 1]
    await _note(letter, lease, state=State.WAITING, error=words, attempts=tries, due=due)
    return State.WAITING


async def _note(letter: Letter, lease: datetime, **values: Any) -> None:
    """What became of a letter, if it is still ours: also where others gave it up while the server took its time."""
    states = [State.WAITING.value, State.SENDING.value, State.UNSURE.value]
    ours = (Letters.id == letter.id) & (Letters.lease == lease) & Letters.state.is_in(states)
    await Letters.update({getattr(Letters, name): value for name, value in {**values, "lease": None}.items()}).where(
        ours
    )


async def _note_unanswered() -> None:
    """Letters whose sender died before it heard the server's answer."""
    dead = (Letters.state == State.SENDING.value) & (Letters.lease < datetime.now(UTC))
    words = _("The service stopped while this letter was being sent. It may have arrived.")
    if await Letters.exists().where(dead):
        await Letters.update({Letters.state: State.UNSURE.value, Letters.error: words}).where(dead)
