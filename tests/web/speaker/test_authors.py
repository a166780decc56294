"""Authors in their order, who of them presents, and co-authors who are named for the first time."""

from __future__ import annotations

from typing import Any

import pytest
from litestar.testing import AsyncTestClient
from lxml import html

from events_app import editing, reading
from events_app.app import App
from events_app.programme.model import Part, Person, Role
from events_app.programme.planning import Contact
from events_app.web.speaker import fellows, forms
from events_app.web.speaker.fellows import Fellow
from events_app.web.speaker.papers import authors_of, parts_of
from tests.web.conftest import OLGA, sign_in
from tests.web.filling import Entries, entries, send, words

Client = AsyncTestClient[App]
SLUG = "small-2028"
T1 = f"/speak/{SLUG}/papers/T1"
BOB, CHARLIE = (Part(person=code, role=Role.AUTHOR) for code in ("bob-baker", "charlie-khan"))
PRESENTS = Part(person="charlie-khan", role=Role.PRESENTER)
DISCUSSES = Part(person="alice-adler", role=Role.DISCUSSANT)


def fellow(person: str, **more: Any) -> Fellow:
    return Fellow(person=person, **more)


@pytest.mark.parametrize(
    "parts",
    [(BOB, CHARLIE), (BOB, CHARLIE, PRESENTS), (BOB, CHARLIE, DISCUSSES), (PRESENTS, DISCUSSES), (BOB, DISCUSSES), ()],
)
def test_authors_that_nobody_has_touched_are_the_same_parts(parts: tuple[Part, ...]) -> None:
    assert set(parts_of(parts, authors_of(parts))) == set(parts)


def test_the_first_author_presents_where_nobody_is_said_to() -> None:
    assert [author.presents for author in authors_of((BOB, CHARLIE))] == [True, False]
    swapped = (fellow("charlie-khan", presents=True), fellow("bob-baker"))
    assert parts_of((BOB, CHARLIE), swapped) == (CHARLIE, BOB)


def test_who_presents_stays_so_when_the_order_changes() -> None:
    swapped = (fellow("charlie-khan"), fellow("bob-baker", presents=True))
    assert parts_of((BOB, CHARLIE), swapped) == (CHARLIE, BOB, Part(person="bob-baker", role=Role.PRESENTER))


def test_whoever_is_no_author_any_more_does_not_present_either() -> None:
    assert parts_of((BOB, CHARLIE, PRESENTS, DISCUSSES), (fellow("bob-baker"),)) == (BOB, DISCUSSES)


@pytest.fixture
async def bob(client: Client) -> Client:
    """Signed in as Bob, who wrote T1 with Charlie."""
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email="bob@example.org"), OLGA)
    await sign_in(client, "bob@example.org")
    return client


async def given(client: Client) -> Entries:
    return entries((await client.get(T1)).text)


def with_newcomer(form: Entries, name: str, affiliation: str = "", email: str = "") -> Entries:
    """Written into the empty row, which is the last."""
    last = {"authors-name": name, "authors-affiliation": affiliation, "authors-email": email}
    at = {cell: max(n for n, (control, _) in enumerate(form) if control == cell) for cell in last}
    return [(control, last[control] if at.get(control) == n else text) for n, (control, text) in enumerate(form)]


async def parts() -> list[tuple[str, str]]:
    paper = {paper.code: paper for paper in (await reading.draft(SLUG)).programme.papers}["T1"]
    return [(part.person, part.role.value) for part in paper.parts]


async def test_a_co_author_is_added_by_name_can_sign_in_and_finds_the_paper(bob: Client) -> None:
    form = with_newcomer(await given(bob), "Zoë Zimmer", "Ghent", "Zoe@Example.org")
    assert (await send(bob, T1, form)).headers["location"] == f"{T1}?done=public"
    assert (await parts())[:3] == [("bob-baker", "author"), ("charlie-khan", "author"), ("zoe-zimmer", "author")]
    draft = await reading.draft(SLUG)
    [zoe] = [person for person in draft.programme.people if person.name == "Zoë Zimmer"]
    assert (zoe.affiliation, zoe.sorts_as) == ("Ghent", "Zimmer, Zoë")
    assert "Zoë Zimmer" in (await bob.get(f"/{SLUG}/papers/T1")).text
    await sign_in(bob, "zoe@example.org")
    assert (await bob.get(T1)).status_code == 200


async def test_somebody_who_is_in_the_programme_is_not_added_twice(bob: Client) -> None:
    before = (await reading.draft(SLUG)).programme.people
    await send(bob, T1, with_newcomer(await given(bob), "alice  ADLER"))
    assert ("alice-adler", "author") in await parts()
    assert (await reading.draft(SLUG)).programme.people == before


async def test_an_address_never_becomes_that_of_somebody_who_is_there_already(bob: Client) -> None:
    await send(bob, T1, with_newcomer(await given(bob), "Alice Adler", email="mallory@example.org"))
    contacts = {contact.email: contact.person for contact in (await reading.draft(SLUG)).planning.contacts}
    assert contacts["mallory@example.org"] == "alice-adler-2"  # another of that name
    await sign_in(bob, "mallory@example.org")
    assert (await bob.get(f"/speak/{SLUG}/people/alice-adler")).status_code == 403
    assert (await bob.get(f"/speak/{SLUG}/panels/P1")).status_code == 403


async def test_of_two_of_one_name_nobody_is_guessed(bob: Client) -> None:
    await send(bob, T1, with_newcomer(await given(bob), "Charlie Khan"))
    assert (await parts())[2][0] == "charlie-khan-3"


@pytest.mark.parametrize(
    ("newcomer", "sentence"),
    [
        (("", "", "zoe@example.org"), "Write their name, too."),
        (("Zoë", "", "no address"), "is not an e-mail address"),
        (("Bob Baker", "", ""), "Bob Baker stands here twice."),
        (("Z" * 301, "", ""), "1 characters too long"),
    ],
)
async def test_what_cannot_be_is_said_and_all_is_kept(
    bob: Client, newcomer: tuple[str, str, str], sentence: str
) -> None:
    before = await reading.draft(SLUG)
    answer = await send(bob, T1, with_newcomer(await given(bob), *newcomer))
    assert answer.status_code == 422
    assert sentence in words(answer.text)
    assert newcomer[2] in answer.text
    assert await reading.draft(SLUG) == before


async def test_buttons_reorder_and_remove_without_a_script_and_save_nothing(bob: Client) -> None:
    before = await reading.draft(SLUG)
    moved = await send(bob, T1, [*await given(bob), ("do", "authors:down:0")])
    names = [text for name, text in entries(moved.text) if name == "authors-name" and text]
    assert names == ["Charlie Khan", "Bob Baker"]
    removed = await send(bob, T1, [*entries(moved.text), ("do", "authors:remove:0")])
    assert [text for name, text in entries(removed.text) if name == "authors-name" and text] == ["Bob Baker"]
    assert await reading.draft(SLUG) == before
    await send(bob, T1, entries(removed.text))
    assert await parts() == [("bob-baker", "author")]


async def test_one_more_can_be_named_after_another(bob: Client) -> None:
    first = await send(bob, T1, [*with_newcomer(await given(bob), "Zoë Zimmer"), ("do", "authors:add")])
    second = with_newcomer(entries(first.text), "Yan Ye")
    assert (await send(bob, T1, second)).status_code == 303
    assert [code for code, _role in await parts()][2:4] == ["zoe-zimmer", "yan-ye"]


async def test_who_presents_is_ticked(bob: Client) -> None:
    form = [pair for pair in await given(bob) if pair[0] != "authors-presents"]
    await send(bob, T1, [*form, ("authors-presents", "charlie-khan")])
    assert await parts() == [("bob-baker", "author"), ("charlie-khan", "author"), ("charlie-khan", "presenter")]


async def test_nobody_takes_themselves_off_a_paper_by_mistake(bob: Client) -> None:
    form = await given(bob)
    removed = await send(bob, T1, [*form, ("do", "authors:remove:0")])
    answer = await send(bob, T1, entries(removed.text))
    assert answer.status_code == 422
    assert "You cannot take yourself off here" in words(answer.text)


async def test_the_form_offers_no_address_of_anybody(bob: Client) -> None:
    await editing.put(SLUG, "contacts", Contact(person="charlie-khan", email="charlie@example.org"), OLGA)
    page = (await bob.get(T1)).text
    assert "charlie@example.org" not in page
    assert html.fromstring(page).xpath("//datalist") == []


async def test_whoever_is_not_public_is_told_of_by_no_code_that_is_guessed(bob: Client) -> None:
    await editing.put(SLUG, "people", Person(code="star", name="Guest of Honour"), OLGA)
    guessed = [*await given(bob), ("authors-key", "star"), ("authors-name", ""), ("authors-affiliation", "")]
    guessed.append(("authors-email", ""))
    for act in ("authors:up:0", "preview", ""):
        answer = await send(bob, T1, [*guessed, ("do", act)])
        assert answer.status_code in (200, 422), act
        assert "Guest of Honour" not in answer.text
    assert "star" not in {code for code, _role in await parts()}


def crowd(n: int) -> Entries:
    """Rows of so many strangers, each with an address."""
    rows = ((f"+{k + 1}", f"Stranger {k}", "", f"stranger-{k}@example.org") for k in range(n))
    cells = ("key", "name", "affiliation", "email")
    return [(f"authors-{cell}", text) for row in rows for cell, text in zip(cells, row, strict=True)]


async def test_nobody_has_letters_sent_to_a_crowd_by_naming_it(bob: Client) -> None:
    answer = await send(bob, T1, [*await given(bob), *crowd(fellows.MOST)])
    assert answer.status_code == 422
    assert "At most 100 people" in words(answer.text)
    answer = await send(bob, T1, [*await given(bob), *crowd(forms.NAMED_A_DAY + 1)])
    assert answer.status_code == 422
    assert "So many new addresses" in words(answer.text)
    assert len((await reading.draft(SLUG)).planning.contacts) < 5
