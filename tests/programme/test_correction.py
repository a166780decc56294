from __future__ import annotations

from msgspec.structs import replace

from events_app.programme.changes import changes
from events_app.programme.correction import Correction, corrected
from events_app.programme.model import Part, Person, Programme, Reply, Role, stamp_key
from events_app.programme.planning import Needs, Planning
from events_app.programme.release import release, unchanged

from ..conference import BOB, DADZ, PAPERS, PROGRAMME, SESSIONS, at

PUBLIC = release(PROGRAMME, Planning(), None, at=at(1, 9), notes="", revision=7)
T1, K1 = PAPERS[0], SESSIONS[0]
AT = at(2, 9)


def after(*made: Correction, published: Programme = PUBLIC, draft: Programme = PROGRAMME) -> Programme | None:
    return corrected(published, draft.people, made, at=AT, revision=8)


def put_right(*made: Correction, published: Programme = PUBLIC, draft: Programme = PROGRAMME) -> Programme:
    found = after(*made, published=published, draft=draft)
    assert found is not None
    return found


def stamped(programme: Programme, before: Programme = PUBLIC) -> set[str]:
    return {key for key, stamp in programme.stamps.items() if stamp != before.stamps.get(key)}


def test_words_are_public_as_the_next_revision_of_the_same_version() -> None:
    made = put_right(Correction("papers", T1, replace(T1, title="Letting go")))
    assert made.papers[0] == replace(PUBLIC.papers[0], title="Letting go")
    assert made.versions == (replace(PUBLIC.versions[0], revision=8, corrected=AT),)
    assert replace(made, papers=PUBLIC.papers, versions=PUBLIC.versions, stamps=PUBLIC.stamps) == PUBLIC


def test_exactly_the_entries_that_say_it_are_stamped_and_no_sequence_rises() -> None:
    title = put_right(Correction("papers", T1, replace(T1, title="Letting go")))
    assert stamped(title) == {stamp_key("session", "P1-1")}
    name = put_right(Correction("people", BOB, replace(BOB, name="Robert Baker")))
    assert stamped(name) == {stamp_key("session", "K1"), stamp_key("session", "P1-1")}
    biography = put_right(Correction("people", BOB, replace(BOB, biography="Bob works.")))
    assert stamped(biography) == set()
    about = put_right(Correction("showcases", DADZ, replace(DADZ, about="Fathers meet.")))
    assert stamped(about) == {"showcase/dadz/a", "showcase/dadz/b"}
    for made in (title, name, about):
        assert {made.stamps[key].changed for key in stamped(made)} == {AT}
        assert {stamp.sequence for stamp in made.stamps.values()} == {0}


def test_a_showcase_that_is_not_listed_any_more_leaves_with_its_hours_and_whom_only_it_names() -> None:
    fay = Person(code="fay", name="Fay")
    hosted = replace(DADZ, parts=(*DADZ.parts, Part(person="fay", role=Role.HOST)))
    draft = replace(PROGRAMME, people=(*PROGRAMME.people, fay), showcases=(hosted,))
    first = release(draft, Planning(), None, at=at(1, 9), notes="", revision=7)
    shorter = replace(draft, showcases=(replace(hosted, staffing=DADZ.staffing[:1]),))
    before = release(shorter, Planning(), first, at=at(1, 10), notes="", revision=8)
    assert [gone.showcase for gone in before.cancelled_staffing] == ["dadz"]
    made = corrected(before, shorter.people, (), at=AT, revision=9, unlisted=["dadz"])
    assert made is not None
    assert (made.showcases, made.cancelled_staffing) == ((), ())
    assert {person.code for person in before.people} - {person.code for person in made.people} == {"fay"}
    assert [session.showcase for session in made.sessions if session.code == "D1"] == [""]
    assert made.stamps.keys() == before.stamps.keys()
    assert stamped(made, before) == {stamp_key("session", "D1")}
    unlisted = Planning(needs=(Needs(showcase="dadz", listed=False),))
    assert unchanged(shorter, unlisted, made), "a release would leave out the same"
    assert corrected(made, shorter.people, (), at=AT, revision=10, unlisted=["dadz"]) is None


def test_what_organisers_changed_besides_and_did_not_release_stays_hidden() -> None:
    """The draft has another abstract and another room; the author puts the title right."""
    drafted = replace(T1, abstract="A secret.", track="care")
    made = put_right(Correction("papers", drafted, replace(drafted, title="Letting go")))
    assert made.papers[0] == replace(PUBLIC.papers[0], title="Letting go")
    moved = replace(K1, starts=at(25, 15), room="room-b", minutes=5)
    made = put_right(Correction("sessions", moved, replace(moved, title="Keynote")))
    assert made.sessions[0] == replace(K1, title="Keynote")


def test_times_and_rooms_never_go_out_with_words() -> None:
    wanted = replace(
        K1, title="Keynote", starts=at(25, 15), room="room-b", minutes=5, turns=(), parts=(), cancelled=True
    )
    assert put_right(Correction("sessions", K1, wanted)).sessions[0] == replace(K1, title="Keynote")
    assert after(Correction("sessions", K1, replace(K1, starts=at(25, 15)))) is None


def test_what_is_not_public_stays_so() -> None:
    reserve, unplaced = PAPERS[3], SESSIONS[-1]
    zoe = Person(code="zoe", name="Zoe")
    assert after(Correction("papers", reserve, replace(reserve, title="Seen?"))) is None
    assert after(Correction("sessions", unplaced, replace(unplaced, title="Seen?"))) is None
    assert after(Correction("people", zoe, replace(zoe, name="Seen?"))) is None


def test_who_is_named_for_the_first_time_comes_along_and_who_is_named_no_more_goes() -> None:
    zoe = Person(code="zoe", name="Zoe")
    draft = replace(PROGRAMME, people=(zoe, *PROGRAMME.people))
    wanted = replace(T1, parts=(*T1.parts, Part(person="zoe", role=Role.AUTHOR)))
    made = put_right(Correction("papers", T1, wanted), draft=draft)
    assert made.people == (zoe, *PUBLIC.people)
    t3 = PAPERS[2]  # Eve has a part in D2 as well
    assert put_right(Correction("papers", t3, replace(t3, parts=()))).people == PUBLIC.people
    other = PAPERS[1]
    made = put_right(Correction("papers", other, replace(other, parts=other.parts[1:2])))
    assert "charlie-khan-2" not in {person.code for person in made.people}


def test_a_showcase_does_not_speak_to_a_panel_that_is_not_public() -> None:
    wanted = replace(DADZ, panels=("P1", "P2"), replies=(Reply(panel="P2", text="Come"), Reply(panel="P1", text="Do")))
    made = put_right(Correction("showcases", DADZ, wanted))
    assert made.showcases[0].panels == ("P1",)
    assert made.showcases[0].replies == (Reply(panel="P1", text="Do"),)


def test_several_corrections_of_one_thing_are_all_made() -> None:
    titled = replace(T1, title="Letting go")
    made = put_right(
        Correction("papers", T1, titled), Correction("papers", titled, replace(titled, abstract="Let go."))
    )
    assert made.papers[0] == replace(T1, title="Letting go", abstract="Let go.")


def test_a_release_after_a_correction_sees_no_difference_that_is_not_there() -> None:
    wanted = replace(T1, title="Letting go", parts=T1.parts[:1])
    made = put_right(Correction("papers", T1, wanted))
    draft = replace(PROGRAMME, papers=(wanted, *PROGRAMME.papers[1:]))
    assert unchanged(draft, Planning(), made)
    moved = replace(draft, sessions=(replace(K1, starts=at(25, 8)), *draft.sessions[1:]))
    second = release(moved, Planning(), made, at=at(3, 9), notes="", revision=9)
    assert [(change.noun, change.code) for change in second.versions[-1].changes] == [("session", "K1")]
    assert changes(made, second) == second.versions[-1].changes
    assert second.versions[0].corrected == AT
    assert second.stamps["session/P1-1"] == made.stamps["session/P1-1"]
