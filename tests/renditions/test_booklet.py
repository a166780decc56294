"""What the booklet says, read back from the PDF."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from events_app.programme.model import (
    Matter,
    Paper,
    Part,
    Person,
    Programme,
    Role,
    Session,
    SessionKind,
    Turn,
    Version,
)
from events_app.renditions import RENDITIONS, Site, booklet, press
from events_app.renditions.press import compositor
from tests.conference import EVENT, FOYER, PAPERS, PROGRAMME, SESSIONS, at

from . import pdf as reading

pytestmark = pytest.mark.slow

SITE = Site(base="https://events.example")
RELEASED = replace(PROGRAMME, versions=(Version(number=3, revision=7, published=datetime(2028, 3, 14, tzinfo=UTC)),))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where this module's parts are kept."""
    kept = tmp_path_factory.mktemp("parts")
    before = compositor._kept[:]
    press.keep_in(kept)
    yield kept
    compositor._kept[:] = before


@pytest.fixture(scope="module")
def printed(folder: Path) -> press.Printed:
    return booklet.print_booklet(RELEASED, SITE)


@pytest.fixture(scope="module")
def pdf(printed: press.Printed) -> pikepdf.Pdf:
    return reading.opened(printed.pdf)


def words(programme: Programme) -> str:
    made = reading.opened(booklet.print_booklet(programme, SITE).pdf)
    return " ".join(reading.text(page) for page in made.pages)


def talks(**more: object) -> Programme:
    """A programme of the open-source kind: talks with abstracts and speakers, no papers, panels or showcases."""
    talk = Session(
        code="TALK", title="Kernel of truth", starts=at(25, 10), room="aula", abstract="A **talk** about truth.",
        parts=(Part(person="bob-baker", role=Role.SPEAKER),),
    )  # fmt: skip
    return replace(RELEASED, sessions=(talk,), papers=(), panels=(), showcases=(), **more)


def test_the_booklet_is_in_the_list_of_renditions() -> None:
    [one] = [rendition for rendition in RENDITIONS if rendition.name == "booklet"]
    assert (one.address, one.media, one.heavy) == ("print/booklet.pdf", "application/pdf", True)


def test_it_says_its_title_and_language_and_that_it_is_tagged(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Small Conference 2028"
    assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("en", True)


def test_its_date_is_that_of_the_release(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo["/CreationDate"]) == "D:20280314000000+00'00"


def test_it_has_its_chapters_in_order(pdf: pikepdf.Pdf) -> None:
    assert reading.outline(pdf) == [
        "Small Conference 2028", "How to use this booklet", "Contents", "Welcome", "At a glance", "Programme",
        "Panels", "Abstracts", "Community showcases", "Room finder", "Getting there", "Index of people", "Notes",
    ]  # fmt: skip


def test_a_programme_of_talks_leaves_out_panels_and_showcases_and_has_the_abstracts_of_talks(folder: Path) -> None:
    made = reading.opened(booklet.print_booklet(talks(), SITE).pdf)
    assert not {"Panels", "Community showcases"} & set(reading.outline(made))
    [page] = [page for page in made.pages if "A talk about truth." in reading.text(page)]
    assert "Kernel of truth TALK" in reading.text(page)
    assert "Speaker: Bob Baker (Aston University)" in reading.text(page)


def test_an_event_without_anything_is_printed_all_the_same(folder: Path) -> None:
    assert "Small Conference 2028" in words(Programme(event=replace(EVENT, front=(), back=())))


def test_the_front_matter_is_numbered_in_roman_and_the_body_begins_with_page_one_on_a_right_page(
    pdf: pikepdf.Pdf,
) -> None:
    body = reading.destinations(pdf)["matter-welcome"]
    assert body % 2 == 0
    assert (pdf.pages[1].label, pdf.pages[body].label) == ("ii", "1")


def test_it_can_be_printed_in_fours(printed: press.Printed) -> None:
    assert printed.pages % 4 == 0


def test_every_link_leads_somewhere(pdf: pikepdf.Pdf) -> None:
    known = {f"#{name}" for name in reading.destinations(pdf)}
    inside = {where for _page, _words, where in reading.links(pdf) if where.startswith("#")}
    assert {"#session-K1", "#abstract-1", "#panel-P1", "#contents"} - known == set()
    assert inside - known == set()
    outside = {where for _page, _words, where in reading.links(pdf) if not where.startswith("#")}
    assert outside == {
        "https://events.example/small-2028/", "https://events.example/small-2028/subscribe", "https://dadz.example/"
    }  # fmt: skip


def test_contents_and_links_say_the_same_page(pdf: pikepdf.Pdf) -> None:
    contents = reading.destinations(pdf)["contents"]
    for page, name, where in reading.links(pdf):
        if page == contents:
            label = pdf.pages[reading.destinations(pdf)[where[1:]]].label
            assert re.search(rf"{re.escape(name.split(' . ')[0])}[ .]* {label}\b", reading.text(pdf.pages[page])), name


def test_the_index_names_the_pages_on_which_people_stand(pdf: pikepdf.Pdf) -> None:
    index = reading.text(pdf.pages[reading.destinations(pdf)["people"]])
    labels = {page.label: reading.text(page) for page in pdf.pages}
    for entry, name in (("Baker, Bob", "Bob Baker"), ("Adler, Alice", "Alice Adler"), ("Oṣei-Łukasz, Dana", "Dana")):
        references = re.search(rf"{entry} [^\d]*?((?:[\w -]+?\s\d+(?:, \d+)*;? ?)+)", index)
        assert references, entry
        pages = re.findall(r"[\s ](\d+)(?=[,; ]|$)", references[1])
        assert pages, references[1]
        assert all(name in labels[page] for page in pages), (entry, pages)


def test_two_people_of_one_name_have_an_entry_each(pdf: pikepdf.Pdf) -> None:
    index = reading.text(pdf.pages[reading.destinations(pdf)["people"]])
    assert "Khan, Charlie City Council P1-1" in index.replace("\xa0", " ")
    assert "Khan, Charlie Lund P1-1" in index.replace("\xa0", " ")


def test_parallel_sessions_stand_under_one_time(pdf: pikepdf.Pdf) -> None:
    day = reading.text(pdf.pages[reading.destinations(pdf)["day-2028-03-25"]])
    assert day.count("13:00 D") == 1
    assert re.search(r"13:00 D2 Open discussion .*13:00–14:00.* D1 Dads and daughters .*13:00–13:30", day)


def test_papers_stand_with_their_times_presenters_and_the_numbers_of_their_abstracts(pdf: pikepdf.Pdf) -> None:
    day = reading.text(pdf.pages[reading.destinations(pdf)["day-2028-03-25"]]).replace("\xa0", " ")
    assert "10:30 Letting go of the controls #2 Bob Baker , Charlie Khan" in day.replace(" ,", " ,")
    abstract = reading.text(pdf.pages[reading.destinations(pdf)["abstract-2"]])
    assert "Letting go of the controls Bob Baker (Aston University), Charlie Khan (City Council)" in abstract
    assert "2 10:30 T1" in abstract
    assert "We let go , and counted." in abstract.replace("go,", "go ,")


def test_a_panel_names_its_chairs_all_its_sessions_and_its_tabled_papers(pdf: pikepdf.Pdf) -> None:
    panel = reading.text(pdf.pages[reading.destinations(pdf)["panel-P1"]])
    for said in ("Chair: Alice Adler (Bonn)", "P1-1", "P1-2", "Tabled papers", "On the table"):
        assert said in panel, said


def test_a_showcase_names_its_place_its_hours_its_demonstration_and_its_wish(pdf: pikepdf.Pdf) -> None:
    show = reading.text(pdf.pages[reading.destinations(pdf)["showcase-dadz"]])
    for said in (
        "Table 7",
        "Foyer",
        "Sat 25 March, 12:00–14:00",
        "Dads and daughters",
        "people who run family services",
    ):
        assert said in show, said


def test_a_reserve_and_an_unplaced_session_are_not_printed(pdf: pikepdf.Pdf) -> None:
    said = " ".join(reading.text(page) for page in pdf.pages)
    assert "A reserve" not in said
    assert "Not placed yet" not in said


def test_it_says_on_which_night_the_clocks_change(pdf: pikepdf.Pdf) -> None:
    assert "The clocks go forward in the night to Sunday 26 March." in reading.text(pdf.pages[1])


def test_the_cover_says_the_version_and_a_draft_says_that_it_is_one(pdf: pikepdf.Pdf, folder: Path) -> None:
    assert "Version 3 of 14 March 2028, 00:00" in reading.text(pdf.pages[0])
    draft = reading.opened(booklet.print_booklet(PROGRAMME, SITE).pdf)
    assert "Draft: not released yet" in reading.text(draft.pages[0])


def test_the_same_release_makes_the_same_bytes(
    printed: press.Printed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compositor, "_kept", [tmp_path])
    assert booklet.render(RELEASED, SITE, {}) == printed.pdf


def test_after_a_word_has_changed_only_the_parts_that_say_it_are_set_anew(printed: press.Printed, folder: Path) -> None:
    before = {path.name for path in folder.glob("*.pdf")}
    corrected = (replace(PAPERS[0], abstract="We *let go*, and counted twice."), *PAPERS[1:])
    booklet.print_booklet(replace(RELEASED, papers=corrected), SITE)
    assert len({path.name for path in folder.glob("*.pdf")} - before) == 1


def test_headings_come_in_order_and_lists_tables_and_pictures_are_tagged(pdf: pikepdf.Pdf) -> None:
    kinds = [str(element.S)[1:] for element in reading.elements(pdf)]
    levels = [int(kind[1]) for kind in kinds if re.fullmatch(r"H\d", kind)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all("/Alt" in element for element in reading.elements(pdf) if element.S == "/Figure")
    assert {"Table", "TH", "L", "LI", "Link", "Art"} <= set(kinds)
    ids = [bytes(element.ID) for element in reading.elements(pdf) if "/ID" in element]
    assert len(ids) == len(set(ids)) > 0


HOSTILE = (
    "<img src=x onerror=alert(1)> <script>1</script> <!--passage 0-->",
    "# Heading\n\n###### Deep\n\n[no](javascript:alert(1)) [yes](https://ok.example/) ![p](http://tracker.example/a.png)",
    "word " * 10_000,
    "x" * 200 + " end",
    "> " * 40 + "deep",
    "| a | b |\n|---|---|\n| `code` | 🎉 |\n\n- one\n  - two",
    "العامة והציבור 公共管理 ひらがな 공공 ἄνθρωπος Ḥ \U0001d45d",
    "\U0001f9ff\U00012000 no font has the second",
)


def test_hostile_and_overlong_texts_are_printed_and_what_cannot_be_is_told(folder: Path) -> None:
    people = tuple(Person(code=f"p{n}", name=f"Person {n} of Many") for n in range(40))
    papers = tuple(
        Paper(code=f"h{n}", title=f"Paper {text[:90]}", abstract=text, language="ar" if "ع" in text else "",
              parts=tuple(Part(person=person.code, role=Role.AUTHOR) for person in people))
        for n, text in enumerate(HOSTILE)
    )  # fmt: skip
    session = Session(
        code="S", title="y" * 300, kind=SessionKind.PAPERS, starts=at(25, 10), room="foyer",
        turns=tuple(Turn(paper=paper.code) for paper in papers),
    )  # fmt: skip
    programme = replace(
        RELEASED, rooms=(FOYER,), people=people, papers=papers, sessions=(session,), panels=(), showcases=()
    )
    made = booklet.print_booklet(programme, SITE)
    said = " ".join(reading.text(page) for page in reading.opened(made.pdf).pages)
    assert "<img src=x onerror=alert(1)>" in said
    assert "The whole text is at" in said
    assert "公共管理" in said
    where = {
        where for _page, _words, where in reading.links(reading.opened(made.pdf)) if "ok" in where or "java" in where
    }
    assert where == {"https://ok.example/"}
    assert {notice for notice in made.notices if "U+" in notice} == {
        "The abstract of paper h7: no font has the character U+12000 CUNEIFORM SIGN A; a box is printed.",
        "Saturday 25 March: no font has the character U+12000 CUNEIFORM SIGN A; a box is printed.",
        "Abstracts 1 to 8: no font has the character U+12000 CUNEIFORM SIGN A; a box is printed.",
    }


def test_a_text_longer_than_any_booklet_can_hold_is_cut_and_says_where_the_rest_is(folder: Path) -> None:
    said = words(talks(event=replace(EVENT, front=(Matter(title="Long", text="word " * 5000),))))
    assert said.count("word") < 3000
    assert "The whole text is at https://events.example/small-2028/" in said


def test_cancelled_sessions_are_printed_as_such(folder: Path) -> None:
    sessions = (replace(SESSIONS[0], cancelled=True), *SESSIONS[1:])
    assert "Cancelled · Aula" in words(replace(RELEASED, sessions=sessions))


def test_progress_is_told_until_all_is_done(folder: Path) -> None:
    told: list[tuple[int, int]] = []
    with press.overheard(lambda done, of: told.append((done, of)), print):
        booklet.render(RELEASED, SITE, {})
    assert told[-1][0] == told[-1][1] > 10
    assert told == sorted(told)
