"""`make bench`: how fast the service is, in ratios taken in one run on one machine.

    python bench/run.py [http] [intake] [calendar] [booklet] [timetable] [corrections]

All of them where none is named.

Real programmes from `../shared/data` are taken where they are there, else the demo and made-up ones of the same size.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOSDEM = ROOT.parent / "shared/data/schedule-xml/fosdem-2026/schedule.xml"
EVENTS = str(ROOT / ".venv/bin/events")
ROUNDS, SECONDS = 5, 2


def main() -> None:
    sections = {
        "http": http, "intake": intake, "calendar": calendar, "booklet": booklet, "timetable": timetable,
        "corrections": corrections,
    }  # fmt: skip
    for name in sys.argv[1:] or sections:
        print(f"\n== {name}")
        sections[name]()


def http() -> None:
    """The schedule page and the full feed, 200 and 304: two workers of ours against two of nginx, the same bytes."""
    if not shutil.which("wrk") or not shutil.which("nginx"):
        print("needs wrk and nginx: apt-get install wrk nginx-light")
        return
    with tempfile.TemporaryDirectory() as folder, programme_served(Path(folder)) as (base, slug):
        pages = [f"/{slug}/schedule", f"/{slug}/calendar.ics"]
        with nginx_serving(Path(folder), {page: fetch(base + page)[0] for page in pages}) as other:
            for page in pages:
                body, tag = fetch(base + page)
                ours, theirs = base + page, other + page
                print(f"{page}  {len(body) / 1000:.0f} kB")
                compare("200", ours, theirs)
                compare("304", ours, theirs, tag, fetch(theirs)[1])


def compare(what: str, ours: str, theirs: str, our_tag: str = "", their_tag: str = "") -> None:
    """Rounds of both in turn, so that the machine's own ups and downs meet both."""
    rounds = [(load(ours, our_tag), load(theirs, their_tag)) for _ in range(ROUNDS)]
    mine, nginx = (statistics.median(side) for side in zip(*rounds, strict=True))
    ratio = statistics.median(a / b for a, b in rounds)
    print(f"  {what}: {mine:8.0f}/s   nginx {nginx:8.0f}/s   ratio {ratio:.2f}")


def load(url: str, tag: str = "") -> float:
    headers = ["-H", f"If-None-Match: {tag}"] if tag else []
    out = subprocess.run(
        ["wrk", "-t1", "-c16", f"-d{SECONDS}s", *headers, url], capture_output=True, text=True, check=True
    )
    if "Non-2xx" in out.stdout and not tag:
        raise SystemExit(f"{url} did not answer 200:\n{out.stdout}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out.stdout)[1])  # type: ignore[index]


def fetch(url: str) -> tuple[bytes, str]:
    with urllib.request.urlopen(url, timeout=120) as answer:
        return answer.read(), answer.headers["ETag"]


@contextmanager
def programme_served(folder: Path) -> Iterator[tuple[str, str]]:
    """A released programme of some 900 sessions behind `events serve` with two workers."""
    port = free_port()
    env = {**os.environ, "EVENTS_DATA": str(folder / "var"), "EVENTS_PORT": str(port), "EVENTS_WORKERS": "2"}
    env["EVENTS_ACCESS_LOG"] = "0"  # nginx keeps none here either
    slug = run(env, "import", str(large_programme(folder)), "--zone", "Europe/Brussels", "--json")["event"]
    run(env, "release", slug, "--json")
    server = subprocess.Popen([EVENTS, "serve"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}", slug
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def nginx_serving(folder: Path, files: dict[str, bytes]) -> Iterator[str]:
    port, root = free_port(), folder / "nginx"
    for address, body in files.items():
        path = root / "www" / address.strip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    temp = "\n".join(
        f"{kind}_temp_path {root}/t-{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (root / "nginx.conf").write_text(
        f"worker_processes 2; daemon off; pid {root}/pid; error_log {root}/error.log;\n"
        f"events {{ worker_connections 256; }}\n"
        f"http {{ access_log off; sendfile on; keepalive_requests 100000000; {temp}\n"
        f"server {{ listen 127.0.0.1:{port}; root {root}/www; etag on; default_type text/html; }} }}\n"
    )
    folder.chmod(0o755)
    server = subprocess.Popen(["nginx", "-c", str(root / "nginx.conf"), "-e", str(root / "error.log")])
    try:
        wait_for(f"http://127.0.0.1:{port}{next(iter(files))}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def intake() -> None:
    """Import and release of FOSDEM 2026's 883 sessions as whole commands, and importing the same again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = large_programme(folder)
        env = {**os.environ, "EVENTS_DATA": str(folder / "var")}
        run(env, "migrate")
        slug, seconds = "", {}
        for what, words in (("import", ["import", str(file), "--json"]), ("release", ["release", "SLUG", "--json"]),
                            ("import again", ["import", str(file), "--json"])):  # fmt: skip
            began = time.perf_counter()
            report = run(env, *[slug if word == "SLUG" else word for word in words])
            seconds[what] = time.perf_counter() - began
            slug = report.get("event", slug)
            print(f"  {what:13s} {seconds[what]:6.2f} s   {json.dumps(report)[:150]}")
        start = timed(lambda: run(env, "--version"))
        print(f"  import + release {seconds['import'] + seconds['release']:.2f} s (aim 2 s), "
              f"of which {2 * start:.2f} s to start Python twice")  # fmt: skip


def calendar() -> None:
    """The full feed of 1,000 sessions from nothing, and again after one session changed."""
    from msgspec.structs import replace

    from events_app.programme.planning import Planning
    from events_app.programme.release import release
    from events_app.renditions import RENDITIONS, Site

    feed = next(r for r in RENDITIONS if r.address == "calendar.ics")
    site = Site(base="https://events.example")
    draft, when = made_up(1000, 1000), datetime(2028, 1, 1, tzinfo=UTC)
    first = release(draft, Planning(), None, at=when, notes="", revision=1)
    print(f"  from nothing       {1000 * timed(lambda: feed.render(first, site, {})):7.1f} ms (aim 1000)")
    moved = replace(draft.sessions[500], title="Moved to another title")
    changed = replace(draft, sessions=(*draft.sessions[:500], moved, *draft.sessions[501:]))
    second = release(changed, Planning(), first, at=when + timedelta(days=1), notes="", revision=2)
    print(f"  one changed        {1000 * timed(lambda: feed.render(second, site, {})):7.1f} ms (aim 50)")


def booklet() -> None:
    subprocess.run([sys.executable, str(ROOT / "bench/booklet.py")], check=True)


def timetable() -> None:
    subprocess.run([sys.executable, str(ROOT / "bench/timetable.py")], check=True)


def corrections() -> None:
    subprocess.run([sys.executable, str(ROOT / "bench/corrections.py")], check=True)


def made_up(sessions: int, papers: int):  # type: ignore[no-untyped-def]
    """A programme of this size, the same at each run."""
    from events_app.programme.model import Event, Paper, Part, Person, Programme, Role, Room, Session, SessionKind, Turn

    rooms = tuple(Room(code=f"room-{n}", name=f"Room {n}") for n in range(25))
    people = tuple(Person(code=f"p{n}", name=f"Person Number {n}", affiliation="University") for n in range(sessions))
    words = "Trust grows where control lets go, and the neighbours know it before the council does. " * 8
    begin = datetime(2028, 3, 25, 8, tzinfo=UTC)
    all_papers = tuple(
        Paper(
            code=f"t{n}", title=f"Paper {n}", abstract=words, parts=(Part(person=f"p{n % sessions}", role=Role.AUTHOR),)
        )
        for n in range(papers)
    )
    each = papers / sessions
    return Programme(
        event=Event(slug="made-up", uid="made-up", name="Made up", starts=date(2028, 3, 25), ends=date(2028, 3, 29),
                    zone="Europe/London"),
        rooms=rooms, people=people, papers=all_papers,
        sessions=tuple(
            Session(code=f"s{n}", title=f"Session {n}", kind=SessionKind.PAPERS, room=f"room-{n % 25}", abstract=words,
                    starts=begin + timedelta(days=n // 25 % 5, hours=n // 125),
                    parts=(Part(person=f"p{n}", role=Role.CHAIR),),
                    turns=tuple(Turn(paper=f"t{p}", minutes=15) for p in range(int(n * each), int((n + 1) * each))))
            for n in range(sessions)
        ),
    )  # fmt: skip


def large_programme(folder: Path) -> Path:
    """FOSDEM 2026 where it is there, else a made-up programme of as many sessions in our own format."""
    if FOSDEM.exists():
        return FOSDEM
    from events_app.renditions import RENDITIONS, Site

    form = next(r for r in RENDITIONS if r.address == "programme.json")
    file = folder / "made-up.json"
    file.write_bytes(form.render(made_up(883, 883), Site(base="https://events.example"), {}) or b"")
    return file


def run(env: dict[str, str], *words: str) -> dict:  # type: ignore[type-arg]
    done = subprocess.run([EVENTS, *words], env=env, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"events {' '.join(words)}: {done.stderr}")
    return json.loads(done.stdout) if "--json" in words else {}


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{url} did not answer")


if __name__ == "__main__":
    main()
