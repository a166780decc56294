"""The papers of a session: order, minutes, people, and where else they may go."""

from __future__ import annotations

import pytest
from litestar.testing import AsyncTestClient
from lxml import html
from msgspec.structs import replace

from events_app import editing, reading
from events_app.app import App
from events_app.programme.model import Paper, PaperStatus, Part, Role, Session, Turn
from tests.conference import PAPERS, SESSIONS
from tests.web.conftest import OLGA
from tests.web.filling import Entries, entries, send, typed, words

Client = AsyncTestClient[App]
SLUG = "small-2028"
PAGE = "/organise/small-2028/sessions/P1-1/papers"
P1 = SESSIONS[1]


async def session(code: str = "P1-1") -> Session:
    return next(s for s in (await reading.draft(SLUG)).programme.sessions if s.code == code)


async def paper(code: str) -> Paper:
    return next(p for p in (await reading.draft(SLUG)).programme.papers if p.code == code)


async def form(olga: Client) -> Entries:
    answer = await olga.get(PAGE)
    assert answer.status_code == 200
    return entries(answer.text)


async def pressed(olga: Client, do: str, **changes: str) -> int:
    answer = await send(olga, PAGE, [*typed(await form(olga), **changes), ("do", do)])
    return int(answer.status_code)


async def papers(code: str = "P1-1") -> list[tuple[str, int]]:
    return [(turn.paper, turn.minutes) for turn in (await session(code)).turns]


async def test_papers_are_shown_with_their_times(olga: Client) -> None:
    text = (await olga.get(PAGE)).text
    assert html.fromstring(text).xpath("//p[@class='turn-when']//time/text()") == ["10:30", "10:50"]
    assert "40 of 90 minutes are given to papers" in words(text)


async def test_saving_it_as_it_is_writes_nothing(olga: Client) -> None:
    before = await reading.draft(SLUG)
    assert await pressed(olga, "save") == 303
    assert await reading.draft(SLUG) == before


@pytest.mark.parametrize(("do", "order"), [("up:1", ["T2", "T1"]), ("down:0", ["T2", "T1"]), ("up:0", ["T1", "T2"])])
async def test_buttons_change_the_order_and_save_what_was_typed(olga: Client, do: str, order: list[str]) -> None:
    assert await pressed(olga, do, minutes="30") == 303
    assert sorted(await papers()) == [("T1", 30), ("T2", 20)]
    assert [code for code, _minutes in await papers()] == order


async def test_the_order_in_which_rows_are_sent_is_the_order(olga: Client) -> None:
    """As a script sends it after a row was dragged."""
    given = await form(olga)
    names = ("paper", "minutes", "presenter", "to")
    turned = [pair for name in names for pair in [p for p in given if p[0] == name][::-1]]
    await send(olga, PAGE, [*(pair for pair in given if pair[0] not in names), *turned, ("do", "save")])
    assert await papers() == [("T2", 20), ("T1", 20)]


async def test_a_presenter_and_a_discussant_are_named(olga: Client) -> None:
    assert await pressed(olga, "save", presenter="charlie-khan", discussant="Alice Adler · alice-adler") == 303
    assert (await paper("T1")).parts[-1] == Part(person="charlie-khan", role=Role.PRESENTER)
    assert (await session()).parts[-1] == Part(person="alice-adler", role=Role.DISCUSSANT)
    assert await pressed(olga, "save", presenter="", discussant="") == 303
    assert await paper("T1") == PAPERS[0]
    assert await session() == P1


async def test_a_discussant_can_be_somebody_new(olga: Client) -> None:
    assert await pressed(olga, "save", discussant="+ Zoe Zed") == 303
    assert (await session()).parts[-1] == Part(person="zoe-zed", role=Role.DISCUSSANT)


async def test_a_paper_goes_to_another_session_of_the_panel_in_one_step(olga: Client) -> None:
    before = await reading.draft(SLUG)
    assert await pressed(olga, "to:0", to="P1-2") == 303
    assert (await papers(), await papers("P1-2")) == ([("T2", 20)], [("T3", 0), ("T1", 20)])
    [line] = await reading.log(SLUG, 1)
    assert line.what == "arrange"
    await editing.undo(SLUG, line.id, OLGA)
    assert (await reading.draft(SLUG)).programme == before.programme


@pytest.mark.parametrize(("do", "status"), [("out:0", "accepted"), ("table:0", "tabled"), ("reserve:0", "reserve")])
async def test_a_paper_is_taken_out_tabled_or_put_in_reserve(olga: Client, do: str, status: str) -> None:
    assert await pressed(olga, do) == 303
    assert await papers() == [("T2", 20)]
    assert (await paper("T1")).status == PaperStatus(status)


async def test_the_panels_papers_that_are_in_no_session_are_offered(olga: Client) -> None:
    text = (await olga.get(PAGE)).text
    assert html.fromstring(text).xpath("//select[@id='add']/option/@value") == ["", "T4", "T5"]
    assert await pressed(olga, "add", add="T4") == 303
    assert await papers() == [("T1", 20), ("T2", 20), ("T4", 0)]


@pytest.mark.parametrize(
    ("do", "changes", "sentence"),
    [
        ("add", {}, "Choose the paper that is to be added."),
        ("add", {"add": "", "other": "No such paper"}, "There is no paper “No such paper”."),
        ("add", {"add": "T1"}, "That paper is in this session already."),
        ("to:0", {"to": ""}, "Choose the session to which the paper is to go."),
        ("save", {"minutes": "ages"}, "“ages” is no whole number."),
        ("save", {"discussant": "Nobody"}, "There is nobody called “Nobody” yet."),
    ],
)
async def test_what_cannot_be_done_is_said_and_nothing_is_saved(
    olga: Client, do: str, changes: dict[str, str], sentence: str
) -> None:
    before = await reading.draft(SLUG)
    answer = await send(olga, PAGE, [*typed(await form(olga), **changes), ("do", do)])
    assert answer.status_code == 422
    assert sentence in words(answer.text)
    assert await reading.draft(SLUG) == before


async def test_who_is_slower_sees_what_stands_there_and_what_they_wanted(olga: Client) -> None:
    mine = [*await form(olga), ("do", "up:1")]
    theirs = replace(P1, turns=(Turn(paper="T3"),))
    await editing.put(SLUG, "sessions", theirs, "eve@example.org")
    answer = await send(olga, PAGE, mine)
    assert answer.status_code == 409
    wanted = html.fromstring(answer.text).xpath("//div[@role='alert']//li//bdi/text()")
    assert wanted == ["What neighbours know", "Letting go of the controls"]
    assert await session() == theirs


async def test_only_sessions_have_papers(olga: Client) -> None:
    assert (await olga.get("/organise/small-2028/rooms/aula/papers")).status_code == 404
