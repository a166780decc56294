from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from events_app import editing
from events_app.editing import accounts, letters, post
from events_app.editing.letters import Kind, State
from events_app.editing.smtp import Unreachable, server
from events_app.programme.planning import Contact, Rules
from events_app.settings import BadSetting, Settings
from events_app.tables import database
from events_app.tables.accounts import SignInLinks
from events_app.tables.letters import Letters

from ..conference import at
from .mail import Mailbox, calendar_of, mail_server, text_of

SLUG = "small-2028"
BY = "alice@example.org"
PEOPLE = ("bob-baker", "alice-adler", "dana-osei", "eve-ito")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as mailbox:
        yield mailbox


@pytest.fixture
async def known(conference: str) -> str:
    """The conference, with people's addresses."""
    await _give_addresses()
    return conference


async def _give_addresses() -> None:
    await editing.put(SLUG, "rules", Rules(reach="desk@small.example", quiet_minutes=0), BY)
    for code in PEOPLE:
        await editing.put(SLUG, "contacts", Contact(person=code, email=f"{code}@example.org"), BY)


async def _later(**by: float) -> None:
    """Moves the clock of all letters: what is due later is due now, what is leased is free."""
    for row in await Letters.select(Letters.id, Letters.due, Letters.lease):
        back = timedelta(**by)
        values = {Letters.due: row["due"] - back, Letters.lease: row["lease"] and row["lease"] - back}
        await Letters.update(values).where(Letters.id == row["id"])  # type: ignore[arg-type]


async def test_an_invitation_signs_its_reader_in_once(known: str, mailbox: Mailbox) -> None:
    await letters.invite(SLUG, ["bob-baker"], BY)
    assert await post.send(mailbox.settings) == post.Report(sent=1)
    [message] = mailbox.got
    assert message["Subject"] == "Small Conference 2028: your pages"
    assert message["To"] == "Bob Baker <bob-baker@example.org>"
    assert message["Reply-To"] == "desk@small.example"
    assert "Dear Bob Baker, You have a part in Small Conference 2028" in text_of(message)
    assert "Your paper" in text_of(message)  # what it is about
    [token] = re.findall(r"https://small\.example/sign-in/([\w-]+)\?to=/speak/small-2028/ ", text_of(message))
    [letter] = await letters.letters(SLUG)
    assert token not in letter.text
    signed_in = await accounts.claim(token)
    who = await accounts.signed_in(signed_in or "")
    assert who is not None
    assert who.email == "bob-baker@example.org"
    assert await accounts.claim(token) is None


async def test_who_is_asked_to_help_is_led_to_the_workspace(known: str, mailbox: Mailbox) -> None:
    await accounts.grant(SLUG, "bob-baker@example.org", accounts.Right.HELPER, BY)
    await letters.invite_member(SLUG, "bob-baker@example.org", BY)
    await post.send(mailbox.settings)
    assert re.search(r"/sign-in/[\w-]+\?to=/organise/small-2028/ ", text_of(mailbox.got[0]))


async def test_a_link_to_sign_in_is_good_for_fifteen_minutes_from_when_it_was_sent(
    known: str, mailbox: Mailbox
) -> None:
    await letters.ask_sign_in("Bob-Baker@example.org")
    await _later(hours=3)
    await post.send(mailbox.settings)
    [message] = mailbox.got
    assert message["Subject"] == "Your link to sign in"
    assert "https://small.example/sign-in/" in text_of(message)
    [link] = await SignInLinks.select(SignInLinks.expires)
    assert timedelta(minutes=14) < link["expires"] - datetime.now(UTC) <= timedelta(minutes=15)


async def test_a_link_that_was_asked_for_while_there_was_no_server_is_not_sent_hours_later(
    known: str, mailbox: Mailbox
) -> None:
    await letters.ask_sign_in("bob-baker@example.org")
    await Letters.update({Letters.created: datetime.now(UTC) - timedelta(hours=2)}, force=True)
    assert await post.send(mailbox.settings) == post.Report()
    assert mailbox.got == []
    assert [letter.state for letter in await letters.sign_in_letters()] == [State.DROPPED]


async def test_a_reminder_says_what_is_missing(known: str, mailbox: Mailbox) -> None:
    await letters.remind(SLUG, ["bob-baker"], BY)
    await post.send(mailbox.settings)
    assert "- “Letting go of the controls” has no slides yet." in text_of(mailbox.got[0])


async def test_a_message_says_what_was_written_and_signs_nobody_in(known: str, mailbox: Mailbox) -> None:
    await letters.message(SLUG, ["dana-osei"], "The table, {name}", "{greeting}\n\n*Table 7* is yours: {link}", BY)
    await post.send(mailbox.settings)
    [message] = mailbox.got
    assert message["Subject"] == "The table, Dana Oṣei-Łukasz"
    assert "Dear Dana Oṣei-Łukasz, Table 7 is yours: https://small.example/speak/small-2028/" in text_of(message)
    assert await SignInLinks.count() == 0


async def test_a_digest_tells_what_moved_and_updates_the_entry_in_their_calendar(known: str, mailbox: Mailbox) -> None:
    await editing.place(SLUG, "K1", at(26, 10), "aula", BY)
    await editing.cancel(SLUG, "P1-1", BY)
    await editing.release(SLUG, BY, "Sunday is new.", at=at(1, 9))
    await _later(minutes=1)
    await post.send(mailbox.settings)
    assert mailbox.to == ["alice-adler@example.org", "bob-baker@example.org"]
    [message] = [message for message in mailbox.got if "bob-baker" in message["To"]]
    assert "- “Opening keynote” moved from Sat 25 March 09:00, Aula to Sun 26 March 11:00, Aula." in text_of(message)
    assert "- Cancelled: “Trust in public services (1)”" in text_of(message)
    assert "Sunday is new." in text_of(message)
    calendar = calendar_of(message)
    assert "\r\nMETHOD:PUBLISH\r\n" in calendar
    assert calendar.count("\r\nORGANIZER:mailto:desk@small.example\r\n") == 2
    keynote, cancelled = calendar.split("BEGIN:VEVENT")[1:]
    assert "UID:K1@8f6a1c1e-0000-4000-8000-00000000a11c" in keynote
    assert "SEQUENCE:1\r\n" in keynote
    assert "STATUS:CONFIRMED" in keynote
    assert "UID:P1-1@8f6a1c1e-0000-4000-8000-00000000a11c" in cancelled
    assert "SEQUENCE:1\r\n" in cancelled
    assert "STATUS:CANCELLED" in cancelled


async def test_a_refused_address_is_shown_and_the_others_are_sent(known: str, mailbox: Mailbox) -> None:
    mailbox.rcpt = lambda email: "550 5.1.1 No such mailbox" if email.startswith("bob") else None
    await letters.invite(SLUG, PEOPLE, BY)
    assert await post.send(mailbox.settings) == post.Report(sent=3, refused=1)
    [refused] = await letters.letters(SLUG, state=State.REFUSED)
    assert (refused.person, refused.error) == ("bob-baker", "550 5.1.1 No such mailbox")
    assert await SignInLinks.count() == 3
    mailbox.rcpt = lambda _email: None
    await letters.send_again(SLUG, refused.id, BY)
    assert (await post.send(mailbox.settings)).sent == 1
    assert mailbox.to == sorted(f"{code}@example.org" for code in PEOPLE)


async def test_what_the_server_does_not_take_now_is_tried_again_later_and_sent_once(
    known: str, mailbox: Mailbox
) -> None:
    mailbox.rcpt = lambda _email: "451 4.7.1 Come back later"
    await letters.invite(SLUG, ["bob-baker"], BY)
    assert await post.send(mailbox.settings) == post.Report(waiting=1)
    [letter] = await letters.letters(SLUG)
    assert (letter.state, letter.attempts, letter.error) == (State.WAITING, 1, "451 4.7.1 Come back later")
    assert letter.due is not None
    mailbox.rcpt = lambda _email: None
    assert await post.send(mailbox.settings) == post.Report(waiting=1)
    await _later(minutes=1, seconds=1)
    mailbox.data = lambda _email: "452 4.3.1 Full"
    assert await post.send(mailbox.settings) == post.Report(waiting=1)
    mailbox.data = lambda _email: None
    await _later(minutes=5, seconds=1)
    assert await post.send(mailbox.settings) == post.Report(sent=1)
    [letter] = await letters.letters(SLUG)
    assert (letter.state, letter.error) == (State.SENT, "")


async def test_a_letter_that_is_never_taken_is_given_up_in_the_end(known: str, mailbox: Mailbox) -> None:
    mailbox.rcpt = lambda _email: "451 4.7.1 Come back later"
    await letters.invite(SLUG, ["bob-baker"], BY)
    for _try in post.PAUSES:
        assert await post.send(mailbox.settings) == post.Report(waiting=1)
        await _later(days=2)
    assert await post.send(mailbox.settings) == post.Report(refused=1)
    assert (await letters.letters(SLUG))[0].error == "451 4.7.1 Come back later"


async def test_a_letter_that_the_server_reads_and_refuses_is_refused(known: str, mailbox: Mailbox) -> None:
    mailbox.data = lambda _email: "554 5.7.1 It looks like advertisement"
    await letters.invite(SLUG, ["bob-baker"], BY)
    assert await post.send(mailbox.settings) == post.Report(refused=1)


async def test_where_nobody_answers_letters_wait_and_no_try_is_counted(known: str, mailbox: Mailbox) -> None:
    await letters.invite(SLUG, ["bob-baker"], BY)
    for _try in range(3):
        with pytest.raises(Unreachable):
            await post.send(Settings(smtp="smtp://127.0.0.1:1"))
        await _later(minutes=2)
    [letter] = await letters.letters(SLUG)
    assert (letter.state, letter.attempts) == (State.WAITING, 0)
    assert "cannot be used" in letter.error
    assert (await post.send(mailbox.settings)).sent == 1


async def test_an_address_beyond_ascii_is_sent_as_such(known: str, mailbox: Mailbox) -> None:
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email="böb@example.org"), BY)
    await letters.invite(SLUG, ["bob-baker"], BY)
    assert await post.send(mailbox.settings) == post.Report(sent=1)
    assert mailbox.to == ["böb@example.org"]


async def test_what_is_no_address_is_refused_and_holds_nobody_up(known: str, mailbox: Mailbox) -> None:
    await letters.invite(SLUG, ["bob-baker", "dana-osei"], BY)
    await Letters.update({Letters.email: "bob@@example.org"}).where(Letters.person == "bob-baker")
    assert await post.send(mailbox.settings) == post.Report(sent=1, refused=1)


async def test_links_to_sign_in_go_before_all_else(known: str, mailbox: Mailbox) -> None:
    await letters.invite(SLUG, PEOPLE, BY)
    await letters.ask_sign_in("eve-ito@example.org")
    await post.send(mailbox.settings)
    assert mailbox.got[0]["Subject"] == "Your link to sign in"


async def test_a_letter_that_is_not_due_or_held_stays(known: str, mailbox: Mailbox) -> None:
    await letters.invite(SLUG, ["bob-baker", "dana-osei"], BY)
    await letters.hold(SLUG, None, BY)
    assert await post.send(mailbox.settings) == post.Report()
    await letters.let_go(SLUG, None, BY)
    assert await post.send(mailbox.settings) == post.Report(sent=2)


async def test_a_letter_that_is_held_at_the_last_moment_does_not_go(known: str, mailbox: Mailbox) -> None:
    await letters.invite(SLUG, ["bob-baker"], BY)
    [letter] = await letters.letters(SLUG)
    held = asyncio.Event()
    loop = asyncio.get_running_loop()

    def hold(_email: str) -> None:
        asyncio.run_coroutine_threadsafe(letters.hold(SLUG, letter.id, BY), loop).result()
        loop.call_soon_threadsafe(held.set)

    mailbox.rcpt = hold  # type: ignore[assignment]
    assert await post.send(mailbox.settings) == post.Report()
    assert held.is_set()
    assert mailbox.got == []
    assert (await letters.letters(SLUG))[0].state is State.HELD


async def test_many_senders_send_each_letter_once(known: str, mailbox: Mailbox) -> None:
    for n in range(10):
        await letters.message(SLUG, PEOPLE, f"Number {n}", "Hello", BY)
    reports = await asyncio.gather(*(post.send(mailbox.settings) for _ in range(4)))
    assert sum(report.sent for report in reports) == 40
    assert set(Counter(message["Message-ID"] for message in mailbox.got).values()) == {1}
    assert len(mailbox.got) == 40


async def test_a_password_is_said_to_the_server_where_that_was_allowed(known: str) -> None:
    await letters.invite(SLUG, ["bob-baker"], BY)
    with mail_server(auth_require_tls=False, auth_required=True) as mailbox:
        with pytest.raises(Unreachable):
            await post.send(Settings(smtp=f"smtp://events:wrong@127.0.0.1:{mailbox.port}?starttls=no"))
        await _later(minutes=2)
        report = await post.send(Settings(smtp=f"smtp://events:p%3Aw%2Fd@127.0.0.1:{mailbox.port}?starttls=no"))
    assert report == post.Report(sent=1)
    assert set(mailbox.signed_in) == {"events"}


async def test_no_password_is_said_where_others_could_read_it(known: str) -> None:
    await letters.invite(SLUG, ["bob-baker"], BY)
    with mail_server(auth_require_tls=False, auth_required=True) as mailbox, pytest.raises(Unreachable):
        await post.send(Settings(smtp=f"smtp://events:p%3Aw%2Fd@127.0.0.1:{mailbox.port}"))
    assert mailbox.signed_in == []


@pytest.mark.parametrize(
    ("url", "port", "tls", "starttls"),
    [
        ("smtp://mail.example", 25, False, None),
        ("smtp://mail.example:587?starttls=required", 587, False, True),
        ("smtp://me:p%3Aw%2Fd@mail.example:587", 587, False, True),
        ("smtp://me:p%3Aw%2Fd@localhost?starttls=no", 25, False, False),
        ("smtps://me:p%3Aw%2Fd@mail.example", 465, True, False),
    ],
)
def test_a_server_is_told_by_an_address(url: str, port: int, tls: bool, starttls: bool | None) -> None:
    found = server(url)
    assert (found.port, found.tls, found.starttls) == (port, tls, starttls)
    assert found.password == ("p:w/d" if "p%3A" in url else "")


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://x:0",
        "smtp://x:99999",
        "smtp://x?starttls=perhaps",
        "smtp://x?tls=1",
    ],
)
def test_what_names_no_server_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(BadSetting, match="EVENTS_SMTP is not of the form"):
        server(url)


WORKER = """
import asyncio, sys
from events_app.editing import post
from events_app.settings import Settings
from events_app.tables import database

async def main():
    async with database.running(sys.argv[1]):
        await post.send(Settings(smtp=sys.argv[2], base_url="https://small.example"))

asyncio.run(main())
"""


def _worker(url: str, mailbox: Mailbox) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WORKER, url, mailbox.settings.smtp]
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": "."}, stderr=subprocess.DEVNULL)


@pytest.mark.slow
async def test_a_sender_killed_before_it_hands_a_letter_over_leaves_it_to_be_sent(
    conference_url: str, mailbox: Mailbox
) -> None:
    async with database.running(conference_url):
        await _give_addresses()
        await letters.invite(SLUG, ["bob-baker"], BY)
    workers: list[subprocess.Popen[bytes]] = []
    mailbox.rcpt = lambda _email: os.kill(workers[0].pid, signal.SIGKILL)  # type: ignore[func-returns-value]
    workers.append(_worker(conference_url, mailbox))
    await asyncio.to_thread(workers[0].wait, 60)
    mailbox.rcpt = lambda _email: None
    async with database.running(conference_url):
        assert mailbox.got == []
        assert await post.send(mailbox.settings) == post.Report(waiting=1)  # it is the other's still
        await _later(hours=1)
        assert await post.send(mailbox.settings) == post.Report(sent=1)
        assert len(mailbox.got) == 1


@pytest.mark.slow
async def test_a_letter_whose_sender_was_killed_before_the_answer_is_never_sent_again_by_itself(
    conference_url: str, mailbox: Mailbox
) -> None:
    async with database.running(conference_url):
        await _give_addresses()
        await letters.invite(SLUG, ["bob-baker"], BY)
    workers: list[subprocess.Popen[bytes]] = []
    mailbox.after = lambda: os.kill(workers[0].pid, signal.SIGKILL)
    workers.append(_worker(conference_url, mailbox))
    await asyncio.to_thread(workers[0].wait, 60)
    mailbox.after = lambda: None
    async with database.running(conference_url):
        assert [letter.state for letter in await letters.letters(SLUG)] == [State.SENDING]
        await _later(hours=1)
        assert await post.send(mailbox.settings) == post.Report(unsure=1)
        assert await post.send(mailbox.settings) == post.Report(unsure=1)
        assert len(mailbox.got) == 1
        [letter] = await letters.letters(SLUG, state=State.UNSURE)
        assert "may have arrived" in letter.error
        await letters.send_again(SLUG, letter.id, BY)
        assert await post.send(mailbox.settings) == post.Report(sent=1)
        assert {message["Message-ID"] for message in mailbox.got} == {letter.message}


@pytest.mark.slow
async def test_killed_at_any_moment_no_letter_is_lost_and_none_is_sent_twice(
    conference_url: str, mailbox: Mailbox
) -> None:
    async with database.running(conference_url):
        await _give_addresses()
        for n in range(20):
            await letters.message(SLUG, PEOPLE, f"Number {n}", "Hello", BY)
    chance = random.Random()
    for _kill in range(int(os.environ.get("KILLS", "4"))):
        before = len(mailbox.got)
        worker = _worker(conference_url, mailbox)
        while worker.poll() is None and len(mailbox.got) == before:
            await asyncio.sleep(0.01)
        await asyncio.sleep(chance.random() * 0.1)
        worker.kill()
        await asyncio.to_thread(worker.wait)
        async with database.running(conference_url):
            await _later(hours=1)
    async with database.running(conference_url):
        await post.send(mailbox.settings)
        arrived = Counter(message["Message-ID"] for message in mailbox.got)
        assert set(arrived.values()) == {1}
        found = await letters.letters(SLUG, limit=1000)
        assert {letter.state for letter in found} <= {State.SENT, State.UNSURE}
        assert {letter.message for letter in found if letter.state is State.SENT} <= arrived.keys()
        assert len(found) == 80


async def test_a_service_sends_what_becomes_due_and_stops_when_told(known: str, mailbox: Mailbox) -> None:
    postman = post.Postman(mailbox.settings)
    await letters.invite(SLUG, ["bob-baker"], BY)
    await postman.begin()
    while not mailbox.got:
        await asyncio.sleep(0.01)
    await postman.end()
    assert await letters.counts(SLUG) == {State.SENT: 1}


async def test_without_a_server_a_service_sends_nothing(known: str) -> None:
    postman = post.Postman(Settings())
    await postman.begin()
    await postman.end()


async def test_a_service_that_is_told_of_no_server_at_all_does_not_begin(known: str) -> None:
    with pytest.raises(BadSetting):
        await post.Postman(Settings(smtp="nonsense")).begin()


async def test_kinds_of_letters_that_sign_in_are_the_only_ones_with_a_token(known: str, mailbox: Mailbox) -> None:
    await letters.invite(SLUG, ["bob-baker"], BY)
    await letters.remind(SLUG, ["bob-baker"], BY)
    await letters.message(SLUG, ["bob-baker"], "Hello", "{link}", BY)
    await post.send(mailbox.settings)
    signing = [message["Subject"] for message in mailbox.got if "/sign-in/" in text_of(message)]
    assert len(signing) == await SignInLinks.count() == 2
    assert [letter.kind for letter in await letters.letters(SLUG) if "/sign-in/" in letter.text] == []
    assert {letter.kind for letter in await letters.letters(SLUG)} == {Kind.INVITATION, Kind.REMINDER, Kind.MESSAGE}


async def test_a_letter_that_cannot_be_made_holds_up_nobody_else_s(
    known: str, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither by a fault of ours nor by an address for which no link can be made."""
    await letters.invite(SLUG, PEOPLE[:3], BY)
    spoilt = {"bob-baker": {Letters.message: "<@>"}, "alice-adler": {Letters.email: "alice@a,b"}}
    for person, values in spoilt.items():
        await Letters.update(values).where(Letters.person == person)  # type: ignore[arg-type]
    assert await post.send(mailbox.settings) == post.Report(sent=1, refused=2)
    assert mailbox.to == ["dana-osei@example.org"]
    told = {one.person: one for one in await letters.letters(SLUG)}
    assert {person: told[person].state for person in spoilt} == dict.fromkeys(spoilt, State.REFUSED)
    assert "not an e-mail address" in told["alice-adler"].error
    assert "could not be made: IndexError" in caplog.text
    assert "example.org" not in caplog.text
