"""Importing: a file is brought, what was understood of it is shown, and then it is taken in or left.

The same pages serve an event, at `/organise/{event}/imports/`, and a new one, at `/organise/-/imports/`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode
from zoneinfo import available_timezones

import msgspec
from litestar import Response
from litestar.datastructures import UploadFile

from ... import editing, intake, reading
from ...editing import MovedOn, Problem
from ...editing.imports import BadSlug, EventThere, Undated
from ...intake import Hints, Reading
from ...intake.apart import Outcome, Refusal
from ...language import gettext as _
from ...programme.model import COLLECTIONS
from ...reading import NotFound
from ...renditions.times import Times
from ..forms import Entries
from ..pages import Asking, page
from ..rights import account
from ..uploads import Upload, Uploads
from . import beginnings
from . import import_columns as mapping
from .drafts import drafts
from .import_plans import AT_ONCE, Preview, how_names
from .import_plans import preview as preview_of
from .navigation import entries
from .workspace import one, to, typed

NEW = "-"
"""What stands in the address instead of an event's slug, which never begins so."""


async def index_page(request: Asking) -> Response[bytes]:
    return await _start(request)


async def bring(request: Asking) -> Response[Any]:
    """Keeps the file, and goes on to what was understood of it."""
    form = await request.form()
    file = form.get("file")
    if not isinstance(file, UploadFile) or not (data := await file.read()):
        return await _start(request, missing=True, status=422)
    slug = _slug(request)
    zone = (await reading.event_row(slug))["zone"] if slug else ""
    hints = Hints(slug=slug, zone=zone)
    upload = await asyncio.to_thread(
        _uploads(request).keep,
        data,
        event=slug,
        by=account(request).email,
        name=" ".join((file.filename or "").split())[:200],
        hints=hints,
    )
    return to(_address(request, upload))


async def template(request: Asking) -> Response[bytes]:
    """The spreadsheet to fill in."""
    body = await asyncio.to_thread(intake.template)
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Response(body, media_type=media, headers={"content-disposition": 'attachment; filename="programme.xlsx"'})


async def look(request: Asking) -> Response[bytes]:
    """What was understood of a file, and what it would change; while it is being read, that."""
    return await _look(request, _upload(request))


async def columns(request: Asking) -> Response[bytes]:
    """What each column of a table holds, to be chosen."""
    upload = _upload(request)
    laid = (await _uploads(request).laid(upload)).sheets or ()
    return await _columns_page(request, upload, mapping.sheets(laid, upload.hints))


async def read_again(request: Asking) -> Response[Any]:
    """Reads the file with other hints: columns, or a new event's name in addresses and its time zone."""
    upload = _upload(request)
    form = await typed(request)
    hints = upload.hints
    if "slug" in form:
        hints, wrong = beginnings.said(form, hints)
        if wrong:
            return await _look(request, upload, wrong=wrong, form=form)
    if "sheet" in form:
        kinds = {n: one(form, f"kind-{n}") for n in mapping.sheet_numbers(form)}
        if any(one(form, f"was-{n}") != kind for n, kind in kinds.items()):
            laid = (await _uploads(request).laid(upload, kinds)).sheets or ()
            return await _columns_page(request, upload, mapping.sheets(laid, hints, kinds))
        hints = msgspec.structs.replace(hints, columns=tuple(mapping.choices(form, kinds)))
    upload = msgspec.structs.replace(upload, hints=hints)
    _uploads(request).change(upload)
    return to(_address(request, upload))


async def take(request: Asking) -> Response[Any]:
    """Takes the file in, if that would still do what was shown."""
    upload = _upload(request)
    seen = one(await typed(request), "seen")
    outcome = await _uploads(request).outcome(upload)
    if outcome is None or outcome.reading is None:
        return to(_address(request, upload))
    slug, by = _slug(request), account(request).email
    try:
        report = await editing.import_reading(slug or None, outcome.reading, by, seen=seen, new=not slug)
    except MovedOn:
        return await _look(request, upload, moved=True)
    await asyncio.to_thread(_uploads(request).drop, upload)
    counts = {"new": report.new, "changed": report.changed, "gone": report.gone}
    return to(f"/organise/{report.event}/imports/?{urlencode(counts)}")


async def leave(request: Asking) -> Response[Any]:
    """Drops the file; nothing of it was taken."""
    await asyncio.to_thread(_uploads(request).drop, _upload(request))
    return to(f"{_base(request)}/?left=1")


async def _start(request: Asking, *, missing: bool = False, status: int = 200) -> Response[bytes]:
    asked = request.query_params
    counts = {name: asked.get(name, "") for name in ("new", "changed", "gone")}
    taken = counts if all(count.isdecimal() and len(count) < 9 for count in counts.values()) else None
    return await _show(request, "index", status=status, missing=missing, taken=taken, left="left" in asked)


async def _look(
    request: Asking, upload: Upload, *, moved: bool = False, wrong: str = "", form: Entries | None = None
) -> Response[bytes]:
    outcome = await _uploads(request).outcome(upload)
    shared: dict[str, Any] = {
        "upload": upload,
        "size": _size(upload.size),
        "moved": moved,
        "wrong": wrong,
        "waits_for": _("The file is being read"),
    }
    if outcome is None:
        return await _show(request, "waiting", **shared)
    if outcome.reading is None:
        return await _refused(request, outcome, shared)
    shared |= {
        "naming": beginnings.naming(outcome.reading, upload, await _usual_zone(request), form),
        "zones": sorted(available_timezones()),
    }
    if wrong:  # whatever was typed is shown again, at once
        return await _name_it(request, outcome, shared, wrong)
    try:
        preview = await _planned(request, upload, outcome.reading)
    except (EventThere, BadSlug, Undated) as problem:
        return await _name_it(request, outcome, shared, str(problem))
    except Problem as problem:
        refused = Outcome(refused=Refusal(what=str(problem)))
        return await _refused(request, refused, shared)
    if preview is None:
        return await _show(request, "waiting", **(shared | {"waits_for": _("It is compared with the draft")}))
    plan = preview.plan
    status = 409 if moved else 200
    return await _show(
        request,
        "look",
        status=status,
        found=outcome.reading,
        preview=preview,
        report=plan.report,
        hows=how_names(),
        at_once=AT_ONCE,
        event_there=plan.programme.event,
        span=Times(plan.programme.event).days(plan.programme.event.starts, plan.programme.event.ends),
        is_table=outcome.reading.kind.startswith("table"),
        collections=COLLECTIONS,
        **shared,
    )


async def _planned(request: Asking, upload: Upload, found: Reading) -> Preview | None:
    """What taking it would do now; None while that is being worked out."""
    slug = _slug(request)

    async def work() -> Preview:
        plan = await editing.plan_import(slug or None, found, new=not slug)
        return await asyncio.to_thread(preview_of, plan)

    said = sha256(msgspec.json.encode(upload.hints)).hexdigest()[:16]
    return await _uploads(request).patiently(f"{upload.token}.{said}.plan", work)


async def _refused(request: Asking, outcome: Outcome, shared: Mapping[str, Any]) -> Response[bytes]:
    """The file cannot be taken; for a table there may be a way, if its columns are chosen."""
    upload: Upload = shared["upload"]
    laid = (await _uploads(request).laid(upload)).sheets or ()
    choosable = any(sheet.titles for sheet in laid)
    return await _show(request, "refused", refused=outcome.refused, choosable=choosable, **shared)


async def _name_it(request: Asking, outcome: Outcome, shared: Mapping[str, Any], why: str) -> Response[bytes]:
    """A new event needs a name in addresses that is free."""
    assert outcome.reading is not None
    return await _show(
        request,
        "naming",
        status=422 if shared["wrong"] else 200,
        found=outcome.reading,
        why=why,
        **shared,
    )


async def _columns_page(request: Asking, upload: Upload, sheets: list[mapping.Sheet]) -> Response[bytes]:
    return await _show(request, "columns", upload=upload, size=_size(upload.size), sheets=sheets, kinds=mapping.kinds())


def _slug(request: Asking) -> str:
    """The event's in the address; empty for a new one."""
    return str(request.path_params.get("event", ""))


def _base(request: Asking) -> str:
    return f"/organise/{_slug(request) or NEW}/imports"


def _address(request: Asking, upload: Upload) -> str:
    return f"{_base(request)}/{upload.token}"


def _upload(request: Asking) -> Upload:
    token = str(request.path_params["token"])
    return _uploads(request).find(token, event=_slug(request), by=account(request).email)


def _uploads(request: Asking) -> Uploads:
    found: Uploads = request.app.state.uploads
    return found


def _size(size: int) -> str:
    return _("{n} KB").format(n=max(1, round(size / 1024))) if size < 2**20 else _("{n:.1f} MB").format(n=size / 2**20)


async def _usual_zone(request: Asking) -> str:
    """The time zone of an event that whoever asks organises already: the next is often there, too."""
    slug = _slug(request) or min(account(request).rights, default="")
    try:
        return str((await reading.event_row(slug))["zone"])
    except NotFound:
        return ""


async def _show(request: Asking, name: str, *, status: int = 200, **more: Any) -> Response[bytes]:
    slug = _slug(request)
    draft = await drafts(request).of(slug) if slug else None
    frame = "organiser/_review.html" if slug else "organiser/imports/_new.html"
    context: dict[str, Any] = {"base": _base(request), "new": not slug, "frame": frame, **more}
    if draft is not None:
        event, address = draft.programme.event, request.scope["state"]["address"]
        context |= {"event": event, "at": f"/organise/{slug}", "times": Times(event),
                    "workspace": entries(draft, address)}  # fmt: skip
    return page(f"organiser/imports/{name}.html", status=status, account=account(request), **context)
