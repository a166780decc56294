"""The workspace's heavier pages right after an edit, when nothing is known of the new draft yet: processor time in one
process that serves, which says the same on a busy machine as on a quiet one.

    python bench/workspace.py [--profile overview]

The demonstration conference, released once, and 38C3 (1,007 sessions) where `../shared/data` is there.
"""

from __future__ import annotations

import asyncio
import cProfile
import os
import pstats
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from run import ROOT, run

C3 = ROOT.parent / "shared/data/schedule-xml/38c3-2024/schedule.xml"
PAGES = ("", "findings", "releases/", "timetable", "sessions/")
TIMES, AIM = 15, 100


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        env = {**os.environ, "EVENTS_DATA": name, "EVENTS_DATABASE_URL": f"sqlite:///{name}/events.sqlite"}
        run(env, "demo")
        slugs = ["birmingham-2028"]
        if C3.exists():
            slugs.append(run(env, "import", str(C3), "--zone", "Europe/Berlin", "--json")["event"])
            run(env, "release", slugs[-1], "--json")
        asyncio.run(measure(env, slugs))


async def measure(env: dict[str, str], slugs: list[str]) -> None:
    import httpx

    from events_app.app import create_app
    from events_app.editing import accounts
    from events_app.settings import Settings

    settings = Settings(data=Path(env["EVENTS_DATA"]), database_url=env["EVENTS_DATABASE_URL"], access_log=False)
    profiled = sys.argv[sys.argv.index("--profile") + 1] if "--profile" in sys.argv else None
    if profiled is not None:
        asyncio.to_thread = _here  # type: ignore[assignment]
    app = create_app(settings)
    async with (
        app.lifespan(),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=settings.base) as client,
    ):
        for slug in slugs:
            await accounts.grant(slug, "olga@example.org", accounts.Right.ORGANISER, "bench")
        token = await accounts.issue_link("olga@example.org", "bench")
        await client.post(f"/sign-in/{token}")
        for slug in slugs:
            print(f"  {slug}")
            for page in PAGES:
                if profiled is None or page.startswith(profiled):
                    await measure_page(client, slug, page, profiled is not None)


async def _here(work: Any, *given: Any) -> Any:
    """Instead of a thread, into which a profile does not see."""
    return work(*given)


async def measure_page(client: Any, slug: str, page: str, profiled: bool) -> None:
    await client.get(f"/organise/{slug}/{page}")
    took, profile = [], cProfile.Profile()
    for n in range(TIMES):
        await edit(slug, n)
        if profiled:
            profile.enable()
        began = time.process_time()
        answer = await client.get(f"/organise/{slug}/{page}", headers={"accept": "text/html"})
        took.append((time.process_time() - began) * 1000)
        profile.disable()
        assert answer.status_code == 200
    told = f"median {statistics.median(took):6.1f} ms   worst {max(took):6.1f} ms   (aim {AIM})"
    print(f"    {page or 'overview':10s} {told}")
    if profiled:
        pstats.Stats(profile).sort_stats("cumtime").print_stats(60)


async def edit(slug: str, n: int) -> None:
    """Somebody moves one session by five minutes, as the timetable does."""
    from datetime import timedelta

    from events_app import editing, reading

    placed = [s for s in (await reading.draft(slug)).programme.sessions if s.starts and not s.cancelled]
    session = placed[(n * 7) % len(placed)]
    assert session.starts
    await editing.place(slug, session.code, session.starts + timedelta(minutes=5), session.room, "otto@example.org")


if __name__ == "__main__":
    main()
