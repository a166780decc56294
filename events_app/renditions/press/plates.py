"""Pictures as they go to paper: no larger than print can show, in a form that a PDF holds as it is.

This runs in the platen.
"""

from __future__ import annotations

import io

from PIL import Image

LARGEST = 1400
"""Pixels on the longer side: the width of a page's text at 200 to the inch."""

QUALITY = 85


def plate(data: bytes) -> tuple[bytes, str]:
    """A picture that was kept as WebP, and its media type: JPEG, or PNG where the ground shows through."""
    with Image.open(io.BytesIO(data), formats=("WEBP",)) as picture:
        picture.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        if picture.mode == "RGBA":
            picture.save(out, "PNG")
            return out.getvalue(), "image/png"
        picture.convert("RGB").save(out, "JPEG", quality=QUALITY)
        return out.getvalue(), "image/jpeg"
