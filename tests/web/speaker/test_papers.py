"""A paper's own words: saved at once, asked for where they are locked, and never over what somebody else wrote."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from litestar.testing import AsyncTestClient
from lxml import html
from msgspec.structs import replace

from events_app import editing, reading
from events_app.app import App
from events_app.editing import accounts
from events_app.programme.model import PaperStatus, Part, Person, Role
from events_app.programme.planning import Answer, Contact, RequestState, Rules
from tests.web.conftest import OLGA, sign_in
from tests.web.filling import entries, send, typed, words

Client = AsyncTestClient[App]
SLUG = "small-2028"
AT = f"/speak/{SLUG}"
BOB, CHARLIE, EVE = "bob@example.org", "charlie@example.org", "eve@example.org"


@pytest.fixture
async def bob(client: Client) -> Client:
    """Signed in as Bob, who wrote T1 with Charlie, and T4, which is in reserve."""
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email=BOB), OLGA)
    await editing.put(SLUG, "contacts", Contact(person="charlie-khan", email=CHARLIE), OLGA)
    await sign_in(client, BOB)
    return client


async def form(client: Client, path: str = "papers/T1") -> list[tuple[str, str]]:
    answer = await client.get(f"{AT}/{path}")
    assert answer.status_code == 200, answer.text
    return entries(answer.text)


async def paper(code: str = "T1") -> Any:
    return {paper.code: paper for paper in (await reading.draft(SLUG)).programme.papers}[code]


async def test_a_form_sent_back_as_it_came_writes_nothing(bob: Client) -> None:
    before = await reading.draft(SLUG)
    answer = await send(bob, f"{AT}/papers/T1", await form(bob))
    assert answer.headers["location"] == f"{AT}/papers/T1?done=same"
    assert await reading.draft(SLUG) == before


async def test_new_words_are_public_at_once_and_the_page_says_so(bob: Client) -> None:
    answer = await send(bob, f"{AT}/papers/T1", typed(await form(bob), title="Letting go", keywords="control, trust"))
    assert answer.headers["location"] == f"{AT}/papers/T1?done=public"
    told = await bob.get(answer.headers["location"])
    assert "Everybody can see it now." in words(told.text)
    public = await bob.get(f"/{SLUG}/papers/T1")
    assert "Letting go" in public.text
    assert "control, trust" in public.text


async def test_words_wait_where_the_event_has_it_so(bob: Client) -> None:
    await editing.put(SLUG, "rules", Rules(corrections_wait=True), OLGA)
    answer = await send(bob, f"{AT}/papers/T1", typed(await form(bob), title="Letting go"))
    assert answer.headers["location"] == f"{AT}/papers/T1?done=waiting"
    assert "Letting go of the controls" in (await bob.get(f"/{SLUG}/papers/T1")).text
    assert "public with the next version" in words((await bob.get(answer.headers["location"])).text)


async def test_of_what_is_not_public_it_is_said_that_it_will_be(bob: Client) -> None:
    answer = await send(bob, f"{AT}/papers/T4", typed(await form(bob, "papers/T4"), title="Another title"))
    assert answer.headers["location"] == f"{AT}/papers/T4?done=next"


async def test_a_locked_title_is_asked_for_and_all_else_is_saved(bob: Client) -> None:
    await editing.put(SLUG, "rules", Rules(title_locked=date(2026, 5, 3)), OLGA)
    given = typed(await form(bob), title="Letting go", abstract="We counted.")
    answer = await send(bob, f"{AT}/papers/T1", given)
    assert answer.headers["location"] == f"{AT}/papers/T1?done=public&asked=title"
    told = words((await bob.get(answer.headers["location"])).text)
    assert "The title is locked since 3 May 2026" in told
    assert "Not decided yet" in told
    assert (await paper()).title == "Letting go of the controls"
    assert (await paper()).abstract == "We counted."
    (request,) = (await reading.draft(SLUG)).planning.requests
    assert (request.wanted, request.state, request.by) == ('"Letting go"', RequestState.OPEN, BOB)
    await editing.decline_request(SLUG, request.code, OLGA, "The booklet is printed.")
    told = words((await bob.get(f"{AT}/papers/T1")).text)
    assert "Declined" in told
    assert "The booklet is printed." in told


async def test_a_text_that_is_too_long_is_counted_and_kept(bob: Client) -> None:
    await editing.put(SLUG, "rules", Rules(abstract_words=5), OLGA)
    page = await bob.get(f"{AT}/papers/T1")
    assert "5 of at most 5 words" in words(page.text)
    answer = await send(bob, f"{AT}/papers/T1", typed(await form(bob), abstract="one two three four five six — seven"))
    assert answer.status_code == 422
    assert "This has 7 words; 5 are allowed. Shorten it by 2." in words(answer.text)
    assert "one two three four five six — seven" in answer.text


async def test_two_who_change_different_things_both_get_them(bob: Client) -> None:
    given = await form(bob)
    await editing.put(SLUG, "papers", replace(await paper(), abstract="Theirs", track="care"), OLGA)
    answer = await send(bob, f"{AT}/papers/T1", typed(given, title="Mine"))
    assert answer.status_code == 303
    now = await paper()
    assert (now.title, now.abstract, now.track) == ("Mine", "Theirs", "care")


async def test_of_one_text_that_two_have_changed_the_second_sees_both_and_loses_neither(bob: Client) -> None:
    given = await form(bob)
    await editing.put(SLUG, "papers", replace(await paper(), abstract="Theirs"), OLGA)
    answer = await send(bob, f"{AT}/papers/T1", typed(given, abstract="Mine", title="Also mine"))
    assert answer.status_code == 409
    assert "Mine" in words(answer.text)
    assert "Theirs" in words(answer.text)
    assert (await paper()).abstract == "Theirs"
    chosen = typed([pair for pair in entries(answer.text) if pair[0] != "take-abstract"], **{"take-abstract": "theirs"})
    again = await send(bob, f"{AT}/papers/T1", [*chosen, ("do", "save")])
    assert again.status_code == 303
    assert ((await paper()).title, (await paper()).abstract) == ("Also mine", "Theirs")


async def test_one_can_go_on_writing_with_what_was_chosen(bob: Client) -> None:
    given = await form(bob)
    await editing.put(SLUG, "papers", replace(await paper(), abstract="Theirs"), OLGA)
    answer = await send(bob, f"{AT}/papers/T1", typed(given, abstract="Mine"))
    again = await send(bob, f"{AT}/papers/T1", [*entries(answer.text), ("do", "edit")])
    assert again.status_code == 200
    assert dict(entries(again.text))["abstract"] == "Mine"
    assert (await send(bob, f"{AT}/papers/T1", entries(again.text))).status_code == 303
    assert (await paper()).abstract == "Mine"


async def test_the_preview_is_the_public_page_with_what_is_typed_and_saves_nothing(bob: Client) -> None:
    before = await reading.draft(SLUG)
    answer = await send(bob, f"{AT}/papers/T1", [*typed(await form(bob), title="Letting *go* <b>"), ("do", "preview")])
    assert answer.status_code == 200
    [title] = html.fromstring(answer.text).xpath("//main//h1")
    assert title.text_content() == "Letting *go* <b>"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert await reading.draft(SLUG) == before
    public = await bob.get(f"/{SLUG}/papers/T2")
    assert public.status_code == 200


async def test_no_preview_form_or_history_tells_of_a_move_that_is_not_released(bob: Client) -> None:
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email=BOB), OLGA)
    session = {s.code: s for s in (await reading.draft(SLUG)).programme.sessions}["K1"]
    moved = replace(session, starts=session.starts.replace(hour=15, minute=55), room="room-b")
    await editing.put(SLUG, "sessions", moved, OLGA)
    pages = [(await bob.get(f"{AT}/")).text, (await bob.get(f"{AT}/sessions/K1")).text]
    given = [*await form(bob, "sessions/K1"), ("do", "preview")]
    pages.append((await send(bob, f"{AT}/sessions/K1", given)).text)
    assert "09:00" in pages[0]
    assert "09:00" in pages[2]
    assert [page for page in pages if "15:55" in page] == []


async def test_a_page_says_who_changed_what_by_name_and_never_by_address(bob: Client) -> None:
    await editing.correct(SLUG, {("papers", "T1"): replace(await paper(), title="Hers")}, CHARLIE, seen={})
    await editing.put(SLUG, "papers", replace(await paper(), title="Organised"), OLGA)
    page = (await bob.get(f"{AT}/papers/T1")).text
    assert "Charlie Khan" in words(page, "//ol[@class='history']")
    assert "An organiser" in words(page, "//ol[@class='history']")
    assert CHARLIE not in page
    assert OLGA not in page


async def test_nobody_is_called_by_a_name_that_somebody_else_gave_to_their_address(bob: Client) -> None:
    await editing.put(SLUG, "people", Person(code="fool", name="A Fool"), OLGA)
    await editing.put(SLUG, "people", Person(code="goose", name="A Goose"), OLGA)
    await editing.put(SLUG, "contacts", Contact(person="fool", email=OLGA), BOB)
    await editing.put(SLUG, "contacts", Contact(person="goose", email=CHARLIE), BOB)
    await accounts.grant(SLUG, OLGA, accounts.Right.ORGANISER, "tests")
    await editing.put(SLUG, "papers", replace(await paper(), title="Organised"), OLGA)
    await editing.put(SLUG, "papers", replace(await paper(), title="Hers"), CHARLIE)
    said = words((await bob.get(f"{AT}/papers/T1")).text, "//ol[@class='history']")
    assert "An organiser" in said
    assert "A Fool" not in said
    assert "Charlie Khan / A Goose" in said


async def test_one_takes_back_what_one_did_oneself_and_the_public_follows(bob: Client) -> None:
    done = await send(bob, f"{AT}/papers/T1", typed(await form(bob), title="Oops"))
    page = html.fromstring((await bob.get(done.headers["location"])).text)
    line = page.xpath("//form[contains(@action, '/undos')]//input[@name='line']/@value")[0]
    answer = await send(bob, f"{AT}/undos", [("line", line), ("back", f"{AT}/papers/T1")])
    assert answer.headers["location"] == f"{AT}/papers/T1?done=undone"
    assert "Letting go of the controls" in (await bob.get(f"/{SLUG}/papers/T1")).text


async def test_nobody_takes_back_what_another_did_or_what_is_not_theirs_any_more(bob: Client) -> None:
    await editing.put(SLUG, "papers", replace(await paper(), title="Organised"), OLGA)
    theirs = (await reading.log(SLUG, 1))[0].id
    assert (await send(bob, f"{AT}/undos", [("line", str(theirs))])).status_code == 403
    await send(bob, f"{AT}/papers/T1", typed(await form(bob), title="Mine"))
    own = (await reading.log(SLUG, 1))[0].id
    charlies = (Part(person="charlie-khan", role=Role.AUTHOR),)
    await editing.put(SLUG, "papers", replace(await paper(), parts=charlies), OLGA)
    assert (await send(bob, f"{AT}/undos", [("line", str(own))])).status_code == 403
    assert (await send(bob, f"{AT}/undos", [("line", "x")])).status_code == 400


async def test_withdrawing_says_why_to_organisers_and_can_be_taken_back(bob: Client) -> None:
    answer = await send(bob, f"{AT}/papers/T1/withdrawal", [("reason", "I am ill."), ("do", "withdraw")])
    assert answer.headers["location"] == f"{AT}/papers/T1?done=withdrawn"
    assert (await paper()).status is PaperStatus.WITHDRAWN
    (said,) = (await reading.draft(SLUG)).planning.answers
    assert (said.person, said.code, said.comes, said.reason) == ("bob-baker", "T1", False, "I am ill.")
    assert (await bob.get(f"/{SLUG}/papers/T1")).status_code == 200  # until the next version
    answer = await send(bob, f"{AT}/papers/T1/withdrawal", [("do", "back")])
    assert answer.headers["location"] == f"{AT}/papers/T1?done=back"
    assert (await paper()).status is PaperStatus.ACCEPTED
    assert (await reading.draft(SLUG)).planning.answers == ()


async def test_a_reserve_that_was_withdrawn_comes_back_as_a_reserve(bob: Client) -> None:
    await send(bob, f"{AT}/papers/T4/withdrawal", [("do", "withdraw")])
    await send(bob, f"{AT}/papers/T4/withdrawal", [("do", "back")])
    assert (await paper("T4")).status is PaperStatus.RESERVE


async def test_what_organisers_withdraw_after_its_authors_have_come_back_stays_withdrawn(bob: Client) -> None:
    await send(bob, f"{AT}/papers/T1/withdrawal", [("do", "withdraw")])
    await send(bob, f"{AT}/papers/T1/withdrawal", [("do", "back")])
    await editing.put(SLUG, "papers", replace(await paper(), status=PaperStatus.WITHDRAWN), OLGA)
    await editing.put(SLUG, "papers", replace(await paper(), abstract="Later"), OLGA)
    answer = await send(bob, f"{AT}/papers/T1/withdrawal", [("do", "back")])
    assert answer.status_code == 409
    assert (await paper()).status is PaperStatus.WITHDRAWN


async def test_words_that_change_meanwhile_keep_nobody_from_coming_back(bob: Client) -> None:
    await send(bob, f"{AT}/papers/T1/withdrawal", [("do", "withdraw")])
    await editing.put(SLUG, "papers", replace(await paper(), abstract="Later"), OLGA)
    await send(bob, f"{AT}/papers/T1/withdrawal", [("do", "back")])
    assert ((await paper()).status, (await paper()).abstract) == (PaperStatus.ACCEPTED, "Later")


async def test_who_says_meanwhile_that_they_come_leaves_the_paper_to_the_organisers(bob: Client) -> None:
    await send(bob, f"{AT}/papers/T1/withdrawal", [("do", "withdraw")])
    await editing.put(SLUG, "answers", Answer(person="bob-baker", noun="papers", code="T1", comes=True), OLGA)
    assert (await send(bob, f"{AT}/papers/T1/withdrawal", [("do", "back")])).status_code == 409


async def test_what_organisers_have_withdrawn_its_authors_cannot_bring_back(bob: Client) -> None:
    await editing.put(SLUG, "papers", replace(await paper(), status=PaperStatus.WITHDRAWN), OLGA)
    answer = await send(bob, f"{AT}/papers/T1/withdrawal", [("do", "back")])
    assert answer.status_code == 409
    assert (await paper()).status is PaperStatus.WITHDRAWN


HOSTILE: list[dict[str, Any]] = [
    {"seen": ""},
    {"seen": "[]"},
    {"seen": '{"papers": {"T2": null}}'},
    {"seen": '{"papers": {"T1": null}, "contacts": {"charlie-khan": null}}'},
    {"seen": '{"papers": {"T1": null}, "sessions": {"K1": null}}'},
]


@pytest.mark.parametrize("more", HOSTILE)
async def test_a_form_that_says_to_have_seen_what_is_not_its_own_is_not_read(bob: Client, more: dict[str, str]) -> None:
    before = await reading.draft(SLUG)
    answer = await send(bob, f"{AT}/papers/T1", typed(await form(bob), **more))
    assert answer.status_code == 400
    assert await reading.draft(SLUG) == before


async def test_what_the_form_does_not_show_stays_whatever_is_sent(bob: Client) -> None:
    given = [*await form(bob), ("status", "tabled"), ("panel", ""), ("track", "care"), ("email", "x@example.org")]
    before = await reading.draft(SLUG)
    answer = await send(bob, f"{AT}/papers/T1", given)
    assert answer.headers["location"].endswith("?done=same")
    assert await reading.draft(SLUG) == before


async def test_who_is_not_signed_in_any_more_loses_nothing_without_a_script_either(bob: Client) -> None:
    given = typed(await form(bob), abstract='Line one\n\n"Line" <two>')
    await bob.post("/sign-out")
    refused = await send(bob, f"{AT}/papers/T1", given)
    assert refused.status_code == 403
    assert (await paper()).abstract == "We *let go*, and counted."
    await sign_in(bob, BOB)
    again = entries(refused.text, f"{AT}/papers/T1")
    assert (await send(bob, f"{AT}/papers/T1", again)).headers["location"] == f"{AT}/papers/T1?done=public"
    assert (await paper()).abstract == 'Line one\n\n"Line" <two>'


async def test_what_is_locked_by_now_cannot_be_taken_back_past_the_organisers(bob: Client) -> None:
    await send(bob, f"{AT}/papers/T1", typed(await form(bob), title="Letting go"))
    (line,) = await reading.log_of(SLUG, who=BOB, limit=1)
    await editing.put(SLUG, "rules", Rules(title_locked=date(2026, 5, 3)), OLGA)
    answer = await bob.post(f"{AT}/undos", data={"line": str(line.id)}, headers={"accept": "text/html"})
    assert answer.status_code == 409
    assert "locked by now" in words(answer.text)
    assert (await paper()).title == "Letting go"
    await editing.undo(SLUG, line.id, OLGA)  # organisers may
    assert (await paper()).title != "Letting go"
