"""Fields of JSON objects, taken as what they should be: whatever else stands there counts as nothing said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from . import times

Record = dict[str, Any]


def words(value: object) -> str:
    """A text; a number as a text; of `{"en": …, "fr": …}` the English, else the first that says something."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, (int, float)):
        return str(value) if abs(value) < 10**18 else ""
    if isinstance(value, dict):
        spoken = [value.get("en"), *value.values()]
        return next((text for text in spoken if isinstance(text, str) and text.strip()), "")
    return ""


def first(record: Record, *keys: str) -> str:
    """The text of the first of these fields that says something."""
    return next((found for key in keys if (found := words(record.get(key)).strip())), "")


def records(value: object) -> list[Record]:
    """The objects in a list, or among the values of an object."""
    found = list(value.values()) if isinstance(value, dict) else value
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def record(value: object) -> Record:
    return value if isinstance(value, dict) else {}


def texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def whole(value: object) -> int:
    """A number without fraction, 0 if there is none; `"45"` counts."""
    if isinstance(value, str) and value.strip().isdigit() and value.strip().isascii() and len(value) < 10:
        return int(value)
    fit = isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 10**15
    return int(value) if fit else 0  # type: ignore[call-overload]


def between(starts: datetime | None, ends: str, otherwise: int = 0) -> int:
    """Minutes from a start to a written end; `otherwise` where one of them is missing or only one has an offset."""
    end = times.moment(ends)
    if starts is None or end is None or (starts.tzinfo is None) != (end.tzinfo is None):
        return otherwise
    return int((end - starts).total_seconds() // 60)


def pairs(value: object) -> Iterator[tuple[str, Any]]:
    """An object's fields, or nothing."""
    return iter(value.items()) if isinstance(value, dict) else iter(())
