"""What is whose: the things that a person may keep right themselves."""

from __future__ import annotations

from collections.abc import Collection

from .lookup import index
from .model import Panel, Paper, Part, Programme, Role, Session, Showcase, Value
from .planning import Planning

AUTHORS = frozenset({Role.AUTHOR, Role.PRESENTER})
SPEAKERS = frozenset({Role.KEYNOTE, Role.SPEAKER, Role.PRESENTER, Role.MODERATOR, Role.FACILITATOR, Role.HOST})


class Own(Value, frozen=True, kw_only=True):
    """The codes of what is somebody's, in the programme's order.

    `people` are they themselves: one, unless organisers have entered them twice. `panels` are those that they chair;
    `sessions` and `papers` those whose words are theirs; `attended` the sessions in which they have any part, and
    `arranged_papers` the papers of their panels.
    """

    people: tuple[str, ...] = ()
    sessions: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    panels: tuple[str, ...] = ()
    showcases: tuple[str, ...] = ()
    attended: tuple[str, ...] = ()
    arranged_papers: tuple[str, ...] = ()


def people_of(planning: Planning, email: str) -> tuple[str, ...]:
    """The codes of the people with whom organisers keep this address (in lower case)."""
    return tuple(contact.person for contact in planning.contacts if email and contact.email == email)


def names_at(programme: Programme, planning: Planning, email: str) -> tuple[str, ...]:
    """Who may be meant by an address: the names of all with whom it is kept, in the programme's order, each once.

    Whoever names somebody new says their address, too: so of several names none alone is taken for whose it is.
    """
    people = people_of(planning, email)
    return tuple(dict.fromkeys(person.name for person in programme.people if person.code in people))


def own(programme: Programme, people: Collection[str]) -> Own:
    """What is theirs: of papers the authors and presenters, of sessions whoever speaks or leads, of panels the chairs,
    of showcases everybody named there. Words of a panel's sessions are its chairs'."""
    panels = [panel.code for panel in programme.panels if _has(panel, people, {Role.CHAIR})]
    chaired = set(panels)
    by_person = index(programme).by_person
    attended = dict.fromkeys(session.code for person in people for session in by_person.get(person, ()))
    return Own(
        people=tuple(person.code for person in programme.people if person.code in people),
        sessions=tuple(s.code for s in programme.sessions if s.panel in chaired or _has(s, people, SPEAKERS)),
        papers=tuple(paper.code for paper in programme.papers if _has(paper, people, AUTHORS)),
        panels=tuple(panels),
        showcases=tuple(show.code for show in programme.showcases if _has(show, people, set(Role))),
        attended=tuple(attended),
        arranged_papers=tuple(paper.code for paper in programme.papers if paper.panel in chaired),
    )


def _has(noun: Panel | Paper | Session | Showcase, people: Collection[str], roles: Collection[Role]) -> bool:
    parts: tuple[Part, ...] = noun.parts
    return any(part.person in people and part.role in roles for part in parts)
