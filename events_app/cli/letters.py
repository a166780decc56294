"""The letters: sending them, and reading them where none are sent."""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import TYPE_CHECKING, Any

import click

from ..language import gettext as _
from ..language import ngettext
from ..settings import settings
from .group import Refusal
from .work import as_json, print_json, with_database

if TYPE_CHECKING:
    from ..editing.post import Report
    from ..programme.letter import Letter


@click.command("send")
@click.option("--watch", is_flag=True, help="Go on sending whatever becomes due, until it is stopped.")
@as_json
def send(watch: bool, as_json: bool) -> None:
    """Send the letters that are due, by the server in EVENTS_SMTP."""
    if not settings().smtp:
        words = _("EVENTS_SMTP is not set, so letters are only kept. “events letters” shows them.")
        raise Refusal(words)

    async def work() -> None:
        from ..editing import post

        if watch:
            await post.keep_sending(settings(), _until_stopped(), lambda report: _tell_sent(report, as_json, watch))
        else:
            _tell_sent(await post.send(settings()), as_json, watch)

    with_database(work)


def _until_stopped() -> asyncio.Event:
    """Set when somebody asks this process to stop; a letter on its way is finished first."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def _tell_sent(report: Report, as_json: bool, watch: bool) -> None:
    if watch and not (report.sent or report.refused):
        return
    if as_json:
        print_json(_fields(report))
        return
    words = _("{sent} sent, {refused} refused; {waiting} waiting, {unsure} of which nobody knows whether they arrived.")
    click.echo(words.format(**_fields(report)))


def _fields(value: Any) -> dict[str, Any]:
    """All of them, also those that say nothing."""
    return {name: getattr(value, name) for name in value.__struct_fields__}


@click.command()
@click.argument("event", required=False, default="")
@as_json
def letters(event: str, as_json: bool) -> None:
    """Show the letters of EVENT, or those to sign in, which are of no event; the links in them are made when sent."""

    async def work() -> list[Letter]:
        from ..editing import letters as kept

        return await (kept.letters(event, limit=sys.maxsize >> 1) if event else kept.sign_in_letters())

    found = with_database(work)
    if as_json:
        print_json({"letters": [_fields(letter) for letter in found]})
        return
    for letter in found:
        click.echo(f"{letter.created:%Y-%m-%d %H:%M} {letter.state} {letter.kind}: {letter.name} <{letter.email}>")
        click.echo(f"{letter.subject}\n\n{letter.text}\n\n{'-' * 72}")
    click.echo(ngettext("{n} letter.", "{n} letters.", len(found)).format(n=len(found)))
