"""One small conference with named people, on which most tests stand.

Two days in Birmingham; the clocks go forward in the night between them (26 March 2028, 01:00 UTC).
Alice chairs panel P1; Bob presents there and gives the keynote; there are two people named Charlie Khan.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from events_app.programme.model import (
    Event,
    Link,
    Matter,
    Panel,
    Paper,
    PaperStatus,
    Part,
    Person,
    Programme,
    Role,
    Room,
    RoomKind,
    Session,
    SessionKind,
    Showcase,
    Staffing,
    Track,
    Turn,
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in March 2028, UTC. Birmingham's clocks say the same until the 26th, 01:00; then an hour more."""
    return datetime(2028, 3, day, hour, minute, tzinfo=UTC)


EVENT = Event(
    slug="small-2028",
    uid="8f6a1c1e-0000-4000-8000-00000000a11c",
    name="Small Conference 2028",
    subtitle="Public services, together",
    starts=date(2028, 3, 25),
    ends=date(2028, 3, 26),
    zone="Europe/London",
    day_change=240,
    about="A conference of **two days**.",
    venue="The Exchange",
    address="3 Centenary Square, Birmingham B1 2DR",
    url="https://small.example/2028",
    languages=("en", "fr"),
    front=(Matter(title="Welcome", text="You are welcome here."),),
    back=(Matter(title="Getting there", text="Five minutes from the station, step-free."),),
)

AULA = Room(code="aula", name="Aula", capacity=300, building="Exchange", level="0", step_free=True)
ROOM_B = Room(code="room-b", name="Room B", capacity=40, building="Annexe", level="2", step_free=False)
FOYER = Room(code="foyer", name="Foyer", kind=RoomKind.FLOOR, capacity=200, building="Exchange", level="0")

TRUST = Track(code="trust", name="Trust and control", colour="#2f6f4f")
CARE = Track(code="care", name="Care", colour="#8a3b5c")

ALICE = Person(code="alice-adler", name="Alice Adler", sorts_as="Adler, Alice", pronouns="she/her", affiliation="Bonn")
BOB = Person(
    code="bob-baker",
    name="Bob Baker",
    sorts_as="Baker, Bob",
    affiliation="Aston University",
    biography="Bob works on *trust*.",
    links=(Link(url="https://bob.example/", label="Home page"),),
)
CHARLIE = Person(code="charlie-khan", name="Charlie Khan", sorts_as="Khan, Charlie", affiliation="City Council")
OTHER_CHARLIE = Person(code="charlie-khan-2", name="Charlie Khan", sorts_as="Khan, Charlie", affiliation="Lund")
DANA = Person(code="dana-osei", name="Dana Oṣei-Łukasz", sorts_as="Oṣei-Łukasz, Dana", affiliation="Salford Dadz")
EVE = Person(code="eve-ito", name="伊藤 Eve", sorts_as="Ito, Eve")

P1 = Panel(
    code="P1",
    title="Trust in public services",
    abstract="How trust grows where control lets go.",
    track="trust",
    keywords=("trust", "co-production"),
    parts=(Part(person="alice-adler", role=Role.CHAIR),),
)


def paper(code: str, title: str, *authors: str, presenter: str = "", **more: object) -> Paper:
    parts = [Part(person=person, role=Role.AUTHOR) for person in authors]
    if presenter:
        parts.append(Part(person=presenter, role=Role.PRESENTER))
    return Paper(code=code, title=title, panel="P1", parts=tuple(parts), **more)  # type: ignore[arg-type]


PAPERS = (
    paper("T1", "Letting go of the controls", "bob-baker", "charlie-khan", abstract="We *let go*, and counted."),
    paper("T2", "What neighbours know", "charlie-khan-2", "alice-adler", presenter="charlie-khan-2"),
    paper("T3", "Rulebooks & targets: <less> is more", "eve-ito", keywords=("targets",)),
    paper("T4", "A reserve", "bob-baker", status=PaperStatus.RESERVE),
    paper("T5", "On the table", "charlie-khan", status=PaperStatus.TABLED),
)

SESSIONS = (
    Session(code="K1", title="Opening keynote", kind=SessionKind.KEYNOTE, starts=at(25, 9), room="aula",
            parts=(Part(person="bob-baker", role=Role.KEYNOTE),), abstract="Why the helpers need no helper."),
    Session(code="P1-1", title="Trust in public services (1)", kind=SessionKind.PAPERS, starts=at(25, 10, 30),
            minutes=90, room="room-b", panel="P1", parts=(Part(person="alice-adler", role=Role.CHAIR),),
            turns=(Turn(paper="T1", minutes=20), Turn(paper="T2", minutes=20))),
    Session(code="L1", title="Lunch", kind=SessionKind.BREAK, starts=at(25, 12)),
    Session(code="D1", title="Dads and daughters", kind=SessionKind.SHOWCASE, starts=at(25, 13), minutes=30,
            room="foyer",
            showcase="dadz", parts=(Part(person="dana-osei", role=Role.FACILITATOR),)),
    Session(code="D2", title="Open discussion", kind=SessionKind.DISCUSSION, starts=at(25, 13), minutes=60, room="aula",
            track="care", language="fr", parts=(Part(person="alice-adler", role=Role.MODERATOR),
                                                Part(person="eve-ito", role=Role.PANELLIST))),
    Session(code="N1", title="Night of the clocks", kind=SessionKind.SOCIAL, starts=at(25, 22), minutes=240,
            room="foyer"),
    Session(code="P1-2", title="Trust in public services (2)", kind=SessionKind.PAPERS, starts=at(26, 8),
            minutes=60, room="room-b", panel="P1", turns=(Turn(paper="T3"),)),
    Session(code="X1", title="Not placed yet", kind=SessionKind.WORKSHOP, minutes=45),
)  # fmt: skip

DADZ = Showcase(
    code="dadz",
    title="Salford Dadz",
    organisation="Salford Dadz",
    home="Salford",
    summary="Fathers who grow in confidence.",
    about="Fathers meet, talk and do things with their children.",
    outcome="Children who are better for it.",
    wish="To meet people who run family services.",
    floor="foyer",
    place="Table 7",
    panels=("P1",),
    staffing=(
        Staffing(code="a", starts=at(25, 12), ends=at(25, 14)),
        Staffing(code="b", starts=at(26, 9), ends=at(26, 11)),
    ),
    parts=(Part(person="dana-osei", role=Role.HOST),),
    links=(Link(url="https://dadz.example/", label="What we do"),),
)

PROGRAMME = Programme(
    event=EVENT,
    rooms=(AULA, ROOM_B, FOYER),
    tracks=(TRUST, CARE),
    panels=(P1,),
    sessions=SESSIONS,
    papers=PAPERS,
    people=(ALICE, BOB, CHARLIE, OTHER_CHARLIE, DANA, EVE),
    showcases=(DADZ,),
)
"""The draft, as organisers see it: with a session that is not placed yet, and a paper in reserve."""
