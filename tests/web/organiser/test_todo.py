from __future__ import annotations

from urllib.parse import urlsplit

from msgspec.structs import replace

from events_app.programme.model import Programme
from events_app.programme.planning import Answer, Planning
from events_app.reading import Draft
from events_app.web.organiser.fields import World
from events_app.web.organiser.lists import listed, wished
from events_app.web.organiser.todo import goals
from tests.conference import EVENT, PROGRAMME, SESSIONS

ANSWERS = (
    Answer(person="bob-baker", noun="sessions", code="K1", comes=True),
    Answer(person="bob-baker", noun="papers", code="T1", comes=False),
    Answer(person="eve-ito", noun="papers", code="T3", comes=True),
)


def draft(programme: Programme) -> Draft:
    return Draft(programme=programme, planning=Planning(answers=ANSWERS), revision=1)


def test_each_goal_counts_exactly_what_its_list_shows() -> None:
    """The link and the number are two ways to say one thing."""
    given = draft(PROGRAMME)
    found = goals(World(given))
    assert len(found) > 6
    for goal in found:
        collection, _slash, _rest = goal.address.partition("/")
        shown = listed(given, collection, wished(urlsplit(goal.address).query))
        assert len(shown.found) == goal.left, goal
        assert goal.done + goal.left == goal.all
        assert goal.done >= 0


def test_who_has_said_no_has_answered_and_who_is_not_asked_does_not_count() -> None:
    (answered,) = [goal for goal in goals(World(draft(PROGRAMME))) if "whether they are coming" in goal.label]
    asked = {person.code for person in listed(draft(PROGRAMME), "people", wished("comes=asked")).found}
    silent = {person.code for person in listed(draft(PROGRAMME), "people", wished("comes=unsaid")).found}
    assert (answered.all, answered.left) == (len(asked), len(silent))
    assert "bob-baker" in asked - silent
    assert "eve-ito" in silent  # of T3 she has said so, of D2 she has not
    assert "charlie-khan" not in asked  # who only wrote


def test_what_the_event_has_none_of_is_no_goal() -> None:
    assert goals(World(draft(Programme(event=EVENT)))) == []
    labels = [goal.label for goal in goals(World(draft(replace(PROGRAMME, showcases=()))))]
    assert not [label for label in labels if "Showcases" in label]


def test_a_session_that_was_cancelled_is_not_left_to_do() -> None:
    gone = replace(SESSIONS[0], starts=None, cancelled=True)
    (placed,) = [
        goal
        for goal in goals(World(draft(Programme(event=EVENT, sessions=(SESSIONS[1], gone)))))
        if "time" in goal.label
    ]
    assert (placed.left, placed.all) == (0, 1)
