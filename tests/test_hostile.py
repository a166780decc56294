"""Hostile words wherever people write, through everything that is made of them: they stay words.

`WORDS` holds what can be typed or imported and what should have been stopped at the door: what shows a programme does
not rely on the door.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

import icalendar
import msgspec
import pytest
from lxml import etree, html
from msgspec.structs import replace

from events_app.programme.model import Attachment, Link, Picture, Programme
from events_app.renditions import RENDITIONS, Rendition, Site
from events_app.renditions.letters import House, message
from events_app.renditions.words import TAGS

from .conference import PROGRAMME
from .renditions import pdf
from .renditions.test_letters import LINK, letter
from .renditions.test_pages import isolated, poisoned, released

SITE = Site(base="https://programme.example")

WORDS = {
    "markup": "<img src=x onerror=alert(1)><script>alert(1)</script>\"'><svg onload=alert(1)></title></textarea>",
    "links": "[a](javascript:alert(1)) <javascript:alert(1)> [b](data:text/html,x) [c](//evil.example) ![d](http://e/f)",
    "reversed": "safe \u202egnp.exe \u2067more \u202d\u2068open \u202c\u2069\u2069\u202c",
    "emoji": "🎉👩‍👩‍👧‍👦" * 1250,
    "breaks": "Name\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n\r\nBcc: evil@example.org\r\nEND:VCALENDAR",
    "formula": "=cmd|' /C calc'!A0",
    "plus": "+1",
    "sum": "@SUM(1+1)*cmd|' /C calc'!A0",
    "section": "]]> --> <!-- <![CDATA[ ?> {{ 7*7 }}{% set x=1 %}%(oops)s %s &amp;",
    "controls": "a\x00b\x07\x1b[31mc\x0bd\x0ce\x85f\u2028g\ufeffh\ufffei",
    "long": "w" * 3000,
}
BAD_URLS = ("javascript:alert(1)//https://x", "data:text/html,<script>alert(1)</script>", " JaVaScRiPt:alert(1)")
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
COLLECTIONS = ("panels", "people", "rooms", "tracks", "sessions", "showcases", "papers")
LIGHT = [rendition for rendition in RENDITIONS if not rendition.heavy]


@cache
def world(kind: str) -> Programme:
    """The published conference with these words in it, links that lead astray, and files and pictures named alike."""
    return _filled(WORDS[kind])


def _filled(text: str) -> Programme:
    programme = poisoned(released(), text)
    links = tuple(Link(url=url, label=text) for url in BAD_URLS)
    picture = Picture(key="k" * 64, width=8, height=8, alt=text, url=BAD_URLS[0])
    file = Attachment(key="f" * 64, name="slides.pdf", media="application/pdf", size=1, label=text)
    return replace(
        programme,
        event=replace(programme.event, url=BAD_URLS[0], logo=picture, languages=(text,)),
        people=tuple(replace(one, links=links, picture=picture, orcid=text) for one in programme.people),
        papers=tuple(replace(one, links=links, files=(file,), language=text) for one in programme.papers),
        sessions=tuple(replace(one, links=links, files=(file,), language=text) for one in programme.sessions),
        panels=tuple(replace(one, links=links) for one in programme.panels),
        showcases=tuple(replace(one, links=links, pictures=(picture,)) for one in programme.showcases),
    )


def made(rendition: Rendition, programme: Programme) -> Iterator[tuple[str, bytes]]:
    """Everything that a rendition makes of a programme: its address with each code that there is."""
    collection = rendition.address.partition("/")[0]
    places: list[Mapping[str, str]] = [{}]
    if "{code}" in rendition.address:
        assert collection in COLLECTIONS
        places = [{"code": thing.code} for thing in getattr(programme, collection)]
    elif "{n}" in rendition.address:
        places = [{"n": str(version.number)} for version in programme.versions]
    for place in places:
        body = rendition.render(programme, SITE, place)
        if body is not None:
            yield rendition.address.format(**place), body


@cache
def innocent(name: str) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """The elements, and attributes of elements, of a page when nobody means harm."""
    rendition = next(one for one in RENDITIONS if one.name == name)
    worlds = [_filled("A title"), _filled("a title of many words " * 20), _filled("fr")]
    return _parts([html.document_fromstring(body) for one in worlds for _address, body in made(rendition, one)])


def _parts(trees: list[Any]) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    elements = [element for tree in trees for element in tree.iter() if isinstance(element.tag, str)]
    return (
        frozenset(element.tag for element in elements),
        frozenset((element.tag, name) for element in elements for name in element.attrib),
    )


@pytest.mark.parametrize("kind", WORDS)
@pytest.mark.parametrize("rendition", [one for one in LIGHT if one.media.startswith("text/html")], ids=lambda r: r.name)
def test_a_page_has_no_element_and_no_attribute_that_we_did_not_write(rendition: Rendition, kind: str) -> None:
    tags, attributes = innocent(rendition.name)
    prose = {("a", "href"), ("a", "rel"), ("ol", "start")}
    for address, body in made(rendition, world(kind)):
        tree = html.document_fromstring(body.decode())
        found, held = _parts([tree])
        assert found - tags - TAGS == set(), address
        assert held - attributes - prose == set(), address
        _harmless(tree, address)


def _harmless(tree: Any, address: str) -> None:
    """No code of theirs, no address but ours and the web's, and no text that turns its surroundings around."""
    assert tree.xpath("//script[not(@src)]|//iframe|//object|//embed|//style|//base|//*[@style]") == [], address
    assert tree.xpath("//@*[starts-with(name(), 'on')]") == [], address
    for target in tree.xpath("//@href|//@src|//@action|//@formaction|//@content[contains(., ':')]"):
        assert not re.match(r"\s*(javascript|data|vbscript):", target, re.IGNORECASE), (address, target)
    for element in tree.iter():
        for holder, text in ((element, element.text), (element.getparent(), element.tail)):
            if text and BIDI.search(text) and isinstance(element.tag, str):
                assert isolated(holder), (address, html.tostring(holder)[:300])
    assert not any(BIDI.search(value) for value in tree.xpath("//@*[name() != 'value']")), address


@pytest.mark.parametrize("kind", WORDS)
@pytest.mark.parametrize(
    "rendition", [one for one in LIGHT if one.media.startswith("text/calendar")], ids=lambda r: r.name
)
def test_a_calendar_has_no_line_that_we_did_not_write(rendition: Rendition, kind: str) -> None:
    for address, body in made(rendition, world(kind)):
        lines = body.replace(b"\r\n ", b"").split(b"\r\n")
        assert lines[-1] == b"", address
        assert b"\n" not in body.replace(b"\r\n", b"")
        assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", body), address
        assert all(len(line) <= 75 for line in body.split(b"\r\n"))
        names = {re.split(b"[:;]", line)[0] for line in lines[:-1]}
        assert all(re.fullmatch(rb"[A-Z-]+", name) for name in names), (address, names)
        calendar = icalendar.Calendar.from_ical(body)
        clean = icalendar.Calendar.from_ical(dict(made(rendition, world("plus")))[address])
        assert [part.name for part in calendar.walk()] == [part.name for part in clean.walk()], address
        assert b"javascript:" not in b"".join(line for line in lines if line.startswith((b"URL", b"ATTACH")))


@pytest.mark.parametrize("kind", WORDS)
def test_the_sheet_has_its_lines_and_no_formula(kind: str) -> None:
    ((_address, body),) = made(_named("programme.csv"), world(kind))
    clean = dict(made(_named("programme.csv"), world("long")))["programme.csv"]
    read, other = (
        list(csv.reader(io.StringIO(one.decode("utf-8-sig"), newline=""), strict=True)) for one in (body, clean)
    )
    assert len(read) == len(other)
    for line in read:
        assert len(line) == len(read[0])
        assert [cell for cell in line if re.match(r"[\s\x00-\x1f]*[=+\-@]", cell)] == []
        assert not any(BIDI.search(cell) or re.search("[\x00-\x09\x0b-\x1f]", cell) for cell in line)


@pytest.mark.parametrize("kind", WORDS)
def test_the_feed_of_changes_is_well_formed_and_its_texts_are_texts(kind: str) -> None:
    ((_address, body),) = made(_named("changes"), world(kind))
    feed: Any = etree.fromstring(body)
    allowed = {"feed", "id", "title", "updated", "author", "name", "link", "entry", "published", "summary"}
    assert {etree.QName(element).localname for element in feed.iter()} <= allowed
    assert all(link.startswith("https://programme.example/") for link in feed.xpath("//@href"))


@pytest.mark.parametrize("kind", WORDS)
def test_programme_json_says_exactly_what_it_was_given(kind: str) -> None:
    ((_address, body),) = made(_named("programme.json"), world(kind))
    assert msgspec.convert(msgspec.json.decode(body)["programme"], Programme) == world(kind)


@pytest.mark.parametrize("kind", WORDS)
def test_the_event_s_colours_say_nothing_else(kind: str) -> None:
    hostile = replace(
        world(kind),
        event=replace(world(kind).event, colour=WORDS[kind]),
        tracks=tuple(replace(track, colour="red}body{display:none") for track in PROGRAMME.tracks),
    )
    ((_address, body),) = made(_named("palette"), hostile)
    assert re.fullmatch(r"[\w\s:#{}\[\]\"=.@()-]*", body.decode())
    assert b"display" not in body


def test_every_light_rendition_is_tried_here() -> None:
    tried = ("text/html", "text/calendar")
    named = {"programme.csv", "changes", "programme.json", "palette"}
    assert {one.name for one in LIGHT if not one.media.startswith(tried)} == named


def _named(name: str) -> Rendition:
    return next(one for one in RENDITIONS if one.name == name)


@pytest.mark.slow
@pytest.mark.parametrize("rendition", [one for one in RENDITIONS if one.heavy], ids=lambda r: r.name)
def test_prints_show_the_words_and_lead_nowhere_else(rendition: Rendition) -> None:
    kinds = [kind for kind in WORDS if kind not in ("emoji", "long")]
    mixed = poisoned(world("markup"), "\n\n".join(WORDS[kind] for kind in kinds))
    for _address, body in made(rendition, mixed):
        opened = pdf.opened(body)
        said = " ".join(pdf.text(page) for page in opened.pages)
        assert "onerror=alert(1)" in said
        assert not BIDI.search(said)
        for _page, _words, where in pdf.links(opened):
            assert not re.match(r"\s*(javascript|data|file):", where, re.IGNORECASE), where
        assert "/JavaScript" not in str(opened.Root)
        assert "/OpenAction" not in opened.Root


@pytest.mark.parametrize("kind", WORDS)
def test_a_letter_s_head_is_ours_and_its_pages_are_harmless(kind: str) -> None:
    text = WORDS[kind]
    house = House(sender="a@b.example", event=text, address="https://small.example/", reach="d@b.example")
    written = message(letter(text, subject=text, name=text), LINK, house)
    head, _blank, _body = written.as_bytes().replace(b"\r\n", b"\n").partition(b"\n\n")
    names = [line.partition(b":")[0].lower() for line in head.split(b"\n") if line[:1] not in (b" ", b"\t")]
    assert len(names) == len(set(names))
    assert b"bcc" not in names
    assert set(names) <= {
        b"subject", b"from", b"to", b"reply-to", b"date", b"message-id", b"auto-submitted", b"mime-version",
        b"content-type", b"content-language", b"content-transfer-encoding", b"x-auto-response-suppress", b"precedence",
        b"list-unsubscribe",
    }  # fmt: skip
    page = written.get_body(("html",))
    assert page is not None
    tree: Any = html.document_fromstring(page.get_content())
    assert tree.xpath("//script|//img[not(starts-with(@src, 'cid:'))]|//svg|//iframe") == []
    assert tree.xpath("//@*[starts-with(name(), 'on')]") == []
    assert [href for href in tree.xpath("//@href") if not re.match(r"(https?|mailto):", href)] == []


def test_the_words_are_as_hostile_as_they_look() -> None:
    """A test that something does not come through holds something that could."""
    assert any(BIDI.search(text) for text in WORDS.values())
    assert len(WORDS["emoji"]) >= 10_000
    assert all(a != b for a, b in pairwise(WORDS.values()))
