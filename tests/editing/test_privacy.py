from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from events_app import editing, reading
from events_app.editing import accounts, backups
from events_app.editing.following import latest
from events_app.intake import Reading
from events_app.programme.model import PaperStatus, Part, Person, Picture, Role
from events_app.programme.planning import Accepted, Answer, Availability, Contact, Request, Wishes
from events_app.tables import database
from events_app.tables.columns import new_key
from events_app.tables.letters import Files, Letters

from ..conference import BOB, PAPERS, PROGRAMME, at

SLUG = "small-2028"
OLGA = "olga@example.org"
EMAIL = "bob@example.org"
BEFORE, AFTER = at(1, 12), at(30, 12)
TRACES = ("bob", "baker", "trust*", "aston", "vegan", "portrait", "cannot come")
"""Whatever is known of Bob holds one of these."""


@pytest.fixture
async def known(conference: str) -> str:
    """Everything that can be known about somebody is known about Bob, in the draft, two versions and the log."""
    await accounts.grant(SLUG, OLGA, accounts.Right.ORGANISER, "tests")
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email=EMAIL, gender="man"), OLGA)
    await editing.put(SLUG, "contacts", Contact(person="alice-adler", email="alice@example.org"), OLGA)
    await editing.put(SLUG, "wishes", Wishes(person="bob-baker", access="vegan", recorded=True), EMAIL)
    hours = Availability(person="bob-baker", starts=at(25, 9), ends=at(25, 12))
    await editing.put(SLUG, "availability", hours, EMAIL)
    answer = Answer(person="bob-baker", noun="papers", code="T1", comes=False, reason="cannot come", by=EMAIL)
    await editing.put(SLUG, "answers", answer, EMAIL)
    await editing.put(SLUG, "answers", replace(answer, person="charlie-khan", reason="", comes=True), EMAIL)
    asked = Request(
        code="r1", noun="papers", thing="T1", field="presenter", was="[]", by="alice@example.org", at=at(1, 1),
        wanted=msgspec.json.encode([Part(person="bob-baker", role=Role.PRESENTER)]).decode(),
    )  # fmt: skip
    await editing.put(SLUG, "requests", asked, OLGA)
    await editing.put(SLUG, "requests", replace(asked, code="r2", by=EMAIL), OLGA)
    accepted = Accepted(finding="twice/bob-baker", sentence="Bob Baker is in two places.", by=OLGA)
    await editing.put(SLUG, "accepted", accepted, OLGA)
    seen = {("people", "bob-baker"): BOB}
    drawn = replace(BOB, picture=Picture(key="portrait-key", width=8, height=8, alt="A portrait of Bob"))
    await editing.correct(SLUG, {("people", "bob-baker"): drawn}, EMAIL, seen=seen, at=BEFORE)
    await editing.place(SLUG, "K1", at(25, 10), "aula", OLGA)
    await editing.release(SLUG, OLGA, at=BEFORE)
    await accounts.claim(await accounts.issue_link(EMAIL, EMAIL))
    await _keep_files_and_letters()
    return conference


async def _keep_files_and_letters() -> None:
    event = (await reading.event_row(SLUG))["id"]
    file = {"id": new_key(), "event": event, "name": "portrait-key", "data": b"x", "by": EMAIL}
    letter = {
        "id": new_key(),
        "event": event,
        "person": "bob-baker",
        "email": EMAIL,
        "text": "Dear Bob",
        "message": "1",
    }
    async with database.engine().transaction():
        await database.insert(Files, [file])
        await database.insert(
            Letters, [letter, {**letter, "id": new_key(), "event": None, "person": "", "message": "2"}]
        )


async def everything(tmp_path: Path) -> str:
    await backups.backup(tmp_path / "all.gz")
    return gzip.decompress((tmp_path / "all.gz").read_bytes()).decode()


def named(text: str, traces: tuple[str, ...] = TRACES) -> list[str]:
    return [trace for trace in traces if trace in text.lower()]


async def test_what_is_forgotten_with_its_name_occurs_nowhere_any_more(known: str, tmp_path: Path) -> None:
    assert named(await everything(tmp_path)) == list(TRACES)
    forgotten = await editing.forget(SLUG, ["bob-baker"], EMAIL, name=True, at=BEFORE)
    assert named(await everything(tmp_path)) == []
    assert forgotten.account


async def test_before_the_event_somebody_goes_altogether_and_what_only_they_would_give_is_withdrawn(known: str) -> None:
    alone = replace(PAPERS[0], code="T9", parts=(Part(person="bob-baker", role=Role.AUTHOR),))
    await editing.put(SLUG, "papers", alone, OLGA)
    forgotten = await editing.forget(SLUG, ["bob-baker"], OLGA, at=BEFORE)
    draft = await reading.draft(SLUG)
    papers = {paper.code: paper for paper in draft.programme.papers}
    assert forgotten.withdrawn == ("T4", "T9")
    assert papers["T9"].status is PaperStatus.WITHDRAWN
    assert papers["T1"] == replace(PAPERS[0], parts=(Part(person="charlie-khan", role=Role.AUTHOR),))
    assert "bob-baker" not in {person.code for person in draft.programme.people}
    published = await reading.published(SLUG)
    assert published is not None
    assert "bob-baker" not in {person.code for person in published.people}


async def test_what_is_public_changes_at_once_as_the_next_revision_of_the_same_version(known: str) -> None:
    before = await reading.published(SLUG)
    await editing.forget(SLUG, ["bob-baker"], OLGA, at=at(2, 12))
    after = await reading.published(SLUG)
    assert before is not None
    assert after is not None
    assert after.versions[-1].number == before.versions[-1].number
    assert after.versions[-1].revision == (await reading.draft(SLUG)).revision > before.versions[-1].revision
    assert after.versions[-1].corrected == at(2, 12)
    moved = {key for key, stamp in after.stamps.items() if stamp != before.stamps[key]}
    assert moved == {"session/K1", "session/P1-1"}
    assert {after.stamps[key].sequence - before.stamps[key].sequence for key in moved} == {0}
    slots = [[(one.code, one.starts, one.room) for one in programme.sessions] for programme in (before, after)]
    assert slots[0] == slots[1]


async def test_after_the_event_the_programme_keeps_the_name_and_nothing_else(known: str, tmp_path: Path) -> None:
    forgotten = await editing.forget(SLUG, ["bob-baker"], EMAIL, at=AFTER)
    bare = Person(code="bob-baker", name="Bob Baker", sorts_as="Baker, Bob")
    programmes = [(await reading.draft(SLUG)).programme, *[await reading.release(SLUG, n) for n in (1, 2)]]
    for programme in programmes:
        assert programme is not None
        assert [person for person in programme.people if person.code == "bob-baker"] == [bare]
        assert [paper.parts for paper in programme.papers if paper.code == "T1"] == [PAPERS[0].parts]
    assert forgotten.withdrawn == ()
    assert named(await everything(tmp_path), ("trust*", "aston", "vegan", "portrait", "cannot come", EMAIL)) == []


async def test_after_the_event_the_name_goes_too_where_that_is_asked(known: str, tmp_path: Path) -> None:
    await editing.forget(SLUG, ["bob-baker"], EMAIL, name=True, at=AFTER)
    assert named(await everything(tmp_path)) == []
    assert all(paper.status is not PaperStatus.WITHDRAWN for paper in (await reading.draft(SLUG)).programme.papers)


async def test_the_log_still_says_what_was_done_to_what(known: str) -> None:
    before = await reading.log(SLUG, limit=100)
    await editing.forget(SLUG, ["bob-baker"], EMAIL, at=BEFORE)
    mark, *after = await reading.log(SLUG, limit=100)
    assert mark.what == "forget"
    assert [(line.what, line.revision, line.noun) for line in after] == [
        (line.what, line.revision, line.noun) for line in before
    ]
    assert {line.who for line in after} == {OLGA, "tests", "alice@example.org", mark.who}
    assert mark.who.startswith("removed-")


async def test_nothing_that_is_taken_back_brings_them_back(known: str) -> None:
    lines = await reading.log(SLUG, limit=100)
    await editing.forget(SLUG, ["bob-baker"], OLGA, at=BEFORE)
    with pytest.raises(editing.NotUndoable):
        await editing.undo(SLUG, (await reading.log(SLUG))[0].id, OLGA)
    for line in lines:
        try:
            await editing.undo(SLUG, line.id, OLGA)
        except (editing.Conflict, editing.NotUndoable):
            continue
    draft = await reading.draft(SLUG)
    assert named(repr(draft)) == []


async def test_a_process_that_follows_the_draft_forgets_them_too(known: str) -> None:
    held = await reading.draft(SLUG)
    await editing.forget(SLUG, ["bob-baker"], OLGA, at=AFTER)
    assert await latest(held) == await reading.draft(SLUG)


async def test_an_account_that_another_event_knows_stays(known: str) -> None:
    event = replace(PROGRAMME.event, slug="other-2028", uid="other")
    await editing.import_reading(None, Reading(kind="t", programme=replace(PROGRAMME, event=event)), OLGA)
    await editing.put("other-2028", "contacts", Contact(person="bob-baker", email=EMAIL), OLGA)
    signed_in = await accounts.claim(await accounts.issue_link(EMAIL, EMAIL))
    assert not (await editing.forget(SLUG, ["bob-baker"], EMAIL, at=BEFORE)).account
    assert signed_in
    assert await accounts.signed_in(signed_in)
    assert not (await editing.forget("other-2028", ["charlie-khan"], EMAIL, at=BEFORE)).account
    assert (await editing.forget("other-2028", ["bob-baker"], EMAIL, at=BEFORE)).account
    assert await accounts.signed_in(signed_in) is None


async def test_an_organiser_who_also_speaks_stays_an_organiser(known: str) -> None:
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email=OLGA), OLGA)
    assert not (await editing.forget(SLUG, ["bob-baker"], OLGA, at=BEFORE)).account
    assert await accounts.organisers(SLUG) == [OLGA]
    assert (await reading.log(SLUG))[0].who == OLGA


async def test_a_picture_that_something_else_shows_stays(known: str) -> None:
    dadz = replace(PROGRAMME.showcases[0], pictures=(Picture(key="portrait-key", width=8, height=8),))
    await editing.put(SLUG, "showcases", dadz, OLGA)
    await editing.forget(SLUG, ["bob-baker"], OLGA, at=BEFORE)
    rows: list[dict[str, Any]] = await Files.select(Files.name, Files.by)
    assert [row["name"] for row in rows] == ["portrait-key"]
    assert rows[0]["by"].startswith("removed-")


async def test_nobody_who_is_not_there_is_forgotten(known: str) -> None:
    with pytest.raises(reading.NotFound):
        await editing.forget(SLUG, ["nobody"], OLGA)
