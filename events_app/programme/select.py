"""A slice of a programme is a programme again: what fits, and all that it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from .lookup import Index, day_of, index
from .model import CancelledHours, Panel, Paper, Part, Programme, Session, Showcase, Staffing, Value


def select(
    programme: Programme,
    *,
    day: date | None = None,
    room: str = "",
    track: str = "",
    panel: str = "",
    person: str = "",
    session: str = "",
    showcase: str = "",
    language: str = "",
) -> Programme:
    """The sessions that fit all that is asked (codes; None or empty: anything), and all that they refer to.

    Staffed hours fit by day, floor, showcase, and the person who staffs them; a showcase that is only referred to is
    there without its hours. Panels and papers fit by track, panel and person even where no session that fits has them:
    a panel comes with its tabled papers. A person is found wherever they have a part, or a paper of theirs a turn.
    The cancelled fit as the others do; event, stamps and versions stay. A code that nothing has gives an empty slice.
    """
    wanted = _Wanted(
        day=day,
        room=room,
        track=track,
        panel=panel,
        person=person,
        session=session,
        showcase=showcase,
        language=language,
    )
    return (
        programme if wanted == _Wanted() else _with_what_they_refer_to(programme, wanted, _fitting(programme, wanted))
    )


def languages(programme: Programme, session: Session) -> set[str]:
    """The languages spoken in a session: its own (`de, en` names two), else those of its papers."""
    own = session.language or ",".join(paper.language for paper, _, _ in index(programme).turns(session))
    return {name for name in (part.strip() for part in own.split(",")) if name}


class _Wanted(Value, frozen=True, kw_only=True):
    day: date | None = None
    room: str = ""
    track: str = ""
    panel: str = ""
    person: str = ""
    session: str = ""
    showcase: str = ""
    language: str = ""


def _fitting(programme: Programme, wanted: _Wanted) -> Programme:
    """What fits by itself, with references that may lead outside."""
    held = index(programme)
    return msgspec.structs.replace(
        programme,
        panels=tuple(panel for panel in programme.panels if _panel_fits(wanted, panel)),
        papers=tuple(paper for paper in programme.papers if _paper_fits(wanted, held, paper)),
        sessions=tuple(s for s in programme.sessions if _session_fits(wanted, held, s)),
        cancelled=tuple(s for s in programme.cancelled if _session_fits(wanted, held, s)),
        showcases=tuple(_showcases(programme, wanted)),
        cancelled_staffing=tuple(gone for gone in programme.cancelled_staffing if _gone_fits(programme, wanted, gone)),
    )


def _session_fits(wanted: _Wanted, held: Index, session: Session) -> bool:
    event = held.programme.event
    return (
        (not wanted.room or session.room == wanted.room)
        and (not wanted.track or wanted.track in (session.track, held.track_of(session)))
        and (not wanted.panel or session.panel == wanted.panel)
        and (not wanted.session or session.code == wanted.session)
        and (not wanted.showcase or session.showcase == wanted.showcase)
        and (not wanted.person or any(part.person == wanted.person for part in held.parts_in(session)))
        and (not wanted.day or (session.starts is not None and day_of(event, session.starts) == wanted.day))
        and (not wanted.language or wanted.language in languages(held.programme, session))
    )


def _panel_fits(wanted: _Wanted, panel: Panel) -> bool:
    return (
        bool(wanted.panel or wanted.person or wanted.track)
        and not (wanted.day or wanted.room or wanted.session or wanted.showcase or wanted.language)
        and (not wanted.panel or panel.code == wanted.panel)
        and (not wanted.track or panel.track == wanted.track)
        and (not wanted.person or _has_part(panel.parts, wanted.person))
    )


def _paper_fits(wanted: _Wanted, held: Index, paper: Paper) -> bool:
    panel = held.panels.get(paper.panel)
    return (
        bool(wanted.panel or wanted.person or wanted.track)
        and not (wanted.day or wanted.room or wanted.session or wanted.showcase)
        and (not wanted.panel or paper.panel == wanted.panel)
        and (not wanted.track or wanted.track in (paper.track, panel.track if panel and not paper.track else ""))
        and (not wanted.person or _has_part(paper.parts, wanted.person))
        and (not wanted.language or paper.language == wanted.language)
    )


def _showcases(programme: Programme, wanted: _Wanted) -> Iterator[Showcase]:
    """The showcases that fit, each with those of its hours that do."""
    if wanted.track or wanted.panel or wanted.session or wanted.language:
        return
    for showcase in programme.showcases:
        if (
            (not wanted.room or showcase.floor == wanted.room)
            and (not wanted.showcase or showcase.code == wanted.showcase)
            and (not wanted.person or _has_part(showcase.parts, wanted.person))
        ):
            hours = tuple(hours for hours in showcase.staffing if _on_day(programme, wanted, hours))
            if hours or not wanted.day:
                yield showcase if hours == showcase.staffing else msgspec.structs.replace(showcase, staffing=hours)


def _gone_fits(programme: Programme, wanted: _Wanted, gone: CancelledHours) -> bool:
    # who was to staff them is not known any more
    return (
        not (wanted.track or wanted.panel or wanted.session or wanted.language or wanted.person)
        and (not wanted.room or gone.floor == wanted.room)
        and (not wanted.showcase or gone.showcase == wanted.showcase)
        and _on_day(programme, wanted, gone.hours)
    )


def _on_day(programme: Programme, wanted: _Wanted, hours: Staffing) -> bool:
    return wanted.day is None or day_of(programme.event, hours.starts) == wanted.day


def _has_part(parts: Iterable[Part], person: str) -> bool:
    return any(part.person == person for part in parts)


def _with_what_they_refer_to(programme: Programme, wanted: _Wanted, fitting: Programme) -> Programme:
    """Adds what is referred to, a noun after those that refer to it."""
    sessions = (*fitting.sessions, *fitting.cancelled)
    papers = _codes(fitting.papers) | {turn.paper for s in sessions for turn in s.turns}
    shown_papers = tuple(paper for paper in programme.papers if paper.code in papers)
    showcases = _with_guests(programme, fitting, {s.showcase for s in sessions})
    panels = (
        _codes(fitting.panels)
        | {s.panel for s in sessions}
        | {paper.panel for paper in shown_papers}
        | {panel for showcase in showcases for panel in showcase.panels}
    )
    shown_panels = tuple(panel for panel in programme.panels if panel.code in panels)
    holders: tuple[Session | Paper | Panel | Showcase, ...] = (*sessions, *shown_papers, *shown_panels, *showcases)
    people = {wanted.person} | {part.person for holder in holders for part in holder.parts}
    rooms = {wanted.room} | {s.room for s in sessions} | {showcase.floor for showcase in showcases}
    rooms |= {gone.floor for gone in fitting.cancelled_staffing}
    themed: tuple[Session | Paper | Panel, ...] = (*sessions, *shown_papers, *shown_panels)
    tracks = {wanted.track} | {thing.track for thing in themed}
    return msgspec.structs.replace(
        fitting,
        papers=shown_papers,
        showcases=showcases,
        panels=shown_panels,
        people=tuple(person for person in programme.people if person.code in people),
        rooms=tuple(room for room in programme.rooms if room.code in rooms),
        tracks=tuple(track for track in programme.tracks if track.code in tracks),
    )


def _with_guests(programme: Programme, fitting: Programme, referred: set[str]) -> tuple[Showcase, ...]:
    """The showcases that fit, and without their hours those that are only referred to."""
    own = index(fitting).showcases
    return tuple(
        own.get(showcase.code) or msgspec.structs.replace(showcase, staffing=())
        for showcase in programme.showcases
        if showcase.code in own or showcase.code in referred
    )


def _codes(things: Iterable[Panel | Paper]) -> set[str]:
    return {thing.code for thing in things}
