"""Every noun as its form shows it: nothing is lost on the way there and back."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from events_app.programme.model import COLLECTIONS, Staffing
from events_app.programme.planning import Availability, Contact, Expected, Needs, Planning
from events_app.reading import Draft
from events_app.web.forms import filled, read
from events_app.web.organiser import sheets
from events_app.web.organiser.fields import World, fields
from events_app.web.organiser.naming import proposed
from tests.conference import DADZ, PROGRAMME, at

PLANNING = Planning(
    contacts=(Contact(person="bob-baker", email="bob@example.org", gender="man"),),
    availability=(
        Availability(person="bob-baker", starts=at(25, 9), ends=at(25, 12)),
        Availability(person="eve-ito", starts=at(25, 9), ends=at(25, 12), can=True),
    ),
    expected=(Expected(session="K1", people=120),),
    needs=(Needs(showcase="dadz", power=True, listed=False, notes="Near a socket"),),
)
DRAFT = Draft(programme=PROGRAMME, planning=PLANNING, revision=1)
EVERY = [(name, noun.code) for name in COLLECTIONS for noun in getattr(PROGRAMME, name)]


@pytest.mark.parametrize(("collection", "code"), EVERY)
@pytest.mark.parametrize("new", [False, True])
def test_a_form_sent_back_as_it_came_changes_nothing(collection: str, code: str, new: bool) -> None:
    given = fields(collection, World(DRAFT))
    seen = sheets.things(DRAFT, collection, code)
    held = sheets.values(collection, seen)
    values, wrong = read(given, filled(given, held), None if new else held)
    assert wrong == {}
    assert {name: held[name] for name in values} == values
    assert sheets.wanted(collection, code, seen, held | values) == {}


@pytest.mark.parametrize(("collection", "code"), EVERY)
def test_what_a_form_carries_of_what_was_seen_is_understood(collection: str, code: str) -> None:
    seen = sheets.things(DRAFT, collection, code)
    assert sheets.understood(sheets.written(seen)) == seen


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"sessions": {"K1": {"code": 1}}}', '{"secrets": {"a": {}}}', '{"people": 1}']
)
def test_what_is_no_such_thing_is_not_understood(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 — whatever it says, it is for us alone
        sheets.understood(text)


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_field_of_every_noun_can_be_changed(collection: str) -> None:
    shown = {field.name for field in fields(collection, World(DRAFT))}
    elsewhere = {
        "sessions": {"turns", "files"},
        "papers": {"files"},
        "people": {"picture"},
        "showcases": {"pictures", "replies"},  # a panel's chairs answer
    }
    kept_back = {"code", "source"} | elsewhere.get(collection, set())
    planned = sheets.values(collection, {}).keys()
    assert planned - shown == kept_back


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_label_is_a_word_of_its_own(collection: str) -> None:
    labels = [field.label for field in fields(collection, World(DRAFT))]
    assert sorted(set(labels)) == sorted(labels)


def held(collection: str, code: str, **changes: Any) -> Any:
    seen = sheets.things(DRAFT, collection, code)
    return sheets.wanted(collection, code, seen, sheets.values(collection, seen) | changes)


def test_only_what_differs_is_to_be_written() -> None:
    assert held("people", "bob-baker", email="b@example.org") == {
        ("contacts", "bob-baker"): Contact(person="bob-baker", email="b@example.org", gender="man")
    }


def test_hours_that_are_struck_out_go_and_new_ones_come() -> None:
    later = Availability(person="", starts=at(26, 9), ends=at(26, 12), can=True)
    changed = held("people", "bob-baker", availability=(later,))
    assert sorted(value is None for value in changed.values()) == [False, True]
    assert msgspec.structs.replace(later, person="bob-baker") in changed.values()


def test_a_plan_that_says_nothing_any_more_goes() -> None:
    assert held("sessions", "K1", people=0) == {("expected", "K1"): None}


def test_a_plan_that_said_nothing_is_not_made() -> None:
    assert held("people", "alice-adler", name="A").keys() == {("people", "alice-adler")}


def test_new_staffed_hours_get_a_code_of_their_own_and_old_ones_keep_theirs() -> None:
    new = Staffing(code="", starts=at(26, 12), ends=at(26, 13))
    changed = held("showcases", "dadz", staffing=(*DADZ.staffing, new, new))
    codes = [hours.code for hours in changed["showcases", "dadz"].staffing]
    assert codes == ["a", "b", "26-1200", "26-1200-2"]


def test_a_code_is_made_of_the_name_and_is_nobody_elses() -> None:
    taken = [person.code for person in PROGRAMME.people]
    assert proposed("people", "Bob Baker", taken) == "bob-baker-2"
    assert proposed("people", "Zoë Łuk", taken) == "zoe-luk"
    assert proposed("tracks", "New", []) == "new"
    assert proposed("people", "伊藤", taken).startswith("people-")
