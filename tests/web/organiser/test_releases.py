"""Releasing in the workspace: what would change, one change alone, and the versions."""

from __future__ import annotations

import re
from html import unescape

import msgspec
from litestar.testing import AsyncTestClient

from events_app import editing, reading
from events_app.app import App
from events_app.editing import accounts
from events_app.editing import letters as written
from events_app.intake.reading import Reading
from events_app.programme.planning import Contact, Rules
from tests.conference import PAPERS, PROGRAMME, SESSIONS, at
from tests.web.conftest import OLGA

Client = AsyncTestClient[App]
SLUG = "small-2028"
PAGE = f"/organise/{SLUG}/releases/"


async def page(olga: Client, more: str = "") -> str:
    answer = await olga.get(PAGE + more)
    assert answer.status_code == 200
    return " ".join(unescape(answer.text).split())


async def seen(olga: Client, more: str = "") -> str:
    found = re.search(r'name="seen" value="(\d+)"', await page(olga, more))
    assert found
    return found[1]


async def much() -> None:
    """A move, another room, a cancellation, a new session, another title."""
    await editing.place(SLUG, "K1", at(25, 8), "aula", OLGA)
    await editing.place(SLUG, "P1-2", at(26, 8), "aula", OLGA)
    await editing.cancel(SLUG, "D1", OLGA)
    await editing.place(SLUG, "X1", at(25, 16), "room-b", OLGA)
    await editing.put(SLUG, "papers", msgspec.structs.replace(PAPERS[0], title="<b>Letting</b> go"), OLGA)


async def test_the_page_says_exactly_what_the_public_would_see_differently(olga: Client) -> None:
    await much()
    text = await page(olga)
    for group in ("cancelled", "moved", "room", "new", "words"):
        assert f'id="group-{group}"' in text
    assert '<del dir="auto">Sat 25 March 09:00, Aula</del>' in text
    assert '<ins dir="auto">Sat 25 March 08:00, Aula</ins>' in text
    assert "<b>Letting" not in (await olga.get(PAGE)).text
    assert "5 changes since version 1" in text


async def test_it_says_who_is_concerned_and_what_is_open(olga: Client) -> None:
    await much()
    text = await page(olga)
    assert "<bdi>Bob Baker</bdi>" in text  # gives the keynote
    assert "<bdi>Charlie Khan</bdi>" not in text  # only the title of their paper is another
    assert 'href="/organise/small-2028/findings?severity=hint"' in text


async def test_one_session_is_published_alone(olga: Client) -> None:
    await much()
    assert 'href="/organise/small-2028/releases/alone?session=K1"' in await page(olga)
    text = await page(olga, "alone?session=K1")
    assert "Sat 25 March 08:00" in text
    assert "group-cancelled" not in text
    revision = await seen(olga, "alone?session=K1")
    answer = await olga.post(f"{PAGE}alone", data={"session": "K1", "seen": revision, "notes": "Earlier"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?done=released")
    published = await reading.published(SLUG)
    assert published
    assert published.version
    assert [(c.code, c.kind) for c in published.version.changes] == [("K1", "moved")]
    assert "4 changes since version 2" in await page(olga)


async def test_clashes_that_it_would_make_alone_are_told(olga: Client) -> None:
    await editing.swap(SLUG, "K1", "D2", OLGA)
    text = await page(olga, "alone?session=K1")
    assert "With this alone, the public programme would have" in text
    assert "Aula is used twice" in text


async def test_nothing_is_published_that_was_not_seen(olga: Client) -> None:
    await much()
    revision = await seen(olga)
    await editing.place(SLUG, "D2", at(25, 15), "aula", OLGA)
    for more, data in [("", {}), ("alone", {"session": "K1"})]:
        for looked_at in (revision, "", "x"):
            answer = await olga.post(f"{PAGE}{more}", data={**data, "seen": looked_at})
            assert answer.status_code == 409
    assert len(await reading.releases(SLUG)) == 1


async def test_sessions_that_there_are_not_cannot_be_published(olga: Client) -> None:
    assert (await olga.get(f"{PAGE}alone?session=X9")).status_code == 404
    assert (await olga.get(f"{PAGE}alone")).status_code == 404


async def test_a_version_is_seen_as_it_was(olga: Client) -> None:
    await much()
    await editing.release(SLUG, OLGA)
    old = await olga.get(f"{PAGE}1/preview/sessions/K1")
    assert "09:00" in old.text
    assert 'href="/organise/small-2028/releases/1/preview/schedule' in old.text
    assert "08:00" in (await olga.get(f"{PAGE}2/preview/sessions/K1")).text
    assert (await olga.get(f"{PAGE}1/preview/calendar.ics")).text.startswith("BEGIN:VCALENDAR")
    for nowhere in ("9/preview/", "1/preview/nothing", "x/preview/"):
        assert (await olga.get(f"{PAGE}{nowhere}")).status_code == 404


async def test_any_two_versions_and_the_draft_are_compared(olga: Client) -> None:
    await much()
    await editing.release(SLUG, OLGA)
    await editing.place(SLUG, "K1", at(25, 9), "aula", OLGA)
    assert "group-moved" in await page(olga, "compare?from=1&to=2")
    assert "group-moved" not in await page(olga, "compare?from=1&to=draft")
    assert "group-moved" in await page(olga, "compare?from=draft&to=2")
    assert "Nothing that shows is different." in await page(olga, "compare?from=2&to=2")
    assert (await olga.get(f"{PAGE}compare?from=1&to=9")).status_code == 404
    assert (await olga.get(f"{PAGE}compare?from=1&to=<b>")).status_code == 400


async def test_a_version_becomes_the_draft_again(olga: Client) -> None:
    await much()
    await editing.release(SLUG, OLGA)
    seen = {"seen": str((await reading.draft(SLUG)).revision)}
    assert (await olga.post(f"{PAGE}1/draft")).status_code == 409
    answer = await olga.post(f"{PAGE}1/draft", data=seen)
    assert answer.headers["location"] == f"{PAGE}?done=returned"
    sessions = {s.code: s for s in (await reading.draft(SLUG)).programme.sessions}
    assert sessions == {s.code: s for s in PROGRAMME.sessions}
    assert sessions["X1"] == SESSIONS[-1]
    assert (await olga.post(f"{PAGE}1/draft", data=seen)).status_code == 409
    seen = {"seen": str((await reading.draft(SLUG)).revision)}
    assert (await olga.post(f"{PAGE}1/draft", data=seen)).headers["location"] == f"{PAGE}?done=same"
    assert (await olga.post(f"{PAGE}9/draft", data=seen)).status_code == 404


async def test_it_says_what_each_letter_will_tell_and_who_gets_none(olga: Client) -> None:
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email="bob@example.org"), OLGA)
    await editing.place(SLUG, "K1", at(25, 8), "aula", OLGA)
    await editing.place(SLUG, "P1-2", at(26, 8), "aula", OLGA)
    text = await page(olga)
    told = text.partition('class="digests"')[2].partition("</ul></details></li> </ul>")[0]
    assert "<bdi>Bob Baker</bdi>" in told
    assert "“Opening keynote”" in told
    assert "Eve" not in told
    assert re.search(r"have no address here.*<bdi>伊藤 Eve</bdi>", text)
    assert "bob@example.org" not in text
    await editing.put(SLUG, "rules", Rules(letters_wait=True), OLGA)
    assert "This service sends no letters" in await page(olga)


async def test_a_release_writes_letters_unless_its_organiser_ticks_that_it_shall_not(olga: Client) -> None:
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email="bob@example.org"), OLGA)
    for hour, fields, letters in ((8, {"quiet": "yes"}, 0), (7, {}, 1)):
        await editing.place(SLUG, "K1", at(25, hour), "aula", OLGA)
        answer = await olga.post(f"{PAGE.rstrip('/')}", data={"seen": await seen(olga), **fields})
        assert answer.status_code == 303
        assert len(await written.letters(SLUG)) == letters
        assert ("1 letter is on its way" in await page(olga, "?done=released")) == bool(letters)


async def test_a_change_published_alone_writes_letters_or_none_too(olga: Client) -> None:
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email="bob@example.org"), OLGA)
    for hour, fields, letters in ((8, {"quiet": "yes"}, 0), (7, {}, 1)):
        await editing.place(SLUG, "K1", at(25, hour), "aula", OLGA)
        data = {"seen": await seen(olga, "alone?session=K1"), "session": "K1", **fields}
        assert (await olga.post(f"{PAGE}alone", data=data)).status_code == 303
        assert len(await written.letters(SLUG)) == letters


async def test_the_page_of_a_first_release_says_whom_it_tells_where_they_are(olga: Client) -> None:
    event = msgspec.structs.replace(PROGRAMME.event, slug="other-2028", uid="other")
    other = Reading(kind="t", programme=msgspec.structs.replace(PROGRAMME, event=event))
    await editing.import_reading(None, other, "tests")
    await accounts.grant("other-2028", OLGA, accounts.Right.ORGANISER, "tests")
    await editing.put("other-2028", "contacts", Contact(person="dana-osei", email="dana@example.org"), OLGA)
    text = " ".join(unescape((await olga.get("/organise/other-2028/releases/")).text).split())
    told = text.partition('class="digests"')[2].partition("</section>")[0]
    assert "“Dads and daughters”: Sat 25 March, 13:00–13:30, Foyer." in told
    assert "Who is concerned: 6" in text
