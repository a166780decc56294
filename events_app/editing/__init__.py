"""How a programme changes: the verbs. Each is one transaction, one line in the log, and one step of the revision."""

from __future__ import annotations

from .corrections import correct
from .errors import Conflict, Dangling, MovedOn, NotFound, NothingNew, NothingPublished, NotUndoable, Problem, StillUsed
from .findings import accept, accept_no_more, mend
from .imports import Plan, Report, import_reading, plan_import
from .nouns import cancel, put, remove
from .privacy import forget
from .releases import make_draft_again, release, release_alone
from .requests import decline_request, take_request
from .timetable import move_together, place, split, swap
from .undo import undo

__all__ = [
    "Conflict",
    "Dangling",
    "MovedOn",
    "NotFound",
    "NotUndoable",
    "NothingNew",
    "NothingPublished",
    "Plan",
    "Problem",
    "Report",
    "StillUsed",
    "accept",
    "accept_no_more",
    "cancel",
    "correct",
    "decline_request",
    "forget",
    "import_reading",
    "make_draft_again",
    "mend",
    "move_together",
    "place",
    "plan_import",
    "put",
    "release",
    "release_alone",
    "remove",
    "split",
    "swap",
    "take_request",
    "undo",
]
