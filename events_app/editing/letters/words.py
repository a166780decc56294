"""An event's own words for a kind of letter."""

from __future__ import annotations

from collections.abc import Collection

from ...language import gettext as _
from ...programme.letter import Kind
from ...programme.planning import Planning, Wording
from ...renditions.letters import Words, unknown, wordings
from ..desk import at_desk
from ..errors import Conflict, Problem


class UnknownPlaceholder(Problem):
    """The words hold a placeholder that this kind of letter does not understand, or not there."""

    def __init__(self, names: list[str], known: list[str]) -> None:
        words = _(
            "This letter knows nothing of {names}. It understands {known}. A brace that is meant is written \\{{."
        )
        if not set(names) - set(known):
            words = stands_alone()
        super().__init__(words.format(names=_braced(names), known=_braced(known)))
        self.names = tuple(names)


def words_of(planning: Planning, kind: Kind) -> Words:
    """The event's words for a kind of letter, or else ours, in the language spoken."""
    ours = wordings()[kind]
    own = next((wording for wording in planning.wordings if wording.letter == kind), None)
    return Words(subject=own.subject, text=own.text, placeholders=ours.placeholders) if own else ours


async def reword(slug: str, kind: Kind, words: Wording | None, by: str, *, seen: Wording | None) -> None:
    """Gives a kind of letter the event's own words; None: ours again. Letters that are written already stay.

    `seen` is what its author had before them, None for ours: raises Conflict if it is another by now. Raises
    UnknownPlaceholder.
    """
    if words is not None:
        understood(kind, words.subject, words.text)
    async with at_desk(slug, by, "revise") as desk:
        kept = await desk.found("wordings", kind)
        present = kept.value if kept else None
        if present not in (seen, words):
            raise Conflict("wordings", kind, present, words)
        await desk.lay("wordings", kind, words)


def understood(kind: Kind, *texts: str) -> None:
    """Raises UnknownPlaceholder where a text holds one."""
    understands(wordings()[kind].placeholders, *texts)


def understands(known: Collection[str], *texts: str) -> None:
    """Raises UnknownPlaceholder where a text holds one that is not known."""
    if names := [name for text in texts for name in unknown(text, known)]:
        raise UnknownPlaceholder(names, list(known))


def stands_alone() -> str:
    """Where the link can stand."""
    return _("{{link}} has to stand by itself: after a space, or as the whole address in [words]({{link}}).")


def _braced(names: list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
