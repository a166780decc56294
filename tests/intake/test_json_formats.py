"""schedule.json, pretalx, Sessionize, and the bundles of single sites."""

from __future__ import annotations

from datetime import UTC, date, datetime

from events_app.intake import Hints, Odd, Reading, read
from events_app.intake.kinds import kind_of
from events_app.programme.lookup import index
from events_app.programme.model import Link, Role, RoomKind, SessionKind

from .examples import example

LONDON = Hints(slug="small", zone="Europe/London")


def brief(reading: Reading) -> list[tuple[str, str, str, int, str]]:
    return [(s.code, s.title, s.kind.value, s.minutes, s.room) for s in reading.programme.sessions]


def said(reading: Reading) -> set[str]:
    return {one.what for one in reading.odd}


def test_schedule_json_is_read_with_its_nights() -> None:
    reading = read(example("schedule.json"))
    assert brief(reading) == [
        ("MJA8QY", "Letting go", "talk", 40, "aula"),
        ("16", "Late", "social", 60, "aula"),
    ]
    assert reading.programme.event.day_change == 240
    assert len(index(reading.programme).by_day[date(2028, 7, 1)]) == 2
    assert reading.programme.sessions[0].links == (
        Link(url="https://owls.example/a"), Link(url="https://owls.example/b", label="B"))  # fmt: skip
    assert [(p.code, p.source) for p in reading.programme.people] == [
        ("bob-baker", "person:code:SCD9VJ"),
        ("alice-adler", "person:name:alice adler"),
    ]
    assert reading.programme.rooms[0].capacity == 300


def test_schedule_json_2_lists_events_apart_from_rooms_and_people() -> None:
    reading = read(example("schedule2.json"))
    assert brief(reading) == [("HQCCYH", "Opening", "talk", 30, "saal-1")]
    assert reading.programme.sessions[0].track == "trust"
    assert reading.programme.people[0].biography == "Alice."
    assert reading.odd == ()


def test_pretalx_talks_are_read_and_the_withdrawn_left_out() -> None:
    reading = read(example("pretalx-talks.json"), LONDON)
    assert brief(reading) == [
        ("3C3MFL", "What neighbours know", "talk", 30, "room-b"),
        ("LUNCH1", "Lunch", "break", 60, "foyer"),
        ("OPEN01", "Not placed", "talk", 45, ""),
    ]
    assert reading.programme.sessions[2].starts is None
    assert Odd(where="talk GONE01", what="is not accepted, or withdrawn; it was left out") in reading.odd
    assert reading.programme.sessions[0].links == (Link(url="https://owls.example/slides.pdf", label="Slides"),)


def test_pages_of_the_pretalx_api_are_read_like_the_list() -> None:
    page = b'{"count": 4, "next": null, "results": ' + example("pretalx-talks.json") + b"}"
    assert read(page, LONDON) == read(example("pretalx-talks.json"), LONDON)


def test_a_sprint_of_two_days_is_two_sessions() -> None:
    reading = read(example("pretalx-grid.json"), Hints(zone="Europe/Paris"))
    assert brief(reading) == [
        ("38LRHE", "Accueil", "keynote", 45, "b003"),
        ("AUCULM", "Sprint", "workshop", 420, "d1"),
        ("AUCULM-2", "Sprint", "workshop", 420, "d1"),
        ("saturday-lunch", "Lunch", "break", 0, ""),
    ]
    assert [s.starts and s.starts.day for s in reading.programme.sessions] == [1, 30, 31, 1]
    assert reading.programme.sessions[3].starts == datetime(2028, 11, 1, 11, 30, tzinfo=UTC)
    assert reading.programme.rooms[0].capacity == 290


def test_sessionize_all_joins_its_parts() -> None:
    reading = read(example("sessionize-all.json"), LONDON)
    assert brief(reading) == [
        ("774291", "Trust & control", "workshop", 90, "aula"),
        ("lunch", "Lunch", "break", 60, "aula"),
    ]
    assert reading.programme.sessions[0].starts == datetime(2028, 3, 25, 9, tzinfo=UTC)
    assert [(p.name, p.sorts_as) for p in reading.programme.people] == [
        ("Bob van Baker", "van Baker, Bob"),
        ("Idle Ira", "Ira, Idle"),
    ]
    assert reading.guessed == ("name",)


def test_sessionize_gridsmart_counts_each_session_once() -> None:
    reading = read(example("sessionize-gridsmart.json"), LONDON)
    assert brief(reading) == [("731273", "Letting go", "keynote", 50, "aula")]
    assert reading.programme.sessions[0].parts[0].role is Role.KEYNOTE


def test_sessionize_sessions_is_read_and_what_it_lacks_is_said() -> None:
    view = b'[{"groupId": null, "sessions": [{"id": "1", "title": "A", "startsAt": "2028-03-25T09:00:00",'
    view += b'"endsAt": "2028-03-25T10:00:00", "isServiceSession": false, "speakers": [], "room": "Aula"}]}]'
    reading = read(view, LONDON)
    assert brief(reading) == [("1", "A", "talk", 60, "aula")]
    assert any("“All” holds everything" in what for what in said(reading))


def test_conference_json_takes_the_first_of_several_rooms() -> None:
    reading = read(example("conference.json"), LONDON)
    assert brief(reading) == [
        ("98", "Letting go", "talk", 30, "hall-a"),
        ("99", "Soltar", "talk", 30, "hall-b"),
        ("100", "Lunch", "break", 60, "hall-a"),
    ]
    assert [s.cancelled for s in reading.programme.sessions] == [False, True, False]
    assert reading.programme.sessions[0].abstract == "We **let** go"
    assert "is in several rooms (Hall A, Hall B); the first was taken" in said(reading)


def test_the_iosched_bundle_drops_people_without_names() -> None:
    reading = read(example("iosched.json"), Hints(zone="America/Los_Angeles"))
    assert brief(reading) == [("reviews", "Reviews", "meeting", 30, "amphitheatre")]
    assert [(p.name, p.affiliation, p.links) for p in reading.programme.people] == [
        ("Dana Osei", "Salford Dadz", (Link(url="https://dadz.example/", label="Website"),))
    ]
    assert reading.programme.tracks[0].name == "Care"
    assert "names a person without a name; they were left out" in said(reading)


def test_the_line_up_reports_slips_of_the_pen() -> None:
    reading = read(example("lineup.json"), LONDON)
    assert brief(reading) == [
        ("309", "Zombies", "talk", 40, "stage-a"),
        ("x102", "Soldering", "workshop", 0, "stage-a"),
        ("x337", "Two years ago", "talk", 120, "stage-a"),
    ]
    assert reading.programme.event.starts == reading.programme.event.ends == date(2028, 9, 2)
    assert "is on 2016-08-05, far from all else; it was taken without a time" in said(reading)
    assert "ends before it starts; its length was taken as 0 minutes" in said(reading)


def test_a_room_by_its_name_may_be_a_floor() -> None:
    assert read(example("pretalx-talks.json")).programme.rooms[1].kind is RoomKind.FLOOR


def test_kinds_are_told_by_words_in_the_files_own_languages() -> None:
    assert kind_of("Podium") is SessionKind.DISCUSSION
    assert kind_of("Table ronde") is SessionKind.ROUNDTABLE
    assert kind_of("open_space") is SessionKind.OPEN_SPACE
    assert kind_of("", "Morning coffee break", people=False) is SessionKind.BREAK
    assert kind_of("", "Breaking the web", people=False) is SessionKind.TALK
