"""What a browser would send back of a form as it stands."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlencode

from httpx import Response
from litestar.testing import AsyncTestClient

from events_app.app import App

Client = AsyncTestClient[App]
Fields = list[tuple[str, str]]


class _Form(HTMLParser):
    """The controls of the form that is sent to an address, without its buttons."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside, self.fields = action, False, Fields()
        self._area = self._menu = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name = told.get("name") or ""
        if tag == "form":
            self.inside = told.get("action") == self.action
        elif not self.inside:
            return
        elif tag == "textarea":
            self._area = name
            self.fields.append((name, ""))
        elif tag == "select":
            self._menu = name
        elif tag == "option" and self._menu and "selected" in told:
            self.fields.append((self._menu, told.get("value") or ""))
        elif tag == "input" and (told.get("type") not in ("checkbox", "radio") or "checked" in told):
            self.fields.append((name, told.get("value") or ""))

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[-1] = (self._area, self.fields[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            name, text = self.fields[-1]
            self.fields[-1] = (name, text.removeprefix("\n"))
            self._area = ""
        elif tag == "select":
            self._menu = ""
        elif tag == "form":
            self.inside = False


def controls(text: str, action: str) -> Fields:
    form = _Form(action)
    form.feed(text)
    assert form.fields, f"no form is sent to {action}"
    return form.fields


def changed(fields: Fields, **changes: str | None) -> Fields:
    """With other entries in some controls; None: not ticked."""
    kept = [(name, value) for name, value in fields if name not in changes]
    return kept + [(name, value) for name, value in changes.items() if value is not None]


async def send(client: Client, action: str, fields: Fields) -> Response:
    headers = {"content-type": "application/x-www-form-urlencoded", "accept": "text/html"}
    return await client.post(action, content=urlencode(fields), headers=headers)
