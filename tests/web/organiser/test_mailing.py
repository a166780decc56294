"""Writing to a group: nobody is written to whom the page did not name, and nobody twice."""

from __future__ import annotations

import re

import pytest

from events_app import editing
from events_app.editing import letters
from events_app.editing.letters import Kind
from events_app.programme.planning import Contact
from tests.web.conftest import OLGA

from .pages import Client, Fields, changed, controls, send

SLUG = "small-2028"
PAGE = f"/organise/{SLUG}/letters/new"
ADDRESSES = {"bob-baker": "bob@example.org", "alice-adler": "alice@example.org", "dana-osei": "bob@example.org"}


@pytest.fixture
async def addressed(olga: Client) -> Client:
    """The addresses of Alice and Bob are known; Dana has Bob's."""
    for person, email in ADDRESSES.items():
        await editing.put(SLUG, "contacts", Contact(person=person, email=email), "tests")
    return olga


async def filled(olga: Client, query: str = "", **changes: str | None) -> Fields:
    """The form as it is shown, with a text."""
    fields = controls((await olga.get(f"{PAGE}{query}")).text, PAGE)
    if not any(name == "kind" for name, _value in fields):
        fields.append(("kind", "message"))
    return changed(fields, **{"text": "{greeting}\n\nbring an *umbrella*. {link}", **changes})


async def written() -> list[tuple[str, str, str]]:
    return sorted((letter.kind.value, letter.email, letter.text) for letter in await letters.letters(SLUG))


async def test_who_gets_it_is_seen_first_and_then_it_is_written_once(addressed: Client) -> None:
    look = await send(addressed, PAGE, await filled(addressed, to="everybody", subject="Rain in {event}"))
    assert look.status_code == 200
    assert "To 2 people" in look.text
    assert "Rain in Small Conference 2028" in look.text
    assert "Dear Alice Adler," in look.text
    assert "<em>umbrella</em>" in look.text
    assert "3 people without an address get none" in look.text
    assert "1 person shares an address" in look.text
    assert f'href="/organise/{SLUG}/people/eve-ito#field-email"' in look.text
    assert await written() == []
    confirmed = [*controls(look.text, PAGE), ("do", "write")]
    answer = await send(addressed, PAGE, confirmed)
    assert answer.headers["location"] == f"/organise/{SLUG}/letters?done=written&n=2"
    assert [email for _kind, email, _text in await written()] == ["alice@example.org", "bob@example.org"]
    again = await send(addressed, PAGE, confirmed)
    assert again.headers["location"] == f"/organise/{SLUG}/letters?done=same"
    assert len(await written()) == 2


async def test_who_came_to_the_group_since_is_not_written_to_unseen(addressed: Client) -> None:
    look = await send(addressed, PAGE, await filled(addressed, to="authors"))
    confirmed = [*controls(look.text, PAGE), ("do", "write")]
    await editing.put(SLUG, "contacts", Contact(person="eve-ito", email="eve@example.org"), "tests")
    answer = await send(addressed, PAGE, confirmed)
    assert answer.status_code == 200
    assert "These are not the people any more" in answer.text
    assert await written() == []
    assert (await send(addressed, PAGE, [*controls(answer.text, PAGE), ("do", "write")])).status_code == 303
    assert len(await written()) == 3


async def test_going_on_writing_keeps_all_that_was_typed(addressed: Client) -> None:
    typed = await filled(addressed, to="named", subject="For <you>")
    look = await send(addressed, PAGE, [*typed, ("people", "bob-baker"), ("people", "alice-adler")])
    form = (await send(addressed, PAGE, [*controls(look.text, PAGE), ("do", "edit")])).text
    assert "For &lt;you&gt;" in form
    assert "umbrella" in form
    ticked = [value for name, value in controls(form, PAGE) if name == "people"]
    assert ticked == ["alice-adler", "bob-baker"]


async def test_a_person_s_page_can_lead_here_with_them_ticked(addressed: Client) -> None:
    fields = controls((await addressed.get(f"{PAGE}?people=bob-baker")).text, PAGE)
    assert ("people", "bob-baker") in fields
    assert ("to", "named") in fields


@pytest.mark.parametrize(
    ("kind", "says"),
    [("invitation", "ou have a part in Small Conference 2028"), ("reminder", "You have no biography yet")],
)
async def test_invitations_and_reminders_say_what_the_event_s_words_say(
    addressed: Client, kind: str, says: str
) -> None:
    typed = await filled(addressed, to="chairs", kind=kind, text="", subject="")
    look = await send(addressed, PAGE, typed)
    assert look.status_code == 200
    assert says in look.text
    await send(addressed, PAGE, [*controls(look.text, PAGE), ("do", "write")])
    ((sent, email, text),) = await written()
    assert (sent, email) == (kind, "alice@example.org")
    assert says in text
    assert "{link}" in text


async def test_nobody_is_reminded_of_nothing(addressed: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events_app.web.organiser.mailing.missing", lambda draft, person: ())
    answer = await send(addressed, PAGE, await filled(addressed, to="chairs", kind="reminder"))
    assert answer.status_code == 422
    assert "Nothing is missing of anybody there." in answer.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": "Dear {nmae}"}, "knows nothing of {nmae}"),
        ({"subject": "{oops}"}, "knows nothing of {oops}"),
        ({"subject": ""}, "This cannot be empty."),
        ({"text": " "}, "Write what you want to tell them."),
        ({"text": "{greeting}\n\n\n\nWith kind regards,\nthe organisers of {event}"}, "Write what you want to tell"),
        ({"to": "named"}, "Tick somebody."),
        ({"to": "sessions/X1"}, "Nobody is there."),
        ({"to": "everybody", "people": "bob-baker"}, "You ticked people as well"),
        ({"to": "panels/<b>"}, "is not to be chosen from any more"),
        ({"kind": "sign-in"}, "is not to be chosen from any more"),
        ({"people": "nobody"}, "One of these is not to be chosen from any more."),
    ],
)
async def test_what_cannot_be_written_is_refused_with_what_was_typed(
    addressed: Client, changes: dict[str, str], sentence: str
) -> None:
    answer = await send(addressed, PAGE, await filled(addressed, **{"subject": "Kept <b>", **changes}))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "<b>" not in answer.text
    assert await written() == []


async def test_where_nobody_has_an_address_there_is_nothing_to_press(addressed: Client) -> None:
    look = await send(addressed, PAGE, await filled(addressed, to="sessions/P1-2"))
    assert "There is no address of anybody there." in look.text
    assert 'value="write"' not in look.text


async def test_everybody_of_the_draft_can_be_ticked_and_every_group_be_looked_at(addressed: Client) -> None:
    page = (await addressed.get(PAGE)).text
    options = re.findall(r'<option value="([^"]+)"', page)
    assert {
        "everybody",
        "speakers",
        "unanswered",
        "missing",
        "named",
        "panels/P1",
        "tracks/care",
        "sessions/K1",
    } <= set(options)
    assert page.count('name="people"') == 6
    for option in options:
        if option != "named":
            answer = await send(addressed, PAGE, await filled(addressed, to=option))
            assert answer.status_code in (200, 422), option


async def test_letters_wait_where_the_rules_say_so_and_the_page_does(addressed: Client) -> None:
    look = (await send(addressed, PAGE, await filled(addressed, to="chairs"))).text
    assert "They are kept here:" in look
    await letters.message(SLUG, ["bob-baker"], "x", "y", OLGA)
    assert (await letters.letters(SLUG, kind=Kind.MESSAGE))[0].by == OLGA
