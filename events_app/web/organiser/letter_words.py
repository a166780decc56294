"""Letters in words: their kinds, how far each has come, and what can be done about it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ...editing.letters import Kind, Letter, State
from ...language import gettext as _
from ...language import ngettext


class Told(NamedTuple):
    """How far a letter has come: a word, the moment that it is about, and what there is to add."""

    state: str
    at: datetime | None
    more: str = ""


def kind_names() -> dict[Kind, str]:
    return {
        Kind.INVITATION: _("Invitation"),
        Kind.DIGEST: _("News of a release"),
        Kind.REMINDER: _("Reminder"),
        Kind.MESSAGE: _("Message"),
        Kind.SIGN_IN: _("Sign-in link"),
        Kind.ADDRESS: _("Change of address"),
    }


def state_names() -> dict[State, str]:
    return {
        State.HELD: _("held"),
        State.WAITING: _("waiting"),
        State.SENDING: _("being sent"),
        State.SENT: _("sent"),
        State.REFUSED: _("refused"),
        State.UNSURE: _("unsure"),
        State.DROPPED: _("dropped"),
    }


def told(letter: Letter, sends: bool, now: datetime) -> Told:
    match letter.state:
        case State.HELD:
            return Told(_("Held"), letter.created, _("until an organiser lets it go"))
        case State.WAITING if not sends:
            return Told(_("Waiting"), letter.created, _("this service sends none"))
        case State.WAITING if letter.attempts:
            tried = ngettext("tried %(num)d time", "tried %(num)d times", letter.attempts) % {"num": letter.attempts}
            return Told(_("Goes again"), letter.due, _("{tried}: {error}").format(tried=tried, error=letter.error))
        case State.WAITING if letter.due and letter.due > now:
            return Told(_("Goes"), letter.due)
        case State.WAITING:
            return Told(_("Goes now"), None)
        case State.SENDING:
            return Told(_("Being sent"), None)
        case State.SENT:
            return Told(_("Sent"), letter.sent)
        case State.REFUSED:
            return Told(_("Refused"), letter.due, letter.error)
        case State.UNSURE:
            return Told(_("Unsure"), letter.due, _("the mail server had it, and its answer was lost: it may be there"))
        case _:
            return Told(_("Dropped"), None, letter.error)


def again(letter: Letter) -> str:
    """What sending it again is called, where it can be."""
    match letter.state:
        case State.REFUSED:
            return _("Try again")
        case State.UNSURE:
            return _("Send it again, even if it comes twice")
        case _:
            return ""
