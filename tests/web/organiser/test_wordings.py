"""The event's own words for its letters: kept, refused with everything typed, and never saved over somebody else's."""

from __future__ import annotations

import pytest

from events_app import reading
from events_app.editing.letters import Kind, reword, wordings
from events_app.programme.planning import Wording

from .pages import Client, Fields, changed, controls, send

SLUG = "small-2028"
LIST = f"/organise/{SLUG}/letters/wordings"
PAGE = f"{LIST}/invitation"
MINE = "{greeting}\n\ncome in: {link}"


async def form(olga: Client, **changes: str | None) -> Fields:
    return changed(controls((await olga.get(PAGE)).text, PAGE), **changes)


async def own() -> tuple[Wording, ...]:
    return (await reading.draft(SLUG)).planning.wordings


async def test_every_kind_of_an_event_is_listed_with_whose_words_it_has(olga: Client) -> None:
    await reword(
        SLUG, Kind.REMINDER, Wording(letter="reminder", subject="Still?", text="{missing} {link}"), "t", seen=None
    )
    page = (await olga.get(LIST)).text
    assert page.count(">our words<") == 3
    assert page.count(">your words<") == 1
    assert "Still?" in page


async def test_words_are_kept_and_logged_and_given_back(olga: Client) -> None:
    answer = await send(olga, PAGE, await form(olga, subject="Welcome to {event}", text=MINE))
    assert answer.headers["location"] == f"{LIST}?done=saved"
    assert await own() == (Wording(letter="invitation", subject="Welcome to {event}", text=MINE),)
    assert (await reading.log(SLUG))[0].what == "revise"
    back = await send(olga, PAGE, [*await form(olga), ("do", "ours")])
    assert back.headers["location"] == f"{LIST}?done=ours"
    assert await own() == ()


async def test_a_form_that_is_sent_as_it_stands_leaves_our_words(olga: Client) -> None:
    before = await reading.log(SLUG)
    await send(olga, PAGE, await form(olga))
    assert await own() == ()
    assert await reading.log(SLUG) == before


@pytest.mark.parametrize(
    ("control", "typed", "sentence"),
    [
        ("text", "Come. {lnik} {link}", "knows nothing of {lnik}"),
        ("subject", "{missing}", "knows nothing of {missing}"),
        ("text", "Come.", "{link} has to stand somewhere"),
        ("text", "", "has to stand somewhere"),
        ("subject", "", "This cannot be empty."),
    ],
)
async def test_what_cannot_be_a_letter_is_refused_with_what_was_typed(
    olga: Client, control: str, typed: str, sentence: str
) -> None:
    answer = await send(olga, PAGE, await form(olga, **{"subject": "Kept <b>", "text": "Kept {link}", control: typed}))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kept" in answer.text
    assert "<b>" not in answer.text
    assert await own() == ()


async def test_who_saves_second_sees_both_and_loses_neither(olga: Client) -> None:
    stale = await form(olga, subject="Mine", text="Mine: {link}")
    theirs = Wording(letter="invitation", subject="Theirs", text="Theirs: {link}")
    await reword(SLUG, Kind.INVITATION, theirs, "eve@example.org", seen=None)
    answer = await send(olga, PAGE, stale)
    assert answer.status_code == 409
    assert "Mine: {link}" in answer.text
    assert "Theirs: {link}" in answer.text
    assert await own() == (theirs,)
    chosen = [*changed(controls(answer.text, PAGE), **{"take-subject": "theirs"}), ("do", "save")]
    assert (await send(olga, PAGE, chosen)).status_code == 303
    assert await own() == (Wording(letter="invitation", subject="Theirs", text="Mine: {link}"),)


@pytest.mark.parametrize("kind", ["invitation", "digest", "reminder", "message"])
async def test_the_words_are_shown_as_a_real_person_reads_them(olga: Client, kind: str) -> None:
    page = (await olga.get(f"{LIST}/{kind}")).text
    assert "Dear Bob Baker," in page
    shown = controls(page, f"{LIST}/{kind}")
    answer = await send(olga, f"{LIST}/{kind}", [*changed(shown, person="eve-ito"), ("do", "preview")])
    assert "Dear 伊藤 Eve," in answer.text
    live = await send(olga, f"{LIST}/{kind}/previews?person=eve-ito", [("text", "{name}: <b>{dates}</b> {changes}")])
    assert live.status_code == 200
    assert "伊藤 Eve" in live.text
    assert "<b>" not in live.text


async def test_a_digest_is_shown_with_where_its_reader_really_is(olga: Client) -> None:
    assert "Opening keynote" in (await olga.get(f"{LIST}/digest")).text


async def test_the_words_of_links_that_people_ask_for_are_nobody_s_to_change(olga: Client) -> None:
    for kind in ("sign-in", "nonsense", "<b>"):
        headers = {"accept": "text/html"}
        assert (await olga.get(f"{LIST}/{kind}", headers=headers)).status_code == 404
        assert (await send(olga, f"{LIST}/{kind}", [("seen", "null")])).status_code == 404
        assert (await send(olga, f"{LIST}/{kind}/previews", [])).status_code == 404
    assert (await send(olga, PAGE, [("seen", "{"), ("text", "x")])).status_code == 400


def test_our_own_words_hold_what_each_kind_needs() -> None:
    from events_app.web.organiser.wordings import NEEDED

    for kind, names in NEEDED.items():
        assert all(f"{{{name}}}" in wordings()[kind].text for name in names)
