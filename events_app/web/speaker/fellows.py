"""Those who share something, in their order: who they are, their affiliation for it, and which of them present.

Somebody who is not in the programme yet is added by name, with the address at which they can sign in, if it is known.
Of those who are there already the name and the address stay theirs to change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ...editing.together import Things
from ...intake.names import sorts_as
from ...language import gettext as _
from ...programme.lookup import index
from ...programme.model import Part, Person, Programme, Role, Value
from ...programme.planning import Contact, Planning
from ..forms import Entries, Wrong
from ..forms.inputs import email, plain
from ..organiser.naming import folded, proposed

LONGEST = 300  # characters of a name or an affiliation

MOST = 100
"""People of one thing: more than have ever stood on a paper here, and fewer than a program would name."""


class Fellow(Value, frozen=True, kw_only=True):
    person: str
    affiliation: str = ""
    presents: bool = False


class Fellows:
    """The input. `newcomers` and their `contacts` are gathered while a form is read."""

    shape = "fellows"

    def __init__(
        self,
        draft: Programme,
        public: Programme | None,
        planning: Planning,
        *,
        presenting: bool,
        there: Iterable[Part],
        own: Iterable[str],
    ) -> None:
        """`presenting`: it is said of each whether they present. `there` are the parts that stand there now: of
        whoever has none of them and is not public nothing is told. Whoever is `own` cannot take themselves off."""
        self._people = index(draft).people
        self._known = {person.code for person in (public.people if public else ())}
        told = self._known | {part.person for part in there}
        self._told = {code: person for code, person in self._people.items() if code in told}
        self._planning = planning
        self._own = frozenset(own)
        self.presenting = presenting
        self.newcomers: dict[str, Person] = {}
        self.contacts: dict[str, Contact] = {}

    def entries(self, name: str, value: Sequence[Fellow]) -> Entries:
        return {
            f"{name}-key": [fellow.person for fellow in value],
            f"{name}-name": [plain(self.name(fellow.person)) for fellow in value],
            f"{name}-affiliation": [plain(fellow.affiliation) for fellow in value],
            f"{name}-email": [""] * len(value),
            f"{name}-presents": [fellow.person for fellow in value if fellow.presents],
        }

    def given(self, name: str, typed: Entries) -> Entries:
        rows = self.rows(name, typed)
        found = {f"{name}-{cell}": [row[cell] for row in rows] for cell in ("key", "name", "affiliation", "email")}
        return found | {f"{name}-presents": [row["key"] for row in rows if row["presents"]]}

    def rows(self, name: str, typed: Entries) -> list[dict[str, str]]:
        """What stands in each row that holds anybody; a key that begins with + is somebody who is only named."""
        ticked = set(typed.get(f"{name}-presents", []))
        cells = [typed.get(f"{name}-{cell}", []) for cell in ("key", "name", "affiliation", "email")]
        rows = [
            {"key": key, "name": self.name(key) or said, "affiliation": affiliation, "email": mail}
            for key, said, affiliation, mail in zip(*cells, strict=False)
        ]
        return [
            row | {"presents": "yes" if row["key"] in ticked else ""}
            for row in rows
            if not row["key"].startswith("+") or row["name"].strip() or row["email"].strip()
        ]

    def next_key(self, name: str, typed: Entries) -> str:
        """Of the empty row in which somebody can be named."""
        taken = {row["key"] for row in self.rows(name, typed)}
        return next(key for n in range(len(taken) + 1) if (key := f"+{n}") not in taken)

    def name(self, key: str) -> str:
        person = self._told.get(key)
        return person.name if person else ""

    def affiliation(self, key: str) -> str:
        """Somebody's own."""
        person = self._told.get(key)
        return person.affiliation if person else ""

    def arranged(self, name: str, typed: Entries, act: str, n: int) -> Entries:
        """The same entries with row `n` one up or down, or without it; any other act only makes room for one more."""
        rows = self.rows(name, typed)
        other = {"up": n - 1, "down": n + 1}.get(act, -1)
        if act == "remove" and 0 <= n < len(rows):
            del rows[n]
        elif 0 <= other < len(rows) and 0 <= n < len(rows):
            rows[n], rows[other] = rows[other], rows[n]
        found = {f"{name}-{cell}": [row[cell] for row in rows] for cell in ("key", "name", "affiliation", "email")}
        return {**typed, **found, f"{name}-presents": [row["key"] for row in rows if row["presents"]]}

    def read(self, name: str, typed: Entries, wrong: Wrong) -> tuple[Fellow, ...]:
        found: list[Fellow] = []
        rows = self.rows(name, typed)
        if len(rows) > MOST:
            wrong.say(name, _("At most {n} people can be named here. Ask the organisers for more.").format(n=MOST))
            return ()
        for n, row in enumerate(rows):
            try:
                person = self._person(row)
            except ValueError as error:
                wrong.say(f"{name}-{'email' if row['name'].strip() else 'name'}-{n}", str(error))
                continue
            if any(fellow.person == person for fellow in found):
                wrong.say(f"{name}-name-{n}", _("{name} stands here twice.").format(name=row["name"]))
            new = row["key"].startswith("+")
            affiliation = "" if new else " ".join(row["affiliation"].split())[:LONGEST]
            found.append(Fellow(person=person, affiliation=affiliation, presents=bool(row["presents"])))
        self._stay(name, found, wrong)
        return tuple(found)

    def _stay(self, name: str, found: Sequence[Fellow], wrong: Wrong) -> None:
        if self._own and not any(fellow.person in self._own for fellow in found):
            wrong.say(
                name,
                _("You cannot take yourself off here, or you could not come back. Ask one of the others to do it."),
            )

    def _person(self, row: dict[str, str]) -> str:
        """The code of whoever a row names; raises ValueError with a sentence."""
        if not row["key"].startswith("+"):
            if row["key"] not in self._told:
                raise ValueError(_("“{name}” is not in the programme any more.").format(name=row["name"][:80]))
            return row["key"]
        name = " ".join(row["name"].split())
        address = email(row["email"].strip()) if row["email"].strip() else ""
        if not name:
            raise ValueError(_("Write their name, too."))
        if len(name) > LONGEST:
            raise ValueError(_("This is {n} characters too long.").format(n=len(name) - LONGEST))
        return self._there(name, address) or self._newcomer(name, " ".join(row["affiliation"].split()), address)

    def _there(self, name: str, address: str) -> str:
        """The code of somebody who is in the programme already: of that name and address, or, where no address is
        given, the only one of that name whom everybody can see there."""
        alike = [person.code for person in self._people.values() if folded(person.name) == folded(name)]
        if address:
            kept = {contact.person for contact in self._planning.contacts if contact.email == address}
            return next((code for code in alike if code in kept), "")
        public = [code for code in alike if code in self._known]
        return public[0] if len(public) == 1 else ""

    def _newcomer(self, name: str, affiliation: str, address: str) -> str:
        code = proposed("people", name, (*self._people, *self.newcomers))
        self.newcomers[code] = Person(code=code, name=name, sorts_as=sorts_as(name), affiliation=affiliation[:LONGEST])
        if address:
            self.contacts[code] = Contact(person=code, email=address)
        return code

    def said(self, value: Sequence[Fellow]) -> str:
        return "; ".join(map(self._said, value))

    def _said(self, fellow: Fellow) -> str:
        new = self.newcomers.get(fellow.person)
        name = new.name if new else self.name(fellow.person) or fellow.person
        more = [fellow.affiliation, _("presents") if fellow.presents else ""]
        told = ", ".join(filter(None, more))
        return f"{name} ({told})" if told else name

    def added(self) -> Things:
        """Whoever is named for the first time, and their addresses."""
        people: dict[tuple[str, str], Value | None] = {("people", code): who for code, who in self.newcomers.items()}
        return people | {("contacts", code): contact for code, contact in self.contacts.items()}


def fellows(parts: Iterable[Part], role: Role, presents: Callable[[str], bool] = lambda _person: False) -> tuple[
    Fellow, ...
]:  # fmt: skip
    """Those who have a role in something."""
    return tuple(
        Fellow(person=part.person, affiliation=part.affiliation, presents=presents(part.person))
        for part in parts
        if part.role is role
    )
