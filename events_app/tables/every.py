"""All tables, each after those that it refers to."""

from __future__ import annotations

from piccolo.table import Table

from .accounts import Accounts, Members, SignInLinks, SignIns, Tries
from .history import Log, Releases
from .letters import Files, Letters
from .planning import (
    Accepted,
    Answers,
    Availability,
    Contacts,
    Expected,
    Needs,
    Offers,
    Requests,
    Wishes,
    Wordings,
)
from .programme import (
    Events,
    Interests,
    Panels,
    Papers,
    Parts,
    People,
    Replies,
    Rooms,
    Sessions,
    Showcases,
    Staffing,
    Tracks,
    Turns,
)

TABLES: tuple[type[Table], ...] = (
    Events,
    Rooms,
    Tracks,
    People,
    Panels,
    Showcases,
    Papers,
    Sessions,
    Parts,
    Turns,
    Staffing,
    Interests,
    Replies,
    Contacts,
    Availability,
    Expected,
    Needs,
    Accepted,
    Wishes,
    Answers,
    Requests,
    Offers,
    Wordings,
    Files,
    Letters,
    Releases,
    Log,
    Accounts,
    Members,
    SignInLinks,
    SignIns,
    Tries,
)
