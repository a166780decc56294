"""Another address: a letter to it, and everything of theirs with it, on both databases."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from msgspec.structs import replace

from events_app import editing, reading
from events_app.editing import accounts, post, readdressing
from events_app.editing.accounts import Right
from events_app.intake import Reading
from events_app.programme.planning import Contact, Rules
from events_app.tables.accounts import SignIns

from ..conference import PROGRAMME
from .mail import mail_server, text_of

SLUG = "small-2028"
OTHER = "other-2028"
OLD = "bob@example.org"
NEW = "bob@new.example"
OLGA = "olga@example.org"


async def test_the_letter_goes_to_the_new_address_at_once_and_tells_a_stranger_nothing(conference: str) -> None:
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email=OLD), OLGA)
    await editing.put(SLUG, "rules", Rules(letters_wait=True), OLGA)
    await readdressing.ask(SLUG, " Bob@New.example", OLD)
    with mail_server() as mailbox:
        await post.send(mailbox.settings)
        [message] = mailbox.got
    assert message["To"] == NEW
    text = text_of(message)
    [token] = re.findall(rf"https://small\.example/speak/{SLUG}/address/(\S+)", text)
    assert "Bob" not in text.replace(NEW, "")
    assert OLD not in message.as_string()
    assert await accounts.claim(token) is None  # it signs nobody in
    assert await readdressing.asked(token, OLD) == NEW
    assert await readdressing.asked(token, "eve@example.org") is None


async def test_of_many_that_use_a_link_at_once_one_moves_everything(conference: str) -> None:
    event = replace(PROGRAMME.event, slug=OTHER, uid="other")
    await editing.import_reading(None, Reading(kind="t", programme=replace(PROGRAMME, event=event)), OLGA)
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email=OLD), OLGA)
    await editing.put(OTHER, "contacts", Contact(person="charlie-khan", email=OLD), OLGA)
    await accounts.grant(OTHER, OLD, Right.ORGANISER, OLGA)
    signed_in = await accounts.claim(await accounts.issue_link(OLD, ""))
    assert signed_in
    token = await accounts.issue_link(NEW, OLD, 60, purpose=readdressing.PURPOSE)
    moving = {SLUG: ["bob-baker"], OTHER: ["charlie-khan"]}
    taken = [readdressing.take(token, OLD, signed_in, moving) for _ in range(4)]
    assert sorted(map(str, await asyncio.gather(*taken))) == ["None", "None", "None", NEW]
    for slug in (SLUG, OTHER):
        assert [one.email for one in (await reading.draft(slug)).planning.contacts] == [NEW]
    assert await accounts.organisers(OTHER) == [NEW]
    who = await accounts.signed_in(signed_in)
    assert who is not None
    assert (who.email, who.rights) == (NEW, {OTHER: Right.ORGANISER})


async def test_who_works_on_an_event_confirms_it_where_they_have_just_signed_in_by_letter(conference: str) -> None:
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email=OLD), OLGA)
    await accounts.grant(SLUG, OLD, Right.HELPER, OLGA)
    own = await accounts.claim(await accounts.issue_link(OLD, OLD))  # made in a browser that was signed in
    copied = await accounts.claim(await accounts.issue_link(OLD, OLGA, event=SLUG))
    old = await accounts.claim(await accounts.issue_link(OLD, ""))
    ago = datetime.now(UTC) - timedelta(minutes=16)
    await SignIns.update({SignIns.since: ago}).where(SignIns.token == sha256(str(old).encode()).hexdigest())
    token = await accounts.issue_link(NEW, OLD, 60, purpose=readdressing.PURPOSE)
    for browser in (own, copied, old):
        with pytest.raises(readdressing.StaleSignIn):
            await readdressing.take(token, OLD, str(browser), {SLUG: ["bob-baker"]})
    assert [one.email for one in (await reading.draft(SLUG)).planning.contacts] == [OLD]
    new = await accounts.claim(await accounts.issue_link(OLD, ""))
    assert await readdressing.take(token, OLD, str(new), {SLUG: ["bob-baker"]}) == NEW
    assert [bool(await accounts.signed_in(str(one))) for one in (own, copied, old, new)] == [False] * 3 + [True]
