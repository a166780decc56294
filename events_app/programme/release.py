"""From the draft to what the public gets: what is left out, and what calendars must be told of each entry."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple, TypeVar

import msgspec

from .changes import changes, room_name, slot_of, staffed_slot
from .lookup import index, zone
from .model import (
    COLLECTIONS,
    CancelledHours,
    Event,
    Noun,
    Part,
    Programme,
    Room,
    Session,
    Showcase,
    Slot,
    Staffing,
    Stamp,
    Version,
    stamp_key,
)
from .planning import Needs, Planning
from .references import FIELDS, REFERENCES, Reference, code_of, referred_to

Kind = TypeVar("Kind", bound=Noun)


def release(
    draft: Programme,
    planning: Planning,
    previous: Programme | None,
    *,
    at: datetime,
    notes: str,
    revision: int,
) -> Programme:
    """What the public gets of a draft, as the version after `previous` (None: as the first), published `at`.

    Left out are sessions without a time, papers in reserve or withdrawn, showcases whose hosts did not agree to be
    listed, pictures of those who did not agree to be pictured, people who have no part in what remains, and every
    reference to something that is not there. What was public before and is gone or cancelled now is among the cancelled
    until the event is over. See `Stamp` for what calendars are told.
    """
    public = _public(draft, planning, previous, at)
    return msgspec.structs.replace(
        public,
        stamps=restamped(previous, public, at),
        versions=_versions(previous, public, at=at, notes=notes, revision=revision),
    )


def upcoming(draft: Programme, planning: Planning, previous: Programme | None, at: datetime) -> Programme:
    """What the public would get of a draft if it were released now, but for what a release notes of itself: stamps, and
    the new version."""
    earlier = previous.versions if previous else ()
    return msgspec.structs.replace(_public(draft, planning, previous, at), versions=earlier)


def unchanged(draft: Programme, planning: Planning, previous: Programme | None) -> bool:
    """Whether a release of this draft would show the public nothing new."""
    if previous is None:
        return False
    published = msgspec.structs.replace(previous, stamps={}, versions=())
    # as of the moment of the last release: that time passes, and the cancelled are forgotten, is no news
    return _public(draft, planning, previous, previous.versions[-1].published) == published


def public(draft: Programme, planning: Planning) -> Programme:
    """What a first release would show of a draft: without stamps, versions, and what was cancelled."""
    return _public(draft, planning, None, datetime.min.replace(tzinfo=UTC))


def restamped(previous: Programme | None, public: Programme, at: datetime) -> dict[str, Stamp]:
    """The stamps of all that is and ever was public; those of the past stay, so that no sequence ever falls."""
    stamps = dict(previous.stamps) if previous else {}
    before = _entries(previous) if previous else {}
    for key, entry in _entries(public).items():
        stamps[key] = _stamp(stamps.get(key), before.get(key), entry, at)
    return dict(sorted(stamps.items()))


def pictured(showcase: Showcase, needs: Needs | None) -> Showcase:
    """The showcase with pictures only where its hosts have agreed to be pictured."""
    if not showcase.pictures or (needs and needs.pictured):
        return showcase
    return msgspec.structs.replace(showcase, pictures=())


def delisted(public: Programme, showcases: Collection[str]) -> Programme:
    """What is public without these showcases, whose hosts do not want to be listed any more: without whom only they
    name, and without their staffed hours among the cancelled."""
    return _tidy(
        msgspec.structs.replace(
            public,
            showcases=tuple(show for show in public.showcases if show.code not in showcases),
            cancelled_staffing=tuple(gone for gone in public.cancelled_staffing if gone.showcase not in showcases),
        )
    )


def over(event: Event, at: datetime) -> bool:
    """Whether the event's last conference day has passed."""
    midnight = datetime.combine(event.ends + timedelta(days=1), time(), tzinfo=zone(event))
    return at >= midnight + timedelta(minutes=event.day_change)


def _public(draft: Programme, planning: Planning, previous: Programme | None, at: datetime) -> Programme:
    needs = {needs.showcase: needs for needs in planning.needs}
    unlisted = {code for code, needed in needs.items() if not needed.listed}
    shown = msgspec.structs.replace(
        draft,
        sessions=tuple(s for s in draft.sessions if s.starts and not s.cancelled),
        papers=tuple(paper for paper in draft.papers if paper.status.public),
        showcases=tuple(pictured(show, needs.get(show.code)) for show in draft.showcases if show.code not in unlisted),
        cancelled=(),
        cancelled_staffing=(),
        stamps={},
        versions=(),
    )
    if previous and not over(draft.event, at):
        shown = msgspec.structs.replace(
            shown,
            cancelled=tuple(_cancelled(previous, shown)),
            cancelled_staffing=tuple(_cancelled_staffing(previous, shown, unlisted)),
        )
    return _tidy(shown)


def _cancelled(previous: Programme, shown: Programme) -> Iterator[Session]:
    """Sessions that were public and are no more, as they stood last, those cancelled longest first."""
    kept = index(shown).sessions
    for session in (*previous.cancelled, *index(previous).placed):
        if session.code not in kept:
            yield session if session.cancelled else msgspec.structs.replace(session, cancelled=True)


def _cancelled_staffing(previous: Programme, shown: Programme, unlisted: Collection[str]) -> Iterator[CancelledHours]:
    """Staffed hours that were public and are no more. Who does not want to be listed is not named here either."""
    kept = {(showcase.code, hours.code) for showcase, hours in index(shown).staffing}
    gone = [
        *previous.cancelled_staffing,
        *(
            CancelledHours(showcase=show.code, title=show.title, hours=hours, floor=show.floor, place=show.place)
            for show, hours in index(previous).staffing
        ),
    ]
    for hours in gone:
        if (hours.showcase, hours.hours.code) not in kept and hours.showcase not in unlisted:
            yield hours


def _tidy(shown: Programme) -> Programme:
    """The same without references to what is not there, and without people who have no part in it."""
    held = {name: {thing.code for thing in getattr(shown, name)} for name in COLLECTIONS}
    shown = msgspec.structs.replace(
        shown,
        panels=_resolved(shown.panels, held),
        sessions=_resolved(shown.sessions, held),
        cancelled=_resolved(shown.cancelled, held),
        papers=_resolved(shown.papers, held),
        showcases=_resolved(shown.showcases, held),
        cancelled_staffing=tuple(
            hours if hours.floor in held["rooms"] else msgspec.structs.replace(hours, floor="")
            for hours in shown.cancelled_staffing
        ),
    )
    holders: tuple[Noun, ...] = (*shown.sessions, *shown.cancelled, *shown.papers, *shown.panels, *shown.showcases)
    named = referred_to(holders)["people"]
    return msgspec.structs.replace(shown, people=tuple(person for person in shown.people if person.code in named))


def _resolved(things: tuple[Kind, ...], held: dict[str, set[str]]) -> tuple[Kind, ...]:
    """The things with references only to what is held."""
    return tuple(thing if _is_whole(thing, held) else _mended(thing, held) for thing in things)


def _is_whole(thing: Noun, held: dict[str, set[str]]) -> bool:
    """Whether all that it refers to is held. Nearly all things are, each time that anybody looks."""
    for name in FIELDS[type(thing)]:
        if value := getattr(thing, name):
            codes = held[REFERENCES[name]]
            if isinstance(value, str):
                if value not in codes:
                    return False
            elif any(code_of(item) not in codes for item in value):
                return False
    return True


def _mended(thing: Kind, held: dict[str, set[str]]) -> Kind:
    mended: dict[str, object] = {}
    for name in FIELDS[type(thing)]:
        value: Reference = getattr(thing, name)
        codes = held[REFERENCES[name]]
        if isinstance(value, str):
            mended[name] = value if value in codes else ""
        else:
            mended[name] = tuple(item for item in value if code_of(item) in codes)
    return msgspec.structs.replace(thing, **mended)


def _versions(
    previous: Programme | None, public: Programme, *, at: datetime, notes: str, revision: int
) -> tuple[Version, ...]:
    earlier = previous.versions if previous else ()
    return (
        *earlier,
        Version(
            number=earlier[-1].number + 1 if earlier else 1,
            revision=revision,
            published=at,
            notes=notes,
            changes=changes(previous, public) if previous else (),
        ),
    )


class _Entry(NamedTuple):
    """One calendar entry: whether it takes place, when and where, and everything that it says."""

    on: bool
    place: Hashable  # times and the room's code: a room that is given another name is no move
    slot: Slot | None
    says: object


def _stamp(stamp: Stamp | None, before: _Entry | None, entry: _Entry, at: datetime) -> Stamp:
    if stamp is None:
        return Stamp(changed=at)
    if before is None:  # it was gone altogether, even from among the cancelled, and is back
        return Stamp(sequence=stamp.sequence + 1, changed=at, was=stamp.was)
    if before == entry:
        return stamp
    moved = before.place != entry.place
    return Stamp(
        sequence=stamp.sequence + (moved or before.on != entry.on),
        changed=at,
        was=before.slot if moved else stamp.was,
    )


def _entries(programme: Programme) -> dict[str, _Entry]:
    """Every calendar entry that a programme makes, under its stamp's key."""
    event = programme.event
    entries = {
        stamp_key("event"): _Entry(
            on=True,
            place=(event.starts, event.ends),
            slot=None,
            says=(event.subtitle, event.about, _everywhere(event)),
        )
    }
    for session in (*programme.cancelled, *programme.sessions):
        entries[stamp_key("session", session.code)] = _session_entry(programme, session)
    for gone in programme.cancelled_staffing:
        floor = room_name(programme, gone.floor)
        entries[stamp_key("showcase", gone.showcase, gone.hours.code)] = _Entry(
            False, (gone.hours, gone.floor, gone.place), _staffed(gone.hours, floor, gone.place), gone.title
        )
    for showcase in programme.showcases:
        entries |= _showcase_entries(programme, showcase)
    return entries


def _session_entry(programme: Programme, session: Session) -> _Entry:
    held = index(programme)
    return _Entry(
        on=not session.cancelled,
        place=(session.starts, session.minutes, session.room),
        slot=slot_of(programme, session),
        says=(
            msgspec.structs.replace(session, source="", files=()),  # calendars do not tell of slides
            _everywhere(programme.event),
            _place(held.rooms.get(session.room)),
            track.name if (track := held.tracks.get(held.track_of(session))) else "",
            panel.title if (panel := held.panels.get(session.panel)) else "",
            [(paper.title, starts, _names(programme, paper.parts)) for paper, starts, _ in held.turns(session)],
            _names(programme, session.parts),
        ),
    )


def _showcase_entries(programme: Programme, showcase: Showcase) -> Iterator[tuple[str, _Entry]]:
    held = index(programme)
    floor = held.rooms.get(showcase.floor)
    says = (
        (showcase.title, showcase.organisation, showcase.home, showcase.summary, showcase.about, showcase.parts),
        _everywhere(programme.event),
        _place(floor),
        _names(programme, showcase.parts),
    )
    for hours in showcase.staffing:
        yield (
            stamp_key("showcase", showcase.code, hours.code),
            _Entry(
                on=True,
                place=(hours, showcase.floor, showcase.place),
                slot=_staffed(hours, floor.name if floor else "", showcase.place),
                says=says,
            ),
        )


def _staffed(hours: Staffing, floor: str, place: str) -> Slot:
    return staffed_slot(hours, ", ".join(part for part in (floor, place) if part))


def _everywhere(event: Event) -> tuple[str, ...]:
    """What every entry says of the event."""
    return event.name, event.zone, event.venue, event.address


def _place(room: Room | None) -> tuple[str, str]:
    return (room.name, room.building) if room else ("", "")


def _names(programme: Programme, parts: Iterable[Part]) -> list[tuple[str, ...]]:
    people = index(programme).people
    found = (people.get(part.person) for part in parts)
    return [(person.name, person.affiliation) for person in found if person]
