"""What a browser would send of a form on a page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar.testing import AsyncTestClient
from lxml import html

from events_app.app import App

Entries = list[tuple[str, str]]


def entries(page: str, action: str = "") -> Entries:
    """Everything that stands in the form with this action (else the first of class `sheet`), but for its buttons."""
    tree = html.fromstring(page)
    form = tree.xpath(f'//form[@action="{action}"]' if action else '//form[contains(@class, "sheet")]')[0]
    found: Entries = []
    for control in form.xpath(".//input | .//select | .//textarea"):
        name, kind = control.get("name"), control.get("type", "")
        if not name or (kind in ("checkbox", "radio") and control.get("checked") is None):
            continue
        if control.tag == "select":
            chosen = control.xpath("./option[@selected]") or control.xpath("./option[1]")
            found += [(name, option.get("value", option.text or "")) for option in chosen[:1]]
        elif control.tag == "textarea":
            found.append((name, (control.text or "").removeprefix("\n")))
        else:
            found.append((name, control.get("value", "")))
    return found


def typed(given: Entries, **changes: str) -> Entries:
    """The same with other texts; the first control of a name is the one that is typed into."""
    left = {name.replace("__", "-"): text for name, text in changes.items()}
    found = [(name, left.pop(name) if name in left else text) for name, text in given]
    return found + list(left.items())


async def send(client: AsyncTestClient[App], address: str, given: Entries) -> Any:
    head = {"content-type": "application/x-www-form-urlencoded", "accept": "text/html"}
    return await client.post(address, content=urlencode(given), headers=head)


def words(page: str, path: str = "//main") -> str:
    """What can be read on a page, or in a part of it."""
    return " ".join(" ".join(element.text_content() for element in html.fromstring(page).xpath(path)).split())
