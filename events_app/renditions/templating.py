"""The Jinja environment in which all HTML is made, and the addresses of our own static files."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .. import language
from ..programme.changes import sentence
from .labels import file_kind
from .times import language_name, minutes
from .words import line, outward, prose, summary

PACKAGE = Path(__file__).parent.parent
STATIC = PACKAGE / "static"
TEMPLATES = PACKAGE / "templates"
NOT_SERVED = ("fonts/print/",)


def render(template: str, **context: Any) -> bytes:
    """A template of `templates/` as UTF-8."""
    return environment().get_template(template).render(**context).encode()


@cache
def environment() -> Environment:
    """Escapes everything, refuses unknown names. Its gettext speaks the language of whoever is spoken to."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.install_gettext_callables(language.gettext, language.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals["asset"] = asset
    made.globals["file_kind"] = file_kind
    made.globals["language_name"] = language_name
    made.globals["minutes"] = minutes
    made.globals["sentence"] = sentence
    made.globals["encoded"] = partial(quote, safe="")
    made.filters["prose"] = prose
    made.filters["summary"] = summary
    made.filters["line"] = line
    made.filters["outward"] = outward
    return made


@lru_cache(None)
def asset(name: str) -> str:
    """`app.css` → `/static/3f2a…/app.css`. The hash is of all static files together: a stylesheet's relative
    addresses then hold, and every address may be kept for ever. Raises KeyError for a file that is not there."""
    address = f"/static/{_hash()}/{name}"
    if address not in assets():
        raise KeyError(f"{name} is not in {STATIC}: run make setup")
    return address


@cache
def assets() -> dict[str, Path]:
    """Every address under `/static/` and its file."""
    return {f"/static/{_hash()}/{name}": path for name, path in _files().items()}


@cache
def _hash() -> str:
    found = hashlib.sha256()
    for name, path in _files().items():
        found.update(name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:12]


@cache
def _files() -> dict[str, Path]:
    named = {path.relative_to(STATIC).as_posix(): path for path in sorted(STATIC.rglob("*")) if path.is_file()}
    return {name: path for name, path in named.items() if not name.startswith(NOT_SERVED)}
