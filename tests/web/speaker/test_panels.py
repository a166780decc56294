"""Chairs run their panel: the order of its papers, who presents, what waits, and nothing that is not the panel's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from litestar.testing import AsyncTestClient
from lxml import html
from msgspec.structs import replace

from events_app import editing, reading
from events_app.app import App
from events_app.programme.model import Attachment, Paper, PaperStatus, Part, Role, Session, Showcase, Turn
from events_app.programme.planning import Answer, Contact, Rules
from tests.conference import DADZ, P1, PAPERS, SESSIONS, at, paper
from tests.web.conftest import sign_in
from tests.web.filling import Entries, entries, send, typed, words

Client = AsyncTestClient[App]
SLUG = "small-2028"
PAGE = f"/speak/{SLUG}/panels/P1"
ALICE, OLGA = "alice.adler@example.org", "olga@example.org"
OTHER = replace(P1, code="P2", title="Another panel", parts=(Part(person="eve-ito", role=Role.CHAIR),))


@pytest.fixture
async def alice(client: Client) -> Client:
    """Signed in as the chair of P1; there is another panel with a session and a paper, which are not hers."""
    await editing.put(SLUG, "contacts", Contact(person="alice-adler", email=ALICE), OLGA)
    await editing.put(SLUG, "panels", OTHER, OLGA)
    await editing.put(SLUG, "papers", replace(paper("O1", "Of others", "eve-ito"), panel="P2"), OLGA)
    await editing.put(
        SLUG, "sessions", Session(code="P2-1", title="Others", panel="P2", turns=(Turn(paper="O1"),)), OLGA
    )
    await sign_in(client, ALICE)
    return client


async def things() -> dict[str, Any]:
    programme = (await reading.draft(SLUG)).programme
    return {noun.code: noun for noun in (*programme.sessions, *programme.papers, *programme.showcases)}


async def session(code: str) -> Session:
    found: Session = (await things())[code]
    return found


async def standing(code: str) -> Paper:
    found: Paper = (await things())[code]
    return found


async def order(code: str = "P1-1") -> list[tuple[str, int]]:
    return [(turn.paper, turn.minutes) for turn in (await session(code)).turns]


async def form(client: Client) -> Entries:
    answer = await client.get(PAGE)
    assert answer.status_code == 200
    return entries(answer.text, PAGE)


async def pressed(client: Client, do: str, **changes: str) -> str:
    """The address to which a press of a button leads."""
    answer = await send(client, PAGE, [*typed(await form(client), **changes), ("do", do)])
    assert answer.status_code == 303, words(answer.text)
    return str(answer.headers["location"])


async def public() -> Any:
    found = await reading.published(SLUG)
    assert found is not None
    return found


# what is shown


async def test_sessions_stand_at_their_published_times_and_papers_follow(alice: Client) -> None:
    page = html.fromstring((await alice.get(PAGE)).text)
    slots = [" ".join(slot.text_content().split()) for slot in page.xpath("//p[@class='panel-slot']")]
    assert slots == ["Saturday 25 March, 10:30–12:00 · Room B, Annexe", "Sunday 26 March, 09:00–10:00 · Room B, Annexe"]
    assert page.xpath("//p[@class='turn-when']//time/text()") == ["10:30", "10:50", "09:00"]


async def test_a_move_that_is_not_released_is_not_told(alice: Client) -> None:
    moved = replace(SESSIONS[1], starts=at(26, 14), room="aula")
    await editing.put(SLUG, "sessions", moved, OLGA)
    text = words((await alice.get(PAGE)).text)
    assert "10:30–12:00 · Room B" in text
    assert "Aula" not in text


async def test_before_the_first_release_times_come_later(alice: Client) -> None:
    await editing.put(SLUG, "sessions", Session(code="P1-3", title="A third", panel="P1", starts=at(25, 16)), OLGA)
    text = words((await alice.get(PAGE)).text)
    assert "A third Its time and room come with the next version." in text
    assert "16:00" not in text


async def test_it_is_said_who_comes_and_what_is_missing(alice: Client) -> None:
    bob = Answer(person="bob-baker", noun="papers", code="T1", comes=True)
    charlie = Answer(person="charlie-khan-2", noun="papers", code="T2", comes=False, reason="a secret reason")
    for answer in (bob, charlie):
        await editing.put(SLUG, "answers", answer, OLGA)
    slides = Attachment(key="a" * 64, name="slides.pdf", media="application/pdf", size=1)
    await editing.put(SLUG, "papers", replace(PAPERS[0], files=(slides,)), OLGA)
    page = (await alice.get(PAGE)).text
    marks = [[li.text for li in ul.xpath("./li")] for ul in html.fromstring(page).xpath("//ul[@class='marks']")]
    assert marks[:3] == [
        ["Bob Baker is coming"],
        ["Charlie Khan is not coming", "no abstract", "no slides yet"],
        ["伊藤 Eve has not answered", "no abstract", "no slides yet"],
    ]
    assert "1 of 3 papers have somebody who has said that they are coming" in words(page)
    assert "a secret reason" not in page


async def test_nobodys_address_is_shown_to_a_chair(alice: Client) -> None:
    for person in ("bob-baker", "charlie-khan", "eve-ito"):
        await editing.put(SLUG, "contacts", Contact(person=person, email=f"{person}@secret.example"), OLGA)
    for path in (PAGE, f"{PAGE}/letter"):
        answer = await alice.get(path)
        assert answer.status_code == 200
        assert "secret.example" not in answer.text


# what chairs do


async def test_saving_it_as_it_is_writes_nothing(alice: Client) -> None:
    before = await reading.draft(SLUG)
    assert (await pressed(alice, "save")).endswith("?done=same")
    assert await reading.draft(SLUG) == before


async def test_papers_are_ordered_with_their_minutes_and_are_public_with_the_next_version(alice: Client) -> None:
    released = await public()
    await pressed(alice, "up:1", minutes="30")
    assert await order() == [("T2", 20), ("T1", 30)]
    assert await public() == released
    assert "not public in this order yet" in words((await alice.get(PAGE)).text)
    await editing.release(SLUG, OLGA)
    assert [turn.paper for turn in (await public()).sessions[1].turns] == ["T2", "T1"]
    assert "not public in this order yet" not in words((await alice.get(PAGE)).text)


async def test_who_presents_is_public_at_once(alice: Client) -> None:
    assert "words=public" in await pressed(alice, "save", presenter="charlie-khan")
    presenter = Part(person="charlie-khan", role=Role.PRESENTER)
    assert [p.parts[-1] for p in (await public()).papers if p.code == "T1"] == [presenter]


async def test_a_locked_presenter_is_asked_for(alice: Client) -> None:
    await editing.put(SLUG, "rules", Rules(presenter_locked=datetime(2020, 1, 1, tzinfo=UTC).date()), OLGA)
    told = await pressed(alice, "down:0", presenter="charlie-khan")
    assert "asked=presenter" in told
    assert (await standing("T1")).parts == PAPERS[0].parts
    assert [code for code, _minutes in await order()] == ["T2", "T1"]
    assert [r.thing for r in (await reading.draft(SLUG)).planning.requests] == ["T1"]
    assert "we have asked the organisers" in words((await alice.get(told)).text)


async def test_a_paper_goes_to_another_session_of_the_panel(alice: Client) -> None:
    await pressed(alice, "to:0", to="P1-2")
    assert (await order(), await order("P1-2")) == ([("T2", 20)], [("T3", 0), ("T1", 20)])


@pytest.mark.parametrize(("do", "status"), [("out:0", "accepted"), ("table:0", "tabled"), ("reserve:0", "reserve")])
async def test_a_paper_is_taken_out_tabled_or_put_in_reserve(alice: Client, do: str, status: str) -> None:
    await pressed(alice, do)
    assert await order() == [("T2", 20)]
    assert (await standing("T1")).status == PaperStatus(status)


async def test_what_waits_gets_a_turn_and_is_accepted_with_it(alice: Client) -> None:
    given = [(name, text) for name, text in await form(alice)]
    last = [n for n, (name, _text) in enumerate(given) if name == "to"]
    given[last[3]] = ("to", "P1-1")  # of T4, the first of those that wait
    assert (await send(alice, PAGE, [*given, ("do", "to:3")])).status_code == 303
    assert await order() == [("T1", 20), ("T2", 20), ("T4", 0)]
    assert (await standing("T4")).status is PaperStatus.ACCEPTED


async def test_what_was_tabled_is_brought_back(alice: Client) -> None:
    await pressed(alice, "accept:4")
    assert (await standing("T5")).status is PaperStatus.ACCEPTED


async def test_a_discussant_is_named_who_may_be_new(alice: Client) -> None:
    await pressed(alice, "save", **{"discussant-P1-1": "Bob Baker", "discussant-P1-2": "+ Zoe Zed"})
    assert (await session("P1-1")).parts[-1] == Part(person="bob-baker", role=Role.DISCUSSANT)
    assert (await session("P1-2")).parts == (Part(person="zoe-zed", role=Role.DISCUSSANT),)


async def test_what_is_wrong_is_said_and_what_was_typed_stays_with_its_paper(alice: Client) -> None:
    before = await reading.draft(SLUG)
    answer = await send(alice, PAGE, [*typed(await form(alice), minutes="ages"), ("do", "down:0")])
    assert answer.status_code == 422
    assert "“ages” is no whole number." in words(answer.text)
    assert [text for name, text in entries(answer.text, PAGE) if name == "minutes"][:2] == ["ages", "20"]
    assert await reading.draft(SLUG) == before


async def test_ones_own_last_change_is_taken_back_and_done_again(alice: Client) -> None:
    await pressed(alice, "up:1")
    for expected in (["T1", "T2"], ["T2", "T1"]):
        page = html.fromstring((await alice.get(PAGE)).text)
        [line] = page.xpath("//form[contains(@class, 'last-change')]/button/@value")
        assert (await send(alice, f"{PAGE}/undos", [("line", line)])).status_code == 303
        assert [code for code, _minutes in await order()] == expected


async def test_what_others_did_is_not_theirs_to_take_back(alice: Client) -> None:
    await editing.put(SLUG, "sessions", replace(SESSIONS[1], turns=()), OLGA)
    [line] = await reading.log(SLUG, 1)
    assert "last-change" not in (await alice.get(PAGE)).text
    assert (await send(alice, f"{PAGE}/undos", [("line", str(line.id))])).status_code == 403
    assert await order() == []


# two at once


async def test_an_organiser_who_moves_a_session_meanwhile_is_in_nobodys_way(alice: Client) -> None:
    mine = [*await form(alice), ("do", "up:1")]
    await editing.place(SLUG, "P1-1", at(26, 14), "aula", OLGA)
    assert (await send(alice, PAGE, mine)).status_code == 303
    now = await session("P1-1")
    assert (now.starts, now.room, [turn.paper for turn in now.turns]) == (at(26, 14), "aula", ["T2", "T1"])


async def test_two_chairs_at_different_sessions_both_get_what_they_want(alice: Client) -> None:
    mine = [*await form(alice), ("do", "up:1")]
    await editing.put(SLUG, "sessions", replace(SESSIONS[6], turns=(Turn(paper="T3", minutes=7),)), OLGA)
    assert (await send(alice, PAGE, mine)).status_code == 303
    assert [code for code, _minutes in await order()] == ["T2", "T1"]
    assert await order("P1-2") == [("T3", 7)]


async def test_who_is_slower_sees_both_and_saves_theirs_knowingly(alice: Client) -> None:
    mine = [*typed(await form(alice), minutes="31"), ("do", "up:1")]
    theirs = replace(SESSIONS[1], turns=(Turn(paper="T2", minutes=45),))
    await editing.put(SLUG, "sessions", theirs, OLGA)
    answer = await send(alice, PAGE, mine)
    assert answer.status_code == 409
    page = html.fromstring(answer.text)
    assert page.xpath("//div[@role='alert']//li/bdi/text()") == ["What neighbours know"]
    assert await session("P1-1") == theirs
    again = entries(answer.text, PAGE)
    assert [(n, t) for n, t in again if n in ("paper", "minutes")][:4] == [
        ("paper", "T2"), ("minutes", "20"), ("paper", "T1"), ("minutes", "31"),
    ]  # fmt: skip
    assert (await send(alice, PAGE, [*again, ("do", "save")])).status_code == 303
    assert await order() == [("T2", 20), ("T1", 31)]


# what is not theirs


def with_row(given: Entries, **row: str) -> Entries:
    """With one more row, as a forged form would have it."""
    return [*given, *({"paper": "", "session": "", "minutes": "", "presenter": "*", "to": ""} | row).items()]


FORGED: dict[str, Callable[[Entries], Entries]] = {
    "a paper of another panel gets a turn": lambda g: [*with_row(g, paper="O1", session="P1-1"), ("do", "save")],
    "a paper of another panel is tabled": lambda g: [*with_row(g, paper="O1"), ("do", "table:5")],
    "a paper of another panel is presented": lambda g: [
        *with_row(g, paper="O1", presenter="bob-baker"),
        ("do", "save"),
    ],
    "a paper goes to another panel's session": lambda g: [*typed(g, to="P2-1"), ("do", "to:0")],
    "a paper goes to a session of no panel": lambda g: [*typed(g, to="K1"), ("do", "to:0")],
    "a row stands in another panel's session": lambda g: [*with_row(g, paper="T4", session="P2-1"), ("do", "save")],
    "somebody presents who is no author": lambda g: [*typed(g, presenter="dana-osei"), ("do", "save")],
}


@pytest.mark.parametrize("what", FORGED)
async def test_chairs_change_nothing_that_is_not_their_panels(alice: Client, what: str) -> None:
    before = await reading.draft(SLUG)
    answer = await send(alice, PAGE, FORGED[what](await form(alice)))
    assert answer.status_code == 422
    assert await reading.draft(SLUG) == before


async def test_a_paper_that_its_authors_withdrew_is_not_brought_back(alice: Client) -> None:
    await editing.put(SLUG, "papers", replace(PAPERS[3], status=PaperStatus.WITHDRAWN), OLGA)
    before = await reading.draft(SLUG)
    assert "Withdrawn by its authors" in words((await alice.get(PAGE)).text)
    for do in ("accept:3", "reserve:3"):
        assert (await send(alice, PAGE, [*await form(alice), ("do", do)])).status_code == 422
    assert await reading.draft(SLUG) == before


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", ["", "/letter", "/words", "/undos", "/replies/dadz"])
async def test_only_its_chairs_have_a_panels_pages(client: Client, alice: Client, method: str, path: str) -> None:
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email="bob@example.org"), OLGA)
    before = await reading.draft(SLUG)
    for whom, panel in ((ALICE, "P2"), ("bob@example.org", "P1"), ("mallory@example.org", "P1"), (ALICE, "P9")):
        await sign_in(client, whom)
        answer = await client.request(method, f"/speak/{SLUG}/panels/{panel}{path}", headers={"accept": "text/html"})
        assert answer.status_code in ((403, 405) if path in ("/undos", "/replies/dadz") else (403,)), (whom, panel)
    assert await reading.draft(SLUG) == before


# its own words


async def test_a_panels_words_are_public_at_once(alice: Client) -> None:
    page = f"{PAGE}/words"
    given = entries((await alice.get(page)).text, page)
    answer = await send(alice, page, [*typed(given, title="Trust, anew", abstract="What it *is*."), ("do", "save")])
    assert answer.headers["location"] == f"{page}?done=public"
    [panel] = (await public()).panels
    assert (panel.title, panel.abstract, panel.parts) == ("Trust, anew", "What it *is*.", P1.parts)


async def test_two_who_change_a_panels_words_see_both(alice: Client) -> None:
    page = f"{PAGE}/words"
    given = [*typed(entries((await alice.get(page)).text, page), title="Mine"), ("do", "save")]
    await editing.put(SLUG, "panels", replace(P1, title="Theirs"), OLGA)
    answer = await send(alice, page, given)
    assert answer.status_code == 409
    assert {"Mine", "Theirs"} <= set(html.fromstring(answer.text).xpath("//span[@class='said']/text()"))


# what the panel answers


async def replies() -> list[tuple[str, str]]:
    show: Showcase = (await things())["dadz"]
    return [(reply.panel, reply.text) for reply in show.replies]


async def test_a_panel_answers_a_showcase_that_speaks_to_it_and_everybody_sees_it(alice: Client) -> None:
    action = f"{PAGE}/replies/dadz"
    given = entries((await alice.get(PAGE)).text, action)
    answer = await send(alice, action, typed(given, text="Come to us at *ten*."))
    assert answer.headers["location"] == f"{PAGE}?done=answered&words=public"
    assert await replies() == [("P1", "Come to us at *ten*.")]
    for path in ("showcases/dadz", "panels/P1"):
        assert "Come to us at <em>ten</em>." in (await alice.get(f"/{SLUG}/{path}")).text
    given = entries((await alice.get(PAGE)).text, action)
    await send(alice, action, typed(given, text=""))
    assert await replies() == []


async def test_two_chairs_who_answer_at_once_both_see_both(alice: Client) -> None:
    action = f"{PAGE}/replies/dadz"
    given = entries((await alice.get(PAGE)).text, action)
    await send(alice, action, typed(given, text="The first"))
    answer = await send(alice, action, typed(given, text="The second"))
    assert answer.status_code == 409
    assert "The first" in words(answer.text)
    assert ("text", "The second") in entries(answer.text, action)
    assert await replies() == [("P1", "The first")]
    await send(alice, action, entries(answer.text, action))
    assert await replies() == [("P1", "The second")]


async def test_a_showcase_that_says_nothing_to_the_panel_is_not_answered(alice: Client) -> None:
    await editing.put(SLUG, "showcases", replace(DADZ, panels=("P2",)), OLGA)
    assert (await send(alice, f"{PAGE}/replies/dadz", [("text", "Hello"), ("seen", "")])).status_code == 404
    assert await replies() == []


# letters


@pytest.fixture
async def reached(alice: Client) -> Client:
    """Bob and Eve can be written to, Charlie cannot."""
    for person in ("bob-baker", "eve-ito"):
        await editing.put(SLUG, "contacts", Contact(person=person, email=f"{person}@secret.example"), OLGA)
    return alice


async def letter(client: Client, *more: tuple[str, str], query: str = "") -> Any:
    given = entries((await client.get(f"{PAGE}/letter{query}")).text, f"{PAGE}/letter")
    return await send(client, f"{PAGE}/letter", [*given, *more])


async def written() -> list[tuple[str, str, str]]:
    from events_app.editing import letters

    return [(one.email, one.subject, one.text) for one in await letters.letters(SLUG, limit=50)]


async def test_a_letter_is_looked_at_with_its_readers_before_it_goes(reached: Client) -> None:
    given = typed(entries((await reached.get(f"{PAGE}/letter")).text, f"{PAGE}/letter"), text="See you *there*.")
    look = await send(reached, f"{PAGE}/letter", [*given, ("do", "look")])
    assert "2 people get it, each a letter of their own: Bob Baker, 伊藤 Eve." in words(look.text)
    assert "See you <em>there</em>." in look.text
    assert "Alice Adler, who chairs “Trust in public services” at Small Conference 2028" in words(look.text)
    assert "secret.example" not in look.text
    assert await written() == []
    sure = [*entries(look.text, f"{PAGE}/letter"), ("do", "send")]
    sent = await send(reached, f"{PAGE}/letter", sure)
    assert sent.headers["location"] == f"{PAGE}/letter?done=written&sent=2"
    found = await written()
    assert {email for email, _subject, _text in found} == {"bob-baker@secret.example", "eve-ito@secret.example"}
    assert all("See you *there*." in text and ALICE not in text for _email, _subject, text in found)
    again = await send(reached, f"{PAGE}/letter", sure)
    assert again.headers["location"] == f"{PAGE}/letter?done=sent-already"
    assert len(await written()) == 2


async def test_a_letter_goes_to_those_of_whom_something_is_open(reached: Client) -> None:
    await editing.put(SLUG, "answers", Answer(person="bob-baker", noun="papers", code="T1", comes=True), OLGA)
    page = html.fromstring((await reached.get(f"{PAGE}/letter?to=silent")).text)
    assert page.xpath("//input[@name='to'][@checked]/@value") == ["eve-ito"]


async def test_readers_see_the_chairs_address_only_if_the_chair_says_so(reached: Client) -> None:
    given = typed(entries((await reached.get(f"{PAGE}/letter")).text, f"{PAGE}/letter"), text="Hello", reply="yes")
    look = await send(reached, f"{PAGE}/letter", [*given, ("do", "look")])
    await send(reached, f"{PAGE}/letter", [*entries(look.text, f"{PAGE}/letter"), ("do", "send")])
    assert all(f"Please answer to <mailto:{ALICE}>." in text for _email, _subject, text in await written())


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Write what the letter is to say."),
        ({"text": "Hello", "subject": ""}, "This cannot be empty."),
    ],
)
async def test_an_unfinished_letter_comes_back_as_it_was(
    reached: Client, changes: dict[str, str], sentence: str
) -> None:
    given = typed(entries((await reached.get(f"{PAGE}/letter")).text, f"{PAGE}/letter"), **changes)
    answer = await send(reached, f"{PAGE}/letter", [*given, ("do", "look")])
    assert answer.status_code == 422
    assert sentence in words(answer.text)
    assert await written() == []


async def test_a_chair_writes_to_nobody_outside_the_panel(reached: Client) -> None:
    await editing.put(SLUG, "contacts", Contact(person="dana-osei", email="dana@secret.example"), OLGA)
    forged = [("to", "dana-osei"), ("subject", "S"), ("text", "T"), ("once", "x"), ("do", "send")]
    answer = await send(reached, f"{PAGE}/letter", forged)
    assert answer.status_code == 422
    assert await written() == []
