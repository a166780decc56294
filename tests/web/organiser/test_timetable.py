"""The timetable editor: its forms, what it tells its script, and who may use it."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from litestar.testing import AsyncTestClient

from events_app import editing, reading
from events_app.app import App
from events_app.programme.lookup import index
from events_app.programme.model import Programme, Room, Session
from events_app.programme.placing import Position, position
from events_app.web.organiser import board, positions
from tests.conference import EVENT, PROGRAMME, at
from tests.web.conftest import OLGA, sign_in

Client = AsyncTestClient[App]
SLUG = "small-2028"
PAGE = f"/organise/{SLUG}/timetable"
JSON = {"accept": "application/json"}


async def session(code: str) -> Session:
    return index((await reading.draft(SLUG)).programme).sessions[code]


async def seen(code: str) -> str:
    return positions.written(position(await session(code)))


async def revision() -> int:
    return (await reading.draft(SLUG)).revision


def told(answer: Any) -> Any:
    assert answer.headers["cache-control"] == "no-store"
    return answer.json()


async def test_the_day_holds_its_sessions_and_what_is_not_placed(olga: Client) -> None:
    answer = await olga.get(f"{PAGE}?day=2028-03-25")
    assert answer.status_code == 200
    data = answer.text.partition('<div id="tt-data" hidden>')[2].partition("</div>")[0]
    shown = msgspec.json.decode(data)
    assert [item["code"] for item in shown["sessions"]] == ["K1", "P1-1", "L1", "D2", "D1", "N1", "X1"]
    assert [room["code"] for room in shown["rooms"]] == ["aula", "room-b", "foyer", ""]
    assert (positions.moment(shown["first"]), positions.moment(shown["last"])) == (at(25, 8), at(26, 2))
    assert shown["news"]["revision"] == await revision()
    assert shown["me"] == OLGA


async def test_a_title_cannot_end_the_data(olga: Client) -> None:
    hostile = msgspec.structs.replace(PROGRAMME.sessions[0], title="</div><script>&lt;alert(1)")
    await editing.put(SLUG, "sessions", hostile, OLGA)
    data = (await olga.get(PAGE)).text.partition('<div id="tt-data" hidden>')[2].partition("</div>")[0]
    assert msgspec.json.decode(data)["sessions"][0]["title"] == hostile.title
    assert "<" not in data


async def test_without_a_day_the_first_one_is_shown_and_any_other_can_be(olga: Client) -> None:
    assert "Saturday 25 March" in (await olga.get(PAGE)).text
    assert "Nothing is planned for this day yet." in (await olga.get(f"{PAGE}?day=2030-01-01")).text


async def test_a_form_places_a_session_and_leads_back_to_its_day(olga: Client) -> None:
    form = {"day": "2028-03-26", "time": "10:30", "room": "aula", "minutes": "50", "seen": await seen("X1")}
    answer = await olga.post(f"{PAGE}/X1/slot", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?day=2028-03-26&done=1")
    assert position(await session("X1")) == Position(starts=at(26, 9, 30), room="aula", minutes=50)  # summer time


async def test_the_small_hours_belong_to_the_day_before(olga: Client) -> None:
    await olga.post(f"{PAGE}/X1/slot", data={"day": "2028-03-25", "time": "00:30", "room": "foyer", "minutes": "30"})
    assert (await session("X1")).starts == at(26, 0, 30)


async def test_a_free_slot_is_one_press(olga: Client) -> None:
    page = await olga.get(f"{PAGE}/X1?day=2028-03-25")
    slot = positions.written(Position(starts=at(25, 9), room="room-b", minutes=45))
    assert f'<button name="slot" value="{slot}">' in page.text
    await olga.post(f"{PAGE}/X1/slot", data={"slot": slot, "seen": await seen("X1")})
    assert position(await session("X1")) == Position(starts=at(25, 9), room="room-b", minutes=45)


async def test_a_session_goes_back_to_the_tray(olga: Client) -> None:
    await olga.post(f"{PAGE}/K1/slot", data={"tray": "1", "seen": await seen("K1")})
    assert position(await session("K1")) == Position(minutes=60)


async def test_the_page_of_a_session_says_what_is_wrong_with_its_place(olga: Client) -> None:
    await editing.place(SLUG, "K1", at(25, 13), "aula", OLGA)
    assert "Aula holds “Open discussion” from 13:00 to 14:00." in (await olga.get(f"{PAGE}/K1")).text


async def test_a_stale_form_shows_both_positions_and_offers_to_move_it_all_the_same(olga: Client) -> None:
    before = await seen("K1")
    await editing.place(SLUG, "K1", at(25, 11), "room-b", "otto@example.org")
    form = {"day": "2028-03-25", "time": "08:00", "room": "aula", "minutes": "60", "seen": before}
    answer = await olga.post(f"{PAGE}/K1/slot", data=form)
    assert answer.status_code == 409
    assert "otto@example.org has moved “Opening keynote” since you looked." in answer.text
    assert "<dd>Sat 25 March, 11:00–12:00, Room B</dd>" in answer.text
    assert "<dd>Sat 25 March, 08:00–09:00, Aula</dd>" in answer.text
    assert 'name="time" value="08:00"' in answer.text
    assert 'name="seen"' not in answer.text
    assert (await session("K1")).starts == at(25, 11)
    form.pop("seen")
    assert (await olga.post(f"{PAGE}/K1/slot", data=form)).status_code == 303
    assert (await session("K1")).starts == at(25, 8)


async def test_the_script_is_told_of_both_positions_too(olga: Client) -> None:
    before = await seen("K1")
    await editing.place(SLUG, "K1", at(25, 11), "room-b", "otto@example.org")
    slot = positions.written(Position(starts=at(25, 8), room="aula", minutes=60))
    answer = await olga.post(f"{PAGE}/K1/slot", data={"slot": slot, "seen": before}, headers=JSON)
    assert answer.status_code == 409
    assert told(answer) == {
        "code": "K1",
        "title": "Opening keynote",
        "sentence": "Somebody else has changed the session K1 meanwhile; nothing was saved over it.",
        "present": "Sat 25 March, 11:00–12:00, Room B",
        "wanted": "Sat 25 March, 08:00–09:00, Aula",
        "seen": await seen("K1"),
        "slot": slot,
        "who": "otto@example.org",
    }


async def test_a_move_answers_what_has_changed_since(olga: Client) -> None:
    since = await revision()
    await editing.place(SLUG, "D2", at(25, 16), "aula", "otto@example.org")
    slot = positions.written(Position(starts=at(25, 16), room="aula", minutes=60))
    answer = await olga.post(f"{PAGE}/K1/slot", data={"slot": slot, "since": str(since)}, headers=JSON)
    news = told(answer)
    assert news["revision"] == since + 2
    assert {item["code"]: item["seen"] for item in news["sessions"]} == {"D2": slot, "K1": slot}
    assert news["by"] == {"D2": "otto@example.org", "K1": OLGA}
    assert any("Aula is used twice on Sat 25 March, 16:00–17:00" in f["sentence"] for f in news["findings"])
    assert news["undo"] == "move “Opening keynote”"


async def test_what_others_do_is_heard_and_silence_is_cheap(olga: Client) -> None:
    since = await revision()
    quiet = await olga.get(f"{PAGE}/-/changes?since={since}")
    assert (quiet.status_code, quiet.content) == (204, b"")
    await editing.place(SLUG, "K1", at(25, 11), "room-b", "otto@example.org")
    news = told(await olga.get(f"{PAGE}/-/changes?since={since}"))
    assert [(item["code"], item["room"]) for item in news["sessions"]] == [("K1", "room-b")]
    await editing.remove(SLUG, "sessions", "X1", "otto@example.org")
    assert told(await olga.get(f"{PAGE}/-/changes?since={since + 1}"))["gone"] == ["X1"]
    await editing.put(SLUG, "rooms", msgspec.structs.replace(PROGRAMME.rooms[0], name="Hall"), "otto@example.org")
    assert told(await olga.get(f"{PAGE}/-/changes?since={since + 2}"))["reload"] is True


async def test_where_it_would_clash_is_told_in_minutes_and_sentences(olga: Client) -> None:
    marks = told(await olga.get(f"{PAGE}/X1/clashes?day=2028-03-25"))
    keynote = next(mark for mark in marks if "Opening keynote" in mark["sentence"])
    assert keynote == {
        "after": positions.minute(at(25, 8, 15)),
        "before": positions.minute(at(25, 10)),
        "sentence": "Aula holds “Opening keynote” from 09:00 to 10:00.",
        "error": True,
        "rooms": ["aula"],
    }
    longer = told(await olga.get(f"{PAGE}/X1/clashes?day=2028-03-25&minutes=90"))
    assert next(m for m in longer if "Opening keynote" in m["sentence"])["after"] == positions.minute(at(25, 7, 30))


async def test_two_sessions_are_swapped(olga: Client) -> None:
    form = {"other": "D2", "seen": await seen("K1"), "other_seen": await seen("D2")}
    assert (await olga.post(f"{PAGE}/K1/swap", data=form)).status_code == 303
    assert ((await session("K1")).starts, (await session("D2")).starts) == (at(25, 13), at(25, 9))


async def test_a_panel_and_a_day_are_moved_together(olga: Client) -> None:
    await olga.post(f"{PAGE}/-/moves", data={"panel": "P1", "minutes": "30", "room": "aula", "back": "2028-03-25"})
    assert position(await session("P1-2")) == Position(starts=at(26, 8, 30), room="aula", minutes=60)
    answer = await olga.post(f"{PAGE}/-/moves", data={"day": "2028-03-26", "minutes": "-30"})
    assert answer.headers["location"] == f"{PAGE}?day=2028-03-26&done=1"
    assert (await session("P1-2")).starts == at(26, 8)


async def test_a_panel_of_which_something_was_moved_meanwhile_asks_first(olga: Client) -> None:
    since = str(await revision())
    await editing.place(SLUG, "P1-2", at(26, 10), "room-b", "otto@example.org")
    form = {"panel": "P1", "minutes": "30", "since": since}
    assert (await olga.post(f"{PAGE}/-/moves", data=form)).status_code == 409
    form.pop("since")
    assert (await olga.post(f"{PAGE}/-/moves", data=form)).status_code == 303
    assert (await session("P1-2")).starts == at(26, 10, 30)


async def test_a_panel_without_waiting_papers_is_refused_in_a_sentence(olga: Client) -> None:
    answer = await olga.post(f"{PAGE}/-/splits", data={"panel": "P1"}, headers={"accept": "text/html"})
    assert answer.status_code == 409
    assert "Panel P1 has no accepted paper that is in no session yet." in answer.text


async def test_ones_own_step_is_taken_back_and_done_again(olga: Client) -> None:
    await editing.place(SLUG, "D2", at(25, 15), "aula", "otto@example.org")
    assert (await olga.post(f"{PAGE}/-/undos")).status_code == 303  # nothing of hers: nothing happens
    assert (await session("D2")).starts == at(25, 15)
    await editing.place(SLUG, "K1", at(25, 8), "aula", OLGA)
    await olga.post(f"{PAGE}/-/undos")
    assert (await session("K1")).starts == at(25, 9)
    await olga.post(f"{PAGE}/-/redos")
    assert (await session("K1")).starts == at(25, 8)


async def test_a_step_on_which_others_have_built_is_not_taken_back_but_can_be_moved_there(olga: Client) -> None:
    await editing.place(SLUG, "K1", at(25, 8), "aula", OLGA)
    await editing.place(SLUG, "K1", at(25, 11), "room-b", "otto@example.org")
    answer = await olga.post(f"{PAGE}/-/undos")
    assert answer.status_code == 409
    slot = positions.written(Position(starts=at(25, 9), room="aula", minutes=60))
    assert f'action="{PAGE}/K1/slot"' in answer.text
    assert f'<input type="hidden" name="slot" value="{slot}">' in answer.text
    assert (await session("K1")).starts == at(25, 11)


@pytest.mark.parametrize(
    "form",
    [
        {"day": "2028-03-25", "time": "25:00", "minutes": "60"},
        {"day": "yesterday", "time": "10:00", "minutes": "60"},
        {"day": "2028-03-25", "time": "10:00", "minutes": "an hour"},
        {"slot": "99999999999999999 60 aula"},
        {"slot": "nonsense"},
        {"room": "aula"},
        {"day": "2028-03-25", "time": "10:00", "minutes": "60", "seen": "nonsense"},
    ],
)
async def test_what_is_no_time_is_refused(olga: Client, form: dict[str, str]) -> None:
    assert (await olga.post(f"{PAGE}/K1/slot", data=form)).status_code == 400
    assert position(await session("K1")) == Position(starts=at(25, 9), room="aula")


@pytest.mark.parametrize(
    ("form", "status"), [({"room": "nowhere", "time": "10:00", "day": "2028-03-25"}, 409), ({"slot": "- 0"}, 409)]
)
async def test_what_cannot_be_is_refused(olga: Client, form: dict[str, str], status: int) -> None:
    assert (await olga.post(f"{PAGE}/K1/slot", data=form)).status_code == status
    assert (await session("K1")).room == "aula"


async def test_a_session_that_is_not_there_is_not_found(olga: Client) -> None:
    for address in ("NO", "NO/clashes"):
        assert (await olga.get(f"{PAGE}/{address}")).status_code == 404
    assert (await olga.post(f"{PAGE}/NO/slot")).status_code == 404


async def test_a_session_goes_to_another_day_at_the_same_time_in_the_same_room(olga: Client) -> None:
    since = await revision()
    form = {"day": "2028-03-26", "seen": await seen("K1"), "since": str(since)}
    news = told(await olga.post(f"{PAGE}/K1/day", data=form, headers=JSON))
    assert news["said"] == "“Opening keynote”: Sun 26 March, 09:00–10:00, Aula."
    assert (await session("K1")).starts == at(26, 8)  # nine o'clock, in summer time
    again = await olga.post(f"{PAGE}/K1/day", data={"day": "2028-03-25"})
    assert again.headers["location"] == f"{PAGE}?day=2028-03-25&done=1"


async def test_where_it_is_not_free_on_that_day_it_waits_in_the_tray_and_says_why(olga: Client) -> None:
    await editing.place(SLUG, "D2", at(26, 8), "aula", OLGA)
    news = told(await olga.post(f"{PAGE}/K1/day", data={"day": "2028-03-26"}, headers=JSON))
    assert "is in the tray: on Sunday 26 March its place is not free" in news["said"]
    assert (await session("K1")).starts is None
    await olga.post(f"{PAGE}/-/undos")
    assert (await session("K1")).starts == at(25, 9)


async def test_a_move_to_a_day_of_what_was_moved_meanwhile_is_refused_with_both_positions(olga: Client) -> None:
    before = await seen("K1")
    await editing.place(SLUG, "K1", at(25, 12), "aula", "eve@example.org")
    answer = await olga.post(f"{PAGE}/K1/day", data={"day": "2028-03-26", "seen": before}, headers=JSON)
    assert answer.status_code == 409
    assert "12:00" in answer.json()["present"]


def many_rooms() -> Programme:
    rooms = tuple(Room(code=f"r{n}", name=f"R{n}", building="East" if n % 2 else "West") for n in range(10))
    return msgspec.structs.replace(PROGRAMME, rooms=(*PROGRAMME.rooms, *rooms))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("used", ["aula", "room-b", "foyer"]),
        ("in East", ["r1", "r3", "r5", "r7", "r9"]),
        ("in Nowhere", None),
        ("", None),
    ],
)
def test_the_rooms_of_a_large_house_are_narrowed_down(asked: str, shown: list[str] | None) -> None:
    programme = many_rooms()
    found = board.chosen_rooms(programme, date(2028, 3, 25), asked)
    assert found.asked == (asked if shown else "")
    everything = [room.code for room in programme.rooms]
    wanted = everything if shown is None else shown
    assert sorted(room.code for room in found.rooms) == sorted(set(wanted) & set(everything))


async def test_narrowed_rooms_stay_in_the_address_from_day_to_day(olga: Client) -> None:
    for room in many_rooms().rooms:
        await editing.put(SLUG, "rooms", room, OLGA)
    text = (await olga.get(f"{PAGE}?day=2028-03-25&rooms=in+East")).text
    assert f'href="{PAGE}?day=2028-03-26&amp;rooms=in%20East"' in text
    assert '<option value="in East" selected>East</option>' in text
    assert "tt-rooms" not in (await olga.get(f"/organise/{SLUG}/")).text


WAYS = [
    ("GET", ""), ("GET", "/-/changes"), ("GET", "/K1"), ("GET", "/K1/clashes"), ("POST", "/K1/slot"),
    ("POST", "/K1/swap"), ("POST", "/K1/day"),
    ("POST", "/-/moves"), ("POST", "/-/splits"), ("POST", "/-/undos"), ("POST", "/-/redos"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "way"), WAYS)
async def test_only_organisers_of_the_event_come_in(client: Client, method: str, way: str) -> None:
    assert (await client.request(method, PAGE + way)).status_code == 403
    await sign_in(client, "pat@example.org")
    assert (await client.request(method, PAGE + way)).status_code == 403


def test_a_position_is_written_and_read_back() -> None:
    for where in (
        Position(),
        Position(starts=at(25, 9), room="aula", minutes=5),
        Position(starts=at(25, 9), minutes=5),
    ):
        assert positions.read(positions.written(where)) == where


def test_a_day_is_shown_from_eight_to_seven_and_as_long_as_anything_is_on() -> None:
    assert board.hours(PROGRAMME, date(2028, 3, 25)) == (at(25, 8), at(26, 2))
    assert board.hours(PROGRAMME, date(2028, 3, 26)) == (at(26, 7), at(26, 18))  # summer time
    assert board.hours(PROGRAMME, EVENT.ends.replace(day=28)) == (at(28, 7), at(28, 18))
