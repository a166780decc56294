"""The very page that everybody will see of something, before it is saved."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import msgspec
from litestar import Response

from ...editing.together import Things
from ...programme.correction import Correction, corrected
from ...programme.lookup import index
from ...programme.model import Noun, Paper, PaperStatus, Person, Programme
from ...renditions import Site
from ..build import build
from ..errors import NoSuchPage
from ..organiser.previews import HEADERS
from ..pages import Asking
from .workspace import Mine


async def preview(request: Asking, mine: Mine, collection: str, code: str, wanted: Things) -> Response[bytes]:
    """The public page of one thing, as it would be with what is `wanted`."""
    after: Any = wanted.get((collection, code)) or mine.noun(collection, code)
    named = {key: value for (kind, key), value in wanted.items() if kind == "people" and value}
    programme = previewed(mine.draft.programme, mine.public, collection, after, named)
    asked = request.app.state.outputs.find(f"{collection}/{code}", "")
    site = Site(
        base=request.app.state.settings.base,
        build=build(),
        now=datetime.now(UTC),
        files=f"/speak/{mine.event.slug}/files",
    )
    body = asked and await asyncio.to_thread(asked.rendition.render, programme, site, asked.params)
    if body is None:
        raise NoSuchPage
    return Response(body, media_type="text/html", headers=HEADERS)


def previewed(
    draft: Programme, public: Programme | None, collection: str, after: Noun, named: dict[str, Any]
) -> Programme:
    """What is public with this thing as it is wanted: times and rooms stay those that everybody knows. Of what is not
    public yet, the draft without times and rooms. `named` are people who are added or changed along with it."""
    people = [named.get(person.code, person) for person in draft.people]
    people += [person for code, person in named.items() if code not in index(draft).people]
    before: Noun | None = getattr(index(public), collection).get(after.code) if public else None
    if public and before is not None:
        correction = Correction(collection, before, after)
        made = corrected(public, people, [correction], at=datetime.now(UTC), revision=0)
        return made or public
    return _drafted(draft, people, collection, after)


def _drafted(draft: Programme, people: list[Person], collection: str, after: Noun) -> Programme:
    if isinstance(after, Paper):
        after = msgspec.structs.replace(after, status=PaperStatus.ACCEPTED)  # so that there is a page to be seen
    things = {name: list(getattr(draft, name)) for name in ("papers", "panels", "showcases", "sessions")}
    things["people"] = people
    things[collection] = [after if noun.code == after.code else noun for noun in things[collection]]
    things["sessions"] = [msgspec.structs.replace(session, starts=None, room="") for session in things["sessions"]]
    return msgspec.structs.replace(draft, **{name: tuple(found) for name, found in things.items()})
