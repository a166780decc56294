"""Whatever the fields hold, what is read is what was written."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any, get_type_hints

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from events_app import editing, reading
from events_app.intake import Reading
from events_app.programme.model import COLLECTIONS, Link, Matter, Programme, Span, Staffing
from events_app.tables import database

from ..conference import PROGRAMME
from ..conftest import Copy

TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40)
MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))
FIELDS: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(0, 100_000),
    bool: st.booleans(),
    bool | None: st.none() | st.booleans(),
    datetime: MOMENTS,
    datetime | None: st.none() | MOMENTS,
    tuple[str, ...]: st.lists(TEXTS, max_size=3).map(tuple),
    tuple[Link, ...]: st.lists(st.builds(Link, url=TEXTS, label=TEXTS), max_size=2).map(tuple),
    tuple[Matter, ...]: st.lists(st.builds(Matter, title=TEXTS, text=TEXTS), max_size=2).map(tuple),
    tuple[Span, ...]: st.lists(st.builds(Span, starts=MOMENTS, ends=MOMENTS), max_size=2).map(tuple),
    tuple[Staffing, ...]: st.lists(st.builds(Staffing, code=TEXTS, starts=MOMENTS, ends=MOMENTS), max_size=2).map(
        tuple
    ),
}
FIXED = {"code", "slug", "uid", "zone", "day_change", "room", "track", "panel", "panels", "showcase", "floor"}
"""Codes and what refers to them, and what must make sense to reckon with."""


@st.composite
def scrambled(draw: st.DrawFn) -> Programme:
    def one(value: Any) -> Any:
        hints = get_type_hints(type(value))
        fields = [name for name in value.__struct_fields__ if name not in FIXED and hints[name] in FIELDS]
        chosen = draw(st.sets(st.sampled_from(fields), max_size=4))
        return replace(value, **{name: draw(FIELDS[hints[name]]) for name in sorted(chosen)})

    nouns = {name: tuple(one(noun) for noun in getattr(PROGRAMME, name)) for name in COLLECTIONS}
    return replace(PROGRAMME, event=one(PROGRAMME.event), **nouns)


def test_any_programme_comes_back_as_it_was_written(copies: Copy) -> None:
    url = copies("empty")

    async def there_and_back(programme: Programme) -> Programme:
        async with database.running(url):
            for name in reversed(COLLECTIONS):  # what the last example left goes first
                await database.engine().run_ddl(f'DELETE FROM "{name}"')
            await database.engine().run_ddl('DELETE FROM "events"')
            await editing.import_reading(None, Reading(kind="tests", programme=programme), "tests")
            return (await reading.draft(programme.event.slug)).programme

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(scrambled())
    def run(programme: Programme) -> None:
        back = asyncio.run(there_and_back(programme))
        assert back == programme
        assert msgspec.json.encode(back) == msgspec.json.encode(programme)

    run()
