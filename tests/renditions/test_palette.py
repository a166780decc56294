from __future__ import annotations

import colorsys
import re

import pytest
from msgspec.structs import replace

from events_app.programme.model import Track
from events_app.renditions.palette import NIGHT, PAPER, contrast, legible, sheet
from events_app.renditions.rendition import Site

from ..conference import EVENT, PROGRAMME

SITE = Site(base="https://programme.example")


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("ground", [PAPER, NIGHT])
@pytest.mark.parametrize("hue", range(0, 360, 15))
@pytest.mark.parametrize("lightness", [0.0, 0.3, 0.6, 1.0])
def test_any_colour_is_made_legible(ground: str, hue: int, lightness: float) -> None:
    channels = colorsys.hls_to_rgb(hue / 360, lightness, 0.9)
    colour = "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
    assert contrast(legible(colour, ground, 4.5), ground) >= 4.5


def test_a_legible_colour_stays_as_it_is() -> None:
    assert legible("#0F5C6E", PAPER, 4.5) == "#0f5c6e"


def test_the_sheet_has_the_events_accent_and_its_tracks() -> None:
    told = sheet(replace(PROGRAMME, event=replace(EVENT, colour="#0f5c6e")), SITE, {}).decode()
    day, _mark, night = told.partition("@media screen and (prefers-color-scheme:dark)")
    assert ":root{--accent:#0f5c6e}" in day
    assert '[data-track="trust"]{--track:#2f6f4f}' in day
    assert ":root{--accent:" in night
    assert night.count("[data-track=") == 2


def test_no_colour_or_code_can_leave_its_place() -> None:
    event = replace(EVENT, colour="red;}*{display:none}")
    tracks = (
        Track(code='a"]{}*{display:none}', name="x", colour="#123456"),
        Track(code="b", name="y", colour="url(x)"),
    )
    told = sheet(replace(PROGRAMME, event=event, tracks=tracks), SITE, {}).decode()
    assert "display" not in told
    assert "url" not in told


def test_few_tracks_without_colours_are_given_different_ones() -> None:
    tracks = tuple(Track(code=f"t{n}", name=f"T {n}") for n in range(12))
    day = sheet(replace(PROGRAMME, tracks=tracks), SITE, {}).decode().partition("@media")[0]
    assert len(set(re.findall(r"--track:(#\w+)", day))) == 12


def test_more_tracks_than_an_eye_can_tell_apart_are_given_none() -> None:
    tracks = tuple(Track(code=f"t{n}", name=f"T {n}") for n in range(70))
    assert b"--track" not in sheet(replace(PROGRAMME, tracks=tracks), SITE, {})
