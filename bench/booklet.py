"""How long the booklet takes, how much memory, and how both grow.

    python bench/booklet.py [quick]

Made-up programmes, the same at each run: 150, 300 and 600 sessions with two and a half papers each, abstracts of 200
words; and the demo. Each is made from nothing, then again after one word of one abstract has changed.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from events_app.programme.model import (
    Event,
    Matter,
    Panel,
    Paper,
    Part,
    Person,
    Programme,
    Role,
    Room,
    Session,
    SessionKind,
    Track,
    Turn,
    Version,
)
from events_app.renditions import Site, booklet, press

ROOT = Path(__file__).parent.parent
DEMO = ROOT / "events_app/demo/programme.json"
SITE = Site(base="https://events.example")
BEGIN = datetime(2028, 3, 22, 9, tzinfo=UTC)
SLOTS = (0, 120, 300, 420)  # minutes after the begin of a day
WORDS = """
trust control public service neighbours council budget citizens outcomes hospital schools housing evidence reform
co-production accountability governance performance street-level bureaucracy learning networks value care municipal
communities volunteers comparative longitudinal interviews survey experiment theory practice grows where lets goes
between the of and in for with from by a an how why when not only but also many few we show find argue
""".split()


def main() -> None:
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}")
    print("                     from nothing            one word changed     largest process")
    if DEMO.exists():
        measure("demo", demo())
    for sessions in (150,) if "quick" in sys.argv else (150, 300, 600):
        measure(f"{sessions} / {sessions * 5 // 2}", made_up(sessions, sessions * 5 // 2))


def measure(name: str, programme: Programme) -> None:
    with tempfile.TemporaryDirectory() as folder:
        press.keep_in(Path(folder))
        first, began = timed(programme)
        again, after = timed(one_word_changed(programme))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(
        f"  {name:12s} {first.pages:4d} pages  {began:6.1f} s ({first.seconds:5.1f} CPU)    {after:6.1f} s "
        f"({again.seconds:5.1f} CPU)   {max(first.peak, again.peak) / 1e6:4.0f} MB, this one {own:.0f} MB, "
        f"file {len(first.pdf) / 1e6:.1f} MB, {1000 * began / first.pages:.0f} ms a page",
        flush=True,
    )


def timed(programme: Programme) -> tuple[press.Printed, float]:
    began = time.perf_counter()
    printed = booklet.print_booklet(programme, SITE)
    return printed, time.perf_counter() - began


def one_word_changed(programme: Programme) -> Programme:
    """As when an author corrects an abstract after the release: the next revision of the same version."""
    n = len(programme.papers) // 2
    papers = programme.papers
    corrected = replace(papers[n], abstract=papers[n].abstract.replace(" ", " corrected ", 1))
    versions = tuple(
        replace(v, revision=v.revision + 1, published=v.published + timedelta(hours=1)) for v in programme.versions
    )
    return replace(programme, papers=(*papers[:n], corrected, *papers[n + 1 :]), versions=versions)


def demo() -> Programme:
    from events_app.intake import read

    return released(read(DEMO.read_bytes()).programme)


def released(programme: Programme) -> Programme:
    return replace(programme, versions=(Version(number=1, revision=1, published=datetime(2028, 3, 1, tzinfo=UTC)),))


def made_up(sessions: int, papers: int) -> Programme:
    """Five days of four slots. Of the sessions, papers in fours fill as many as they need; the others have talks."""
    dice = random.Random(7)
    rooms = tuple(
        Room(code=f"room-{n}", name=f"Room {n + 1}", building="North" if n % 2 else "South") for n in range(30)
    )
    tracks = tuple(Track(code=f"t{n}", name=title(dice, 3), colour=f"#{dice.randrange(1 << 24):06x}") for n in range(8))
    people = tuple(
        Person(code=f"p{n}", name=f"{name(dice)} {family}", sorts_as=f"{family}, …", affiliation=title(dice, 3))
        for n, family in ((n, name(dice)) for n in range(papers * 6 // 5))
    )
    panels = tuple(
        Panel(
            code=f"P{n + 1:02d}", title=title(dice, 7), abstract=text(dice, 180), track=f"t{n % 8}",
            parts=tuple(Part(person=dice.choice(people).code, role=Role.CHAIR) for _ in range(2)),
        )
        for n in range(max(sessions // 13, 1))
    )  # fmt: skip
    all_papers = tuple(
        Paper(
            code=f"{n + 1:04d}", title=title(dice, dice.randrange(6, 16)), abstract=text(dice, 200),
            keywords=tuple(title(dice, 2).lower() for _ in range(3)),
            parts=tuple(Part(person=dice.choice(people).code, role=Role.AUTHOR) for _ in range(dice.randrange(1, 5))),
        )
        for n in range(papers)
    )  # fmt: skip
    return released(
        Programme(
            event=Event(
                slug="made-up", uid="made-up", name="A Conference of the Usual Shape", subtitle=title(dice, 6),
                starts=date(2028, 3, 22), ends=date(2028, 3, 26), zone="Europe/London", venue="The Exchange",
                address="3 Centenary Square, Birmingham", front=(Matter(title="Welcome", text=text(dice, 300)),),
                back=(Matter(title="Getting there", text=text(dice, 200)),),
            ),
            rooms=rooms, tracks=tracks, people=people, panels=panels, papers=all_papers,
            sessions=tuple(session(dice, n, sessions, papers, panels, people) for n in range(sessions)),
        )
    )  # fmt: skip


def session(
    dice: random.Random, n: int, sessions: int, papers: int, panels: tuple[Panel, ...], people: tuple[Person, ...]
) -> Session:
    a_slot = -(-sessions // 20)
    slot, room = divmod(n, a_slot)
    with_papers = -(-papers // 4)
    turns = tuple(Turn(paper=f"{p + 1:04d}") for p in range(n * 4, min(n * 4 + 4, papers)))
    panel = panels[n % len(panels)] if n < with_papers else None
    return Session(
        code=f"{panel.code}-{n // len(panels) + 1}" if panel else f"W{n}",
        title=panel.title if panel else title(dice, 8),
        kind=SessionKind.PAPERS if panel else SessionKind.WORKSHOP,
        starts=BEGIN + timedelta(days=slot // 4, minutes=SLOTS[slot % 4]), minutes=90, room=f"room-{room}",
        panel=panel.code if panel else "", abstract="" if panel else text(dice, 90),
        parts=(Part(person=dice.choice(people).code, role=Role.CHAIR if panel else Role.FACILITATOR),), turns=turns,
    )  # fmt: skip


def title(dice: random.Random, words: int) -> str:
    return " ".join(dice.choice(WORDS) for _ in range(words)).capitalize()


def name(dice: random.Random) -> str:
    parts = ("ka", "lo", "mi", "ren", "sto", "ver", "an", "ber", "gu", "tos", "wil", "dra", "ñe", "ö")
    return "".join(dice.choice(parts) for _ in range(dice.randrange(2, 4))).capitalize()


def text(dice: random.Random, words: int) -> str:
    """Paragraphs of sentences; the last one a little short."""
    said = []
    for at in range(0, words, 100):
        sentences = [title(dice, dice.randrange(10, 22)) + "." for _ in range(max(min(words - at, 100) // 16, 1))]
        said.append(" ".join(sentences))
    return "\n\n".join(said)


if __name__ == "__main__":
    main()
