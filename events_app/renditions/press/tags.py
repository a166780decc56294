"""What WeasyPrint 70 leaves undone in a part's tags and links. Runs in the platen, on the PDF before it is written.

Each line of text has a Span of its own, and each `<span>` another: they say nothing, and are two thirds of all objects.
They are joined to the paragraph, heading or cell that they stand in (ISO 32000-1 §14.7.4.2 allows content there).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pydyf

ACROSS = "x-ref:"
"""Begins the address of a link that leaves its part."""

_HOLD_TEXT = {"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Span", "/NonStruct", "/LBody", "/TD", "/TH", "/Caption"}
_SAY_NOTHING = {"/Span", "/NonStruct"}


def tidy(pdf: Any, pages: Iterable[Any], name: str) -> None:
    """`name` is the part's own: IDs begin with it, as those of another part may be the same."""
    objects = {thing.reference: thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary)}
    root = objects[pdf.catalog["StructTreeRoot"]]
    _join_text(root, objects)
    _name_ids(root, objects, name)
    _mend_links(pages)


def _join_text(root: Any, objects: dict[bytes, Any]) -> None:
    joined: dict[bytes, bytes] = {}
    for kid in root["K"]:
        _join(objects[kid], objects, joined)
    numbers = objects[root["ParentTree"]]["Nums"]
    for n in range(1, len(numbers), 2):
        if isinstance(numbers[n], list):
            numbers[n] = pydyf.Array(_heir(reference, joined) for reference in numbers[n])


def _join(element: Any, objects: dict[bytes, Any], joined: dict[bytes, bytes]) -> None:
    kids: list[Any] = []
    for kid in element["K"]:
        child = objects.get(kid) if isinstance(kid, bytes) else None
        if child is None or child.get("Type") != "/StructElem":
            kids.append(kid)
            continue
        _join(child, objects, joined)
        if element["S"] in _HOLD_TEXT and child["Pg"] == element["Pg"] and _is_only_text(child):
            kids += child["K"]
            joined[child.reference] = element.reference
            child.clear()
        else:
            kids.append(kid)
    element["K"] = pydyf.Array(kids)


def _is_only_text(element: Any) -> bool:
    plain = element["S"] in _SAY_NOTHING and "A" not in element and "ID" not in element
    return plain and all(isinstance(kid, int) for kid in element["K"])


def _heir(reference: bytes, joined: dict[bytes, bytes]) -> bytes:
    while reference in joined:
        reference = joined[reference]
    return reference


def _name_ids(root: Any, objects: dict[bytes, Any], name: str) -> None:
    """Header cells have IDs, to which the others refer; ISO 32000-1 §14.7.2 wants a tree of them."""
    found = []
    for thing in objects.values():
        if thing.get("Type") != "/StructElem":
            continue
        if "ID" in thing:
            thing["ID"] = pydyf.String(f"{name}-{thing['ID'].string}")
            found.append((thing["ID"].string, thing))
        attributes = thing.get("A")
        if attributes and "Headers" in attributes:
            attributes["Headers"] = pydyf.Array(pydyf.String(f"{name}-{key.string}") for key in attributes["Headers"])
    found.sort(key=lambda pair: pair[0])
    names = [value for key, thing in found for value in (pydyf.String(key), thing.reference)]
    root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})


def _mend_links(pages: Iterable[Any]) -> None:
    """A link into another part leads to a destination by name. What a screen reader says of a link is its text, not
    its address (PDF/UA-1 §7.18.5)."""
    for page in pages:
        for _kind, target, _rectangle, box in page.links:
            if not (annotation := box.link_annotation):
                continue
            if text := _text(box):
                annotation["Contents"] = pydyf.String(text)
            if target.startswith(ACROSS):
                del annotation["A"]
                annotation["Dest"] = pydyf.String(target.removeprefix(ACROSS))


def _text(box: Any) -> str:
    words = [child.text for child in box.descendants() if hasattr(child, "text")] if hasattr(box, "children") else []
    return " ".join(filter(None, (str(word).strip() for word in words)))[:200]
