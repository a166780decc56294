"""What people have said: that they do not come, though the programme counts on them; that a paper is withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

from ...language import gettext as _
from .. import wording
from ..model import PaperStatus, Role
from ..planning import Answer
from .finding import Case, Finding, codes, some


def comes_not(case: Case) -> Iterator[Finding]:
    """Whoever has said that they do not come, and still has a part that asks for their presence."""
    for answer in case.planning.answers:
        if answer.comes or answer.person not in case.held.people:
            continue
        match answer.noun:
            case "sessions":
                yield from _from_session(case, answer)
            case "papers":
                yield from _from_paper(case, answer)
            case "showcases":
                yield from _from_showcase(case, answer)


def withdrawn_placed(case: Case) -> Iterator[Finding]:
    """Papers that their authors have withdrawn, and that have a turn all the same; a release leaves them out."""
    for paper in case.programme.papers:
        sessions = case.sessions_of.get(paper.code)
        if paper.status is PaperStatus.WITHDRAWN and sessions:
            words = {"title": paper.title, "where": some([case.session(s) for s in sessions])}
            yield Finding(
                code="paper-withdrawn",
                severity="error",
                sentence=_("“%(title)s” is withdrawn, but still has a turn in %(where)s.") % words,
                sessions=codes(s.code for s in sessions),
                papers=(paper.code,),
            )


def _from_session(case: Case, answer: Answer) -> Iterator[Finding]:
    session = next((s for s in case.on if s.code == answer.code), None)
    if session and any(part.person == answer.person and part.role is not Role.AUTHOR for part in session.parts):
        yield _finding(case, answer, case.session(session), sessions=(session.code,))


def _from_paper(case: Case, answer: Answer) -> Iterator[Finding]:
    paper = case.held.papers.get(answer.code)
    if paper and paper.status is PaperStatus.ACCEPTED and answer.person in case.held.presenters(paper):
        sessions = case.sessions_of.get(paper.code, ())
        where = some([case.session(s) for s in sessions])
        title = wording.quoted(paper.title)
        about = _("%(paper)s in %(where)s") % {"paper": title, "where": where} if where else title
        yield _finding(case, answer, about, papers=(paper.code,), sessions=codes(s.code for s in sessions))


def _from_showcase(case: Case, answer: Answer) -> Iterator[Finding]:
    show = case.held.showcases.get(answer.code)
    if show and any(part.person == answer.person for part in show.parts):
        yield _finding(case, answer, wording.quoted(show.title), showcases=(show.code,))


def _finding(case: Case, answer: Answer, what: str, **about: tuple[str, ...]) -> Finding:
    words = {"who": case.person(answer.person), "what": what}
    return Finding(
        code="comes-not",
        severity="error",
        sentence=_("%(who)s has said that they do not come for %(what)s, and is still named there.") % words,
        people=(answer.person,),
        **about,
    )
