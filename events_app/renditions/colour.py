"""Colours by name, for formats that know no others (RFC 7986 §5.9 wants a CSS3 colour name)."""

from __future__ import annotations

from functools import lru_cache

_NAMED = {
    "black": 0x000000, "dimgray": 0x696969, "gray": 0x808080, "silver": 0xC0C0C0, "white": 0xFFFFFF,
    "maroon": 0x800000, "firebrick": 0xB22222, "crimson": 0xDC143C, "red": 0xFF0000, "tomato": 0xFF6347,
    "salmon": 0xFA8072, "saddlebrown": 0x8B4513, "chocolate": 0xD2691E, "darkorange": 0xFF8C00, "orange": 0xFFA500,
    "goldenrod": 0xDAA520, "gold": 0xFFD700, "khaki": 0xF0E68C, "olive": 0x808000, "yellowgreen": 0x9ACD32,
    "darkolivegreen": 0x556B2F, "green": 0x008000, "forestgreen": 0x228B22, "seagreen": 0x2E8B57, "limegreen": 0x32CD32,
    "mediumseagreen": 0x3CB371, "darkslategray": 0x2F4F4F, "teal": 0x008080, "lightseagreen": 0x20B2AA,
    "turquoise": 0x40E0D0, "steelblue": 0x4682B4, "skyblue": 0x87CEEB, "dodgerblue": 0x1E90FF, "royalblue": 0x4169E1,
    "navy": 0x000080, "midnightblue": 0x191970, "mediumblue": 0x0000CD, "slateblue": 0x6A5ACD, "indigo": 0x4B0082,
    "purple": 0x800080, "mediumorchid": 0xBA55D3, "plum": 0xDDA0DD, "orchid": 0xDA70D6,
    "mediumvioletred": 0xC71585, "deeppink": 0xFF1493, "hotpink": 0xFF69B4, "pink": 0xFFC0CB,
}  # fmt: skip


@lru_cache(256)
def colour_name(colour: str) -> str:
    """The nearest of the named colours to `#rrggbb`; empty for an empty one."""
    if not colour:
        return ""
    wanted = _channels(int(colour[1:], 16))
    return min(_NAMED, key=lambda name: sum((a - b) ** 2 for a, b in zip(wanted, _channels(_NAMED[name]), strict=True)))


def _channels(rgb: int) -> tuple[int, int, int]:
    return rgb >> 16, rgb >> 8 & 255, rgb & 255
