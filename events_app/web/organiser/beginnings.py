"""A new event from a file: what it is called in addresses, when and where it is, where the file does not say so."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePath
from typing import Any, NamedTuple

import msgspec

from ...intake import Hints, Reading
from ...intake.codes import slug as slug_of
from ...intake.times import known_zone
from ...language import gettext as _
from ..forms import Entries
from ..uploads import Upload
from .workspace import one

LONGEST_DAYS = 366


class Naming(NamedTuple):
    """What stands in the form for a new event. Its name and its days are asked for where the file does not say them."""

    slug: str
    zone: str
    name: str
    first: str
    last: str
    asks_name: bool
    asks_days: bool


TYPED = ("slug", "zone", "name", "first", "last")
"""Of these, what somebody types."""


def said(form: Entries, hints: Hints) -> tuple[Hints, str]:
    """What somebody says of a new event, and what is wrong with that in a sentence."""
    zone = one(form, "zone").strip()
    days: dict[str, date | None] = {}
    for name in ("first", "last"):
        text = one(form, name).strip()
        try:
            days[name] = date.fromisoformat(text) if text else None
        except ValueError:
            return hints, _("“{said}” is no day such as 2029-03-25.").format(said=text[:40])
    first, last = days["first"] or days["last"], days["last"] or days["first"]
    if first and last and not 0 <= (last - first).days <= LONGEST_DAYS:
        return hints, _("The last day is before the first, or more than a year after it.")
    if zone and not known_zone(zone):
        return hints, _("There is no time zone “{zone}”.").format(zone=zone[:60])
    name = " ".join(one(form, "name").split())[:200]
    slug = one(form, "slug").strip()[:100]
    return msgspec.structs.replace(hints, slug=slug, zone=zone, name=name, first=first, last=last), ""


def naming(found: Reading, upload: Upload, zone: str, form: Entries | None) -> Naming:
    """What stands in the form for a new event: what was typed, was said before, is in the file, or may be guessed."""
    event, hints = found.programme.event, upload.hints
    unnamed = "name" in found.guessed and not hints.name
    guess = " ".join(re.sub(r"[_-]+", " ", PurePath(upload.name).stem).split())
    held = Naming(
        slug=hints.slug or (slug_of(guess) if unnamed else event.slug),
        zone=hints.zone or (zone if "zone" in found.guessed and zone else event.zone),
        name=hints.name or (guess if unnamed else event.name),
        first="" if found.undated else event.starts.isoformat(),
        last="" if found.undated else event.ends.isoformat(),
        asks_name=unnamed or bool(hints.name),
        asks_days=found.undated or bool(hints.first),
    )
    typed_: dict[str, Any] = {name: one(form, name) for name in TYPED if name in form} if form else {}
    return held._replace(**typed_)
