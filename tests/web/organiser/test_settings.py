"""Settings and rules: kept as typed, refused with everything typed, and never saved over somebody else's."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from events_app import editing, reading
from events_app.programme.planning import Rules
from events_app.web.organiser.settings import shades
from tests.conference import EVENT

from .pages import Client, Fields, changed, controls, send

PAGE = "/organise/small-2028/settings"


async def form(olga: Client) -> Fields:
    answer = await olga.get(PAGE)
    assert answer.status_code == 200
    return controls(answer.text, PAGE)


async def test_a_form_that_is_sent_as_it_stands_changes_nothing(olga: Client) -> None:
    before = await reading.log("small-2028")
    answer = await send(olga, PAGE, await form(olga))
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?done=same")
    assert await reading.log("small-2028") == before


async def test_what_is_typed_is_kept_with_one_line_in_the_log(olga: Client) -> None:
    fields = changed(
        await form(olga), name="  Big   Conference ", colour="#0F5C6E", papers_per_session="2-5", walk_minutes="",
        chair_required=None, corrections_wait="yes", languages="en, pt-BR", ends="2028-03-27",
    )  # fmt: skip
    answer = await send(olga, PAGE, fields)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?done=saved")
    draft = await reading.draft("small-2028")
    assert draft.programme.event == replace(
        EVENT, name="Big Conference", colour="#0f5c6e", languages=("en", "pt-BR"), ends=EVENT.ends.replace(day=27)
    )
    assert draft.planning.rules == Rules(
        papers_per_session=(2, 5), walk_minutes=0, chair_required=False, corrections_wait=True
    )
    line = (await reading.log("small-2028"))[0]
    assert (line.what, line.who) == ("revise", "olga@example.org")


@pytest.mark.parametrize(
    ("control", "typed", "sentence"),
    [
        ("name", " ", "This cannot be empty."),
        ("starts", "2028-02-30", "is no date"),
        ("ends", "2028-03-01", "The last day is before the first."),
        ("ends", "2029-03-01", "An event has at most 60 days."),
        ("zone", "Mars/Olympus", "is not to be chosen from"),
        ("day_change", "7000", "is not to be chosen from"),
        ("languages", "", "This cannot be empty."),
        ("languages", "<b>", "is no code of a language"),
        ("url", "javascript:alert(1)", "An address begins with"),
        ("reach", "Olga <olga@small.example>", "is not an e-mail address"),
        ("title_locked", "soon", "is no date"),
        ("quiet_minutes", "-5", "is no whole number"),
        ("colour", "red", "A colour is written as"),
        ("walk_minutes", "-3", "is no whole number"),
        ("papers_per_session", "5–2", "The least is more than the most."),
        ("papers_per_session", "many", "Write the least and the most"),
    ],
)
async def test_what_cannot_be_is_refused_with_everything_that_was_typed(
    olga: Client, control: str, typed: str, sentence: str
) -> None:
    fields = changed(await form(olga), venue="A place <typed> & kept", **{control: typed})
    answer = await send(olga, PAGE, fields)
    assert answer.status_code == 422
    assert sentence in answer.text.replace("&#39;", "'")
    again = dict(controls(answer.text, PAGE))
    assert again["venue"] == "A place <typed> & kept"
    assert again[control] == typed
    assert (await reading.draft("small-2028")).programme.event == EVENT


async def test_another_zone_says_what_it_would_do_and_waits_for_a_yes(olga: Client) -> None:
    fields = changed(await form(olga), zone="America/New_York")
    asked = await send(olga, PAGE, fields)
    assert asked.status_code == 422
    assert "take place 4 hours later than now" in asked.text
    assert 'name="clocks"' in asked.text
    assert (await reading.draft("small-2028")).programme.event.zone == "Europe/London"
    again = changed(controls(asked.text, PAGE), clocks="yes")
    assert (await send(olga, PAGE, again)).status_code == 303
    draft = await reading.draft("small-2028")
    assert draft.programme.event.zone == "America/New_York"


async def test_two_who_change_different_settings_both_get_them(olga: Client) -> None:
    fields = changed(await form(olga), venue="Mine")
    await editing.put("small-2028", "event", replace(EVENT, subtitle="Theirs"), "eve@example.org")
    assert (await send(olga, PAGE, fields)).status_code == 303
    event = (await reading.draft("small-2028")).programme.event
    assert (event.venue, event.subtitle) == ("Mine", "Theirs")


async def test_two_who_change_the_same_see_both_and_choose(olga: Client) -> None:
    fields = changed(await form(olga), venue="Mine", about="My words")
    await editing.put("small-2028", "event", replace(EVENT, venue="Theirs", subtitle="Theirs too"), "eve@example.org")
    both = await send(olga, PAGE, fields)
    assert both.status_code == 409
    assert ">Mine<" in both.text
    assert ">Theirs<" in both.text
    event = (await reading.draft("small-2028")).programme.event
    assert (event.venue, event.about) == ("Theirs", EVENT.about)
    chosen = controls(both.text, PAGE)
    assert dict(chosen)["take-venue"] == "mine"
    assert dict(chosen)["take-subtitle"] == "theirs"  # which Olga did not touch
    assert (await send(olga, PAGE, chosen)).status_code == 303
    event = (await reading.draft("small-2028")).programme.event
    assert (event.venue, event.about, event.subtitle) == ("Mine", "My words", "Theirs too")


async def test_a_form_that_does_not_say_what_it_showed_is_not_understood(olga: Client) -> None:
    for seen in ("", "{}", "[1,2]", "\x00"):
        answer = await send(olga, PAGE, changed(await form(olga), seen=seen))
        assert answer.status_code == 400, seen


async def test_a_preview_without_a_script_saves_nothing(olga: Client) -> None:
    fields = changed(await form(olga), about="**Bold** <b>not</b>", do="preview")
    answer = await send(olga, PAGE, fields)
    assert answer.status_code == 200
    assert "<strong>Bold</strong> &lt;b&gt;not&lt;/b&gt;" in answer.text
    assert (await reading.draft("small-2028")).programme.event == EVENT


async def test_a_preview_is_the_very_html_that_the_public_gets(olga: Client) -> None:
    words = "# One\n\nA [link](https://a.example) and <script>alert(1)</script>\n\n- a list"
    shown = (await send(olga, "/organise/small-2028/previews", [("text", words), ("level", "2")])).text.strip()
    await editing.put("small-2028", "event", replace(EVENT, about=words), "olga@example.org")
    assert shown in (await olga.get("/organise/small-2028/preview/")).text
    assert "<script>" not in shown


def test_a_colour_that_could_not_be_read_is_shown_as_it_will_be() -> None:
    day, night = shades("#ffff00")
    assert day["before"] == "1.0"
    assert float(day["contrast"]) >= 5.5
    assert (night["before"], night["colour"]) == ("", "#ffff00")
    assert shades("nonsense") == []


async def test_what_speakers_may_change_until_when_and_how_letters_go_is_kept(olga: Client) -> None:
    fields = changed(
        await form(olga), abstract_words="250", biography_words="100", title_locked="2028-02-01",
        authors_locked="2028-02-15", presenter_locked="2028-03-01", showcases_open="yes", letters_wait="yes",
        quiet_minutes="", reach=" Olga@Small.example ",
    )  # fmt: skip
    assert (await send(olga, PAGE, fields)).headers["location"] == f"{PAGE}?done=saved"
    assert (await reading.draft("small-2028")).planning.rules == Rules(
        abstract_words=250, biography_words=100, title_locked=date(2028, 2, 1), authors_locked=date(2028, 2, 15),
        presenter_locked=date(2028, 3, 1), showcases_open=True, letters_wait=True, quiet_minutes=0,
        reach="olga@small.example",
    )  # fmt: skip
    unlocked = changed(await form(olga), title_locked="")
    assert (await send(olga, PAGE, unlocked)).headers["location"] == f"{PAGE}?done=saved"
    assert (await reading.draft("small-2028")).planning.rules.title_locked is None
