from __future__ import annotations

from urllib.parse import urlsplit

from msgspec.structs import replace

from events_app.programme.model import Programme
from events_app.programme.planning import Planning
from events_app.reading import Draft
from events_app.web.organiser.fields import World
from events_app.web.organiser.lists import listed, wished
from events_app.web.organiser.todo import goals
from tests.conference import EVENT, PROGRAMME, SESSIONS


def draft(programme: Programme) -> Draft:
    return Draft(programme=programme, planning=Planning(), revision=1)


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
