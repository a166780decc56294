from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from events_app import editing, reading
from events_app.programme.model import Part, Person, Role
from events_app.programme.planning import Contact, Rules

from ..conference import PAPERS, PROGRAMME, SESSIONS

SLUG = "small-2028"
OLGA, BY = "olga@example.org", "bob@example.org"
T1, K1 = PAPERS[0], SESSIONS[0]


async def test_what_changed_after_it_was_asked_for_is_overwritten_only_by_whoever_has_seen_it(conference: str) -> None:
    await editing.put(SLUG, "rules", Rules(title_locked=date(2020, 1, 1)), OLGA)
    await editing.correct(SLUG, {("papers", "T1"): replace(T1, title="Letting go")}, BY, seen={("papers", "T1"): T1})
    (request,) = (await reading.draft(SLUG)).planning.requests
    await editing.put(SLUG, "papers", replace(T1, title="Organised"), OLGA)
    for seen in ("", request.was):
        with pytest.raises(editing.Conflict) as refused:
            await editing.take_request(SLUG, request.code, OLGA, seen=seen)
        assert (refused.value.present.title, refused.value.wanted.title) == ("Organised", "Letting go")
    assert (await reading.draft(SLUG)).programme.papers[0].title == "Organised"
    await editing.take_request(SLUG, request.code, OLGA, seen='"Organised"')
    assert (await reading.draft(SLUG)).programme.papers[0].title == "Letting go"


async def asked_for_zoe(*, presenting: bool = False) -> dict[str, str]:
    """T1's author wants Zoe beside them, whom nobody knew: the codes of the requests, by field."""
    days = date(2020, 1, 1)
    await editing.put(SLUG, "rules", Rules(title_locked=days, authors_locked=days, presenter_locked=days), OLGA)
    roles = (Role.AUTHOR, Role.PRESENTER) if presenting else (Role.AUTHOR,)
    parts = (*T1.parts, *(Part(person="zoe", role=role) for role in roles))
    things = {
        ("people", "zoe"): Person(code="zoe", name="Zoe"),
        ("contacts", "zoe"): Contact(person="zoe", email="zoe@example.org"),
        ("papers", "T1"): replace(T1, title="Ours", parts=parts),
    }
    await editing.correct(SLUG, things, BY, seen={("papers", "T1"): T1})
    return {request.field: request.code for request in (await reading.draft(SLUG)).planning.requests}


async def is_there(person: str) -> bool:
    draft = await reading.draft(SLUG)
    known = {one.code for one in draft.programme.people}, {one.person for one in draft.planning.contacts}
    assert len({person in codes for codes in known}) == 1, "nobody is left without their address"
    return person in known[0]


async def test_whoever_was_entered_for_a_request_goes_with_it_once_no_other_wants_them(conference: str) -> None:
    asked = await asked_for_zoe(presenting=True)
    await editing.decline_request(SLUG, asked["authors"], OLGA)
    assert await is_there("zoe"), "she may present still"
    await editing.decline_request(SLUG, asked["presenter"], OLGA)
    assert not await is_there("zoe")
    assert len((await reading.draft(SLUG)).programme.people) == len(PROGRAMME.people)


async def test_whoever_was_named_before_somebody_else_was_asked_for_instead_goes_too(conference: str) -> None:
    await asked_for_zoe()
    things = {
        ("people", "ann"): Person(code="ann", name="Ann"),
        ("papers", "T1"): replace(T1, parts=(*T1.parts, Part(person="ann", role=Role.AUTHOR))),
    }
    await editing.correct(SLUG, things, BY, seen={})
    asked = {request.field: request.code for request in (await reading.draft(SLUG)).planning.requests}
    await editing.decline_request(SLUG, asked["authors"], OLGA)
    assert (await reading.draft(SLUG)).programme.people == PROGRAMME.people


async def test_whoever_has_a_part_by_now_or_was_known_before_stays(conference: str) -> None:
    asked = await asked_for_zoe()
    part = Part(person="zoe", role=Role.PANELLIST)
    await editing.put(SLUG, "sessions", replace(K1, parts=(*K1.parts, part)), OLGA)
    await editing.decline_request(SLUG, asked["authors"], OLGA)
    assert await is_there("zoe")
    await editing.put(SLUG, "people", Person(code="yan", name="Yan"), OLGA)
    wanted = replace(T1, parts=(*T1.parts, Part(person="yan", role=Role.AUTHOR)))
    await editing.correct(SLUG, {("papers", "T1"): wanted}, BY, seen={})
    request = (await reading.draft(SLUG)).planning.requests[-1]
    await editing.decline_request(SLUG, request.code, OLGA)
    assert "yan" in {person.code for person in (await reading.draft(SLUG)).programme.people}
