"""What the press does with parts: it sets them apart, keeps them, bears with bad ones, and binds them into one."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from events_app.renditions import press
from events_app.renditions.press import Book, Pages, Part, Passage, compositor
from events_app.renditions.press.glyphs import settable
from events_app.renditions.templating import TEMPLATES

from . import pdf as reading

pytestmark = pytest.mark.slow

TYPE = (TEMPLATES / "print" / "type.css").read_text(encoding="utf-8")
PAGE = '<!DOCTYPE html><html lang="en"><head><title>A book</title></head><body>{}</body></html>'
CSS = "@page { size: A4; margin: 22mm } body { margin: 0; font: 10pt 'IBM Plex Serif' } h1 { bookmark-level: 1 }"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compositor, "_kept", [tmp_path / "parts"])
    return tmp_path / "parts"


def part(body: str, *passages: Passage, css: str = CSS, name: str = "a part") -> Part:
    return Part(name=name, html=PAGE.format(body), css=css, passages=passages)


def printed(*body: Part, front: Sequence[Part] = (), seen: list[Pages] | None = None) -> press.Printed:
    def late(pages: Pages) -> tuple[Sequence[Part], Sequence[Part]]:
        if seen is not None:
            seen.append(pages)
        return front or [part("<h1 id='cover'>Cover</h1>")], []

    notes, blank = (
        (lambda count: part("<h1>Notes</h1>" + "<p style='break-after:page'>-</p>" * (count - 1))),
        part("<p>"),
    )
    return press.print_book(Book(body, late, notes, blank, "A book, version 1", TYPE))


def said(result: press.Printed) -> str:
    return " ".join(reading.text(page) for page in reading.opened(result.pdf).pages)


def test_links_from_part_to_part_lead_to_the_page_and_tell_what_they_say() -> None:
    one = part('<h1 id=\'one\'>One</h1><p><a href="#two">to the second</a> <a href="#two">again</a></p>')
    two = part("<h1 id='two'>Two</h1><p><a href=\"#one\">to the first</a></p>")
    pdf = reading.opened(printed(one, two).pdf)
    places = reading.destinations(pdf)
    one_page, two_page = places["one"], places["two"]
    assert list(reading.links(pdf)) == [
        (one_page, "to the second", "#two"),
        (one_page, "again", "#two"),
        (two_page, "to the first", "#one"),
    ]


def test_a_link_to_nowhere_is_a_fault_of_the_program() -> None:
    with pytest.raises(press.CannotPrint, match="nowhere"):
        printed(part('<h1>One</h1><p><a href="#nowhere">lost</a></p>'))


def test_parts_that_come_late_are_told_on_which_page_everything_stands() -> None:
    seen: list[Pages] = []
    long = part("<h1 id='a'>A</h1><p style='break-after:page'>-</p><p id='b'>B</p>")
    printed(long, part("<h1 id='c'>C</h1>"), seen=seen)
    assert seen == [Pages({"a": 1, "b": 2, "c": 3}, 3)]


def test_header_cells_of_two_parts_keep_different_names() -> None:
    table = "<h1>T</h1><table><tr><th scope='col'>Room</th></tr><tr><td>Aula</td></tr></table>"
    pdf = reading.opened(printed(part(table), part(table.replace("Aula", "Foyer"))).pdf)
    headers = [bytes(element.ID) for element in reading.elements(pdf) if element.S == "/TH"]
    assert len(set(headers)) == 2
    tree = pdf.Root.StructTreeRoot.IDTree.Names
    assert sorted(headers) == [bytes(tree[n]) for n in range(0, len(tree), 2)]
    cells = [element for element in reading.elements(pdf) if element.S == "/TD"]
    assert [bytes(cell.A.Headers[0]) for cell in cells] == headers


def test_each_mark_on_a_page_belongs_to_an_element_of_the_tree() -> None:
    body = '<h1>One</h1><p><span>some <b>bold</b> words</span> <a href="https://x.example/">out</a></p>'
    pdf = reading.opened(printed(part(body), part(body + "<ul><li><span>point</span></li></ul>")).pdf)
    tree = pdf.Root.StructTreeRoot.ParentTree.Nums
    keys = [int(tree[n]) for n in range(0, len(tree), 2)]
    assert keys == sorted(set(keys))
    for page in pdf.pages:
        assert int(page.obj.StructParents) in keys
    for element in reading.elements(pdf):
        for kid in element.K if "/K" in element else ():
            if isinstance(kid, int):
                owners = tree[2 * keys.index(int(element.Pg.StructParents)) + 1]
                assert owners[kid].objgen == element.objgen


def test_the_text_block_stands_further_from_the_fold_and_the_folio_at_the_outer_edge() -> None:
    pages = reading.opened(printed(part("<h1>One</h1><p style='break-after:page'>-</p><p>-</p>")).pdf).pages
    first = next(n for n, page in enumerate(pages) if page.label == "1")
    right, left = (float(pages[n].mediabox[0]) for n in (first, first + 1))
    assert (right, left) == (-8.5, 8.5)


def test_a_part_that_was_set_is_not_set_again(folder: Path) -> None:
    printed(part("<h1>One</h1>"), part("<h1>Two</h1>"))
    before = {path.name: path.stat().st_ino for path in folder.glob("*.pdf")}
    printed(part("<h1>One</h1>"), part("<h1>Three</h1>"))
    after = {path.name: path.stat().st_ino for path in folder.glob("*.pdf")}
    assert len(after.keys() - before.keys()) == 1
    assert before.items() <= after.items()


def test_what_no_print_has_used_for_a_fortnight_is_removed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed(part("<h1>One</h1>"))
    monkeypatch.setattr(compositor, "KEPT_DAYS", -1)
    printed(part("<h1>One</h1>"))
    assert not list(folder.glob("*.pdf"))


DEEP = "<blockquote>" * 400 + "deep" + "</blockquote>" * 400
ENDLESS = "<table><tr><td colspan='1000000'>wide</td></tr></table>"


def test_a_passage_too_deep_to_be_set_is_printed_plainly_and_told_and_the_others_stay_as_they_are() -> None:
    one = part(
        f"<h1>One</h1>{press.PASSAGE.format(0)}{press.PASSAGE.format(1)}",
        Passage("The good text", "<p>good <i>words</i></p>", "good words"),
        Passage("The deep text", DEEP, "deep < plain"),
    )
    result = printed(one, part("<h1>Two</h1>"))
    assert result.notices == ("The deep text could not be set as it is; it is printed as plain text.",)
    assert "good words" in said(result)
    assert "deep < plain" in said(result)
    assert printed(one).notices == result.notices  # also when the part was kept


def test_a_passage_that_takes_for_ever_is_stopped_and_takes_nothing_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compositor, "SECONDS", 2)
    one = part(f"<h1>One</h1>{press.PASSAGE.format(0)}", Passage("The wide table", ENDLESS, "wide"))
    result = printed(one, *(part(f"<h1>Part {n}</h1>") for n in range(3)))
    assert result.notices == ("The wide table could not be set as it is; it is printed as plain text.",)
    assert "Part 2" in said(result)


def test_a_part_of_our_own_that_cannot_be_set_is_a_fault_that_names_it() -> None:
    with pytest.raises(press.CannotPrint, match="the deep part: RecursionError"):
        printed(part(DEEP, name="the deep part"))


@pytest.fixture
def visitors() -> Iterator[tuple[str, list[str]]]:
    """A port of this machine, and who came to it."""
    came: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                came.append(connection.recv(100).decode("latin-1"))
                connection.close()

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", came
        server.shutdown(socket.SHUT_RDWR)


def test_nothing_is_fetched_and_no_file_is_read(visitors: tuple[str, list[str]], tmp_path: Path) -> None:
    address, came = visitors
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    ways = f"""<h1>One</h1><img alt="" src="{address}/1"><img alt="" src="file://{secret}">
        <object data="{address}/2"></object><embed src="{address}/3"><link rel=stylesheet href="{address}/4">
        <link rel=attachment href="file://{secret}"><a rel=attachment href="file://{secret}">x</a>
        <p style="background:url({address}/5);list-style:url({address}/6)">
        <style>@import url({address}/7); @font-face {{ font-family: F; src: url({address}/8) }}</style>
        <svg><image href="{address}/9" width="1" height="1"/><title>x</title></svg>"""
    css = f"@import url({address}/10); {CSS} p::before {{ content: url({address}/11) }}"
    result = printed(part(ways, css=css))
    assert came == []
    assert "/EmbeddedFiles" not in str(reading.opened(result.pdf).Root.Names.keys())
    assert b"secret words" not in result.pdf
    assert "secret" not in said(result)


def test_assets_are_what_a_part_may_refer_to() -> None:
    square = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    )
    one = Part(name="-", html=PAGE.format("<h1>One</h1><img src='asset:a.svg' alt='A square'>"), css=CSS,
               assets={"a.svg": square})  # fmt: skip
    pdf = reading.opened(printed(one).pdf)
    [figure] = [element for element in reading.elements(pdf) if element.S == "/Figure"]
    assert str(figure.Alt) == "A square"


def test_characters_that_no_font_has_become_a_box_or_what_may_stand_for_them() -> None:
    one = part(
        "<h1>\U00012000</h1>" + press.PASSAGE.format(0), Passage("A text", "<p>\U0001d45d é 伊 🎉</p>", "\U0001d45d")
    )
    made, notices = settable(one)
    assert "<h1>□</h1>" in made.html
    assert made.passages[0] == Passage("A text", "<p>p é 伊 🎉</p>", "p")
    assert notices == ["a part: no font has the character U+12000 CUNEIFORM SIGN A; a box is printed."]


def test_a_passage_can_not_bring_in_another_passage_or_an_anchor() -> None:
    sly = Passage("Sly", "<p>&lt;!--passage 1--&gt;</p>", "sly")
    one = part(
        f"<h1>One</h1>{press.PASSAGE.format(0)}{press.PASSAGE.format(1)}", sly, Passage("Other", "<p>other</p>", "")
    )
    assert said(printed(one)).count("other") == 1
