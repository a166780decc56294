"""schedule.xml, as Pentabarf, frab, wafer, pretalx and the c3voc hub write it.

Schema: https://c3voc.de/schedule/schema.xsd. Before 2012 events stood right under their day and only named a room.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from lxml import etree

from ..language import gettext as _
from . import times
from .assembly import assemble
from .frab import code_in, day_boundary
from .listing import Item, Listing, Named, Place, Theme
from .oddities import Oddities
from .opened import Form, Reader
from .reading import Hints, Reading, Refused

KIND = "schedule.xml"
_LAYOUT = 8
"""Blanks: what stands deeper in all lines is layout, not Markdown."""


def _fits(root: etree._Element) -> bool:
    return root.tag == "schedule"


def _read(root: etree._Element, hints: Hints) -> Reading:
    oddities = Oddities()
    conference = root.find("conference")
    if conference is None:
        raise Refused(
            _("the schedule has no <conference>."), where="<schedule>", remedy=_("Export the schedule again.")
        )
    return assemble(_listing(root, conference, oddities), hints, oddities)


READER = Reader(KIND, Form.XML, _fits, _read)


def _listing(root: etree._Element, conference: etree._Element, oddities: Oddities) -> Listing:
    zone = times.known_zone(_text(conference, "time_zone_name"))
    days = [_Day(element, zone) for element in root.iterchildren("day")]
    change = times.span(_text(conference, "day_change"))
    base = _text(conference, "base_url")
    _compare(conference, days, oddities)
    return Listing(
        kind=KIND,
        name=_text(conference, "title"),
        slug=_text(conference, "acronym"),
        zone=_text(conference, "time_zone_name"),
        subtitle=_text(conference, "subtitle"),
        venue=_text(conference, "venue"),
        address=_text(conference, "city"),
        url=_text(conference, "url") or base,
        colour=_text(conference, "color"),
        base=base or _text(conference, "url"),
        days=tuple(sorted({day.date for day in days if day.date})),
        boundary=day_boundary([day.ends for day in days], zone) if change is None else change,
        rooms=tuple(_rooms(root)),
        tracks=tuple(_tracks(root, conference)),
        people=tuple(_people(root)),
        items=tuple(item for day in days for item in _items(day, change or 0, oddities)),
    )


class _Day:
    """`date` is that of its first moment on the event's clocks: wafer writes the date that UTC had then."""

    def __init__(self, element: etree._Element, zone: str) -> None:
        self.element = element
        starts = times.moment(element.get("start") or "")
        self.ends = times.moment(element.get("end") or "")
        self.date = times.day(element.get("date") or "")
        if starts and starts.tzinfo and zone:
            self.date = times.Clock(zone, Oddities()).local(starts).date()
        elif starts and not self.date:
            self.date = starts.date()


def _compare(conference: etree._Element, days: list[_Day], oddities: Oddities) -> None:
    first, last = times.day(_text(conference, "start")), times.day(_text(conference, "end"))
    dates = [day.date for day in days if day.date]
    if first and last and dates and (last < min(dates) or first > max(dates)):
        oddities.note(
            "<conference>",
            _("is said to run from {first} to {last}, but its days are {start} to {end}; the days were taken"),
            first=first,
            last=last,
            start=min(dates),
            end=max(dates),
        )


def _items(day: _Day, change: int, oddities: Oddities) -> Iterator[Item]:
    for child in day.element:
        if child.tag == "event":
            yield _item(child, day, "", change, oddities)
        elif child.tag == "room":
            for event in child.iterchildren("event"):
                yield _item(event, day, child.get("name") or "", change, oddities)


def _item(event: etree._Element, day: _Day, room: str, change: int, oddities: Oddities) -> Item:
    number, guid, short = event.get("id") or "", event.get("guid") or "", _text(event, "slug")
    where = f"event {number or guid or short or f'on line {event.sourceline}'}"
    if room and _text(event, "room") and room.strip() != _text(event, "room"):
        oddities.note(where, _("names another room than the one it is listed in; it was left where it is listed"))
    return Item(
        where=where,
        identity=_identity(event, number, guid, short),
        code=code_in(event.get("code") or "", short, _text(event, "url")) or number,
        title=_text(event, "title"),
        subtitle=_text(event, "subtitle"),
        starts=_starts(event, day, change, where, oddities),
        minutes=_minutes(event, where, oddities),
        day=day.date,
        room=room or _text(event, "room"),
        track=_text(event, "track"),
        kind=_text(event, "type"),
        texts=(_text(event, "abstract"), _text(event, "description")),
        language=_text(event, "language"),
        people=tuple(_named(person) for person in event.iterfind("persons/person")),
        links=tuple(_links(event)),
        cancelled=(_text(event, "status") or event.get("status") or "").lower() in ("cancelled", "canceled"),
    )


def _identity(event: etree._Element, number: str, guid: str, short: str) -> str:
    found = (("guid", guid), ("code", event.get("code") or ""), ("id", number), ("slug", short))
    return next((f"{scheme}:{value}" for scheme, value in found if value), "")


def _starts(event: etree._Element, day: _Day, change: int, where: str, oddities: Oddities) -> datetime | None:
    """`<date>` where it is a moment; else the day with `<start>`, in the night after it if before the day's change."""
    written = _text(event, "date")
    stated = times.moment(written)
    if stated and len(written) > len("2026-01-31"):
        return stated
    if written and not stated:
        oddities.note(where, _("its <date> cannot be read; its day and <start> were taken"))
    clock = times.clock_time(_text(event, "start"))
    on = (stated.date() if stated else None) or day.date
    if clock is None or on is None:
        return None
    night = clock.hour * 60 + clock.minute < change and not stated
    return datetime.combine(on + timedelta(days=1) if night else on, clock)


def _minutes(event: etree._Element, where: str, oddities: Oddities) -> int:
    minutes = times.span(_text(event, "duration"))
    if minutes is None:
        oddities.note(where, _("its <duration> cannot be read; its length was taken as 60 minutes"))
    return 60 if minutes is None else minutes


def _links(event: etree._Element) -> Iterator[tuple[str, str]]:
    for link in (*event.iterfind("links/link"), *event.iterfind("attachments/attachment")):
        words = _whole(link)
        if address := (link.get("href") or "").strip() or words:
            yield address, words
    if video := _text(event, "video_download_url"):
        yield video, "Video"


def _people(root: etree._Element) -> Iterator[Named]:
    """pretalx and FOSDEM list everybody once more at the top, with biographies."""
    for person in root.iterfind("persons/person"):
        yield _named(person)


def _named(person: etree._Element) -> Named:
    name = next((_text(person, tag) for tag in ("public_name", "name", "full_public_name") if _text(person, tag)), "")
    ids = (
        ("guid", person.get("guid")),
        ("code", person.get("code") or _text(person, "code")),
        ("id", person.get("id")),
    )
    return Named(
        name=name or (person.text or ""),
        identity=next((f"{scheme}:{value}" for scheme, value in ids if value), ""),
        biography=_text(person, "extended_biography") or _text(person, "biography"),
    )


def _rooms(root: etree._Element) -> Iterator[Place]:
    for room in root.iterfind("day/room"):
        guid = room.get("guid") or ""
        yield Place(name=room.get("name") or "", identity=f"guid:{guid}" if guid else "")


def _tracks(root: etree._Element, conference: etree._Element) -> Iterator[Theme]:
    for track in (*conference.iterfind("track"), *root.iterfind("tracks/track")):
        short = track.get("slug") or ""
        yield Theme(
            name=track.get("name") or _whole(track),
            identity=f"slug:{short}" if short else "",
            code=short,
            colour=track.get("color") or track.get("colour") or "",
        )


def _text(parent: etree._Element, tag: str) -> str:
    found = parent.find(tag)
    return "" if found is None else _whole(found)


def _whole(element: etree._Element) -> str:
    """All text in an element; some write HTML elements in it unescaped, which are kept for the reader of the text."""
    inner = [element.text or "", *(etree.tostring(child, encoding="unicode") for child in element)]
    return _outdented("".join(inner).strip())


def _outdented(text: str) -> str:
    """Without the blanks that a program which lays out XML puts before every line of a text but the first."""
    if "\n" + " " * _LAYOUT not in text:
        return text
    first, *rest = text.split("\n")
    indents = [len(line) - len(line.lstrip(" ")) for line in rest if line.strip()]
    depth = min(indents, default=0)
    return "\n".join([first, *(line[depth:] for line in rest)]) if depth >= _LAYOUT else text
