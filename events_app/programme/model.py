"""The nouns of a programme as frozen values, exactly as the public may see them.

Draft and release are the same type. Nothing here can hold an e-mail address, a need or a preference: those are in
`planning`, which no rendition is ever given.

Moments are aware datetimes in UTC; `Event.zone` says how to show them. Texts (`abstract`, `about`, `biography`,
`text`) are Markdown. References between nouns are codes; an empty string means none. A code is unique among the
things of its kind in an event, is fit for an address (a-z, A-Z, 0-9, `-`, `_`, `.`), and never changes.
`source` is the thing's identity in the file it was imported from.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import msgspec


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A value that never changes; a changed one is `msgspec.structs.replace(value, …)`.

    As it cannot hold itself, Python need not look for that either: else each look at ten thousand things takes 100 ms.
    """


class RoomKind(StrEnum):
    ROOM = "room"  # holds one thing at a time
    FLOOR = "floor"  # an exhibition, posters, a foyer: holds many


class SessionKind(StrEnum):
    KEYNOTE = "keynote"
    DISCUSSION = "discussion"  # people on a podium
    PAPERS = "papers"
    TALK = "talk"  # one speaker or a few, no papers: what most programmes of the open-source world consist of
    WORKSHOP = "workshop"
    ROUNDTABLE = "roundtable"
    POSTERS = "posters"
    SHOWCASE = "showcase"  # a community's demonstration
    OPEN_SPACE = "open-space"
    MEETING = "meeting"
    SOCIAL = "social"
    BREAK = "break"


class Role(StrEnum):
    CHAIR = "chair"
    MODERATOR = "moderator"
    PANELLIST = "panellist"
    KEYNOTE = "keynote"
    SPEAKER = "speaker"
    PRESENTER = "presenter"
    AUTHOR = "author"
    DISCUSSANT = "discussant"
    FACILITATOR = "facilitator"
    HOST = "host"


class PaperStatus(StrEnum):
    ACCEPTED = "accepted"  # to be presented; where, says the session that gives it a turn
    TABLED = "tabled"  # listed, not presented
    RESERVE = "reserve"  # waits for a free turn; not public
    WITHDRAWN = "withdrawn"  # by its authors; not public

    @property
    def public(self) -> bool:
        return self in (PaperStatus.ACCEPTED, PaperStatus.TABLED)


class Link(Value, frozen=True, kw_only=True):
    """`url` is absolute, with the scheme http, https or mailto."""

    url: str
    label: str = ""


class Picture(Value, frozen=True, kw_only=True):
    """A picture that is kept with the event under `key`, a hash of its bytes (WebP). `url` is where it leads, if to
    anywhere: a sponsor's page."""

    key: str
    width: int  # pixels
    height: int
    alt: str = ""
    url: str = ""


class Attachment(Value, frozen=True, kw_only=True):
    """Slides or a whole paper, kept with the event under `key`, a hash of its bytes. `name` is fit for a file's."""

    key: str
    name: str  # "slides.pdf"
    media: str
    size: int  # bytes
    label: str = ""


class Matter(Value, frozen=True, kw_only=True):
    """A titled text of the event itself: welcome, access, code of conduct, sponsors with their logos, maps."""

    title: str
    text: str
    pictures: tuple[Picture, ...] = ()


class Span(Value, frozen=True, kw_only=True):
    """From `starts` up to, not including, `ends`."""

    starts: datetime
    ends: datetime


class Event(Value, frozen=True, kw_only=True):
    """One edition of a conference. `uid` is given once and stands in every calendar UID.

    `starts` and `ends` are its first and last conference day. A conference day begins `day_change` minutes after
    midnight, so that what runs in the small hours belongs to the evening before.
    """

    slug: str
    uid: str
    name: str
    starts: date
    ends: date
    zone: str
    day_change: int = 0
    subtitle: str = ""
    about: str = ""
    venue: str = ""
    address: str = ""
    url: str = ""
    colour: str = ""  # "#rrggbb"; empty: the house's own
    languages: tuple[str, ...] = ("en",)
    logo: Picture | None = None
    front: tuple[Matter, ...] = ()
    back: tuple[Matter, ...] = ()


class Room(Value, frozen=True, kw_only=True):
    """`capacity` 0 and `step_free` None mean: not known. Without `opening` it is always open."""

    code: str
    name: str
    kind: RoomKind = RoomKind.ROOM
    capacity: int = 0
    building: str = ""
    level: str = ""
    step_free: bool | None = None
    equipment: str = ""
    about: str = ""
    opening: tuple[Span, ...] = ()
    source: str = ""


class Track(Value, frozen=True, kw_only=True):
    code: str
    name: str
    colour: str = ""  # "#rrggbb"
    about: str = ""
    source: str = ""


class Part(Value, frozen=True, kw_only=True):
    """A person in a role. `affiliation` is the one they had for this, where it is not their own of today."""

    person: str
    role: Role
    affiliation: str = ""


class Panel(Value, frozen=True, kw_only=True):
    """A scholarly thread: spans several sessions and holds papers; its chairs are its parts."""

    code: str
    title: str
    abstract: str = ""
    track: str = ""
    keywords: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()
    source: str = ""


class Turn(Value, frozen=True, kw_only=True):
    """A paper's turn in a session. `minutes` 0: an equal share of what the others leave."""

    paper: str
    minutes: int = 0


class Session(Value, frozen=True, kw_only=True):
    """A timed slot. Without `starts` it is not placed yet, and a release leaves it out.

    `turns` are its papers in order, each after the one before, from the session's start.
    """

    code: str
    title: str
    kind: SessionKind = SessionKind.TALK
    starts: datetime | None = None
    minutes: int = 60
    room: str = ""
    track: str = ""
    panel: str = ""
    showcase: str = ""
    subtitle: str = ""
    abstract: str = ""
    language: str = ""
    parts: tuple[Part, ...] = ()
    turns: tuple[Turn, ...] = ()
    links: tuple[Link, ...] = ()
    files: tuple[Attachment, ...] = ()
    cancelled: bool = False
    source: str = ""

    @property
    def ends(self) -> datetime | None:
        return None if self.starts is None else self.starts + timedelta(minutes=self.minutes)


class Paper(Value, frozen=True, kw_only=True):
    """Authors stand in `parts` in their order. Presenters have a second part as such; none: the first author."""

    code: str
    title: str
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    panel: str = ""
    track: str = ""
    language: str = ""
    status: PaperStatus = PaperStatus.ACCEPTED
    parts: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()
    files: tuple[Attachment, ...] = ()
    source: str = ""


class Person(Value, frozen=True, kw_only=True):
    """Someone named in the programme; two may bear one name. The index is ordered by `sorts_as`: "Short, Clare"."""

    code: str
    name: str
    sorts_as: str = ""
    pronouns: str = ""
    affiliation: str = ""
    country: str = ""
    biography: str = ""
    orcid: str = ""
    picture: Picture | None = None
    languages: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    source: str = ""


class Staffing(Value, frozen=True, kw_only=True):
    """Hours in which somebody is at the display. `code` is unique in the showcase and never changes."""

    code: str
    starts: datetime
    ends: datetime


class Reply(Value, frozen=True, kw_only=True):
    """What a panel answers to a showcase that has something to say to it."""

    panel: str
    text: str


class Showcase(Value, frozen=True, kw_only=True):
    """A community's display. Demonstrations are sessions whose `showcase` is its code; its people are its parts."""

    code: str
    title: str
    organisation: str = ""
    home: str = ""  # where the organisation is from
    summary: str = ""  # one sentence
    about: str = ""  # what it does
    outcome: str = ""  # what came of it
    wish: str = ""  # what they want from the day
    floor: str = ""  # a room's code
    place: str = ""  # on that floor: "Table 7"
    panels: tuple[str, ...] = ()  # panels to which it has something to say
    replies: tuple[Reply, ...] = ()
    pictures: tuple[Picture, ...] = ()
    staffing: tuple[Staffing, ...] = ()
    parts: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()
    source: str = ""


class CancelledHours(Value, frozen=True, kw_only=True):
    """Staffed hours that were once published and are no more. `title` is the showcase's, which may be gone too."""

    showcase: str
    title: str
    hours: Staffing
    floor: str = ""  # a room's code
    place: str = ""


class Slot(Value, frozen=True, kw_only=True):
    """Where and when something was: what a moved entry is told to have been moved from. `room` is the room's name."""

    starts: datetime
    minutes: int
    room: str = ""


class Stamp(Value, frozen=True, kw_only=True):
    """What calendars must be told of one entry, worked out at release.

    `sequence` rises with each change of time, room or cancellation and never falls (RFC 5545 §3.8.7.4);
    `changed` is when anything that the entry says last changed for the public (LAST-MODIFIED, §3.8.7.3).
    """

    sequence: int = 0
    changed: datetime
    was: Slot | None = None  # the slot before the last move


class ChangeKind(StrEnum):
    NEW = "new"
    CANCELLED = "cancelled"
    BACK = "back"  # was cancelled, is not any more
    MOVED = "moved"  # another time
    ROOM = "room"  # the same time, another room
    PEOPLE = "people"
    PAPERS = "papers"
    WORDS = "words"


class Change(Value, frozen=True, kw_only=True):
    """One thing that differs between two programmes: which, how, and for a session from which slot to which."""

    noun: str  # "session", "paper", "panel", "person", "room", "track", "showcase", "event"
    code: str
    title: str
    kind: ChangeKind
    fields: tuple[str, ...] = ()
    was: Slot | None = None
    now: Slot | None = None


class Version(Value, frozen=True, kw_only=True):
    """One release, as the public is told of it. `number` is what people cite; `revision` counts every publication.

    `corrected` is when words in it were last put right since (see `programme.correction`).
    """

    number: int
    revision: int
    published: datetime
    corrected: datetime | None = None
    notes: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def as_of(self) -> datetime:
        """Since when the public sees it as it is."""
        return self.corrected or self.published


class Programme(Value, frozen=True, kw_only=True, dict=True, gc=True):
    """Everything that the public may know of an event. A draft has no stamps.

    `cancelled` holds sessions that were once published and are no more, as they stood last; `cancelled_staffing` the
    same of staffed hours. `stamps` are known by `stamp_key`. `versions` are all releases, oldest first.
    """

    event: Event
    rooms: tuple[Room, ...] = ()
    tracks: tuple[Track, ...] = ()
    panels: tuple[Panel, ...] = ()
    sessions: tuple[Session, ...] = ()
    papers: tuple[Paper, ...] = ()
    people: tuple[Person, ...] = ()
    showcases: tuple[Showcase, ...] = ()
    cancelled: tuple[Session, ...] = ()
    cancelled_staffing: tuple[CancelledHours, ...] = ()
    stamps: dict[str, Stamp] = {}
    versions: tuple[Version, ...] = ()

    @property
    def version(self) -> Version | None:
        """The release that this is, or None for a draft that was never released."""
        return self.versions[-1] if self.versions else None


Noun = Room | Track | Panel | Session | Paper | Person | Showcase

COLLECTIONS: dict[str, type[Noun]] = {
    "rooms": Room,
    "tracks": Track,
    "people": Person,
    "panels": Panel,
    "showcases": Showcase,
    "papers": Paper,
    "sessions": Session,
}
"""The fields of a Programme that hold nouns, each after those that it refers to (a session's panel, a part's person).
"""


def stamp_key(noun: str, *codes: str) -> str:
    """`session/K1`, `showcase/dadz/a`, `event`: the key of a calendar entry in `Programme.stamps`."""
    return "/".join((noun, *codes))


def utc(moment: datetime) -> datetime:
    """The same instant in UTC. A naive datetime raises ValueError: it names no instant."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(UTC)
