"""Why a change was not made. What each says is the sentence that the user reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..language import gettext as _
from ..reading import NotFound

__all__ = [
    "Conflict",
    "Dangling",
    "MovedOn",
    "NotFound",
    "NotUndoable",
    "NothingNew",
    "NothingPublished",
    "Problem",
    "StillUsed",
]


MANY = 5
"""So many things are named in one sentence; more are counted."""


class Problem(Exception):
    """The change was refused, and nothing of it was made."""


class Conflict(Problem):
    """Somebody else has changed this meanwhile. `present` is what stands there now, `wanted` what was to stand there.

    Either is None where it is (or was to be) gone.
    """

    def __init__(self, noun: str, code: str, present: Any, wanted: Any) -> None:
        words = _("Somebody else has changed the {noun} {code} meanwhile; nothing was saved over it.")
        super().__init__(words.format(noun=noun_name(noun), code=code))
        self.noun, self.code, self.present, self.wanted = noun, code, present, wanted


class Dangling(Problem):
    """It names something that is not there."""

    def __init__(self, noun: str, code: str, missing: str) -> None:
        words = _("The {noun} {code} names “{missing}”, which is not there.")
        super().__init__(words.format(noun=noun_name(noun), code=code, missing=missing))


class StillUsed(Problem):
    """It is named elsewhere, so it cannot go. `users` are what names it: kind and code."""

    def __init__(self, noun: str, code: str, users: Sequence[tuple[str, str]]) -> None:
        words = _("The {noun} {code} is still named by {users}; it stays until they name it no more.")
        named = ", ".join(f"{noun_name(kind)} {user}" for kind, user in users[:MANY])
        if len(users) > MANY:
            named = _("{users} and {n} more").format(users=named, n=len(users) - MANY)
        super().__init__(words.format(noun=noun_name(noun), code=code, users=named))
        self.users = tuple(users)


class MovedOn(Problem):
    """The draft has changed since its author looked at it."""

    def __init__(self) -> None:
        super().__init__(_("Somebody changed the draft while this page was open."))


class NothingPublished(Problem):
    """One change cannot be published alone before there is anything that is public."""

    def __init__(self) -> None:
        super().__init__(_("Nothing is public yet: release the whole programme first."))


class NothingNew(Problem):
    """A release would show the public nothing new."""

    def __init__(self, version: int) -> None:
        super().__init__(_("Nothing that the public sees has changed since version {n}.").format(n=version))


class NotUndoable(Problem):
    """What was done cannot be taken back from the log."""

    def __init__(self, what: str) -> None:
        super().__init__(_("“{what}” cannot be undone.").format(what=what))


def noun_name(kind: str) -> str:
    """What a reader calls one thing of a kind of `desk.KINDS`."""
    return {
        "event": _("event"),
        "rules": _("rules of the house of"),
        "rooms": _("room"),
        "tracks": _("track"),
        "people": _("person"),
        "panels": _("panel"),
        "showcases": _("showcase"),
        "papers": _("paper"),
        "sessions": _("session"),
        "contacts": _("contact of"),
        "availability": _("availability of"),
        "expected": _("expected number of"),
        "needs": _("needs of"),
        "accepted": _("accepted finding"),
        "wishes": _("wishes of"),
        "answers": _("answer of"),
        "requests": _("request"),
        "offers": _("offer"),
        "wordings": _("wording of the letter"),
        "letters": _("letter"),
    }[kind]
