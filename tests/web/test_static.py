from __future__ import annotations

from pathlib import Path

from litestar.testing import AsyncTestClient

from events_app.app import App
from events_app.renditions import templating
from events_app.renditions.templating import asset
from events_app.web import static
from events_app.web.static import Static

Client = AsyncTestClient[App]


async def test_our_files_are_kept_for_ever_under_a_name_that_tells_their_content(client: Client) -> None:
    answer = await client.get(asset("app.css"))
    assert answer.status_code == 200
    assert answer.content == (templating.STATIC / "app.css").read_bytes()
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "br"
    assert (await client.get(asset("app.css"), headers={"if-none-match": answer.headers["etag"]})).status_code == 304


async def test_each_kind_of_file_has_its_media_type(client: Client) -> None:
    for name, media in (("app.js", "text/javascript; charset=utf-8"), ("favicon.svg", "image/svg+xml")):
        assert (await client.get(asset(name))).headers["content-type"] == media


async def test_a_page_of_another_build_gets_our_style_but_not_to_keep(client: Client) -> None:
    answer = await client.get("/static/0123456789ab/app.css")
    assert answer.content == (templating.STATIC / "app.css").read_bytes()
    assert answer.headers["cache-control"] == "no-cache"
    assert (await client.get("/static/0123456789ab/nothing.css")).status_code == 404
    assert (await client.get("/static/0123456789ab/")).status_code == 404
    assert (await client.get("/static/0123456789ab")).status_code == 404


async def test_only_what_is_listed_is_served(client: Client) -> None:
    folder = asset("app.css").removesuffix("app.css")
    for address in (
        "/static/",
        "/static/app.css",
        folder,
        f"{folder}../app.py",
        f"{folder}nothing.css",
    ):
        assert (await client.get(address)).status_code == 404, address


def test_a_link_that_leads_out_of_the_folder_is_not_served(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "static"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "in.txt").write_text("fine")
    monkeypatch.setattr(static, "STATIC", folder)
    monkeypatch.setattr(
        static, "assets", lambda: {"/static/x/out.txt": folder / "out.txt", "/static/x/in.txt": folder / "in.txt"}
    )
    assert list(Static()._files) == ["/static/x/in.txt"]
