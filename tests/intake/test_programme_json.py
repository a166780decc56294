from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from events_app.intake import Hints, Refused, read
from events_app.programme.planning import Contact, Needs, Planning
from events_app.renditions import RENDITIONS, Site
from events_app.renditions.programme_json import KIND, RENDITION, render

from ..conference import PROGRAMME

SITE = Site(base="https://small.example")


def changed(**event: object) -> bytes:
    whole = json.loads(render(PROGRAMME, SITE, {}))
    whole["programme"]["event"].update(event)
    return json.dumps(whole).encode()


def test_what_is_rendered_is_read_back_as_it_was() -> None:
    assert read(render(PROGRAMME, SITE, {})).programme == PROGRAMME


def test_the_rendition_is_in_the_list_under_its_own_address() -> None:
    assert RENDITION in RENDITIONS
    assert RENDITION.name == RENDITION.address == "programme.json"


def test_planning_is_read_where_a_file_has_it_and_never_rendered() -> None:
    planning = Planning(
        contacts=(Contact(person="bob-baker", email="bob@private.example"),),
        needs=(Needs(showcase="dadz", power=True),),
    )
    data = msgspec.json.encode({"kind": KIND, "programme": PROGRAMME, "planning": planning})
    reading = read(data)
    assert reading.planning == planning
    assert b"private" not in render(reading.programme, SITE, {})


def test_moments_with_other_offsets_are_taken_as_the_same_instants() -> None:
    data = render(PROGRAMME, SITE, {}).replace(b'"2028-03-25T09:00:00Z"', b'"2028-03-25T10:00:00+01:00"')
    assert read(data).programme == PROGRAMME


def test_texts_are_cleaned_and_titles_are_one_line() -> None:
    reading = read(changed(name="Small\u2028Conference\x07 2028", about="One\r\ntwo\x00"))
    assert reading.programme.event.name == "Small Conference 2028"
    assert reading.programme.event.about == "One\ntwo"


def test_a_hint_gives_the_event_another_slug() -> None:
    assert read(render(PROGRAMME, SITE, {}), Hints(slug="other")).programme.event.slug == "other"


@pytest.mark.parametrize(
    ("event", "place"),
    [
        ({"zone": "Nowhere/City"}, "event.zone"),
        ({"slug": "not fit"}, "event.slug"),
        ({"ends": "2020-01-01"}, "event.ends"),
        ({"starts": "0001-01-01"}, "event.ends"),
        ({"day_change": 1440}, "event.day_change"),
        ({"colour": "red"}, "event.colour"),
        ({"url": "javascript:alert(1)"}, "event.url"),
        ({"languages": 5}, "$.programme.event.languages"),
    ],
)
def test_an_event_that_breaks_the_rules_is_refused_with_its_place(event: dict[str, object], place: str) -> None:
    with pytest.raises(Refused, match=place.replace("$", r"\$")):
        read(changed(**event))


@pytest.mark.parametrize(
    ("collection", "change", "what"),
    [
        ("sessions", {"room": "nowhere"}, "sessions K1: refers to “nowhere”"),
        ("sessions", {"minutes": -1}, "sessions K1"),
        ("sessions", {"minutes": 10**12}, "sessions K1"),
        ("sessions", {"starts": "2028-03-25T09:00:00"}, "no moment"),
        ("sessions", {"starts": "9999-12-31T23:00:00Z"}, "no moment"),
        ("sessions", {"code": "a/b"}, "“a/b” is no code"),
        ("sessions", {"code": "L1"}, "sessions L1: the code stands twice"),
        ("people", {"links": [{"url": "javascript:alert(1)"}]}, "people alice-adler: “javascript:alert"),
        ("tracks", {"colour": "red;}"}, "tracks trust: “red;}”"),
    ],
)
def test_what_breaks_the_rules_is_refused_with_its_place(collection: str, change: dict[str, Any], what: str) -> None:
    whole = json.loads(render(PROGRAMME, SITE, {}))
    whole["programme"][collection][0].update(change)
    with pytest.raises(Refused, match=what.replace("(", r"\(").replace("}", r"\}")):
        read(json.dumps(whole).encode())


def test_a_file_of_a_later_make_is_refused() -> None:
    with pytest.raises(Refused, match="later make"):
        read(b'{"kind": "events-app programme 2", "programme": {}}')
