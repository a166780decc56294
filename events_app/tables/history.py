"""What was published, and who did what."""

from __future__ import annotations

from piccolo.columns import BigInt, Integer
from piccolo.table import Table

from .columns import key, moment, owner, words
from .programme import Events


class Releases(Table):
    """`document` is the Programme as msgspec writes it in JSON. A version can be published in several revisions."""

    id = key()
    event = owner(Events)
    version = Integer(default=0)
    revision = BigInt(default=0)
    published = moment()
    notes = words()
    by = words()
    document = words()


class Log(Table):
    """One line a verb. `before` and `after` hold, as JSON, each thing that it changed; `revision` is the one it made.

    `noun` and `code` name the thing where it is only one.
    """

    id = key()
    event = owner(Events)
    revision = BigInt(default=0)
    at = moment()
    who = words()
    what = words()
    noun = words()
    code = words()
    before = words()
    after = words()
