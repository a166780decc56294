"""Who changed what and when, in words; and taking it back."""

from __future__ import annotations

from typing import Any

import pytest
from litestar.testing import AsyncTestClient
from lxml import html
from msgspec.structs import replace

from events_app import editing, reading
from events_app.app import App
from events_app.editing.together import revise_together
from events_app.programme.model import COLLECTIONS, Part, Role
from events_app.programme.planning import Availability, Contact, Rules
from events_app.web.organiser.telling import pieces
from tests.conference import BOB, EVENT, PROGRAMME, SESSIONS, at
from tests.web.conftest import OLGA
from tests.web.filling import entries, send, words

Client = AsyncTestClient[App]
SLUG = "small-2028"
BASE = "/organise/small-2028"
K1 = SESSIONS[0]


async def page(olga: Client, path: str) -> str:
    answer = await olga.get(f"{BASE}/{path}")
    assert answer.status_code == 200
    return str(answer.text)


def altered(text: str) -> dict[str, tuple[str, str]]:
    """By label, what stood there and what stands there, of the first thing that is told."""
    tree = html.fromstring(text)
    [first, *_rest] = tree.xpath("//dl[@class='altered']")
    return {
        one.xpath("./dt")[0].text_content(): tuple(
            " ".join(" ".join(part.text_content() for part in one.xpath(f".//{tag}")).split()) for tag in ("del", "ins")
        )
        for one in first.xpath("./div")
    }


async def test_a_change_is_told_by_fields_in_words(olga: Client) -> None:
    parts = (Part(person="alice-adler", role=Role.CHAIR),)
    changed = replace(K1, title="Opening", starts=at(26, 9), room="room-b", parts=parts, cancelled=True, track="care")
    await editing.put(SLUG, "sessions", changed, OLGA)
    assert altered(await page(olga, "sessions/K1/history")) == {
        "Title": ("Opening keynote", "Opening"),
        "Begins": ("Sat 25 March 09:00", "Sun 26 March 10:00"),
        "Room": ("Aula", "Room B"),
        "Track": ("(empty)", "Care"),
        "People": ("Bob Baker (Keynote speaker)", "Alice Adler (Chair)"),
        "Cancelled": ("no", "yes"),
    }


@pytest.mark.parametrize("collection", COLLECTIONS)
async def test_everything_has_a_history(olga: Client, collection: str) -> None:
    for noun in getattr(PROGRAMME, collection):
        text = await page(olga, f"{collection}/{noun.code}/history")
        [told] = html.fromstring(text).xpath("//p[@class='story-of']")
        assert words_of(told).endswith("is new"), noun.code


async def test_the_history_of_a_thing_is_of_that_thing_alone(olga: Client) -> None:
    await revise_together(SLUG, "sessions", ["K1", "L1"], {"track": "care"}, OLGA)
    await editing.put(SLUG, "sessions", replace(SESSIONS[3], title="K1"), OLGA)
    text = await page(olga, "sessions/L1/history")
    assert [words_of(line) for line in html.fromstring(text).xpath("//p[@class='story-of']")] == [
        "Session Lunch", "Session Lunch is new",
    ]  # fmt: skip
    assert "With 1 other thing in the same step." in words(text)


def words_of(element: Any) -> str:
    return " ".join(element.text_content().split())


async def test_a_persons_history_tells_of_contact_and_hours_too(olga: Client) -> None:
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email="bob@example.org"), OLGA)
    await editing.put(SLUG, "availability", Availability(person="bob-baker", starts=at(25, 9), ends=at(25, 10)), OLGA)
    told = html.fromstring(await page(olga, "people/bob-baker/history")).xpath("//p[@class='story-of']")
    assert [words_of(element) for element in told] == [
        "Availability Bob Baker is new",
        "E-mail address Bob Baker is new",
        "Person Bob Baker is new",
    ]


async def test_of_a_long_text_only_what_changed_is_marked(olga: Client) -> None:
    long = " ".join(f"word{n}" for n in range(60))
    await editing.put(SLUG, "people", replace(BOB, biography=long), OLGA)
    await editing.put(SLUG, "people", replace(BOB, biography=long.replace("word30", "other")), OLGA)
    text = await page(olga, "people/bob-baker/history")
    assert altered(text) == {"Biography": ("word30", "other")}
    first = html.fromstring(text).xpath("//dl[@class='altered']")[0].text_content()
    assert "word29" in first
    assert "word10" not in first


def test_what_went_and_came_makes_up_the_two_texts() -> None:
    one, other = "a b c d", "a x c d e"
    found = pieces(one, other)
    assert " ".join(words for tag, words in found if tag != "new") == one
    assert " ".join(words for tag, words in found if tag != "gone") == other
    assert pieces("w " * 2000, "v") == ()


async def test_the_events_own_settings_are_told_too(olga: Client) -> None:
    await editing.put(SLUG, "event", replace(EVENT, venue="Elsewhere"), OLGA)
    assert altered(await page(olga, "history")) == {"Venue": ("The Exchange", "Elsewhere")}
    await editing.put(SLUG, "rules", Rules(walk_minutes=25), OLGA)
    assert ("10", "25") in altered(await page(olga, "history")).values()


async def test_a_step_that_touched_many_is_counted_and_told_in_full_on_its_own_page(olga: Client) -> None:
    await revise_together(SLUG, "sessions", ["K1", "L1", "D1", "D2", "N1"], {"language": "de"}, OLGA)
    text = await page(olga, "history?what=revise")
    assert "revised 5 sessions" in words(text)
    [line] = await reading.log(SLUG, 1)
    assert len(html.fromstring(await page(olga, f"history/{line.id}")).xpath("//div[@class='story is-changed']")) == 5


async def test_the_events_history_is_narrowed_down_by_who_what_and_of_what(olga: Client) -> None:
    await editing.cancel(SLUG, "K1", "eve@example.org")
    await editing.put(SLUG, "people", replace(BOB, name="Bobby"), OLGA)
    lines = "//ol[@class='history']/li"
    for query, count in (
        ("", 5),
        ("who=eve@example.org", 1),
        ("what=cancel", 1),
        ("noun=people", 2),
        ("who=nobody", 0),
    ):
        assert len(html.fromstring(await page(olga, f"history?{query}")).xpath(lines)) == count, query


async def test_the_history_turns_its_pages(olga: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events_app.web.organiser.history.LINES", 2)
    monkeypatch.setattr("events_app.web.organiser.history.LOOKED", 3)
    for name in ("Bo", "Bobby", "Rob", "Robert"):
        await editing.put(SLUG, "people", replace(BOB, name=name), OLGA)
    for path in ("history", "people/bob-baker/history"):
        first = await page(olga, path)
        [earlier] = html.fromstring(first).xpath("//p[@class='pages']/a/@href")
        second = await page(olga, path + earlier)
        heads = [html.fromstring(text).xpath("//div[@class='history-line']") for text in (first, second)]
        assert [len(found) for found in heads] == [2, 2]
        assert not {words_of(line) for line in heads[0]} & {words_of(line) for line in heads[1]}


async def test_a_change_is_taken_back_and_one_comes_back_to_where_one_was(olga: Client) -> None:
    await editing.put(SLUG, "people", replace(BOB, name="Bobby"), OLGA)
    given = entries(await page(olga, "people/bob-baker/history"), f"{BASE}/history/undos")
    answer = await send(olga, f"{BASE}/history/undos", given)
    assert answer.headers["location"] == f"{BASE}/people/bob-baker/history?done=undone"
    assert next(p for p in (await reading.draft(SLUG)).programme.people if p.code == "bob-baker") == BOB
    assert "That is taken back." in words(await page(olga, "people/bob-baker/history?done=undone"))


async def test_what_has_changed_since_is_not_taken_back_but_shown(olga: Client) -> None:
    await editing.put(SLUG, "people", replace(BOB, name="Bobby"), OLGA)
    [line] = await reading.log(SLUG, 1)
    await editing.put(SLUG, "people", replace(BOB, name="Rob"), "eve@example.org")
    answer = await send(olga, f"{BASE}/history/undos", [("line", str(line.id))])
    assert answer.status_code == 409
    assert altered(answer.text) == {"Name": ("Rob", "Bob Baker")}
    assert next(p for p in (await reading.draft(SLUG)).programme.people if p.code == "bob-baker").name == "Rob"


async def test_nobody_is_led_elsewhere_after_taking_back(olga: Client) -> None:
    await editing.cancel(SLUG, "K1", OLGA)
    [line] = await reading.log(SLUG, 1)
    given = [("line", str(line.id)), ("back", "https://evil.example/")]
    answer = await send(olga, f"{BASE}/history/undos", given)
    assert answer.headers["location"] == f"{BASE}/history?done=undone"


@pytest.mark.parametrize("line", ["", "x", "1" * 30, "-1", "7"])
async def test_a_line_that_there_is_not_is_refused(olga: Client, line: str) -> None:
    assert (await send(olga, f"{BASE}/history/undos", [("line", line)])).status_code in (400, 404)


async def test_what_is_gone_has_a_history_from_which_it_comes_back(olga: Client) -> None:
    await editing.remove(SLUG, "sessions", "X1", OLGA)
    text = await page(olga, "sessions/X1/history")
    assert "It is not there any more." in words(text)
    await send(olga, f"{BASE}/history/undos", entries(text, f"{BASE}/history/undos"))
    assert (await olga.get(f"{BASE}/sessions/X1")).status_code == 200
    assert (await olga.get(f"{BASE}/sessions/never/history")).status_code == 404


async def test_no_history_shows_json_or_markup_that_people_wrote(olga: Client) -> None:
    await editing.put(SLUG, "people", replace(BOB, biography="<b>Bold</b>"), OLGA)
    text = await page(olga, "history")
    assert "<b>Bold" not in text
    assert '{"' not in html.fromstring(text).text_content()
