"""The `events` command. What a command needs is imported when it runs, so that `--help` is quick.

Exit status: 0 done, 1 the work was refused (a sentence on standard error says why), 2 wrong usage.
"""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .language import gettext as _
from .language import ngettext
from .settings import BadSetting, settings

if TYPE_CHECKING:
    from .editing import Report
    from .editing.post import Report as Sent
    from .intake import Reading
    from .programme.letter import Letter
    from .programme.model import Programme
    from .renditions import Rendition

Answer = TypeVar("Answer")

BY = "command line"
"""Who did it, as the log says of what is done here."""

DEMO = Path(__file__).parent / "demo" / "programme.json"
DEMO_ORGANISER = "organiser@example.org"
DEMO_MINUTES = 12 * 60


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

    from .editing.errors import NotFound, Problem
    from .intake import Refused

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


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="events-app")
def main() -> None:
    """The programme of a conference: read in, checked, released, shown and printed."""


as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
to_file = click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="- for standard output.")


@main.command()
def migrate() -> None:
    """Bring the database up to date, or make it."""

    async def work() -> int:
        from .tables import database

        return await database.migrate()

    steps = _with_database(work, ready=False)
    click.echo(ngettext("{n} migration was run.", "{n} migrations were run.", steps).format(n=steps))


@main.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--event", "slug", metavar="SLUG", help="The event to bring up to date; else the one that the file names."
)
@click.option("--zone", default="", help="The IANA time zone of times that do not say theirs: Europe/London.")
@as_json
def import_(file: Path, slug: str | None, zone: str, as_json: bool) -> None:
    """Read a programme in, or a newer edition of it. The kind of FILE is found from its content."""
    with _steps(_("Importing"), 3) as step:
        data = file.read_bytes()
        given = _read(data, file, slug or "", zone or _zone_of(slug or ""))
        step()

        async def work() -> Report:
            from . import editing

            step()
            return await editing.import_reading(slug, given, BY)

        report = _with_database(work, make=True)
        step()
    if as_json:
        _print_json(report)
    else:
        _tell_import(report)


def _read(data: bytes, file: Path, slug: str, zone: str) -> Reading:
    from . import intake

    try:
        return intake.read(data, intake.Hints(slug=slug, zone=zone))
    except intake.Refused as refused:
        raise Refusal(f"{file}: {refused}") from None


def _zone_of(slug: str) -> str:
    """The zone of an event that is there already; times in a file that do not say theirs are in it."""
    from .tables import database

    if not slug or not database.exists(settings().database):
        return ""

    async def work() -> str:
        from . import reading

        try:
            return reading.event_of(await reading.event_row(slug)).zone
        except reading.NotFound:
            return ""

    return _with_database(work, make=True)


def _tell_import(report: Report) -> None:
    counts = _(
        "{event}: {sessions} sessions, {papers} papers, {people} people, {rooms} rooms, {days} days in the file."
    )
    click.echo(counts.format(event=report.event, **_numbers(report)))
    click.echo(_("{new} new, {changed} changed, {gone} gone.").format(**_numbers(report)))
    for odd in report.odd:
        click.echo(_("Odd: {where}: {what}").format(where=odd.where, what=odd.what))


def _numbers(report: Report) -> dict[str, int]:
    names = ("sessions", "papers", "people", "rooms", "days", "new", "changed", "gone")
    return {name: getattr(report, name) for name in names}


@main.command()
@click.option("-o", "--output", "file", type=click.Path(path_type=Path), required=True)
def template(file: Path) -> None:
    """Write the spreadsheet for organisers to fill in: a column for everything, each explained."""
    from . import intake

    file.write_bytes(intake.template())


@main.command()
@click.argument("event")
@click.option("--all", "with_accepted", is_flag=True, help="Also those that organisers have accepted.")
@as_json
def check(event: str, with_accepted: bool, as_json: bool) -> None:
    """List what in EVENT's draft should be looked at. Findings never forbid a release."""

    async def work() -> Any:
        from . import reading

        return await reading.draft(event)

    from .programme.clashes import all_findings

    draft = _with_database(work)
    accepted = {accepted.finding: accepted.reason for accepted in draft.planning.accepted}
    every = all_findings(draft.programme, draft.planning)
    found = [finding for finding in every if with_accepted or finding.key not in accepted]
    quiet = sum(finding.key in accepted for finding in every)
    if as_json:
        _print_json({"findings": found, "accepted": quiet})
        return
    for finding in found:
        reason = _(" (accepted: {reason})").format(reason=accepted[finding.key]) if finding.key in accepted else ""
        click.echo(f"{finding.severity}: {finding.sentence} [{finding.code}]{reason}")
    click.echo(ngettext("{n} finding.", "{n} findings.", len(found)).format(n=len(found)))
    if quiet:
        click.echo(ngettext("{n} is accepted.", "{n} are accepted.", quiet).format(n=quiet))


@main.command()
@click.argument("event")
@click.option("--notes", default="", help="What to tell the public of this version.")
@as_json
def release(event: str, notes: str, as_json: bool) -> None:
    """Publish EVENT's draft as its next version."""

    async def work() -> Programme:
        from . import editing

        return await editing.release(event, BY, notes)

    with _steps(_("Releasing"), 1) as step:
        programme = _with_database(work)
        step()
    version = programme.versions[-1]
    if as_json:
        _print_json({"version": version.number, "revision": version.revision, "changes": version.changes})
        return
    click.echo(_("{event}: version {n} is published.").format(event=event, n=version.number))
    _tell_changes(programme)


def _tell_changes(programme: Programme) -> None:
    from .programme.changes import sentence

    for change in programme.versions[-1].changes:
        click.echo(f"- {sentence(change, programme.event)}")


@main.command()
@click.argument("event")
@click.argument("format")
@to_file
def export(event: str, format: str, output: Path) -> None:
    """Write what the public gets of EVENT in FORMAT: a name (calendar) or an address (people/bob-baker.ics)."""
    plain = {rendition.name: rendition.address for rendition in _renditions() if "{" not in rendition.address}
    _render(event, plain.get(format, format), output, plain)


@main.command("print")
@click.argument("event")
@click.argument("edition")
@to_file
def print_(event: str, edition: str, output: Path) -> None:
    """Print EVENT's EDITION (booklet, …) to a PDF."""
    from .renditions import press

    press.keep_in(settings().data / "prints" / ".parts")
    notices: list[str] = []
    with _share(_("Printing")) as progress, press.overheard(progress, notices.append):
        prints = (rendition.address for rendition in _renditions() if rendition.heavy)
        editions = (address.removeprefix("print/").removesuffix(".pdf") for address in prints)
        try:
            _render(event, f"print/{edition}.pdf", output, editions)
        except press.CannotPrint as error:
            raise Refusal(_("It cannot be printed: {why}").format(why=error)) from None
    for notice in notices:
        click.echo(notice, err=True)


def _renditions() -> tuple[Rendition, ...]:
    from .renditions import RENDITIONS

    return RENDITIONS


def _render(event: str, address: str, output: Path, known: Iterable[str]) -> None:
    from .renditions import RENDITIONS, Site
    from .web.addresses import Addresses
    from .web.build import build

    asked = Addresses(RENDITIONS).find(address, "")
    if asked is None:
        there = ", ".join(sorted(known))
        raise click.UsageError(_("There is nothing of that name. There are: {known}.").format(known=there))
    programme = _published(event)
    pictures = _pictures(event, programme) if asked.rendition.heavy else {}
    site = Site(base=settings().base, build=build(), pictures=pictures)
    made = asked.rendition.render(programme, site, asked.params)
    if made is None:
        raise Refusal(_("{event} has no {format}.").format(event=event, format=address))
    _write(output, made)


def _published(event: str) -> Programme:
    async def work() -> Programme | None:
        from . import reading

        published = await reading.published(event)
        if published is None:
            await reading.draft(event)  # where there is no such event, say that
        return published

    programme = _with_database(work)
    if programme is None:
        raise Refusal(_("{event} has not been released yet. “events release {event}” does that.").format(event=event))
    return programme


def _pictures(event: str, programme: Programme) -> dict[str, bytes]:
    async def work() -> dict[str, bytes]:
        from . import reading

        return await reading.pictures(event, programme)

    return _with_database(work)


def _write(output: Path, made: bytes) -> None:
    from .editing.backups import whole_file

    if str(output) == "-":
        sys.stdout.buffer.write(made)
        return
    with whole_file(output) as out:
        out.write(made)


@main.command()
@click.argument("email")
@click.option("--organise", metavar="EVENT", multiple=True, help="Make this account organiser of the event.")
@click.option("--minutes", default=15, show_default=True, type=click.IntRange(1, 7 * 24 * 60))
def link(email: str, organise: tuple[str, ...], minutes: int) -> None:
    """Print a sign-in link for EMAIL. The first who asks, while no event has an organiser, organises all of them."""

    async def work() -> str:
        from . import reading
        from .editing import accounts

        events = list(organise)
        if not events and await accounts.nobody_organises():
            events = [line.slug for line in await reading.events()]
        for event in events:
            await accounts.grant(event, email, accounts.Right.ORGANISER, BY)
        return await accounts.issue_link(email, BY, minutes)

    click.echo(_address_of(_with_database(work)))


def _address_of(token: str) -> str:
    return f"{settings().base}/sign-in/{token}"


@main.command("send")
@click.option("--watch", is_flag=True, help="Go on sending whatever becomes due, until it is stopped.")
@as_json
def send(watch: bool, as_json: bool) -> None:
    """Send the letters that are due, by the server in EVENTS_SMTP."""
    if not settings().smtp:
        words = _("EVENTS_SMTP is not set, so letters are only kept. “events letters” shows them.")
        raise Refusal(words)

    async def work() -> None:
        from .editing import post

        if watch:
            await post.keep_sending(settings(), _until_stopped(), lambda report: _tell_sent(report, as_json, watch))
        else:
            _tell_sent(await post.send(settings()), as_json, watch)

    _with_database(work)


def _until_stopped() -> asyncio.Event:
    """Set when somebody asks this process to stop; a letter on its way is finished first."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def _tell_sent(report: Sent, as_json: bool, watch: bool) -> None:
    if watch and not (report.sent or report.refused):
        return
    if as_json:
        _print_json(_fields(report))
        return
    words = _("{sent} sent, {refused} refused; {waiting} waiting, {unsure} of which nobody knows whether they arrived.")
    click.echo(words.format(**_fields(report)))


def _fields(value: Any) -> dict[str, Any]:
    """All of them, also those that say nothing."""
    return {name: getattr(value, name) for name in value.__struct_fields__}


@main.command()
@click.argument("event", required=False, default="")
@as_json
def letters(event: str, as_json: bool) -> None:
    """Show the letters of EVENT, or those to sign in, which are of no event; the links in them are made when sent."""

    async def work() -> list[Letter]:
        from .editing import letters as kept

        return await (kept.letters(event, limit=sys.maxsize >> 1) if event else kept.sign_in_letters())

    found = _with_database(work)
    if as_json:
        _print_json({"letters": [_fields(letter) for letter in found]})
        return
    for letter in found:
        click.echo(f"{letter.created:%Y-%m-%d %H:%M} {letter.state} {letter.kind}: {letter.name} <{letter.email}>")
        click.echo(f"{letter.subject}\n\n{letter.text}\n\n{'-' * 72}")
    click.echo(ngettext("{n} letter.", "{n} letters.", len(found)).format(n=len(found)))


@main.command()
def serve() -> None:
    """Serve everything, until it is stopped."""

    async def work() -> None:
        pass

    from .tables import database

    _refuse_a_strange_server()
    _refuse_a_taken_port(settings().host, settings().port)
    _with_database(work, make=not database.exists(settings().database))
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
    from .editing.smtp import server

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


@main.command()
def demo() -> None:
    """Import and release the demonstration conference, if it is not there yet, and print a link to organise it."""
    reading = _read(DEMO.read_bytes(), DEMO, "", "")
    slug = reading.programme.event.slug

    async def work() -> tuple[Report | None, str]:
        from . import editing
        from . import reading as stored
        from .demo import pictures
        from .editing import accounts

        report = None
        if slug not in {line.slug for line in await stored.events()}:
            report = await editing.import_reading(None, reading, BY)
            await pictures.bring(await stored.draft(slug), BY)
        if await stored.published_revision(slug) is None:
            await editing.release(slug, BY, _("The first version."))
        if DEMO_ORGANISER not in await accounts.organisers(slug):
            await accounts.grant(slug, DEMO_ORGANISER, accounts.Right.ORGANISER, BY)
        return report, await accounts.issue_link(DEMO_ORGANISER, BY, DEMO_MINUTES)

    report, token = _with_database(work, make=True)
    if report:
        _tell_import(report)
    click.echo(_("{event} is at {address}").format(event=slug, address=f"{settings().base}/{slug}/"))
    click.echo(_("To organise it, sign in at {address}").format(address=_address_of(token)))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write the whole database to FILE, as it is at one moment; the service goes on meanwhile."""

    async def work() -> int:
        from .editing import backups

        with _counting(_("Backing up"), await backups.size()) as count:
            return await backups.backup(file, count)

    rows = _with_database(work)
    click.echo(_("{n} rows are in {file}.").format(n=rows, file=file))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put back what a backup holds, in place of everything that is there now: whole or not at all."""

    async def work() -> int:
        from .editing import backups
        from .web.prints import empty

        with _counting(_("Restoring"), backups.rows_in(file)) as count:
            restored = await backups.restore(file, BY, count)
        empty(settings().data / "prints")
        return restored

    rows = _with_database(work, make=True)
    click.echo(_("{n} rows are back from {file}.").format(n=rows, file=file))


def _with_database(work: Callable[[], Awaitable[Answer]], *, make: bool = False, ready: bool = True) -> Answer:
    """Does the work with the database open. `make` it first, or bring it up to date; else it must be `ready`."""

    async def whole() -> Answer:
        from .tables import database

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
def _steps(label: str, steps: int) -> Iterator[Callable[[], None]]:
    """A progress bar over a few long steps; only on a terminal."""
    with _counting(label, steps) as count:
        yield lambda: count(1)


@contextmanager
def _share(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar for work that learns on its way how much there is: it is told how much of how much is done."""
    with _counting(label, 100) as count:
        shown = 0

        def progress(done: int, of: int) -> None:
            nonlocal shown
            step = max(100 * done // of - shown, 0)
            shown += step
            count(step)

        yield progress


@contextmanager
def _counting(label: str, length: int) -> Iterator[Callable[[int], None]]:
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        bar.render_progress()
        yield bar.update


def _print_json(report: Any) -> None:
    import msgspec

    built = msgspec.to_builtins(report)
    if "event" in built:  # every key is there, also one that says nothing odd
        built.setdefault("odd", [])
    click.echo(msgspec.json.encode(built).decode())
