"""How commands refuse: in a sentence, never with a traceback."""

from __future__ import annotations

from typing import Any

import click

from ..language import gettext as _
from ..settings import BadSetting


class Refusal(click.ClickException):
    """The work was refused: one sentence, exit status 1."""

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True)


class Commands(click.Group):
    """Says in a sentence why something could not be done, whatever raised it."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if (sentence := _sentence(error)) is None:
                raise
            raise Refusal(sentence) from None


def _sentence(error: Exception) -> str | None:
    """What to tell the user; None for what can only be a mistake of ours."""
    import sqlite3

    import asyncpg

    from ..editing.errors import NotFound, Problem
    from ..intake import Refused

    if isinstance(error, Problem | NotFound | Refused | BadSetting):
        return str(error.args[0] if error.args else error)
    if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
        return _("The database is busy: another program has been writing to it all the while. Try again.")
    if isinstance(error, sqlite3.Error | asyncpg.PostgresError | asyncpg.InterfaceError):
        return _("The database cannot be used: {error}.").format(error=str(error).rstrip("."))
    if isinstance(error, OSError):
        about = f"{error.filename}: " if error.filename else ""
        return f"{about}{error.strerror or error}."
    return None
