"""Pictures and attachments that people bring: made harmless, kept with the event by a hash of their bytes, pruned."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from piccolo.query.functions.aggregate import Sum

from .. import reading
from ..intake import Refused
from ..intake.media import PICTURE, SLIDES, TEXTS, Cut
from ..language import gettext as _
from ..programme.lookup import index
from ..programme.model import Attachment, Picture
from ..tables import database
from ..tables.columns import new_key
from ..tables.history import Log, Releases
from ..tables.letters import Files
from . import quarantine

GRACE = timedelta(days=30)
"""For so long a file that nothing names any more can be brought back from the history."""


MOST_OF_ONE = 400 * 2**20
"""Bytes that one person may have brought of their own to an event, with what they have taken away since and is kept."""


async def room_for(slug: str, size: int, by: str) -> None:
    """Raises Refused where somebody has brought so much already that so many bytes more are too many."""
    mine = (Files.event.slug == slug) & (Files.by == by)
    rows = await Files.select(Sum(Files.size)).where(mine)
    if (rows[0]["sum"] or 0) + size > MOST_OF_ONE:
        raise Refused(
            _("your files have more than {most} MB together, with those that you took away lately.").format(
                most=MOST_OF_ONE >> 20
            ),
            remedy=_("Make them smaller, or ask the organisers to bring this one."),
        )


async def take_picture(
    slug: str, data: bytes, by: str, *, largest: int = 1600, cut: Cut = Cut.WHOLE, alt: str = "", url: str = ""
) -> Picture:
    """Makes a picture harmless and keeps it; answers what a programme says of it. Raises Refused and NotFound."""
    drawn = await quarantine.picture(data, largest=largest, cut=cut)
    key = await keep(slug, drawn.data, PICTURE, by)
    return Picture(key=key, width=drawn.width, height=drawn.height, alt=alt, url=url)


async def take_attachment(
    slug: str, data: bytes, name: str, by: str, *, texts: bool = False, label: str = ""
) -> Attachment:
    """Makes slides, or with `texts` also a whole paper, harmless and keeps them. Raises Refused and NotFound."""
    made = await quarantine.attachment(data, name, taken=TEXTS if texts else SLIDES)
    key = await keep(slug, made.data, made.media, by)
    return Attachment(key=key, name=made.name, media=made.media, size=len(made.data), label=label)


async def keep(slug: str, data: bytes, media: str, by: str) -> str:
    """Keeps bytes that are harmless, and answers their key. The same bytes are kept once. Raises NotFound."""
    key = sha256(data).hexdigest()
    async with database.engine().transaction(allow_nested=False):
        row = await reading.event_row(slug, lock=True)
        mine = (Files.event == row["id"]) & (Files.name == key)
        if await Files.exists().where(mine):
            await Files.update({Files.since: datetime.now(UTC)}).where(mine)  # its grace begins anew
        else:
            await _insert(row["id"], key, data, media, by)
    return key


async def bring_along(old: int, new: int, keys: Collection[str], by: str) -> None:
    """Keeps files of one event with another too; both are keys of events. One file at a time is in memory."""
    for key in sorted(set(keys)):
        rows = await Files.select(Files.data, Files.media).where(Files.event == old, Files.name == key)
        if rows and not await Files.exists().where(Files.event == new, Files.name == key):
            await _insert(new, key, rows[0]["data"], rows[0]["media"], by)


async def _insert(event: int, key: str, data: bytes, media: str, by: str) -> None:
    row = {"id": new_key(), "event": event, "name": key, "media": media, "size": len(data), "data": data, "by": by,
           "since": datetime.now(UTC)}  # fmt: skip
    await database.insert(Files, [row])


async def prune(slug: str, *, at: datetime | None = None, grace: timedelta = GRACE) -> int:
    """Lets go of files that neither the draft nor anything that was published names, and that no line of the log of
    the last `grace` names either; answers how many. With no grace at all the history no longer brings them back.
    Raises NotFound.
    """
    before = (at or datetime.now(UTC)) - grace
    async with database.engine().transaction(allow_nested=False):
        row = await reading.event_row(slug, lock=True)
        rows = await Files.select(Files.name).where(Files.event == row["id"], Files.since <= before)
        if not rows:
            return 0
        named = index((await reading.draft_of(row)).programme).files
        gone = [
            key
            for key in (row["name"] for row in rows)
            if key not in named and not await _told_of(row["id"], key, before)
        ]
        for key in gone:
            await Files.delete().where(Files.event == row["id"], Files.name == key)
    return len(gone)


async def _told_of(event: int, key: str, since: datetime) -> bool:
    """Whether anything that was published names it, or the log since then."""
    text = f'%"{key}"%'
    if await Releases.exists().where(Releases.event == event, Releases.document.like(text)):
        return True
    recent = (Log.event == event) & (Log.at >= since)
    return bool(await Log.exists().where(recent & (Log.before.like(text) | Log.after.like(text))))
