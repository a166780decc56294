"""Programmes to and from files: read in, written out in every format, and printed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..language import gettext as _
from ..settings import settings
from .group import Refusal
from .work import BY, as_json, print_json, share, steps, with_database

if TYPE_CHECKING:
    from ..editing import Report
    from ..intake import Reading
    from ..programme.model import Programme
    from ..renditions import Rendition

to_file = click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="- for standard output.")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--event", "slug", metavar="SLUG", help="The event to bring up to date; else the one that the file names."
)
@click.option("--zone", default="", help="The IANA time zone of times that do not say theirs: Europe/London.")
@as_json
def import_(file: Path, slug: str | None, zone: str, as_json: bool) -> None:
    """Read a programme in, or a newer edition of it. The kind of FILE is found from its content."""
    with steps(_("Importing"), 3) as step:
        data = file.read_bytes()
        given = read_in(data, file, slug or "", zone or _zone_of(slug or ""))
        step()

        async def work() -> Report:
            from .. import editing

            step()
            return await editing.import_reading(slug, given, BY)

        report = with_database(work, make=True)
        step()
    if as_json:
        print_json(report)
    else:
        tell_import(report)


def read_in(data: bytes, file: Path, slug: str, zone: str) -> Reading:
    from .. import intake

    try:
        return intake.read(data, intake.Hints(slug=slug, zone=zone))
    except intake.Refused as refused:
        raise Refusal(f"{file}: {refused}") from None


def _zone_of(slug: str) -> str:
    """The zone of an event that is there already; times in a file that do not say theirs are in it."""
    from ..tables import database

    if not slug or not database.exists(settings().database):
        return ""

    async def work() -> str:
        from .. import reading

        try:
            return reading.event_of(await reading.event_row(slug)).zone
        except reading.NotFound:
            return ""

    return with_database(work, make=True)


def tell_import(report: Report) -> None:
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


@click.command()
@click.option("-o", "--output", "file", type=click.Path(path_type=Path), required=True)
def template(file: Path) -> None:
    """Write the spreadsheet for organisers to fill in: a column for everything, each explained."""
    from .. import intake

    file.write_bytes(intake.template())


@click.command()
@click.argument("event")
@click.argument("format")
@to_file
def export(event: str, format: str, output: Path) -> None:
    """Write what the public gets of EVENT in FORMAT: a name (calendar) or an address (people/bob-baker.ics)."""
    plain = {rendition.name: rendition.address for rendition in _renditions() if "{" not in rendition.address}
    _render(event, plain.get(format, format), output, plain)


@click.command("print")
@click.argument("event")
@click.argument("edition")
@to_file
def print_(event: str, edition: str, output: Path) -> None:
    """Print EVENT's EDITION (booklet, …) to a PDF."""
    from ..renditions import press

    press.keep_in(settings().data / "prints" / ".parts")
    notices: list[str] = []
    with share(_("Printing")) as progress, press.overheard(progress, notices.append):
        prints = (rendition.address for rendition in _renditions() if rendition.heavy)
        editions = (address.removeprefix("print/").removesuffix(".pdf") for address in prints)
        try:
            _render(event, f"print/{edition}.pdf", output, editions)
        except press.CannotPrint as error:
            raise Refusal(_("It cannot be printed: {why}").format(why=error)) from None
    for notice in notices:
        click.echo(notice, err=True)


def _renditions() -> tuple[Rendition, ...]:
    from ..renditions import RENDITIONS

    return RENDITIONS


def _render(event: str, address: str, output: Path, known: Iterable[str]) -> None:
    from ..renditions import RENDITIONS, Site
    from ..web.addresses import Addresses
    from ..web.build import build

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
        from .. import reading

        published = await reading.published(event)
        if published is None:
            await reading.draft(event)  # where there is no such event, say that
        return published

    programme = with_database(work)
    if programme is None:
        raise Refusal(_("{event} has not been released yet. “events release {event}” does that.").format(event=event))
    return programme


def _pictures(event: str, programme: Programme) -> dict[str, bytes]:
    async def work() -> dict[str, bytes]:
        from .. import reading

        return await reading.pictures(event, programme)

    return with_database(work)


def _write(output: Path, made: bytes) -> None:
    from ..editing.backups import whole_file

    if str(output) == "-":
        sys.stdout.buffer.write(made)
        return
    with whole_file(output) as out:
        out.write(made)
