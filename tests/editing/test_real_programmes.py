"""Real conferences, where their files are at hand: taken in, taken in again, released."""

from __future__ import annotations

from pathlib import Path

import pytest

from events_app import editing, reading
from events_app.intake import Hints, Refused, read
from events_app.tables import database

from ..conftest import Copy

DATA = Path(__file__).parents[3] / "shared" / "data"
FILES = sorted(
    path
    for folder in ("schedule-xml", "schedule-json", "sessionize")
    for path in (DATA / folder).rglob("*")
    if path.suffix in (".xml", ".json")
)


@pytest.mark.slow
@pytest.mark.skipif(not FILES, reason=f"{DATA} is not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-2:]))
async def test_the_same_file_again_changes_nothing(path: Path, sqlite_copies: Copy) -> None:
    try:
        given = read(path.read_bytes(), Hints(zone="UTC"))
    except Refused as refused:
        pytest.skip(f"refused: {refused}")
    async with database.running(sqlite_copies("empty")):
        first = await editing.import_reading("event", given, "tests")
        before = await reading.draft("event")
        again = await editing.import_reading("event", given, "tests")
        assert (again.new, again.changed, again.gone) == (0, 0, 0)
        assert await reading.draft("event") == before
        assert first.sessions == len(before.programme.sessions)
        assert first.new == sum(
            len(getattr(before.programme, name))
            for name in ("rooms", "tracks", "people", "panels", "papers", "sessions")
        )
        released = await editing.release("event", "tests")
        assert await reading.published("event") == released
