"""Every field that organisers can change: its label, its help, its input. One place for all nouns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ...editing.timetable import LONGEST
from ...language import gettext as _
from ...programme.lookup import Index, index
from ...programme.model import (
    Event,
    Link,
    PaperStatus,
    Part,
    Programme,
    Role,
    RoomKind,
    SessionKind,
    Span,
    Staffing,
)
from ...programme.planning import Planning
from ...reading import Draft
from ...renditions.labels import kind_name, role_name
from ..forms import Field, Group
from ..forms.inputs import (
    Cell,
    Checked,
    Choice,
    Heading,
    Line,
    Moment,
    Number,
    Rows,
    Several,
    Text,
    Tick,
    Words,
    colour,
    email,
    language,
    orcid,
    url,
)
from .naming import Somebody
from .rows import hours, span, staffing

Options = list[tuple[str, str]]


class World:
    """What the inputs of one form choose from. `somebody` gathers the people who are named in it for the first time."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.programme: Programme = draft.programme
        self.planning: Planning = draft.planning
        self.event: Event = draft.programme.event
        self.look: Index = index(draft.programme)
        self.somebody = Somebody(draft.programme.people)

    @property
    def rooms(self) -> Options:
        return [("", _("none")), *((room.code, room.name) for room in self.programme.rooms)]

    @property
    def floors(self) -> Options:
        floors = [room for room in self.programme.rooms if room.kind is RoomKind.FLOOR]
        others = [room for room in self.programme.rooms if room.kind is not RoomKind.FLOOR]
        return [("", _("none")), *((room.code, room.name) for room in (*floors, *others))]

    @property
    def tracks(self) -> Options:
        return [("", _("none")), *((track.code, track.name) for track in self.programme.tracks)]

    @property
    def panels(self) -> Options:
        return [("", _("none")), *((panel.code, f"{panel.code} {panel.title}") for panel in self.programme.panels)]

    @property
    def showcases(self) -> Options:
        return [("", _("none")), *((show.code, show.title) for show in self.programme.showcases)]


def groups(collection: str, world: World) -> tuple[Group, ...]:
    """The fields of one kind of noun under their headings, with what is planned for it."""
    return _GROUPS[collection](world)


def fields(collection: str, world: World) -> tuple[Field, ...]:
    return tuple(field for group in groups(collection, world) for field in group.fields)


def named(fields: Iterable[Field], names: Sequence[str]) -> tuple[Field, ...]:
    """Some of the fields, in the order of `names`."""
    found = {field.name: field for field in fields}
    return tuple(found[name] for name in names)


def _sessions(world: World) -> tuple[Group, ...]:
    return (
        Group(
            _("What"),
            (
                Field("title", _("Title"), Heading(required=True)),
                Field("subtitle", _("Subtitle"), Line()),
                Field("kind", _("Kind"), kinds(), wide=False),
                Field("language", _("Language"), _language(), _("A code such as en or fr."), wide=False),
                Field("abstract", _("Abstract"), Text(rows=10), _markdown()),
            ),
        ),
        Group(
            _("When and where"),
            (
                Field("starts", _("Begins"), Moment(world.event), _("Empty: not placed yet."), wide=False),
                Field("minutes", _("Minutes"), minutes(), wide=False),
                Field("room", _("Room"), Choice(world.rooms), wide=False),
                Field("people", _("People expected"), Number(), wide=False),
                Field("cancelled", _("Cancelled"), Tick(), _("It stays in the programme, marked as cancelled.")),
            ),
        ),
        Group(
            _("Belongs to"),
            (
                Field("track", _("Track"), Choice(world.tracks), wide=False),
                Field("panel", _("Panel"), Choice(world.panels), wide=False),
                Field("showcase", _("Showcase"), Choice(world.showcases), wide=False),
            ),
        ),
        Group(_("Who"), (_parts(world, Role),)),
        Group(_("Links"), (_links(),)),
    )


def _papers(world: World) -> tuple[Group, ...]:
    roles = (Role.AUTHOR, Role.PRESENTER, Role.DISCUSSANT)
    return (
        Group(
            _("What"),
            (
                Field("title", _("Title"), Heading(required=True)),
                Field("abstract", _("Abstract"), Text(rows=12), _markdown()),
                Field("keywords", _("Keywords"), Words(), _("With commas between them.")),
                Field("language", _("Language"), _language(), _("A code such as en or fr."), wide=False),
            ),
        ),
        Group(
            _("Belongs to"),
            (
                Field("panel", _("Panel"), Choice(world.panels), wide=False),
                Field("track", _("Track"), Choice(world.tracks), wide=False),
                Field("status", _("Status"), statuses(), wide=False),
            ),
        ),
        Group(
            _("Who"),
            (
                _parts(
                    world,
                    roles,
                    _("Authors in order. Who presents has a second line as presenter; without one it is the first."),
                ),
            ),
        ),
        Group(_("Links"), (_links(),)),
    )


def _panels(world: World) -> tuple[Group, ...]:
    return (
        Group(
            _("What"),
            (
                Field("title", _("Title"), Heading(required=True)),
                Field("abstract", _("Abstract"), Text(rows=12), _markdown()),
                Field("keywords", _("Keywords"), Words(), _("With commas between them.")),
                Field("track", _("Track"), Choice(world.tracks), wide=False),
            ),
        ),
        Group(_("Who"), (_parts(world, (Role.CHAIR, Role.DISCUSSANT, Role.MODERATOR)),)),
        Group(_("Links"), (_links(),)),
    )


def _people(world: World) -> tuple[Group, ...]:
    cells = (
        Cell("starts", _("From"), Moment(world.event, required=True)),
        Cell("ends", _("Until"), Moment(world.event, required=True)),
        Cell(
            "can",
            _("They"),
            Choice([("no", _("cannot be there")), ("yes", _("can be there"))], lambda text: text == "yes"),
        ),
    )
    return (
        Group(
            _("Who"),
            (
                Field("name", _("Name"), Line(required=True)),
                Field("sorts_as", _("Sorted as"), Line(), _("Family name first: “Short, Clare”."), wide=False),
                Field("pronouns", _("Pronouns"), Line(), wide=False),
                Field("affiliation", _("Affiliation"), Line()),
                Field("country", _("Country"), Line(), wide=False),
                Field(
                    "languages",
                    _("Languages"),
                    Words(language),
                    _("Codes with commas between them: en, fr."),
                    wide=False,
                ),
                Field("biography", _("Biography"), Text(rows=8), _markdown()),
                Field("orcid", _("ORCID iD"), Checked(orcid), wide=False),
            ),
        ),
        Group(_("Links"), (_links(),)),
        Group(
            _("Only organisers see this"),
            (
                Field("email", _("E-mail"), Checked(email, kind="email"), wide=False),
                Field(
                    "gender",
                    _("Gender"),
                    Line(),
                    _("As the person has said it, in their own words; nothing is guessed."),
                    wide=False,
                ),
                Field("access", _("What they need to take part"), Text(rows=3)),
                Field("recorded", _("May be recorded"), consent(), wide=False),
                Field("photographed", _("May be photographed"), consent(), wide=False),
                Field(
                    "availability",
                    _("When they can or cannot be there"),
                    Rows(cells, hours, filler=frozenset({"can"}), add=_("Add a time")),
                    _("Who has any time at which they can is taken to be there only then."),
                ),
            ),
        ),
    )


def _rooms(world: World) -> tuple[Group, ...]:
    cells = (
        Cell("starts", _("From"), Moment(world.event, required=True)),
        Cell("ends", _("Until"), Moment(world.event, required=True)),
    )
    known = [("", _("not known")), ("yes", _("yes")), ("no", _("no"))]
    return (
        Group(
            _("What"),
            (
                Field("name", _("Name"), Line(required=True)),
                Field("kind", _("Kind"), room_kinds(), wide=False),
                Field("capacity", _("Seats"), Number(), _("Empty: not known."), wide=False),
                Field(
                    "step_free",
                    _("Step-free"),
                    Choice(known, lambda text: {"yes": True, "no": False}.get(text)),
                    wide=False,
                ),
                Field("building", _("Building"), Line(offers="all-buildings"), wide=False),
                Field("level", _("Floor"), Line(), wide=False),
                Field("equipment", _("Equipment"), Line()),
                Field("about", _("About it"), Text(), _markdown()),
            ),
        ),
        Group(
            _("When it is open"),
            (Field("opening", _("Opening hours"), Rows(cells, span, add=_("Add hours")), _("None: always open.")),),
        ),
    )


def _tracks(world: World) -> tuple[Group, ...]:
    return (
        Group(
            _("What"),
            (
                Field("name", _("Name"), Line(required=True)),
                Field("colour", _("Colour"), Checked(colour, shape="colour"), _("Empty: one is chosen."), wide=False),
                Field("about", _("About it"), Text(), _markdown()),
            ),
        ),
    )


def _showcases(world: World) -> tuple[Group, ...]:
    panels = [(panel.code, f"{panel.code} {panel.title}") for panel in world.programme.panels]
    cells = (
        Cell("starts", _("From"), Moment(world.event, required=True)),
        Cell("ends", _("Until"), Moment(world.event, required=True)),
        Cell("code", "", Line(kind="hidden")),
    )
    return (
        Group(
            _("What"),
            (
                Field("title", _("Title"), Heading(required=True)),
                Field("organisation", _("Organisation"), Line(), wide=False),
                Field("home", _("From"), Line(), _("Where the organisation is from."), wide=False),
                Field("summary", _("In one sentence"), Line()),
                Field("about", _("What it does"), Text(), _markdown()),
                Field("outcome", _("What came of it"), Text()),
                Field("wish", _("What they want from the day"), Text(rows=3)),
            ),
        ),
        Group(
            _("Where and when"),
            (
                Field("floor", _("Floor"), Choice(world.floors), wide=False),
                Field("place", _("Place"), Line(most=60), _("On that floor: “Table 7”."), wide=False),
                Field(
                    "staffing",
                    _("Hours with somebody there"),
                    Rows(
                        cells,
                        staffing,
                        filler=frozenset({"code"}),
                        add=_("Add hours"),
                        say=lambda hours: said_span(world.event, hours),
                    ),
                ),
            ),
        ),
        Group(_("Who"), (_parts(world, (Role.HOST, Role.FACILITATOR, Role.SPEAKER)),)),
        Group(
            _("Panels to which it has something to say"),
            (Field("panels", _("Panels"), Several(panels)),) if panels else (),
        ),
        Group(_("Links"), (_links(),)),
        Group(
            _("What it needs, and what was agreed (only organisers see this)"),
            (
                Field("table", _("A table"), Tick(), wide=False),
                Field("wall", _("A wall"), Tick(), wide=False),
                Field("power", _("Power"), Tick(), wide=False),
                Field("internet", _("Internet"), Tick(), wide=False),
                Field("quiet", _("A quiet place"), Tick(), wide=False),
                Field("set_up", _("Setting up"), Line()),
                Field("take_down", _("Taking down"), Line()),
                Field("notes", _("Notes"), Text(rows=3)),
                Field(
                    "demonstration",
                    _("What they would like to demonstrate"),
                    Text(rows=3),
                    _("In a slot of its own, and when it would suit them. Empty: no wish."),
                ),
                Field("demonstration_minutes", _("For how many minutes"), Number(most=600), wide=False),
                Field("listed", _("May be listed"), Tick(), _("Otherwise a release leaves it out."), wide=False),
                Field("pictured", _("May be pictured"), Tick(), wide=False),
            ),
        ),
    )


_GROUPS: dict[str, Callable[[World], tuple[Group, ...]]] = {
    "sessions": _sessions,
    "papers": _papers,
    "panels": _panels,
    "people": _people,
    "rooms": _rooms,
    "tracks": _tracks,
    "showcases": _showcases,
}


def kinds() -> Choice:
    return Choice([(kind.value, kind_name(kind)) for kind in SessionKind], SessionKind)


def statuses() -> Choice:
    return Choice([(status.value, status_name(status)) for status in PaperStatus], PaperStatus)


def status_name(status: PaperStatus) -> str:
    return {
        PaperStatus.ACCEPTED: _("Accepted"),
        PaperStatus.TABLED: _("Tabled"),
        PaperStatus.RESERVE: _("Reserve"),
        PaperStatus.WITHDRAWN: _("Withdrawn"),
    }[status]


def consent() -> Choice:
    """Yes, no, or nothing said yet."""
    said = [("", _("not said")), ("yes", _("yes")), ("no", _("no"))]
    return Choice(said, lambda text: {"yes": True, "no": False}.get(text))


def room_kinds() -> Choice:
    return Choice([(kind.value, room_kind_name(kind)) for kind in RoomKind], RoomKind)


def room_kind_name(kind: RoomKind) -> str:
    return {RoomKind.ROOM: _("A room, for one thing at a time"), RoomKind.FLOOR: _("A floor, for many")}[kind]


def minutes() -> Number:
    return Number(least=1, most=LONGEST, blank=False)


def _markdown() -> str:
    return _("Markdown: *emphasis*, **strong**, lists and links.")


def _language() -> Checked:
    return Checked(language, most=60)


def _parts(world: World, roles: Iterable[Role], help: str = "") -> Field:
    first = list(roles)
    others = [role for role in Role if role not in first]
    cells = (
        Cell("person", _("Person"), world.somebody),
        Cell("role", _("Role"), Choice([(role.value, role_name(role)) for role in (*first, *others)], Role)),
        Cell("affiliation", _("Affiliation for this"), Line()),
    )
    rows = Rows(cells, Part, filler=frozenset({"role"}), add=_("Add a person"), say=lambda part: said_part(world, part))
    return Field("parts", _("People"), rows, help)


def said_part(world: World, part: Part) -> str:
    """`Bob Baker (Chair)`"""
    name = world.look.people[part.person].name if part.person in world.look.people else part.person
    return f"{name} ({role_name(part.role)})"


def said_span(event: Event, hours: Span | Staffing) -> str:
    from ...programme import wording

    return wording.span(event, hours.starts, hours.ends)


def _links() -> Field:
    cells = (
        Cell("url", _("Address"), Checked(url, kind="text", required=True)),
        Cell("label", _("What it is called"), Line()),
    )
    return Field("links", _("Links"), Rows(cells, Link, add=_("Add a link"), say=lambda link: link.label or link.url))
