"""How often somebody may save: counted for all their pages together, and what was typed is not lost."""

from __future__ import annotations

import pytest
from litestar.testing import AsyncTestClient

from events_app import editing, reading
from events_app.app import App
from events_app.programme.planning import Contact
from events_app.web import rights
from tests.brought import photograph
from tests.web.conftest import OLGA, sign_in
from tests.web.filling import entries, send, typed

Client = AsyncTestClient[App]
SLUG = "small-2028"
AT = f"/speak/{SLUG}"
BOB = "bob@example.org"


@pytest.fixture
async def bob(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Signed in as Bob, where three saves an hour are enough."""
    monkeypatch.setattr(rights, "SAVES_AN_HOUR", 3)
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email=BOB), OLGA)
    await editing.put(SLUG, "contacts", Contact(person="eve-ito", email="eve@example.org"), OLGA)
    await sign_in(client, BOB)
    return client


async def titled(bob: Client, title: str) -> int:
    form = typed(entries((await bob.get(f"{AT}/papers/T1")).text), title=title)
    status: int = (await send(bob, f"{AT}/papers/T1", form)).status_code
    return status


async def test_the_fourth_is_refused_and_keeps_what_was_typed_for_one_button(bob: Client) -> None:
    assert [await titled(bob, f"Title {n}") for n in range(3)] == [303] * 3
    before = await reading.log(SLUG)
    form = typed(entries((await bob.get(f"{AT}/papers/T1")).text), title='The "fourth" <title>')
    answer = await send(bob, f"{AT}/papers/T1", form)
    assert answer.status_code == 429
    assert 3500 < int(answer.headers["retry-after"]) <= 3600
    assert "this time nothing was saved" in answer.text
    assert sorted(entries(answer.text, f"{AT}/papers/T1")) == sorted(form)
    assert "Sign in in another window" not in answer.text
    assert await reading.log(SLUG) == before


async def test_all_that_writes_is_one_count_and_nobody_else_s(bob: Client) -> None:
    await titled(bob, "Title")
    await bob.post(f"{AT}/answers", data={"do": "preview"})  # no button of that form
    await bob.post(f"{AT}/people/bob-baker/pictures", files={"file": ("x.jpg", photograph(), "image/jpeg")})
    for path in ("answers", "undos", "address", "papers/T1/withdrawal", "people/bob-baker/pictures/arrangement"):
        assert (await bob.post(f"{AT}/{path}", data={"do": "preview"})).status_code == 429, path
    assert (await bob.get(f"{AT}/papers/T1")).status_code == 200
    await sign_in(bob, "eve@example.org")
    assert (await bob.post(f"{AT}/undos", data={})).status_code != 429


async def test_to_look_at_what_is_typed_does_not_count(bob: Client) -> None:
    form = [*entries((await bob.get(f"{AT}/papers/T1")).text), ("do", "preview")]
    assert {(await send(bob, f"{AT}/papers/T1", form)).status_code for _ in range(6)} == {200}
    assert await titled(bob, "Title") == 303
