"""How each kind of value lies in its tables: worked out from the names that fields and columns share.

A field with a column of its name is kept there: as it is, as the key of what it refers to, or as JSON where it is a
list of small things. A field without one is a list in a table of its own, in order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, get_origin, get_type_hints

import msgspec
from piccolo.columns import Column, ForeignKey, Text
from piccolo.table import Table

from ..programme import model, planning
from ..programme.model import COLLECTIONS, Value, utc
from . import planning as planning_tables
from . import programme as tables

Row = dict[str, Any]


class Listing(NamedTuple):
    """A field whose items are rows of `table`, each with the row that it belongs to in `owner`.

    Where the items are plain codes, `only` is the column that holds them.
    """

    field: str
    table: type[Table]
    owner: Column
    columns: Mapping[str, Column]
    only: str = ""


class Packed(NamedTuple):
    """How a field that is kept as JSON is read, and what it is where nothing is kept."""

    decoder: msgspec.json.Decoder[Any]
    empty: tuple[()] | None


class Shape(NamedTuple):
    """`columns` are those of the value's own fields; `packed` are kept as JSON, `references` refer to other things.

    `key` tells things of a kind apart; `coded` is the field that holds the code of a thing, or of what it belongs to.
    """

    name: str
    value: type[Value]
    table: type[Table]
    key: Callable[[Any], str]
    columns: Mapping[str, Column]
    packed: Mapping[str, Packed]
    listings: tuple[Listing, ...]
    references: tuple[str, ...]
    coded: str


def row_of(columns: Mapping[str, Column], value: Any, keys: Mapping[str, Mapping[str, int]]) -> Row:
    """A value's fields as its row holds them. `keys` are the keys of codes, by table.

    Raises KeyError for a code that is not among them, and ValueError for a moment without a time zone.
    """
    row: Row = {}
    for name, column in columns.items():
        given = getattr(value, name)
        if isinstance(column, ForeignKey):
            given = keys[target_of(column)][given] if given else None
        elif isinstance(column, Text) and not isinstance(given, str):
            given = msgspec.json.encode(given).decode() if given else ""
        elif isinstance(given, str):
            given = str(given).replace("\0", "")  # which PostgreSQL cannot keep
        elif hasattr(given, "tzinfo"):
            given = utc(given)
        row[name] = given
    return row


def item_row(listing: Listing, item: Any, keys: Mapping[str, Mapping[str, int]]) -> Row:
    """One item of a list as its row holds it; raises as `row_of` does."""
    if listing.only:
        return {listing.only: keys[target_of(listing.columns[listing.only])][item]}
    return row_of(listing.columns, item, keys)


def references(shape: Shape, value: Any) -> dict[str, set[str]]:
    """The codes that a value refers to, by the table that holds them."""
    found: dict[str, set[str]] = {}
    for name, column in shape.columns.items():
        if isinstance(column, ForeignKey) and (code := getattr(value, name)):
            found.setdefault(target_of(column), set()).add(code)
    for listing in shape.listings:
        for name, column in listing.columns.items():
            if isinstance(column, ForeignKey):
                codes = (item if listing.only else getattr(item, name) for item in getattr(value, listing.field))
                found.setdefault(target_of(column), set()).update(codes)
    return found


def selected(columns: Mapping[str, Column]) -> list[Any]:
    """What to select for these fields: a reference is read as the code of what it refers to."""
    return [
        column.code.as_alias(name) if isinstance(column, ForeignKey) else column for name, column in columns.items()
    ]


def target_of(column: Column) -> str:
    """The table to which a reference refers; nothing for what is no reference."""
    if not isinstance(column, ForeignKey):
        return ""
    return column._foreign_key_meta.resolved_references._meta.tablename


def _shape(name: str, value: type[Value], table: type[Table], key: Callable[[Any], str], owner: str = "") -> Shape:
    hints = get_type_hints(value)
    columns = _columns(value, table)
    packed = {
        field: Packed(msgspec.json.Decoder(hints[field]), () if get_origin(hints[field]) is tuple else None)
        for field, column in columns.items()
        if isinstance(column, Text) and not _is_text(hints[field])
    }
    lists = tuple(_listing(field, owner) for field in value.__struct_fields__ if field not in columns)
    refer = tuple(field for field, column in columns.items() if isinstance(column, ForeignKey))
    return Shape(name, value, table, key, columns, packed, lists, refer, value.__struct_fields__[0])


def _is_text(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, str)


def _listing(field: str, owner: str) -> Listing:
    kind, table, only = _LISTS[field]
    columns = {only: getattr(table, only)} if only else _columns(kind, table)
    return Listing(field, table, getattr(table, owner), columns, only)


def _columns(value: type[Any], table: type[Table]) -> dict[str, Column]:
    known = {column._meta.name for column in table._meta.columns}
    return {name: getattr(table, name) for name in value.__struct_fields__ if name in known}


_LISTS: dict[str, tuple[type[Any], type[Table], str]] = {
    "parts": (model.Part, tables.Parts, ""),
    "turns": (model.Turn, tables.Turns, ""),
    "staffing": (model.Staffing, tables.Staffing, ""),
    "replies": (model.Reply, tables.Replies, ""),
    "panels": (str, tables.Interests, "panel"),
}

_TABLES: dict[str, tuple[type[Table], str]] = {
    "rooms": (tables.Rooms, ""),
    "tracks": (tables.Tracks, ""),
    "people": (tables.People, ""),
    "panels": (tables.Panels, "panel"),
    "showcases": (tables.Showcases, "showcase"),
    "papers": (tables.Papers, "paper"),
    "sessions": (tables.Sessions, "session"),
}


def _when(availability: planning.Availability) -> str:
    return f"{availability.person}/{availability.starts:%Y%m%dT%H%M%S}/{availability.ends:%Y%m%dT%H%M%S}"


def _for_what(answer: planning.Answer) -> str:
    return f"{answer.person}/{answer.noun}/{answer.code}"


NOUNS: dict[str, Shape] = {
    name: _shape(name, value, _TABLES[name][0], lambda noun: noun.code, _TABLES[name][1])
    for name, value in COLLECTIONS.items()
}
"""The fields of a Programme that hold nouns, each after those that it refers to."""

PLANS: dict[str, Shape] = {
    "contacts": _shape("contacts", planning.Contact, planning_tables.Contacts, lambda plan: plan.person),
    "availability": _shape("availability", planning.Availability, planning_tables.Availability, _when),
    "expected": _shape("expected", planning.Expected, planning_tables.Expected, lambda plan: plan.session),
    "needs": _shape("needs", planning.Needs, planning_tables.Needs, lambda plan: plan.showcase),
    "accepted": _shape("accepted", planning.Accepted, planning_tables.Accepted, lambda plan: plan.finding),
    "wishes": _shape("wishes", planning.Wishes, planning_tables.Wishes, lambda plan: plan.person),
    "answers": _shape("answers", planning.Answer, planning_tables.Answers, _for_what),
    "requests": _shape("requests", planning.Request, planning_tables.Requests, lambda plan: plan.code),
    "offers": _shape("offers", planning.Offer, planning_tables.Offers, lambda plan: plan.code),
    "wordings": _shape("wordings", planning.Wording, planning_tables.Wordings, lambda plan: plan.letter),
}
"""The fields of a Planning that hold many things."""

SHAPES = NOUNS | PLANS

EVENT = _shape("event", model.Event, tables.Events, lambda event: event.slug)
