"""Who comes with a showcase: people whom its hosts, or those who offer it, name with an address."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..intake.codes import Codes
from ..intake.names import sorts_as
from ..programme.model import Person
from ..programme.planning import Contact

RESERVED = ("new",)
"""What stands in addresses where a person's code could."""


def host(people: Collection[Person], contacts: Iterable[Contact], name: str, email: str) -> tuple[Person, Contact]:
    """The person of this name whom this address (in lower case) reaches already; else somebody new.

    An address alone is not enough: whoever names one would learn whose it is. Two of one name may be two people; where
    they are one, organisers merge them.
    """
    known = {contact.person: contact for contact in contacts if email and contact.email == email}
    for person in people:
        if person.code in known and _folded(person.name) == _folded(name):
            return person, known[person.code]
    codes = Codes("people")
    for code in (*(person.code for person in people), *RESERVED):
        codes.give(code)
    code = codes.give("", name)
    return Person(code=code, name=name, sorts_as=sorts_as(name)), Contact(person=code, email=email)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
