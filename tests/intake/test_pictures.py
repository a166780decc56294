"""What people bring as pictures: drawn anew, or refused before it can do harm."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageCms

from events_app.intake import Refused
from events_app.intake.media import Cut, Drawn
from events_app.intake.pictures import redrawn

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


def encoded(picture: Image.Image, form: str = "JPEG", **more: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **more)
    return out.getvalue()


def plain(width: int = 60, height: int = 40, colour: str = "#336699", mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (width, height), colour)


def shown(drawn: Drawn) -> Image.Image:
    picture = Image.open(io.BytesIO(drawn.data))
    assert picture.format == "WEBP"
    assert picture.size == (drawn.width, drawn.height)
    return picture


def quadrants() -> Image.Image:
    """Red, green over blue, white; wider than high."""
    picture = Image.new("RGB", (80, 40), "white")
    for at, colour in (((0, 0), "red"), ((40, 0), "lime"), ((0, 20), "blue")):
        picture.paste(Image.new("RGB", (40, 20), colour), at)
    return picture


def near(colour: Any, other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(colour, other, strict=True))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_of_each_kind_becomes_webp(form: str) -> None:
    assert shown(redrawn(encoded(plain(), form))).size == (60, 40)


def test_a_large_picture_is_made_smaller_and_a_small_one_stays() -> None:
    assert shown(redrawn(encoded(plain(4000, 3000)))).size == (1600, 1200)
    assert shown(redrawn(encoded(plain(3000, 4000)), largest=800)).size == (600, 800)
    assert shown(redrawn(encoded(plain(30, 20)))).size == (30, 20)


def test_a_rotated_picture_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter clockwise
    picture = shown(redrawn(encoded(quadrants(), quality=95, exif=exif))).convert("RGB")
    assert picture.size == (40, 80)
    assert near(picture.getpixel((5, 5)), (0, 0, 255))
    assert near(picture.getpixel((35, 5)), (255, 0, 0))
    assert near(picture.getpixel((35, 75)), (0, 255, 0))


def test_nothing_is_kept_of_where_and_by_whom_a_picture_was_taken() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Alice"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 28.0, 48.0), 3: "W", 4: (1.0, 54.0, 0.0)})
    data = encoded(plain(), exif=exif, comment=b"Alice was here")
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)
    drawn = redrawn(data)
    picture = shown(drawn)
    assert dict(picture.getexif()) == {}
    assert b"Alice" not in drawn.data
    assert not {"exif", "xmp", "icc_profile", "comment"} & picture.info.keys()


def test_what_hides_behind_a_picture_does_not_come_along() -> None:
    drawn = redrawn(encoded(plain(), "PNG") + b"<script>alert(1)</script>")
    assert b"script" not in drawn.data


def test_colours_of_a_wider_space_are_shown_as_they_were_meant() -> None:
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert shown(redrawn(encoded(plain(), icc_profile=swapped))).size == (60, 40)  # of no use, and so passed over
    assert shown(redrawn(encoded(plain(), icc_profile=b"no profile"))).size == (60, 40)
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert near(shown(redrawn(encoded(plain(), icc_profile=srgb))).getpixel((9, 9)), (0x33, 0x66, 0x99))


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16"])
def test_a_picture_of_any_mode_is_taken(mode: str) -> None:
    picture = shown(redrawn(encoded(Image.new(mode, (30, 20)), "PNG")))
    assert picture.mode == ("RGBA" if mode in ("LA", "RGBA") else "RGB")


def test_cmyk_is_taken_too() -> None:
    assert near(shown(redrawn(encoded(Image.new("CMYK", (30, 20), (0, 0, 0, 0))))).getpixel((9, 9)), (255, 255, 255))


def test_what_is_see_through_stays_so() -> None:
    picture = shown(redrawn(encoded(Image.new("RGBA", (30, 20), (255, 0, 0, 0)), "PNG")))
    assert picture.getpixel((5, 5))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("cut", "left", "right"),
    [
        (Cut.FIRST, (255, 0, 0), (255, 0, 0)),
        (Cut.MIDDLE, (255, 0, 0), (0, 255, 0)),
        (Cut.LAST, (0, 255, 0), (0, 255, 0)),
    ],
)
def test_a_square_is_cut_where_one_wants_it(cut: Cut, left: Any, right: Any) -> None:
    picture = shown(redrawn(encoded(quadrants(), "PNG"), cut=cut)).convert("RGB")
    assert picture.size == (40, 40)
    assert near(picture.getpixel((5, 5)), left)
    assert near(picture.getpixel((34, 5)), right)


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert redrawn(encoded(quadrants())) == redrawn(encoded(quadrants()))


def png(width: int, height: int) -> bytes:
    """A picture that says its size, and holds nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (SVG, "SVG drawing, which can hold programs.*Export it as PNG"),
        (b'<?xml version="1.0"?>\n' + SVG, "SVG"),
        (b"GIF89a" + bytes(20), "this is a GIF. Save it as JPEG or PNG"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "web page"),
        (b"%PDF-1.7", "this is a PDF"),
        (b"\0\0\0\x18ftypheic" + bytes(20), "HEIC.*Most compatible"),
        (b"", "empty"),
        (b"nothing at all", "no picture in JPEG, PNG or WebP"),
        (png(20_000, 20_000), "more than 120 million pixels"),
        (png(2**30, 2**30), "more than 120 million pixels"),
        (png(50, 50), "damaged"),
        (encoded(plain(500, 500))[:900], "damaged"),
        (b"\xff\xd8\xff" + bytes(21 * 2**20), "has 21 MB; at most 20 MB"),
    ],
    ids=["svg", "xml", "gif", "html", "pdf", "heic", "empty", "text", "400mp", "huge", "void", "cut off", "21 MB"],
)
def test_what_is_no_fit_picture_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says) as refused:
        redrawn(data)
    assert refused.value.remedy
