"""What an import would do is what it then does."""

from __future__ import annotations

import msgspec
import pytest

from events_app import editing, reading
from events_app.editing.imports import EventThere
from events_app.intake import Reading
from events_app.programme.model import Programme, Room

from ..conference import BOB, PROGRAMME, at

SLUG = "small-2028"
BY = "alice@example.org"


def file(programme: Programme = PROGRAMME) -> Reading:
    return Reading(kind="tests", programme=programme)


def newer() -> Reading:
    """Another edition: K1 has another title, L1 is gone, a room is new."""
    sessions = tuple(
        msgspec.structs.replace(s, title="Otherwise") if s.code == "K1" else s
        for s in PROGRAMME.sessions
        if s.code != "L1"
    )
    rooms = (*PROGRAMME.rooms, Room(code="tent", name="Tent"))
    return file(msgspec.structs.replace(PROGRAMME, sessions=sessions, rooms=rooms))


async def test_a_plan_writes_nothing_and_says_what_the_import_then_does(conference: str) -> None:
    before = await reading.draft(SLUG)
    plan = await editing.plan_import(SLUG, newer())
    assert await reading.draft(SLUG) == before
    assert {(image.kind, image.code): image.after is None for image in plan.images} == {
        ("sessions", "K1"): False,
        ("sessions", "L1"): True,
        ("rooms", "tent"): False,
    }
    assert await editing.import_reading(SLUG, newer(), BY, seen=plan.digest) == plan.report
    assert (await editing.plan_import(SLUG, newer())).images == []


async def test_a_new_event_is_planned_without_being_made(empty: str) -> None:
    plan = await editing.plan_import(None, file(), new=True)
    assert await reading.events() == []
    report = await editing.import_reading(None, file(), BY, seen=plan.digest, new=True)
    assert report == plan.report
    assert (await reading.draft(SLUG)).programme == PROGRAMME


async def test_a_change_of_something_else_meanwhile_does_not_matter(conference: str) -> None:
    plan = await editing.plan_import(SLUG, newer())
    await editing.place(SLUG, "D2", at(25, 15), "aula", BY)
    await editing.import_reading(SLUG, newer(), BY, seen=plan.digest)
    sessions = {s.code: s for s in (await reading.draft(SLUG)).programme.sessions}
    assert (sessions["D2"].starts, sessions["K1"].title) == (at(25, 15), "Otherwise")


async def test_an_import_that_would_do_something_else_by_now_is_refused(conference: str) -> None:
    plan = await editing.plan_import(SLUG, newer())
    await editing.place(SLUG, "K1", at(25, 8), "aula", BY)
    before = await reading.draft(SLUG)
    with pytest.raises(editing.MovedOn):
        await editing.import_reading(SLUG, newer(), BY, seen=plan.digest)
    assert await reading.draft(SLUG) == before


async def test_another_event_of_that_name_is_not_written_over(conference: str) -> None:
    before = await reading.draft(SLUG)
    with pytest.raises(EventThere):
        await editing.plan_import(SLUG, newer(), new=True)
    with pytest.raises(EventThere):
        await editing.import_reading(SLUG, newer(), BY, new=True)
    assert await reading.draft(SLUG) == before


async def test_a_plan_counts_what_a_file_says_of_the_planning(conference: str) -> None:
    from events_app.programme.planning import Contact, Planning

    given = msgspec.structs.replace(
        file(), planning=Planning(contacts=(Contact(person=BOB.code, email="bob@example.org"),))
    )
    plan = await editing.plan_import(SLUG, given)
    assert [(image.kind, image.code) for image in plan.images] == [("contacts", BOB.code)]
