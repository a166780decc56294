"""A mail server for the tests: a real one, in a thread, that does as it is told."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from events_app.settings import Settings


class Mailbox:
    """What was taken. `rcpt` and `data` are asked first what to answer to an address; None: it is taken."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self._to: list[str] = []
        self.rcpt: Callable[[str], str | None] = lambda _email: None
        self.data: Callable[[str], str | None] = lambda _email: None
        self.after: Callable[[], None] = lambda: None  # a letter was taken, and the answer not yet given
        self.signed_in: list[str] = []
        self.port = 0

    @property
    def settings(self) -> Settings:
        return Settings(smtp=f"smtp://127.0.0.1:{self.port}", base_url="https://small.example")

    @property
    def to(self) -> list[str]:
        """Whom the letters were for, as their envelopes say."""
        return sorted(self._to)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if answer := self.rcpt(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if answer := self.data(envelope.rcpt_tos[0]):
            return answer
        self.got.append(cast(EmailMessage, message_from_bytes(envelope.content, policy=SMTP)))  # type: ignore[arg-type]
        self._to += envelope.rcpt_tos
        self.after()
        return "250 OK"

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _how: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.signed_in.append(data.login.decode())
        return AuthResult(success=data.password == b"p:w/d", handled=False)


@contextmanager
def mail_server(**more: Any) -> Iterator[Mailbox]:
    mailbox = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        mailbox.port = free.getsockname()[1]
    more = {"enable_SMTPUTF8": True, "authenticator": mailbox.authenticate, **more}
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port, **more)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def text_of(message: EmailMessage) -> str:
    """The plain text of a letter, as one line."""
    body = message.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def calendar_of(message: EmailMessage) -> str:
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            return cast(bytes, part.get_payload(decode=True)).decode().replace("\r\n ", "")
    return ""
