from __future__ import annotations

from time import perf_counter

import pytest

from events_app.renditions.plain import plain_text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("Plain words.", "Plain words."),
        ("**Strong**, *soft*, _soft_, ***both*** and `code`", "Strong, soft, soft, both and code"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("[here](https://a.example/x_y_z)", "here (https://a.example/x_y_z)"),
        ("[https://a.example](https://a.example)", "https://a.example"),
        ("<https://a.example/b>", "https://a.example/b"),
        ("![A picture](https://a.example/p.png) of it", "A picture of it"),
        ("# Title\nText", "Title\n\nText"),
        ("Title\n=====\nText", "Title\n\nText"),
        ("one\ntwo", "one two"),
        ("one  \ntwo", "one\ntwo"),
        ("one\n\n\n\ntwo", "one\n\ntwo"),
        ("* one\n* two", "- one\n- two"),
        ("1. one\n2. two", "1. one\n2. two"),
        ("> quoted", "quoted"),
        ("a < b and <less> is more", "a < b and <less> is more"),
        ("Fish &amp; chips", "Fish & chips"),
        (r"\*not soft\*", "*not soft*"),
        ("```\ncode\n```", "code"),
        ("", ""),
    ],
)
def test_marks_go_and_words_stay(markdown: str, text: str) -> None:
    assert plain_text(markdown) == text


@pytest.mark.parametrize("unit", ["*a ", "[", "[a](", "`", "_a ", "- ", "\\", "![", "\n#", "> ", "**a", "&#"])
def test_no_text_takes_long(unit: str) -> None:
    begun = perf_counter()
    plain_text(unit * (100_000 // len(unit)))
    assert perf_counter() - begun < 3
