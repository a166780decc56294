"""Bringing pictures and attachments, and arranging them, in both workspaces."""

from __future__ import annotations

import asyncio
from typing import Any, cast
from urllib.parse import urlencode

import httpx
import msgspec
import pytest
from litestar.datastructures import UploadFile
from litestar.testing import AsyncTestClient
from lxml import html

from events_app import editing, reading
from events_app.app import App
from events_app.editing import files
from events_app.programme.lookup import index
from events_app.programme.model import Attachment, Picture
from events_app.programme.planning import Contact, Needs
from tests.brought import PAGE, SVG, photograph, slides
from tests.conference import BOB, DADZ

from .conftest import sign_in
from .filling import entries, send, typed, words

Client = AsyncTestClient[App]
SLUG = "small-2028"
AT = f"/organise/{SLUG}"
SPEAK = f"/speak/{SLUG}"


async def brought(client: httpx.AsyncClient, address: str, data: bytes, name: str = "x.jpg", **more: str) -> Any:
    head = {"accept": "text/html"}
    return await client.post(address, files={"file": (name, data, "image/jpeg")}, data=more, headers=head)


async def arranged(client: Client, address: str, do: str, **more: str) -> Any:
    head = {"content-type": "application/x-www-form-urlencoded", "accept": "text/html"}
    given = [(name.replace("__", "-"), text) for name, text in more.items()]
    body = urlencode([("do", do), *given])
    return await client.post(f"{address}/arrangement", content=body, headers=head)


async def draft() -> Any:
    return index((await reading.draft(SLUG)).programme)


async def pictures() -> tuple[Picture, ...]:
    found: tuple[Picture, ...] = (await draft()).showcases["dadz"].pictures
    return found


@pytest.fixture
async def bob(client: Client) -> Client:
    """Signed in as Bob, who speaks."""
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email="bob@example.org"), "tests")
    await sign_in(client, "bob@example.org")
    return client


async def test_a_picture_is_brought_described_and_told_of_in_the_history(olga: Client) -> None:
    answer = await brought(olga, f"{AT}/showcases/dadz/pictures", photograph(), alt="  Dads on a\nhill ")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{AT}/showcases/dadz?done=saved#shelf")
    (picture,) = await pictures()
    assert (picture.alt, picture.width, picture.height) == ("Dads on a hill", 90, 60)
    page = (await olga.get(f"{AT}/showcases/dadz")).text
    assert f'src="{AT}/files/{picture.key}"' in page
    assert "“May be pictured” is not ticked" in page
    line = (await reading.log(SLUG))[0]
    assert (line.who, line.what, line.noun, line.code) == ("olga@example.org", "revise", "showcases", "dadz")
    assert (await olga.get(f"{AT}/history")).status_code == 200


async def test_pictures_are_described_moved_and_removed(olga: Client) -> None:
    here = f"{AT}/showcases/dadz/pictures"
    for colour in ("red", "green", "blue"):
        await brought(olga, here, photograph(colour), alt=colour)
    one, two, three = [picture.key for picture in await pictures()]
    await arranged(olga, here, f"down:{one}", key=one, **{f"alt-{one}": "A rose", f"was-alt-{one}": "red"})
    assert [(picture.key, picture.alt) for picture in await pictures()] == [
        (two, "green"), (one, "A rose"), (three, "blue"),
    ]  # fmt: skip
    await arranged(olga, here, f"up:{three}")
    await arranged(olga, here, f"remove:{two}")
    assert [picture.key for picture in await pictures()] == [three, one]
    for act in ("up:nothing", f"up:{three}", "remove:nothing", "nonsense", ""):
        assert (await arranged(olga, here, act)).status_code == 303
    assert [picture.key for picture in await pictures()] == [three, one]


async def test_the_same_picture_is_there_once(olga: Client) -> None:
    for alt in ("one", "other"):
        await brought(olga, f"{AT}/showcases/dadz/pictures", photograph(), alt=alt)
    assert [picture.alt for picture in await pictures()] == ["other"]


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (SVG, "logo.png", "This is an SVG drawing"),
        (PAGE, "photo.jpg", "This is a web page"),
        (b"", "photo.jpg", "No file was chosen"),
        (photograph()[:400], "photo.jpg", "The picture is damaged"),
    ],
)
async def test_what_is_no_picture_is_refused_and_its_words_are_kept(
    olga: Client, data: bytes, name: str, says: str
) -> None:
    before = await reading.log(SLUG)
    answer = await brought(olga, f"{AT}/showcases/dadz/pictures", data, name, alt="My <words>")
    assert answer.status_code == 422
    assert says in words(answer.text, '//*[@role="alert"]')
    assert html.fromstring(answer.text).xpath('//input[@name="alt"]/@value') == ["My <words>"]
    assert await reading.log(SLUG) == before
    assert await reading.kept_files(SLUG) == frozenset()


async def test_there_is_place_for_so_many_and_no_more(olga: Client) -> None:
    many = tuple(Picture(key=f"{n:064x}", width=1, height=1) for n in range(12))
    await editing.put(SLUG, "showcases", msgspec.structs.replace(DADZ, pictures=many), "tests")
    answer = await brought(olga, f"{AT}/showcases/dadz/pictures", photograph())
    assert answer.status_code == 422
    assert "There are 12 already" in answer.text
    assert len(await pictures()) == 12


async def test_two_who_bring_pictures_at_once_both_have_theirs_there(olga: Client) -> None:
    """The second has not seen the first one's."""
    here = f"{AT}/showcases/dadz/pictures"
    await brought(olga, here, photograph("red"))
    await editing.put(SLUG, "showcases", msgspec.structs.replace((await draft()).showcases["dadz"], wish="Tea"), "x")
    await brought(olga, here, photograph("blue"))
    assert len(await pictures()) == 2
    assert (await draft()).showcases["dadz"].wish == "Tea"


async def test_words_that_two_have_changed_are_shown_to_the_second(olga: Client) -> None:
    here = f"{AT}/showcases/dadz/pictures"
    await brought(olga, here, photograph(), alt="A hill")
    (picture,) = await pictures()
    told = {f"was-alt-{picture.key}": "A hill"}
    await arranged(olga, here, "save", key=picture.key, **{f"alt-{picture.key}": "A green hill"}, **told)
    answer = await arranged(olga, here, "save", key=picture.key, **{f"alt-{picture.key}": "Dads"}, **told)
    assert answer.status_code == 409
    assert "A green hill" in words(answer.text)
    again = [*entries(answer.text), ("do", "save")]
    assert (f"alt-{picture.key}", "Dads") in again
    assert (await pictures())[0].alt == "A green hill"
    await send(olga, f"{here}/arrangement", again)
    assert (await pictures())[0].alt == "Dads"


async def test_a_form_that_was_open_meanwhile_saves_without_a_question(olga: Client) -> None:
    page = (await olga.get(f"{AT}/showcases/dadz")).text
    given = typed(entries(page), wish="Tea and talk")
    await brought(olga, f"{AT}/showcases/dadz/pictures", photograph())
    answer = await send(olga, f"{AT}/showcases/dadz", given)
    assert answer.status_code == 303
    assert (await draft()).showcases["dadz"].wish == "Tea and talk"
    assert len(await pictures()) == 1


async def test_a_photograph_is_cut_square_and_replaces_the_one_that_was_seen(olga: Client) -> None:
    here = f"{AT}/people/bob-baker/pictures"
    await brought(olga, here, photograph("red"), cut="middle", seen="")
    first: Picture = (await draft()).people["bob-baker"].picture
    assert (first.width, first.height) == (60, 60)
    answer = await brought(olga, here, photograph("blue"), cut="whole", seen="")
    assert answer.status_code == 409
    assert "Somebody else has brought another picture" in answer.text
    assert (await draft()).people["bob-baker"].picture == first
    again = dict(entries(answer.text, here))
    assert again["seen"] == first.key
    assert (await brought(olga, here, photograph("blue"), cut="whole", seen=again["seen"])).status_code == 303
    assert (await draft()).people["bob-baker"].picture.width == 90
    await arranged(olga, here, f"remove:{(await draft()).people['bob-baker'].picture.key}")
    assert (await draft()).people["bob-baker"].picture is None


async def test_the_logo_and_the_pictures_of_texts_are_the_event_s(olga: Client) -> None:
    await brought(olga, f"{AT}/logo", photograph(), alt="Our logo", seen="")
    assert (await draft()).programme.event.logo.alt == "Our logo"
    here = f"{AT}/texts/back/0/pictures"
    more = {"alt": "A firm", "url": "https://firm.example/", "text": "Getting there"}
    await brought(olga, here, photograph("red"), **more)
    (picture,) = (await draft()).programme.event.back[0].pictures
    assert (picture.alt, picture.url) == ("A firm", "https://firm.example/")
    for url in ("javascript:alert(1)", "data:text/html,x", "//evil.example"):
        assert (await brought(olga, here, photograph("blue"), **{**more, "url": url})).status_code == 422
    page = (await olga.get(f"{AT}/texts/back/0")).text
    assert f'src="{AT}/files/{picture.key}"' in page
    await send(
        olga, f"{AT}/texts/back/0", [*typed(entries(page, f"{AT}/texts/back/0"), text="By train."), ("do", "save")]
    )
    text = (await draft()).programme.event.back[0]
    assert (text.text, text.pictures) == ("By train.", (picture,))
    settings = (await olga.get(f"{AT}/settings")).text
    await send(olga, f"{AT}/settings", [*typed(entries(settings), subtitle="Otherwise"), ("do", "save")])
    assert (await draft()).programme.event.logo.alt == "Our logo"


async def test_a_text_s_picture_finds_it_where_it_has_been_moved(olga: Client) -> None:
    page = (await olga.get(f"{AT}/texts")).text
    move = [*entries(page, f"{AT}/texts/moves"), ("way", "down")]
    await send(olga, f"{AT}/texts/moves", move)  # Welcome goes from the front to the back
    await brought(olga, f"{AT}/texts/front/0/pictures", photograph(), text="Welcome")
    event = (await draft()).programme.event
    assert [len(text.pictures) for text in event.back if text.title == "Welcome"] == [1]
    answer = await brought(olga, f"{AT}/texts/front/0/pictures", photograph("red"), text="Gone by now")
    assert answer.status_code == 409
    assert "is not there any more" in answer.text


async def test_slides_are_brought_called_and_taken_away(olga: Client) -> None:
    here = f"{AT}/sessions/K1/files"
    answer = await brought(olga, here, slides(), "../../Talk \u202efdp.exe.pdf", label="Slides")
    assert answer.status_code == 303
    (file,) = (await draft()).sessions["K1"].files
    assert isinstance(file, Attachment)
    assert (file.name, file.media, file.label) == ("Talk fdp.exe.pdf", "application/pdf", "Slides")
    await arranged(
        olga, here, "save", key=file.key, **{f"label-{file.key}": "My slides", f"was-label-{file.key}": "Slides"}
    )
    assert (await draft()).sessions["K1"].files[0].label == "My slides"
    for data, name in ((PAGE, "paper.pdf"), (photograph(), "slides.pdf")):
        assert (await brought(olga, here, data, name)).status_code == 422
    await arranged(olga, here, f"remove:{file.key}")
    assert (await draft()).sessions["K1"].files == ()


@pytest.mark.parametrize(
    "address",
    ["people/bob-baker/files", "sessions/K1/pictures", "rooms/aula/pictures", "nonsense/x/pictures", "panels/P1/files"],
)
async def test_things_that_have_no_such_shelf_take_nothing(olga: Client, address: str) -> None:
    before = await reading.log(SLUG)
    assert (await brought(olga, f"{AT}/{address}", photograph())).status_code == 404
    assert (await arranged(olga, f"{AT}/{address}", "save")).status_code == 404
    assert await reading.log(SLUG) == before


async def test_what_is_not_there_takes_nothing(olga: Client) -> None:
    assert (await brought(olga, f"{AT}/people/nobody/pictures", photograph())).status_code == 409
    assert (await arranged(olga, f"{AT}/people/nobody/pictures", "save")).status_code == 409


async def test_what_is_larger_than_any_picture_is_not_even_read(olga: Client) -> None:
    answer = await brought(olga, f"{AT}/showcases/dadz/pictures", bytes(22 * 2**20))
    assert answer.status_code == 413


async def test_a_speaker_s_photograph_is_public_at_once(bob: Client) -> None:
    answer = await brought(bob, f"{SPEAK}/people/bob-baker/pictures", photograph(), alt="Bob laughs", cut="middle")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{SPEAK}/people/bob-baker?done=public#shelf")
    published = await reading.published(SLUG)
    assert published
    picture = index(published).people["bob-baker"].picture
    assert picture
    assert picture.alt == "Bob laughs"
    assert (await bob.get(f"/{SLUG}/files/{picture.key}")).status_code == 200
    assert (await reading.log(SLUG))[0].what == "correct"


async def test_a_speaker_s_slides_are_public_at_once_and_can_be_taken_away(bob: Client) -> None:
    here = f"{SPEAK}/papers/T1/files"
    await brought(bob, here, slides(), "paper.pdf")
    page = (await bob.get(f"/{SLUG}/papers/T1")).text
    assert "paper.pdf" in page
    assert "PDF, " in page
    (file,) = (await draft()).papers["T1"].files
    await arranged(bob, here, f"remove:{file.key}")
    assert "paper.pdf" not in (await bob.get(f"/{SLUG}/papers/T1")).text


@pytest.mark.parametrize("address", ["people/alice-adler/pictures", "papers/T2/files", "showcases/dadz/pictures"])
async def test_nobody_brings_anything_to_what_is_not_theirs(bob: Client, address: str) -> None:
    before = await reading.log(SLUG)
    for path in (f"{SPEAK}/{address}", f"{AT}/{address}"):
        assert (await brought(bob, path, photograph())).status_code == 403
        assert (await arranged(bob, path, "save")).status_code == 403
    assert await reading.log(SLUG) == before
    assert await reading.kept_files(SLUG) == frozenset()


async def test_a_refused_speaker_reads_why_on_a_page_of_theirs(bob: Client) -> None:
    answer = await brought(bob, f"{SPEAK}/people/bob-baker/pictures", SVG)
    assert answer.status_code == 422
    assert "SVG" in answer.text
    assert f'href="{SPEAK}/people/bob-baker#shelf"' in answer.text


async def test_pictures_of_those_who_may_not_be_pictured_stay_inside(client: Client) -> None:
    await editing.put(SLUG, "contacts", Contact(person="dana-osei", email="dana@example.org"), "tests")
    await sign_in(client, "dana@example.org")
    here = f"{SPEAK}/showcases/dadz/pictures"
    answer = await brought(client, here, photograph(), alt="Dads")
    assert "done=next" in answer.headers["location"]
    (picture,) = await pictures()
    assert "/files/" not in (await client.get(f"/{SLUG}/showcases/dadz")).text
    needs = Needs(showcase="dadz", pictured=True)
    await editing.correct(SLUG, {("needs", "dadz"): needs}, "dana@example.org", seen={("needs", "dadz"): None})
    assert f"/{SLUG}/files/{picture.key}" in (await client.get(f"/{SLUG}/showcases/dadz")).text
    unpictured = msgspec.structs.replace(needs, pictured=False)
    await editing.correct(SLUG, {("needs", "dadz"): unpictured}, "dana@example.org", seen={("needs", "dadz"): needs})
    assert "/files/" not in (await client.get(f"/{SLUG}/showcases/dadz")).text
    assert (await client.get(f"/{SLUG}/files/{picture.key}")).status_code == 404


async def test_an_organiser_s_change_of_a_person_keeps_their_photograph(olga: Client) -> None:
    await brought(olga, f"{AT}/people/bob-baker/pictures", photograph())
    picture = (await draft()).people["bob-baker"].picture
    page = (await olga.get(f"{AT}/people/bob-baker")).text
    await send(olga, f"{AT}/people/bob-baker", typed(entries(page), affiliation="Aston"))
    assert (await draft()).people["bob-baker"] == msgspec.structs.replace(BOB, affiliation="Aston", picture=picture)


async def test_the_history_tells_of_pictures_by_what_they_show(olga: Client) -> None:
    await brought(olga, f"{AT}/people/bob-baker/pictures", photograph(), alt="Bob laughs")
    picture = (await draft()).people["bob-baker"].picture
    page = (await olga.get(f"{AT}/people/bob-baker/history")).text
    assert "Photograph" in page
    assert "Bob laughs" in words(page)
    assert picture.key not in words(page)


async def test_nobody_fills_the_disk_by_bringing_files_and_taking_them_away(
    bob: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is taken away is kept for a while, so that it can be brought back."""
    await editing.put(SLUG, "contacts", Contact(person="charlie-khan", email="charlie@example.org"), "tests")
    one, other = photograph("red"), photograph("blue")
    address = f"{SPEAK}/people/bob-baker/pictures"
    assert (await brought(bob, address, one)).status_code == 303
    await arranged(bob, address, f"remove:{(await draft()).people['bob-baker'].picture.key}")
    assert (await draft()).people["bob-baker"].picture is None
    monkeypatch.setattr(files, "MOST_OF_ONE", len(other))
    answer = await brought(bob, address, other)
    assert answer.status_code == 422
    assert "those that you took away" in words(answer.text)
    assert len(await reading.kept_files(SLUG)) == 1
    await sign_in(bob, "charlie@example.org")  # others have room of their own
    assert (await brought(bob, f"{SPEAK}/people/charlie-khan/pictures", other)).status_code == 303


async def test_of_many_that_bring_files_at_once_only_two_are_held_in_memory(
    olga: Client, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[int] = []
    now = 0
    read, take = UploadFile.read, files.take_picture

    async def counted(file: UploadFile, size: int = -1) -> bytes:
        nonlocal now
        now += size == -1
        held.append(now)
        return await read(file, size)

    async def taken(*given: Any, **more: Any) -> Picture:
        nonlocal now
        try:
            return await take(*given, **more)
        finally:
            now -= 1

    monkeypatch.setattr(UploadFile, "read", counted)
    monkeypatch.setattr(files, "take_picture", taken)
    colours = ("red", "green", "blue", "black", "white")
    here = f"{AT}/showcases/dadz/pictures"
    at_once = httpx.ASGITransport(cast(Any, app))  # the test client asks one after the other
    async with httpx.AsyncClient(transport=at_once, base_url="http://testserver.local", cookies=olga.cookies) as many:
        answers = await asyncio.gather(*(brought(many, here, photograph(colour)) for colour in colours))
    assert {answer.headers["location"] for answer in answers} == {f"{AT}/showcases/dadz?done=saved#shelf"}
    assert max(held) == 2
    assert len(await pictures()) == 5


async def test_a_form_that_can_bring_no_file_is_not_read(olga: Client) -> None:
    answer = await olga.post(f"{AT}/showcases/dadz/pictures", data={"alt": "x" * 2**20})
    assert answer.status_code == 400
    assert "brings no file" in answer.text
