"""Letters as they would be written, for whoever looks before they go. Nothing is kept of them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ...language import gettext as _
from ...language import speaking
from ...programme.letter import Kind, Letter
from ...programme.missing import missing
from ...programme.model import Person
from ...programme.planning import Wording
from ...reading import Draft
from ...renditions.letters import Words, listed
from .words import words_of
from .writing import LINK_DAYS, about, drawn, spoken
from .yours import yours


def specimen(
    draft: Draft, kind: Kind, person: Person, own: Wording | None = None, changes: Sequence[str] = ()
) -> Letter:
    """What a letter of this kind would say to somebody, in `own` words or else in the event's.

    `changes` are what a digest tells of; without them, and where nothing is missing, an example stands in its place.
    """
    event = draft.programme.event
    with speaking(spoken(person, event)):
        words = Words(subject=own.subject, text=own.text, placeholders={}) if own else words_of(draft.planning, kind)
        number = draft.programme.version.number if draft.programme.version else 0
        values = {
            **about(draft, person),
            "days": str(LINK_DAYS),
            "parts": listed(yours(draft, person.code)),
            "missing": listed(missing(draft, person.code) or [_("“An example” has no abstract yet.")]),
            "changes": listed(changes or [_("“An example” is now on Tuesday at 09:00 in Room A.")]),
            "version": str(number + 1),
            "notes": "",
        }
        row = drawn(kind, words, values, person, "", "")
    return msgspec.convert(row, Letter)
