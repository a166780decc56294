"""What chairs may arrange, whatever a form says: their panel's turns, presenters and discussants, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from events_app import reading
from events_app.editing import Conflict, put
from events_app.editing.panels import NotOfThePanel, arrange, reply
from events_app.programme.model import Paper, PaperStatus, Part, Role, Turn
from events_app.programme.planning import Contact, Rules
from tests.conference import BOB, DADZ, P1, PAPERS, SESSIONS, at, paper

SLUG, BY = "small-2028", "alice@example.org"
K1, S1, S2 = SESSIONS[0], SESSIONS[1], SESSIONS[6]
T1, T2, T3, T4, T5 = PAPERS
ZOE = replace(BOB, code="zoe", name="Zoe")
DISCUSSANT = Part(person="zoe", role=Role.DISCUSSANT)


def with_eve(role: Role) -> Paper:
    return replace(T1, parts=(*T1.parts, Part(person="eve-ito", role=role)))


ALLOWED: dict[str, list[tuple[Any, Any]]] = {
    "papers in another order, with other minutes": [(S1, replace(S1, turns=S1.turns[::-1]))],
    "a paper of theirs gets a turn": [(S1, replace(S1, turns=(*S1.turns, Turn(paper="T3"))))],
    "no paper has a turn": [(S1, replace(S1, turns=()))],
    "a discussant who is new": [(S1, replace(S1, parts=(*S1.parts, DISCUSSANT))), (None, ZOE)],
    "a paper is tabled": [(T1, replace(T1, status=PaperStatus.TABLED))],
    "another author presents": [(T1, replace(T1, parts=(*T1.parts, Part(person="charlie-khan", role=Role.PRESENTER))))],
}

REFUSED: dict[str, list[tuple[Any, Any]]] = {
    "another time": [(S1, replace(S1, starts=at(26, 9)))],
    "another room": [(S1, replace(S1, room="aula"))],
    "another length": [(S1, replace(S1, minutes=120))],
    "another title": [(S1, replace(S1, title="Mine"))],
    "a session goes to another panel": [(S1, replace(S1, panel=""))],
    "a session is cancelled": [(S1, replace(S1, cancelled=True))],
    "a session is taken away": [(S1, None)],
    "another chair": [(S1, replace(S1, parts=(Part(person="bob-baker", role=Role.CHAIR),)))],
    "a session that is not theirs": [(K1, replace(K1, turns=(Turn(paper="T1"),)))],
    "a paper of another panel gets a turn": [(S1, replace(S1, turns=(*S1.turns, Turn(paper="O1"))))],
    "a paper of another panel is tabled": [("O1", PaperStatus.TABLED)],
    "a paper is withdrawn": [(T1, replace(T1, status=PaperStatus.WITHDRAWN))],
    "a paper's title": [(T1, replace(T1, title="Mine"))],
    "a paper goes to another panel": [(T1, replace(T1, panel="P2"))],
    "another author": [(T1, with_eve(Role.AUTHOR))],
    "somebody presents who is no author": [(T1, with_eve(Role.PRESENTER))],
    "somebody who is there already": [(BOB, replace(BOB, name="Mine"))],
    "the panel itself": [(P1, replace(P1, title="Mine"))],
    "an address": [(None, Contact(person="bob-baker", email="alice@example.org"))],
    "the rules of the house": [(Rules(), Rules(corrections_wait=True))],
    "a showcase": [(DADZ, replace(DADZ, title="Mine"))],
}  # fmt: skip

OTHER = replace(paper("O1", "Of others", "eve-ito"), panel="P2")


@pytest.fixture
async def panels(conference: str) -> None:
    """Another panel with a paper."""
    await put(SLUG, "panels", replace(P1, code="P2"), BY)
    await put(SLUG, "papers", OTHER, BY)


def key(value: Any) -> tuple[str, str]:
    kind = {"Session": "sessions", "Paper": "papers", "Person": "people", "Panel": "panels", "Contact": "contacts",
            "Rules": "rules", "Showcase": "showcases"}[type(value).__name__]  # fmt: skip
    return kind, getattr(value, "code", "") or getattr(value, "person", "") or SLUG


async def arranged(changes: list[tuple[Any, Any]]) -> None:
    changes = [(OTHER, replace(OTHER, status=b)) if a == "O1" else (a, b) for a, b in changes]
    wanted = {key(before or after): after for before, after in changes}
    seen = {key(before): before for before, _after in changes if before is not None}
    seen |= {("papers", known.code): known for known in (*PAPERS, OTHER)}
    await arrange(SLUG, "P1", wanted, BY, seen=seen)


@pytest.mark.parametrize("what", ALLOWED)
async def test_a_chair_may(panels: None, what: str) -> None:
    before = await reading.draft(SLUG)
    await arranged(ALLOWED[what])
    assert (await reading.draft(SLUG)).revision == before.revision + 1
    [line] = await reading.log(SLUG, 1)
    assert (line.who, line.what) == (BY, "correct")


@pytest.mark.parametrize("what", REFUSED)
async def test_a_chair_may_not(panels: None, what: str) -> None:
    before = await reading.draft(SLUG)
    with pytest.raises(NotOfThePanel):
        await arranged(REFUSED[what])
    assert await reading.draft(SLUG) == before


async def test_who_says_to_have_seen_what_was_never_there_changes_nothing(panels: None) -> None:
    """A forged form may call a session of others one of the panel."""
    before = await reading.draft(SLUG)
    forged = replace(K1, panel="P1")
    with pytest.raises(Conflict):
        await arrange(SLUG, "P1", {("sessions", "K1"): replace(forged, turns=(Turn(paper="T1"),))}, BY, seen={
            ("sessions", "K1"): forged, ("papers", "T1"): T1,
        })  # fmt: skip
    with pytest.raises(Conflict):
        await arrange(SLUG, "P1", {("people", "bob-baker"): ZOE}, BY, seen={})
    assert await reading.draft(SLUG) == before


async def test_each_panel_has_one_answer_in_its_place(panels: None) -> None:
    await put(SLUG, "showcases", replace(DADZ, panels=("P1", "P2")), BY)
    for panel, text in (("P1", "one"), ("P2", "two"), ("P1", "three")):
        [show] = (await reading.draft(SLUG)).programme.showcases
        await reply(SLUG, panel, show, text, BY)
    [show] = (await reading.draft(SLUG)).programme.showcases
    assert [(said.panel, said.text) for said in show.replies] == [("P1", "three"), ("P2", "two")]
    await reply(SLUG, "P1", show, "", BY)
    [show] = (await reading.draft(SLUG)).programme.showcases
    assert [(said.panel, said.text) for said in show.replies] == [("P2", "two")]


async def test_a_panel_answers_nobody_who_says_nothing_to_it(panels: None) -> None:
    with pytest.raises(NotOfThePanel):
        await reply(SLUG, "P2", DADZ, "Hello", BY)
