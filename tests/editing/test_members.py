from __future__ import annotations

import pytest
from msgspec.structs import replace

from events_app import editing, reading
from events_app.editing import NotFound, accounts, members
from events_app.editing.accounts import Right
from events_app.editing.members import Member, TheirOwn
from events_app.programme.model import Part, Role
from events_app.programme.planning import Contact

from ..conference import P1

SLUG = "small-2028"
OLGA, CHRIS = "olga@example.org", "chris@example.org"


async def test_members_are_listed_organisers_first(conference: str) -> None:
    await accounts.grant(SLUG, "zoe@example.org", Right.ORGANISER, OLGA)
    await accounts.grant(SLUG, "amy@example.org", Right.HELPER, OLGA)
    await accounts.grant(SLUG, CHRIS, Right.CHAIR, OLGA)
    assert await members.members(SLUG) == [
        Member(email="zoe@example.org", role=Right.ORGANISER, new=True),
        Member(email=CHRIS, role=Right.CHAIR, new=True),
        Member(email="amy@example.org", role=Right.HELPER, new=True),
    ]
    with pytest.raises(NotFound):
        await members.members("no-such-event")


async def test_a_chair_s_panels_are_those_that_name_them_as_chair(conference: str) -> None:
    assert await members.chaired(SLUG, CHRIS) == []
    await editing.put(SLUG, "contacts", Contact(person="alice-adler", email=" Chris@Example.org "), OLGA)
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email="chris_@example.org"), OLGA)
    other = replace(P1, code="P9", title="Nine", parts=(Part(person="alice-adler", role=Role.DISCUSSANT),))
    await editing.put(SLUG, "panels", other, OLGA)
    assert await members.chaired(SLUG, CHRIS) == ["P1"]
    assert await members.chaired(SLUG, "chris_@example.org") == []
    assert await members.chaired("other-2028", CHRIS) == []


async def test_who_is_new_signs_in_with_the_link_that_an_organiser_makes(conference: str) -> None:
    await accounts.grant(SLUG, CHRIS, Right.HELPER, OLGA)
    token = await members.invite(SLUG, CHRIS, OLGA)
    line = (await reading.log(SLUG, limit=1))[0]
    assert (line.what, line.who, line.code) == ("invite", OLGA, CHRIS)
    signed_in = await accounts.claim(token)
    assert signed_in is not None
    account = await accounts.signed_in(signed_in)
    assert account is not None
    assert account.rights == {SLUG: Right.HELPER}


async def test_no_organiser_gets_a_link_that_signs_in_as_somebody_who_has_something_here(conference: str) -> None:
    with pytest.raises(NotFound):
        await members.invite(SLUG, CHRIS, OLGA)
    await accounts.grant(SLUG, CHRIS, Right.HELPER, OLGA)
    signed_in = await accounts.claim(await members.invite(SLUG, CHRIS, OLGA))
    with pytest.raises(TheirOwn):
        await members.invite(SLUG, CHRIS, OLGA)
    await accounts.sign_out(signed_in or "")
    with pytest.raises(TheirOwn):
        await members.invite(SLUG, CHRIS, OLGA)
    assert [member.new for member in await members.members(SLUG)] == [False]
