from __future__ import annotations

from events_app.intake.codes import Codes, event_uid, fit, slug
from events_app.intake.names import sorts_as


def test_a_slug_keeps_letters_and_figures() -> None:
    assert slug("Dana Oṣei-Łukasz & Søn") == "dana-osei-lukasz-and-son"
    assert slug("伊藤") == ""
    assert slug("a word " * 20) == "-".join(["a-word"] * 8) + "-a"


def test_a_given_code_is_made_fit_for_an_address() -> None:
    assert fit("P 12/ä") == "P-12-a"
    assert fit("..") == ""
    assert fit("a.b_c-D") == "a.b_c-D"


def test_nobody_shares_a_code_even_in_other_case() -> None:
    codes = Codes("person")
    assert [codes.give("", "Ada Lovelace") for _ in range(3)] == ["ada-lovelace", "ada-lovelace-2", "ada-lovelace-3"]
    assert codes.give("ADA-Lovelace-2") == "ADA-Lovelace-2-2"


def test_a_name_that_cannot_be_spelt_gets_a_code_that_stays() -> None:
    assert Codes("person").give("", "伊藤") == Codes("person").give("", "伊藤")
    assert Codes("person").give("", "伊藤").startswith("person-")


def test_an_event_of_one_slug_has_one_uid() -> None:
    assert event_uid("small-2028") == event_uid("small-2028") != event_uid("small-2029")


def test_names_are_ordered_by_the_family_name() -> None:
    assert sorts_as("Clare Short") == "Short, Clare"
    assert sorts_as("Geraldine de Bastion") == "de Bastion, Geraldine"
    assert sorts_as("Jan van der Berg (Lund)") == "van der Berg, Jan"
    assert sorts_as("Martin King Jr.") == "King, Martin"
    assert sorts_as("erdgeist") == "erdgeist"
