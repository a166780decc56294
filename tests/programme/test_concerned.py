from __future__ import annotations

from events_app.programme.changes import changes
from events_app.programme.concerned import concerned
from events_app.programme.model import Programme
from tests.conference import PROGRAMME, at
from tests.programme.edits import edited


def names(old: Programme, new: Programme) -> list[str]:
    return [one.person.code for one in concerned(changes(old, new), old, new)]


def test_a_move_concerns_chairs_authors_and_the_panel_in_the_order_of_the_index() -> None:
    moved = edited(PROGRAMME, "sessions", "P1-2", starts=at(26, 9))
    assert names(PROGRAMME, moved) == ["alice-adler", "eve-ito"]


def test_who_is_in_it_no_more_is_concerned_too() -> None:
    assert names(PROGRAMME, edited(PROGRAMME, "sessions", "K1", parts=())) == ["bob-baker"]


def test_words_concern_nobody() -> None:
    assert names(PROGRAMME, edited(PROGRAMME, "sessions", "K1", title="Otherwise")) == []


def test_everyone_is_told_of_all_that_concerns_them() -> None:
    moved = edited(edited(PROGRAMME, "sessions", "K1", starts=at(25, 8)), "sessions", "P1-1", cancelled=True)
    told = {
        one.person.code: [c.code for c in one.changes] for one in concerned(changes(PROGRAMME, moved), PROGRAMME, moved)
    }
    assert told["bob-baker"] == ["K1", "P1-1", "T1"]
    assert told["alice-adler"] == ["P1-1", "T2"]
