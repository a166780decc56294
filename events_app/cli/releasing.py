"""Looking a draft over, and publishing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ..language import gettext as _
from ..language import ngettext
from .work import BY, as_json, print_json, steps, with_database

if TYPE_CHECKING:
    from ..programme.model import Programme


@click.command()
@click.argument("event")
@click.option("--all", "with_accepted", is_flag=True, help="Also those that organisers have accepted.")
@as_json
def check(event: str, with_accepted: bool, as_json: bool) -> None:
    """List what in EVENT's draft should be looked at. Findings never forbid a release."""

    async def work() -> Any:
        from .. import reading

        return await reading.draft(event)

    from ..programme.clashes import all_findings

    draft = with_database(work)
    accepted = {accepted.finding: accepted.reason for accepted in draft.planning.accepted}
    every = all_findings(draft.programme, draft.planning)
    found = [finding for finding in every if with_accepted or finding.key not in accepted]
    quiet = sum(finding.key in accepted for finding in every)
    if as_json:
        print_json({"findings": found, "accepted": quiet})
        return
    for finding in found:
        reason = _(" (accepted: {reason})").format(reason=accepted[finding.key]) if finding.key in accepted else ""
        click.echo(f"{finding.severity}: {finding.sentence} [{finding.code}]{reason}")
    click.echo(ngettext("{n} finding.", "{n} findings.", len(found)).format(n=len(found)))
    if quiet:
        click.echo(ngettext("{n} is accepted.", "{n} are accepted.", quiet).format(n=quiet))


@click.command()
@click.argument("event")
@click.option("--notes", default="", help="What to tell the public of this version.")
@as_json
def release(event: str, notes: str, as_json: bool) -> None:
    """Publish EVENT's draft as its next version."""

    async def work() -> Programme:
        from .. import editing

        return await editing.release(event, BY, notes)

    with steps(_("Releasing"), 1) as step:
        programme = with_database(work)
        step()
    version = programme.versions[-1]
    if as_json:
        print_json({"version": version.number, "revision": version.revision, "changes": version.changes})
        return
    click.echo(_("{event}: version {n} is published.").format(event=event, n=version.number))
    _tell_changes(programme)


def _tell_changes(programme: Programme) -> None:
    from ..programme.changes import sentence

    for change in programme.versions[-1].changes:
        click.echo(f"- {sentence(change, programme.event)}")
