"""Letters to people, and files that people have brought."""

from __future__ import annotations

from piccolo.columns import BigInt, Bytea, Integer, Text
from piccolo.table import Table

from .columns import key, moment, owner, words
from .programme import Events


class Letters(Table):
    """One message to one address; written with what causes it, sent afterwards.

    `state` is one of `editing.letters.State`. `due` is when it may go; `lease` until when the process that sends it has
    it to itself. A digest tells what changed from version `since` to version `version`. `person` is a code.
    """

    id = key()
    event = owner(Events)
    kind = words()
    person = words()
    email = words()
    name = words()
    language = words()
    subject = words()
    text = words()
    calendar = words()
    since = Integer(default=0)
    version = Integer(default=0)
    message = words(unique=True)
    state = Text(default="", index=True)  # those that wait are looked for every few seconds
    error = words()
    by = words()
    attempts = Integer(default=0)
    created = moment()
    due = moment()
    lease = moment()
    sent = moment()


class Files(Table):
    """A picture or an attachment, made harmless when it was brought. `name` is a hash of `data`."""

    id = key()
    event = owner(Events)
    name = words()
    media = words()
    size = BigInt(default=0)
    data = Bytea(default=b"")
    by = words()
    since = moment()
