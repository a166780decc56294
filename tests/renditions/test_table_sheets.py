"""What the sheets for tables say, read back from the PDF; and that the code on them leads to the showcase's page."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import segno
from lxml import etree
from msgspec.structs import replace

from events_app.programme.model import Picture, Programme
from events_app.renditions import RENDITIONS, Site, press, table_sheets
from events_app.renditions.press import compositor
from events_app.renditions.qr import qr
from events_app.renditions.table_sheets import SUMMARIES, TITLES, WISH, Sheets, cut, sized
from tests.conference import DADZ, PROGRAMME, at

from . import pdf as reading

SITE = Site(base="https://events.example")
PAGE = "https://events.example/small-2028/showcases/dadz"
OTHER = replace(DADZ, code="kib", title="Kissing it Better", panels=(), staffing=(), parts=(), place="", floor="")
TWO = replace(PROGRAMME, showcases=(DADZ, OTHER))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where this module's sheets are kept."""
    before = compositor._kept[:]
    press.keep_in(tmp_path_factory.mktemp("parts"))
    yield compositor._kept[0]
    compositor._kept[:] = before


def printed(programme: Programme, **params: str) -> pikepdf.Pdf:
    made = table_sheets.render(programme, SITE, params)
    assert made is not None
    return reading.opened(made)


@pytest.fixture(scope="module")
def pdf(folder: Path) -> pikepdf.Pdf:
    return printed(TWO)


def part(**more: object) -> press.Part:
    show = replace(DADZ, **more)
    return Sheets(replace(PROGRAMME, showcases=(show,)), SITE).part(show)


def test_the_sheets_are_in_the_list_of_renditions() -> None:
    [one] = [rendition for rendition in RENDITIONS if rendition.address == "print/showcases.pdf"]
    assert (one.media, one.heavy, one.query) == ("application/pdf", True, ("showcase",))


@pytest.mark.slow
def test_each_showcase_has_a_sheet_that_says_who_is_there_where_and_when(pdf: pikepdf.Pdf) -> None:
    assert len(pdf.pages) == 2
    words = reading.text(pdf.pages[0])
    for said in ("Salford", "Salford Dadz", "Fathers who grow in confidence.", "To meet people who run family",
                 "Table 7", "Foyer, Exchange", "Sat 25 March, 12:00–14:00", "Sun 26 March, 10:00–12:00",
                 "Dana Oṣei-Łukasz", "Small Conference 2028"):  # fmt: skip
        assert said in words, said
    assert "Kissing it Better" in reading.text(pdf.pages[1])
    assert reading.outline(pdf) == ["Salford Dadz", "Kissing it Better"]


@pytest.mark.slow
def test_it_is_tagged_and_the_code_is_told_in_words(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    pictures = [str(element.Alt) for element in reading.elements(pdf) if element.S == "/Figure"]
    assert pictures == [f"QR code: {PAGE}", f"QR code: {PAGE.replace('dadz', 'kib')}"]
    assert list(dict.fromkeys(where for _page, _words, where in reading.links(pdf))) == [
        PAGE,
        PAGE.replace("dadz", "kib"),
    ]


@pytest.mark.slow
def test_one_showcase_has_its_sheet_alone_and_nothing_stands_at_its_foot(folder: Path) -> None:
    alone = printed(TWO, showcase="kib")
    assert [page.label for page in alone.pages] == ["1"]
    assert "Kissing it Better" in reading.text(alone.pages[0])


def test_a_showcase_that_is_not_there_and_an_event_without_any_have_no_sheet() -> None:
    assert table_sheets.render(PROGRAMME, SITE, {"showcase": "none"}) is None
    assert table_sheets.render(replace(PROGRAMME, showcases=()), SITE, {}) is None


@pytest.mark.slow
def test_the_longest_words_fit_on_one_page(folder: Path) -> None:
    long = replace(
        DADZ, title="Wide and wonderful " * 12, summary="We meet and mend and make. " * 15, wish="To be met. " * 60
    )
    pdf = printed(replace(PROGRAMME, showcases=(long,)))
    assert len(pdf.pages) == 1
    assert "Small Conference 2028" in reading.text(pdf.pages[0])


def test_the_code_says_the_address_of_the_page_and_is_drawn_module_by_module() -> None:
    assert part().assets == {"page.svg": qr(PAGE)}
    assert _modules(qr(PAGE)) == [[bool(dark) for dark in row] for row in segno.make(PAGE, error="m").matrix]


def test_what_has_no_sentence_of_its_own_begins_with_what_it_does() -> None:
    assert "Fathers meet, talk" in part(summary="").html


def test_a_wish_is_left_out_rather_than_cut_to_nothing() -> None:
    assert "To meet people" in part().html
    assert "To meet people" not in part(title="W" * 200, summary="S " * 160).html


def test_whatever_the_words_are_they_have_room() -> None:
    for title in (TITLES[n].most for n in range(4)):
        for summary in (SUMMARIES[n].most for n in range(3)):
            show = replace(DADZ, title="t" * title, summary="s" * summary, wish="w " * 200)
            wish = Sheets(replace(PROGRAMME, showcases=(show,)), SITE).wish(show, show.title, show.summary)
            taken = sum(
                sized(text, sizes).takes(text)
                for text, sizes in ((show.title, TITLES), (show.summary, SUMMARIES), (wish, [WISH]))
            )
            assert taken + (table_sheets.WISHING if wish else 0) <= table_sheets.HEIGHT, (title, summary)


def test_words_of_others_are_no_markup() -> None:
    made = part(title="<img src=x onerror=alert(1)>", wish="</p><script>", parts=(), staffing=DADZ.staffing[:1])
    assert "<img src=x" not in made.html
    assert "<script>" not in made.html


def test_texts_are_cut_between_words() -> None:
    assert cut("one two, three", 10) == "one two …"
    assert len(cut("w " * 50, 40)) <= 40
    assert len(cut("w" * 50, 40)) <= 40
    assert cut("one two", 7) == "one two"


def test_many_hours_are_begun_and_said_to_go_on() -> None:
    hours = tuple(replace(DADZ.staffing[0], code=str(n), starts=at(25, n), ends=at(25, n + 1)) for n in range(9, 15))
    made = part(staffing=hours).html
    assert "11:00–12:00" in made
    assert "13:00–14:00" not in made
    assert "12:00–13:00 …" in made


def test_the_first_picture_at_hand_is_on_the_sheet_with_its_words() -> None:
    pictures = (Picture(key="gone", width=4, height=3), Picture(key="k" * 64, width=4, height=3, alt="Fathers at sea."))
    show = replace(DADZ, pictures=pictures)
    made = Sheets(replace(PROGRAMME, showcases=(show,)), Site(base=SITE.base, pictures={"k" * 64: b"webp"})).part(show)
    assert made.assets == {"page.svg": qr(PAGE), f"{'k' * 64}.webp": b"webp"}
    assert 'alt="Fathers at sea."' in made.html
    assert "has-picture" not in part(pictures=pictures).html


def _modules(svg: bytes) -> list[list[bool]]:
    """Which modules are dark, read off the strokes of the drawing."""
    root = etree.parse(BytesIO(svg)).getroot()
    size = int(root.get("width"))
    dark = [[False] * size for _ in range(size)]
    [path] = root.findall("{http://www.w3.org/2000/svg}path")
    words = path.get("d").replace("M", " M ").replace("h", " h ").replace("m", " m ").split()
    x, y, n = 0.0, 0.0, 0
    while n < len(words):
        match words[n]:
            case "M":
                x, y, n = float(words[n + 1]), float(words[n + 2]), n + 3
            case "m":
                x, y, n = x + float(words[n + 1]), y + float(words[n + 2]), n + 3
            case "h":
                length = int(words[n + 1])
                for column in range(int(x), int(x) + length):
                    dark[int(y)][column] = True
                x, n = x + length, n + 2
    return dark
