"""The spreadsheet template: which sheets there are, which columns each has, and by what names they are found.

The reader, the template to download and docs/import.md all stand on these tables. Names are compared without case,
blanks and punctuation.
"""

# ruff: noqa: E501 (a table, read line by line)
from __future__ import annotations

import re
from typing import NamedTuple


class Column(NamedTuple):
    """`names` are others by which it is found. `about` is what the template and the documentation say of it."""

    field: str
    title: str
    about: str
    example: str = ""
    names: tuple[str, ...] = ()


class Sheet(NamedTuple):
    """`marks` are fields by which a sheet of another name is known; all of one group must be there."""

    kind: str
    title: str
    about: str
    names: tuple[str, ...]
    marks: tuple[frozenset[str], ...]
    columns: tuple[Column, ...]


def plain(name: object) -> str:
    """A name as it is compared."""
    return re.sub(r"[\W_]+", "", str(name)).casefold()


_CODE = "A short code of your own, such as {}; it stands in addresses and never changes. Empty: made of the title."
_PEOPLE = "Names, parted by semicolons; the affiliation in brackets after each."
_LINKS = "Web addresses, parted by blanks or lines; a label may stand in front: Slides: https://…"
_WORDS = "Parted by semicolons or commas."

EVENT = Sheet(
    "event",
    "Event",
    "The event itself, one line for each thing: what it is in column A, its value in column B.",
    ("event", "conference", "veranstaltung"),
    (),
    (
        Column("name", "Name", "The event’s name.", "Small Conference 2028", ("event", "title", "conference", "event name")),
        Column("slug", "Short name", "For addresses: a-z, 0-9 and hyphens.", "small-2028", ("slug", "acronym")),
        Column("first", "First day", "The first conference day.", "2028-03-25", ("start date", "starts", "start", "from")),
        Column("last", "Last day", "The last conference day.", "2028-03-26", ("end date", "ends", "end", "to", "until")),
        Column("zone", "Time zone", "The IANA name of its time zone.", "Europe/London", ("timezone", "tz")),
        Column("boundary", "Day begins at", "When a conference day begins; what runs before belongs to the day before.", "04:00", ("day change",)),
        Column("subtitle", "Subtitle", "A second line under the name.", "Public services, together"),
        Column("about", "About", "A text about the event, in Markdown.", "Two days of …", ("description",)),
        Column("venue", "Venue", "Where it is.", "The Exchange", ("location", "place")),
        Column("address", "Address", "The venue’s postal address.", "3 Centenary Square, Birmingham", ("city",)),
        Column("url", "Website", "The event’s own address.", "https://small.example/2028", ("url", "web", "home page")),
        Column("colour", "Colour", "The event’s colour, as #rrggbb.", "#2f6f4f", ("color",)),
        Column("languages", "Languages", "Codes, the main one first.", "en, fr", ("language",)),
    ),
)  # fmt: skip

TEXTS = Sheet(
    "texts",
    "Texts",
    "Texts of the event for the front and the back of the programme: welcome, access, code of conduct, sponsors.",
    ("texts", "front matter", "pages"),
    (),
    (
        Column("title", "Title", "The text’s heading.", "Welcome"),
        Column("text", "Text", "The text, in Markdown.", "You are welcome here.", ("body",)),
        Column("where", "Where", "front or back.", "front", ("position", "place")),
    ),
)

ROOMS = Sheet(
    "rooms",
    "Rooms",
    "One row a room. Rooms that only sessions name are made as they come.",
    ("rooms", "room", "venues", "locations", "räume", "salles"),
    (frozenset({"name", "capacity"}), frozenset({"name", "building"}), frozenset({"name", "level"})),
    (
        Column("code", "Code", _CODE.format("aula"), "aula", ("id", "room id", "room code")),
        Column("name", "Name", "The room’s name.", "Aula", ("room", "room name", "title")),
        Column("kind", "Kind", "room (one thing at a time) or floor (an exhibition, posters, a foyer).", "room", ("type",)),
        Column("capacity", "Capacity", "How many people it holds.", "300", ("seats", "size", "places")),
        Column("building", "Building", "The building that it is in.", "Exchange", ("house",)),
        Column("level", "Level", "The floor that it is on.", "0", ("storey", "floor number", "floor level")),
        Column("step_free", "Step-free", "yes or no: whether one gets there without steps.", "yes", ("accessible", "wheelchair access", "wheelchair")),
        Column("equipment", "Equipment", "What is there.", "Projector, hearing loop", ("av", "facilities")),
        Column("about", "About", "Anything else, in Markdown.", "", ("notes", "description")),
    ),
)  # fmt: skip

TRACKS = Sheet(
    "tracks",
    "Tracks",
    "One row a track, or theme.",
    ("tracks", "track", "themes", "streams", "strands"),
    (frozenset({"name", "colour"}),),
    (
        Column("code", "Code", _CODE.format("trust"), "trust", ("id", "track id")),
        Column("name", "Name", "The track’s name.", "Trust and control", ("track", "title", "theme", "stream")),
        Column("colour", "Colour", "As #rrggbb.", "#2f6f4f", ("color",)),
        Column("about", "About", "A text about it, in Markdown.", "", ("description",)),
    ),
)

PANELS = Sheet(
    "panels",
    "Panels",
    "One row a panel: a thread with chairs that spans several sessions and holds papers.",
    ("panels", "panel", "symposia"),
    (frozenset({"title", "chairs"}),),
    (
        Column("code", "Code", _CODE.format("P12"), "P1", ("id", "panel", "panel code", "panel id", "number", "no")),
        Column("title", "Title", "The panel’s title.", "Trust in public services", ("panel title", "name")),
        Column("chairs", "Chairs", _PEOPLE, "Alice Adler (Bonn); Bob Baker (Aston)", ("chair", "panel chair", "panel chairs", "convenors", "conveners", "convenor", "convener", "organisers", "organizers")),
        Column("abstract", "Abstract", "In Markdown.", "How trust grows …", ("description", "call")),
        Column("track", "Track", "The track’s code or name.", "trust", ("theme", "stream", "strand")),
        Column("keywords", "Keywords", _WORDS, "trust; co-production", ("tags",)),
        Column("links", "Links", _LINKS, "", ("link", "url")),
    ),
)  # fmt: skip

_WHEN = (
    Column("day", "Date", "The calendar date on which it starts, also after midnight.", "2028-03-25", ("day", "session date", "start date")),
    Column("starts", "Start", "When it starts, on the event’s clocks; 09:30–11:00 gives the end too.", "10:30", ("time", "start time", "starts", "from", "begin", "begins", "session time", "starts at", "date start", "date and time")),
    Column("ends", "End", "When it ends; or give the minutes.", "12:00", ("end time", "ends", "to", "until", "finish", "ends at", "end date", "date end")),
)  # fmt: skip

SESSIONS = Sheet(
    "sessions",
    "Sessions",
    "One row a session: everything that has a time and a place, breaks too.",
    ("sessions", "session", "schedule", "programme", "program", "timetable", "agenda", "slots"),
    (frozenset({"title", "starts"}), frozenset({"title", "day"}), frozenset({"panel", "starts"})),
    (
        Column("code", "Code", _CODE.format("K1"), "P1-1", ("id", "session", "session code", "session id", "number", "no", "slot")),
        Column("title", "Title", "Empty: its panel’s title.", "Trust in public services (1)", ("session title", "name", "session name", "event", "sessions")),
        Column("kind", "Kind", "keynote, discussion, papers, talk, workshop, roundtable, posters, showcase, open-space, meeting, social or break.", "papers", ("type", "session type", "format")),
        *_WHEN,
        Column("minutes", "Minutes", "How long it lasts, where no end is given.", "90", ("duration", "length", "min", "mins", "duration min", "duration minutes")),
        Column("room", "Room", "The room’s code or name.", "room-b", ("location", "venue", "place", "salle", "raum")),
        Column("track", "Track", "The track’s code or name.", "trust", ("theme", "stream", "strand")),
        Column("panel", "Panel", "The panel’s code or title.", "P1", ("panel code", "panel id")),
        Column("papers", "Papers", "The papers’ codes or titles in order, parted by semicolons; or say it in the papers’ rows.", "", ("paper", "paper ids", "paper codes", "presentations")),
        Column("chairs", "Chair", _PEOPLE, "Alice Adler (Bonn)", ("chairs", "session chair", "session chairs", "chairperson")),
        Column("moderators", "Moderator", _PEOPLE, "", ("moderators", "moderation")),
        Column("keynotes", "Keynote speaker", _PEOPLE, "", ("keynote speakers", "keynote")),
        Column("panellists", "Panellists", _PEOPLE, "", ("panellist", "panelists", "panelist", "podium")),
        Column("speakers", "Speakers", _PEOPLE, "", ("speaker", "presenter", "presenters", "names", "people")),
        Column("discussants", "Discussant", _PEOPLE, "", ("discussants", "respondent", "respondents")),
        Column("facilitators", "Facilitators", _PEOPLE, "", ("facilitator",)),
        Column("hosts", "Hosts", _PEOPLE, "", ("host",)),
        Column("subtitle", "Subtitle", "A second line under the title.", ""),
        Column("abstract", "Abstract", "In Markdown.", "", ("description", "summary", "about", "details")),
        Column("language", "Language", "A code such as en.", "en", ("lang",)),
        Column("showcase", "Showcase", "The code or title of the showcase that demonstrates here.", ""),
        Column("links", "Links", _LINKS, "", ("link", "url", "urls")),
        Column("cancelled", "Cancelled", "yes, if it is called off.", "", ("canceled", "status")),
        Column("expected", "Expected", "How many people you expect. Only organisers see it.", "40", ("expected number", "attendance", "expected attendance", "pax")),
    ),
)  # fmt: skip

PAPERS = Sheet(
    "papers",
    "Papers",
    "One row a paper. A list that gives each paper’s date, start and room, too, needs no sheet of sessions.",
    ("papers", "paper", "abstracts", "submissions", "contributions", "presentations", "talks"),
    (frozenset({"title", "authors"}), frozenset({"title", "session"}), frozenset({"title", "presenters", "abstract"})),
    (
        Column("code", "Code", _CODE.format("T1"), "T1", ("id", "paper", "paper id", "paper code", "paper number", "submission id", "uid", "pid", "number", "no", "abstract id")),
        Column("title", "Title", "The paper’s title.", "Letting go of the controls", ("paper title", "name", "abstract title", "contribution")),
        Column("authors", "Authors", _PEOPLE + " A star after a name marks who presents. Or columns Author 1, Affiliation 1, E-mail 1, Author 2 …", "Bob Baker (Aston)*; Charlie Khan (Lund)", ("author", "author s", "authors affiliations", "author names")),
        Column("presenters", "Presenter", "Who presents, if not the first author.", "", ("presenters", "presented by", "presenting author", "speaker", "speakers")),
        Column("affiliations", "Affiliations", "Where authors have none in brackets: one for all, or one each, parted by semicolons.", "", ("affiliation", "institution", "institutions", "organisation", "organization")),
        Column("emails", "E-mail", "One each, parted by semicolons, or the first author’s. Only organisers see it.", "", ("emails", "mail", "author email", "contact", "corresponding email", "email address")),
        Column("abstract", "Abstract", "In Markdown.", "We let go …", ("description", "summary", "text")),
        Column("keywords", "Keywords", _WORDS, "trust; control", ("tags", "topics")),
        Column("panel", "Panel", "The panel’s code or title.", "P1", ("panel code", "panel id", "panel title")),
        Column("track", "Track", "The track’s code or name.", "", ("theme", "stream", "strand")),
        Column("session", "Session", "The code or title of the session in which it is given.", "P1-1", ("session code", "session id", "session title", "slot", "session name")),
        Column("order", "Order", "Its place in the session: 1, 2, 3. Empty: as the rows stand.", "1", ("position", "order in session", "session order", "presentation order", "sequence")),
        Column("minutes", "Minutes", "How long it has. Empty: an equal share.", "20", ("duration", "length")),
        *_WHEN,
        Column("room", "Room", "The session’s room, where there is no sheet of sessions.", "", ("location", "venue")),
        Column("chairs", "Chair", "The session’s chair, where there is no sheet of sessions.", "", ("chairs", "session chair")),
        Column("discussants", "Discussant", "Who discusses this paper.", "", ("discussants", "respondent")),
        Column("language", "Language", "A code such as en.", "", ("lang",)),
        Column("status", "Status", "accepted, tabled (listed, not presented), reserve, or withdrawn (left out).", "accepted", ("state", "decision")),
        Column("links", "Links", _LINKS, "", ("link", "url")),
    ),
)  # fmt: skip

PEOPLE = Sheet(
    "people",
    "People",
    "One row a person, for what lists of names cannot say. Those who are only named elsewhere are made as they come.",
    ("people", "persons", "speakers", "authors", "participants", "contacts", "delegates"),
    (
        frozenset({"name", "affiliation"}),
        frozenset({"name", "email"}),
        frozenset({"name", "biography"}),
        frozenset({"family", "given"}),
    ),
    (
        Column("code", "Code", _CODE.format("bob-baker"), "", ("id", "person id")),
        Column("name", "Name", "As it is to be printed.", "Bob Baker", ("full name", "person", "speaker", "author", "display name")),
        Column("given", "Given name", "Where the name stands in two columns.", "", ("first name", "forename")),
        Column("family", "Family name", "The index is ordered by it.", "", ("last name", "surname")),
        Column("sorts_as", "Sorts as", "How the index is to order it: Baker, Bob.", "Baker, Bob", ("sort name",)),
        Column("affiliation", "Affiliation", "Where they are from.", "Aston University", ("institution", "organisation", "organization", "company", "university")),
        Column("country", "Country", "", "United Kingdom"),
        Column("pronouns", "Pronouns", "If they wish them printed.", "he/him"),
        Column("email", "E-mail", "Only organisers see it.", "", ("mail", "email address", "contact")),
        Column("gender", "Gender", "Only if they chose to say; only organisers see it.", ""),
        Column("biography", "Biography", "In Markdown.", "Bob works on trust.", ("bio", "about")),
        Column("orcid", "ORCID", "", "0000-0002-1825-0097", ("orcid id",)),
        Column("languages", "Languages", "Codes, parted by commas.", "en, fr", ("language",)),
        Column("links", "Links", _LINKS, "", ("link", "url", "website", "web")),
        Column("away", "Not there", "When they cannot be there: 2028-03-25 09:00–12:00; more parted by semicolons. Only organisers see it.", "", ("unavailable", "cannot attend", "not available")),
        Column("present", "Only there", "The only times at which they are there, in the same way. Only organisers see it.", "", ("available", "availability")),
    ),
)  # fmt: skip

SHOWCASES = Sheet(
    "showcases",
    "Showcases",
    "One row for each community that shows its work.",
    ("showcases", "showcase", "exhibitors", "communities", "stalls", "exhibition"),
    (frozenset({"organisation", "summary"}), frozenset({"organisation", "floor"}), frozenset({"title", "wish"}), frozenset({"organisation", "staffing"})),
    (
        Column("code", "Code", _CODE.format("dadz"), "dadz", ("id", "showcase id")),
        Column("title", "Title", "What it is called.", "Salford Dadz", ("name", "showcase")),
        Column("organisation", "Organisation", "Who shows it.", "Salford Dadz", ("organization", "community", "group", "charity")),
        Column("home", "From", "Where the organisation is from.", "Salford", ("home", "town", "where from")),
        Column("summary", "Summary", "One sentence.", "Fathers who grow in confidence.", ("in one sentence",)),
        Column("about", "What it does", "In Markdown.", "", ("about", "description")),
        Column("outcome", "What came of it", "In Markdown.", "", ("outcome", "outcomes", "results")),
        Column("wish", "What they wish", "What they want from the day.", "", ("wish", "wishes")),
        Column("floor", "Floor", "The code or name of the room in which it stands.", "Foyer", ("room", "location")),
        Column("place", "Place", "Where on that floor.", "Table 7", ("table number", "stand", "stall")),
        Column("panels", "Panels", "Codes of panels to which it has something to say.", "P1", ("panel",)),
        Column("staffing", "Staffed", "When somebody is there: 2028-03-25 12:00–14:00; more parted by semicolons.", "2028-03-25 12:00–14:00", ("staffed hours", "hours")),
        Column("hosts", "Hosts", _PEOPLE, "Dana Osei (Salford Dadz)", ("people", "host", "contacts", "names")),
        Column("emails", "E-mail", "One each, parted by semicolons. Only organisers see it.", "", ("emails", "mail", "contact")),
        Column("links", "Links", _LINKS, "", ("link", "url", "website", "web")),
        Column("table", "Needs a table", "yes or no; only organisers see what is needed.", "yes", ("table",)),
        Column("wall", "Needs a wall", "yes or no.", "no", ("wall", "wall space", "poster wall")),
        Column("power", "Needs power", "yes or no.", "yes", ("power", "electricity")),
        Column("internet", "Needs internet", "yes or no.", "no", ("internet", "wifi", "network")),
        Column("quiet", "Needs quiet", "yes or no.", "no", ("quiet", "quiet place")),
        Column("set_up", "Set-up", "When they come to set up.", "", ("setup", "arrival")),
        Column("take_down", "Take-down", "When they take it down.", "", ("takedown", "departure")),
        Column("notes", "Other needs", "Anything else.", "", ("notes", "needs", "requirements")),
        Column("listed", "May be listed", "yes or no: whether they agreed to stand in the programme. Empty: yes.", "yes", ("consent to be listed", "listed", "publish")),
        Column("pictured", "May be pictured", "yes or no: whether they agreed to be pictured. Empty: no.", "no", ("consent to be pictured", "pictured", "photos")),
    ),
)  # fmt: skip

SHEETS = (EVENT, TEXTS, ROOMS, TRACKS, PANELS, SESSIONS, PAPERS, PEOPLE, SHOWCASES)
"""In the order in which the template shows them."""

GUIDE = "How to fill this in"
"""The name of the template's first sheet, which explains the others and is not read."""
