"""Importing in the workspace: brought, looked at, then taken or left."""

from __future__ import annotations

import asyncio
import re
import resource
from html import unescape
from pathlib import Path

import msgspec
import pytest
from litestar.testing import AsyncTestClient

from events_app import editing, intake, reading
from events_app.app import App
from events_app.editing import accounts
from events_app.programme.model import Programme, Room
from events_app.renditions import RENDITIONS, Site
from events_app.settings import Settings
from tests.conference import PROGRAMME, at
from tests.intake.test_layout import workbook
from tests.web.conftest import OLGA, sign_in
from tests.web.organiser.pages import controls, send

Client = AsyncTestClient[App]
SLUG = "small-2028"
PAGE = f"/organise/{SLUG}/imports"
NEW = "/organise/-/imports"
CSV = b"Nummer,Wer,Was\nT1,Bob Baker,Letting go\nT9,Zoe Zed,On care\n"


def file(programme: Programme = PROGRAMME) -> bytes:
    rendition = next(rendition for rendition in RENDITIONS if rendition.address == "programme.json")
    body = rendition.render(programme, Site(base="https://x.example"), {})
    assert body
    return body


def newer() -> bytes:
    """K1 is called otherwise, L1 is gone, a room is new."""
    sessions = tuple(
        msgspec.structs.replace(s, title="A <new> title") if s.code == "K1" else s
        for s in PROGRAMME.sessions
        if s.code != "L1"
    )
    rooms = (*PROGRAMME.rooms, Room(code="tent", name="Tent"))
    return file(msgspec.structs.replace(PROGRAMME, sessions=sessions, rooms=rooms))


async def brought(olga: Client, data: bytes, base: str = PAGE, name: str = "p.json") -> str:
    """The address of what was understood of it."""
    answer = await olga.post(base, files={"file": (name, data, "application/octet-stream")})
    assert answer.status_code == 303
    address = answer.headers["location"]
    assert re.fullmatch(rf"{base}/[A-Za-z0-9_-]{{32}}", address)
    return str(address)


async def page(olga: Client, address: str, status: int = 200) -> str:
    """The page, once what it waits for is done."""
    for _wait in range(100):
        answer = await olga.get(address)
        if "data-waiting" not in answer.text:
            break
        await asyncio.sleep(0.05)
    assert answer.status_code == status
    return " ".join(unescape(answer.text).split())


def digest(text: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{32})"', text)
    assert found
    return found[1]


async def first_taken(olga: Client) -> None:
    """So that what comes next is a newer edition of the same kind of file."""
    address = await brought(olga, file())
    await olga.post(f"{address}/taking", data={"seen": digest(await page(olga, address))})


async def test_what_was_understood_is_shown_before_anything_is_written(olga: Client) -> None:
    await first_taken(olga)
    before = await reading.draft(SLUG)
    address = await brought(olga, newer())
    text = await page(olga, address)
    assert "1 new, 1 changed, 1 gone." in text
    assert '<del class="said" dir="auto">Opening keynote</del>' in text
    assert "A &lt;new&gt; title" in (await olga.get(address)).text
    for how in ("changed", "gone", "new"):
        assert f'id="how-{how}"' in text
    assert await reading.draft(SLUG) == before


async def test_taking_it_does_what_was_shown_and_the_file_goes(olga: Client, settings: Settings) -> None:
    await first_taken(olga)
    address = await brought(olga, newer())
    answer = await olga.post(f"{address}/taking", data={"seen": digest(await page(olga, address))})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}/?new=1&changed=1&gone=1")
    programme = (await reading.draft(SLUG)).programme
    assert [room.name for room in programme.rooms] == ["Aula", "Room B", "Foyer", "Tent"]
    assert (await olga.get(address)).status_code == 404
    assert list((settings.data / "uploads").iterdir()) == []
    assert "1 new, 1 changed, 1 gone" in await page(olga, answer.headers["location"])
    assert "would change nothing" in await page(olga, await brought(olga, newer()))


async def test_leaving_it_leaves_nothing(olga: Client, settings: Settings) -> None:
    before = await reading.draft(SLUG)
    address = await brought(olga, newer())
    await page(olga, address)
    answer = await olga.post(f"{address}/removal")
    assert answer.headers["location"] == f"{PAGE}/?left=1"
    assert list((settings.data / "uploads").iterdir()) == []
    assert await reading.draft(SLUG) == before


async def test_what_would_do_something_else_by_now_is_shown_again(olga: Client) -> None:
    await first_taken(olga)
    address = await brought(olga, newer())
    seen = digest(await page(olga, address))
    await editing.place(SLUG, "K1", at(25, 8), "foyer", OLGA)
    before = await reading.log(SLUG)
    answer = await olga.post(f"{address}/taking", data={"seen": seen})
    assert answer.status_code == 409
    assert "has changed in what this file touches" in answer.text
    assert await reading.log(SLUG) == before
    again = await olga.post(f"{address}/taking", data={"seen": digest(answer.text)})
    assert again.status_code == 303


@pytest.mark.parametrize("body", [b"nonsense", b"<html></html>", b"\0\xff" * 40, b"{}", b"<schedule><x"])
async def test_a_file_that_cannot_be_taken_says_where_and_what_to_do(olga: Client, body: bytes) -> None:
    before = await reading.log(SLUG)
    text = await page(olga, await brought(olga, body))
    assert 'role="alert"' in text
    assert "Nothing was taken." in text
    assert await reading.log(SLUG) == before


async def test_a_form_without_a_file_is_asked_for_one(olga: Client) -> None:
    for given in ({"data": {"x": "y"}}, {"files": {"file": ("p.json", b"", "application/json")}}):
        answer = await olga.post(PAGE, **given)  # type: ignore[arg-type]
        assert answer.status_code == 422
        assert "Choose a file first" in answer.text


async def test_columns_are_guessed_and_can_be_chosen(olga: Client) -> None:
    address = await brought(olga, CSV, name="Liste.csv")
    assert f'href="{address}/columns"' in await page(olga, address)
    text = await page(olga, f"{address}/columns")
    assert "leave it out" in text
    assert "Wer" not in text  # of what is left out altogether no columns are shown
    sheet = {"sheet": "0", "header-0": "0", "was-0": "", "kind-0": "papers"}
    shown = unescape((await olga.post(f"{address}/reading", data=sheet)).text)
    assert ">Wer</th>" in shown
    assert "Zoe Zed" in shown
    assert '<option value="authors">Authors</option>' in shown
    fields = ["code", "authors", "title"]
    answer = await olga.post(f"{address}/reading", data={**sheet, "was-0": "papers", "field-0": fields})
    assert answer.headers["location"] == address
    text = await page(olga, address)
    assert "On care" in text
    assert '<del class="said" dir="auto">Letting go of the controls</del>' in text or "Letting go" in text
    kept = await page(olga, f"{address}/columns")
    assert '<option value="authors" selected>Authors</option>' in kept


async def test_a_new_event_is_made_by_who_organises_another(olga: Client) -> None:
    address = await brought(olga, file(), NEW)
    text = await page(olga, address)
    assert "There is an event called “small-2028” in addresses already." in text
    answer = await olga.post(f"{address}/reading", data={"slug": "next-2029", "zone": "Europe/London"})
    assert answer.headers["location"] == address
    text = await page(olga, address)
    assert "Small Conference 2028" in text
    answer = await olga.post(f"{address}/taking", data={"seen": digest(text)})
    assert answer.headers["location"].startswith("/organise/next-2029/imports/?new=")
    assert (await olga.get(answer.headers["location"])).status_code == 200
    assert len((await reading.draft("next-2029")).programme.sessions) == len(PROGRAMME.sessions)
    assert (await reading.draft(SLUG)).programme == PROGRAMME


LIST = b"Title,Authors\nOn care,Zoe Zed\nOn trust,Bob Baker\n"


async def test_a_list_without_days_asks_for_the_new_events_name_days_and_zone(olga: Client) -> None:
    address = await brought(olga, LIST, NEW, "Our papers_2029.csv")
    text = await page(olga, address)
    assert "Say its first and its last day." in text
    assert "1970" not in text
    assert 'name="name" value="Our papers 2029"' in text
    assert 'name="slug" value="our-papers-2029"' in text
    assert 'name="zone" value="Europe/London"' in text
    assert "/taking" not in text
    said = {"name": "Next Conference", "slug": "next-2029", "zone": "Europe/Paris"}
    answer = await olga.post(f"{address}/reading", data={**said, "first": "2029-04-02", "last": "2029-03-31"})
    assert answer.status_code == 422
    assert "The last day is before the first" in answer.text
    assert 'value="Next Conference"' in answer.text
    await olga.post(f"{address}/reading", data={**said, "first": "2029-03-31", "last": "2029-04-02"})
    text = await page(olga, address)
    await olga.post(f"{address}/taking", data={"seen": digest(text)})
    event = (await reading.draft("next-2029")).programme.event
    assert (event.name, event.zone) == ("Next Conference", "Europe/Paris")
    assert (str(event.starts), str(event.ends)) == ("2029-03-31", "2029-04-02")


async def test_whoever_makes_an_event_organises_it_by_the_same_step(olga: Client) -> None:
    address = await brought(olga, file(), NEW)
    await olga.post(f"{address}/reading", data={"slug": "next-2029", "zone": ""})
    await olga.post(f"{address}/taking", data={"seen": digest(await page(olga, address))})
    assert await accounts.organisers("next-2029") == [OLGA]


async def test_by_which_identity_a_file_knows_a_thing_is_not_told(olga: Client) -> None:
    text = await page(olga, await brought(olga, file()))  # all is there already, by hand, without an identity
    assert "would change nothing" in text
    address = await brought(olga, CSV, name="Liste.csv")
    assert "Identity in the file" not in await page(olga, address)


ROOMS: list[list[object]] = [["Name", "Capacity"], ["Aula", 300]]


async def test_the_sheet_of_the_event_itself_has_no_columns_to_choose(olga: Client) -> None:
    book = workbook(Event=[["Name", "Next 2029"], ["Time zone", "UTC"], ["First day", "2029-03-25"]], Rooms=ROOMS)
    address = await brought(olga, book, NEW, "programme.xlsx")
    text = await page(olga, f"{address}/columns")
    assert "there are no columns to choose" in text
    sent = controls((await olga.get(f"{address}/columns")).text, f"{address}/reading")
    await send(olga, f"{address}/reading", sent)
    assert "Next 2029" in await page(olga, address)


async def test_a_time_zone_that_there_is_not_is_asked_for_again(olga: Client) -> None:
    address = await brought(olga, file(), NEW)
    await page(olga, address)
    answer = await olga.post(f"{address}/reading", data={"slug": "next-2029", "zone": "Mars/Olympus"})
    assert answer.status_code == 422
    assert "There is no time zone “Mars/Olympus”." in answer.text


async def test_who_organises_nothing_brings_no_new_event(client: Client) -> None:
    await accounts.grant(SLUG, "sam@example.org", accounts.Right.SPEAKER, "tests")
    await sign_in(client, "sam@example.org")
    for method, address in [("GET", f"{NEW}/"), ("POST", NEW), ("GET", f"{NEW}/{'x' * 32}")]:
        assert (await client.request(method, address)).status_code == 403


async def test_nobody_reads_a_file_that_another_brought_for_a_new_event(olga: Client) -> None:
    mine = await brought(olga, file(), NEW)
    for_event = await brought(olga, file())
    assert (await olga.get(mine.replace(NEW, PAGE))).status_code == 404
    assert (await olga.get(for_event.replace(PAGE, NEW))).status_code == 404
    await accounts.grant(SLUG, "oscar@example.org", accounts.Right.ORGANISER, "tests")
    await olga.post("/sign-out")
    await sign_in(olga, "oscar@example.org")
    assert (await olga.get(mine)).status_code == 404
    assert (await olga.get(for_event)).status_code == 200  # who organise one event work together


@pytest.mark.parametrize("token", ["x", "..%2F..%2Fevents.sqlite", "." * 32, "a" * 32, "%2e%2e"])
async def test_no_other_file_is_reached(olga: Client, token: str) -> None:
    assert (await olga.get(f"{PAGE}/{token}")).status_code in (400, 404)


async def test_files_are_gone_after_a_day(olga: Client, settings: Settings) -> None:
    import os

    address = await brought(olga, newer())
    for path in (settings.data / "uploads").iterdir():
        os.utime(path, (1, 1))
        assert path.stat().st_mode & 0o077 == 0
    other = await brought(olga, newer())
    assert (await olga.get(address)).status_code == 404
    assert (await olga.get(other)).status_code == 200


async def test_long_reading_is_answered_at_once(olga: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events_app.web.uploads.PATIENCE", 0)
    address = await brought(olga, newer())
    first = await olga.get(address)
    assert "The file is being read" in first.text
    assert 'http-equiv="refresh"' in first.text
    assert 'id="how-' in await page(olga, address)


async def test_a_file_that_takes_too_much_is_refused_and_the_service_goes_on(
    olga: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = await brought(olga, b"[" + b"{}," * 5_000_000 + b"{}]", NEW)
    assert "Nothing was taken." in await page(olga, address)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2**20  # kilobytes


async def test_somebodys_oldest_files_make_room_for_a_new_one(olga: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events_app.web.uploads.MOST_OF_ONE", 2 * len(file()))
    first, second, third = [await brought(olga, file()) for _n in range(3)]
    assert [(await olga.get(address)).status_code for address in (first, second, third)] == [404, 200, 200]


async def test_where_there_is_no_room_at_all_that_is_said(olga: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    await brought(olga, file())
    monkeypatch.setattr("events_app.web.uploads.MOST_IN_ALL", 2 * len(file()))
    files = {"file": ("p.json", file() + b" " * len(file()), "application/json")}
    answer = await olga.post(PAGE, files=files, headers={"accept": "text/html"})
    assert answer.status_code == 503
    assert "there is no room for another" in answer.text


async def test_the_template_is_downloaded(olga: Client) -> None:
    for base in (PAGE, NEW):
        answer = await olga.get(f"{base}/template.xlsx")
        assert answer.content == intake.template()
        assert "attachment" in answer.headers["content-disposition"]


@pytest.mark.slow
async def test_whole_programmes_are_shown_and_taken(olga: Client) -> None:
    path = Path(__file__).parents[3].parent / "shared/data/schedule-xml/fosdem-2026/schedule.xml"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    address = await brought(olga, path.read_bytes(), NEW, "schedule.xml")
    text = await page(olga, address)
    answer = await olga.post(f"{address}/taking", data={"seen": digest(text)})
    assert answer.headers["location"].startswith("/organise/fosdem-2026/imports/?new=")
