"""What one step would do away with a finding: each remedy is a sentence and the changes of which it consists.

A remedy is offered only where it makes nothing else worse: whoever is moved goes where the checks find nothing in the
way that is an error or a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import msgspec

from ..language import gettext as _
from . import wording
from .checks.finding import Case, Finding
from .checks.rooms import is_too_small
from .lookup import day_of
from .model import Noun, Paper, PaperStatus, Part, Role, Room, RoomKind, Session, SessionKind, Turn, Value
from .placing import Hindrance, Position, free_slots, hindrances

MOST = 4
"""So many remedies are offered of one finding."""

STEP = 5
"""Minutes: turns are shortened to whole steps, where that is possible."""


class Remedy(Value, frozen=True, kw_only=True):
    """`code` tells it from the finding's others. `changes` are (kind, before, after)."""

    code: str
    sentence: str
    changes: tuple[tuple[str, Noun, Noun], ...]


def remedies(case: Case, finding: Finding) -> tuple[Remedy, ...]:
    """What can be done about a finding at once, the likeliest first."""
    found = (remedy for offer in _OFFERS.get(finding.code, ()) for remedy in offer(case, finding))
    return tuple(islice(found, MOST))


def has_any(finding: Finding) -> bool:
    """Whether it is worth asking."""
    return finding.code in _OFFERS


def _shorten(case: Case, finding: Finding) -> Iterator[Remedy]:
    """The turns of the session, in the same proportions, so that they fit."""
    for session in _sessions(case, finding):
        if turns := fitted(session.turns, session.minutes):
            after = msgspec.structs.replace(session, turns=turns)
            words = {"minutes": ", ".join(str(turn.minutes) for turn in turns)}
            yield _change("shorten", _("Shorten its papers to %(minutes)s minutes") % words, session, after)


def fitted(turns: tuple[Turn, ...], minutes: int) -> tuple[Turn, ...]:
    """The turns shortened to what a session of so many minutes leaves them; empty where it has too little for that.

    Turns without minutes of their own count as long as the others on average.
    """
    said = [turn.minutes for turn in turns if turn.minutes]
    if not said or len(turns) > minutes:
        return ()
    lengths = [turn.minutes or sum(said) // len(said) for turn in turns]
    step = STEP if len(turns) * STEP <= minutes else 1
    shares = [max(step, length * minutes // sum(lengths) // step * step) for length in lengths]
    while sum(shares) > minutes:
        shares[shares.index(max(shares))] -= step
    if sum(shares) > minutes or min(shares) < 1:
        return ()
    return tuple(msgspec.structs.replace(turn, minutes=share) for turn, share in zip(turns, shares, strict=True))


def _another_room(case: Case, finding: Finding) -> Iterator[Remedy]:
    """The smallest room that is free at that time and big enough."""
    for session in _sessions(case, finding):
        if not session.starts or (finding.code == "no-room" and len(finding.sessions) > 1):
            continue
        if room := free_room(case, session):
            words = {"session": wording.quoted(session.title), "room": room.name}
            after = msgspec.structs.replace(session, room=room.code)
            yield _change(f"room-{session.code}", _("Move %(session)s to %(room)s") % words, session, after)


def free_room(case: Case, session: Session) -> Room | None:
    """Where the session could be at its own time with nothing in the way; the smallest that is big enough."""
    assert session.starts is not None
    found = [h for h in hindrances(case, session, day_of(case.event, session.starts)) if _counts(h)]
    taken = {room for h in found if h.after < session.starts < h.before for room in h.rooms}
    rooms = [
        room
        for room in case.programme.rooms
        if room.kind is RoomKind.ROOM and room.code not in taken and room.code != session.room
    ]
    own = case.held.rooms.get(session.room)
    wanted = _expected(case, session) or (own.capacity if own else 0)
    return min(rooms, key=lambda room: (0 < room.capacity < wanted, room.capacity or 10**6, room.code), default=None)


def _another_time(case: Case, finding: Finding) -> Iterator[Remedy]:
    """The free place on the same day that is nearest in time to where it is."""
    for session in _sessions(case, finding):
        if slot := nearest_slot(case, session):
            assert slot.starts is not None
            room = case.held.rooms[slot.room]
            words = {
                "session": wording.quoted(session.title),
                "when": wording.moment(case.event, slot.starts),
                "room": room.name,
            }
            after = msgspec.structs.replace(session, starts=slot.starts, room=slot.room)
            yield _change(f"time-{session.code}", _("Move %(session)s to %(when)s, %(room)s") % words, session, after)


def nearest_slot(case: Case, session: Session) -> Position | None:
    if not session.starts:
        return None
    starts = session.starts
    slots = free_slots(case, session, day_of(case.event, starts), wanted=_counts)
    return min(
        slots,
        key=lambda slot: (abs((slot.starts or starts) - starts), slot.room != session.room),
        default=None,
    )


def _counts(hindrance: Hindrance) -> bool:
    return hindrance.severity != "hint"


def _swap_rooms(case: Case, finding: Finding) -> Iterator[Remedy]:
    """Two sessions of the same hours change rooms, where both then fit."""
    for session in _sessions(case, finding):
        own = case.held.rooms.get(session.room)
        if not (session.starts and own):
            continue
        for other in case.placed:
            room = case.held.rooms.get(other.room)
            same = (other.starts, other.minutes) == (session.starts, session.minutes)
            if not (room and same) or other.code == session.code or room.kind is not RoomKind.ROOM:
                continue
            if _too_small(case, session, room) or _too_small(case, other, own):
                continue
            words = {"one": wording.quoted(session.title), "other": wording.quoted(other.title), "room": room.name}
            yield Remedy(
                code=f"swap-{session.code}-{other.code}",
                sentence=_("Swap the rooms of %(one)s and %(other)s (%(room)s)") % words,
                changes=(
                    ("sessions", session, msgspec.structs.replace(session, room=other.room)),
                    ("sessions", other, msgspec.structs.replace(other, room=session.room)),
                ),
            )


def _too_small(case: Case, session: Session, room: Room) -> bool:
    return is_too_small(room, _expected(case, session))


def _expected(case: Case, session: Session) -> int:
    return max((e.people for e in case.planning.expected if e.session == session.code), default=0)


def _panel_chair(case: Case, finding: Finding) -> Iterator[Remedy]:
    """Somebody else who chairs the panel and is free takes over from whoever chairs this session."""
    for session in _sessions(case, finding):
        for person in finding.people:
            own = next((p for p in session.parts if p.person == person and p.role is Role.CHAIR), None)
            panel = case.held.panels.get(session.panel)
            for part in panel.parts if own and panel else ():
                if part.role is Role.CHAIR and part.person != person and _is_free(case, part.person, session):
                    parts = tuple(Part(person=part.person, role=Role.CHAIR) if p is own else p for p in session.parts)
                    yield _chaired(case, session, part.person, parts)


def _fellow_chair(case: Case, finding: Finding) -> Iterator[Remedy]:
    """Whoever chairs another session of the panel chairs this one too."""
    for session in _sessions(case, finding):
        fellows = [s for s in case.on if s.panel and s.panel == session.panel and s.code != session.code]
        chairs = [part.person for s in fellows for part in s.parts if part.role in (Role.CHAIR, Role.MODERATOR)]
        for person in dict.fromkeys(chairs):
            if _is_free(case, person, session):
                yield _chaired(case, session, person, (*session.parts, Part(person=person, role=Role.CHAIR)))
                break


def _is_free(case: Case, person: str, session: Session) -> bool:
    if not session.starts or not session.ends:
        return True
    needs = case.whereabouts.needs.get(person, ())
    return not any(n.starts < session.ends and session.starts < n.ends and n.session != session.code for n in needs)


def _chaired(case: Case, session: Session, person: str, parts: tuple[Part, ...]) -> Remedy:
    words = {"who": case.person(person), "session": wording.quoted(session.title)}
    after = msgspec.structs.replace(session, parts=parts)
    return _change(f"chair-{session.code}-{person}", _("Let %(who)s chair %(session)s") % words, session, after)


def _one_turn(case: Case, finding: Finding) -> Iterator[Remedy]:
    """A paper that is placed twice stays in one of its sessions."""
    sessions = list(_sessions(case, finding))
    for keep in sessions if len(sessions) > 1 else ():
        changes: list[tuple[str, Noun, Noun]] = []
        for other in sessions:
            turns = tuple(t for t in other.turns if t.paper not in finding.papers)
            if other.code != keep.code and turns != other.turns:
                changes.append(("sessions", other, msgspec.structs.replace(other, turns=turns)))
        sentence = _("Keep it in %(session)s only") % {"session": case.session(keep)}
        yield Remedy(code=f"keep-{keep.code}", sentence=sentence, changes=tuple(changes))


def _accept_paper(case: Case, finding: Finding) -> Iterator[Remedy]:
    for code in finding.papers:
        if paper := case.held.papers.get(code):
            after: Paper = msgspec.structs.replace(paper, status=PaperStatus.ACCEPTED)
            yield Remedy(code=f"accept-{code}", sentence=_("Accept the paper"), changes=(("papers", paper, after),))


def _give_a_turn(case: Case, finding: Finding) -> Iterator[Remedy]:
    """The first of the papers that wait goes into the panel's first session that has room for one."""
    most = case.rules.papers_per_session[1]
    for panel in finding.panels:
        for session in case.held.by_panel.get(panel, ()):
            if session.kind is SessionKind.PAPERS and len(session.turns) < most and not session.cancelled:
                paper = case.held.papers[finding.papers[0]]
                minutes = fitted_in(session)
                if minutes is None:
                    continue
                words = {"paper": wording.quoted(paper.title), "session": case.session(session)}
                after = msgspec.structs.replace(
                    session, turns=(*session.turns, Turn(paper=paper.code, minutes=minutes))
                )
                yield _change(f"turn-{session.code}", _("Put %(paper)s into %(session)s") % words, session, after)


def fitted_in(session: Session) -> int | None:
    """The minutes of one more turn: an equal share, or as long as the shortest if that is left; None: it is full."""
    lengths = [turn.minutes for turn in session.turns]
    if not all(lengths):
        return 0
    left = session.minutes - sum(lengths)
    wanted = min(lengths, default=0)
    return wanted if left >= wanted else None


def _without_turn(case: Case, finding: Finding) -> Iterator[Remedy]:
    """A withdrawn paper's turn goes; of each session by itself, so that its minutes can be looked at."""
    for session in _sessions(case, finding):
        words = {"session": case.session(session)}
        turns = tuple(turn for turn in session.turns if turn.paper not in finding.papers)
        after = msgspec.structs.replace(session, turns=turns)
        yield _change(f"no-turn-{session.code}", _("Take its turn out of %(session)s") % words, session, after)


def _without_them(case: Case, finding: Finding) -> Iterator[Remedy]:
    """Whoever does not come is taken out; of a paper, the first author who has not said so presents it instead."""
    (person,) = finding.people
    if not finding.papers:
        for session in _sessions(case, finding):
            words = {"who": case.person(person), "session": wording.quoted(session.title)}
            parts = tuple(part for part in session.parts if part.person != person)
            after = msgspec.structs.replace(session, parts=parts)
            yield _change(f"out-{session.code}", _("Take %(who)s out of %(session)s") % words, session, after)
    for code in finding.papers:
        paper = case.held.papers[code]
        away = {a.person for a in case.planning.answers if not a.comes and (a.noun, a.code) == ("papers", code)}
        others = [part for part in paper.parts if part.role is Role.AUTHOR and part.person not in away]
        if others:
            presenter = Part(person=others[0].person, role=Role.PRESENTER, affiliation=others[0].affiliation)
            staying = [part for part in paper.parts if part.role is not Role.PRESENTER]
            after_paper: Paper = msgspec.structs.replace(paper, parts=(*staying, presenter))
            sentence = _("Let %(who)s present %(paper)s") % {
                "who": case.person(presenter.person),
                "paper": wording.quoted(paper.title),
            }
            yield Remedy(code=f"presents-{code}", sentence=sentence, changes=(("papers", paper, after_paper),))


def _to_the_tray(case: Case, finding: Finding) -> Iterator[Remedy]:
    for session in _sessions(case, finding):
        words = {"session": wording.quoted(session.title)}
        after = msgspec.structs.replace(session, starts=None, room="")
        yield _change(f"tray-{session.code}", _("Return %(session)s to the tray") % words, session, after)


def _sessions(case: Case, finding: Finding) -> Iterator[Session]:
    return (case.held.sessions[code] for code in finding.sessions if code in case.held.sessions)


def _change(code: str, sentence: str, before: Session, after: Session) -> Remedy:
    return Remedy(code=code, sentence=sentence, changes=(("sessions", before, after),))


_OFFERS: dict[str, tuple[Callable[[Case, Finding], Iterator[Remedy]], ...]] = {
    "papers-outrun": (_shorten,),
    "room-twice": (_another_room, _another_time),
    "room-too-small": (_another_room, _swap_rooms),
    "room-closed": (_another_room, _another_time),
    "no-room": (_another_room,),
    "walk-too-short": (_another_room, _another_time),
    "person-twice": (_panel_chair, _another_time),
    "not-available": (_panel_chair, _another_time),
    "nobody-left": (_another_time,),
    "no-chair": (_fellow_chair,),
    "paper-twice": (_one_turn,),
    "paper-not-accepted": (_accept_paper,),
    "paper-nowhere": (_give_a_turn,),
    "outside-days": (_to_the_tray,),
    "paper-withdrawn": (_without_turn,),
    "comes-not": (_without_them,),
}
