"""What letters say: our own words for each kind, and a letter as plain text, as HTML and as a message.

The words are Markdown with placeholders such as `{name}`. All but `{link}` are put in when a letter is written;
`{link}` when it is sent, so that no letter that is kept lets anybody sign in.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Mapping, Sequence
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from markupsafe import Markup

from ..language import gettext as _
from ..language import speaking
from ..programme.letter import Kind, Letter
from ..programme.model import Value
from .palette import ink
from .plain import plain_text
from .templating import render
from .words import line, prose

WIDTH = 72
"""Characters of a line of plain text."""

_PLACEHOLDER = re.compile(r"(?<!\\)\{([a-z_]+)\}")
_LINK = re.compile(r"(?<!\\)\{link\}")
_LINK_IN_WORDS = re.compile(r"(?<=\]\()\{link\}(?=\))")
_LINK_FREE = re.compile(r"(?:(?<!\S)|(?<=\s[(“„«\"'*_]))\{link\}")
_ALONE = re.compile(r"^[ \t]*\{link\}[ \t]*$", re.MULTILINE)

_HEAD = 500
"""Characters of a header: to fold a longer one takes the standard library the square of its length."""


class Words(Value, frozen=True, kw_only=True):
    """Subject and Markdown for a kind of letter, and the placeholders that both may hold, each explained."""

    subject: str
    text: str
    placeholders: dict[str, str]


class House(Value, frozen=True, kw_only=True):
    """From whom a letter is. All but `sender` are empty for a letter of no event."""

    sender: str  # the address in From
    event: str = ""  # its name
    address: str = ""  # of its public page
    pages: str = ""  # of the pages of whoever has a part in it
    workspace: str = ""  # of those of whoever works on it
    reach: str = ""  # the address in Reply-To
    colour: str = ""


def wordings() -> dict[Kind, Words]:
    """Our own words for each kind, in the language spoken."""
    link = _("where they see and change what is theirs")
    common = {
        "greeting": _("“Dear Bob Baker,”"),
        "name": _("the reader's name"),
        "event": _("the event's name"),
        "dates": _("the event's days"),
        "venue": _("the event's venue"),
        "reach": _("the address at which people reach you"),
        "link": link,
    }
    return {
        Kind.SIGN_IN: Words(
            subject=_("Your link to sign in"),
            text=_(
                "Hello,\n\n"
                "With this link you sign in. It works once, and for {minutes} minutes.\n\n"
                "{link}\n\n"
                "If you have not asked for it you need do nothing: without the link nobody can sign in as you."
            ),
            placeholders={"link": _("signs its reader in"), "minutes": _("for how long the link is good")},
        ),
        Kind.INVITATION: Words(
            subject=_("{event}: your pages"),
            text=_(
                "{greeting}\n\n"
                "You have a part in {event} ({dates}).\n\n"
                "{parts}\n\n"
                "On your own pages you see when and where you are, keep your details right, and tell us whether you "
                "are coming.\n\n"
                "{link}\n\n"
                "The link works once, and for {days} days; it signs you in, so please do not pass it on. After that "
                "you can ask for a new one at any time with this address."
            ),
            placeholders={
                **common,
                "parts": _("what they have in the programme, in a line each"),
                "link": _("signs its reader in, and leads there"),
                "days": _("how long it works"),
            },
        ),
        Kind.DIGEST: Words(
            subject=_("{event}: your place in the programme"),
            text=_(
                "{greeting}\n\n"
                "Version {version} of the programme of {event} is out. This is new for you:\n\n"
                "{changes}\n\n"
                "{notes}\n\n"
                "Everything that is yours is on your pages:\n\n"
                "{link}"
            ),
            placeholders={
                **common,
                "changes": _("what is new for its reader, as a list"),
                "version": _("the version's number"),
                "notes": _("what you told the public of this version"),
            },
        ),
        Kind.REMINDER: Words(
            subject=_("{event}: what is still missing"),
            text=_(
                "{greeting}\n\n"
                "For {event} ({dates}) this is still missing:\n\n"
                "{missing}\n\n"
                "It takes a few minutes, on a phone too:\n\n"
                "{link}\n\n"
                "The link works once, and for {days} days; it signs you in, so please do not pass it on."
            ),
            placeholders={
                **common,
                "missing": _("what is missing of its reader's part, as a list"),
                "link": _("signs its reader in, and leads there"),
                "days": _("how long it works"),
            },
        ),
        Kind.MESSAGE: Words(
            subject=_("{event}"),
            text=_("{greeting}\n\n\n\nWith kind regards,\nthe organisers of {event}"),
            placeholders=common,
        ),
        Kind.ADDRESS: Words(  # it may be a stranger's: it says nothing of who asks
            subject=_("{event}: is this your address?"),
            text=_(
                "Hello,\n\n"
                "Somebody who has a part in {event} wants to be reached at this address from now on. If that is you, "
                "open this link in the browser in which you asked for it, and press the button there.\n\n"
                "{link}\n\n"
                "The link works once, and for {hours} hours. If you have not asked for it you need do nothing: without "
                "you nothing changes."
            ),
            placeholders={**common, "hours": _("how long it works")},
        ),
    }


def member_words() -> Words:
    """To somebody who is asked to work on an event."""
    invitation = wordings()[Kind.INVITATION]
    return Words(
        subject=_("{event}: you are asked to help"),
        text=_(
            "{greeting}\n\n"
            "You can now work on the programme of {event} ({dates}).\n\n"
            "{link}\n\n"
            "The link works once, and for {days} days; it signs you in, so please do not pass it on. After that you "
            "can ask for a new one at any time with this address."
        ),
        placeholders=invitation.placeholders,
    )


def moved_words() -> Words:
    """To the address at which somebody was reached before."""
    return Words(
        subject=_("{event}: you are reached at another address now"),
        text=_(
            "{greeting}\n\n"
            "You asked that letters about {event} go to another address, and opened the link that was sent there. They "
            "do now, and with that address you sign in.\n\n"
            "If it was not you, tell the organisers at once: answer this letter."
        ),
        placeholders={},
    )


def unknown(words: str, known: Collection[str]) -> list[str]:
    """The placeholders in a text that are not known, each once; and `link` where it stands within something else, where
    it is not filled in: another address would be told what lets its reader sign in."""
    free = _LINK_FREE.sub("-", _LINK_IN_WORDS.sub("-", words))
    within = {"link"} if _LINK.search(free) else set()
    return [name for name in dict.fromkeys(_PLACEHOLDER.findall(words)) if name not in known or name in within]


def filled(words: str, values: Mapping[str, str]) -> str:
    """The words with each placeholder's value in its place; `{link}` and what has no value stays.

    Values are Markdown: `literal` makes it of a text. Where a value is empty its paragraph closes up.
    """
    text = _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), words)
    return re.sub(r"\n{3,}", "\n\n", text).strip() if "" in values.values() else text


def literal(text: str) -> str:
    """A text as Markdown that says just this, on one line: no marks, no placeholders, no controls."""
    whole = re.sub(r"&(?=#?\w+;)", "&amp;", line(text))
    marked = re.sub(r"([\\`*\[\]<>{}]|(?<!\w)_|_(?!\w))", r"\\\1", whole)
    return re.sub(r"^([#+~-]|\d+(?=[.)]))", lambda found: _at_start(found[0]), marked)


def _at_start(mark: str) -> str:
    return f"\\{mark}" if not mark.isdigit() else f"{mark}\u2060"  # a word joiner: “1.” would begin a list


def listed(sentences: Sequence[str]) -> str:
    """Sentences as a list."""
    return "\n".join(f"- {literal(sentence)}" for sentence in sentences)


def plain(letter: Letter, link: str, house: House) -> str:
    """The letter as plain text, its lines wrapped, addresses left whole."""
    body = plain_text(_linked(letter.text, link))
    with speaking(letter.language):
        foot = _foot(house) if letter.kind is not Kind.ADDRESS else ""
    return "\n".join(_wrapped(text) for text in body.split("\n")) + (f"\n\n-- \n{_wrapped(foot)}\n" if foot else "\n")


def html(letter: Letter, link: str, house: House) -> str:
    """The letter as an HTML page of its own. A paragraph that is only the link becomes a button, and its address."""
    parts = [prose(_linked(part, link)) if part.strip() else Markup() for part in _ALONE.split(letter.text)]
    with speaking(letter.language):
        made = render(
            "letters/letter.html",
            letter=letter,
            parts=parts,
            link=link,
            house=house,
            colour=ink(house.colour),
            label=_label(letter.kind),
            foot=_foot(house) if letter.kind is not Kind.ADDRESS else "",
        )
    return made.decode()


def message(letter: Letter, link: str, house: House) -> EmailMessage:
    """The letter as a message (RFC 5322): plain text, HTML, and the calendar where it has one (RFC 5545, RFC 6047).

    Raises ValueError where the address cannot stand in a header.
    """
    made = EmailMessage(policy=SMTP if letter.email.isascii() and house.sender.isascii() else SMTPUTF8)
    made["From"] = _address(house.sender, line(house.event)[:_HEAD])
    made["To"] = _address(letter.email, line(letter.name)[:_HEAD])
    if house.reach:
        made["Reply-To"] = _address(house.reach)
    made["Subject"] = line(letter.subject)[:_HEAD]
    made["Date"] = format_datetime(letter.created)
    made["Message-ID"] = letter.message
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence answers it
    made.set_content(plain(letter, link, house), cte="quoted-printable")
    made.add_alternative(html(letter, link, house), subtype="html", cte="quoted-printable")
    if letter.calendar:
        made.add_attachment(
            letter.calendar.encode(),
            maintype="text",
            subtype="calendar",
            params={"charset": "utf-8", "method": "PUBLISH"},
            filename="programme.ics",
        )
    made["Content-Language"] = letter.language.replace("_", "-")  # last: contents bring their own headers
    return made


def _address(email: str, name: str = "") -> Address:
    """With letters beyond ASCII as RFC 6532 has them; the standard library reads an address only without. Of what is no
    address it says so in several ways, or stumbles: raises ValueError for all of them."""
    if email.isascii():
        try:
            return Address(display_name=name, addr_spec=email)
        except (MessageError, AttributeError, IndexError) as error:
            raise ValueError(_("No letter can be sent to this address.")) from error
    local, _at, domain = email.rpartition("@")
    return Address(display_name=name, username=local, domain=domain)


def _linked(text: str, link: str) -> str:
    """With the link in its places: as an address of its own, or where a link in words leads."""
    text = _LINK_IN_WORDS.sub(lambda _found: link, text)
    return _LINK_FREE.sub(lambda _found: f"<{link}>", text)


def _wrapped(text: str) -> str:
    indent = "  " if text.lstrip().startswith("- ") else ""
    return textwrap.fill(
        text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
    )


def _label(kind: Kind) -> str:
    return {Kind.SIGN_IN: _("Sign in"), Kind.ADDRESS: _("This is my address")}.get(kind, _("Open my pages"))


def _foot(house: House) -> str:
    if not house.event:
        return ""
    why = _("You have this letter because the organisers of {event} keep your address.").format(event=line(house.event))
    reach = _("You reach them at {address}.").format(address=house.reach) if house.reach else ""
    return " ".join(part for part in (why, reach) if part)
