from __future__ import annotations

from msgspec.structs import replace

from events_app.programme.model import Part, Programme, Role, Turn
from events_app.programme.news import told, whom
from tests.conference import PROGRAMME, SESSIONS, at
from tests.programme.edits import edited


def news(old: Programme | None, new: Programme) -> dict[str, list[str]]:
    return {code: sentences for code, one in whom(old, new).items() if (sentences := told(one, old, new))}


def test_a_first_release_tells_everybody_where_and_when_they_are() -> None:
    found = news(None, PROGRAMME)
    assert found["bob-baker"] == [
        "“Opening keynote”: Sat 25 March, 09:00–10:00, Aula.",
        "“Letting go of the controls”, at 10:30 in “Trust in public services (1)”: Sat 25 March, 10:30–12:00, Room B.",
    ]
    assert found["dana-osei"] == [
        "“Dads and daughters”: Sat 25 March, 13:00–13:30, Foyer.",
        "“Salford Dadz”: Sat 25 March, 12:00–14:00, Table 7, Foyer.",
        "“Salford Dadz”: Sun 26 March, 10:00–12:00, Table 7, Foyer.",
    ]


def test_who_chairs_a_panel_is_told_of_all_its_sessions() -> None:
    assert "“Trust in public services (2)”: Sun 26 March, 09:00–10:00, Room B." in news(None, PROGRAMME)["alice-adler"]


def test_a_move_is_told_to_those_concerned_alone_with_where_it_was_and_is() -> None:
    moved = edited(PROGRAMME, "sessions", "K1", starts=at(25, 8), room="room-b")
    assert news(PROGRAMME, moved) == {
        "bob-baker": ["“Opening keynote” moved from Sat 25 March 09:00, Aula to Sat 25 March 08:00, Room B."]
    }


def test_words_are_no_news() -> None:
    assert news(PROGRAMME, edited(PROGRAMME, "sessions", "K1", title="Otherwise")) == {}


def test_a_newcomer_is_told_where_and_when_they_are_not_what_changed() -> None:
    joined = edited(PROGRAMME, "sessions", "L1", parts=(Part(person="frank", role=Role.HOST),))
    joined = replace(joined, people=(*joined.people, replace(PROGRAMME.people[0], code="frank", name="Frank")))
    assert news(PROGRAMME, joined)["frank"] == ["“Lunch”: Sat 25 March, 12:00–13:00."]


def test_who_joins_or_leaves_a_session_is_told_so_and_the_others_that_its_people_changed() -> None:
    parts = (Part(person="bob-baker", role=Role.PANELLIST), Part(person="alice-adler", role=Role.MODERATOR))
    changed = edited(PROGRAMME, "sessions", "D2", parts=parts)
    assert news(PROGRAMME, changed) == {
        "alice-adler": ["“Open discussion”: the people changed."],
        "bob-baker": ["You are now in “Open discussion”, Sat 25 March 13:00, Aula."],
        "eve-ito": ["You are no longer in “Open discussion”."],
    }


def test_of_a_new_order_each_is_told_when_their_own_paper_begins() -> None:
    turned = edited(PROGRAMME, "sessions", "P1-1", turns=(Turn(paper="T2", minutes=20), Turn(paper="T1", minutes=20)))
    found = news(PROGRAMME, turned)
    assert found["bob-baker"] == ["“Letting go of the controls” now begins at 10:50."]
    assert found["charlie-khan-2"] == ["“What neighbours know” now begins at 10:30."]
    assert found["alice-adler"][0] == "“Trust in public services (1)”: the papers or their order changed."


def test_whose_paper_begins_as_it_did_is_told_nothing_of_the_others() -> None:
    longer = edited(PROGRAMME, "sessions", "P1-1", turns=(Turn(paper="T1", minutes=20), Turn(paper="T2", minutes=25)))
    assert set(news(PROGRAMME, longer)) == {"alice-adler"}


def test_of_a_cancelled_session_its_papers_are_not_told_besides() -> None:
    gone = edited(PROGRAMME, "sessions", "P1-1", cancelled=True)
    assert news(PROGRAMME, gone)["bob-baker"] == [
        "Cancelled: “Trust in public services (1)”, Sat 25 March 10:30, Room B."
    ]


def test_who_has_to_be_nowhere_is_not_written_to() -> None:
    assert "charlie-khan" not in news(None, replace(PROGRAMME, sessions=SESSIONS[:1]))
