"""Walks over the public pages, served as the web layer does: with its policy, and from its own address only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request

from ..conference import at
from ..renditions.test_pages import HOSTILE, all_pages, poisoned, released
from .serving import serving

pytestmark = pytest.mark.walk

ONE_OF_EACH = (
    "", "schedule", "list", "list?day=2028-03-26", "sessions/", "sessions/P1-1", "sessions/K1", "panels/", "panels/P1",
    "papers/", "papers/T1", "papers/T5", "people/", "people/alice-adler", "rooms/", "rooms/room-b", "tracks/",
    "tracks/trust", "showcases/", "showcases/dadz", "subscribe", "subscribe?of=people/bob-baker", "releases/",
    "releases/2", "print/",
)  # fmt: skip


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with serving(released(), now=at(25, 13, 15)) as address:
        yield f"{address}/small-2028"


@contextmanager
def walking(browser: Browser, base: str, **more: Any) -> Iterator[tuple[Page, list[str]]]:
    """A page in a context of its own, and what went wrong on it: complaints, errors, requests to other hosts."""
    wrong: list[str] = []
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"} | more)
    page = context.new_page()
    page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: _elsewhere(request, base, wrong))
    page.on("response", lambda response: wrong.append(response.url) if response.status >= 400 else None)
    try:
        yield page, wrong
    finally:
        context.close()


def _elsewhere(request: Request, base: str, wrong: list[str]) -> None:
    if not request.url.startswith((base.rpartition("/")[0], "data:")):
        wrong.append(f"elsewhere: {request.url}")


def test_the_walk_passes_every_kind_of_page() -> None:
    kinds = {address.partition("?")[0].partition("/")[0] for address, _tree in all_pages(released())}
    assert kinds == {address.partition("?")[0].partition("/")[0] for address in ONE_OF_EACH}


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "light")])
def test_no_page_has_a_barrier(browser: Browser, base: str, scheme: str, width: int) -> None:
    with walking(browser, base, color_scheme=scheme, viewport={"width": width, "height": 800}) as (page, wrong):
        for address in ONE_OF_EACH:
            page.goto(f"{base}/{address}")
            found = Axe().run(page).response["violations"]
            assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found] == [], address
        assert wrong == []


@pytest.mark.parametrize("width", [320, 360, 820])
def test_no_page_is_wider_than_its_window(browser: Browser, base: str, width: int) -> None:
    with walking(browser, base, viewport={"width": width, "height": 800}) as (page, wrong):
        for address in ONE_OF_EACH:
            page.goto(f"{base}/{address}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert wrong == []


@pytest.mark.slow
def test_nothing_that_people_write_bursts_a_page(browser: Browser) -> None:
    for kind in ("long", "emoji", "reversed", "arabic"):
        with (
            serving(poisoned(released(), HOSTILE[kind])) as address,
            walking(browser, f"{address}/small-2028", viewport={"width": 360, "height": 800}) as (page, wrong),
        ):
            for each in ONE_OF_EACH:
                page.goto(f"{address}/small-2028/{each}")
                assert page.evaluate("document.documentElement.scrollWidth") <= 360, (kind, each)
            assert wrong == []


def test_all_is_there_without_scripts(browser: Browser, base: str) -> None:
    with walking(browser, base, java_script_enabled=False, viewport={"width": 390, "height": 844}) as (page, wrong):
        page.goto(f"{base}/schedule")
        assert page.get_by_role("link", name="Open discussion").is_visible()
        page.get_by_role("navigation", name="Days").get_by_role("link").nth(1).click()
        assert page.get_by_role("heading", level=1).inner_text() == "Sunday 26 March"
        page.goto(f"{base}/people/")
        assert page.get_by_role("link", name="Adler, Alice").is_visible()
        assert not page.get_by_role("searchbox").is_visible()  # it would do nothing
        assert wrong == []


def test_a_keyboard_reaches_and_scrolls_the_grid(browser: Browser, base: str) -> None:
    with walking(browser, base, viewport={"width": 760, "height": 500}) as (page, wrong):
        page.goto(f"{base}/schedule")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.getAttribute('role')") == "region":
                break
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Rooms and times"
        for _ in range(20):  # scrolling takes a moment, and the policy forbids waiting for a function
            page.keyboard.press("ArrowDown")
            if scrolled := page.evaluate("document.activeElement.scrollTop"):
                break
        assert scrolled > 0
        assert wrong == []


def test_arrows_walk_along_the_days(browser: Browser, base: str) -> None:
    with walking(browser, base) as (page, _wrong):
        page.goto(f"{base}/schedule")
        days = page.get_by_role("navigation", name="Days").get_by_role("link")
        days.nth(0).focus()
        page.keyboard.press("ArrowRight")
        assert days.nth(1).evaluate("link => link === document.activeElement")
        page.keyboard.press("ArrowRight")  # there is no further
        assert days.nth(1).evaluate("link => link === document.activeElement")


def test_an_index_can_be_searched_without_accents(browser: Browser, base: str) -> None:
    with walking(browser, base) as (page, _wrong):
        page.goto(f"{base}/people/")
        page.get_by_role("searchbox").fill("osei")
        assert page.locator(".person:visible").all_inner_texts() == ["Oṣei-Łukasz, Dana\nSalford Dadz"]
        assert page.locator(".letter:visible").count() == 1
        assert page.get_by_role("status").inner_text() == "1"
        page.get_by_role("searchbox").fill("")
        assert page.locator(".person:visible").count() == 6


def test_a_phone_shows_the_day_by_time_with_its_rooms(browser: Browser, base: str) -> None:
    with walking(browser, base, viewport={"width": 360, "height": 800}) as (page, _wrong):
        page.goto(f"{base}/schedule")
        assert page.locator("tbody th:visible").all_inner_texts() == ["12:00", "13:00", "15:00", "22:00"]
        assert page.locator("td:visible .slot-when").all_inner_texts() == [
            "12:00–13:00", "Aula, 13:00–14:00 · Discussion", "Foyer, 13:00–13:30 · Demonstration",
            "Aula, 15:00–16:30 · Papers New time", "Foyer, 22:00–03:00 · Social",
        ]  # fmt: skip


def test_a_visitor_from_elsewhere_sees_their_own_time_too(browser: Browser, base: str) -> None:
    with walking(browser, base, timezone_id="Asia/Tokyo") as (page, _wrong):
        page.goto(f"{base}/sessions/P1-2")
        assert "09:00–10:00 (17:00)" in page.locator(".facts").inner_text()
        assert page.locator(".your-time").is_visible()
    with walking(browser, base, timezone_id="Europe/London") as (page, _wrong):
        page.goto(f"{base}/sessions/P1-2")
        assert "(" not in page.locator(".facts .hours").inner_text()


def test_what_is_on_is_marked_while_the_page_stays_open(browser: Browser, base: str) -> None:
    with walking(browser, base) as (page, _wrong):
        page.clock.install(time=at(25, 12, 59))
        page.goto(f"{base}/schedule")
        assert page.locator(".slot.is-on .slot-title").all_inner_texts() == ["Lunch"]
        page.clock.run_for(90_000)
        assert page.locator(".slot.is-on .slot-title").all_inner_texts() == ["Open discussion", "Dads and daughters"]


def test_the_address_of_a_calendar_can_be_copied(browser: Browser, base: str) -> None:
    with walking(browser, base, permissions=["clipboard-read", "clipboard-write"]) as (page, wrong):
        page.goto(f"{base}/subscribe?of=panels/P1")
        page.get_by_role("button", name="Copy the address").click()
        page.get_by_role("button", name="Copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == f"{base}/panels/P1.ics"
        assert wrong == []


def test_links_are_large_enough_to_hit(browser: Browser, base: str) -> None:
    """WCAG 2.2 SC 2.5.8: 24 px, but for links within a line of text."""
    small = """() => [...document.querySelectorAll('nav a, button, input, summary, .button')]
        .filter(e => e.offsetParent && Math.min(e.getBoundingClientRect().height, e.getBoundingClientRect().width) < 24)
        .map(e => e.outerHTML)"""
    with walking(browser, base, viewport={"width": 360, "height": 800}) as (page, _wrong):
        for address in ONE_OF_EACH:
            page.goto(f"{base}/{address}")
            assert page.evaluate(small) == [], address
