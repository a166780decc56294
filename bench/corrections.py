"""How long a correction takes to be seen: from the moment at which its author sends it until other processes show it.

    python bench/corrections.py

Two services stand on one database, as two workers do. A title is put right; the page of its session is asked for at
one, the feed of the whole programme at the other, again and again until they say it. FOSDEM 2026 (883 sessions) where
`../shared/data` is there, else a made-up programme of that size; SQLite, and PostgreSQL where it is installed.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from msgspec.structs import replace
from run import EVENTS, ROOT, free_port, large_programme, run, wait_for

sys.path.insert(0, str(ROOT))

from events_app import editing, reading
from events_app.tables import database
from tests.postgresql import Server, missing

ROUNDS = 15
AIM = 1000  # milliseconds
PATIENCE = 20  # seconds


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        measure("SQLite", Path(name), f"sqlite:///{name}/events.sqlite")
    if reason := missing():
        print(f"  PostgreSQL: {reason}")
        return
    with Server() as server, tempfile.TemporaryDirectory() as name:
        measure("PostgreSQL", Path(name), server.url("postgres"))


def measure(label: str, folder: Path, url: str) -> None:
    env = {**os.environ, "EVENTS_DATA": str(folder), "EVENTS_DATABASE_URL": url, "EVENTS_ACCESS_LOG": "0"}
    env["EVENTS_WORKERS"] = "1"
    run(env, "migrate")
    slug = run(env, "import", str(large_programme(folder)), "--zone", "Europe/Brussels", "--json")["event"]
    run(env, "release", slug, "--json")
    with ExitStack() as stack:
        bases = [stack.enter_context(served(env)) for _ in range(2)]
        saved, page, feed = asyncio.run(corrections(url, slug, bases))
    for what, seconds in (("saved", saved), ("page", page), ("feed", feed)):
        told = [1000 * one for one in seconds]
        print(f"  {label:10s} {what:5s} {statistics.median(told):6.0f} ms, slowest {max(told):6.0f} ms (aim {AIM})")


async def corrections(url: str, slug: str, bases: list[str]) -> tuple[list[float], list[float], list[float]]:
    """Seconds until each of many corrections was saved, was on the page of one service, and in the feed of another."""
    saved: list[float] = []
    page: list[float] = []
    feed: list[float] = []
    async with database.running(url):
        draft = await reading.draft(slug)
        session = next(one for one in draft.programme.sessions if one.starts)
        for n in range(ROUNDS):
            title = f"Put right for the {n}th time"
            wanted = replace(session, title=title)
            addresses = (f"{bases[0]}/{slug}/sessions/{session.code}", f"{bases[1]}/{slug}/calendar.ics")
            watches = [Watch(address, title) for address in addresses]
            began = time.perf_counter()
            key = ("sessions", session.code)
            await editing.correct(slug, {key: wanted}, "bench@example.org", seen={key: session})
            saved.append(time.perf_counter() - began)
            for watch, times in zip(watches, (page, feed), strict=True):
                times.append(await asyncio.to_thread(watch.seen) - began)
            session = wanted
    return saved, page, feed


class Watch:
    """Asks for an address again and again, as somebody who has what stood there, until it says something."""

    def __init__(self, address: str, words: str) -> None:
        self._address, self._words = address, words.encode()
        self._tag, self._at = self._fetch("")[1], 0.0
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def seen(self) -> float:
        """When it did."""
        self._thread.join()
        if not self._at:
            raise SystemExit(f"{self._address} did not say it within {PATIENCE} s")
        return self._at

    def _watch(self) -> None:
        until = time.perf_counter() + PATIENCE
        while time.perf_counter() < until:
            body, tag = self._fetch(self._tag)
            if self._words in body.replace(b"\r\n ", b""):
                self._at = time.perf_counter()
                return
            self._tag = tag or self._tag
            time.sleep(0.005)

    def _fetch(self, tag: str) -> tuple[bytes, str]:
        asked = urllib.request.Request(self._address, headers={"If-None-Match": tag} if tag else {})
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
                return answer.read(), answer.headers["ETag"]
        except urllib.error.HTTPError as error:
            if error.code != 304:
                raise
            return b"", ""


@contextmanager
def served(env: dict[str, str]) -> Iterator[str]:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    here = {**env, "EVENTS_PORT": str(port), "EVENTS_BASE_URL": base}
    server = subprocess.Popen([EVENTS, "serve"], env=here, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"{base}/healthz")
        yield base
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    main()
