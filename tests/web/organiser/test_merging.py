"""Two people who are one."""

from __future__ import annotations

from litestar.testing import AsyncTestClient
from lxml import html
from msgspec.structs import replace

from events_app import editing, reading
from events_app.app import App
from events_app.programme.model import Link
from events_app.programme.planning import Contact
from tests.conference import CHARLIE, OTHER_CHARLIE
from tests.web.conftest import OLGA
from tests.web.filling import entries, send, words

Client = AsyncTestClient[App]
SLUG = "small-2028"
PAGE = "/organise/small-2028/people/charlie-khan/merge"


async def both(olga: Client) -> str:
    answer = await olga.get(f"{PAGE}?other=charlie-khan-2")
    assert answer.status_code == 200
    return str(answer.text)


async def test_people_of_the_same_name_are_offered(olga: Client) -> None:
    text = (await olga.get(PAGE)).text
    assert html.fromstring(text).xpath("//ul[@class='plain']//a/@href") == [f"{PAGE}?other=charlie-khan-2"]


async def test_the_two_lie_side_by_side_with_all_that_they_do(olga: Client) -> None:
    text = words(await both(olga))
    assert "City Council" in text
    assert "Lund" in text
    assert "What neighbours know" in text


async def test_what_is_chosen_stays_and_the_other_is_gone(olga: Client) -> None:
    await editing.put(SLUG, "contacts", Contact(person="charlie-khan-2", email="c@example.org"), OLGA)
    await editing.put(SLUG, "people", replace(CHARLIE, links=(Link(url="https://a.example/"),)), OLGA)
    await editing.put(SLUG, "people", replace(OTHER_CHARLIE, links=(Link(url="https://b.example/"),)), OLGA)
    chosen = {"keep": "charlie-khan-2", "take-affiliation": "one"}
    given = [(name, chosen.get(name, text)) for name, text in entries(await both(olga))]
    answer = await send(olga, PAGE, given)
    assert answer.headers["location"] == "/organise/small-2028/people/charlie-khan-2?done=saved"
    draft = await reading.draft(SLUG)
    [left] = [person for person in draft.programme.people if person.name == "Charlie Khan"]
    links = (Link(url="https://a.example/"), Link(url="https://b.example/"))
    assert left == replace(OTHER_CHARLIE, affiliation="City Council", links=links)
    assert draft.planning.contacts == (Contact(person="charlie-khan-2", email="c@example.org"),)


async def test_who_stays_keeps_code_and_name_together(olga: Client) -> None:
    page = "/organise/small-2028/people/bob-baker/merge"
    text = (await olga.get(f"{page}?other=charlie-khan")).text
    assert "bear different names" in words(text)
    given = [(name, {"keep": "charlie-khan"}.get(name, value)) for name, value in entries(text)]
    await send(olga, page, [*given, ("take-name", "one")])
    people = {person.code: person for person in (await reading.draft(SLUG)).programme.people}
    assert "bob-baker" not in people
    assert (people["charlie-khan"].name, people["charlie-khan"].sorts_as) == (CHARLIE.name, CHARLIE.sorts_as)


async def test_whoever_has_more_to_do_is_proposed_to_stay(olga: Client) -> None:
    for page, other in (("bob-baker", "charlie-khan-2"), ("charlie-khan-2", "bob-baker")):
        text = (await olga.get(f"/organise/small-2028/people/{page}/merge?other={other}")).text
        assert html.fromstring(text).xpath("//input[@name='keep'][@checked]/@value") == ["bob-baker"]


async def test_who_was_changed_meanwhile_is_shown_again(olga: Client) -> None:
    given = entries(await both(olga))
    await editing.put(SLUG, "people", replace(OTHER_CHARLIE, affiliation="Malmö"), "eve@example.org")
    answer = await send(olga, PAGE, given)
    assert answer.status_code == 409
    assert "Malmö" in words(answer.text)
    assert (await send(olga, PAGE, entries(answer.text))).status_code == 303


async def test_nobody_is_merged_with_themselves_or_somebody_unknown(olga: Client) -> None:
    for other in ("charlie-khan", "Nobody", "Charlie Khan"):
        answer = await olga.get(PAGE, params={"other": other})
        assert answer.status_code == 422
        assert html.fromstring(answer.text).xpath("//p[@id='other-wrong']")
    same = await send(olga, PAGE, [("other", "charlie-khan"), ("seen", "{}")])
    assert same.status_code == 200
    assert (await olga.get("/organise/small-2028/rooms/aula/merge")).status_code == 404
