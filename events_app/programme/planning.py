"""What only organisers may know: the rules of the house, and people's and rooms' limits. No rendition is given it."""

from __future__ import annotations

from datetime import datetime

from .model import Value


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


class Contact(Value, frozen=True, kw_only=True):
    """`gender` is what the person has chosen to say, in their words; empty: nothing said, nothing guessed."""

    person: str
    email: str = ""
    gender: str = ""


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
    listed: bool = True
    pictured: bool = False


class Accepted(Value, frozen=True, kw_only=True):
    """A finding that organisers know of and accept. `finding` is its key; `sentence` what it said then."""

    finding: str
    reason: str = ""
    sentence: str = ""
    by: str = ""
    at: datetime | None = None


class Planning(Value, frozen=True, kw_only=True):
    rules: Rules = Rules()
    contacts: tuple[Contact, ...] = ()
    availability: tuple[Availability, ...] = ()
    expected: tuple[Expected, ...] = ()
    needs: tuple[Needs, ...] = ()
    accepted: tuple[Accepted, ...] = ()
