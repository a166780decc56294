"""What the service is told from outside, read once from the environment. The README lists every one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Each is read from `EVENTS_` and its name in capitals."""

    data: Path = Path("var")  # the database file, kept prints, backups
    database_url: str = ""  # empty: SQLite in `data`; else postgresql://… or sqlite:///…
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    access_log: bool = True  # a line for each request, on standard error
    base_url: str = ""  # the address that letters, calendars and QR codes name; empty: that of host and port
    smtp: str = ""  # the server that takes letters: smtp://user:password@host:port; empty: none, letters are only kept
    mail_from: str = ""  # the address that letters come from; empty: events@ and the host of `base`

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{(self.data / 'events.sqlite').resolve()}"

    @property
    def base(self) -> str:
        return self.base_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def sender(self) -> str:
        """The address that letters come from."""
        return self.mail_from or f"events@{urlsplit(self.base).hostname or 'localhost'}"


class BadSetting(Exception):
    """A setting in the environment is not of its kind; the sentence names it."""


def read(environ: Mapping[str, str]) -> Settings:
    """The settings that an environment gives; raises BadSetting."""
    given = {name: environ[f"EVENTS_{name.upper()}"] for name in Settings.__struct_fields__
             if environ.get(f"EVENTS_{name.upper()}")}  # fmt: skip
    try:
        return msgspec.convert(given, Settings, strict=False, dec_hook=lambda kind, value: kind(value))
    except msgspec.ValidationError as error:
        name = str(error).rpartition("$.")[2].rstrip("`")
        raise BadSetting(f"EVENTS_{name.upper()}: {error}") from None


@cache
def settings() -> Settings:
    return read(os.environ)
