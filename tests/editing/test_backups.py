from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from events_app import editing, reading
from events_app.editing import accounts, backups
from events_app.intake import Reading
from events_app.tables import database
from events_app.tables.accounts import SignInLinks
from events_app.tables.columns import new_key
from events_app.tables.letters import Letters

from ..conference import PROGRAMME, at
from ..conftest import Copy

SLUG = "small-2028"
BY = "alice@example.org"


async def test_a_backup_comes_back_whole_on_either_engine(copies: Copy, other_copies: Copy, tmp_path: Path) -> None:
    source, target = copies("conference"), other_copies("empty")
    async with database.running(source):
        await accounts.grant(SLUG, BY, accounts.Right.ORGANISER, BY)
        before, log = await reading.draft(SLUG), await reading.log(SLUG)
        rows = await backups.backup(tmp_path / "all.gz")
        assert rows == await backups.size()
    async with database.running(target):
        assert await backups.restore(tmp_path / "all.gz", BY) == rows
        after = await reading.draft(SLUG)
        assert (after.programme, after.planning) == (before.programme, before.planning)
        assert (await reading.log(SLUG))[1:] == log
        assert await accounts.organisers(SLUG) == [BY]


async def test_after_a_restore_every_revision_is_newer_than_any_before(conference: str, tmp_path: Path) -> None:
    """A page kept at revision 5 must not be taken for what stands there after the restore."""
    await backups.backup(tmp_path / "all.gz")
    await editing.place(SLUG, "K1", at(25, 10), "room-b", BY)
    await editing.release(SLUG, BY)
    await editing.cancel(SLUG, "D2", BY)
    await backups.restore(tmp_path / "all.gz", BY)
    published = await reading.published(SLUG)
    assert published is not None
    assert await reading.published_revision(SLUG) == published.versions[-1].revision == 6
    assert (await reading.draft(SLUG)).programme == PROGRAMME
    assert (await reading.log(SLUG))[0].what == "restore"


async def test_an_event_made_anew_after_a_restore_is_newer_than_the_one_that_went(empty: str, tmp_path: Path) -> None:
    await backups.backup(tmp_path / "none.gz")
    await editing.import_reading(None, Reading(kind="tests", programme=PROGRAMME), BY)
    await editing.release(SLUG, BY)
    before = await reading.published_revision(SLUG)
    assert before is not None
    await backups.restore(tmp_path / "none.gz", BY)
    assert await reading.published_revision(SLUG) is None
    await editing.import_reading(None, Reading(kind="tests", programme=PROGRAMME), BY)
    assert (await reading.draft(SLUG)).revision > before


async def test_a_restore_signs_nobody_in_and_makes_no_spent_link_good_again(conference: str, tmp_path: Path) -> None:
    stays, leaves = [await accounts.claim(await accounts.issue_link(BY, "tests")) for _ in range(2)]
    used, unused = [await accounts.issue_link(BY, "tests") for _ in range(2)]
    assert stays
    assert leaves
    await backups.backup(tmp_path / "all.gz")
    await accounts.sign_out(leaves)
    await accounts.claim(used)
    await backups.restore(tmp_path / "all.gz", BY)
    assert await accounts.signed_in(stays)
    assert await accounts.signed_in(leaves) is None
    assert await accounts.claim(used) is None
    assert await accounts.claim(unused)


async def test_where_a_backup_comes_to_a_new_machine_everybody_signs_in_anew(
    copies: Copy, other_copies: Copy, tmp_path: Path
) -> None:
    async with database.running(copies("conference")):
        signed_in = await accounts.claim(await accounts.issue_link(BY, "tests"))
        link = await accounts.issue_link(BY, "tests")
        await backups.backup(tmp_path / "all.gz")
    async with database.running(other_copies("empty")):
        await backups.restore(tmp_path / "all.gz", BY)
        assert signed_in
        assert await accounts.signed_in(signed_in) is None
        assert await accounts.claim(link) is None
        assert await SignInLinks.exists().where(SignInLinks.email == BY, SignInLinks.used.is_not_null())


async def test_a_letter_that_may_have_gone_since_the_backup_waits_for_an_organiser(
    conference: str, tmp_path: Path
) -> None:
    event = (await reading.event_row(SLUG))["id"]
    states = {"gone since": "waiting", "still waits": "waiting", "dropped with the backup": "waiting", "went": "sent"}
    ids = {message: new_key() for message in states}
    async with database.engine().transaction():
        await database.insert(
            Letters,
            [{"id": ids[name], "event": event, "message": name, "state": state} for name, state in states.items()],
        )
    await backups.backup(tmp_path / "all.gz")
    await Letters.update({Letters.state: "sent"}).where(Letters.id == ids["gone since"])
    await Letters.delete().where(Letters.id == ids["dropped with the backup"])
    await backups.restore(tmp_path / "all.gz", BY)
    now = {row["message"]: row["state"] for row in await Letters.select(Letters.message, Letters.state)}
    assert now == {
        "gone since": "sent",
        "still waits": "waiting",
        "dropped with the backup": "held",
        "went": "sent",
    }


@pytest.mark.parametrize("bytes", [0, 10, 300, -10])
async def test_half_a_backup_is_refused_and_nothing_is_touched(conference: str, tmp_path: Path, bytes: int) -> None:
    await backups.backup(tmp_path / "all.gz")
    whole = (tmp_path / "all.gz").read_bytes()
    (tmp_path / "half.gz").write_bytes(whole[:bytes])
    with pytest.raises(backups.BadBackup):
        await backups.restore(tmp_path / "half.gz", BY)
    assert (await reading.draft(SLUG)).programme == PROGRAMME


async def test_a_backup_without_its_last_rows_is_refused(conference: str, tmp_path: Path) -> None:
    await backups.backup(tmp_path / "all.gz")
    lines = gzip.decompress((tmp_path / "all.gz").read_bytes()).splitlines(keepends=True)
    (tmp_path / "less.gz").write_bytes(gzip.compress(b"".join([*lines[:-2], lines[-1]])))
    with pytest.raises(backups.BadBackup, match="not a whole one"):
        await backups.restore(tmp_path / "less.gz", BY)


async def test_a_backup_of_a_newer_program_is_refused(conference: str, tmp_path: Path) -> None:
    await backups.backup(tmp_path / "all.gz")
    text = gzip.decompress((tmp_path / "all.gz").read_bytes())
    newer = text.replace(database.migration_ids()[-1].encode(), b"2999-01-01T00:00:00:000000", 1)
    (tmp_path / "newer.gz").write_bytes(gzip.compress(newer))
    with pytest.raises(backups.BadBackup, match="newer version"):
        await backups.restore(tmp_path / "newer.gz", BY)


async def test_a_backup_that_cannot_be_written_leaves_the_one_that_is_there(conference: str, tmp_path: Path) -> None:
    (tmp_path / "all.gz").write_bytes(b"the old one")

    def broken(_: int) -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        await backups.backup(tmp_path / "all.gz", broken)
    assert (tmp_path / "all.gz").read_bytes() == b"the old one"
    assert [path.name for path in tmp_path.glob("*all.gz*")] == ["all.gz"]
