"""What the engines promise: writers take turns, readers see one moment, and nothing is left behind."""

from __future__ import annotations

import asyncio
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from events_app import editing, reading
from events_app.settings import BadSetting
from events_app.tables import database
from events_app.tables.programme import Events
from events_app.tables.sqlite import SQLite

from ..conference import SESSIONS, at
from ..conftest import Copy

SLUG = "small-2028"
BY = "alice@example.org"

WRITER = """
import asyncio, sys
import msgspec
from events_app import editing, reading
from events_app.programme.model import Person
from events_app.tables import database

async def write(who):
    for n in range(int(sys.argv[2])):
        await editing.put("small-2028", "people", Person(code=f"{who}-{n}", name="x"), who)
        draft = await reading.draft("small-2028")
        seen = next(s for s in draft.programme.sessions if s.code == "K1")
        while True:
            try:
                more = msgspec.structs.replace(seen, minutes=seen.minutes + 1)
                await editing.put("small-2028", "sessions", more, who, seen=seen)
                break
            except editing.Conflict as conflict:
                seen = conflict.present

async def main():
    async with database.running(sys.argv[1]):
        await asyncio.gather(*(write(f"{sys.argv[3]}-{n}") for n in range(8)))

asyncio.run(main())
"""


@pytest.mark.slow
async def test_sixteen_writers_in_two_processes_lose_nothing(conference: str) -> None:
    rounds = 5
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, conference, str(rounds), name], stderr=subprocess.PIPE)
        for name in ("one", "two")
    ]
    for writer in writers:
        _, said = await asyncio.to_thread(writer.communicate)
        assert writer.returncode == 0, said.decode()
    draft = await reading.draft(SLUG)
    assert draft.revision == 2 + 2 * 16 * rounds
    assert next(s for s in draft.programme.sessions if s.code == "K1").minutes == 60 + 16 * rounds
    assert len(draft.programme.people) == 6 + 16 * rounds
    lines = await reading.log(SLUG, limit=1000)
    assert [line.revision for line in lines] == list(range(draft.revision, 0, -1))


async def test_writers_that_are_cancelled_at_any_moment_leave_whole_states(conference: str) -> None:
    chance = random.Random(7)
    tasks = []
    for n in range(60):
        minutes = n + 1
        task = asyncio.create_task(editing.place(SLUG, "K1", at(25, 9), "aula", BY, minutes=minutes))
        tasks.append(task)
        if chance.random() < 0.4:
            asyncio.get_running_loop().call_later(chance.random() * 0.05, task.cancel)
        await asyncio.sleep(chance.random() * 0.002)
    done = await asyncio.gather(*tasks, return_exceptions=True)
    assert {type(result) for result in done} <= {type(None), asyncio.CancelledError}
    draft = await reading.draft(SLUG)
    lines = await reading.log(SLUG, limit=100)
    assert [line.revision for line in lines] == list(range(draft.revision, 0, -1))
    assert draft.revision - 2 >= sum(result is None for result in done) - 1  # one may have changed nothing
    await editing.cancel(SLUG, "K1", BY)  # the turn is free again


async def test_what_fails_in_a_transaction_leaves_nothing_and_frees_the_turn(conference: str) -> None:
    async def fail() -> None:
        async with database.engine().transaction():
            await Events.update({Events.name: "Half"}).where(Events.slug == SLUG)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert (await reading.draft(SLUG)).programme.event.name == "Small Conference 2028"
    await editing.cancel(SLUG, "K1", BY)


async def test_readers_do_not_wait_for_a_writer_and_see_what_was_before(conference: str) -> None:
    async with database.engine().transaction():
        await Events.update({Events.name: "Half", Events.published: 99}).where(Events.slug == SLUG)
        outside = asyncio.create_task(_read_apart())
        name, published = await asyncio.wait_for(outside, 5)
        assert (name, published) == ("Small Conference 2028", 2)
    assert (await _read_apart()) == ("Half", 99)


async def _read_apart() -> tuple[str, int | None]:
    """As another request would: a task inherits the transaction in which it is made, so it is made to forget it."""
    database.engine().current_transaction.set(None)
    return (await reading.draft(SLUG)).programme.event.name, await reading.published_revision(SLUG)


async def test_a_snapshot_cannot_write(conference: str) -> None:
    with pytest.raises(Exception, match=r"(?i)read-?only"):
        async with database.engine().snapshot():
            await Events.update({Events.name: "Half"}).where(Events.slug == SLUG)
    assert (await reading.draft(SLUG)).programme.event.name == "Small Conference 2028"


async def test_another_process_sees_a_publication_at_once(conference: str) -> None:
    watch = (
        "import asyncio, sys\nfrom events_app import reading\nfrom events_app.tables import database\n"
        "async def main():\n async with database.running(sys.argv[1]):\n  for line in sys.stdin:\n"
        "   print(await reading.published_revision('small-2028'), flush=True)\n"
        "asyncio.run(main())"
    )
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", watch, conference, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdin is not None
    assert other.stdout is not None
    for revision in (2, 4, 6):
        if revision > 2:
            await editing.place(SLUG, "K1", at(25, revision), "aula", BY)
            await editing.release(SLUG, BY)
        other.stdin.write(b"\n")
        await other.stdin.drain()
        assert int(await asyncio.wait_for(other.stdout.readline(), 10)) == revision
    other.stdin.close()
    await other.wait()


def test_a_write_that_was_answered_survives_a_power_cut_with_sqlite(sqlite_templates: Path, tmp_path: Path) -> None:
    async def pragmas() -> list[int]:
        async with database.running(f"sqlite:///{tmp_path}/a.sqlite"):
            engine = database.engine()
            assert isinstance(engine, SQLite)
            found = []
            for name in ("synchronous", "foreign_keys"):
                found += [row[name] for row in await engine.writer.execute_fetchall(f"PRAGMA {name}")]
            return found

    assert asyncio.run(pragmas()) == [2, 1]  # FULL, on


def test_a_writer_waits_while_another_process_writes(sqlite_templates: Path, tmp_path: Path) -> None:
    path = tmp_path / "busy.sqlite"
    shutil.copy(sqlite_templates / "conference", path)
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.5, lambda: other.execute("COMMIT")).start()

    async def write() -> int:
        async with database.running(f"sqlite:///{path}"):
            await editing.cancel(SLUG, "K1", BY)
            return (await reading.draft(SLUG)).revision

    started = time.monotonic()
    assert asyncio.run(write()) == 3
    assert time.monotonic() - started > 0.3
    other.close()


def test_a_process_ends_although_its_begin_failed(sqlite_templates: Path, tmp_path: Path) -> None:
    """Piccolo's own engine leaves a thread behind there, and the interpreter hangs."""
    path = tmp_path / "busy.sqlite"
    shutil.copy(sqlite_templates / "conference", path)
    program = (
        "import asyncio, sys\nfrom events_app import editing\nfrom events_app.tables import database, sqlite\n"
        "sqlite.PATIENCE = 0.1\n"
        "async def main():\n async with database.running(sys.argv[1]):\n"
        "  await editing.cancel('small-2028', 'K1', 'x')\n"
        "asyncio.run(main())"
    )
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    done = subprocess.run(
        [sys.executable, "-c", program, f"sqlite:///{path}"], capture_output=True, timeout=20, check=False
    )
    other.close()
    assert b"locked" in done.stderr
    assert done.returncode == 1


@pytest.mark.parametrize("url", ["mysql://x", "sqlite:/x", "sqlite://", "x"])
def test_a_database_that_is_of_no_known_kind_is_refused(url: str) -> None:
    with pytest.raises(BadSetting, match="EVENTS_DATABASE_URL"):
        database.engine_for(url)


async def test_two_migrations_at_once_run_each_step_once(copies: Copy) -> None:
    program = (
        "import asyncio, sys\nfrom events_app.tables import database\n"
        "async def main():\n async with database.running(sys.argv[1]):\n  print(await database.migrate())\n"
        "asyncio.run(main())"
    )
    url = copies("bare")
    both = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", program, url, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    steps = [int((await one.communicate())[0]) for one in both]
    assert sorted(steps) == [0, len(database.migration_ids())]


async def test_foreign_keys_hold(conference: str) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        async with database.engine().transaction():
            await database.engine().many('DELETE FROM "rooms" WHERE "code" = $1', [["aula"]])
    assert SESSIONS[0] in (await reading.draft(SLUG)).programme.sessions


async def test_a_stopped_engine_can_be_started_again(conference_url: str) -> None:
    for _ in range(3):
        async with database.running(conference_url):
            assert (await reading.draft(SLUG)).revision == 2
