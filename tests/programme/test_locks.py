from __future__ import annotations

from datetime import date

import msgspec
from msgspec.structs import replace

from events_app.programme.locks import divided, locked, value_of, with_value
from events_app.programme.model import Paper, Part, Role, Session
from events_app.programme.planning import Rules

from ..conference import PAPERS, SESSIONS

T2, K1 = PAPERS[1], SESSIONS[0]
BOB, ALICE = Part(person="bob-baker", role=Role.AUTHOR), Part(person="alice-adler", role=Role.AUTHOR)
EVERYTHING = frozenset({"title", "authors", "presenter"})


def test_a_field_is_locked_from_its_day_on() -> None:
    rules = Rules(title_locked=date(2028, 3, 2), presenter_locked=date(2028, 3, 1))
    assert locked(rules, date(2028, 2, 28)) == set()
    assert locked(rules, date(2028, 3, 1)) == {"presenter"}
    assert locked(rules, date(2028, 3, 2)) == {"presenter", "title"}
    assert locked(Rules(), date(2099, 1, 1)) == set()


def test_what_is_locked_is_asked_for_and_the_rest_is_allowed() -> None:
    wanted = replace(T2, title="New", abstract="New", parts=(ALICE, *T2.parts[:1], *T2.parts[2:]))
    allowed, asked = divided(T2, wanted, frozenset({"title"}))
    assert allowed == replace(wanted, title=T2.title)
    assert [(one.field, one.was, one.wanted) for one in asked] == [("title", '"What neighbours know"', '"New"')]
    allowed, asked = divided(T2, wanted, EVERYTHING)
    assert allowed == replace(T2, abstract="New")
    assert [one.field for one in asked] == ["title", "authors"]


def test_authors_and_presenters_are_locked_each_for_itself() -> None:
    other = replace(T2, parts=(*T2.parts[:2], Part(person="alice-adler", role=Role.PRESENTER)))
    assert divided(T2, other, frozenset({"authors"})) == (other, [])
    allowed, asked = divided(T2, other, frozenset({"presenter"}))
    assert allowed == T2
    assert [one.field for one in asked] == ["presenter"]


def test_what_was_asked_for_can_be_put_in_place_later() -> None:
    wanted = replace(T2, title="New", parts=(ALICE, BOB, Part(person="bob-baker", role=Role.PRESENTER)))
    _, asked = divided(T2, wanted, EVERYTHING)
    made: Paper | Session = T2
    for one in asked:
        made = with_value(made, one.field, one.wanted)
    assert made == wanted
    for one in asked:
        made = with_value(made, one.field, one.was)
    assert made == T2


def test_discussants_are_nobody_s_lock() -> None:
    discussant = Part(person="eve-ito", role=Role.DISCUSSANT)
    made = with_value(replace(T2, parts=(*T2.parts, discussant)), "authors", msgspec.json.encode([BOB]).decode())
    assert made == replace(T2, parts=(BOB, T2.parts[2], discussant))


def test_of_a_session_only_the_title_can_be_locked() -> None:
    wanted = replace(K1, title="New", parts=())
    allowed, asked = divided(K1, wanted, EVERYTHING)
    assert allowed == replace(K1, parts=())
    assert [one.field for one in asked] == ["title"]
    assert value_of(K1, "authors") == "[]"
    assert with_value(K1, "authors", "[]") == K1


def test_other_authors_first_do_not_change_who_presents_while_that_is_locked() -> None:
    unnamed = replace(T2, parts=(BOB, ALICE))
    allowed, asked = divided(unnamed, replace(unnamed, parts=(ALICE, BOB)), frozenset({"presenter"}))
    assert allowed == replace(unnamed, parts=(ALICE, BOB, replace(BOB, role=Role.PRESENTER)))
    assert asked == []
    assert divided(unnamed, unnamed, frozenset({"presenter"})) == (unnamed, [])
