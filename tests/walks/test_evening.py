"""An organiser's whole evening on the demonstration, from a file to a release: by mouse, by keys alone, by touch."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar, Protocol

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from .service import Service

pytestmark = [pytest.mark.walk, pytest.mark.slow]

SLUG = "birmingham-2028"
OLGA = "olga@example.org"
SATURDAY = "2028-03-25"
KITCHEN = "Supper in the kitchen: what the day left open"
TEA = "The third cup of tea: unhurried encounters in adult social care"
PATIENCE = 15_000
"""Milliseconds: other walks may be under way."""

GRIP = 8
"""Pixels below a session's upper edge, where it is taken hold of."""

NOTES = "A supper is new, and the workshops have found their rooms."


NEARER = """(code) => {
    const here = document.activeElement;
    const there = document.querySelector(`.tt-board .tt-session[data-code="${code}"]`);
    const columns = [...document.querySelectorAll(".tt-column")];
    const [from, to] = [here, there].map((e) => columns.indexOf(e.closest(".tt-column")));
    if (from !== to) return from < to ? "ArrowRight" : "ArrowLeft";
    return here === there ? "" : here.offsetTop < there.offsetTop ? "ArrowDown" : "ArrowUp";
}"""
"""The arrow that leads from the session that has the focus towards another; empty when one is there."""


class Means(Protocol):
    """By what somebody works the page."""

    page: Page
    window: ClassVar[dict[str, Any]]

    def press(self, place: Locator) -> None: ...
    def write(self, place: Locator, text: str) -> None: ...
    def choose(self, place: Locator, option: str) -> None: ...
    def tick(self, place: Locator) -> None: ...
    def place(self, code: str, room: str, time: str) -> None: ...
    def second(self, paper: str) -> None: ...


class Mouse:
    window: ClassVar[dict[str, Any]] = {"viewport": {"width": 1440, "height": 1000}}

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, place: Locator) -> None:
        place.click()

    def write(self, place: Locator, text: str) -> None:
        place.click(click_count=3)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, place: Locator, option: str) -> None:
        place.select_option(label=option)  # the system draws the list of choices, outside the page

    def tick(self, place: Locator) -> None:
        place.click()

    def place(self, code: str, room: str, time: str) -> None:
        self.page.mouse.move(*grip(session(self.page, code)))
        self.page.mouse.down()
        x, y = slot(self.page, room, time)
        self.page.mouse.move(x - 5, y - 5)
        self.page.mouse.move(x, y, steps=5)
        expect(said(self.page)).to_contain_text(time)
        self.page.mouse.up()

    def second(self, paper: str) -> None:
        """Makes the first paper the second."""
        handle = turn(self.page, paper).locator(".turn-grip").bounding_box()
        other = self.page.locator(".turn").nth(1).bounding_box()
        assert handle
        assert other
        self.page.mouse.move(handle["x"] + 10, handle["y"] + 10)
        self.page.mouse.down()
        self.page.mouse.move(handle["x"] + 10, other["y"] + other["height"] - 10, steps=8)
        self.page.mouse.up()


class Keys:
    window: ClassVar[dict[str, Any]] = {"viewport": {"width": 1280, "height": 800}}

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, place: Locator) -> None:
        self._go(place)
        self.page.keyboard.press("Enter")

    def write(self, place: Locator, text: str) -> None:
        self._go(place)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, place: Locator, option: str) -> None:
        self._go(place)
        self.page.keyboard.type(option)

    def tick(self, place: Locator) -> None:
        self._go(place)
        self.page.keyboard.press(" ")

    def place(self, code: str, room: str, time: str) -> None:
        self._go_to_session(code)
        self.page.keyboard.press("Enter")
        expect(said(self.page)).to_contain_text("is picked up")
        self._and_hear("ArrowDown")
        self._until(lambda now: f", {room}." in now, "ArrowRight", 6)
        hours = "PageDown" if self._time() < time else "PageUp"
        while abs(minutes(self._time()) - minutes(time)) >= 60:
            self._and_hear(hours)
        self._until(lambda now: f"{time}–" in now, "ArrowDown" if self._time() < time else "ArrowUp", 12)
        self.page.keyboard.press("Enter")

    def second(self, paper: str) -> None:
        self._go(turn(self.page, paper).locator(".turn-grip"))
        self.page.keyboard.press("ArrowDown")

    def _go(self, place: Locator) -> None:
        """By Tab, past what stands above the content where that is not what is sought."""
        expect(place).to_be_visible()
        if place.evaluate("e => e.closest('main') && (document.activeElement === document.body)"):
            self.page.keyboard.press("Tab")
            self.page.keyboard.press("Enter")
        for _ in range(400):
            if place.evaluate("e => e === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no key leads to {place}")

    def _go_to_session(self, code: str) -> None:
        """The tray has one stop for Tab, the board another; from there it goes by arrows."""
        tray = "document.activeElement.closest('#tt-waiting') !== null"
        if session(self.page, code).evaluate("e => e.closest('#tt-waiting') !== null"):
            for _ in range(60):
                if self.page.evaluate(tray):
                    return
                self.page.keyboard.press("Tab")
        self._go(self.page.locator('.tt-board .tt-session[tabindex="0"]'))
        for _ in range(40):
            key = self.page.evaluate(NEARER, code)
            if not key:
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"no arrow leads to {code}")

    def _until(self, there: Any, key: str, most: int) -> None:
        for _ in range(most):
            if there(said(self.page).inner_text()):
                return
            self._and_hear(key)
        assert there(said(self.page).inner_text())

    def _and_hear(self, key: str) -> None:
        before = said(self.page).inner_text()
        self.page.keyboard.press(key)
        expect(said(self.page)).not_to_have_text(before)

    def _time(self) -> str:
        expect(said(self.page)).to_contain_text("–")
        found = re.search(r"(\d\d:\d\d)–", said(self.page).inner_text())
        assert found
        return found[1]


class Touch:
    window: ClassVar[dict[str, Any]] = {
        "viewport": {"width": 820, "height": 1180},
        "has_touch": True,
        "is_mobile": True,
    }

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)

    def press(self, place: Locator) -> None:
        place.tap()

    def write(self, place: Locator, text: str) -> None:
        place.tap()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)  # as the keyboard on the screen does

    def choose(self, place: Locator, option: str) -> None:
        place.select_option(label=option)

    def tick(self, place: Locator) -> None:
        place.tap()

    def place(self, code: str, room: str, time: str) -> None:
        """A finger that rests first, and then drags."""
        self._drag(grip(session(self.page, code)), lambda: slot(self.page, room, time), rest=500)

    def second(self, paper: str) -> None:
        self.press(turn(self.page, paper).locator('[data-turn="down"]'))

    def _drag(self, start: tuple[float, float], end: Any, rest: int) -> None:
        self._at("touchStart", *start)
        self.page.wait_for_timeout(rest)
        x, y = end()
        for n in range(10, -1, -1):
            self._at("touchMove", x, y + n * 4)
        expect(self.page.locator(".tt-ghost")).to_be_visible()
        self._at("touchEnd")

    def _at(self, kind: str, *where: float) -> None:
        points = [{"x": where[0], "y": where[1]}] if where else []
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """With the demonstration in it, and its first version public."""
    service = Service(f"sqlite:///{tmp_path / 'events.sqlite'}", tmp_path)
    service.run("demo")
    with service.up() as up:
        yield up


@pytest.mark.parametrize("means", [Mouse, Keys, Touch])
def test_an_evening_from_a_file_to_a_release(browser: Browser, service: Service, means: Any) -> None:
    with watched(browser, service, **means.window) as page:
        hand: Means = means(page)
        sign_in(hand, service)
        bring_a_newer_edition(hand)
        mend_one_finding_and_accept_another(hand)
        place_what_is_new_and_move_another(hand)
        put_papers_in_another_order(hand)
        change_two_sessions_at_once(hand)
        reword_a_title(hand)
        take_back_what_was_done_at_once(hand)
        release(hand)
        the_public_sees_it(hand, service)


@contextmanager
def watched(browser: Browser, service: Service, **window: Any) -> Iterator[Page]:
    """A page on which nothing may have gone wrong at the end."""
    wrong: list[str] = []
    context = browser.new_context(**{"reduced_motion": "reduce"} | window)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    try:
        yield page
        assert wrong == []
    finally:
        expect.set_options(timeout=5_000)
        context.close()


def sign_in(hand: Means, service: Service) -> None:
    told = service.run("link", OLGA, "--organise", SLUG)
    hand.page.goto(next(word for word in told.split() if word.startswith("http")))
    hand.press(hand.page.get_by_role("button", name="Sign in"))
    if not hand.page.url.endswith(f"/{SLUG}/"):
        hand.press(hand.page.get_by_role("link", name=re.compile("Birmingham 2028")))
    expect(hand.page.get_by_role("heading", name="What is left to do")).to_be_visible()


def bring_a_newer_edition(hand: Means) -> None:
    """It is looked at first, and then taken."""
    turn_to(hand, "Import")
    with hand.page.expect_file_chooser() as asked:
        hand.press(hand.page.get_by_label("File", exact=True))
    asked.value.set_files(newer_edition())
    hand.press(hand.page.get_by_role("button", name="See what is in it"))
    expect(hand.page.get_by_role("heading", name="What is in the file")).to_be_visible()
    changed, gone, new = (hand.page.locator(f".how.is-{how}") for how in ("changed", "gone", "new"))
    expect(changed).to_contain_text("Workshop: reading a budget")
    expect(gone).to_contain_text("Workshop: writing a letter")
    expect(new).to_contain_text(KITCHEN)
    expect(hand.page.get_by_role("main")).to_contain_text("1 new, 1 changed, 1 gone.")
    hand.press(hand.page.get_by_role("button", name="Take it"))
    expect(hand.page.get_by_role("status").first).to_contain_text("1 new, 1 changed, 1 gone.")


def newer_edition() -> FilePayload:
    """The demonstration's own file a week later: a workshop at another time, one that is gone, one without a time."""
    held = json.loads(files("events_app").joinpath("demo/programme.json").read_bytes())
    sessions = held["programme"]["sessions"]
    sessions[:] = [one for one in sessions if one["code"] != "WS-2"]
    moved = next(one for one in sessions if one["code"] == "WS-1")
    moved["starts"] = "2028-03-25T14:15:00Z"
    sessions.append({"code": "SUPPER", "title": KITCHEN, "kind": "open-space", "minutes": 45})
    return {"name": "programme.json", "mimeType": "application/json", "buffer": json.dumps(held).encode()}


def mend_one_finding_and_accept_another(hand: Means) -> None:
    turn_to(hand, "Findings")
    outrun = hand.page.locator("li.finding[id^=papers-outrun]")
    expect(outrun).to_contain_text("take 100 minutes; it has 90")
    hand.press(outrun.locator(".remedies button").first)
    expect(hand.page.get_by_role("status").first).to_contain_text("That is mended.")
    expect(outrun).to_have_count(0)

    walk = hand.page.locator("li.finding[id^=walk-too-short]")
    hand.press(walk.get_by_text("Accept it"))
    hand.write(walk.get_by_label("Why it may stay"), "He knows a short cut.")
    hand.press(walk.get_by_role("button", name="Accept"))
    expect(walk).to_have_count(0)
    expect(hand.page.locator(".accepted")).to_contain_text("He knows a short cut.")


def place_what_is_new_and_move_another(hand: Means) -> None:
    turn_to(hand, "Timetable")
    hand.page.wait_for_selector("html[data-ready=timetable]")
    if not hand.page.locator("#tt-waiting").is_visible():  # on small screens the tray is folded at first
        hand.press(hand.page.locator("#tt-tray > summary"))
    hand.place("SUPPER", "Great Hall", "12:00")
    stands(hand.page, "SUPPER", "12:00–12:45, Great Hall")
    hand.place("DW-2", "Alder", "11:15")
    stands(hand.page, "DW-2", "11:15–12:45, Alder")
    expect(hand.page.locator("#tt-tray .tt-count")).to_have_text("0")


def put_papers_in_another_order(hand: Means) -> None:
    look_up(hand, "Sessions", "who produces what")
    hand.press(row(hand.page, "P01-1").get_by_role("rowheader").get_by_role("link"))
    hand.press(hand.page.get_by_role("link", name="Papers (4)"))
    hand.second("P01.01")
    codes = hand.page.locator(".turn-title .code")
    expect(codes).to_have_text(["P01.02", "P01.01", "P01.03", "P01.04"])
    expect(hand.page.get_by_text("Saved.")).to_be_visible()


def change_two_sessions_at_once(hand: Means) -> None:
    look_up(hand, "Sessions", "doctoral workshop")
    for code in ("DW-1", "DW-2"):
        hand.tick(row(hand.page, code).get_by_role("checkbox"))
    expect(hand.page.locator(".bulk-count")).to_have_text("2 ticked")
    hand.press(hand.page.locator(".bulk > summary"))
    hand.choose(hand.page.locator(".bulk-field select[name=track]"), "Digital government")
    hand.press(hand.page.get_by_role("button", name="Set for these"))
    expect(hand.page.get_by_text("2 were changed.")).to_be_visible()
    expect(row(hand.page, "DW-1")).to_contain_text("Digital government")


def reword_a_title(hand: Means) -> None:
    look_up(hand, "Papers", "second cup of tea")
    hand.press(row(hand.page, "P01.01").get_by_role("rowheader").get_by_role("link"))
    hand.write(hand.page.locator("#title"), TEA)
    hand.press(hand.page.get_by_role("button", name="Save", exact=True))
    expect(hand.page.get_by_role("heading", name=TEA)).to_be_visible()


def take_back_what_was_done_at_once(hand: Means) -> None:
    turn_to(hand, "History")
    line = hand.page.locator(".history > li").filter(has_text="Digital government")
    expect(line).to_contain_text("Doctoral workshop 2")
    hand.press(line.get_by_role("button", name="Take back"))
    expect(hand.page.get_by_role("status").first).to_contain_text("That is taken back.")


def release(hand: Means) -> None:
    turn_to(hand, "Release")
    what = hand.page.locator(".release-what")
    expect(what.locator(".is-new")).to_contain_text(KITCHEN)
    expect(what.locator(".is-cancelled")).to_contain_text("Workshop: writing a letter")
    expect(what).to_contain_text("Doctoral workshop 2")
    expect(what).to_contain_text("The third cup of tea")
    expect(what).not_to_contain_text("Digital government")
    expect(hand.page.get_by_role("heading", name=re.compile("Who is concerned"))).to_be_visible()
    hand.write(hand.page.get_by_label("What is new, in your words"), NOTES)
    hand.press(hand.page.get_by_role("button", name="Release version 2"))
    expect(hand.page.get_by_role("status").first).to_contain_text("Version 2 is public now.")


def the_public_sees_it(hand: Means, service: Service) -> None:
    hand.press(hand.page.get_by_role("link", name="See it", exact=True).first)
    hand.page.wait_for_url(f"{service.base}/{SLUG}/")
    public = f"{service.base}/{SLUG}"
    hand.page.goto(f"{public}/schedule?day={SATURDAY}")
    expect(hand.page.get_by_role("main")).to_contain_text(KITCHEN)
    hand.page.goto(f"{public}/sessions/SUPPER")
    expect(hand.page.get_by_role("main")).to_contain_text("Great Hall")
    hand.page.goto(f"{public}/releases/")
    expect(hand.page.get_by_role("main")).to_contain_text(NOTES)
    hand.page.goto(f"{public}/releases/2")
    expect(hand.page.get_by_role("main")).to_contain_text("Alder")
    calendar = hand.page.request.get(f"{public}/calendar.ics").text().replace("\r\n ", "").replace("\r\n", "\n")
    events = {
        found[1]: event for event in calendar.split("BEGIN:VEVENT") if (found := re.search(r"SUMMARY:(.*)", event))
    }
    supper = events[KITCHEN]
    assert "20280325T120000" in supper
    assert any("Doctoral workshop 2" in name and "20280325T111500" in event for name, event in events.items())
    assert TEA in calendar.replace("\\,", ",")


def turn_to(hand: Means, name: str) -> None:
    """A page of the workspace, by its navigation."""
    hand.press(hand.page.get_by_role("navigation", name="Workspace").get_by_role("link", name=name, exact=True))
    expect(hand.page.locator(".ws-nav [aria-current]")).to_have_text(name)
    hand.page.wait_for_load_state()


def look_up(hand: Means, collection: str, words: str) -> None:
    turn_to(hand, collection)
    hand.write(hand.page.get_by_label("Search", exact=True), words)
    expect(hand.page).to_have_url(re.compile(r"\?q="))


def session(page: Page, code: str) -> Locator:
    return page.locator(f'.tt-session[data-code="{code}"]')


def said(page: Page) -> Locator:
    return page.locator("#tt-said")


def stands(page: Page, code: str, where: str) -> None:
    expect(session(page, code)).to_have_attribute("aria-label", re.compile(re.escape(where)))
    expect(session(page, code)).not_to_have_class(re.compile("is-saving"))


def row(page: Page, code: str) -> Locator:
    """Of a list."""
    return page.locator(".rows tbody tr").filter(has=page.locator(f'input[name=code][value="{code}"]'))


def turn(page: Page, paper: str) -> Locator:
    """Of a paper in its session."""
    return page.locator(".turn").filter(has=page.locator(f'input[name=paper][value="{paper}"]'))


def grip(place: Locator) -> tuple[float, float]:
    """In the window: where a session is taken hold of, near its upper edge."""
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + GRIP


def slot(page: Page, room: str, time: str) -> tuple[float, float]:
    """In the window: a time in a room's column, on a board that begins at eight, as far below as `grip` is."""
    rooms = page.locator(".tt-room").evaluate_all("all => all.map(e => e.textContent)")
    number = next(n for n, told in enumerate(rooms) if told.startswith(room))
    box = page.locator(".tt-column").nth(number).bounding_box()
    assert box
    whole = page.evaluate("getComputedStyle(document.querySelector('.tt-sheet')).getPropertyValue('--minutes')")
    y = box["y"] + box["height"] * (minutes(time) - 8 * 60) / int(whole)
    return box["x"] + box["width"] / 2, y + GRIP + 3  # the middle of five minutes


def minutes(clock: str) -> int:
    hours, _, rest = clock.partition(":")
    return int(hours) * 60 + int(rest)
