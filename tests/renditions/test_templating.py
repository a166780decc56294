from __future__ import annotations

import re

import pytest
from jinja2 import UndefinedError

from events_app.language import speaking
from events_app.renditions.templating import STATIC, TEMPLATES, asset, assets, environment


def test_a_static_files_address_changes_with_its_bytes_only() -> None:
    assert re.fullmatch(r"/static/[0-9a-f]{12}/app\.css", asset("app.css"))
    assert assets()[asset("app.css")] == STATIC / "app.css"


def test_a_stylesheets_relative_addresses_hold() -> None:
    sheet = asset("fonts/fonts.css")
    named = re.findall(r'url\("([^"]+)"\)', assets()[sheet].read_text(encoding="utf-8"))
    assert len(named) > 12
    assert [name for name in named if f"{sheet.rpartition('/')[0]}/{name}" not in assets()] == []


def test_whole_fonts_for_print_are_not_served() -> None:
    assert [address for address in assets() if address.endswith(".ttf")] == []


def test_a_file_that_is_not_there_is_no_address() -> None:
    with pytest.raises(KeyError):
        asset("none.css")


def test_everything_is_escaped_and_unknown_names_are_refused() -> None:
    assert environment().from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"
    with pytest.raises(UndefinedError):
        environment().from_string("{{ nothing }}").render()


def test_words_can_be_translated_with_their_arguments_escaped() -> None:
    template = environment().from_string('{{ _("Hello %(name)s", name=x) }}')
    with speaking("en"):
        assert template.render(x="<b>") == "Hello &lt;b&gt;"


def test_our_own_files_name_no_other_host() -> None:
    files = [path for path in (*STATIC.glob("*.*"), *TEMPLATES.rglob("*.html")) if path.is_file()]
    named = {
        (path.name, host)
        for path in files
        for host in re.findall(r"""(?:src|href|url|import)\W{1,4}(?:https?:)?//([\w.]+)""", path.read_text("utf-8"))
    }
    assert {host for _name, host in named} <= {"orcid.org"}


def test_every_template_can_be_compiled() -> None:
    for name in environment().list_templates(extensions=["html"]):
        environment().get_template(name)
