"""What the public gets, over HTTP."""

from __future__ import annotations

import asyncio
import gzip
from datetime import timedelta

import brotli
import pytest
from litestar.testing import AsyncTestClient

from events_app import editing, reading
from events_app.app import App
from events_app.renditions import RENDITIONS, Rendition
from events_app.settings import Settings
from events_app.web import outputs
from tests.conference import SESSIONS, at

from .conftest import Clock

Client = AsyncTestClient[App]
FEED = "/small-2028/calendar.ics"
PAGE = "/small-2028/sessions/K1"


async def rename(title: str) -> None:
    import msgspec

    await editing.put("small-2028", "sessions", msgspec.structs.replace(SESSIONS[0], title=title), "olga@example.org")


@pytest.mark.parametrize("rendition", [r for r in RENDITIONS if not r.heavy], ids=lambda r: r.address)
async def test_every_rendition_is_served_with_its_media_type(client: Client, rendition: Rendition) -> None:
    codes = {"sessions": "K1", "panels": "P1", "papers": "T1", "people": "bob-baker", "rooms": "aula", "tracks": "care"}
    code = codes.get(rendition.address.partition("/")[0], "dadz")
    address = rendition.address.replace("{code}", code).replace("{n}", "1")
    answer = await client.get(f"/small-2028/{address}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == rendition.media
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["last-modified"]
    assert answer.headers["etag"].startswith('"')
    assert ("content-encoding" in answer.headers) is not (rendition.plain or len(answer.content) < 256)


async def test_who_has_it_is_told_so_in_a_few_bytes(client: Client) -> None:
    first = await client.get(PAGE)
    again = await client.get(PAGE, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    for name in ("etag", "cache-control", "last-modified", "vary"):
        assert again.headers[name] == first.headers[name]
    assert "content-type" not in again.headers


async def test_who_has_it_is_told_so_even_where_it_was_not_made_yet(client: Client, app: App) -> None:
    first = await client.get(PAGE)
    app.front._outputs._entries.clear()
    again = await client.get(PAGE, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert not app.front._outputs._entries


async def test_who_has_it_by_date_is_told_so(client: Client) -> None:
    first = await client.get(FEED)
    assert first.headers["last-modified"] == "Mon, 10 Jan 2028 12:00:00 GMT"
    again = await client.get(FEED, headers={"if-modified-since": first.headers["last-modified"]})
    assert again.status_code == 304


async def test_two_fetches_are_the_same_bytes(client: Client) -> None:
    assert (await client.get(FEED)).content == (await client.get(FEED)).content


async def test_head_says_what_get_would_say_and_sends_nothing(client: Client) -> None:
    for address in (FEED, PAGE, "/", "/small-2028/nothing", "/healthz"):
        get, head = await client.get(address), await client.head(address)
        assert head.status_code == get.status_code, address
        assert head.content == b""
        for name in ("etag", "content-type", "content-length"):
            assert head.headers.get(name) == get.headers.get(name), address


async def test_each_encoding_has_a_tag_of_its_own_and_the_same_content(client: Client) -> None:
    bodies, tags = set(), set()
    for accepted in ("br", "gzip", "identity", "br;q=0, gzip;q=0"):
        answer = await client.get(PAGE, headers={"accept-encoding": accepted})
        assert answer.headers["vary"] == "accept-encoding"
        tags.add(answer.headers["etag"])
        bodies.add(answer.content)  # the client has undone the encoding
    assert len(bodies) == 1
    assert len(tags) == 3


async def test_what_is_compressed_is_really_that(app: App, client: Client) -> None:
    await client.get(PAGE)
    entries = app.front._outputs._entries
    _, kept = next(iter(entries.values()))
    assert brotli.decompress(kept.bodies["br"]) == gzip.decompress(kept.bodies["gzip"]) == kept.bodies["identity"]


async def test_a_calendar_is_never_compressed_and_needs_no_accept_header(client: Client) -> None:
    answer = await client.get(FEED, headers={"accept-encoding": "br, gzip", "accept": ""})
    assert "content-encoding" not in answer.headers
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"


async def test_an_edit_is_not_public_and_a_release_is_at_once(client: Client) -> None:
    first = await client.get(PAGE)
    await rename("Another opening")
    assert (await client.get(PAGE)).content == first.content
    await editing.release("small-2028", "olga@example.org")
    second = await client.get(PAGE, headers={"if-none-match": first.headers["etag"]})
    assert second.status_code == 200
    assert b"Another opening" in second.content
    assert second.headers["etag"] != first.headers["etag"]


async def test_a_move_raises_the_sequence_and_a_cancellation_keeps_the_entry(client: Client) -> None:
    def sequence(body: bytes) -> list[bytes]:
        entry = body.partition(b"UID:K1@")[2].partition(b"END:VEVENT")[0]
        return [line for line in entry.split(b"\r\n") if line.startswith((b"SEQUENCE", b"STATUS", b"SUMMARY"))]

    assert sequence((await client.get(FEED)).content) == [
        b"SEQUENCE:0", b"SUMMARY:Opening keynote", b"STATUS:CONFIRMED"]  # fmt: skip
    await editing.place("small-2028", "K1", at(25, 14), "aula", "olga@example.org")
    await editing.release("small-2028", "olga@example.org")
    assert sequence((await client.get(FEED)).content)[0] == b"SEQUENCE:1"
    await editing.remove("small-2028", "sessions", "K1", "olga@example.org")
    await editing.release("small-2028", "olga@example.org")
    assert sequence((await client.get(FEED)).content) == [
        b"SEQUENCE:2", b"SUMMARY:CANCELLED: Opening keynote", b"STATUS:CANCELLED"]  # fmt: skip


async def test_many_at_once_wait_for_one_making(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    real = outputs._made
    monkeypatch.setattr(outputs, "_made", lambda *given: made.append(given[0].name) or real(*given))
    answers = await asyncio.gather(*(client.get(PAGE) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert made == ["session"]


async def test_a_making_that_fails_is_tried_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(outputs, "_rendered", lambda *_: 1 / 0)
        assert (await client.get(PAGE)).status_code == 500
    assert (await client.get(PAGE)).status_code == 200


async def test_what_was_used_longest_ago_goes_when_there_is_too_much(
    client: Client, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outputs, "KEPT_BYTES", 30_000)
    kept = app.front._outputs
    for session in SESSIONS[:7]:
        assert (await client.get(f"/small-2028/sessions/{session.code}")).status_code == 200
    assert len(kept._entries) < 7
    assert kept._kept_bytes == sum(found.size for _, found in kept._entries.values()) <= 30_000


async def test_what_is_on_now_is_right_as_time_passes(client: Client, clock: Clock) -> None:
    clock.now = at(25, 9, 30)
    during = await client.get("/small-2028/")
    clock.now += timedelta(minutes=10)
    same = await client.get("/small-2028/", headers={"if-none-match": during.headers["etag"]})
    assert same.status_code == 304
    clock.now = at(25, 10, 45)
    later = await client.get("/small-2028/", headers={"if-none-match": during.headers["etag"]})
    assert later.status_code == 200
    assert later.content != during.content
    assert later.headers["last-modified"] == "Sat, 25 Mar 2028 10:30:00 GMT"


@pytest.mark.slow
async def test_a_print_is_made_once_and_sent_with_its_tag(client: Client, settings: Settings) -> None:
    address = "/small-2028/print/booklet.pdf"
    first = await client.get(address)
    assert first.status_code == 200
    assert first.content.startswith(b"%PDF-")
    assert first.headers["content-type"] == "application/pdf"
    assert first.headers["content-security-policy"] == "frame-ancestors 'none'"
    (kept,) = (settings.data / "prints" / "small-2028").iterdir()
    assert kept.read_bytes() == first.content
    again = await client.get(address, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    kept.write_bytes(b"kept")
    assert (await client.get(address)).content == b"kept"


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("/small-2028", "/small-2028/"),
        ("/small-2028?a=b", "/small-2028/?a=b"),
        ("/small-2028/sessions", "/small-2028/sessions/"),
        ("/small-2028/schedule/?day=2028-03-25", "/small-2028/schedule?day=2028-03-25"),
        ("/small-2028/sessions/K1/", "/small-2028/sessions/K1"),
    ],
)
async def test_a_slash_too_many_or_too_few_leads_on(client: Client, address: str, where: str) -> None:
    answer = await client.get(address)
    assert (answer.status_code, answer.headers["location"]) == (308, where)


@pytest.mark.parametrize(
    "address", ["/nothing/", "/small-2028/nothing", "/small-2028/sessions/nothing", "/small-2028/x/y/z"]
)
async def test_there_is_nothing_at_other_addresses(client: Client, address: str) -> None:
    answer = await client.get(address, headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "There is no such page" in answer.text


async def test_an_event_that_is_not_released_says_so_and_shows_nothing(client: Client) -> None:
    import msgspec

    from events_app.intake.reading import Reading
    from tests.conference import EVENT, PROGRAMME

    event = msgspec.structs.replace(EVENT, slug="next-2029", uid="other", name="The next one")
    await editing.import_reading(
        None, Reading(kind="t", programme=msgspec.structs.replace(PROGRAMME, event=event)), "x"
    )
    for address in ("/next-2029/", "/next-2029/calendar.ics", "/next-2029/sessions/K1"):
        answer = await client.get(address, headers={"accept": "text/html"})
        assert answer.status_code == 404
        assert "The programme of The next one is not published yet." in answer.text
        assert "keynote" not in answer.text
    assert "The next one" not in (await client.get("/")).text


async def test_the_list_of_events_names_those_that_are_public(client: Client) -> None:
    answer = await client.get("/")
    assert 'href="/small-2028/"' in answer.text
    again = await client.get("/", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


async def test_robots_may_read_all_that_is_public(client: Client) -> None:
    from urllib.robotparser import RobotFileParser

    robots = RobotFileParser()
    robots.parse((await client.get("/robots.txt")).text.splitlines())
    for address in ("/", "/small-2028/", FEED, "/small-2028/people/bob-baker.ics", "/small-2028/print/booklet.pdf"):
        assert robots.can_fetch("Google-Calendar-Importer", f"http://testserver{address}")
    assert not robots.can_fetch("any", "http://testserver/organise/small-2028/")


async def test_the_service_is_well_while_the_database_answers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    assert (await client.get("/healthz")).status_code == 200

    async def broken() -> list[reading.EventLine]:
        raise sqlite3.OperationalError("disk I/O error at /secret/path")

    monkeypatch.setattr(reading, "events", broken)
    answer = await client.get("/healthz")
    assert answer.status_code == 503
    assert "secret" not in answer.text


async def test_the_days_of_an_event_are_said_as_briefly_as_they_can_be(client: Client) -> None:
    assert "25–26 Mar 2028" in (await client.get("/")).text
