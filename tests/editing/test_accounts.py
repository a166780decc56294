from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from events_app import editing, reading
from events_app.editing import accounts
from events_app.editing.accounts import Account, Right
from events_app.tables.accounts import SignInLinks, SignIns

SLUG = "small-2028"
EMAIL = "alice@example.org"


async def test_a_link_signs_in_once(conference: str) -> None:
    token = await accounts.issue_link(" Alice@Example.org ", "command line")
    signed_in = await accounts.claim(token, "a browser")
    assert signed_in is not None
    assert await accounts.signed_in(signed_in) == Account(email=EMAIL)
    assert await accounts.claim(token) is None


async def test_of_many_who_use_a_link_at_once_one_succeeds(conference: str) -> None:
    token = await accounts.issue_link(EMAIL, "command line")
    claims = await asyncio.gather(*(accounts.claim(token) for _ in range(8)))
    assert len([claim for claim in claims if claim]) == 1


async def test_a_link_that_is_too_old_signs_nobody_in(conference: str) -> None:
    token = await accounts.issue_link(EMAIL, "command line", minutes=0)
    assert await accounts.claim(token) is None
    assert await accounts.claim("never issued") is None


async def test_of_tokens_only_hashes_are_kept(conference: str) -> None:
    token = await accounts.issue_link(EMAIL, "command line")
    signed_in = await accounts.claim(token)
    assert signed_in is not None
    assert [row["token"] for row in await SignInLinks.select()] == [sha256(token.encode()).hexdigest()]
    assert [row["token"] for row in await SignIns.select()] == [sha256(signed_in.encode()).hexdigest()]
    assert len(token) >= 43  # 256 bits


async def test_who_signs_out_is_out(conference: str) -> None:
    signed_in = await accounts.claim(await accounts.issue_link(EMAIL, "command line"))
    assert signed_in is not None
    await accounts.sign_out(signed_in)
    assert await accounts.signed_in(signed_in) is None


async def test_rights_are_given_changed_and_taken_in_one_event(conference: str) -> None:
    signed_in = await accounts.claim(await accounts.issue_link(EMAIL, "command line"))
    assert signed_in is not None
    await accounts.grant(SLUG, EMAIL, Right.HELPER, "command line")
    await accounts.grant(SLUG, EMAIL, Right.ORGANISER, "command line")
    await accounts.grant(SLUG, EMAIL, Right.ORGANISER, "command line")
    account = await accounts.signed_in(signed_in)
    assert account == Account(email=EMAIL, rights={SLUG: Right.ORGANISER})
    assert account.organises(SLUG)
    assert not account.organises("other-2028")
    assert await accounts.organisers(SLUG) == [EMAIL]
    await accounts.grant(SLUG, "olga@example.org", Right.ORGANISER, "command line")
    await accounts.revoke(SLUG, EMAIL, "command line")
    assert await accounts.signed_in(signed_in) == Account(email=EMAIL)
    assert [(line.what, line.noun, line.code) for line in await reading.log(SLUG, limit=4)] == [
        ("revoke", "members", EMAIL),
        ("grant", "members", "olga@example.org"),
        ("grant", "members", EMAIL),
        ("grant", "members", EMAIL),
    ]
    assert (await reading.draft(SLUG)).revision == 6


@pytest.mark.parametrize("email", ["", "alice", "@example.org", "alice@", "a b@example.org", "<a@b>", "a" * 260 + "@b"])
async def test_what_is_no_address_is_refused(empty: str, email: str) -> None:
    with pytest.raises(accounts.NoAddress):
        await accounts.issue_link(email, "command line")


@pytest.mark.parametrize(
    "email", ["a\x00@example.org", "a\x7f@example.org", "\u202ea@example.org", "a\u200bb@example.org"]
)
def test_what_cannot_be_seen_stands_in_no_address(email: str) -> None:
    with pytest.raises(accounts.NoAddress):
        accounts.address(email)


async def test_nobody_can_be_given_rights_in_an_event_that_is_not_there(empty: str) -> None:
    with pytest.raises(editing.NotFound):
        await accounts.grant("nowhere-2028", EMAIL, Right.ORGANISER, "command line")


async def test_the_last_organiser_stays(conference: str) -> None:
    await accounts.grant(SLUG, EMAIL, Right.ORGANISER, "command line")
    await accounts.grant(SLUG, "helen@example.org", Right.HELPER, "command line")
    before = await reading.log(SLUG)
    with pytest.raises(accounts.LastOrganiser):
        await accounts.revoke(SLUG, EMAIL, EMAIL)
    with pytest.raises(accounts.LastOrganiser):
        await accounts.grant(SLUG, EMAIL, Right.HELPER, EMAIL)
    assert await accounts.organisers(SLUG) == [EMAIL]
    assert await reading.log(SLUG) == before


async def test_of_two_organisers_who_remove_each_other_at_once_one_stays(conference: str) -> None:
    both = (EMAIL, "olga@example.org")
    for email in both:
        await accounts.grant(SLUG, email, Right.ORGANISER, "command line")
    done = await asyncio.gather(*(accounts.revoke(SLUG, email, "x") for email in both), return_exceptions=True)
    assert sorted(map(type, done), key=str) == sorted([type(None), accounts.LastOrganiser], key=str)
    assert len(await accounts.organisers(SLUG)) == 1


async def sign_in(email: str, agent: str = "") -> str:
    signed_in = await accounts.claim(await accounts.issue_link(email, "command line"), agent)
    assert signed_in is not None
    return signed_in


async def test_everybody_sees_where_they_are_signed_in_and_ends_it_there(conference: str) -> None:
    here, there = await sign_in(EMAIL, "here"), await sign_in(EMAIL, "there")
    other = await sign_in("mallory@example.org", "elsewhere")
    listed = await accounts.sign_ins(EMAIL, here)
    assert [(one.agent, one.here) for one in listed] == [("here", True), ("there", False)]
    await accounts.sign_out_there("mallory@example.org", listed[1].id)
    assert await accounts.signed_in(there) is not None  # it is not Mallory's
    await accounts.sign_out_there(EMAIL, listed[1].id)
    assert await accounts.signed_in(there) is None
    assert await accounts.signed_in(here) is not None
    assert await accounts.signed_in(other) is not None


async def test_one_signs_out_everywhere_else(conference: str) -> None:
    here, *elsewhere = [await sign_in(EMAIL) for _ in range(3)]
    other = await sign_in("mallory@example.org")
    await accounts.sign_out_elsewhere(EMAIL, here)
    assert [await accounts.signed_in(token) for token in elsewhere] == [None, None]
    assert await accounts.signed_in(here) is not None
    assert await accounts.signed_in(other) is not None


async def test_a_sign_in_ends_by_itself_after_ninety_days(conference: str) -> None:
    token = await sign_in(EMAIL)
    old = datetime.now(UTC) - accounts.SIGNED_IN_FOR - timedelta(minutes=1)
    await SignIns.update({SignIns.since: old}, force=True)
    assert await accounts.signed_in(token) is None
    assert await accounts.sign_ins(EMAIL, token) == []


async def test_an_invitation_gives_rights_in_its_own_event_alone_now_and_later(conference: str) -> None:
    """Whoever asked somebody in may have opened the link: what others give them later is not theirs."""
    await accounts.grant(SLUG, EMAIL, Right.HELPER, "mallory@example.org")
    signed_in = await accounts.claim(await accounts.issue_link(EMAIL, "mallory@example.org", event="evil"))
    assert signed_in is not None
    assert await accounts.signed_in(signed_in) == Account(email=EMAIL, only="evil")
    signed_in = await accounts.claim(await accounts.issue_link(EMAIL, "mallory@example.org", event=SLUG))
    assert signed_in is not None
    assert await accounts.signed_in(signed_in) == Account(email=EMAIL, rights={SLUG: Right.HELPER}, only=SLUG)
