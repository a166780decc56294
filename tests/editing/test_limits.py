from __future__ import annotations

import asyncio

import pytest

from events_app.editing import limits
from events_app.editing.limits import wait_before


async def test_the_first_few_tries_are_free_and_the_next_one_waits(empty: str) -> None:
    assert [await wait_before("x", times=3, seconds=60) for _ in range(3)] == [0, 0, 0]
    assert 58 <= await wait_before("x", times=3, seconds=60) <= 60


async def test_what_one_person_tries_is_not_counted_against_another(empty: str) -> None:
    await wait_before("x", times=1, seconds=60)
    assert await wait_before("y", times=1, seconds=60) == 0


async def test_after_a_while_it_may_be_tried_again(empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        await wait_before("x", times=1, seconds=60)
    later = limits.time() + 61
    monkeypatch.setattr(limits, "time", lambda: later)
    assert await wait_before("x", times=1, seconds=60) == 0
    assert await wait_before("x", times=1, seconds=60) > 0


async def test_of_many_at_once_no_more_than_allowed_are_free(empty: str) -> None:
    waits = await asyncio.gather(*(wait_before("x", times=10, seconds=60) for _ in range(40)))
    assert waits.count(0) == 10
