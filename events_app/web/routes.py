"""Every address, who may use it, and what answers. What the public reads of an event is in the list `RENDITIONS`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from litestar import route
from litestar.enums import MediaType
from litestar.handlers import HTTPRouteHandler

from . import account, files, offers, pages, shelves, sign_in, speaker
from .organiser import (
    cells,
    copying,
    findings,
    forgetting,
    history,
    imports,
    letters,
    lists,
    mailing,
    members,
    merging,
    nouns,
    overview,
    papers,
    places,
    releases,
    requests,
    settings,
    texts,
    timetable,
    wordings,
)
from .organiser import offers as organiser_offers
from .rights import Who, admit

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE


class Route(NamedTuple):
    """`largest` is how many bytes a request's body may have; `shows` whether it takes a form that may be sent to be
    shown and not saved (`rights.ONLY_SHOWN`). In a path `-` stands where a code could: no code is that."""

    method: str
    path: str
    who: Who
    answers: Callable[..., Any]
    largest: int = 64 * KILOBYTE
    shows: bool = False


ROUTES = (
    Route("GET", "/", Who.ANYONE, pages.events),
    Route("GET", "/robots.txt", Who.ANYONE, pages.robots),
    Route("GET", "/healthz", Who.ANYONE, pages.health),
    Route("GET", "/sign-in", Who.ANYONE, sign_in.form),
    Route("POST", "/sign-in", Who.ANYONE, sign_in.ask),
    Route("GET", "/sign-in/{token:str}", Who.ANYONE, sign_in.offer),
    Route("POST", "/sign-in/{token:str}", Who.ANYONE, sign_in.claim),
    Route("POST", "/sign-in/{token:str}/renewals", Who.ANYONE, sign_in.renew),
    Route("POST", "/sign-out", Who.ANYONE, sign_in.leave),
    Route("GET", "/offer/{event:str}/", Who.ANYONE, offers.form),
    Route("POST", "/offer/{event:str}/", Who.ANYONE, offers.send, largest=256 * KILOBYTE),
    Route("GET", "/account/", Who.SIGNED_IN, account.mine),
    Route("POST", "/account/sign-outs", Who.SIGNED_IN, account.end),
    Route("POST", "/account/links", Who.SIGNED_IN, account.link),
    Route("GET", "/speak/", Who.SIGNED_IN, speaker.overview.mine),
    Route("GET", "/speak/data.json", Who.SIGNED_IN, speaker.data.download),
    Route("GET", "/speak/-/removed", Who.ANYONE, speaker.data.removed),
    Route("GET", "/speak/{event:str}/", Who.SPEAKER, speaker.overview.event),
    Route("GET", "/speak/{event:str}/data", Who.SPEAKER, speaker.data.page),
    Route("GET", "/speak/{event:str}/removal", Who.SPEAKER, speaker.data.ask_removal),
    Route("POST", "/speak/{event:str}/removal", Who.SPEAKER, speaker.data.remove),
    Route("GET", "/speak/{event:str}/address", Who.SPEAKER, speaker.readdressing.form),
    Route("POST", "/speak/{event:str}/address", Who.SPEAKER, speaker.readdressing.ask),
    Route("GET", "/speak/{event:str}/address/{token:str}", Who.SPEAKER, speaker.readdressing.look),
    Route("POST", "/speak/{event:str}/address/{token:str}", Who.SPEAKER, speaker.readdressing.take),
    Route("POST", "/speak/{event:str}/answers", Who.SPEAKER, speaker.asking.answer),
    Route("POST", "/speak/{event:str}/undos", Who.SPEAKER, speaker.history.take_back),
    Route("GET", "/speak/{event:str}/people/{code:str}", Who.SPEAKER, speaker.people.form),
    Route("POST", "/speak/{event:str}/people/{code:str}", Who.SPEAKER, speaker.people.save, MEGABYTE, shows=True),
    Route("GET", "/speak/{event:str}/papers/{code:str}", Who.SPEAKER, speaker.papers.form),
    Route("POST", "/speak/{event:str}/papers/{code:str}", Who.SPEAKER, speaker.papers.save, MEGABYTE, shows=True),
    Route("POST", "/speak/{event:str}/papers/{code:str}/withdrawal", Who.SPEAKER, speaker.asking.withdraw),
    Route("GET", "/speak/{event:str}/sessions/{code:str}", Who.SPEAKER, speaker.sessions.form),
    Route("POST", "/speak/{event:str}/sessions/{code:str}", Who.SPEAKER, speaker.sessions.save, MEGABYTE, shows=True),
    Route("GET", "/speak/{event:str}/showcases/{code:str}", Who.SPEAKER, speaker.showcases.form),
    Route("POST", "/speak/{event:str}/showcases/{code:str}", Who.SPEAKER, speaker.showcases.save, MEGABYTE, shows=True),
    Route("GET", "/speak/{event:str}/panels/{code:str}", Who.SPEAKER, speaker.panels.page),
    Route("POST", "/speak/{event:str}/panels/{code:str}", Who.SPEAKER, speaker.panels.arrange, 256 * KILOBYTE),
    Route("POST", "/speak/{event:str}/panels/{code:str}/undos", Who.SPEAKER, speaker.panels.take_back),
    Route("GET", "/speak/{event:str}/panels/{code:str}/words", Who.SPEAKER, speaker.panel_words.form),
    Route(
        "POST",
        "/speak/{event:str}/panels/{code:str}/words",
        Who.SPEAKER,
        speaker.panel_words.save,
        MEGABYTE,
        shows=True,
    ),
    Route(
        "POST", "/speak/{event:str}/panels/{code:str}/replies/{showcase:str}", Who.SPEAKER, speaker.panel_replies.answer
    ),
    Route("GET", "/speak/{event:str}/panels/{code:str}/letter", Who.SPEAKER, speaker.panel_letters.form),
    Route("POST", "/speak/{event:str}/panels/{code:str}/letter", Who.SPEAKER, speaker.panel_letters.write),
    Route("GET", "/speak/{event:str}/files/{key:str}", Who.SPEAKER, files.own),
    Route(
        "POST", "/speak/{event:str}/people/{code:str}/pictures", Who.SPEAKER, shelves.bring_own, shelves.PICTURE_BYTES
    ),
    Route("POST", "/speak/{event:str}/people/{code:str}/pictures/arrangement", Who.SPEAKER, shelves.arrange_own),
    Route(
        "POST",
        "/speak/{event:str}/showcases/{code:str}/pictures",
        Who.SPEAKER,
        shelves.bring_own,
        shelves.PICTURE_BYTES,
    ),
    Route("POST", "/speak/{event:str}/showcases/{code:str}/pictures/arrangement", Who.SPEAKER, shelves.arrange_own),
    Route(
        "POST", "/speak/{event:str}/sessions/{code:str}/files", Who.SPEAKER, shelves.bring_own, shelves.ATTACHMENT_BYTES
    ),
    Route("POST", "/speak/{event:str}/sessions/{code:str}/files/arrangement", Who.SPEAKER, shelves.arrange_own),
    Route(
        "POST", "/speak/{event:str}/papers/{code:str}/files", Who.SPEAKER, shelves.bring_own, shelves.ATTACHMENT_BYTES
    ),
    Route("POST", "/speak/{event:str}/papers/{code:str}/files/arrangement", Who.SPEAKER, shelves.arrange_own),
    Route("GET", "/organise/", Who.SIGNED_IN, overview.mine),
    Route("GET", "/organise/{event:str}/", Who.ORGANISER, overview.event),
    Route("GET", "/organise/{event:str}/requests", Who.ORGANISER, requests.index_page),
    Route("POST", "/organise/{event:str}/requests/{code:str}/decision", Who.ORGANISER, requests.decide),
    Route("GET", "/organise/{event:str}/findings", Who.ORGANISER, findings.index_page),
    Route("POST", "/organise/{event:str}/findings/{key:str}/remedies", Who.ORGANISER, findings.mend),
    Route("POST", "/organise/{event:str}/findings/{key:str}/acceptance", Who.ORGANISER, findings.accept),
    Route("POST", "/organise/{event:str}/findings/{key:str}/reopening", Who.ORGANISER, findings.reopen),
    Route("GET", "/organise/{event:str}/releases/", Who.ORGANISER, releases.index_page),
    Route("POST", "/organise/{event:str}/releases", Who.ORGANISER, releases.release),
    Route("GET", "/organise/{event:str}/releases/compare", Who.ORGANISER, releases.compare),
    Route("GET", "/organise/{event:str}/releases/alone", Who.ORGANISER, releases.alone_page),
    Route("POST", "/organise/{event:str}/releases/alone", Who.ORGANISER, releases.release_alone),
    Route("POST", "/organise/{event:str}/releases/{n:int}/draft", Who.ORGANISER, releases.make_draft),
    Route("GET", "/organise/{event:str}/releases/{n:int}/preview/", Who.ORGANISER, releases.preview),
    Route("GET", "/organise/{event:str}/releases/{n:int}/preview/{address:path}", Who.ORGANISER, releases.preview),
    Route("GET", "/organise/{event:str}/imports/", Who.ORGANISER, imports.index_page),
    Route("POST", "/organise/{event:str}/imports", Who.ORGANISER, imports.bring, largest=64 * MEGABYTE),
    Route("GET", "/organise/{event:str}/imports/template.xlsx", Who.ORGANISER, imports.template),
    Route("GET", "/organise/{event:str}/imports/{token:str}", Who.ORGANISER, imports.look),
    Route("GET", "/organise/{event:str}/imports/{token:str}/columns", Who.ORGANISER, imports.columns),
    Route(
        "POST", "/organise/{event:str}/imports/{token:str}/reading", Who.ORGANISER, imports.read_again, largest=MEGABYTE
    ),
    Route("POST", "/organise/{event:str}/imports/{token:str}/taking", Who.ORGANISER, imports.take),
    Route("POST", "/organise/{event:str}/imports/{token:str}/removal", Who.ORGANISER, imports.leave),
    Route("GET", "/organise/-/imports/", Who.ANY_ORGANISER, imports.index_page),
    Route("POST", "/organise/-/imports", Who.ANY_ORGANISER, imports.bring, largest=64 * MEGABYTE),
    Route("GET", "/organise/-/imports/template.xlsx", Who.ANY_ORGANISER, imports.template),
    Route("GET", "/organise/-/imports/{token:str}", Who.ANY_ORGANISER, imports.look),
    Route("GET", "/organise/-/imports/{token:str}/columns", Who.ANY_ORGANISER, imports.columns),
    Route("POST", "/organise/-/imports/{token:str}/reading", Who.ANY_ORGANISER, imports.read_again, MEGABYTE),
    Route("POST", "/organise/-/imports/{token:str}/taking", Who.ANY_ORGANISER, imports.take),
    Route("POST", "/organise/-/imports/{token:str}/removal", Who.ANY_ORGANISER, imports.leave),
    Route("GET", "/organise/{event:str}/letters", Who.ORGANISER, letters.index),
    Route("POST", "/organise/{event:str}/letters/states", Who.ORGANISER, letters.move_all),
    Route("GET", "/organise/{event:str}/letters/new", Who.ORGANISER, mailing.blank),
    Route("POST", "/organise/{event:str}/letters/new", Who.ORGANISER, mailing.write, largest=MEGABYTE),
    Route("GET", "/organise/{event:str}/letters/wordings", Who.ORGANISER, wordings.index_page),
    Route("GET", "/organise/{event:str}/letters/wordings/{kind:str}", Who.ORGANISER, wordings.form),
    Route("POST", "/organise/{event:str}/letters/wordings/{kind:str}", Who.ORGANISER, wordings.save, largest=MEGABYTE),
    Route(
        "POST", "/organise/{event:str}/letters/wordings/{kind:str}/previews", Who.ORGANISER, wordings.preview, MEGABYTE
    ),
    Route("GET", "/organise/{event:str}/letters/{id:int}", Who.ORGANISER, letters.letter),
    Route("POST", "/organise/{event:str}/letters/{id:int}", Who.ORGANISER, letters.save, largest=MEGABYTE),
    Route("POST", "/organise/{event:str}/letters/{id:int}/states", Who.ORGANISER, letters.move),
    Route("GET", "/organise/{event:str}/letters/{id:int}/html", Who.ORGANISER, letters.framed),
    Route("GET", "/organise/{event:str}/members", Who.ORGANISER, members.index),
    Route("POST", "/organise/{event:str}/members", Who.ORGANISER, members.grant),
    Route("POST", "/organise/{event:str}/members/removals", Who.ORGANISER, members.revoke),
    Route("POST", "/organise/{event:str}/members/links", Who.ORGANISER, members.invite),
    Route("GET", "/organise/{event:str}/settings", Who.ORGANISER, settings.form),
    Route("POST", "/organise/{event:str}/settings", Who.ORGANISER, settings.save, largest=MEGABYTE),
    Route("POST", "/organise/{event:str}/previews", Who.ORGANISER, settings.preview, largest=MEGABYTE),
    Route("GET", "/organise/{event:str}/texts", Who.ORGANISER, texts.index),
    Route("GET", "/organise/{event:str}/texts/new", Who.ORGANISER, texts.blank),
    Route("POST", "/organise/{event:str}/texts/new", Who.ORGANISER, texts.add, largest=MEGABYTE),
    Route("POST", "/organise/{event:str}/texts/moves", Who.ORGANISER, texts.move),
    Route("POST", "/organise/{event:str}/texts/removals", Who.ORGANISER, texts.remove),
    Route("GET", "/organise/{event:str}/texts/{place:str}/{n:int}", Who.ORGANISER, texts.form),
    Route("POST", "/organise/{event:str}/texts/{place:str}/{n:int}", Who.ORGANISER, texts.save, largest=MEGABYTE),
    Route(
        "POST",
        "/organise/{event:str}/texts/{place:str}/{n:int}/pictures",
        Who.ORGANISER,
        shelves.bring_to_text,
        shelves.PICTURE_BYTES,
    ),
    Route(
        "POST",
        "/organise/{event:str}/texts/{place:str}/{n:int}/pictures/arrangement",
        Who.ORGANISER,
        shelves.arrange_of_text,
    ),
    Route("POST", "/organise/{event:str}/logo", Who.ORGANISER, shelves.bring_logo, shelves.PICTURE_BYTES),
    Route("POST", "/organise/{event:str}/logo/arrangement", Who.ORGANISER, shelves.arrange_logo),
    Route("GET", "/organise/{event:str}/files/{key:str}", Who.ORGANISER, files.organised),
    Route("GET", "/organise/{event:str}/copy", Who.ORGANISER, copying.form),
    Route("POST", "/organise/{event:str}/copy", Who.ORGANISER, copying.make),
    Route("GET", "/organise/{event:str}/timetable", Who.ORGANISER, timetable.day),
    Route("GET", "/organise/{event:str}/timetable/-/changes", Who.ORGANISER, timetable.changes),
    Route("POST", "/organise/{event:str}/timetable/-/moves", Who.ORGANISER, timetable.move),
    Route("POST", "/organise/{event:str}/timetable/-/splits", Who.ORGANISER, timetable.split),
    Route("POST", "/organise/{event:str}/timetable/-/undos", Who.ORGANISER, timetable.take_back),
    Route("POST", "/organise/{event:str}/timetable/-/redos", Who.ORGANISER, timetable.do_again),
    Route("GET", "/organise/{event:str}/timetable/{code:str}", Who.ORGANISER, timetable.session),
    Route("GET", "/organise/{event:str}/timetable/{code:str}/clashes", Who.ORGANISER, timetable.clashes),
    Route("POST", "/organise/{event:str}/timetable/{code:str}/slot", Who.ORGANISER, timetable.slot),
    Route("POST", "/organise/{event:str}/timetable/{code:str}/day", Who.ORGANISER, timetable.to_day),
    Route("POST", "/organise/{event:str}/timetable/{code:str}/swap", Who.ORGANISER, timetable.swap),
    Route("GET", "/organise/{event:str}/history", Who.ORGANISER, history.whole),
    Route("GET", "/organise/{event:str}/history/{line:str}", Who.ORGANISER, history.line),
    Route("POST", "/organise/{event:str}/history/undos", Who.ORGANISER, history.take_back),
    Route("GET", "/organise/{event:str}/places", Who.ORGANISER, places.index),
    Route("POST", "/organise/{event:str}/places", Who.ORGANISER, places.save, largest=MEGABYTE),
    Route("GET", "/organise/{event:str}/offers/", Who.ORGANISER, organiser_offers.index_page),
    Route("POST", "/organise/{event:str}/offers/{code:str}/taking", Who.ORGANISER, organiser_offers.take),
    Route("POST", "/organise/{event:str}/offers/{code:str}/declining", Who.ORGANISER, organiser_offers.decline),
    Route("POST", "/organise/{event:str}/offers/demonstrations", Who.ORGANISER, organiser_offers.demonstrate),
    Route("GET", "/organise/{event:str}/{collection:str}/", Who.ORGANISER, lists.index),
    Route("POST", "/organise/{event:str}/{collection:str}/", Who.ORGANISER, lists.revise, largest=MEGABYTE),
    Route("GET", "/organise/{event:str}/{collection:str}/-/new", Who.ORGANISER, nouns.blank),
    Route("POST", "/organise/{event:str}/{collection:str}/-/new", Who.ORGANISER, nouns.add, largest=MEGABYTE),
    Route("GET", "/organise/{event:str}/{collection:str}/{code:str}", Who.ORGANISER, nouns.form),
    Route("POST", "/organise/{event:str}/{collection:str}/{code:str}", Who.ORGANISER, nouns.save, largest=2 * MEGABYTE),
    Route("GET", "/organise/{event:str}/{collection:str}/{code:str}/cells/{column:str}", Who.ORGANISER, cells.form),
    Route("POST", "/organise/{event:str}/{collection:str}/{code:str}/cells/{column:str}", Who.ORGANISER, cells.save),
    Route("GET", "/organise/{event:str}/{collection:str}/{code:str}/history", Who.ORGANISER, history.of_noun),
    Route("GET", "/organise/{event:str}/{collection:str}/{code:str}/papers", Who.ORGANISER, papers.index),
    Route("POST", "/organise/{event:str}/{collection:str}/{code:str}/papers", Who.ORGANISER, papers.arrange),
    Route("GET", "/organise/{event:str}/{collection:str}/{code:str}/merge", Who.ORGANISER, merging.ask),
    Route("POST", "/organise/{event:str}/{collection:str}/{code:str}/merge", Who.ORGANISER, merging.merge),
    Route("GET", "/organise/{event:str}/{collection:str}/{code:str}/removal", Who.ORGANISER, nouns.ask_removal),
    Route("POST", "/organise/{event:str}/{collection:str}/{code:str}/removal", Who.ORGANISER, nouns.remove),
    Route("GET", "/organise/{event:str}/{collection:str}/{code:str}/forgetting", Who.ORGANISER, forgetting.ask),
    Route("POST", "/organise/{event:str}/{collection:str}/{code:str}/forgetting", Who.ORGANISER, forgetting.forget),
    Route("POST", "/organise/{event:str}/{collection:str}/{code:str}/cancellation", Who.ORGANISER, nouns.cancel),
    Route(
        "POST",
        "/organise/{event:str}/{collection:str}/{code:str}/pictures",
        Who.ORGANISER,
        shelves.bring,
        shelves.PICTURE_BYTES,
    ),
    Route(
        "POST", "/organise/{event:str}/{collection:str}/{code:str}/pictures/arrangement", Who.ORGANISER, shelves.arrange
    ),
    Route(
        "POST",
        "/organise/{event:str}/{collection:str}/{code:str}/files",
        Who.ORGANISER,
        shelves.bring,
        shelves.ATTACHMENT_BYTES,
    ),
    Route(
        "POST", "/organise/{event:str}/{collection:str}/{code:str}/files/arrangement", Who.ORGANISER, shelves.arrange
    ),
    Route("GET", "/organise/{event:str}/preview/", Who.ORGANISER, overview.preview),
    Route("GET", "/organise/{event:str}/preview/{address:path}", Who.ORGANISER, overview.preview),
)

KEPT_FREE = frozenset({"static", "api", "favicon.ico"})
"""Further names that no event can have as its slug."""


def handlers() -> list[HTTPRouteHandler]:
    return [_handler(entry) for entry in ROUTES]


def inside() -> frozenset[str]:
    """The first parts of all addresses that are not an event's."""
    return frozenset(entry.path.split("/")[1] for entry in ROUTES if entry.path != "/") | KEPT_FREE


def _handler(entry: Route) -> HTTPRouteHandler:
    methods: Any = ["GET", "HEAD"] if entry.method == "GET" else [entry.method]
    return route(
        entry.path,
        http_method=methods,
        status_code=200,
        media_type=MediaType.HTML,
        guards=[admit],
        opt={"who": entry.who, "shows": entry.shows, "files": entry.largest > 2 * MEGABYTE},
        request_max_body_size=entry.largest,
    )(entry.answers)
