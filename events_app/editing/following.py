"""Keeping a draft up to date by what the log says, without reading all of it again."""

from __future__ import annotations

from typing import Any

import msgspec

from .. import reading
from ..programme.model import Value
from ..reading import Draft, LogLine
from ..tables.shapes import NOUNS, PLANS, SHAPES
from .undo import images


async def latest(draft: Draft) -> Draft:
    """The draft as it stands now; the same value where nothing has changed. Raises NotFound."""
    slug = draft.programme.event.slug
    if (await reading.event_row(slug))["revision"] == draft.revision:
        return draft
    for line in await reading.log_since(slug, draft.revision):
        followed = _followed(draft, line)
        if followed is None:
            return await reading.draft(slug)
        draft = followed
    return draft


def _followed(draft: Draft, line: LogLine) -> Draft | None:
    """What one line made of the draft; None where things came or went, so that their order has to be read."""
    if line.what in ("restore", "forget"):  # they say nothing, or not all, of what they changed
        return None
    before, after = images(line.before), images(line.after)
    changed: dict[str, Any] = {}
    for kind, things in after.items():
        if any(state is None or before[kind][code] is None for code, state in things.items()):
            return None
        changed[kind] = {code: state.value for code, state in things.items() if state}
    programme, planning = draft.programme, draft.planning
    slug = programme.event.slug
    if event := changed.get("event"):
        programme = msgspec.structs.replace(programme, event=event[slug])
    if rules := changed.get("rules"):
        planning = msgspec.structs.replace(planning, rules=rules[slug])
    nouns = {kind: _replaced(getattr(programme, kind), kind, changed[kind]) for kind in NOUNS if changed.get(kind)}
    plans = {kind: _replaced(getattr(planning, kind), kind, changed[kind]) for kind in PLANS if changed.get(kind)}
    return Draft(
        programme=msgspec.structs.replace(programme, **nouns) if nouns or event else programme,
        planning=msgspec.structs.replace(planning, **plans) if plans or rules else planning,
        revision=line.revision,
    )


def _replaced(present: tuple[Value, ...], kind: str, changed: dict[str, Value]) -> tuple[Value, ...]:
    key = SHAPES[kind].key
    return tuple(changed.get(key(value), value) for value in present)
