"""Work that is not finished: things that refer to nothing, have no time, no room, nobody, no words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import cast

from ...language import gettext as _
from ...language import ngettext
from ..changes import title_of
from ..model import COLLECTIONS, Noun, PaperStatus, Session, SessionKind
from ..references import Pointer, pointers
from .finding import Case, Finding, codes, some, titles

_MANNED = (SessionKind.KEYNOTE, SessionKind.DISCUSSION, SessionKind.TALK, SessionKind.WORKSHOP, SessionKind.ROUNDTABLE)
_ANYWHERE = (SessionKind.BREAK, SessionKind.SOCIAL)


def dangling(case: Case) -> Iterator[Finding]:
    """References to what is not there; a release drops them."""
    held = {name: {thing.code for thing in getattr(case.programme, name)} for name in COLLECTIONS}
    for name in COLLECTIONS:
        for thing in cast("tuple[Noun, ...]", getattr(case.programme, name)):
            if lost := [pointer for pointer in pointers(thing) if pointer.code not in held[pointer.collection]]:
                yield _dangling(name, thing, lost)


def _dangling(name: str, thing: Noun, lost: Sequence[Pointer]) -> Finding:
    what = {
        "rooms": _("the room %(code)s"),
        "tracks": _("the track %(code)s"),
        "people": _("the person %(code)s"),
        "panels": _("the panel %(code)s"),
        "showcases": _("the showcase %(code)s"),
        "papers": _("the paper %(code)s"),
    }
    named = some([what[pointer.collection] % {"code": pointer.code} for pointer in dict.fromkeys(lost)])
    fields = {name: (thing.code,)}
    return Finding(
        code="missing",
        severity="error",
        sentence=_("“%(title)s” names %(what)s, which the programme does not have.")
        % {"title": title_of(thing), "what": named},
        **fields,
    )


def not_placed(case: Case) -> Iterator[Finding]:
    yield from _together(
        "not-placed",
        [session for session in case.on if not session.starts],
        lambda n: ngettext(
            "A session has no time yet: %(titles)s.",
            "%(n)d sessions have no time yet: %(titles)s.",
            n,
        ),
    )


def without_room(case: Case) -> Iterator[Finding]:
    yield from _together(
        "no-room",
        [session for session in case.placed if not session.room and session.kind not in _ANYWHERE],
        lambda n: ngettext(
            "A session has a time but no room: %(titles)s.",
            "%(n)d sessions have a time but no room: %(titles)s.",
            n,
        ),
    )


def without_people(case: Case) -> Iterator[Finding]:
    """Sessions of a kind that somebody holds, in which nobody is named."""
    empty = [s for s in case.on if s.kind in _MANNED and not any(case.held.parts_in(s))]
    yield from _together(
        "nobody-named",
        empty,
        lambda n: ngettext(
            "Nobody is named in a session: %(titles)s.",
            "Nobody is named in %(n)d sessions: %(titles)s.",
            n,
        ),
    )


def _together(code: str, sessions: Sequence[Session], sentence: Callable[[int], str]) -> Iterator[Finding]:
    if sessions:
        words = {"n": len(sessions), "titles": titles(s.title for s in sessions)}
        yield Finding(
            code=code,
            severity="hint",
            sentence=sentence(len(sessions)) % words,
            sessions=codes(s.code for s in sessions),
        )


def without_abstract(case: Case) -> Iterator[Finding]:
    papers = [paper for paper in case.programme.papers if paper.status is PaperStatus.ACCEPTED and not paper.abstract]
    if papers:
        yield Finding(
            code="no-abstract",
            severity="hint",
            sentence=ngettext(
                "An accepted paper has no abstract: %(titles)s.",
                "%(n)d accepted papers have no abstract: %(titles)s.",
                len(papers),
            )
            % {"n": len(papers), "titles": titles(paper.title for paper in papers)},
            papers=codes(paper.code for paper in papers),
        )
