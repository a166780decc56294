from __future__ import annotations

import re

import pytest
from litestar.testing import AsyncTestClient

from events_app.app import App
from events_app.editing import accounts
from events_app.web.account import device

from .conftest import OLGA

Client = AsyncTestClient[App]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


async def elsewhere(email: str = OLGA) -> str:
    signed_in = await accounts.claim(await accounts.issue_link(email, "tests"), FIREFOX)
    assert signed_in is not None
    return signed_in


async def test_one_sees_where_one_is_signed_in_and_ends_it_there(olga: Client) -> None:
    there = await elsewhere()
    page = (await olga.get("/account/")).text
    assert "Firefox, Linux" in page
    assert page.count("this browser") == 1
    found = re.search(r'name="id" value="(\d+)"', page)
    assert found
    assert (await olga.post("/account/sign-outs", data={"id": found[1]})).status_code == 303
    assert await accounts.signed_in(there) is None
    assert (await olga.get("/account/")).status_code == 200


async def test_one_signs_out_everywhere_else(olga: Client) -> None:
    there, other = await elsewhere(), await elsewhere("eve@example.org")
    assert (await olga.post("/account/sign-outs", data={"id": ""})).status_code == 303
    assert await accounts.signed_in(there) is None
    assert await accounts.signed_in(other) is not None
    assert "Sign out everywhere else" not in (await olga.get("/account/")).text


async def test_one_signs_out_everywhere_here_too_in_one_step(olga: Client) -> None:
    there, other, here = await elsewhere(), await elsewhere("eve@example.org"), olga.cookies["sid"]
    answer = await olga.post("/account/sign-outs", data={"id": "all"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert [await accounts.signed_in(token) for token in (there, here)] == [None, None]
    assert await accounts.signed_in(other) is not None
    assert "Max-Age=0" in answer.headers["set-cookie"]


async def test_nobody_ends_another_s_sign_in(olga: Client) -> None:
    other = await elsewhere("eve@example.org")
    (theirs,) = await accounts.sign_ins("eve@example.org", other)
    await olga.post("/account/sign-outs", data={"id": str(theirs.id)})
    assert await accounts.signed_in(other) is not None


@pytest.mark.parametrize("id", ["x", "-1", "9" * 30, "²"])
async def test_what_is_no_sign_in_is_not_understood(olga: Client, id: str) -> None:
    assert (await olga.post("/account/sign-outs", data={"id": id})).status_code == 400


async def test_a_link_for_another_device_signs_in_as_oneself_once(olga: Client) -> None:
    page = (await olga.post("/account/links")).text
    found = re.search(r'value="http://testserver.local/sign-in/([^"]+)"', page)
    assert found
    there = await accounts.claim(found[1])
    account = await accounts.signed_in(there or "")
    assert account is not None
    assert account.email == OLGA
    assert await accounts.claim(found[1]) is None


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (FIREFOX, "Firefox, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140 Safari/537 Edg/140", "Edge, Windows"),
        ("curl/8", "curl/8"),
        ("", "An unknown browser"),
    ],
)  # fmt: skip
def test_a_browser_is_told_in_words_that_its_owner_knows(agent: str, told: str) -> None:
    assert device(agent) == told


async def test_who_came_by_a_link_for_one_event_sees_and_ends_only_such_sign_ins(client: Client) -> None:
    whole = await elsewhere()
    other = await accounts.claim(await accounts.issue_link(OLGA, "tests", event="other"), "other event")
    same = await accounts.claim(await accounts.issue_link(OLGA, "tests", event="small-2028"), "same event")
    await client.post(f"/sign-in/{await accounts.issue_link(OLGA, 'tests', event='small-2028')}")
    page = (await client.get("/account/")).text
    assert ("same event" in page, "Firefox" in page, "other event" in page) == (True, False, False)
    for there in await accounts.sign_ins(OLGA, ""):
        if there.agent in (FIREFOX, "other event"):
            await client.post("/account/sign-outs", data={"id": str(there.id)})
    await client.post("/account/sign-outs", data={"id": ""})
    assert [bool(await accounts.signed_in(token or "")) for token in (whole, other, same)] == [True, True, False]
    await client.post("/account/sign-outs", data={"id": "all"})
    assert [bool(await accounts.signed_in(token or "")) for token in (whole, other)] == [True, True]
    assert len(await accounts.sign_ins(OLGA, "")) == 2
