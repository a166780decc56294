from __future__ import annotations

import pytest

from events_app import editing, reading
from events_app.editing.findings import accept, accept_no_more, mend
from events_app.programme.checks.finding import Case, Finding
from events_app.programme.clashes import all_findings, findings
from events_app.programme.remedies import remedies

from ..conference import at

SLUG = "small-2028"
BY = "alice@example.org"
NOON = at(20, 12)


async def clash() -> Finding:
    """K1 and D2 in one room."""
    await editing.place(SLUG, "K1", at(25, 13), "aula", BY)
    draft = await reading.draft(SLUG)
    return next(f for f in all_findings(draft.programme, draft.planning) if f.code == "room-twice")


async def open_codes() -> set[str]:
    draft = await reading.draft(SLUG)
    return {finding.code for finding in findings(draft.programme, draft.planning)}


async def test_an_accepted_finding_is_quiet_and_says_why(conference: str) -> None:
    finding = await clash()
    await accept(SLUG, finding, "Two halves of one hall", BY, at=NOON)
    assert "room-twice" not in await open_codes()
    (accepted,) = (await reading.draft(SLUG)).planning.accepted
    assert (accepted.reason, accepted.by, accepted.at) == ("Two halves of one hall", BY, NOON)
    assert accepted.sentence == finding.sentence
    assert (await reading.log(SLUG, 1))[0].what == "accept"


async def test_it_can_be_taken_back_and_that_too(conference: str) -> None:
    finding = await clash()
    await accept(SLUG, finding, "", BY)
    await accept_no_more(SLUG, finding.key, BY)
    assert "room-twice" in await open_codes()
    await editing.undo(SLUG, (await reading.log(SLUG, 1))[0].id, BY)
    assert "room-twice" not in await open_codes()


async def test_what_nobody_has_accepted_cannot_be_taken_back(conference: str) -> None:
    with pytest.raises(editing.NotFound):
        await accept_no_more(SLUG, "room-twice-000000000000", BY)


async def test_an_import_leaves_what_was_accepted(conference: str) -> None:
    from events_app.intake import Reading

    finding = await clash()
    await accept(SLUG, finding, "known", BY)
    programme = (await reading.draft(SLUG)).programme
    await editing.import_reading(SLUG, Reading(kind="tests", programme=programme), BY)
    assert [a.finding for a in (await reading.draft(SLUG)).planning.accepted] == [finding.key]


async def test_a_remedy_is_one_line_in_the_log(conference: str) -> None:
    finding = await clash()
    draft = await reading.draft(SLUG)
    remedy = remedies(Case(draft.programme, draft.planning), finding)[0]
    await mend(SLUG, remedy, BY)
    assert "room-twice" not in await open_codes()
    assert [line.what for line in await reading.log(SLUG, 2)] == ["mend", "place"]


async def test_a_remedy_is_refused_where_things_have_moved_on(conference: str) -> None:
    finding = await clash()
    draft = await reading.draft(SLUG)
    offered = remedies(Case(draft.programme, draft.planning), finding)
    for code in ("K1", "D2"):
        await editing.place(SLUG, code, at(26, 15), "foyer", BY)
    before = await reading.log(SLUG)
    with pytest.raises(editing.Conflict):
        await mend(SLUG, offered[0], BY)
    assert await reading.log(SLUG) == before
