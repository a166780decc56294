from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from events_app import editing, reading
from events_app.editing import accounts, backups
from events_app.tables import database

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
