"""The organisers' overview: what there is, releasing it, taking things back, taking files in."""

from __future__ import annotations

import re
from datetime import date

import msgspec
import pytest
from litestar.testing import AsyncTestClient

from events_app import editing, reading
from events_app.app import App
from events_app.editing import accounts, letters
from events_app.intake.reading import Reading
from events_app.programme.model import Programme
from events_app.programme.planning import Answer, Contact, Rules
from events_app.renditions import RENDITIONS, Site
from tests.conference import PAPERS, PROGRAMME, SESSIONS, at
from tests.web.conftest import OLGA

Client = AsyncTestClient[App]
PAGE = "/organise/small-2028/"


async def overview(olga: Client) -> str:
    answer = await olga.get(PAGE)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    return answer.text


async def seen(olga: Client) -> str:
    """The revision that the release page shows."""
    found = re.search(r'name="seen" value="(\d+)"', (await olga.get(f"{PAGE}releases/")).text)
    assert found
    return found[1]


async def move(code: str = "K1") -> None:
    await editing.place("small-2028", code, at(25, 14, 30), "foyer", OLGA)


def file(name: str = "programme.json") -> bytes:
    rendition = next(rendition for rendition in RENDITIONS if rendition.address == name)
    body = rendition.render(PROGRAMME, Site(base="https://x.example"), {})
    assert body
    return body


async def test_my_programmes_are_those_in_which_i_have_rights(olga: Client) -> None:
    answer = await olga.get("/organise/")
    assert 'href="/organise/small-2028/"' in answer.text
    assert "version 1 is public" in answer.text


async def test_what_is_left_is_counted_and_leads_to_the_list_of_it(olga: Client) -> None:
    text = await overview(olga)
    assert 'href="/organise/small-2028/sessions/?placed=no" aria-label="1 left: Sessions have a time"' in text
    listed = (await olga.get(f"{PAGE}sessions/?placed=no")).text
    assert "X1" in listed
    assert ">K1<" not in listed


async def test_what_waits_for_an_organiser_is_said_with_where_to_go_and_only_then(olga: Client) -> None:
    assert "What waits for you" not in await overview(olga)
    await editing.put("small-2028", "rules", Rules(title_locked=date(2026, 1, 1), letters_wait=True), OLGA)
    for person in ("bob-baker", "alice-adler"):
        await editing.put("small-2028", "contacts", Contact(person=person, email=f"{person}@example.org"), OLGA)
    wanted = {("papers", "T1"): msgspec.structs.replace(PAPERS[0], title="Another")}
    await editing.correct("small-2028", wanted, "bob-baker@example.org", seen={})
    await letters.message("small-2028", ["bob-baker", "alice-adler"], "Tea", "{greeting}", OLGA)
    no = Answer(person="bob-baker", noun="papers", code="T1", comes=False)
    await editing.put("small-2028", "answers", no, "bob-baker@example.org")
    text = await overview(olga)
    for address, words in (
        ("requests", "1 request to change what is locked"),
        ("letters?state=held", "2 letters to be let go"),
        ("people/?comes=no", "1 person who does not come for something"),
    ):
        assert f'<a href="{PAGE}{address}">{words}</a>' in text
    assert "refused" not in text


async def test_what_waits_is_counted_beside_its_page_wherever_one_is(olga: Client) -> None:
    pages = ("", "sessions/", "timetable", "imports/")
    assert not [page for page in pages if "ws-nav-n" in (await olga.get(PAGE + page)).text]
    rules = Rules(title_locked=date(2026, 1, 1))
    await editing.put("small-2028", "rules", rules, OLGA)
    wanted = {("papers", "T1"): msgspec.structs.replace(PAPERS[0], title="Another")}
    await editing.correct("small-2028", wanted, "bob@example.org", seen={})
    for page in pages:
        text = (await olga.get(PAGE + page)).text
        assert f'<a href="{PAGE}requests">Requests <span class="ws-nav-n">1</span></a>' in text, page


async def test_every_entry_of_the_navigation_leads_to_a_page(olga: Client) -> None:
    navigation = (await overview(olga)).partition('class="ws-nav"')[2].partition("</nav>")[0]
    addresses = re.findall(r'href="(/organise/[^"]*)"', navigation)
    assert len(addresses) > 15
    for address in addresses:
        assert (await olga.get(address)).status_code == 200, address


async def test_findings_are_counted_by_how_grave_they_are(olga: Client) -> None:
    await editing.place("small-2028", "K1", at(25, 13), "aula", OLGA)  # where and when D2 is
    text = await overview(olga)
    assert re.search(r'findings\?severity=error"><strong>\d+</strong> things? cannot take place', text)


async def test_what_is_not_public_yet_leads_to_the_release(olga: Client) -> None:
    assert "The public sees all that stands here." in await overview(olga)
    await move()
    text = await overview(olga)
    assert '<a href="/organise/small-2028/releases/">1 change that the public does not see yet</a>' in text


async def test_what_was_done_last_is_told_with_what_it_was_done_to(olga: Client) -> None:
    await move()
    assert re.search(r'<strong>you</strong> placed <a href="/organise/small-2028/sessions/K1"', await overview(olga))
    await editing.cancel("small-2028", "K1", "eve@example.org")
    assert "<bdi>eve@example.org</bdi> cancelled" in await overview(olga)


async def test_an_event_with_nothing_in_it_says_where_to_begin(olga: Client) -> None:
    event = msgspec.structs.replace(PROGRAMME.event, slug="next-2029", uid="other")
    await editing.import_reading(None, Reading(kind="t", programme=Programme(event=event)), "x")
    await accounts.grant("next-2029", OLGA, accounts.Right.ORGANISER, "x")
    text = (await olga.get("/organise/next-2029/")).text
    assert "Where to begin" in text
    assert 'href="/organise/next-2029/rooms/"' in text
    assert "<table" not in text
    assert "Where to begin" not in await overview(olga)


async def test_releasing_makes_the_draft_public_with_the_notes(olga: Client) -> None:
    await move()
    answer = await olga.post(f"{PAGE}releases", data={"seen": await seen(olga), "notes": "  Moved <b>one</b>.  "})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}releases/?done=released")
    programme = await reading.published("small-2028")
    assert programme
    assert programme.version
    assert (programme.version.number, programme.version.notes) == (2, "Moved <b>one</b>.")
    text = (await olga.get(answer.headers["location"])).text
    assert "Version 2 is public now." in text
    assert "<b>one</b>" not in text
    assert (await reading.releases("small-2028"))[0].by == OLGA


async def test_what_its_organiser_has_not_seen_is_not_released(olga: Client) -> None:
    await move()
    looked_at = await seen(olga)
    await move("D2")
    answer = await olga.post(f"{PAGE}releases", data={"seen": looked_at}, headers={"accept": "text/html"})
    assert answer.status_code == 409
    assert "Nothing was released" in answer.text
    assert len(await reading.releases("small-2028")) == 1


async def test_nothing_new_is_not_released(olga: Client) -> None:
    revision = (await reading.event_row("small-2028"))["revision"]
    answer = await olga.post(f"{PAGE}releases", data={"seen": str(revision)}, headers={"accept": "text/html"})
    assert answer.status_code == 409
    assert "since version 1" in answer.text


async def test_the_preview_shows_the_draft_and_leads_nowhere_else(olga: Client) -> None:
    await editing.put("small-2028", "sessions", msgspec.structs.replace(SESSIONS[0], title="Not public yet"), OLGA)
    for address in ("", "schedule", "sessions/", "sessions/K1", "people/bob-baker"):
        answer = await olga.get(f"{PAGE}preview/{address}")
        assert answer.status_code == 200, address
        assert answer.headers["cache-control"] == "no-store"
        assert not re.findall(r'href="/small-2028/[^"]*"', answer.text)
    assert "Not public yet" in (await olga.get(f"{PAGE}preview/sessions/K1")).text
    assert "Not public yet" not in (await olga.get("/small-2028/sessions/K1")).text
    feed = await olga.get(f"{PAGE}preview/calendar.ics")
    assert feed.headers["content-type"] == "text/calendar; charset=utf-8"


async def test_the_preview_knows_what_has_changed_since(olga: Client) -> None:
    await olga.get(f"{PAGE}preview/sessions/K1")
    await editing.put("small-2028", "sessions", msgspec.structs.replace(SESSIONS[0], title="Later"), OLGA)
    assert "Later" in (await olga.get(f"{PAGE}preview/sessions/K1")).text


@pytest.mark.parametrize("address", ["nothing", "sessions/nothing", "x/y/z"])
async def test_the_preview_has_no_more_pages_than_the_public(olga: Client, address: str) -> None:
    assert (await olga.get(f"{PAGE}preview/{address}")).status_code == 404


async def test_an_event_without_a_release_can_be_released_first(olga: Client) -> None:
    event = msgspec.structs.replace(PROGRAMME.event, slug="next-2029", uid="other", name="The <next> one")
    programme = msgspec.structs.replace(PROGRAMME, event=event)
    await editing.import_reading(None, Reading(kind="t", programme=programme), "x")
    await accounts.grant("next-2029", OLGA, accounts.Right.ORGANISER, "x")
    text = (await olga.get("/organise/next-2029/")).text
    assert "Release the first version" in text
    assert "The &lt;next&gt; one" in text
    found = re.search(r'name="seen" value="(\d+)"', (await olga.get("/organise/next-2029/releases/")).text)
    assert found
    assert (await olga.post("/organise/next-2029/releases", data={"seen": found[1]})).status_code == 303
    assert (await olga.get("/next-2029/")).status_code == 200
