"""Files as people bring them."""

from __future__ import annotations

import io

import pikepdf
from PIL import Image

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
PAGE = b"<!DOCTYPE html><script>alert(1)</script>"


def photograph(colour: str = "#336699", width: int = 90, height: int = 60) -> bytes:
    """A JPEG."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


def slides(pages: int = 1) -> bytes:
    """A PDF with as many blank pages."""
    out = io.BytesIO()
    with pikepdf.Pdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(400, 300))
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
