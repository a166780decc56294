"""Papers and their sessions: too long, placed twice or nowhere, too many, unaccompanied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ...language import gettext as _
from ...language import ngettext
from .. import wording
from ..model import Paper, PaperStatus, Part, Role, Session, SessionKind
from .finding import Case, Finding, codes, some, titles


def outrun(case: Case) -> Iterator[Finding]:
    """Papers that take longer than their session, or leave others no time. Posters hang side by side."""
    for session in case.on:
        taken = sum(turn.minutes for turn in session.turns)
        unsaid = sum(1 for turn in session.turns if not turn.minutes)
        if session.kind is SessionKind.POSTERS or taken + unsaid <= session.minutes:
            continue
        words = {"session": case.session(session), "taken": taken, "minutes": session.minutes, "n": unsaid}
        if taken > session.minutes:
            sentence = _("The papers of %(session)s take %(taken)d minutes; it has %(minutes)d.") % words
        else:
            sentence = ngettext(
                "%(session)s leaves %(n)d paper no time: the others take %(taken)d of its %(minutes)d minutes.",
                "%(session)s leaves %(n)d papers no time: the others take %(taken)d of its %(minutes)d minutes.",
                unsaid,
            ) % words  # fmt: skip
        yield Finding(
            code="papers-outrun",
            severity="error",
            sentence=sentence,
            sessions=(session.code,),
            papers=codes(turn.paper for turn in session.turns),
        )


def placed_twice(case: Case) -> Iterator[Finding]:
    for paper in case.programme.papers:
        turns = [s for s in case.sessions_of.get(paper.code, ()) for turn in s.turns if turn.paper == paper.code]
        if len(turns) > 1:
            sessions = list({s.code: s for s in turns}.values())
            where = some([case.session(s) for s in sessions])
            words = {"title": paper.title, "n": len(turns), "where": where}
            yield Finding(
                code="paper-twice",
                severity="error",
                sentence=_("“%(title)s” has %(n)d turns: in %(where)s.") % words,
                sessions=codes(s.code for s in sessions),
                papers=(paper.code,),
            )


def placed_nowhere(case: Case) -> Iterator[Finding]:
    """Accepted papers without a turn: one finding a panel."""
    waiting: dict[str, list[Paper]] = defaultdict(list)
    for paper in case.programme.papers:
        if paper.status is PaperStatus.ACCEPTED and paper.code not in case.sessions_of:
            waiting[paper.panel].append(paper)
    for panel, papers in waiting.items():
        words = {"panel": _panel(case, panel), "n": len(papers), "titles": titles(p.title for p in papers)}
        if panel in case.held.panels:
            sentence = ngettext(
                "An accepted paper of panel %(panel)s is in no session: %(titles)s.",
                "%(n)d accepted papers of panel %(panel)s are in no session: %(titles)s.",
                len(papers),
            ) % words  # fmt: skip
        else:
            sentence = ngettext(
                "An accepted paper is in no session: %(titles)s.",
                "%(n)d accepted papers are in no session: %(titles)s.",
                len(papers),
            ) % words  # fmt: skip
        yield Finding(
            code="paper-nowhere",
            severity="warning",
            sentence=sentence,
            papers=codes(p.code for p in papers),
            panels=codes((panel,)),
        )


def placed_unaccepted(case: Case) -> Iterator[Finding]:
    """Papers in reserve or on the table that have a turn all the same; a release leaves those in reserve out."""
    for paper in case.programme.papers:
        sessions = case.sessions_of.get(paper.code)
        if not sessions or paper.status in (PaperStatus.ACCEPTED, PaperStatus.WITHDRAWN):
            continue
        words = {"title": paper.title, "where": some([case.session(s) for s in sessions])}
        if not paper.status.public:
            sentence = _("“%(title)s” is in reserve, but has a turn in %(where)s.") % words
        else:
            sentence = _("“%(title)s” is only tabled, but has a turn in %(where)s.") % words
        yield Finding(
            code="paper-not-accepted",
            severity="warning",
            sentence=sentence,
            sessions=codes(s.code for s in sessions),
            papers=(paper.code,),
        )


def number_in_session(case: Case) -> Iterator[Finding]:
    least, most = case.rules.papers_per_session
    for session in case.on:
        n = len(session.turns)
        if session.kind is not SessionKind.PAPERS or (least <= n and (n <= most or not most)):
            continue
        words = {"session": case.session(session), "n": n, "least": least, "most": most}
        if n == 0:
            sentence = _("%(session)s has no papers yet.") % words
        elif n < least:
            sentence = ngettext(
                "%(session)s has %(n)d paper; %(least)d at least are wanted.",
                "%(session)s has %(n)d papers; %(least)d at least are wanted.",
                n,
            ) % words  # fmt: skip
        else:
            sentence = _("%(session)s has %(n)d papers; %(most)d at most are wanted.") % words
        yield Finding(
            code="papers-per-session",
            severity="warning",
            sentence=sentence,
            sessions=(session.code,),
            papers=codes(turn.paper for turn in session.turns),
        )


def number_of_person(case: Case) -> Iterator[Finding]:
    """People who present more papers than the house allows."""
    most = case.rules.papers_per_person
    presented: dict[str, list[Paper]] = defaultdict(list)
    for paper in case.programme.papers if most else ():
        if paper.status is PaperStatus.ACCEPTED:
            for person in dict.fromkeys(case.held.presenters(paper)):
                presented[person].append(paper)
    for person, papers in presented.items():
        if len(papers) > most:
            words = {"who": case.person(person), "n": len(papers), "most": most}
            words["titles"] = titles(p.title for p in papers)
            yield Finding(
                code="papers-per-person",
                severity="warning",
                sentence=_("%(who)s presents %(n)d papers, more than %(most)d: %(titles)s.") % words,
                papers=codes(p.code for p in papers),
                people=(person,),
            )


def without_chair(case: Case) -> Iterator[Finding]:
    """Sessions of papers with no chair of their own or of their panel: one finding a panel."""
    for panel, sessions in _lacking(case, Role.CHAIR, Role.MODERATOR) if case.rules.chair_required else ():
        words = _group_words(case, panel, sessions)
        if panel:
            sentence = ngettext(
                "Panel %(panel)s has no chair, nor has its session: %(sessions)s.",
                "Panel %(panel)s has no chair, nor have %(n)d of its sessions: %(sessions)s.",
                len(sessions),
            ) % words  # fmt: skip
        else:
            sentence = _("%(sessions)s has no chair.") % words
        yield _about_group(case, "no-chair", sentence, panel, sessions)


def without_discussant(case: Case) -> Iterator[Finding]:
    """The same of discussants, who may also be a paper's own; only where the house requires one."""
    for panel, sessions in _lacking(case, Role.DISCUSSANT) if case.rules.discussant_required else ():
        words = _group_words(case, panel, sessions)
        if panel:
            sentence = ngettext(
                "Panel %(panel)s has no discussant, nor has its session: %(sessions)s.",
                "Panel %(panel)s has no discussant, nor have %(n)d of its sessions: %(sessions)s.",
                len(sessions),
            ) % words  # fmt: skip
        else:
            sentence = _("%(sessions)s has no discussant.") % words
        yield _about_group(case, "no-discussant", sentence, panel, sessions)


def _lacking(case: Case, *roles: Role) -> Iterator[tuple[str, list[Session]]]:
    """Sessions of papers in which nobody has any of the roles: together by panel, singly without one."""
    found: dict[str, list[Session]] = defaultdict(list)
    for session in case.on:
        if session.kind is SessionKind.PAPERS and not any(part.role in roles for part in _all_parts(case, session)):
            found[session.panel].append(session)
    for panel, sessions in found.items():
        if panel in case.held.panels:
            yield panel, sessions
        else:
            yield from (("", [session]) for session in sessions)


def _all_parts(case: Case, session: Session) -> Iterator[Part]:
    panel = case.held.panels.get(session.panel)
    yield from case.held.parts_in(session)
    yield from panel.parts if panel else ()


def _group_words(case: Case, panel: str, sessions: Sequence[Session]) -> dict[str, object]:
    return {
        "panel": _panel(case, panel),
        "n": len(sessions),
        "sessions": some([case.session(session) for session in sessions]),
    }


def _about_group(case: Case, code: str, sentence: str, panel: str, sessions: Sequence[Session]) -> Finding:
    return Finding(
        code=code,
        severity="warning",
        sentence=sentence,
        sessions=codes(session.code for session in sessions),
        panels=codes((panel,)),
    )


def _panel(case: Case, code: str) -> str:
    """`P12 “Trust in public services”`"""
    panel = case.held.panels.get(code)
    return f"{panel.code} {wording.quoted(panel.title)}" if panel else code
