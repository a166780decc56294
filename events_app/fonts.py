"""Whole fonts for print, unpacked from npm packages: `python -m events_app.fonts`, run by `make setup`.

Pages get theirs in slices by script (`assets.py`); print cannot: WeasyPrint takes a second to unpack each document's
woff2, and slices break shaping between them. Beside the fonts stand `fonts.conf`, which shuts out the system's own
so that a booklet is the same bytes everywhere, and `coverage.json`, the characters that can be set at all.
All are under the SIL Open Font Licence 1.1.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PRINT = Path(__file__).parent / "static" / "fonts" / "print"


class Source(NamedTuple):
    package: str
    faces: tuple[str, ...]
    optional: bool = False


_TEXT = ("Regular", "Italic", "SemiBold", "SemiBoldItalic")
SOURCES = (
    Source("@ibm/plex-serif", _TEXT),
    Source("@ibm/plex-sans", _TEXT),
    Source("@ibm/plex-mono", ("Regular",)),
    Source("@ibm/plex-sans-arabic", ("Regular", "SemiBold")),
    Source("@ibm/plex-sans-hebrew", ("Regular", "SemiBold")),
    Source("@expo-google-fonts/noto-sans", ("400Regular", "600SemiBold")),  # polytonic Greek, ḥ ḍ ṣ, Devanagari
    Source("@ibm/plex-sans-jp", ("Regular",)),
    Source("@ibm/plex-sans-kr", ("Regular",)),
    Source("@ibm/plex-sans-sc", ("Regular",), optional=True),  # 8 MB: `npm install @ibm/plex-sans-sc`, then this again
    Source("@expo-google-fonts/noto-sans-symbols-2", ("400Regular",)),
    Source("@expo-google-fonts/noto-emoji", ("400Regular",)),
)
"""In the order in which a character that the fonts before lack is looked for."""

_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  {aliases}
</fontconfig>
"""
_ALIAS = """<alias binding="strong"><family>{family}</family><prefer>{fonts}</prefer></alias>"""
_FALLBACKS = ("IBM Plex Sans", "IBM Plex Sans Arabic", "IBM Plex Sans Hebrew", "Noto Sans", "IBM Plex Sans JP",
              "IBM Plex Sans KR", "IBM Plex Sans SC", "Noto Sans Symbols 2", "Noto Emoji")  # fmt: skip


def main(modules: Path = Path("node_modules")) -> int:
    missing = [source.package for source in SOURCES if not source.optional and not (modules / source.package).is_dir()]
    if missing:
        print(f"Not in {modules}: {', '.join(missing)}. Run npm ci first, from the checkout.", file=sys.stderr)
        return 1
    PRINT.mkdir(parents=True, exist_ok=True)
    wanted = dict(_wanted(modules))
    for stray in set(PRINT.glob("*.ttf")) - wanted.keys():
        stray.unlink()
    for made, source in wanted.items():
        if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
            _unpack(source, made)
    for package, _, _ in SOURCES:
        for licence in (modules / package).glob("LICENSE*"):
            shutil.copyfile(licence, PRINT / f"{package.rpartition('/')[2]}-{licence.name}")
    (PRINT / "coverage.json").write_text(json.dumps(_coverage(sorted(wanted))), encoding="ascii")
    return 0


def configuration(cache: Path) -> str:
    """A fonts.conf that knows these fonts and no others; `cache` is a folder where fontconfig may keep its findings."""
    families = {"serif": ("IBM Plex Serif", *_FALLBACKS), "sans-serif": _FALLBACKS,
                "monospace": ("IBM Plex Mono", *_FALLBACKS)}  # fmt: skip
    aliases = (
        _ALIAS.format(family=family, fonts="".join(f"<family>{font}</family>" for font in fonts))
        for family, fonts in families.items()
    )
    return _CONF.format(fonts=PRINT, cache=cache, aliases="\n  ".join(aliases))


def _wanted(modules: Path) -> Iterator[tuple[Path, Path]]:
    """Each font that is to be made, and what it is made from."""
    for package, faces, _ in SOURCES:
        for face in faces:
            found = sorted((modules / package).glob(f"fonts/complete/woff2/**/*-{face}.woff2"))
            found = found or sorted((modules / package).glob(f"{face}/*.ttf"))
            for source in found[:1]:
                yield PRINT / f"{source.stem}.ttf", source


def _unpack(source: Path, made: Path) -> None:
    if source.suffix == ".ttf":
        shutil.copyfile(source, made)
        return
    from fontTools.ttLib import TTFont

    font = TTFont(source)
    font.flavor = None
    font.save(made)


def _coverage(fonts: list[Path]) -> list[list[int]]:
    """The characters that any of the fonts has, as ranges of code points, both ends included."""
    from fontTools.ttLib import TTFont

    ranges: list[list[int]] = []
    for point in sorted({point for font in fonts for point in TTFont(font, lazy=True).getBestCmap()}):
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return ranges


if __name__ == "__main__":
    sys.exit(main())
