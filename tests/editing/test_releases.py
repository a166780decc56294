from __future__ import annotations

import pytest
from msgspec.structs import replace

from events_app import editing, reading
from events_app.programme.model import ChangeKind
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
    assert await reading.published_revision("bare-2028") == 2
