"""Where and when somebody has to be, as everybody sees it, and what else is theirs. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

import msgspec

from ...programme.lookup import Index, day_of, index
from ...programme.model import Paper, Person, Programme, Session, Showcase
from ...renditions.labels import role_name


class Given(NamedTuple):
    """A paper of theirs in a session. `starts` is None where no time is public."""

    paper: Paper
    starts: datetime | None


class Duty(NamedTuple):
    """A session in which they have a part. `day` is None where no time is public; `told`: that they are in it is."""

    session: Session
    day: date | None
    roles: tuple[str, ...]
    papers: tuple[Given, ...]
    others: tuple[tuple[str, tuple[Person, ...]], ...]
    told: bool
    gone: bool


def duties(draft: Programme, public: Programme | None, people: Collection[str]) -> list[Duty]:
    """By time, then what has no public time yet. A session that is public is told as it is there, whatever is being
    moved about in the draft; what is only in the draft is told without time and room."""
    found: dict[str, Duty] = {}
    if public is not None:
        for session in (*public.sessions, *public.cancelled):
            if duty := _duty(session, index(public), people, told=True):
                found[session.code] = duty
    for session in draft.sessions:
        if session.code not in found and not session.cancelled:
            known = index(public).sessions.get(session.code) if public else None
            shown = msgspec.structs.replace(
                session, starts=known.starts if known else None, room=known.room if known else ""
            )
            if duty := _duty(shown, index(draft), people, told=False):
                found[session.code] = duty
    return sorted(found.values(), key=_when)


def _duty(session: Session, look: Index, people: Collection[str], *, told: bool) -> Duty | None:
    roles = [role_name(part.role) for part in session.parts if part.person in people]
    papers = [
        Given(turn.paper, turn.starts)
        for turn in look.turns(session)
        if any(part.person in people for part in turn.paper.parts)
    ]
    if not roles and not papers:
        return None
    return Duty(
        session=session,
        day=_day(look, session),
        roles=tuple(dict.fromkeys(roles)),
        papers=tuple(papers),
        others=tuple(_others(session, look, people)),
        told=told,
        gone=session.cancelled or (told and session.code not in look.sessions),
    )


def _others(session: Session, look: Index, people: Collection[str]) -> Iterator[tuple[str, tuple[Person, ...]]]:
    """Who else is to be seen there: by role, and those who present its papers."""
    roles: dict[str, list[str]] = {}
    for part in session.parts:
        roles.setdefault(role_name(part.role), []).append(part.person)
    for turn in look.turns(session):
        roles.setdefault("", []).extend(look.presenters(turn.paper))
    for label, codes in roles.items():
        named = tuple(look.people[code] for code in dict.fromkeys(codes) if code not in people and code in look.people)
        if named:
            yield label, named


def _day(look: Index, session: Session) -> date | None:
    return day_of(look.programme.event, session.starts) if session.starts else None


def _when(duty: Duty) -> tuple[bool, float, str]:
    starts = duty.session.starts
    return (starts is None, starts.timestamp() if starts else 0.0, duty.session.code)


def unplaced(draft: Programme, papers: Iterable[str], found: Iterable[Duty]) -> list[Paper]:
    """Their papers that are in none of these."""
    placed = {given.paper.code for duty in found for given in duty.papers}
    return [paper for code in papers if code not in placed and (paper := index(draft).papers.get(code))]


def hosted(draft: Programme, public: Programme | None, codes: Iterable[str]) -> list[tuple[Showcase, Showcase | None]]:
    """Their showcases, each with how it is public, if it is."""
    known = index(public).showcases if public else {}
    return [(show, known.get(show.code)) for code in codes if (show := index(draft).showcases.get(code))]
