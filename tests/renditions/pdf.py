"""Reading a PDF as far as tests need it: the words on a page, where links lead, what its tags hold."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def text(page: pikepdf.Page) -> str:
    """The words of a page, in the order in which they are drawn, by each font's map to Unicode."""
    fonts = {str(name): _to_unicode(font) for name, font in page.resources.get("/Font", Dictionary()).items()}
    said, current = "", {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                current = fonts[str(operands[0])]
            case "TJ":
                said += "".join(_decoded(piece, current) for piece in operands[0] if isinstance(piece, pikepdf.String))
            case "Tj":
                said += _decoded(operands[0], current)
            case "ET":
                said += " "
    return " ".join(said.split())


def _decoded(piece: Any, font: dict[int, str]) -> str:
    codes = bytes(piece)
    return "".join(font.get(int.from_bytes(codes[n : n + 2], "big"), "") for n in range(0, len(codes), 2))


def _to_unicode(font: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    if "/ToUnicode" not in font:
        return found
    for block in re.findall(r"beginbfchar(.*?)endbfchar", font.ToUnicode.read_bytes().decode("ascii"), re.DOTALL):
        for code, means in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", block):
            found[int(code, 16)] = bytes.fromhex(means).decode("utf-16-be")
    return found


def destinations(pdf: pikepdf.Pdf) -> dict[str, int]:
    """The pages, from 0, of all places that links may lead to."""
    names = pdf.Root.Names.Dests.Names
    return {str(names[n]): pikepdf.Page(names[n + 1][0]).index for n in range(0, len(names), 2)}


def links(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str, str]]:
    """From which page, with which words, to where: `#name`, or an address."""
    for n, page in enumerate(pdf.pages):
        for annotation in page.obj.get("/Annots", []):
            where = f"#{annotation.Dest}" if "/Dest" in annotation else str(annotation.A.URI)
            yield n, str(annotation.Contents), where


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """All structure elements, in the order in which they are read."""
    stack = [pdf.Root.StructTreeRoot.K[0]]
    while stack:
        element = stack.pop()
        if isinstance(element, Dictionary) and "/S" in element:
            yield element
            kids = element.get("/K", Array())
            stack += reversed(list(kids)) if isinstance(kids, Array) else [kids]


def outline(pdf: pikepdf.Pdf) -> list[str]:
    """The bookmarks of the first level."""
    with pdf.open_outline() as found:
        return [item.title for item in found.root]
