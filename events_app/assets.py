"""Fetched packages → what pages and print need of them: `python -m events_app.assets`, run by `make setup`.

The fonts in slices by script, so that a reader of English fetches some 20 kB a face. `fonts.py` makes those for print.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
FONTS = HERE / "static" / "fonts"

FAMILIES = ("plex-sans", "plex-serif")
FACES = ("Regular", "Italic", "SemiBold", "SemiBoldItalic")

_RULE = re.compile(r"@font-face \{.*?\}", re.DOTALL)
_SLICE = re.compile(r'url\("\.\./(fonts/split/woff2/([^"/]+)\.woff2)"\)')


def main() -> int:
    packages = Path("node_modules/@ibm")
    if not packages.is_dir():
        print("node_modules is not here: run npm ci first, from the checkout.", file=sys.stderr)
        return 1
    FONTS.mkdir(parents=True, exist_ok=True)
    for stray in FONTS.glob("*.*"):
        stray.unlink()
    rules = [rule for family in FAMILIES for rule in _slices(packages / family)]
    (FONTS / "fonts.css").write_text("\n".join(rules) + "\n", encoding="utf-8")
    for family in FAMILIES:
        shutil.copy(packages / family / "LICENSE.txt", FONTS / f"{family}-LICENSE.txt")
    return 0


def _slices(package: Path) -> Iterator[str]:
    """Copies the slices of the faces that we use; yields a rule for each, without `local()`: one look everywhere."""
    sheet = (package / "css" / f"ibm-{package.name}-all.css").read_text(encoding="utf-8")
    for rule in _RULE.findall(sheet):
        found = _SLICE.search(rule)
        if found and found[2].split("-")[1] in FACES:
            shutil.copy(package / found[1], FONTS)
            source = f'src: url("{found[2]}.woff2") format("woff2");\n  font-display: swap;'
            yield re.sub(r"src: .*?;", source, rule, flags=re.DOTALL)


if __name__ == "__main__":
    sys.exit(main())
