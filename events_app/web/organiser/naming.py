"""Which person, paper or panel is meant by what somebody has typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...intake.codes import Codes
from ...intake.names import sorts_as
from ...language import gettext as _
from ...programme.model import Paper, Person
from ..forms.inputs import One

MARK = " · "
"""Between a name and the code that tells it from others of that name."""

NEW = "+"
"""In front of a name: somebody who is not in the programme yet."""


class Named(One):
    """A control in which a thing is named, with a list that offers all: its code, or its name if it is the only one
    of that name. The value is its code."""

    shape = "line"
    kind, most, required = "text", 500, False

    def __init__(self, things: Sequence[tuple[str, str]], offers: str, noun: str) -> None:
        """`things` are codes and names; `offers` is the id of the datalist; `noun` says what is not found."""
        self.offers, self.noun = offers, noun
        self._names = dict(things)
        self._codes = {code.lower(): code for code, _name in things}
        self._by_name: dict[str, list[str]] = {}
        for code, name in things:
            self._by_name.setdefault(folded(name), []).append(code)

    def text(self, value: str) -> str:
        return labelled(self._names[value], value) if value in self._names else value

    def value(self, text: str) -> str:
        text = " ".join(text.split())
        for wish in (text.rpartition(MARK.strip())[2].strip(), text):
            if wish.lower() in self._codes:
                return self._codes[wish.lower()]
        found = self._by_name.get(folded(text), [])
        if len(found) == 1:
            return found[0]
        if found:
            words = _("There are {n} called “{name}”: {codes}. Choose one from the list.")
            raise ValueError(words.format(n=len(found), name=text, codes=", ".join(found)))
        raise ValueError(self.missing(text))

    def missing(self, text: str) -> str:
        return _("There is no {noun} “{name}”.").format(noun=self.noun, name=text[:80])

    def said(self, value: str) -> str:
        return self._names.get(value, value)


class Somebody(Named):
    """A person. A name behind a `+` is somebody new, who is then among the `newcomers`."""

    shape = "person"

    def __init__(self, people: Iterable[Person]) -> None:
        self._people = tuple(people)
        super().__init__([(person.code, person.name) for person in self._people], "all-people", _("person"))
        self.newcomers: dict[str, Person] = {}

    def value(self, text: str) -> str:
        text = " ".join(text.split())
        if text.startswith(NEW):
            return self._newcomer(text[1:].strip()).code
        return super().value(text)

    def _newcomer(self, name: str) -> Person:
        if not name:
            raise ValueError(_("Write the name of the new person behind the +."))
        if name not in self.newcomers:
            taken = [person.code for person in (*self._people, *self.newcomers.values())]
            self.newcomers[name] = Person(code=proposed("people", name, taken), name=name, sorts_as=sorts_as(name))
        return self.newcomers[name]

    def missing(self, text: str) -> str:
        words = _("There is nobody called “{name}” yet. Choose from the list, or add them as somebody new.")
        return words.format(name=text[:80])


def papers(found: Iterable[Paper]) -> Named:
    return Named([(paper.code, paper.title) for paper in found], "all-papers", _("paper"))


def labelled(name: str, code: str) -> str:
    """`Bob Baker · bob-baker`: how a thing stands in a list to choose from."""
    return f"{name}{MARK}{code}"


def proposed(collection: str, words: str, taken: Iterable[str]) -> str:
    """A code that nothing else bears, made of a name or title."""
    codes = Codes(collection)
    for code in taken:
        codes.give(code)
    return codes.give("", words)


def folded(text: str) -> str:
    """For comparing: without case, and with single spaces."""
    return " ".join(text.casefold().split())
