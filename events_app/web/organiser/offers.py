"""Showcases that were offered, and demonstrations that hosts ask for: taken or declined."""

from __future__ import annotations

from typing import Any, NamedTuple

from litestar import Response
from litestar.params import FromPath

from ...editing import letters, offers
from ...language import gettext as _
from ...programme.lookup import index
from ...programme.model import Panel
from ...programme.planning import Needs, Offer, RequestState
from ...reading import Draft
from ..errors import Unreadable
from ..pages import Asking
from ..rights import account
from .waiting import wished
from .workspace import at, draft_of, one, show, to, typed


class Offered(NamedTuple):
    """An offer with what it says in words."""

    offer: Offer
    texts: list[tuple[str, str]]
    needs: list[str]
    panels: list[Panel]


async def index_page(request: Asking, event: FromPath[str]) -> Response[bytes]:
    draft = await draft_of(request, event)
    told = [_told(draft, offer) for offer in draft.planning.offers]
    wishes = wished(draft)
    return show(
        request,
        "offers/index",
        draft,
        rules=draft.planning.rules,
        address=f"{request.app.state.settings.base}/offer/{event}/",
        offered=[one for one in told if one.offer.state is RequestState.OPEN],
        declined=[one for one in told if one.offer.state is RequestState.DECLINED],
        taken=[one for one in told if one.offer.state is RequestState.TAKEN],
        wishes=[wish for wish in wishes if not wish.sessions],
        granted=[wish for wish in wishes if wish.sessions],
        done=request.query_params.get("done", ""),
        made=index(draft.programme).showcases.get(request.query_params.get("made", "")),
    )


async def take(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[Any]:
    """Makes it a showcase; where that is ticked its host gets a letter with the link to their page."""
    draft = await draft_of(request, event)
    form = await typed(request)
    by = account(request).email
    made = await offers.take_offer(event, code, by)
    invited = 0
    if one(form, "invite"):
        draft = await draft_of(request, event)
        hosts = [part.person for part in index(draft.programme).showcases[made].parts]
        invited = await letters.invite(event, hosts, by)
    return to(f"{at(draft.programme.event)}/offers/?done={'invited' if invited else 'taken'}&made={made}")


async def decline(request: Asking, event: FromPath[str], code: FromPath[str]) -> Response[Any]:
    draft = await draft_of(request, event)
    reason = one(await typed(request), "reason").strip()[:2000]
    await offers.decline_offer(event, code, account(request).email, reason)
    return to(f"{at(draft.programme.event)}/offers/?done=declined")


async def demonstrate(request: Asking, event: FromPath[str]) -> Response[Any]:
    """A session for a demonstration, which then waits in the timetable's tray."""
    draft = await draft_of(request, event)
    showcase = one(await typed(request), "showcase")
    if not showcase:
        raise Unreadable(_("It is not said whose demonstration."))
    await offers.demonstrate(event, showcase, account(request).email)
    return to(f"{at(draft.programme.event)}/offers/?done=session&made={showcase}#wishes")


def _told(draft: Draft, offer: Offer) -> Offered:
    show, panels = offer.showcase, index(draft.programme).panels
    texts = [
        (_("What they do"), show.about),
        (_("What came of it"), show.outcome),
        (_("What they want from the day"), show.wish),
        (_("What they would show, and when"), offer.needs.demonstration),
    ]
    return Offered(
        offer,
        [(title, text) for title, text in texts if text],
        needed(offer.needs),
        [panels[code] for code in show.panels if code in panels],
    )


def needed(needs: Needs) -> list[str]:
    """What a showcase needs, in a few words each."""
    ticked = [
        (needs.table, _("a table")),
        (needs.wall, _("a wall")),
        (needs.power, _("power")),
        (needs.internet, _("internet")),
        (needs.quiet, _("a quiet place")),
    ]
    said = [
        (needs.set_up, _("setting up: {text}")),
        (needs.take_down, _("taking down: {text}")),
        (needs.notes, _("besides: {text}")),
    ]
    return [label for there, label in ticked if there] + [words.format(text=text) for text, words in said if text]
