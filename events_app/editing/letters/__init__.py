"""Letters to people: written in the transaction that causes them, and sent afterwards by `editing.post`."""

from __future__ import annotations

from ...programme.letter import Kind, Letter, State
from ...renditions.letters import Words, wordings
from .outbox import Gone, counts, drop, edit, hold, let_go, letter, letters, send_again, sign_in_letters
from .words import UnknownPlaceholder, reword, words_of
from .writing import ask_sign_in, invite, invite_member, message, remind

__all__ = [
    "Gone",
    "Kind",
    "Letter",
    "State",
    "UnknownPlaceholder",
    "Words",
    "ask_sign_in",
    "counts",
    "drop",
    "edit",
    "hold",
    "invite",
    "invite_member",
    "let_go",
    "letter",
    "letters",
    "message",
    "remind",
    "reword",
    "send_again",
    "sign_in_letters",
    "wordings",
    "words_of",
]
