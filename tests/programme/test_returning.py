from __future__ import annotations

from typing import cast

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from events_app.programme.changes import changes
from events_app.programme.model import COLLECTIONS, Noun, Panel, Paper, PaperStatus, Programme, Room, Session, Turn
from events_app.programme.planning import Planning
from events_app.programme.release import public, release
from events_app.programme.returning import returned
from tests.conference import EVENT, PROGRAMME, at
from tests.programme.edits import edited, with_more, without
from tests.programme.worlds import made_up

PLANNING = Planning()


def released(draft: Programme, previous: Programme | None = None) -> Programme:
    return release(draft, PLANNING, previous, at=at(1, 12), notes="", revision=1)


ONE = released(PROGRAMME)


def back(draft: Programme, version: Programme = ONE) -> Programme:
    """The draft after its return."""
    found = returned(draft, PLANNING, version)
    held: dict[str, tuple[Noun, ...]] = {}
    for name in COLLECTIONS:
        wanted = {code: cast("Noun | None", thing) for (kind, code), thing in found.items() if kind == name}
        stays = [wanted.pop(thing.code, thing) for thing in getattr(draft, name)]
        held[name] = tuple(thing for thing in (*stays, *wanted.values()) if thing)
    event = found.get(("event", draft.event.slug), draft.event)
    return msgspec.structs.replace(draft, event=event, **held)


def test_the_same_draft_needs_nothing() -> None:
    assert returned(PROGRAMME, PLANNING, ONE) == {}


def test_what_was_moved_reworded_cancelled_or_thrown_away_is_as_it_was() -> None:
    draft = edited(PROGRAMME, "sessions", "K1", starts=at(26, 8), room="foyer")
    draft = edited(draft, "sessions", "D2", cancelled=True)
    draft = edited(draft, "papers", "T1", title="Otherwise")
    draft = without(draft, "sessions", "L1")
    draft = msgspec.structs.replace(draft, event=msgspec.structs.replace(EVENT, name="Another name"))
    again = back(draft)
    assert changes(ONE, released(again)) == ()
    assert again.event == EVENT


def test_what_came_since_is_not_public_any_more_and_no_work_is_lost() -> None:
    draft = with_more(PROGRAMME, "sessions", Session(code="S9", title="New", starts=at(25, 16), room="tent"))
    draft = with_more(draft, "papers", Paper(code="T9", title="New", abstract="Much work", panel="P9"))
    draft = with_more(draft, "rooms", Room(code="tent", name="Tent"))
    draft = with_more(draft, "panels", Panel(code="P9", title="Named"), Panel(code="P8", title="Not named"))
    again = back(draft)
    assert again.sessions[-1] == Session(code="S9", title="New")
    assert (again.papers[-1].abstract, again.papers[-1].status) == ("Much work", PaperStatus.RESERVE)
    assert [room.code for room in again.rooms] == ["aula", "room-b", "foyer"]
    assert [panel.code for panel in again.panels] == ["P1", "P9"]


def test_what_no_release_shows_stays() -> None:
    again = back(edited(PROGRAMME, "sessions", "K1", starts=at(26, 8)))
    assert again == PROGRAMME


def test_what_a_session_has_got_of_something_hidden_since_does_not_show_when_that_is_back() -> None:
    draft = edited(PROGRAMME, "papers", "T3", status=PaperStatus.RESERVE)
    draft = edited(draft, "sessions", "P1-1", turns=(*PROGRAMME.sessions[1].turns, Turn(paper="T3")))
    assert changes(ONE, released(back(draft))) == ()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 9), st.integers(0, 2**32))
def test_a_release_after_the_return_shows_what_the_version_showed(one: int, size: int, other: int) -> None:
    """But for panels and rooms that something kept still names."""
    version, draft = released(made_up(one, size)), made_up(other, size)
    shown = public(back(draft, version), PLANNING)
    for name in ("sessions", "papers", "people"):
        twice = {thing.code: thing for thing in getattr(shown, name)}
        for thing in getattr(version, name):
            assert twice[thing.code] == thing
        if name != "people":
            assert len(twice) == len(getattr(version, name))
