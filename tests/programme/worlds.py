"""Programmes that are made up: small, crowded, and with every kind of oddity that a draft may have.

hypothesis draws a seed and a size only: that is quick on a slow machine, and a smaller size is a simpler case.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

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


def made_up(seed: int, size: int) -> Programme:
    """Up to `size` of each noun, over two days and two nights; some references lead nowhere."""
    return _World(Random(seed), size).programme()


programmes = st.builds(made_up, st.integers(0, 2**32), st.integers(0, 9))


class _World:
    def __init__(self, random: Random, size: int) -> None:
        self.random, self.size = random, size

    def programme(self) -> Programme:
        pick = self.random.choice
        return Programme(
            event=EVENT,
            rooms=tuple(Room(code=code, name=pick("AB"), kind=pick(list(RoomKind))) for code in self.codes("r", 4)),
            tracks=tuple(Track(code=code, name="Track") for code in self.codes("k", 2)),
            panels=tuple(
                Panel(code=code, title="Panel", track=self.lead("k", 2), parts=self.parts())
                for code in self.codes("n", 2)
            ),
            people=tuple(Person(code=code, name=pick(["Ann", "Ben"])) for code in self.codes("p", 4)),
            papers=tuple(
                Paper(code=code, title="Paper", panel=self.lead("n", 2), status=pick(list(PaperStatus)),
                      parts=self.parts())
                for code in self.codes("t", 4)
            ),
            showcases=tuple(
                Showcase(code=code, title="Display", floor=self.lead("r", 4), panels=(self.lead("n", 2),),
                         parts=self.parts(), staffing=tuple(map(self.hours, self.codes("h", 3))))
                for code in self.codes("w", 2)
            ),
            sessions=tuple(map(self.session, self.codes("s", 9))),
        )  # fmt: skip

    def session(self, code: str) -> Session:
        pick = self.random.choice
        return Session(
            code=code,
            title=pick(["One", "Two"]),
            kind=pick(list(SessionKind)),
            starts=pick([None, self.moment(), self.moment(), self.moment()]),
            minutes=pick([0, 15, 60, 75, 600]),
            room=self.lead("r", 4),
            track=self.lead("k", 2),
            panel=self.lead("n", 2),
            showcase=self.lead("w", 2),
            parts=self.parts(),
            turns=tuple(Turn(paper=self.lead("t", 4), minutes=pick([0, 20])) for _ in range(pick([0, 1, 3]))),
            cancelled=pick([False, False, True]),
        )

    def hours(self, code: str) -> Staffing:
        starts = self.moment()
        return Staffing(code=code, starts=starts, ends=starts + timedelta(hours=self.random.choice([1, 2])))

    def parts(self) -> tuple[Part, ...]:
        pick = self.random.choice
        return tuple(Part(person=self.lead("p", 4), role=pick(list(Role))) for _ in range(pick([0, 1, 3])))

    def moment(self) -> datetime:
        return at(25, 6) + timedelta(minutes=15 * self.random.randrange(8 * 24))

    def codes(self, letter: str, most: int) -> list[str]:
        """Some of the codes that there may be, in any order."""
        return self.random.sample([f"{letter}{n}" for n in range(most)], self.random.randint(0, min(most, self.size)))

    def lead(self, letter: str, most: int) -> str:
        """A code that something may have, or none, or one that nothing has."""
        return self.random.choice(["", "lost", *(f"{letter}{n}" for n in range(most))])
