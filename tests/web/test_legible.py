"""Those who may only look read what stands in forms."""

from __future__ import annotations

from litestar.testing import AsyncTestClient
from lxml import html

from events_app.app import App
from events_app.editing import accounts
from events_app.web.legible import legible

from .conftest import OLGA, sign_in

Client = AsyncTestClient[App]


def test_texts_can_be_read_and_nothing_can_be_changed() -> None:
    page = b"""<form method="post" action="/x"><input name="a"><input type="hidden" name="b"><input type="checkbox">
    <select name="c"></select><textarea name="d">&lt;input></textarea><button>Go</button></form>"""
    form = html.fromstring(legible(page))
    assert [field.get("name") for field in form.xpath(".//*[@readonly]")] == ["a", "d"]
    assert [field.tag for field in form.xpath(".//*[@disabled]")] == ["input", "select", "button"]
    assert form.xpath(".//textarea/text()") == ["<input>"]


def test_searching_and_signing_out_stay() -> None:
    page = (
        b'<form method="post" action="/sign-out"><button>Out</button></form><form method="get"><input name="q"></form>'
    )
    assert legible(page) == page


async def test_a_helper_reads_a_form_and_an_organiser_writes_in_it(olga: Client) -> None:
    at = "/organise/small-2028/sessions/K1"
    fields = "//main//form[@method='post']//*[self::input[not(@type='hidden')] or self::select or self::textarea]"
    mine = html.fromstring((await olga.get(at)).text).xpath(fields)
    assert not any(field.get("readonly") or field.get("disabled") for field in mine)
    await accounts.grant("small-2028", "helen@example.org", accounts.Right.HELPER, OLGA)
    await olga.post("/sign-out")
    await sign_in(olga, "helen@example.org")
    for address in (at, "/organise/small-2028/settings", "/organise/small-2028/people/bob-baker"):
        theirs = html.fromstring((await olga.get(address)).text).xpath(fields)
        assert theirs
        assert [field for field in theirs if "readonly" not in field.attrib and "disabled" not in field.attrib] == []
