"""How one begins: the demonstration, and a link to sign in before anybody can ask for one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..language import gettext as _
from ..settings import settings
from .exchanging import read_in, tell_import
from .work import BY, with_database

if TYPE_CHECKING:
    from ..editing import Report

DEMO = Path(__file__).parent.parent / "demo" / "programme.json"
DEMO_ORGANISER = "organiser@example.org"
DEMO_MINUTES = 12 * 60


@click.command()
def demo() -> None:
    """Import and release the demonstration conference, if it is not there yet, and print a link to organise it."""
    reading = read_in(DEMO.read_bytes(), DEMO, "", "")
    slug = reading.programme.event.slug

    async def work() -> tuple[Report | None, str]:
        from .. import editing
        from .. import reading as stored
        from ..demo import pictures
        from ..editing import accounts

        report = None
        if slug not in {line.slug for line in await stored.events()}:
            report = await editing.import_reading(None, reading, BY)
            await pictures.bring(await stored.draft(slug), BY)
        if await stored.published_revision(slug) is None:
            await editing.release(slug, BY, _("The first version."))
        if DEMO_ORGANISER not in await accounts.organisers(slug):
            await accounts.grant(slug, DEMO_ORGANISER, accounts.Right.ORGANISER, BY)
        return report, await accounts.issue_link(DEMO_ORGANISER, BY, DEMO_MINUTES)

    report, token = with_database(work, make=True)
    if report:
        tell_import(report)
    click.echo(_("{event} is at {address}").format(event=slug, address=f"{settings().base}/{slug}/"))
    click.echo(_("To organise it, sign in at {address}").format(address=_address_of(token)))


@click.command()
@click.argument("email")
@click.option("--organise", metavar="EVENT", multiple=True, help="Make this account organiser of the event.")
@click.option("--minutes", default=15, show_default=True, type=click.IntRange(1, 7 * 24 * 60))
def link(email: str, organise: tuple[str, ...], minutes: int) -> None:
    """Print a sign-in link for EMAIL. The first who asks, while no event has an organiser, organises all of them."""

    async def work() -> str:
        from .. import reading
        from ..editing import accounts

        events = list(organise)
        if not events and await accounts.nobody_organises():
            events = [line.slug for line in await reading.events()]
        for event in events:
            await accounts.grant(event, email, accounts.Right.ORGANISER, BY)
        return await accounts.issue_link(email, BY, minutes)

    click.echo(_address_of(with_database(work)))


def _address_of(token: str) -> str:
    return f"{settings().base}/sign-in/{token}"
