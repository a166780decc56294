"""What is asked for because it is locked: taken, or declined with a reason; once."""

from __future__ import annotations

from datetime import date

import pytest
from litestar.testing import AsyncTestClient
from msgspec.structs import replace

from events_app import editing, reading
from events_app.app import App
from events_app.editing import accounts
from events_app.programme.model import Part, Person, Role
from events_app.programme.planning import Contact, RequestState, Rules
from tests.conference import PAPERS
from tests.web.conftest import OLGA
from tests.web.filling import entries, send, words

Client = AsyncTestClient[App]
SLUG = "small-2028"
AT = f"/organise/{SLUG}"
BOB = "bob@example.org"
DAY = date(2026, 5, 3)


@pytest.fixture
async def asked(olga: Client) -> Client:
    """Bob wants another title for T1, and to be its only author."""
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email=BOB), OLGA)
    await editing.put(SLUG, "rules", Rules(title_locked=DAY, authors_locked=DAY), OLGA)
    wanted = replace(PAPERS[0], title="Letting go <b>", parts=(Part(person="bob-baker", role=Role.AUTHOR),))
    await editing.correct(SLUG, {("papers", "T1"): wanted}, BOB, seen={})
    return olga


async def codes() -> dict[str, str]:
    return {request.field: request.code for request in (await reading.draft(SLUG)).planning.requests}


async def test_an_organiser_sees_who_wants_what_and_what_stood_there(asked: Client) -> None:
    told = words((await asked.get(f"{AT}/requests")).text)
    assert "NowLetting go of the controlsWantedLetting go <b>" in told
    assert "NowBob Baker, Charlie KhanWantedBob Baker" in told
    assert "Bob Baker, " in told


async def test_of_an_address_that_is_kept_with_others_too_it_is_said_which_it_is(asked: Client) -> None:
    await editing.put(SLUG, "people", Person(code="fool", name="A Fool"), OLGA)
    await editing.put(SLUG, "contacts", Contact(person="fool", email=BOB), OLGA)
    assert "Bob Baker / A Fool (bob@example.org), " in words((await asked.get(f"{AT}/requests")).text)
    await accounts.grant(SLUG, BOB, accounts.Right.ORGANISER, "tests")
    told = words((await asked.get(f"{AT}/requests")).text)
    assert "bob@example.org, " in told
    assert "A Fool" not in told


async def test_taking_makes_the_change_public_at_once(asked: Client) -> None:
    code = (await codes())["title"]
    answer = await send(asked, f"{AT}/requests/{code}/decision", [("do", "take")])
    assert answer.headers["location"] == f"{AT}/requests?done=taken"
    assert "Letting go &lt;b&gt;" in (await asked.get(f"/{SLUG}/papers/T1")).text
    assert "Taken Title" in words((await asked.get(f"{AT}/requests")).text)


async def test_what_changed_after_the_organiser_looked_is_shown_and_not_overwritten(asked: Client) -> None:
    code = (await codes())["authors"]
    page = (await asked.get(f"{AT}/requests")).text
    decision = f"{AT}/requests/{code}/decision"
    longer = replace(PAPERS[0], parts=(*PAPERS[0].parts, Part(person="eve-ito", role=Role.AUTHOR)))
    await editing.put(SLUG, "papers", longer, OLGA)
    answer = await send(asked, decision, [*entries(page, decision), ("do", "take")])
    assert answer.status_code == 409
    assert "somebody else has changed this meanwhile" in words(answer.text)
    told = "When it was asked forBob Baker, Charlie KhanNowBob Baker, Charlie Khan, 伊藤 EveWantedBob Baker"
    assert told in words(answer.text)
    assert (await reading.draft(SLUG)).programme.papers[0] == longer
    again = await send(asked, decision, [*entries(answer.text, decision), ("do", "take")])
    assert again.status_code == 303
    assert [part.person for part in (await reading.draft(SLUG)).programme.papers[0].parts] == ["bob-baker"]


async def test_declining_changes_nothing_and_keeps_the_reason(asked: Client) -> None:
    code = (await codes())["authors"]
    answer = await send(asked, f"{AT}/requests/{code}/decision", [("do", "decline"), ("reason", "Printed already.")])
    assert answer.headers["location"] == f"{AT}/requests?done=declined"
    draft = await reading.draft(SLUG)
    assert draft.programme.papers[0] == PAPERS[0]
    (declined,) = [request for request in draft.planning.requests if request.code == code]
    assert (declined.state, declined.reason) == (RequestState.DECLINED, "Printed already.")


async def test_what_is_decided_is_not_decided_again(asked: Client) -> None:
    code = (await codes())["title"]
    await send(asked, f"{AT}/requests/{code}/decision", [("do", "decline")])
    assert (await send(asked, f"{AT}/requests/{code}/decision", [("do", "take")])).status_code == 404
    assert (await send(asked, f"{AT}/requests/nothing/decision", [("do", "take")])).status_code == 404


async def test_where_nothing_waits_it_is_said(olga: Client) -> None:
    assert "Nothing waits for you." in words((await olga.get(f"{AT}/requests")).text)
