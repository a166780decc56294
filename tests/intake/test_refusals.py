"""What cannot be taken is refused whole, in a sentence that says what it is and what to bring instead."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from events_app.intake import Hints, Refused, read
from events_app.intake.table import workbook

from .examples import example

BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><schedule><conference><title>&c;</title></conference></schedule>"""
XXE = b"""<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><schedule><conference><title>&x;</title></conference>
</schedule>"""


def package(**parts: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in parts.items():
            pack.writestr(name.replace("__", "/") + ".xml", content)
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the file is empty"),
        (b" \n\t ", "the file is empty"),
        (BOMB, "declares entities"),
        (XXE, "declares entities"),
        (b"<schedule><conference>", "line 1, column"),
        (b"<schedule></schedule>", "no <conference>"),
        (b"<schedule><conference><title>T</title></conference></schedule>", "nothing in this file has a day"),
        (b"<rss/>", "of no kind that is known"),
        (b"<!DOCTYPE html><html><body>Hi</body></html>", "a web page"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "a calendar"),
        (b"<!--\nBEGIN:VCALENDAR\n-->", "a calendar"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"{", "line 1, column 2"),
        (b'{"a": NaN}', "a number that none is: NaN"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number that none is"),
        (b"[" * 200_000, "nested too deeply"),
        (b"[]", "of no kind that is known"),
        (b'"text"', "no column"),
        (b'{"schedule": {"conference": {"title": "T", "days": []}}}', "nothing in this file has a day"),
        (b'[{"id": "1", "fullName": "Bob Baker", "sessions": []}]', "“Speakers” view"),
        (b'[{"code": "A", "name": "Bob Baker", "submissions": []}]', "a list of speakers"),
        (b'{"ts": 1, "results": {}}', "Indico"),
        (b"Some text\nthat is no table\n", "no column of this table is known"),
        (b"Title;Start\n", "no column of this table is known, or it has no rows"),
        (bytes(range(1, 10)) * 20 + b"\x00", "no text and no workbook"),
        (package(word__document="<a/>"), "a Word document"),
        (package(content="<a/>"), "an OpenDocument file"),
        (package(other="<a/>"), "a packed file"),
        (package(xl__workbook="<!DOCTYPE a []><a/>"), "declares entities"),
        (package(xl__workbook="<a/>"), "damaged"),
        (b"PK\x03\x04 cut off", "damaged"),
    ],
)  # fmt: skip
def test_it_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read(data)
    assert sentence in str(refused.value)
    assert refused.value.remedy
    assert "\n" not in str(refused.value)


def test_a_file_of_more_than_a_hundred_megabytes_is_not_looked_into() -> None:
    with pytest.raises(Refused, match="has 101 MB"):
        read(b"[" + b" " * 100_000_000)


def test_a_workbook_that_unpacks_to_far_more_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "UNPACKED", 1_000_000)
    with pytest.raises(Refused, match="unpacks to far more"):
        read(package(xl__workbook="<a/>", xl__sheet=" " * 1_000_001))


def test_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refused, match="there is no time zone “Moon/Base”"):
        read(example("pentabarf.schedule.xml"), Hints(zone="Moon/Base"))


def test_a_table_of_too_many_rows_is_refused() -> None:
    with pytest.raises(Refused, match="more than 20,000 rows"):
        read(b"Title,Start\n" + b"a,9:00\n" * 20_001)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "2028-02-30T10:00:00", "now"])
def test_moments_out_of_range_leave_a_session_without_a_time(moment: str) -> None:
    talks = json.loads(example("pretalx-talks.json"))
    talks[0]["slot"]["start"] = moment
    reading = read(json.dumps(talks).encode())
    assert reading.programme.sessions[0].starts is None


@pytest.mark.parametrize("number", ["1e999", "-5", "99999999999999999999", "true", "null", '"x"', "[1]"])
def test_absurd_numbers_do_no_harm(number: str) -> None:
    data = example("iosched.json").replace(b"1837501800000", number.encode())
    assert len(read(data).programme.sessions) == 1


def test_lone_surrogates_and_controls_are_left_out() -> None:
    data = example("pretalx-talks.json").replace(b"Charlie Khan", b"Char\\ud800lie\\u0000 \\u2028Khan")
    assert read(data).programme.people[0].name == "Charlie Khan"


def test_a_text_beyond_all_measure_is_cut_and_reported() -> None:
    talks = json.loads(example("pretalx-talks.json"))
    talks[0]["title"], talks[0]["abstract"] = "t" * 600, "word " * 30_000
    reading = read(json.dumps(talks).encode())
    session = reading.programme.sessions[0]
    assert (len(session.title), len(session.abstract) <= 100_010) == (500, True)
    assert [one.what for one in reading.odd if "it was cut" in one.what] == [
        "a line has more than 500 characters; it was cut",
        "a text has more than 100,000 characters; it was cut",
    ]
