"""Hosts keep their showcase right: words at once, hours with the next version, needs for organisers alone."""

from __future__ import annotations

from typing import Any

import pytest
from litestar.testing import AsyncTestClient
from msgspec.structs import replace

from events_app import editing, reading
from events_app.app import App
from events_app.programme.model import Part, Picture, Reply, Role, Showcase
from events_app.programme.planning import Contact, Needs, Rules
from events_app.web.speaker.showcases import missing
from tests.conference import DADZ, PROGRAMME
from tests.web.conftest import OLGA, sign_in
from tests.web.filling import Entries, entries, send, typed, words

Client = AsyncTestClient[App]
SLUG = "small-2028"
PAGE = f"/speak/{SLUG}/showcases/dadz"
PUBLIC = f"/{SLUG}/showcases/dadz"
DANA, FRED = "dana@example.org", "fred@example.org"


@pytest.fixture
async def dana(client: Client) -> Client:
    """Signed in as Dana, who hosts Salford Dadz."""
    await editing.put(SLUG, "contacts", Contact(person="dana-osei", email=DANA), OLGA)
    await sign_in(client, DANA)
    return client


async def form(client: Client) -> Entries:
    answer = await client.get(PAGE)
    assert answer.status_code == 200, answer.text
    return entries(answer.text)


async def saved(client: Client, given: Entries) -> str:
    """The page after saving."""
    answer = await send(client, PAGE, given)
    assert answer.status_code == 303, words(answer.text)
    return words((await client.get(answer.headers["location"])).text)


async def standing() -> tuple[Showcase, Needs | None]:
    draft = await reading.draft(SLUG)
    [show] = [show for show in draft.programme.showcases if show.code == "dadz"]
    return show, next((need for need in draft.planning.needs if need.showcase == "dadz"), None)


async def test_a_form_sent_back_as_it_came_writes_nothing(dana: Client) -> None:
    before = await reading.draft(SLUG)
    answer = await send(dana, PAGE, await form(dana))
    assert answer.headers["location"] == f"{PAGE}?done=same"
    assert await reading.draft(SLUG) == before


async def test_words_are_public_at_once(dana: Client) -> None:
    told = await saved(dana, typed(await form(dana), outcome="Forty *fathers*.", wish="A van.", home="Salford, UK"))
    assert "Everybody can see it now." in told
    page = words((await dana.get(PUBLIC)).text)
    for text in ("Forty fathers.", "A van.", "Salford, UK"):
        assert text in page


async def test_the_page_says_where_and_when_they_are_expected_and_links_to_the_sheet(dana: Client) -> None:
    page = await dana.get(PAGE)
    said = words(page.text)
    assert "Table 7 · Foyer, Exchange" in said
    assert "Sat 25 March, 12:00–14:00" in said
    assert "Your demonstrationSat 25 March, 13:00–13:30" in said
    assert f"/{SLUG}/print/showcases.pdf?showcase=dadz" in page.text


async def test_hours_wait_for_the_next_version_and_the_page_says_so(dana: Client) -> None:
    given = await form(dana)
    starts = next(n for n, (name, _text) in enumerate(given) if name == "staffing-starts")
    given[starts] = ("staffing-starts", "2028-03-25T11:30")
    assert "They are public" not in await saved(dana, given)
    said = words((await dana.get(PAGE)).text)
    assert "other hours: they are public with the next version" in said
    assert "12:00" in words((await dana.get(PUBLIC)).text)
    show, _needs = await standing()
    assert show.staffing[0].code == "a", "calendars know the hours by their code"
    await editing.release(SLUG, OLGA, "")
    assert "11:30" in words((await dana.get(PUBLIC)).text)


async def test_needs_are_kept_for_the_organisers_and_nobody_else_reads_them(dana: Client) -> None:
    given = typed(await form(dana), set_up="At eight, with a van.", notes="A ramp, please.")
    told = await saved(dana, [*given, ("power", "yes")])
    assert "Only the organisers see this." in told
    _show, needs = await standing()
    assert needs is not None
    assert (needs.power, needs.set_up, needs.notes, needs.listed) == (
        True,
        "At eight, with a van.",
        "A ramp, please.",
        True,
    )
    assert "A ramp" not in (await dana.get(PUBLIC)).text


async def test_who_does_not_want_to_be_named_any_more_is_public_no_more_at_once(dana: Client) -> None:
    await editing.put(SLUG, "rules", Rules(corrections_wait=True), OLGA)
    before = await form(dana)
    assert "your page leaves the programme at once" in words((await dana.get(PAGE)).text)
    told = await saved(dana, [(name, text) for name, text in before if name != "listed"])
    assert "You are not named any more" in told
    assert "Everybody can see it" not in told
    assert (await dana.get(PUBLIC)).status_code == 404
    assert "nothing of this is published" in words((await dana.get(PAGE)).text)


async def test_who_agrees_to_be_named_again_is_public_with_the_next_version(dana: Client) -> None:
    before = await form(dana)
    await saved(dana, [(name, text) for name, text in before if name != "listed"])
    assert "public with the next version" in await saved(dana, [*await form(dana), ("listed", "yes")])
    assert (await dana.get(PUBLIC)).status_code == 404
    await editing.release(SLUG, OLGA, "")
    assert (await dana.get(PUBLIC)).status_code == 200


async def test_somebody_added_with_an_address_can_sign_in_and_change_it_too(dana: Client) -> None:
    given = await form(dana)
    blank = next(n for n, (name, text) in enumerate(given) if name == "hosts-key" and text.startswith("+"))
    given[blank + 1 : blank + 4] = [("hosts-name", "Fred Marsh"), ("hosts-affiliation", ""), ("hosts-email", FRED)]
    await saved(dana, given)
    show, _needs = await standing()
    assert [part.person for part in show.parts] == ["dana-osei", "fred-marsh"]
    page = await dana.get(PUBLIC)
    assert "Fred Marsh" in page.text
    assert FRED not in page.text
    await sign_in(dana, FRED)
    told = await saved(dana, typed(await form(dana), summary="Fathers, grown."))
    assert "Everybody can see it now." in told
    assert "Dana" in told


async def test_nobody_can_take_themselves_off_and_be_locked_out(dana: Client) -> None:
    given = [(name, text) for name, text in await form(dana) if not name.startswith("hosts-")]
    answer = await send(dana, PAGE, given)
    assert answer.status_code == 422
    assert "You cannot take yourself off here" in words(answer.text)


async def test_others_who_have_another_part_in_it_stay(dana: Client) -> None:
    parts = (*DADZ.parts, Part(person="eve-ito", role=Role.SPEAKER))
    await editing.put(SLUG, "showcases", replace(DADZ, parts=parts), OLGA)
    given = await form(dana)
    blank = next(n for n, (name, text) in enumerate(given) if name == "hosts-key" and text.startswith("+"))
    given[blank + 1] = ("hosts-name", "Fred Marsh")
    await saved(dana, given)
    show, _needs = await standing()
    assert [(part.person, part.role) for part in show.parts] == [
        ("dana-osei", Role.HOST), ("fred-marsh", Role.HOST), ("eve-ito", Role.SPEAKER)
    ]  # fmt: skip


async def test_two_who_change_the_same_words_both_see_both(dana: Client) -> None:
    mine = typed(await form(dana), about="Mine.", title="Dadz of Salford")
    await editing.put(SLUG, "showcases", replace(DADZ, about="Theirs."), OLGA)
    answer = await send(dana, PAGE, mine)
    assert answer.status_code == 409
    assert "Mine." in words(answer.text)
    assert "Theirs." in words(answer.text)
    chosen = [*((name, text) for name, text in entries(answer.text) if name != "take-about"), ("take-about", "theirs")]
    assert (await send(dana, PAGE, chosen)).status_code == 303
    show, _needs = await standing()
    assert (show.about, show.title) == ("Theirs.", "Dadz of Salford")


async def test_an_organiser_who_moves_the_table_meanwhile_is_in_nobodys_way(dana: Client) -> None:
    mine = typed(await form(dana), about="Mine.")
    await editing.put(SLUG, "showcases", replace(DADZ, place="Table 9"), OLGA)
    await saved(dana, mine)
    show, _needs = await standing()
    assert (show.place, show.about) == ("Table 9", "Mine.")


async def test_no_form_history_or_preview_tells_of_another_table_before_it_is_released(dana: Client) -> None:
    await editing.put(SLUG, "showcases", replace(DADZ, floor="aula", place="Table 99"), OLGA)
    both = replace(DADZ, floor="aula", place="Table 99", about="Theirs.")
    given = typed(await form(dana), about="Mine.")
    pages = [(await dana.get(PAGE)).text, (await send(dana, PAGE, [*given, ("do", "preview")])).text]
    await editing.put(SLUG, "showcases", both, OLGA)
    conflict = await send(dana, PAGE, given)
    assert conflict.status_code == 409
    pages += [conflict.text, (await dana.get(PAGE)).text]
    assert [page for page in pages if "Table 99" in page or "aula" in page] == []
    assert "Theirs." in pages[-1]


async def test_a_host_cannot_move_the_table_or_answer_for_a_panel(dana: Client) -> None:
    answered = replace(DADZ, replies=(Reply(panel="P1", text="Come and see us."),))
    await editing.put(SLUG, "showcases", answered, OLGA)
    given = [*typed(await form(dana), about="Mine."), ("place", "Table 1"), ("floor", "aula"), ("replies", "x")]
    await saved(dana, given)
    show, _needs = await standing()
    assert (show.place, show.floor, show.replies, show.about) == ("Table 7", "foyer", answered.replies, "Mine.")


async def test_a_wish_for_a_demonstration_reaches_the_organisers_and_its_end_is_told(dana: Client) -> None:
    await editing.remove(SLUG, "sessions", "D1", OLGA)
    await editing.release(SLUG, OLGA, "")
    given = typed(await form(dana), demonstration="A song, at noon.", demonstration_minutes="20")
    assert "have not found one yet" in await saved(dana, given)
    await sign_in(dana, OLGA)
    await editing.offers.demonstrate(SLUG, "dadz", OLGA)
    await sign_in(dana, DANA)
    assert "have planned a time" in words((await dana.get(PAGE)).text)
    assert "A song" not in (await dana.get(PUBLIC)).text


async def test_panels_are_chosen_from_those_that_are_public(dana: Client) -> None:
    [panel] = PROGRAMME.panels
    await editing.put(SLUG, "panels", replace(panel, code="P2", title="A secret panel"), OLGA)
    assert "A secret panel" not in (await dana.get(PAGE)).text
    given = [(name, text) for name, text in await form(dana) if name != "panels"]
    answer = await send(dana, PAGE, [*given, ("panels", "P2")])
    assert answer.status_code == 422


async def test_the_preview_is_the_public_page_with_what_was_typed(dana: Client) -> None:
    given = [*typed(await form(dana), outcome="Forty fathers."), ("do", "preview")]
    answer = await send(dana, PAGE, given)
    assert "Forty fathers." in words(answer.text)
    assert "Community showcase" in words(answer.text)
    show, _needs = await standing()
    assert show.outcome == DADZ.outcome


async def test_where_corrections_wait_the_words_do(dana: Client) -> None:
    await editing.put(SLUG, "rules", Rules(corrections_wait=True), OLGA)
    assert "next version" in await saved(dana, typed(await form(dana), outcome="Forty fathers."))
    assert "Forty fathers." not in (await dana.get(PUBLIC)).text


async def test_nobody_elses_showcase_is_opened_or_changed(dana: Client) -> None:
    other = replace(DADZ, code="kib", title="Kissing it Better", parts=())
    await editing.put(SLUG, "showcases", other, OLGA)
    address = f"/speak/{SLUG}/showcases/kib"
    assert (await dana.get(address)).status_code == 403
    assert (await send(dana, address, await form(dana))).status_code == 403
    seen: dict[str, Any] = dict(await form(dana))
    assert "kib" not in seen["seen"]


def test_what_visitors_would_miss_is_told_and_nothing_else() -> None:
    said = Showcase(code="x", title="X")
    assert [name for name, _words in missing(said, Needs(showcase="x", listed=False))] == [
        "summary", "about", "staffing", "listed"
    ]  # fmt: skip
    pictured = replace(DADZ, pictures=(Picture(key="k", width=1, height=1),))
    assert [name for name, _words in missing(pictured, Needs(showcase="dadz"))] == ["pictures"]
    assert missing(DADZ, Needs(showcase="dadz")) == []
