from __future__ import annotations

import sqlite3

import asyncpg
import msgspec
import pytest
from litestar.exceptions import HTTPException, MethodNotAllowedException, TooManyRequestsException
from litestar.testing import AsyncTestClient

from events_app import editing
from events_app.app import App
from events_app.editing.accounts import NoAddress
from events_app.intake import Refused
from events_app.reading import NotFound
from events_app.web import errors, outputs

Client = AsyncTestClient[App]


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (errors.NoSuchPage(), 404, "Nothing is at this address"),
        (errors.NotPublished("Small"), 404, "Small is not published yet"),
        (NotFound("There is no event “x”."), 404, "There is no event “x”."),
        (errors.SignInNeeded(), 403, "for those who work on"),
        (errors.NotYours(), 403, "belongs to others"),
        (errors.FromElsewhere(), 403, "another site"),
        (errors.WrongMethod("GET"), 405, "does not understand that method"),
        (MethodNotAllowedException(headers={"allow": "GET"}), 405, "does not understand that method"),
        (editing.NothingNew(2), 409, "since version 2"),
        (editing.Conflict("sessions", "K1", None, None), 409, "K1"),
        (NoAddress("x"), 422, "“x” is not an e-mail address"),
        (editing.MovedOn(), 409, "while this page was open"),
        (HTTPException(status_code=413), 413, "larger than"),
        (Refused("no sessions", where="line 3"), 422, "line 3: no sessions"),
        (msgspec.ValidationError("Expected `int`"), 422, "Expected `int`"),
        (errors.Unreadable("Not a number."), 400, "Not a number."),
        (HTTPException(status_code=400, detail="secret"), 400, "missing or is not of the kind"),
        (errors.TooMany(120), 429, "too many times"),
        (TooManyRequestsException(), 429, "too many times"),
        (errors.Stopping(), 503, "back in a moment"),
        (sqlite3.OperationalError("secret"), 503, "does not answer"),
        (asyncpg.CannotConnectNowError("secret"), 503, "does not answer"),
        (asyncpg.InterfaceError("secret"), 503, "does not answer"),
        (ConnectionRefusedError("secret"), 503, "does not answer"),
        (HTTPException(status_code=500, detail="secret"), 500, "The fault is ours"),
        (ZeroDivisionError("secret"), 500, "The fault is ours"),
    ],
)
def test_each_refusal_has_a_status_a_sentence_and_what_to_do(error: Exception, status: int, says: str) -> None:
    told = errors.refusal(error)
    assert told.status == status
    assert says in told.what
    assert told.title
    assert told.remedy
    assert "secret" not in str(told)


def test_who_comes_too_often_is_told_when_to_come_back() -> None:
    told = errors.refusal(errors.TooMany(120))
    assert told.headers["retry-after"] == "120"
    assert told.remedy == "Try again in 2 minutes."


@pytest.mark.parametrize(
    ("address", "accept", "page"),
    [
        ("/small-2028/nothing", "text/html,application/xhtml+xml,*/*;q=0.8", True),
        ("/small-2028/nothing", "*/*", True),
        ("/small-2028/nothing", "", True),
        ("/small-2028/nothing", "application/json", False),
        ("/small-2028/nothing", "application/problem+json", False),
        ("/small-2028/people/nobody.ics", "*/*", False),
        ("/small-2028/people/nobody.ics", "text/html", True),
        ("/api/v1/nothing", "*/*", False),
    ],
)
async def test_browsers_get_a_page_and_programs_a_problem_document(
    client: Client, address: str, accept: str, page: bool
) -> None:
    answer = await client.get(address, headers={"accept": accept})
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"
    if page:
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "<h1>There is no such page</h1>" in answer.text
    else:
        assert answer.headers["content-type"] == "application/problem+json"
        told = answer.json()
        assert (told["type"], told["status"], told["title"]) == ("about:blank", 404, "There is no such page")


async def test_a_fault_tells_its_log_everything_and_its_reader_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the secret is 42")

    monkeypatch.setattr(outputs, "_rendered", fail)
    for accept in ("text/html", "application/json"):
        answer = await client.get("/small-2028/sessions/K1", headers={"accept": accept})
        assert answer.status_code == 500
        assert "42" not in answer.text
        assert "Traceback" not in answer.text
    assert "the secret is 42" in caplog.text


async def test_a_fault_is_told_even_where_its_page_cannot_be_made(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("no template")

    monkeypatch.setattr(errors, "render", fail)
    answer = await client.get("/small-2028/nothing", headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert answer.json()["status"] == 404
