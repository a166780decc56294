"""To whom one writes: groups of people, by what they do, where, and what is still missing of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from .lookup import Index, index
from .missing import Drafted, answered, missing
from .model import PaperStatus, Part, Person, Programme, Role
from .planning import Planning


class Group(StrEnum):
    """`PANEL`, `TRACK` and `SESSION` are of one thing, which a code names."""

    EVERYBODY = "everybody"
    SPEAKERS = "speakers"
    CHAIRS = "chairs"
    AUTHORS = "authors"
    HOSTS = "hosts"
    UNANSWERED = "unanswered"  # have not said whether they come
    MISSING = "missing"  # something of theirs is
    PANEL = "panels"
    TRACK = "tracks"
    SESSION = "sessions"


class Reached(NamedTuple):
    """Those of a group with whom an address is kept, and those with whom none is."""

    with_address: tuple[Person, ...]
    without: tuple[Person, ...]


_SPEAKING = frozenset({Role.KEYNOTE, Role.SPEAKER, Role.PANELLIST, Role.DISCUSSANT, Role.FACILITATOR})
_LEADING = frozenset({Role.CHAIR, Role.MODERATOR})


def people_in(draft: Drafted, group: Group, code: str = "") -> list[Person]:
    """Who belongs to a group, in the order of an index; nobody where nothing has that code."""
    return named(draft, _GROUPS[group](draft, code))


def named(draft: Drafted, codes: Collection[str]) -> list[Person]:
    """The people who bear these codes, in the order of an index."""
    found = (person for person in draft.programme.people if person.code in codes)
    return sorted(found, key=lambda person: (person.sorts_as or person.name).casefold())


def reached(people: Iterable[Person], planning: Planning) -> Reached:
    addresses = addresses_of(planning)
    found: tuple[list[Person], list[Person]] = ([], [])
    for person in people:
        found[person.code not in addresses].append(person)
    return Reached(tuple(found[0]), tuple(found[1]))


def addresses_of(planning: Planning) -> Mapping[str, str]:
    """The addresses that are kept, by person."""
    return {contact.person: contact.email for contact in planning.contacts if contact.email}


def _with_roles(roles: Collection[Role]) -> Callable[[Drafted, str], set[str]]:
    def found(draft: Drafted, _code: str) -> set[str]:
        return {part.person for part in _parts(draft.programme) if part.role in roles}

    return found


def _parts(programme: Programme) -> Iterable[Part]:
    """All parts in what is to be shown: papers in reserve and those that were withdrawn are not."""
    for panel in programme.panels:
        yield from panel.parts
    for session in programme.sessions:
        yield from session.parts
    for paper in programme.papers:
        if paper.status.public:
            yield from paper.parts
    for showcase in programme.showcases:
        yield from showcase.parts


def _speakers(draft: Drafted, code: str) -> set[str]:
    """Who speaks: in a session of their own, or for a paper that is given."""
    look = index(draft.programme)
    given = (paper for paper in draft.programme.papers if paper.status is PaperStatus.ACCEPTED)
    return {person for paper in given for person in look.presenters(paper)} | _with_roles(_SPEAKING)(draft, code)


def _unanswered(draft: Drafted, _code: str) -> set[str]:
    return {person for person, all_of_it in answered(draft).items() if not all_of_it}


def _missing(draft: Drafted, _code: str) -> set[str]:
    return {person.code for person in draft.programme.people if missing(draft, person.code)}


def _of_panel(draft: Drafted, code: str) -> set[str]:
    """Its chairs, those of its sessions, and those of its papers."""
    look = index(draft.programme)
    panel = look.panels.get(code)
    if panel is None:
        return set()
    papers = (part.person for paper in look.panel_papers.get(code, ()) for part in paper.parts if paper.status.public)
    sessions = (session for session in draft.programme.sessions if session.panel == code)
    return {
        *(part.person for part in panel.parts),
        *papers,
        *(one for session in sessions for one in _in(look, session.code)),
    }


def _of_track(draft: Drafted, code: str) -> set[str]:
    """Those of its panels, and of its sessions."""
    look = index(draft.programme)
    panels = (panel.code for panel in draft.programme.panels if panel.track == code)
    sessions = (session.code for session in draft.programme.sessions if look.track_of(session) == code)
    found = [_of_panel(draft, panel) for panel in panels] + [_in(look, session) for session in sessions]
    return set().union(*found)


def _of_session(draft: Drafted, code: str) -> set[str]:
    look = index(draft.programme)
    return _in(look, code) if code in look.sessions else set()


def _in(look: Index, session: str) -> set[str]:
    return {part.person for part in look.parts_in(look.sessions[session])}


_GROUPS: Mapping[Group, Callable[[Drafted, str], set[str]]] = {
    Group.EVERYBODY: lambda draft, _code: {person.code for person in draft.programme.people},
    Group.SPEAKERS: _speakers,
    Group.CHAIRS: _with_roles(_LEADING),
    Group.AUTHORS: _with_roles({Role.AUTHOR}),
    Group.HOSTS: _with_roles({Role.HOST}),
    Group.UNANSWERED: _unanswered,
    Group.MISSING: _missing,
    Group.PANEL: _of_panel,
    Group.TRACK: _of_track,
    Group.SESSION: _of_session,
}
