"""A paper's own words, its authors, and who of them presents it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from litestar import Response
from litestar.params import FromPath

from ...editing.together import Things
from ...language import gettext as _
from ...programme.model import Paper, Part, Role
from ..forms import Field, Group
from ..organiser import sheets
from ..organiser.fields import World, fields, named
from ..organiser.sheets import Values
from ..pages import Asking
from . import forms
from .asking import asks
from .fellows import Fellow, Fellows, fellows
from .forms import Sheet
from .workspace import Mine


async def form(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[bytes]:
    return await forms.form(request, event, lambda mine: sheet(mine, code))


async def save(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[Any]:
    return await forms.save(request, event, lambda mine: sheet(mine, code))


def sheet(mine: Mine, code: str) -> Sheet:
    paper = mine.noun("papers", code)
    assert isinstance(paper, Paper)
    given = fields("papers", World(mine.draft))
    authored = {part.person for part in paper.parts if part.role is Role.AUTHOR} & set(mine.own.people)
    authors = Fellows(
        mine.draft.programme, mine.public, mine.draft.planning, presenting=True, there=paper.parts, own=authored
    )
    rules = mine.draft.planning.rules
    return Sheet(
        "papers",
        code,
        paper.title,
        (
            Group(_("The paper"), named(given, ("title", "abstract", "keywords", "language"))),
            Group(_("Who wrote it"), (Field("authors", _("Authors, in their order"), authors),)),
            Group(_("Links"), named(given, ("links",))),
        ),
        sheets.things(mine.draft, "papers", code),
        take,
        lambda seen, held: put(code, authors, seen, held),
        most={"abstract": rules.abstract_words},
        template="paper",
        more={"paper": paper, "asks": asks(mine, "papers", code)},
    )


def take(seen: Things) -> Values:
    """A paper's fields, with its authors as one list instead of parts."""
    held = sheets.values("papers", seen)
    return held | {"authors": authors_of(held["parts"])}


def put(code: str, authors: Fellows, seen: Things, held: Values) -> Things:
    base = take(seen)
    parts = held["parts"]
    if held["authors"] != base["authors"]:
        parts = parts_of(parts, held["authors"])
    return {**sheets.wanted("papers", code, seen, held | {"parts": parts}), **authors.added()}


def authors_of(parts: Sequence[Part]) -> tuple[Fellow, ...]:
    """In their order. Where nobody is said to present, the first author does."""
    presenting = {part.person for part in parts if part.role is Role.PRESENTER}
    first = next((part.person for part in parts if part.role is Role.AUTHOR), "")
    return fellows(parts, Role.AUTHOR, lambda person: person in presenting or (not presenting and person == first))


def parts_of(before: Sequence[Part], authors: Sequence[Fellow]) -> tuple[Part, ...]:
    """The parts with these authors. Who presents without being an author stays; so do all other roles."""
    were = {part.person for part in before if part.role is Role.AUTHOR}
    known = {part.person: part for part in before if part.role is Role.PRESENTER}
    others = [part for code, part in known.items() if code not in were]
    ticked = [author.person for author in authors if author.presents]
    implied = not known and ticked in ([], [author.person for author in authors[:1]])
    presenters = [] if implied else [known.get(code) or Part(person=code, role=Role.PRESENTER) for code in ticked]
    written = [Part(person=a.person, role=Role.AUTHOR, affiliation=a.affiliation) for a in authors]
    rest = [part for part in before if part.role not in (Role.AUTHOR, Role.PRESENTER)]
    return (*written, *presenters, *others, *rest)
