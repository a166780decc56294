"""How the sheets of a table are understood, and read otherwise where somebody chooses so."""

from __future__ import annotations

import io

import msgspec
import pytest
from openpyxl import Workbook

from events_app.intake import Columns, Hints, Reading, layout, read, template

CSV = b"""Our papers of 2028,,,
Nummer,Wer,Was,Wann
7,Ann Abel (Bonn),On trust,2028-03-25
9,Ben Bold,On care,2028-03-26
"""
CHOSEN = Columns(sheet=0, kind="papers", header=1, fields=("code", "authors", "title", ""))


def chosen(*columns: Columns, data: bytes = CSV) -> Reading:
    return read(data, Hints(columns=columns))


def workbook(**sheets: list[list[object]]) -> bytes:
    book, written = Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(written)
    return written.getvalue()


def test_columns_that_nobody_would_guess_are_read_as_chosen() -> None:
    with pytest.raises(Exception, match="no column of this table is known"):
        read(CSV)
    programme = chosen(CHOSEN).programme
    assert [(paper.code, paper.title) for paper in programme.papers] == [("7", "On trust"), ("9", "On care")]
    assert [person.name for person in programme.people] == ["Ann Abel", "Ben Bold"]


def test_a_sheet_of_which_nothing_is_known_is_laid_out_all_the_same() -> None:
    (sheet,) = layout(CSV)
    assert (sheet.guess.kind, sheet.guess.header, sheet.rows) == ("", 1, 2)
    assert sheet.titles == ["Nummer", "Wer", "Was", "Wann"]
    assert sheet.samples[0] == ["7", "Ann Abel (Bonn)", "On trust", "2028-03-25"]


def test_choosing_a_kind_brings_that_kinds_guesses() -> None:
    data = b"Code,Title,Abstract\nP1,Trust,Long\n"
    assert layout(data, {0: "panels"})[0].guess == Columns(sheet=0, kind="panels", fields=("code", "title", "abstract"))


def test_reading_as_guessed_is_reading() -> None:
    data = workbook(
        Papers=[["A list"], ["ID", "Title", "Author 1", "Affiliation 1", "Author 2", "Colour"],
                ["T1", "On trust", "Ann Abel", "Bonn", "Ben Bold", "red"]],
        Sessions=[["Code", "Title", "Date", "Start", "Room"], ["S1", "First", "2028-03-25", "9:00", "Aula"]],
        Event=[["Name", "Small"], ["Time zone", "Europe/London"]],
        Junk=[["x", "y"], [1, 2]],
    )  # fmt: skip
    sheets = layout(data)
    assert [sheet.guess.kind for sheet in sheets] == ["papers", "sessions", "event", ""]
    assert sheets[0].guess.fields == ("code", "title", "author 1", "affiliation 1", "author 2", "")
    plain, again = read(data), chosen(*(sheet.guess for sheet in sheets), data=data)
    assert again == msgspec.structs.replace(plain, odd=again.odd)
    assert again.programme.event.name == "Small"  # which has no columns, and nothing to choose
    assert sheets[2].titles == []


def test_what_is_chosen_to_be_left_out_is_left_out() -> None:
    data = b"Code,Title,Date,Start,Room\nS1,First,2028-03-25,9:00,Aula\n"
    fields = layout(data)[0].guess.fields
    reading = chosen(Columns(sheet=0, kind="sessions", fields=(*fields[:4], "")), data=data)
    assert reading.programme.rooms == ()
    with pytest.raises(Exception, match="no column"):
        chosen(Columns(sheet=0), data=data)


@pytest.mark.parametrize(
    "odd",
    [
        Columns(sheet=0, kind="nonsense"),
        Columns(sheet=0, kind="papers", header=99),
        Columns(sheet=0, kind="papers", header=-1),
        Columns(sheet=0, kind="papers", header=1, fields=("author x", "<b>", "author 999")),
    ],
)
def test_a_choice_that_means_nothing_is_refused_like_a_table_without_columns(odd: Columns) -> None:
    with pytest.raises(Exception, match="no column"):
        chosen(odd)


def test_more_chosen_fields_than_columns_do_no_harm() -> None:
    more = msgspec.structs.replace(CHOSEN, fields=(*CHOSEN.fields, "abstract", "keywords"))
    assert chosen(more).programme == chosen(CHOSEN).programme


def test_of_two_columns_chosen_for_one_field_the_first_counts() -> None:
    twice = msgspec.structs.replace(CHOSEN, fields=("code", "authors", "title", "title"))
    assert chosen(twice).programme == chosen(CHOSEN).programme


def test_files_that_are_no_tables_have_no_layout() -> None:
    assert layout(b"<schedule/>") == layout(b"{}") == []


def test_the_template_is_laid_out_as_it_is_meant() -> None:
    kinds = [sheet.guess.kind for sheet in layout(template())]
    assert kinds[-1] == "showcases"
    assert {"rooms", "tracks", "panels", "sessions", "papers", "people"} <= set(kinds)
