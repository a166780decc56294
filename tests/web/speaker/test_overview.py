"""Everything that is theirs in one place, as it is public; and who gets to see and answer it."""

from __future__ import annotations

import msgspec
import pytest
from litestar.testing import AsyncTestClient
from lxml import html

from events_app import editing, reading
from events_app.app import App
from events_app.intake.reading import Reading
from events_app.programme.model import Part, Role
from events_app.programme.planning import Answer, Contact, Rules
from events_app.web.routes import ROUTES
from events_app.web.speaker.duties import duties
from tests.conference import PROGRAMME, at
from tests.programme.edits import edited
from tests.web.conftest import OLGA, sign_in
from tests.web.filling import send, words
from tests.web.test_routes import address

Client = AsyncTestClient[App]
SLUG = "small-2028"
AT = f"/speak/{SLUG}"
PEOPLE = {"bob": "bob-baker", "alice": "alice-adler", "dana": "dana-osei", "eve": "eve-ito"}


@pytest.fixture
async def world(client: Client) -> Client:
    for name, code in PEOPLE.items():
        await editing.put(SLUG, "contacts", Contact(person=code, email=f"{name}@example.org"), OLGA)
    return client


async def overview(client: Client, name: str) -> str:
    await sign_in(client, f"{name}@example.org")
    answer = await client.get(f"{AT}/")
    assert answer.status_code == 200
    return str(answer.text)


def test_duties_come_in_the_order_of_time_with_role_papers_and_company() -> None:
    found = duties(PROGRAMME, PROGRAMME, {"bob-baker"})
    assert [duty.session.code for duty in found] == ["K1", "P1-1"]
    assert found[0].roles == ("Keynote speaker",)
    assert [(given.paper.code, given.starts) for given in found[1].papers] == [("T1", at(25, 10, 30))]
    company = {label: [person.code for person in people] for label, people in found[1].others}
    assert company == {"Chair": ["alice-adler"], "": ["charlie-khan-2"]}


def test_what_is_being_moved_in_the_draft_is_told_as_everybody_knows_it() -> None:
    draft = edited(PROGRAMME, "sessions", "K1", starts=at(26, 15), room="room-b")
    (keynote, _papers) = duties(draft, PROGRAMME, {"bob-baker"})
    assert (keynote.session.starts, keynote.session.room, keynote.told) == (at(25, 9), "aula", True)


def test_who_is_named_only_in_the_draft_is_told_so_with_the_time_that_is_public() -> None:
    draft = edited(PROGRAMME, "sessions", "K1", parts=(Part(person="eve-ito", role=Role.CHAIR),), starts=at(26, 15))
    keynote = duties(draft, PROGRAMME, {"eve-ito"})[0]
    assert (keynote.session.code, keynote.session.starts, keynote.told) == ("K1", at(25, 9), False)


def test_before_the_first_release_nothing_has_a_time_or_a_room() -> None:
    found = duties(PROGRAMME, None, {"bob-baker"})
    assert [(duty.session.code, duty.session.starts, duty.session.room) for duty in found] == [
        ("K1", None, ""),
        ("P1-1", None, ""),
    ]


async def test_a_speaker_sees_when_where_and_with_whom(world: Client) -> None:
    told = words(await overview(world, "bob"))
    for part in ("09:00–10:00", "Aula, Exchange, level 0 · step-free", "Keynote speaker", "10:30", "Alice Adler"):
        assert part in told
    assert f"/{SLUG}/subscribe?of=people/bob-baker" in (await world.get(f"{AT}/")).text


async def test_chairs_and_hosts_find_the_way_to_what_they_run(world: Client) -> None:
    assert f'href="{AT}/panels/P1"' in await overview(world, "alice")
    assert f'href="{AT}/showcases/dadz"' in await overview(world, "dana")


async def test_what_is_missing_leads_to_where_it_is_put_right(world: Client) -> None:
    page = html.fromstring(await overview(world, "eve"))
    links = {link.text_content(): link.get("href") for link in page.xpath("//section[@class='missing']//a")}
    assert links["You have no biography yet."] == f"{AT}/people/eve-ito#field-biography"
    form = (await world.get(f"{AT}/people/eve-ito")).text
    assert html.fromstring(form).xpath("//*[@id='field-biography']")


async def test_the_organisers_can_be_reached(world: Client) -> None:
    await editing.put(SLUG, "rules", Rules(reach="programme@example.org"), OLGA)
    assert "mailto:programme@example.org" in await overview(world, "bob")


async def test_people_say_whether_they_come(world: Client) -> None:
    assert "Are you coming?" in words(await overview(world, "bob"))
    form = [("noun", "sessions"), ("code", "K1"), ("person", "bob-baker"), ("back", f"{AT}/")]
    answer = await send(world, f"{AT}/answers", [*form, ("comes", "no"), ("reason", "A train strike")])
    assert answer.headers["location"] == f"{AT}/?done=answered"
    assert "You cannot come. A train strike" in words((await world.get(f"{AT}/")).text)
    await send(world, f"{AT}/answers", [*form, ("comes", "yes"), ("reason", "A train strike")])
    (said,) = (await reading.draft(SLUG)).planning.answers
    assert (said.comes, said.reason, said.by) == (True, "", "bob@example.org")


async def test_an_author_answers_for_a_co_author_who_presents(world: Client) -> None:
    paper = {paper.code: paper for paper in PROGRAMME.papers}["T1"]
    presenter = Part(person="charlie-khan", role=Role.PRESENTER)
    await editing.put(SLUG, "papers", msgspec.structs.replace(paper, parts=(*paper.parts, presenter)), OLGA)
    await sign_in(world, "bob@example.org")
    assert "Is Charlie Khan coming?" in words((await world.get(f"{AT}/papers/T1")).text)
    form = [("noun", "papers"), ("code", "T1"), ("person", "charlie-khan"), ("comes", "yes")]
    assert (await send(world, f"{AT}/answers", form)).status_code == 303
    (said,) = (await reading.draft(SLUG)).planning.answers
    assert (said.person, said.by) == ("charlie-khan", "bob@example.org")


@pytest.mark.parametrize(
    ("noun", "code", "person"),
    [
        ("sessions", "K1", "alice-adler"),  # somebody else's part
        ("sessions", "D2", "bob-baker"),  # a part that they do not have
        ("papers", "T3", "eve-ito"),  # a paper of others
        ("papers", "T4", "bob-baker"),  # of a reserve nobody is asked
        ("sessions", "X", "bob-baker"),
        ("people", "bob-baker", "bob-baker"),
        ("rooms", "aula", "bob-baker"),
        ("", "", ""),
    ],
)
async def test_nobody_answers_for_what_is_not_asked_of_them(world: Client, noun: str, code: str, person: str) -> None:
    await sign_in(world, "bob@example.org")
    form = [("noun", noun), ("code", code), ("person", person), ("comes", "yes")]
    assert (await send(world, f"{AT}/answers", form)).status_code == 403
    assert (await reading.draft(SLUG)).planning.answers == ()


async def test_an_answer_goes_back_to_pages_of_the_event_alone(world: Client) -> None:
    await sign_in(world, "bob@example.org")
    form = [("noun", "sessions"), ("code", "K1"), ("person", "bob-baker"), ("comes", "yes")]
    for back in ("https://evil.example/", "//evil.example", "/organise/", f"{AT}/?x="):
        answer = await send(world, f"{AT}/answers", [*form, ("back", back)])
        assert answer.headers["location"] == f"{AT}/?done=answered"


@pytest.mark.parametrize(
    ("name", "path", "status"),
    [
        ("bob", "people/bob-baker", 200),
        ("bob", "people/alice-adler", 403),
        ("bob", "papers/T1", 200),
        ("bob", "papers/T4", 200),
        ("bob", "papers/T2", 403),
        ("bob", "papers/T9", 403),
        ("bob", "sessions/K1", 200),
        ("bob", "sessions/P1-1", 403),
        ("alice", "sessions/P1-1", 200),
        ("alice", "papers/T1", 200),  # of the panel that she chairs
        ("alice", "sessions/D2", 200),
        ("eve", "sessions/D2", 403),  # on the podium, but its words are its moderator's
        ("dana", "papers/T1", 403),
        ("nobody", "people/bob-baker", 403),
        ("nobody", "", 403),
    ],
)
async def test_everybody_opens_their_own_and_nothing_else(world: Client, name: str, path: str, status: int) -> None:
    await sign_in(world, f"{name}@example.org")
    assert (await world.get(f"{AT}/{path}")).status_code == status
    if status == 403 and path:
        before = await reading.draft(SLUG)
        assert (await send(world, f"{AT}/{path}", [("seen", "{}"), ("title", "x")])).status_code == 403
        assert await reading.draft(SLUG) == before


async def test_a_chair_withdraws_no_paper_of_others(world: Client) -> None:
    await sign_in(world, "alice@example.org")
    assert (await send(world, f"{AT}/papers/T1/withdrawal", [("do", "withdraw")])).status_code == 403


async def test_who_has_a_part_in_one_event_sees_nothing_of_another(world: Client) -> None:
    event = msgspec.structs.replace(PROGRAMME.event, slug="other-2028", uid="other")
    other = Reading(kind="t", programme=msgspec.structs.replace(PROGRAMME, event=event))
    await editing.import_reading(None, other, "tests")
    await sign_in(world, "bob@example.org")
    for entry in ROUTES:
        if entry.path.startswith("/speak/{event:str}"):
            asked = address(entry).replace(SLUG, "other-2028")
            answer = await world.request(entry.method, asked, headers={"accept": "text/html"})
            assert answer.status_code == 403, (entry.method, entry.path)


async def test_one_sign_in_covers_several_events(world: Client) -> None:
    event = msgspec.structs.replace(PROGRAMME.event, slug="other-2028", uid="other", name="Another one")
    other = Reading(kind="t", programme=msgspec.structs.replace(PROGRAMME, event=event))
    await editing.import_reading(None, other, "tests")
    await editing.put("other-2028", "contacts", Contact(person="bob-baker", email="bob@example.org"), OLGA)
    page = await overview(world, "bob")
    assert 'href="/speak/other-2028/"' in page
    other_page = await world.get("/speak/other-2028/")
    assert "The programme is not published yet." in words(other_page.text)
    assert "09:00" not in other_page.text
    assert (await world.get("/speak/")).status_code == 200


async def test_what_was_answered_is_with_the_person_for_organisers(world: Client, olga: Client) -> None:
    said = Answer(person="bob-baker", noun="sessions", code="K1", comes=False, reason="A train strike")
    await editing.put(SLUG, "answers", said, "bob@example.org")
    page = words((await olga.get(f"/organise/{SLUG}/people/bob-baker")).text)
    assert "Does not come · Opening keynote" in page
    assert "A train strike" in page
    assert "no (1 of 1)" in words((await olga.get(f"/organise/{SLUG}/people/?comes=no")).text)
