"""The kinds of columns of which the tables consist."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from piccolo.columns import BigInt, Date, ForeignKey, OnDelete, Text, Timestamptz
from piccolo.table import Table


def new_key() -> int:
    """A key that no other row has: random, because ids counted by a database differ between the two engines."""
    return secrets.randbits(62)


def first_revision() -> int:
    """Where the revisions of a new event begin: milliseconds since 2020.

    Above any that an event of the same name can have had here before, as no event is written to a thousand times a
    second for long: what was kept of one that went with a restore is never taken for this one.
    """
    return int((datetime.now(UTC) - datetime(2020, 1, 1, tzinfo=UTC)).total_seconds() * 1000)


def key() -> BigInt:
    return BigInt(primary_key=True, default=None)


def words(*, unique: bool = False) -> Text:
    """A text; empty says nothing. Lists of small values that nobody queries are kept in one as JSON."""
    return Text(default="", unique=unique)


def moment() -> Timestamptz:
    """An instant, or none. Piccolo's own default would be the present."""
    return Timestamptz(null=True, default=None)


def day() -> Date:
    return Date(null=True, default=None)


def owner(table: type[Table]) -> ForeignKey[Any]:
    """The row of which this one is a part; it goes with it."""
    return ForeignKey(table, on_delete=OnDelete.cascade, null=True, default=None, index=True)


def reference(table: type[Table]) -> ForeignKey[Any]:
    """Another thing that this one names; that thing cannot be deleted while it is named."""
    return ForeignKey(table, on_delete=OnDelete.no_action, null=True, default=None, index=True)
