"""Organisers take or decline what is offered, and give demonstrations a session."""

from __future__ import annotations

import re

import pytest
from litestar.testing import AsyncTestClient

from events_app import editing, reading
from events_app.app import App
from events_app.editing import letters, offers
from events_app.programme.model import Programme, Showcase
from events_app.programme.planning import Needs, Planning, RequestState, Rules

from ..filling import send, words

Client = AsyncTestClient[App]

AT = "/organise/small-2028"
SHOW = Showcase(
    code="", title="Kissing it Better", about="Young people *on wards*.", panels=("P1",), summary="Warmth on wards."
)
NEEDS = Needs(showcase="", power=True, notes="A dog comes along.", demonstration="Songs, at noon.")


@pytest.fixture
async def offered(olga: Client) -> str:
    """The code of an offer that waits."""
    await editing.put("small-2028", "rules", Rules(showcases_open=True), "tests")
    return await offers.offer("small-2028", "Gita Rao", "gita@example.org", SHOW, NEEDS)


async def standing() -> tuple[Programme, Planning]:
    draft = await reading.draft("small-2028")
    return draft.programme, draft.planning


async def test_an_offer_is_shown_whole(olga: Client, offered: str) -> None:
    page = (await olga.get(f"{AT}/offers/")).text
    for text in ("Kissing it Better", "Gita Rao (gita@example.org)", "Young people on wards.", "power", "A dog comes",
                 "Songs, at noon.", "Trust in public services", "Agreed tobe named"):  # fmt: skip
        assert text in words(page), text
    assert 'value="http://testserver.local/offer/small-2028/"' in page


async def test_one_click_makes_the_showcase_its_host_and_the_needs_and_writes_to_them(
    olga: Client, offered: str
) -> None:
    answer = await send(olga, f"{AT}/offers/{offered}/taking", [("invite", "yes")])
    assert answer.headers["location"] == f"{AT}/offers/?done=invited&made=kissing-it-better"
    programme, planning = await standing()
    show = programme.showcases[-1]
    assert (show.code, show.title, show.panels) == ("kissing-it-better", SHOW.title, ("P1",))
    [host] = [person for person in programme.people if person.code == show.parts[0].person]
    assert (host.name, host.sorts_as) == ("Gita Rao", "Rao, Gita")
    assert [c.email for c in planning.contacts if c.person == host.code] == ["gita@example.org"]
    assert [n.power for n in planning.needs if n.showcase == show.code] == [True]
    assert [letter.email for letter in await letters.letters("small-2028", limit=9)] == ["gita@example.org"]
    assert "is a showcase now" in words((await olga.get(answer.headers["location"])).text)


async def test_an_offer_is_taken_once(olga: Client, offered: str) -> None:
    await send(olga, f"{AT}/offers/{offered}/taking", [])
    again = await send(olga, f"{AT}/offers/{offered}/taking", [])
    assert again.status_code == 409
    programme, _planning = await standing()
    assert [show.code for show in programme.showcases] == ["dadz", "kissing-it-better"]
    assert (await send(olga, f"{AT}/offers/{offered}/declining", [])).status_code == 409
    assert (await send(olga, f"{AT}/offers/none/taking", [])).status_code == 404


async def test_a_decline_keeps_its_reason_and_can_be_taken_back(olga: Client, offered: str) -> None:
    await send(olga, f"{AT}/offers/{offered}/declining", [("reason", "The floor is full.")])
    [offer] = (await standing())[1].offers
    assert (offer.state, offer.reason, offer.decided_by) == (
        RequestState.DECLINED,
        "The floor is full.",
        "olga@example.org",
    )
    assert "The floor is full." in words((await olga.get(f"{AT}/offers/")).text)
    [line] = await reading.lately("small-2028", 1)
    await editing.undo("small-2028", line.id, "olga@example.org")
    [offer] = (await standing())[1].offers
    assert (offer.state, offer.reason) == (RequestState.OPEN, "")


async def test_a_taken_offer_is_taken_back_with_all_that_it_made(olga: Client, offered: str) -> None:
    before, _planning = await standing()
    await send(olga, f"{AT}/offers/{offered}/taking", [])
    [line] = await reading.lately("small-2028", 1)
    await editing.undo("small-2028", line.id, "olga@example.org")
    after, planning = await standing()
    assert after == before
    assert (planning.offers[0].state, planning.contacts, planning.needs) == (RequestState.OPEN, (), ())


async def test_a_demonstration_becomes_a_session_without_a_time_linked_to_its_showcase(olga: Client) -> None:
    wish = Needs(showcase="dadz", demonstration="We sing.", demonstration_minutes=25)
    await editing.put("small-2028", "needs", wish, "tests")
    programme, _planning = await standing()
    demonstrations = [s for s in programme.sessions if s.showcase == "dadz"]
    page = (await olga.get(f"{AT}/offers/")).text
    assert "dadz" not in _open_wishes(page), "it has a session already"
    await editing.remove("small-2028", "sessions", demonstrations[0].code, "tests")
    assert "We sing." in words((await olga.get(f"{AT}/offers/")).text)
    await send(olga, f"{AT}/offers/demonstrations", [("showcase", "dadz")])
    await send(olga, f"{AT}/offers/demonstrations", [("showcase", "dadz")])
    programme, _planning = await standing()
    [made] = [s for s in programme.sessions if s.showcase == "dadz"]
    assert (made.title, made.kind.value, made.minutes, made.starts) == ("Salford Dadz", "showcase", 25, None)
    assert [part.person for part in made.parts] == ["dana-osei"]


def _open_wishes(page: str) -> list[str]:
    return re.findall(r'name="showcase" value="([^"]+)"', page)


async def test_the_overview_says_how_many_wait(olga: Client, offered: str) -> None:
    assert "1 offer or wish of a community group" in words((await olga.get(f"{AT}/")).text)
    await send(olga, f"{AT}/offers/{offered}/declining", [])
    assert "community group" not in words((await olga.get(f"{AT}/")).text)
