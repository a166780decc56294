"""Everything that is held about somebody: to read, to take away, to put right, and to be removed from."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
from litestar import Response
from litestar.params import FromPath

from ... import editing, reading
from ...editing import accounts
from ...editing.accounts import Right
from ...editing.holdings import Holdings, holdings
from ...language import gettext as _
from ...programme.model import Picture
from ...programme.own import own, people_of
from ...programme.release import over
from ...renditions.labels import role_name
from ...renditions.times import Times, language_name
from .. import prints
from ..organiser.telling import verb_name
from ..organiser.workspace import one, to, typed
from ..pages import Asking
from ..pages import page as plain_page
from ..rights import account, cookie
from .workspace import address, at, mine, show

SHOWN = 30
"""Lines of the log on the page; the download has all."""


class Row(NamedTuple):
    """What is held under one name."""

    label: str
    told: str


async def page(request: Asking, event: FromPath[str]) -> Response[bytes]:
    theirs = await mine(request, event)
    who = account(request)
    held = await holdings(theirs.draft, theirs.own.people, who.email)
    times = Times(theirs.event)
    return show(
        request,
        "data",
        theirs,
        held=held,
        shown_to_all=[list(_public(held, n)) for n in range(len(held.people))],
        private=list(_private(held, times)),
        sign_ins=len(await accounts.sign_ins(who.email, _token(request), only=who.only)),
        forms=[(person.name, address(theirs.event, "people", person.code)) for person in held.people],
        titles=_titles(held),
        role=role_name,
        verb=verb_name,
        shown=SHOWN,
    )


async def download(request: Asking) -> Response[bytes]:
    """The same for all their events, as JSON."""
    who = account(request)
    found = []
    for line in await reading.events_of(who.email):
        if who.only in ("", line.slug):
            draft = await reading.draft(line.slug)
            people = own(draft.programme, people_of(draft.planning, who.email)).people
            found.append(await holdings(draft, people, who.email))
    signed_in = [
        {"since": one.since, "seen": one.seen, "browser": one.agent}
        for one in await accounts.sign_ins(who.email, _token(request), only=who.only)
    ]
    rights = {slug: right.value for slug, right in who.rights.items()}
    body = msgspec.json.encode({"email": who.email, "rights": rights, "sign_ins": signed_in, "events": found})
    headers = {"cache-control": "no-store", "content-disposition": 'attachment; filename="my-data.json"'}
    return Response(msgspec.json.format(body), media_type="application/json", headers=headers)


async def ask_removal(request: Asking, event: FromPath[str]) -> Response[bytes]:
    """What being removed will do, before it is done."""
    theirs = await mine(request, event)
    return show(
        request,
        "removal",
        theirs,
        over=over(theirs.event, datetime.now(UTC)),
        works=account(request).rights.get(event) in (Right.ORGANISER, Right.HELPER),
    )


async def remove(request: Asking, event: FromPath[str]) -> Response[Any]:
    """Of several who share an address, those who are ticked: a group may have one, and each their own place."""
    theirs = await mine(request, event)
    form = await typed(request)
    who = account(request)
    known = theirs.own.people
    people = known if len(known) == 1 else [code for code in known if code in form.get("person", [])]
    if not people:
        return to(f"{at(theirs.event)}/removal")
    await editing.forget(event, people, who.email, name=bool(one(form, "name")))
    await asyncio.to_thread(prints.empty, request.app.state.settings.data / "prints", event)
    return to("/speak/-/removed")


async def removed(request: Asking) -> Response[bytes]:
    """For whoever is known here no more, and so without anything that is theirs."""
    return plain_page("speaker/removed.html")


def _public(held: Holdings, n: int) -> Iterator[Row]:
    person = held.people[n]
    yield Row(_("Name"), person.name)
    for label, told in (
        (_("Sorted as"), person.sorts_as),
        (_("Pronouns"), person.pronouns),
        (_("Affiliation"), person.affiliation),
        (_("Country"), person.country),
        (_("Languages"), ", ".join(map(language_name, person.languages))),
        ("ORCID", person.orcid),
        (_("Links"), "\n".join(" ".join(filter(None, (link.label, link.url))) for link in person.links)),
        (_("Biography"), person.biography),
        (_("Photograph"), _picture(person.picture)),
    ):
        if told:
            yield Row(label, told)


def _picture(picture: Picture | None) -> str:
    if picture is None:
        return ""
    return _("{width} × {height} pixels, described as “{alt}”").format(
        width=picture.width, height=picture.height, alt=picture.alt
    )


def _private(held: Holdings, times: Times) -> Iterator[Row]:
    for contact in held.contacts:
        yield Row(_("E-mail address"), contact.email)
        if contact.gender:
            yield Row(_("Gender, in your words"), contact.gender)
    for wishes in held.wishes:
        if wishes.access:
            yield Row(_("What you need to take part"), wishes.access)
        for label, agreed in ((_("To be recorded"), wishes.recorded), (_("To be photographed"), wishes.photographed)):
            if agreed is not None:
                yield Row(label, _("You agree") if agreed else _("You do not agree"))
    for hours in held.availability:
        span = f"{times.stamp(hours.starts)} – {times.stamp(hours.ends)}"
        yield Row(_("You can come") if hours.can else _("You cannot come"), span)
    titles = {(part.collection, part.code): part.title for part in held.parts}
    for answer in held.answers:
        about = titles.get((answer.noun, answer.code), answer.code)
        said = _("You are coming: “{title}”") if answer.comes else _("You are not coming: “{title}”")
        yield Row(_("Your answer"), "\n".join(filter(None, (said.format(title=about), answer.reason))))
    for request in held.requests:
        about = titles.get((request.noun, request.thing), request.thing)
        yield Row(_("You asked for a change"), f"{about}: {request.field} ({request.state})")
    for offer in held.offers:
        yield Row(_("You offered a showcase"), offer.showcase.title)


def _titles(held: Holdings) -> dict[tuple[str, str], str]:
    """What the things of theirs are called, by kind and code."""
    named = {(part.collection, part.code): part.title for part in held.parts}
    return named | {("people", person.code): person.name for person in held.people}


def _token(request: Asking) -> str:
    return request.cookies.get(cookie(request.app.state.settings), "")
