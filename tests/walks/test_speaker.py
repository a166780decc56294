"""A speaker, from the letter's link to the public page: on a telephone, and once without scripts."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from events_app import editing
from events_app.editing import accounts, letters
from events_app.programme.planning import Contact, Rules
from events_app.tables import database

from ..conftest import Copy
from .service import Service

pytestmark = pytest.mark.walk

SLUG = "small-2028"
BOB = "bob@example.org"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}


@contextmanager
def speaker(browser: Browser, service: Service, **more: Any) -> Iterator[Page]:
    """Somebody with a telephone; nothing may have gone wrong on their pages at the end."""
    context = browser.new_context(**PHONE | more)
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    expected = ("403", "409", "422", "ERR_INTERNET_DISCONNECTED", "Applying inline style")  # the last by axe itself
    assert [told for told in wrong if not any(part in told for part in expected)] == []
    context.close()


@pytest.fixture
def service(sqlite_copies: Copy, tmp_path: Path) -> Iterator[Service]:
    url = sqlite_copies("conference")
    with ThreadPoolExecutor(1) as thread:  # the browser has a loop of its own in this one
        thread.submit(asyncio.run, _keep_address(url)).result()
    with Service(url, tmp_path).up() as up:
        yield up


async def _keep_address(url: str) -> None:
    async with database.running(url):
        await accounts.grant(SLUG, "olga@example.org", accounts.Right.ORGANISER, "tests")
        await editing.put(SLUG, "contacts", Contact(person="bob-baker", email=BOB), "olga@example.org")
        await editing.put(SLUG, "rules", Rules(quiet_minutes=0), "olga@example.org")
        await letters.invite(SLUG, ["bob-baker"], "olga@example.org")


def link(service: Service) -> str:
    return next(word for word in service.run("link", BOB).split() if word.startswith("http"))


def in_order(page: Page) -> None:
    """No barrier, nothing wider than the window, and nothing too small for a thumb."""
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url


def test_a_speaker_on_a_telephone_from_the_letter_to_the_public_page(browser: Browser, service: Service) -> None:
    with speaker(browser, service) as page:
        letter = service.letter(BOB)
        assert page.request.get(letter).ok  # a program that checks mail for bad links looks at it first
        page.goto(letter)
        page.get_by_role("button", name="Sign in").tap()
        page.wait_for_url(f"{service.base}/speak/{SLUG}/")
        expect(page.get_by_role("main")).to_contain_text("09:00–10:00")
        in_order(page)

        page.get_by_role("button", name="I am coming: Opening keynote").tap()
        expect(page.get_by_role("status").first).to_contain_text("Thank you")
        expect(page.get_by_role("main")).to_contain_text("You are coming.")

        page.get_by_role("link", name="Letting go of the controls", exact=True).tap()
        page.get_by_text("As everybody will see it").tap()
        expect(page.locator(".seen-by-all-page h1")).to_have_text("Letting go of the controls")
        in_order(page)
        page.get_by_label("Title").fill("Letting go")
        expect(page.locator(".seen-by-all-page h1")).to_have_text("Letting go")

        page.context.set_offline(True)
        page.get_by_role("button", name="Save", exact=True).tap()
        expect(page.get_by_role("alert")).to_contain_text("There is no connection. Nothing is lost")
        expect(page.get_by_label("Title")).to_have_value("Letting go")
        page.context.set_offline(False)

        page.goto(f"{service.base}/speak/{SLUG}/")  # the page is left without having been saved
        expect(page.get_by_role("main")).to_contain_text(
            "You have typed something that is not saved yet: Letting go of"
        )
        in_order(page)
        page.get_by_role("link", name="Go on with it").tap()
        expect(page.get_by_label("Title")).to_have_value("Letting go of the controls")
        page.get_by_role("button", name="Go on with it").tap()
        expect(page.get_by_label("Title")).to_have_value("Letting go")

        cookies = page.context.cookies()
        page.context.clear_cookies()
        page.get_by_role("button", name="Save", exact=True).tap()
        expect(page.get_by_role("alert")).to_contain_text("You are not signed in any more. Nothing is lost")
        page.context.add_cookies(cookies)
        page.get_by_role("button", name="Save", exact=True).tap()
        expect(page.get_by_role("status").first).to_contain_text("Everybody can see it now.")
        in_order(page)
        assert page.evaluate("Object.keys(localStorage).length") == 0

        page.get_by_role("link", name="Look at the page").tap()
        expect(page.get_by_role("heading", level=1)).to_have_text("Letting go")

        page.goto(f"{service.base}/speak/{SLUG}/people/bob-baker")
        in_order(page)
        page.get_by_label("Pronouns").fill("he/him")
        page.get_by_role("button", name="Sign out").tap()
        page.wait_for_url(f"{service.base}/")
        assert page.evaluate("Object.keys(localStorage).length") == 0
        page.goto(letter)
        page.get_by_role("button", name="Sign in").tap()
        expect(page.get_by_role("heading", level=1)).to_contain_text("does not work any more")  # it works once


def test_a_speaker_without_scripts(browser: Browser, service: Service) -> None:
    with speaker(browser, service, java_script_enabled=False) as page:
        page.goto(link(service))
        page.get_by_role("button", name="Sign in").tap()
        page.get_by_role("link", name="Letting go of the controls", exact=True).tap()
        page.get_by_label("Title").fill("Letting go")
        page.get_by_role("button", name="Down: Bob Baker").tap()
        expect(page.locator(".fellow-name").first).to_have_text("Charlie Khan")
        expect(page.get_by_label("Title")).to_have_value("Letting go")
        with page.context.expect_page() as opened:
            page.get_by_role("button", name="Preview").tap()
        expect(opened.value.get_by_role("heading", level=1)).to_have_text("Letting go")
        page.get_by_role("button", name="Save", exact=True).tap()
        expect(page.get_by_role("status").first).to_contain_text("Everybody can see it now.")
        page.get_by_role("button", name="Take back: put right").first.tap()
        expect(page.get_by_role("status").first).to_contain_text("That is taken back.")
        expect(page.get_by_label("Title")).to_have_value("Letting go of the controls")
