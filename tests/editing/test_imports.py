from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from events_app import editing, reading
from events_app.editing.accounts import nobody_organises
from events_app.editing.imports import NOT_FREE, BadSlug
from events_app.intake import Reading
from events_app.programme.model import Part, Person, Programme, Role, Room, Session
from events_app.programme.planning import Availability, Contact, Expected, Needs, Planning, Rules
from events_app.web import routes

from ..conference import ALICE, AULA, PROGRAMME, SESSIONS, at

SLUG = "small-2028"
BY = "alice@example.org"
K1 = SESSIONS[0]
NO_PLANNING = Planning()


def edition(programme: Programme, kind: str = "tests", planning: Planning = NO_PLANNING) -> Reading:
    return Reading(kind=kind, programme=programme, planning=planning)


def sourced(programme: Programme) -> Programme:
    """The programme as a file that gives every thing an identity holds it."""
    return replace(
        programme,
        **{
            name: tuple(replace(noun, source=f"{name}:{noun.code}") for noun in getattr(programme, name))
            for name in ("rooms", "tracks", "people", "panels", "showcases", "papers", "sessions")
        },
    )


FILE = sourced(PROGRAMME)


def without(programme: Programme, code: str) -> Programme:
    return replace(programme, sessions=tuple(s for s in programme.sessions if s.code != code))


def with_session(programme: Programme, code: str, /, **changes: object) -> Programme:
    return replace(
        programme, sessions=tuple(replace(s, **changes) if s.code == code else s for s in programme.sessions)
    )


async def session(code: str) -> Session:
    draft = await reading.draft(SLUG)
    return next(s for s in draft.programme.sessions if s.code == code)


async def test_a_new_event_is_what_the_file_holds(empty: str) -> None:
    report = await editing.import_reading(None, edition(FILE), BY)
    assert (await reading.draft(SLUG)).programme == FILE
    assert msgspec.structs.asdict(report) == {
        "event": SLUG,
        "sessions": 8,
        "papers": 5,
        "people": 6,
        "rooms": 3,
        "days": 2,
        "new": 26,
        "changed": 0,
        "gone": 0,
        "odd": (),
    }
    assert await nobody_organises()


async def test_the_same_file_again_writes_nothing(empty: str) -> None:
    await editing.import_reading(None, edition(FILE), BY)
    before = await reading.draft(SLUG)
    report = await editing.import_reading(None, edition(FILE), BY)
    assert (report.new, report.changed, report.gone) == (0, 0, 0)
    assert await reading.draft(SLUG) == before
    assert len(await reading.log(SLUG)) == 1


async def test_a_newer_edition_adds_changes_and_takes_away(empty: str) -> None:
    await editing.import_reading(None, edition(FILE), BY)
    newer = with_session(without(FILE, "L1"), "K1", title="Another keynote", starts=at(25, 10))
    newer = replace(newer, sessions=(*newer.sessions, Session(code="W1", title="New", source="sessions:W1")))
    report = await editing.import_reading(None, edition(newer), BY)
    assert (report.new, report.changed, report.gone) == (1, 1, 1)
    draft = await reading.draft(SLUG)
    assert {s.code: s for s in draft.programme.sessions} == {s.code: s for s in newer.sessions}


async def test_an_edition_with_other_codes_keeps_the_codes_that_are_kept(empty: str) -> None:
    await editing.import_reading(None, edition(FILE), BY)
    coded = with_session(FILE, "K1", code="KEY", title="Renamed")
    people = tuple(replace(p, code=f"x-{p.code}") for p in FILE.people)
    part = (Part(person="x-bob-baker", role=Role.KEYNOTE),)
    coded = replace(
        coded,
        people=people,
        panels=tuple(replace(p, parts=_renamed(p.parts)) for p in coded.panels),
        papers=tuple(replace(p, parts=_renamed(p.parts)) for p in coded.papers),
        showcases=tuple(replace(p, parts=_renamed(p.parts)) for p in coded.showcases),
        sessions=tuple(replace(p, parts=part if p.code == "KEY" else _renamed(p.parts)) for p in coded.sessions),
    )
    planning = Planning(contacts=(Contact(person="x-bob-baker", email="bob@example.org"),))
    report = await editing.import_reading(None, edition(coded, planning=planning), BY)
    assert (report.new, report.changed, report.gone) == (0, 1, 0)
    assert (await session("K1")).title == "Renamed"
    assert (await reading.draft(SLUG)).planning.contacts == (Contact(person="bob-baker", email="bob@example.org"),)


def _renamed(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(replace(part, person=f"x-{part.person}") for part in parts)


async def test_what_a_file_without_identities_brought_is_gone_when_it_lacks_it(empty: str) -> None:
    await editing.import_reading(None, edition(PROGRAMME), BY)
    report = await editing.import_reading(None, edition(without(PROGRAMME, "L1")), BY)
    assert (report.new, report.changed, report.gone) == (0, 0, 1)
    assert (await reading.draft(SLUG)).programme == without(PROGRAMME, "L1")


async def test_what_was_made_by_hand_stays(empty: str) -> None:
    await editing.import_reading(None, edition(FILE), BY)
    await editing.put(SLUG, "rooms", Room(code="tent", name="Tent"), BY)
    await editing.put(SLUG, "sessions", Session(code="T1", title="In the tent", room="tent"), BY)
    report = await editing.import_reading(None, edition(without(FILE, "L1")), BY)
    assert (report.new, report.changed, report.gone) == (0, 0, 1)
    assert (await session("T1")).room == "tent"


async def test_what_came_with_another_kind_of_file_stays(empty: str) -> None:
    await editing.import_reading(None, edition(FILE), BY)
    social = Session(code="S1", title="Dinner", source="1")
    await editing.import_reading(SLUG, edition(replace(PROGRAMME, sessions=(social,), papers=()), "sheet"), BY)
    codes = {s.code for s in (await reading.draft(SLUG)).programme.sessions}
    assert codes == {s.code for s in SESSIONS} | {"S1"}
    report = await editing.import_reading(SLUG, edition(FILE), BY)
    assert (report.new, report.changed, report.gone) == (0, 0, 0)
    assert (await session("S1")).source == "1"


async def test_what_was_changed_by_hand_stays_changed_until_the_file_says_something_new(empty: str) -> None:
    await editing.import_reading(None, edition(FILE), BY)
    await editing.place(SLUG, "K1", at(25, 14), "room-b", BY)
    again = await editing.import_reading(None, edition(FILE), BY)
    assert again.changed == 0
    assert (await session("K1")).room == "room-b"

    await editing.import_reading(None, edition(with_session(FILE, "K1", title="New title")), BY)
    moved = await session("K1")
    assert (moved.title, moved.room, moved.starts) == ("New title", "room-b", at(25, 14))

    newest = with_session(FILE, "K1", title="New title", room="foyer")
    await editing.import_reading(None, edition(newest), BY)
    moved = await session("K1")
    assert (moved.title, moved.room, moved.starts) == ("New title", "foyer", at(25, 14))
    assert (await editing.import_reading(None, edition(newest), BY)).changed == 0


async def test_an_event_that_was_changed_by_hand_stays_changed(empty: str) -> None:
    await editing.import_reading(None, edition(FILE), BY)
    await editing.put(SLUG, "event", replace(FILE.event, venue="The Old Library"), BY)
    await editing.import_reading(None, edition(replace(FILE, event=replace(FILE.event, name="Renamed 2028"))), BY)
    event = (await reading.draft(SLUG)).programme.event
    assert (event.name, event.venue) == ("Renamed 2028", "The Old Library")


async def test_what_is_gone_but_named_by_a_change_made_by_hand_stays_and_is_told(empty: str) -> None:
    other = Room(code="loft", name="Loft", source="rooms:loft")
    file = replace(FILE, rooms=(*FILE.rooms, other))
    await editing.import_reading(None, edition(file), BY)
    await editing.place(SLUG, "K1", K1.starts, "loft", BY)
    report = await editing.import_reading(None, edition(FILE), BY)
    assert report.gone == 0
    assert [odd.where for odd in report.odd] == ["rooms/loft"]
    assert other in (await reading.draft(SLUG)).programme.rooms


async def test_an_import_can_be_undone_and_done_again(empty: str) -> None:
    await editing.import_reading(None, edition(FILE), BY)
    newer = with_session(without(FILE, "L1"), "K1", title="Another keynote")
    await editing.import_reading(None, edition(newer), BY)
    await editing.undo(SLUG, (await reading.log(SLUG))[0].id, BY)
    assert (await reading.draft(SLUG)).programme == FILE
    report = await editing.import_reading(None, edition(newer), BY)
    assert (report.new, report.changed, report.gone) == (0, 1, 1)


async def test_one_file_can_be_two_events(empty: str) -> None:
    await editing.import_reading(None, edition(FILE), BY)
    await editing.import_reading("copy-2028", edition(FILE), BY)
    copy = (await reading.draft("copy-2028")).programme
    assert copy.event.uid != FILE.event.uid
    assert replace(copy, event=FILE.event) == FILE


@pytest.mark.parametrize("slug", ["api", "sign-in", "Two Words", "../up", "a--b", "ÜBER"])
async def test_a_name_that_no_address_can_have_is_refused(empty: str, slug: str) -> None:
    with pytest.raises(BadSlug):
        await editing.import_reading(slug, edition(FILE), BY)
    assert await reading.events() == []


def test_no_event_can_take_an_address_of_the_site() -> None:
    first = {route.path.split("/")[1] for route in routes.ROUTES} | routes.KEPT_FREE
    assert {name for name in first if name and "." not in name} <= NOT_FREE


async def test_a_reference_to_nothing_refuses_the_whole_file(empty: str) -> None:
    with pytest.raises(editing.Dangling, match="The session K1 names “attic”"):
        await editing.import_reading(None, edition(with_session(FILE, "K1", room="attic")), BY)
    assert await reading.events() == []


async def test_planning_is_kept_with_the_programme(empty: str) -> None:
    planning = Planning(
        rules=Rules(walk_minutes=15, papers_per_session=(2, 5), mixed_podium=True),
        contacts=(Contact(person="alice-adler", email="alice@example.org", gender="woman"),),
        availability=(
            Availability(person="bob-baker", starts=at(25, 8), ends=at(25, 12)),
            Availability(person="bob-baker", starts=at(26, 8), ends=at(26, 12), can=True),
        ),
        expected=(Expected(session="K1", people=250),),
        needs=(Needs(showcase="dadz", table=True, power=True, set_up="An hour", pictured=True, listed=False),),
    )
    await editing.import_reading(None, edition(FILE, planning=planning), BY)
    draft = await reading.draft(SLUG)
    assert draft.planning == planning
    await editing.import_reading(None, edition(FILE, planning=planning), BY)
    assert await reading.draft(SLUG) == draft


async def test_letters_that_a_database_could_stumble_over_come_back(empty: str) -> None:
    title = "Łukasz's “{braces}” % $1 ?1 \\ ; DROP TABLE — 伊藤 🎪 \u202e"
    await editing.import_reading(None, edition(with_session(FILE, "K1", title=title)), BY)
    assert (await session("K1")).title == title


async def test_a_programme_of_thousands_comes_back_as_it_was(empty: str) -> None:
    people = tuple(Person(code=f"p{n}", name=f"Person {n}", source=f"p{n}") for n in range(900))
    sessions = tuple(
        Session(
            code=f"s{n}",
            title=f"Session {n}",
            starts=at(25, 9) + timedelta(minutes=n),
            room="aula",
            parts=(Part(person=f"p{n}", role=Role.SPEAKER), Part(person=f"p{899 - n}", role=Role.CHAIR)),
            source=f"s{n}",
        )
        for n in range(900)
    )
    many = Programme(event=PROGRAMME.event, rooms=(AULA,), people=(*people, ALICE), sessions=sessions)
    await editing.import_reading(None, edition(many), BY)
    assert (await reading.draft(SLUG)).programme == many
    half = replace(many, sessions=sessions[::2])
    report = await editing.import_reading(None, edition(half), BY)
    assert (report.new, report.changed, report.gone) == (0, 0, 450)


async def test_what_a_file_does_not_say_of_the_event_stays_as_it_is(conference: str) -> None:
    lone = replace(PROGRAMME, event=replace(PROGRAMME.event, name="small-2028", starts=date(1970, 1, 1), zone="UTC"))
    given = Reading(kind="table", programme=lone, guessed=("name", "starts", "ends", "zone"))
    await editing.import_reading(SLUG, given, BY)
    assert (await reading.draft(SLUG)).programme.event == PROGRAMME.event
