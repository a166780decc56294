"""Words that are put right after a release: what is public takes the new words and keeps its times and rooms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from .lookup import index
from .model import Noun, Panel, Paper, Person, Programme, Session, Showcase, Value
from .references import code_of
from .release import delisted, restamped

WORDS: dict[type[Value], tuple[str, ...]] = {
    Person: (
        "name", "sorts_as", "pronouns", "affiliation", "country", "biography", "orcid", "picture", "languages", "links",
    ),
    Paper: ("title", "abstract", "keywords", "language", "parts", "links", "files"),
    Panel: ("title", "abstract", "keywords", "links"),
    Session: ("title", "subtitle", "abstract", "language", "links", "files"),
    Showcase: (
        "title", "organisation", "home", "summary", "about", "outcome", "wish", "panels", "replies", "pictures",
        "parts", "links",
    ),
}  # fmt: skip
"""The fields that go out at once, by kind. All others change for the public with a release."""


class Correction(NamedTuple):
    """A thing of a collection before and after somebody put it right."""

    collection: str
    before: Noun
    after: Noun


def corrected(
    published: Programme,
    people: Sequence[Person],
    made: Iterable[Correction],
    *,
    at: datetime,
    revision: int,
    unlisted: Collection[str] = (),
) -> Programme | None:
    """What is public with the words that were put right; None where the public would see no difference.

    Of each thing only the fields that its author changed are taken: what organisers have changed of it besides and not
    released yet stays as it is in public, and so does what is not public. People who are named for the first time come
    along out of `people`, the draft's. Showcases that are `unlisted`, by their codes, are public no more. The version
    keeps its number and takes this `revision`; sequences stay (RFC 5545 §3.8.7.4: it is for what matters to attendees),
    and what says something new is stamped with `at`.
    """
    things: dict[str, dict[str, Noun]] = {}
    for correction in made:
        known: dict[str, Noun] = getattr(index(published), correction.collection)
        held = things.setdefault(correction.collection, {})
        public = held.get(correction.before.code) or known.get(correction.before.code)
        if public is not None and (fields := _reworded(published, correction)):
            held[public.code] = msgspec.structs.replace(public, **fields)
    worded = msgspec.structs.replace(
        published,
        **{
            name: tuple(held.get(noun.code, noun) for noun in getattr(published, name)) for name, held in things.items()
        },
    )
    if not index(published).showcases.keys().isdisjoint(unlisted):
        worded = delisted(worded, unlisted)
    if worded == published:
        return None
    worded = _peopled(worded, people)
    last = msgspec.structs.replace(published.versions[-1], revision=revision, corrected=at)
    return msgspec.structs.replace(
        worded, stamps=restamped(published, worded, at), versions=(*published.versions[:-1], last)
    )


def _reworded(published: Programme, correction: Correction) -> dict[str, Any]:
    """The fields that were put right, without mention of what is not public."""
    changed: dict[str, Any] = {}
    for name in WORDS.get(type(correction.after), ()):
        value = getattr(correction.after, name)
        if value != getattr(correction.before, name):
            changed[name] = value
    for name in changed.keys() & {"panels", "replies"}:
        changed[name] = tuple(item for item in changed[name] if code_of(item) in index(published).panels)
    return changed


def _peopled(worded: Programme, people: Sequence[Person]) -> Programme:
    """With those whom it names now, in the draft's order, and without those whom it names no more."""
    holders: tuple[Any, ...] = (*worded.sessions, *worded.cancelled, *worded.papers, *worded.panels, *worded.showcases)
    named = {part.person for holder in holders for part in holder.parts}
    known = index(worded).people
    drafted = {person.code for person in people}
    found = [known.get(person.code, person) for person in people]
    found += [person for person in worded.people if person.code not in drafted]
    return msgspec.structs.replace(worded, people=tuple(person for person in found if person.code in named))
