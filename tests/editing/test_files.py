"""What is kept of the files that people bring, and for how long."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from events_app import editing, reading
from events_app.editing import backups, copies, files, quarantine
from events_app.editing.files import GRACE
from events_app.intake import Reading, Refused
from events_app.intake.media import SLIDES, Cut
from events_app.programme.lookup import index
from events_app.programme.model import Picture
from events_app.tables import database
from tests.brought import PAGE, SVG, photograph, slides
from tests.conference import BOB, DADZ, EVENT, PROGRAMME

from ..conftest import Copy

SLUG = "small-2028"
BY = "alice@example.org"
LATER = datetime.now(UTC) + GRACE + timedelta(hours=1)


async def test_the_same_bytes_are_kept_once_and_read_by_their_key(conference: str) -> None:
    first = await files.take_picture(SLUG, photograph(), BY, alt="one")
    second = await files.take_picture(SLUG, photograph(), BY, alt="two")
    assert (first.key, first.alt, second.alt) == (second.key, "one", "two")
    assert await reading.kept_files(SLUG) == {first.key}
    found = await reading.file(SLUG, first.key)
    assert found
    assert (found.media, found.data[:4], found.data[8:12]) == ("image/webp", b"RIFF", b"WEBP")
    assert await reading.file(SLUG, "0" * 64) is None
    assert await reading.file("no-such-event", first.key) is None
    with pytest.raises(editing.NotFound):
        await files.take_picture("no-such-event", photograph(), BY)


async def test_a_backup_keeps_every_byte_on_either_engine(copies: Copy, other_copies: Copy, tmp_path: Path) -> None:
    async with database.running(copies("conference")):
        picture = await files.take_picture(SLUG, photograph(), BY)
        talk = await files.take_attachment(SLUG, slides(40), "talk.pdf", BY)
        before = {file.key: file for file in await reading.files(SLUG, {picture.key, talk.key})}
        await backups.backup(tmp_path / "all.gz")
    async with database.running(other_copies("empty")):
        await backups.restore(tmp_path / "all.gz", BY)
        assert {file.key: file for file in await reading.files(SLUG, {picture.key, talk.key})} == before
        assert len(before[talk.key].data) == talk.size


async def test_what_nothing_names_goes_after_its_grace_and_not_before(conference: str) -> None:
    lost = await files.take_picture(SLUG, photograph("red"), BY)
    used = await files.take_picture(SLUG, photograph("blue"), BY)
    await editing.put(SLUG, "people", msgspec.structs.replace(BOB, picture=used), BY)
    assert await files.prune(SLUG) == 0
    assert await files.prune(SLUG, at=LATER) == 1
    assert await reading.kept_files(SLUG) == {used.key}
    assert lost.key != used.key


async def test_a_picture_that_was_taken_away_can_be_brought_back_for_a_month(conference: str) -> None:
    picture = await files.take_picture(SLUG, photograph(), BY)
    await editing.put(SLUG, "people", msgspec.structs.replace(BOB, picture=picture), BY)
    await editing.put(SLUG, "people", BOB, BY)
    assert await files.prune(SLUG, at=LATER - timedelta(hours=2)) == 0
    assert await reading.kept_files(SLUG) == {picture.key}
    assert await files.prune(SLUG, at=LATER) == 1
    assert await reading.kept_files(SLUG) == frozenset()


async def test_what_was_ever_published_stays(conference: str) -> None:
    picture = await files.take_picture(SLUG, photograph(), BY)
    await editing.put(SLUG, "people", msgspec.structs.replace(BOB, picture=picture), BY)
    await editing.release(SLUG, BY)
    await editing.put(SLUG, "people", BOB, BY)
    await editing.release(SLUG, BY)
    assert await files.prune(SLUG, at=LATER) == 0
    assert await reading.kept_files(SLUG) == {picture.key}


async def test_the_next_edition_has_the_pictures_that_it_names(conference: str) -> None:
    logo, picture, other = [await files.take_picture(SLUG, photograph(c), BY) for c in ("red", "blue", "lime")]
    event = msgspec.structs.replace(
        EVENT, logo=logo, front=(msgspec.structs.replace(EVENT.front[0], pictures=(picture,)),)
    )
    await editing.put(SLUG, "event", event, BY)
    await editing.put(SLUG, "showcases", msgspec.structs.replace(DADZ, pictures=(other,)), BY)
    await copies.copy_event(SLUG, "next-2030", "Next", date(2030, 3, 2), BY, take=frozenset({"texts"}))
    assert index((await reading.draft("next-2030")).programme).files.keys() == {logo.key, picture.key}
    assert await reading.kept_files("next-2030") == {logo.key, picture.key}


async def test_a_file_of_a_programme_brings_no_pictures_that_are_not_kept_here(conference: str) -> None:
    kept = await files.take_picture(SLUG, photograph(), BY, alt="Dads")
    strange = Picture(key="0" * 64, width=1, height=1)
    programme = msgspec.structs.replace(PROGRAMME, showcases=(msgspec.structs.replace(DADZ, pictures=(strange, kept)),))
    given = Reading(kind="tests", programme=programme)
    assert [odd.where for odd in (await editing.plan_import(SLUG, given)).report.odd] == ["showcases dadz"]
    report = await editing.import_reading(SLUG, given, BY)
    assert ["left out" in odd.what for odd in report.odd] == [True]
    assert (await reading.draft(SLUG)).programme.showcases[0].pictures == (kept,)


@pytest.mark.parametrize(("data", "says"), [(SVG, "SVG"), (PAGE, "web page"), (slides(), "PDF, not a picture")])
async def test_what_is_refused_is_not_kept(conference: str, data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        await files.take_picture(SLUG, data, BY)
    assert await reading.kept_files(SLUG) == frozenset()


async def test_a_file_that_makes_its_reader_fall_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine, "MAIN", "import os; os.abort()")
    with pytest.raises(Refused, match="cannot be read, or only with far more time and memory"):
        await quarantine.picture(photograph(), largest=100)


async def test_a_file_that_takes_all_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    hungry = f"from {quarantine.__name__} import limit; limit(); bytes(3 * 10**9)"
    monkeypatch.setattr(quarantine, "MAIN", hungry)
    with pytest.raises(Refused, match="far more time and memory"):
        await quarantine.attachment(slides(), "a.pdf", taken=SLIDES)


async def test_two_at_once_are_made_harmless_one_after_the_other() -> None:
    import asyncio

    drawn = await asyncio.gather(
        *(quarantine.picture(photograph(colour), largest=50, cut=Cut.MIDDLE) for colour in ("red", "blue"))
    )
    assert [(one.width, one.height) for one in drawn] == [(50, 50), (50, 50)]
