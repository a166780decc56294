from __future__ import annotations

import re

from msgspec.structs import replace

from events_app import editing, reading
from events_app.programme.model import Matter
from events_app.web.organiser.texts import mark
from tests.conference import EVENT

from .pages import Client, changed, controls, send

PAGE = "/organise/small-2028/texts"
WELCOME, THERE = EVENT.front[0], EVENT.back[0]


async def texts() -> tuple[tuple[Matter, ...], tuple[Matter, ...]]:
    event = (await reading.draft("small-2028")).programme.event
    return event.front, event.back


async def test_a_text_is_added_where_it_is_wanted(olga: Client) -> None:
    blank = await olga.get(f"{PAGE}/new?place=back")
    fields = changed(controls(blank.text, f"{PAGE}/new"), title="Wifi", text="Ask **us**.\r\n")
    answer = await send(olga, f"{PAGE}/new", fields)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?at=back-1&done=added")
    assert (await texts())[1] == (THERE, Matter(title="Wifi", text="Ask **us**."))
    assert "Wifi" in (await olga.get(PAGE)).text


async def test_a_text_without_a_title_is_refused_with_all_that_was_typed(olga: Client) -> None:
    answer = await send(olga, f"{PAGE}/new", [("title", ""), ("place", "front"), ("text", "Typed")])
    assert answer.status_code == 422
    assert ("text", "Typed") in controls(answer.text, f"{PAGE}/new")
    assert await texts() == (EVENT.front, EVENT.back)


async def test_a_text_is_revised_and_sent_unchanged_it_stays(olga: Client) -> None:
    action = f"{PAGE}/front/0"
    fields = controls((await olga.get(action)).text, action)
    assert (await send(olga, action, fields)).headers["location"].endswith("done=same")
    assert (await send(olga, action, changed(fields, text="Come in."))).headers["location"].endswith("done=saved")
    assert (await texts())[0] == (replace(WELCOME, text="Come in."),)


async def test_a_preview_shows_what_was_typed_and_saves_nothing(olga: Client) -> None:
    action = f"{PAGE}/front/0"
    fields = changed(controls((await olga.get(action)).text, action), text="Come **in**.", do="preview")
    answer = await send(olga, action, fields)
    assert (answer.status_code, "<strong>in</strong>" in answer.text) == (200, True)
    assert await texts() == (EVENT.front, EVENT.back)


async def test_a_stale_save_shows_both_texts_and_loses_neither(olga: Client) -> None:
    action = f"{PAGE}/front/0"
    fields = changed(controls((await olga.get(action)).text, action), text="Mine.")
    theirs = replace(EVENT, front=(Matter(title="First", text="New"), replace(WELCOME, text="Theirs.")))
    await editing.put("small-2028", "event", theirs, "eve@example.org")
    both = await send(olga, action, fields)
    assert both.status_code == 409
    assert ">Mine.<" in both.text
    assert ">Theirs.<" in both.text
    assert await texts() == (theirs.front, theirs.back)
    action = f"{PAGE}/front/1"  # where it stands now
    assert (await send(olga, action, controls(both.text, action))).status_code == 303
    assert (await texts())[0] == (theirs.front[0], replace(WELCOME, text="Mine."))


async def test_what_somebody_has_removed_meanwhile_can_be_added_again(olga: Client) -> None:
    action = f"{PAGE}/front/0"
    fields = changed(controls((await olga.get(action)).text, action), text="Mine.")
    await editing.put("small-2028", "event", replace(EVENT, front=()), "eve@example.org")
    both = await send(olga, action, fields)
    assert both.status_code == 409
    assert (await send(olga, f"{PAGE}/new", controls(both.text, f"{PAGE}/new"))).status_code == 303
    assert (await texts())[0] == (replace(WELCOME, text="Mine."),)


async def test_the_buttons_move_and_remove_and_the_next_press_is_at_hand(olga: Client) -> None:
    meant = [("place", "front"), ("n", "0"), ("mark", mark(WELCOME))]
    answer = await send(olga, f"{PAGE}/moves", [*meant, ("way", "down")])
    assert answer.headers["location"] == f"{PAGE}?at=back-0&way=down"
    page = (await olga.get(answer.headers["location"])).text
    assert re.search(r'aria-label="Down: Welcome" autofocus', page)
    assert await texts() == ((), (WELCOME, THERE))
    assert (
        await send(olga, f"{PAGE}/removals", [("place", "back"), ("n", "0"), ("mark", mark(WELCOME))])
    ).status_code == 303
    assert await texts() == ((), (THERE,))


async def test_a_button_of_a_page_that_is_too_old_does_nothing(olga: Client) -> None:
    for address in (f"{PAGE}/moves", f"{PAGE}/removals"):
        for fields in ([("place", "front"), ("n", "0"), ("mark", "x"), ("way", "up")], []):
            assert (await send(olga, address, fields)).status_code in (404, 409)
    assert await texts() == (EVENT.front, EVENT.back)


async def test_there_is_no_page_of_a_text_that_is_not_there(olga: Client) -> None:
    for where in ("front/1", "front/99999", "middle/0", "front/-1", "front/x"):
        assert (await olga.get(f"{PAGE}/{where}")).status_code == 404, where
