from __future__ import annotations

from datetime import datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from events_app.programme.checks.overlaps import overlaps
from tests.conference import at

Thing = tuple[int, int, str]  # begins, ends, what it is


def _span(thing: Thing) -> tuple[datetime, datetime]:
    return at(25, 0) + timedelta(minutes=thing[0]), at(25, 0) + timedelta(minutes=thing[1])


def _overlaps(*things: Thing) -> list[tuple[int, int, int]]:
    return [
        ((found.starts - at(25, 0)).seconds // 60, (found.ends - at(25, 0)).seconds // 60, len(found.things))
        for found in overlaps(sorted(things), _span, lambda thing: thing[2])
    ]


def test_what_begins_as_another_ends_does_not_overlap() -> None:
    assert _overlaps((0, 60, "a"), (60, 90, "b")) == []


def test_the_overlap_is_the_time_that_they_share() -> None:
    assert _overlaps((0, 60, "a"), (45, 90, "b")) == [(45, 60, 2)]


def test_what_hangs_together_is_one_overlap() -> None:
    assert _overlaps((0, 60, "a"), (45, 90, "b"), (80, 120, "c"), (120, 130, "d"), (125, 140, "e")) == [
        (45, 90, 3),
        (125, 130, 2),
    ]


def test_the_same_thing_may_overlap_itself() -> None:
    assert _overlaps((0, 60, "a"), (10, 20, "a")) == []
    assert _overlaps((0, 60, "a"), (10, 20, "a"), (50, 70, "b")) == [(50, 60, 3)]


_THINGS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 10), st.sampled_from("abc")).map(lambda t: (t[0], t[0] + t[1], t[2])),
    max_size=8,
)


@given(_THINGS)
def test_something_is_found_if_and_only_if_two_different_things_overlap(things: list[Thing]) -> None:
    different = [
        (one, other)
        for one, other in combinations(things, 2)
        if one[2] != other[2] and one[0] < other[1] and other[0] < one[1]
    ]
    found = list(overlaps(sorted(things), _span, lambda thing: thing[2]))
    assert bool(found) == bool(different)
    for one, other in different:
        assert sum(one in group.things and other in group.things for group in found) >= 1
