from __future__ import annotations

import asyncio
from datetime import date

import pytest
from msgspec.structs import replace

from events_app import editing, reading
from events_app.editing import NotFound, NotUndoable, accounts
from events_app.editing.accounts import Right
from events_app.editing.copies import TAKEN_OVER, NameTaken, copy_event
from events_app.programme.model import Span
from events_app.programme.planning import Contact, Rules

from ..conference import AULA, EVENT, PROGRAMME, at

SLUG, NEW = "small-2028", "small-2029"
OLGA = "olga@example.org"
STARTS = date(2029, 3, 24)


async def copy(*take: str, new: str = NEW) -> None:
    await copy_event(SLUG, new, "Small Conference 2029", STARTS, OLGA, take=frozenset(take))


async def test_the_next_edition_is_as_long_with_days_of_its_own_and_nothing_public(conference: str) -> None:
    before = await reading.draft(SLUG)
    await copy("texts")
    draft = await reading.draft(NEW)
    made = draft.programme.event
    assert made == replace(
        EVENT, slug=NEW, uid=made.uid, name="Small Conference 2029", starts=STARTS, ends=date(2029, 3, 25)
    )
    assert made.uid != EVENT.uid
    assert draft.programme == replace(draft.programme, sessions=(), papers=(), people=(), rooms=(), panels=())
    assert await reading.published(NEW) is None
    assert await reading.draft(SLUG) == before


async def test_what_is_chosen_comes_along_and_nothing_else(conference: str) -> None:
    rules = Rules(walk_minutes=3)
    await editing.put(SLUG, "rules", rules, OLGA)
    await editing.put(SLUG, "rooms", replace(AULA, opening=(Span(starts=at(25, 8), ends=at(25, 18)),)), OLGA)
    await editing.put(SLUG, "contacts", Contact(person="alice-adler", email="alice@example.org"), OLGA)
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email="bob@example.org"), OLGA)
    await copy(*TAKEN_OVER)
    draft = await reading.draft(NEW)
    held = draft.programme
    assert [room.code for room in held.rooms] == [room.code for room in PROGRAMME.rooms]
    opening = next(room.opening for room in held.rooms if room.code == "aula")
    assert [(span.starts.date(), span.starts.hour) for span in opening] == [(STARTS, 8)]
    assert held.tracks == PROGRAMME.tracks
    assert held.panels == PROGRAMME.panels
    assert [person.code for person in held.people] == ["alice-adler"]  # who chairs; nobody else has a part in a panel
    assert draft.planning.contacts == (Contact(person="alice-adler", email="alice@example.org"),)
    assert draft.planning.rules == rules
    assert (held.event.front, held.event.back) == (EVENT.front, EVENT.back)
    assert (held.sessions, held.papers, held.showcases) == ((), (), ())


async def test_panels_without_their_tracks_name_none(conference: str) -> None:
    await copy("panels")
    held = (await reading.draft(NEW)).programme
    assert ([panel.track for panel in held.panels], held.tracks, held.event.front) == ([""], (), ())


async def test_who_makes_it_organises_it_and_the_others_only_if_they_are_taken_over(conference: str) -> None:
    await accounts.grant(SLUG, OLGA, Right.ORGANISER, "x")
    await accounts.grant(SLUG, "helen@example.org", Right.HELPER, "x")
    await copy()
    assert await accounts.organisers(NEW) == [OLGA]
    await copy("members", new="small-2030")
    signed_in = await accounts.claim(await accounts.issue_link("helen@example.org", "x"))
    account = await accounts.signed_in(signed_in or "")
    assert account is not None
    assert account.rights == {SLUG: Right.HELPER, "small-2030": Right.HELPER}


async def test_a_short_name_is_given_once_even_where_two_ask_at_once(conference: str) -> None:
    with pytest.raises(NameTaken):
        await copy(new=SLUG)
    done = await asyncio.gather(copy(), copy(), return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["NameTaken", "NoneType"]
    with pytest.raises(NotFound):
        await copy_event("nowhere", "x", "X", STARTS, OLGA, take=frozenset())
    assert {line.slug for line in await reading.events()} == {SLUG, NEW}


async def test_a_new_edition_has_one_line_in_its_log_which_cannot_be_taken_back(conference: str) -> None:
    await copy("rooms")
    (line,) = await reading.log(NEW)
    assert (line.what, line.who) == ("copy", OLGA)
    with pytest.raises(NotUndoable):
        await editing.undo(NEW, line.id, OLGA)
