"""How programmes are shown: pure functions, programme → bytes. One module a format, one list."""

from __future__ import annotations

from .rendition import Rendition, Site

__all__ = ["Rendition", "Site"]
