from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import AsyncTestClient
from litestar.types import Message

from events_app.app import App, create_app
from events_app.settings import Settings

from ..conftest import Copy

Client = AsyncTestClient[App]

HERE = "http://testserver.local"


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/small-2028/",
        "/small-2028/calendar.ics",
        "/small-2028/nothing",
        "/sign-in",
        "/organise/",
        "/static/none",
        "/small-2028",
        "/%00",
    ],
)
async def test_every_answer_has_the_headers_that_guard_its_reader(client: Client, address: str) -> None:
    headers = (await client.get(address)).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["server"] == ""
    assert "strict-transport-security" not in headers
    for name in headers:
        assert len(headers.get_list(name)) == 1, name


async def test_behind_https_browsers_are_told_to_keep_to_it(sqlite_copies: Copy, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url=sqlite_copies("empty"), base_url="https://events.example/")
    async with AsyncTestClient(create_app(settings)) as client:
        assert "max-age" in (await client.get("/")).headers["strict-transport-security"]


@pytest.mark.parametrize("address", ["/sign-in", "/sign-out", "/organise/small-2028/releases", "/nothing/at/all"])
@pytest.mark.parametrize(
    ("headers", "admitted"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-origin", "origin": HERE}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": HERE}, False),
        ({"origin": HERE}, True),
        ({"origin": "http://elsewhere.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": "nonsense"}, False),
        ({"origin": HERE + ".elsewhere.example"}, False),
        ({}, True),
    ],
)
async def test_a_write_must_come_from_here(
    client: Client, address: str, headers: dict[str, str], admitted: bool
) -> None:
    answer = await client.post(address, headers={**headers, "accept": "text/html"})
    assert ("another site" in answer.text) is not admitted
    assert admitted or answer.status_code == 403


async def test_reading_may_come_from_anywhere(client: Client) -> None:
    headers = {"sec-fetch-site": "cross-site", "origin": "http://elsewhere.example"}
    assert (await client.get("/small-2028/", headers=headers)).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("address", ["/small-2028/", "/small-2028/calendar.ics", "/small-2028", "/static/x"])
async def test_what_is_only_read_takes_no_other_method(client: Client, method: str, address: str) -> None:
    answer = await client.request(method, address)
    assert answer.status_code == 405
    assert set(answer.headers["allow"].replace(" ", "").split(",")) >= {"GET", "HEAD"}


@pytest.mark.parametrize(
    "path",
    [
        "/small-2028/sessions%2FK1",
        "/small-2028/sessions%2fK1",
        "/small-2028%5Csessions",
        "/%00/",
        "/small-2028/sessions/K1%00.ics",
        "/%ff%fe/",
        "/small-2028/%80",
        "/..%2f..%2fetc/passwd",
        "/static/..%2fapp.py",
        "/static/%2e%2e/%2e%2e/settings.py",
        "/static//etc/passwd",
        "/\\elsewhere.example",
        "/small-2028/" + "a" * 5000,
        "/" + "%41" * 1000 + "/",
        "/small-2028/sessions/K1;x=y",
        "/small-2028/{code}",
        "/🙈/",
    ],
)
async def test_a_hostile_address_is_refused_in_peace(app: App, client: Client, path: str) -> None:
    answer = await client.get(path, headers={"accept": "text/html"})
    assert answer.status_code in (400, 404)
    assert "location" not in answer.headers
    assert "Traceback" not in answer.text


async def raw(app: App, path: str, *, method: str = "GET", cookie: str = "", body: Iterable[bytes] = ()) -> int:
    """The status of an answer to what no client library would send."""
    sent: list[Message] = []
    chunks = [*body, b""]

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Any:
        chunk = chunks.pop(0)
        return {"type": "http.request", "body": chunk, "more_body": bool(chunks)}

    headers = [(b"cookie", cookie.encode()), (b"content-type", b"application/x-www-form-urlencoded")]
    scope: Any = {
        "type": "http",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(errors="surrogateescape"),
        "query_string": b"",
        "headers": headers,
        "client": None,
        "server": None,
    }
    await app(scope, receive, send)
    start: Any = sent[0]
    return int(start["status"])


@pytest.mark.parametrize("path", ["/\udcff/", "/small-2028/\udc80"])
async def test_octets_that_are_no_utf_8_are_refused(app: App, client: Client, path: str) -> None:
    """Some servers hand them on as surrogates."""
    assert await raw(app, path) == 400


@pytest.mark.parametrize(
    "path", ["//elsewhere.example", "//elsewhere.example/", "///", "/./", "/../small-2028/", "", "x"]
)
async def test_an_address_that_means_another_place_leads_nowhere(app: App, client: Client, path: str) -> None:
    assert await raw(app, path) == 404


async def test_the_host_header_is_never_believed(client: Client) -> None:
    for address in ("/small-2028/calendar.ics", "/small-2028/subscribe", "/"):
        answer = await client.get(
            address, headers={"host": "elsewhere.example", "x-forwarded-host": "elsewhere.example"}
        )
        assert "elsewhere.example" not in answer.text
        assert "elsewhere.example" not in str(answer.headers)


async def test_a_body_that_is_too_large_is_refused(app: App, olga: Client) -> None:
    answer = await olga.post("/organise/small-2028/releases", data={"notes": "x" * 200_000})
    assert answer.status_code == 413
    chunks = [b"x" * 10_000] * 20  # whose length nobody has said
    cookie = f"sid={olga.cookies['sid']}"
    assert await raw(app, "/organise/small-2028/releases", method="POST", cookie=cookie, body=chunks) == 413


async def test_the_log_names_the_route_and_never_a_token(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "events_app"):
        await client.get("/sign-in/a-secret-token")
        await client.post("/sign-in/a-secret-token")
        await client.get("/small-2028/people/bob-baker.ics?x=secret")
    said = [record.getMessage().rsplit(" ", 2)[0] for record in caplog.records if record.name == "events_app.access"]
    assert said == ["GET /sign-in/{token} 200", "POST /sign-in/{token} 403", "GET /{event}/people/{code}.ics 200"]
    assert "secret" not in caplog.text


async def test_who_comes_while_the_process_ends_is_told_to_come_again(
    client: Client, app: App, caplog: pytest.LogCaptureFixture
) -> None:
    app.front.stopped = True
    for address in ("/small-2028/", "/healthz", "/organise/"):
        answer = await client.get(address)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "Traceback" not in caplog.text


async def test_an_ended_service_can_begin_again(settings: Settings) -> None:
    app = create_app(settings)
    for _ in range(2):
        async with AsyncTestClient(app) as client:
            assert (await client.get("/small-2028/")).status_code == 200


@pytest.mark.parametrize("origin", ["http://[bad", "null", "https://elsewhere.example"])
async def test_an_origin_that_is_not_ours_may_write_nothing(conference_url: str, tmp_path: Path, origin: str) -> None:
    app = create_app(Settings(data=tmp_path, database_url=conference_url))
    async with AsyncTestClient(app) as client:
        for host in ("testserver", ""):
            answer = await client.post("/sign-out", headers={"origin": origin, "host": host})
            assert answer.status_code == 403
