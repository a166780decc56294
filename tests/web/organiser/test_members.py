from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from litestar.testing import AsyncTestClient
from msgspec.structs import replace

from events_app import reading
from events_app.app import create_app
from events_app.editing import accounts
from events_app.editing.accounts import Right
from events_app.settings import Settings
from events_app.tables.letters import Letters
from tests.web.conftest import OLGA, sign_in

from .pages import Client, send

PAGE = "/organise/small-2028/members"
HELEN = "helen@example.org"


async def test_somebody_new_is_added_and_signs_in_with_the_link_that_is_shown_once(olga: Client) -> None:
    answer = await send(olga, PAGE, [("email", " Helen@Example.org"), ("role", "helper"), ("new", "yes")])
    assert answer.status_code == 200
    found = re.search(r'value="http://testserver.local(/sign-in/[^"]+)"', answer.text)
    assert found
    assert "No letter was sent" in answer.text
    assert found[1] not in (await olga.get(PAGE)).text
    olga.cookies.clear()
    assert (await olga.post(found[1])).status_code == 303
    page = await olga.get("/organise/small-2028/")
    assert page.status_code == 200
    assert 'class="is-reading"' in page.text


async def test_who_has_signed_in_before_gets_rights_but_no_link(olga: Client) -> None:
    await accounts.claim(await accounts.issue_link(HELEN, "tests"))
    answer = await send(olga, PAGE, [("email", HELEN), ("role", "organiser"), ("new", "yes")])
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?done=granted")
    assert await accounts.organisers("small-2028") == [HELEN, OLGA]
    refused = await send(olga, f"{PAGE}/links", [("email", HELEN)])
    assert refused.status_code == 409
    assert "/sign-in/" not in refused.text


async def test_no_link_is_made_for_somebody_who_works_on_another_event(olga: Client) -> None:
    from events_app.editing.copies import copy_event

    event = (await reading.draft("small-2028")).programme.event
    await copy_event("small-2028", "other-2028", "Other", event.starts, OLGA, take=frozenset())
    await accounts.grant("other-2028", HELEN, Right.ORGANISER, "tests")
    answer = await send(olga, PAGE, [("email", HELEN), ("role", "helper"), ("new", "yes")])
    assert answer.status_code == 303
    assert (await send(olga, f"{PAGE}/links", [("email", HELEN)])).status_code == 409


async def test_rights_are_changed_and_taken_and_the_last_organiser_stays(olga: Client) -> None:
    await accounts.grant("small-2028", HELEN, Right.HELPER, "tests")
    assert (await send(olga, PAGE, [("email", HELEN), ("role", "chair")])).status_code == 303
    assert "No panel names a chair with this address yet" in (await olga.get(PAGE)).text
    assert (await send(olga, f"{PAGE}/removals", [("email", HELEN)])).status_code == 303
    assert HELEN not in (await olga.get(PAGE)).text
    for address, fields in ((PAGE, [("email", OLGA), ("role", "helper")]), (f"{PAGE}/removals", [("email", OLGA)])):
        refused = await send(olga, address, fields)
        assert refused.status_code == 409
        assert "is the only organiser" in refused.text
    assert await accounts.organisers("small-2028") == [OLGA]
    done = [line.what for line in await reading.log("small-2028")][:3]
    assert done == ["revoke", "grant", "grant"]


async def test_what_is_no_address_or_no_right_is_refused_with_what_was_typed(olga: Client) -> None:
    for fields in ([("email", "<x>"), ("role", "helper")], [("email", HELEN), ("role", "speaker")], []):
        answer = await send(olga, PAGE, fields)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text or 'class="wrong"' in answer.text
    assert "&lt;x&gt;" in (await send(olga, PAGE, [("email", "<x>"), ("role", "helper")])).text


@pytest.fixture
async def sending(settings: Settings) -> AsyncIterator[Client]:
    """Olga, where letters are sent."""
    async with AsyncTestClient(create_app(replace(settings, smtp="smtp://127.0.0.1:9"))) as client:
        client.follow_redirects = False
        await accounts.grant("small-2028", OLGA, Right.ORGANISER, "tests")
        await sign_in(client, OLGA)
        yield client


async def written() -> list[tuple[str, str]]:
    rows = await Letters.select(Letters.kind, Letters.email).order_by(Letters.id)
    return [(row["kind"], row["email"]) for row in rows]


async def test_where_letters_are_sent_whoever_is_added_gets_one_and_no_link_is_shown(sending: Client) -> None:
    answer = await send(sending, PAGE, [("email", HELEN), ("role", "helper"), ("new", "yes")])
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?done=written")
    assert await written() == [("invitation", HELEN)]
    page = (await sending.get(answer.headers["location"])).text
    assert "on its way" in page
    assert "/sign-in/" not in page


async def test_who_has_signed_in_before_gets_a_letter_too_for_it_reaches_its_owner(sending: Client) -> None:
    await accounts.claim(await accounts.issue_link(HELEN, "tests"))
    await accounts.grant("small-2028", HELEN, Right.CHAIR, "tests")
    answer = await send(sending, f"{PAGE}/links", [("email", HELEN), ("by", "letter")])
    assert answer.headers["location"] == f"{PAGE}?done=written"
    assert await written() == [("invitation", HELEN)]


async def test_nobody_is_written_to_who_is_no_member_or_again_and_again(sending: Client) -> None:
    assert (await send(sending, f"{PAGE}/links", [("email", "eve@example.org"), ("by", "letter")])).status_code == 404
    await accounts.grant("small-2028", HELEN, Right.CHAIR, "tests")
    asked = [await send(sending, f"{PAGE}/links", [("email", HELEN), ("by", "letter")]) for _ in range(6)]
    assert [answer.status_code for answer in asked] == [303, 303, 303, 303, 303, 429]
    assert len(await written()) == 5
