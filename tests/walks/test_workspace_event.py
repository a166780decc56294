"""Walks through what concerns an event as a whole: overview, settings, texts, members, the next edition."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from .service import Service

pytestmark = pytest.mark.walk

SLUG = "small-2028"
OLGA = "olga@example.org"
PAGES = ("", "settings", "texts", "texts/front/0", "texts/new", "members", "copy")


@contextmanager
def organiser(browser: Browser, service: Service, **more: Any) -> Iterator[Page]:
    """Somebody who organises the small conference; nothing may have gone wrong on their pages at the end."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"} | more)
    page = context.new_page()
    service.sign_in(page, OLGA, SLUG)
    with watched(page):
        yield page
    context.close()


@contextmanager
def watched(page: Page) -> Iterator[None]:
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield
    assert [told for told in wrong if "422" not in told] == []  # the browser notes a refusal as an error


def go(page: Page, service: Service, path: str) -> None:
    page.goto(f"{service.base}/organise/{SLUG}/{path}")


def said(page: Page) -> str:
    return page.get_by_role("status").first.inner_text()


@pytest.mark.parametrize(("width", "scheme"), [(820, "light"), (1440, "dark")])
def test_no_page_has_a_barrier_or_is_wider_than_its_window(
    browser: Browser, service: Service, width: int, scheme: str
) -> None:
    with organiser(browser, service, viewport={"width": width, "height": 900}, color_scheme=scheme) as page:
        for address in (*(f"/organise/{SLUG}/{path}" for path in PAGES), "/account/", "/organise/"):
            page.goto(service.base + address)
            found = Axe().run(page).response["violations"]
            assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found] == [], address
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_settings_show_what_the_public_will_see_while_they_are_typed(browser: Browser, service: Service) -> None:
    with organiser(browser, service) as page:
        go(page, service, "settings")
        page.get_by_label("About", exact=True).fill("Two days of **trust**.")
        expect(page.locator("[data-preview=about] strong")).to_have_text("trust")
        page.locator("#colour").fill("#ffff00")
        expect(page.locator("[data-preview=colour]")).to_contain_text("where yours has only 1.0 : 1")
        page.get_by_label("Venue").fill("The Library")
        page.get_by_label("Last day").fill("2028-03-20")
        page.get_by_role("button", name="Save").last.click()
        expect(page.get_by_role("alert")).to_contain_text("The last day is before the first.")
        expect(page.get_by_label("Venue")).to_have_value("The Library")
        page.get_by_label("Last day").fill("2028-03-26")
        page.get_by_role("button", name="Save").last.click()
        expect(page.get_by_role("status").first).to_contain_text("Saved.")
        go(page, service, "preview/")
        expect(page.get_by_role("main")).to_contain_text("The Library")


def test_texts_are_written_and_ordered_by_keys_alone(browser: Browser, service: Service) -> None:
    with organiser(browser, service) as page:
        go(page, service, "texts/new?place=back")
        page.keyboard.press("Tab")
        page.get_by_label("Title").focus()
        page.keyboard.type("Wifi")
        page.get_by_label("Text", exact=True).focus()
        page.keyboard.type("Ask **anybody**.")
        expect(page.locator("[data-preview=text] strong")).to_have_text("anybody")
        page.get_by_role("button", name="Add").last.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#back-1")).to_contain_text("Wifi")
        page.get_by_role("button", name="Up: Wifi").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#back-0")).to_contain_text("Wifi")
        expect(page.get_by_role("button", name="Up: Wifi")).to_be_focused()  # so that one can go on pressing
        page.keyboard.press("Enter")
        expect(page.locator("#front-1")).to_contain_text("Wifi")


def test_somebody_is_asked_in_and_looks_but_cannot_change(browser: Browser, service: Service) -> None:
    with organiser(browser, service) as page:
        go(page, service, "members")
        page.get_by_label("E-mail address").fill("helen@example.org")
        page.get_by_label("Helper").check()
        page.get_by_role("button", name="Add", exact=True).click()
        link = page.get_by_label("The link").input_value()
        helper = browser.new_context().new_page()
        with watched(helper):
            helper.goto(link)
            helper.get_by_role("button").first.click()
            helper.wait_for_url(f"{service.base}/organise/small-2028/")  # the link says where it leads
            expect(helper.get_by_text("You can read and print here")).to_be_visible()
            go(helper, service, "settings")
            expect(helper.get_by_role("button", name="Save")).to_have_count(0)
            assert Axe().run(helper).response["violations"] == []
        helper.context.close()


def test_what_is_left_leads_to_where_it_is_done(browser: Browser, service: Service) -> None:
    with organiser(browser, service) as page:
        go(page, service, "")
        page.get_by_role("link", name="1 left: Sessions have a time").click()
        expect(page.get_by_role("main")).to_contain_text("X1")


def test_all_of_it_works_without_a_script(browser: Browser, service: Service) -> None:
    with organiser(browser, service, java_script_enabled=False, viewport={"width": 390, "height": 844}) as page:
        go(page, service, "texts/front/0")
        page.get_by_label("Text", exact=True).fill("Come **in**.")
        page.get_by_role("button", name="Show").click()
        expect(page.locator(".shown strong")).to_have_text("in")
        page.get_by_role("button", name="Save").last.click()
        assert "Saved." in said(page)
        page.get_by_role("button", name="Down: Welcome").click()
        expect(page.locator("#back-0")).to_contain_text("Welcome")
        go(page, service, "copy")
        page.get_by_role("button", name="Make the next edition").click()
        assert "Here is the next edition." in said(page)
        expect(page.get_by_role("heading", name="Where to begin")).to_be_visible()
