"""Whatever is done to a file, it is read or refused: nothing else is ever raised, and what is read can be used."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events_app.intake import Reading, Refused, read, template
from events_app.programme.lookup import index

from .examples import NAMES, example

FILES = {**{name: example(name) for name in NAMES}, "template.xlsx": template()}
_EDITS = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.05), st.binary(max_size=6)), max_size=4)


def edited(data: bytes, cut: float, edits: list[tuple[float, float, bytes]]) -> bytes:
    for place, length, new in edits:
        at = int(place * len(data))
        data = data[:at] + new + data[at + int(length * len(data)) :]
    return data[: int(cut * len(data))]


def take(data: bytes) -> None:
    """Reads it, if it can be; either end is a good one."""
    try:
        reading = read(data)
    except Refused as refused:
        sentence = str(refused)
    else:
        used(reading)
        sentence = ""
    assert sentence.isprintable()


def used(reading: Reading) -> None:
    """As a programme is used: found in, and kept."""
    found = index(reading.programme)
    assert found.days
    for session in found.placed:
        found.turns(session)
    msgspec.json.encode(reading)


@pytest.mark.parametrize("name", sorted(FILES))
@given(cut=st.one_of(st.just(1.0), st.floats(0, 1)), edits=_EDITS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_file_is_read_or_refused(name: str, cut: float, edits: list[tuple[float, float, bytes]]) -> None:
    take(edited(FILES[name], cut, edits))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
    | st.sampled_from(["2028-03-25T09:00:00Z", "2028-03-25", "2028-03-25T10:00:00", "1:00", "https://x.example"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
_JSON_NAMES = [name for name in NAMES if name.endswith(".json")]


def _replaced(value: object, path: list[int], new: object) -> object:
    """The value with something else at one place in it."""
    if not path or not isinstance(value, (dict, list)) or not value:
        return new
    if isinstance(value, dict):
        key = list(value)[path[0] % len(value)]
        return {**value, key: _replaced(value[key], path[1:], new)}
    n = path[0] % len(value)
    return [*value[:n], _replaced(value[n], path[1:], new), *value[n + 1 :]]


@pytest.mark.parametrize("name", _JSON_NAMES)
@given(path=st.lists(st.integers(0, 20), min_size=1, max_size=9), new=_JSON)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_json_with_something_else_at_any_place_is_read_or_refused(name: str, path: list[int], new: object) -> None:
    whole = msgspec.json.decode(FILES[name])
    take(msgspec.json.encode(_replaced(whole, path, new)))


@pytest.mark.parametrize("name", sorted(FILES))
def test_reading_twice_gives_equal_values(name: str) -> None:
    if name != "template.xlsx":
        assert read(FILES[name]) == read(FILES[name])
