"""The whole service as a process of its own, on a database of its own, and people who sign in to it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from ..editing.mail import mail_server, text_of


class Service:
    """`base` is its address without a slash at the end."""

    def __init__(self, url: str, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        self.base = f"http://127.0.0.1:{port}"
        self.port = port
        self._env = {
            **os.environ,
            "EVENTS_DATABASE_URL": url,
            "EVENTS_DATA": str(folder),
            "EVENTS_PORT": str(port),
            "EVENTS_BASE_URL": self.base,
        }

    def sign_in(self, page: Page, email: str, event: str) -> None:
        """As an organiser of the event."""
        told = self.run("link", email, "--organise", event)
        page.goto(next(word for word in told.split() if word.startswith("http")))
        page.get_by_role("button").first.click()
        page.wait_for_url(f"{self.base}/organise/**")

    def run(self, *words: str) -> str:
        """The `events` command on the same database."""
        command = [sys.executable, "-m", "events_app", *words]
        return subprocess.run(command, env=self._env, capture_output=True, text=True, check=True).stdout

    def letter(self, email: str) -> str:
        """The link to sign in, out of the letter that waits for somebody: sent to a real server, and read there."""
        with mail_server() as mailbox:
            self._env["EVENTS_SMTP"] = mailbox.settings.smtp
            self.run("send")
            del self._env["EVENTS_SMTP"]
        told = " ".join(text_of(message) for message in mailbox.got if email in str(message["To"]))
        (link,) = re.findall(rf"{re.escape(self.base)}/sign-in/\S+", told)
        return str(link)

    @contextmanager
    def up(self) -> Iterator[Service]:
        command = [sys.executable, "-m", "granian", "--interface", "asgi", "--port", str(self.port), "--workers", "1"]
        process = subprocess.Popen(
            [*command, "--workers-kill-timeout", "2", "events_app.app:app"],
            env=self._env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self._wait()
            yield self
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()

    def _wait(self) -> None:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.base}/healthz", timeout=5).close()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the service did not start")
