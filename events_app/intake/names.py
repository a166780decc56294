"""People's names."""

from __future__ import annotations

import re

_PARTICLE = re.compile(
    "'t|af|al|bin|da|dal|de|degli|dei|del|della|den|der|di|do|dos|du|e|el|la|le|ten|ter|thor|van|vom|von|y|zu|zum|zur"
)
_SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md", "obe", "mbe", "cbe"}
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")


def sorts_as(name: str) -> str:
    """`Clare Short` → `Short, Clare`; a lower-case particle belongs to the family name. A guess, as any of its kind."""
    words = _ASIDE.sub("", name).split()
    while len(words) > 2 and words[-1].lower().rstrip(",") in _SUFFIXES:
        words.pop()
    if len(words) < 2:
        return name
    first = len(words) - 1
    while first > 1 and _PARTICLE.fullmatch(words[first - 1]):
        first -= 1
    return f"{' '.join(words[first:])}, {' '.join(words[:first]).rstrip(',')}"
