"""The public pages: one function a page, one list at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any
from unicodedata import normalize

from ..language import speaking
from ..programme.grid import grid
from ..programme.lookup import Index, index
from ..programme.model import Noun, Paper, Programme
from .rendition import Rendition, Site
from .subscriptions import subscription
from .templating import render
from .timetable import rows
from .view import View

MEDIA = "text/html; charset=utf-8"
LATEST = 5  # changes on the front page
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that Unicode does not take apart, as an English index places them."""

Params = Mapping[str, str]
Show = Callable[[Programme, Site, Params], bytes | None]


def front(programme: Programme, site: Site, params: Params) -> bytes:
    look = index(programme)
    version = programme.version
    return _page(
        "front",
        programme,
        site,
        now=look.now(site.now),
        next=look.next(site.now) if _is_near(look, site.now) else (),
        latest=version.changes[:LATEST] if version else (),
    )


def _is_near(look: Index, now: datetime) -> bool:
    """Whether it is late enough to say what comes next: from the day before the first session."""
    return bool(look.boundaries) and now >= look.boundaries[0] - timedelta(days=1)


def schedule(programme: Programme, site: Site, params: Params) -> bytes | None:
    view = View(programme, site)
    day = _day(view, params.get("day", "")) if params.get("day") else (view.today or view.look.days[0])
    if day is None:
        return None
    table = grid(programme, day)
    return _page(
        "schedule", programme, site, day=day, grid=table, rows=rows(table), on={s.code for s in view.look.now(site.now)}
    )


def listing(programme: Programme, site: Site, params: Params) -> bytes | None:
    view = View(programme, site)
    day = _day(view, params["day"]) if params.get("day") else None
    if params.get("day") and day is None:
        return None
    days = [day] if day else view.look.days
    return _page("list", programme, site, day=day, days=days, on={s.code for s in view.look.now(site.now)})


def _day(view: View, text: str) -> date | None:
    """The day that is asked for, if the programme has it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day in view.look.days else None


def session(programme: Programme, site: Site, params: Params) -> bytes | None:
    look = index(programme)
    found = look.sessions.get(params["code"]) or look.cancelled.get(params["code"])
    return None if found is None else _page("session", programme, site, session=found)


def one(name: str, collection: str) -> Show:
    """The page of one thing of a collection."""

    def shown(programme: Programme, site: Site, params: Params) -> bytes | None:
        known: Mapping[str, Noun] = getattr(index(programme), collection)
        found = known.get(params["code"])
        if found is None or (isinstance(found, Paper) and not found.status.public):
            return None
        return _page(name, programme, site, **{name: found})

    return shown


def many(collection: str, **more: Callable[[View], Any]) -> Show:
    """The index page of a collection."""

    def shown(programme: Programme, site: Site, params: Params) -> bytes:
        view = View(programme, site)
        return _page(collection, programme, site, **{name: found(view) for name, found in more.items()})

    return shown


def _people(view: View) -> list[tuple[str, list[Any]]]:
    return _lettered((person.sorts_as or person.name, person) for person in view.programme.people)


def _sessions(view: View) -> list[tuple[str, list[Any]]]:
    told = [s for s in view.look.placed if not view.is_quiet(s)]
    return _lettered((s.title, s) for s in told)


def _papers(view: View) -> list[tuple[str, list[Any]]]:
    return _lettered((paper.title, paper) for paper in view.papers)


def _lettered(named: Iterable[tuple[str, Any]]) -> list[tuple[str, list[Any]]]:
    """Things in the order of their names, under their first letters; what has no letter comes last, under #."""
    keyed = sorted(((_key(name), n, thing) for n, (name, thing) in enumerate(named)), key=itemgetter(0, 1))
    lettered = [(key[:1].upper() if key[:1].isalpha() else "#", thing) for key, _n, thing in keyed]
    return [(letter, [thing for _l, thing in group]) for letter, group in groupby(lettered, itemgetter(0))]


def _key(name: str) -> str:
    """For sorting: without accents, capitals and leading quotation marks; names without a letter last."""
    plain = normalize("NFKD", name.casefold()).translate(LETTERS)
    bare = "".join(c for c in plain if c.isalnum() or c == " ").strip()
    return bare if bare[:1].isalpha() else f"\U0010ffff{bare}"


def subscribe(programme: Programme, site: Site, params: Params) -> bytes | None:
    view = View(programme, site)
    found = subscription(view, params.get("of", ""))
    return None if found is None else _page("subscribe", programme, site, offer=found)


def releases(programme: Programme, site: Site, params: Params) -> bytes:
    return _page("releases", programme, site)


def release(programme: Programme, site: Site, params: Params) -> bytes | None:
    found = next((v for v in programme.versions if str(v.number) == params["n"]), None)
    return None if found is None else _page("release", programme, site, version=found)


def prints(programme: Programme, site: Site, params: Params) -> bytes:
    return _page("print", programme, site)


def _page(template: str, programme: Programme, site: Site, **more: Any) -> bytes:
    with speaking(site.language):
        view = View(programme, site)
        return render(
            f"public/{template}.html",
            programme=programme,
            event=programme.event,
            site=site,
            view=view,
            look=view.look,
            times=view.times,
            href=view.href,
            **more,
        )


def _rendition(name: str, address: str, show: Show, *query: str, timed: bool = False) -> Rendition:
    return Rendition(name=name, address=address, media=MEDIA, render=show, query=query, timed=timed)


RENDITIONS = (
    _rendition("front", "", front, timed=True),
    _rendition("schedule", "schedule", schedule, "day", timed=True),
    _rendition("list", "list", listing, "day", timed=True),
    _rendition("sessions", "sessions/", many("sessions", letters=_sessions)),
    _rendition("session", "sessions/{code}", session),
    _rendition("panels", "panels/", many("panels")),
    _rendition("panel", "panels/{code}", one("panel", "panels")),
    _rendition("papers", "papers/", many("papers", letters=_papers)),
    _rendition("paper", "papers/{code}", one("paper", "papers")),
    _rendition("people", "people/", many("people", letters=_people)),
    _rendition("person", "people/{code}", one("person", "people")),
    _rendition("rooms", "rooms/", many("rooms")),
    _rendition("room", "rooms/{code}", one("room", "rooms")),
    _rendition("tracks", "tracks/", many("tracks")),
    _rendition("track", "tracks/{code}", one("track", "tracks")),
    _rendition("showcases", "showcases/", many("showcases")),
    _rendition("showcase", "showcases/{code}", one("showcase", "showcases")),
    _rendition("subscribe", "subscribe", subscribe, "of"),
    _rendition("releases", "releases/", releases),
    _rendition("release", "releases/{n}", release),
    _rendition("print", "print/", prints),
)
