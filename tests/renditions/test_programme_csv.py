from __future__ import annotations

import csv
import io

import pytest
from msgspec.structs import replace

from events_app.programme.model import Programme
from events_app.renditions import Site
from events_app.renditions.programme_csv import cell, render

from ..conference import EVENT, PROGRAMME, SESSIONS
from .test_pages import released

SITE = Site(base="https://programme.example")


def lines(programme: Programme) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(programme, SITE, {}).decode("utf-8-sig"), newline=""), strict=True))


def test_a_session_is_followed_by_its_papers_and_what_is_not_presented_comes_last() -> None:
    assert [(line["Code"], line["Begins"], line["Ends"], line["Status"]) for line in lines(PROGRAMME)] == [
        ("K1", "09:00", "10:00", ""),
        ("P1-1", "10:30", "12:00", ""),
        ("T1", "10:30", "10:50", ""),
        ("T2", "10:50", "11:10", ""),
        ("L1", "12:00", "13:00", ""),
        ("D2", "13:00", "14:00", ""),
        ("D1", "13:00", "13:30", ""),
        ("N1", "22:00", "03:00", ""),
        ("P1-2", "09:00", "10:00", ""),
        ("T3", "09:00", "10:00", ""),
        ("T5", "", "", "Not presented"),
    ]


def test_a_paper_s_line_says_all_that_one_asks_of_it() -> None:
    assert next(line for line in lines(PROGRAMME) if line["Code"] == "T1") == {
        "Date": "2028-03-25",
        "Begins": "10:30",
        "Ends": "10:50",
        "Room": "Room B",
        "Building": "Annexe",
        "Kind": "Paper",
        "Code": "T1",
        "Title": "Letting go of the controls",
        "In session": "P1-1",
        "Panel": "P1 Trust in public services",
        "Track": "Trust and control",
        "People": "Authors: Bob Baker (Aston University), Charlie Khan (City Council)",
        "Language": "",
        "Status": "",
        "Abstract": "We let go, and counted.",
        "Address": "https://programme.example/small-2028/papers/T1",
    }


def test_what_is_cancelled_says_so_after_what_takes_place() -> None:
    assert [line["Code"] for line in lines(released()) if line["Status"] == "Cancelled"] == ["K1"]


def test_an_event_without_anything_is_its_headings() -> None:
    assert lines(Programme(event=EVENT)) == []


def test_it_begins_with_a_byte_order_mark_and_its_lines_end_as_rfc_4180_wants() -> None:
    body = render(PROGRAMME, SITE, {})
    assert body.startswith(b"\xef\xbb\xbfDate,Begins,")
    assert body.count(b"\r\n") == 12
    assert b"\r" not in body.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+1", "'+1"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        ("  =1", "'=1"),
        ("\x00=1", "'=1"),
        ("\u202e=1", "'=1"),
        ("＝1", "'＝1"),
        ("a;=1", "a;'=1"),
        ("a; @b", "a; '@b"),
        ("well-known = good", "well-known = good"),
        ("one\r\ntwo", "one\ntwo"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(written: str, shown: str) -> None:
    assert cell(written) == shown


def test_separators_and_quotes_stay_in_their_cell() -> None:
    title = 'A "quoted", title; with\nlines'
    sessions = (replace(SESSIONS[0], title=title), *SESSIONS[1:])
    assert lines(replace(PROGRAMME, sessions=sessions))[0]["Title"] == title
