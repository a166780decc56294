"""Offers wait, are taken with their host or declined; on both databases."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from events_app import editing, reading
from events_app.editing import offers
from events_app.editing.hosts import host
from events_app.editing.offers import Decided, NotOpen
from events_app.programme.model import Person, Role, Showcase
from events_app.programme.planning import Contact, Needs, Offer, RequestState, Rules

from ..conference import BOB, DADZ, DANA

SLUG = "small-2028"
OLGA, GITA = "olga@example.org", "gita@example.org"
SHOW = Showcase(code="", title="Kissing it Better", panels=("P1", "P9"))


@pytest.fixture
async def opened(conference: str) -> str:
    await editing.put(SLUG, "rules", Rules(showcases_open=True), OLGA)
    return conference


async def offer(title: str = SHOW.title, name: str = "Gita Rao", email: str = GITA) -> str:
    return await offers.offer(SLUG, name, email, replace(SHOW, title=title), Needs(showcase="", power=True))


async def draft() -> reading.Draft:
    return await reading.draft(SLUG)


async def kept() -> tuple[Offer, ...]:
    return (await draft()).planning.offers


async def test_an_event_that_asks_for_none_takes_none(conference: str) -> None:
    with pytest.raises(NotOpen):
        await offer()
    assert await kept() == ()


async def test_so_many_may_wait_and_no_more(opened: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offers, "MOST_OPEN", 2)
    codes = [await offer("One"), await offer("Two")]
    with pytest.raises(NotOpen):
        await offer("Three")
    await offers.decline_offer(SLUG, codes[0], OLGA)
    await offer("Three")
    assert [one.showcase.title for one in await kept()] == ["One", "Two", "Three"]


async def test_what_is_offered_twice_waits_once_but_can_be_offered_again_when_it_was_declined(opened: str) -> None:
    code = await offer()
    assert await offer() == code
    await offers.decline_offer(SLUG, code, OLGA, "Full.")
    assert await offer() != code
    assert [one.state for one in await kept()] == [RequestState.DECLINED, RequestState.OPEN]


async def test_whoever_offers_stands_in_the_log_as_nobody_with_an_account(opened: str) -> None:
    await offer()
    [line] = await reading.lately(SLUG, 1)
    assert (line.who, line.what) == (offers.OUTSIDE, "offer")


async def test_taking_makes_a_showcase_of_a_code_that_is_free_with_panels_that_there_are(opened: str) -> None:
    made = await offers.take_offer(SLUG, await offer("Salford Dadz"), OLGA)
    assert await offers.take_offer(SLUG, await offer("Dadz"), OLGA) == "dadz-2"
    shows = {show.code: show for show in (await draft()).programme.showcases}
    assert (made, shows[made].panels) == ("salford-dadz", ("P1",))
    assert shows["dadz"] == DADZ
    assert [(part.role, part.person) for part in shows[made].parts] == [(Role.HOST, "gita-rao")]


async def test_the_same_person_who_offers_two_is_one_person(opened: str) -> None:
    for title in ("One", "Two"):
        await offers.take_offer(SLUG, await offer(title), OLGA)
    held = await draft()
    assert [person.code for person in held.programme.people if person.name == "Gita Rao"] == ["gita-rao"]
    assert [show.parts[0].person for show in held.programme.showcases[1:]] == ["gita-rao", "gita-rao"]


async def test_an_offer_is_decided_once(opened: str) -> None:
    code = await offer()
    await offers.decline_offer(SLUG, code, OLGA, "Full.")
    for again in (offers.take_offer(SLUG, code, OLGA), offers.decline_offer(SLUG, code, OLGA)):
        with pytest.raises(Decided):
            await again
    with pytest.raises(reading.NotFound):
        await offers.take_offer(SLUG, "none", OLGA)


async def test_a_demonstration_has_its_hosts_and_half_an_hour_unless_they_said_how_long(conference: str) -> None:
    code = await offers.demonstrate(SLUG, "dadz", OLGA)
    [made] = [session for session in (await draft()).programme.sessions if session.code == code]
    assert (made.minutes, made.showcase, made.starts) == (offers.DEMONSTRATION, "dadz", None)
    assert made.parts == DADZ.parts
    with pytest.raises(reading.NotFound):
        await offers.demonstrate(SLUG, "none", OLGA)


def test_an_address_alone_tells_nobody_whose_it_is() -> None:
    contacts = [Contact(person="bob-baker", email="bob@example.org")]
    found, contact = host([BOB, DANA], contacts, "Robert", "bob@example.org")
    assert (found.code, contact.person) == ("robert", "robert")
    assert host([BOB, DANA], contacts, " bob  BAKER ", "bob@example.org") == (BOB, contacts[0])


def test_a_name_alone_makes_nobody_of_that_name() -> None:
    found, contact = host([BOB], [Contact(person="bob-baker", email="bob@example.org")], "Bob Baker", GITA)
    assert (found, contact) == (
        Person(code="bob-baker-2", name="Bob Baker", sorts_as="Baker, Bob"), Contact(person="bob-baker-2", email=GITA)
    )  # fmt: skip
