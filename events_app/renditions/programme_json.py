"""The programme as our own reader takes it back (`intake.programme_json`). No planning: it is for everybody."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from ..programme.model import Programme
from .rendition import Rendition, Site

KIND = "events-app programme 1"


def render(programme: Programme, site: Site, query: Mapping[str, str]) -> bytes:
    return msgspec.json.encode({"kind": KIND, "programme": programme})


RENDITION = Rendition(name="programme.json", address="programme.json", media="application/json", render=render)
