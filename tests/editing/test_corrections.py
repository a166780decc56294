from __future__ import annotations

from datetime import date

import msgspec
import pytest
from msgspec.structs import replace

from events_app import editing, reading
from events_app.editing.corrections import Outcome
from events_app.intake import Reading
from events_app.programme.model import Part, Person, Picture, Programme, Role
from events_app.programme.planning import Contact, Needs, RequestState, Rules
from events_app.tables.history import Releases

from ..conference import BOB, DADZ, PAPERS, PROGRAMME, SESSIONS, at

SLUG = "small-2028"
OLGA, BY = "olga@example.org", "bob@example.org"
T1, K1 = PAPERS[0], SESSIONS[0]


async def public() -> Programme:
    found = await reading.published(SLUG)
    assert found is not None
    return found


async def title_right(title: str, before: str = T1.title) -> Outcome:
    """T1's author gives it another title."""
    seen = {("papers", "T1"): replace(T1, title=before)}
    return await editing.correct(SLUG, {("papers", "T1"): replace(T1, title=title)}, BY, seen=seen)


async def test_words_are_public_at_once_in_the_same_version(conference: str) -> None:
    before = await public()
    assert await title_right("Letting go") == Outcome(public=True)
    after = await public()
    assert after.papers[0].title == "Letting go"
    assert after.version is not None
    assert before.version is not None
    assert after.version.number == before.version.number == 1
    revisions = after.version.revision, await reading.published_revision(SLUG), (await reading.draft(SLUG)).revision
    assert set(revisions) == {before.version.revision + 1}
    assert after.stamps["session/P1-1"].sequence == before.stamps["session/P1-1"].sequence
    assert after.stamps["session/P1-1"].changed == after.version.corrected
    assert after.stamps["session/K1"] == before.stamps["session/K1"]


async def test_what_organisers_have_not_released_does_not_come_along(conference: str) -> None:
    await editing.put(SLUG, "papers", replace(T1, abstract="Not yet"), OLGA)
    await editing.place(SLUG, "P1-1", at(26, 12), "aula", OLGA)
    seen = {("papers", "T1"): replace(T1, abstract="Not yet")}
    wanted = {("papers", "T1"): replace(T1, abstract="Not yet", title="Letting go")}
    assert (await editing.correct(SLUG, wanted, BY, seen=seen)).public
    after = await public()
    assert after.papers[0] == replace(T1, title="Letting go")
    assert [s for s in after.sessions if s.code == "P1-1"] == [SESSIONS[1]]


async def test_words_of_a_session_that_is_called_off_and_not_released_so_wait_for_the_release(conference: str) -> None:
    off = replace(K1, cancelled=True)
    await editing.put(SLUG, "sessions", off, OLGA)
    wanted = {("sessions", "K1"): replace(off, abstract="We are sorry: this is called off.")}
    assert await editing.correct(SLUG, wanted, BY, seen={("sessions", "K1"): off}) == Outcome()
    assert K1 in (await public()).sessions
    released = await editing.release(SLUG, OLGA)
    assert [session.code for session in released.cancelled] == ["K1"]


async def test_where_corrections_wait_they_go_out_with_the_next_release(conference: str) -> None:
    await editing.put(SLUG, "rules", Rules(corrections_wait=True), OLGA)
    assert await title_right("Letting go") == Outcome(waiting=True)
    assert (await public()).papers[0] == T1
    released = await editing.release(SLUG, OLGA)
    assert released.papers[0].title == "Letting go"
    assert [(one.noun, one.code) for one in released.versions[-1].changes] == [("paper", "T1")]


async def test_what_is_not_public_is_saved_and_stays_hidden(conference: str) -> None:
    reserve = PAPERS[3]
    wanted = {("papers", "T4"): replace(reserve, title="Patience")}
    outcome = await editing.correct(SLUG, wanted, BY, seen={("papers", "T4"): reserve})
    assert outcome == Outcome()
    assert "Patience" not in str(await public())
    assert (await reading.draft(SLUG)).programme.papers[3].title == "Patience"


async def test_a_change_that_says_the_same_is_none(conference: str) -> None:
    before = await reading.draft(SLUG)
    assert await title_right(T1.title) == Outcome()
    assert await reading.draft(SLUG) == before


async def test_the_second_of_two_at_one_text_is_refused_with_both(conference: str) -> None:
    await title_right("First")
    with pytest.raises(editing.Conflict) as refused:
        await title_right("Second")
    assert (refused.value.present, refused.value.wanted) == (replace(T1, title="First"), replace(T1, title="Second"))
    assert (await public()).papers[0].title == "First"


async def test_what_names_nobody_is_refused_and_nothing_is_public_of_it(conference: str) -> None:
    wanted = replace(T1, title="New", parts=(*T1.parts, Part(person="nobody", role=Role.AUTHOR)))
    with pytest.raises(editing.Dangling):
        await editing.correct(SLUG, {("papers", "T1"): wanted}, BY, seen={("papers", "T1"): T1})
    assert (await public()).papers[0] == T1


async def test_a_new_co_author_comes_along_with_the_paper(conference: str) -> None:
    zoe = Person(code="zoe", name="Zoe")
    wanted = replace(T1, parts=(*T1.parts, Part(person="zoe", role=Role.AUTHOR)))
    things = {
        ("people", "zoe"): zoe,
        ("contacts", "zoe"): Contact(person="zoe", email="zoe@example.org"),
        ("papers", "T1"): wanted,
    }
    assert (await editing.correct(SLUG, things, BY, seen={("papers", "T1"): T1})).public
    after = await public()
    assert after.people == (*PROGRAMME.people, zoe)
    assert "zoe@example.org" not in str(after)


async def test_what_is_locked_becomes_a_request_that_is_taken_or_declined(conference: str) -> None:
    await editing.put(SLUG, "rules", Rules(title_locked=date(2020, 1, 1), authors_locked=date(2020, 1, 1)), OLGA)
    wanted = replace(T1, title="Letting go", abstract="We let go.", parts=T1.parts[::-1])
    outcome = await editing.correct(SLUG, {("papers", "T1"): wanted}, BY, seen={("papers", "T1"): T1})
    assert outcome == Outcome(public=True, requested=("title", "authors"))
    assert (await public()).papers[0] == replace(T1, abstract="We let go.")
    title, authors = (await reading.draft(SLUG)).planning.requests
    assert (title.was, title.wanted, title.by) == ('"Letting go of the controls"', '"Letting go"', BY)
    await editing.take_request(SLUG, title.code, OLGA)
    assert (await public()).papers[0] == replace(T1, abstract="We let go.", title="Letting go")
    await editing.decline_request(SLUG, authors.code, OLGA, "It is in print.")
    taken, declined = (await reading.draft(SLUG)).planning.requests
    assert (taken.state, taken.decided_by) == (RequestState.TAKEN, OLGA)
    assert (declined.state, declined.reason) == (RequestState.DECLINED, "It is in print.")
    assert (await reading.draft(SLUG)).programme.papers[0].parts == T1.parts
    for code in (title.code, authors.code):
        with pytest.raises(editing.NotFound, match="decided already"):
            await editing.take_request(SLUG, code, OLGA)


async def test_a_lock_begins_on_the_event_s_own_day(conference: str) -> None:
    await editing.put(SLUG, "event", replace(PROGRAMME.event, zone="Pacific/Auckland"), OLGA)
    await editing.put(SLUG, "rules", Rules(title_locked=date(2028, 3, 2)), OLGA)
    for moment, asked in ((at(1, 10), ()), (at(1, 12), ("title",))):  # Auckland is 13 hours ahead
        draft = await reading.draft(SLUG)
        seen = {("papers", "T1"): draft.programme.papers[0]}
        wanted = {("papers", "T1"): replace(draft.programme.papers[0], title=f"At {moment}")}
        assert (await editing.correct(SLUG, wanted, BY, seen=seen, at=moment)).requested == asked


async def test_to_take_a_correction_back_takes_it_back_in_public_at_once_and_can_be_undone(conference: str) -> None:
    await title_right("Letting go")
    await editing.undo(SLUG, (await reading.log(SLUG))[0].id, BY)
    assert (await public()).papers[0] == T1
    await editing.undo(SLUG, (await reading.log(SLUG))[0].id, BY)
    assert (await public()).papers[0].title == "Letting go"
    assert [line.what for line in await reading.log(SLUG, limit=3)] == ["uncorrect", "uncorrect", "correct"]


async def test_of_a_version_its_first_publication_stays_and_its_last(conference: str) -> None:
    titles = ["One", "Two", "Three"]
    for before, title in zip([T1.title, *titles], titles, strict=False):
        await title_right(title, before)
    lines = [(line.version, line.revision) for line in await reading.releases(SLUG)]
    assert lines == [(1, 5), (1, 2)]
    await editing.place(SLUG, "K1", at(25, 8), "aula", OLGA)
    await editing.release(SLUG, OLGA)
    await title_right("Four", "Three")
    told = [(line.version, line.revision, line.by) for line in await reading.releases(SLUG)]
    assert told == [(2, 8, BY), (2, 7, OLGA), (1, 5, BY), (1, 2, "alice@example.org")]
    rows = await Releases.select(Releases.document).where(Releases.event.slug == SLUG, Releases.revision == 2)
    assert msgspec.json.decode(rows[0]["document"], type=Programme).papers[0] == T1
    first = await reading.release(SLUG, 1)
    assert first is not None
    assert first.papers[0].title == "Three"


async def test_a_release_after_a_correction_tells_only_what_is_new(conference: str) -> None:
    await title_right("Letting go")
    with pytest.raises(editing.NothingNew):
        await editing.release(SLUG, OLGA)
    await editing.cancel(SLUG, "D2", OLGA)
    released = await editing.release(SLUG, OLGA)
    assert [(one.noun, one.code) for one in released.versions[-1].changes] == [("session", "D2")]


async def test_a_person_s_words_are_public_and_what_is_private_is_not(conference: str) -> None:
    wanted = {
        ("people", "bob-baker"): replace(BOB, biography="Bob trusts."),
        ("contacts", "bob-baker"): Contact(person="bob-baker", email=BY, gender="man"),
    }
    seen = {("people", "bob-baker"): BOB, ("contacts", "bob-baker"): None}
    assert (await editing.correct(SLUG, wanted, BY, seen=seen)).public
    after = await public()
    assert next(one for one in after.people if one.code == "bob-baker").biography == "Bob trusts."
    assert BY not in msgspec.json.encode(after).decode()


async def test_before_the_first_release_a_correction_is_saved_and_nothing_is_public(empty: str) -> None:
    await editing.import_reading(None, Reading(kind="tests", programme=PROGRAMME), OLGA)
    assert await title_right("Letting go") == Outcome()
    assert await reading.published(SLUG) is None
    assert (await reading.draft(SLUG)).programme.papers[0].title == "Letting go"


async def test_who_asks_anew_for_what_is_locked_asks_for_that_instead(conference: str) -> None:
    await editing.put(SLUG, "rules", Rules(title_locked=date(2020, 1, 1)), OLGA)
    for title in ("First", "Second", "Third"):
        await title_right(title)
    seen = {("papers", "T1"): T1}
    await editing.correct(SLUG, {("papers", "T1"): replace(T1, title="Hers")}, "eve@example.org", seen=seen)
    asked = {one.by: one for one in (await reading.draft(SLUG)).planning.requests}
    assert (await reading.draft(SLUG)).planning.requests == (*asked.values(),)
    assert {by: one.wanted for by, one in asked.items()} == {BY: '"Third"', "eve@example.org": '"Hers"'}
    await editing.decline_request(SLUG, asked[BY].code, OLGA, "No.")
    await title_right("Fourth")
    assert [one.state for one in (await reading.draft(SLUG)).planning.requests if one.by == BY] == [
        RequestState.DECLINED,
        RequestState.OPEN,
    ]


async def unlist(show: str = "dadz") -> Outcome:
    """Its hosts do not want to be named any more, and write so in other words besides."""
    things = {
        ("showcases", show): replace(DADZ, about="Not for everybody."),
        ("needs", show): Needs(showcase=show, listed=False),
    }
    return await editing.correct(SLUG, things, "dana@example.org", seen={})


async def test_whoever_does_not_want_to_be_named_leaves_what_is_public_at_once(conference: str) -> None:
    before = await public()
    assert (await unlist()).public
    after = await public()
    assert (after.showcases, after.cancelled_staffing) == ((), ())
    assert "Not for everybody." not in str(after)
    assert before.version is not None
    assert after.version is not None
    assert after.version.number == before.version.number


async def test_what_is_agreed_to_no_more_waits_for_no_release_where_words_do(conference: str) -> None:
    pictures = (Picture(key="k", width=1, height=1),)
    await editing.put(SLUG, "showcases", replace(DADZ, pictures=pictures), OLGA)
    await editing.put(SLUG, "needs", Needs(showcase="dadz", pictured=True), OLGA)
    await editing.release(SLUG, OLGA)
    await editing.put(SLUG, "rules", Rules(corrections_wait=True), OLGA)
    things = {
        ("showcases", "dadz"): replace(DADZ, pictures=pictures, about="Later."),
        ("needs", "dadz"): Needs(showcase="dadz", pictured=False),
    }
    outcome = await editing.correct(SLUG, things, "dana@example.org", seen={})
    assert outcome == Outcome(public=True, waiting=True)
    assert (await public()).showcases == (DADZ,)
    assert await unlist() == Outcome(public=True)
    assert (await public()).showcases == ()
