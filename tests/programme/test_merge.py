from __future__ import annotations

import msgspec
from hypothesis import given

from events_app.programme.changes import changes
from events_app.programme.merge import adopt
from events_app.programme.model import (
    Event,
    Panel,
    Paper,
    Part,
    Person,
    Programme,
    Role,
    Room,
    Session,
    Showcase,
    Stamp,
    Track,
    Turn,
)
from tests.conference import EVENT, PROGRAMME, SESSIONS, at
from tests.programme.edits import codes, edited, with_more, without
from tests.programme.worlds import programmes

NEWER = msgspec.structs.replace(EVENT, slug="proposed", uid="proposed")


def _edition(*sessions: Session, people: tuple[Person, ...] = (), event: Event = NEWER) -> Programme:
    return Programme(event=event, sessions=sessions, people=people)


def _kept(*sessions: Session, people: tuple[Person, ...] = ()) -> Programme:
    return _edition(*sessions, people=people, event=EVENT)


def _session(code: str, source: str = "", title: str = "", **more: object) -> Session:
    return Session(code=code, title=title or code, source=source, **more)  # type: ignore[arg-type]


def test_the_same_edition_again_changes_nothing() -> None:
    assert adopt(PROGRAMME, PROGRAMME) == PROGRAMME


@given(programmes)
def test_any_edition_brought_in_twice_changes_nothing_the_second_time(edition: Programme) -> None:
    once = adopt(PROGRAMME, edition)
    assert adopt(once, edition) == once


def test_the_event_keeps_its_slug_and_uid_and_takes_the_rest() -> None:
    newer = msgspec.structs.replace(NEWER, name="Another name", venue="")
    event = adopt(PROGRAMME, msgspec.structs.replace(PROGRAMME, event=newer)).event
    assert event == msgspec.structs.replace(EVENT, name="Another name")


def test_a_thing_of_the_same_source_keeps_its_code_whatever_it_is_called_now() -> None:
    kept, edition = _kept(_session("k1", "guid-1", "Keynote")), _edition(_session("opening", "guid-1", "Opening"))
    assert adopt(kept, edition).sessions == (_session("k1", "guid-1", "Opening"),)


def test_references_are_rewritten_with_the_codes() -> None:
    kept = Programme(
        event=EVENT,
        rooms=(Room(code="r", name="R", source="1"),),
        tracks=(Track(code="t", name="T", source="1"),),
        people=(Person(code="p", name="P", source="1"),),
        panels=(Panel(code="n", title="N", source="1"),),
        papers=(Paper(code="a", title="A", source="1"),),
        showcases=(Showcase(code="w", title="W", source="1"),),
    )
    part, kept_part = Part(person="p-new", role=Role.AUTHOR), Part(person="p", role=Role.AUTHOR)
    edition = Programme(
        event=NEWER,
        rooms=(Room(code="r-new", name="R", source="1"),),
        tracks=(Track(code="t-new", name="T", source="1"),),
        people=(Person(code="p-new", name="P", source="1"),),
        panels=(Panel(code="n-new", title="N", source="1", track="t-new", parts=(part,)),),
        papers=(Paper(code="a-new", title="A", source="1", panel="n-new", track="t-new", parts=(part,)),),
        showcases=(Showcase(code="w-new", title="W", source="1", floor="r-new", panels=("n-new",), parts=(part,)),),
        sessions=(
            _session("s", room="r-new", track="t-new", panel="n-new", showcase="w-new", parts=(part,),
                     turns=(Turn(paper="a-new", minutes=20),)),
        ),
    )  # fmt: skip
    merged = adopt(kept, edition)
    assert merged.panels[0] == Panel(code="n", title="N", source="1", track="t", parts=(kept_part,))
    assert merged.papers[0] == Paper(code="a", title="A", source="1", panel="n", track="t", parts=(kept_part,))
    assert merged.showcases[0] == Showcase(
        code="w", title="W", source="1", floor="r", panels=("n",), parts=(kept_part,)
    )  # fmt: skip
    assert merged.sessions[0] == _session(
        "s", room="r", track="t", panel="n", showcase="w", parts=(kept_part,), turns=(Turn(paper="a", minutes=20),)
    )


def test_without_a_source_the_code_says_what_is_the_same() -> None:
    assert codes(adopt(_kept(_session("k1")), _edition(_session("k1", title="New"))).sessions) == ["k1"]


def test_a_thing_made_by_hand_takes_on_the_source_of_the_edition_that_has_it() -> None:
    merged = adopt(_kept(_session("k1")), _edition(_session("k1", "guid-1")))
    assert merged.sessions == (_session("k1", "guid-1"),)


def test_a_new_thing_of_another_source_does_not_take_a_code_that_is_given() -> None:
    kept = _kept(_session("k1", "guid-1"))
    edition = _edition(_session("k1", "guid-2"), _session("other", "guid-1", "k1"))
    assert adopt(kept, edition).sessions == (_session("k1-2", "guid-2", "k1"), _session("k1", "guid-1"))


def test_a_new_thing_without_a_source_keeps_the_code_that_it_was_given_first() -> None:
    kept = _kept(_session("k1", "guid-1"))
    edition = _edition(_session("other", "guid-1"), _session("k1"))
    once = adopt(kept, edition)
    assert codes(once.sessions) == ["k1", "k1-2"]
    assert adopt(once, edition) == once


def test_the_code_of_what_is_gone_is_given_to_nothing_else() -> None:
    merged = adopt(_kept(_session("k1", "guid-1")), _edition(_session("K1", "guid-2")))
    assert codes(merged.sessions) == ["K1-2"]


def test_the_code_of_what_was_once_published_is_given_to_nothing_else() -> None:
    kept = msgspec.structs.replace(_kept(), stamps={"session/k1": Stamp(changed=at(1, 1))})
    assert codes(adopt(kept, _edition(_session("k1", "guid-2"))).sessions) == ["k1-2"]


def test_what_was_withdrawn_comes_back_under_its_old_code_and_takes_place() -> None:
    withdrawn = _session("k1", "guid-1", cancelled=True)
    kept = msgspec.structs.replace(_kept(), cancelled=(withdrawn,))
    assert adopt(kept, _edition(_session("new", "guid-1", "k1"))).sessions == (_session("k1", "guid-1"),)


def test_what_a_newer_edition_lacks_is_gone() -> None:
    kept = _kept(_session("a", "1"), _session("b", "2"))
    merged = adopt(kept, _edition(_session("a", "1")))
    assert [(change.code, change.kind) for change in changes(kept, merged)] == [("b", "cancelled")]


def test_what_is_gone_stays_where_that_is_asked() -> None:
    kept = _kept(_session("a", "1"), _session("b", "2"))
    assert adopt(kept, _edition(_session("a", "1")), gone="keep").sessions == kept.sessions


def test_what_was_made_by_hand_stays_with_all_that_it_refers_to() -> None:
    by_hand = _session("hand", room="r", parts=(Part(person="p", role=Role.HOST),))
    kept = Programme(
        event=EVENT,
        rooms=(Room(code="r", name="R", source="r"), Room(code="r2", name="R2", source="r2")),
        people=(Person(code="p", name="P", source="p"), Person(code="p2", name="P2", source="p2")),
        sessions=(by_hand, _session("a", "1")),
    )
    edition = Programme(
        event=NEWER, rooms=(Room(code="r3", name="R3", source="r3"),), people=(Person(code="p3", name="P3"),)
    )
    edition = with_more(edition, "sessions", _session("a", "1", room="r3"))
    merged = adopt(kept, edition)
    assert (codes(merged.sessions), codes(merged.rooms), codes(merged.people)) == (
        ["a", "hand"],
        ["r3", "r"],
        ["p3", "p"],
    )


def test_people_with_nothing_left_to_do_are_gone_and_those_who_never_had_stay() -> None:
    had = _session("a", "1", parts=(Part(person="busy", role=Role.SPEAKER),))
    kept = _kept(had, people=(Person(code="busy", name="B"), Person(code="idle", name="I")))
    edition = _edition(
        _session("a", "1", parts=(Part(person="new", role=Role.SPEAKER),)), people=(Person(code="new", name="N"),)
    )
    assert codes(adopt(kept, edition).people) == ["new", "idle"]


def test_a_field_that_the_edition_never_fills_stays_as_it_is_kept() -> None:
    silent = tuple(msgspec.structs.replace(room, capacity=0, equipment="Screen") for room in PROGRAMME.rooms)
    merged = adopt(PROGRAMME, msgspec.structs.replace(PROGRAMME, rooms=silent))
    assert [(room.capacity, room.equipment) for room in merged.rooms] == [
        (300, "Screen"), (40, "Screen"), (200, "Screen"),
    ]  # fmt: skip


def test_a_field_that_the_edition_fills_for_some_is_emptied_for_the_others() -> None:
    newer = edited(PROGRAMME, "rooms", "aula", capacity=0)
    assert adopt(PROGRAMME, newer).rooms[0].capacity == 0


def test_a_length_that_is_the_usual_one_is_said_all_the_same() -> None:
    kept, edition = _kept(_session("a", "1", minutes=45)), _edition(_session("a", "1", minutes=60))
    assert adopt(kept, edition).sessions[0].minutes == 60


def test_a_kind_of_thing_that_the_edition_does_not_have_stays() -> None:
    merged = adopt(PROGRAMME, msgspec.structs.replace(PROGRAMME, showcases=(), tracks=()))
    assert (merged.showcases, merged.tracks) == (PROGRAMME.showcases, PROGRAMME.tracks)


def test_two_people_of_one_name_stay_two() -> None:
    newer = without(PROGRAMME, "people", "charlie-khan")
    newer = msgspec.structs.replace(
        newer,
        sessions=SESSIONS,
        people=tuple(msgspec.structs.replace(person, source=person.code) for person in PROGRAMME.people),
    )
    assert codes(adopt(PROGRAMME, newer).people) == codes(PROGRAMME.people)


def _thousand(letter: str) -> Programme:
    numbers = range(1000)
    return Programme(
        event=EVENT,
        people=tuple(Person(code=f"{letter}{n}", name=f"P{n}", source=f"p{n}") for n in numbers),
        sessions=tuple(
            _session(f"{letter}{n}", f"s{n}", parts=(Part(person=f"{letter}{n}", role=Role.SPEAKER),)) for n in numbers
        ),
    )


def test_a_thousand_sessions_and_people_take_the_kept_codes() -> None:
    kept, edition = _thousand("kept-"), _thousand("new-")
    merged = adopt(kept, edition)
    assert codes(merged.sessions) == codes(kept.sessions)
    assert [s.parts for s in merged.sessions] == [s.parts for s in kept.sessions]
