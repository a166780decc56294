"""What somebody has in the programme, in a line each: whoever is invited sees at once what it is about."""

from __future__ import annotations

from collections.abc import Iterator

from ...language import gettext as _
from ...programme.lookup import index
from ...programme.own import own
from ...reading import Draft


def yours(draft: Draft, person: str) -> list[str]:
    """Of a person (code), what they present, chair, take part in and show, as sentences in the language spoken."""
    return list(_lines(draft, person))


def _lines(draft: Draft, person: str) -> Iterator[str]:
    programme, look = draft.programme, index(draft.programme)
    theirs = own(programme, {person})
    for code in theirs.showcases:
        yield _("Your showcase “{title}”").format(title=look.showcases[code].title)
    for code in theirs.panels:
        yield _("The panel “{title}”, which you chair").format(title=look.panels[code].title)
    for code in theirs.papers:
        yield _("Your paper “{title}”").format(title=look.papers[code].title)
    for code in theirs.attended:
        session = look.sessions[code]
        if session.panel not in theirs.panels and any(part.person == person for part in session.parts):
            yield _("The session “{title}”").format(title=session.title)
