from __future__ import annotations

from msgspec.structs import replace

from events_app.programme.model import Part, Role
from events_app.programme.own import Own, names_at, own, people_of
from events_app.programme.planning import Contact, Planning

from ..conference import PROGRAMME, SESSIONS


def test_papers_are_their_authors_and_sessions_whoever_s_speaks_there() -> None:
    assert own(PROGRAMME, {"bob-baker"}) == Own(
        people=("bob-baker",),
        sessions=("K1",),
        papers=("T1", "T4"),
        attended=("K1", "P1-1"),
    )


def test_a_chair_has_their_panel_with_its_sessions_and_may_arrange_its_papers() -> None:
    alice = own(PROGRAMME, {"alice-adler"})
    assert alice.panels == ("P1",)
    assert set(alice.sessions) == {"P1-1", "P1-2", "D2"}
    assert alice.papers == ("T2",)
    assert alice.arranged_papers == ("T1", "T2", "T3", "T4", "T5")


def test_who_sits_on_a_podium_or_chairs_one_session_has_not_its_words() -> None:
    eve = own(PROGRAMME, {"eve-ito"})
    assert (eve.sessions, eve.papers, eve.attended) == ((), ("T3",), ("D2", "P1-2"))
    chair = replace(SESSIONS[0], parts=(Part(person="eve-ito", role=Role.CHAIR),))
    assert own(replace(PROGRAMME, sessions=(chair,)), {"eve-ito"}).sessions == ()


def test_a_showcase_is_everybody_s_who_is_named_there() -> None:
    assert own(PROGRAMME, {"dana-osei"}) == Own(
        people=("dana-osei",), sessions=("D1",), showcases=("dadz",), attended=("D1",)
    )


def test_somebody_who_was_entered_twice_has_what_is_either_s_once() -> None:
    both = own(PROGRAMME, {"charlie-khan", "charlie-khan-2"})
    assert both.people == ("charlie-khan", "charlie-khan-2")
    assert both.papers == ("T1", "T2", "T5")
    assert both.attended == ("P1-1",)


def test_nobody_has_nothing() -> None:
    assert own(PROGRAMME, ()) == own(PROGRAMME, {"nobody"}) == Own()


def test_an_address_belongs_to_all_with_whom_it_is_kept_and_no_address_to_nobody() -> None:
    planning = Planning(
        contacts=(
            Contact(person="bob-baker", email="Bob@Example.org "),
            Contact(person="alice-adler", email="bob@example.org"),
            Contact(person="eve-ito"),
        )
    )
    assert people_of(planning, "bob@example.org") == ("bob-baker", "alice-adler")
    assert people_of(planning, "") == ()


def test_an_address_is_everybody_s_with_whom_it_is_kept_and_each_name_is_said_once() -> None:
    codes = ("charlie-khan", "charlie-khan-2", "bob-baker")
    shared = Planning(contacts=tuple(Contact(person=code, email="us@example.org") for code in codes))
    assert names_at(PROGRAMME, shared, "us@example.org") == ("Bob Baker", "Charlie Khan")
    assert names_at(PROGRAMME, shared, "") == names_at(PROGRAMME, shared, "x@example.org") == ()
