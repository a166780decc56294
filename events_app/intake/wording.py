"""Single fields in the words of a file, as the programme keeps them; what had to be changed is noted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin

from ..language import gettext as _
from ..programme.model import Link
from . import markdown, text
from .oddities import Oddities

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def one_line(raw: str, where: str, oddities: Oddities) -> str:
    """A title or a name, cleaned, and cut where it is too long."""
    whole = text.line(raw)
    if len(whole) > text.LINE_LIMIT:
        oddities.note(where, _("a line has more than {n} characters; it was cut"), n=text.LINE_LIMIT)
    return text.shortened(whole, text.LINE_LIMIT)


def long_text(raw: str, where: str, oddities: Oddities) -> str:
    """A text, cleaned, as Markdown, and cut where it is too long."""
    whole = text.clean(raw)
    if len(whole) > text.TEXT_LIMIT:
        oddities.note(where, _("a text has more than {n:,} characters; it was cut"), n=text.TEXT_LIMIT)
        whole = text.shortened(whole, text.TEXT_LIMIT)
    return markdown.markdown(whole)


def language_of(raw: str, where: str, oddities: Oddities) -> str:
    """A language code; of several, the first."""
    stated = [word for word in re.split(r"[,;/\s]+", text.line(raw)) if word]
    fit = [word for word in stated if _LANGUAGE.fullmatch(word)]
    if len(stated) > len(fit):
        oddities.note(where, _("its language is not a code such as “en”; it was left out"))
    if len(fit) > 1:
        oddities.note(where, _("has several languages; the first was taken"))
    return fit[0] if fit else ""


def links(found: Iterable[tuple[str, str]], base: str, where: str, oddities: Oddities) -> tuple[Link, ...]:
    """Links as (address, label), those that can be followed; a relative one stands on `base`."""
    kept: dict[str, Link] = {}
    for address, label in found:
        whole = markdown.link_target(_absolute(text.line(address), base))
        if not whole:
            oddities.note(where, _("has a link that is no web address; it was left out"))
            continue
        words = one_line(label, where, oddities)
        kept.setdefault(whole, Link(url=whole, label="" if words == whole else words))
    return tuple(kept.values())


def colour(raw: str) -> str:
    plain = raw.strip().lower()
    return plain if _COLOUR.fullmatch(plain) else ""


def _absolute(address: str, base: str) -> str:
    try:
        return urljoin(base, address) if base else address
    except ValueError:
        return ""
