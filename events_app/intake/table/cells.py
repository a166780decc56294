"""What stands in single cells: dates, times, yes and no, names with affiliations, in the many forms that people use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from .. import times
from .workbook import Cell

DAY_FIRST, MONTH_FIRST = "day first", "month first"

_EPOCH = date(1899, 12, 30)  # of Excel's serial numbers
_NUMBERED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s*", re.IGNORECASE)
_MONTHS = {name: n + 1 for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split())}  # noqa: SIM905
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\.?(?: of)? {_MONTH},?(?: (\d{{4}}))?", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,?(?: (\d{{4}}))?", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:–|—|-|\bto\b|\buntil\b|\bbis\b)\s*")
_LENGTH = re.compile(r"(?:(\d{1,3})\s*h(?:ours?|rs?)?)?\s*(?:(\d{1,4})\s*(?:m|min|mins|minutes)?\.?)?", re.IGNORECASE)
_YES = {"yes", "y", "true", "1", "x", "✓", "✔", "ja", "oui", "sí", "si", "needed", "required", "cancelled", "canceled"}
_NO = {"no", "n", "false", "0", "-", "–", "nein", "non", "none"}
_MAIL = re.compile(r"[^\s@<>()\[\],;:\"]+@[^\s@<>()\[\],;:\"]+\.[A-Za-z]{2,}")
_SEPARATORS = re.compile(r"[;|\n]")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_AND = re.compile(r"\s+(?:and|&|und|et|y)\s+(?![^(\[]*[)\]])")
_INSTITUTION = re.compile(
    r"universi|institut|college|school|council|department|ministry|cent(?:er|re)\b|hospital|academy|foundation|society"
    r"|association|\b(?:ltd|inc|gmbh|hochschule|ucl|lse|nhs)\b",
    re.IGNORECASE,
)
_PRESENTS = re.compile(r"[(\[]\s*(?:presenter|presenting|presents|speaker)\s*[)\]]", re.IGNORECASE)
_COMMA = re.compile(r",\s*(?:and\s+|&\s*)?(?![^(\[]*[)\]])")
_AFTER_BRACKETS = re.compile(r"(?<=[)\]*])\s*(?:,|\band\b|&)\s*")
_LINK = re.compile(r"(?:([^\s:;,][^:;\n]*?)\s*:\s+)?((?:https?://|mailto:|www\.)[^\s;,<>\"]+)", re.IGNORECASE)


class Person(NamedTuple):
    name: str
    affiliation: str = ""
    email: str = ""
    presents: bool = False


def words(cell: Cell) -> str:
    """The cell as text. Whole numbers have no `.0`, moments are written as ISO 8601."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, (datetime, date, time)) else str(cell)


def yes(cell: Cell) -> bool | None:
    """None if the cell is empty or says neither."""
    said = words(cell).strip().casefold()
    return True if said in _YES else False if said in _NO else None


def number(cell: Cell) -> int | None:
    found = re.match(r"\s*(\d{1,9})(?:[.,]\d+)?\b", words(cell))
    return int(found[1]) if found else None


def length(cell: Cell) -> int | None:
    """Minutes: `90`, `1h30`, `45 min`, `01:30`, a time or a span as Excel keeps it."""
    if isinstance(cell, timedelta):
        return int(cell.total_seconds() // 60)
    if isinstance(cell, datetime):
        cell = cell.time()
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, float) and 0 < cell < 1:
        return round(cell * times.DAY)
    said = words(cell).strip()
    if found := _LENGTH.fullmatch(said):
        return int(found[1] or 0) * 60 + int(found[2] or 0) if said else None
    return times.span(said)


def order_of(cells: Iterable[Cell]) -> tuple[str, bool]:
    """Whether the dates of a whole column put the day or the month first, and whether that is certain.

    A number above 12 settles it; else the order in which the dates lie closer together, as a conference's do.
    """
    pairs = {(int(found[1]), int(found[2])) for cell in cells
             if isinstance(cell, str) and (found := _NUMBERED.match(_WEEKDAY.sub("", cell.strip())))}  # fmt: skip
    day_first = any(first > 12 for first, _ in pairs)
    month_first = any(second > 12 for _, second in pairs)
    if day_first or month_first or not pairs:
        return (MONTH_FIRST if month_first and not day_first else DAY_FIRST), not (day_first and month_first)
    spread = [_spread((month * 31 + day for day, month in pairs)), _spread((month * 31 + day for month, day in pairs))]
    if spread[0] == spread[1]:
        return DAY_FIRST, all(first == second for first, second in pairs)
    return (DAY_FIRST if spread[0] < spread[1] else MONTH_FIRST), True


def day(cell: Cell, order: str = DAY_FIRST, years: tuple[int, ...] = ()) -> date | None:
    """A date in any of the forms that spreadsheets hold; without a year it is of the one year given, if it is one."""
    if isinstance(cell, datetime):
        found: date | None = cell.date()
    elif isinstance(cell, date):
        found = cell
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
        found = _EPOCH + timedelta(days=int(cell)) if 25_000 < cell < 110_000 else None
    else:
        found = _written_day(words(cell).strip(), order, years)
    return found if found and 1970 <= found.year < 2200 else None


def clock(cell: Cell) -> time | None:
    """A time of day in any of the forms that spreadsheets hold."""
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0, tzinfo=None)
    if isinstance(cell, timedelta):
        return _of_minutes(cell.total_seconds() / 60)
    if isinstance(cell, float) and 0 <= cell < 1:
        return _of_minutes(cell * times.DAY)
    said = words(cell).strip().lower().removesuffix("uhr").removesuffix("hrs").strip()
    if found := re.fullmatch(r"(\d{1,2})\s*([ap])\.?m\.?", said):
        said = f"{found[1]}:00{found[2]}m"
    elif found := re.fullmatch(r"([01]\d|2[0-3])([0-5]\d)", said):
        said = f"{found[1]}:{found[2]}"
    return times.clock_time(said)


def interval(cell: Cell) -> tuple[time | None, time | None]:
    """`09:30–11:00` as both; anything else as a start."""
    if isinstance(cell, str):
        parts = _RANGE.split(cell.strip())
        if len(parts) == 2:
            starts, ends = parts
            # 1:00–2:30 pm: the half of the day counts for both
            if (half := re.search(r"[ap]\.?m\.?$", ends, re.IGNORECASE)) and not re.search(r"m\.?$", starts.lower()):
                both = clock(f"{starts}{half[0]}")
                starts = f"{starts}{half[0]}" if both and (end := clock(ends)) and both < end else starts
            return clock(starts), clock(ends)
    return clock(cell), None


def moment(cell: Cell, order: str, years: tuple[int, ...]) -> tuple[datetime, time | None] | None:
    """A date with a time in one cell, and the end where it holds one: `25/03/2028 12:00–14:00`."""
    if isinstance(cell, datetime):
        return (cell.replace(second=0, microsecond=0), None) if cell.year > 1970 else None
    said = words(cell).strip()
    if (stated := times.moment(said)) and len(said) > len("2028-03-25"):
        return stated, None
    for cut in [match.start() for match in re.finditer(r"[ T,]", said)]:
        on = day(said[:cut].rstrip(","), order, years)
        starts, ends = interval(said[cut + 1 :].strip())
        if on and starts and (ends or not _RANGE.search(said[cut + 1 :])):
            return datetime.combine(on, starts), ends
    return None


def people(cell: Cell) -> list[Person]:
    """`Name (Affiliation); Name (Affiliation)*`, one a line, or plain names parted by commas and “and”."""
    said = words(cell).strip()
    several = [part for part in _SEPARATORS.split(said) if part.strip()]
    if len(several) == 1:
        several = _by_commas(said)
    found = [_person(part) for part in several]
    return [person for person in found if person.name]


def emails(cell: Cell) -> list[str]:
    return _MAIL.findall(words(cell))


def listed(cell: Cell) -> list[str]:
    """Things parted by semicolons or lines, else by commas."""
    said = words(cell)
    parts = _SEPARATORS.split(said) if _SEPARATORS.search(said) else said.split(",")
    return [part.strip() for part in parts if part.strip()]


def parted(cell: Cell) -> list[str]:
    """Things parted by semicolons, bars or lines; commas belong to them."""
    return [part.strip() for part in _SEPARATORS.split(words(cell)) if part.strip()]


def links(cell: Cell) -> list[tuple[str, str]]:
    """Addresses with their labels."""
    return [
        (address if "://" in address or address.lower().startswith("mailto:") else f"https://{address}", label.strip())
        for label, address in _LINK.findall(words(cell))
    ]


def address(cell: Cell) -> str:
    """One web address, `small.example` too."""
    said = words(cell).strip()
    return said if not said or "://" in said else f"https://{said}"


def _spread(ordinals: Iterable[int]) -> int:
    found = list(ordinals)
    return max(found) - min(found)


def _written_day(said: str, order: str, years: tuple[int, ...]) -> date | None:
    said = _WEEKDAY.sub("", said)
    if found := _YEAR_FIRST.match(said):
        return _date(found[1], found[2], found[3])
    if found := _NUMBERED.fullmatch(said):
        first, second, year = found.groups()
        as_ordered = (second, first) if order == DAY_FIRST else (first, second)
        return _date(year, *as_ordered) or _date(year, *reversed(as_ordered))
    one_year = str(years[0]) if len(years) == 1 else ""
    if (found := _DAY_MONTH.fullmatch(said)) and (found[3] or one_year):
        return _date(found[3] or one_year, str(_MONTHS[found[2].lower()]), found[1])
    if (found := _MONTH_DAY.fullmatch(said)) and (found[3] or one_year):
        return _date(found[3] or one_year, str(_MONTHS[found[1].lower()]), found[2])
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def _of_minutes(minutes: float) -> time | None:
    whole = round(minutes)
    return time(whole // 60, whole % 60) if 0 <= whole < times.DAY else None


def _by_commas(said: str) -> list[str]:
    """`Alice Adler, Bob Baker (Aston) and Eve Ito`; but `Baker, Bob` is one, as is `Bob Baker, Aston University`."""
    parts: list[str] = []
    for part in _COMMA.split(said):
        if parts and _INSTITUTION.search(part):
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    if len(parts) > 1 and not _full_names(parts):
        return [part for part in _AFTER_BRACKETS.split(said) if part.strip()]
    return [name for part in parts for name in (_AND.split(part) if _full_names(_AND.split(part)) else [part])]


def _full_names(names: list[str]) -> bool:
    """All in two words or more, beside their brackets."""
    return all(" " in _BRACKETS.sub("", name).strip("* ") for name in names)


def _person(written: str) -> Person:
    mail = _MAIL.search(written)
    rest = _MAIL.sub("", written).replace("<>", "").replace("()", "")
    presents = "*" in rest or bool(_PRESENTS.search(rest))
    rest = _PRESENTS.sub("", rest).replace("*", "").strip()
    affiliation = "; ".join(found.strip() for found in _BRACKETS.findall(rest) if found.strip())
    name = " ".join(_BRACKETS.sub(" ", rest).split()).strip(" ,-–")
    before, comma, after = (part.strip() for part in name.partition(","))
    if comma and " " in before and not affiliation:
        name, affiliation = before, after
    elif comma and after:
        name = f"{after} {before}"
    return Person(name, affiliation, mail[0] if mail else "", presents)
