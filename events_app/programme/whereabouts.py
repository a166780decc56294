"""Who is needed where and when: the times that people's parts ask of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from .lookup import Index, index
from .model import Paper, Part, Programme, Role, Session, SessionKind, Showcase, Staffing


class Need(NamedTuple):
    """One person is needed from `starts` to `ends`. Needs with one `thing` are no clash: they are in one place."""

    starts: datetime
    ends: datetime
    thing: str
    title: str
    room: str  # a code, or empty
    session: str = ""
    paper: str = ""
    showcase: str = ""


class Cover(NamedTuple):
    """Any one of several people is needed: panel chairs where a session names none, hosts at staffed hours."""

    people: tuple[str, ...]
    role: Role
    need: Need


class Whereabouts(NamedTuple):
    """Needs by person, each by time, and what any one of several has to see to."""

    needs: dict[str, list[Need]]
    covers: list[Cover]


def whereabouts(programme: Programme, *, authors_count: bool = False) -> Whereabouts:
    """Where everybody is needed, in whatever part; what is cancelled or has no time needs nobody.

    A part in a session asks for all of it; a part in a paper for its turn only, but for all of a poster session.
    An author who does not present is needed where `authors_count`. What a panel's chairs and discussants do in a
    session that has none of its own, and hosts in the staffed hours, is for all of them together: one has to be there.
    """
    held = index(programme)
    needs: dict[str, list[Need]] = defaultdict(list)
    covers: list[Cover] = []
    for session in held.placed:
        for person, need in asked_by(held, session, authors_count=authors_count):
            needs[person].append(need)
        covers += covered_by_panel(held, session)
    for showcase, hours in held.staffing:
        covers += _at_display(showcase, hours)
    for cover in covers:
        if len(cover.people) == 1:
            needs[cover.people[0]].append(cover.need)
    return Whereabouts(
        needs={person: sorted(needs[person]) for person in sorted(needs) if person in held.people},
        covers=[cover for cover in covers if len(cover.people) > 1],
    )


def asked_by(held: Index, session: Session, *, authors_count: bool = False) -> Iterator[tuple[str, Need]]:
    """Whom a placed session needs, and for how long: in its own parts, and in its papers'."""
    if not session.cancelled and session.minutes > 0:
        yield from _in_session(held, session)
        yield from _in_papers(held, session, authors_count)


def _in_session(held: Index, session: Session) -> Iterator[tuple[str, Need]]:
    if session.parts:
        need = _for_session(held, session)
        for part in session.parts:
            yield part.person, need


def _in_papers(held: Index, session: Session, authors_count: bool) -> Iterator[tuple[str, Need]]:
    if not session.turns:
        return
    whole = _for_session(held, session)
    for paper, starts, minutes in held.turns(session):
        need = whole._replace(paper=paper.code)
        if starts and minutes:
            need = need._replace(starts=starts, ends=starts + timedelta(minutes=minutes))
        for person in _needed_for(held, paper, authors_count):
            yield person, need


def _needed_for(held: Index, paper: Paper, authors_count: bool) -> Iterator[str]:
    yield from held.presenters(paper)
    for part in paper.parts:
        if part.role is Role.PRESENTER or (part.role is Role.AUTHOR and not authors_count):
            continue
        yield part.person


def _for_session(held: Index, session: Session) -> Need:
    assert session.starts is not None
    showcase = held.showcases.get(session.showcase)
    # who demonstrates on the floor on which their display stands is at their display
    at_display = showcase is not None and showcase.floor == session.room
    return Need(
        starts=session.starts,
        ends=session.starts + timedelta(minutes=session.minutes),
        thing=f"showcase/{session.showcase}" if at_display else f"session/{session.code}",
        title=session.title,
        room=session.room,
        session=session.code,
    )


def covered_by_panel(held: Index, session: Session) -> Iterator[Cover]:
    """What a placed session asks of its panel's chairs and discussants together."""
    panel = held.panels.get(session.panel)
    if panel is None or session.kind in (SessionKind.BREAK, SessionKind.SOCIAL):
        return
    if session.cancelled or session.minutes <= 0:
        return
    for role, stands_in in ((Role.CHAIR, Role.MODERATOR), (Role.DISCUSSANT, Role.DISCUSSANT)):
        if any(part.role in (role, stands_in) for part in session.parts):
            continue
        if people := _in_role(panel.parts, role):
            yield Cover(people, role, _for_session(held, session))


def _at_display(showcase: Showcase, hours: Staffing) -> Iterator[Cover]:
    if hosts := _in_role(showcase.parts, Role.HOST):
        need = Need(
            starts=hours.starts,
            ends=hours.ends,
            thing=f"showcase/{showcase.code}",
            title=showcase.title,
            room=showcase.floor,
            showcase=showcase.code,
        )
        yield Cover(hosts, Role.HOST, need)


def _in_role(parts: tuple[Part, ...], role: Role) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.person for part in parts if part.role is role))
