"""Pictures and attachments in what the public gets."""

from __future__ import annotations

import io
import re

import msgspec
from lxml import html
from PIL import Image

from events_app.intake.pictures import redrawn
from events_app.programme.model import Attachment, Matter, Picture, Programme
from events_app.renditions import RENDITIONS, Site
from events_app.renditions.booklet import Booklet
from events_app.renditions.press.plates import LARGEST, plate
from tests.brought import photograph
from tests.conference import BOB, DADZ, EVENT, PAPERS, PROGRAMME, SESSIONS

LOGO, FACE, HILL, MAP, FIRM = (
    Picture(key=letter * 64, width=40, height=30, alt=alt, url=url)
    for letter, alt, url in (
        ("1", "Our logo", ""), ("2", "", ""), ("3", 'A "hill" <b>', ""), ("4", "The way", ""),
        ("5", "A firm", "https://firm.example/"),
    )
)  # fmt: skip
TALK = Attachment(key="6" * 64, name="talk ö.pdf", media="application/pdf", size=1_234_567, label="My <slides>")
BYTES = {picture.key: redrawn(photograph()).data for picture in (LOGO, HILL, MAP, FIRM)}


def shown() -> Programme:
    event = msgspec.structs.replace(
        EVENT, logo=LOGO, back=(Matter(title="Thanks", text="To all.", pictures=(FIRM, MAP)),)
    )
    people = tuple(msgspec.structs.replace(p, picture=FACE) if p.code == BOB.code else p for p in PROGRAMME.people)
    return msgspec.structs.replace(
        PROGRAMME,
        event=event,
        people=people,
        showcases=(msgspec.structs.replace(DADZ, pictures=(HILL,)),),
        sessions=(msgspec.structs.replace(SESSIONS[0], files=(TALK,)), *SESSIONS[1:]),
        papers=(msgspec.structs.replace(PAPERS[0], files=(TALK,)), *PAPERS[1:]),
    )


def page(name: str, code: str = "", **site: str) -> html.HtmlElement:
    rendition = next(rendition for rendition in RENDITIONS if rendition.name == name)
    body = rendition.render(shown(), Site(base="https://x.example", **site), {"code": code})  # type: ignore[arg-type]
    assert body
    return html.fromstring(body.decode())


def images(tree: html.HtmlElement) -> list[tuple[str, str]]:
    return [(image.get("src"), image.get("alt")) for image in tree.xpath("//img")]


def at(picture: Picture) -> str:
    return f"/small-2028/files/{picture.key}"


def test_each_page_shows_its_pictures_with_what_they_show() -> None:
    assert images(page("person", "bob-baker")) == [(at(FACE), "")]
    assert images(page("showcase", "dadz")) == [(at(HILL), 'A "hill" <b>')]
    assert images(page("front")) == [(at(LOGO), "Our logo"), (at(MAP), "The way"), (at(FIRM), "A firm")]
    assert page("front").xpath('//ul[@class="logos"]//a/@href') == ["https://firm.example/"]
    assert page("showcase", "dadz").xpath('//meta[@property="og:image"]/@content') == ["https://x.example" + at(HILL)]
    assert images(page("schedule")) == images(page("list")) == images(page("people")) == []


def test_what_can_be_downloaded_says_what_it_is_and_how_large() -> None:
    for name, code in (("session", "K1"), ("paper", "T1")):
        (entry,) = page(name, code).xpath('//ul[@class="downloads"]/li')
        assert entry.xpath("a/@href") == [f"/small-2028/files/{TALK.key}/talk%20%C3%B6.pdf"]
        assert entry.text_content() == "My <slides> PDF, 1.2 MB"


def test_a_draft_s_pictures_are_where_the_workspace_shows_them() -> None:
    tree = page("showcase", "dadz", files="/organise/small-2028/files")
    assert images(tree) == [(f"/organise/small-2028/files/{HILL.key}", 'A "hill" <b>')]


def test_the_booklet_has_the_pictures_that_are_at_hand_each_with_words() -> None:
    book = Booklet(shown(), Site(base="https://x.example", pictures=BYTES))
    parts = [*book._matters(book.event.back), *book._showcases(), book._cover()]
    assert [sorted(key[0] for key in part.assets if key.endswith(".webp")) for part in parts] == [
        ["4", "5"],
        ["3"],
        ["1"],
    ]
    for part in parts:
        assert all(re.search(r'alt="[^"]+"', found) for found in re.findall("<img[^>]*>", part.html))
    bare = Booklet(shown(), Site(base="https://x.example"))
    assert [part for part in bare._showcases() if "<img" in part.html] == []


def test_a_plate_is_jpeg_or_png_and_no_larger_than_paper_can_show() -> None:
    data, media = plate(redrawn(photograph(width=1600, height=900), largest=1600).data)
    assert (media, Image.open(io.BytesIO(data)).format) == ("image/jpeg", "JPEG")
    assert max(Image.open(io.BytesIO(data)).size) == LARGEST
    out = io.BytesIO()
    Image.new("RGBA", (30, 20), (0, 0, 0, 0)).save(out, "PNG")
    data, media = plate(redrawn(out.getvalue()).data)
    assert (media, Image.open(io.BytesIO(data)).mode) == ("image/png", "RGBA")
