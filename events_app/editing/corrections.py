"""What people put right of their own: at once in the draft, and, words, in what is public."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

import msgspec

from .. import reading
from ..language import gettext as _
from ..programme.correction import Correction, corrected
from ..programme.locks import divided, locked
from ..programme.lookup import local
from ..programme.model import COLLECTIONS, Paper, Person, Programme, Session, Value
from ..programme.planning import Request, RequestState, Rules
from ..programme.release import pictured
from ..tables.history import Releases
from .desk import Desk, at_desk
from .errors import Conflict, Problem
from .nouns import standing
from .releases import write_down
from .together import Things

CORRECTING = frozenset({"correct", "uncorrect"})
"""The verbs of the log whose words went out at once; to take one back goes out at once too."""


class Locked(Problem):
    """What is to be taken back is locked by now."""

    def __init__(self) -> None:
        super().__init__(
            _("This is locked by now. Write in the form what it is to be: the organisers are asked for it then.")
        )


class Outcome(Value, frozen=True, kw_only=True):
    """What came of a correction. `public`: everybody sees it now; `waiting`: with the next version only, as the event
    has it; `requested` are the fields that are locked, and wait for an organiser."""

    public: bool = False
    waiting: bool = False
    requested: tuple[str, ...] = ()


async def correct(slug: str, wanted: Things, by: str, *, seen: Things, at: datetime | None = None) -> Outcome:
    """Lays down what somebody changed of their own, and publishes its words, in one transaction.

    Whether it is theirs has been asked before. `seen` is what they had before them: raises Conflict with the first that
    differs by now. Raises Dangling.
    """
    moment = at or datetime.now(UTC).replace(microsecond=0)
    async with at_desk(slug, by, "correct") as desk:
        for (kind, key), before in seen.items():
            kept = await desk.found(kind, key)
            present = kept.value if kept else None
            if present != before and present != wanted.get((kind, key), before):
                raise Conflict(kind, key, present, wanted.get((kind, key), before))
        requested = await _laid(desk, wanted, by, moment)
        public, waiting = await publish_words(desk, by, moment)
    return Outcome(public=public, waiting=waiting, requested=requested)


async def heed_locks(desk: Desk, at: datetime) -> None:
    """Raises Locked where what differs at this desk is locked."""
    closed = locked(await _rules(desk), local(await standing(desk, "event", desk.slug), at).date())
    for image in desk.images():
        lockable = image.kind in ("papers", "sessions")
        if lockable and image.before and image.after and divided(image.before.value, image.after.value, closed)[1]:
            raise Locked


async def publish_words(desk: Desk, by: str, at: datetime) -> tuple[bool, bool]:
    """Publishes the words that differ at this desk as the next revision of the same version, where that changes
    anything for the public. Answers whether it did, and whether there are some that the event has wait.

    What somebody does not agree to any more waits in no event.
    """
    made, unlisted = await _made(desk), await _unlisted(desk)
    published = await reading.published(desk.slug) if made or unlisted else None
    if published is None:
        return False, False
    people = await _people(desk)
    worded = corrected(published, people, made, at=at, revision=desk.revision, unlisted=unlisted)
    at_once = worded
    if (await _rules(desk)).corrections_wait:
        withdrawn = await _withdrawn(desk)
        at_once = corrected(published, people, withdrawn, at=at, revision=desk.revision, unlisted=unlisted)
    if at_once is not None:
        await _supersede(desk, at_once, by)
    return at_once is not None, worded != at_once


async def _made(desk: Desk) -> list[Correction]:
    """What differs of the nouns at this desk. Of a showcase, its pictures as far as its hosts have agreed to them; of a
    session that is called off and still public, nothing: what its people write now is not for those who expect it."""
    images = [image for image in desk.images() if image.before and image.after]
    made = [
        Correction(image.kind, image.before.value, image.after.value)
        for image in images
        if image.kind in COLLECTIONS
        and image.kind != "showcases"
        and image.before
        and image.after
        and not getattr(image.after.value, "cancelled", False)
    ]
    for code in _shows(desk):
        show, needs = await _both_ways(desk, "showcases", code), await _both_ways(desk, "needs", code)
        before, after = (pictured(one, need) if one else None for one, need in zip(show, needs, strict=True))
        if before and after and before != after:
            made.append(Correction("showcases", before, after))
    return made


async def _unlisted(desk: Desk) -> list[str]:
    """The showcases at this desk whose hosts do not agree to be listed."""
    needs = {code: (await _both_ways(desk, "needs", code))[1] for code in _shows(desk)}
    return [code for code, needed in needs.items() if needed and not needed.listed]


async def _withdrawn(desk: Desk) -> list[Correction]:
    """Of the showcases at this desk the pictures to which their hosts agree no more."""
    made = []
    for code in _shows(desk):
        show, (before, after) = (await _both_ways(desk, "showcases", code))[0], await _both_ways(desk, "needs", code)
        if show and before and before.pictured and not (after and after.pictured):
            made.append(Correction("showcases", show, msgspec.structs.replace(show, pictures=())))
    return made


def _shows(desk: Desk) -> list[str]:
    """The codes of the showcases of which anything differs at this desk."""
    return list(dict.fromkeys(image.code for image in desk.images() if image.kind in ("showcases", "needs")))


async def _both_ways(desk: Desk, kind: str, code: str) -> tuple[Any, Any]:
    """A thing before and after."""
    before = await desk.found(kind, code)
    laid = [image.after for image in desk.images() if (image.kind, image.code) == (kind, code)]
    after = laid[0] if laid else before
    return before and before.value, after and after.value


async def _laid(desk: Desk, wanted: Things, by: str, at: datetime) -> tuple[str, ...]:
    closed = locked(await _rules(desk), local(await standing(desk, "event", desk.slug), at).date())
    requested: list[str] = []
    for (kind, key), value in wanted.items():
        before = await desk.found(kind, key)
        if closed and before and isinstance(value, Paper | Session):
            allowed, asked = divided(before.value, value, closed)
            for change in asked:
                request = Request(
                    code=await _code_for(desk, kind, key, change.field, by), noun=kind, thing=key, field=change.field,
                    was=change.was, wanted=change.wanted, by=by, at=at,
                )  # fmt: skip
                await desk.lay("requests", request.code, request)
            requested += [change.field for change in asked]
            value = allowed
        await desk.lay(kind, key, value)
    return tuple(requested)


async def _code_for(desk: Desk, noun: str, thing: str, field: str, by: str) -> str:
    """Who asks for something else before an organiser has decided asks for that instead, not as well."""
    for code, kept in (await desk.look_up("requests")).items():
        said: Request = kept.value
        same = (said.noun, said.thing, said.field, said.by) == (noun, thing, field, by)
        if same and said.state is RequestState.OPEN:
            return code
    return secrets.token_hex(6)


async def _rules(desk: Desk) -> Rules:
    rules: Rules = await standing(desk, "rules", desk.slug)
    return rules


async def _people(desk: Desk) -> list[Person]:
    """The draft's people as they will stand when this is written."""
    people = {code: kept.value for code, kept in (await desk.look_up("people")).items()}
    for image in desk.images():
        if image.kind == "people" and image.after:
            people[image.code] = image.after.value
    return list(people.values())


async def _supersede(desk: Desk, programme: Programme, by: str) -> None:
    """Of a version its first publication stays, and its last: those between are told by the log."""
    version = programme.versions[-1]
    ours = (Releases.event == desk.id) & (Releases.version == version.number)
    first = await Releases.select(Releases.revision).where(ours).order_by(Releases.revision).limit(1)
    await Releases.delete().where(ours, Releases.revision != first[0]["revision"])
    await write_down(desk.id, programme, by)
