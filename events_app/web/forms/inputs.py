"""The kinds of inputs. `shape` names the macro of `organiser/forms/_inputs.html` that shows one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, NamedTuple, Protocol
from urllib.parse import urlsplit

from ...editing.accounts import NoAddress, address
from ...language import gettext as _
from ...programme import wording
from ...programme.lookup import zone
from ...programme.model import Event

Entries = dict[str, list[str]]
"""What stands in a form's controls, by their names; controls of one name in their order."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BARE = re.compile(r"[\w-]+(\.[\w-]+)+(/\S*)?")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])/?")


class Wrong(dict[str, str]):
    """Sentences by the name of the control that each is about; of one control the first."""

    def say(self, control: str, sentence: str) -> None:
        self.setdefault(control, sentence)


class Input(Protocol):
    shape: str

    def entries(self, name: str, value: Any) -> Entries:
        """What stands in the controls for this value."""

    def given(self, name: str, typed: Entries) -> Entries:
        """The entries of this input out of a whole form's, in the form in which `entries` gives them."""

    def read(self, name: str, typed: Entries, wrong: Wrong) -> Any:
        """The value that was typed; where there is none, says why, and answers anything."""

    def said(self, value: Any) -> str:
        """The value in words, for a history."""


def plain(text: str) -> str:
    """Without controls, and with one kind of line ends."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class One:
    """An input of one control. Subclasses say how its text is read."""

    shape = "line"

    def entries(self, name: str, value: Any) -> Entries:
        return {name: [plain(self.text(value))]}

    def given(self, name: str, typed: Entries) -> Entries:
        return {name: typed.get(name, [""])[:1]}

    def read(self, name: str, typed: Entries, wrong: Wrong) -> Any:
        try:
            return self.value(typed.get(name, [""])[0])
        except ValueError as error:
            wrong.say(name, str(error))
            return None

    def said(self, value: Any) -> str:
        return self.text(value)

    def text(self, value: Any) -> str:
        return str(value)

    def value(self, text: str) -> Any:
        """Raises ValueError with a sentence."""
        raise NotImplementedError


class Line(One):
    """One line. `offers` is the id of a datalist of what is usual."""

    def __init__(self, *, required: bool = False, most: int = 500, kind: str = "text", offers: str = "") -> None:
        self.required, self.most, self.kind, self.offers = required, most, kind, offers

    def value(self, text: str) -> str:
        text = " ".join(text.split())
        if self.required and not text:
            raise ValueError(_("This cannot be empty."))
        if len(text) > self.most:
            raise ValueError(_("This is {n} characters too long.").format(n=len(text) - self.most))
        return text


class Heading(Line):
    """One line that may be long: shown on as many as it takes, and read as one."""

    shape = "heading"


class Text(Line):
    """Markdown of several lines."""

    shape = "text"

    def __init__(self, *, rows: int = 6, most: int = 100_000) -> None:
        super().__init__(most=most)
        self.rows = rows

    def value(self, text: str) -> str:
        text = text.strip()
        if len(text) > self.most:
            raise ValueError(_("This is {n} characters too long.").format(n=len(text) - self.most))
        return text


class Checked(Line):
    """One line, empty or as `check` has it, which raises ValueError with a sentence."""

    def __init__(self, check: Callable[[str], str], *, shape: str = "line", **more: Any) -> None:
        super().__init__(**more)
        self.check, self.shape = check, shape

    def value(self, text: str) -> str:
        text = super().value(text)
        return self.check(text) if text else ""


def colour(text: str) -> str:
    if not _COLOUR.fullmatch(text):
        raise ValueError(_("A colour is written as # and six digits from 0 to f, such as #2f6f4f."))
    return text.lower()


def language(text: str) -> str:
    if not all(_LANGUAGE.fullmatch(part.strip()) for part in text.split(",")):
        raise ValueError(_("“{text}” is no code of a language, such as en, fr or pt-BR.").format(text=text))
    return text


def orcid(text: str) -> str:
    """Four times four digits, the last of which checks the others (ISO 7064, MOD 11-2)."""
    found = _ORCID.fullmatch(text)
    digits = "".join(found.groups()).upper() if found else ""
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    if not found or "0123456789X"[(12 - total % 11) % 11] != digits[-1]:
        raise ValueError(_("This is no ORCID iD: it has sixteen digits, such as 0000-0002-1825-0097."))
    return "-".join(digits[n : n + 4] for n in range(0, 16, 4))


def email(text: str) -> str:
    try:
        return address(text)
    except NoAddress as error:
        raise ValueError(str(error)) from None


def url(text: str) -> str:
    """An address, of the web or for mail; what people type as `www.example.org/us` is taken for one."""
    if _BARE.fullmatch(text):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    on_the_web = parts.scheme in ("http", "https") and parts.netloc
    if " " in text or not (on_the_web or (parts.scheme == "mailto" and "@" in parts.path)):
        raise ValueError(_("An address begins with https://, http:// or mailto:."))
    return text


class Number(One):
    """A whole number; empty is 0, if 0 is allowed."""

    shape = "number"

    def __init__(self, *, least: int = 0, most: int = 1_000_000, step: int = 1, blank: bool = True) -> None:
        self.least, self.most, self.step, self.blank = least, most, step, blank

    def text(self, value: int) -> str:
        return "" if value == 0 and self.blank else str(value)

    def value(self, text: str) -> int:
        text = text.strip()
        if not text and self.blank:
            return 0
        if not text.isdecimal() or len(text) > 9:
            raise ValueError(_("“{text}” is no whole number.").format(text=text[:40]))
        if not self.least <= int(text) <= self.most:
            words = _("The number must be from {least} to {most}.")
            raise ValueError(words.format(least=self.least, most=self.most))
        return int(text)


class Choice(One):
    """One of several. `options` are pairs of a text that stands for a value, and what it is called."""

    shape = "choice"

    def __init__(self, options: Sequence[tuple[str, str]], make: Callable[[str], Any] = str) -> None:
        self.options, self.make = options, make
        self._names = dict(options)

    def text(self, value: Any) -> str:
        return {True: "yes", False: "no", None: ""}.get(value, str(value)) if not isinstance(value, str) else str(value)

    def value(self, text: str) -> Any:
        if text not in self._names:
            raise ValueError(_("“{text}” is not to be chosen from any more.").format(text=text[:60]))
        return self.make(text)

    def said(self, value: Any) -> str:
        text = self.text(value)
        return self._names.get(text, text) if text else ""


class Tick(One):
    """Yes or no."""

    shape = "tick"

    def entries(self, name: str, value: Any) -> Entries:
        return {name: ["yes"] if value else []}

    def given(self, name: str, typed: Entries) -> Entries:
        return {name: typed.get(name, [])[:1]}

    def read(self, name: str, typed: Entries, wrong: Wrong) -> bool:
        return bool(typed.get(name))

    def said(self, value: bool) -> str:
        return _("yes") if value else _("no")


class Several:
    """Any of several, to be ticked."""

    shape = "several"

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        self.options = options
        self._names = dict(options)

    def entries(self, name: str, value: Sequence[str]) -> Entries:
        return {name: sorted(value)}

    def given(self, name: str, typed: Entries) -> Entries:
        return {name: sorted(typed.get(name, []))}

    def read(self, name: str, typed: Entries, wrong: Wrong) -> tuple[str, ...]:
        chosen = typed.get(name, [])
        if any(code not in self._names for code in chosen):
            wrong.say(name, _("One of these is not to be chosen from any more."))
        return tuple(code for code, _label in self.options if code in chosen)

    def said(self, value: Sequence[str]) -> str:
        return ", ".join(self._names.get(code, code) for code in value)


class Words(One):
    """Several words or phrases on one line, with commas between."""

    def __init__(self, check: Callable[[str], str] = str, offers: str = "") -> None:
        self.check, self.offers, self.kind, self.most, self.required = check, offers, "text", 2000, False

    def text(self, value: Sequence[str]) -> str:
        return ", ".join(value)

    def value(self, text: str) -> tuple[str, ...]:
        words = (" ".join(word.split()) for word in text.split(","))
        return tuple(self.check(word) for word in dict.fromkeys(words) if word)


class Moment:
    """A date and a time on the event's clocks. Empty is None, unless `required`.

    A time that a night skips is refused; of one that comes twice the form asks which, in a control of its own whose
    name ends in `-twice` ("1": the first).
    """

    shape = "moment"

    def __init__(self, event: Event, *, required: bool = False) -> None:
        self.event, self.required = event, required
        self.zone = zone(event)

    def entries(self, name: str, value: datetime | None) -> Entries:
        if value is None:
            return {name: [""], f"{name}-twice": [""]}
        there = value.astimezone(self.zone)
        form = "%Y-%m-%dT%H:%M:%S" if there.second else "%Y-%m-%dT%H:%M"
        return {name: [there.strftime(form)], f"{name}-twice": [str(there.fold + 1) if self.twice(there) else ""]}

    def given(self, name: str, typed: Entries) -> Entries:
        return {key: typed.get(key, [""])[:1] or [""] for key in (name, f"{name}-twice")}

    def read(self, name: str, typed: Entries, wrong: Wrong) -> datetime | None:
        text, which = (given[0] for given in self.given(name, typed).values())
        try:
            return self.value(text, which)
        except ValueError as error:
            wrong.say(name, str(error))
            return None

    def value(self, text: str, which: str = "") -> datetime | None:
        """UTC; raises ValueError with a sentence."""
        text = text.strip()
        if not text:
            if self.required:
                raise ValueError(_("This cannot be empty."))
            return None
        there = self._there(text)
        if there.astimezone(UTC).astimezone(self.zone).replace(fold=0) != there:
            words = _("There is no {time} on that day: the clocks of {zone} are put forward over it.")
            raise ValueError(words.format(time=f"{there:%H:%M}", zone=self.event.zone))
        if self.twice(there):
            if which not in ("1", "2"):
                words = _("{time} comes twice in that night, as the clocks of {zone} are put back. Choose which.")
                raise ValueError(words.format(time=f"{there:%H:%M}", zone=self.event.zone))
            there = there.replace(fold=int(which) - 1)
        return there.astimezone(UTC)

    def _there(self, text: str) -> datetime:
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            found = None
        if found is None or found.tzinfo or not 1900 <= found.year <= 2200:
            words = _("“{text}” is no date and time, such as 2028-03-25 10:30.")
            raise ValueError(words.format(text=text[:40]))
        return found.replace(tzinfo=self.zone, microsecond=0)

    def twice(self, there: datetime) -> bool:
        """Whether the clocks show this time twice."""
        one, other = there.replace(fold=0).utcoffset(), there.replace(fold=1).utcoffset()
        return one is not None and other is not None and one > other

    def asks(self, text: str) -> bool:
        """Whether a form has to ask which of two is meant."""
        try:
            return self.twice(self._there(text.strip()))
        except ValueError:
            return False

    def said(self, value: datetime | None) -> str:
        return wording.moment(self.event, value) if value else ""


class Cell(NamedTuple):
    """A column of a `Rows`. Its controls are called by the name of the rows and its own."""

    name: str
    label: str
    input: Input


class Rows:
    """A list of things of several cells each. Rows in which nothing stands count for nothing.

    `make` builds an item of its cells' values, `take` takes one apart; `empty` is what an untouched row holds.
    """

    shape = "rows"
    BLANK: ClassVar[int] = 1

    def __init__(
        self,
        cells: Sequence[Cell],
        make: Callable[..., Any],
        *,
        filler: frozenset[str] = frozenset(),
        add: str = "",
        say: Callable[[Any], str] | None = None,
    ) -> None:
        """`filler` names the cells that always hold something, and so do not make a row a row."""
        self.cells, self.make, self.filler, self.add, self._say = cells, make, filler, add, say

    def entries(self, name: str, value: Sequence[Any]) -> Entries:
        found: Entries = {control: [] for control in self._controls(name)}
        for item in value:
            for cell in self.cells:
                for control, entries in cell.input.entries(f"{name}-{cell.name}", getattr(item, cell.name)).items():
                    found[control] += entries
        return found

    def given(self, name: str, typed: Entries) -> Entries:
        rows = self.rows(name, typed)
        return {control: [row[control] for row in rows] for control in self._controls(name)}

    def rows(self, name: str, typed: Entries) -> list[dict[str, str]]:
        """What stands in each row that holds anything, by control."""
        return [row for row in self._all(name, typed) if self._holds(name, row)]

    def _all(self, name: str, typed: Entries) -> list[dict[str, str]]:
        controls = self._controls(name)
        count = max((len(typed.get(control, [])) for control in controls), default=0)
        return [{control: (typed.get(control, [])[n : n + 1] or [""])[0] for control in controls} for n in range(count)]

    def _holds(self, name: str, row: dict[str, str]) -> bool:
        return any(text.strip() for control, text in row.items() if control not in self._fillers(name))

    def arranged(self, name: str, typed: Entries, act: str, n: int) -> Entries:
        """The same entries with row `n` one `up` or `down`, or without it (`remove`); any other act changes nothing."""
        rows = self._all(name, typed)
        other = {"up": n - 1, "down": n + 1}.get(act, -1)
        if act == "remove" and 0 <= n < len(rows):
            del rows[n]
        elif 0 <= other < len(rows) and 0 <= n < len(rows):
            rows[n], rows[other] = rows[other], rows[n]
        return {**typed, **{control: [row[control] for row in rows] for control in self._controls(name)}}

    def read(self, name: str, typed: Entries, wrong: Wrong) -> tuple[Any, ...]:
        return tuple(self._item(name, n, row, wrong) for n, row in enumerate(self.rows(name, typed)))

    def _item(self, name: str, n: int, row: dict[str, str], wrong: Wrong) -> Any:
        values, mine = {}, Wrong()
        for cell in self.cells:
            control = f"{name}-{cell.name}"
            values[cell.name] = cell.input.read(control, {key: [text] for key, text in row.items()}, mine)
        if not mine:
            try:
                return self.make(**values)
            except ValueError as error:
                mine.say(f"{name}-{self.cells[-1].name}", str(error))
        for control, sentence in mine.items():
            wrong.say(f"{control}-{n}", sentence)
        return None

    def _controls(self, name: str) -> list[str]:
        blank = (cell.input.entries(f"{name}-{cell.name}", self._blank(cell)) for cell in self.cells)
        return [control for entries in blank for control in entries]

    def _fillers(self, name: str) -> set[str]:
        return {f"{name}-{cell}" for cell in self.filler}

    @staticmethod
    def _blank(cell: Cell) -> Any:
        return None if isinstance(cell.input, Moment) else ""

    def said(self, value: Sequence[Any]) -> str:
        return "; ".join(self._say(item) if self._say else self._cells_said(item) for item in value)

    def _cells_said(self, item: Any) -> str:
        said = (cell.input.said(getattr(item, cell.name)) for cell in self.cells)
        return ", ".join(text for text in said if text)
