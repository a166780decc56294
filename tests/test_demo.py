"""The demonstration conference: a data file, so its tests are about the data."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

from events_app import intake
from events_app.intake import Reading
from events_app.programme.clashes import findings
from events_app.programme.lookup import index, local
from events_app.programme.model import COLLECTIONS, PaperStatus, Programme, RoomKind, Session, SessionKind
from events_app.programme.references import pointers
from events_app.renditions import programme_json
from events_app.renditions.rendition import Site

ITS_PLANTED_FINDINGS = {
    "no-chair": 1,
    "papers-outrun": 1,
    "person-twice": 1,
    "room-too-small": 1,
    "room-twice": 1,
    "walk-too-short": 1,
}
"""What an organiser is to find: one of each."""


@cache
def demo() -> Reading:
    return intake.read(files("events_app").joinpath("demo/programme.json").read_bytes())


def programme() -> Programme:
    return demo().programme


def of_kind(kind: SessionKind) -> list[Session]:
    return [s for s in programme().sessions if s.kind is kind]


def abstracts() -> list[str]:
    return [p.abstract for p in programme().papers if p.abstract]


def test_the_demo_is_read_without_anything_odd() -> None:
    assert demo().kind == "programme.json"
    assert demo().odd == ()


def test_the_demo_is_a_draft() -> None:
    assert not programme().versions
    assert not programme().stamps
    assert not programme().cancelled


def test_the_demo_comes_back_from_its_own_rendition() -> None:
    again = intake.read(programme_json.render(programme(), Site(base="https://x.example"), {}))
    assert again.programme == programme()


def test_the_demo_has_the_size_of_a_large_conference() -> None:
    papers = of_kind(SessionKind.PAPERS)
    assert [p.code for p in programme().panels] == [f"P{n:02}" for n in range(1, 46)]
    assert sum(len(s.turns) == 4 for s in papers) >= 150
    assert {len(s.turns) for s in papers} == {3, 4, 5}
    assert sum(len(s.turns) for s in papers) >= 600
    assert 500 <= len(programme().people) <= 700
    assert len([r for r in programme().rooms if r.kind is RoomKind.ROOM]) >= 12
    assert 6 <= len(programme().tracks) <= 8
    assert len(programme().showcases) == 12
    assert len(index(programme()).days) == 4


def test_the_demo_holds_every_kind_of_session_but_single_talks() -> None:
    assert {s.kind for s in programme().sessions} == set(SessionKind) - {SessionKind.TALK}


def test_each_panel_has_three_or_four_sessions_in_one_room() -> None:
    for panel in programme().panels:
        sessions = index(programme()).by_panel[panel.code]
        assert len(sessions) in (3, 4), panel.code
        assert len({s.room for s in sessions}) == 1, panel.code


def test_every_code_in_the_demo_leads_somewhere() -> None:
    things = {name: getattr(programme(), name) for name in COLLECTIONS}
    known = {(name, thing.code) for name in COLLECTIONS for thing in things[name]}
    named = {
        (pointer.collection, pointer.code) for name in COLLECTIONS for t in things[name] for pointer in pointers(t)
    }
    planning = demo().planning
    named |= {("people", a.person) for a in planning.availability} | {("people", c.person) for c in planning.contacts}
    named |= {("sessions", e.session) for e in planning.expected} | {("showcases", n.showcase) for n in planning.needs}
    assert len(named) > 1000
    assert named - known == set()


def test_titles_and_codes_stand_once() -> None:
    assert _twice(p.title.casefold() for p in programme().papers) == []
    assert _twice(p.title.casefold() for p in programme().panels) == []
    assert _twice(s.title.casefold() for s in programme().sessions if s.kind is not SessionKind.BREAK) == []


def test_two_different_people_bear_one_name() -> None:
    name = _twice(p.name for p in programme().people)
    assert len(name) == 1
    assert len({p.affiliation for p in programme().people if p.name == name[0]}) == 2


def test_nobody_presents_more_than_two_papers() -> None:
    given = [index(programme()).papers[turn.paper] for s in programme().sessions for turn in s.turns]
    count = Counter(person for paper in given for person in index(programme()).presenters(paper))
    assert max(count.values()) == 2


def test_the_social_across_the_change_to_summer_time_lasts_an_hour_less_than_clocks_say() -> None:
    night = index(programme()).sessions["NIGHT"]
    assert night.starts == datetime(2028, 3, 25, 21, tzinfo=UTC)
    assert night.ends == datetime(2028, 3, 26, 1, 30, tzinfo=UTC)
    assert night.minutes == 270
    on_the_clocks = [local(programme().event, at).replace(tzinfo=None) for at in (night.starts, night.ends)]
    assert on_the_clocks == [datetime(2028, 3, 25, 21), datetime(2028, 3, 26, 2, 30)]
    assert night in index(programme()).by_day[programme().event.starts]


def test_lunch_and_coffee_have_their_time_for_themselves() -> None:
    meals = [s for s in of_kind(SessionKind.BREAK) if s.title in ("Lunch", "Coffee")]
    assert len(meals) == 12
    for meal in meals:
        assert meal.starts
        assert index(programme()).now(meal.starts) == [meal]


def test_the_three_groups_that_exist_name_no_person() -> None:
    for code in ("salford-dadz", "citizens-uk-birmingham", "kissing-it-better"):
        showcase = index(programme()).showcases[code]
        assert showcase.parts == ()
        assert "public text reported" in showcase.about


def test_every_abstract_is_a_paragraph_of_a_hundred_words_or_two() -> None:
    lengths = [len(p.abstract.split()) for p in programme().papers if not p.code.startswith("PO.")]
    assert min(lengths) >= 110
    assert max(lengths) <= 220
    assert all(50 <= len(p.abstract.split()) <= 150 for p in programme().papers if p.code.startswith("PO."))
    assert all(80 <= len(p.abstract.split()) <= 150 for p in programme().panels)


def test_hardly_a_sentence_stands_in_several_abstracts() -> None:
    count = Counter(
        sentence for text in abstracts() for sentence in set(re.split(r"(?<=[.?!])\s+", text)) if len(sentence) > 20
    )
    assert max(count.values()) <= 6
    assert sum(n for n in count.values() if n > 1) < 0.4 * sum(count.values())


def test_no_two_abstracts_share_half_of_their_sentences() -> None:
    texts = [set(re.split(r"(?<=[.?!])\s+", text)) for text in abstracts()]
    for n, one in enumerate(texts):
        for other in texts[:n]:
            assert len(one & other) * 2 < min(len(one), len(other))


def test_some_papers_are_in_other_languages_tabled_or_in_reserve() -> None:
    languages = Counter(p.language for p in programme().papers if p.language)
    assert languages == {"fr": 3, "es": 3, "de": 3}
    status = Counter(p.status for p in programme().papers)
    assert status[PaperStatus.TABLED] >= 10
    assert status[PaperStatus.RESERVE] >= 10


def test_an_organiser_finds_exactly_what_was_planted() -> None:
    assert Counter(f.code for f in findings(programme(), demo().planning)) == ITS_PLANTED_FINDINGS


def _twice(values: object) -> list[str]:
    assert hasattr(values, "__iter__")
    return [value for value, n in Counter(values).items() if n > 1]
