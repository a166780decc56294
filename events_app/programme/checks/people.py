"""People: needed in two places, with no time to walk, away, or missing where somebody has to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from ...language import gettext as _
from ...language import ngettext
from .. import wording
from ..model import Role, Span
from ..planning import Availability
from ..whereabouts import Cover, Need
from .finding import OFTEN, Case, Finding, Severity, codes, some
from .overlaps import Overlap, overlaps
from .rooms import covered


def needed_twice(case: Case) -> Iterator[Finding]:
    """A person in two places at once, in whatever parts: one finding for all that hangs together.

    Where that happens all the time, as with a crew that is named like a person, one finding says so.
    """
    for person, needs in case.whereabouts.needs.items():
        found = list(overlaps(needs, _span_of, lambda need: need.thing))
        if len(found) > OFTEN:
            yield _needed_everywhere(case, person, found)
        else:
            yield from (_needed_twice(case, person, overlap) for overlap in found)


def _needed_everywhere(case: Case, person: str, found: Sequence[Overlap[Need]]) -> Finding:
    needs = [need for overlap in found for need in overlap.things]
    sentence = _("%(who)s is needed in several places at once, %(n)d times from %(first)s to %(last)s: %(where)s.") % {
        "who": case.person(person),
        "n": len(found),
        "first": wording.moment(case.event, found[0].starts),
        "last": wording.moment(case.event, found[-1].ends),
        "where": some(list(dict.fromkeys(case.where(need) for need in needs))),
    }
    return _about(case, "person-twice", "error", sentence, person, needs)


def _needed_twice(case: Case, person: str, overlap: Overlap[Need]) -> Finding:
    first: dict[str, Need] = {}
    for need in overlap.things:
        first.setdefault(need.thing, need)
    needs = list(first.values())
    words = {
        "who": case.person(person),
        "n": len(needs),
        "when": wording.span(case.event, overlap.starts, overlap.ends),
        "where": some([case.where(need) for need in needs]),
    }
    if len({need.room for need in needs}) == 1 and needs[0].room:
        sentence = _("%(who)s is needed for several things at once on %(when)s: %(where)s.") % words
    elif len(needs) == 2:
        sentence = _("%(who)s is needed in two places on %(when)s: %(where)s.") % words
    else:
        sentence = _("%(who)s is needed in %(n)d places on %(when)s: %(where)s.") % words
    return _about(case, "person-twice", "error", sentence, person, needs)


def too_far(case: Case) -> Iterator[Finding]:
    """Too little time between the end in one building and the start in another."""
    for person, needs in case.whereabouts.needs.items() if case.rules.walk_minutes else ():
        for before, after in _one_after_the_other(needs):
            if after.starts - before.ends < walk(case, before.room, after.room):
                yield _too_far(case, person, before, after)


def walk(case: Case, there: str, here: str) -> timedelta:
    """The time that is allowed for the way between two rooms (codes): none within a building, or to one not known."""
    buildings = {case.building(there), case.building(here)}
    return timedelta(minutes=case.rules.walk_minutes if len(buildings) == 2 and "" not in buildings else 0)


def _one_after_the_other(needs: Sequence[Need]) -> Iterator[tuple[Need, Need]]:
    last: Need | None = None
    for need in needs:
        if last and last.ends <= need.starts:
            yield last, need
        if last is None or need.ends >= last.ends:
            last = need


def _too_far(case: Case, person: str, before: Need, after: Need) -> Finding:
    minutes = (after.starts - before.ends) // timedelta(minutes=1)
    sentence = _(
        "%(who)s has %(minutes)s on %(when)s to walk from %(from)s in %(there)s to %(to)s in %(here)s; "
        "%(wanted)d minutes are allowed for."
    ) % {
        "who": case.person(person),
        "minutes": ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes},
        "when": wording.span(case.event, before.ends, after.starts),
        "from": case.where(before),
        "there": case.building(before.room),
        "to": case.where(after),
        "here": case.building(after.room),
        "wanted": case.rules.walk_minutes,
    }
    return _about(case, "walk-too-short", "warning", sentence, person, (before, after))


def away(case: Case) -> Iterator[Finding]:
    """A person who is needed when they have said that they cannot be there, or not when they said they can."""
    for person in sorted(case.said):
        for need in case.whereabouts.needs.get(person, ()):
            if is_away(case.said[person], need.starts, need.ends):
                sentence = _("%(who)s is needed at %(where)s on %(when)s, but cannot be there then.") % {
                    "who": case.person(person),
                    "where": case.where(need),
                    "when": wording.span(case.event, need.starts, need.ends),
                }
                yield _about(case, "not-available", "warning", sentence, person, (need,))


def is_away(said: Sequence[Availability], starts: datetime, ends: datetime) -> bool:
    """Whether a person who has said this cannot be there for all of the time."""
    can = [Span(starts=span.starts, ends=span.ends) for span in said if span.can]
    if any(span.starts < ends and starts < span.ends for span in said if not span.can):
        return True
    return bool(can) and not covered(can, starts, ends)


def nobody_left(case: Case) -> Iterator[Finding]:
    """Where any of several people has to be (a panel's chairs, the hosts of a display), and all are elsewhere."""
    for cover in case.whereabouts.covers:
        if gap := left_alone(cover, case.whereabouts.needs):
            yield _nobody_left(case, cover, *gap)


def left_alone(cover: Cover, needs: Mapping[str, Sequence[Need]]) -> tuple[datetime, datetime] | None:
    """The first time in which none of those who can see to it is free, going by what else needs them."""
    gaps = [(cover.need.starts, cover.need.ends)]
    for person in cover.people:
        elsewhere = [n for n in needs.get(person, ()) if n.thing != cover.need.thing]
        gaps = [
            (max(starts, need.starts), min(ends, need.ends))
            for starts, ends in gaps
            for need in elsewhere
            if need.starts < ends and starts < need.ends
        ]
    return min(gaps, default=None)


def _nobody_left(case: Case, cover: Cover, starts: datetime, ends: datetime) -> Finding:
    words = {
        "who": some([case.person(person) for person in cover.people]),
        "where": case.where(cover.need),
        "when": wording.span(case.event, starts, ends),
    }
    if cover.role is Role.HOST:
        sentence = _("Nobody is left at the display %(where)s on %(when)s: %(who)s are all needed elsewhere.") % words
    elif cover.role is Role.CHAIR:
        sentence = _("Nobody is left to chair %(where)s on %(when)s: %(who)s are all needed elsewhere.") % words
    else:
        sentence = _("Nobody is left to discuss %(where)s on %(when)s: %(who)s are all needed elsewhere.") % words
    return Finding(
        code="nobody-left",
        severity="error",
        sentence=sentence,
        sessions=codes((cover.need.session,)),
        people=cover.people,
        rooms=codes((cover.need.room,)),
        showcases=codes((cover.need.showcase,)),
    )


def _span_of(need: Need) -> tuple[datetime, datetime]:
    return need.starts, need.ends


def _about(case: Case, code: str, severity: Severity, sentence: str, person: str, needs: Sequence[Need]) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        sentence=sentence,
        sessions=codes(need.session for need in needs),
        papers=codes(need.paper for need in needs),
        people=(person,),
        rooms=codes(need.room for need in needs if need.room in case.held.rooms),
        showcases=codes(need.showcase for need in needs),
    )
