"""Somebody without an account offers a showcase."""

from __future__ import annotations

import re
from time import time

import pytest
from litestar.testing import AsyncTestClient
from msgspec.structs import replace

from events_app import editing, reading
from events_app.app import App
from events_app.programme.planning import Offer, Rules
from events_app.web import offers

from .filling import Entries, entries, send, typed, words

Client = AsyncTestClient[App]

FORM = "/offer/small-2028/"


@pytest.fixture
async def opened(client: Client) -> Client:
    """The small conference takes offers."""
    await editing.put("small-2028", "rules", Rules(showcases_open=True), "tests")
    return client


async def kept() -> tuple[Offer, ...]:
    return (await reading.draft("small-2028")).planning.offers


async def filled_in(client: Client, **more: str) -> Entries:
    """The form as somebody has filled it in who took their time."""
    page = (await client.get(FORM)).text
    said = {
        "name": "Gita Rao",
        "email": "Gita@Example.org",
        "title": "Kissing it Better",
        "shown": str(int(time()) - 60),
    }
    return typed(entries(page, FORM), **(said | more))


async def test_what_is_offered_waits_for_an_organiser_and_nothing_of_it_is_public(opened: Client) -> None:
    given = await filled_in(opened, about="We bring *young people* to wards.", page="https://kib.example/")
    answer = await send(opened, FORM, [*given, ("power", "yes"), ("panels", "P1"), ("listed", "yes")])
    assert (answer.status_code, answer.headers["location"]) == (303, f"{FORM}?sent=1")
    [offer] = await kept()
    assert (offer.name, offer.email, offer.showcase.title) == ("Gita Rao", "gita@example.org", "Kissing it Better")
    assert (offer.showcase.about, offer.showcase.panels) == ("We bring *young people* to wards.", ("P1",))
    assert (offer.showcase.links[0].url, offer.needs.power, offer.needs.table) == ("https://kib.example/", True, False)
    assert (offer.needs.listed, offer.needs.pictured) == (True, False)
    assert "Kissing" not in (await opened.get("/small-2028/showcases/")).text
    assert "organisers have your offer" in words((await opened.get(f"{FORM}?sent=1")).text)


async def test_nobody_is_listed_who_did_not_tick_it(opened: Client) -> None:
    await send(opened, FORM, await filled_in(opened))
    [offer] = await kept()
    assert not offer.needs.listed


async def test_what_is_wrong_is_said_and_what_was_typed_is_kept(opened: Client) -> None:
    answer = await send(opened, FORM, await filled_in(opened, email="nowhere", title="", about="Long work."))
    assert answer.status_code == 422
    assert "Your e-mail address: " in words(answer.text)
    assert "What it is called: " in words(answer.text)
    assert ("about", "Long work.") in entries(answer.text, FORM)
    assert ("email", "nowhere") in entries(answer.text, FORM)
    assert await kept() == ()


async def test_a_program_that_fills_in_everything_is_thanked_and_leaves_nothing(opened: Client) -> None:
    answer = await send(opened, FORM, await filled_in(opened, **{offers.TRAP: "https://spam.example/"}))
    assert answer.status_code == 303
    assert await kept() == ()


async def test_who_sends_it_before_anybody_could_have_read_it_is_asked_to_look_it_over(opened: Client) -> None:
    hasty = await send(opened, FORM, await filled_in(opened, shown=str(int(time()) + 60)))
    assert (hasty.status_code, await kept()) == (422, ())
    assert (await send(opened, FORM, entries(hasty.text, FORM))).status_code == 303
    assert len(await kept()) == 1


async def test_so_many_an_hour_come_from_one_place_and_the_next_keeps_what_was_typed(opened: Client) -> None:
    for n in range(offers.FROM_ONE_PLACE):
        assert (await send(opened, FORM, await filled_in(opened, title=f"Table {n}"))).status_code == 303
    answer = await send(opened, FORM, await filled_in(opened, title="One more"))
    assert answer.status_code == 429
    assert ("title", "One more") in entries(answer.text, FORM)
    assert len(await kept()) == offers.FROM_ONE_PLACE


async def test_an_event_that_takes_none_says_no_more_than_one_that_is_not_there(client: Client) -> None:
    closed, none = await client.get(FORM), await client.get("/offer/no-such-event/")
    assert (closed.status_code, none.status_code) == (404, 404)
    assert closed.text == none.text
    for address in (FORM, "/offer/no-such-event/"):
        assert (await send(client, address, [("name", "Gita")])).status_code == 404


async def test_panels_that_are_not_public_yet_are_not_to_be_chosen_from(opened: Client) -> None:
    [panel] = (await reading.draft("small-2028")).programme.panels
    await editing.put("small-2028", "panels", replace(panel, code="P2", title="A secret panel"), "tests")
    page = (await opened.get(FORM)).text
    assert "Trust in public services" in page
    assert "A secret panel" not in page


async def test_a_text_that_is_too_long_is_refused_with_how_much(opened: Client) -> None:
    answer = await send(opened, FORM, await filled_in(opened, about="a" * 20_007))
    assert answer.status_code == 422
    assert re.search(r"7 characters too long", words(answer.text))


async def test_what_is_larger_than_any_form_is_refused(opened: Client) -> None:
    assert (await send(opened, FORM, [("about", "a" * 300_000)])).status_code == 413


async def test_an_offer_sent_twice_is_kept_once(opened: Client) -> None:
    given = await filled_in(opened)
    await send(opened, FORM, given)
    await send(opened, FORM, given)
    assert len(await kept()) == 1
