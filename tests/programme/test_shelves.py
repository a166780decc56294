from __future__ import annotations

from typing import Any

import msgspec
import pytest

from events_app.programme.lookup import index
from events_app.programme.model import Attachment, Picture, Programme, Value
from events_app.programme.planning import Needs, Planning
from events_app.programme.release import public
from events_app.programme.shelves import (
    SHELVES,
    TEXT,
    Contested,
    Place,
    added,
    moved,
    only_kept,
    reworded,
    shelf_of,
    without,
)
from tests.conference import BOB, DADZ, EVENT, PAPERS, PROGRAMME, SESSIONS

A, B, C = (Picture(key=letter * 64, width=10, height=10, alt=letter) for letter in "abc")
FILE = Attachment(key="d" * 64, name="x.pdf", media="application/pdf", size=9)
THINGS: dict[str, Value] = {
    "event": EVENT, "people": BOB, "showcases": DADZ, "sessions": SESSIONS[0], "papers": PAPERS[0],
}  # fmt: skip


@pytest.mark.parametrize("shelf", SHELVES)
def test_what_is_put_on_a_shelf_stands_there(shelf: Any) -> None:
    items = (A,) if shelf.most == 1 else (A, B)
    place = Place(shelf)
    assert place.items(THINGS[shelf.kind]) == ()
    filled = place.with_items(THINGS[shelf.kind], items)
    assert place.items(filled) == items
    assert place.with_items(filled, ()) == THINGS[shelf.kind]


def test_a_text_is_found_where_it_has_been_moved() -> None:
    place = Place(TEXT, ("front", 0, "Getting there"))
    filled = place.with_items(EVENT, (A,))
    assert filled.back[0].pictures == (A,)  # type: ignore[attr-defined]
    assert place.items(filled) == (A,)
    with pytest.raises(LookupError):
        Place(TEXT, ("front", 0, "Gone")).items(EVENT)


def test_of_two_texts_of_one_title_the_one_at_its_place_is_meant() -> None:
    twice = msgspec.structs.replace(EVENT, back=(*EVENT.back, *EVENT.back))
    filled = Place(TEXT, ("back", 1, "Getting there")).with_items(twice, (A,))
    assert [text.pictures for text in filled.back] == [(), (A,)]  # type: ignore[attr-defined]


def test_only_some_kinds_have_a_shelf() -> None:
    assert shelf_of("rooms") is None
    assert shelf_of("event") is None
    assert shelf_of("papers")


def test_the_same_bytes_are_there_once_and_one_takes_the_place_of_another() -> None:
    again = msgspec.structs.replace(A, alt="again")
    assert added((A, B), again, 12) == (again, B)
    assert added((A,), B, 12) == (A, B)
    assert added((A,), B, 1) == (B,)


def test_one_moves_a_step_and_not_over_the_end() -> None:
    assert moved((A, B, C), B.key, down=False) == (B, A, C)
    assert moved((A, B, C), B.key, down=True) == (A, C, B)
    for key, down in ((A.key, False), (C.key, True), ("nothing", True), ("nothing", False)):
        assert moved((A, B, C), key, down=down) == (A, B, C)
    assert without((A, B, C), [B.key, "nothing"]) == (A, C)


@pytest.mark.parametrize(
    ("mine", "seen", "alt", "contested"),
    [
        ("new", "a", "new", []),
        ("a", "a", "a", []),
        ("old", "old", "a", []),  # somebody else has changed it, and this author has not
        ("a", "old", "a", []),
        ("mine", "old", "a", [Contested(A.key, "alt", "mine", "a")]),
    ],
)
def test_words_of_two_are_joined_or_contested(mine: str, seen: str, alt: str, contested: list[Contested]) -> None:
    (picture, other), found = reworded((A, B), {A.key: {"alt": mine}}, {A.key: {"alt": seen}})
    assert (picture.alt, found) == (alt, contested)
    assert other == B


def filled() -> Programme:
    people = tuple(msgspec.structs.replace(p, picture=A) if p.code == BOB.code else p for p in PROGRAMME.people)
    sessions = (msgspec.structs.replace(SESSIONS[0], files=(FILE,)), *SESSIONS[1:])
    return msgspec.structs.replace(
        PROGRAMME,
        event=msgspec.structs.replace(EVENT, logo=C, back=(msgspec.structs.replace(EVENT.back[0], pictures=(A, B)),)),
        people=people,
        sessions=sessions,
        showcases=(msgspec.structs.replace(DADZ, pictures=(B,)),),
    )


def test_a_programme_knows_the_files_that_it_names() -> None:
    assert index(filled()).files == {C.key: C, A.key: A, B.key: B, FILE.key: FILE}
    assert index(PROGRAMME).files == {}


def test_what_is_not_kept_is_left_out_and_it_is_said_of_what() -> None:
    assert only_kept(filled(), index(filled()).files) == (filled(), [])
    left, where = only_kept(filled(), {A.key})
    assert index(left).files == {A.key: A}
    assert where == ["event", "showcases dadz", "sessions K1"]
    assert only_kept(filled(), ())[0] == PROGRAMME


def test_pictures_of_a_showcase_are_released_if_its_hosts_agreed() -> None:
    assert public(filled(), Planning()).showcases[0].pictures == ()
    assert public(filled(), Planning(needs=(Needs(showcase="dadz"),))).showcases[0].pictures == ()
    assert public(filled(), Planning(needs=(Needs(showcase="dadz", pictured=True),))).showcases[0].pictures == (B,)


def test_nobody_is_told_of_a_slot_anew_because_slides_were_added() -> None:
    from datetime import UTC, datetime

    from events_app.programme.release import release

    at, later = datetime(2028, 1, 1, tzinfo=UTC), datetime(2028, 2, 1, tzinfo=UTC)
    first = release(PROGRAMME, Planning(), None, at=at, notes="", revision=1)
    second = release(filled(), Planning(), first, at=later, notes="", revision=2)
    assert second.stamps == first.stamps
