"""The `events` command. What a command needs is imported when it runs, so that `--help` is quick.

Exit status: 0 done, 1 the work was refused (a sentence on standard error says why), 2 wrong usage.
"""

from __future__ import annotations

import click

from . import beginning, exchanging, keeping, letters, releasing, serving
from .group import Commands

COMMANDS = (
    beginning.demo,
    beginning.link,
    serving.serve,
    exchanging.import_,
    exchanging.template,
    exchanging.export,
    exchanging.print_,
    releasing.check,
    releasing.release,
    letters.send,
    letters.letters,
    keeping.migrate,
    keeping.backup,
    keeping.restore,
)


@click.group(cls=Commands, commands=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="events-app")
def main() -> None:
    """The programme of a conference: read in, checked, released, shown and printed."""
