from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from events_app import editing, reading
from events_app.editing import accounts, letters
from events_app.editing.letters import Kind, Letter, State, wordings
from events_app.programme.model import Part, Role
from events_app.programme.planning import Contact, Rules, Wording
from events_app.tables.letters import Letters

from ..conference import EVE, PROGRAMME, SESSIONS, at

SLUG = "small-2028"
BY = "alice@example.org"
PEOPLE = ("bob-baker", "alice-adler", "dana-osei")


@pytest.fixture
async def known(conference: str) -> str:
    """The conference, with the addresses of three people."""
    for code in PEOPLE:
        await editing.put(SLUG, "contacts", Contact(person=code, email=f"{code}@example.org"), BY)
    return conference


async def _theirs(person: str) -> list[Letter]:
    return await letters.letters(SLUG, person=person)


async def _sent() -> None:
    """As if all letters had gone."""
    await Letters.update({Letters.state: State.SENT.value}).where(Letters.state == State.WAITING.value)


async def test_people_without_an_address_are_skipped_and_nobody_is_written_to_twice(known: str) -> None:
    await editing.put(SLUG, "contacts", Contact(person="eve-ito", email="bob-baker@example.org"), BY)
    people = ["charlie-khan", "bob-baker", "bob-baker", "eve-ito", "nobody"]
    assert await letters.message(SLUG, people, "Hello", "Hello {name}", BY) == 1
    [letter] = await letters.letters(SLUG)
    assert (letter.kind, letter.person, letter.text, letter.by) == (Kind.MESSAGE, "bob-baker", "Hello Bob Baker", BY)


async def test_what_is_no_address_is_skipped(known: str) -> None:
    await editing.put(SLUG, "contacts", Contact(person="eve-ito", email="see her web page"), BY)
    assert await letters.message(SLUG, ["eve-ito"], "Hello", "Hello", BY) == 0


async def test_a_message_with_a_place_that_nothing_fills_is_refused(known: str) -> None:
    with pytest.raises(letters.UnknownPlaceholder, match=r"knows nothing of \{nmae\}"):
        await letters.message(SLUG, ["bob-baker"], "Hello", "Dear {nmae}", BY)
    assert await letters.letters(SLUG) == []


async def test_whoever_lacks_nothing_is_not_reminded(known: str) -> None:
    await editing.put(SLUG, "people", replace(PROGRAMME.people[0], code="gina", name="Gina"), BY)
    await editing.put(SLUG, "contacts", Contact(person="gina", email="gina@example.org"), BY)
    assert await letters.remind(SLUG, ["bob-baker", "gina"], BY) == 1


async def test_letters_are_written_in_the_log_without_an_address(known: str) -> None:
    await letters.invite(SLUG, ["bob-baker"], BY)
    [letter] = await letters.letters(SLUG)
    await letters.drop(SLUG, letter.id, BY)
    lines = await reading.log(SLUG, limit=2)
    assert [(line.what, line.noun, line.who) for line in lines] == [
        ("drop", "letters", BY),
        ("invitation", "letters", BY),
    ]
    assert "bob-baker@example.org" not in str(lines)
    with pytest.raises(editing.NotUndoable):
        await editing.undo(SLUG, lines[0].id, BY)


async def test_of_two_letters_the_latest_is_first_and_pages_turn(known: str) -> None:
    await letters.invite(SLUG, PEOPLE, BY)
    every = await letters.letters(SLUG)
    first = await letters.letters(SLUG, limit=2)
    assert [letter.id for letter in first] == [letter.id for letter in every[:2]]
    assert [letter.id for letter in await letters.letters(SLUG, before=first[-1])] == [every[2].id]


async def test_no_other_event_sees_a_letter(known: str) -> None:
    await letters.invite(SLUG, ["bob-baker"], BY)
    [letter] = await letters.letters(SLUG)
    from events_app.intake import Reading

    other = replace(PROGRAMME, event=replace(PROGRAMME.event, slug="other-2028", uid="other"))
    await editing.import_reading(None, Reading(kind="tests", programme=other), BY)
    assert await letters.letters("other-2028") == []
    assert await letters.counts("other-2028") == {}
    for verb in (letters.hold, letters.let_go, letters.drop, letters.send_again):
        with pytest.raises(reading.NotFound):
            await verb("other-2028", letter.id, BY)
    assert await letters.hold("other-2028", None, BY) == 0
    assert await letters.counts(SLUG) == {State.WAITING: 1}


async def test_letters_wait_for_organisers_where_the_rules_say_so(known: str) -> None:
    await editing.put(SLUG, "rules", Rules(letters_wait=True), BY)
    await letters.invite(SLUG, ["bob-baker", "alice-adler"], BY)
    await letters.ask_sign_in("bob-baker@example.org")
    assert await letters.counts(SLUG) == {State.HELD: 2}
    assert [letter.state for letter in await letters.sign_in_letters()] == [State.WAITING]
    assert await letters.let_go(SLUG, None, BY) == 2
    assert await letters.counts(SLUG) == {State.WAITING: 2}
    assert await letters.hold(SLUG, None, BY) == 2
    assert await letters.drop(SLUG, None, BY) == 2
    assert await letters.counts(SLUG) == {State.DROPPED: 2}


async def test_what_has_gone_cannot_be_held_changed_or_dropped(known: str) -> None:
    await letters.invite(SLUG, ["bob-baker"], BY)
    await _sent()
    [letter] = await letters.letters(SLUG)
    for verb in (letters.hold, letters.let_go, letters.drop, letters.send_again):
        with pytest.raises(letters.Gone):
            await verb(SLUG, letter.id, BY)
    with pytest.raises(letters.Gone):
        await letters.edit(SLUG, letter.id, "New", "New", BY, seen=(letter.subject, letter.text))


async def test_a_letter_can_be_changed_until_it_goes(known: str) -> None:
    await letters.invite(SLUG, ["bob-baker"], BY)
    [letter] = await letters.letters(SLUG)
    await letters.edit(SLUG, letter.id, "New", "Come: {link}", BY, seen=(letter.subject, letter.text))
    changed = await letters.letter(SLUG, letter.id)
    assert (changed.subject, changed.text, changed.message) == ("New", "Come: {link}", letter.message)
    with pytest.raises(editing.Conflict) as conflict:
        await letters.edit(SLUG, letter.id, "Mine", "Mine", BY, seen=(letter.subject, letter.text))
    assert conflict.value.present == changed
    assert conflict.value.wanted.text == "Mine"
    with pytest.raises(letters.UnknownPlaceholder):
        await letters.edit(SLUG, letter.id, "New", "Dear {name}", BY, seen=("New", "Come: {link}"))


async def test_a_first_release_tells_everybody_known_where_they_are(empty: str) -> None:
    from events_app.intake import Reading

    await editing.import_reading(None, Reading(kind="tests", programme=PROGRAMME), BY)
    for code in PEOPLE:
        await editing.put(SLUG, "contacts", Contact(person=code, email=f"{code}@example.org"), BY)
    await editing.release(SLUG, BY, at=at(1, 9))
    assert {letter.person for letter in await letters.letters(SLUG)} == set(PEOPLE)
    [letter] = await _theirs("bob-baker")
    assert "- “Opening keynote”: Sat 25 March, 09:00–10:00, Aula." in letter.text
    assert (letter.kind, letter.since, letter.version) == (Kind.DIGEST, 0, 1)
    assert letter.calendar.count("BEGIN:VEVENT") == 2


async def test_a_release_writes_to_those_concerned_alone_after_a_quiet_while(known: str) -> None:
    await editing.put(SLUG, "rules", Rules(quiet_minutes=20), BY)
    await editing.place(SLUG, "K1", at(25, 10), "aula", BY)
    await editing.release(SLUG, BY, at=at(1, 9))
    [letter] = await letters.letters(SLUG)
    assert (letter.person, letter.since, letter.version, letter.state) == ("bob-baker", 1, 2, State.WAITING)
    assert letter.due == letter.created + timedelta(minutes=20)


async def test_a_release_that_goes_wrong_leaves_no_letter(known: str) -> None:
    with pytest.raises(editing.NothingNew):
        await editing.release(SLUG, BY)
    assert await letters.letters(SLUG) == []


async def test_a_newer_release_is_told_in_the_letter_that_waits(known: str) -> None:
    await editing.place(SLUG, "K1", at(25, 10), "aula", BY)
    await editing.release(SLUG, BY, "First.", at=at(1, 9))
    [first] = await _theirs("bob-baker")
    await editing.place(SLUG, "K1", at(25, 11), "room-b", BY)
    await editing.release(SLUG, BY, "Second.", at=at(1, 10))
    [letter] = await _theirs("bob-baker")
    assert (letter.id, letter.since, letter.version) == (first.id, 1, 3)
    assert "moved from Sat 25 March 09:00, Aula to Sat 25 March 11:00, Room B." in letter.text
    assert "10:00" not in letter.text
    assert "First.\n\nSecond." in letter.text
    assert "SEQUENCE:2" in letter.calendar


async def test_where_everything_is_as_they_know_it_again_the_letter_is_dropped(known: str) -> None:
    await editing.place(SLUG, "K1", at(25, 10), "aula", BY)
    await editing.release(SLUG, BY, at=at(1, 9))
    await editing.place(SLUG, "K1", at(25, 9), "aula", BY)
    await editing.release(SLUG, BY, at=at(1, 10))
    [letter] = await _theirs("bob-baker")
    assert (letter.state, letter.error) == (State.DROPPED, "Nothing of what it told is so any more.")


async def test_after_a_letter_has_gone_the_next_tells_only_what_came_after(known: str) -> None:
    await editing.place(SLUG, "K1", at(25, 10), "aula", BY)
    await editing.release(SLUG, BY, at=at(1, 9))
    await _sent()
    await editing.place(SLUG, "K1", at(25, 11), "aula", BY)
    await editing.release(SLUG, BY, at=at(1, 10))
    second, first = sorted(await _theirs("bob-baker"), key=lambda letter: -letter.version)
    assert (first.state, second.state) == (State.SENT, State.WAITING)
    assert "moved from Sat 25 March 10:00, Aula to Sat 25 March 11:00, Aula." in second.text


async def test_a_held_letter_stays_held_when_a_newer_release_changes_it(known: str) -> None:
    await editing.put(SLUG, "rules", Rules(letters_wait=True), BY)
    await editing.place(SLUG, "K1", at(25, 10), "aula", BY)
    await editing.release(SLUG, BY, at=at(1, 9))
    await editing.put(SLUG, "rules", Rules(), BY)
    await editing.place(SLUG, "K1", at(25, 11), "aula", BY)
    await editing.release(SLUG, BY, at=at(1, 10))
    assert [letter.state for letter in await _theirs("bob-baker")] == [State.HELD]


async def test_a_release_without_letters_writes_none_but_keeps_those_that_wait_true(known: str) -> None:
    await editing.place(SLUG, "K1", at(25, 10), "aula", BY)
    await editing.release(SLUG, BY, at=at(1, 9))
    await editing.place(SLUG, "K1", at(25, 11), "aula", BY)
    await editing.cancel(SLUG, "D1", BY)
    await editing.release(SLUG, BY, at=at(1, 10), letters=False)
    [letter] = await letters.letters(SLUG)
    assert (letter.person, letter.version) == ("bob-baker", 3)
    assert "11:00" in letter.text


async def test_one_session_published_alone_is_told_of(known: str) -> None:
    await editing.cancel(SLUG, "D1", BY)
    await editing.place(SLUG, "K1", at(25, 10), "aula", BY)
    await editing.release_alone(SLUG, "D1", BY, at=at(1, 9))
    [letter] = await letters.letters(SLUG)
    assert letter.person == "dana-osei"
    assert "Cancelled: “Dads and daughters”" in letter.text
    assert "STATUS:CANCELLED" in letter.calendar


async def test_somebody_who_is_new_in_the_programme_is_told_where_they_are(known: str) -> None:
    await editing.put(SLUG, "people", replace(EVE, code="gina", name="Gina Gold"), BY)
    await editing.put(SLUG, "contacts", Contact(person="gina", email="gina@example.org"), BY)
    lunch = next(session for session in SESSIONS if session.code == "L1")
    await editing.put(SLUG, "sessions", replace(lunch, parts=(Part(person="gina", role=Role.HOST),)), BY)
    await editing.release(SLUG, BY, at=at(1, 9))
    [letter] = await letters.letters(SLUG)
    assert "- “Lunch”: Sat 25 March, 12:00–13:00." in letter.text


async def test_an_event_that_is_over_writes_to_nobody(known: str) -> None:
    await editing.cancel(SLUG, "K1", BY)
    await editing.release(SLUG, BY, at=at(28, 9))
    assert await letters.letters(SLUG) == []


async def test_an_event_has_its_own_words(known: str) -> None:
    own = Wording(letter=Kind.INVITATION, subject="Come to {event}", text="{greeting}\n\n{link}")
    await letters.reword(SLUG, Kind.INVITATION, own, BY, seen=None)
    await letters.invite(SLUG, ["bob-baker"], BY)
    [letter] = await letters.letters(SLUG)
    assert (letter.subject, letter.text) == ("Come to Small Conference 2028", "Dear Bob Baker,\n\n{link}")
    other = replace(own, subject="Otherwise")
    with pytest.raises(editing.Conflict):
        await letters.reword(SLUG, Kind.INVITATION, other, BY, seen=None)
    with pytest.raises(letters.UnknownPlaceholder):
        await letters.reword(SLUG, Kind.INVITATION, replace(own, text="{changes}"), BY, seen=own)
    await letters.reword(SLUG, Kind.INVITATION, None, BY, seen=own)
    planning = (await reading.draft(SLUG)).planning
    assert letters.words_of(planning, Kind.INVITATION) == wordings()[Kind.INVITATION]


async def test_a_link_to_sign_in_is_written_only_to_whom_somebody_knows(known: str) -> None:
    await accounts.grant(SLUG, "carol@example.org", accounts.Right.HELPER, BY)
    for email in ("carol@example.org", "Bob-Baker@Example.org", "mallory@example.org"):
        await letters.ask_sign_in(email)
    found = await letters.sign_in_letters()
    assert {letter.email for letter in found} == {"carol@example.org", "bob-baker@example.org"}
    assert await letters.letters(SLUG) == []


async def test_links_to_sign_in_are_forgotten_after_a_day(known: str) -> None:
    await letters.ask_sign_in("bob-baker@example.org")
    [old] = await letters.sign_in_letters()
    await Letters.update({Letters.created: old.created - timedelta(days=2)}).where(Letters.id == old.id)
    await letters.ask_sign_in("alice-adler@example.org")
    assert [letter.email for letter in await letters.sign_in_letters()] == ["alice-adler@example.org"]


async def test_a_member_is_invited_by_letter_and_nobody_else(known: str) -> None:
    await accounts.grant(SLUG, "carol@example.org", accounts.Right.HELPER, BY)
    await letters.invite_member(SLUG, "carol@example.org", BY)
    [letter] = await letters.letters(SLUG)
    assert (letter.email, letter.name, letter.state) == ("carol@example.org", "", State.WAITING)
    assert letter.text.startswith("Hello,\n\nYou can now work on the programme of Small Conference 2028")
    with pytest.raises(editing.NotFound):
        await letters.invite_member(SLUG, "mallory@example.org", BY)


async def test_a_hostile_name_says_only_itself_in_a_letter(known: str) -> None:
    evil = "[Bob](javascript:x) {link}\r\n# <b>"
    await editing.put(SLUG, "people", replace(PROGRAMME.people[1], name=evil), BY)
    await letters.invite(SLUG, ["bob-baker"], BY)
    [letter] = await letters.letters(SLUG)
    assert letter.text.startswith("Dear \\[Bob\\](javascript:x) \\{link\\} # \\<b\\>,\n\nYou have")
    assert letter.text.replace("\\{link\\}", "").count("{link}") == 1
