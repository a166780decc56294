"""The database as a whole: brought up to date, written down, and put back."""

from __future__ import annotations

from pathlib import Path

import click

from ..language import gettext as _
from ..language import ngettext
from ..settings import settings
from .work import BY, counting, with_database


@click.command()
def migrate() -> None:
    """Bring the database up to date, or make it."""

    async def work() -> int:
        from ..tables import database

        return await database.migrate()

    steps = with_database(work, ready=False)
    click.echo(ngettext("{n} migration was run.", "{n} migrations were run.", steps).format(n=steps))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write the whole database to FILE, as it is at one moment; the service goes on meanwhile."""

    async def work() -> int:
        from ..editing import backups

        with counting(_("Backing up"), await backups.size()) as count:
            return await backups.backup(file, count)

    rows = with_database(work)
    click.echo(_("{n} rows are in {file}.").format(n=rows, file=file))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put back what a backup holds, in place of everything that is there now: whole or not at all."""

    async def work() -> int:
        from ..editing import backups
        from ..web.prints import empty

        with counting(_("Restoring"), backups.rows_in(file)) as count:
            restored = await backups.restore(file, BY, count)
        empty(settings().data / "prints")
        return restored

    rows = with_database(work, make=True)
    click.echo(_("{n} rows are back from {file}.").format(n=rows, file=file))
