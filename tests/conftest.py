"""Databases for the tests: SQLite, and PostgreSQL where its programs are installed.

Each kind is migrated once into a template, and each test has a copy of its own. The PostgreSQL server is started for
the test run, in a folder of its own, and goes with it.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import hypothesis
import pytest

from events_app import editing
from events_app.intake import Reading
from events_app.tables import database as tables
from events_app.tables.columns import new_key
from events_app.tables.programme import Events

from .conference import PROGRAMME
from .postgresql import Server, missing

# a busy machine is no fault of the code; where things land, the same examples are tried at each run
hypothesis.settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("house")

ENGINES = ("sqlite", "postgresql")
RELEASED = datetime(2028, 1, 10, 12, tzinfo=UTC)
"""When the first version of the small conference was published, in the databases that hold it."""

Copy = Callable[[str], str]
"""From a template's name to the address of a new copy: "bare" without tables, "empty", or "conference"."""


@pytest.fixture(params=ENGINES)
def copies(request: pytest.FixtureRequest) -> Copy:
    """Databases of one kind; a test that uses it is run with each."""
    copy: Copy = request.getfixturevalue(f"{request.param}_copies")
    return copy


@pytest.fixture(params=ENGINES)
def other_copies(request: pytest.FixtureRequest) -> Copy:
    """Databases of one kind, the same as `copies` or the other: for what goes from one database to another."""
    copy: Copy = request.getfixturevalue(f"{request.param}_copies")
    return copy


@pytest.fixture
def empty_url(copies: Copy) -> str:
    """The address of a database with tables and nothing in them."""
    return copies("empty")


@pytest.fixture
def conference_url(copies: Copy) -> str:
    """The address of a database that holds the small conference, imported and released once."""
    return copies("conference")


@pytest.fixture
async def empty(empty_url: str) -> AsyncIterator[str]:
    """An empty database in use."""
    async with tables.running(empty_url):
        yield empty_url


@pytest.fixture
async def conference(conference_url: str) -> AsyncIterator[str]:
    """A database in use that holds the small conference, imported and released once."""
    async with tables.running(conference_url):
        yield conference_url


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    _apart(_fill(f"sqlite:///{folder}/empty", f"sqlite:///{folder}/conference"))
    return folder


@pytest.fixture
def sqlite_copies(sqlite_templates: Path, tmp_path: Path) -> Copy:
    def copy(template: str) -> str:
        path = tmp_path / f"{template}-{secrets.token_hex(4)}.sqlite"
        if template != "bare":
            shutil.copy(sqlite_templates / template, path)
        return f"sqlite:///{path}"

    return copy


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    if reason := missing():
        pytest.skip(reason)
    with Server() as server:
        _apart(_on(server, "CREATE DATABASE bare", "CREATE DATABASE empty", "CREATE DATABASE conference"))
        _apart(_fill(server.url("empty"), server.url("conference")))
        yield server


@pytest.fixture
def postgresql_copies(postgresql_server: Server) -> Iterator[Copy]:
    made: list[str] = []

    def copy(template: str) -> str:
        made.append(f"{template}_{secrets.token_hex(4)}")
        _apart(_on(postgresql_server, f'CREATE DATABASE "{made[-1]}" TEMPLATE "{template}"'))
        return postgresql_server.url(made[-1])

    yield copy
    _apart(_on(postgresql_server, *(f'DROP DATABASE "{name}" WITH (FORCE)' for name in made)))


def _apart(work: Coroutine[Any, Any, None]) -> None:
    """In a thread and loop of its own: the test that asks may be in a loop already."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


async def _fill(empty: str, conference: str) -> None:
    async with tables.running(empty):
        await tables.migrate()
    async with tables.running(conference):
        await tables.migrate()
        await Events.insert(Events(id=new_key(), slug="small-2028", uid=""))  # revisions that tests can name: 1, 2
        await editing.import_reading(None, Reading(kind="tests", programme=PROGRAMME), "alice@example.org")
        await editing.release("small-2028", "alice@example.org", "The first version", at=RELEASED)


async def _on(server: Server, *commands: str) -> None:
    connection = await asyncpg.connect(server.url("postgres"))
    try:
        for command in commands:
            await connection.execute(command)
    finally:
        await connection.close()
