"""What commands share: the database, progress on a terminal, and JSON."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from ..language import gettext as _
from ..settings import settings
from .group import Refusal

Answer = TypeVar("Answer")

BY = "command line"
"""Who did it, as the log says of what is done here."""

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


def with_database(work: Callable[[], Awaitable[Answer]], *, make: bool = False, ready: bool = True) -> Answer:
    """Does the work with the database open. `make` it first, or bring it up to date; else it must be `ready`."""

    async def whole() -> Answer:
        from ..tables import database

        url = settings().database
        if ready and not make and not database.exists(url):
            raise Refusal(_("There is no database yet. “events import FILE” or “events demo” makes it."))
        try:
            await database.start(url)
        except OSError as error:
            raise Refusal(_("The database does not answer: {error}.").format(error=str(error).rstrip("."))) from None
        try:
            if make:
                await database.migrate()
            elif ready and await database.pending():
                raise Refusal(_("The database is older than this program. “events migrate” brings it up to date."))
            return await work()
        finally:
            await database.stop()

    return asyncio.run(whole())


@contextmanager
def steps(label: str, steps: int) -> Iterator[Callable[[], None]]:
    """A progress bar over a few long steps; only on a terminal."""
    with counting(label, steps) as count:
        yield lambda: count(1)


@contextmanager
def share(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar for work that learns on its way how much there is: it is told how much of how much is done."""
    with counting(label, 100) as count:
        shown = 0

        def progress(done: int, of: int) -> None:
            nonlocal shown
            step = max(100 * done // of - shown, 0)
            shown += step
            count(step)

        yield progress


@contextmanager
def counting(label: str, length: int) -> Iterator[Callable[[int], None]]:
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        bar.render_progress()
        yield bar.update


def print_json(report: Any) -> None:
    import msgspec

    built = msgspec.to_builtins(report)
    if "event" in built:  # every key is there, also one that says nothing odd
        built.setdefault("odd", [])
    click.echo(msgspec.json.encode(built).decode())
