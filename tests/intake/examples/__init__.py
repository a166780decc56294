"""Small programmes of our own in every format that is read; each holds some of the oddities of real ones."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
NAMES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".xml", ".json", ".csv"))


def example(name: str) -> bytes:
    return (FOLDER / name).read_bytes()
