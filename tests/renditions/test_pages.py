"""The public pages, as text and as trees. How they look and feel is in tests/walks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec
import pytest
from lxml import html
from lxml.etree import _Element as Element
from lxml.etree import fromstring
from msgspec.structs import replace

from events_app.programme.model import (
    Event,
    PaperStatus,
    Part,
    Person,
    Programme,
    Role,
    Room,
    RoomKind,
    Session,
    Slot,
    Stamp,
    Turn,
    stamp_key,
)
from events_app.programme.planning import Planning
from events_app.programme.release import release
from events_app.renditions import RENDITIONS, Site
from events_app.renditions.pages import RENDITIONS as PAGES
from events_app.renditions.templating import assets

from ..conference import BOB, EVENT, PROGRAMME, SESSIONS, at
from ..walks.serving import found

SITE = Site(base="https://programme.example")
NAMES = {page.name for page in PAGES}


@cache
def released() -> Programme:
    """The small conference, published, then published again without the keynote and with a session moved."""
    first = release(PROGRAMME, Planning(), None, at=at(1, 9), notes="The **first**.", revision=1)
    moved = [replace(s, starts=at(25, 15), room="aula") if s.code == "P1-1" else s for s in SESSIONS if s.code != "K1"]
    draft = replace(PROGRAMME, sessions=tuple(moved))
    return release(draft, Planning(), first, at=at(2, 9), notes="Bob is ill.", revision=2)


def shown(programme: Programme, address: str, now: datetime | None = None) -> bytes | None:
    """What stands at an address of the event, with its query."""
    path, _mark, query = address.partition("?")
    hit = found(path)
    if hit is None:
        return None
    rendition, places = hit
    params = {key: value for key, value in parse_qsl(query) if key in rendition.query} | places
    return rendition.render(programme, replace(SITE, now=now) if now else SITE, params)


def page(programme: Programme, address: str, now: datetime | None = None) -> Element:
    body = shown(programme, address, now)
    assert body is not None, address
    return html.document_fromstring(body.decode())


def said(tree: Element, path: str = "//main") -> str:
    """The words of the first element that a path finds."""
    return " ".join("".join(tree.xpath(path)[0].itertext()).split())


def addresses(programme: Programme) -> Iterator[str]:
    """Every page that can be reached from the front page."""
    waiting, seen = [""], {""}
    while waiting:
        address = waiting.pop()
        yield address
        if not is_page(address):
            continue
        for linked in links(page(programme, address), programme.event.slug):
            if linked not in seen and not linked.endswith(".pdf"):
                seen.add(linked)
                waiting.append(linked)


def all_pages(programme: Programme) -> Iterator[tuple[str, Element]]:
    for address in addresses(programme):
        if is_page(address):
            yield address, page(programme, address)


def is_page(address: str) -> bool:
    hit = found(address.partition("?")[0])
    return hit is not None and hit[0].name in NAMES


def links(tree: Element, slug: str) -> list[str]:
    """What a page links to below its event, without fragments."""
    hrefs = [unquote(href).partition("#")[0] for href in tree.xpath("//*/@href")]
    return [href.removeprefix(f"/{slug}/") for href in hrefs if href.startswith(f"/{slug}/")]


@pytest.mark.parametrize("programme", [PROGRAMME, released()], ids=["draft", "released"])
def test_every_link_leads_to_something(programme: Programme) -> None:
    reached = list(addresses(programme))
    broken = [address for address in reached if shown(programme, address) is None]
    assert broken == []
    collections = ("sessions", "panels", "papers", "people", "rooms", "tracks", "showcases")
    missed = [
        f"{collection}/{thing.code}"
        for collection in collections
        for thing in getattr(released(), collection)
        if f"{collection}/{thing.code}" not in reached and programme is not PROGRAMME
    ]
    assert missed == []


def test_every_fragment_names_something_on_its_page() -> None:
    for address, tree in all_pages(released()):
        wanted = {href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")}
        wanted |= {name for names in tree.xpath("//@aria-labelledby") for name in names.split()}
        assert wanted - set(tree.xpath("//@id")) == set(), address


def test_every_page_is_whole() -> None:
    for address, tree in all_pages(released()):
        assert [i for i, n in Counter(tree.xpath("//@id")).items() if n > 1] == [], address
        assert len(tree.xpath("//h1")) == 1, address
        levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), (address, levels)
        assert tree.xpath("string(/html/@lang)") == "en"
        assert tree.xpath("string(//link[@rel='canonical']/@href)").startswith("https://programme.example/small-2028/")
        assert len(tree.xpath("//title")) == 1
        assert tree.xpath("//*[@style]") + tree.xpath("//style") + tree.xpath("//script[not(@src)]") == [], address
        assert tree.xpath("//@*[starts-with(name(), 'on')]") == []


def test_pages_close_what_they_open() -> None:
    for address in filter(is_page, addresses(released())):
        body = shown(released(), address)
        assert body is not None
        text = body.decode().removeprefix("<!doctype html>")
        text = re.sub(r"<(meta|link|input|br|hr)\b([^>]*)>", r"<\1\2/>", text)
        text = re.sub(r" (hidden|defer|crossorigin|readonly|download|reversed)(?=[ >/])", r' \1=""', text)
        fromstring(text)  # as XML, which forgives nothing


def test_what_is_not_there_is_not_shown() -> None:
    for address in ("sessions/none", "panels/P9", "papers/T4", "people/nobody", "rooms/x", "tracks/x", "showcases/x",
                    "releases/9", "schedule?day=2028-03-24", "schedule?day=soon", "list?day=2028-02-30",
                    "subscribe?of=people/nobody", "subscribe?of=secrets/1"):  # fmt: skip
        assert shown(PROGRAMME, address) is None, address


def test_a_paper_in_reserve_is_named_nowhere() -> None:
    draft_papers = {paper.code for paper in PROGRAMME.papers if paper.status is PaperStatus.RESERVE}
    assert draft_papers == {"T4"}
    for address in ("papers/", "panels/P1", "people/bob-baker", "panels/"):
        assert "A reserve" not in said(page(PROGRAMME, address)), address


def test_a_session_says_when_and_where_on_the_events_own_clocks() -> None:
    tree = page(PROGRAMME, "sessions/P1-2")
    facts = said(tree, "//dl")
    assert "Sunday 26 March" in facts
    assert "09:00–10:00" in facts  # 08:00 UTC, and the clocks went forward that night
    assert "Room B, Annexe, level 2" in facts
    assert "Not step-free" in facts
    assert tree.xpath("//dl//time/@datetime") == ["2028-03-26T09:00+01:00"]


def test_a_sessions_papers_stand_with_their_times_and_authors() -> None:
    entries = page(PROGRAMME, "sessions/P1-1").xpath("//section[@aria-labelledby='papers']//li")
    assert [" ".join("".join(li.itertext()).split()) for li in entries] == [
        "10:30 Letting go of the controls Bob Baker, Charlie Khan",
        "10:50 What neighbours know Charlie Khan, Alice Adler",
    ]


def test_a_session_in_another_language_says_so_to_people_and_programs() -> None:
    tree = page(PROGRAMME, "sessions/D2")
    assert said(tree, "//p[@class='leaf-kind']") == "Discussion, in French"
    assert tree.xpath("//h1/span/@lang") == ["fr"]


def test_a_cancelled_sessions_page_stays_and_says_so() -> None:
    tree = page(released(), "sessions/K1")
    assert "This session has been cancelled. It was to be on Saturday 25 March, 09:00–10:00." in said(tree)
    assert "sessions/K1" in links(page(released(), "list"), "small-2028")


def test_a_moved_session_says_from_where() -> None:
    assert "This session has moved. It was to be on Saturday 25 March, 10:30, Room B." in said(
        page(released(), "sessions/P1-1")
    )


def test_a_paper_says_when_it_is_given_within_its_session() -> None:
    facts = said(page(PROGRAMME, "papers/T2"), "//dl")
    assert "Saturday 25 March10:50, 20 minutes" in facts
    assert "Trust in public services (1)" in facts
    assert "Tabled: listed, not presented" in said(page(PROGRAMME, "papers/T5"), "//dl")


def test_a_person_has_all_their_duties_by_time() -> None:
    text = said(page(PROGRAMME, "people/alice-adler"))
    assert re.findall(r"\d\d:\d\d–\d\d:\d\d|Chair|Moderator|Author|What neighbours know", text) == [
        "10:30–12:00", "Chair", "What neighbours know", "Author", "13:00–14:00", "Moderator", "Chair",
    ]  # fmt: skip


def test_two_people_of_one_name_have_two_pages() -> None:
    assert "City Council" in said(page(PROGRAMME, "people/charlie-khan"))
    assert "Lund" in said(page(PROGRAMME, "people/charlie-khan-2"))
    assert said(page(PROGRAMME, "people/")).count("Khan, Charlie") == 2


def test_a_panel_has_its_chairs_sessions_papers_and_communities() -> None:
    text = said(page(PROGRAMME, "panels/P1"))
    told = ("Alice Adler", "How trust grows", "Trust in public services (1)", "Letting go of the controls",
            "Trust in public services (2)", "Tabled papers", "On the table", "Salford Dadz")  # fmt: skip
    assert [words for words in told if words not in text] == []
    assert [text.index(words) for words in told] == sorted(text.index(words) for words in told)


def test_a_showcase_has_its_hours_place_demonstrations_and_panels() -> None:
    text = said(page(PROGRAMME, "showcases/dadz"))
    for words in ("Table 7", "Foyer", "12:00–14:00", "10:00–12:00", "Dads and daughters", "Trust in public services",
                  "To meet people who run family services.", "Children who are better for it."):  # fmt: skip
        assert words in text, words


def test_the_front_page_knows_what_is_now_and_next() -> None:
    now = said(page(PROGRAMME, "", at(25, 11)), "//section[@aria-labelledby='now']")
    assert now.startswith("Now and next Now 10:30–12:00 Trust in public services (1)")
    assert "Next, at 12:00 12:00–13:00 Lunch" in now
    assert page(PROGRAMME, "").xpath("//section[@aria-labelledby='now']") == []  # long before


def test_the_schedule_opens_at_today_and_else_at_the_first_day() -> None:
    assert said(page(PROGRAMME, "schedule", at(26, 10)), "//h1") == "Sunday 26 March"
    assert said(page(PROGRAMME, "schedule", at(26, 2)), "//h1") == "Saturday 25 March"  # the small hours
    assert said(page(PROGRAMME, "schedule"), "//h1") == "Saturday 25 March"


def test_the_schedule_marks_what_is_on() -> None:
    on = page(PROGRAMME, "schedule", at(25, 13, 15)).xpath("//div[contains(@class, 'is-on')]//a/@href")
    assert on == ["/small-2028/sessions/D2", "/small-2028/sessions/D1"]


def test_the_table_covers_every_place_once() -> None:
    for address in ("schedule?day=2028-03-25", "schedule?day=2028-03-26"):
        tree = page(PROGRAMME, address)
        covered = places(tree)
        width = len(tree.xpath("//thead/tr/*"))
        assert set(covered.values()) == {1}, address
        assert len(covered) == width * len(tree.xpath("//tbody/tr"))


def places(tree: Element) -> Counter[tuple[int, int]]:
    """How often each place of the table's body is covered, by the HTML table algorithm."""
    covered: Counter[tuple[int, int]] = Counter()
    for y, row in enumerate(tree.xpath("//tbody/tr")):
        x = 0
        for cell in row.xpath("td|th"):
            while covered[y, x]:
                x += 1
            for dy in range(int(cell.get("rowspan", "1"))):
                for dx in range(int(cell.get("colspan", "1"))):
                    covered[y + dy, x + dx] += 1
    return covered


def test_the_subscribe_page_offers_each_program_its_own_address() -> None:
    hrefs = page(PROGRAMME, "subscribe?of=people/bob-baker").xpath("//main//a/@href")
    feed = "programme.example/small-2028/people/bob-baker.ics"
    coded = "webcal%3A%2F%2F" + feed.replace("/", "%2F")
    assert f"webcal://{feed}" in hrefs
    assert f"https://calendar.google.com/calendar/r?cid={coded}" in hrefs
    assert sum(f"addfromweb?url={coded}&name=" in href for href in hrefs) == 2
    assert f"https://{feed}" in hrefs
    assert "It will not update." in said(page(PROGRAMME, "subscribe"))


def test_every_page_with_a_calendar_of_its_own_leads_to_it() -> None:
    for address in ("sessions/K1", "panels/P1", "people/bob-baker", "rooms/aula", "tracks/trust", "showcases/dadz"):
        tree = page(PROGRAMME, address)
        assert f"/small-2028/subscribe?of={address}" in tree.xpath("//a/@href")
        assert f"/small-2028/{address}.ics" in tree.xpath("//link[@type='text/calendar']/@href")


def test_versions_tell_what_changed() -> None:
    assert "Bob is ill." in said(page(released(), "releases/2"))
    text = said(page(released(), "releases/2"), "//section[@aria-labelledby='changes']")
    assert "Opening keynote" in text
    assert "Cancelled" in text
    assert said(page(released(), "releases/"), "//li//h2") == "Version 2"
    assert "Version 2, published 2 March 2028, 09:00." in said(page(released(), ""), "//footer")


def test_an_event_of_which_nothing_is_known_yet_has_every_page() -> None:
    bare = Programme(event=Event(slug="bare", uid="u", name="Bare", starts=EVENT.starts, ends=EVENT.ends, zone="UTC"))
    for rendition in PAGES:
        if "{" not in rendition.address:
            assert shown(bare, rendition.address) is not None, rendition.address


HOSTILE = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg onload=alert(1)>",
    "link": "[click](javascript:alert(1)) <javascript:alert(1)> [d](data:text/html,x) ![i](https://evil.example/p.png)",
    "template": "{{ 7*7 }}{% set x=1 %}%(oops)s %s &amp; &lt;b&gt;",
    "reversed": "safe \u202egnp.exe\u202c and \u2067more",
    "emoji": "🎉" * 10_000,
    "long": "w" * 2000,
    "arabic": "مؤتمر الإدارة العامة 2028 (الجلسة)",
}
TEXTS = {"title", "name", "subtitle", "about", "venue", "address", "text", "building", "level", "equipment", "abstract",
         "sorts_as", "pronouns", "affiliation", "country", "biography", "label", "organisation", "home", "summary",
         "outcome", "wish", "place", "notes", "keywords"}  # fmt: skip


def poisoned(programme: Programme, text: str) -> Programme:
    """The programme with the same text wherever people write one."""
    return msgspec.convert(_poisoned(msgspec.to_builtins(programme), text), Programme)


def _poisoned(thing: Any, text: str) -> Any:
    if isinstance(thing, Mapping):
        return {key: _replaced(value, text) if key in TEXTS else _poisoned(value, text) for key, value in thing.items()}
    return [_poisoned(each, text) for each in thing] if isinstance(thing, list | tuple) else thing


def _replaced(value: Any, text: str) -> Any:
    return [text] if isinstance(value, list | tuple) else text


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_do_no_harm_on_any_page(kind: str) -> None:
    programme = poisoned(released(), HOSTILE[kind])
    for address, tree in all_pages(programme):
        assert tree.xpath("//script[not(@src)]|//svg|//img|//iframe|//object|//style") == [], address
        assert tree.xpath("//@*[starts-with(name(), 'on')]") == []
        hrefs = [href for href in tree.xpath("//@href") if not re.match(r"(https?:|webcal:|mailto:|/|#)", href)]
        assert hrefs == [], address
        assert not re.search(r"\b49\b", said(tree))


def test_text_that_turns_around_turns_nothing_else_around() -> None:
    programme = poisoned(released(), HOSTILE["reversed"])
    for address, tree in all_pages(programme):
        for element in tree.iter():
            for holder, text in ((element, element.text), (element.getparent(), element.tail)):
                if text and "\u202e" in text and isinstance(element.tag, str):
                    assert isolated(holder), (address, html.tostring(holder)[:200])
        assert not any("\u202e" in value for value in tree.xpath("//@*")), address


def isolated(element: Element | None) -> bool:
    """Whether an element or one around it keeps the direction of its text to itself (HTML §15.3.6)."""
    while element is not None:
        if element.tag == "bdi" or element.get("dir") == "auto":
            return True
        element = element.getparent()
    return False


def test_a_floor_with_a_hundred_things_keeps_its_cell_short() -> None:
    floor = Room(code="floor", name="Floor", kind=RoomKind.FLOOR)
    many = tuple(Session(code=f"s{n}", title=f"Thing {n}", room="floor", starts=at(25, 9)) for n in range(100))
    tree = page(Programme(event=EVENT, rooms=(floor,), sessions=many), "schedule")
    assert len(tree.xpath("//td/div")) == 8
    assert said(tree, "//td/details/summary") == "92 more"
    assert len(tree.xpath("//td/details/div")) == 92


def test_forty_authors_stand_in_their_order() -> None:
    people = tuple(Person(code=f"p{n}", name=f"Author {n}") for n in range(40))
    paper = replace(PROGRAMME.papers[0], parts=tuple(Part(person=p.code, role=Role.AUTHOR) for p in people))
    tree = page(replace(PROGRAMME, papers=(paper,), people=people), "papers/T1")
    assert tree.xpath("//section[@class='cast']//bdi/text()") == [p.name for p in people]


def test_a_session_that_came_back_to_its_slot_still_says_where_it_was() -> None:
    stamp = Stamp(changed=datetime(2028, 1, 1, tzinfo=UTC), was=Slot(starts=at(25, 8), minutes=60, room="Aula"))
    programme = replace(PROGRAMME, stamps={stamp_key("session", "K1"): stamp})
    assert "It was to be on Saturday 25 March, 08:00, Aula." in said(page(programme, "sessions/K1"))


def test_a_turn_of_a_paper_that_is_not_there_is_passed_over() -> None:
    lost = replace(SESSIONS[1], turns=(Turn(paper="none", minutes=20), Turn(paper="T1", minutes=20)))
    text = said(page(replace(PROGRAMME, sessions=(lost,)), "sessions/P1-1"), "//section[@aria-labelledby='papers']")
    assert text == "Papers 10:50 Letting go of the controls Bob Baker, Charlie Khan"


def test_someones_link_vouches_for_nothing() -> None:
    link = page(PROGRAMME, "people/bob-baker").xpath("//a[@href='https://bob.example/']")[0]
    assert link.get("rel") == "noopener nofollow ugc"
    assert BOB.links[0].label == "".join(link.itertext())


def test_all_names_of_renditions_and_their_addresses_are_different() -> None:
    assert [n for n, c in Counter(r.name for r in RENDITIONS).items() if c > 1] == []
    assert [a for a, c in Counter(r.address for r in RENDITIONS).items() if c > 1] == []


def test_the_static_files_that_pages_name_are_there() -> None:
    tree = page(PROGRAMME, "")
    named = [a for a in tree.xpath("//link/@href|//script/@src") if a.startswith("/static/")]
    assert named
    assert [address for address in named if urlsplit(address).path not in assets()] == []
