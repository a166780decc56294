"""Pages of the workspace for those who may only look: what stands in a form is read there, and cannot be changed.

It is done to the finished page, so that no page can forget it. Texts stay as they are for the eye, the ear and the
clipboard; menus and ticks, which know no such state in HTML, are disabled.
"""

from __future__ import annotations

import re

_FORM = re.compile(rb'<form\b(?=[^>]*\bmethod="post")(?![^>]*\baction="/sign-out")[^>]*>.*?</form>', re.DOTALL)
_TAG = re.compile(rb"<(input|select|textarea|button)\b([^>]*)>")
_TEXTS = re.compile(rb'\btype="(?:text|search|url|email|tel|password|number|date|time|datetime-local|month|week)"')
_HIDDEN = re.compile(rb'\btype="hidden"')
_TYPE = re.compile(rb"\btype=")


def legible(page: bytes) -> bytes:
    """The page, with every form that would change something made one to read."""
    return _FORM.sub(lambda form: _TAG.sub(_still, form[0]), page)


def _still(tag: re.Match[bytes]) -> bytes:
    name, said = tag[1], tag[2]
    if name == b"input" and _HIDDEN.search(said):
        return tag[0]
    text = name == b"textarea" or (name == b"input" and (_TEXTS.search(said) or not _TYPE.search(said)))
    return b"<" + name + said + (b" readonly>" if text else b" disabled>")
