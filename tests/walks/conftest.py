"""A browser for all walks of a file, and the whole service with the small conference for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import Browser, sync_playwright

from ..conftest import Copy
from .service import Service

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(which, PROGRAMS)), None)
    if program is None:
        pytest.skip("no Chromium on this machine: bin/setup tests installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def service(sqlite_copies: Copy, tmp_path: Path) -> Iterator[Service]:
    with Service(sqlite_copies("conference"), tmp_path).up() as up:
        yield up
