"""What kind of session a file's own word for it means."""

from __future__ import annotations

import re

from ..programme.model import Role, SessionKind

_WORDS = (
    (SessionKind.BREAK, r"break|lunch|coffee|registration|check-?in|breakfast|meals?|pause|mittagspause|kaffeepause"),
    (SessionKind.POSTERS, r"posters?"),
    (SessionKind.KEYNOTE, r"keynotes?|plenary|pl[ée]ni[èe]re"),
    (SessionKind.ROUNDTABLE, r"round-?\s?tables?|table ronde"),
    (SessionKind.DISCUSSION, r"podium|panels?|discussions?|debates?|diskussion"),
    (SessionKind.OPEN_SPACE, r"bofs?|birds of a feather|open[ -]spaces?|barcamp|unconference|self[ -]organi[sz]ed"),
    (
        SessionKind.WORKSHOP,
        r"\w*workshops?|tutorials?|hands-on|trainings?|ateliers?|sprints?|hackathon|codelabs?|class(es)?|educational",
    ),
    (SessionKind.SHOWCASE, r"showcases?|exhibition|exhibits?|sandbox"),
    (SessionKind.MEETING, r"meetings?|meet-?ups?|assembly|infodesk|office hours|reviews?|sitzung|treffen|networking"),
    (
        SessionKind.SOCIAL,
        r"social|party|concert|dj ?set|music|band|film|movie|games?|performance|theatre|entertainment|dinner|reception"
        r"|excursion|after hours|show",
    ),
    (SessionKind.PAPERS, r"papers?( session)?|paper presentations?|contributed"),
    (SessionKind.TALK, r"talks?|lectures?|vortrag|presentation|devroom|maintrack|lightning ?talks?|conf[ée]rence"),
)
_PATTERNS = tuple((kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _WORDS)
_BREAK_TITLE = re.compile(
    r"(?:(?:morning|afternoon|coffee|tea|lunch|dinner|bio|comfort|short)[ /&-]*)*"
    r"(?:breaks?|lunch|breakfast|coffee|tea|registration|registration & check-in|pause|mittagspause|kaffeepause"
    r"|d[ée]jeuner|pause caf[ée])(?: open)?",
    re.IGNORECASE,
)
ROLES = {
    SessionKind.KEYNOTE: Role.KEYNOTE,
    SessionKind.DISCUSSION: Role.PANELLIST,
    SessionKind.WORKSHOP: Role.FACILITATOR,
    SessionKind.ROUNDTABLE: Role.FACILITATOR,
    SessionKind.OPEN_SPACE: Role.FACILITATOR,
}
"""What those named at a session are there, where the file does not say. Elsewhere they are speakers."""


def kind_of(word: str, title: str = "", *, people: bool = True) -> SessionKind:
    """A file's word for a kind (our own words first), else what the title of something without people gives away."""
    plain = word.strip().lower().replace("_", "-")
    if plain in set(SessionKind):
        return SessionKind(plain)
    if not people and _BREAK_TITLE.fullmatch(title.strip()):
        return SessionKind.BREAK
    return next((kind for kind, pattern in _PATTERNS if pattern.search(word)), SessionKind.TALK)


def role_in(kind: SessionKind) -> Role:
    return ROLES.get(kind, Role.SPEAKER)
