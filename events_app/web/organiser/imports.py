"""Importing: a file is brought, what was understood of it is shown, and then it is taken in or left.

The same pages serve an event, at `/organise/{event}/imports/`, and a new one, at `/organise/-/imports/`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import urlencode
from zoneinfo import available_timezones

import msgspec
from litestar import Response
from litestar.datastructures import UploadFile

from ... import editing, intake, reading
from ...editing import MovedOn, Plan, Problem
from ...editing.desk import Image
from ...editing.imports import BadSlug, EventThere, Undated, as_told
from ...intake import Columns, Hints, Reading
from ...intake.apart import Outcome, Refusal
from ...intake.table.columns import SHEETS
from ...intake.table.layout import Laid
from ...intake.times import known_zone
from ...language import gettext as _
from ...programme.model import COLLECTIONS
from ...programme.planning import Planning
from ...reading import Draft
from ...renditions.times import Times
from ..errors import Unreadable
from ..forms import Entries
from ..pages import Asking, page
from ..rights import account
from ..uploads import Upload, Uploads
from .drafts import drafts
from .fields import World
from .navigation import entries
from .telling import Altered, altered_fields, called, kind_label, number_of
from .workspace import one, to, typed

NEW = "-"
"""What stands in the address instead of an event's slug, which never begins so."""

AT_ONCE = 20
MOST = 300
"""Things of a kind that are shown at once, and that are shown at all; more are counted."""

PLANS = frozenset(Planning.__struct_fields__) - {"rules"}

LONGEST_DAYS = 366

HOWS = ("changed", "gone", "new")


class Thing(NamedTuple):
    kind: str
    code: str
    name: str
    altered: tuple[Altered, ...]


class Heap(NamedTuple):
    """All things of a kind to which the same happens."""

    kind: str
    label: str
    total: int
    things: list[Thing]


class Naming(NamedTuple):
    """What stands in the form for a new event. Its name and its days are asked for where the file does not say them."""

    slug: str
    zone: str
    name: str
    first: str
    last: str
    asks_name: bool
    asks_days: bool


TYPED = ("slug", "zone", "name", "first", "last")
"""Of these, what somebody types."""


class Preview(NamedTuple):
    """What taking a file in would do."""

    plan: Plan
    heaps: dict[str, list[Heap]]


class Sheet(NamedTuple):
    """A sheet on the screen where its columns are chosen. `columns` are (title, samples, chosen field)."""

    number: int
    name: str
    rows: int
    kind: str
    header: int
    options: list[tuple[str, str]]
    columns: list[tuple[str, list[str], str]]


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
    chosen = {choice.sheet: choice for choice in upload.hints.columns}
    return await _columns_page(request, upload, [_sheet(n, one_, chosen) for n, one_ in _numbered(laid)])


async def read_again(request: Asking) -> Response[Any]:
    """Reads the file with other hints: columns, or a new event's name in addresses and its time zone."""
    upload = _upload(request)
    form = await typed(request)
    hints = upload.hints
    if "slug" in form:
        hints, wrong = _named(form, hints)
        if wrong:
            return await _look(request, upload, wrong=wrong, form=form)
    if "sheet" in form:
        kinds = {n: one(form, f"kind-{n}") for n in _sheet_numbers(form)}
        if any(one(form, f"was-{n}") != kind for n, kind in kinds.items()):
            laid = (await _uploads(request).laid(upload, kinds)).sheets or ()
            return await _columns_page(request, upload, [_sheet(n, one_, {}, kinds) for n, one_ in _numbered(laid)])
        hints = msgspec.structs.replace(hints, columns=tuple(_choices(form, kinds)))
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
    shared |= {"naming": _naming(outcome.reading, upload.hints, form), "zones": sorted(available_timezones())}
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
    status = 409 if moved else 422 if wrong else 200
    return await _show(
        request,
        "look",
        status=status,
        found=outcome.reading,
        preview=preview,
        report=plan.report,
        hows=_how_names(),
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
        return await asyncio.to_thread(_preview, plan)

    said = sha256(msgspec.json.encode(upload.hints)).hexdigest()[:16]
    return await _uploads(request).patiently(f"{upload.token}.{said}.plan", work)


def _named(form: Entries, hints: Hints) -> tuple[Hints, str]:
    """What somebody says of a new event, and what is wrong with that in a sentence."""
    zone = one(form, "zone").strip()
    days: dict[str, date | None] = {}
    for name in ("first", "last"):
        said = one(form, name).strip()
        try:
            days[name] = date.fromisoformat(said) if said else None
        except ValueError:
            return hints, _("“{said}” is no day such as 2029-03-25.").format(said=said[:40])
    first, last = days["first"] or days["last"], days["last"] or days["first"]
    if first and last and not 0 <= (last - first).days <= LONGEST_DAYS:
        return hints, _("The last day is before the first, or more than a year after it.")
    if zone and not known_zone(zone):
        return hints, _("There is no time zone “{zone}”.").format(zone=zone[:60])
    name = " ".join(one(form, "name").split())[:200]
    slug = one(form, "slug").strip()[:100]
    return msgspec.structs.replace(hints, slug=slug, zone=zone, name=name, first=first, last=last), ""


def _naming(found: Reading, hints: Hints, form: Entries | None) -> Naming:
    """What stands in the form for a new event: what was typed, was said before, or is in the file."""
    event = found.programme.event
    unnamed = "name" in found.guessed and not hints.name
    held = Naming(
        slug=hints.slug or ("" if unnamed and event.slug == "event" else event.slug),
        zone=hints.zone or event.zone,
        name=hints.name or ("" if unnamed else event.name),
        first="" if found.undated else event.starts.isoformat(),
        last="" if found.undated else event.ends.isoformat(),
        asks_name=unnamed or bool(hints.name),
        asks_days=found.undated or bool(hints.first),
    )
    typed_: dict[str, Any] = {name: one(form, name) for name in TYPED if name in form} if form else {}
    return held._replace(**typed_)


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


async def _columns_page(request: Asking, upload: Upload, sheets: list[Sheet]) -> Response[bytes]:
    return await _show(request, "columns", upload=upload, size=_size(upload.size), sheets=sheets, kinds=_kinds())


def _preview(plan: Plan) -> Preview:
    held = plan.programme
    world = World(Draft(programme=held, planning=Planning(), revision=0))
    sorted_out: dict[str, dict[str, list[Image]]] = {how: {} for how in HOWS}
    for image in plan.images:
        if image.kind == "event" and not image.before:
            continue  # the heading says it all
        before, after = as_told(image.before), as_told(image.after)
        if before != after:
            how = "new" if before is None else "gone" if after is None else "changed"
            sorted_out[how].setdefault(image.kind, []).append(image)
    heaps = {how: [_heap(kind, images, world) for kind, images in _ordered(sorted_out[how])] for how in HOWS}
    return Preview(plan, heaps)


def _ordered(by_kind: Mapping[str, list[Image]]) -> Iterator[tuple[str, list[Image]]]:
    """What people look at first: sessions, papers, then the rest."""
    order = ("event", *reversed(COLLECTIONS))
    yield from sorted(by_kind.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))


def _heap(kind: str, images: list[Image], world: World) -> Heap:
    n = len(images)
    label = f"{kind_label(kind)}: {n}" if kind in PLANS else number_of(kind, n)
    return Heap(kind, label, n, [_thing(image, world) for image in images[:MOST]])


def _thing(image: Image, world: World) -> Thing:
    before, after = image.before and image.before.value, image.after and image.after.value
    altered: tuple[Altered, ...] = ()
    if before is not None and after is not None:
        fields = [name for name in before.__struct_fields__ if name != "source"]
        told = altered_fields(image.kind, before, after, world, only=fields)
        altered = tuple(one_ for one_ in told if one_.before != one_.after)
    return Thing(image.kind, image.code, called(image.kind, image.code, after or before, world), altered)


def _how_names() -> dict[str, str]:
    return {"changed": _("Changed"), "gone": _("Gone"), "new": _("New")}


def _numbered(laid: Iterable[Laid]) -> Iterator[tuple[int, Laid]]:
    return ((sheet.guess.sheet, sheet) for sheet in laid)


def _sheet(number: int, laid: Laid, chosen: Mapping[int, Columns], kinds: Mapping[int, str] | None = None) -> Sheet:
    choice = chosen.get(number, laid.guess)
    kind = (kinds or {}).get(number, choice.kind)
    fields = choice.fields if kind else ()
    columns = [
        (
            title,
            [row[place] for row in laid.samples if place < len(row) and row[place]],
            fields[place] if place < len(fields) else "",
        )
        for place, title in enumerate(laid.titles)
    ]
    return Sheet(number, laid.name, laid.rows, kind, choice.header, _options(kind, fields), columns)


def _options(kind: str, fields: Iterable[str]) -> list[tuple[str, str]]:
    """What a column of a sheet of this kind may hold; numbered ones as far as the file has them."""
    sheet = next((known for known in SHEETS if known.kind == kind), None)
    documented = [(column.field, column.title) for column in sheet.columns] if sheet else []
    known = {field for field, _title in documented}
    return [*documented, *((field, field.capitalize()) for field in fields if field and field not in known)]


def _kinds() -> list[tuple[str, str]]:
    return [(sheet.kind, sheet.title) for sheet in SHEETS]


def _sheet_numbers(form: Entries) -> list[int]:
    return [int(text) for text in form.get("sheet", []) if text.isdecimal() and len(text) < 5]


def _choices(form: Entries, kinds: Mapping[int, str]) -> Iterator[Columns]:
    for n, kind in kinds.items():
        header = one(form, f"header-{n}")
        if not header.isdecimal() or len(header) > 5:
            raise Unreadable(_("It is not said which row names the columns."))
        yield Columns(sheet=n, kind=kind, header=int(header), fields=tuple(form.get(f"field-{n}", [])))


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


async def _show(request: Asking, name: str, *, status: int = 200, **more: Any) -> Response[bytes]:
    slug = _slug(request)
    event = (await drafts(request).of(slug)).programme.event if slug else None
    frame = "organiser/_review.html" if slug else "organiser/imports/_new.html"
    context: dict[str, Any] = {"base": _base(request), "new": not slug, "frame": frame, **more}
    if event is not None:
        address = request.scope["state"]["address"]
        context |= {"event": event, "at": f"/organise/{slug}", "times": Times(event),
                    "workspace": entries(slug, address)}  # fmt: skip
    return page(f"organiser/imports/{name}.html", status=status, account=account(request), **context)
