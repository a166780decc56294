from __future__ import annotations

import asyncio
import multiprocessing
import threading
import time
from pathlib import Path

from events_app.renditions import Rendition
from events_app.web.addresses import Asked
from events_app.web.prints import Prints, empty

PRINT = Rendition(name="p", address="print/p.pdf", media="application/pdf", render=lambda *_: b"", heavy=True)
ASKED = Asked(PRINT, (("edition", "p"),))


async def made(folder: Path, revision: int = 1, body: bytes | None = b"%PDF", build: str = "b") -> bytes | None:
    return await Prints(folder, build).made("event", revision, ASKED, lambda: body)


def kept(folder: Path) -> list[str]:
    return sorted(path.name.rpartition("-")[0] for path in (folder / "event").iterdir())


async def test_a_print_is_made_once(tmp_path: Path) -> None:
    assert await made(tmp_path, body=b"first") == b"first"
    assert await made(tmp_path, body=b"second") == b"first"


async def test_another_revision_or_build_is_another_print_and_the_old_ones_go(tmp_path: Path) -> None:
    await made(tmp_path, 1)
    await made(tmp_path, 2)
    assert kept(tmp_path) == ["2-b"]
    await made(tmp_path, 2, build="c")
    assert kept(tmp_path) == ["2-c"]


async def test_a_late_print_of_an_older_revision_does_not_take_the_newer_one_away(tmp_path: Path) -> None:
    await made(tmp_path, 2)
    await made(tmp_path, 1)
    assert kept(tmp_path) == ["1-b", "2-b"]


async def test_what_is_not_there_is_not_kept(tmp_path: Path) -> None:
    assert await made(tmp_path, body=None) is None
    assert await made(tmp_path, body=b"now") == b"now"


async def test_a_preview_and_a_public_print_do_not_wait_for_each_other(tmp_path: Path) -> None:
    prints, both = Prints(tmp_path, "b"), threading.Barrier(2, timeout=10)

    def with_the_other() -> bytes:
        both.wait()  # breaks unless both are being made at once
        return b"%PDF"

    made = await asyncio.gather(
        prints.made("event", 1, ASKED, with_the_other), prints.made(".draft-event", 1, ASKED, with_the_other)
    )
    assert list(made) == [b"%PDF", b"%PDF"]


async def test_prints_of_one_event_or_of_all_are_forgotten_with_their_previews_and_parts(tmp_path: Path) -> None:
    prints = Prints(tmp_path, "b")
    for slug in ("event", ".draft-event", ".version-event-1", "event-2", ".draft-event-2"):
        await prints.made(slug, 1, ASKED, lambda: b"%PDF")
    (tmp_path / ".parts").mkdir()
    (tmp_path / ".parts" / "a.pdf").write_bytes(b"%PDF")
    empty(tmp_path, "event")
    assert {path.parent.name for path in tmp_path.glob("*/*")} == {"event-2", ".draft-event-2"}
    empty(tmp_path)
    assert not list(tmp_path.glob("*/*"))


async def test_making_one_does_not_hold_up_the_event_loop(tmp_path: Path) -> None:
    def slow() -> bytes:
        time.sleep(0.3)
        return b"slow"

    task = asyncio.create_task(Prints(tmp_path, "b").made("event", 1, ASKED, slow))
    turns = 0
    while not task.done():
        await asyncio.sleep(0.01)
        turns += 1
    assert turns > 10


def _worker(folder: Path) -> None:
    def make() -> bytes:
        with (folder / "made").open("a") as file:
            file.write("x")
        time.sleep(0.2)
        return b"%PDF"

    asyncio.run(Prints(folder, "b").made("event", 1, ASKED, make))


def test_two_processes_do_not_make_the_same_print_twice(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("fork")
    workers = [spawn.Process(target=_worker, args=(tmp_path,)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert (tmp_path / "made").read_text() == "x"
