"""What is held about somebody: they see it, take it away, and are removed; nobody sees another's."""

from __future__ import annotations

import pytest
from litestar.testing import AsyncTestClient
from msgspec.structs import replace

from events_app import editing, reading
from events_app.app import App
from events_app.editing import letters
from events_app.intake import Reading
from events_app.programme.planning import Answer, Contact, Wishes

from ...conference import PROGRAMME, at
from ..conftest import OLGA, sign_in

Client = AsyncTestClient[App]

SLUG = "small-2028"
BOB = "bob@example.org"
PAGE = f"/speak/{SLUG}/data"


@pytest.fixture
async def bob(client: Client) -> Client:
    """Bob is signed in. His browser asks for pages."""
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email=BOB), OLGA)
    await editing.put(SLUG, "contacts", Contact(person="eve-ito", email="eve@example.org"), OLGA)
    await editing.put(SLUG, "wishes", Wishes(person="bob-baker", access="A place in front", recorded=False), BOB)
    answer = Answer(person="bob-baker", noun="papers", code="T1", comes=True, by="charlie@example.org", at=at(1, 1))
    await editing.put(SLUG, "answers", answer, "charlie@example.org")
    await sign_in(client, BOB)
    client.headers["accept"] = "text/html"
    return client


async def test_the_page_tells_everything_and_no_other_address(bob: Client) -> None:
    text = (await bob.get(PAGE)).text
    for told in ("Bob works on *trust*.", "A place in front", "You do not agree", BOB, "Letting go of the controls"):
        assert told in text
    assert "eve@example.org" not in text
    assert "charlie@example.org" not in text
    assert OLGA not in text


async def test_the_download_holds_all_events_in_which_they_are(bob: Client) -> None:
    event = replace(PROGRAMME.event, slug="other-2028", uid="other")
    await editing.import_reading(None, Reading(kind="t", programme=replace(PROGRAMME, event=event)), OLGA)
    await editing.put("other-2028", "contacts", Contact(person="charlie-khan", email=BOB), OLGA)
    answer = await bob.get("/speak/data.json")
    assert answer.headers["cache-control"] == "no-store"
    assert "attachment" in answer.headers["content-disposition"]
    found = answer.json()
    assert found["email"] == BOB
    assert {one["event"]: [person["code"] for person in one["people"]] for one in found["events"]} == {
        SLUG: ["bob-baker"],
        "other-2028": ["charlie-khan"],
    }
    assert len(found["sign_ins"]) == 1
    assert OLGA not in answer.text
    assert "eve@example.org" not in answer.text


async def test_of_another_events_letters_nothing_is_told(bob: Client) -> None:
    """By a link that is good in their own event alone its organisers can be there in somebody's place."""
    event = replace(PROGRAMME.event, slug="other-2028", uid="other")
    await editing.import_reading(None, Reading(kind="t", programme=replace(PROGRAMME, event=event)), OLGA)
    await editing.put("other-2028", "contacts", Contact(person="bob-baker", email=BOB), OLGA)
    await letters.message("other-2028", ["bob-baker"], "Between us", "Not for others.", OLGA)
    await letters.message(SLUG, ["bob-baker"], "From here", "Hello.", OLGA)
    text = (await bob.get(PAGE)).text
    assert "From here" in text
    assert "Between us" not in text


async def test_somebody_without_a_part_in_anything_has_an_empty_download(client: Client) -> None:
    await sign_in(client, "nobody@example.org")
    assert (await client.get("/speak/data.json")).json()["events"] == []
    assert (await client.get(PAGE, headers={"accept": "text/html"})).status_code == 403
    assert (await client.post(f"/speak/{SLUG}/removal")).status_code == 403


async def test_who_is_removed_is_told_so_first_and_is_nobody_here_afterwards(bob: Client) -> None:
    asked = (await bob.get(f"/speak/{SLUG}/removal")).text
    assert "This cannot be taken back." in asked
    assert "Remove my name from the programme too" not in asked  # the event is to come: it goes anyway
    assert "bob-baker" in {person.code for person in (await reading.draft(SLUG)).programme.people}
    answer = await bob.post(f"/speak/{SLUG}/removal")
    assert answer.headers["location"] == "/speak/-/removed"
    assert "You have been removed" in (await bob.get("/speak/-/removed")).text
    assert (await bob.get(PAGE)).status_code == 403
    assert (await bob.get(f"/{SLUG}/people/bob-baker")).status_code == 404
    assert "Bob Baker" not in (await bob.get(f"/{SLUG}/sessions/K1")).text


async def test_of_several_who_share_an_address_only_those_go_who_are_ticked(bob: Client) -> None:
    await editing.put(SLUG, "contacts", Contact(person="eve-ito", email=BOB), OLGA)
    assert "Eve" in (await bob.get(f"/speak/{SLUG}/removal")).text
    assert (await bob.post(f"/speak/{SLUG}/removal")).headers["location"] == f"/speak/{SLUG}/removal"
    known = {person.code for person in (await reading.draft(SLUG)).programme.people}
    assert {"bob-baker", "eve-ito"} <= known
    await bob.post(f"/speak/{SLUG}/removal", data={"person": ["bob-baker", "alice-adler"]})
    assert {person.code for person in (await reading.draft(SLUG)).programme.people} == known - {"bob-baker"}
    assert (await bob.get(PAGE)).status_code == 200  # the address is Eve's still


async def test_an_organiser_forgets_somebody_who_has_asked(olga: Client) -> None:
    olga.headers["accept"] = "text/html"
    assert "/people/bob-baker/forgetting" in (await olga.get(f"/organise/{SLUG}/people/bob-baker/removal")).text
    asked = (await olga.get(f"/organise/{SLUG}/people/bob-baker/forgetting")).text
    assert "Letting go of the controls" in asked
    answer = await olga.post(f"/organise/{SLUG}/people/bob-baker/forgetting")
    assert answer.status_code == 303
    assert (await olga.get(f"/organise/{SLUG}/people/bob-baker")).status_code == 404
    assert "forgot somebody" in (await olga.get(f"/organise/{SLUG}/history")).text
    assert (await olga.post(f"/organise/{SLUG}/people/nobody/forgetting")).status_code == 404
