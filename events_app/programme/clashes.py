"""What an organiser should look at: clashes, broken rules of the house, unfinished work. Findings never forbid."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .checks import answers, gaps, papers, people, podium, rooms
from .checks.finding import Case, Finding, Severity
from .model import Programme
from .planning import Planning

__all__ = ["CHECKS", "Finding", "Severity", "all_findings", "findings"]

CHECKS: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    rooms.used_twice,
    people.needed_twice,
    people.nobody_left,
    papers.placed_twice,
    papers.outrun,
    answers.comes_not,
    answers.withdrawn_placed,
    gaps.dangling,
    people.too_far,
    people.away,
    rooms.too_small,
    rooms.closed,
    rooms.outside_the_days,
    papers.placed_nowhere,
    papers.placed_unaccepted,
    papers.without_chair,
    papers.without_discussant,
    papers.number_in_session,
    papers.number_of_person,
    podium.mixed,
    gaps.not_placed,
    gaps.without_room,
    gaps.without_people,
    gaps.without_abstract,
)
"""Every check, in the order in which an organiser reads what they find: errors, then warnings, then hints."""

_HOUSE_RULES = Planning()


def findings(programme: Programme, planning: Planning = _HOUSE_RULES) -> tuple[Finding, ...]:
    """What the checks find and nobody has accepted yet, in the language spoken."""
    quiet = {accepted.finding for accepted in planning.accepted}
    return tuple(finding for finding in all_findings(programme, planning) if finding.key not in quiet)


def all_findings(programme: Programme, planning: Planning = _HOUSE_RULES) -> tuple[Finding, ...]:
    """The same with the accepted ones. What is cancelled is not looked at.

    The time is near linear in the programme's size: one sweep over each room's and each person's things.
    """
    case = Case(programme, planning)
    return tuple(finding for check in CHECKS for finding in check(case))
