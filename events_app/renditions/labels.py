"""What kinds and roles are called, in the language that is spoken."""

from __future__ import annotations

from ..language import gettext as _
from ..language import ngettext
from ..programme.model import Attachment, ChangeKind, Role, SessionKind


def kind_name(kind: SessionKind) -> str:
    return {
        SessionKind.KEYNOTE: _("Keynote"),
        SessionKind.DISCUSSION: _("Discussion"),
        SessionKind.PAPERS: _("Papers"),
        SessionKind.TALK: _("Talk"),
        SessionKind.WORKSHOP: _("Workshop"),
        SessionKind.ROUNDTABLE: _("Round table"),
        SessionKind.POSTERS: _("Posters"),
        SessionKind.SHOWCASE: _("Demonstration"),
        SessionKind.OPEN_SPACE: _("Open space"),
        SessionKind.MEETING: _("Meeting"),
        SessionKind.SOCIAL: _("Social"),
        SessionKind.BREAK: _("Break"),
    }[kind]


def change_name(kind: ChangeKind) -> str:
    """How something changed, as a mark beside it."""
    return {
        ChangeKind.NEW: _("New"),
        ChangeKind.CANCELLED: _("Cancelled"),
        ChangeKind.BACK: _("Back on"),
        ChangeKind.MOVED: _("New time"),
        ChangeKind.ROOM: _("New room"),
        ChangeKind.PEOPLE: _("Changed"),
        ChangeKind.PAPERS: _("Changed"),
        ChangeKind.WORDS: _("Changed"),
    }[kind]


def role_name(role: Role, count: int = 1) -> str:
    """The role of one person or of several: `Chair`, `Chairs`."""
    return {
        Role.CHAIR: lambda: ngettext("Chair", "Chairs", count),
        Role.MODERATOR: lambda: ngettext("Moderator", "Moderators", count),
        Role.PANELLIST: lambda: ngettext("Panellist", "Panellists", count),
        Role.KEYNOTE: lambda: ngettext("Keynote speaker", "Keynote speakers", count),
        Role.SPEAKER: lambda: ngettext("Speaker", "Speakers", count),
        Role.PRESENTER: lambda: ngettext("Presenter", "Presenters", count),
        Role.AUTHOR: lambda: ngettext("Author", "Authors", count),
        Role.DISCUSSANT: lambda: ngettext("Discussant", "Discussants", count),
        Role.FACILITATOR: lambda: ngettext("Facilitator", "Facilitators", count),
        Role.HOST: lambda: ngettext("Host", "Hosts", count),
    }[role]()


def file_kind(file: Attachment) -> str:
    """`PDF, 1.2 MB`: what a file is, and its size."""
    if file.size >= 10**6:
        size = _("{n} MB").format(n=f"{file.size / 10**6:.1f}")
    else:
        size = _("{n} kB").format(n=max(1, round(file.size / 1000)))
    return f"{file.name.rpartition('.')[2].upper()}, {size}"
