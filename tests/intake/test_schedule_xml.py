from __future__ import annotations

from datetime import UTC, date, datetime

from events_app.intake import Hints, Odd, read
from events_app.programme.lookup import index
from events_app.programme.model import Link, Part, Role, SessionKind

from .examples import example

FRAB = read(example("frab.schedule.xml"))


def test_the_event_is_read_with_its_zone_and_days() -> None:
    event = FRAB.programme.event
    assert (event.slug, event.name, event.zone) == ("owls-2028", "Night Owls 2028", "Europe/London")
    assert (event.starts, event.ends, event.day_change) == (date(2028, 3, 25), date(2028, 3, 26), 240)
    assert event.languages == ("en", "de")


def test_a_session_keeps_what_the_file_says_of_it() -> None:
    session = FRAB.programme.sessions[0]
    assert session.code == "ABC123"
    assert session.source == "session:guid:5d0f9f2e-1f7e-5b60-9c55-0a4a8f8f0011"
    assert session.title == "Letting go & counting"
    assert (session.kind, session.minutes, session.subtitle) == (SessionKind.KEYNOTE, 90, "A beginning")
    assert session.starts == datetime(2028, 3, 25, 13, tzinfo=UTC)
    assert (session.room, session.track) == ("aula", "trust")
    assert session.parts == (Part(person="bob-baker", role=Role.KEYNOTE),)


def test_abstract_and_description_are_one_text_without_saying_anything_twice() -> None:
    assert FRAB.programme.sessions[0].abstract == "We let go.\n\n- Slowly\n- See [why](https://owls.example/why)"


def test_links_and_attachments_are_links_that_can_be_followed() -> None:
    assert FRAB.programme.sessions[0].links == (
        Link(url="https://owls.example/more", label="More"),
        Link(url="https://owls.example/bare"),
        Link(url="https://owls.example/files/slides.pdf", label="Slides"),
    )


def test_markdown_stays_markdown_and_a_bare_less_than_stays_a_character() -> None:
    assert FRAB.programme.sessions[1].abstract == "**Plain** Markdown, and 3 < 4 for x \\<y>."


def test_what_runs_after_midnight_falls_on_the_day_under_which_it_is_listed() -> None:
    days = index(FRAB.programme).by_day
    assert [s.title for s in days[date(2028, 3, 25)]] == ["Letting go & counting", "Coffee", "After midnight"]


def test_tracks_are_read_from_wherever_they_stand() -> None:
    assert [(t.code, t.name, t.colour) for t in FRAB.programme.tracks] == [
        ("trust", "Trust & control", "#2f6f4f"),
        ("care", "Care", ""),
    ]


def test_people_are_known_by_their_ids_so_two_may_bear_one_name() -> None:
    assert [(p.code, p.source) for p in FRAB.programme.people] == [
        ("bob-baker", "person:id:2"),
        ("charlie-khan", "person:id:3"),
        ("charlie-khan-2", "person:id:4"),
    ]
    assert FRAB.programme.people[0].biography == "Bob works on *trust*."


def test_what_is_odd_is_taken_and_said() -> None:
    assert FRAB.odd == (
        Odd(where="event 14", what="its <duration> cannot be read; its length was taken as 60 minutes"),
        Odd(where="event 11", what="names a person without a name; they were left out"),
        Odd(where="event 11", what="has a link that is no web address; it was left out"),
        Odd(where="event 12", what="has several languages; the first was taken"),
        Odd(where="event 11", what="has a length of 0 minutes"),
        Odd(where="event 14", what="has no title; it was called “Untitled”"),
    )


def test_before_2012_events_stood_under_their_day_and_the_night_belonged_to_it() -> None:
    reading = read(example("pentabarf.schedule.xml"), Hints(zone="Europe/Brussels"))
    first, second = reading.programme.sessions
    assert (first.code, first.room, first.minutes) == ("0", "chavanne", 45)
    assert first.starts == datetime(2007, 2, 24, 14, tzinfo=UTC)
    assert second.starts == datetime(2007, 2, 25, 0, 30, tzinfo=UTC)
    assert [part.role for part in second.parts] == [Role.PANELLIST, Role.PANELLIST]
    assert reading.programme.event.day_change == 540
    assert reading.programme.event.starts == reading.programme.event.ends == date(2007, 2, 24)
    assert reading.odd == ()


def test_without_zone_and_hint_times_are_utc_and_it_is_said() -> None:
    reading = read(example("pentabarf.schedule.xml"))
    assert reading.programme.sessions[0].starts == datetime(2007, 2, 24, 15, tzinfo=UTC)
    said = "no time zone stated; times were taken as UTC; choose another with --zone or in the settings"
    assert reading.odd == (Odd(where="the event", what=said),)
    assert reading.guessed == ("zone",)


def test_wafer_writes_dates_in_utc_and_days_by_their_utc_date() -> None:
    reading = read(example("wafer.schedule.xml"))
    event = reading.programme.event
    assert (event.starts, event.ends, event.day_change) == (date(2023, 9, 10), date(2023, 9, 10), 180)
    assert reading.programme.sessions[0].starts == datetime(2023, 9, 10, 5, tzinfo=UTC)
    assert len(index(reading.programme).by_day[date(2023, 9, 10)]) == 2
    assert reading.odd == ()


def test_a_hinted_zone_that_the_offsets_deny_is_reported() -> None:
    data = example("frab.schedule.xml").replace(b"<time_zone_name>Europe/London</time_zone_name>", b"")
    assert read(data, Hints(zone="Europe/London")).programme.event == FRAB.programme.event
    odd = read(data, Hints(zone="Asia/Tokyo")).odd
    assert (
        Odd(where="the event", what="the times in the file have other offsets from UTC than Asia/Tokyo had then") in odd
    )


def test_a_moved_session_and_a_renamed_person_keep_their_sources() -> None:
    data = example("frab.schedule.xml")
    newer = data.replace(b"2028-03-25T13:00:00", b"2028-03-25T15:00:00").replace(b"Bob Baker", b"Robert Baker")
    reading = read(newer)
    assert [s.source for s in reading.programme.sessions] == [s.source for s in FRAB.programme.sessions]
    assert [p.source for p in reading.programme.people] == [p.source for p in FRAB.programme.people]
    assert reading.programme.sessions[0].starts == datetime(2028, 3, 25, 15, tzinfo=UTC)


def test_one_id_twice_gives_two_sessions_and_a_note() -> None:
    data = example("frab.schedule.xml").replace(b'id="14" guid="5d0f9f2e-1f7e-5b60-9c55-0a4a8f8f0014"', b'id="12"')
    data = data.replace(b'id="12" guid="5d0f9f2e-1f7e-5b60-9c55-0a4a8f8f0012"', b'id="12"')
    reading = read(data)
    assert [(s.code, s.source) for s in reading.programme.sessions if s.code.startswith("12")] == [
        ("12", "session:id:12"),
        ("12-2", "session:id:12#2"),
    ]
    assert Odd(where="event 12", what="its id is another’s too; both were taken, this as 12-2") in reading.odd


def test_layout_before_every_line_of_a_text_is_no_code_block() -> None:
    text = b"One\n                    two\n\n                    * three"
    data = example("wafer.schedule.xml").replace(b"<type>Long talk</type>", b"<abstract>" + text + b"</abstract>")
    assert read(data).programme.sessions[0].abstract == "One\ntwo\n\n* three"


def test_many_things_at_once_make_a_floor() -> None:
    event = b"""<event id="%d"><start>10:00</start><duration>01:00</duration><title>Stall</title></event>"""
    day = b'<day date="2028-03-25"><room name="Yard">' + b"".join(event % n for n in range(4)) + b"</room></day>"
    reading = read(b"<schedule><conference><title>T</title></conference>" + day + b"</schedule>", Hints(zone="UTC"))
    assert reading.programme.rooms[0].kind == "floor"
    assert reading.odd == (Odd(where="room Yard", what="holds 4 things at once; it was taken as a floor"),)
