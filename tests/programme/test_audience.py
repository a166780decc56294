"""Who belongs to a group, and with whom an address is kept."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from events_app.programme.audience import Group, people_in, reached
from events_app.programme.model import PaperStatus
from events_app.programme.planning import Answer, Contact, Planning
from events_app.reading import Draft

from ..conference import PAPERS, PROGRAMME

DRAFT = Draft(programme=PROGRAMME, planning=Planning(), revision=1)


def codes(group: Group, code: str = "", draft: Draft = DRAFT) -> list[str]:
    return [person.code for person in people_in(draft, group, code)]


@pytest.mark.parametrize(
    ("group", "code", "people"),
    [
        ("everybody", "", ["alice-adler", "bob-baker", "eve-ito", "charlie-khan", "charlie-khan-2", "dana-osei"]),
        ("speakers", "", ["bob-baker", "eve-ito", "charlie-khan-2", "dana-osei"]),
        ("chairs", "", ["alice-adler"]),
        ("authors", "", ["alice-adler", "bob-baker", "eve-ito", "charlie-khan", "charlie-khan-2"]),
        ("hosts", "", ["dana-osei"]),
        ("panels", "P1", ["alice-adler", "bob-baker", "eve-ito", "charlie-khan", "charlie-khan-2"]),
        ("tracks", "trust", ["alice-adler", "bob-baker", "eve-ito", "charlie-khan", "charlie-khan-2"]),
        ("tracks", "care", ["alice-adler", "eve-ito"]),
        ("sessions", "P1-1", ["alice-adler", "bob-baker", "charlie-khan", "charlie-khan-2"]),
        ("sessions", "L1", []),
        ("panels", "nothing", []),
        ("sessions", "", []),
    ],
)
def test_a_group_is_whoever_has_that_part_there_in_the_order_of_an_index(
    group: str, code: str, people: list[str]
) -> None:
    assert codes(Group(group), code) == people


def test_papers_that_are_withdrawn_or_in_reserve_make_nobody_an_author_or_a_speaker() -> None:
    papers = tuple(replace(paper, status=PaperStatus.WITHDRAWN) for paper in PAPERS)
    draft = replace(DRAFT, programme=replace(PROGRAMME, papers=papers))
    assert codes(Group.AUTHORS, draft=draft) == []
    assert codes(Group.SPEAKERS, draft=draft) == ["bob-baker", "eve-ito", "dana-osei"]


def test_who_has_answered_for_everything_is_not_among_those_who_have_not() -> None:
    answers = (Answer(person="eve-ito", noun="sessions", code="D2", comes=True),
               Answer(person="eve-ito", noun="papers", code="T3", comes=False))  # fmt: skip
    draft = replace(DRAFT, planning=Planning(answers=answers))
    assert set(codes(Group.UNANSWERED)) - set(codes(Group.UNANSWERED, draft=draft)) == {"eve-ito"}
    assert "eve-ito" in codes(Group.MISSING, draft=draft)  # she has no biography


def test_people_without_an_address_are_told_apart() -> None:
    planning = Planning(contacts=(Contact(person="bob-baker", email="bob@example.org"), Contact(person="eve-ito")))
    found = reached(people_in(DRAFT, Group.SPEAKERS), planning)
    assert [person.code for person in found.with_address] == ["bob-baker"]
    assert [person.code for person in found.without] == ["eve-ito", "charlie-khan-2", "dana-osei"]
