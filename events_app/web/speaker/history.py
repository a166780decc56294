"""Who changed something of one's own, and taking back what one has changed oneself."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from litestar import Response
from litestar.params import FromPath

from ... import editing, reading
from ...editing.members import workers
from ...editing.undo import images
from ...language import gettext as _
from ...programme.correction import WORDS
from ...programme.model import COLLECTIONS, Session, Showcase
from ...programme.own import Own, names_at
from ...reading import LogLine
from ..errors import NotYours, Unreadable
from ..organiser.fields import World, fields
from ..organiser.sheets import PLANS
from ..organiser.telling import Altered, Story, kind_label, told
from ..organiser.workspace import one, to, typed
from ..pages import Asking
from ..rights import OWNED, account
from .workspace import Mine, at, mine

MOST = 6
"""Steps that are shown."""


class Step(NamedTuple):
    """What somebody did to it: `who` is a name, never an address; `what` says of what belongs to a person which it is.
    `own`: its reader did it, and may take it back."""

    line: LogLine
    who: str
    verb: str
    what: str
    how: str
    fields: tuple[Altered, ...]
    own: bool


async def steps(mine: Mine, email: str, collection: str, code: str) -> list[Step]:
    """The last steps, the latest first. Where and when a session is, and where a showcase, is told by what is
    released alone."""
    lines = await reading.log_of(mine.event.slug, noun=collection, code=code, limit=MOST * 3)
    if collection == "people":
        for plan in PLANS["people"]:
            lines += await reading.log_of(mine.event.slug, noun=plan, code=code, limit=MOST)
    lines = sorted({line.id: line for line in lines}.values(), key=lambda line: -line.revision)
    world = World(mine.draft)
    house = await workers(mine.event.slug)
    shown = _shown(collection, world)
    only = frozenset((kind, code) for kind in (collection, *PLANS.get(collection, ())))
    found = []
    for line in lines:
        said = told(line, world, whole=True, only=only)
        altered = tuple(f for story in said.stories for f in story.fields if shown is None or f.label in shown)
        how = said.stories[0].how if said.stories else ""
        if altered or how in ("new", "gone"):
            found.append(
                Step(
                    line,
                    who(mine, email, line.who, house),
                    said.verb,
                    _what(said.stories, collection),
                    how,
                    altered,
                    line.who == email,
                )
            )
    return found[:MOST]


def _what(stories: Sequence[Story], collection: str) -> str:
    return kind_label(stories[0].kind) if stories and stories[0].kind != collection else ""


def who(mine: Mine, email: str, by: str, house: Collection[str]) -> str:
    """`You`, somebody's name, or only that it was an organiser: one of the `house`, by their addresses, is called by no
    name that others can give to an address. Of several who share one all are named."""
    if by == email:
        return _("You")
    names = () if by in house else names_at(mine.draft.programme, mine.draft.planning, by)
    return " / ".join(names) or _("An organiser")


async def take_back(request: Asking, event: FromPath[str]) -> Response[Any]:
    """Puts back what one of one's own steps changed; raises NotYours, Locked, and Conflict where it has changed
    since."""
    held = await mine(request, event)
    form = await typed(request)
    line = await reading.log_line(event, _number(one(form, "line")))
    if line.who != account(request).email or not _theirs(held.own, line):
        raise NotYours
    await editing.undo(event, line.id, account(request).email, locks=True)
    back = one(form, "back")
    return to(f"{back if back.startswith(at(held.event) + '/') else at(held.event) + '/'}?done=undone")


def _theirs(own: Own, line: LogLine) -> bool:
    """Whether all that the step touched is still theirs, or came to be by it."""
    before: Mapping[str, Mapping[str, Any]] = images(line.before)
    return all(before[kind][code] is None or _is_own(own, kind, code) for kind in before for code in before[kind])


def _is_own(own: Own, kind: str, code: str) -> bool:
    if kind in COLLECTIONS:
        return any(code in getattr(own, name) for name in OWNED.get(kind, ()))
    owner = code.partition("/")[0]
    return kind != "requests" and (owner in own.people or (kind == "needs" and owner in own.showcases))


def _shown(collection: str, world: World) -> set[str] | None:
    """The labels of the fields whose changes are told; None: of all."""
    if COLLECTIONS[collection] is Session:
        return {field.label for field in fields(collection, world) if field.name in WORDS[Session]}
    if COLLECTIONS[collection] is Showcase:
        return {field.label for field in fields(collection, world) if field.name not in ("floor", "place")}
    return None


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 19 or int(text) >= 2**63:
        raise Unreadable(_("It is not said what is to be taken back."))
    return int(text)
