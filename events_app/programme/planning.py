"""What only organisers may know: the rules of the house, and people's and rooms' limits. No rendition is given it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from .model import Showcase, Value


class Rules(Value, frozen=True, kw_only=True):
    """The rules of the house, set per event. 0 or False switches a rule off."""

    walk_minutes: int = 10  # between sessions in different buildings
    papers_per_session: tuple[int, int] = (3, 4)  # least and most, for sessions of kind papers; (0, 0): any
    papers_per_person: int = 2  # as a presenter
    authors_count: bool = False  # an author who does not present is needed there too
    chair_required: bool = True
    discussant_required: bool = False
    mixed_podium: bool = False  # a podium is not all of one gender, where people have chosen to say theirs
    corrections_wait: bool = False  # words go out with the next release, not at once
    abstract_words: int = 0  # most
    biography_words: int = 0
    title_locked: date | None = None  # from this day on a change to it is a request
    authors_locked: date | None = None
    presenter_locked: date | None = None
    showcases_open: bool = False  # anybody may offer a showcase
    letters_wait: bool = False  # each letter waits until an organiser lets it go
    quiet_minutes: int = 15  # for which a letter of changes waits for further ones
    reach: str = ""  # the address at which people reach the organisers


class Contact(Value, frozen=True, kw_only=True):
    """`gender` is what the person has chosen to say, in their words; empty: nothing said, nothing guessed."""

    person: str
    email: str = ""  # in lower case
    gender: str = ""

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "email", self.email.strip().lower())


class Availability(Value, frozen=True, kw_only=True):
    """When a person can (`can`) or cannot be there. A person with any `can` is there only then."""

    person: str
    starts: datetime
    ends: datetime
    can: bool = False


class Expected(Value, frozen=True, kw_only=True):
    """How many people are expected in a session."""

    session: str
    people: int


class Needs(Value, frozen=True, kw_only=True):
    """What a showcase needs, and what its hosts agreed to. Not `listed`: a release leaves it out."""

    showcase: str
    table: bool = False
    wall: bool = False
    power: bool = False
    internet: bool = False
    quiet: bool = False
    set_up: str = ""
    take_down: str = ""
    notes: str = ""
    demonstration: str = ""  # what they would show in a slot of their own, and when it would suit; empty: no wish
    demonstration_minutes: int = 0
    listed: bool = True
    pictured: bool = False


class Accepted(Value, frozen=True, kw_only=True):
    """A finding that organisers know of and accept. `finding` is its key; `sentence` what it said then."""

    finding: str
    reason: str = ""
    sentence: str = ""
    by: str = ""
    at: datetime | None = None


class Wishes(Value, frozen=True, kw_only=True):
    """What a person asks for and agrees to. None: not asked yet."""

    person: str
    access: str = ""  # what they need to take part
    recorded: bool | None = None
    photographed: bool | None = None


class Answer(Value, frozen=True, kw_only=True):
    """Whether a person comes for what they have a part in; `noun` and `code` say for what ("papers", "P12-1").

    `by` is who said so: themselves, or a co-author.
    """

    person: str
    noun: str
    code: str
    comes: bool
    reason: str = ""
    by: str = ""
    at: datetime | None = None


class RequestState(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"


class Request(Value, frozen=True, kw_only=True):
    """A change to a field that is locked. `was` and `wanted` are its value as JSON."""

    code: str
    noun: str  # "papers"
    thing: str  # the noun's code
    field: str
    was: str
    wanted: str
    by: str
    at: datetime
    state: RequestState = RequestState.OPEN
    reason: str = ""  # of the decision
    decided_by: str = ""


class Offer(Value, frozen=True, kw_only=True):
    """A showcase that somebody without an account has offered. Once it is taken, `showcase` has the code of what came
    of it; `reason` is why it was declined."""

    code: str
    name: str
    email: str
    showcase: Showcase
    needs: Needs
    at: datetime
    state: RequestState = RequestState.OPEN
    reason: str = ""
    decided_by: str = ""


class Wording(Value, frozen=True, kw_only=True):
    """An event's own words for a kind of letter. `text` is Markdown."""

    letter: str
    subject: str
    text: str


class Planning(Value, frozen=True, kw_only=True):
    rules: Rules = Rules()
    contacts: tuple[Contact, ...] = ()
    availability: tuple[Availability, ...] = ()
    expected: tuple[Expected, ...] = ()
    needs: tuple[Needs, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    wishes: tuple[Wishes, ...] = ()
    answers: tuple[Answer, ...] = ()
    requests: tuple[Request, ...] = ()
    offers: tuple[Offer, ...] = ()
    wordings: tuple[Wording, ...] = ()
