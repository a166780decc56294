"""A PostgreSQL server for one test run: unsafe and quick, reached by a socket in a folder of its own."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_connections=60")


def missing() -> str:
    """Why there can be no server; empty if there can."""
    if programs() is None:
        return "PostgreSQL's programs (initdb, postgres) are not installed"
    if os.geteuid() == 0 and unprivileged() is None:
        return "PostgreSQL does not run as root, and there is no user “postgres” or “nobody” to run it as"
    return ""


def programs() -> Path | None:
    """The folder that holds PostgreSQL's programs; Debian keeps them out of the path."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return folders[-1].parent if folders else None


def unprivileged() -> pwd.struct_passwd | None:
    users = {user.pw_name: user for user in pwd.getpwall()}
    return users.get("postgres") or users.get("nobody")


class Server:
    """Runs from `with` to its end; dies with the process that started it."""

    def __init__(self) -> None:
        bin_folder = programs()
        assert bin_folder is not None
        self.programs = bin_folder
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path may have 107 bytes
        self.log = self.folder / "log"
        self._as: dict[str, Any] = {"cwd": self.folder}
        if os.geteuid() == 0:
            user = unprivileged()
            assert user is not None
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self._as |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def __enter__(self) -> Self:
        try:
            data = self.folder / "data"
            init = [
                self.programs / "initdb",
                "-D",
                data,
                "-U",
                "tests",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "-N",
            ]
            subprocess.run(init, check=True, stdout=subprocess.DEVNULL, **self._as)
            options = [part for option in OPTIONS for part in ("-c", option)]
            self._process = subprocess.Popen(
                [self.programs / "postgres", "-D", data, "-k", self.folder, "-h", "", *options],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                preexec_fn=_die_with_parent,
                **self._as,
            )
            self._wait()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.send_signal(signal.SIGINT)
        self._process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name: str) -> str:
        return f"postgresql://tests@/{name}?host={self.folder}"

    def _wait(self) -> None:
        ready = [self.programs / "pg_isready", "-q", "-h", self.folder]
        for _ in range(300):
            if subprocess.run(ready, check=False).returncode == 0:
                return
            time.sleep(0.05)
        raise TimeoutError("the PostgreSQL server did not start")


def _die_with_parent() -> None:
    if hasattr(signal, "SIGRTMIN"):  # Linux: prctl(PR_SET_PDEATHSIG, …)
        ctypes.CDLL(None).prctl(1, signal.SIGINT)
