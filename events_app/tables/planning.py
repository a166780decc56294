"""What only organisers may know, in rows. The rules of the house stand on the event.

`position`, `origin` and `imported` are as in `tables.programme`.
"""

from __future__ import annotations

from piccolo.columns import Boolean, Integer
from piccolo.table import Table

from .columns import key, moment, owner, words
from .programme import Events, People, Sessions, Showcases


class Contacts(Table):
    id = key()
    event = owner(Events)
    position = Integer(default=0)
    origin = words()
    imported = words()
    person = owner(People)
    email = words()
    gender = words()


class Availability(Table):
    id = key()
    event = owner(Events)
    position = Integer(default=0)
    origin = words()
    imported = words()
    person = owner(People)
    starts = moment()
    ends = moment()
    can = Boolean(default=False)


class Expected(Table):
    id = key()
    event = owner(Events)
    position = Integer(default=0)
    origin = words()
    imported = words()
    session = owner(Sessions)
    people = Integer(default=0)


class Accepted(Table):
    """A finding that may stay. What it is of may be gone: it names nothing by its key."""

    id = key()
    event = owner(Events)
    position = Integer(default=0)
    origin = words()
    imported = words()
    finding = words()
    reason = words()
    sentence = words()
    by = words()
    at = moment()


class Needs(Table):
    id = key()
    event = owner(Events)
    position = Integer(default=0)
    origin = words()
    imported = words()
    showcase = owner(Showcases)
    table = Boolean(default=False)
    wall = Boolean(default=False)
    power = Boolean(default=False)
    internet = Boolean(default=False)
    quiet = Boolean(default=False)
    set_up = words()
    take_down = words()
    notes = words()
    demonstration = words()
    demonstration_minutes = Integer(default=0)
    listed = Boolean(default=True)
    pictured = Boolean(default=False)


class Wishes(Table):
    id = key()
    event = owner(Events)
    position = Integer(default=0)
    origin = words()
    imported = words()
    person = owner(People)
    access = words()
    recorded = Boolean(null=True, default=None)
    photographed = Boolean(null=True, default=None)


class Answers(Table):
    """What it is about is named by its kind and code, not by its key: it may be gone."""

    id = key()
    event = owner(Events)
    position = Integer(default=0)
    origin = words()
    imported = words()
    person = owner(People)
    noun = words()
    code = words()
    comes = Boolean(default=False)
    reason = words()
    by = words()
    at = moment()


class Requests(Table):
    """What it is about is named by its kind and code, as in `Answers`."""

    id = key()
    event = owner(Events)
    position = Integer(default=0)
    origin = words()
    imported = words()
    code = words()
    noun = words()
    thing = words()
    field = words()
    was = words()
    wanted = words()
    by = words()
    at = moment()
    state = words()
    reason = words()
    decided_by = words()


class Offers(Table):
    id = key()
    event = owner(Events)
    position = Integer(default=0)
    origin = words()
    imported = words()
    code = words()
    name = words()
    email = words()
    showcase = words()
    needs = words()
    at = moment()
    state = words()
    reason = words()
    decided_by = words()


class Wordings(Table):
    id = key()
    event = owner(Events)
    position = Integer(default=0)
    origin = words()
    imported = words()
    letter = words()
    subject = words()
    text = words()
