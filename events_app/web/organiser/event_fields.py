"""The fields of an event's own form and of the rules of its house, and what is wrong between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from ...editing.event import TIMED
from ...language import gettext as _
from ...language import ngettext
from ...programme.model import Event, Value
from ...programme.moments import moved, same_clock
from ...reading import Draft
from ...renditions.times import minutes
from ..forms import Entries, Field, Group, Wrong
from ..forms.inputs import Checked, Choice, Line, Number, One, Text, Tick, Words, colour, email, language, url

LONGEST = 60
"""Days: no event is longer than this."""


class Day(One):
    """A date. Empty is None, unless `required`."""

    kind = "date"

    def __init__(self, *, required: bool = True) -> None:
        self.required = required

    def text(self, value: date | None) -> str:
        return value.isoformat() if value else ""

    def value(self, text: str) -> date | None:
        if not text.strip() and not self.required:
            return None
        try:
            found = date.fromisoformat(text.strip())
        except ValueError:
            found = None
        if found is None or not 1900 <= found.year <= 2200:
            raise ValueError(_("“{text}” is no date, such as 2028-03-25.").format(text=text[:40]))
        return found


class Between(One):
    """The least and the most of something: `3–4`. Empty: any number."""

    kind = "text"

    def text(self, value: tuple[int, int]) -> str:
        least, most = value
        return f"{least}–{most}" if most else ""

    def value(self, text: str) -> tuple[int, int]:
        parts = [part.strip() for part in text.replace("-", "–").split("–")]
        if parts == [""]:
            return 0, 0
        if len(parts) > 2 or not all(part.isdecimal() and len(part) < 4 for part in parts):
            raise ValueError(_("Write the least and the most, such as 3–4; empty: any number."))
        least, most = int(parts[0]), int(parts[-1])
        if least > most:
            raise ValueError(_("The least is more than the most."))
        return least, most


class Zone(Choice):
    """An IANA time zone; the one that stands there is always among them."""

    def __init__(self, present: str) -> None:
        super().__init__([(name, name.replace("_", " ")) for name in sorted({*_zones(), present})])


@cache
def _zones() -> frozenset[str]:
    """Those that are named for a place, and UTC."""
    areas = (
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    )
    return frozenset({name for name in available_timezones() if name.partition("/")[0] in areas} | {"UTC"})


def groups(draft: Draft) -> tuple[Group, ...]:
    event = draft.programme.event
    changes = [(str(hour * 60), f"{hour:02}:00") for hour in range(9)]
    if str(event.day_change) not in dict(changes):
        changes.append((str(event.day_change), f"{event.day_change // 60:02}:{event.day_change % 60:02}"))
    return (
        Group(
            _("What it is"),
            (
                Field("name", _("Name"), Line(required=True)),
                Field("subtitle", _("Subtitle"), Line()),
                Field("about", _("About"), Text(rows=8), _("Markdown: *emphasis*, **strong**, lists and links.")),
                Field("url", _("Web page"), Checked(url, kind="url"), wide=False),
                Field("languages", _("Languages"), Words(language), _("Codes, with commas: en, fr."), wide=False),
            ),
        ),
        Group(
            _("When"),
            (
                Field("starts", _("First day"), Day(), wide=False),
                Field("ends", _("Last day"), Day(), wide=False),
                Field("zone", _("Time zone"), Zone(event.zone),
                      _("That of the place. If it is changed, every time stays as it is written."),
                      wide=False),
                Field("day_change", _("A new day begins at"), Choice(changes, int),
                      _("What runs in the small hours before that belongs to the evening before."), wide=False),
            ),
        ),
        Group(
            _("Where"),
            (
                Field("venue", _("Venue"), Line()),
                Field("address", _("Address"), Line(), _("As one line, for maps and calendars.")),
            ),
        ),
        Group(
            _("Looks"),
            (Field("colour", _("Colour"), Checked(colour, shape="colour"),
                   _("# and six digits; empty: the house's own. Where it could not be read it is made so.")),
            ),
        ),
        Group(
            _("Corrections"),
            (Field("corrections_wait", _("Corrections wait for me"), Tick(),
                   _("Ticked, what speakers correct in titles and abstracts goes out with your next release, "
                     "else at once.")),
                Field("title_locked", _("Titles are locked from"), Day(required=False),
                      _("From that day on a new title is a request, which you take or decline. Empty: never."),
                      wide=False),
                Field("authors_locked", _("Authors are locked from"), Day(required=False),
                      _("The same for who wrote a paper, and in which order."), wide=False),
                Field("presenter_locked", _("Presenters are locked from"), Day(required=False),
                      _("The same for who presents it."), wide=False),
                Field("abstract_words", _("Words in an abstract, at most"), Number(most=100_000),
                      _("Who writes sees the count beside the limit. Empty: any number."), wide=False),
                Field("biography_words", _("Words in a biography, at most"), Number(most=100_000),
                      _("Empty: any number."), wide=False),
            ),
        ),
        Group(
            _("Letters"),
            (
                Field("reach", _("Your address"), Checked(email, kind="email"),
                      _("At which people reach you: it stands in every letter, and answers to a letter go there. "
                        "No public page shows it.")),
                Field("letters_wait", _("Letters wait for me"), Tick(),
                      _("Ticked, every letter waits until an organiser has looked at it and lets it go. "
                        "Sign-in links, which people ask for themselves, go at once.")),
                Field("quiet_minutes", _("Quiet minutes after a release"), Number(most=7 * 24 * 60),
                      _("So long the letters about a release wait for a further one: who is concerned by both gets "
                        "one letter. Empty: they go at once.")),
            ),
        ),
        Group(
            _("Community showcases"),
            (Field("showcases_open", _("Anybody may offer a showcase"), Tick(),
                   _("Ticked, groups without an account can fill in a form: its address is on the page Offers, where "
                     "what they offer waits for you to take it.")),
            ),
        ),
        Group(
            _("Rules of the house"),
            (
                Field("walk_minutes", _("Minutes to walk to another building"), Number(most=240),
                      _("Less time than this between two buildings is a finding. Empty: it is not looked at.")),
                Field("papers_per_session", _("Papers in a session"), Between(),
                      _("The least and the most, such as 3–4. Empty: any number.")),
                Field("papers_per_person", _("Papers that one person presents, at most"), Number(most=99),
                      _("Empty: any number.")),
                Field("authors_count", _("All authors are needed"), Tick(),
                      _("An author who does not present cannot be elsewhere either.")),
                Field("chair_required", _("Every session of papers has a chair"), Tick()),
                Field("discussant_required", _("Every session of papers has a discussant"), Tick()),
                Field("mixed_podium", _("No podium is all of one gender"), Tick(),
                      _("Only where people have chosen to say theirs.")),
            ),
        ),
    )  # fmt: skip


def fields(draft: Draft) -> tuple[Field, ...]:
    return tuple(field for group in groups(draft) for field in group.fields)


def check(held: Mapping[str, Any], form: Entries, draft: Draft, wrong: Wrong) -> None:
    """What is wrong between fields."""
    if "starts" not in wrong and "ends" not in wrong:
        if held["ends"] < held["starts"]:
            wrong.say("ends", _("The last day is before the first."))
        elif held["ends"] - held["starts"] >= timedelta(days=LONGEST):
            wrong.say("ends", _("An event has at most {n} days.").format(n=LONGEST))
    if not held["languages"]:
        wrong.say("languages", _("This cannot be empty."))
    other_zone = not wrong and held["zone"] != draft.programme.event.zone
    if other_zone and not form.get("clocks") and (sentence := shift(draft, held["zone"])):
        wrong.say("zone", sentence)


def shift(draft: Draft, zone: str) -> str:
    """What another zone would do, where it does anything."""
    event = draft.programme.event
    move = same_clock(event.zone, zone)
    count = sum(moved(thing, move) != thing for thing in _timed(draft))
    if not count:
        return ""
    first = next((session.starts for session in draft.programme.sessions if session.starts), None)
    noon = first or _noon(event)
    later = round((move(noon) - noon).total_seconds() / 60)
    words = ngettext(
        "{count} thing with a time stays at the time that is written, and so takes place {length} {way} than now. "
        "Tick below that you mean this, and save again.",
        "{count} things with a time stay at the time that is written, and so take place {length} {way} than now. "
        "Tick below that you mean this, and save again.",
        count,
    )
    return words.format(count=count, length=minutes(abs(later)), way=_("later") if later > 0 else _("earlier"))


def _noon(event: Event) -> datetime:
    return datetime(event.starts.year, event.starts.month, event.starts.day, 12, tzinfo=ZoneInfo(event.zone))


def _timed(draft: Draft) -> Iterator[Value]:
    """Everything with moments that follow the event's clocks."""
    for kind in TIMED:
        holder = draft.programme if hasattr(draft.programme, kind) else draft.planning
        yield from getattr(holder, kind)
