"""What a release is to one person: what changed for them, or, for a newcomer, where and when they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ..language import gettext as _
from . import wording
from .changes import changes, room_name, sentence
from .concerned import Concerned, concerned
from .lookup import index, local
from .model import Change, ChangeKind, Programme, Role, Session


def whom(old: Programme | None, new: Programme) -> dict[str, Concerned]:
    """Everybody to whom a release is news, by code. A first release is, to all who have to be anywhere."""
    if old is not None:
        return {one.person.code: one for one in concerned(changes(old, new), old, new)}
    return {
        person.code: Concerned(person=person, changes=())
        for person in new.people
        if any(True for _sentence in _places(new, person.code))
    }


def told(one: Concerned, old: Programme | None, new: Programme) -> list[str]:
    """The sentences that tell somebody, in the language spoken; none where nothing that changed is theirs.

    Of a session that was cancelled its papers need not be told of besides.
    """
    code = one.person.code
    newcomer = old is None or not any(True for _sentence in _places(old, code))
    if newcomer and (places := list(_places(new, code))):
        return places
    assert old is not None
    gone = {change.code for change in one.changes if change.noun == "session" and change.kind is ChangeKind.CANCELLED}
    turns = {turn.paper for session in old.sessions if session.code in gone for turn in session.turns}
    changes = (change for change in one.changes if change.noun != "paper" or change.now or change.code not in turns)
    return list(dict.fromkeys(told for change in changes for told in _of(change, code, old, new)))


def _of(change: Change, person: str, old: Programme, new: Programme) -> Iterator[str]:
    before, after = index(old).sessions.get(change.code), index(new).sessions.get(change.code)
    if change.noun != "session" or before is None or after is None:
        yield sentence(change, new.event)
    elif change.kind is ChangeKind.PEOPLE:
        yield _people(change, person, old, before, new, after)
    elif change.kind is ChangeKind.PAPERS:
        yield from _papers(change, person, old, before, new, after)
    else:
        yield sentence(change, new.event)


def _people(change: Change, person: str, old: Programme, before: Session, new: Programme, after: Session) -> str:
    was, now = _has_part(old, before, person), _has_part(new, after, person)
    words = {"title": change.title, "now": wording.slot(new.event, change.now) if change.now else ""}
    if now and not was:
        return (
            _("You are now in “%(title)s”, %(now)s.") % words
            if change.now
            else _("You are now in “%(title)s”.") % words
        )
    if was and not now:
        return _("You are no longer in “%(title)s”.") % words
    return sentence(change, new.event)


def _papers(
    change: Change, person: str, old: Programme, before: Session, new: Programme, after: Session
) -> Iterator[str]:
    """Whoever is there for a paper alone is told of its own time; where that is as it was, nothing."""
    was, now = _turns(old, before, person), _turns(new, after, person)
    if any(part.person == person for part in after.parts) or not (was or now):
        yield sentence(change, new.event)
    shift = before.starts != after.starts  # the session's own change tells of that
    for paper, starts in now.items():
        if starts and was.get(paper) and was[paper] != starts and not shift:
            words = {"title": index(new).papers[paper].title, "clock": wording.clock(new.event, starts)}
            yield _("“%(title)s” now begins at %(clock)s.") % words


def _turns(programme: Programme, session: Session, person: str) -> dict[str, datetime | None]:
    """When the papers of somebody begin in a session."""
    return {
        turn.paper.code: turn.starts
        for turn in index(programme).turns(session)
        if any(part.person == person for part in turn.paper.parts)
    }


def _has_part(programme: Programme, session: Session, person: str) -> bool:
    return any(part.person == person for part in index(programme).parts_in(session))


def _places(programme: Programme, person: str) -> Iterator[str]:
    """Where and when somebody is: their sessions and turns, those of panels that they chair, and staffed hours."""
    held = index(programme)
    theirs = {session.code: session for session in held.by_person.get(person, [])}
    for panel in programme.panels:
        if any(part.person == person and part.role is Role.CHAIR for part in panel.parts):
            theirs |= {session.code: session for session in held.by_panel.get(panel.code, [])}
    for session in sorted(theirs.values(), key=held.when_and_where):
        if not session.cancelled:
            yield from _place(programme, session, person)
    for showcase, hours in held.staffing:
        if any(part.person == person for part in showcase.parts):
            floor = ", ".join(part for part in (showcase.place, room_name(programme, showcase.floor)) if part)
            span = wording.span(programme.event, hours.starts, hours.ends)
            yield _sentence(showcase.title, ", ".join(part for part in (span, floor) if part))


def _place(programme: Programme, session: Session, person: str) -> Iterator[str]:
    assert session.starts is not None
    assert session.ends is not None
    span = wording.span(programme.event, session.starts, session.ends)
    where = ", ".join(part for part in (span, room_name(programme, session.room)) if part)
    turns = _turns(programme, session, person)
    for paper, starts in turns.items():
        words = {
            "paper": index(programme).papers[paper].title,
            "session": session.title,
            "clock": f"{local(programme.event, starts):%H:%M}" if starts else "",
            "where": where,
        }
        yield _("“%(paper)s”, at %(clock)s in “%(session)s”: %(where)s.") % words
    if not turns:
        yield _sentence(session.title, where)


def _sentence(title: str, where: str) -> str:
    return _("“%(title)s”: %(where)s.") % {"title": title, "where": where}
