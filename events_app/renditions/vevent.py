"""One calendar entry as bytes: RFC 5545's content lines, kept by what they say."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category

from icalendar import Event as Component
from icalendar import vText

_KEPT = 8192  # entries: some four large conferences


class Entry(NamedTuple):
    """All that an entry says, and so all that its bytes depend on.

    `starts` and `ends` are dates for an all-day entry (`ends` the day after its last), else moments on the event's
    clocks; without `ends` it takes no time.
    """

    uid: str
    summary: str
    starts: datetime | date
    ends: datetime | date | None
    zone: str  # moments of two zones that are equal would else be one key
    sequence: int
    changed: datetime
    description: str
    location: str
    url: str
    categories: tuple[str, ...] = ()
    cancelled: bool = False
    free: bool = False  # does not make its reader busy
    organizer: str = ""  # an e-mail address, for entries that are sent (RFC 5546 §3.2.1)


@lru_cache(_KEPT)
def written(entry: Entry) -> bytes:
    """One VEVENT as folded lines. DTSTAMP is the time of the last change, never of the request (RFC 5545 §3.8.7.2)."""
    component = Component()
    starts, ends = _on_the_clocks(entry.starts, entry.ends)
    component.add("UID", _Text(entry.uid))
    component.add("DTSTAMP", entry.changed)
    component.add("LAST-MODIFIED", entry.changed)
    component.add("SEQUENCE", entry.sequence)
    component.add("SUMMARY", _Text(entry.summary))
    component.add("DTSTART", starts)
    if ends is not None:
        component.add("DTEND", ends)
    component.add("STATUS", "CANCELLED" if entry.cancelled else "CONFIRMED")
    component.add("TRANSP", "TRANSPARENT" if entry.free else "OPAQUE")
    component.add("DESCRIPTION", _Text(entry.description))
    if entry.location:
        component.add("LOCATION", _Text(entry.location))
    component.add("URL", entry.url)
    if entry.organizer:
        component.add("ORGANIZER", f"mailto:{entry.organizer}")
    for name in entry.categories:
        component.add("CATEGORIES", _Text(name))
    return b"".join(folded(str(line)) for line in component.content_lines(sorted=False) if line)


def _on_the_clocks(
    starts: datetime | date, ends: datetime | date | None
) -> tuple[datetime | date, datetime | date | None]:
    """Both on the event's clocks; in UTC where one lies in the hour that the clocks show a second time.

    A local time that occurs twice means its first occurrence (RFC 5545 §3.3.5).
    """
    if not any(isinstance(moment, datetime) and moment.fold for moment in (starts, ends)):
        return starts, ends
    return _utc(starts), _utc(ends) if ends else None


def _utc(moment: datetime | date) -> datetime | date:
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


class _Text(vText):
    """TEXT with its escapes. icalendar's own turns a backslash before a capital N into a line break."""

    def to_ical(self) -> bytes:
        return escaped(str(self)).encode()


_BREAKS = re.compile("\r\n?|[\u0085\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufeff\u202a-\u202e\u2066-\u2069]")


def escaped(text: str) -> str:
    r"""RFC 5545 §3.3.11: `\\`, `\;`, `\,` and `\n`; control characters and overrides of direction go."""
    text = _CONTROLS.sub("", _BREAKS.sub("\n", text))
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


_LONGEST = 60  # octets that are kept together at most


def folded(line: str) -> bytes:
    """A content line and its CRLF, at most 75 octets each (RFC 5545 §3.1).

    It is cut neither in a character, nor in what is seen as one character, nor in an escape.
    """
    written = line.encode()
    pieces, start, room = [], 0, 75
    while len(written) - start > room:
        cut = _cut(written, start, start + room)
        pieces.append(written[start:cut])
        start, room = cut, 74  # and the space that a further line begins with
    pieces.append(written[start:])
    return b"\r\n ".join(pieces) + b"\r\n"


def _cut(written: bytes, start: int, latest: int) -> int:
    """Where to cut, at most at `latest`: between two characters at least, if what hangs together has no end."""
    at = latest
    while latest - at < _LONGEST and _hangs_together(written, start, at):
        at -= 1
    if not _hangs_together(written, start, at):
        return at
    while _in_character(written, latest):
        latest -= 1
    return latest


def _in_character(written: bytes, at: int) -> bool:
    return 0x80 <= written[at] < 0xC0


def _hangs_together(written: bytes, start: int, at: int) -> bool:
    """Whether what stands before and after this place, on a line that begins at `start`, is one."""
    if written[at] < 0x80:
        return written[at - 1] == 0x5C and (at - start - len(written[start:at].rstrip(b"\\"))) % 2 == 1
    if _in_character(written, at):
        return True
    before = written[start:at].decode(errors="ignore")
    return _joins(before, written[at : at + 4].decode(errors="ignore")[0])


_JOINER = "\u200d"
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]*$")  # a flag is a pair of these


def _joins(before: str, char: str) -> bool:
    """Whether a character is seen as one with what stands before it: an accent, a part of an emoji."""
    return (
        before.endswith(_JOINER)
        or char == _JOINER
        or category(char)[0] == "M"
        or "\U0001f3fb" <= char <= "\U0001f3ff"  # tones of skin
        or "\U000e0020" <= char <= "\U000e007f"  # the tags of a regional flag
        or ("\U0001f1e6" <= char <= "\U0001f1ff" and _odd_flags(before))
    )


def _odd_flags(before: str) -> bool:
    found = _FLAG.search(before)
    return found is not None and len(found[0]) % 2 == 1
