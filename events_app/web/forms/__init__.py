"""Forms: what a page shows of a value, what a browser sends back, and what is wrong with it. Pure.

A field knows its label, its help and its input; an input turns a value into what stands in the controls (`entries`)
and reads it back, so that `read(entries(value))` is the value again. All that is wrong is collected, each sentence
under the name of its control. What nobody has touched stays as it was, however odd an import has left it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from .inputs import Entries, Input, Wrong, plain

__all__ = ["Entries", "Field", "Group", "Input", "Wrong", "changed", "filled", "parse", "read"]

MOST = 20_000
"""Controls in one form."""


class Field(NamedTuple):
    """`help` is a sentence below the label. A field with `wide` False shares its line with others."""

    name: str
    label: str
    input: Input
    help: str = ""
    wide: bool = True


class Group(NamedTuple):
    """Fields under a heading."""

    title: str
    fields: tuple[Field, ...]


def parse(body: bytes) -> Entries:
    """What a browser sends of a form (application/x-www-form-urlencoded); empty controls too, in their order.

    Raises ValueError where it is no such thing.
    """
    found: Entries = {}
    for name, value in parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST):
        found.setdefault(name, []).append(plain(value))
    return found


def filled(fields: Sequence[Field], values: Mapping[str, Any]) -> Entries:
    """What stands in the controls where the fields have these values."""
    found: Entries = {}
    for field in fields:
        found |= field.input.entries(field.name, values[field.name])
    return found


def read(fields: Sequence[Field], typed: Entries, base: Mapping[str, Any] | None) -> tuple[dict[str, Any], Wrong]:
    """The values that were typed, and what is wrong, by control. `base` are those that the form showed; None: a new
    thing, of which everything has to be right."""
    values, wrong = {}, Wrong()
    for field in fields:
        if base is not None and _untouched(field, typed, base[field.name]):
            values[field.name] = base[field.name]
        else:
            values[field.name] = field.input.read(field.name, typed, wrong)
    return values, wrong


def _untouched(field: Field, typed: Entries, value: Any) -> bool:
    shown, given = field.input.entries(field.name, value), field.input.given(field.name, typed)
    return all(given.get(name, []) == entries for name, entries in shown.items())


def changed(fields: Sequence[Field], before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Field]:
    """The fields whose values differ."""
    return [field for field in fields if before[field.name] != after[field.name]]
