"""Every screen of the workspace, with an example: no barrier, no script error, nothing wider than a small telephone.

The table is held against the table of addresses, so that a new screen without an example is a failure.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Page

from events_app.web.routes import ROUTES

from .service import Service

SLUG = "small-2028"
OLGA = "olga@example.org"
EVENT = "/organise/{event:str}/"
NEW = "/organise/-/imports/"
AREAS = ("/organise/", "/account/", "/sign-in")

SCREENS = {
    "/sign-in": ("/sign-in",),
    "/sign-in/{token:str}": ("{link}",),
    "/account/": ("/account/",),
    "/organise/": ("/organise/",),
    EVENT: ("{at}/",),
    EVENT + "requests": ("{at}/requests",),
    EVENT + "findings": ("{at}/findings", "{at}/findings?severity=error"),
    EVENT + "releases/": ("{at}/releases/",),
    EVENT + "releases/compare": ("{at}/releases/compare?from=1&to=draft",),
    EVENT + "releases/alone": ("{at}/releases/alone?session=K1",),
    EVENT + "releases/{n:int}/preview/": ("{at}/releases/1/preview/",),
    EVENT + "releases/{n:int}/preview/{address:path}": ("{at}/releases/1/preview/sessions/K1",),
    EVENT + "imports/": ("{at}/imports/",),
    EVENT + "imports/{token:str}": ("{file}", "{table}", "{refused}"),
    EVENT + "imports/{token:str}/columns": ("{table}/columns",),
    NEW: (NEW,),
    NEW + "{token:str}": ("{new}",),
    NEW + "{token:str}/columns": ("{new}/columns",),
    EVENT + "letters": ("{at}/letters", "{at}/letters?words=nobody"),
    EVENT + "letters/new": ("{at}/letters/new", "{at}/letters/new?people=bob-baker"),
    EVENT + "letters/{id:int}": ("{letter}",),
    EVENT + "letters/wordings": ("{at}/letters/wordings",),
    EVENT + "letters/wordings/{kind:str}": ("{at}/letters/wordings/digest", "{at}/letters/wordings/message"),
    EVENT + "members": ("{at}/members",),
    EVENT + "settings": ("{at}/settings",),
    EVENT + "texts": ("{at}/texts",),
    EVENT + "texts/new": ("{at}/texts/new",),
    EVENT + "texts/{place:str}/{n:int}": ("{at}/texts/front/0",),
    EVENT + "copy": ("{at}/copy",),
    EVENT + "timetable": ("{at}/timetable?day=2028-03-25",),
    EVENT + "timetable/{code:str}": ("{at}/timetable/K1", "{at}/timetable/X1"),
    EVENT + "history": ("{at}/history",),
    EVENT + "history/{line:str}": ("{at}/history/{line}",),
    EVENT + "places": ("{at}/places",),
    EVENT + "offers/": ("{at}/offers/",),
    EVENT + "{collection:str}/": tuple(
        f"{{at}}/{collection}/"
        for collection in ("sessions", "papers", "panels", "people", "rooms", "tracks", "showcases")
    ),
    EVENT + "{collection:str}/-/new": ("{at}/sessions/-/new", "{at}/people/-/new"),
    EVENT + "{collection:str}/{code:str}": (
        "{at}/sessions/P1-1", "{at}/papers/T1", "{at}/panels/P1", "{at}/people/bob-baker", "{at}/rooms/aula",
        "{at}/tracks/trust", "{at}/showcases/dadz",
    ),
    EVENT + "{collection:str}/{code:str}/cells/{column:str}": (
        "{at}/sessions/K1/cells/room", "{at}/papers/T1/cells/title", "{at}/rooms/aula/cells/step_free",
    ),
    EVENT + "{collection:str}/{code:str}/history": ("{at}/sessions/K1/history",),
    EVENT + "{collection:str}/{code:str}/papers": ("{at}/sessions/P1-1/papers",),
    EVENT + "{collection:str}/{code:str}/merge": ("{at}/people/charlie-khan/merge?other=charlie-khan-2",),
    EVENT + "{collection:str}/{code:str}/removal": ("{at}/sessions/X1/removal", "{at}/people/bob-baker/removal"),
    EVENT + "{collection:str}/{code:str}/forgetting": ("{at}/people/bob-baker/forgetting",),
    EVENT + "preview/": ("{at}/preview/",),
    EVENT + "preview/{address:path}": ("{at}/preview/schedule", "{at}/preview/sessions/K1"),
}  # fmt: skip
"""Addresses of examples, for each route. What is in braces is made by `examples`."""

NO_SCREENS = {
    EVENT + "files/{key:str}",
    EVENT + "letters/{id:int}/html",
    EVENT + "imports/template.xlsx",
    NEW + "template.xlsx",
    EVENT + "timetable/-/changes",
    EVENT + "timetable/{code:str}/clashes",
}
"""Files, and what scripts ask for."""

REFUSALS = ("{at}/sessions/nobody-knows-it", "{at}/nothing-like-it", "/organise/no-such-event/")


class Look(NamedTuple):
    width: int
    scheme: Literal["light", "dark"]
    routes: tuple[str, ...]


MAIN = (
    "findings", "releases/", "releases/alone", "releases/compare", "history", "imports/{token:str}",
    "imports/{token:str}/columns", "timetable", "members", "letters", "letters/{id:int}", "{collection:str}/{code:str}",
)  # fmt: skip

LOOKS = (
    Look(360, "light", tuple(SCREENS)),
    Look(1280, "dark", (EVENT, *(EVENT + path for path in MAIN))),
)


def test_every_screen_has_an_example() -> None:
    pages = {entry.path for entry in ROUTES if entry.method == "GET" and entry.path.startswith(AREAS)}
    assert pages == SCREENS.keys() | NO_SCREENS


@pytest.mark.walk
@pytest.mark.slow
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.width}-{look.scheme}")
def test_no_screen_has_a_barrier_an_error_or_is_too_wide(browser: Browser, service: Service, look: Look) -> None:
    with organiser(browser, service, look) as (page, wrong):
        found = examples(page, service)
        wanting = {}
        for route in look.routes:
            for pattern in SCREENS[route]:
                address = pattern.format_map(found)
                answer = page.goto(service.base + address)
                assert answer is not None
                assert answer.status == 200, address
                if faults := [*wrong, *barriers(page), *too_wide(page, look.width)]:
                    wanting[address] = faults
                wrong.clear()
        assert wanting == {}


@pytest.mark.walk
def test_what_is_not_found_says_so_without_a_barrier(browser: Browser, service: Service) -> None:
    with organiser(browser, service, LOOKS[0]) as (page, _wrong):
        for pattern in REFUSALS:
            address = pattern.format(at=f"/organise/{SLUG}")
            answer = page.goto(service.base + address)
            assert answer is not None
            assert answer.status in (403, 404), address
            assert (barriers(page), too_wide(page, LOOKS[0].width)) == ([], []), address


@contextmanager
def organiser(browser: Browser, service: Service, look: Look) -> Iterator[tuple[Page, list[str]]]:
    """A window, and what goes wrong in it."""
    wrong: list[str] = []
    context = browser.new_context(
        viewport={"width": look.width, "height": 800}, color_scheme=look.scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    service.sign_in(page, OLGA, SLUG)
    page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    try:
        yield page, wrong
    finally:
        context.close()


def examples(page: Page, service: Service) -> dict[str, str]:
    """Something changed since the release, files that wait to be taken, and where they are."""
    at = f"/organise/{SLUG}"
    moved: dict[str, str | float | bool] = {"day": "2028-03-25", "time": "08:00", "room": "room-b", "minutes": "60"}
    assert page.request.post(f"{service.base}{at}/timetable/K1/slot", form=moved).ok
    programme = page.request.get(f"{service.base}/{SLUG}/programme.json").body()
    table = b"Title,Author,Minutes\nTrust and tea,Bob Baker,20\nA walk,,soon\n"
    for path, form in (("members", {"role": "helper"}), ("members/links", {"by": "letter"})):
        assert page.request.post(f"{service.base}{at}/{path}", form={"email": "helen@example.org", **form}).ok
    page.goto(f"{service.base}{at}/letters")
    letter = page.locator("tbody th a").first.get_attribute("href")
    page.goto(f"{service.base}{at}/history")
    told = service.run("link", OLGA, "--organise", SLUG)
    return {
        "at": at,
        "letter": str(letter),
        "line": page.locator("input[name=line]").first.input_value(),
        "file": brought(page, service, f"{at}/imports", "programme.json", programme),
        "table": brought(page, service, f"{at}/imports", "papers.csv", table),
        "refused": brought(page, service, f"{at}/imports", "picture.png", b"\x89PNG\r\n\x1a\n"),
        "new": brought(page, service, NEW.rstrip("/"), "papers.csv", table),
        "link": next(word for word in told.split() if word.startswith("http")).removeprefix(service.base),
    }


def brought(page: Page, service: Service, imports: str, name: str, data: bytes) -> str:
    """The address at which a file is looked at."""
    file: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    answer = page.request.post(service.base + imports, multipart={"file": file})
    assert answer.ok
    return answer.url.removeprefix(service.base)


def barriers(page: Page) -> list[Any]:
    found = Axe().run(page).response["violations"]
    return [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found]


def too_wide(page: Page, width: int) -> list[str]:
    wide: int = page.evaluate("document.documentElement.scrollWidth")
    return [f"{wide} px wide"] if wide > width else []
