"""The rules for feeds, each read back with icalendar or seen in the bytes."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import msgspec
import pytest

from events_app import intake
from events_app.programme.model import (
    CancelledHours,
    Programme,
    Role,
    Session,
    Slot,
    Staffing,
    Stamp,
    Track,
    Turn,
    Version,
    stamp_key,
)
from events_app.renditions import Site
from events_app.renditions.calendar import RENDITIONS
from events_app.renditions.vevent import folded, written
from tests.conference import EVENT, PROGRAMME, SESSIONS, at

SITE = Site(base="https://events.example")
PUBLISHED = datetime(2028, 1, 3, 10, 30, 15, tzinfo=UTC)
BY_ADDRESS = {rendition.address: rendition for rendition in RENDITIONS}


def stamped(programme: Programme, **stamps: Stamp) -> Programme:
    """As released on 3 January, with other stamps for some session codes."""
    keys = [stamp_key("event"), *(stamp_key("session", s.code) for s in (*programme.sessions, *programme.cancelled))]
    keys += [stamp_key("showcase", show.code, hours.code) for show in programme.showcases for hours in show.staffing]
    own = {stamp_key("session", code): stamp for code, stamp in stamps.items()}
    return msgspec.structs.replace(
        programme,
        stamps={key: Stamp(changed=PUBLISHED) for key in keys} | own,
        versions=(Version(number=1, revision=1, published=PUBLISHED),),
    )


def with_session(code: str = "K1", **fields: Any) -> Programme:
    sessions = tuple(msgspec.structs.replace(s, **fields) if s.code == code else s for s in SESSIONS)
    return stamped(msgspec.structs.replace(PROGRAMME, sessions=sessions))


RELEASED = stamped(PROGRAMME)


def feed(programme: Programme = RELEASED, address: str = "calendar.ics", **given: str) -> bytes:
    made = BY_ADDRESS[address].render(programme, SITE, given)
    assert made is not None
    return made


def entries(programme: Programme = RELEASED, address: str = "calendar.ics", **given: str) -> dict[str, icalendar.Event]:
    """The entries of a feed by the part of their UID before the event's, the event itself as `event`."""
    read = icalendar.Calendar.from_ical(feed(programme, address, **given)).walk("VEVENT")
    return {str(entry["UID"]).rpartition("@")[0] or "event": entry for entry in read}


def lines(made: bytes) -> list[bytes]:
    return made.replace(b"\r\n ", b"").split(b"\r\n")


# ---- structure


def test_every_line_ends_in_crlf_and_is_75_octets_at_most() -> None:
    made = feed(with_session(title="Ünï" * 60))
    assert made.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in made.replace(b"\r\n", b"")
    assert max(len(line) for line in made.split(b"\r\n")) <= 75
    assert not made.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("unit", ["e\u0301", "👩🏽\u200d🌾", "🇬🇧", "नि", "é", "\\n"])
def test_a_fold_cuts_nothing_that_is_seen_as_one(unit: str) -> None:
    for shift in range(80):
        line = "DESCRIPTION:" + "x" * shift + unit * 12
        pieces = folded(line).decode().removesuffix("\r\n").split("\r\n ")
        assert "".join(pieces) == line
        assert not "".join(piece.replace(unit, "") for piece in pieces).removeprefix("DESCRIPTION:").strip("x")


def test_an_endless_row_of_joined_characters_is_folded_all_the_same() -> None:
    made = folded("X:" + "a" + "\u0301" * 500)
    assert max(map(len, made.split(b"\r\n"))) <= 75


def test_text_is_escaped_and_comes_back_as_it_was() -> None:
    title = 'One, two; three\\ four \\new \\New: "five" ^\'^n'
    assert str(entries(with_session(title=title))["K1"]["SUMMARY"]).replace("\\\n", "\\N") in (title, title)
    assert rb"SUMMARY:One\, two\; three\\ four \\new \\New: " in b"\n".join(lines(feed(with_session(title=title))))


def test_control_characters_and_overrides_of_direction_are_left_out() -> None:
    made = feed(with_session(title="a\x00b\x07c\u202ed\ufeffe"))
    assert b"SUMMARY:abcde" in lines(made)


def test_every_kind_of_line_break_becomes_one() -> None:
    assert rb"SUMMARY:a\nb\nc\nd" in lines(feed(with_session(title="a\r\nb\rc\u2028d")))


def test_there_is_one_calendar_that_says_what_it_is_and_how_often_to_look() -> None:
    made = lines(feed())
    assert made[0] == b"BEGIN:VCALENDAR"
    assert made.count(b"BEGIN:VCALENDAR") == 1
    for line in (
        b"VERSION:2.0",
        b"PRODID:-//events_app//Programme//EN",
        b"NAME:Small Conference 2028",
        b"X-WR-CALNAME:Small Conference 2028",
        rb"DESCRIPTION:Public services\, together \xe2\x80\x93 The Exchange".replace(b"\\xe2\\x80\\x93", "–".encode()),
        b"X-WR-TIMEZONE:Europe/London",
        b"SOURCE;VALUE=URI:https://events.example/small-2028/calendar.ics",
        b"REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        b"X-PUBLISHED-TTL:PT1H",
    ):
        assert made.count(line) == 1, line


def test_a_slice_is_named_after_what_it_is_of() -> None:
    made = lines(feed(address="people/{code}.ics", code="bob-baker"))
    assert b"NAME:Small Conference 2028: Bob Baker" in made
    assert b"SOURCE;VALUE=URI:https://events.example/small-2028/people/bob-baker.ics" in made


def test_the_colour_is_the_nearest_that_has_a_name() -> None:
    coloured = msgspec.structs.replace(RELEASED, event=msgspec.structs.replace(EVENT, colour="#fe0203"))
    assert b"COLOR:red" in lines(feed(coloured))
    assert not [line for line in lines(feed()) if line.startswith(b"COLOR")]


def test_a_public_feed_has_no_method_no_attendee_no_alarm_no_recurrence_and_no_address_of_a_person() -> None:
    made = feed()
    for word in (b"METHOD", b"ATTENDEE", b"ORGANIZER", b"VALARM", b"RRULE", b"mailto"):
        assert word not in made


# ---- identity and change


def test_a_moved_and_renamed_session_keeps_its_uid() -> None:
    uid = entries()["K1"]["UID"]
    changed = with_session(title="Another", starts=at(26, 15), room="foyer")
    assert entries(changed)["K1"]["UID"] == uid == f"K1@{EVENT.uid}"


def test_an_entry_has_the_same_bytes_in_every_feed() -> None:
    whole = feed()
    for address, code in (("people/{code}.ics", "bob-baker"), ("rooms/{code}.ics", "foyer")):
        made = feed(address=address, code=code)
        for entry in made.split(b"BEGIN:VEVENT")[1:]:
            assert entry.removesuffix(b"END:VCALENDAR\r\n") in whole


def test_sequence_and_times_of_change_are_the_stamps() -> None:
    changed = datetime(2028, 2, 2, 2, 2, 2, tzinfo=UTC)
    entry = entries(stamped(PROGRAMME, K1=Stamp(sequence=3, changed=changed)))["K1"]
    assert entry["SEQUENCE"] == 3
    assert entry["DTSTAMP"].dt == entry["LAST-MODIFIED"].dt == changed


def test_the_same_programme_gives_the_same_bytes() -> None:
    again = msgspec.msgpack.decode(msgspec.msgpack.encode(RELEASED), type=Programme)
    assert feed(again) == feed()
    assert feed(PROGRAMME) == feed(msgspec.structs.replace(PROGRAMME))


def test_a_draft_says_so_and_counts_as_never_changed() -> None:
    entry = entries(PROGRAMME)["K1"]
    assert entry["SEQUENCE"] == 0
    assert entry["DTSTAMP"].dt == at(25, 0)
    assert str(entry["DESCRIPTION"]).startswith("Draft; latest: https://events.example/small-2028/sessions/K1")


def test_two_zones_that_show_one_instant_differently_are_told_apart() -> None:
    """Equal moments are one key to a cache, whatever their zone."""
    feed()
    abroad = msgspec.structs.replace(RELEASED, event=msgspec.structs.replace(EVENT, zone="Europe/Rome"))
    assert b"DTSTART;TZID=Europe/Rome:20280325T100000" in lines(feed(abroad))


# ---- time


def test_a_session_is_on_the_clocks_of_the_event_with_its_zone_in_the_file() -> None:
    made = lines(feed())
    assert b"DTSTART;TZID=Europe/London:20280325T090000" in made
    assert made.count(b"TZID:Europe/London") == 1


def test_a_session_across_the_change_to_summer_time_is_as_long_as_it_is() -> None:
    entry = entries()["N1"]
    assert entry["DTEND"].dt.astimezone(UTC) - entry["DTSTART"].dt.astimezone(UTC) == timedelta(hours=4)
    made = lines(feed())
    assert b"DTSTART;TZID=Europe/London:20280325T220000" in made
    assert b"DTEND;TZID=Europe/London:20280326T030000" in made


@pytest.mark.parametrize(
    ("zone", "starts", "local", "ends"),
    [
        ("Europe/Rome", datetime(2028, 3, 25, 23, tzinfo=UTC), b"20280326T000000", b"20280326T040000"),
        ("Europe/London", datetime(2028, 3, 26, 0, tzinfo=UTC), b"20280326T000000", b"20280326T040000"),
        ("Australia/Sydney", datetime(2028, 9, 30, 14, tzinfo=UTC), b"20281001T000000", b"20281001T040000"),
        ("Australia/Perth", datetime(2028, 9, 30, 16, tzinfo=UTC), b"20281001T000000", b"20281001T030000"),
    ],
)
def test_three_hours_in_the_night_of_the_clocks(zone: str, starts: datetime, local: bytes, ends: bytes) -> None:
    event = msgspec.structs.replace(EVENT, zone=zone, starts=starts.date(), ends=starts.date() + timedelta(days=1))
    night = Session(code="N", title="Night", starts=starts, minutes=180)
    programme = Programme(event=event, sessions=(night,))
    made = lines(feed(programme))
    assert f"DTSTART;TZID={zone}:".encode() + local in made
    assert f"DTEND;TZID={zone}:".encode() + ends in made
    entry = entries(programme)["N"]
    assert entry["DTEND"].dt.astimezone(UTC) - entry["DTSTART"].dt.astimezone(UTC) == timedelta(hours=3)


def test_what_lies_in_the_hour_that_comes_twice_is_told_in_utc() -> None:
    second = datetime(2028, 10, 29, 1, 30, tzinfo=UTC)  # 01:30 in London, for the second time
    first = second - timedelta(hours=1)
    programme = Programme(
        event=msgspec.structs.replace(EVENT, starts=date(2028, 10, 28), ends=date(2028, 10, 29)),
        sessions=(
            Session(code="A", title="First", starts=first, minutes=20),
            Session(code="B", title="Second", starts=second, minutes=20),
            Session(code="C", title="Across", starts=first, minutes=60),
        ),
    )
    made = entries(programme)
    assert made["A"]["DTSTART"].dt.astimezone(UTC) == first
    assert made["B"]["DTSTART"].dt == second
    assert made["C"]["DTEND"].dt == second
    assert b"DTSTART:20281029T013000Z" in lines(feed(programme))


def test_the_event_is_an_all_day_entry_that_makes_nobody_busy() -> None:
    entry = entries()["event"]
    assert entry["DTSTART"].dt == date(2028, 3, 25)
    assert entry["DTEND"].dt == date(2028, 3, 27)
    assert entry["TRANSP"] == "TRANSPARENT"
    assert entry["UID"] == EVENT.uid


def test_a_session_of_no_length_has_no_end() -> None:
    assert "DTEND" not in entries(with_session(minutes=0))["K1"]


def test_an_empty_programme_is_a_calendar_with_the_event_and_no_zone_that_nothing_uses() -> None:
    empty = Programme(event=EVENT)
    assert list(entries(empty)) == ["event"]
    assert b"VTIMEZONE" not in feed(empty)


# ---- cancelled, moved


GONE = Session(code="G1", title="Gone", starts=at(25, 9), room="aula", cancelled=True, track="care")
WITHOUT = stamped(msgspec.structs.replace(PROGRAMME, cancelled=(GONE,)), G1=Stamp(sequence=1, changed=PUBLISHED))


def test_a_cancelled_session_stays_and_says_so() -> None:
    entry = entries(WITHOUT)["G1"]
    assert entry["STATUS"] == "CANCELLED"
    assert entry["SUMMARY"] == "CANCELLED: Gone"
    assert entry["SEQUENCE"] == 1
    assert {e["STATUS"] for code, e in entries(WITHOUT).items() if code != "G1"} == {"CONFIRMED"}


def test_a_session_that_is_marked_as_cancelled_says_so_too() -> None:
    assert entries(with_session(cancelled=True))["K1"]["STATUS"] == "CANCELLED"


@pytest.mark.parametrize(("address", "code"), [("rooms", "aula"), ("tracks", "care"), ("sessions", "G1")])
def test_slices_tell_of_what_was_cancelled_in_them(address: str, code: str) -> None:
    assert "G1" in entries(WITHOUT, f"{address}/{{code}}.ics", code=code)


def test_the_cancelled_are_left_out_where_that_is_asked_for() -> None:
    assert "G1" not in entries(WITHOUT, cancelled="0")
    assert "K1" in entries(WITHOUT, cancelled="0")


def test_cancelled_hours_of_a_showcase_are_told() -> None:
    gone = CancelledHours(
        showcase="dadz",
        title="Salford Dadz",
        hours=Staffing(code="c", starts=at(26, 12), ends=at(26, 13)),
        floor="foyer",
        place="Table 7",
    )
    programme = stamped(msgspec.structs.replace(PROGRAMME, cancelled_staffing=(gone,)))
    entry = entries(programme)["dadz/c"]
    assert (entry["STATUS"], entry["SUMMARY"]) == ("CANCELLED", "CANCELLED: Showcase: Salford Dadz")
    assert entry["LOCATION"].startswith("Table 7, Foyer, ")
    assert "dadz/c" in entries(programme, "rooms/{code}.ics", code="foyer")


def test_a_moved_session_says_from_where() -> None:
    stamp = Stamp(sequence=1, changed=PUBLISHED, was=Slot(starts=at(26, 8), minutes=60, room="Room B"))
    description = str(entries(stamped(PROGRAMME, K1=stamp))["K1"]["DESCRIPTION"])
    assert description.split("\n\n")[1] == "Moved from Sun 26 March 09:00, Room B."


# ---- content


def test_the_first_line_says_as_of_when_it_is_and_where_the_latest_is() -> None:
    first = str(entries()["K1"]["DESCRIPTION"]).split("\n")[0]
    assert first == (
        "Programme as of Mon 3 January 2028, 10:30 (Europe/London); "
        "latest: https://events.example/small-2028/sessions/K1"
    )


def test_a_session_tells_its_panel_its_people_and_its_papers_with_times() -> None:
    description = str(entries()["P1-1"]["DESCRIPTION"]).split("\n\n")[1:]
    assert description == [
        "Panel P1: Trust in public services",
        "Chair: Alice Adler (Bonn)",
        "10:30 Letting go of the controls (Bob Baker, Charlie Khan)\n"
        "10:50 What neighbours know (Charlie Khan, Alice Adler)",
    ]


def test_papers_after_the_change_of_clocks_are_on_the_new_ones() -> None:
    made = entries(with_session("P1-2", minutes=90, turns=(Turn(paper="T3", minutes=30),)))
    assert "09:00 Rulebooks & targets: <less> is more (伊藤 Eve)" in str(made["P1-2"]["DESCRIPTION"])


def test_a_paper_that_has_the_whole_session_needs_no_time_of_its_own() -> None:
    assert "\nRulebooks & targets: <less> is more (伊藤 Eve)" in str(entries()["P1-2"]["DESCRIPTION"])


def test_the_abstract_is_plain_text() -> None:
    made = entries(with_session(abstract="A *long* one, see [here](https://a.example/).\n\n- one\n- two **bold**"))
    assert str(made["K1"]["DESCRIPTION"]).endswith("A long one, see here (https://a.example/).\n\n- one\n- two bold")


def test_every_role_has_a_name() -> None:
    for role in Role:
        part = msgspec.structs.replace(PROGRAMME.sessions[0].parts[0], role=role)
        assert "None" not in str(entries(with_session(parts=(part,)))["K1"]["DESCRIPTION"])


def test_the_place_is_room_building_and_address() -> None:
    assert entries()["K1"]["LOCATION"] == "Aula, Exchange, The Exchange, 3 Centenary Square, Birmingham B1 2DR"
    assert entries()["L1"]["LOCATION"] == "The Exchange, 3 Centenary Square, Birmingham B1 2DR"


def test_the_track_is_the_category_even_with_a_comma_in_its_name() -> None:
    track = Track(code="care", name="Care, and more; really")
    programme = msgspec.structs.replace(RELEASED, tracks=(PROGRAMME.tracks[0], track))
    assert entries(programme)["D2"]["CATEGORIES"].cats == ["Care, and more; really"]
    assert entries(programme)["P1-1"]["CATEGORIES"].cats == ["Trust and control"]  # its panel's
    assert "CATEGORIES" not in entries(programme)["K1"]


def test_the_hours_of_a_showcase_are_entries_of_their_own() -> None:
    entry = entries()["dadz/a"]
    assert entry["SUMMARY"] == "Showcase: Salford Dadz"
    assert str(entry["LOCATION"]).startswith("Table 7, Foyer, Exchange")
    assert entry["URL"] == "https://events.example/small-2028/showcases/dadz"
    assert entry["TRANSP"] == "TRANSPARENT"


# ---- slices


@pytest.mark.parametrize(
    ("collection", "code", "holds"),
    [
        ("panels", "P1", {"P1-1", "P1-2"}),
        ("people", "bob-baker", {"K1", "P1-1"}),
        ("people", "charlie-khan", {"P1-1"}),
        ("people", "charlie-khan-2", {"P1-1"}),
        ("people", "dana-osei", {"D1", "dadz/a", "dadz/b"}),
        ("rooms", "foyer", {"D1", "N1", "dadz/a", "dadz/b"}),
        ("tracks", "trust", {"P1-1", "P1-2"}),
        ("tracks", "care", {"D2"}),
        ("sessions", "K1", {"K1"}),
        ("sessions", "X1", {"event"}),
        ("showcases", "dadz", {"D1", "dadz/a", "dadz/b"}),
    ],
)
def test_a_slice_holds_what_concerns_it(collection: str, code: str, holds: set[str]) -> None:
    assert set(entries(address=f"{collection}/{{code}}.ics", code=code)) == holds


def test_the_whole_holds_all_that_has_a_time() -> None:
    assert set(entries()) == {"event", "K1", "P1-1", "L1", "D1", "D2", "N1", "P1-2", "dadz/a", "dadz/b"}


@pytest.mark.parametrize("collection", ["panels", "people", "rooms", "tracks", "sessions", "showcases"])
def test_there_is_no_slice_of_what_is_not_there(collection: str) -> None:
    assert BY_ADDRESS[f"{collection}/{{code}}.ics"].render(RELEASED, SITE, {"code": "nothing"}) is None


def test_someone_who_is_nowhere_has_a_calendar_with_the_event_alone() -> None:
    programme = msgspec.structs.replace(RELEASED, tracks=(*RELEASED.tracks, Track(code="new", name="New")))
    assert list(entries(programme, "tracks/{code}.ics", code="new")) == ["event"]


# ---- larger


@pytest.mark.slow
def test_after_one_change_only_that_entry_is_written_anew() -> None:
    sessions = tuple(Session(code=f"S{n}", title=f"Session {n}", starts=at(25, n % 24)) for n in range(100))
    programme = msgspec.structs.replace(RELEASED, sessions=sessions)
    changed = msgspec.structs.replace(sessions[0], title="Other")
    feed(programme)
    before = written.cache_info().misses
    feed(msgspec.structs.replace(programme, sessions=(changed, *sessions[1:])))
    assert written.cache_info().misses == before + 1


SHARED = Path(__file__).parents[2].parent / "shared"
CHECKER = SHARED / "tools" / "check_ics.py"
needs_checker = pytest.mark.skipif(not CHECKER.exists(), reason="the checker of feeds is not here")
COLLECTIONS = ("panels", "people", "rooms", "tracks", "sessions", "showcases")


def faults(programme: Programme, folder: Path, *, every: int = 1) -> list[str]:
    """What the checker says of the whole and of every n-th slice, where it finds anything at all."""
    codes = [("calendar.ics", "")]
    codes += [(f"{name}/{{code}}.ics", noun.code) for name in COLLECTIONS for noun in getattr(programme, name)[::every]]
    files = []
    for n, (address, code) in enumerate(codes):
        files.append(folder / f"{n}.ics")
        files[-1].write_bytes(feed(programme, address, code=code))
    command = [sys.executable, str(CHECKER), "--no-parsers", *map(str, files)]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    assert len([line for line in said if line.startswith("==")]) == len(files)
    return [line for line in said if not line.endswith(" 0 errors, 0 warnings")]


@needs_checker
def test_the_checker_finds_no_fault_in_any_feed(tmp_path: Path) -> None:
    assert faults(WITHOUT, tmp_path) == []


@needs_checker
@pytest.mark.slow
@pytest.mark.parametrize("name", ["fosdem-2026", "38c3-2024", "debconf23", "fosdem-2007"])
def test_the_checker_finds_no_fault_in_feeds_of_real_programmes(name: str, tmp_path: Path) -> None:
    programme = intake.read((SHARED / "data" / "schedule-xml" / name / "schedule.xml").read_bytes()).programme
    assert len(programme.sessions) > 50
    assert faults(stamped(programme), tmp_path, every=10) == []
