"""Programmes that hypothesis makes up: small, crowded, and with every kind of oddity that a draft may have."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from events_app.programme.model import (
    Panel,
    Paper,
    PaperStatus,
    Part,
    Person,
    Programme,
    Role,
    Room,
    RoomKind,
    Session,
    SessionKind,
    Showcase,
    Staffing,
    Track,
    Turn,
)
from tests.conference import EVENT, at

_MOMENTS = st.integers(0, 8 * 24).map(lambda quarters: at(25, 6) + timedelta(minutes=15 * quarters))


def _code(letter: str, most: int) -> st.SearchStrategy[str]:
    return st.integers(0, most).map(lambda n: f"{letter}{n}")


def _some(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A code, one that nothing has, or none."""
    return st.one_of(strategy, st.sampled_from(["", "lost"]))


_PARTS = st.lists(
    st.builds(Part, person=_some(_code("p", 3)), role=st.sampled_from(Role)), max_size=3
).map(tuple)  # fmt: skip
_TURNS = st.lists(st.builds(Turn, paper=_some(_code("t", 3)), minutes=st.integers(0, 40)), max_size=3).map(tuple)

sessions = st.builds(
    Session,
    code=_code("s", 7),
    title=st.sampled_from(["One", "Two"]),
    kind=st.sampled_from(SessionKind),
    starts=st.one_of(st.none(), _MOMENTS),
    minutes=st.sampled_from([0, 15, 60, 75, 600]),
    room=_some(_code("r", 3)),
    track=_some(_code("k", 1)),
    panel=_some(_code("n", 1)),
    showcase=_some(_code("w", 1)),
    parts=_PARTS,
    turns=_TURNS,
    cancelled=st.booleans(),
)
_rooms = st.builds(Room, code=_code("r", 3), name=st.sampled_from(["Aula", "Foyer"]), kind=st.sampled_from(RoomKind))
_staffing = st.builds(
    lambda code, starts, hours: Staffing(code=code, starts=starts, ends=starts + timedelta(hours=hours)),
    _code("h", 2),
    _MOMENTS,
    st.integers(1, 3),
)
_papers = st.builds(
    Paper, code=_code("t", 3), title=st.just("Paper"), panel=_some(_code("n", 1)), track=_some(_code("k", 1)),
    status=st.sampled_from(PaperStatus), parts=_PARTS,
)  # fmt: skip
_showcases = st.builds(
    Showcase, code=_code("w", 1), title=st.just("Display"), floor=_some(_code("r", 3)),
    panels=st.lists(_some(_code("n", 1)), max_size=2).map(tuple), parts=_PARTS,
    staffing=st.lists(_staffing, max_size=3, unique_by=lambda hours: hours.code).map(tuple),
)  # fmt: skip


def _unique(strategy: st.SearchStrategy, most: int = 8) -> st.SearchStrategy:  # type: ignore[type-arg]
    return st.lists(strategy, max_size=most, unique_by=lambda thing: thing.code).map(tuple)


programmes = st.builds(
    Programme,
    event=st.just(EVENT),
    rooms=_unique(_rooms),
    tracks=_unique(st.builds(Track, code=_code("k", 1), name=st.just("Track"))),
    panels=_unique(
        st.builds(Panel, code=_code("n", 1), title=st.just("Panel"), track=_some(_code("k", 1)), parts=_PARTS)
    ),
    people=_unique(st.builds(Person, code=_code("p", 3), name=st.sampled_from(["Ann", "Ben"]))),
    papers=_unique(_papers),
    showcases=_unique(_showcases),
    sessions=_unique(sessions),
)
