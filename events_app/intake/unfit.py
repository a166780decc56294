"""Files that people bring by mistake because they belong to a programme: what each is, and what to bring instead."""

from __future__ import annotations

from ..language import gettext as _
from .fields import record, records
from .reading import Refused


def explain(opened: object) -> None:
    """Raises Refused for what is recognised; for all else does nothing."""
    entries = records(opened) or records(record(opened).get("results"))
    keys = set().union(*(entry.keys() for entry in entries[:20])) if entries else set()
    if {"fullName", "sessions"} <= keys:
        raise Refused(
            _("this is Sessionize’s “Speakers” view: people, but no sessions."),
            remedy=_("Bring the “All” view instead."),
        )
    if {"code", "name", "submissions"} <= keys:
        raise Refused(
            _("this is a list of speakers from pretalx: people, but no sessions."),
            remedy=_("Bring the list of talks, or the schedule.xml or schedule.json that pretalx exports."),
        )
    if isinstance(opened, dict) and isinstance(opened.get("results"), dict) and "ts" in opened:
        raise Refused(
            _("this is a timetable from Indico."), remedy=_("Put its contributions into the spreadsheet template.")
        )
    if isinstance(opened, dict) and opened.get("type") == "FeatureCollection":
        raise Refused(_("this is a map."), remedy=_("Bring the programme’s schedule.xml or schedule.json instead."))
