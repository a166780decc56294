"""Who sits together: a podium that is not all of one gender, where the house asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from ...language import gettext as _
from ..model import Role, SessionKind
from .finding import Case, Finding

_PODIUM = (SessionKind.DISCUSSION, SessionKind.ROUNDTABLE)
_ON_IT = (Role.PANELLIST, Role.SPEAKER, Role.KEYNOTE)


def mixed(case: Case) -> Iterator[Finding]:
    """A podium of two or more who have all said their gender, and the same one.

    While anybody has not said theirs, there is no finding: nothing is guessed. The finding names the session only.
    """
    if not case.rules.mixed_podium:
        return
    said = {contact.person: contact.gender.strip().casefold() for contact in case.planning.contacts}
    for session in case.on:
        if session.kind not in _PODIUM:
            continue
        people = {part.person for part in session.parts if part.role in _ON_IT}
        genders = {said.get(person, "") for person in people}
        if len(people) > 1 and len(genders) == 1 and "" not in genders:
            yield Finding(
                code="podium-not-mixed",
                severity="warning",
                sentence=_("The podium of %(session)s is not mixed, going by what those on it have chosen to say.")
                % {"session": case.session(session)},
                sessions=(session.code,),
            )
