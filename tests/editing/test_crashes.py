"""Killed at any moment, a verb leaves the state before it or after it: draft, log and revision agree."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
from typing import Any

import msgspec
import pytest

from events_app import reading
from events_app.editing.desk import KINDS
from events_app.tables import database

SLUG = "small-2028"
KILLS = int(os.environ.get("KILLS", "6"))

WORKER = """
import asyncio, itertools, sys
from datetime import timedelta
from msgspec.structs import replace
from events_app import editing, reading
from events_app.intake import Reading
from events_app.programme.model import Part, Person, Role, Session
from events_app.tables import database
from tests.conference import PROGRAMME, at

def edition(n):
    people = tuple(Person(code=f"p{i}", name=f"Person {i} of {n}", source=f"p{i}") for i in range(n % 7, 150))
    sessions = tuple(
        Session(code=f"s{i}", title=f"Session {i} of {n}", starts=at(25, 9) + timedelta(minutes=i), source=f"s{i}",
                parts=(Part(person=f"p{i}", role=Role.SPEAKER),)) for i in range(n % 7, 150))
    return Reading(kind="other", programme=replace(PROGRAMME, people=(*PROGRAMME.people, *people),
                                                   sessions=(*PROGRAMME.sessions, *sessions)))

async def main():
    async with database.running(sys.argv[1]):
        start = (await reading.draft("small-2028")).revision
        for n in itertools.count(start):
            print("doing", flush=True)
            await editing.import_reading(None, edition(n), "killed")
            print("done", n, flush=True)
            await editing.place("small-2028", "K1", at(25, 9) + timedelta(minutes=n), "aula", "killed")
            await editing.release("small-2028", "killed", str(n))
            log = await reading.log("small-2028", limit=2)
            await editing.undo("small-2028", log[1].id, "killed")

asyncio.run(main())
"""


@pytest.mark.slow
async def test_a_kill_at_any_moment_leaves_a_whole_state(conference_url: str) -> None:
    chance = random.Random()
    for _ in range(KILLS):
        worker = await asyncio.create_subprocess_exec(
            sys.executable, "-c", WORKER, conference_url, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": "."}
        )
        assert worker.stdout is not None
        assert await worker.stdout.readline() == b"doing\n"
        await asyncio.sleep(chance.random() * 0.6)
        worker.kill()
        await worker.wait()
        async with database.running(conference_url):
            await _agree()


async def _agree() -> None:
    async with database.engine().transaction():
        await reading.event_row(SLUG, lock=True)  # PostgreSQL takes a moment to see that its client is gone
    draft = await reading.draft(SLUG)
    lines = await reading.log(SLUG, limit=10_000)
    assert [line.revision for line in lines] == list(range(draft.revision, 0, -1))
    assert _replayed(lines) == _laid_out(draft)
    published = await reading.published(SLUG)
    assert published is not None
    versions = [line for line in lines if line.what == "release"]
    assert published.versions[-1].revision == await reading.published_revision(SLUG) == versions[0].revision
    assert [version.revision for version in published.versions] == [line.revision for line in reversed(versions)]


def _replayed(lines: list[reading.LogLine]) -> dict[tuple[str, str], Any]:
    """What stands after everything that the log tells of, from nothing on."""
    standing: dict[tuple[str, str], Any] = {}
    for line in reversed(lines):
        for kind, things in msgspec.json.decode(line.after).items():
            for code, state in things.items() if kind in KINDS else ():
                if state is None:
                    del standing[kind, code]
                else:
                    standing[kind, code] = msgspec.convert(state["value"], KINDS[kind])
    return standing


def _laid_out(draft: reading.Draft) -> dict[tuple[str, str], Any]:
    nouns = ("rooms", "tracks", "people", "panels", "showcases", "papers", "sessions")
    things = {(kind, noun.code): noun for kind in nouns for noun in getattr(draft.programme, kind)}
    return {
        ("event", SLUG): draft.programme.event,
        ("rules", SLUG): draft.planning.rules,
        **things,
    }
