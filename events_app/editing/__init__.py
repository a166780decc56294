"""How a programme changes: the verbs. Each is one transaction, one line in the log, and one step of the revision."""

from __future__ import annotations

from .errors import Conflict, Dangling, NotFound, NothingNew, NotUndoable, Problem, StillUsed
from .imports import Report, import_reading
from .nouns import cancel, put, remove
from .releases import release
from .timetable import move_together, place, split, swap
from .undo import undo

__all__ = [
    "Conflict",
    "Dangling",
    "NotFound",
    "NotUndoable",
    "NothingNew",
    "Problem",
    "Report",
    "StillUsed",
    "cancel",
    "import_reading",
    "move_together",
    "place",
    "put",
    "release",
    "remove",
    "split",
    "swap",
    "undo",
]
