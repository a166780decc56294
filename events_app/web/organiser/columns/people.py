"""The table of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from ....language import gettext as _
from ....programme.missing import answered
from ....programme.model import Panel, Paper, Person, Role, Session, Showcase
from ....renditions.labels import role_name
from ..fields import World
from ..naming import folded
from .parts import Column, Filter, Table, equal


def everybody(world: World) -> Table:
    emails = {contact.person: contact.email for contact in world.planning.contacts}
    hours = {span.person for span in world.planning.availability}
    roles: dict[str, dict[Role, int]] = {}
    programme = world.programme
    holders: tuple[Sequence[Panel | Session | Paper | Showcase], ...] = (
        programme.panels,
        programme.sessions,
        programme.papers,
        programme.showcases,
    )
    for part in (part for nouns in holders for noun in nouns for part in noun.parts):
        held = roles.setdefault(part.person, {})
        held[part.role] = held.get(part.role, 0) + 1

    def told(person: Person) -> str:
        held = roles.get(person.code, {})
        return ", ".join(f"{role_name(role, n)}{f' ×{n}' if n > 1 else ''}" for role, n in held.items())

    def lacks(person: Person, what: str) -> bool:
        match what:
            case "email":
                return not emails.get(person.code)
            case "parts":
                return person.code not in roles
            case "biography":
                return not person.biography
            case _:
                return not person.affiliation

    def part_count(person: Person) -> int:
        return -sum(roles.get(person.code, {}).values())

    answers: dict[str, list[bool]] = {}
    for answer in world.planning.answers:
        answers.setdefault(answer.person, []).append(answer.comes)

    def coming(person: Person) -> str:
        said = answers.get(person.code, [])
        no = said.count(False)
        return _("no ({n} of {all})").format(n=no, all=len(said)) if no else _("yes") if said else ""

    asked = cache(lambda: answered(world.draft))

    def comes(person: Person, what: str) -> bool:
        said = answers.get(person.code, [])
        match what:
            case "yes":
                return bool(said) and all(said)
            case "no":
                return not all(said)
            case "unsaid":
                return not asked().get(person.code, True)
            case _:
                return person.code in asked()

    counted = Counter(folded(person.name) for person in programme.people)
    countries = sorted({person.country for person in programme.people if person.country})
    used = [role for role in Role if any(role in held for held in roles.values())]
    return Table(
        (
            Column("sorts", _("Sorted as"), lambda p: p.sorts_as, lambda p: folded(p.sorts_as or p.name)),
            Column("affiliation", _("Affiliation"), lambda p: p.affiliation),
            Column("country", _("Country"), lambda p: p.country),
            Column("parts", _("Parts"), told, part_count),
            Column("comes", _("Comes"), coming),
            Column("email", _("E-mail"), lambda p: emails.get(p.code, "")),
            Column("hours", _("Times"), lambda p: _("limited") if p.code in hours else ""),
        ),
        (
            Filter(
                "role",
                _("Role"),
                [(role.value, role_name(role)) for role in used],
                lambda p, v: any(role == v for role in roles.get(p.code, {})),
            ),
            equal("country", _("Country"), [(country, country) for country in countries], lambda p: p.country),
            Filter("hours", _("Times"), [("yes", _("cannot be there always"))], lambda p, v: p.code in hours),
            Filter(
                "comes",
                _("Comes"),
                [
                    ("yes", _("has said yes")),
                    ("no", _("has said no to something")),
                    ("unsaid", _("has not answered")),
                    ("asked", _("is asked")),
                ],
                comes,
            ),
            Filter("same", _("Name"), [("yes", _("of several people"))], lambda p, v: counted[folded(p.name)] > 1),
            Filter(
                "lacks",
                _("Without"),
                [
                    ("email", _("e-mail")),
                    ("parts", _("any part")),
                    ("biography", _("biography")),
                    ("affiliation", _("affiliation")),
                ],
                lacks,
            ),
        ),
        lambda p: " ".join((p.code, p.name, p.sorts_as, p.affiliation, p.country, emails.get(p.code, ""))),
        ("affiliation", "country", "languages"),
    )
