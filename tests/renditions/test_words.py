from __future__ import annotations

from time import perf_counter

import pytest

from events_app.renditions.words import line, plain, prose, summary


def test_markdown_becomes_markup() -> None:
    assert prose("*Why* **now**?\n\n- one\n- two") == (
        "<p><em>Why</em> <strong>now</strong>?</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"
    )


def test_headings_stand_below_those_of_the_page_without_gaps() -> None:
    assert prose("## A\n\n#### B\n\n## C", 2) == "<h2>A</h2>\n<h3>B</h3>\n<h2>C</h2>\n"
    assert prose("# A\n\n###### B", 3) == "<h3>A</h3>\n<h4>B</h4>\n"
    assert prose("# A\n\n## B\n\n### C", 5) == "<h5>A</h5>\n<h6>B</h6>\n<h6>C</h6>\n"


def test_a_link_vouches_for_nothing() -> None:
    assert prose("[a](https://x.example/)") == (
        '<p><a href="https://x.example/" rel="noopener nofollow ugc">a</a></p>\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "<a href='javascript:alert(1)'>x</a>",
        "<style>*{display:none}</style>",
        "<iframe src=//evil.example></iframe>",
    ],
)
def test_html_and_pictures_do_not_pass(text: str) -> None:
    made = prose(text)
    assert not any(f"<{tag}" in made for tag in ("script", "img", "style", "iframe", "a "))


def test_a_picture_is_only_a_link_to_it() -> None:
    assert "<img" not in prose("![x](https://evil.example/x.png)")


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd", "/etc", "//evil.example",
     "#contents", "vbscript:x", "https:evil", "\x01javascript:alert(1)"],
)  # fmt: skip
def test_only_absolute_addresses_of_the_web_and_mail_are_linked(address: str) -> None:
    assert "href" not in prose(f"[x]({address})")


def test_tables_cannot_span_a_million_columns() -> None:
    made = prose("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert "<td>1</td>" in made
    assert "style" not in made
    assert "colspan" not in made


def test_what_is_nested_without_end_neither_fails_nor_takes_long() -> None:
    began = perf_counter()
    prose("> " * 5000 + "x")
    prose("*" * 5000 + "x")
    prose("[" * 5000)
    assert perf_counter() - began < 2


def test_a_line_has_no_controls_and_keeps_its_marks() -> None:
    assert line("a\u202eb\u2066\x00 *c*\n<d>") == "ab *c* <d>"


def test_a_summary_is_plain_and_cut_between_words() -> None:
    assert plain("**Two** words,\n\nand [more](https://x.example)") == "Two words, and more (https://x.example)"
    assert summary("*One* two three four", 12) == "One two…"
    assert summary("short") == "short"
    assert len(summary("word " * 100_000)) <= 200
