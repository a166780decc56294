"""Findings in the workspace: narrowed down, mended at once, accepted and told again."""

from __future__ import annotations

import re
from html import unescape

import pytest
from litestar.testing import AsyncTestClient

from events_app import editing, reading
from events_app.app import App
from events_app.programme.clashes import findings
from tests.conference import at
from tests.web.conftest import OLGA

Client = AsyncTestClient[App]
SLUG = "small-2028"
PAGE = f"/organise/{SLUG}/findings"


async def page(olga: Client, query: str = "") -> str:
    answer = await olga.get(PAGE + query)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    return unescape(answer.text)


async def clash() -> str:
    """K1 and D2 in one room; the finding's key."""
    await editing.place(SLUG, "K1", at(25, 13), "aula", OLGA)
    draft = await reading.draft(SLUG)
    return next(finding.key for finding in findings(draft.programme, draft.planning) if finding.code == "room-twice")


async def test_each_finding_leads_to_where_it_can_be_mended(olga: Client) -> None:
    await clash()
    text = await page(olga)
    assert "Aula is used twice" in text
    assert '<a href="/organise/small-2028/timetable/D2" dir="auto">Open discussion</a>' in text
    assert '<a href="/organise/small-2028/rooms/aula" dir="auto">Aula</a>' in text
    assert (
        '<a href="/organise/small-2028/papers/T2" dir="auto">What neighbours know</a>' in text
    )  # which lacks an abstract


async def test_findings_are_narrowed_down(olga: Client) -> None:
    await clash()
    for query, there in [
        ("?severity=error", True), ("?severity=hint", False), ("?code=room-twice", True), ("?room=aula", True),
        ("?room=room-b", False), ("?day=2028-03-25", True), ("?day=2028-03-26", False), ("?panel=P1", False),
        ("?person=alice-adler", False), ("?severity=error&room=aula", True), ("?severity=<b>", False),
    ]:  # fmt: skip
        assert ("is used twice" in await page(olga, query)) is there, query


async def test_a_remedy_is_done_with_one_click_and_the_filter_stays(olga: Client) -> None:
    key = await clash()
    remedy = re.search(r'name="remedy" value="(time-K1)"', await page(olga, "?severity=error"))
    assert remedy
    answer = await olga.post(f"{PAGE}/{key}/remedies", data={"remedy": remedy[1], "query": "severity=error&page=1"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?severity=error&page=1&done=mended")
    assert "is used twice" not in await page(olga)
    line = (await reading.log(SLUG, 1))[0]
    assert (line.who, line.what, line.code) == (OLGA, "mend", "K1")


async def test_a_remedy_that_is_not_offered_is_refused(olga: Client) -> None:
    key = await clash()
    before = await reading.log(SLUG)
    for address, remedy in [(key, "room-X9"), (key, ""), ("room-twice-000000000000", "time-K1")]:
        answer = await olga.post(f"{PAGE}/{address}/remedies", data={"remedy": remedy})
        assert answer.status_code == 404
    assert await reading.log(SLUG) == before


async def test_an_accepted_finding_stands_below_with_its_reason(olga: Client) -> None:
    key = await clash()
    answer = await olga.post(f"{PAGE}/{key}/acceptance", data={"reason": "  One <hall>,\ntwo halves ", "query": ""})
    assert answer.headers["location"] == f"{PAGE}?done=accepted"
    text = (await olga.get(PAGE)).text
    assert "One &lt;hall&gt;, two halves" in text
    assert f'id="{key}"' not in text
    assert "room-twice" not in (await olga.get(f"/organise/{SLUG}/timetable")).text.partition('id="board-data"')[2]
    await olga.post(f"{PAGE}/{key}/reopening", data={})
    assert f'id="{key}"' in await page(olga)


async def test_an_accepted_finding_that_was_mended_says_so(olga: Client) -> None:
    key = await clash()
    await olga.post(f"{PAGE}/{key}/acceptance", data={})
    await editing.place(SLUG, "K1", at(25, 9), "aula", OLGA)
    assert "does not hold any more" in await page(olga)


async def test_in_a_large_programme_it_is_worked_out_when_asked_what_mends_a_finding(
    olga: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = await clash()
    monkeypatch.setattr("events_app.web.organiser.findings.WORK", 1)
    text = await page(olga)
    assert 'name="remedy"' not in text
    assert f"&of={key}#{key}" in text
    assert 'name="remedy" value="time-K1"' in await page(olga, f"?of={key}")
