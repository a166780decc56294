"""What a letter is: to whom, what it says, and how far it has come."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from .model import Value


class Kind(StrEnum):
    SIGN_IN = "sign-in"
    INVITATION = "invitation"
    DIGEST = "digest"  # what a release changed for its reader
    REMINDER = "reminder"  # of what is still missing
    MESSAGE = "message"  # from organisers or chairs
    ADDRESS = "address"  # to the address at which somebody wants to be reached


class State(StrEnum):
    HELD = "held"  # until an organiser lets it go
    WAITING = "waiting"  # goes when it is due
    SENDING = "sending"  # handed to the server, which has not answered yet
    SENT = "sent"
    REFUSED = "refused"  # by the server, for good
    UNSURE = "unsure"  # handed over, and nobody heard the answer: never sent again by itself
    DROPPED = "dropped"

    @property
    def unsent(self) -> bool:
        """Whether it is still ours to change."""
        return self in (State.HELD, State.WAITING)


class Letter(Value, frozen=True, kw_only=True):
    """One message to one address.

    `text` is Markdown, as it will be sent, with `{link}` where its reader's link goes: that is made when it is sent.
    `calendar` is an iCalendar object or empty. A digest tells what changed from version `since` (0: nothing was told
    before) to `version`. `person` is a code, empty for who is nobody in the programme; `error` the server's words.
    """

    id: int
    kind: Kind
    person: str
    email: str
    name: str
    language: str
    subject: str
    text: str
    state: State
    created: datetime
    by: str = ""
    calendar: str = ""
    error: str = ""
    attempts: int = 0
    due: datetime | None = None
    sent: datetime | None = None
    since: int = 0
    version: int = 0
    message: str = ""  # its Message-ID
