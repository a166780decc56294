"""Places on the floors."""

from __future__ import annotations

from litestar.testing import AsyncTestClient
from lxml import html
from msgspec.structs import replace

from events_app import editing, reading
from events_app.app import App
from tests.conference import DADZ
from tests.web.conftest import OLGA
from tests.web.filling import entries, send, typed, words

Client = AsyncTestClient[App]
SLUG = "small-2028"
PAGE = "/organise/small-2028/places"
CHOIR = replace(DADZ, code="choir", title="A choir", place="table  7", staffing=(), parts=(), panels=(), links=())


async def places() -> dict[str, tuple[str, str]]:
    return {show.code: (show.floor, show.place) for show in (await reading.draft(SLUG)).programme.showcases}


async def test_a_place_that_two_have_is_marked(olga: Client) -> None:
    assert "share a place" not in words((await olga.get(PAGE)).text)
    await editing.put(SLUG, "showcases", CHOIR, OLGA)
    text = (await olga.get(PAGE)).text
    assert "2 showcases share a place with another." in words(text)
    assert len(html.fromstring(text).xpath("//tr[@class='is-double']")) == 2


async def test_all_places_of_a_floor_are_set_in_one_step(olga: Client) -> None:
    await editing.put(SLUG, "showcases", CHOIR, OLGA)
    before = (await reading.draft(SLUG)).revision
    given = typed(entries((await olga.get(PAGE)).text), place__choir=" Table 8 ", place__dadz="Stage", floor__dadz="")
    assert (await send(olga, PAGE, given)).headers["location"] == f"{PAGE}?done=saved"
    assert await places() == {"dadz": ("", "Stage"), "choir": ("foyer", "Table 8")}
    assert (await reading.draft(SLUG)).revision == before + 1
    assert "On no floor yet" in words((await olga.get(PAGE)).text)


async def test_only_what_was_typed_over_is_saved(olga: Client) -> None:
    """So that two can work on one floor."""
    await editing.put(SLUG, "showcases", CHOIR, OLGA)
    given = typed(entries((await olga.get(PAGE)).text), place__choir="Table 8")
    await editing.put(SLUG, "showcases", replace(DADZ, place="Table 9", about="New words"), "eve@example.org")
    assert (await send(olga, PAGE, given)).status_code == 303
    assert await places() == {"dadz": ("foyer", "Table 9"), "choir": ("foyer", "Table 8")}


async def test_a_place_that_somebody_has_changed_meanwhile_is_not_overwritten(olga: Client) -> None:
    given = typed(entries((await olga.get(PAGE)).text), place__dadz="Mine")
    await editing.put(SLUG, "showcases", replace(DADZ, place="Theirs"), "eve@example.org")
    answer = await send(olga, PAGE, given)
    assert answer.status_code == 409
    assert ("place-dadz", "Mine") in entries(answer.text)
    assert "It is now: Theirs" in words(answer.text)
    assert await places() == {"dadz": ("foyer", "Theirs")}
    assert (await send(olga, PAGE, entries(answer.text))).status_code == 303
    assert await places() == {"dadz": ("foyer", "Mine")}


async def test_what_is_no_place_is_refused_with_all_that_was_typed(olga: Client) -> None:
    for name, text in (("place__dadz", "x" * 61), ("floor__dadz", "cellar")):
        answer = await send(olga, PAGE, typed(entries((await olga.get(PAGE)).text), **{name: text}))
        assert answer.status_code == 422
    assert await places() == {"dadz": ("foyer", "Table 7")}
