"""The whole service, on a database of its own that holds the small conference, released once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from litestar.testing import AsyncTestClient

from events_app.app import App, create_app
from events_app.editing import accounts
from events_app.settings import Settings

from ..conftest import Copy

OLGA = "olga@example.org"
"""Organises the small conference. Others who sign in have no rights in it."""


class Clock:
    """Says what it is told to."""

    now = datetime(2028, 3, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(sqlite_copies: Copy, tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "var", database_url=sqlite_copies("conference"), base_url="http://testserver.local")


@pytest.fixture
def app(settings: Settings, clock: Clock) -> App:
    return create_app(settings, clock=clock)


@pytest.fixture
async def client(app: App) -> AsyncIterator[AsyncTestClient[App]]:
    """Somebody who is not signed in, at a browser that keeps cookies and follows nothing by itself."""
    async with AsyncTestClient(app) as client:
        client.follow_redirects = False
        yield client


@pytest.fixture
async def olga(client: AsyncTestClient[App]) -> AsyncTestClient[App]:
    """The same, signed in as Olga."""
    await accounts.grant("small-2028", OLGA, accounts.Right.ORGANISER, "tests")
    await sign_in(client, OLGA)
    return client


async def sign_in(client: AsyncTestClient[App], email: str) -> None:
    token = await accounts.issue_link(email, "tests")
    answer = await client.post(f"/sign-in/{token}")
    assert answer.status_code == 303
