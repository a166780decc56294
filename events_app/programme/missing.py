"""What is still missing of a person's part: what only they, or those with whom they do it, can say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from ..language import gettext as _
from .lookup import index
from .model import PaperStatus, Person, Programme, Role
from .own import own
from .planning import Planning


class Drafted(Protocol):
    """A programme with what is planned for it, such as `reading.Draft`."""

    @property
    def programme(self) -> Programme: ...
    @property
    def planning(self) -> Planning: ...


COMING = frozenset(set(Role) - {Role.AUTHOR})
"""The roles in which somebody has to be there."""


def missing(draft: Drafted, person: str) -> tuple[str, ...]:
    """Sentences to them, the most pressing first; of somebody (a code) who has no part nothing is missing."""
    look = index(draft.programme)
    one = look.people.get(person)
    if one is None or not look.duties.get(person):
        return ()
    return (
        *_answers(draft, person),
        *_papers(draft.programme, person),
        *_showcases(draft.programme, person),
        *_themselves(one),
        *_consent(draft.planning, person),
    )


def unanswered(draft: Drafted, person: str) -> list[tuple[str, str]]:
    """For what they have not said whether they come: noun and code, as an Answer has them."""
    said = {(answer.noun, answer.code) for answer in draft.planning.answers if answer.person == person}
    return [which for which in _expected(draft.programme, person) if which not in said]


def _expected(programme: Programme, person: str) -> Iterator[tuple[str, str]]:
    for session in programme.sessions:
        if not session.cancelled and any(p.person == person and p.role in COMING for p in session.parts):
            yield "sessions", session.code
    for paper in programme.papers:
        if paper.status is PaperStatus.ACCEPTED and person in index(programme).presenters(paper):
            yield "papers", paper.code
    for showcase in programme.showcases:
        if any(part.person == person for part in showcase.parts):
            yield "showcases", showcase.code


def _answers(draft: Drafted, person: str) -> Iterator[str]:
    look = index(draft.programme)
    for noun, code in unanswered(draft, person):
        title = getattr(look, noun)[code].title
        yield _("You have not said yet whether you come for “{title}”.").format(title=title)


def _papers(programme: Programme, person: str) -> Iterator[str]:
    theirs = own(programme, {person})
    for code in theirs.papers:
        paper = index(programme).papers[code]
        if not paper.status.public:
            continue
        if not paper.abstract.strip():
            yield _("“{title}” has no abstract yet.").format(title=paper.title)
        if (
            paper.status is PaperStatus.ACCEPTED
            and person in index(programme).presenters(paper)
            and not paper.files
            and not paper.links
        ):
            yield _("“{title}” has no slides yet.").format(title=paper.title)


def _showcases(programme: Programme, person: str) -> Iterator[str]:
    for showcase in programme.showcases:
        if not any(part.person == person for part in showcase.parts):
            continue
        if not (showcase.about.strip() or showcase.summary.strip()):
            yield _("“{title}” does not say yet what you do.").format(title=showcase.title)
        if any(not picture.alt.strip() for picture in showcase.pictures):
            yield _("Pictures of “{title}” have no description for those who cannot see them.").format(
                title=showcase.title
            )


def _themselves(person: Person) -> Iterator[str]:
    if not person.biography.strip():
        yield _("You have no biography yet.")
    if person.picture and not person.picture.alt.strip():
        yield _("Your photograph has no description for those who cannot see it.")


def _consent(planning: Planning, person: str) -> Iterator[str]:
    wishes = next((wishes for wishes in planning.wishes if wishes.person == person), None)
    if wishes is None or wishes.recorded is None:
        yield _("You have not said yet whether you may be recorded.")
    if wishes is None or wishes.photographed is None:
        yield _("You have not said yet whether you may be photographed.")
