"""All tables, each after those that it refers to."""

from __future__ import annotations

from piccolo.table import Table

from .accounts import Accounts, Members, SignInLinks, SignIns, Tries
from .history import Log, Releases
from .planning import Accepted, Availability, Contacts, Expected, Needs
from .programme import (
    Events,
    Interests,
    Panels,
    Papers,
    Parts,
    People,
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
    Contacts,
    Availability,
    Expected,
    Needs,
    Accepted,
    Releases,
    Log,
    Accounts,
    Members,
    SignInLinks,
    SignIns,
    Tries,
)
