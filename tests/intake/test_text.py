from __future__ import annotations

import pytest

from events_app.intake import text


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\x00b\x07c", "abc"),
        ("a\r\nb\rc\x85d\u2028e\u2029f\x0bg", "a\nb\nc\nd\ne\nf\ng"),
        ("a\ud800b\udfffc", "abc"),
        ("\ufeffa\uffff", "a"),
        ("e\u0301", "\u00e9"),
        ("  a\tb \n", "a\tb"),
        ("伊藤 👩‍🔬", "伊藤 👩‍🔬"),
    ],
)
def test_a_text_is_cleaned_of_what_xml_and_people_cannot_read(raw: str, cleaned: str) -> None:
    assert text.clean(raw) == cleaned


def test_a_title_is_one_line_with_its_entities_as_characters() -> None:
    assert text.line(" Rulebooks &amp; targets:\n &lt;less&gt;\u2028is  more &#8211; &nosuch; AT&T ") == (
        "Rulebooks & targets: <less> is more – &nosuch; AT&T"
    )


def test_what_is_too_long_is_cut_at_a_blank() -> None:
    assert text.shortened("aaaa bbbb cccc dddd", 20) == "aaaa bbbb cccc dddd"
    assert text.shortened("aaaaaaaaaa bbbbb", 12) == "aaaaaaaaaa…"
    assert text.shortened("x" * 50, 10) == "x" * 9 + "…"
