"""Letters as organisers see them: looked through, read as they will be sent, held, changed, let go and dropped."""

from __future__ import annotations

import re

import pytest
from litestar.testing import AsyncTestClient
from msgspec.structs import replace

from events_app import editing, reading
from events_app.app import create_app
from events_app.editing import accounts, letters
from events_app.editing.letters import Letter, State
from events_app.programme.planning import Contact, Rules
from events_app.settings import Settings
from events_app.tables.letters import Letters
from tests.web.conftest import OLGA, sign_in

from .pages import Client, changed, controls, send

SLUG = "small-2028"
PAGE = f"/organise/{SLUG}/letters"
ADDRESSES = {"bob-baker": "bob@example.org", "alice-adler": "alice@example.org"}


@pytest.fixture
async def held(olga: Client) -> list[Letter]:
    """Letters to Alice and Bob, which wait for Olga; Bob's is the first."""
    await editing.put(SLUG, "rules", Rules(letters_wait=True, reach=OLGA), "tests")
    for person, email in ADDRESSES.items():
        await editing.put(SLUG, "contacts", Contact(person=person, email=email), "tests")
    await letters.message(SLUG, list(ADDRESSES), "About *tea*", "{greeting}\n\ntea is at <b>four</b>.", OLGA)
    return sorted(await letters.letters(SLUG), key=lambda letter: letter.name, reverse=True)


async def states() -> set[State]:
    return {letter.state for letter in await letters.letters(SLUG)}


async def test_where_there_are_no_letters_the_page_says_what_writes_them(olga: Client) -> None:
    page = (await olga.get(PAGE)).text
    assert "No letters yet." in page
    assert f'href="{PAGE}/new"' in page
    assert "EVENTS_SMTP=" in page


async def test_where_letters_are_sent_no_setting_is_asked_for(settings: Settings) -> None:
    async with AsyncTestClient(create_app(replace(settings, smtp="smtp://127.0.0.1:9"))) as client:
        await accounts.grant(SLUG, OLGA, accounts.Right.ORGANISER, "tests")
        client.follow_redirects = False
        await sign_in(client, OLGA)
        assert "EVENTS_SMTP" not in (await client.get(PAGE)).text


async def test_a_line_says_to_whom_what_and_how_far_it_has_come(olga: Client, held: list[Letter]) -> None:
    page = (await olga.get(PAGE)).text
    for said in (
        "Bob Baker",
        "bob@example.org",
        "Alice Adler",
        "About *tea*",
        "Message",
        "until an organiser lets it go",
    ):
        assert said in page
    await Letters.update({Letters.state: "refused", Letters.error: "550 no <such> box"}).where(Letters.id == held[0].id)
    assert "550 no &lt;such&gt; box" in (await olga.get(PAGE)).text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=held", {"Bob Baker", "Alice Adler"}),
        ("state=sent", set()),
        ("state=nonsense", set()),
        ("kind=message", {"Bob Baker", "Alice Adler"}),
        ("kind=digest", set()),
        ("words=BOB", {"Bob Baker"}),
        ("words=tea alice@", {"Alice Adler"}),
        ("words=%25", set()),
        ("before=99999999999999999999", {"Bob Baker", "Alice Adler"}),
    ],
)
async def test_letters_are_found_by_state_kind_and_words(
    olga: Client, held: list[Letter], query: str, found: set[str]
) -> None:
    table = (await olga.get(f"{PAGE}?{query}")).text.partition("<tbody>")[2]
    assert {letter.name for letter in held if letter.name in table} == found


async def test_there_is_a_page_of_older_letters(
    olga: Client, held: list[Letter], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("events_app.web.organiser.letters.PER_PAGE", 1)
    first = (await olga.get(f"{PAGE}?state=held")).text
    older = re.search(r'<a href="\?([^"]+)">Older letters', first)
    assert older
    second = (await olga.get(f"{PAGE}?{older[1].replace('&amp;', '&')}")).text
    assert "Older letters" not in second
    shown = [
        {letter.name for letter in held if letter.name in page.partition("<tbody>")[2]} for page in (first, second)
    ]
    assert sorted(map(sorted, shown)) == [["Alice Adler"], ["Bob Baker"]]


async def test_a_letter_is_shown_as_it_will_be_sent_in_a_frame_that_can_do_nothing(
    olga: Client, held: list[Letter]
) -> None:
    at = f"{PAGE}/{held[0].id}"
    page = await olga.get(at)
    assert "frame-src 'self'" in page.headers["content-security-policy"]
    assert f'<iframe class="letter-frame" src="{at}/html"' in page.text
    assert "Dear Bob Baker," in page.text
    shown = await olga.get(f"{at}/html")
    assert "Dear Bob Baker," in shown.text
    assert "<b>four" not in shown.text
    assert shown.headers.get_list("content-security-policy") == [shown.headers["content-security-policy"]]
    policy = shown.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert policy.endswith("sandbox")
    assert "script-src" not in policy


async def test_a_letter_is_let_go_held_again_and_dropped(olga: Client, held: list[Letter]) -> None:
    at = f"{PAGE}/{held[0].id}"
    for wanted, state in (("waiting", State.WAITING), ("held", State.HELD), ("dropped", State.DROPPED)):
        answer = await send(olga, f"{at}/states", [("state", wanted)])
        assert (answer.status_code, answer.headers["location"]) == (303, f"{at}?done={wanted}")
        assert (await letters.letter(SLUG, held[0].id)).state is state
    assert (await letters.letter(SLUG, held[1].id)).state is State.HELD
    gone = await send(olga, f"{at}/states", [("state", "waiting")])
    assert gone.headers["location"] == f"{at}?done=gone"
    assert "has gone already" in (await olga.get(gone.headers["location"])).text


async def test_a_refused_letter_is_tried_again(olga: Client, held: list[Letter]) -> None:
    await Letters.update({Letters.state: "refused"}).where(Letters.id == held[0].id)
    assert "Try again" in (await olga.get(f"{PAGE}/{held[0].id}")).text
    await send(olga, f"{PAGE}/{held[0].id}/states", [("state", "again")])
    assert (await letters.letter(SLUG, held[0].id)).state is State.WAITING


async def test_all_are_let_go_and_held_again_and_dropped(olga: Client, held: list[Letter]) -> None:
    for wanted, state in (("waiting", State.WAITING), ("held", State.HELD), ("dropped", State.DROPPED)):
        answer = await send(olga, f"{PAGE}/states", [("state", wanted), ("seen", "2")])
        assert answer.headers["location"] == f"{PAGE}?done={wanted}&n=2"
        assert await states() == {state}
    said = (await olga.get(f"{PAGE}?done=dropped&n=2")).text
    assert "2 letters were dropped" in said


async def test_what_was_written_after_the_page_was_shown_does_not_go_with_it(olga: Client, held: list[Letter]) -> None:
    answer = await send(olga, f"{PAGE}/states", [("state", "waiting"), ("seen", "1")])
    assert answer.headers["location"] == f"{PAGE}?done=other"
    assert await states() == {State.HELD}


async def test_what_a_letter_says_is_changed(olga: Client, held: list[Letter]) -> None:
    at = f"{PAGE}/{held[0].id}"
    fields = changed(controls((await olga.get(at)).text, at), subject="Coffee", text="Coffee at five.\r\n\r\n{link}")
    answer = await send(olga, at, fields)
    assert answer.headers["location"] == f"{at}?done=saved"
    letter = await letters.letter(SLUG, held[0].id)
    assert (letter.subject, letter.text) == ("Coffee", "Coffee at five.\n\n{link}")
    assert (await letters.letter(SLUG, held[1].id)).subject == "About *tea*"


async def test_who_saves_second_sees_both_and_loses_neither(olga: Client, held: list[Letter]) -> None:
    at = f"{PAGE}/{held[0].id}"
    stale = changed(controls((await olga.get(at)).text, at), text="Mine.")
    await letters.edit(
        SLUG, held[0].id, "About *tea*", "Theirs.", "eve@example.org", seen=(held[0].subject, held[0].text)
    )
    answer = await send(olga, at, stale)
    assert answer.status_code == 409
    assert "Mine." in answer.text
    assert "Theirs." in answer.text
    assert (await letters.letter(SLUG, held[0].id)).text == "Theirs."
    choosing = controls(answer.text, at)
    assert (await send(olga, at, choosing)).status_code == 303
    assert (await letters.letter(SLUG, held[0].id)).text == "Mine."


async def test_what_was_typed_for_a_letter_that_has_gone_is_shown_again(olga: Client, held: list[Letter]) -> None:
    at = f"{PAGE}/{held[0].id}"
    fields = changed(controls((await olga.get(at)).text, at), text="Too late.")
    await Letters.update({Letters.state: "sent"}).where(Letters.id == held[0].id)
    answer = await send(olga, at, fields)
    assert answer.status_code == 409
    assert "Too late." in answer.text
    assert (await letters.letter(SLUG, held[0].id)).text == held[0].text


@pytest.mark.parametrize(
    ("text", "sentence"), [(" ", "cannot be empty"), ("Dear {name},", "{name} would stand there as it is")]
)
async def test_what_cannot_be_sent_is_refused_with_what_was_typed(
    olga: Client, held: list[Letter], text: str, sentence: str
) -> None:
    at = f"{PAGE}/{held[0].id}"
    answer = await send(olga, at, changed(controls((await olga.get(at)).text, at), subject="Kept", text=text))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Kept"' in answer.text


async def test_an_invitation_keeps_its_link(olga: Client, held: list[Letter]) -> None:
    await letters.invite(SLUG, ["bob-baker"], OLGA)
    (invitation,) = await letters.letters(SLUG, kind=letters.Kind.INVITATION)
    at = f"{PAGE}/{invitation.id}"
    answer = await send(olga, at, changed(controls((await olga.get(at)).text, at), text="Come."))
    assert answer.status_code == 422
    assert "/sign-in/made-when-it-is-sent" in (await olga.get(f"{at}/html")).text


async def test_letters_of_other_events_and_of_none_are_out_of_reach(olga: Client, held: list[Letter]) -> None:
    await letters.ask_sign_in(OLGA)
    foreign = (await Letters.select(Letters.id).where(Letters.kind == "sign-in"))[0]["id"]
    headers = {"accept": "text/html"}
    for id in (foreign, 0, 2**63, "9" * 40):
        assert (await olga.get(f"{PAGE}/{id}", headers=headers)).status_code == 404
        assert (await olga.get(f"{PAGE}/{id}/html", headers=headers)).status_code == 404
        assert (await send(olga, f"{PAGE}/{id}/states", [("state", "dropped")])).status_code == 404
        assert (await send(olga, f"{PAGE}/{id}", [("text", "x")])).status_code == 404
    assert (await Letters.select(Letters.state).where(Letters.id == foreign))[0]["state"] == "waiting"


async def test_a_request_that_says_nothing_changes_nothing(olga: Client, held: list[Letter]) -> None:
    before = await reading.log(SLUG)
    for address in (f"{PAGE}/states", f"{PAGE}/{held[0].id}/states"):
        assert (await send(olga, address, [("state", "sent")])).status_code == 400
    assert await reading.log(SLUG) == before
