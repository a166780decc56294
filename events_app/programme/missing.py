"""What is still missing of a person's part: what only they, or those with whom they do it, can say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from ..language import gettext as _
from .lookup import index
from .model import Paper, PaperStatus, Person, Programme, Role, Session, Showcase
from .own import AUTHORS
from .planning import Planning


class Drafted(Protocol):
    """A programme with what is planned for it, such as `reading.Draft`."""

    @property
    def programme(self) -> Programme: ...
    @property
    def planning(self) -> Planning: ...


class Lack(NamedTuple):
    """One thing that is missing: of which of their things it is, and what it is: "answer", "abstract", "slides" …"""

    sentence: str
    noun: str
    code: str
    what: str


COMING = frozenset(set(Role) - {Role.AUTHOR})
"""The roles in which somebody has to be there."""


def missing(draft: Drafted, person: str) -> tuple[str, ...]:
    """Sentences to them, the most pressing first; of somebody (a code) who has no part nothing is missing."""
    return tuple(lack.sentence for lack in lacks(draft, person))


def lacks(draft: Drafted, person: str) -> tuple[Lack, ...]:
    """The same, with what each is about."""
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


def answered(draft: Drafted) -> dict[str, bool]:
    """Of everybody (codes) who is asked whether they come: whether they have said it of all that they are asked of."""
    said = {(answer.person, answer.noun, answer.code) for answer in draft.planning.answers}
    found = {}
    for person in index(draft.programme).named_in:
        asked = [(person, *which) for which in _expected(draft.programme, person)]
        if asked:
            found[person] = said.issuperset(asked)
    return found


def _expected(programme: Programme, person: str) -> Iterator[tuple[str, str]]:
    for thing in index(programme).named_in.get(person, ()):
        match thing:
            case Session(cancelled=False) if any(p.person == person and p.role in COMING for p in thing.parts):
                yield "sessions", thing.code
            case Paper(status=PaperStatus.ACCEPTED) if person in index(programme).presenters(thing):
                yield "papers", thing.code
            case Showcase():
                yield "showcases", thing.code


def _answers(draft: Drafted, person: str) -> Iterator[Lack]:
    look = index(draft.programme)
    for noun, code in unanswered(draft, person):
        title = getattr(look, noun)[code].title
        sentence = _("You have not said yet whether you are coming for “{title}”.").format(title=title)
        yield Lack(sentence, noun, code, "answer")


def _papers(programme: Programme, person: str) -> Iterator[Lack]:
    for paper in index(programme).named_in.get(person, ()):
        if not isinstance(paper, Paper) or not paper.status.public:
            continue
        if not any(part.person == person and part.role in AUTHORS for part in paper.parts):
            continue
        code = paper.code
        if not paper.abstract.strip():
            yield Lack(_("“{title}” has no abstract yet.").format(title=paper.title), "papers", code, "abstract")
        if (
            paper.status is PaperStatus.ACCEPTED
            and person in index(programme).presenters(paper)
            and not paper.files
            and not paper.links
        ):
            yield Lack(_("“{title}” has no slides yet.").format(title=paper.title), "papers", code, "files")


def _showcases(programme: Programme, person: str) -> Iterator[Lack]:
    for showcase in index(programme).named_in.get(person, ()):
        if not isinstance(showcase, Showcase):
            continue
        if not (showcase.about.strip() or showcase.summary.strip()):
            sentence = _("“{title}” does not say yet what you do.").format(title=showcase.title)
            yield Lack(sentence, "showcases", showcase.code, "about")
        if any(not picture.alt.strip() for picture in showcase.pictures):
            sentence = _("Pictures of “{title}” have no description for those who cannot see them.")
            yield Lack(sentence.format(title=showcase.title), "showcases", showcase.code, "pictures")


def _themselves(person: Person) -> Iterator[Lack]:
    if not person.biography.strip():
        yield Lack(_("You have no biography yet."), "people", person.code, "biography")
    if person.picture and not person.picture.alt.strip():
        sentence = _("Your photograph has no description for those who cannot see it.")
        yield Lack(sentence, "people", person.code, "picture")


def _consent(planning: Planning, person: str) -> Iterator[Lack]:
    wishes = next((wishes for wishes in planning.wishes if wishes.person == person), None)
    if wishes is None or wishes.recorded is None:
        yield Lack(_("You have not said yet whether you may be recorded."), "people", person, "recorded")
    if wishes is None or wishes.photographed is None:
        yield Lack(_("You have not said yet whether you may be photographed."), "people", person, "photographed")
