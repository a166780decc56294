"""A panel as its chairs see it: its sessions at their published times, its papers, and how far everybody is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from ...language import gettext as _
from ...programme.lookup import Index, index
from ...programme.model import Panel, Paper, PaperStatus, Person, Programme, Role, Session, Showcase, Turn
from ...programme.planning import Planning
from ..organiser.fields import World, status_name
from ..organiser.turns import NOWHERE, SEVERAL, Row, authors_of, presenter_of

COMES, COMES_NOT, SILENT = "comes", "comes-not", "silent"
"""What somebody has answered, or that they have not."""

_NEVER = datetime.max.replace(tzinfo=UTC)


class Mark(NamedTuple):
    """How far a paper is in one respect. `tone` is "good", "open" or "bad"."""

    tone: str
    text: str


class Seat(NamedTuple):
    """A paper in its place, with the number of its row in the form. `session` is empty where it has no turn; `ours`:
    it is the panel's own."""

    n: int
    session: str
    turn: Turn
    paper: Paper
    starts: datetime | None
    minutes: int
    authors: list[Person]
    presenter: str
    marks: tuple[Mark, ...]
    status: str
    ours: bool


class Block(NamedTuple):
    """A session with its papers. `draft` is as it stands, `session` at the time at which it is published, `public` as
    everybody sees it, if they do; `same`: in this order. `taken` are the minutes that its papers have."""

    draft: Session
    session: Session
    public: Session | None
    same: bool
    seats: list[Seat]
    taken: int
    chairs: list[str]
    discussants: list[str]


class Answers:
    """Who has said whether they come, and for what."""

    def __init__(self, planning: Planning) -> None:
        self._said = {(said.person, said.noun, said.code): said.comes for said in planning.answers}

    def of(self, person: str, noun: str, code: str) -> str:
        said = self._said.get((person, noun, code))
        return SILENT if said is None else COMES if said else COMES_NOT


def sessions_of(programme: Programme, public: Programme | None, panel: str) -> list[Session]:
    """The panel's sessions, by their published times; those that have none last, in the draft's order."""
    known = index(public).sessions if public else {}
    found = [session for session in programme.sessions if session.panel == panel]
    times = {s.code: known[s.code].starts for s in found if s.code in known}
    return sorted(found, key=lambda s: times.get(s.code) or _NEVER)


def papers_of(look: Index, panel: str) -> list[Paper]:
    return look.panel_papers.get(panel, [])


def blocks(
    world: World, public: Programme | None, panel: str, rows: Sequence[Row] | None = None
) -> tuple[list[Block], list[Seat]]:
    """The panel's sessions with their papers, and its papers that have no turn. `rows`: as a form has them that could
    not be taken."""
    answers, known = Answers(world.planning), index(public).sessions if public else {}
    found: list[Block] = []
    n = 0
    for session in sessions_of(world.programme, public, panel):
        shown = _typed_over(session, rows)
        block = _block(world, shown, known.get(session.code), panel, answers, n)
        found.append(_presented(block._replace(draft=session), rows))
        n += len(block.seats)
    placed = {seat.paper.code for block in found for seat in block.seats}
    waiting = [
        paper
        for paper in papers_of(world.look, panel)
        if paper.code not in placed
        and all(session.panel == panel for session in world.look.sessions_of_paper.get(paper.code, ()))
    ]
    return found, [_seat(world, paper, panel, answers, n + i) for i, paper in enumerate(waiting)]


def showcases_of(programme: Programme, planning: Planning, panel: str) -> list[Showcase]:
    """Those that have something to say to the panel, and agreed to be listed."""
    unlisted = {needs.showcase for needs in planning.needs if not needs.listed}
    return [show for show in programme.showcases if panel in show.panels and show.code not in unlisted]


def reply_of(show: Showcase, panel: str) -> str:
    """What the panel has answered it."""
    return next((reply.text for reply in show.replies if reply.panel == panel), "")


def people_of(look: Index, panel: Panel, sessions: Iterable[Session]) -> dict[str, list[Paper]]:
    """Everybody who has a part in the panel, its sessions or its papers, each with their papers. Who withdrew is none
    of them."""
    found: dict[str, list[Paper]] = {}
    for part in panel.parts:
        found.setdefault(part.person, [])
    for session in sessions:
        for part in session.parts:
            found.setdefault(part.person, [])
    for paper in papers_of(look, panel.code):
        if paper.status is not PaperStatus.WITHDRAWN:
            for part in paper.parts:
                theirs = found.setdefault(part.person, [])
                if paper not in theirs:
                    theirs.append(paper)
    return {code: papers for code, papers in found.items() if code in look.people}


def discussants(session: Session) -> list[str]:
    return [part.person for part in session.parts if part.role is Role.DISCUSSANT]


class Tallies(NamedTuple):
    """Of so many papers that are given, how many have somebody who comes, and lack slides or an abstract."""

    papers: int
    coming: int
    slides: int
    abstracts: int


def tallies(look: Index, planning: Planning, seats: Sequence[Seat]) -> Tallies:
    answers = Answers(planning)
    given = [seat.paper for seat in seats if seat.ours]
    coming = [p for p in given if any(answers.of(who, "papers", p.code) == COMES for who in look.presenters(p))]
    lacking = [p for p in given if not slides(p)]
    return Tallies(len(given), len(coming), len(lacking), len([p for p in given if not p.abstract.strip()]))


def slides(paper: Paper) -> bool:
    return bool(paper.files or paper.links)


def _typed_over(session: Session, rows: Sequence[Row] | None) -> Session:
    if rows is None:
        return session
    turns = tuple(Turn(paper=row.paper, minutes=row.minutes) for row in rows if row.session == session.code)
    return msgspec.structs.replace(session, turns=turns)


def _presented(block: Block, rows: Sequence[Row] | None) -> Block:
    chosen: Mapping[str, str] = {row.paper: row.presenter for row in rows or ()}
    seats = [seat._replace(presenter=chosen.get(seat.paper.code, seat.presenter)) for seat in block.seats]
    return block._replace(seats=seats)


def _block(world: World, session: Session, public: Session | None, panel: str, answers: Answers, first: int) -> Block:
    """With the times that the papers will have, if the session stays when the public sees it."""
    then = msgspec.structs.replace(
        session, starts=public.starts if public else None, minutes=public.minutes if public else session.minutes
    )
    turns = [turn for turn in then.turns if turn.paper in world.look.papers]
    seats = [
        _seat(world, paper, panel, answers, first + i, session.code, turn)._replace(starts=starts, minutes=minutes)
        for i, (turn, (paper, starts, minutes)) in enumerate(zip(turns, world.look.turns(then), strict=True))
    ]
    names = world.look.people
    return Block(
        draft=session,
        session=then,
        public=public,
        same=public is not None and public.turns == session.turns and discussants(public) == discussants(session),
        seats=seats,
        taken=sum(seat.minutes for seat in seats),
        chairs=[names[p.person].name for p in session.parts if p.role is Role.CHAIR and p.person in names],
        discussants=discussants(session),
    )


def _seat(
    world: World, paper: Paper, panel: str, answers: Answers, n: int, session: str = NOWHERE, turn: Turn | None = None
) -> Seat:
    ours = paper.panel == panel
    return Seat(
        n=n,
        session=session,
        turn=turn or Turn(paper=paper.code),
        paper=paper,
        starts=None,
        minutes=0,
        authors=authors_of(world, paper),
        presenter=presenter_of(paper) if ours else SEVERAL,
        marks=tuple(_marks(world.look, paper, answers)),
        status="" if paper.status is PaperStatus.ACCEPTED else status_name(paper.status),
        ours=ours,
    )


def _marks(look: Index, paper: Paper, answers: Answers) -> Iterable[Mark]:
    if paper.status is PaperStatus.WITHDRAWN:
        return
    for code in look.presenters(paper):
        name = look.people[code].name if code in look.people else code
        match answers.of(code, "papers", paper.code):
            case "comes":
                yield Mark("good", _("{name} is coming").format(name=name))
            case "comes-not":
                yield Mark("bad", _("{name} is not coming").format(name=name))
            case _:
                yield Mark("open", _("{name} has not answered").format(name=name))
    if not paper.abstract.strip():
        yield Mark("open", _("no abstract"))
    if paper.status is PaperStatus.ACCEPTED and not slides(paper):
        yield Mark("open", _("no slides yet"))
