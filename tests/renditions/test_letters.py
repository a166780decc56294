from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from html import unescape
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as markup

from events_app.programme.letter import Kind, Letter, State
from events_app.renditions.letters import (
    House,
    filled,
    html,
    listed,
    literal,
    member_words,
    message,
    plain,
    unknown,
    wordings,
)
from events_app.renditions.plain import plain_text
from events_app.renditions.words import prose

LINK = "https://small.example/sign-in/a-very-long-token-that-no-line-should-ever-be-broken-in-because-of-its-length"
HOUSE = House(
    sender="events@small.example",
    event="Small Conference 2028",
    address="https://small.example/small-2028/",
    pages="https://small.example/speak/small-2028/",
    reach="desk@small.example",
    colour="#2f6f4f",
)


def letter(text: str = "Dear Bob,\n\nwelcome.\n\n{link}", **more: Any) -> Letter:
    said: dict[str, Any] = {
        "id": 1,
        "kind": Kind.INVITATION,
        "person": "bob-baker",
        "email": "bob@example.org",
        "name": "Bob Baker",
        "language": "en",
        "subject": "Your pages",
        "state": State.WAITING,
        "created": datetime(2028, 1, 10, 12, tzinfo=UTC),
        "message": "<1@small.example>",
    }
    return Letter(**(said | {"text": text} | more))


def received(letter: Letter, house: House = HOUSE) -> EmailMessage:
    """As whoever gets it reads it."""
    return cast(EmailMessage, message_from_bytes(message(letter, LINK, house).as_bytes(), policy=SMTP))  # type: ignore[arg-type]


def test_plain_text_is_wrapped_but_no_address_is_broken() -> None:
    text = plain(letter(f"{'word ' * 40}\n\n{{link}}"), LINK, HOUSE)
    assert LINK in text.splitlines()
    assert all(len(line) <= 72 for line in text.splitlines() if line != LINK)


def test_a_list_hangs_under_its_first_words() -> None:
    lines = plain(letter(listed(["one " * 30, "two"])), LINK, HOUSE).splitlines()
    assert lines[0].startswith("- one")
    assert lines[1].startswith("  one")
    assert "- two" in lines


def test_a_link_alone_is_a_button_with_its_address_below() -> None:
    page = markup.fromstring(html(letter(), LINK, HOUSE))
    links = [link for link in page.iter("a") if link.get("href") == LINK]
    assert [link.text for link in links] == ["Open my pages"]
    assert LINK in page.text_content()


def test_a_link_in_words_leads_where_it_should_in_both() -> None:
    text = "See [your page]({link}) or {link}."
    page = markup.fromstring(html(letter(text), LINK, HOUSE))
    assert [link.text for link in page.iter("a") if link.get("href") == LINK] == ["your page", LINK]
    assert f"See your page ({LINK}) or" in " ".join(plain(letter(text), LINK, HOUSE).split())


def test_a_letter_of_no_event_names_none() -> None:
    alone = House(sender="events@small.example")
    assert received(letter(), alone)["From"] == "events@small.example"
    assert "organisers" not in plain(letter(), LINK, alone)


def test_headers_say_who_writes_to_whom_and_that_a_program_does() -> None:
    got = received(letter())
    assert got["From"] == "Small Conference 2028 <events@small.example>"
    assert got["To"] == "Bob Baker <bob@example.org>"
    assert got["Reply-To"] == "desk@small.example"
    assert got["Message-ID"] == "<1@small.example>"
    assert got["Date"].datetime == datetime(2028, 1, 10, 12, tzinfo=UTC)
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["Content-Language"] == "en"


def test_both_bodies_say_the_same() -> None:
    got = received(letter("Dear 伊藤 Eve,\n\n“*Welcome*”."))
    texts = {part.get_content_type(): part.get_content() for part in got.walk() if not part.is_multipart()}
    assert texts["text/plain"].startswith("Dear 伊藤 Eve,\r\n\r\n“Welcome”.")
    assert "<p>“<em>Welcome</em>”.</p>" in texts["text/html"]


def test_every_line_of_a_message_is_plain_ascii_and_short_enough_for_any_server() -> None:
    sent = message(letter("ä" * 3000), LINK, HOUSE).as_bytes()
    assert sent.isascii()
    assert max(len(line) for line in sent.split(b"\r\n")) <= 998


def test_a_calendar_comes_as_one() -> None:
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nSUMMARY:Dana Oṣei\r\nEND:VCALENDAR\r\n"
    [part] = [part for part in received(letter(calendar=calendar)).walk() if part.get_content_type() == "text/calendar"]
    assert part.get_filename() == "programme.ics"
    assert part.get_param("method") == "PUBLISH"
    assert cast(bytes, part.get_payload(decode=True)).decode() == calendar


def test_line_breaks_in_names_subjects_and_events_make_no_header() -> None:
    evil = "Bob\r\nBcc: everybody@example.org"
    got = received(letter(name=evil, subject=evil), HOUSE.__class__(sender="a@b.example", event=evil))
    assert "Bcc" not in got
    assert got["Subject"] == "Bob Bcc: everybody@example.org"
    assert got["To"].addresses[0].addr_spec == "bob@example.org"
    assert len(got["To"].addresses) == 1


@pytest.mark.parametrize("email", ["not an address", "a@b\r\nBcc: c@d", "", "a@b, c@d"])
def test_an_address_that_is_none_is_refused(email: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        message(letter(email=email), LINK, HOUSE)


def test_html_that_somebody_typed_is_only_text() -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))"
    house = House(sender="a@b.example", event=evil, address="https://small.example/", reach="d@b.example")
    page = markup.fromstring(html(letter(f"{evil}\n\n{literal(evil)}", subject=evil, name=evil), LINK, house))
    tags = {element.tag for element in page.iter() if isinstance(element.tag, str)}
    assert not tags & {"script", "img"}
    assert not [link for link in page.iter("a") if not link.get("href", "").startswith("https://")]


HOSTILE = [
    "*bold* _soft_ `code` ~~~",
    "[x](javascript:alert(1))",
    "<b>tag</b> &lt;b&gt; &amp; Q&A",
    "# heading",
    "1. first",
    "- item",
    "> quoted",
    "{link} {name}",
    "\\{link}",
    "back\\slash \\",
    "snake_case_name _x_",
    "a\r\nb\u2028c",
    "***",
    "+ plus",
    "~~~",
    "<https://evil.example>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_put_into_a_letter_says_just_itself(text: str) -> None:
    wanted = " ".join(text.split())
    paragraph = literal(text)
    assert unescape(re.sub("<[^>]*>", "", str(prose(paragraph)))).strip().replace("\u2060", "") == wanted
    assert plain_text(paragraph).replace("\u2060", "") == wanted
    assert unknown(paragraph, ()) == []
    assert plain(letter(paragraph), LINK, House(sender="a@b.example")).count(LINK) == 0


@given(st.text(alphabet="ab*_`[]()<>{}\\#-+1. &;~!|\"'\n", max_size=40))
def test_whatever_is_put_in_never_becomes_a_link_or_a_placeholder(text: str) -> None:
    paragraph = f"Dear {literal(text)},"
    assert unknown(paragraph, ()) == []
    assert "<a " not in str(prose(paragraph))


@pytest.mark.parametrize("email", ["a@b@c.org", "(a@b.org", "a@b..org", "a@.org", "a@[1.2.3.4", '"@b.org', "a@b]"])
def test_what_can_stand_in_no_letter_is_refused_in_one_way(email: str) -> None:
    """Whatever else the standard library raises would stop the letters of everybody."""
    with pytest.raises(ValueError):  # noqa: PT011 — its words are told to nobody but organisers
        message(letter(email=email), LINK, HOUSE)


def test_placeholders_are_filled_and_the_link_stays() -> None:
    assert filled("Hi {name}: {link}", {"name": "Bob"}) == "Hi Bob: {link}"


def test_a_brace_that_is_meant_is_left() -> None:
    assert filled("\\{name} {name}", {"name": "Bob"}) == "\\{name} Bob"


def test_the_paragraph_of_an_empty_value_closes_up() -> None:
    assert filled("One\n\n{notes}\n\nTwo", {"notes": ""}) == "One\n\nTwo"


def test_placeholders_that_a_letter_does_not_understand_are_found_once_each() -> None:
    assert unknown("{name} {nmae} {nmae} {x}", {"name": ""}) == ["nmae", "x"]


@pytest.mark.parametrize("words", [*wordings().values(), member_words()])
def test_our_own_words_hold_only_what_they_understand(words: Any) -> None:
    assert unknown(words.subject + words.text, words.placeholders) == []


@pytest.mark.parametrize(
    "text",
    [
        "[Open](https://evil.example/?t={link})",
        "https://evil.example/?{link}",
        "[x](mailto:a@evil.example?body={link})",
        "[Open](https://evil.example/?({link}))",
        "[Open][x]\n\n[x]: https://evil.example/?q={link}",
        "![](https://evil.example/*{link})",
        "{link}{link}",
    ],
)
def test_no_other_address_is_told_what_signs_its_reader_in(text: str) -> None:
    """The link of an invitation gives its reader's rights in all events, and organisers of one word it."""
    assert unknown(text, {"link": ""}) == ["link"]
    sent = plain(letter(text), LINK, HOUSE) + html(letter(text), LINK, HOUSE)
    assert not re.search(rf"evil\.example[^\s\"]*{re.escape(LINK)}", sent)


@pytest.mark.parametrize("text", ["{link}", "Here: {link}", "[Open it]({link}).", "([here]({link}))", "See *{link}*"])
def test_the_link_stands_by_itself_or_behind_words(text: str) -> None:
    assert unknown(text, {"link": ""}) == []
    assert LINK in plain(letter(text), LINK, HOUSE)
    assert f'href="{LINK}"' in html(letter(text), LINK, HOUSE)


def test_every_kind_has_words() -> None:
    assert set(wordings()) == set(Kind)
