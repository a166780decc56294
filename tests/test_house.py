"""The house itself: who may import whom, what a wheel carries, what may not stand in the files."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def test_nothing_is_imported_against_the_rule() -> None:
    done = _run("lint-imports", "--no-cache", cwd=ROOT)
    assert done.returncode == 0, done.stdout


def test_every_interface_string_can_be_extracted_for_translation(tmp_path: Path) -> None:
    done = _run(
        "pybabel", "-q", "extract", "-F", "pyproject.toml", "-o", str(tmp_path / "all.pot"), "events_app", cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "all.pot").read_text().count("msgid") > 100


def test_the_lock_files_name_no_registry() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert [name for name, package in lock["packages"].items() if name and "integrity" not in package] == []
    assert "://" not in (ROOT / "constraints.txt").read_text()


def test_every_direct_dependency_is_pinned_the_same_in_the_lock() -> None:
    pinned = re.findall(r'^    "([\w.\-\[\]]+==[\w.]+)",$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    locked = {_normal(line) for line in (ROOT / "constraints.txt").read_text().split()}
    assert len(pinned) > 20
    assert [pin for pin in pinned if _normal(pin) not in locked] == []


def test_templates_hold_no_inline_script_or_style_and_load_nothing_from_elsewhere() -> None:
    forbidden = re.compile(
        r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|(src|@import)[=\s\"']+(https?:)?//", re.IGNORECASE
    )
    folder = ROOT / "events_app/templates"
    apart = ("print", "letters")  # which no browser shows as a page of ours
    pages = [path for path in folder.rglob("*.html") if path.relative_to(folder).parts[0] not in apart]
    assert len(pages) > 20
    assert [f"{page}: {found[0]}" for page in pages if (found := forbidden.search(page.read_text()))] == []


@pytest.mark.slow
def test_the_wheel_carries_all_that_the_service_needs(tmp_path: Path) -> None:
    """Installed in an empty folder, the demo loads and is exported: templates, files and migrations are there."""
    wheels, site, home = tmp_path / "wheels", tmp_path / "site", tmp_path / "home"
    home.mkdir()
    built = _run("python", "-m", "build", "--wheel", "--no-isolation", "--outdir", str(wheels), str(ROOT), cwd=home)
    assert built.returncode == 0, built.stdout + built.stderr
    wheel = next(wheels.glob("*.whl"))
    pip = ["python", "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(wheel)]
    assert _run(*pip, cwd=home).returncode == 0
    env = {**os.environ, "PYTHONPATH": str(site), "EVENTS_DATA": str(home / "var")}
    where = _run("python", "-c", "import events_app; print(events_app.__file__)", cwd=home, env=env)
    assert where.stdout.startswith(str(site))
    demo = _run("python", "-m", "events_app", "demo", cwd=home, env=env)
    assert demo.returncode == 0, demo.stderr
    page = _run(
        "python", "-m", "events_app", "export", "birmingham-2028", "schedule", "-o", "page.html", cwd=home, env=env
    )
    assert page.returncode == 0, page.stderr
    assert b"/static/" in (home / "page.html").read_bytes()


def _normal(pin: str) -> str:
    return re.sub(r"\[.*?\]", "", pin).replace("_", "-").lower()


def _run(*words: str, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    program = str(Path(sys.executable).parent / words[0])
    return subprocess.run([program, *words[1:]], cwd=cwd, env=env, capture_output=True, text=True)
