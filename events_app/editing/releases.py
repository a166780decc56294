"""Publishing: the draft as it stands becomes what the public sees, and is written down whole."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from .. import reading
from ..language import gettext as _
from ..programme import release as releasing
from ..programme.alone import alone
from ..programme.model import Programme
from ..programme.returning import returned
from ..reading import Draft
from ..tables import database
from ..tables.columns import new_key
from ..tables.history import Releases
from ..tables.letters import Letters
from ..tables.programme import Events
from .desk import Desk, at_desk
from .errors import MovedOn, NotFound, NothingNew, NothingPublished


async def release(
    slug: str,
    by: str,
    notes: str = "",
    *,
    at: datetime | None = None,
    seen: int | None = None,
    letters: bool = True,
) -> Programme:
    """Publishes the draft as the next version, and answers it; `at` defaults to now, to the second.

    Everybody whom it concerns is written to (see `letters.digests`), unless no `letters` are wanted. `seen` is the
    revision of the draft at which its author looked: raises MovedOn if it is another by now. Raises NotFound, and
    NothingNew where the public would see no difference.
    """
    async with at_desk(slug, by, "release") as desk:
        draft = await _seen(desk, seen)
        previous = await reading.published(slug)
        return await _publish(desk, draft, draft.programme, previous, by, notes, at, letters)


async def release_alone(
    slug: str,
    session: str,
    by: str,
    notes: str = "",
    *,
    at: datetime | None = None,
    seen: int | None = None,
    letters: bool = True,
) -> Programme:
    """Publishes what is public with one session as the draft has it (see `programme.alone`), as the next version.

    Raises as `release` does, and NothingPublished before the first release.
    """
    async with at_desk(slug, by, "release") as desk:
        draft = await _seen(desk, seen)
        previous = await reading.published(slug)
        if previous is None:
            raise NothingPublished
        programme = alone(draft.programme, previous, session)
        return await _publish(desk, draft, programme, previous, by, notes, at, letters)


async def make_draft_again(slug: str, version: int, by: str, *, seen: int | None = None) -> int:
    """Puts the draft back to what a version showed (see `programme.returning`); answers how many things that changed.

    `seen` is as in `release`. Raises NotFound where there is no such version, and MovedOn.
    """
    async with at_desk(slug, by, "return") as desk:
        draft = await _seen(desk, seen)
        wanted = await reading.release(slug, version)
        if wanted is None:
            raise NotFound(_("There is no version {n} of {event}.").format(n=version, event=slug))
        changes = returned(draft.programme, draft.planning, wanted)
        for (kind, code), value in changes.items():
            if value is None:
                await desk.clear(kind, code)
            else:
                await desk.lay(kind, code, value)
    return len(changes)


async def _seen(desk: Desk, seen: int | None) -> Draft:
    if seen is not None and seen != desk.row["revision"]:
        raise MovedOn
    return await reading.draft_of(desk.row)


async def _publish(
    desk: Desk,
    draft: Draft,
    programme: Programme,
    previous: Programme | None,
    by: str,
    notes: str,
    at: datetime | None,
    letters: bool,
) -> Programme:
    if releasing.unchanged(programme, draft.planning, previous):
        assert previous is not None
        raise NothingNew(previous.versions[-1].number)
    published = at or datetime.now(UTC).replace(microsecond=0)
    released = releasing.release(programme, draft.planning, previous, at=published, notes=notes, revision=desk.revision)
    await write_down(desk.id, released, by)
    if draft.planning.contacts or await Letters.exists().where(Letters.event == desk.id):
        from .letters.digests import write_digests  # brings all renditions, which nobody needs whom nobody can reach

        upcoming = not releasing.over(released.event, published)
        await write_digests(desk, draft, previous, released, by, letters=letters and upcoming)
    before = previous.versions[-1].number if previous else None
    await desk.note(by, "release", _version(before), _version(released.versions[-1].number), "event", desk.slug)
    return released


async def write_down(event: int, programme: Programme, by: str) -> None:
    """A publication, which the public sees from now on."""
    version = programme.versions[-1]
    row = {
        "id": new_key(),
        "event": event,
        "version": version.number,
        "revision": version.revision,
        "published": version.published,
        "notes": version.notes,
        "by": by,
        "document": msgspec.json.encode(programme).decode(),
    }
    await database.insert(Releases, [row])
    await Events.update({Events.published: version.revision, Events.version: version.number}).where(Events.id == event)


def _version(number: int | None) -> str:
    return msgspec.json.encode({"version": number}).decode()
