"""A line to the server that takes letters (RFC 5321), kept open from one letter to the next."""

from __future__ import annotations

from contextlib import suppress
from types import TracebackType
from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib
from aiosmtplib import SMTPException, SMTPResponseException

from ..language import gettext as _
from ..programme.model import Value
from ..settings import BadSetting
from .errors import Problem

SECONDS = 20
"""For so long an answer is waited for; that to a letter comes only when it is kept, and may take longer."""
LETTER_SECONDS = 120

_PORTS = {"smtp": 25, "smtps": 465}
_STARTTLS = {"": None, "auto": None, "required": True, "no": False}


class Server(Value, frozen=True, kw_only=True):
    """`tls` from the first byte on; else `starttls`: required, never, or (None) where it is offered."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: bool = False
    starttls: bool | None = None


class Unreachable(Problem):
    """The server does not answer, or does not know us: no letter's fault."""

    def __init__(self, words: str) -> None:
        super().__init__(_("The mail server cannot be used: {words}.").format(words=words.rstrip(".")))


class Later(Exception):
    """The server did not take the letter now."""


class Never(Exception):
    """The server does not take this letter, for good."""


class Unanswered(Exception):
    """The letter was handed over, and the answer did not come."""


def server(url: str) -> Server:
    """`smtp://user:password@host:port?starttls=required`, or `smtps://…`. Raises BadSetting.

    A password is sent only on a line that nobody can read, unless `starttls=no` says that it may be.
    """
    parts = urlsplit(url)
    asked = parse_qs(parts.query, keep_blank_values=True)
    starttls = asked.get("starttls", [""])[-1]
    try:
        port = parts.port
    except ValueError:
        port = 0
    if (
        parts.scheme not in _PORTS
        or not parts.hostname
        or port == 0
        or starttls not in _STARTTLS
        or asked.keys() - {"starttls"}
    ):
        raise BadSetting("EVENTS_SMTP is not of the form smtp://user:password@host:port or smtps://…")
    tls = parts.scheme == "smtps"
    guarded = True if parts.password and not tls and not starttls else _STARTTLS[starttls]
    return Server(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        starttls=False if tls else guarded,
    )


class Line:
    """Usable again and again; opened at the first letter, and anew where the server has hung up."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._smtp: aiosmtplib.SMTP | None = None

    async def __aenter__(self) -> Line:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._smtp is not None:
            with suppress(SMTPException, OSError):
                await self._smtp.quit(timeout=2)
            self._smtp.close()

    async def envelope(self, sender: str, reader: str) -> None:
        """Says from whom and to whom a letter is. Raises Unreachable, Later, Never."""
        fresh = await self._opened()
        try:
            await self._envelope(sender, reader)
        except SMTPResponseException as refused:
            await self.forget()
            raise _answer(refused, for_good=isinstance(refused, aiosmtplib.SMTPRecipientRefused)) from None
        except (SMTPException, OSError) as error:
            self._hang_up()
            if fresh:
                raise Later(_words(error)) from None
            await self.envelope(sender, reader)  # it had hung up since the letter before

    async def _envelope(self, sender: str, reader: str) -> None:
        assert self._smtp is not None
        plain = reader.isascii() and sender.isascii()
        if not plain and not self._smtp.supports_extension("smtputf8"):
            raise Never(_("The mail server takes no address with letters beyond a to z."))
        await self._smtp.mail(sender, options=[] if plain else ["SMTPUTF8"], encoding="ascii" if plain else "utf-8")
        await self._smtp.rcpt(reader, encoding="ascii" if plain else "utf-8")

    async def letter(self, message: bytes) -> None:
        """Hands a letter over, and waits until the server has it. Raises Later, Never, Unanswered."""
        assert self._smtp is not None
        try:
            await self._smtp.data(message, timeout=LETTER_SECONDS)
        except SMTPResponseException as refused:
            await self.forget()
            raise _answer(refused, for_good=True) from None
        except (SMTPException, OSError) as error:
            self._hang_up()
            raise Unanswered(_words(error)) from None

    async def forget(self) -> None:
        """Takes the envelope back."""
        try:
            if self._smtp is not None:
                await self._smtp.rset()
        except (SMTPException, OSError):
            self._hang_up()

    async def _opened(self) -> bool:
        """Opens the line if it is not open; answers whether it was not."""
        if self._smtp is not None and self._smtp.is_connected:
            return False
        to = self._server
        smtp = aiosmtplib.SMTP(
            hostname=to.host, port=to.port, use_tls=to.tls, start_tls=to.starttls, timeout=SECONDS,
            username=to.user or None, password=to.password or None,
        )  # fmt: skip
        try:
            await smtp.connect()
            await smtp.ehlo()
        except (SMTPException, OSError) as error:
            smtp.close()
            raise Unreachable(_words(error)) from None
        self._smtp = smtp
        return True

    def _hang_up(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None


def _answer(refused: SMTPResponseException, *, for_good: bool) -> Later | Never:
    """A number of 500 and above is final (RFC 5321 §4.2.1); but that a sender is refused can be mended."""
    kind = Never if refused.code >= 500 and for_good else Later
    return kind(_words(refused))


def _words(error: Exception) -> str:
    """What the server said, or what went wrong, on one line."""
    if isinstance(error, SMTPResponseException):
        return " ".join(f"{error.code} {error.message}".split())[:500]
    return " ".join((str(error) or type(error).__name__).split())[:500]
