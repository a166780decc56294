"""Lists: found, narrowed down, sorted, and many things set at once."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from litestar.testing import AsyncTestClient
from lxml import html

from events_app import editing, reading
from events_app.app import App
from events_app.programme.model import COLLECTIONS
from tests.conference import PROGRAMME, SESSIONS
from tests.web.conftest import OLGA
from tests.web.filling import send, words

Client = AsyncTestClient[App]
BASE = "/organise/small-2028"


async def page(olga: Client, path: str) -> str:
    answer = await olga.get(f"{BASE}/{path}")
    assert answer.status_code == 200
    return answer.text


async def codes(olga: Client, path: str) -> list[str]:
    return html.fromstring(await page(olga, path)).xpath("//tbody//td[@class='code']/text()")


@pytest.mark.parametrize("collection", COLLECTIONS)
async def test_a_list_shows_every_noun_with_its_form_preview_and_history(olga: Client, collection: str) -> None:
    text = await page(olga, f"{collection}/")
    for noun in getattr(PROGRAMME, collection):
        here = f"{BASE}/{collection}/{noun.code}"
        assert {f"{here}", f"{here}/history", f"{BASE}/preview/{collection}/{noun.code}"} <= set(
            html.fromstring(text).xpath("//tbody//a/@href")
        )
    assert f"{len(getattr(PROGRAMME, collection))} in all" in words(text)


async def test_what_is_no_collection_is_no_page(olga: Client) -> None:
    assert (await olga.get(f"{BASE}/secrets/")).status_code == 404


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("sessions/?q=trust", ["P1-1", "P1-2"]),
        ("sessions/?q=BAKER+keynote", ["K1"]),
        ("sessions/?q=nothing+like+it", []),
        ("sessions/?placed=no", ["X1"]),
        ("sessions/?kind=papers", ["P1-1", "P1-2"]),
        ("sessions/?kind=papers&day=2028-03-26", ["P1-2"]),
        ("sessions/?room=-", ["L1", "X1"]),
        ("sessions/?panel=P1&lacks=chair", ["P1-2"]),
        ("sessions/?track=trust", ["P1-1", "P1-2"]),
        ("sessions/?kind=unheard-of", [session.code for session in SESSIONS]),
        ("sessions/?q=&colour=green&page=900", [session.code for session in SESSIONS]),
        ("papers/?placed=no", ["T4", "T5"]),
        ("papers/?status=tabled", ["T5"]),
        ("papers/?lacks=abstract&q=targets", ["T3"]),
        ("people/?q=osei-lukasz", ["dana-osei"]),
        ("people/?same=yes", ["charlie-khan", "charlie-khan-2"]),
        ("people/?role=chair", ["alice-adler"]),
        ("people/?lacks=affiliation", ["eve-ito"]),
        ("rooms/?kind=floor", ["foyer"]),
        ("rooms/?step_free=-", ["foyer"]),
        ("panels/?lacks=chair", []),
        ("showcases/?lacks=place", []),
        ("showcases/?floor=foyer", ["dadz"]),
    ],
)
async def test_an_address_narrows_a_list_down(olga: Client, path: str, found: list[str]) -> None:
    assert await codes(olga, path) == found


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("sessions/?sort=title", "D1"),
        ("sessions/?sort=-title", "P1-2"),
        ("sessions/?sort=when", "K1"),
        ("sessions/?sort=-when", "X1"),
        ("sessions/?sort=minutes", "X1"),
        ("rooms/?sort=capacity", "aula"),
        ("people/?sort=sorts", "alice-adler"),
        ("people/?sort=unheard-of", "alice-adler"),
    ],
)
async def test_an_address_sorts_a_list(olga: Client, path: str, first: str) -> None:
    found = await codes(olga, path)
    if path == "sessions/?sort=minutes":
        assert found.index("D1") < found.index("X1") < found.index("K1")
    else:
        assert found[0] == first


async def test_the_heading_says_how_it_is_sorted_and_offers_the_other_way_round(olga: Client) -> None:
    tree = html.fromstring(await page(olga, "sessions/?q=o&sort=title"))
    [heading] = tree.xpath("//th[@aria-sort]")
    assert heading.get("aria-sort") == "ascending"
    assert heading.xpath("./a/@href") == [f"{BASE}/sessions/?q=o&sort=-title"]


async def test_an_empty_list_offers_to_add_and_to_import(olga: Client) -> None:
    for code in ("T1", "T2", "T3"):
        session = next(s for s in SESSIONS if any(turn.paper == code for turn in s.turns))
        await editing.remove("small-2028", "sessions", session.code, OLGA) if await _there(session.code) else None
    for paper in PROGRAMME.papers:
        await editing.remove("small-2028", "papers", paper.code, OLGA)
    text = await page(olga, "papers/")
    assert "There is nothing here yet" in text
    assert f'href="{BASE}/papers/-/new"' in text


async def _there(code: str) -> bool:
    return any(s.code == code for s in (await reading.draft("small-2028")).programme.sessions)


async def bulk(olga: Client, collection: str, *given: tuple[str, str]) -> tuple[int, str]:
    answer = await send(olga, f"{BASE}/{collection}/", list(given))
    return answer.status_code, answer.headers.get("location") or answer.text


async def test_many_are_set_at_once_and_taken_back_in_one_go(olga: Client) -> None:
    before = (await reading.draft("small-2028")).programme
    ticked = [("code", "K1"), ("code", "L1"), ("set", "track"), ("track", "care"), ("minutes", "99"), ("query", "q=o")]
    assert await bulk(olga, "sessions", *ticked) == (303, f"{BASE}/sessions/?q=o&done=2")
    after = {session.code: session for session in (await reading.draft("small-2028")).programme.sessions}
    assert [(after[code].track, after[code].minutes) for code in ("K1", "L1")] == [("care", 60), ("care", 60)]
    text = await page(olga, "sessions/?q=o&done=2")
    assert "2 were changed." in text
    [line] = await reading.log("small-2028", 1)
    await editing.undo("small-2028", line.id, OLGA)
    assert (await reading.draft("small-2028")).programme == before


async def test_all_that_match_are_set_though_none_is_ticked(olga: Client) -> None:
    given = [("all", "yes"), ("query", "kind=papers"), ("set", "language"), ("language", "fr")]
    assert (await bulk(olga, "sessions", *given))[0] == 303
    programme = (await reading.draft("small-2028")).programme
    assert [session.code for session in programme.sessions if session.language == "fr"] == ["P1-1", "D2", "P1-2"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([("set", "minutes"), ("minutes", "5")], "Tick the rows that are to be changed first."),
        ([("code", "K1")], "Tick what is to be set first."),
        ([("code", "K1"), ("set", "minutes"), ("minutes", "0")], "The number must be from 1 to 10080."),
        ([("code", "K1"), ("set", "room"), ("room", "cellar")], "“cellar” is not to be chosen from any more."),
        ([("code", "K1"), ("code", "gone"), ("set", "minutes"), ("minutes", "5")], "There is no session gone"),
    ],
)
async def test_what_cannot_be_set_for_all_is_set_for_none(
    olga: Client, given: list[tuple[str, str]], sentence: str
) -> None:
    before = await reading.draft("small-2028")
    status, text = await bulk(olga, "sessions", *given)
    assert status == 422
    assert sentence in text
    assert await reading.draft("small-2028") == before
    tree = html.fromstring(text)
    assert tree.xpath("//input[@name='code'][@checked]/@value") == [v for n, v in given if n == "code" and v != "gone"]
    assert tree.xpath("//details[@open]")


async def test_what_may_not_be_set_for_many_is_passed_over(olga: Client) -> None:
    status, _text = await bulk(olga, "sessions", ("code", "K1"), ("set", "title"), ("title", "All alike"))
    assert status == 422


async def test_a_list_turns_its_pages(olga: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events_app.web.organiser.lists.PAGE", 3)
    assert await codes(olga, "sessions/?page=2&" + urlencode({"q": "", "sort": "code"})) == ["L1", "N1", "P1-1"]
    text = await page(olga, "sessions/?page=3")
    assert "7 to 8 here" in words(text)
    assert re.findall(r'\?page=(\d)"', text) == ["2", "3"]


async def test_no_list_shows_markup_that_people_wrote(olga: Client) -> None:
    assert "<less>" not in await page(olga, "papers/")
    assert "&lt;less&gt;" in await page(olga, "papers/")


async def test_how_many_people_are_expected_is_set_for_many_at_once(olga: Client) -> None:
    given = [("code", "K1"), ("code", "L1"), ("set", "people"), ("people", "80"), ("set", "minutes"), ("minutes", "55")]
    answer = await send(olga, f"{BASE}/sessions/", given)
    assert answer.headers["location"].endswith("done=2")
    draft = await reading.draft("small-2028")
    assert {entry.session: entry.people for entry in draft.planning.expected} == {"K1": 80, "L1": 80}
    assert {s.code for s in draft.programme.sessions if s.minutes == 55} == {"K1", "L1"}
    [line] = await reading.log("small-2028", 1)
    assert line.what == "revise"
    await send(olga, f"{BASE}/sessions/", [("code", "K1"), ("set", "people"), ("people", "")])
    assert [entry.session for entry in (await reading.draft("small-2028")).planning.expected] == ["L1"]


async def test_the_folded_filters_say_how_many_are_set(olga: Client) -> None:
    text = await page(olga, "sessions/?kind=papers&day=2028-03-26")
    assert html.fromstring(text).xpath("//summary/span[@class='search-count']/text()") == ["2"]
