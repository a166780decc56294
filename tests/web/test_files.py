"""Pictures and attachments as they are served: to whom, and with which headers."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from litestar.testing import AsyncTestClient

from events_app import editing, reading
from events_app.app import App
from events_app.editing import copies, files
from events_app.programme.model import Attachment, Picture
from events_app.programme.planning import Contact, Needs
from tests.brought import photograph, slides
from tests.conference import BOB, DADZ, PROGRAMME, SESSIONS

from .conftest import sign_in

Client = AsyncTestClient[App]
SLUG = "small-2028"
BY = "alice@example.org"
K1 = SESSIONS[0]


async def with_picture() -> Picture:
    """A showcase's picture, in the draft."""
    picture = await files.take_picture(SLUG, photograph(), BY, alt="Dads on a hill")
    await editing.put(SLUG, "showcases", msgspec.structs.replace(DADZ, pictures=(picture,)), BY)
    return picture


async def with_slides(name: str = "slides.pdf") -> Attachment:
    attachment = await files.take_attachment(SLUG, slides(), name, BY)
    await editing.put(SLUG, "sessions", msgspec.structs.replace(K1, files=(attachment,)), BY)
    return attachment


async def released() -> None:
    await editing.put(SLUG, "needs", Needs(showcase="dadz", pictured=True), BY)
    await editing.release(SLUG, BY)


async def test_a_draft_s_file_is_not_public_before_its_release(client: Client) -> None:
    picture, attachment = await with_picture(), await with_slides()
    for file in (picture, attachment):
        assert (await client.get(f"/{SLUG}/files/{file.key}")).status_code == 404
    await released()
    for file in (picture, attachment):
        assert (await client.get(f"/{SLUG}/files/{file.key}")).status_code == 200


async def test_a_published_picture_is_shown_and_can_do_nothing_else(client: Client) -> None:
    picture = await with_picture()
    await released()
    answer = await client.get(f"/{SLUG}/files/{picture.key}")
    head = answer.headers
    assert answer.content == (await reading.files(SLUG, {picture.key}))[0].data
    assert head["content-type"] == "image/webp"
    assert head["x-content-type-options"] == "nosniff"
    assert head["content-security-policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert head["content-disposition"] == "inline"
    assert head["cache-control"] == "no-cache"
    assert head["etag"] == f'"{picture.key}"'
    again = await client.get(f"/{SLUG}/files/{picture.key}", headers={"if-none-match": head["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    looked = await client.head(f"/{SLUG}/files/{picture.key}")
    assert (looked.status_code, looked.content, looked.headers["content-length"]) == (200, b"", head["content-length"])
    assert (await client.post(f"/{SLUG}/files/{picture.key}")).status_code == 405


async def test_an_attachment_is_saved_under_its_name_and_never_shown(client: Client) -> None:
    attachment = await with_slides("Oṣei “quoted”.pdf")
    await released()
    page = (await client.get(f"/{SLUG}/sessions/K1")).text
    address = f"/{SLUG}/files/{attachment.key}/O%E1%B9%A3ei%20%E2%80%9Cquoted%E2%80%9D.pdf"
    assert f'href="{address}"' in page
    answer = await client.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-security-policy"].startswith("sandbox;")
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"O_ei _quoted_.pdf\"; filename*=UTF-8''O%E1%B9%A3ei%20%E2%80%9Cquoted%E2%80%9D.pdf"
    )
    assert (await client.get(f"/{SLUG}/files/{attachment.key}/other.pdf")).status_code == 404


@pytest.mark.parametrize("rest", ["", "a", "0" * 64, f"{'0' * 64}/x/y", "%00"])
async def test_what_is_no_file_is_not_found(client: Client, rest: str) -> None:
    assert (await client.get(f"/{SLUG}/files/{rest}")).status_code in (400, 404)
    assert (await client.get(f"/no-such-event/files/{rest}")).status_code in (400, 404)


async def test_a_file_of_another_event_is_not_found(olga: Client) -> None:
    picture = await with_picture()
    await released()
    await copies.copy_event(SLUG, "next-2030", "Next", date(2030, 1, 1), "olga@example.org", take=frozenset())
    await editing.release("next-2030", BY)
    for base in ("", "/organise"):
        assert (await olga.get(f"{base}/{SLUG}/files/{picture.key}")).status_code == 200
        assert (await olga.get(f"{base}/next-2030/files/{picture.key}")).status_code == 404


async def test_what_is_withdrawn_is_gone_at_once(client: Client) -> None:
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email="bob@example.org"), BY)
    picture = await files.take_picture(SLUG, photograph(), "bob@example.org")
    pictured = msgspec.structs.replace(BOB, picture=picture)
    where: Any = ("people", "bob-baker")
    await editing.correct(SLUG, {where: pictured}, "bob@example.org", seen={where: BOB})
    assert (await client.get(f"/{SLUG}/files/{picture.key}")).status_code == 200
    assert f"/{SLUG}/files/{picture.key}" in (await client.get(f"/{SLUG}/people/bob-baker")).text
    await editing.correct(SLUG, {where: BOB}, "bob@example.org", seen={where: pictured})
    head = {"if-none-match": f'"{picture.key}"'}
    assert (await client.get(f"/{SLUG}/files/{picture.key}", headers=head)).status_code == 404


async def test_organisers_see_a_draft_s_file_and_nobody_keeps_it(olga: Client) -> None:
    picture, attachment = await with_picture(), await with_slides()
    shown = await olga.get(f"/organise/{SLUG}/files/{picture.key}")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
    assert shown.headers["cache-control"] == "private, no-cache"
    assert shown.headers["content-security-policy"].startswith("sandbox;")
    saved = await olga.get(f"/organise/{SLUG}/files/{attachment.key}")
    assert saved.headers["content-disposition"].startswith('attachment; filename="slides.pdf"')
    page = (await olga.get(f"/organise/{SLUG}/preview/showcases/dadz")).text
    assert f'src="/organise/{SLUG}/files/{picture.key}"' in page


async def test_a_speaker_sees_files_of_their_own_and_what_is_public(client: Client) -> None:
    picture, attachment = await with_picture(), await with_slides()
    await editing.put(SLUG, "contacts", Contact(person="bob-baker", email="bob@example.org"), BY)
    await sign_in(client, "bob@example.org")
    assert (await client.get(f"/speak/{SLUG}/files/{attachment.key}")).status_code == 200  # he speaks there
    assert (await client.get(f"/speak/{SLUG}/files/{picture.key}")).status_code == 404
    assert (await client.get(f"/organise/{SLUG}/files/{picture.key}")).status_code == 403
    await released()
    assert (await client.get(f"/speak/{SLUG}/files/{picture.key}")).status_code == 200


async def test_pages_without_files_are_as_they_were(client: Client) -> None:
    assert PROGRAMME.event.logo is None
    for address in ("", "people/bob-baker", "showcases/dadz", "sessions/K1", "papers/T1"):
        assert "/files/" not in (await client.get(f"/{SLUG}/{address}")).text
