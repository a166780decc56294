"""The whole service on each kind of database: one walk from sign-in to release to what the public sees."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest
from litestar.testing import AsyncTestClient

from events_app.app import create_app
from events_app.editing import accounts
from events_app.settings import Settings
from events_app.tables import database

from ..conftest import Copy
from .conftest import OLGA

CANCEL = """
import asyncio, sys
from events_app import editing
from events_app.tables import database
async def main():
    async with database.running(sys.argv[1]):
        await editing.cancel("small-2028", "K1", "another process")
asyncio.run(main())
"""
RELEASE = CANCEL.replace('cancel("small-2028", "K1", "', 'release("small-2028", "')
PAGE = "/small-2028/sessions/K1"


async def test_an_organiser_releases_and_the_public_sees_it(conference_url: str, tmp_path: Path) -> None:
    async with database.running(conference_url):
        await accounts.grant("small-2028", OLGA, accounts.Right.ORGANISER, "tests")
        token = await accounts.issue_link(OLGA, "tests")
    app = create_app(Settings(data=tmp_path, database_url=conference_url))
    async with AsyncTestClient(app) as client:
        client.follow_redirects = False
        first = await client.get(PAGE)
        assert first.status_code == 200
        again = await client.get(PAGE, headers={"if-none-match": first.headers["etag"]})
        assert again.status_code == 304
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/nothing/")).status_code == 404
        assert (await client.post(f"/sign-in/{token}")).status_code == 303
        _in_another_process(CANCEL, conference_url)
        page = await client.get("/organise/small-2028/releases/")
        found = re.search(r'name="seen" value="(\d+)"', page.text)
        assert found
        form = {"seen": found[1], "notes": "No keynote"}
        assert (await client.post("/organise/small-2028/releases", data=form)).status_code == 303
        second = await client.get(PAGE, headers={"if-none-match": first.headers["etag"]})
        assert second.status_code == 200
        assert b"STATUS:CANCELLED" in (await client.get(f"{PAGE}.ics")).content


async def test_a_release_by_another_process_is_seen_at_once(conference_url: str, tmp_path: Path) -> None:
    app = create_app(Settings(data=tmp_path, database_url=conference_url))
    async with AsyncTestClient(app) as client:
        first = await client.get(PAGE)
        _in_another_process(CANCEL, conference_url)
        assert (await client.get(PAGE, headers={"if-none-match": first.headers["etag"]})).status_code == 304
        _in_another_process(RELEASE, conference_url)
        begun = perf_counter()
        second = await client.get(PAGE, headers={"if-none-match": first.headers["etag"]})
        assert second.status_code == 200
        assert perf_counter() - begun < 1


def _in_another_process(script: str, url: str) -> None:
    done = subprocess.run([sys.executable, "-c", script, url], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


async def test_a_database_that_was_never_migrated_is_no_reason_to_say_what_is_wrong(tmp_path: Path) -> None:
    app = create_app(Settings(data=tmp_path))
    async with AsyncTestClient(app) as client:
        for address in ("/", "/healthz", "/small-2028/"):
            answer = await client.get(address)
            assert answer.status_code == 503
            assert "table" not in answer.text.replace("schedule table", "")


@pytest.fixture
def busy(sqlite_copies: Copy) -> str:
    return sqlite_copies("conference")


async def test_while_somebody_writes_the_public_reads(busy: str, tmp_path: Path) -> None:
    writer = sqlite3.connect(busy.removeprefix("sqlite:///"), isolation_level=None)
    writer.execute("PRAGMA journal_mode = WAL")
    async with AsyncTestClient(create_app(Settings(data=tmp_path, database_url=busy))) as client:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE events SET published = 999")
        begun = perf_counter()
        assert (await client.get(PAGE)).status_code == 200
        assert perf_counter() - begun < 1
        writer.execute("ROLLBACK")
    writer.close()
