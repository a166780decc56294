"""Papers in their turns: what a form says of the order of papers, and what is to become of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from ...language import gettext as _
from ...programme.model import Paper, PaperStatus, Part, Person, Role, Session, Turn, Value
from ..forms import Entries, Wrong
from ..forms.inputs import Number
from .fields import World
from .workspace import one

SEVERAL = "*"
"""Stands for more presenters than one: they are left as they are."""

NOWHERE = ""
"""Stands for the session of a paper that has no turn in any."""

Key = tuple[str, str]


class Given(NamedTuple):
    """A paper as it is given in a session: its turn, when that begins, for how long, and by whom."""

    turn: Turn
    paper: Paper
    starts: datetime | None
    minutes: int
    authors: list[Person]
    presenter: str


class Row(NamedTuple):
    """What a form says of one paper: its session, its minutes there, who presents, and where it is to go."""

    paper: str
    session: str
    minutes: int
    presenter: str
    to: str


def given(world: World, session: Session) -> list[Given]:
    turns = [turn for turn in session.turns if turn.paper in world.look.papers]
    return [
        Given(turn, paper, starts, minutes, authors_of(world, paper), presenter_of(paper))
        for turn, (paper, starts, minutes) in zip(turns, world.look.turns(session), strict=True)
    ]


def authors_of(world: World, paper: Paper) -> list[Person]:
    """Everybody who has a part in it, each once."""
    people = world.look.people
    return [people[code] for code in dict.fromkeys(part.person for part in paper.parts) if code in people]


def presenter_of(paper: Paper) -> str:
    """Who is named as presenter: nobody, one, or `SEVERAL`."""
    named = presenters(paper)
    return SEVERAL if len(named) > 1 else next(iter(named), "")


def presenters(paper: Paper) -> list[str]:
    return [part.person for part in paper.parts if part.role is Role.PRESENTER]


def typed(form: Entries, wrong: Wrong, *, session: str = NOWHERE) -> list[Row]:
    """The rows as they stand, each in the session that it says, or in this one where none says any."""
    length = Number(most=7 * 24 * 60)
    found = []
    for n, paper in enumerate(form.get("paper", [])):
        minutes = length.read("minutes", {"minutes": _nth(form, "minutes", n)}, mine := Wrong())
        if mine:
            wrong.say(f"minutes-{paper}", mine["minutes"])
        held = _nth(form, "session", n)[0] if "session" in form else session
        found.append(Row(paper, held, minutes or 0, _nth(form, "presenter", n)[0], _nth(form, "to", n)[0]))
    return found


def minutes_typed(form: Entries) -> dict[str, str]:
    """What stands in the minutes of each paper."""
    return dict(zip(form.get("paper", []), form.get("minutes", []), strict=False))


def _nth(form: Entries, name: str, n: int) -> list[str]:
    return form.get(name, [])[n : n + 1] or [""]


def arranged(
    world: World, sessions: Mapping[str, Session], rows: Sequence[Row], form: Entries, wrong: Wrong
) -> dict[Key, Value | None]:
    """These sessions and the papers of the rows as they are to be, after what the button says.

    A button is `up`, `down`, `out`, `table`, `reserve`, `accept` or `to` (to the session that the row names), with the
    number of its row.
    """
    known = world.look.papers
    wanted: dict[Key, Value | None] = {
        ("papers", row.paper): _presented(known[row.paper], row.presenter) for row in rows if row.paper in known
    }
    rows = list(rows)
    act, _colon, text = one(form, "do").partition(":")
    n = int(text) if text.isdecimal() and int(text) < len(rows) else -1
    other = n + {"up": -1, "down": 1}.get(act, 0)
    if act in ("up", "down") and n >= 0 and 0 <= other < len(rows) and rows[n].session == rows[other].session:
        rows[n], rows[other] = rows[other], rows[n]
    elif act in ("out", "table", "reserve", "accept", "to") and n >= 0:
        wanted |= _elsewhere(world, sessions, rows, n, act, wanted, wrong)
    for code, session in sessions.items():
        turns = tuple(Turn(paper=row.paper, minutes=row.minutes) for row in rows if row.session == code)
        wanted["sessions", code] = msgspec.structs.replace(session, turns=turns)
    return wanted


def discussed(world: World, session: Session, name: str, form: Entries, wrong: Wrong) -> tuple[Part, ...]:
    """The session's people, with the discussant who was typed into this control; several are left as they are."""
    now = [part for part in session.parts if part.role is Role.DISCUSSANT]
    if len(now) > 1 or name not in form:
        return session.parts
    text = one(form, name).strip()
    code = world.somebody.read(name, form, wrong) if text else ""
    if not code and not text:
        return tuple(part for part in session.parts if part not in now)
    if now and now[0].person == code:
        return session.parts
    part = Part(person=code or "", role=Role.DISCUSSANT)
    return (*(other for other in session.parts if other not in now), part)


def _presented(paper: Paper, presenter: str) -> Paper:
    """The paper with this presenter; "" names none, so that it is the first author."""
    named = presenters(paper)
    if presenter == SEVERAL or named == [presenter] or (not named and not presenter):
        return paper
    others = tuple(part for part in paper.parts if part.role is not Role.PRESENTER)
    added = (Part(person=presenter, role=Role.PRESENTER),) if presenter else ()
    return msgspec.structs.replace(paper, parts=others + added)


def _elsewhere(
    world: World,
    sessions: Mapping[str, Session],
    rows: list[Row],
    n: int,
    act: str,
    wanted: Mapping[Key, Value | None],
    wrong: Wrong,
) -> dict[Key, Value | None]:
    """Moves the row to where it goes; answers what becomes of its paper, and of a session that the form does not
    show. What waited or was tabled and is given a turn is accepted with it."""
    gone = rows[n]
    changed: dict[Key, Value | None] = {}
    status = {"table": PaperStatus.TABLED, "reserve": PaperStatus.RESERVE, "accept": PaperStatus.ACCEPTED}.get(act)
    if act == "to":
        target = world.look.sessions.get(gone.to)
        if target is None or target.code == gone.session:
            wrong.say("to", _("Choose the session to which the paper is to go."))
            return {}
        rows.append(rows.pop(n)._replace(session=target.code))
        if target.code not in sessions:
            turn = Turn(paper=gone.paper, minutes=gone.minutes)
            changed["sessions", target.code] = msgspec.structs.replace(target, turns=(*target.turns, turn))
        status = PaperStatus.ACCEPTED if gone.session == NOWHERE else None
    elif act != "accept":
        rows[n] = gone._replace(session=NOWHERE)
    paper = wanted.get(("papers", gone.paper))
    if status is not None and isinstance(paper, Paper):
        changed["papers", paper.code] = msgspec.structs.replace(paper, status=status)
    return changed
