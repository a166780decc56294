"""Walks through lists, forms, papers and history: by mouse, by keys alone, without scripts, and by two at once."""

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
OLGA, OTTO = "olga@example.org", "otto@example.org"
PAGES = (
    "sessions/", "sessions/?q=trust&kind=papers&sort=when", "sessions/?q=no+such+thing", "papers/", "panels/",
    "people/", "rooms/", "tracks/", "showcases/", "sessions/-/new", "sessions/P1-1", "sessions/P1-1/papers",
    "sessions/P1-1/history", "sessions/X1/removal", "papers/T1", "panels/P1", "people/bob-baker",
    "people/charlie-khan/merge", "people/charlie-khan/merge?other=charlie-khan-2", "people/bob-baker/removal",
    "rooms/aula", "tracks/trust", "showcases/dadz", "papers/T1/history", "places", "history",
)  # fmt: skip


@contextmanager
def organiser(browser: Browser, service: Service, path: str, email: str = OLGA, **more: Any) -> Iterator[Page]:
    """A page of the workspace before an organiser; nothing may have gone wrong on it at the end."""
    wrong: list[str] = []
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"} | more)
    page = context.new_page()
    service.sign_in(page, email, SLUG)
    page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address(service, path))
    try:
        yield page
        # the browser notes a refused form as an error
        assert [told for told in wrong if "409" not in told and "422" not in told] == []
    finally:
        context.close()


def address(service: Service, path: str) -> str:
    return f"{service.base}/organise/{SLUG}/{path}"


def titles(page: Page) -> list[str]:
    return page.locator(".rows tbody th").all_inner_texts()


@pytest.mark.parametrize(("width", "scheme"), [(820, "light"), (1440, "dark")])
def test_no_page_has_a_barrier_or_is_wider_than_its_window(
    browser: Browser, service: Service, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 900}
    with organiser(browser, service, "sessions/", viewport=size, color_scheme=scheme) as page:
        for path in PAGES:
            page.goto(address(service, path))
            if page.locator(".bulk").count():
                page.locator(".bulk > summary").click()
            found = Axe().run(page).response["violations"]
            assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found] == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_refusals_have_no_barrier_either(browser: Browser, service: Service) -> None:
    with organiser(browser, service, "sessions/K1") as page, organiser(browser, service, "sessions/K1", OTTO) as other:
        page.locator("#title").fill("")
        page.get_by_label("Minutes").fill("ages")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator("#wrong")).to_be_focused()
        assert Axe().run(page).response["violations"] == []
        page.get_by_role("link", name="Minutes").click()
        expect(page.get_by_label("Minutes")).to_be_focused()
        other.locator("#title").fill("Theirs")
        other.get_by_role("button", name="Save", exact=True).click()
        expect(other.get_by_text("Saved.")).to_be_visible()
        page.locator("#title").fill("Mine")
        page.get_by_label("Minutes").fill("60")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("heading", name="Somebody else was faster")).to_be_visible()
        assert Axe().run(page).response["violations"] == []
        expect(page.get_by_text("Mine")).to_be_visible()
        page.get_by_text("Theirs", exact=True).click()
        page.get_by_role("button", name="Save what is chosen").click()
        expect(page.get_by_role("heading", name="Theirs")).to_be_visible()


def test_a_list_answers_while_one_types_and_the_address_follows(browser: Browser, service: Service) -> None:
    with organiser(browser, service, "sessions/") as page:
        page.get_by_label("Search").press_sequentially("trust")
        expect(page.locator(".rows tbody tr")).to_have_count(2)
        assert page.url.endswith("/sessions/?q=trust")
        page.get_by_label("Day").select_option("2028-03-26")
        expect(page.locator(".rows tbody tr")).to_have_count(1)
        page.get_by_role("link", name="Trust in public services (2)", exact=True).click()
        page.go_back()
        expect(page.locator(".rows tbody tr")).to_have_count(1)
        expect(page.get_by_label("Search")).to_have_value("trust")


def test_many_are_ticked_with_shift_set_at_once_and_taken_back(browser: Browser, service: Service) -> None:
    with organiser(browser, service, "sessions/") as page:
        page.get_by_label("Opening keynote", exact=True).click()
        page.get_by_label("Lunch", exact=True).click(modifiers=["Shift"])
        expect(page.locator(".bulk-count")).to_have_text("3 ticked")
        page.locator(".bulk > summary").click()
        page.locator(".bulk-field select[name=track]").select_option("care")
        page.get_by_role("button", name="Set for these").click()
        expect(page.get_by_text("3 were changed.")).to_be_visible()
        page.get_by_role("link", name="See it in the history").click()
        page.get_by_role("button", name="Take back").first.click()
        expect(page.get_by_text("That is taken back.")).to_be_visible()


def test_rows_are_ticked_by_keys_alone(browser: Browser, service: Service) -> None:
    with organiser(browser, service, "sessions/") as page:
        page.get_by_label("Opening keynote", exact=True).focus()
        page.keyboard.press("Space")
        page.keyboard.press("Shift+ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Space")
        expect(page.locator(".bulk-count")).to_have_text("3 ticked")


def test_a_session_is_made_by_keys_alone(browser: Browser, service: Service) -> None:
    with organiser(browser, service, "sessions/-/new") as page:
        page.locator("#title").focus()
        page.keyboard.type("A walk through the town")
        for name, text in (("Minutes", "45"), ("Person", "+ Zoë Zed")):
            page.get_by_label(name, exact=True).first.focus()
            page.keyboard.press("Control+A")
            page.keyboard.type(text)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Added.")).to_be_visible()
        expect(page.get_by_label("Person").first).to_have_value("Zoë Zed · zoe-zed")
        assert page.url.endswith("/sessions/a-walk-through-the-town?done=added")


def test_people_of_a_paper_are_added_moved_and_removed_on_the_spot(browser: Browser, service: Service) -> None:
    with organiser(browser, service, "papers/T1") as page:
        people = page.locator("[data-rows-of=parts] .part-row:not(.is-blank) input[name=parts-person]")
        expect(people).to_have_count(2)
        page.get_by_role("button", name="Add a person").click()
        page.keyboard.type("Eve")
        page.get_by_role("button", name="Up: Charlie Khan · charlie-khan").click()
        assert [people.nth(n).input_value() for n in range(3)] == [
            "Charlie Khan · charlie-khan", "Bob Baker · bob-baker", "Eve",
        ]  # fmt: skip
        page.get_by_role("button", name="Remove: Bob Baker · bob-baker").click()
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_role("button", name="Add Eve as somebody new").click()
        expect(page.get_by_text("Saved.")).to_be_visible()
        assert [people.nth(n).input_value() for n in range(2)] == ["Charlie Khan · charlie-khan", "Eve · eve"]


def papers(page: Page) -> list[str]:
    return page.locator(".turn-title .code").all_inner_texts()


def test_papers_are_dragged_into_their_order(browser: Browser, service: Service) -> None:
    with organiser(browser, service, "sessions/P1-1/papers") as page:
        assert papers(page) == ["T1", "T2"]
        grip, other = page.locator(".turn-grip").nth(0).bounding_box(), page.locator(".turn").nth(1).bounding_box()
        assert grip
        assert other
        page.mouse.move(grip["x"] + 10, grip["y"] + 10)
        page.mouse.down()
        page.mouse.move(grip["x"] + 10, other["y"] + other["height"], steps=8)
        page.mouse.up()
        expect(page.get_by_text("Saved.")).to_be_visible()
        assert papers(page) == ["T2", "T1"]
        expect(page.locator(".turn-when time").nth(1)).to_have_text("10:50")
        page.reload()
        assert papers(page) == ["T2", "T1"]


def test_a_drag_that_is_broken_off_changes_nothing(browser: Browser, service: Service) -> None:
    with organiser(browser, service, "sessions/P1-1/papers") as page:
        grip, other = page.locator(".turn-grip").nth(0).bounding_box(), page.locator(".turn").nth(1).bounding_box()
        assert grip
        assert other
        page.mouse.move(grip["x"] + 10, grip["y"] + 10)
        page.mouse.down()
        page.mouse.move(grip["x"] + 10, other["y"] + other["height"], steps=8)
        page.keyboard.press("Escape")
        page.mouse.up()
        assert papers(page) == ["T1", "T2"]


def test_papers_are_ordered_by_keys_alone_and_the_focus_goes_with_them(browser: Browser, service: Service) -> None:
    with organiser(browser, service, "sessions/P1-1/papers") as page:
        page.get_by_role("button", name="Move: Letting go of the controls").focus()
        page.keyboard.press("ArrowDown")
        expect(page.locator(".turn-title .code").first).to_have_text("T2")
        expect(page.get_by_role("button", name="Move: Letting go of the controls")).to_be_focused()
        expect(page.locator("[data-told]")).to_have_text("Letting go of the controls: now number 2 of 2")


def test_a_paper_goes_elsewhere_and_another_comes(browser: Browser, service: Service) -> None:
    with organiser(browser, service, "sessions/P1-1/papers") as page:
        page.locator(".turn-more summary").first.click()
        page.get_by_role("button", name="Table: Letting go of the controls").click()
        expect(page.locator(".turn")).to_have_count(1)
        page.get_by_label("Of panel P1, in no session yet").select_option("T4")
        page.get_by_role("button", name="Add it at the end").click()
        expect(page.locator(".turn")).to_have_count(2)
        assert papers(page) == ["T2", "T4"]


def test_two_people_are_made_one(browser: Browser, service: Service) -> None:
    with organiser(browser, service, "people/") as page:
        page.get_by_role("link", name="Two who are one?").click()
        page.get_by_role("link", name="Charlie Khan", exact=True).first.click()
        page.get_by_role("link", name="Merge").click()
        page.get_by_role("link", name="Charlie Khan").click()
        page.locator(".said", has_text="Lund").click()
        page.get_by_role("button", name="Make them one").click()
        expect(page.get_by_text("Saved.")).to_be_visible()
        page.goto(address(service, "people/?q=khan"))
        assert titles(page) == ["Charlie Khan"]


def test_all_of_it_works_without_scripts(browser: Browser, service: Service) -> None:
    with organiser(browser, service, "sessions/", java_script_enabled=False) as page:
        page.get_by_label("Search").fill("keynote")
        page.get_by_role("button", name="Show").click()
        assert titles(page) == ["Opening keynote"]
        page.get_by_role("link", name="Opening keynote", exact=True).click()
        page.get_by_role("button", name="Add a person").click()
        page.get_by_label("Person").nth(1).fill("eve-ito")
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_role("button", name="Up: 伊藤 Eve · eve-ito").click()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("Saved.")).to_be_visible()
        expect(page.get_by_label("Person").first).to_have_value("伊藤 Eve · eve-ito")
        page.goto(address(service, "sessions/P1-1/papers"))
        page.get_by_role("button", name="Down: Letting go of the controls").click()
        assert papers(page) == ["T2", "T1"]
        page.goto(address(service, "sessions/P1-1/history"))
        page.get_by_role("button", name="Take back").first.click()
        page.goto(address(service, "sessions/P1-1/papers"))
        assert papers(page) == ["T1", "T2"]


def test_what_can_be_pressed_is_large_enough(browser: Browser, service: Service) -> None:
    """WCAG 2.2 SC 2.5.8: 24 px, but for links within a line of text."""
    small = """() => [...document.querySelectorAll('nav a, button, input:not([type=hidden]), select, summary, .button')]
        .filter(e => e.offsetParent && !e.matches('.unseen')
            && Math.min(e.getBoundingClientRect().height, e.getBoundingClientRect().width) < 20)
        .map(e => e.outerHTML.slice(0, 120))"""
    with organiser(browser, service, "sessions/", viewport={"width": 360, "height": 800}) as page:
        for path in PAGES:
            page.goto(address(service, path))
            assert page.evaluate(small) == [], path


def test_a_cell_is_changed_where_it_stands_by_mouse_and_by_keys(browser: Browser, service: Service) -> None:
    with organiser(browser, service, "sessions/") as page:
        page.locator("tr", has_text="Opening keynote").get_by_role("button", name="60").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert Axe().run(page).response["violations"] == []
        page.keyboard.type("75")
        page.keyboard.press("Enter")
        expect(page.locator("tr", has_text="Opening keynote").get_by_role("button", name="75")).to_be_focused()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        page.get_by_role("dialog").get_by_label("Room").select_option("room-b")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator("tr", has_text="Opening keynote").get_by_role("button", name="Room B")).to_be_focused()
        page.reload()
        assert "75" in page.locator("tr", has_text="Opening keynote").inner_text()
