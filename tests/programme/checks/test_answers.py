"""What people have said, held against the programme."""

from __future__ import annotations

import pytest

from events_app.programme.checks.finding import Case
from events_app.programme.clashes import findings
from events_app.programme.model import PaperStatus, Part, Programme, Role, Turn
from events_app.programme.planning import Answer, Planning
from events_app.programme.remedies import remedies

from ...conference import PROGRAMME
from ..edits import edited

CODES = ("comes-not", "paper-withdrawn")


def no(person: str, noun: str, code: str) -> Planning:
    return Planning(answers=(Answer(person=person, noun=noun, code=code, comes=False, reason="Ill"),))


def found(programme: Programme, planning: Planning) -> list[str]:
    return [f"{f.severity}: {f.sentence}" for f in findings(programme, planning) if f.code in CODES]


def offered(programme: Programme, planning: Planning) -> dict[str, object]:
    case = Case(programme, planning)
    return {
        remedy.sentence: remedy.changes[0][2]
        for finding in findings(programme, planning)
        if finding.code in CODES
        for remedy in remedies(case, finding)
    }


@pytest.mark.parametrize(
    ("planning", "what"),
    [
        (no("bob-baker", "sessions", "K1"), "“Opening keynote” (Sat 25 March, 09:00–10:00, Aula)"),
        (
            no("bob-baker", "papers", "T1"),
            "“Letting go of the controls” in “Trust in public services (1)” (Sat 25 March, 10:30–12:00, Room B)",
        ),
    ],
)
def test_who_does_not_come_and_is_still_named_is_an_error(planning: Planning, what: str) -> None:
    said = f"error: Bob Baker has said that they do not come for {what}, and is still named there."
    assert found(PROGRAMME, planning) == [said]


def test_a_host_who_does_not_come_is_told_too() -> None:
    (said,) = found(PROGRAMME, no("dana-osei", "showcases", "dadz"))
    assert "do not come for “Salford Dadz”" in said


@pytest.mark.parametrize(
    ("person", "noun", "code"),
    [
        ("eve-ito", "sessions", "K1"),  # has no part there any more
        ("charlie-khan", "papers", "T1"),  # an author who does not present
        ("bob-baker", "papers", "T4"),  # in reserve
        ("bob-baker", "sessions", "gone"),
        ("nobody", "sessions", "K1"),
    ],
)
def test_whoever_is_not_counted_on_may_stay_away(person: str, noun: str, code: str) -> None:
    assert found(PROGRAMME, no(person, noun, code)) == []


def test_who_comes_is_no_finding() -> None:
    coming = Answer(person="bob-baker", noun="sessions", code="K1", comes=True)
    assert found(PROGRAMME, Planning(answers=(coming,))) == []


def test_a_cancelled_session_counts_on_nobody() -> None:
    assert found(edited(PROGRAMME, "sessions", "K1", cancelled=True), no("bob-baker", "sessions", "K1")) == []


def test_a_withdrawn_paper_with_a_turn_is_one_error_and_not_called_a_reserve() -> None:
    programme = edited(PROGRAMME, "papers", "T1", status=PaperStatus.WITHDRAWN)
    codes = (*CODES, "paper-not-accepted", "paper-nowhere")
    said = [f.sentence for f in findings(programme) if f.code in codes and "T1" in f.papers]
    assert said == [
        "“Letting go of the controls” is withdrawn, but still has a turn in “Trust in public services (1)” "
        "(Sat 25 March, 10:30–12:00, Room B)."
    ]


def test_the_turn_of_a_withdrawn_paper_can_be_taken_out() -> None:
    programme = edited(PROGRAMME, "papers", "T1", status=PaperStatus.WITHDRAWN)
    (after,) = offered(programme, Planning()).values()
    assert after.turns == (Turn(paper="T2", minutes=20),)  # type: ignore[attr-defined]


def test_who_does_not_come_can_be_taken_out_or_have_a_co_author_present() -> None:
    (after,) = offered(PROGRAMME, no("bob-baker", "sessions", "K1")).values()
    assert after.parts == ()  # type: ignore[attr-defined]
    ((sentence, after),) = offered(PROGRAMME, no("bob-baker", "papers", "T1")).items()
    assert sentence == "Let Charlie Khan (City Council) present “Letting go of the controls”"
    assert after.parts[-1] == Part(person="charlie-khan", role=Role.PRESENTER)  # type: ignore[attr-defined]
