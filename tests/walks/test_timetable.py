"""Walks through the timetable editor: by mouse, by keys alone, by touch, and by two people at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from .service import Service

pytestmark = pytest.mark.walk

SLUG = "small-2028"
DAY = "2028-03-25"
OLGA, OTTO = "olga@example.org", "otto@example.org"


@contextmanager
def organiser(
    browser: Browser, service: Service, email: str = OLGA, *, path: str = f"timetable?day={DAY}", **more: Any
) -> Iterator[Page]:
    """The editor, open before an organiser; nothing may have gone wrong on it at the end."""
    wrong: list[str] = []
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 1200}, "reduced_motion": "reduce"} | more)
    page = context.new_page()
    service.sign_in(page, email, SLUG)
    page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{service.base}/organise/{SLUG}/{path}")
    if "day=" in path and more.get("java_script_enabled", True):
        page.wait_for_selector("html[data-ready=timetable]")
    try:
        yield page
        assert [told for told in wrong if "409" not in told] == []  # the browser notes a conflict as an error
    finally:
        context.close()


def session(page: Page, code: str) -> Locator:
    return page.locator(f'.tt-session[data-code="{code}"]')


def said(page: Page) -> Locator:
    return page.locator("#tt-said")


def column(page: Page, number: int) -> Locator:
    return page.locator(".tt-column").nth(number)


def point(page: Page, number: int, minutes: int) -> tuple[float, float]:
    """In the window: the middle of a column, so many minutes below its upper edge."""
    box = column(page, number).bounding_box()
    assert box
    whole = page.evaluate("getComputedStyle(document.querySelector('.tt-sheet')).getPropertyValue('--minutes')")
    return box["x"] + box["width"] / 2, box["y"] + box["height"] * minutes / int(whole)


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + min(box["height"] / 2, 8)


def drag(page: Page, place: Locator, to: tuple[float, float], *, drop: bool = True) -> None:
    page.mouse.move(*middle(place))
    page.mouse.down()
    page.mouse.move(to[0] - 5, to[1] - 5)
    page.mouse.move(*to, steps=4)
    if drop:
        page.mouse.up()


def stands(page: Page, code: str, label: str) -> None:
    """What the session says of itself, in the browser now and after loading the page again."""
    expect(session(page, code)).to_have_attribute("aria-label", label)
    expect(session(page, code)).not_to_have_class(re.compile("is-saving"))


X1_PLACED = "Not placed yet, 11:00–11:45, Aula"


def test_by_mouse(browser: Browser, service: Service) -> None:
    with organiser(browser, service) as page:
        expect(page.locator("#tt-tray .tt-count")).to_have_text("1")

        # what would clash is hatched, and the reason is a sentence
        drag(page, session(page, "X1"), point(page, 0, 70), drop=False)
        expect(page.locator(".tt-mark").first).to_be_visible()
        expect(said(page)).to_contain_text("Aula holds “Opening keynote” from 09:00 to 10:00.")
        expect(page.locator(".tt-tip")).to_contain_text("Aula holds “Opening keynote”")
        page.mouse.move(*point(page, 0, 190), steps=3)
        expect(said(page)).to_contain_text("Nothing is in the way.")
        page.mouse.up()
        stands(page, "X1", X1_PLACED)
        expect(page.locator("#tt-tray .tt-count")).to_have_text("0")
        expect(page.locator(".tt-mark")).to_have_count(0)

        # stretched by its lower edge
        edge = session(page, "X1").locator(".tt-edge").bounding_box()
        assert edge
        page.mouse.move(edge["x"] + 20, edge["y"] + edge["height"] / 2)
        page.mouse.down()
        page.mouse.move(*point(page, 0, 225), steps=4)
        page.mouse.move(*point(page, 0, 240), steps=4)
        page.mouse.up()
        stands(page, "X1", "Not placed yet, 11:00–12:00, Aula")

        # an Escape in the middle leaves it where it was
        drag(page, session(page, "X1"), point(page, 1, 60), drop=False)
        page.keyboard.press("Escape")
        page.mouse.up()
        stands(page, "X1", "Not placed yet, 11:00–12:00, Aula")

        # on a clash the findings beside the grid are those of now
        drag(page, session(page, "X1"), point(page, 0, 75))
        expect(page.locator("#tt-found")).to_contain_text("Aula is used twice on Sat 25 March")
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("#tt-found")).not_to_contain_text("Aula is used twice")
        stands(page, "X1", "Not placed yet, 11:00–12:00, Aula")
        page.get_by_role("button", name="Redo").click()
        expect(page.locator("#tt-found")).to_contain_text("Aula is used twice")

        # back to the tray, and the page loaded anew says the same
        drag(page, session(page, "X1"), middle(page.locator("#tt-found")), drop=True)
        expect(said(page)).to_contain_text("stays where it was")  # the findings are no place
        drag(page, session(page, "X1"), middle(page.locator("#tt-waiting")))
        expect(page.locator("#tt-tray .tt-count")).to_have_text("1")
        page.reload()
        expect(page.locator("#tt-tray .tt-count")).to_have_text("1")


def test_to_another_day_by_mouse_and_by_keys(browser: Browser, service: Service) -> None:
    with organiser(browser, service) as page:
        sunday = page.locator(".days [data-day='2028-03-26']")
        drag(page, session(page, "K1"), middle(sunday), drop=False)
        expect(page.locator(".tt-tip")).to_contain_text("Drop here to move it to Sun 26")
        expect(sunday).to_have_class(re.compile("is-aim"))
        page.mouse.up()
        expect(said(page)).to_have_text("“Opening keynote”: Sun 26 March, 09:00–10:00, Aula.")
        expect(page.locator("#tt-board [data-code=K1]")).to_have_count(0)
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("#tt-board [data-code=K1]")).to_be_visible()

        session(page, "K1").focus()
        page.keyboard.press("d")
        expect(page.get_by_role("dialog", name="To which day?")).to_be_visible()
        page.keyboard.press("Enter")
        expect(said(page)).to_contain_text("Sun 26 March, 09:00")
        page.goto(f"{service.base}/organise/{SLUG}/timetable?day=2028-03-26")
        page.wait_for_selector("html[data-ready=timetable]")
        stands(page, "K1", "Opening keynote, 09:00–10:00, Aula, Bob Baker")


def test_without_dragging(browser: Browser, service: Service) -> None:
    with organiser(browser, service) as page:
        session(page, "X1").click()
        page.get_by_role("button", name="Pick up").click()
        page.mouse.click(*point(page, 0, 180))
        stands(page, "X1", X1_PLACED)
        session(page, "X1").click()
        page.get_by_role("button", name="Swap").click()
        session(page, "K1").click()
        stands(page, "X1", "Not placed yet, 09:00–09:45, Aula")
        stands(page, "K1", "Opening keynote, 11:00–12:00, Aula, Bob Baker")
        session(page, "X1").click()
        page.get_by_role("button", name="To the tray").click()
        expect(page.locator("#tt-tray .tt-count")).to_have_text("1")


def test_by_keys_alone(browser: Browser, service: Service) -> None:
    with organiser(browser, service) as page:
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Keys and gestures")).to_be_visible()
        page.keyboard.press("Escape")

        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.closest('#tt-waiting') !== null"):
                break
        page.keyboard.press("Enter")
        expect(said(page)).to_contain_text("Not placed yet is picked up")
        page.keyboard.press("ArrowDown")
        expect(said(page)).to_contain_text("08:05–08:50, Aula. Nothing is in the way.")
        page.keyboard.press("PageDown")
        expect(said(page)).to_contain_text("Aula holds “Opening keynote”")
        page.keyboard.press("n")  # the next free slot: the other room at the same time
        expect(said(page)).to_contain_text("09:05–09:50, Room B. Nothing is in the way.")
        page.keyboard.press("Shift+ArrowDown")
        page.keyboard.press("Shift+ArrowDown")
        page.keyboard.press("Enter")
        stands(page, "X1", "Not placed yet, 09:05–10:00, Room B")
        expect(session(page, "X1")).to_be_focused()

        page.keyboard.press("ArrowLeft")
        expect(session(page, "K1")).to_be_focused()
        page.keyboard.press("s")
        expect(said(page)).to_contain_text("Opening keynote is marked")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("s")
        stands(page, "K1", "Opening keynote, 09:05–10:05, Room B, Bob Baker")
        page.keyboard.press("u")
        stands(page, "K1", "Opening keynote, 09:00–10:00, Aula, Bob Baker")
        page.keyboard.press("Control+z")
        expect(page.locator("#tt-tray .tt-count")).to_have_text("1")
        page.keyboard.press("Control+Shift+z")
        stands(page, "X1", "Not placed yet, 09:05–10:00, Room B")
        session(page, "X1").focus()
        page.keyboard.press(" ")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Escape")
        stands(page, "X1", "Not placed yet, 09:05–10:00, Room B")
        page.keyboard.press("t")
        expect(page.locator("#tt-tray .tt-count")).to_have_text("1")
        expect(session(page, "X1")).to_be_focused()


def test_by_touch_on_820_pixels(browser: Browser, service: Service) -> None:
    with organiser(browser, service, viewport={"width": 820, "height": 1180}, has_touch=True, is_mobile=True) as page:
        touch = page.context.new_cdp_session(page)

        def at(kind: str, *where: float) -> None:
            points = [{"x": where[0], "y": where[1]}] if where else []
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        # a finger that moves at once scrolls
        at("touchStart", *middle(session(page, "K1")))
        for n in range(1, 6):
            at("touchMove", *(value + n * 6 for value in middle(session(page, "K1"))))
        at("touchEnd")
        expect(page.locator(".tt-ghost")).to_have_count(0)

        # one that rests first drags
        at("touchStart", *middle(session(page, "X1")))
        page.wait_for_timeout(500)
        x, y = point(page, 0, 190)
        for n in range(1, 11):
            at("touchMove", x, y + 40 - n * 4)
        expect(page.locator(".tt-ghost")).to_be_visible()
        at("touchEnd")
        stands(page, "X1", X1_PLACED)

        # and everything goes by taps too
        session(page, "X1").tap()
        page.get_by_role("button", name="Pick up").tap()
        page.touchscreen.tap(*point(page, 1, 60))
        stands(page, "X1", "Not placed yet, 09:00–09:45, Room B")


def test_two_people_see_each_other_and_lose_nothing(browser: Browser, service: Service) -> None:
    with organiser(browser, service) as olga, organiser(browser, service, OTTO) as otto:
        # each moves something, at once
        drag(olga, session(olga, "X1"), point(olga, 0, 190))
        drag(otto, session(otto, "K1"), point(otto, 1, 5))
        for page in (olga, otto):
            expect(session(page, "X1")).to_have_attribute("aria-label", X1_PLACED, timeout=2000)
            expect(session(page, "K1")).to_have_attribute(
                "aria-label", "Opening keynote, 08:00–09:00, Room B, Bob Baker", timeout=2000
            )
        expect(session(olga, "K1").locator(".tt-by")).to_have_text(OTTO)
        expect(said(olga)).to_contain_text(f"{OTTO} moved Opening keynote.")

        # both move the same: the second sees both positions, and decides
        drag(olga, session(olga, "D2"), point(olga, 0, 430), drop=False)
        drag(otto, session(otto, "D2"), point(otto, 1, 430))
        theirs = "Open discussion, 15:05–16:05, Room B, 伊藤 Eve"
        expect(session(olga, "D2")).to_have_attribute("aria-label", theirs, timeout=2500)
        olga.mouse.up()
        asked = olga.get_by_role("dialog", name="Somebody else was faster")
        expect(asked).to_contain_text("Sat 25 March, 15:05–16:05, Room B")
        expect(asked).to_contain_text("Sat 25 March, 15:05–16:05, Aula")
        asked.get_by_role("button", name="Leave it there").click()
        stands(olga, "D2", theirs)


def test_the_filters_of_the_tray(browser: Browser, service: Service) -> None:
    with organiser(browser, service) as page:
        page.get_by_role("searchbox").fill("nothing like it")
        expect(session(page, "X1")).to_have_count(0)
        expect(page.locator("#tt-tray .tt-count")).to_have_text("0 / 1")
        page.get_by_role("searchbox").fill("PLACED")
        expect(session(page, "X1")).to_be_visible()


def test_without_a_script_the_forms_do_it_all(browser: Browser, service: Service) -> None:
    with organiser(browser, service, java_script_enabled=False) as page:
        expect(page.get_by_role("link", name="Place Opening keynote")).to_be_visible()
        page.get_by_role("link", name="Not placed yet").click()
        page.get_by_role("button", name="09:00 Room B (40)").click()
        page.get_by_role("link", name="Place Not placed yet").click()
        page.get_by_label("Time").fill("11:00")
        page.get_by_label("Room").select_option("aula")
        page.get_by_role("button", name="Move it").click()
        page.get_by_role("link", name="Place Not placed yet").click()
        page.get_by_label("With").select_option("K1")
        page.get_by_role("button", name="Swap the two").click()
        page.get_by_role("button", name="Undo").click()
        page.get_by_role("link", name="Place Not placed yet").click()
        expect(page.locator(".tt-stands")).to_have_text("Sat 25 March, 11:00–11:45, Aula")
        page.get_by_role("button", name="Return it to the tray").click()
        expect(page.get_by_role("link", name="Not placed yet", exact=True)).to_be_visible()


def test_a_stale_form_shows_both_positions(browser: Browser, service: Service) -> None:
    with organiser(browser, service, path="timetable/K1", viewport={"width": 360, "height": 780}) as page:
        elsewhere = {"day": DAY, "time": "11:00", "room": "room-b", "minutes": "60"}
        assert page.request.post(f"{service.base}/organise/{SLUG}/timetable/K1/slot", form=elsewhere).ok
        page.get_by_label("Time").fill("08:00")
        page.get_by_role("button", name="Move it", exact=True).click()
        expect(page.get_by_role("heading", name="Somebody else was faster")).to_be_visible()
        expect(page.locator(".tt-both")).to_contain_text("Sat 25 March, 11:00–12:00, Room B")
        expect(page.locator(".tt-both")).to_contain_text("Sat 25 March, 08:00–09:00, Aula")
        assert barriers(page) == []
        page.get_by_role("button", name="Move it anyway").click()
        expect(session(page, "K1")).to_have_attribute("aria-label", "Opening keynote, 08:00–09:00, Aula, Bob Baker")


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (820, "light"), (1440, "light")])
def test_there_is_no_barrier(browser: Browser, service: Service, scheme: str, width: int) -> None:
    with organiser(browser, service, color_scheme=scheme, viewport={"width": width, "height": 900}) as page:
        page.evaluate("for (const panel of document.querySelectorAll('.tt-panel')) panel.open = true")
        session(page, "K1").click()
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.keyboard.press("Enter")
        page.wait_for_selector(".tt-mark")
        page.wait_for_timeout(200)
        assert barriers(page) == []
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        assert barriers(page) == []
        page.goto(f"{service.base}/organise/{SLUG}/timetable/K1")
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def barriers(page: Page) -> list[Any]:
    found = Axe().run(page).response["violations"]
    return [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found]
