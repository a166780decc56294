"""Changing the event itself: its settings and the rules of the house, and the texts in front and back."""

from __future__ import annotations

import msgspec

from ..programme.model import Event, Matter
from ..programme.moments import moved, same_clock
from ..programme.planning import Rules
from ..tables.shapes import SHAPES
from .desk import Desk, at_desk
from .errors import Conflict
from .nouns import standing

PLACES = ("front", "back")

TIMED = ("rooms", "showcases", "sessions", "availability")
"""What holds moments that follow the event's clocks."""


async def revise_event(slug: str, event: Event, rules: Rules, by: str, *, seen: tuple[Event, Rules]) -> None:
    """Gives an event its settings and its rules; raises NotFound, and Conflict where others stand there than `seen`.

    In another zone everything keeps the time that is written on it: 09:00 stays 09:00.
    """
    async with at_desk(slug, by, "revise") as desk:
        for kind, wanted, before in (("event", event, seen[0]), ("rules", rules, seen[1])):
            present = await standing(desk, kind, slug)
            if present not in (before, wanted):
                raise Conflict(kind, slug, present, wanted)
            await desk.lay(kind, slug, wanted)
        if event.zone != seen[0].zone:
            await _take_along(desk, seen[0].zone, event.zone)


async def _take_along(desk: Desk, zone: str, other: str) -> None:
    move = same_clock(zone, other)
    for kind in TIMED:
        for key, kept in (await desk.look_up(kind)).items():
            value = moved(kept.value, move)
            if value != kept.value:
                if SHAPES[kind].key(value) != key:  # hours are known by their moments
                    await desk.lay(kind, key, None)
                await desk.lay(kind, SHAPES[kind].key(value), value)


async def put_text(
    slug: str, place: str, matter: Matter, by: str, *, seen: Matter | None = None, n: int = 0
) -> tuple[str, int]:
    """Adds a text at the end of a place ("front" or "back"), or revises the one `seen`, which stood at `n` there.

    Answers where it stands now. Raises NotFound, and Conflict where that one is not there any more; its `present` is
    what has become of it, as far as that can be told. Pictures are brought elsewhere: a text keeps those that it has.
    """
    async with at_desk(slug, by, "revise") as desk:
        event: Event = await standing(desk, "event", slug)
        texts = _texts(event)
        if seen is None:
            texts[place].append(matter)
            at = len(texts[place]) - 1
        else:
            found = find(event, place, seen, n)
            if found is None:
                raise Conflict("event", slug, _heir(event, seen), matter)
            place, at = found
            texts[place][at] = msgspec.structs.replace(matter, pictures=texts[place][at].pictures)
        await _lay(desk, event, texts)
    return place, at


def _heir(event: Event, seen: Matter) -> Matter | None:
    """The text that bears the same title, or says the same under another."""
    texts = (*event.front, *event.back)
    titled = next((text for text in texts if text.title == seen.title), None)
    return titled or next((text for text in texts if text.text == seen.text), None)


async def move_text(slug: str, place: str, seen: Matter, n: int, by: str, *, down: bool) -> tuple[str, int]:
    """Moves a text one step up or down, over the edge into the other place. Answers where it stands now.

    Raises NotFound, and Conflict where the text is not there any more.
    """
    async with at_desk(slug, by, "move") as desk:
        event: Event = await standing(desk, "event", slug)
        place, at = _found(event, place, seen, n)
        texts = _texts(event)
        to, step = _next(texts, place, at, down)
        texts[to].insert(step, texts[place].pop(at))
        await _lay(desk, event, texts)
    return to, step


def _next(texts: dict[str, list[Matter]], place: str, at: int, down: bool) -> tuple[str, int]:
    step = at + 1 if down else at - 1
    if 0 <= step < len(texts[place]):
        return place, step
    if place == "front" and down:
        return "back", 0
    if place == "back" and not down:
        return "front", len(texts["front"])
    return place, at


async def remove_text(slug: str, place: str, seen: Matter, n: int, by: str) -> None:
    """Raises NotFound, and Conflict where the text is not there any more."""
    async with at_desk(slug, by, "remove") as desk:
        event: Event = await standing(desk, "event", slug)
        place, at = _found(event, place, seen, n)
        texts = _texts(event)
        texts[place].pop(at)
        await _lay(desk, event, texts)


def find(event: Event, place: str, seen: Matter, n: int) -> tuple[str, int] | None:
    """Where a text stands now that stood at `n` of a place: others may have moved it."""
    texts = _texts(event)
    if any(_is_same(text, seen) for text in texts[place][n : n + 1]):
        return place, n
    places = sorted(PLACES, key=lambda one: one != place)
    return next(((one, at) for one in places for at, text in enumerate(texts[one]) if _is_same(text, seen)), None)


def _is_same(text: Matter, other: Matter) -> bool:
    """Whether they say the same; somebody may be bringing pictures meanwhile."""
    return (text.title, text.text) == (other.title, other.text)


def _found(event: Event, place: str, seen: Matter, n: int) -> tuple[str, int]:
    found = find(event, place, seen, n)
    if found is None:
        raise Conflict("event", event.slug, None, seen)
    return found


def _texts(event: Event) -> dict[str, list[Matter]]:
    return {place: list(getattr(event, place)) for place in PLACES}


async def _lay(desk: Desk, event: Event, texts: dict[str, list[Matter]]) -> None:
    wanted = msgspec.structs.replace(event, **{place: tuple(texts[place]) for place in PLACES})
    await desk.lay("event", event.slug, wanted)
