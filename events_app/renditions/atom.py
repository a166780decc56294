"""What changed, as an Atom feed (RFC 4287): an entry for each version, and one for each change in it.

Ids are made of the event's UID and the version's number alone, so that they stay whatever the site is called.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from ..language import gettext as _
from ..language import ngettext, speaking
from ..programme.changes import sentence
from ..programme.model import Change, Programme, Version
from .rendition import Rendition, Site
from .view import View
from .words import plain

ADDRESS = "changes.atom"
MEDIA = "application/atom+xml; charset=utf-8"
VERSIONS = 20
"""The latest so many are told: a reader that has not asked for longer begins anew."""

_ATOM = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(programme: Programme, site: Site, params: Mapping[str, str]) -> bytes:
    """The feed; of a draft that was never released, one without entries."""
    with speaking(site.language):
        view = View(programme, site)
        feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]
        feed.set("{http://www.w3.org/XML/1998/namespace}lang", site.language)
        _text(feed, "id", _id(programme, "changes"))
        _text(feed, "title", _("%(event)s: what changed") % {"event": programme.event.name})
        _text(
            feed,
            "updated",
            _moment(max(version.as_of for version in programme.versions) if programme.versions else site.now),
        )
        _text(etree.SubElement(feed, f"{{{_ATOM}}}author"), "name", programme.event.name)
        _link(feed, "self", view.url(ADDRESS), "application/atom+xml")
        _link(feed, "alternate", view.url("releases/"), "text/html")
        for version in programme.versions[: -VERSIONS - 1 : -1]:
            _version(feed, programme, view, version)
            for n, change in enumerate(version.changes):
                _change(feed, programme, view, version, n, change)
        made: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
        return made


def _version(feed: etree._Element, programme: Programme, view: View, version: Version) -> None:
    count = len(version.changes)
    said = ngettext("%(n)d change", "%(n)d changes", count) % {"n": count} if count else _("The first version.")
    since = _("Words have been put right since.") if version.corrected else ""
    summary = " ".join(part for part in (plain(version.notes), said, since) if part)
    title = _("Version %(n)d") % {"n": version.number}
    identity = _id(programme, f"version/{version.number}")
    _entry(feed, identity, title, summary, version.published, view.url(f"releases/{version.number}"), version.as_of)


def _change(feed: etree._Element, programme: Programme, view: View, version: Version, n: int, change: Change) -> None:
    """Told by its place in the version: one thing may have changed in several ways, and none of them changes later."""
    at = view.page_of(change)
    identity = _id(programme, f"version/{version.number}/{n}/{change.noun}/{change.code}/{change.kind}")
    address = view.url(at if at is not None else f"releases/{version.number}")
    _entry(feed, identity, change.title, sentence(change, programme.event), version.published, address)


def _entry(
    feed: etree._Element,
    identity: str,
    title: str,
    summary: str,
    at: datetime,
    address: str,
    updated: datetime | None = None,
) -> None:
    entry = etree.SubElement(feed, f"{{{_ATOM}}}entry")
    _text(entry, "id", identity)
    _text(entry, "title", title)
    _text(entry, "updated", _moment(updated or at))
    _text(entry, "published", _moment(at))
    _text(entry, "summary", summary)
    _link(entry, "alternate", address, "text/html")


def _text(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = _NO_XML.sub("", text)


def _link(parent: etree._Element, relation: str, address: str, media: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}link", rel=relation, type=media, href=_NO_XML.sub("", address))


def _id(programme: Programme, what: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{programme.event.uid}/{what}')}"


def _moment(at: datetime) -> str:
    """RFC 3339"""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


RENDITION = Rendition(name="changes", address=ADDRESS, media=MEDIA, render=atom)
