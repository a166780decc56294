"""The service itself."""

from __future__ import annotations

import errno
import os
import sys

import click

from ..language import gettext as _
from ..settings import settings
from .group import Refusal
from .work import with_database


@click.command()
def serve() -> None:
    """Serve everything, until it is stopped."""

    async def work() -> None:
        pass

    from ..tables import database

    _refuse_a_strange_server()
    _refuse_a_taken_port(settings().host, settings().port)
    with_database(work, make=not database.exists(settings().database))
    click.echo(_("Serving at {address}").format(address=settings().base))
    sys.stdout.flush()
    options = {
        "--interface": "asgi",
        "--host": settings().host,
        "--port": settings().port,
        "--workers": settings().workers,
        "--workers-kill-timeout": 2,  # an open stream of news would hold a worker for ever
    }
    arguments = [str(part) for option in options.items() for part in option]
    command = [sys.executable, "-m", "granian", *arguments, "--no-access-log", "events_app.app:app"]
    os.execv(sys.executable, command)  # noqa: S606 (no shell; this program itself)


def _refuse_a_strange_server() -> None:
    from ..editing.smtp import server

    if settings().smtp:
        server(settings().smtp)


def _refuse_a_taken_port(host: str, port: int) -> None:
    """Two servers may share a port, and each would get some of the requests: that is never meant here."""
    import socket

    for family, kind, protocol, _name, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[:1]:
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a server that has just ended is no matter
            try:
                probe.bind(address)
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise Refusal(f"{host}:{port}: {error.strerror}.") from None
                words = _("Port {port} is taken: something serves there already. EVENTS_PORT names another.")
                raise Refusal(words.format(port=port)) from None
