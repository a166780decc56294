"""What the timetable's script says, in the language that is spoken. `{…}` is filled in by the script."""

from __future__ import annotations

from ...language import gettext as _


def words() -> dict[str, str]:
    return {
        "held": _(
            "{title} is picked up. Arrow keys move it, Shift and arrow keys change its length, "
            "Enter drops it, Escape leaves it where it was."
        ),
        "idle": _("On this day: {n}. Not placed: {m}. Drag a session, or choose it and pick it up; ? lists the keys."),
        "looked_at": _("On this day: {n}. Not placed: {m}."),
        "at": _("{time}, {room}"),
        "length": _("{minutes} minutes"),
        "free": _("Nothing is in the way."),
        "more": _("and {n} more"),
        "dropped": _("{title}: {time}, {room}."),
        "returned": _("{title} is back in the tray."),
        "left": _("{title} stays where it was."),
        "undone": _("Taken back: {what}."),
        "redone": _("Done again: {what}."),
        "nothing": _("There is nothing to take back."),
        "nothing_again": _("There is nothing to do again."),
        "undo": _("Undo: {what}"),
        "redo": _("Redo: {what}"),
        "marked": _("{title} is marked. Go to another session and press S to swap the two, or Escape."),
        "unmarked": _("No session is marked any more."),
        "swapped": _("{one} and {other} have changed places."),
        "moved_by": _("{who} moved {title}."),
        "changed_by": _("{who} changed {n} sessions."),
        "somebody": _("Somebody"),
        "refused": _("That was not done: {why}"),
        "offline": _("The service does not answer. What you see may not be the latest."),
        "online": _("The service answers again."),
        "to_day": _("Drop here to move it to {day}, at the same time in the same room if that is free"),
        "to_tray": _("Drop here to return it to the tray"),
        "unplaced": _("not placed"),
        "cancelled": _("cancelled"),
        "people": _("{n} expected"),
        "none_found": _("Nothing here fits."),
        "all_placed": _("Everything is placed."),
        "no_findings": _("Nothing was found that wants a look."),
        "error": _("Error"),
        "warning": _("Warning"),
        "hint": _("Hint"),
        "reload": _("So much has changed that the page is loaded again."),
        "open": _("Forms for {title}"),
    }
