from __future__ import annotations

import re
from pathlib import Path

import pytest
from litestar.testing import AsyncTestClient
from msgspec.structs import replace

from events_app import editing
from events_app.app import App, create_app
from events_app.editing import accounts, post
from events_app.editing.accounts import Right
from events_app.programme.planning import Contact
from events_app.settings import Settings
from events_app.tables.letters import Letters
from events_app.web import sign_in as signing_in

from ..conftest import Copy
from ..editing.mail import mail_server, text_of
from .conftest import OLGA, sign_in

Client = AsyncTestClient[App]
BOB = "bob@example.org"


def linked(text: str) -> str:
    """The path of the link in a letter."""
    found = re.search(r"http://testserver\.local(/sign-in/[\w-]+)", text)
    assert found, text
    return found[1]


async def written() -> list[tuple[str, str]]:
    """The letters that there are: kind and address."""
    rows = await Letters.select(Letters.kind, Letters.email).order_by(Letters.id)
    return [(row["kind"], row["email"]) for row in rows]


async def test_looking_at_a_link_does_not_use_it_up(client: Client) -> None:
    token = await accounts.issue_link(OLGA, "tests")
    for _ in range(3):
        assert (await client.get(f"/sign-in/{token}")).status_code == 200
        assert (await client.head(f"/sign-in/{token}")).status_code == 200
    assert (await client.post(f"/sign-in/{token}")).status_code == 303


async def test_a_link_works_once(client: Client) -> None:
    token = await accounts.issue_link(OLGA, "tests")
    first = await client.post(f"/sign-in/{token}")
    assert (first.status_code, first.headers["location"]) == (303, "/speak/")
    client.cookies.clear()
    second = await client.post(f"/sign-in/{token}", headers={"accept": "text/html"})
    assert second.status_code == 403
    assert "works once" in second.text
    assert "set-cookie" not in second.headers


@pytest.mark.parametrize(
    ("right", "home"),
    [(Right.ORGANISER, "/organise/"), (Right.HELPER, "/organise/"), (Right.CHAIR, "/speak/"), (None, "/speak/")],
)
async def test_who_signs_in_comes_to_where_their_work_is(client: Client, right: Right | None, home: str) -> None:
    if right:
        await accounts.grant("small-2028", OLGA, right, "tests")
    answer = await client.post(f"/sign-in/{await accounts.issue_link(OLGA, 'tests')}")
    assert answer.headers["location"] == home


@pytest.mark.parametrize(
    ("right", "known", "way", "goal"),
    [
        (None, True, "/speak/small-2028/", "/speak/small-2028/"),
        (None, True, "/organise/small-2028/", "/speak/small-2028/"),
        (Right.ORGANISER, False, "/organise/small-2028/", "/organise/small-2028/"),
        (Right.HELPER, True, "/speak/small-2028/", "/speak/small-2028/"),
        (Right.ORGANISER, False, "/speak/small-2028/", "/organise/small-2028/"),
        (None, False, "/speak/small-2028/", "/speak/"),
        (None, True, "/speak/another-2028/", "/speak/"),
        (Right.ORGANISER, True, "/organise/another-2028/", "/organise/"),
    ],
)
async def test_a_link_leads_to_the_event_that_it_is_about_where_its_reader_may_go(
    client: Client, right: Right | None, known: bool, way: str, goal: str
) -> None:
    if right:
        await accounts.grant("small-2028", BOB, right, "tests")
    if known:
        await editing.put("small-2028", "contacts", Contact(person="bob-baker", email=BOB), "tests")
    token = await accounts.issue_link(BOB, "tests")
    assert f'name="to" value="{way}"' in (await client.get(f"/sign-in/{token}?to={way}")).text
    answer = await client.post(f"/sign-in/{token}", data={"to": way})
    assert (answer.status_code, answer.headers["location"]) == (303, goal)
    assert (await client.get(goal)).status_code in (200, 303)  # to their only event


@pytest.mark.parametrize(
    "way",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example/", "/speak//evil.example/", "/speak/../",
        "/speak/x/y", "/speak/small-2028/?x=1",
        "/speak/small-2028/../../account/", "/speak/small-2028/\n", "/speak/small-2028", "/account/",
        "javascript:alert(1)", "/organise/-/imports/", "/speak/-/", "http:/speak/small-2028/", " /speak/small-2028/",
    ],
)  # fmt: skip
async def test_a_link_leads_nowhere_else(client: Client, way: str) -> None:
    await editing.put("small-2028", "contacts", Contact(person="bob-baker", email=BOB), "tests")
    token = await accounts.issue_link(BOB, "tests")
    assert 'name="to"' not in (await client.get(f"/sign-in/{token}", params={"to": way})).text
    answer = await client.post(f"/sign-in/{token}", data={"to": way})
    assert (answer.status_code, answer.headers["location"]) == (303, "/speak/")


async def test_a_link_that_does_not_work_any_more_is_renewed_in_one_step_without_saying_for_whom(
    client: Client,
) -> None:
    await editing.put("small-2028", "contacts", Contact(person="bob-baker", email=BOB), "tests")
    token = await accounts.issue_link(BOB, "tests", minutes=-1)
    page = await client.post(f"/sign-in/{token}")
    assert f'action="/sign-in/{token}/renewals"' in page.text
    renewed = await client.post(f"/sign-in/{token}/renewals")
    assert await written() == [("sign-in", BOB)]
    made_up = await client.post("/sign-in/made-up/renewals")
    assert (renewed.status_code, renewed.text) == (made_up.status_code, made_up.text)
    assert "bob" not in page.text + renewed.text
    assert await written() == [("sign-in", BOB)]


async def test_from_asking_for_a_link_to_being_signed_in_and_to_the_next_link(
    client: Client, settings: Settings
) -> None:
    await accounts.grant("small-2028", OLGA, Right.ORGANISER, "tests")
    with mail_server() as box:
        await client.post("/sign-in", data={"email": OLGA})
        await post.send(replace(settings, smtp=box.settings.smtp))
        link = linked(text_of(box.got[0]))
        assert (await client.get(link)).status_code == 200
        assert (await client.post(link)).headers["location"] == "/organise/"
        assert (await client.post(link)).status_code == 403
        assert (await client.post(f"{link}/renewals")).status_code == 200
        await post.send(replace(settings, smtp=box.settings.smtp))
        assert box.to == [OLGA, OLGA]
        assert (await client.post(linked(text_of(box.got[1])))).headers["location"] == "/organise/"


async def test_a_link_is_not_renewed_again_and_again(client: Client) -> None:
    token = await accounts.issue_link(BOB, "tests", minutes=-1)
    asked = [await client.post(f"/sign-in/{token}/renewals") for _ in range(6)]
    assert [answer.status_code for answer in asked] == [200, 200, 200, 200, 200, 429]


async def test_a_link_that_is_too_old_does_not_work(client: Client) -> None:
    token = await accounts.issue_link(OLGA, "tests", minutes=-1)
    assert (await client.post(f"/sign-in/{token}")).status_code == 403


async def test_a_made_up_link_looks_like_any_other_until_it_is_used(client: Client) -> None:
    token = await accounts.issue_link(OLGA, "tests")
    real = (await client.get(f"/sign-in/{token}")).text.replace(token, "")
    assert (await client.get("/sign-in/made-up")).text.replace("made-up", "") == real
    assert (await client.post("/sign-in/made-up")).status_code == 403


async def test_the_page_of_a_link_shows_what_is_in_it_harmlessly(client: Client) -> None:
    answer = await client.get("/sign-in/%22%3E%3Cscript%3E")
    assert "<script>" not in answer.text


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Client) -> None:
    token = await accounts.issue_link(OLGA, "tests")
    cookie = (await client.post(f"/sign-in/{token}")).headers["set-cookie"]
    name, *attributes = (part.strip() for part in cookie.split(";"))
    assert name.startswith("sid=")
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(attributes)
    assert "Secure" not in attributes


async def test_behind_https_the_cookie_is_bound_to_this_host(sqlite_copies: Copy, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url=sqlite_copies("conference"), base_url="https://testserver.local")
    async with AsyncTestClient(create_app(settings), base_url="https://testserver.local") as client:
        token = await accounts.issue_link(OLGA, "tests")
        answer = await client.post(f"/sign-in/{token}", follow_redirects=False)
        assert answer.headers["set-cookie"].startswith("__Host-sid=")
        assert "Secure" in answer.headers["set-cookie"]
        assert (await client.get("/organise/")).status_code == 200


async def test_every_sign_in_gives_the_browser_a_new_name_and_ends_the_old_one(client: Client) -> None:
    await sign_in(client, OLGA)
    old = client.cookies["sid"]
    await sign_in(client, OLGA)
    assert client.cookies["sid"] != old
    assert await accounts.signed_in(old) is None


async def test_a_name_that_the_browser_brings_along_is_never_taken(client: Client) -> None:
    client.cookies.set("sid", "chosen-by-somebody-else")
    await sign_in(client, OLGA)
    assert await accounts.signed_in("chosen-by-somebody-else") is None


async def test_signing_out_ends_it_here_and_in_the_database(olga: Client) -> None:
    token = olga.cookies["sid"]
    answer = await olga.post("/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert await accounts.signed_in(token) is None
    assert (await olga.get("/organise/")).status_code == 403


async def test_asking_for_a_link_tells_nobody_who_has_an_account(client: Client) -> None:
    await accounts.grant("small-2028", OLGA, accounts.Right.ORGANISER, "tests")
    known = await client.post("/sign-in", data={"email": OLGA})
    unknown = await client.post("/sign-in", data={"email": "nobody@example.org"})
    assert known.status_code == unknown.status_code == 200
    assert known.text == unknown.text
    assert "events link" in known.text
    assert await written() == [("sign-in", OLGA)]


async def test_whom_a_programme_names_is_written_to_too(client: Client) -> None:
    await editing.put("small-2028", "contacts", Contact(person="bob-baker", email=BOB), "tests")
    await client.post("/sign-in", data={"email": " Bob@Example.ORG"})
    assert await written() == [("sign-in", BOB)]


async def test_where_letters_are_sent_nobody_is_told_of_the_command_line(settings: Settings) -> None:
    async with AsyncTestClient(create_app(replace(settings, smtp="smtp://127.0.0.1:9"))) as client:
        asked = await client.post("/sign-in", data={"email": OLGA})
        assert "a letter with a link is on its way" in asked.text
        assert "events link" not in asked.text + (await client.get("/sign-in")).text


async def test_neither_one_place_nor_all_together_can_fill_the_tables(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ask(n: int, place: str) -> int:
        answer = await client.post(
            "/sign-in", data={"email": f"{n}@example.org"}, headers={"x-forwarded-for": f"198.51.100.1, {place}"}
        )
        return answer.status_code

    monkeypatch.setattr(signing_in, "ASKED_FROM", 3)
    monkeypatch.setattr(signing_in, "ASKED", 5)
    monkeypatch.setattr(signing_in, "caller", lambda request: request.headers["x-forwarded-for"])
    assert [await ask(n, "192.0.2.1") for n in range(5)] == [200, 200, 200, 429, 429]
    assert [await ask(n, "192.0.2.2") for n in range(5, 8)] == [200, 200, 429]


async def test_asking_again_and_again_for_one_address_has_to_wait(client: Client) -> None:
    asked = [await client.post("/sign-in", data={"email": f" {OLGA.upper()}"}) for _ in range(6)]
    assert [answer.status_code for answer in asked] == [200, 200, 200, 200, 200, 429]
    assert 3500 < int(asked[-1].headers["retry-after"]) <= 3600
    assert (await client.post("/sign-in", data={"email": "nobody@example.org"})).status_code == 200


async def test_what_is_no_address_is_refused(client: Client) -> None:
    for email in ("", "x", "a b@example.org", "@", "x" * 300 + "@example.org"):
        assert (await client.post("/sign-in", data={"email": email})).status_code == 422


async def test_no_page_of_the_sign_in_is_kept_or_counts_visitors(client: Client) -> None:
    answer = await client.get("/sign-in")
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert "set-cookie" not in (await client.get("/small-2028/")).headers


async def test_who_is_signed_in_sees_who_they_are(olga: Client) -> None:
    assert OLGA in (await olga.get("/sign-in")).text
