"""Which time zone a file's times are meant in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ..language import gettext as _
from . import text, times
from .oddities import Oddities
from .reading import Refused


def chosen_zone(stated: str, hinted: str, moments: Iterable[datetime], oddities: Oddities) -> str:
    """The stated zone, else the hinted one, else one that fits the offsets, else UTC; says what was not stated."""
    if zone := times.known_zone(stated):
        return zone
    if stated:
        oddities.note(_("the event"), _("there is no time zone “{zone}”"), zone=text.line(stated))
    if hinted:
        if zone := times.known_zone(hinted):
            if times.differ(zone, moments):
                oddities.note(
                    _("the event"),
                    _("the times in the file have other offsets from UTC than {zone} had then"),
                    zone=zone,
                )
            return zone
        raise Refused(
            _("there is no time zone “{zone}”.").format(zone=hinted),
            remedy=_("Give an IANA name such as Europe/London."),
        )
    if zone := times.zone_for(moments):
        oddities.note(
            _("the event"),
            _("no time zone stated; {zone} fits the times in the file; choose another with --zone or in the settings"),
            zone=zone,
        )
        return zone
    oddities.note(
        _("the event"), _("no time zone stated; times were taken as UTC; choose another with --zone or in the settings")
    )
    return "UTC"
