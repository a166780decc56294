from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from events_app import editing, reading
from events_app.editing import Conflict
from events_app.editing.event import move_text, put_text, remove_text, revise_event
from events_app.programme.model import Matter
from events_app.programme.planning import Availability, Rules

from ..conference import EVENT, at

SLUG = "small-2028"
OLGA = "olga@example.org"
SEEN = (EVENT, Rules())
WELCOME, THERE = EVENT.front[0], EVENT.back[0]


async def event() -> object:
    return (await reading.draft(SLUG)).programme.event


async def test_settings_and_rules_are_one_line_of_the_log_and_taken_back_together(conference: str) -> None:
    wanted, rules = replace(EVENT, venue="The Library"), Rules(chair_required=False)
    await revise_event(SLUG, wanted, rules, OLGA, seen=SEEN)
    draft = await reading.draft(SLUG)
    assert (draft.programme.event, draft.planning.rules) == (wanted, rules)
    line, *_ = await reading.log(SLUG)
    assert (line.what, line.who, line.revision) == ("revise", OLGA, draft.revision)
    await editing.undo(SLUG, line.id, OLGA)
    draft = await reading.draft(SLUG)
    assert (draft.programme.event, draft.planning.rules) == SEEN


async def test_what_somebody_else_has_set_meanwhile_is_not_saved_over(conference: str) -> None:
    theirs = replace(EVENT, venue="The Library")
    await revise_event(SLUG, theirs, Rules(), "eve@example.org", seen=SEEN)
    with pytest.raises(Conflict) as refused:
        await revise_event(SLUG, replace(EVENT, venue="The Station"), Rules(), OLGA, seen=SEEN)
    assert refused.value.present == theirs
    assert await event() == theirs


async def test_in_another_zone_everything_keeps_its_time_on_the_clocks_and_that_is_taken_back(conference: str) -> None:
    hours = Availability(person="bob-baker", starts=at(25, 9), ends=at(25, 12))
    await editing.put(SLUG, "availability", hours, OLGA)
    before = await reading.draft(SLUG)
    await revise_event(SLUG, replace(EVENT, zone="America/New_York"), Rules(), OLGA, seen=SEEN)
    after = await reading.draft(SLUG)
    keynote = next(session for session in after.programme.sessions if session.code == "K1")
    old = next(session for session in before.programme.sessions if session.code == "K1")
    assert old.starts is not None
    assert keynote.starts is not None
    assert (keynote.starts - old.starts).total_seconds() == 4 * 3600  # New York has summer time already, London has not
    assert after.planning.availability == (
        replace(hours, starts=datetime(2028, 3, 25, 13, tzinfo=UTC), ends=datetime(2028, 3, 25, 16, tzinfo=UTC)),
    )
    staffed = [hours.starts for show in after.programme.showcases for hours in show.staffing]
    assert staffed != [hours.starts for show in before.programme.showcases for hours in show.staffing]
    await editing.undo(SLUG, (await reading.log(SLUG))[0].id, OLGA)
    again = await reading.draft(SLUG)
    assert (again.programme, again.planning) == (before.programme, before.planning)


async def test_texts_are_added_revised_and_removed(conference: str) -> None:
    wifi = Matter(title="Wifi", text="Ask.")
    assert await put_text(SLUG, "back", wifi, OLGA) == ("back", 1)
    better = Matter(title="Wifi", text="No password.")
    assert await put_text(SLUG, "back", better, OLGA, seen=wifi, n=1) == ("back", 1)
    assert await event() == replace(EVENT, back=(THERE, better))
    await remove_text(SLUG, "back", THERE, 0, OLGA)
    assert await event() == replace(EVENT, back=(better,))


async def test_texts_move_step_by_step_over_the_edge_between_front_and_back(conference: str) -> None:
    where = ("front", 0)
    for expected in (("back", 0), ("back", 1), ("back", 1)):
        where = await move_text(SLUG, *_meant(where), OLGA, down=True)
        assert where == expected
    assert await event() == replace(EVENT, front=(), back=(THERE, WELCOME))
    for expected in (("back", 0), ("front", 0), ("front", 0)):
        where = await move_text(SLUG, *_meant(where), OLGA, down=False)
        assert where == expected
    assert await event() == EVENT


def _meant(where: tuple[str, int]) -> tuple[str, Matter, int]:
    return where[0], WELCOME, where[1]


async def test_a_text_that_others_have_moved_is_found(conference: str) -> None:
    await move_text(SLUG, "front", WELCOME, 0, "eve@example.org", down=True)
    wanted = replace(WELCOME, text="Come in.")
    assert await put_text(SLUG, "front", wanted, OLGA, seen=WELCOME, n=0) == ("back", 0)


async def test_a_text_that_others_have_changed_or_removed_is_not_saved_over(conference: str) -> None:
    theirs = replace(WELCOME, text="Theirs.")
    await put_text(SLUG, "front", theirs, "eve@example.org", seen=WELCOME)
    with pytest.raises(Conflict) as refused:
        await put_text(SLUG, "front", replace(WELCOME, text="Mine."), OLGA, seen=WELCOME)
    assert refused.value.present == theirs
    await remove_text(SLUG, "front", theirs, 0, "eve@example.org")
    with pytest.raises(Conflict) as refused:
        await put_text(SLUG, "front", replace(theirs, text="Mine."), OLGA, seen=theirs)
    assert refused.value.present is None
    for verb in (remove_text(SLUG, "front", theirs, 0, OLGA), move_text(SLUG, "front", theirs, 0, OLGA, down=True)):
        with pytest.raises(Conflict):
            await verb
