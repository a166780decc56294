from __future__ import annotations

import pytest

from events_app import reading

from .pages import Client, changed, controls, send

PAGE = "/organise/small-2028/copy"


async def test_the_form_proposes_the_same_days_of_the_week_a_year_later(olga: Client) -> None:
    fields = dict(controls((await olga.get(PAGE)).text, PAGE))
    assert (fields["name"], fields["slug"], fields["starts"]) == ("Small Conference 2029", "small-2029", "2029-03-24")


async def test_the_next_edition_is_there_for_who_made_it_and_for_nobody_else_to_see(olga: Client) -> None:
    fields = controls((await olga.get(PAGE)).text, PAGE)
    answer = await send(olga, PAGE, fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/organise/small-2029/?done=copied")
    page = await olga.get(answer.headers["location"])
    assert "Here is the next edition." in page.text
    assert "Where to begin" in page.text
    assert (await olga.get("/small-2029/")).status_code == 404
    draft = await reading.draft("small-2029")
    assert len(draft.programme.rooms) == 3
    assert draft.programme.panels == ()  # not ticked unless it is asked for


@pytest.mark.parametrize(
    ("control", "typed", "sentence"),
    [
        ("slug", "small-2028", "There is an event “small-2028” already."),
        ("slug", "organise", "The service needs this name itself."),
        ("slug", "account", "The service needs this name itself."),
        ("slug", "Ünïcode", "Use small letters"),
        ("slug", "../x", "Use small letters"),
        ("slug", "", "This cannot be empty."),
        ("name", "", "This cannot be empty."),
        ("starts", "soon", "is no date"),
        ("take", "sessions", "not to be chosen from"),
    ],
)
async def test_what_cannot_be_is_refused(olga: Client, control: str, typed: str, sentence: str) -> None:
    fields = changed(controls((await olga.get(PAGE)).text, PAGE), **{control: typed})
    answer = await send(olga, PAGE, fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert [line.slug for line in await reading.events()] == ["small-2028"]
