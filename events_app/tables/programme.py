"""The nouns of a programme in rows. Columns bear the names of the fields of `programme.model`.

`position` keeps the order of things; `origin` is the kind of file that brought one, empty for one made by hand, and
`imported` is what that file said of it, as JSON: what somebody changed since then can be told from it.
"""

from __future__ import annotations

from piccolo.columns import BigInt, Boolean, Integer
from piccolo.table import Table

from .columns import day, key, moment, owner, reference, words


class Events(Table):
    """`revision` moves with every write; `published` is the revision that the public sees, `version` its number."""

    id = key()
    slug = words(unique=True)
    uid = words(unique=True)
    name = words()
    starts = day()
    ends = day()
    zone = words()
    day_change = Integer(default=0)
    subtitle = words()
    about = words()
    venue = words()
    address = words()
    url = words()
    colour = words()
    languages = words()
    logo = words()
    front = words()
    back = words()
    rules = words()
    imported = words()
    revision = BigInt(default=0)
    published = BigInt(null=True, default=None)
    version = Integer(null=True, default=None)


class Rooms(Table):
    id = key()
    event = owner(Events)
    code = words()
    position = Integer(default=0)
    name = words()
    kind = words()
    capacity = Integer(default=0)
    building = words()
    level = words()
    step_free = Boolean(null=True, default=None)
    equipment = words()
    about = words()
    opening = words()
    source = words()
    origin = words()
    imported = words()


class Tracks(Table):
    id = key()
    event = owner(Events)
    code = words()
    position = Integer(default=0)
    name = words()
    colour = words()
    about = words()
    source = words()
    origin = words()
    imported = words()


class People(Table):
    id = key()
    event = owner(Events)
    code = words()
    position = Integer(default=0)
    name = words()
    sorts_as = words()
    pronouns = words()
    affiliation = words()
    country = words()
    biography = words()
    orcid = words()
    picture = words()
    languages = words()
    links = words()
    source = words()
    origin = words()
    imported = words()


class Panels(Table):
    id = key()
    event = owner(Events)
    code = words()
    position = Integer(default=0)
    title = words()
    abstract = words()
    track = reference(Tracks)
    keywords = words()
    links = words()
    source = words()
    origin = words()
    imported = words()


class Showcases(Table):
    id = key()
    event = owner(Events)
    code = words()
    position = Integer(default=0)
    title = words()
    organisation = words()
    home = words()
    summary = words()
    about = words()
    outcome = words()
    wish = words()
    floor = reference(Rooms)
    place = words()
    pictures = words()
    links = words()
    source = words()
    origin = words()
    imported = words()


class Papers(Table):
    id = key()
    event = owner(Events)
    code = words()
    position = Integer(default=0)
    title = words()
    abstract = words()
    keywords = words()
    panel = reference(Panels)
    track = reference(Tracks)
    language = words()
    status = words()
    links = words()
    files = words()
    source = words()
    origin = words()
    imported = words()


class Sessions(Table):
    id = key()
    event = owner(Events)
    code = words()
    position = Integer(default=0)
    title = words()
    kind = words()
    starts = moment()
    minutes = Integer(default=60)
    room = reference(Rooms)
    track = reference(Tracks)
    panel = reference(Panels)
    showcase = reference(Showcases)
    subtitle = words()
    abstract = words()
    language = words()
    links = words()
    files = words()
    cancelled = Boolean(default=False)
    source = words()
    origin = words()
    imported = words()


class Parts(Table):
    """A person in a role at exactly one of the four."""

    id = key()
    event = owner(Events)
    session = owner(Sessions)
    paper = owner(Papers)
    panel = owner(Panels)
    showcase = owner(Showcases)
    position = Integer(default=0)
    person = reference(People)
    role = words()
    affiliation = words()


class Turns(Table):
    """A paper's turn in a session."""

    id = key()
    event = owner(Events)
    session = owner(Sessions)
    position = Integer(default=0)
    paper = reference(Papers)
    minutes = Integer(default=0)


class Staffing(Table):
    """Hours in which somebody is at a display."""

    id = key()
    event = owner(Events)
    showcase = owner(Showcases)
    position = Integer(default=0)
    code = words()
    starts = moment()
    ends = moment()


class Interests(Table):
    """A panel to which a showcase has something to say."""

    id = key()
    event = owner(Events)
    showcase = owner(Showcases)
    position = Integer(default=0)
    panel = reference(Panels)


class Replies(Table):
    """What a panel answers to a showcase."""

    id = key()
    event = owner(Events)
    showcase = owner(Showcases)
    position = Integer(default=0)
    panel = reference(Panels)
    text = words()
