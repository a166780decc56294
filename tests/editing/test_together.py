"""Changing several things as one."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from events_app import editing, reading
from events_app.editing.together import SamePerson, merge_people, put_together, revise_together
from events_app.programme.model import PaperStatus, Part, Person, Role, SessionKind
from events_app.programme.planning import Availability, Contact

from ..conference import BOB, CHARLIE, OTHER_CHARLIE, PROGRAMME, SESSIONS, at

SLUG, BY = "small-2028", "alice@example.org"
K1 = SESSIONS[0]
MAIL = Contact(person="bob-baker", email="bob@example.org")


async def draft() -> reading.Draft:
    return await reading.draft(SLUG)


async def noun(collection: str, code: str) -> Any:
    return {noun.code: noun for noun in getattr((await draft()).programme, collection)}.get(code)


async def test_several_things_are_laid_down_as_one_step_and_taken_back_as_one(conference: str) -> None:
    zoe = Person(code="zoe", name="Zoe")
    chaired = replace(K1, parts=(*K1.parts, Part(person="zoe", role=Role.CHAIR)))
    before = await draft()
    await put_together(SLUG, {("sessions", "K1"): chaired, ("people", "zoe"): zoe, ("contacts", "bob-baker"): MAIL}, BY)
    after = await draft()
    assert after.revision == before.revision + 1
    assert await noun("sessions", "K1") == chaired
    assert after.planning.contacts == (MAIL,)
    [line] = await reading.log(SLUG, 1)
    assert (line.what, line.who) == ("revise", BY)
    await editing.undo(SLUG, line.id, BY)
    assert (await draft()).programme == before.programme


async def test_where_one_of_them_was_changed_meanwhile_none_is_saved(conference: str) -> None:
    await editing.put(SLUG, "contacts", MAIL, BY)
    person, contact = ("people", "bob-baker"), ("contacts", "bob-baker")
    wanted = {person: replace(BOB, name="Bobby"), contact: replace(MAIL, gender="man")}
    seen = {person: BOB, contact: None}
    with pytest.raises(editing.Conflict) as refused:
        await put_together(SLUG, wanted, BY, seen=seen)
    assert refused.value.present == MAIL
    assert await noun("people", "bob-baker") == BOB


async def test_what_somebody_else_has_set_to_the_same_is_no_conflict(conference: str) -> None:
    bobby = replace(BOB, name="Bobby")
    await editing.put(SLUG, "people", bobby, BY)
    await put_together(SLUG, {("people", "bob-baker"): bobby}, BY, seen={("people", "bob-baker"): BOB})
    assert await noun("people", "bob-baker") == bobby


async def test_a_new_thing_does_not_overwrite_one_with_its_code(conference: str) -> None:
    which = ("people", "bob-baker")
    with pytest.raises(editing.Conflict):
        await put_together(SLUG, {which: Person(code="bob-baker", name="B")}, BY, seen={which: None})
    assert await noun("people", "bob-baker") == BOB


async def test_many_are_given_the_same_and_it_is_one_step(conference: str) -> None:
    before = await draft()
    changes = {"kind": SessionKind.TALK, "track": "care"}
    assert await revise_together(SLUG, "sessions", ["K1", "L1", "D2"], changes, BY) == 3
    after = await draft()
    assert after.revision == before.revision + 1
    assert {(s.kind, s.track) for s in after.programme.sessions if s.code in ("K1", "L1", "D2")} == {("talk", "care")}
    [line] = await reading.log(SLUG, 1)
    await editing.undo(SLUG, line.id, BY)
    assert (await draft()).programme == before.programme


@pytest.mark.parametrize(
    ("codes", "changes", "refusal"),
    [(["K1", "gone"], {"minutes": 5}, reading.NotFound), (["K1", "L1"], {"room": "nowhere"}, editing.Dangling)],
)
async def test_where_one_cannot_be_changed_none_is(
    conference: str, codes: list[str], changes: dict[str, Any], refusal: type[Exception]
) -> None:
    before = await draft()
    with pytest.raises(refusal):
        await revise_together(SLUG, "sessions", codes, changes, BY)
    assert await draft() == before


async def test_those_that_are_so_already_do_not_count(conference: str) -> None:
    before = (await draft()).revision
    assert await revise_together(SLUG, "papers", ["T5"], {"status": PaperStatus.TABLED}, BY) == 0
    assert (await draft()).revision == before


async def merged(**more: Any) -> None:
    await merge_people(SLUG, "charlie-khan", "charlie-khan-2", BY, person=replace(CHARLIE, affiliation="Lund"), **more)


async def test_two_people_become_one_with_all_their_parts(conference: str) -> None:
    await merged()
    programme = (await draft()).programme
    assert [person.code for person in programme.people if person.name == "Charlie Khan"] == ["charlie-khan"]
    assert (await noun("people", "charlie-khan")).affiliation == "Lund"
    parts = [(part.person, part.role) for part in (await noun("papers", "T2")).parts]
    assert parts == [("charlie-khan", "author"), ("alice-adler", "author"), ("charlie-khan", "presenter")]


async def test_a_role_that_both_had_in_one_thing_is_held_once(conference: str) -> None:
    both = (
        Part(person="charlie-khan", role=Role.PANELLIST),
        Part(person="charlie-khan-2", role=Role.PANELLIST, affiliation="Lund"),
        Part(person="charlie-khan-2", role=Role.CHAIR),
    )
    await editing.put(SLUG, "sessions", replace(K1, parts=both), BY)
    await merged()
    assert (await noun("sessions", "K1")).parts == (
        Part(person="charlie-khan", role=Role.PANELLIST, affiliation="Lund"),
        Part(person="charlie-khan", role=Role.CHAIR),
    )


async def test_when_the_two_can_be_there_is_put_together(conference: str) -> None:
    same = {"starts": at(25, 9), "ends": at(25, 10)}
    for person in ("charlie-khan", "charlie-khan-2"):
        await editing.put(SLUG, "availability", Availability(person=person, **same), BY)
    other = Availability(person="charlie-khan-2", starts=at(26, 9), ends=at(26, 10))
    await editing.put(SLUG, "availability", other, BY)
    await editing.put(SLUG, "contacts", Contact(person="charlie-khan-2", email="c@example.org"), BY)
    await merged(contact=Contact(person="charlie-khan", email="c@example.org"))
    planning = (await draft()).planning
    assert planning.availability == (Availability(person="charlie-khan", **same), replace(other, person="charlie-khan"))
    assert planning.contacts == (Contact(person="charlie-khan", email="c@example.org"),)


async def test_a_merger_can_be_taken_back_whole(conference: str) -> None:
    before = await draft()
    await merged(contact=Contact(person="charlie-khan", email="c@example.org"))
    [line] = await reading.log(SLUG, 1)
    assert line.what == "merge"
    await editing.undo(SLUG, line.id, BY)
    after = await draft()
    assert (after.programme, after.planning) == (before.programme, before.planning)


async def test_nobody_is_merged_with_themselves_or_with_nobody(conference: str) -> None:
    with pytest.raises(SamePerson):
        await merge_people(SLUG, "bob-baker", "bob-baker", BY, person=BOB)
    with pytest.raises(reading.NotFound):
        await merge_people(SLUG, "bob-baker", "nobody", BY, person=BOB)


async def test_who_was_changed_meanwhile_is_not_merged(conference: str) -> None:
    await editing.put(SLUG, "people", replace(OTHER_CHARLIE, name="Charlotte Khan"), BY)
    with pytest.raises(editing.Conflict):
        await merged(seen={("people", "charlie-khan"): CHARLIE, ("people", "charlie-khan-2"): OTHER_CHARLIE})
    assert (await noun("people", "charlie-khan-2")).name == "Charlotte Khan"


async def test_the_log_can_be_asked_for_one_thing_one_kind_one_person(conference: str) -> None:
    await editing.put(SLUG, "people", replace(BOB, name="Bobby"), BY)
    await editing.put(SLUG, "availability", Availability(person="bob-baker", starts=at(25, 9), ends=at(25, 10)), BY)
    await editing.cancel(SLUG, "K1", "mia@example.org")
    asked = reading.log_of
    assert [line.what for line in await asked(SLUG, code="bob-baker")] == ["revise", "import"]
    [hours] = await asked(SLUG, code="bob-baker/")
    assert hours.code.startswith("bob-baker/")
    assert [line.what for line in await asked(SLUG, noun="sessions")] == ["cancel", "import"]
    assert [line.code for line in await asked(SLUG, who="mia@example.org")] == ["K1"]
    assert [line.what for line in await asked(SLUG, what="revise", limit=1)] == ["revise"]
    latest = (await asked(SLUG))[0]
    assert latest not in await asked(SLUG, below=latest.revision)
    assert await reading.log_makers(SLUG) == (
        ["alice@example.org", "mia@example.org"],
        ["cancel", "import", "release", "revise"],
    )
    assert len(PROGRAMME.people) == 6
