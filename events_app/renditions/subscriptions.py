"""How to subscribe to a calendar: one feed's address in the forms that calendar programs want."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from .view import View

SLICES = ("panels", "people", "rooms", "tracks", "sessions", "showcases")
"""The collections whose things have feeds of their own."""

LONGEST = 120  # characters of a calendar's name in an address


class Feed(NamedTuple):
    """One feed. `of` is its address without the ending (`calendar`, `people/ada`); `page` is the page it follows."""

    of: str
    title: str
    page: str
    https: str
    webcal: str
    google: str
    outlook: str
    office: str


def subscription(view: View, of: str) -> Feed | None:
    """The feed of a slice such as `people/ada`; of the whole programme for an empty one; None if there is no such."""
    if not of or of == "calendar":
        return _feed(view, "calendar", "", "")
    collection, _slash, code = of.partition("/")
    if collection not in SLICES:
        return None
    found = getattr(view.look, collection).get(code)
    if found is None and collection == "sessions":
        found = view.look.cancelled.get(code)
    if found is None:
        return None
    return _feed(view, of, getattr(found, "title", "") or getattr(found, "name", ""), of)


def _feed(view: View, of: str, title: str, page: str) -> Feed:
    https = view.url(f"{of}.ics")
    webcal = "webcal:" + https.partition(":")[2]
    name = quote((f"{view.event.name}: {title}" if title else view.event.name)[:LONGEST], safe="")
    added = f"addfromweb?url={quote(webcal, safe='')}&name={name}"
    return Feed(
        of=of,
        title=title,
        page=page,
        https=https,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        outlook=f"https://outlook.live.com/calendar/0/{added}",
        office=f"https://outlook.office.com/calendar/0/{added}",
    )
