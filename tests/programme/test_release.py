from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events_app.programme.lookup import index
from events_app.programme.model import CancelledHours, Part, Programme, Role, Room, Slot, Staffing, Stamp, Turn, Version
from events_app.programme.planning import Needs, Planning
from events_app.programme.references import pointers
from events_app.programme.release import over, release, unchanged
from tests.conference import DADZ, EVENT, PROGRAMME, at
from tests.programme.edits import codes, edited, with_more, without
from tests.programme.worlds import programmes

FIRST, SECOND, THIRD = at(1, 12), at(2, 12), at(3, 12)
PLANNING = Planning()
UNLISTED = Planning(needs=(Needs(showcase="dadz", listed=False),))


def _release(
    draft: Programme, previous: Programme | None = None, *, when: datetime = FIRST, planning: Planning = PLANNING
) -> Programme:
    revision = (previous.versions[-1].revision if previous else 0) + 1
    return release(draft, planning, previous, at=when, notes="As agreed.", revision=revision)


ONE = _release(PROGRAMME)


def _then(draft: Programme, planning: Planning = PLANNING) -> Programme:
    """The second release, a day after the first."""
    return _release(draft, ONE, when=SECOND, planning=planning)


def test_the_public_gets_what_is_placed_and_not_in_reserve() -> None:
    assert codes(ONE.sessions) == ["K1", "P1-1", "L1", "D1", "D2", "N1", "P1-2"]
    assert codes(ONE.papers) == ["T1", "T2", "T3", "T5"]


def test_a_turn_of_a_paper_in_reserve_is_left_out() -> None:
    draft = edited(PROGRAMME, "sessions", "P1-2", turns=(Turn(paper="T3"), Turn(paper="T4")))
    assert [turn.paper for turn in _release(draft).sessions[-1].turns] == ["T3"]


def test_who_has_no_part_left_is_not_named() -> None:
    draft = edited(PROGRAMME, "papers", "T4", parts=(Part(person="eve-ito", role=Role.AUTHOR),))
    draft = without(draft, "papers", "T3")
    draft = without(draft, "sessions", "D2")
    assert "eve-ito" in codes(draft.people)
    assert "eve-ito" not in codes(_release(draft).people)


def test_a_showcase_whose_hosts_did_not_agree_is_named_nowhere() -> None:
    public = _release(PROGRAMME, planning=UNLISTED)
    assert public.showcases == ()
    assert [s.showcase for s in public.sessions if s.code == "D1"] == [""]
    assert b"Salford Dadz" not in msgspec.json.encode(without(public, "people", "dana-osei"))


def test_a_showcase_that_is_listed_no_more_is_not_named_among_the_cancelled_either() -> None:
    public = _then(PROGRAMME, planning=UNLISTED)
    assert (public.showcases, public.cancelled_staffing) == ((), ())
    assert b"Table 7" not in msgspec.json.encode(public)


def test_the_first_version_has_no_changes() -> None:
    assert ONE.versions == (Version(number=1, revision=1, published=FIRST, notes="As agreed."),)


def test_each_version_says_what_changed() -> None:
    two = _then(edited(PROGRAMME, "sessions", "K1", starts=at(25, 8)))
    assert two.versions[0] == ONE.versions[0]
    assert (two.versions[1].number, two.versions[1].revision, two.versions[1].published) == (2, 2, SECOND)
    assert [(change.code, change.kind) for change in two.versions[1].changes] == [("K1", "moved")]


def test_every_entry_has_a_stamp_from_the_start() -> None:
    keys = ["event", "session/D1", "session/D2", "session/K1", "session/L1", "session/N1", "session/P1-1",
            "session/P1-2", "showcase/dadz/a", "showcase/dadz/b"]  # fmt: skip
    assert ONE.stamps == {key: Stamp(changed=FIRST) for key in keys}


def test_what_did_not_change_keeps_its_stamps() -> None:
    assert _then(PROGRAMME).stamps == ONE.stamps


@pytest.mark.parametrize(
    "edits",
    [{"starts": at(25, 8)}, {"minutes": 45}, {"room": "foyer"}, {"room": ""}],
    ids=["start", "end", "room", "no room"],
)
def test_a_move_raises_the_sequence_and_says_where_it_was(edits: dict[str, Any]) -> None:
    stamps = _then(edited(PROGRAMME, "sessions", "K1", **edits)).stamps
    was = Slot(starts=at(25, 9), minutes=60, room="Aula")
    assert stamps == {**ONE.stamps, "session/K1": Stamp(sequence=1, changed=SECOND, was=was)}


def test_an_author_who_goes_from_one_paper_to_the_next_changes_the_entry() -> None:
    """Bob and Charlie wrote the first, another Charlie and Alice the second: told in one order all the same."""
    first, second = (index(PROGRAMME).papers[code].parts for code in ("T1", "T2"))
    shifted = edited(PROGRAMME, "papers", "T1", parts=first[:1])
    shifted = edited(shifted, "papers", "T2", parts=(first[1], *second))
    assert _then(shifted).stamps["session/P1-1"].changed == SECOND


def test_a_later_change_of_words_keeps_where_it_was_before() -> None:
    moved = edited(PROGRAMME, "sessions", "K1", starts=at(25, 8))
    three = _release(edited(moved, "sessions", "K1", title="Keynote"), _then(moved), when=THIRD)
    was = Slot(starts=at(25, 9), minutes=60, room="Aula")
    assert three.stamps["session/K1"] == Stamp(sequence=1, changed=THIRD, was=was)


@pytest.mark.parametrize(
    ("collection", "code", "edits", "touched"),
    [
        ("sessions", "K1", {"title": "Keynote"}, {"session/K1"}),
        ("sessions", "K1", {"abstract": ""}, {"session/K1"}),
        ("people", "eve-ito", {"name": "Eve Itō"}, {"session/D2", "session/P1-2"}),
        ("people", "bob-baker", {"affiliation": "Leeds"}, {"session/K1", "session/P1-1"}),
        ("papers", "T3", {"title": "Rules"}, {"session/P1-2"}),
        ("panels", "P1", {"title": "Trust"}, {"session/P1-1", "session/P1-2"}),
        ("tracks", "care", {"name": "Caring"}, {"session/D2"}),
        ("rooms", "room-b", {"name": "Room Beta"}, {"session/P1-1", "session/P1-2"}),
        ("rooms", "foyer", {"building": "Hall"}, {"session/D1", "session/N1", "showcase/dadz/a", "showcase/dadz/b"}),
        ("showcases", "dadz", {"about": "Fathers."}, {"showcase/dadz/a", "showcase/dadz/b"}),
        ("papers", "T5", {"title": "Tables"}, set()),
        ("rooms", "aula", {"capacity": 9, "opening": ()}, set()),
        ("panels", "P1", {"abstract": "More."}, set()),
        ("people", "bob-baker", {"biography": "More."}, set()),
        ("showcases", "dadz", {"outcome": "More."}, set()),
        ("people", "bob-baker", {"source": "x"}, set()),
        ("sessions", "K1", {"source": "x"}, set()),
    ],
)  # fmt: skip
def test_words_touch_the_entries_that_say_them_and_move_nothing(
    collection: str, code: str, edits: dict[str, Any], touched: set[str]
) -> None:
    stamps = _then(edited(PROGRAMME, collection, code, **edits)).stamps
    assert {key for key, stamp in stamps.items() if stamp != ONE.stamps[key]} == touched
    assert {stamps[key] for key in touched} <= {Stamp(changed=SECOND)}


def test_the_other_person_of_the_name_touches_nothing_of_the_first() -> None:
    one = _release(without(PROGRAMME, "sessions", "P1-1"))
    two = _release(edited(without(PROGRAMME, "sessions", "P1-1"), "people", "charlie-khan-2", name="C"), one)
    assert two.stamps == one.stamps


def test_a_new_venue_touches_every_entry() -> None:
    elsewhere = msgspec.structs.replace(PROGRAMME, event=msgspec.structs.replace(EVENT, venue="Town Hall"))
    assert {stamp.changed for stamp in _then(elsewhere).stamps.values()} == {SECOND}


def test_other_days_raise_the_sequence_of_the_event() -> None:
    longer = msgspec.structs.replace(EVENT, ends=EVENT.ends + timedelta(days=1))
    stamps = _then(msgspec.structs.replace(PROGRAMME, event=longer)).stamps
    assert stamps == {**ONE.stamps, "event": Stamp(sequence=1, changed=SECOND)}


@pytest.mark.parametrize(
    "draft",
    [
        edited(PROGRAMME, "sessions", "K1", cancelled=True),
        without(PROGRAMME, "sessions", "K1"),
        edited(PROGRAMME, "sessions", "K1", starts=None),
    ],
    ids=["cancelled", "gone", "not placed any more"],
)
def test_what_was_public_and_is_no_more_is_cancelled_as_it_stood(draft: Programme) -> None:
    two = _then(draft)
    assert two.cancelled == (msgspec.structs.replace(ONE.sessions[0], cancelled=True),)
    assert "K1" not in codes(two.sessions)
    assert two.stamps == {**ONE.stamps, "session/K1": Stamp(sequence=1, changed=SECOND)}
    assert "bob-baker" in codes(two.people)


def test_what_was_never_public_is_not_cancelled() -> None:
    assert _release(edited(PROGRAMME, "sessions", "K1", cancelled=True)).cancelled == ()


def test_the_cancelled_stay_until_the_event_is_over() -> None:
    draft = without(PROGRAMME, "sessions", "K1")
    two = _then(draft)
    during = _release(draft, two, when=at(26, 23))
    after = _release(draft, two, when=at(27, 3))
    assert (codes(during.cancelled), codes(after.cancelled)) == (["K1"], [])
    assert during.stamps["session/K1"] == after.stamps["session/K1"] == two.stamps["session/K1"]


def test_the_event_is_over_when_its_last_day_ends_on_its_own_clocks() -> None:
    assert not over(EVENT, at(27, 2, 59))
    assert over(EVENT, at(27, 3))  # 04:00, where the day changes


def test_what_comes_back_raises_the_sequence_again() -> None:
    three = _release(PROGRAMME, _then(without(PROGRAMME, "sessions", "K1")), when=THIRD)
    assert three.cancelled == ()
    assert three.stamps["session/K1"] == Stamp(sequence=2, changed=THIRD)
    assert [change.kind for change in three.versions[-1].changes] == ["back"]


def test_what_comes_back_elsewhere_says_where_it_was() -> None:
    moved = edited(PROGRAMME, "sessions", "K1", room="foyer")
    three = _release(moved, _then(without(PROGRAMME, "sessions", "K1")), when=THIRD)
    was = Slot(starts=at(25, 9), minutes=60, room="Aula")
    assert three.stamps["session/K1"] == Stamp(sequence=2, changed=THIRD, was=was)


def test_withdrawn_hours_stay_known_and_come_back_with_a_higher_sequence() -> None:
    fewer = edited(PROGRAMME, "showcases", "dadz", staffing=DADZ.staffing[1:])
    two = _then(fewer)
    assert two.cancelled_staffing == (
        CancelledHours(
            showcase="dadz", title="Salford Dadz", hours=DADZ.staffing[0], floor="foyer", place="Table 7"
        ),
    )  # fmt: skip
    assert two.stamps["showcase/dadz/a"].sequence == 1
    assert _release(PROGRAMME, two).stamps["showcase/dadz/a"].sequence == 2


def test_staffed_hours_that_move_raise_their_sequence() -> None:
    later = (DADZ.staffing[0], Staffing(code="b", starts=at(26, 10), ends=at(26, 11)))
    stamps = _then(edited(PROGRAMME, "showcases", "dadz", staffing=later)).stamps
    was = Slot(starts=at(26, 9), minutes=120, room="Foyer, Table 7")
    assert stamps == {**ONE.stamps, "showcase/dadz/b": Stamp(sequence=1, changed=SECOND, was=was)}


def test_a_showcase_at_another_table_has_moved() -> None:
    stamps = _then(edited(PROGRAMME, "showcases", "dadz", place="Table 8")).stamps
    assert [stamps[f"showcase/dadz/{code}"].sequence for code in "ab"] == [1, 1]


def test_a_showcase_that_was_not_to_be_named_for_a_while_keeps_its_sequence() -> None:
    later = edited(PROGRAMME, "showcases", "dadz", place="Table 8")
    two = _then(later)
    three = _release(later, two, planning=UNLISTED)
    four = _release(later, three)
    found = [public.stamps["showcase/dadz/a"].sequence for public in (ONE, two, three, four)]
    assert found == [0, 1, 1, 2]


def test_a_release_of_the_same_draft_would_show_nothing_new() -> None:
    assert unchanged(PROGRAMME, PLANNING, ONE)
    assert unchanged(with_more(PROGRAMME, "sessions", msgspec.structs.replace(PROGRAMME.sessions[-1], code="X2")),
                     PLANNING, ONE)  # fmt: skip


def test_a_first_release_always_shows_something_new() -> None:
    assert not unchanged(PROGRAMME, PLANNING, None)


@pytest.mark.parametrize(
    ("draft", "planning"),
    [
        (edited(PROGRAMME, "sessions", "K1", title="Keynote"), PLANNING),
        (edited(PROGRAMME, "sessions", "K1", cancelled=True), PLANNING),
        (edited(PROGRAMME, "people", "bob-baker", biography=""), PLANNING),
        (with_more(PROGRAMME, "rooms", Room(code="new", name="New")), PLANNING),
        (PROGRAMME, UNLISTED),
    ],
)
def test_a_release_of_another_draft_would_show_something_new(draft: Programme, planning: Planning) -> None:
    assert not unchanged(draft, planning, ONE)
    assert unchanged(draft, planning, _then(draft, planning))


def _references_resolve(public: Programme) -> bool:
    held = {
        name: {thing.code for thing in getattr(public, name)}
        for name in ("rooms", "tracks", "people", "panels", "showcases", "papers")
    }
    things = (*public.sessions, *public.cancelled, *public.papers, *public.panels, *public.showcases)
    floors = {gone.floor for gone in public.cancelled_staffing} - {""}
    return floors <= held["rooms"] and all(code in held[name] for thing in things for name, code in pointers(thing))


@settings(max_examples=40)
@given(programmes, programmes)
def test_whatever_the_draft_every_reference_in_a_release_resolves(first: Programme, second: Programme) -> None:
    one = _release(first)
    two = _release(second, one)
    assert _references_resolve(one)
    assert _references_resolve(two)


Edit = Callable[[Programme], Programme]


def _edit(collection: str, code: str, **changes: Any) -> Edit:
    return lambda draft: edited(draft, collection, code, **changes)


def _take_out(collection: str, code: str) -> Edit:
    return lambda draft: without(draft, collection, code)


def _put_back(code: str) -> Edit:
    original = next(s for s in PROGRAMME.sessions if s.code == code)
    return lambda draft: with_more(without(draft, "sessions", code), "sessions", original)


_CODES = st.sampled_from(["K1", "P1-1", "D1"])
_EDITS = st.one_of(
    st.builds(_edit, st.just("sessions"), _CODES, starts=st.sampled_from([None, at(25, 9), at(25, 11)])),
    st.builds(_edit, st.just("sessions"), _CODES, room=st.sampled_from(["", "lost", "aula", "foyer"])),
    st.builds(_edit, st.just("sessions"), _CODES, cancelled=st.booleans()),
    st.builds(_edit, st.just("sessions"), _CODES, title=st.sampled_from(["One", "Two"])),
    st.builds(_edit, st.just("showcases"), st.just("dadz"), staffing=st.sampled_from([(), DADZ.staffing])),
    st.builds(_edit, st.just("showcases"), st.just("dadz"), place=st.sampled_from(["Table 7", "Table 8"])),
    st.builds(_edit, st.just("rooms"), st.just("aula"), name=st.sampled_from(["Aula", "Hall"])),
    st.builds(_put_back, _CODES),
    st.builds(_take_out, st.just("sessions"), _CODES),
    st.sampled_from([_take_out("rooms", "foyer"), _take_out("papers", "T1"), _take_out("people", "bob-baker")]),
)
_HISTORIES = st.lists(st.tuples(st.lists(_EDITS, max_size=3), st.booleans(), st.integers(1, 40)), max_size=5)


@given(_HISTORIES)
def test_over_any_history_of_edits_sequences_rise_with_each_move_and_never_fall(
    history: list[tuple[list[Edit], bool, int]],
) -> None:
    draft, previous, when = PROGRAMME, ONE, at(1, 12)
    for edits, listed, passed in history:
        for edit in edits:
            draft = edit(draft)
        when += timedelta(days=passed)
        planning = Planning(needs=(Needs(showcase="dadz", listed=listed),))
        public = _release(draft, previous, when=when, planning=planning)
        assert _references_resolve(public)
        assert unchanged(draft, planning, public)
        before, now = _slots(previous), _slots(public)
        assert now.keys() <= public.stamps.keys()
        for key, stamp in previous.stamps.items():
            rise = public.stamps[key].sequence - stamp.sequence
            assert rise in (0, 1)
            assert public.stamps[key].changed in (stamp.changed, when)
            if key in before and key in now:
                assert rise == (before[key] != now[key])
        previous = public


def _slots(public: Programme) -> dict[str, object]:
    """When, where and whether every session and every staffed hour is; each may be there once only."""
    found: list[tuple[str, object]] = [
        (f"session/{s.code}", (s.starts, s.minutes, s.room, s.cancelled)) for s in (*public.sessions, *public.cancelled)
    ]
    for show in public.showcases:
        for hours in show.staffing:
            found.append((f"showcase/{show.code}/{hours.code}", (hours, show.floor, show.place, False)))
    for gone in public.cancelled_staffing:
        found.append((f"showcase/{gone.showcase}/{gone.hours.code}", (gone.hours, gone.floor, gone.place, True)))
    assert len(dict(found)) == len(found)
    return dict(found)
