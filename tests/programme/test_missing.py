from __future__ import annotations

from typing import NamedTuple

from events_app.programme.missing import missing, unanswered
from events_app.programme.model import Attachment, PaperStatus, Picture, Programme
from events_app.programme.planning import Answer, Planning, Wishes
from tests.conference import PROGRAMME
from tests.programme.edits import edited

SLIDES = Attachment(key="0", name="slides.pdf", media="application/pdf", size=1)


class World(NamedTuple):
    programme: Programme = PROGRAMME
    planning: Planning = Planning()


def comes(person: str, noun: str, code: str) -> Answer:
    return Answer(person=person, noun=noun, code=code, comes=True)


def test_all_that_only_they_can_say_is_missing_at_first() -> None:
    assert missing(World(), "bob-baker") == (
        "You have not said yet whether you are coming for “Opening keynote”.",
        "You have not said yet whether you are coming for “Letting go of the controls”.",
        "“Letting go of the controls” has no slides yet.",
        "You have not said yet whether you may be recorded.",
        "You have not said yet whether you may be photographed.",
    )


def test_nothing_is_missing_when_all_is_said() -> None:
    said = Planning(
        answers=(comes("bob-baker", "sessions", "K1"), comes("bob-baker", "papers", "T1")),
        wishes=(Wishes(person="bob-baker", recorded=False, photographed=True),),
    )
    assert missing(World(edited(PROGRAMME, "papers", "T1", files=(SLIDES,)), said), "bob-baker") == ()


def test_an_answer_no_is_an_answer() -> None:
    no = Answer(person="bob-baker", noun="sessions", code="K1", comes=False)
    assert unanswered(World(planning=Planning(answers=(no,))), "bob-baker") == [("papers", "T1")]


def test_who_only_wrote_need_not_say_whether_they_come_nor_bring_slides() -> None:
    assert unanswered(World(), "charlie-khan") == []
    assert "“On the table” has no abstract yet." in missing(World(), "charlie-khan")
    assert not any("slides" in sentence for sentence in missing(World(), "charlie-khan"))


def test_of_a_paper_that_was_withdrawn_nothing_is_missing() -> None:
    programme = edited(PROGRAMME, "papers", "T3", status=PaperStatus.WITHDRAWN, abstract="")
    assert not any("Rulebooks" in sentence for sentence in missing(World(programme), "eve-ito"))


def test_pictures_want_words_for_those_who_cannot_see_them() -> None:
    picture = Picture(key="0", width=1, height=1)
    programme = edited(PROGRAMME, "people", "bob-baker", picture=picture)
    assert "Your photograph has no description for those who cannot see it." in missing(World(programme), "bob-baker")
    programme = edited(PROGRAMME, "showcases", "dadz", pictures=(picture,))
    sentence = "Pictures of “Salford Dadz” have no description for those who cannot see them."
    assert sentence in missing(World(programme), "dana-osei")


def test_nothing_is_missing_of_somebody_who_has_no_part_or_is_not_there() -> None:
    assert missing(World(edited(PROGRAMME, "showcases", "dadz", parts=())), "nobody") == ()
