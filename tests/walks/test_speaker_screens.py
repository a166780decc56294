"""Every screen of those who have a part, with an example: no barrier, no script error, nothing wider than a small
telephone. The table is held against the table of addresses, as that of the organisers' workspace is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from events_app import editing
from events_app.editing import accounts
from events_app.programme.planning import Contact, Rules
from events_app.tables import database
from events_app.web.routes import ROUTES

from ..conftest import Copy
from .service import Service
from .test_workspace_screens import Look, barriers, too_wide

SLUG = "small-2028"
ADA = "ada@example.org"
EVENT = "/speak/{event:str}/"
THINGS = {"panels": "P1", "papers": "T2", "sessions": "D2", "showcases": "dadz", "people": "alice-adler"}

SCREENS = {
    "/speak/": ("/speak/",),
    EVENT: ("{at}/",),
    EVENT + "data": ("{at}/data",),
    EVENT + "address": ("{at}/address", "{at}/address?done=asked"),
    EVENT + "removal": ("{at}/removal",),
    **{EVENT + f"{name}/{{code:str}}": (f"{{at}}/{name}/{code}",) for name, code in THINGS.items()},
    EVENT + "panels/{code:str}/words": ("{at}/panels/P1/words",),
    EVENT + "panels/{code:str}/letter": ("{at}/panels/P1/letter",),
    "/offer/{event:str}/": ("/offer/small-2028/",),
    "/speak/-/removed": ("/speak/-/removed",),
}
"""Addresses of examples, for each route."""

NO_SCREENS = {
    "/speak/data.json",
    EVENT + "address/{token:str}",
    EVENT + "files/{key:str}",
    EVENT + "files/{key:str}/{name:str}",
}
LOOKS = (Look(360, "light", tuple(SCREENS)), Look(820, "dark", tuple(SCREENS)))


@pytest.fixture
def service(sqlite_copies: Copy, tmp_path: Path) -> Iterator[Service]:
    """With somebody who is all of it: chair, author, speaker, and host of a showcase."""
    url = sqlite_copies("conference")
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, _reached(url)).result()
    with Service(url, tmp_path).up() as up:
        yield up


async def _reached(url: str) -> None:
    async with database.running(url):
        await accounts.grant(SLUG, "olga@example.org", accounts.Right.ORGANISER, "tests")
        for person in ("alice-adler", "dana-osei"):
            await editing.put(SLUG, "contacts", Contact(person=person, email=ADA), "tests")
        await editing.put(
            SLUG, "rules", Rules(showcases_open=True, abstract_words=5, reach="olga@example.org"), "tests"
        )


def test_every_screen_has_an_example() -> None:
    areas = ("/speak/", "/offer/")
    pages = {entry.path for entry in ROUTES if entry.method == "GET" and entry.path.startswith(areas)}
    assert pages - NO_SCREENS == SCREENS.keys()


@pytest.mark.walk
@pytest.mark.slow
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.width}-{look.scheme}")
def test_no_screen_has_a_barrier_an_error_or_is_too_wide(browser: Browser, service: Service, look: Look) -> None:
    context = browser.new_context(
        viewport={"width": look.width, "height": 800}, color_scheme=look.scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(next(word for word in service.run("link", ADA).split() if word.startswith("http")))
    page.get_by_role("button").first.click()
    page.wait_for_url(f"{service.base}/speak/**")
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    wanting = {}
    for route in look.routes:
        for pattern in SCREENS[route]:
            address = pattern.format(at=f"/speak/{SLUG}")
            answer = page.goto(service.base + address)
            assert answer is not None
            assert answer.status == 200, address
            if faults := [*wrong, *barriers(page), *too_wide(page, look.width)]:
                wanting[address] = faults
            wrong.clear()
    assert wanting == {}
    context.close()
