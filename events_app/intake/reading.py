"""What every reader answers with."""

from __future__ import annotations

from ..programme.model import Programme, Value
from ..programme.planning import Planning
from . import text


class Odd(Value, frozen=True, kw_only=True):
    """Something that was taken, but not as it stood. `where` is the place in the file: a line, a cell, an id."""

    where: str
    what: str


class Reading(Value, frozen=True, kw_only=True):
    """What a file holds. `kind` names the format. Codes are proposals: keeping gives existing things theirs.

    `guessed` names the event's fields of which the file says nothing: an event that exists keeps its own.
    """

    kind: str
    programme: Programme
    planning: Planning = Planning()
    odd: tuple[Odd, ...] = ()
    guessed: tuple[str, ...] = ()


class Hints(Value, frozen=True, kw_only=True):
    """What the file may not say, from whoever brings it. Both may be empty; what the file says wins over `zone`."""

    slug: str = ""
    zone: str = ""


class Refused(Exception):
    """The file cannot be taken; nothing of it was. The sentence says what, where, and what to do."""

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        what, where, remedy = text.line(what), text.line(where), text.line(remedy)
        super().__init__(" ".join(part for part in (f"{where}: {what}" if where else what, remedy) if part))
        self.what, self.where, self.remedy = what, where, remedy
