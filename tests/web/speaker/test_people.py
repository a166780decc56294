"""Somebody's own details: what is public goes out at once, what is not never does."""

from __future__ import annotations

from typing import Any

import pytest
from litestar.testing import AsyncTestClient
from lxml import html

from events_app import editing, reading
from events_app.app import App
from events_app.programme.planning import Availability, Contact, Rules, Wishes
from tests.conference import at
from tests.web.conftest import OLGA, sign_in
from tests.web.filling import Entries, entries, send, typed, words

Client = AsyncTestClient[App]
SLUG = "small-2028"
BOB = f"/speak/{SLUG}/people/bob-baker"


@pytest.fixture
async def bob(client: Client) -> Client:
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email="bob@example.org"), OLGA)
    await sign_in(client, "bob@example.org")
    return client


async def given(client: Client) -> Entries:
    answer = await client.get(BOB)
    assert answer.status_code == 200
    return entries(answer.text)


async def planned(kind: str) -> Any:
    return [value for value in getattr((await reading.draft(SLUG)).planning, kind) if value.person == "bob-baker"]


async def test_a_form_sent_back_as_it_came_writes_nothing(bob: Client) -> None:
    before = await reading.draft(SLUG)
    assert (await send(bob, BOB, await given(bob))).headers["location"] == f"{BOB}?done=same"
    assert await reading.draft(SLUG) == before


async def test_what_everybody_sees_is_public_at_once(bob: Client) -> None:
    form = typed(
        await given(bob), name="Robert Baker", pronouns="he/him", biography="Trust, *again*.", languages="en, fr"
    )
    assert (await send(bob, BOB, form)).headers["location"] == f"{BOB}?done=public"
    public = (await bob.get(f"/{SLUG}/people/bob-baker")).text
    assert "Robert Baker" in public
    assert "<em>again</em>" in public
    assert "Robert Baker" in (await bob.get(f"/{SLUG}/sessions/K1")).text


async def test_what_only_organisers_see_is_kept_for_them_alone(bob: Client) -> None:
    form = typed(
        await given(bob), access="A ramp to the stage", recorded="no", photographed="yes", gender="man",
        availability__starts="2028-03-25T08:00", availability__ends="2028-03-25T12:00", availability__can="yes",
    )  # fmt: skip
    assert (await send(bob, BOB, form)).headers["location"] == f"{BOB}?done=private"
    assert await planned("wishes") == [
        Wishes(person="bob-baker", access="A ramp to the stage", recorded=False, photographed=True)
    ]
    assert await planned("availability") == [
        Availability(person="bob-baker", starts=at(25, 8), ends=at(25, 12), can=True)
    ]
    assert await planned("contacts") == [Contact(person="bob-baker", email="bob@example.org", gender="man")]
    assert "ramp" not in (await bob.get(f"/{SLUG}/people/bob-baker")).text
    await sign_in(bob, OLGA)
    await _organise(bob)
    assert "A ramp to the stage" in (await bob.get(f"/organise/{SLUG}/people/bob-baker")).text


async def _organise(client: Client) -> None:
    from events_app.editing import accounts

    await accounts.grant(SLUG, OLGA, accounts.Right.ORGANISER, "tests")


async def test_the_address_is_shown_and_never_changed_here(bob: Client) -> None:
    page = (await bob.get(BOB)).text
    assert "Letters go to bob@example.org" in words(page)
    assert html.fromstring(page).xpath("//input[@name='email']") == []
    await send(bob, BOB, [*typed(await given(bob), gender="man"), ("email", "mallory@example.org")])
    assert (await planned("contacts"))[0].email == "bob@example.org"


async def test_nobody_deletes_when_others_can_be_there(bob: Client) -> None:
    hours = Availability(person="eve-ito", starts=at(25, 8), ends=at(25, 9))
    await editing.put(SLUG, "availability", hours, OLGA)
    seen = '{"people":{"bob-baker":null},"availability":{"eve-ito/20280325T080000/20280325T090000":null}}'
    answer = await send(bob, BOB, typed(await given(bob), seen=seen))
    assert answer.status_code == 400
    assert hours in (await reading.draft(SLUG)).planning.availability


async def test_the_biography_is_counted(bob: Client) -> None:
    await editing.put(SLUG, "rules", Rules(biography_words=3), OLGA)
    page = (await bob.get(BOB)).text
    assert "4 of at most 3 words" in words(page)  # as it was imported; nobody is made to mend it
    assert (await send(bob, BOB, typed(entries(page), pronouns="he"))).status_code == 303
    answer = await send(bob, BOB, typed(entries(page), biography="one two three four five"))
    assert answer.status_code == 422


async def test_the_preview_is_their_public_page(bob: Client) -> None:
    answer = await send(bob, BOB, [*typed(await given(bob), name="Robert"), ("do", "preview")])
    assert words(answer.text, "//main//h1") == "Robert"
    assert "Opening keynote" in words(answer.text)
