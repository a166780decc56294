"""A chair at a panel: from the link in a letter, by touch on a phone, and with the keyboard alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

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
ALICE, BOB = "alice.adler@example.org", "bob@secret.example"


@pytest.fixture
def service(sqlite_copies: Copy, tmp_path: Path) -> Iterator[Service]:
    """With the addresses of Alice, who chairs, and of Bob, who has a paper."""
    url = sqlite_copies("conference")
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, _reached(url)).result()
    with Service(url, tmp_path).up() as up:
        yield up


async def _reached(url: str) -> None:
    async with database.running(url):
        await accounts.grant(SLUG, "olga@example.org", accounts.Right.ORGANISER, "tests")
        for person, email in (("alice-adler", ALICE), ("bob-baker", BOB)):
            await editing.put(SLUG, "contacts", Contact(person=person, email=email), "tests")
        await editing.put(SLUG, "rules", Rules(quiet_minutes=0), "tests")
        await letters.invite(SLUG, ["alice-adler"], "tests")


def sound(page: Page, width: int) -> None:
    """Nothing is in anybody's way on this page, and it is no wider than the window."""
    assert Axe().run(page).response["violations"] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    assert "secret.example" not in page.content()


def order(page: Page, session: str) -> list[str]:
    return (
        page.locator(".panel-session", has=page.get_by_role("heading", name=session))
        .locator(".turn-title .code")
        .all_inner_texts()
    )


def test_a_chair_runs_a_panel_by_touch_and_by_keys(browser: Browser, service: Service) -> None:
    wrong: list[str] = []
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(service.letter(ALICE))
    page.get_by_role("button").first.tap()
    page.wait_for_url(f"{service.base}/speak/{SLUG}/")
    page.get_by_role("link", name="Trust in public services", exact=True).first.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trust in public services")
    sound(page, 390)
    by_touch(page)
    by_keys(page)
    an_answer(page)
    a_letter(page)
    assert [told for told in wrong if "409" not in told] == []
    context.close()


def by_touch(page: Page) -> None:
    """Order, minutes, a paper that is tabled, and that taken back."""
    first = "Trust in public services (1)"
    page.get_by_role("button", name="Down: Letting go of the controls").tap()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert order(page, first) == ["T2", "T1"]
    times = page.locator(".panel-session").first.locator(".turn-when")
    page.get_by_label("Minutes").first.fill("35")
    expect(times).to_have_text(["10:30", "11:05"])
    page.get_by_role("button", name="Save", exact=True).last.tap()
    expect(page.get_by_text("55 of 90 minutes are given to papers")).to_be_visible()
    expect(page.get_by_text("not public in this order yet")).to_be_visible()
    page.locator(".turn", has_text="Letting go").get_by_text("Elsewhere").tap()
    page.get_by_role("button", name="Table: Letting go of the controls").tap()
    expect(page.get_by_role("button", name="Bring back: Letting go of the controls")).to_be_visible()
    assert order(page, first) == ["T2"]
    sound(page, 390)
    page.get_by_role("button", name="Take it back").tap()
    expect(page.get_by_text("That is taken back.")).to_be_visible()
    assert order(page, first) == ["T2", "T1"]


def by_keys(page: Page) -> None:
    page.get_by_role("button", name="Move: What neighbours know").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-told]")).to_have_text("What neighbours know: now number 2 of 2")
    expect(page.get_by_role("button", name="Move: What neighbours know")).to_be_focused()
    assert order(page, "Trust in public services (1)") == ["T1", "T2"]


def an_answer(page: Page) -> None:
    page.get_by_label("The panel’s answer").fill("Come to our *second* session.")
    page.get_by_role("button", name="Save the answer").tap()
    expect(page.get_by_text("Everybody can see it now.")).to_be_visible()
    page.get_by_role("link", name="As everybody sees it").tap()
    expect(page.get_by_text("Come to our second session.")).to_be_visible()
    sound(page, 390)
    page.go_back()


def a_letter(page: Page) -> None:
    """By keys alone: looked at before it goes, and gone once."""
    page.get_by_role("link", name="Write to the panel’s people").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Write to the panel’s people")
    sound(page, 390)
    page.get_by_label("Your words").focus()
    page.keyboard.type("Bring your slides.")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("One person gets it: Bob Baker.")).to_be_visible()
    sound(page, 390)
    page.get_by_role("button", name="Send it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("One letter is written")).to_be_visible()
