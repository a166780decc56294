"""What every reader answers with."""

from __future__ import annotations

from datetime import date

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
    `undated`: neither the file nor a hint gives a day, and the event's days stand for nothing.
    """

    kind: str
    programme: Programme
    planning: Planning = Planning()
    odd: tuple[Odd, ...] = ()
    guessed: tuple[str, ...] = ()
    undated: bool = False


class Columns(Value, frozen=True, kw_only=True):
    """How one sheet of a table is to be read: the `sheet` by its number among those that hold anything, from 0.

    `kind` is that of the template's sheet (empty: leave it out), `header` which of its rows names the columns, and
    `fields` what stands in each column, empty for what is left out. "author 2" is the second of numbered columns.
    """

    sheet: int
    kind: str = ""
    header: int = 0
    fields: tuple[str, ...] = ()


class Hints(Value, frozen=True, kw_only=True):
    """What the file may not say, from whoever brings it. All may be empty; what the file says wins, but for `slug`.

    `first` and `last` are the event's days. `columns` are chosen by somebody and win over what the columns' names say.
    """

    slug: str = ""
    zone: str = ""
    name: str = ""
    first: date | None = None
    last: date | None = None
    columns: tuple[Columns, ...] = ()


class Refused(Exception):
    """The file cannot be taken; nothing of it was. The sentence says what, where, and what to do."""

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        what, where, remedy = text.line(what), text.line(where), text.line(remedy)
        super().__init__(" ".join(part for part in (f"{where}: {what}" if where else what, remedy) if part))
        self.what, self.where, self.remedy = what, where, remedy
