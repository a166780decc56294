"""The feed of what changed."""

from __future__ import annotations

import msgspec
import pytest
from lxml import etree, html

from events_app.programme.model import Programme, Session
from events_app.programme.planning import Planning
from events_app.programme.release import release
from events_app.renditions import Site
from events_app.renditions.atom import VERSIONS, atom
from events_app.renditions.pages import listing, releases, schedule, session

from ..conference import PROGRAMME, at
from .test_pages import HOSTILE, poisoned, released

SITE = Site(base="https://events.example", now=at(25, 11))
A = "{http://www.w3.org/2005/Atom}"


def entries(programme: Programme, site: Site = SITE) -> list[dict[str, str]]:
    found = []
    for entry in etree.fromstring(atom(programme, site, {})).findall(f"{A}entry"):
        told = {child.tag.removeprefix(A): child.text or "" for child in entry}
        link = entry.find(f"{A}link")
        assert link is not None
        found.append({**told, "link": str(link.get("href"))})
    return found


def test_each_version_is_an_entry_and_each_change_after_it() -> None:
    found = [(e["title"], e["summary"], e["updated"]) for e in entries(released())]
    second = "2028-03-02T09:00:00Z"
    moved = "“Trust in public services (1)” moved from Sat 25 March 10:30, Room B to Sat 25 March 15:00, Aula."
    assert found == [
        ("Version 2", "Bob is ill. 2 changes", second),
        ("Opening keynote", "Cancelled: “Opening keynote”, Sat 25 March 09:00, Aula.", second),
        ("Trust in public services (1)", moved, second),
        ("Version 1", "The first. The first version.", "2028-03-01T09:00:00Z"),
    ]


def test_entries_lead_to_what_changed() -> None:
    links = [entry["link"] for entry in entries(released())]
    assert links[:3] == [
        "https://events.example/small-2028/releases/2",
        "https://events.example/small-2028/sessions/K1",
        "https://events.example/small-2028/sessions/P1-1",
    ]


def test_ids_are_one_each_and_stay_when_more_is_published_or_the_site_moves() -> None:
    ids = [entry["id"] for entry in entries(released())]
    assert len(set(ids)) == len(ids)
    more = release(PROGRAMME, Planning(), released(), at=at(3, 9), notes="", revision=3)
    assert [entry["id"] for entry in entries(more)][-len(ids) :] == ids
    assert [entry["id"] for entry in entries(released(), Site(base="https://other.example"))] == ids


def test_the_feed_has_all_that_a_feed_must_have() -> None:
    feed = etree.fromstring(atom(released(), SITE, {}))
    assert feed.findtext(f"{A}updated") == "2028-03-02T09:00:00Z"
    assert feed.findtext(f"{A}author/{A}name") == "Small Conference 2028"
    assert {link.get("rel"): link.get("href") for link in feed.findall(f"{A}link")} == {
        "self": "https://events.example/small-2028/changes.atom",
        "alternate": "https://events.example/small-2028/releases/",
    }
    assert (feed.findtext(f"{A}id") or "").startswith("urn:uuid:")


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_stay_words(kind: str) -> None:
    programme = poisoned(released(), HOSTILE[kind])
    feed = etree.fromstring(atom(programme, SITE, {}))
    assert {element.tag for element in feed.iter()} <= {
        A + name
        for name in ("feed", "id", "title", "updated", "published", "author", "name", "link", "entry", "summary")
    }


def test_controls_that_no_xml_may_hold_are_left_out() -> None:
    version = msgspec.structs.replace(released().versions[-1], notes="a\x00b\x0bc\ufffe")
    programme = msgspec.structs.replace(released(), versions=(version,))
    assert entries(programme)[0]["summary"].startswith("abc")


def test_a_draft_has_a_feed_without_entries() -> None:
    assert entries(PROGRAMME) == []


def test_only_the_latest_versions_are_told() -> None:
    version = released().versions[0]
    many = tuple(msgspec.structs.replace(version, number=n + 1) for n in range(VERSIONS + 5))
    titles = [entry["title"] for entry in entries(msgspec.structs.replace(released(), versions=many))]
    assert (len(titles), titles[0]) == (VERSIONS, f"Version {VERSIONS + 5}")


def marks(body: bytes | None) -> list[str]:
    assert body
    return [element.text_content().strip() for element in html.fromstring(body).find_class("changed")]


def test_what_the_last_version_changed_is_marked_on_its_pages() -> None:
    assert marks(listing(released(), SITE, {})) == ["New time"]
    assert marks(schedule(released(), SITE, {"day": "2028-03-25"})) == ["New time"]
    assert marks(session(released(), SITE, {"code": "L1"})) == []
    more = Session(code="S9", title="Late", starts=at(25, 17), room="aula")
    draft = msgspec.structs.replace(PROGRAMME, sessions=(*PROGRAMME.sessions[1:], more))
    third = release(draft, Planning(), released(), at=at(3, 9), notes="", revision=3)
    assert marks(session(third, SITE, {"code": "S9"})) == ["New"]
    assert sorted(marks(listing(third, SITE, {}))) == ["New", "New time"]


def test_the_first_version_and_a_draft_mark_nothing() -> None:
    first = release(PROGRAMME, Planning(), None, at=at(1, 9), notes="", revision=1)
    assert marks(listing(first, SITE, {})) == marks(listing(PROGRAMME, SITE, {})) == []


def test_feed_readers_find_the_feed_from_the_versions() -> None:
    found = html.fromstring(releases(released(), SITE, {})).xpath("//link[@type='application/atom+xml']/@href")
    assert found == ["/small-2028/changes.atom"]
