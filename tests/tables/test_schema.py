"""The tables are what the code says they are, on both engines, by the migrations alone."""

from __future__ import annotations

from typing import Any

import pytest
from piccolo.columns import ForeignKey
from piccolo.table import Table

from events_app.programme.model import COLLECTIONS, Event
from events_app.programme.planning import Planning
from events_app.tables import database
from events_app.tables.every import TABLES
from events_app.tables.shapes import EVENT, NOUNS, PLANS, SHAPES
from events_app.tables.sqlite import SQLite


async def columns_of(table: type[Table]) -> set[str]:
    name = table._meta.tablename
    if isinstance(database.engine(), SQLite):
        return {row["name"] for row in await table.raw(f'PRAGMA table_info("{name}")')}
    found = await table.raw("SELECT column_name FROM information_schema.columns WHERE table_name = {}", name)
    return {row["column_name"] for row in found}


async def indexes_of(table: type[Table]) -> list[str]:
    """Each index as its definition."""
    name = table._meta.tablename
    if isinstance(database.engine(), SQLite):
        found = await table.raw("SELECT sql AS said FROM sqlite_master WHERE type = 'index' AND tbl_name = {}", name)
    else:
        found = await table.raw("SELECT indexdef AS said FROM pg_indexes WHERE tablename = {}", name)
    return [row["said"].replace('"', "") for row in found if row["said"]]


async def test_migrations_make_every_table_as_the_code_has_it(empty: str) -> None:
    for table in TABLES:
        assert await columns_of(table) == {column._meta.name for column in table._meta.columns}, table


async def test_every_reference_is_indexed(empty: str) -> None:
    for table in TABLES:
        indexes = await indexes_of(table)
        for column in table._meta.foreign_key_columns:
            assert any(f"({column._meta.name}" in index for index in indexes), column


@pytest.mark.parametrize("name", list(COLLECTIONS))
async def test_a_code_is_unique_in_its_event(empty: str, name: str) -> None:
    indexes = await indexes_of(NOUNS[name].table)
    assert any("UNIQUE" in index and index.endswith("(event, code)") for index in indexes)


def test_every_field_of_every_value_is_kept() -> None:
    for shape in (*SHAPES.values(), EVENT):
        lists = {listing.field for listing in shape.listings}
        assert shape.columns.keys() | lists == set(shape.value.__struct_fields__)
    assert EVENT.value is Event
    assert set(PLANS) == set(Planning.__struct_fields__) - {"rules"}


def test_a_column_that_may_be_null_is_null_where_nothing_is_said() -> None:
    """Piccolo would put the present there, or a random key."""
    for table in TABLES:
        for column in table._meta.columns:
            default: Any = column.get_default_value()
            if column._meta.null or isinstance(column, ForeignKey):
                assert default is None, column
