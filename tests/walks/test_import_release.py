"""A walk from a spreadsheet to a release: brought, its columns chosen, taken; findings mended, accepted; published."""

from __future__ import annotations

import re
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
LIST = """Our list,,,,
Nummer,Was,Tag,Um,Wo
K1,A keynote of trust,2028-03-25,13:00,Aula
N9,A new workshop,2028-03-25,16:00,Room B
"""
CHOICES = {"Nummer": "code", "Was": "title", "Tag": "day", "Um": "starts", "Wo": "room"}


@contextmanager
def organiser(browser: Browser, service: Service, **more: Any) -> Iterator[Page]:
    """A page of an organiser's; nothing may have gone wrong on it at the end."""
    wrong: list[str] = []
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"} | more)
    page = context.new_page()
    service.sign_in(page, OLGA, SLUG)
    page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{service.base}/organise/{SLUG}/imports/")
    try:
        yield page
        assert wrong == []
    finally:
        context.close()


def looked_at(page: Page) -> None:
    """No barrier, and nothing that reaches over the edge."""
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def bring(page: Page) -> None:
    """The list, with its columns said one by one."""
    looked_at(page)
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "Liste.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    )
    page.get_by_role("button", name="See what is in it").click()
    looked_at(page)
    page.get_by_role("link", name="Say what its columns are").click()
    page.get_by_label("Its rows are").select_option("sessions")
    page.get_by_role("button", name="Show its columns").click()
    for title, field in CHOICES.items():
        page.get_by_label(f"What {title} holds").select_option(field)
    looked_at(page)
    page.get_by_role("button", name="Read it so").click()


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
        {"viewport": {"width": 820, "height": 1100}, "has_touch": True},
    ],
    ids=["wide", "phone", "touch"],
)
def test_from_a_list_to_a_release(browser: Browser, service: Service, more: dict[str, Any]) -> None:
    with organiser(browser, service, **more) as page:
        bring(page)
        expect(page.locator("#how-changed")).to_contain_text("Changed")
        expect(page.locator("del", has_text="Opening keynote")).to_have_count(1)
        looked_at(page)
        page.get_by_role("button", name="Take it", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("The file was taken: 1 new, 2 changed")

        page.goto(f"{service.base}/organise/{SLUG}/findings?severity=error")
        expect(page.locator("main")).to_contain_text("Aula is used twice")
        looked_at(page)
        page.get_by_role("button", name=re.compile("^Move “A keynote of trust” to Sat")).first.click()
        expect(page.get_by_role("status").first).to_contain_text("That is mended.")
        page.goto(f"{service.base}/organise/{SLUG}/findings")
        page.get_by_text("Accept it").first.click()
        page.get_by_label("Why it may stay").first.fill("It is meant so")
        page.get_by_role("button", name=re.compile("^Accept: ")).first.click()
        expect(page.locator(".accepted")).to_contain_text("It is meant so")
        looked_at(page)

        page.goto(f"{service.base}/organise/{SLUG}/releases/")
        expect(page.locator("#group-new")).to_be_visible()
        looked_at(page)
        page.get_by_role("link", name="Publish this change alone: A new workshop").click()
        looked_at(page)
        page.get_by_role("button", name="Publish this alone").click()
        expect(page.get_by_role("status")).to_contain_text("Version 2 is public now.")
        page.get_by_label("What is new").fill("A keynote has another title")
        page.get_by_role("button", name="Release version 3").click()
        expect(page.get_by_role("status")).to_contain_text("Version 3 is public now.")
        looked_at(page)

        page.get_by_role("link", name="What changed in version 3").click()
        expect(page.locator("main")).to_contain_text("A keynote of trust")
        looked_at(page)
        page.goto(f"{service.base}/{SLUG}/sessions/K1")
        expect(page.locator("h1")).to_have_text("A keynote of trust")
        page.goto(f"{service.base}/organise/{SLUG}/releases/1/preview/sessions/K1")
        expect(page.locator("h1")).to_have_text("Opening keynote")

        page.goto(f"{service.base}/organise/{SLUG}/releases/")
        page.get_by_text("Make it the draft again").last.click()
        page.get_by_role("button", name="Make version 1 the draft").click()
        expect(page.get_by_role("status")).to_contain_text("The draft is that version again.")
        expect(page.locator("#group-cancelled")).to_be_visible()


def test_all_of_it_works_without_scripts(browser: Browser, service: Service) -> None:
    with organiser(browser, service, java_script_enabled=False) as page:
        page.get_by_label("File", exact=True).set_input_files(
            {"name": "x.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
        )
        page.get_by_role("button", name="See what is in it").click()
        page.get_by_role("link", name="Say what its columns are").click()
        page.get_by_label("Its rows are").select_option("sessions")
        page.get_by_role("button", name="Show its columns").click()
        for title, field in CHOICES.items():
            page.get_by_label(f"What {title} holds").select_option(field)
        page.get_by_role("button", name="Read it so").click()
        page.get_by_role("button", name="Leave it").click()
        expect(page.get_by_role("status")).to_contain_text("The file was left.")
