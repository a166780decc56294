"""Forms: all that is wrong is said at once, nothing that was typed is lost, and two people lose nothing of theirs."""

from __future__ import annotations

from typing import Any

import pytest
from litestar.testing import AsyncTestClient
from lxml import html
from msgspec.structs import replace

from events_app import editing, reading
from events_app.app import App
from events_app.programme.model import COLLECTIONS, Part, Person, Role, Turn
from events_app.programme.planning import Availability, Contact, Expected
from tests.conference import BOB, PROGRAMME, SESSIONS, at
from tests.web.conftest import OLGA
from tests.web.filling import entries, send, typed, words

Client = AsyncTestClient[App]
BASE = "/organise/small-2028"
SLUG = "small-2028"
EVERY = [(name, noun.code) for name in COLLECTIONS for noun in getattr(PROGRAMME, name)]


async def form(olga: Client, path: str) -> list[tuple[str, str]]:
    answer = await olga.get(f"{BASE}/{path}")
    assert answer.status_code == 200
    return entries(answer.text)


async def noun(collection: str, code: str) -> Any:
    programme = (await reading.draft(SLUG)).programme
    return {noun.code: noun for noun in getattr(programme, collection)}.get(code)


def said(text: str) -> list[str]:
    """The sentences of the summary, without what they are about."""
    items = html.fromstring(text).xpath("//div[@id='wrong']//li")
    return [" ".join(item.text_content().split()) for item in items]


@pytest.mark.parametrize(("collection", "code"), EVERY)
async def test_a_form_sent_back_as_it_came_writes_nothing(olga: Client, collection: str, code: str) -> None:
    before = await reading.draft(SLUG)
    answer = await send(olga, f"{BASE}/{collection}/{code}", await form(olga, f"{collection}/{code}"))
    assert answer.headers["location"] == f"{BASE}/{collection}/{code}?done=same"
    assert await reading.draft(SLUG) == before


async def test_a_session_is_revised_in_all_its_fields(olga: Client) -> None:
    given = typed(
        await form(olga, "sessions/X1"),
        title="Placed now", starts="2028-03-26T10:00", minutes="45", room="room-b", kind="workshop", people="30",
        track="care", language="fr", abstract="Line one\r\n\r\nLine two", parts__person="Bob Baker · bob-baker",
        parts__role="facilitator", links__url="https://x.example/", links__label="X",
    )  # fmt: skip
    answer = await send(olga, f"{BASE}/sessions/X1", given)
    assert answer.headers["location"] == f"{BASE}/sessions/X1?done=saved"
    session = await noun("sessions", "X1")
    assert session.starts == at(26, 9)
    assert (session.title, session.abstract, session.room) == ("Placed now", "Line one\n\nLine two", "room-b")
    assert session.parts == (Part(person="bob-baker", role=Role.FACILITATOR),)
    assert (await reading.draft(SLUG)).planning.expected == (Expected(session="X1", people=30),)


async def test_all_errors_come_at_once_beside_their_fields_with_all_that_was_typed(olga: Client) -> None:
    before = await reading.draft(SLUG)
    given = typed(
        await form(olga, "sessions/K1"),
        title="", minutes="ages", starts="2028-03-26T01:30", language="Klingon?", abstract="A <new> text",
        parts__person="Nobody Known", links__url="our page", subtitle="Kept",
    )  # fmt: skip
    answer = await send(olga, f"{BASE}/sessions/K1", given)
    assert answer.status_code == 422
    assert len(said(answer.text)) == 6
    tree = html.fromstring(answer.text)
    for control in ("title", "minutes", "starts", "language", "parts-person-0", "links-url-0"):
        [element] = tree.xpath(f"//*[@id='{control}']")
        assert element.get("aria-invalid") == "true"
        assert tree.xpath(f"//*[@id='{element.get('aria-describedby').split()[0]}']")
        assert tree.xpath(f"//div[@id='wrong']//a[@href='#{control}']")
    again = dict(entries(answer.text))
    assert (again["subtitle"], again["abstract"], again["parts-person"]) == ("Kept", "A <new> text", "")
    assert ("parts-person", "Nobody Known") in entries(answer.text)
    assert await reading.draft(SLUG) == before


async def test_a_name_that_several_bear_is_asked_for_by_code(olga: Client) -> None:
    given = typed(await form(olga, "sessions/X1"), parts__person="charlie khan")
    answer = await send(olga, f"{BASE}/sessions/X1", given)
    assert said(answer.text) == [
        "People 1: There are 2 called “charlie khan”: charlie-khan, charlie-khan-2. Choose one from the list."
    ]


async def test_somebody_new_is_added_with_the_session_in_one_step(olga: Client) -> None:
    given = typed(await form(olga, "sessions/X1"), parts__person="Zoë Zed", parts__role="facilitator")
    refused = await send(olga, f"{BASE}/sessions/X1", given)
    assert refused.status_code == 422
    assert "Add Zoë Zed as somebody new" in words(refused.text)
    before = (await reading.draft(SLUG)).revision
    answer = await send(olga, f"{BASE}/sessions/X1", [*entries(refused.text), ("do", "parts:new:0")])
    assert answer.status_code == 303
    assert await noun("people", "zoe-zed") == Person(code="zoe-zed", name="Zoë Zed", sorts_as="Zed, Zoë")
    assert (await noun("sessions", "X1")).parts == (Part(person="zoe-zed", role=Role.FACILITATOR),)
    assert (await reading.draft(SLUG)).revision == before + 1


async def test_rows_are_moved_without_a_script_and_nothing_is_saved(olga: Client) -> None:
    before = await reading.draft(SLUG)
    given = typed(await form(olga, "papers/T1"), title="Typed over")
    answer = await send(olga, f"{BASE}/papers/T1", [*given, ("do", "parts:up:1")])
    assert answer.status_code == 200
    again = entries(answer.text)
    assert [text for name, text in again if name == "parts-person"][:2] == [
        "Charlie Khan · charlie-khan",
        "Bob Baker · bob-baker",
    ]
    assert ("title", "Typed over") in again
    assert await reading.draft(SLUG) == before


async def test_a_person_is_kept_with_contact_and_hours(olga: Client) -> None:
    given = typed(
        await form(olga, "people/bob-baker"),
        email="BOB@example.org", gender="man", availability__starts="2028-03-25T09:00",
        availability__ends="2028-03-25T12:00", availability__can="no", languages="en, fr",
    )  # fmt: skip
    assert (await send(olga, f"{BASE}/people/bob-baker", given)).status_code == 303
    draft = await reading.draft(SLUG)
    assert draft.planning.contacts == (Contact(person="bob-baker", email="bob@example.org", gender="man"),)
    assert draft.planning.availability == (Availability(person="bob-baker", starts=at(25, 9), ends=at(25, 12)),)
    assert (await noun("people", "bob-baker")).languages == ("en", "fr")


async def test_adding_makes_a_code_of_the_name_unless_one_is_typed(olga: Client) -> None:
    blank = await form(olga, "people/-/new")
    answer = await send(olga, f"{BASE}/people/-/new", typed(blank, name="Bob Baker"))
    assert answer.headers["location"] == f"{BASE}/people/bob-baker-2?done=added"
    answer = await send(olga, f"{BASE}/people/-/new", [*typed(blank, name="Zoe", code="Z-1"), ("do", "another")])
    assert answer.headers["location"] == f"{BASE}/people/-/new?done=added"
    assert await noun("people", "Z-1") == Person(code="Z-1", name="Zoe")


@pytest.mark.parametrize("code", ["bob-baker", "BOB-baker", "two words", "-", ".hidden", "x" * 61, "å"])
async def test_a_code_that_cannot_be_is_refused_beside_its_field(olga: Client, code: str) -> None:
    answer = await send(olga, f"{BASE}/people/-/new", typed(await form(olga, "people/-/new"), name="Zoe", code=code))
    assert answer.status_code == 422
    assert html.fromstring(answer.text).xpath("//p[@id='code-wrong']")
    assert ("name", "Zoe") in entries(answer.text)


async def test_a_form_can_be_filled_by_its_address(olga: Client) -> None:
    blank = dict(await form(olga, "papers/-/new?panel=P1&title=From+a+link&seen=x"))
    assert (blank["panel"], blank["title"]) == ("P1", "From a link")


async def test_a_stale_save_shows_both_texts_and_loses_neither(olga: Client) -> None:
    mine = typed(await form(olga, "people/bob-baker"), biography="Mine.", pronouns="he/him")
    theirs = replace(BOB, biography="Theirs.", affiliation="Leeds")
    await editing.put(SLUG, "people", theirs, "eve@example.org")
    answer = await send(olga, f"{BASE}/people/bob-baker", mine)
    assert answer.status_code == 409
    assert await noun("people", "bob-baker") == theirs
    tree = html.fromstring(answer.text)
    assert tree.xpath("//fieldset/legend/text()") == ["Pronouns", "Affiliation", "Biography"]
    assert tree.xpath("//input[@type='radio'][@checked]/@name") == [
        "take-pronouns", "take-affiliation", "take-biography",
    ]  # fmt: skip
    assert tree.xpath("//input[@type='radio'][@checked]/@value") == ["mine", "theirs", "mine"]
    text = words(answer.text)
    assert "Mine." in text
    assert "Theirs." in text
    saved = await send(olga, f"{BASE}/people/bob-baker", [*entries(answer.text), ("do", "save")])
    assert saved.headers["location"] == f"{BASE}/people/bob-baker?done=saved"
    assert await noun("people", "bob-baker") == replace(BOB, biography="Mine.", pronouns="he/him", affiliation="Leeds")


async def test_one_can_go_on_writing_with_what_was_chosen(olga: Client) -> None:
    mine = typed(await form(olga, "people/bob-baker"), biography="Mine.")
    theirs = replace(BOB, biography="Theirs.")
    await editing.put(SLUG, "people", theirs, "eve@example.org")
    answer = await send(olga, f"{BASE}/people/bob-baker", mine)
    chosen = [(n, "theirs" if n == "take-biography" else text) for n, text in entries(answer.text)]
    again = await send(olga, f"{BASE}/people/bob-baker", [*chosen, ("do", "edit")])
    assert again.status_code == 200
    assert ("biography", "Theirs.") in entries(again.text)
    assert (await send(olga, f"{BASE}/people/bob-baker", entries(again.text))).status_code == 303


async def test_who_is_faster_twice_is_shown_twice(olga: Client) -> None:
    mine = typed(await form(olga, "people/bob-baker"), biography="Mine.")
    await editing.put(SLUG, "people", replace(BOB, biography="Theirs."), "eve@example.org")
    first = await send(olga, f"{BASE}/people/bob-baker", mine)
    await editing.put(SLUG, "people", replace(BOB, biography="Theirs again."), "eve@example.org")
    second = await send(olga, f"{BASE}/people/bob-baker", entries(first.text))
    assert second.status_code == 409
    assert "Theirs again." in words(second.text)
    assert "Mine." in words(second.text)


async def test_what_was_removed_meanwhile_can_be_put_back_with_what_was_typed(olga: Client) -> None:
    mine = typed(await form(olga, "sessions/X1"), title="Mine")
    await editing.remove(SLUG, "sessions", "X1", "eve@example.org")
    answer = await send(olga, f"{BASE}/sessions/X1", mine)
    assert answer.status_code == 409
    assert "Somebody has removed “Mine”" in words(answer.text)
    saved = await send(olga, f"{BASE}/sessions/X1", entries(answer.text))
    assert saved.status_code == 303
    assert (await noun("sessions", "X1")).title == "Mine"


async def test_a_form_without_what_was_seen_is_not_taken(olga: Client) -> None:
    given = await form(olga, "people/bob-baker")
    for seen in ("", "{}", '{"people": {"alice-adler": null}}', "[[", '{"people": {"bob-baker": {"code": 1}}}'):
        answer = await send(olga, f"{BASE}/people/bob-baker", typed(given, seen=seen))
        assert answer.status_code == 400


async def test_a_session_keeps_its_papers_when_its_form_is_saved(olga: Client) -> None:
    await send(olga, f"{BASE}/sessions/P1-1", typed(await form(olga, "sessions/P1-1"), title="Renamed"))
    session = await noun("sessions", "P1-1")
    assert session == replace(SESSIONS[1], title="Renamed")
    assert session.turns == (Turn(paper="T1", minutes=20), Turn(paper="T2", minutes=20))


async def test_a_session_is_cancelled_and_put_back_on(olga: Client) -> None:
    await send(olga, f"{BASE}/sessions/K1/cancellation", [])
    assert (await noun("sessions", "K1")).cancelled
    assert "Put it back on" in (await olga.get(f"{BASE}/sessions/K1")).text
    await send(olga, f"{BASE}/sessions/K1/cancellation", [("back", "yes")])
    assert await noun("sessions", "K1") == SESSIONS[0]
    assert (await send(olga, f"{BASE}/people/bob-baker/cancellation", [])).status_code == 404


async def test_before_something_goes_it_is_said_what_names_it(olga: Client) -> None:
    answer = await olga.get(f"{BASE}/people/bob-baker/removal")
    assert "It cannot go while 3 things still name it" in words(answer.text)
    assert f'href="{BASE}/sessions/K1"' in answer.text
    refused = await send(olga, f"{BASE}/people/bob-baker/removal", [])
    assert refused.status_code == 409
    assert "still named by" in words(refused.text)
    assert await noun("people", "bob-baker") == BOB


async def test_what_nothing_names_can_go_and_come_back(olga: Client) -> None:
    assert "Its 1 paper will be in no session any more" in words((await olga.get(f"{BASE}/sessions/P1-2/removal")).text)
    answer = await send(olga, f"{BASE}/sessions/P1-2/removal", [])
    assert answer.headers["location"] == f"{BASE}/sessions/?done=1"
    assert await noun("sessions", "P1-2") is None
    [line] = await reading.log(SLUG, 1)
    await editing.undo(SLUG, line.id, OLGA)
    assert await noun("sessions", "P1-2") == SESSIONS[6]


@pytest.mark.parametrize("path", ["sessions/none", "sessions/none/removal", "secrets/K1", "secrets/-/new"])
async def test_what_is_not_there_is_not_found(olga: Client, path: str) -> None:
    assert (await olga.get(f"{BASE}/{path}")).status_code == 404
