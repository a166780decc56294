"""An event as the start of its next edition."""

from __future__ import annotations

import re
from typing import Any

from litestar import Response
from litestar.params import FromPath

from ...editing.copies import TAKEN_OVER, NameTaken, copy_event
from ...language import gettext as _
from ...language import ngettext
from ...programme.model import Event
from ...reading import Draft
from ..forms import Entries, Field, Group, Wrong, filled, read
from ..forms.inputs import Checked, Line, Several
from ..pages import Asking
from ..rights import account
from .event_fields import Day
from .workspace import draft_of, show, to, typed

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,59}")


async def form(request: Asking, event: FromPath[str]) -> Response[bytes]:
    draft = await draft_of(request, event)
    return _form(request, draft, filled(_fields(draft, request), _proposed(draft.programme.event)))


async def make(request: Asking, event: FromPath[str]) -> Response[Any]:
    draft = await draft_of(request, event)
    typed_ = await typed(request)
    held, wrong = read(_fields(draft, request), typed_, None)
    if not wrong:
        take = frozenset(held["take"])
        try:
            await copy_event(event, held["slug"], held["name"], held["starts"], account(request).email, take=take)
            return to(f"/organise/{held['slug']}/?done=copied")
        except NameTaken as taken:
            wrong.say("slug", str(taken))
    return _form(request, draft, typed_, wrong)


def _fields(draft: Draft, request: Asking) -> tuple[Field, ...]:
    return tuple(field for group in _groups(draft, request) for field in group.fields)


def _groups(draft: Draft, request: Asking) -> tuple[Group, ...]:
    days = (draft.programme.event.ends - draft.programme.event.starts).days + 1
    length = ngettext("It lasts {n} day, as this one does.", "It lasts {n} days, as this one does.", days)
    kept_free: frozenset[str] = request.app.state.kept_free

    def slug(text: str) -> str:
        if not _SLUG.fullmatch(text):
            raise ValueError(_("Use small letters from a to z, digits and “-”, such as conference-2029."))
        if text in kept_free:
            raise ValueError(_("The service needs this name itself. Choose another."))
        return text

    return (
        Group(
            _("The new one"),
            (
                Field("name", _("Name"), Line(required=True)),
                Field("slug", _("Short name"), Checked(slug, required=True),
                      _("Its address for ever: small letters, digits and “-”."), wide=False),
                Field("starts", _("First day"), Day(), length.format(n=days), wide=False),
            ),
        ),
        Group(_("What to take over"), (Field("take", _("From this one"), Several(_choices(draft))),)),
    )  # fmt: skip


def _choices(draft: Draft) -> list[tuple[str, str]]:
    held = draft.programme
    words = {
        "rooms": _("{n} rooms, with their opening hours on the new days").format(n=len(held.rooms)),
        "tracks": _("{n} tracks").format(n=len(held.tracks)),
        "texts": _("{n} texts in front and back").format(n=len(held.event.front) + len(held.event.back)),
        "rules": _("the rules of the house"),
        "panels": _("{n} panels with their chairs, without papers and sessions").format(n=len(held.panels)),
        "members": _("all members with their rights"),
    }
    return [(name, words[name]) for name in TAKEN_OVER]


def _proposed(event: Event) -> dict[str, Any]:
    """The same a year later, on the same day of the week."""
    year = str(event.starts.year)
    later = event.starts.toordinal() + 364
    starts = event.starts.fromordinal(later)
    named = event.name.replace(year, str(starts.year))
    slug = event.slug.replace(year, str(starts.year))
    return {
        "name": named,
        "slug": slug if slug != event.slug else f"{event.slug}-{starts.year}",
        "starts": starts,
        "take": [name for name in TAKEN_OVER if name != "panels"],
    }


def _form(request: Asking, draft: Draft, entries: Entries, wrong: Wrong | None = None) -> Response[bytes]:
    groups = _groups(draft, request)
    labels = {field.name: field.label for group in groups for field in group.fields}
    wrong = wrong or Wrong()
    return show(
        request,
        "settings/copy",
        draft,
        status=422 if wrong else 200,
        title=_("Next edition"),
        groups=groups,
        typed=entries,
        wrong=wrong,
        summary=[(control, labels.get(control, ""), sentence) for control, sentence in wrong.items()],
    )
