"""The organisers' workspace: what there is of an event, what is the matter with it, and releasing it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
from litestar import Response
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from ... import editing, intake, reading
from ...editing import Report
from ...intake import Hints, Refused
from ...language import gettext as _
from ...programme import release as releasing
from ...programme.changes import changes
from ...programme.checks.finding import Finding
from ...programme.clashes import findings
from ...programme.model import Change, Programme, Session
from ...reading import Draft, LogLine
from ...renditions import Site
from ...renditions.view import View
from ..build import build
from ..errors import MovedOn, NoSuchPage, Unreadable
from ..pages import Asking, page, span_of_days
from ..rights import account
from .drafts import drafts

NOTES = 5000  # characters
LOG_LINES = 30
SEVERITIES = ("error", "warning", "hint")


class Overview(NamedTuple):
    """What an organiser sees of a draft, worked out outside the event loop."""

    unplaced: list[Session]
    findings: dict[str, list[Finding]]
    changes: tuple[Change, ...]
    news: bool  # whether a release would show anything new


async def mine(request: Asking) -> Response[bytes]:
    """The events that one may work on."""
    rights = account(request).rights
    lines = [line for line in await reading.events() if line.slug in rights]
    return page("organiser/events.html", account=account(request), lines=lines, rights=rights, days=span_of_days)


async def event(request: Asking, event: FromPath[str]) -> Response[bytes]:
    return await _overview(request, event)


async def release(request: Asking, event: FromPath[str]) -> Response[Any]:
    """Publishes the draft, if it is still the one that its organiser has looked at."""
    form = await request.form()
    if str(form.get("seen", "")) != str((await reading.event_row(event))["revision"]):
        raise MovedOn
    await editing.release(event, account(request).email, str(form.get("notes", "")).strip()[:NOTES])
    return _back_to(event, "released")


async def undo(request: Asking, event: FromPath[str]) -> Response[Any]:
    """Takes back what one line of the log did."""
    form = await request.form()
    line = str(form.get("line", ""))
    if not line.isdecimal() or len(line) > 19 or int(line) >= 2**63:  # no database counts further
        raise Unreadable(_("It is not said what is to be undone."))
    await editing.undo(event, int(line), account(request).email)
    return _back_to(event, "undone")


async def take_in(request: Asking, event: FromPath[str]) -> Response[bytes]:
    """Takes a file into the draft and shows what that did, or why it was not done."""
    form = await request.form()
    file = form.get("file")
    if not isinstance(file, UploadFile) or not (data := await file.read()):
        return await _overview(request, event, refused=_("Choose a file first."), status=422)
    current = (await reading.draft(event)).programme.event
    try:
        given = await asyncio.to_thread(intake.read, data, Hints(slug=event, zone=current.zone))
    except Refused as error:
        return await _overview(request, event, refused=str(error), status=422)
    report = await editing.import_reading(event, given, account(request).email)
    return await _overview(request, event, report=report)


async def preview(request: Asking, event: FromPath[str]) -> Response[bytes]:
    """Everything that the public would get of the draft as it stands now. Nobody keeps it."""
    prefix = f"organise/{event}/preview/"
    address = request.scope["state"]["address"].removeprefix(f"/{prefix}")
    asked = request.app.state.outputs.find(address, request.scope["query_string"].decode("latin-1"))
    if asked is None:
        raise NoSuchPage
    draft = await drafts(request).of(event)
    shown = _as_preview(draft.programme)
    site = Site(base=request.app.state.settings.base, build=build(), now=datetime.now(UTC))

    def make() -> bytes | None:
        return asked.rendition.render(shown, site, asked.params)

    if asked.rendition.heavy:  # no event's slug begins with a full stop: a draft's prints are nobody else's
        body = await request.app.state.outputs.prints.made(f".draft-{event}", draft.revision, asked, make)
    else:
        body = await asyncio.to_thread(make)
    if body is None:
        raise NoSuchPage
    headers = {"cache-control": "no-store", "x-robots-tag": "noindex"}
    return Response(body, media_type=asked.rendition.media.removesuffix("; charset=utf-8"), headers=headers)


def _as_preview(programme: Programme) -> Programme:
    """Every link in a rendition begins with the event's slug: with this one they all lead to the preview."""
    slug = f"organise/{programme.event.slug}/preview"
    return msgspec.structs.replace(programme, event=msgspec.structs.replace(programme.event, slug=slug))


async def _overview(
    request: Asking, slug: str, *, report: Report | None = None, refused: str = "", status: int = 200
) -> Response[bytes]:
    draft = await reading.draft(slug)
    published = await reading.published(slug)
    worked_out = await asyncio.to_thread(_work_out, draft, published)
    view = View(_as_preview(draft.programme), Site(base=request.app.state.settings.base, build=build()))
    return page(
        "organiser/event.html",
        status=status,
        account=account(request),
        draft=draft,
        programme=draft.programme,
        event=draft.programme.event,
        published=published,
        found=worked_out,
        severities=SEVERITIES,
        log=await reading.log(slug, LOG_LINES),
        view=view,
        look=view.look,
        href=view.href,
        times=view.times,
        preview=view.href(),
        verb=_verb,
        undoable=_undoable,
        report=report,
        refused=refused,
        done=request.query_params.get("done", ""),
    )


def _work_out(draft: Draft, published: Programme | None) -> Overview:
    programme = draft.programme
    now = datetime.now(UTC)
    would_be = releasing.release(programme, draft.planning, published, at=now, notes="", revision=draft.revision + 1)
    return Overview(
        unplaced=[session for session in programme.sessions if not session.starts and not session.cancelled],
        findings=_by_severity(findings(programme, draft.planning)),
        changes=changes(published, would_be) if published else (),
        news=not releasing.unchanged(programme, draft.planning, published),
    )


def _by_severity(found: Iterable[Finding]) -> dict[str, list[Finding]]:
    ordered = sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))
    return {severity: list(group) for severity, group in groupby(ordered, key=lambda finding: finding.severity)}


def _verb(what: str) -> str:
    """What a verb of `editing` did, as the log says it."""
    return {
        "import": _("took in a file"),
        "release": _("released"),
        "revise": _("revised"),
        "remove": _("removed"),
        "place": _("placed"),
        "cancel": _("cancelled"),
        "restore": _("put back on"),
        "undo": _("undid"),
        "grant": _("gave rights"),
        "revoke": _("took rights away"),
    }.get(what, what)


def _undoable(line: LogLine) -> bool:
    return line.what not in ("release", "grant", "revoke")


def _back_to(slug: str, done: str) -> Response[Any]:
    return Redirect(f"/organise/{slug}/?done={done}", status_code=HTTP_303_SEE_OTHER)
