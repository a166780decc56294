"""What somebody can take back, and do again: their own last steps in the timetable, as the log has them."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from .. import reading
from ..reading import LogLine
from ..tables.history import Log

VERBS = ("place", "swap", "move", "split")
"""What the timetable's own verbs are called in the log."""

BACK = ("undo", "redo")

LOOKED_AT = 100
"""Lines of the log: nobody takes back more in one go."""


class Steps(NamedTuple):
    """`undo` is the last thing done and not taken back, `redo` the last taken back and not done since."""

    undo: LogLine | None = None
    redo: LogLine | None = None


async def steps(slug: str, by: str) -> Steps:
    """What one person can take back and do again; raises NotFound."""
    async with reading.moment():
        row = await reading.event_row(slug)
        rows = (
            await Log.select(*(getattr(Log, name) for name in LogLine.__struct_fields__))
            .where(Log.event == row["id"], Log.who == by, Log.what.is_in([*VERBS, *BACK]))
            .order_by(Log.revision, ascending=False)
            .limit(LOOKED_AT)
        )
    return _replayed(msgspec.convert(rows[::-1], list[LogLine]))


def _replayed(lines: list[LogLine]) -> Steps:
    """Goes through the lines as they were written. What takes a line back has its images the other way round."""
    done: list[LogLine] = []
    taken_back: list[LogLine] = []
    for line in lines:
        if line.what in VERBS:
            done.append(line)
            taken_back.clear()
        elif taken_back and _mirrors(line, taken_back[-1]):
            taken_back.pop()
            done.append(line)
        elif mirrored := next((one for one in reversed(done) if _mirrors(line, one)), None):
            done.remove(mirrored)
            taken_back.append(line)
    return Steps(done[-1] if done else None, taken_back[-1] if taken_back else None)


def _mirrors(line: LogLine, other: LogLine) -> bool:
    return bool(_read(line.before) == _read(other.after) and _read(line.after) == _read(other.before))


def _read(text: str) -> Any:
    return msgspec.json.decode(text)
