"""Spreadsheets: the template filled in, lists as organisers keep them, and what stands in their cells."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from events_app.intake import Hints, Odd, Reading, read, template
from events_app.intake.table import cells, columns
from events_app.intake.table.workbook import Cell
from events_app.programme.lookup import index
from events_app.programme.model import Link, Matter, Part, Role, Session, SessionKind, Staffing, Turn
from events_app.programme.planning import Availability, Contact, Expected, Needs

from .examples import example

LONDON = Hints(slug="small", zone="Europe/London")


def table(*rows: str) -> Reading:
    """What a CSV of these lines is read as."""
    return read("\n".join(rows).encode(), LONDON)


def said(reading: Reading) -> list[str]:
    return [f"{one.where}: {one.what}" for one in reading.odd if one.where != "the event"]


def filled(**sheets: list[dict[str, Cell]]) -> bytes:
    """The template with rows under the columns of these titles."""
    book = load_workbook(io.BytesIO(template()))
    for name, rows in sheets.items():
        page = book[name]
        places = {page.cell(1, n).value: n for n in range(1, page.max_column + 1)}
        for row in rows:
            number = page.max_row + 1
            for title, value in row.items():
                if name == "Event":
                    number = next(n for n in range(1, page.max_row + 1) if page.cell(n, 1).value == title)
                    page.cell(number, 2, value)
                else:
                    page.cell(number, places[title], value)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


FILLED = filled(
    Event=[
        {
            "Name": "Small Conference 2028",
            "Short name": "small-2028",
            "First day": date(2028, 3, 25),
            "Last day": datetime(2028, 3, 26),
            "Time zone": "Europe/London",
            "Day begins at": time(4),
            "Languages": "en, fr",
            "Website": "small.example",
        }
    ],
    Texts=[
        {"Title": "Welcome", "Text": "You are *welcome*."},
        {"Title": "Getting there", "Text": "Five minutes.", "Where": "back"},
    ],
    Rooms=[
        {"Code": "aula", "Name": "Aula", "Capacity": 300, "Building": "Exchange", "Level": 0, "Step-free": "yes"},
        {"Name": "Foyer", "Kind": "floor", "Step-free": "no"},
    ],
    Tracks=[{"Name": "Trust", "Colour": "#2F6F4F"}],
    Panels=[
        {"Code": "P1", "Title": "Trust in services", "Chairs": "Alice Adler (Bonn)", "Track": "trust"},
    ],
    Sessions=[
        {"Code": "K1", "Title": "Keynote", "Kind": "keynote", "Date": date(2028, 3, 25), "Start": time(9, 30),
         "End": time(11), "Room": "Aula", "Keynote speaker": "Bob Baker (Aston)", "Expected": 250},
        {"Panel": "P1", "Date": "25/03/2028", "Start": "11.30", "Minutes": 90, "Room": "aula", "Chair": "Alice Adler",
         "Discussant": "Eve Ito"},
        {"Panel": "P1: Trust in services", "Date": "25/03/2028", "Start": "14:00–15:30", "Room": "Annexe"},
        {"Title": "Lunch", "Date": date(2028, 3, 25), "Start": 0.5, "Minutes": 60},
        {"Title": "Dads and daughters", "Kind": "showcase", "Date": "26/03/2028", "Start": "9 am", "Minutes": "30 min",
         "Showcase": "Salford Dadz", "Facilitators": "Dana Osei", "Cancelled": "yes"},
    ],
    Papers=[
        {"Code": "T1", "Title": "Letting go", "Authors": "Bob Baker (Aston); Charlie Khan (Lund)*",
         "E-mail": "bob@private.example; charlie@private.example", "Panel": "P1", "Session": "P1-1", "Order": 2,
         "Minutes": 20},
        {"Code": "T2", "Title": "Neighbours", "Authors": "Charlie Khan (City Council)", "Panel": "P1",
         "Session": "P1-1", "Order": 1, "Discussant": "Eve Ito"},
        {"Code": "T3", "Title": "On the table", "Authors": "Eve Ito", "Panel": "P1", "Status": "tabled"},
        {"Code": "T4", "Title": "Gone", "Authors": "Nobody Atall", "Status": "withdrawn"},
    ],
    People=[
        {"Name": "Charlie Khan", "Affiliation": "Lund University", "E-mail": "one@private.example", "Gender": "woman"},
        {"Name": "Charlie Khan", "Affiliation": "City Council", "Not there": "26/03/2028 9:00–12:00"},
        {"Given name": "Dana", "Family name": "Osei", "Pronouns": "she/her", "ORCID": "https://orcid.org/0000-0002-1825-0097",
         "Links": "Home: https://dana.example/ https://other.example"},
    ],
    Showcases=[
        {"Title": "Salford Dadz", "Organisation": "Salford Dadz", "From": "Salford", "Summary": "Fathers who grow.",
         "Floor": "Foyer", "Place": "Table 7", "Panels": "P1",
         "Staffed": "2028-03-25 12:00–14:00; 26/03/2028 9:00-11:00",
         "Hosts": "Dana Osei", "Needs power": "yes", "Needs a table": "x", "May be pictured": "yes", "Set-up": "8:00"},
        {"Title": "Shy Group", "May be listed": "no"},
    ],
)  # fmt: skip
READING = read(FILLED)
SESSIONS = {session.code: session for session in READING.programme.sessions}


def test_the_template_filled_in_is_read_without_anything_odd_but_what_is() -> None:
    assert said(READING) == ["Papers, row 5: is withdrawn; it was left out"]
    assert (READING.kind, READING.guessed) == ("table", ())


def test_the_event_is_read_from_its_sheet() -> None:
    event = READING.programme.event
    assert (event.slug, event.name, event.zone) == ("small-2028", "Small Conference 2028", "Europe/London")
    assert (event.starts, event.ends, event.day_change) == (date(2028, 3, 25), date(2028, 3, 26), 240)
    assert (event.languages, event.url) == (("en", "fr"), "https://small.example")
    assert event.front == (Matter(title="Welcome", text="You are *welcome*."),)
    assert event.back == (Matter(title="Getting there", text="Five minutes."),)


def test_rooms_keep_their_facts_and_others_are_made_as_they_are_named() -> None:
    rooms = READING.programme.rooms
    assert [(r.code, r.name, r.kind, r.capacity, r.level, r.step_free) for r in rooms] == [
        ("aula", "Aula", "room", 300, "0", True),
        ("foyer", "Foyer", "floor", 0, "", False),
        ("annexe", "Annexe", "room", 0, "", None),
    ]


def test_a_panel_s_sessions_are_numbered_and_bear_its_title() -> None:
    assert [(s.code, s.title, s.kind) for s in SESSIONS.values() if s.panel] == [
        ("P1-1", "Trust in services", SessionKind.PAPERS),
        ("P1-2", "Trust in services", SessionKind.PAPERS),
    ]


def test_times_are_read_in_all_their_forms() -> None:
    assert {code: (s.starts, s.minutes) for code, s in SESSIONS.items()} == {
        "K1": (datetime(2028, 3, 25, 9, 30, tzinfo=UTC), 90),
        "P1-1": (datetime(2028, 3, 25, 11, 30, tzinfo=UTC), 90),
        "P1-2": (datetime(2028, 3, 25, 14, 0, tzinfo=UTC), 90),
        "lunch": (datetime(2028, 3, 25, 12, 0, tzinfo=UTC), 60),
        "dads-and-daughters": (datetime(2028, 3, 26, 8, 0, tzinfo=UTC), 30),
    }


def test_people_have_their_parts() -> None:
    assert SESSIONS["K1"].parts == (Part(person="bob-baker", role=Role.KEYNOTE),)
    assert SESSIONS["P1-1"].parts == (
        Part(person="alice-adler", role=Role.CHAIR),
        Part(person="eve-ito", role=Role.DISCUSSANT),
    )
    assert READING.programme.panels[0].parts == (Part(person="alice-adler", role=Role.CHAIR),)


def test_papers_have_their_turns_in_the_given_order() -> None:
    assert SESSIONS["P1-1"].turns == (Turn(paper="T2"), Turn(paper="T1", minutes=20))
    assert [(p.code, p.panel, p.status) for p in READING.programme.papers] == [
        ("T1", "P1", "accepted"),
        ("T2", "P1", "accepted"),
        ("T3", "P1", "tabled"),
    ]


def test_a_starred_author_presents_and_two_of_one_name_are_told_apart_by_affiliation() -> None:
    first, second, _ = READING.programme.papers
    assert first.parts == (
        Part(person="bob-baker", role=Role.AUTHOR),
        Part(person="charlie-khan", role=Role.AUTHOR, affiliation="Lund"),
        Part(person="charlie-khan", role=Role.PRESENTER, affiliation="Lund"),
    )
    assert second.parts == (
        Part(person="charlie-khan-2", role=Role.AUTHOR),
        Part(person="eve-ito", role=Role.DISCUSSANT),
    )


def test_people_s_own_rows_say_more_of_them() -> None:
    dana = next(p for p in READING.programme.people if p.code == "dana-osei")
    assert (dana.sorts_as, dana.pronouns, dana.orcid) == ("Osei, Dana", "she/her", "0000-0002-1825-0097")
    assert dana.links == (Link(url="https://dana.example/", label="Home"), Link(url="https://other.example"))


def test_a_showcase_is_read_with_its_hours() -> None:
    dadz = READING.programme.showcases[0]
    assert (dadz.code, dadz.floor, dadz.place, dadz.panels) == ("salford-dadz", "foyer", "Table 7", ("P1",))
    assert dadz.staffing == (
        Staffing(code="a", starts=datetime(2028, 3, 25, 12, tzinfo=UTC), ends=datetime(2028, 3, 25, 14, tzinfo=UTC)),
        Staffing(code="b", starts=datetime(2028, 3, 26, 8, tzinfo=UTC), ends=datetime(2028, 3, 26, 10, tzinfo=UTC)),
    )
    assert SESSIONS["dads-and-daughters"].showcase == "salford-dadz"
    assert SESSIONS["dads-and-daughters"].cancelled


def test_what_only_organisers_may_know_is_in_the_planning_alone() -> None:
    assert READING.planning.contacts == (
        Contact(person="charlie-khan", email="one@private.example", gender="woman"),
        Contact(person="bob-baker", email="bob@private.example"),
    )
    assert READING.planning.expected == (Expected(session="K1", people=250),)
    assert READING.planning.needs == (
        Needs(showcase="salford-dadz", table=True, power=True, set_up="8:00", pictured=True),
        Needs(showcase="shy-group", listed=False),
    )
    away = (datetime(2028, 3, 26, 8, tzinfo=UTC), datetime(2028, 3, 26, 11, tzinfo=UTC))
    assert READING.planning.availability == (Availability(person="charlie-khan-2", starts=away[0], ends=away[1]),)
    assert "private" not in repr(READING.programme)


def test_all_that_is_referred_to_is_there() -> None:
    found = index(READING.programme)
    assert all(not s.room or s.room in found.rooms for s in READING.programme.sessions)
    assert all(turn.paper in found.papers for s in READING.programme.sessions for turn in s.turns)


def test_the_same_workbook_is_read_twice_as_equal_values() -> None:
    assert read(FILLED) == READING


def test_the_empty_template_explains_every_column_and_is_always_the_same() -> None:
    book = load_workbook(io.BytesIO(template()))
    guide = {cell.value for row in book[columns.GUIDE].iter_rows() for cell in row}
    for sheet in columns.SHEETS:
        assert {column.title for column in sheet.columns} | {sheet.title} <= guide
    assert b"2028-01-01T00:00:00Z" in zipfile.ZipFile(io.BytesIO(template())).read("docProps/core.xml")
    assert template() == template()


def test_the_documentation_tells_of_every_column() -> None:
    told = (Path(__file__).parents[2] / "docs" / "import.md").read_text()
    for sheet in columns.SHEETS:
        section = told.split(f"\n### {sheet.title}\n")[1].split("\n### ")[0]
        for column in sheet.columns:
            assert f"| {column.title} | {column.about}" in section


def test_no_name_means_two_columns_of_one_sheet() -> None:
    for sheet in columns.SHEETS:
        titles = [columns.plain(column.title) for column in sheet.columns]
        others = [columns.plain(name) for column in sheet.columns for name in column.names]
        assert len(set(titles)) == len(titles)
        assert len(set(others)) == len(others), sorted(name for name in others if others.count(name) > 1)


# lists as organisers keep them


def test_a_lone_list_of_sessions_is_read() -> None:
    reading = read(example("sessions.csv"), LONDON)
    assert [(s.code, s.kind, s.minutes, s.room) for s in reading.programme.sessions] == [
        ("K1", SessionKind.KEYNOTE, 90, "aula"),
        ("lunch", SessionKind.BREAK, 60, ""),
        ("N1", SessionKind.SOCIAL, 120, "foyer"),
    ]
    assert [(p.name, p.affiliation) for p in reading.programme.people] == [
        ("Alice Adler", ""),
        ("Bob Baker", "Aston University"),
        ("Dana Osei", "Salford Dadz"),
        ("Eve Ito", ""),
    ]
    assert said(reading) == ["the table: the column “Foo” is not known; it was left out"]
    assert reading.guessed == ("name", "starts", "ends")


def test_a_lone_list_of_papers_with_times_makes_their_sessions() -> None:
    reading = read(example("papers.csv"), LONDON)
    trust, care = reading.programme.sessions
    assert (trust.title, trust.minutes, trust.turns) == (
        "Trust", 40, (Turn(paper="1", minutes=20), Turn(paper="2", minutes=20)))  # fmt: skip
    assert trust.parts == (Part(person="alice-adler", role=Role.CHAIR),)
    assert (care.title, care.minutes, care.turns) == ("Care", 90, (Turn(paper="3"), Turn(paper="4")))
    assert [len(p.parts) for p in reading.programme.papers] == [3, 3, 1, 1]
    assert reading.programme.papers[2].parts[0].person == "bob-baker"
    assert reading.kind == "table of papers"


def test_talks_under_the_names_of_their_sessions_are_papers() -> None:
    reading = table(
        "Day,Time,Session,Title,Speaker,Room",
        "2028-03-25,9:00,Methods,One,Bob Baker,Aula",
        "2028-03-25,9:20,Methods,Two,Eve Ito,Aula",
        "2028-03-25,11:00,Care,Three,Alice Adler,Aula",
    )
    assert [(s.title, [turn.paper for turn in s.turns]) for s in reading.programme.sessions] == [
        ("Methods", ["one", "two"]),
        ("Care", ["three"]),
    ]
    assert reading.programme.papers[0].parts == (Part(person="bob-baker", role=Role.PRESENTER),)


def test_a_list_of_papers_without_any_date_is_taken_and_it_is_said() -> None:
    reading = table("Title,Authors", "Letting go,Bob Baker")
    assert [p.title for p in reading.programme.papers] == ["Letting go"]
    assert (
        Odd(where="the event", what="the file holds no dates; give the event its first and its last day") in reading.odd
    )
    assert {"starts", "ends"} <= set(reading.guessed)


def test_authors_may_stand_in_numbered_columns() -> None:
    reading = table(
        "Paper title,Author 1,Author 1 affiliation,Author 1 e-mail,Author 2,Affiliation 2,Presenter",
        "Letting go,Bob Baker,Aston,bob@private.example,Eve Ito,Lund,Eve Ito",
    )
    assert reading.programme.papers[0].parts == (
        Part(person="bob-baker", role=Role.AUTHOR),
        Part(person="eve-ito", role=Role.AUTHOR),
        Part(person="eve-ito", role=Role.PRESENTER),
    )
    assert [p.affiliation for p in reading.programme.people] == ["Aston", "Lund"]
    assert reading.planning.contacts == (Contact(person="bob-baker", email="bob@private.example"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables_are_read_in_all_encodings_and_with_all_delimiters(encoding: str, delimiter: str) -> None:
    rows = [["Title", "Date", "Start", "End", "Room"], ["Café – “naïve”", "2028-03-25", "9:00", "10:00", "Größe"]]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    reading = read(data, LONDON)
    assert (reading.programme.sessions[0].title, reading.programme.rooms[0].name) == ("Café – “naïve”", "Größe")
    assert said(reading) == (["the file: is not in UTF-8; it was read as Windows-1252"] if encoding == "cp1252" else [])


def test_columns_are_found_in_any_order_below_a_heading_and_whatever_their_case() -> None:
    reading = table("Programme of the year,,,", ",,,", "ROOM,start TIME,Session_Title,Day", "Aula,9:00,Talk,2028-03-25")
    assert [(s.title, s.room) for s in reading.programme.sessions] == [("Talk", "aula")]


def test_excel_s_own_hint_of_the_delimiter_is_heeded() -> None:
    reading = table("sep=;", "Title;Date;Start;Minutes", "A, b;2028-03-25;9:00;30")
    assert reading.programme.sessions[0].title == "A, b"


def test_a_misspelt_column_is_left_out_with_a_hint() -> None:
    reading = table("Title,Date,Start,Minutes,Subtitel", "A,2028-03-25,9:00,30,b")
    assert said(reading) == ["the table: the column “Subtitel” is not known; it was left out (is it “Subtitle”?)"]


def test_odd_cells_are_reported_with_their_place() -> None:
    reading = table(
        "Title,Date,Start,End,Minutes,Room,Panel,Expected",
        "A,2028-03-25,soon,,30,,,",
        "B,some day,9:00,,30,,,",
        "C,2028-03-25,9:00,8:00,,,,",
        "D,2028-03-25,9:00,,,,,",
        "E,2028-03-25,9:00,10:00,,,P9,many",
        "F,,,,30,,,",
    )
    assert said(reading) == [
        "the table, row 2, column “Start”: “soon” is no time that can be read",
        "the table, row 3, column “Date”: “some day” is no date that can be read",
        "the table, row 4, column “End”: ends before it starts; its length was taken as 0 minutes",
        "the table, row 5: has neither an end nor a length; its length was taken as 60 minutes",
        "the table, row 6, column “Panel”: there is no “P9” in this file; it was left out",
        "the table, row 7: has no time",
        "the table, row 6, column “Expected”: “many” is no number; it was left out",
    ]
    assert [s.starts is None for s in reading.programme.sessions] == [True, True, False, False, False, True]


def test_a_year_typed_wrong_does_not_stretch_the_event() -> None:
    reading = table("Title,Date,Start,Minutes", "A,2028-03-25,9:00,30", "B,2028-03-26,9:00,30", "C,2082-03-26,9:00,30")
    assert reading.programme.event.ends == date(2028, 3, 26)
    assert said(reading) == ["session c: is on 2082-03-26, far from all else; it was taken without a time"]


def test_a_paper_whose_session_is_not_there_is_kept_and_reported() -> None:
    session: dict[str, Cell] = {"Code": "S1", "Title": "Care", "Date": "2028-03-25", "Start": "9:00", "Minutes": 60}
    paper: dict[str, Cell] = {"Title": "Letting go", "Authors": "Bob Baker", "Session": "S9"}
    reading = read(filled(Sessions=[session], Papers=[paper]), LONDON)
    assert len(reading.programme.papers) == 1
    assert said(reading) == ["Papers, row 2, column “Session”: there is no session “S9” in this file; it has no place"]


def test_sessions_that_papers_name_are_kept_without_times_where_no_sheet_lists_any() -> None:
    reading = table("Title,Authors,Session", "One,Bob Baker,Care", "Two,Eve Ito,Care")
    assert [(s.title, s.starts, [turn.paper for turn in s.turns]) for s in reading.programme.sessions] == [
        ("Care", None, ["one", "two"])
    ]


def test_codes_and_titles_keep_their_sources_in_a_newer_edition() -> None:
    first = table("Code,Title,Date,Start,Minutes", "K1,Keynote,2028-03-25,9:00,30", ",Lunch,2028-03-25,12:00,30")
    newer = table("Code,Title,Date,Start,Minutes", ",Lunch,2028-03-26,12:00,60", "K1,Other,2028-03-25,9:00,30")
    assert {s.source for s in first.programme.sessions} == {s.source for s in newer.programme.sessions}


def test_lunch_every_day_is_several_sessions() -> None:
    reading = table("Title,Date,Start,Minutes", "Lunch,2028-03-25,12:00,60", "Lunch,2028-03-26,12:00,60")
    assert [(s.code, s.source) for s in reading.programme.sessions] == [
        ("lunch", "session:title:lunch"),
        ("lunch-2", "session:title:lunch#2"),
    ]


# dates


def starts_of(*dates: str) -> list[date]:
    reading = table("Title,Date,Start,Minutes", *(f"A,{day},9:00,30" for day in dates))
    return [s.starts.date() for s in reading.programme.sessions if s.starts]


def test_the_order_of_day_and_month_is_that_of_the_whole_column() -> None:
    assert starts_of("04/05/2028", "13/05/2028") == [date(2028, 5, 4), date(2028, 5, 13)]
    assert starts_of("05/04/2028", "05/13/2028") == [date(2028, 5, 4), date(2028, 5, 13)]
    assert starts_of("03/04/2028", "04/04/2028", "05/04/2028") == [date(2028, 4, day) for day in (3, 4, 5)]
    assert starts_of("04/03/2028", "04/04/2028", "04/05/2028") == [date(2028, 4, day) for day in (3, 4, 5)]


def test_a_lone_date_that_may_be_two_is_taken_day_first_and_reported() -> None:
    reading = table("Title,Date,Start,Minutes", "A,03/04/2028,9:00,30")
    assert reading.programme.event.starts == date(2028, 4, 3)
    assert said(reading) == ["the dates: may be read in two ways; they were taken with the day first"]


@pytest.mark.parametrize(
    "written",
    ["2028-03-25", "25/03/2028", "25.3.2028", "25-03-28", "25 March 2028", "March 25, 2028", "Sat 25 Mar 2028",
     "Saturday, 25th of March 2028", "2028/3/25", datetime(2028, 3, 25), date(2028, 3, 25), 46837, 46837.0],
)  # fmt: skip
def test_dates_are_read_in_all_their_forms(written: Cell) -> None:
    assert cells.day(written) == date(2028, 3, 25)


@pytest.mark.parametrize("written", ["31/02/2028", "soon", "0001-01-01", 5, True, None, "25 March", "99/99/9999"])
def test_what_is_no_date_is_none(written: Cell) -> None:
    assert cells.day(written) is None


def test_a_date_without_a_year_is_of_the_event_s_year() -> None:
    assert cells.day("25 March", cells.DAY_FIRST, (2028,)) == date(2028, 3, 25)


@pytest.mark.parametrize(
    ("written", "both"),
    [("09:30–11:00", (time(9, 30), time(11))), ("9.30 - 11.00", (time(9, 30), time(11))), ("9:30", (time(9, 30), None)),
     ("1:00 to 2:30 pm", (time(13), time(14, 30))), ("11:00 am – 1:00 pm", (time(11), time(13))),
     (0.5, (time(12), None)),
     ("0930", (time(9, 30), None)), ("9 am", (time(9), None)), (timedelta(hours=14), (time(14), None)),
     (time(9, 30, 59), (time(9, 30), None)), ("14:30 Uhr", (time(14, 30), None)), ("soon", (None, None)),
     (None, (None, None))],
)  # fmt: skip
def test_times_are_read_with_their_ends(written: Cell, both: tuple[time | None, time | None]) -> None:
    assert cells.interval(written) == both


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("90", 90), (90.0, 90), ("1h30", 90), ("1 h", 60), ("45 min", 45), ("01:30", 90), (time(1, 30), 90),
     (timedelta(minutes=20), 20), (0.0625, 90), ("", None), ("long", None)],
)  # fmt: skip
def test_lengths_are_read_in_all_their_forms(written: Cell, minutes: int | None) -> None:
    assert cells.length(written) == minutes


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Alice Adler", [("Alice Adler", "")]),
        ("Alice Adler (Bonn); Bob Baker (Aston)", [("Alice Adler", "Bonn"), ("Bob Baker", "Aston")]),
        ("Alice Adler (Bonn), Bob Baker (Aston, and Lund) and Eve Ito",
         [("Alice Adler", "Bonn"), ("Bob Baker", "Aston, and Lund"), ("Eve Ito", "")]),
        ("Alice Adler, Bob Baker & Eve Ito", [("Alice Adler", ""), ("Bob Baker", ""), ("Eve Ito", "")]),
        ("Adler, Alice; Baker, Bob (Aston)", [("Alice Adler", ""), ("Bob Baker", "Aston")]),
        ("Baker, Bob", [("Bob Baker", "")]),
        ("Alice Adler\nBob Baker", [("Alice Adler", ""), ("Bob Baker", "")]),
        ("Bob Baker, Aston University; Eve Ito", [("Bob Baker", "Aston University"), ("Eve Ito", "")]),
        ("Bob Baker <bob@private.example> (Aston)", [("Bob Baker", "Aston")]),
        ("Bob Baker, Aston University, Eve Ito", [("Bob Baker", "Aston University"), ("Eve Ito", "")]),
        (" ; ;", []),
    ],
)  # fmt: skip
def test_names_are_told_from_affiliations(written: str, expected: list[tuple[str, str]]) -> None:
    assert [(person.name, person.affiliation) for person in cells.people(written)] == expected


def test_who_presents_is_marked_by_a_star_or_a_word() -> None:
    named = cells.people("Alice Adler* (Bonn); Bob Baker (presenter); Eve Ito")
    assert [(person.name, person.affiliation, person.presents) for person in named] == [
        ("Alice Adler", "Bonn", True),
        ("Bob Baker", "", True),
        ("Eve Ito", "", False),
    ]


def test_a_session_without_anything_but_a_title_is_still_one() -> None:
    reading = table("Title,Date,Start", "A,,")
    assert [type(s) for s in reading.programme.sessions] == [Session]
