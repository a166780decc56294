"""Pictures that people bring → WebP that only shows something. Run where it may fail: see `editing.quarantine`.

What a picture says besides (where it was taken, with what, by whom) does not come along, nor does anything that is
not decoded: each is drawn anew.
"""

from __future__ import annotations

import io
import warnings
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from ..language import gettext as _
from .media import Cut, Drawn
from .reading import Refused

LARGEST = 20 * 2**20
"""Bytes."""

MOST_PIXELS = 120_000_000
"""The largest telephones make 108 million; beyond, decoding takes more memory than a picture is worth."""

QUALITY = 84
FORMATS = ("JPEG", "PNG", "WEBP")


def redrawn(data: bytes, *, largest: int = 1600, cut: Cut = Cut.WHOLE) -> Drawn:
    """The picture upright, at most `largest` pixels on its longer side, in sRGB, and nothing but the picture.

    JPEG, PNG and WebP are told by their content, whatever they are called. Raises Refused for anything else, and for
    what is too large, before any of it is decoded.
    """
    if len(data) > LARGEST:
        raise Refused(
            _("the picture has {n} MB; at most {most} MB are taken.").format(n=len(data) >> 20, most=LARGEST >> 20),
            remedy=_("Make it smaller: 2000 pixels on the longer side are more than enough."),
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we count ourselves
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                return _redrawn(picture, largest, cut)
    except UnidentifiedImageError:
        raise _other(data) from None
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError):
        raise Refused(
            _("the picture is damaged: it cannot be read to its end."),
            remedy=_("Open it on your own device, save it again as JPEG or PNG, and bring that."),
        ) from None


def _redrawn(picture: Any, largest: int, cut: Cut) -> Drawn:
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_many_pixels()
    profile = picture.info.get("icc_profile")
    if picture.format == "JPEG":
        edge = largest * 2 if cut is Cut.WHOLE else largest * 4
        picture.draft(None, (edge, edge))
    colours = "RGBA" if _is_see_through(picture) else "RGB"
    if picture.mode not in ("RGB", "RGBA", "CMYK"):
        picture, profile = picture.convert(colours), profile if picture.mode in ("RGBX", "LAB") else None
    picture = ImageOps.exif_transpose(picture)
    if cut is not Cut.WHOLE and picture.width != picture.height:
        picture = picture.crop(_square(picture.width, picture.height, cut))
    picture.thumbnail((largest, largest), Image.Resampling.LANCZOS)
    picture = _in_srgb(picture, profile)
    if picture.mode != colours:
        picture = picture.convert(colours)
    plain = Image.new(colours, picture.size)
    plain.paste(picture)
    out = io.BytesIO()
    plain.save(out, "WEBP", quality=QUALITY, method=4)
    return Drawn(out.getvalue(), plain.width, plain.height)


def _is_see_through(picture: Any) -> bool:
    return bool(picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info)


def _square(width: int, height: int, cut: Cut) -> tuple[int, int, int, int]:
    edge = min(width, height)
    room = max(width, height) - edge
    at = {Cut.FIRST: 0, Cut.MIDDLE: room // 2, Cut.LAST: room}[cut]
    left, top = (at, 0) if width > height else (0, at)
    return left, top, left + edge, top + edge


def _in_srgb(picture: Any, profile: bytes | None) -> Any:
    """In the colours that screens take a picture without a profile to have; as it is where its profile is of no use."""
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK"):
        return picture
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGB" if picture.mode == "CMYK" else picture.mode
        shown = ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return shown or picture


def _too_many_pixels() -> Refused:
    return Refused(
        _("the picture has more than {n} million pixels.").format(n=MOST_PIXELS // 1_000_000),
        remedy=_("Make it smaller: 2000 pixels on the longer side are more than enough."),
    )


def _other(data: bytes) -> Refused:
    """What it is instead, as far as its beginning tells."""
    head = data[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    again = _("Save it as JPEG or PNG and bring that.")
    for beginning, what, remedy in (
        (b"gif8", _("this is a GIF."), again),
        (b"bm", _("this is a bitmap (BMP)."), again),
        (b"ii*\0", _("this is a TIFF."), again),
        (b"mm\0*", _("this is a TIFF."), again),
        (b"%pdf", _("this is a PDF, not a picture."), _("Export the page as a picture (JPEG or PNG).")),
        (b"pk", _("this is a packed file or a document, not a picture."), _("Bring the picture itself.")),
        (b"<!doctype html", _("this is a web page, not a picture."), _("Save the picture itself and bring that.")),
        (b"<html", _("this is a web page, not a picture."), _("Save the picture itself and bring that.")),
    ):
        if head.startswith(beginning):
            return Refused(what, remedy=remedy)
    if b"<svg" in head or head.startswith(b"<?xml"):
        return Refused(
            _("this is an SVG drawing, which can hold programs, and so none is taken."),
            remedy=_("Export it as PNG, 2000 pixels wide, and bring that."),
        )
    if head[4:8] == b"ftyp":
        return Refused(
            _("this is a picture in HEIC or AVIF, or a film."),
            remedy=_("On an iPhone choose “Most compatible” for the camera, or save the picture as JPEG."),
        )
    if not data.strip():
        return Refused(_("the file is empty."), remedy=_("Choose the picture again."))
    return Refused(_("this is no picture in JPEG, PNG or WebP."), remedy=again)
