from __future__ import annotations

import pytest
from msgspec.structs import replace

from events_app import editing, reading
from events_app.editing.following import latest
from events_app.editing.steps import steps
from events_app.editing.timetable import TooLong
from events_app.programme.lookup import index
from events_app.programme.model import Paper, Session, SessionKind, Turn
from events_app.programme.placing import Position, position

from ..conference import PAPERS, at, paper

SLUG, OLGA, OTTO = "small-2028", "olga@example.org", "otto@example.org"

pytestmark = pytest.mark.usefixtures("conference")


async def session(code: str) -> Session:
    return index((await reading.draft(SLUG)).programme).sessions[code]


async def revision() -> int:
    return (await reading.draft(SLUG)).revision


async def test_a_session_is_placed_moved_stretched_and_put_back() -> None:
    await editing.place(SLUG, "X1", at(25, 14), "room-b", OLGA)
    assert position(await session("X1")) == Position(starts=at(25, 14), room="room-b", minutes=45)
    await editing.place(SLUG, "X1", at(25, 15), "aula", OLGA, minutes=60)
    assert position(await session("X1")) == Position(starts=at(25, 15), room="aula", minutes=60)
    await editing.place(SLUG, "X1", None, "aula", OLGA)
    assert position(await session("X1")) == Position(minutes=60)
    lines = await reading.log(SLUG, 3)
    assert [(line.what, line.noun, line.code, line.who) for line in lines] == [("place", "sessions", "X1", OLGA)] * 3


async def test_what_has_been_moved_meanwhile_is_not_moved_and_both_positions_are_told() -> None:
    seen = position(await session("K1"))
    await editing.place(SLUG, "K1", at(25, 11), "room-b", OTTO, seen=seen)
    with pytest.raises(editing.Conflict) as refused:
        await editing.place(SLUG, "K1", at(25, 8), "aula", OLGA, seen=seen)
    assert position(refused.value.present) == Position(starts=at(25, 11), room="room-b")
    assert position(refused.value.wanted) == Position(starts=at(25, 8), room="aula")
    assert position(await session("K1")) == Position(starts=at(25, 11), room="room-b")


async def test_who_moves_a_thing_to_where_it_was_moved_meanwhile_is_not_refused() -> None:
    seen = position(await session("K1"))
    await editing.place(SLUG, "K1", at(25, 11), "room-b", OTTO, seen=seen)
    before = await revision()
    await editing.place(SLUG, "K1", at(25, 11), "room-b", OLGA, seen=seen)
    assert await revision() == before


async def test_a_change_of_words_meanwhile_is_no_conflict() -> None:
    seen = position(await session("K1"))
    await editing.put(SLUG, "sessions", replace(await session("K1"), title="The keynote"), OTTO)
    await editing.place(SLUG, "K1", at(25, 8), "aula", OLGA, seen=seen)
    moved = await session("K1")
    assert (moved.title, moved.starts) == ("The keynote", at(25, 8))


@pytest.mark.parametrize("minutes", [0, -5, 7 * 24 * 60 + 1])
async def test_a_session_lasts_from_a_minute_to_a_week(minutes: int) -> None:
    with pytest.raises(TooLong):
        await editing.place(SLUG, "K1", at(25, 9), "aula", OLGA, minutes=minutes)


async def test_two_sessions_change_places_and_keep_their_lengths() -> None:
    await editing.swap(SLUG, "K1", "P1-1", OLGA)
    assert position(await session("K1")) == Position(starts=at(25, 10, 30), room="room-b", minutes=60)
    assert position(await session("P1-1")) == Position(starts=at(25, 9), room="aula", minutes=90)
    assert (await reading.log(SLUG, 1))[0].what == "swap"


async def test_a_swap_with_something_that_was_moved_meanwhile_moves_neither() -> None:
    seen = position(await session("K1")), position(await session("P1-1"))
    await editing.place(SLUG, "P1-1", at(26, 10), "room-b", OTTO)
    with pytest.raises(editing.Conflict):
        await editing.swap(SLUG, "K1", "P1-1", OLGA, seen=seen)
    assert position(await session("K1")) == seen[0]


async def test_a_panel_moves_together_in_one_step() -> None:
    before = await revision()
    assert await editing.move_together(SLUG, OLGA, panel="P1", minutes=30, room="aula") == 2
    assert await revision() == before + 1
    assert position(await session("P1-1")) == Position(starts=at(25, 11), room="aula", minutes=90)
    assert position(await session("P1-2")) == Position(starts=at(26, 8, 30), room="aula", minutes=60)
    await editing.undo(SLUG, (await reading.log(SLUG, 1))[0].id, OLGA)
    assert position(await session("P1-1")) == Position(starts=at(25, 10, 30), room="room-b", minutes=90)


async def test_a_day_moves_together_with_the_night_that_belongs_to_it() -> None:
    assert await editing.move_together(SLUG, OLGA, day="2028-03-25", minutes=-15) == 6
    assert (await session("N1")).starts == at(25, 21, 45)
    assert (await session("P1-2")).starts == at(26, 8)


async def test_a_panel_of_which_a_session_was_moved_meanwhile_stays() -> None:
    seen = await revision()
    await editing.place(SLUG, "P1-2", at(26, 10), "room-b", OTTO)
    await editing.place(SLUG, "K1", at(25, 8), "aula", OTTO)
    with pytest.raises(editing.Conflict) as refused:
        await editing.move_together(SLUG, OLGA, panel="P1", minutes=30, seen=seen)
    assert refused.value.code == "P1-2"
    assert (await session("P1-1")).starts == at(25, 10, 30)


async def test_nothing_to_move_is_said() -> None:
    with pytest.raises(editing.NotFound):
        await editing.move_together(SLUG, OLGA, day="2030-01-01", minutes=5)


async def test_a_panel_with_nine_papers_is_split_into_three_sessions_of_three() -> None:
    for n in range(9):
        await editing.put(SLUG, "papers", paper(f"N{n}", f"New paper {n}"), OLGA)
    codes = await editing.split(SLUG, "P1", OLGA, each=4)
    assert codes == ["P1-3", "P1-4", "P1-5"]
    made = [await session(code) for code in codes]
    assert [s.title for s in made] == [f"Trust in public services ({n} of 5)" for n in (3, 4, 5)]
    assert [[turn.paper for turn in s.turns] for s in made] == [
        ["N0", "N1", "N2"],
        ["N3", "N4", "N5"],
        ["N6", "N7", "N8"],
    ]
    assert {(s.kind, s.minutes, s.starts, s.panel) for s in made} == {(SessionKind.PAPERS, 90, None, "P1")}
    await editing.undo(SLUG, (await reading.log(SLUG, 1))[0].id, OLGA)
    assert "P1-3" not in index((await reading.draft(SLUG)).programme).sessions


async def test_papers_in_reserve_on_the_table_or_in_a_session_are_not_split() -> None:
    with pytest.raises(editing.Problem, match="no accepted paper"):
        await editing.split(SLUG, "P1", OLGA)


async def test_ones_own_last_steps_can_be_taken_back_and_done_again() -> None:
    start = position(await session("K1"))
    await editing.place(SLUG, "K1", at(25, 8), "aula", OLGA)
    await editing.place(SLUG, "K1", at(25, 8), "room-b", OLGA)
    await editing.place(SLUG, "D2", at(25, 15), "aula", OTTO)
    first = (await steps(SLUG, OLGA)).undo
    assert first is not None
    assert first.code == "K1"
    await editing.undo(SLUG, first.id, OLGA)
    assert position(await session("K1")) == Position(starts=at(25, 8), room="aula")
    second = (await steps(SLUG, OLGA)).undo
    assert second is not None
    await editing.undo(SLUG, second.id, OLGA)
    assert position(await session("K1")) == start
    assert (await steps(SLUG, OLGA)).undo is None
    for wanted in (Position(starts=at(25, 8), room="aula"), Position(starts=at(25, 8), room="room-b")):
        again = (await steps(SLUG, OLGA)).redo
        assert again is not None
        await editing.undo(SLUG, again.id, OLGA, what="redo")
        assert position(await session("K1")) == wanted
    assert (await steps(SLUG, OLGA)).redo is None
    once_more = (await steps(SLUG, OLGA)).undo
    assert once_more is not None
    await editing.undo(SLUG, once_more.id, OLGA)
    assert position(await session("K1")) == Position(starts=at(25, 8), room="aula")


async def test_after_something_new_nothing_can_be_done_again() -> None:
    await editing.place(SLUG, "K1", at(25, 8), "aula", OLGA)
    await editing.undo(SLUG, (await reading.log(SLUG, 1))[0].id, OLGA)
    assert (await steps(SLUG, OLGA)).redo is not None
    await editing.place(SLUG, "D2", at(25, 15), "aula", OLGA)
    assert (await steps(SLUG, OLGA)).redo is None


async def test_a_draft_that_follows_the_log_is_the_draft() -> None:
    draft = await reading.draft(SLUG)
    assert await latest(draft) is draft
    await editing.place(SLUG, "K1", at(25, 8), "room-b", OLGA)
    await editing.swap(SLUG, "D1", "D2", OLGA)
    await editing.put(SLUG, "papers", replace(PAPERS[0], title="Another title"), OLGA)
    await editing.put(SLUG, "event", replace(draft.programme.event, subtitle="Another"), OLGA)
    await editing.put(SLUG, "rules", replace(draft.planning.rules, walk_minutes=3), OLGA)
    assert await latest(draft) == await reading.draft(SLUG)
    await editing.put(SLUG, "papers", Paper(code="T9", title="A new one"), OLGA)
    await editing.put(SLUG, "sessions", replace(await session("P1-2"), turns=(Turn(paper="T9"),)), OLGA)
    assert await latest(draft) == await reading.draft(SLUG)
    await editing.release(SLUG, OLGA)
    await editing.remove(SLUG, "sessions", "N1", OLGA)
    assert await latest(draft) == await reading.draft(SLUG)
