"""Files are read in a process of their own, which no file can make larger or longer than is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from events_app.intake import Hints, apart, read, template
from events_app.intake.apart import laid_apart, read_apart
from events_app.intake.table import layout
from tests.intake.test_layout import CHOSEN, CSV


async def test_what_is_read_apart_is_what_is_read_here(tmp_path: Path) -> None:
    path, hints = tmp_path / "file", Hints(slug="small", zone="Europe/London", columns=(CHOSEN,))
    path.write_bytes(CSV)
    assert (await read_apart(path, hints)).reading == read(CSV, hints)
    path.write_bytes(template())
    assert (await laid_apart(path, {})).sheets == tuple(layout(template()))


async def test_a_refusal_says_there_what_it_says_here(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"<schedule><x")
    refused = (await read_apart(path, Hints())).refused
    assert refused is not None
    assert "this is no well-formed XML" in refused.what
    assert refused.where.startswith("line 1")


@pytest.mark.slow
@pytest.mark.parametrize("body", [b"[" + b"[]," * 5_000_000 + b"[]]", b"<a>" + b"<b/>" * 3_900_000 + b"</a>"])
async def test_more_memory_than_a_programme_needs_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    path = tmp_path / "file"
    path.write_bytes(body)
    assert (await read_apart(path, Hints())).refused is not None


async def test_a_process_that_is_killed_or_takes_too_long_is_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(CSV)
    monkeypatch.setattr(apart, "PATIENCE", 0.01)
    refused = (await read_apart(path, Hints())).refused
    assert refused is not None
    assert "more time or memory" in refused.what
