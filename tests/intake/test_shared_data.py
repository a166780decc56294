"""Real programmes: every file is read, or refused with a sentence. They are not part of this repository.

The counts stand in the data's own INDEX.md, taken by throw-away scripts; where ours differ, the reason is beside them.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree
from markdown_it import MarkdownIt

from events_app.intake import Hints, Reading, Refused, read
from events_app.programme.lookup import index

DATA = Path(__file__).parents[3] / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real programmes, ../shared/data, is not here")


class Counts(NamedTuple):
    """`speakers` are the people with a part; `people` all that the file lists; `days` the event's conference days."""

    sessions: int
    speakers: int
    rooms: int
    days: int
    people: int
    why: str = ""


EXPECTED = {
    "schedule-xml/fosdem-2023/schedule.xml": Counts(780, 787, 35, 2, 787),
    "schedule-xml/fosdem-2026/schedule.xml": Counts(883, 927, 30, 2, 927),
    "schedule-xml/fosdem-2007/schedule.xml": Counts(
        215, 244, 18, 2, 244, "the index counts 204 names; 244 ids are 244 people, and two may bear one name"
    ),
    "schedule-xml/31c3-2014/schedule.xml": Counts(
        138, 198, 4, 4, 198, "the index counts 197 names; one name has two ids"
    ),
    "schedule-xml/debconf23/schedule.xml": Counts(117, 87, 5, 8, 87),
    "schedule-xml/38c3-2024/schedule.xml": Counts(
        1007, 571, 72, 4, 571, "the index counts 567 names; four names have two GUIDs"
    ),
    "schedule-xml/emf-2018/schedule.frab.xml": Counts(214, 191, 8, 3, 191),
    "schedule-xml/emf-2018/schedule.json": Counts(
        355, 191, 26, 3, 191, "the index counts 6 calendar days, of which those of 2016 are a slip of the pen"
    ),
    "schedule-json/camp-2019/everything.schedule.json": Counts(
        606, 278, 61, 5, 278, "the index counts 276 spellings of 272 names, some with two ids, and six calendar"
        " days: the last night belongs to the fifth"),
    "schedule-json/camp-2019/everything.schedule.xml": Counts(
        606, 278, 64, 5, 278, "the index counts 197 names, without those inside <person>; three rooms have no events"
    ),
    "schedule-json/google-io-2019/conference_data_2019.json": Counts(
        1097, 417, 17, 3, 421, "the index counts 423 speakers; two have no name"
    ),
    "schedule-json/juliacon-2023/talks.json": Counts(
        341, 258, 10, 5, 258, "the index counts 257 names on talks; one name has two codes"
    ),
    "schedule-json/juliacon-2023/posters.json": Counts(13, 14, 1, 1, 14, "the index does not count the posters"),
    "schedule-json/pycon-us-2025/conference.json": Counts(
        163, 131, 17, 5, 131, "the index counts “Hall C, Ballroom A, …” as an 18th room"
    ),
    "schedule-json/pyconfr-2025/schedule.json": Counts(
        98, 87, 13, 4, 87, "the index counts 93 entries and 81 speakers: without 5 meals, and who only leads sprints"
    ),
    "schedule-json/rc3-channels-2020/schedule.json": Counts(48, 56, 5, 4, 56),
    "sessionize/orlando-codecamp-2020/All.json": Counts(99, 84, 14, 1, 84),
    "sessionize/global-azure-linz/sessionize-2024.json": Counts(
        15, 16, 4, 1, 16),
    "sessionize/global-azure-linz/sessionize-2025.json": Counts(13, 12, 3, 1, 12),
    "sessionize/droidcon-london-2024/GridSmart.json": Counts(
        137, 117, 7, 2, 117, "the index counts 110 names; seven names have two ids"
    ),
    "sessionize/droidcon-london-2024/Sessions.json": Counts(107, 117, 7, 2, 117, "as GridSmart, without services"),
}  # fmt: skip
REFUSED = {
    "schedule-json/juliacon-2023/speakers.json": "a list of speakers from pretalx",
    "schedule-json/pycon-us-2025/all_events.ics": "a calendar (.ics)",
    "schedule-xml/emf-2018/schedule.ics": "a calendar (.ics)",
    "sessionize/droidcon-london-2024/Speakers.json": "Sessionize’s “Speakers” view",
}
_RENDERER = MarkdownIt("commonmark", {"html": False})


def test_every_file_is_spoken_of_here() -> None:
    found = {
        path.relative_to(DATA).as_posix()
        for folder in ("schedule-xml", "schedule-json", "sessionize")
        for path in (DATA / folder).rglob("*")
        if path.is_file() and path.suffix != ".md"
    }
    assert found == EXPECTED.keys() | REFUSED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_real_programme_is_read_whole(name: str) -> None:
    data = (DATA / name).read_bytes()
    reading = read(data)
    found = index(reading.programme)
    event = reading.programme.event
    expected = EXPECTED[name]
    assert expected == Counts(
        sessions=len(reading.programme.sessions),
        speakers=len({part.person for session in reading.programme.sessions for part in session.parts}),
        rooms=len(reading.programme.rooms),
        days=(event.ends - event.starts).days + 1,
        people=len(reading.programme.people),
        why=expected.why,
    )
    assert sum(len(sessions) for sessions in found.by_day.values()) == len(found.placed)
    assert set(found.by_day) <= set(found.days)
    assert read(data) == reading
    _check_identities(reading)


def _check_identities(reading: Reading) -> None:
    for things in (reading.programme.sessions, reading.programme.people, reading.programme.rooms):
        assert len({thing.code for thing in things}) == len({thing.source for thing in things}) == len(things)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_programme_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(Refused) as refused:
        read((DATA / name).read_bytes())
    assert REFUSED[name] in refused.value.what
    assert refused.value.remedy.startswith("Bring the ")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("schedule-xml/fosdem-2026/schedule.xml", b"<date>2026-01-31T09:30:00+01:00</date>",
         b"<date>2026-01-31T19:30:00+01:00</date>"),
        ("schedule-json/rc3-channels-2020/schedule.json", b"T11:30:00+01:00", b"T11:40:00+01:00"),
        ("schedule-json/juliacon-2023/talks.json", b"T09:55:00-04:00", b"T09:45:00-04:00"),
        ("sessionize/orlando-codecamp-2020/All.json", b"T09:00:00", b"T09:10:00"),
    ],
)  # fmt: skip
def test_a_newer_edition_keeps_sources_and_codes(name: str, old: bytes, new: bytes) -> None:
    data = (DATA / name).read_bytes()
    first, second = read(data).programme, read(data.replace(old, new)).programme
    assert [(s.code, s.source) for s in first.sessions] == [(s.code, s.source) for s in second.sessions]
    assert [(p.code, p.source) for p in first.people] == [(p.code, p.source) for p in second.people]
    assert sum(old.starts != new.starts for old, new in zip(first.sessions, second.sessions, strict=True)) > 0


@pytest.mark.parametrize("name", ["fosdem-2026", "fosdem-2023", "fosdem-2007"])
def test_all_words_of_html_texts_are_kept_and_no_tag_is_seen(name: str) -> None:
    data = (DATA / "schedule-xml" / name / "schedule.xml").read_bytes()
    programme = read(data, Hints(zone="Europe/Brussels")).programme
    raw = {_identity(event): event for event in etree.fromstring(data).iter("event")}
    different = []
    for session in programme.sessions:
        event = raw[session.source]
        seen = _letters(_RENDERER.render(session.abstract))
        told = [_letters(event.findtext(tag) or "") for tag in ("abstract", "description")]
        if not all(words in seen for words in told):
            different.append(session.code)
    # "<version>" and "<44 MHz", which their authors did not escape, are words to us and tags to the browser's parser
    assert len(different) <= 3


def _identity(event: etree._Element) -> str:
    guid = event.get("guid")
    return f"session:guid:{guid}" if guid else f"session:id:{event.get('id')}"


def _letters(source: str) -> str:
    """The letters that a browser shows of some HTML."""
    body = etree.HTML(f"<div>{source}</div>")
    for hidden in body.iter("script", "style"):
        hidden.text = ""
    return "".join("".join(str(text) for text in body.itertext()).split()).replace("·", "")


def test_the_largest_is_read_in_well_under_a_second() -> None:
    data = (DATA / "schedule-xml/fosdem-2026/schedule.xml").read_bytes()
    started = time.process_time()
    read(data)
    assert time.process_time() - started < 1
