"""Where and when: placing sessions, one or many at once.

Every verb says what its author had `seen`, so that nobody moves what somebody else has moved meanwhile without
knowing it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import count, pairwise

import msgspec

from .. import reading
from ..language import gettext as _
from ..programme.lookup import day_of, index
from ..programme.model import Event, Panel, Paper, PaperStatus, Session, SessionKind, Turn, utc
from ..programme.placing import Position, position
from .desk import at_desk
from .errors import Conflict, NotFound, Problem
from .nouns import standing
from .undo import images

MINUTES = 90
"""Of a session of papers, unless it is said."""

EACH = 4
"""Papers in a session, unless it is said."""

LONGEST = 7 * 24 * 60
"""Minutes: no session is longer than this."""


class NothingToSplit(Problem):
    """All papers of the panel are in sessions already, or it has none."""

    def __init__(self, panel: str) -> None:
        super().__init__(_("Panel {panel} has no accepted paper that is in no session yet.").format(panel=panel))


class TooLong(Problem):
    """A session lasts from a minute up to a week."""

    def __init__(self) -> None:
        super().__init__(_("A session lasts at least a minute and at most a week."))


async def place(
    slug: str,
    session: str,
    starts: datetime | None,
    room: str,
    by: str,
    *,
    minutes: int | None = None,
    seen: Position | None = None,
) -> None:
    """Gives a session its time, room and length; no time: it goes back to what is not placed, and has no room.

    Raises NotFound, Dangling, TooLong; Conflict where it does not stand where its author has `seen` it.
    """
    async with at_desk(slug, by, "place") as desk:
        present: Session = await standing(desk, "sessions", session)
        length = present.minutes if minutes is None else minutes
        if not 0 < length <= LONGEST and length != present.minutes:
            raise TooLong
        wanted = msgspec.structs.replace(
            present, starts=starts and utc(starts), room=room if starts else "", minutes=length
        )
        _still(present, wanted, seen)
        await desk.lay("sessions", session, wanted)


async def swap(
    slug: str, one: str, other: str, by: str, *, seen: tuple[Position | None, Position | None] = (None, None)
) -> None:
    """Each of two sessions goes where the other stands, and keeps its own length. Raises NotFound, Conflict."""
    async with at_desk(slug, by, "swap") as desk:
        sessions: list[Session] = [await standing(desk, "sessions", code) for code in (one, other)]
        for session, there, before in zip(sessions, reversed(sessions), seen, strict=True):
            wanted = msgspec.structs.replace(session, starts=there.starts, room=there.room)
            _still(session, wanted, before)
            await desk.lay("sessions", session.code, wanted)


def _still(present: Session, wanted: Session, seen: Position | None) -> None:
    """Raises Conflict unless the session stands where it was seen, or already where it is wanted."""
    if seen is not None and position(present) not in (seen, position(wanted)):
        raise Conflict("sessions", present.code, present, wanted)


async def move_together(
    slug: str,
    by: str,
    *,
    panel: str = "",
    day: str = "",
    minutes: int = 0,
    room: str = "",
    seen: int | None = None,
) -> int:
    """Moves the placed sessions of a panel, or of a conference day (`2028-03-25`), later by `minutes` (earlier, if
    negative), and into one room if one is named. Answers how many it were.

    `seen` is the revision that the author saw: Conflict where one of these sessions has been moved since. Raises
    NotFound where there is none to move, and Dangling.
    """
    async with at_desk(slug, by, "move") as desk:
        event = await standing(desk, "event", slug)
        there = [kept.value for kept in (await desk.look_up("sessions")).values()]
        sessions = [session for session in there if session.starts and _meant(event, session, panel, day)]
        if not sessions:
            raise NotFound(_("There is nothing placed to be moved."))
        moved = await _moved_since(slug, seen) if seen is not None else ()
        for session in sessions:
            assert session.starts is not None
            starts = session.starts + timedelta(minutes=minutes)
            wanted = msgspec.structs.replace(session, starts=starts, room=room or session.room)
            if session.code in moved:
                raise Conflict("sessions", session.code, session, wanted)
            await desk.lay("sessions", session.code, wanted)
        return len(sessions)


def _meant(event: Event, session: Session, panel: str, day: str) -> bool:
    assert session.starts is not None
    return session.panel == panel if panel else day_of(event, session.starts).isoformat() == day


async def _moved_since(slug: str, revision: int) -> Collection[str]:
    """Sessions that stand elsewhere than at that revision."""
    found: set[str] = set()
    for line in await reading.log_since(slug, revision):
        before, after = images(line.before).get("sessions", {}), images(line.after).get("sessions", {})
        for code, was in before.items():
            now = after[code]
            if was and now and position(was.value) != position(now.value):
                found.add(code)
    return found


async def split(slug: str, panel: str, by: str, *, each: int = EACH, minutes: int = MINUTES) -> list[str]:
    """Makes sessions of a panel's accepted papers that are in none, with at most `each` papers, as even as can be.

    They are not placed yet. Answers their codes. Raises NotFound, NothingToSplit, TooLong.
    """
    if not 0 < minutes <= LONGEST:
        raise TooLong
    async with at_desk(slug, by, "split") as desk:
        held: Panel = await standing(desk, "panels", panel)
        draft = await reading.draft_of(desk.row)
        look = index(draft.programme)
        waiting = [
            paper
            for paper in look.panel_papers.get(panel, ())
            if paper.status is PaperStatus.ACCEPTED and paper.code not in look.sessions_of_paper
        ]
        if not waiting:
            raise NothingToSplit(panel)
        shares = _shares(waiting, max(each, 1))
        existing = sum(1 for s in draft.programme.sessions if s.panel == panel and s.kind is SessionKind.PAPERS)
        codes: list[str] = []
        for n, papers in enumerate(shares, existing + 1):
            code = _free_code(panel, {*look.sessions, *codes})
            title = _("{title} ({n} of {all})").format(title=held.title, n=n, all=existing + len(shares))
            turns = tuple(Turn(paper=paper.code) for paper in papers)
            session = Session(
                code=code, title=title, kind=SessionKind.PAPERS, minutes=minutes, panel=panel, turns=turns
            )
            await desk.lay("sessions", code, session)
            codes.append(code)
        return codes


def _shares(papers: list[Paper], each: int) -> list[list[Paper]]:
    """Nine papers at most four a session are three and three and three, not four and four and one."""
    sessions = -(-len(papers) // each)
    edges = [len(papers) * n // sessions for n in range(sessions + 1)]
    return [papers[first:last] for first, last in pairwise(edges)]


def _free_code(panel: str, taken: Collection[str]) -> str:
    """`P12-3`: the panel's code and the first number that is free."""
    return next(code for n in count(1) if (code := f"{panel}-{n}") not in taken)
