"""What a panel answers to the communities that have something to say to it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Response
from litestar.params import FromPath

from ...editing import Conflict
from ...editing.panels import reply
from ...language import gettext as _
from ...programme.model import Showcase
from ..errors import NoSuchPage
from ..forms.inputs import Text, plain
from ..organiser.workspace import one, to, typed
from ..pages import Asking
from ..rights import account
from .panel_view import reply_of, showcases_of
from .panels import Refused, shown
from .workspace import Mine, address, mine

MOST = 4000
"""Characters of an answer."""


async def answer(request: Asking, event: FromPath[str], code: FromPath[str], showcase: FromPath[str]) -> Response[Any]:
    """Saves the panel's answer, if nobody has written another one meanwhile; an empty one takes it away."""
    held = await mine(request, event)
    show = _showcase(held, code, showcase)
    form = await typed(request)
    try:
        text = Text(most=MOST).value(one(form, "text"))
    except ValueError as error:
        return await shown(request, held, code, refused=Refused(showcase, one(form, "text"), 422, str(error)))
    before = plain(reply_of(show, code))
    if before not in (one(form, "seen"), text):
        return await shown(request, held, code, refused=Refused(showcase, text, 409))
    try:
        outcome = await reply(event, code, show, text, account(request).email)
    except Conflict:  # between the reading and the writing, just now
        held = await mine(request, event)
        sentence = _("The showcase was changed at this moment. Look at it, and save once more.")
        return await shown(request, held, code, refused=Refused(showcase, text, 409, sentence))
    told = urlencode({"done": "answered", "words": "public" if outcome.public else ""})
    return to(f"{address(held.event, 'panels', code)}?{told}")


def _showcase(held: Mine, panel: str, code: str) -> Showcase:
    found = showcases_of(held.draft.programme, held.draft.planning, panel)
    show = next((show for show in found if show.code == code), None)
    if show is None:
        raise NoSuchPage
    return show
