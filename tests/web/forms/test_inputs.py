"""Each input: what stands in it, what is read of it, and what it says to what cannot be read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from events_app.programme.model import Event, Link, SessionKind, Span
from events_app.web.forms import Field, filled, parse, read
from events_app.web.forms.inputs import (
    Cell,
    Checked,
    Choice,
    Heading,
    Line,
    Moment,
    Number,
    Rows,
    Several,
    Text,
    Tick,
    Words,
    Wrong,
    colour,
    email,
    language,
    orcid,
    url,
)
from events_app.web.organiser.rows import span

LONDON = Event(
    slug="s", uid="u", name="S", starts=date(2028, 3, 25), ends=date(2028, 3, 26), zone="Europe/London", day_change=240
)
LINKS = Rows((Cell("url", "Address", Checked(url, required=True)), Cell("label", "Called", Line())), Link)
TWICE = Span(starts=datetime(2028, 10, 29, 0, 30, tzinfo=UTC), ends=datetime(2028, 10, 29, 1, 30, tzinfo=UTC))
"""From half past one to half past one, as the clocks go back."""

HOURS = Rows((Cell("starts", "From", Moment(LONDON, required=True)), Cell("ends", "To", Moment(LONDON))), span)


def one(kind: Any, *texts: str, control: str = "x") -> Any:
    """What is read of one input, or the sentence that it says."""
    wrong = Wrong()
    value = kind.read("x", {control: list(texts)}, wrong)
    return next(iter(wrong.values())) if wrong else value


def test_a_form_keeps_empty_controls_and_their_order() -> None:
    assert parse(b"a=1&b=&a=2&c=%C3%A9%0D%0A") == {"a": ["1", "2"], "b": [""], "c": ["é\n"]}


def test_what_is_no_form_is_refused() -> None:
    with pytest.raises(ValueError, match=r"utf-8|fields"):
        parse(b"\xff=1")
    with pytest.raises(ValueError, match="fields"):
        parse(b"a=1&" * 30_000)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Line(), "A title with “quotes” & <tags>"),
        (Text(), "Two\n\nparagraphs"),
        (Number(), 0),
        (Number(least=1, blank=False), 90),
        (Choice([("talk", "Talk")], SessionKind), SessionKind.TALK),
        (Choice([("", "not known"), ("yes", "yes"), ("no", "no")], {"yes": True, "no": False}.get), None),
        (Choice([("", "not known"), ("yes", "yes"), ("no", "no")], {"yes": True, "no": False}.get), False),
        (Tick(), True),
        (Tick(), False),
        (Words(), ("trust", "co-production")),
        (Several([("P1", "One"), ("P2", "Two")]), ("P1", "P2")),
        (Moment(LONDON), None),
        (Moment(LONDON), datetime(2028, 3, 25, 10, 30, tzinfo=UTC)),
        (Moment(LONDON), datetime(2028, 7, 1, 10, 30, 5, tzinfo=UTC)),
        (Moment(LONDON), datetime(2028, 10, 29, 0, 30, tzinfo=UTC)),
        (Moment(LONDON), datetime(2028, 10, 29, 1, 30, tzinfo=UTC)),
        (LINKS, (Link(url="https://a.example/", label="A"), Link(url="mailto:a@b.example"))),
        (LINKS, ()),
        (HOURS, (TWICE,)),
    ],
)  # fmt: skip
def test_what_stands_in_an_input_is_read_as_the_value_that_it_shows(kind: Any, value: Any) -> None:
    fields = (Field("x", "X", kind),)
    assert read(fields, filled(fields, {"x": value}), None) == ({"x": value}, {})


def test_what_nobody_touched_stays_however_odd_it_is() -> None:
    fields = (Field("title", "Title", Line(required=True)), Field("minutes", "Minutes", Number(least=1, blank=False)))
    odd = {"title": "", "minutes": 0}
    assert read(fields, filled(fields, odd), odd) == (odd, {})
    assert read(fields, filled(fields, odd), None)[1].keys() == {"title", "minutes"}


def test_everything_that_is_wrong_is_said_at_once() -> None:
    fields = (
        Field("title", "Title", Line(required=True)),
        Field("minutes", "Minutes", Number(least=1, most=9)),
        Field("links", "Links", LINKS),
    )
    typed = {"title": [" "], "minutes": ["10"], "links-url": ["", "ftp://x"], "links-label": ["A", ""]}
    assert read(fields, typed, None)[1] == {
        "title": "This cannot be empty.",
        "minutes": "The number must be from 1 to 9.",
        "links-url-0": "This cannot be empty.",
        "links-url-1": "An address begins with https://, http:// or mailto:.",
    }


def test_times_are_those_of_the_event() -> None:
    assert one(Moment(LONDON), "2028-03-25T09:00") == datetime(2028, 3, 25, 9, tzinfo=UTC)
    assert one(Moment(LONDON), "2028-03-26T09:00") == datetime(2028, 3, 26, 8, tzinfo=UTC)


def test_a_time_that_a_night_skips_is_refused_with_the_reason() -> None:
    assert one(Moment(LONDON), "2028-03-26T01:30") == (
        "There is no 01:30 on that day: the clocks of Europe/London are put forward over it."
    )


def test_of_a_time_that_comes_twice_one_says_which() -> None:
    moment = Moment(LONDON)
    assert one(moment, "2028-10-29T01:30").startswith("01:30 comes twice in that night")
    assert moment.asks("2028-10-29T01:30")
    assert not moment.asks("2028-10-29T02:30")
    for which, hour in (("1", 0), ("2", 1)):
        typed = {"x": ["2028-10-29T01:30"], "x-twice": [which]}
        assert moment.read("x", typed, Wrong()) == datetime(2028, 10, 29, hour, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["soon", "2028-02-30T10:00", "9999-12-31T23:59", "0001-01-01T00:00", "2028-03-25T09:00Z"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    assert "is no date and time" in one(Moment(LONDON), text)


@pytest.mark.parametrize(
    ("check", "good", "value"),
    [
        (colour, "#2F6F4F", "#2f6f4f"),
        (language, "pt-BR", "pt-BR"),
        (orcid, "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        (orcid, "000000021694233X", "0000-0002-1694-233X"),
        (email, " Bob@Example.ORG ", "bob@example.org"),
        (url, "https://a.example/x?y#z", "https://a.example/x?y#z"),
        (url, "www.example.org/us", "https://www.example.org/us"),
    ],
)
def test_what_has_a_form_is_kept_in_it(check: Any, good: str, value: str) -> None:
    assert one(Checked(check), good) == value
    assert one(Checked(check), " ") == ""


@pytest.mark.parametrize(
    ("check", "bad"),
    [
        (colour, "green"),
        (language, "English!"),
        (orcid, "0000-0002-1825-0098"),
        (orcid, "0000-0002"),
        (email, "bob"),
        (url, "javascript:alert(1)"),
        (url, "www example.org"),
        (url, "https://"),
        (url, "http://[x"),
    ],
)
def test_what_has_not_its_form_is_refused_with_a_sentence(check: Any, bad: str) -> None:
    assert one(Checked(check), bad).endswith(".")


@pytest.mark.parametrize("text", ["-1", "1.5", "ten", "²", "9" * 12, "1001"])
def test_only_whole_numbers_that_fit_are_taken(text: str) -> None:
    assert isinstance(one(Number(most=1000), text), str)


def test_what_cannot_be_chosen_any_more_is_said() -> None:
    assert one(Choice([("a", "A")]), "b") == "“b” is not to be chosen from any more."


def test_rows_in_which_nothing_stands_count_for_nothing() -> None:
    typed = {"x-url": ["", "https://a.example/", " "], "x-label": ["", "", ""]}
    assert LINKS.read("x", typed, Wrong()) == (Link(url="https://a.example/"),)


def test_rows_are_moved_and_removed_as_they_were_typed() -> None:
    typed = {"x-url": ["a", "b", "c"], "x-label": ["1", "2", "3"], "other": ["stays"]}
    assert LINKS.arranged("x", typed, "up", 2)["x-url"] == ["a", "c", "b"]
    assert LINKS.arranged("x", typed, "down", 0)["x-label"] == ["2", "1", "3"]
    assert LINKS.arranged("x", typed, "remove", 1) == {"x-url": ["a", "c"], "x-label": ["1", "3"], "other": ["stays"]}
    for act, n in (("up", 0), ("down", 2), ("remove", 9), ("add", 0)):
        assert LINKS.arranged("x", typed, act, n) == typed


def test_hours_that_end_before_they_begin_are_refused_in_their_row() -> None:
    typed = {"x-starts": ["2028-03-25T10:00"], "x-ends": ["2028-03-25T09:00"]}
    wrong = Wrong()
    HOURS.read("x", typed, wrong)
    assert wrong == {"x-ends-0": "It ends before it begins."}


def test_controls_that_no_text_has_are_left_out() -> None:
    assert parse(b"x=a%00b%07c%0D%0Ad") == {"x": ["abc\nd"]}


def test_a_title_typed_on_several_lines_is_one_line() -> None:
    assert Heading().value("Small steps:\r\n  what towns do ") == "Small steps: what towns do"
