"""The language of what is being said: gettext with the catalogue of whoever is spoken to. English is in the code."""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

_LOCALES = Path(__file__).parent / "locale"
_current: ContextVar[str] = ContextVar("language", default="en")


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    return _gettext.translation("events_app", str(_LOCALES), [language], fallback=True)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Inside, every `gettext` speaks this language (a code such as `en` or `pt_BR`)."""
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


def known(name: str) -> str | None:
    """The code of a language that we speak: `en` for `en-GB`; None for one that we do not."""
    code = name.strip().replace("-", "_")
    short = code.partition("_")[0].lower()
    ours = {"en", *(path.name for path in _LOCALES.glob("*"))}
    return next((spoken for spoken in (code, short) if spoken in ours), None)


def current() -> str:
    return _current.get()


def gettext(message: str) -> str:
    return _catalogue(current()).gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    return _catalogue(current()).ngettext(one, many, n)
