"""Publishing: the draft as it stands becomes what the public sees, and is written down whole."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from .. import reading
from ..programme import release as releasing
from ..programme.model import Programme
from ..tables import database
from ..tables.columns import new_key
from ..tables.history import Releases
from ..tables.programme import Events
from .desk import at_desk
from .errors import NothingNew


async def release(slug: str, by: str, notes: str = "", *, at: datetime | None = None) -> Programme:
    """Publishes the draft as the next version, and answers it; `at` defaults to now, to the second.

    Raises NotFound, and NothingNew where the public would see no difference.
    """
    async with at_desk(slug, by, "release") as desk:
        draft = await reading.draft_of(desk.row)
        previous = await reading.published(slug)
        if releasing.unchanged(draft.programme, draft.planning, previous):
            assert previous is not None
            raise NothingNew(previous.versions[-1].number)
        published = at or datetime.now(UTC).replace(microsecond=0)
        programme = releasing.release(
            draft.programme, draft.planning, previous, at=published, notes=notes, revision=desk.revision
        )
        await _write_down(desk.id, programme, by)
        before = previous.versions[-1].number if previous else None
        await desk.note(by, "release", _version(before), _version(programme.versions[-1].number), "event", slug)
    return programme


async def _write_down(event: int, programme: Programme, by: str) -> None:
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
