"""HTML becomes Markdown that shows the same words, and no tag of it is ever seen."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from events_app.intake.markdown import link_target, markdown
from events_app.intake.text import clean

_RENDERER = MarkdownIt("commonmark", {"html": False})


def shown(source: str) -> str:
    """The HTML that people get of it."""
    return str(_RENDERER.render(markdown(clean(source)))).strip()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>two<br/>three", "One\\\ntwo\\\nthree"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<p>Very <b>bold</b>, <em>soft</em> and <code>a*b</code></p>", "Very **bold**, *soft* and `a*b`"),
        ("<h2>Head</h2>text", "## Head\n\ntext"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<pre>if a &lt; b:\n    c</pre>", "```\nif a < b:\n    c\n```"),
        ('<p>See <a href="https://x.example/a(b)">this</a>.</p>', "See [this](https://x.example/a%28b%29)."),
        ('<p>A <a href="javascript:alert(1)">trap</a></p>', "A trap"),
        ('<p><a href="mailto:a@b.example">write</a></p>', "[write](mailto:a@b.example)"),
        ('<p>a<script>alert(1)</script><style>p{}</style><img src="x" onerror="y">b</p>', "ab"),
        ("<p>5 * 3 [x] _y_ a_b `c`</p>", "5 \\* 3 \\[x\\] \\_y\\_ a_b \\`c\\`"),
        ("<p>- not a list</p><p>1. nor this</p><p># nor that</p>", "\\- not a list\n\n1\\. nor this\n\n\\# nor that"),
        ("<table><tr><th>a</th><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a · b\\\nc · d"),
        ("<p>an <i>[aside]</i> here</p>", "an \\[*aside*\\] here"),
        ("<div>loose <p>block</p> end</div>", "loose\n\nblock\n\nend"),
    ],
)
def test_html_becomes_markdown(source: str, expected: str) -> None:
    assert markdown(source) == expected


@pytest.mark.parametrize(
    "source",
    ["Plain.", "**Bold** and *soft*\n\n- list\n- of things", "[a](https://x.example)", "3 < 4 and 5 > 2", "a <3 b",
     "`<code>`", "```\n<script>\n```", "<https://x.example/>", "AT&T"],
)  # fmt: skip
def test_markdown_passes_through(source: str) -> None:
    assert markdown(source) == source


def test_what_only_looks_like_a_tag_stays_a_word() -> None:
    assert markdown("Rulebooks: <less> is more") == "Rulebooks: \\<less> is more"
    assert shown("Rulebooks: <less> is more") == "<p>Rulebooks: &lt;less&gt; is more</p>"
    assert shown("<p>Rulebooks: <less> is more</p>") == "<p>Rulebooks: &lt;less&gt; is more</p>"


def test_a_few_tags_in_markdown_leave_the_markdown_as_it_is() -> None:
    assert markdown("# Head\n\n* a <b>bold</b> `<b>`\n* *soft*") == "# Head\n\n* a **bold** `<b>`\n* *soft*"


def test_reading_what_was_read_changes_nothing() -> None:
    once = markdown("<p>Rulebooks: &lt;less&gt; is <b>more</b></p><ul><li>a</li></ul>")
    assert markdown(once) == once


def test_a_comment_a_doctype_and_unclosed_tags_are_not_seen() -> None:
    assert shown("<!DOCTYPE html><!-- secret --><p>a <b>b <i>c</i> d") == "<p>a <strong>b <em>c</em> d</strong></p>"


_MARKUP = (
    "<p>|</p>|<b>|</b>|<a href='https://x.example'>|</a>|<ul><li>|</li></ul>|<script>|<img src=x>|<br>|<pre>|</pre>|"
    "<table><tr><td>|</table>|<div|<h1>|</h1>|<code>|</code>|<svg onload=1>|a|b |\n|*|_|[|](|`|<|>|&lt;b&gt;|&amp;|- |"
    "1. |#|~~~|\\|é|<em>|</em>"
)
_PIECES = st.sampled_from(_MARKUP.split("|"))


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_no_markup_gets_through_whatever_it_is_made_of(source: str) -> None:
    seen = shown(source)
    assert not re.search(r"<(script|img|svg|iframe|style)|javascript:", seen)
    assert not re.search(r"<a href=\"(?!https://x\.example)", seen)


def test_only_addresses_that_can_be_followed_are_links() -> None:
    assert link_target(" https://x.example/ä b?c=<d> ") == "https://x.example/%C3%A4%20b?c=%3Cd%3E"
    assert link_target("mailto:a@b.example") == "mailto:a@b.example"
    for bad in (
        "javascript:alert(1)",
        "data:text/html,x",
        "/relative",
        "https:nohost",
        "ftp://x.example",
        "http://[",
        "",
    ):
        assert link_target(bad) == ""
