from __future__ import annotations

import asyncio

import msgspec
import pytest

from events_app import editing, reading
from events_app.programme.model import Slot
from events_app.tables import database

from .conference import PROGRAMME, at
from .conftest import RELEASED, Copy


async def test_a_draft_is_what_was_imported(conference: str) -> None:
    draft = await reading.draft("small-2028")
    assert draft.programme == PROGRAMME
    assert draft.revision == 2


async def test_an_event_that_is_not_there_is_named(empty: str) -> None:
    with pytest.raises(reading.NotFound, match="nowhere-2028"):
        await reading.draft("nowhere-2028")
    assert await reading.published("nowhere-2028") is None
    assert await reading.published_revision("nowhere-2028") is None


async def test_what_is_published_is_known_by_its_revision(conference: str) -> None:
    published = await reading.published("small-2028")
    assert published is not None
    assert published.versions[-1].revision == await reading.published_revision("small-2028") == 2
    assert [session.code for session in published.sessions] == ["K1", "P1-1", "L1", "D1", "D2", "N1", "P1-2"]
    assert published.versions[-1].published == RELEASED


async def test_a_write_to_the_draft_does_not_move_what_is_published(conference: str) -> None:
    await editing.place("small-2028", "K1", at(25, 10), "room-b", "alice@example.org")
    assert await reading.published_revision("small-2028") == 2
    assert (await reading.draft("small-2028")).revision == 3


async def test_every_version_can_be_read_again(conference: str) -> None:
    first = await reading.published("small-2028")
    await editing.place("small-2028", "K1", at(25, 10), "room-b", "alice@example.org")
    await editing.release("small-2028", "bob@example.org", "K1 has moved")
    assert await reading.release("small-2028", 1) == first
    second = await reading.release("small-2028", 2)
    assert second == await reading.published("small-2028")
    assert second is not None
    assert second.stamps["session/K1"].was == Slot(starts=at(25, 9), minutes=60, room="Aula")
    assert await reading.release("small-2028", 3) is None
    lines = await reading.releases("small-2028")
    assert [(line.version, line.revision, line.notes, line.by) for line in lines] == [
        (2, 4, "K1 has moved", "bob@example.org"),
        (1, 2, "The first version", "alice@example.org"),
    ]


async def test_events_are_listed_with_what_is_published_of_them(conference: str) -> None:
    (line,) = await reading.events()
    assert (line.slug, line.name, line.revision, line.published, line.version) == (
        "small-2028",
        "Small Conference 2028",
        2,
        2,
        1,
    )
    assert (line.starts, line.ends) == (PROGRAMME.event.starts, PROGRAMME.event.ends)


async def test_the_log_tells_the_latest_first_and_turns_its_pages(conference: str) -> None:
    await editing.cancel("small-2028", "D2", "alice@example.org")
    lines = await reading.log("small-2028")
    assert [(line.revision, line.who, line.what, line.code) for line in lines] == [
        (3, "alice@example.org", "cancel", "D2"),
        (2, "alice@example.org", "release", "small-2028"),
        (1, "alice@example.org", "import", ""),
    ]
    assert [line.revision for line in await reading.log("small-2028", limit=1, below=3)] == [2]


async def test_a_draft_is_of_one_moment_while_others_write(conference: str) -> None:
    """A session is moved and its title changed in one go, again and again; no reader sees half of it."""
    k1 = PROGRAMME.sessions[0]

    async def write() -> None:
        for n in range(1, 25):
            value = msgspec.structs.replace(k1, title=str(n), minutes=n, parts=k1.parts * (n % 3))
            await editing.put("small-2028", "sessions", value, "writer@example.org")

    async def read() -> None:
        for _ in range(25):
            draft = await reading.draft("small-2028")
            session = next(s for s in draft.programme.sessions if s.code == "K1")
            if draft.revision > 2:
                assert (session.title, session.minutes) == (str(draft.revision - 2), draft.revision - 2)
                assert len(session.parts) == session.minutes % 3

    await asyncio.gather(write(), read(), read())


async def test_a_database_without_tables_says_which_migrations_it_lacks(copies: Copy) -> None:
    async with database.running(copies("bare")):
        assert await database.pending() == database.migration_ids()
        assert await database.migrate() == len(database.migration_ids())
        assert await database.pending() == []
