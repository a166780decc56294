"""How programmes are read in: bytes → a programme and what was odd in them. One module a format, one list.

The kind of a file is found from its content, never from its name.
"""

from __future__ import annotations

from .reading import Odd, Reading, Refused

__all__ = ["Odd", "Reading", "Refused"]
