"""Pictures for the demonstration, drawn here: a logo, a map, sponsors, and what three showcases look like.

They are abstract, so that nobody takes them for photographs of people or places that there are.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from PIL import Image, ImageDraw, ImageFont

from ..editing import files
from ..editing.together import put_together
from ..intake.media import PICTURE
from ..intake.pictures import redrawn
from ..programme.lookup import index
from ..programme.model import Event, Matter, Picture
from ..programme.planning import Needs
from ..reading import Draft

TEAL, DEEP, SAND, RUST, LEAF, SKY, INK, WHITE = (
    "#0f5c6e", "#0b3f4c", "#f2e8d5", "#b5532a", "#5f7f4a", "#9cc3cc", "#2b2622", "#ffffff",
)  # fmt: skip

Pen = Any


async def bring(draft: Draft, by: str) -> None:
    """Gives the demonstration its pictures, in one step of its history."""
    slug = draft.programme.event.slug
    kept = {name: await _kept(slug, made, by) for name, made in _drawn().items()}
    event = _with_pictures(draft.programme.event, kept)
    wanted: dict[tuple[str, str], Any] = {("event", slug): event}
    for code, names in SHOWCASES.items():
        show = index(draft.programme).showcases[code]
        needs = next((one for one in draft.planning.needs if one.showcase == code), Needs(showcase=code))
        pictures = tuple(kept[name] for name in names)
        wanted["showcases", code] = msgspec.structs.replace(show, pictures=pictures)
        wanted["needs", code] = msgspec.structs.replace(needs, pictured=True)
    await put_together(slug, wanted, by)


async def _kept(slug: str, made: tuple[Image.Image, str, str], by: str) -> Picture:
    picture, alt, url = made
    out = io.BytesIO()
    picture.save(out, "PNG")
    drawn = redrawn(out.getvalue())
    key = await files.keep(slug, drawn.data, PICTURE, by)
    return Picture(key=key, width=drawn.width, height=drawn.height, alt=alt, url=url)


def _with_pictures(event: Event, kept: Mapping[str, Picture]) -> Event:
    return msgspec.structs.replace(
        event,
        logo=kept["logo"],
        back=tuple(_illustrated(matter, kept) for matter in event.back),
    )


def _illustrated(matter: Matter, kept: Mapping[str, Picture]) -> Matter:
    names = {"Getting there": ("map",), "Thanks": ("press", "barges")}.get(matter.title, ())
    return msgspec.structs.replace(matter, pictures=tuple(kept[name] for name in names))


SHOWCASES = {
    "salford-dadz": ("walk", "kites"),
    "repair-cafe": ("wheels",),
    "rain-gardens": ("rain", "leaves"),
}


def _drawn() -> dict[str, tuple[Image.Image, str, str]]:
    """Each with what it shows and where it leads."""
    return {
        "logo": (_logo(), "The gates of a lock, half open", ""),
        "map": (
            _sheet(1500, 1000, SAND, _map),
            "Sketch of a map: the canal bends around Lock House, Wharf House and the Pump Rooms; the step-free way "
            "from the station follows the near bank and crosses at the second bridge",
            "",
        ),
        "press": (_wordmark("Towpath Press", RUST), "Towpath Press", "https://press.example.org/"),
        "barges": (_wordmark("Long Barges Trust", TEAL), "Long Barges Trust", "https://barges.example.org/"),
        "walk": (_sheet(1600, 1067, SKY, _walk), "Drawing: large and small figures walk over a hill hand in hand", ""),
        "kites": (_sheet(1200, 1200, SAND, _kites), "Drawing: four kites over a field", ""),
        "wheels": (_sheet(1600, 1067, SAND, _wheels), "Drawing: wheels of all sizes that drive each other", ""),
        "rain": (_sheet(1600, 1067, DEEP, _rain), "Drawing: rain falls on a bed of reeds between two houses", ""),
        "leaves": (_sheet(1067, 1400, SAND, _leaves), "Drawing: leaves in rows, each of another green", ""),
    }


def _sheet(width: int, height: int, ground: str, draw: Callable[[Pen, int, int], None]) -> Image.Image:
    """Drawn at twice the size, so that edges are smooth."""
    picture = Image.new("RGB", (width * 2, height * 2), ground)
    draw(ImageDraw.Draw(picture), width * 2, height * 2)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _logo() -> Image.Image:
    picture = Image.new("RGBA", (1200, 560), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    for n, colour in enumerate((SKY, TEAL, DEEP)):
        left, right = 60 + n * 150, 1140 - n * 150
        pen.polygon([(left, 40), (left + 110, 40), (590, 280), (left + 110, 520), (left, 520), (480, 280)], fill=colour)
        pen.polygon([(right, 40), (right - 110, 40), (610, 280), (right - 110, 520), (right, 520), (720, 280)],
                    fill=RUST if n == 1 else colour)  # fmt: skip
    return picture.resize((600, 280), Image.Resampling.LANCZOS)


def _wordmark(name: str, colour: str) -> Image.Image:
    picture = Image.new("RGBA", (900, 360), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((40, 90, 220, 270), fill=colour)
    pen.rectangle((110, 180, 290, 200), fill=WHITE)
    pen.text((270, 180), name.replace(" ", "\n", 1), fill=INK, font=ImageFont.load_default(86), anchor="lm", spacing=14)
    return picture.resize((450, 180), Image.Resampling.LANCZOS)


def _map(pen: Pen, width: int, height: int) -> None:
    pen.line([(0, 1500), (800, 1300), (1300, 700), (2200, 520), (3000, 820)], fill=SKY, width=170, joint="curve")
    pen.line([(0, 1700), (860, 1480), (1480, 860), (2120, 700)], fill=RUST, width=22, joint="curve")
    for bridge in ((1130, 1050), (2130, 610)):
        pen.rectangle(
            (bridge[0] - 45, bridge[1] - 160, bridge[0] + 45, bridge[1] + 160), fill=WHITE, outline=INK, width=6
        )
    font = ImageFont.load_default(84)
    for name, (x, y), size in (
        ("Station", (330, 1180), (300, 180)), ("Lock House", (1800, 1150), (620, 330)),
        ("Wharf House", (2350, 170), (560, 260)), ("Pump Rooms", (900, 330), (520, 280)),
    ):  # fmt: skip
        pen.rectangle((x, y, x + size[0], y + size[1]), fill=TEAL, outline=DEEP, width=8)
        pen.text((x + size[0] / 2, y + size[1] + 70), name, fill=INK, font=font, anchor="mm")
    pen.line([(2060, 1150), (2130, 720)], fill=RUST, width=22)
    pen.text((width - 160, height - 130), "N", fill=INK, font=font, anchor="mm")
    pen.polygon([(width - 160, height - 360), (width - 205, height - 210), (width - 115, height - 210)], fill=INK)


def _walk(pen: Pen, width: int, height: int) -> None:
    pen.ellipse((2300, 260, 2720, 680), fill=SAND)
    pen.ellipse((-600, 1300, 2600, 3600), fill=LEAF)
    pen.ellipse((1100, 1500, 4200, 3600), fill=TEAL)
    for x, y, size in ((560, 1330, 1.0), (840, 1310, 0.55), (1080, 1305, 1.0), (1350, 1330, 0.5), (1600, 1400, 0.9)):
        high = 420 * size
        pen.rounded_rectangle((x - 70 * size, y - high, x + 70 * size, y + 90), radius=70 * size, fill=INK)
        pen.ellipse((x - 80 * size, y - high - 170 * size, x + 80 * size, y - high - 10 * size), fill=RUST)
    pen.line([(560, 1080), (840, 1160), (1080, 1060), (1350, 1190), (1600, 1160)], fill=INK, width=34, joint="curve")


def _kites(pen: Pen, width: int, height: int) -> None:
    pen.rectangle((0, 1900, width, height), fill=LEAF)
    for x, y, size, colour in (
        (520, 620, 240, RUST),
        (1240, 420, 300, TEAL),
        (1850, 820, 220, DEEP),
        (1050, 1080, 170, SKY),
    ):
        pen.line([(x, y + size), (x - 90, y + size * 1.8), (x + 60, 1930)], fill=INK, width=8, joint="curve")
        pen.polygon([(x, y - size), (x + size * 0.7, y), (x, y + size), (x - size * 0.7, y)], fill=colour)
        pen.line([(x, y - size), (x, y + size)], fill=SAND, width=8)


def _wheels(pen: Pen, width: int, height: int) -> None:
    for x, y, size, colour in (
        (820, 1080, 560, TEAL), (1760, 800, 430, RUST), (2500, 1330, 480, DEEP), (1500, 1640, 300, LEAF),
        (2600, 420, 220, SKY),
    ):  # fmt: skip
        pen.regular_polygon((x, y, size), 24, rotation=7, fill=colour)
        pen.ellipse((x - size * 0.72, y - size * 0.72, x + size * 0.72, y + size * 0.72), fill=SAND)
        pen.ellipse((x - size * 0.58, y - size * 0.58, x + size * 0.58, y + size * 0.58), fill=colour)
        pen.ellipse((x - size * 0.16, y - size * 0.16, x + size * 0.16, y + size * 0.16), fill=SAND)


def _rain(pen: Pen, width: int, height: int) -> None:
    for n in range(90):
        x, y = (n * 613) % width, (n * 347) % 1300
        pen.line([(x, y), (x - 26, y + 110)], fill=SKY, width=10)
    pen.rectangle((160, 760, 760, 1800), fill=RUST)
    pen.polygon([(80, 780), (460, 430), (840, 780)], fill=INK)
    pen.rectangle((2500, 860, 3060, 1800), fill=SAND)
    pen.polygon([(2420, 880), (2780, 540), (3140, 880)], fill=INK)
    pen.ellipse((700, 1560, 2560, 2300), fill=TEAL)
    for n in range(26):
        x = 860 + n * 62
        pen.line([(x, 1900), (x + (n % 5 - 2) * 34, 1330 + (n * 97) % 260)], fill=LEAF, width=24)
    pen.rectangle((0, 1960, width, height), fill=LEAF)


def _leaves(pen: Pen, width: int, height: int) -> None:
    greens = (LEAF, TEAL, "#8aa66f", DEEP, "#3f6b52", "#b9c79a")
    for row in range(7):
        for column in range(5):
            x, y = 230 + column * 420, 220 + row * 400
            pen.chord(
                (x - 150, y - 170, x + 150, y + 170), 40 + row * 9, 220 + row * 9, fill=greens[(row * 5 + column) % 6]
            )
            pen.chord(
                (x - 150, y - 170, x + 150, y + 170),
                225 + row * 9,
                395 + row * 9,
                fill=greens[(row * 5 + column + 1) % 6],
            )
