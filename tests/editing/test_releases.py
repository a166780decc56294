from __future__ import annotations

import pytest
from msgspec.structs import replace

from events_app import editing, reading
from events_app.programme.model import ChangeKind, Room
from events_app.programme.planning import Needs

from ..conference import PROGRAMME, at

SLUG = "small-2028"
BY = "alice@example.org"


async def test_a_release_is_what_the_public_sees(conference: str) -> None:
    await editing.place(SLUG, "K1", at(25, 10), "room-b", BY)
    programme = await editing.release(SLUG, BY, "K1 has moved", at=at(1, 12))
    assert programme == await reading.published(SLUG)
    version = programme.versions[-1]
    assert (version.number, version.revision, version.notes, version.published) == (2, 4, "K1 has moved", at(1, 12))
    assert [(change.code, change.kind) for change in version.changes] == [("K1", ChangeKind.MOVED)]
    assert programme.stamps["session/K1"].sequence == 1
    assert programme.stamps["session/L1"].sequence == 0


async def test_a_cancelled_session_stays_among_the_cancelled(conference: str) -> None:
    await editing.cancel(SLUG, "D2", BY)
    programme = await editing.release(SLUG, BY)
    assert [session.code for session in programme.cancelled] == ["D2"]
    assert programme.cancelled[0].cancelled


async def test_a_release_that_would_say_nothing_new_is_refused(conference: str) -> None:
    with pytest.raises(editing.NothingNew, match="since version 1"):
        await editing.release(SLUG, BY)
    assert (await reading.draft(SLUG)).revision == 2


async def test_planning_decides_what_is_listed_and_is_never_published(conference: str) -> None:
    await editing.put(SLUG, "needs", Needs(showcase="dadz", listed=False, notes="Call 0121 496 0000"), BY)
    programme = await editing.release(SLUG, BY)
    assert programme.showcases == ()
    assert "0121" not in str(programme)


async def test_the_first_release_of_an_empty_event_is_a_release(empty: str) -> None:
    from events_app.intake import Reading
    from events_app.programme.model import Programme

    bare = Programme(event=replace(PROGRAMME.event, slug="bare-2028"))
    await editing.import_reading(None, Reading(kind="tests", programme=bare), BY)
    assert await reading.published_revision("bare-2028") is None
    programme = await editing.release("bare-2028", BY)
    assert programme.versions[-1].number == 1
    assert await reading.published_revision("bare-2028") == programme.versions[-1].revision


async def test_one_change_is_published_alone(conference: str) -> None:
    await editing.place(SLUG, "K1", at(25, 8), "aula", BY)
    await editing.place(SLUG, "D2", at(25, 15), "aula", BY)
    programme = await editing.release_alone(SLUG, "K1", BY, "Earlier")
    assert programme == await reading.published(SLUG)
    assert [(change.code, change.kind) for change in programme.versions[-1].changes] == [("K1", ChangeKind.MOVED)]
    assert [(line.what, line.code) for line in await reading.log(SLUG, 1)] == [("release", SLUG)]
    with pytest.raises(editing.NothingNew):
        await editing.release_alone(SLUG, "K1", BY)
    rest = await editing.release(SLUG, BY)
    assert [change.code for change in rest.versions[-1].changes] == ["D2"]


async def test_nothing_is_published_alone_before_the_whole(empty: str) -> None:
    from events_app.intake import Reading

    await editing.import_reading(None, Reading(kind="tests", programme=PROGRAMME), BY)
    with pytest.raises(editing.NothingPublished):
        await editing.release_alone(SLUG, "K1", BY)


async def test_a_release_of_what_its_author_has_not_seen_is_refused(conference: str) -> None:
    seen = (await reading.draft(SLUG)).revision
    await editing.place(SLUG, "K1", at(25, 8), "aula", BY)
    for verb in (editing.release(SLUG, BY, seen=seen), editing.release_alone(SLUG, "K1", BY, seen=seen)):
        with pytest.raises(editing.MovedOn):
            await verb
    assert len(await reading.releases(SLUG)) == 1


async def test_a_version_becomes_the_draft_again_and_that_can_be_undone(conference: str) -> None:
    await editing.place(SLUG, "K1", at(25, 8), "aula", BY)
    await editing.remove(SLUG, "sessions", "L1", BY)
    await editing.put(SLUG, "rooms", Room(code="tent", name="Tent"), BY)
    await editing.release(SLUG, BY)
    before = await reading.draft(SLUG)
    assert await editing.make_draft_again(SLUG, 1, BY) == 3
    assert {s.code: s for s in (await reading.draft(SLUG)).programme.sessions} == {
        s.code: s for s in PROGRAMME.sessions
    }
    assert (await reading.draft(SLUG)).programme.rooms == PROGRAMME.rooms
    (line,) = await reading.log(SLUG, 1)
    assert line.what == "return"
    await editing.undo(SLUG, line.id, BY)
    after = await reading.draft(SLUG)
    assert (after.programme, after.planning) == (before.programme, before.planning)


async def test_a_version_that_there_is_not_cannot_be_the_draft(conference: str) -> None:
    with pytest.raises(editing.NotFound, match="no version 7"):
        await editing.make_draft_again(SLUG, 7, BY)
