"""The timetable editor on a large programme: what the server takes for a move, and the longest task of a drag.

    python bench/timetable.py

38C3 (1,007 sessions, 72 rooms) where `../shared/data` is there, else a made-up programme of 1,000 sessions.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

from run import ROOT, free_port, made_up, run, wait_for

C3 = ROOT.parent / "shared/data/schedule-xml/38c3-2024/schedule.xml"
MOVES = 20


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {**os.environ, "EVENTS_DATA": str(folder / "var"), "EVENTS_PORT": str(free_port())}
        env["EVENTS_BASE_URL"] = f"http://127.0.0.1:{env['EVENTS_PORT']}"
        report = run(env, "import", str(programme(folder)), "--zone", "Europe/Berlin", "--json")
        print(f"  {report['event']}: {report['sessions']} sessions, {report['rooms']} rooms")
        with served(env):
            walk(env, report["event"])


def programme(folder: Path) -> Path:
    if C3.exists():
        return C3
    from events_app.renditions import RENDITIONS, Site

    form = next(r for r in RENDITIONS if r.address == "programme.json")
    file = folder / "made-up.json"
    file.write_bytes(form.render(made_up(1000, 0), Site(base="https://events.example"), {}) or b"")
    return file


@contextmanager
def served(env: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--port", env["EVENTS_PORT"], "--workers", "1"]
    server = subprocess.Popen(
        [*command, "events_app.app:app"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(f"{env['EVENTS_BASE_URL']}/healthz")
        yield
    finally:
        server.terminate()
        server.wait(20)


def walk(env: dict[str, str], slug: str) -> None:
    from playwright.sync_api import sync_playwright

    told = subprocess.run([str(ROOT / ".venv/bin/events"), "link", "olga@example.org", "--organise", slug], env=env,
                          capture_output=True, text=True, check=True).stdout  # fmt: skip
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(next(word for word in told.split() if word.startswith("http")))
        page.get_by_role("button").first.click()
        page.wait_for_load_state()
        busiest = busiest_day(page, f"{env['EVENTS_BASE_URL']}/organise/{slug}/timetable")
        server(page, busiest)
        drag(page)
        browser.close()


def busiest_day(page: Any, address: str) -> str:
    page.goto(address)
    days = page.eval_on_selector_all(".days a", "links => links.map((link) => link.href)")
    counts = {}
    for day in days:
        page.goto(day)
        counts[day] = page.locator(".tt-column .tt-session").count()
    print(f"  the busiest day holds {max(counts.values())} sessions")
    return max(counts, key=lambda day: counts[day])


def server(page: Any, day: str) -> None:
    """Times as the browser sees them, on the same machine."""
    page.goto(day)
    page.wait_for_selector("html[data-ready=timetable]")
    timed = page.evaluate(
        """async ([moves]) => {
          const data = JSON.parse(document.getElementById("tt-data").textContent);
          const placed = data.sessions.filter((item) => item.starts !== undefined && item.starts % 5 === 0);
          let since = data.news.revision;
          const took = { page: [], clashes: [], move: [], poll: [] };
          const time = async (name, ask) => {
            const began = performance.now();
            const answer = await ask();
            const text = await answer.text();
            took[name].push(performance.now() - began);
            return text;
          };
          const json = { accept: "application/json" };
          for (let n = 0; n < moves; n += 1) {
            const item = placed[(n * 7) % placed.length];
            const path = `${data.address}/${encodeURIComponent(item.code)}`;
            await time("page", () => fetch(`${data.address}?day=${data.day}`));
            await time("clashes", () => fetch(`${path}/clashes?day=${data.day}`, { headers: json }));
            const slot = `${item.starts + 5} ${item.minutes} ${item.room}`.trim();
            const body = new URLSearchParams({ slot, since });
            const move = () => fetch(`${path}/slot`, { method: "POST", body, headers: json });
            since = JSON.parse(await time("move", move)).revision;
            await time("poll", () => fetch(`${data.address}/-/changes?since=${since}`, { headers: json }));
          }
          return took;
        }""",
        [MOVES],
    )
    for name, aim in (("page", 100), ("clashes", 50), ("move", 100), ("poll", 20)):
        found = sorted(timed[name])
        print(f"  {name:8s} median {statistics.median(found):6.1f} ms   worst {found[-1]:6.1f} ms   (aim {aim})")


def drag(page: Any) -> None:
    """A long drag over the board and through its edges, so that it scrolls both ways."""
    page.reload()
    page.evaluate(
        """() => {
          window.tasks = [];
          new PerformanceObserver((list) => list.getEntries().forEach((entry) => tasks.push(entry.duration)))
            .observe({ type: "longtask", buffered: true });
        }"""
    )
    page.wait_for_selector("html[data-ready=timetable]")
    page.wait_for_timeout(1000)
    loading = page.evaluate("tasks.splice(0)")
    box = page.locator("#tt-board").bounding_box()
    grip = page.locator(".tt-column .tt-session").first.bounding_box()
    page.mouse.move(grip["x"] + 20, grip["y"] + 8)
    page.mouse.down()
    frames = page.evaluate_handle(
        """() => { const found = []; let last = performance.now();
          const tick = (now) => {
            found.push(now - last);
            last = now;
            if (found.on !== false) requestAnimationFrame(tick);
          };
          requestAnimationFrame(tick); return found; }"""
    )
    corners = [(0.3, 0.3), (0.97, 0.5), (0.97, 0.97), (0.5, 0.97), (0.3, 0.5), (0.6, 0.6)]
    for across, down in corners:
        page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * down, steps=15)
        page.wait_for_timeout(600)
    page.mouse.up()
    page.wait_for_timeout(1500)
    gaps = sorted(page.evaluate("found => { found.on = false; return [...found]; }", frames))
    dragging = page.evaluate("tasks.splice(0)")
    print(f"  loading: longest task {max(loading, default=0):.0f} ms")
    print(f"  drag and drop: longest task {max(dragging, default=0):.0f} ms (aim 200), {len(dragging)} over 50 ms")
    print(f"  frames: median {statistics.median(gaps):.0f} ms, 99th of 100 {gaps[int(len(gaps) * 0.99)]:.0f} ms")


if __name__ == "__main__":
    began = time.perf_counter()
    main()
    print(f"  ({time.perf_counter() - began:.0f} s)")
