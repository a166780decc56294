"""Colours that people choose, made legible: on paper by day and by night."""

from __future__ import annotations

import re
from collections.abc import Mapping
from colorsys import hls_to_rgb, rgb_to_hls
from functools import lru_cache

from ..programme.model import Programme
from .rendition import Rendition, Site

HOUSE = "#8c2f1d"
PAPER = "#fbf8f1"
NIGHT = "#171412"
READABLE = 4.5  # WCAG 2.2 SC 1.4.3, text
VISIBLE = 3.0  # WCAG 2.2 SC 1.4.11, graphics
TELLABLE = 24  # tracks whose colours an eye may still tell apart
GOLDEN = 0.381966  # of a circle: each next hue falls into the widest gap

_CODE = re.compile(r"[\w.-]+")
_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def sheet(programme: Programme, site: Site, params: Mapping[str, str]) -> bytes:
    """The event's own colours as custom properties: its accent, and each track's by `[data-track]`."""
    accent = _safe(programme.event.colour) or HOUSE
    tracks = _tracks(programme)
    day = [f":root{{--accent:{legible(accent, PAPER, READABLE + 1)}}}"]
    day += [f'[data-track="{code}"]{{--track:{legible(colour, PAPER, VISIBLE)}}}' for code, colour in tracks]
    night = [f":root{{--accent:{legible(accent, NIGHT, READABLE + 1)}}}"]
    night += [f'[data-track="{code}"]{{--track:{legible(colour, NIGHT, VISIBLE)}}}' for code, colour in tracks]
    return "\n".join([*day, "@media screen and (prefers-color-scheme:dark){", *night, "}", ""]).encode()


def _tracks(programme: Programme) -> list[tuple[str, str]]:
    """Each track's code and colour; where none has been chosen and they are few, hues as far apart as can be."""
    many = len(programme.tracks) > TELLABLE
    found = []
    for n, track in enumerate(programme.tracks):
        colour = _safe(track.colour) or ("" if many else _hue(n * GOLDEN % 1))
        if colour and _CODE.fullmatch(track.code):
            found.append((track.code, colour))
    return found


def _hue(hue: float) -> str:
    return _hex(hls_to_rgb(hue, 0.42, 0.5))


def ink(colour: str) -> str:
    """The event's colour as it is printed, on white; of an event that has chosen none the house's own."""
    return legible(_safe(colour) or HOUSE, "#ffffff", READABLE + 1)


@lru_cache(1024)
def legible(colour: str, ground: str, ratio: float) -> str:
    """The colour (`#rrggbb`), made darker or lighter until it stands out from the ground by the ratio (WCAG 2.2)."""
    red, green, blue = _channels(colour)
    hue, lightness, saturation = rgb_to_hls(red, green, blue)
    step = -0.01 if _luminance(ground) > 0.5 else 0.01
    while contrast(colour, ground) < ratio and 0 <= lightness <= 1:
        lightness += step
        colour = _hex(hls_to_rgb(hue, min(max(lightness, 0), 1), saturation))
    return colour.lower()


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _hex(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _safe(colour: str) -> str:
    return colour if _HEX.fullmatch(colour) else ""


def _channels(colour: str) -> tuple[float, float, float]:
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _luminance(colour: str) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


RENDITIONS = (Rendition(name="palette", address="event.css", media="text/css; charset=utf-8", render=sheet),)
