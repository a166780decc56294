"""Why a change was not made. What each says is the sentence that the user reads."""

from __future__ import annotations

from typing import Any

from ..language import gettext as _
from ..reading import NotFound

__all__ = ["Conflict", "Dangling", "NotFound", "NotUndoable", "NothingNew", "Problem", "StillUsed"]


class Problem(Exception):
    """The change was refused, and nothing of it was made."""


class Conflict(Problem):
    """Somebody else has changed this meanwhile. `present` is what stands there now, `wanted` what was to stand there.

    Either is None where it is (or was to be) gone.
    """

    def __init__(self, noun: str, code: str, present: Any, wanted: Any) -> None:
        super().__init__(
            _("Somebody else has changed {noun} {code} meanwhile. Nothing of yours was saved yet.").format(
                noun=noun, code=code
            )
        )
        self.noun, self.code, self.present, self.wanted = noun, code, present, wanted


class Dangling(Problem):
    """It names something that is not there."""

    def __init__(self, noun: str, code: str, missing: str) -> None:
        super().__init__(
            _("{noun} {code} names “{missing}”, which is not there.").format(
                noun=noun.capitalize(), code=code, missing=missing
            )
        )


class StillUsed(Problem):
    """It is named elsewhere, so it cannot go."""

    def __init__(self, noun: str, code: str, users: str) -> None:
        super().__init__(
            _("{noun} {code} is still named by {users}, and so it stays.").format(
                noun=noun.capitalize(), code=code, users=users
            )
        )


class NothingNew(Problem):
    """A release would show the public nothing new."""

    def __init__(self, version: int) -> None:
        super().__init__(_("Nothing that the public sees has changed since version {n}.").format(n=version))


class NotUndoable(Problem):
    """What was done cannot be taken back from the log."""

    def __init__(self, what: str) -> None:
        super().__init__(_("“{what}” cannot be undone.").format(what=what))
