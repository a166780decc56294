"""Somebody wants to be reached at another address: asked for, confirmed from there, and told to the old one."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from litestar.testing import AsyncTestClient
from lxml import html
from msgspec.structs import replace

from events_app import editing, reading
from events_app.app import App, create_app
from events_app.editing import accounts, letters
from events_app.editing.accounts import Right
from events_app.editing.letters import Kind, State
from events_app.intake import Reading
from events_app.programme.planning import Answer, Contact
from events_app.settings import Settings
from events_app.tables.accounts import SignInLinks

from ...conference import PROGRAMME
from ..conftest import OLGA, sign_in

Client = AsyncTestClient[App]

SLUG = "small-2028"
OTHER = "other-2028"
OLD = "bob@example.org"
NEW = "bob@new.example"
PAGE = f"/speak/{SLUG}/address"


@pytest.fixture
async def bob(settings: Settings) -> AsyncIterator[Client]:
    """Bob is signed in, where letters are sent: the service that sends them is stopped, so that tests send them."""
    async with AsyncTestClient(create_app(replace(settings, smtp="smtp://127.0.0.1:9"))) as client:
        client.follow_redirects = False
        client.headers["accept"] = "text/html"
        await editing.put(SLUG, "contacts", Contact(person="bob-baker", email=OLD, gender="man"), OLGA)
        await sign_in(client, OLD)
        yield client


async def link(bob: Client, to: str = NEW) -> str:
    """Asks, and answers the path of the link in the letter that a real server is given."""
    assert (await bob.post(PAGE, data={"email": to})).headers["location"] == f"{PAGE}?done=asked"
    token = await accounts.issue_link(to, OLD, 60, purpose="address ")
    return f"{PAGE}/{token}"


async def emails(slug: str = SLUG) -> dict[str, str]:
    return {one.person: one.email for one in (await reading.draft(slug)).planning.contacts}


async def test_looking_changes_nothing_and_the_button_changes_the_address_once(bob: Client) -> None:
    address = await link(bob)
    for _ in range(3):
        page = await bob.get(address)
        assert page.status_code == 200
        assert NEW in page.text
    assert (await emails())["bob-baker"] == OLD
    taken = await bob.post(address)
    assert taken.headers["location"] == f"{PAGE}?done=moved"
    (contact,) = [one for one in (await reading.draft(SLUG)).planning.contacts if one.person == "bob-baker"]
    assert contact == Contact(person="bob-baker", email=NEW, gender="man")
    [line] = await reading.log_of(SLUG, what="readdress", limit=5)
    assert (line.who, line.noun, line.code) == (OLD, "contacts", "bob-baker")
    assert (await bob.post(address)).status_code == 403


async def test_they_stay_signed_in_with_the_new_address_and_the_old_one_is_told_and_lets_nobody_in(
    bob: Client,
) -> None:
    await bob.post(await link(bob))
    page = await bob.get(PAGE)
    assert page.status_code == 200
    assert NEW in page.text
    assert OLD not in page.text
    told = [one for one in await letters.letters(SLUG) if one.email == OLD]
    assert [(one.kind, one.state) for one in told] == [(Kind.MESSAGE, State.WAITING)]
    assert NEW not in told[0].text
    bob.cookies.clear()
    await sign_in(bob, OLD)
    assert (await bob.get(f"/speak/{SLUG}/")).status_code == 403


async def test_who_is_not_signed_in_as_the_old_address_changes_nothing(bob: Client) -> None:
    """An address that was mistyped is a stranger's."""
    address = await link(bob)
    await editing.put(SLUG, "contacts", Contact(person="eve-ito", email="eve@example.org"), OLGA)
    bob.cookies.clear()
    assert (await bob.post(address)).status_code == 403
    await sign_in(bob, "eve@example.org")
    assert (await bob.get(address)).status_code == 403
    assert (await bob.post(address)).status_code == 403
    assert (await emails())["bob-baker"] == OLD


async def test_a_link_that_is_too_old_changes_nothing(bob: Client) -> None:
    token = await accounts.issue_link(NEW, OLD, -1, purpose="address ")
    assert (await bob.get(f"{PAGE}/{token}")).status_code == 403
    assert (await bob.post(f"{PAGE}/{token}")).status_code == 403
    assert (await emails())["bob-baker"] == OLD


async def test_a_link_to_sign_in_is_none_to_change_an_address(bob: Client) -> None:
    token = await accounts.issue_link(NEW, OLD)
    assert (await bob.post(f"{PAGE}/{token}")).status_code == 403
    assert (await emails())["bob-baker"] == OLD


@pytest.mark.parametrize("everywhere", [True, False])
async def test_one_tick_changes_it_in_all_of_their_events(bob: Client, everywhere: bool) -> None:
    event = replace(PROGRAMME.event, slug=OTHER, uid="other", name="The other")
    await editing.import_reading(None, Reading(kind="t", programme=replace(PROGRAMME, event=event)), OLGA)
    await editing.put(OTHER, "contacts", Contact(person="charlie-khan", email=OLD), OLGA)
    address = await link(bob)
    assert "The other" in (await bob.get(address)).text
    await bob.post(address, data={"other": f"{OTHER}/charlie-khan"} if everywhere else {})
    assert (await emails())["bob-baker"] == NEW
    assert (await emails(OTHER))["charlie-khan"] == (NEW if everywhere else OLD)


async def test_who_is_let_in_to_one_event_changes_it_there_alone(bob: Client) -> None:
    event = replace(PROGRAMME.event, slug=OTHER, uid="other", name="The other")
    await editing.import_reading(None, Reading(kind="t", programme=replace(PROGRAMME, event=event)), OLGA)
    await editing.put(OTHER, "contacts", Contact(person="charlie-khan", email=OLD), OLGA)
    bob.cookies.clear()
    await bob.post(f"/sign-in/{await accounts.issue_link(OLD, OLGA, event=SLUG)}")
    address = await link(bob)
    assert "The other" not in (await bob.get(address)).text
    await bob.post(address, data={"other": f"{OTHER}/charlie-khan"})
    assert (await emails())["bob-baker"] == NEW
    assert (await emails(OTHER))["charlie-khan"] == OLD


async def test_rights_answers_and_letters_that_wait_go_with_them(bob: Client) -> None:
    await accounts.grant(SLUG, OLD, Right.ORGANISER, OLGA)
    await accounts.grant(SLUG, NEW, Right.HELPER, OLGA)
    answer = Answer(person="bob-baker", noun="sessions", code="K1", comes=True, by=OLD)
    await editing.put(SLUG, "answers", answer, OLD)
    await letters.message(SLUG, ["bob-baker"], "Tea", "{greeting}", OLGA)
    await bob.post(await link(bob))
    assert await accounts.organisers(SLUG) == [NEW]
    assert [one.by for one in (await reading.draft(SLUG)).planning.answers] == [NEW]
    assert [one.email for one in await letters.letters(SLUG) if one.subject == "Tea"] == [NEW]
    assert (await bob.get(f"/organise/{SLUG}/")).status_code == 200


@pytest.mark.parametrize("typed", ["", "nowhere", OLD, f" {OLD.upper()} ", "a@b c", "a@b,c@d"])
async def test_what_is_no_new_address_comes_back_as_it_was_typed(bob: Client, typed: str) -> None:
    answer = await bob.post(PAGE, data={"email": typed})
    assert answer.status_code == 422
    assert f'value="{typed.strip()}"' in answer.text
    assert await letters.letters(SLUG) == []


async def test_the_same_is_said_whether_or_not_an_address_is_known(bob: Client) -> None:
    await editing.put(SLUG, "contacts", Contact(person="eve-ito", email="eve@example.org"), OLGA)
    answers = [await bob.post(PAGE, data={"email": email}) for email in ("eve@example.org", "nobody@example.org")]
    assert len({(one.status_code, one.headers["location"], one.text) for one in answers}) == 1
    assert len(await letters.letters(SLUG)) == 2


async def test_nobody_is_flooded(bob: Client) -> None:
    answers = [(await bob.post(PAGE, data={"email": f"{n}@example.org"})).status_code for n in range(7)]
    assert answers == [303] * 5 + [429] * 2
    assert len(await letters.letters(SLUG)) == 5
    assert await SignInLinks.count().where(SignInLinks.email != OLD) == 0  # links are made when letters go


async def test_where_no_letters_are_sent_organisers_change_it(client: Client) -> None:
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email=OLD), OLGA)
    await sign_in(client, OLD)
    page = (await client.get(PAGE)).text
    assert "<form" not in page.partition("<main")[2]
    assert "the organisers have to change it" in page


async def test_of_two_who_share_an_address_only_who_is_ticked_moves(bob: Client) -> None:
    """The other keeps it, with their letters, their answers and the rights that it gives."""
    await editing.put(SLUG, "contacts", Contact(person="eve-ito", email=OLD), OLGA)
    await accounts.grant(SLUG, OLD, Right.HELPER, OLGA)
    for person in ("bob-baker", "eve-ito"):
        await editing.put(SLUG, "answers", Answer(person=person, noun="sessions", code="K1", comes=True, by=OLD), OLD)
        await letters.message(SLUG, [person], person, "{greeting}", OLGA)
    address = await link(bob)
    page = await bob.get(address)
    assert "checked" not in page.text  # nobody knows which of them asks
    untold = await bob.post(address)
    assert untold.status_code == 422
    assert "Nobody is ticked" in untold.text
    assert (await bob.post(address, data={"person": "bob-baker"})).headers["location"] == f"{PAGE}?done=moved"
    assert await emails() == {"bob-baker": NEW, "eve-ito": OLD}
    assert {one.person: one.by for one in (await reading.draft(SLUG)).planning.answers} == {
        "bob-baker": NEW,
        "eve-ito": OLD,
    }
    written = {one.subject: one.email for one in await letters.letters(SLUG)}
    assert (written["bob-baker"], written["eve-ito"]) == (NEW, OLD)
    await sign_in(bob, OLD)
    assert (await bob.get(f"/speak/{SLUG}/people/eve-ito")).status_code == 200
    assert (await bob.get(f"/speak/{SLUG}/people/bob-baker")).status_code == 403
    assert (await bob.get(f"/organise/{SLUG}/")).status_code == 200


async def test_the_same_name_is_ticked_in_other_events_and_another_is_not(bob: Client) -> None:
    event = replace(PROGRAMME.event, slug=OTHER, uid="other", name="The other")
    await editing.import_reading(None, Reading(kind="t", programme=replace(PROGRAMME, event=event)), OLGA)
    for person in ("bob-baker", "charlie-khan"):
        await editing.put(OTHER, "contacts", Contact(person=person, email=OLD), OLGA)
    page = html.fromstring((await bob.get(await link(bob))).text)
    assert page.xpath('//input[@name="other"]/@value') == [f"{OTHER}/bob-baker", f"{OTHER}/charlie-khan"]
    assert page.xpath('//input[@name="other"][@checked]/@value') == [f"{OTHER}/bob-baker"]


async def test_other_browsers_are_signed_out_of_the_old_address(bob: Client) -> None:
    there = await accounts.claim(await accounts.issue_link(OLD, "tests"))
    await bob.post(await link(bob))
    assert await accounts.signed_in(str(there)) is None
    assert (await bob.get(PAGE)).status_code == 200


async def test_an_organiser_who_has_not_just_signed_in_is_asked_to_and_the_link_stays_good(bob: Client) -> None:
    await accounts.grant(SLUG, OLD, Right.ORGANISER, OLGA)
    address = await link(bob)
    bob.cookies.clear()
    await bob.post(f"/sign-in/{await accounts.issue_link(OLD, OLD)}")
    looked, taken = await bob.get(address), await bob.post(address)
    assert (looked.status_code, taken.status_code) == (200, 403)
    assert "sign in anew" in looked.text
    assert "sign in anew" in taken.text
    assert (await emails())["bob-baker"] == OLD
    await sign_in(bob, OLD)
    await bob.post(address)
    assert (await emails())["bob-baker"] == NEW
    assert await accounts.organisers(SLUG) == [NEW]
