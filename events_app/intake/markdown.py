"""HTML as Markdown. What is plain text or Markdown already passes through.

The result is CommonMark for a renderer that takes no HTML; no tag of the original is ever visible, and a "<" that was
only a character stays one. Scripts, styles, forms and images are left out; links keep http, https and mailto.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from lxml import etree

_BLOCKS = (
    "address|article|aside|blockquote|body|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|"
    "form|h1|h2|h3|h4|h5|h6|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|"
    "tr|ul|html"
)
_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|br|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|ruby|rt|rp|s|"
    "samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr|nobr"
)
_DROPPED = (
    "applet|audio|base|button|canvas|embed|frame|frameset|head|iframe|img|input|link|map|area|math|meta|"
    "noscript|object|option|picture|script|select|source|style|svg|template|textarea|title|track|video"
)
_TAG = re.compile(rf"</?(?:{_BLOCKS}|{_INLINE}|{_DROPPED})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_BLOCK = re.compile(rf"</?(?:{_BLOCKS}|br|script|style)(?=[\s/>])[^<>]*>", re.IGNORECASE)
_STRAY = re.compile(rf"<(?!/?(?:{_BLOCKS}|{_INLINE}|{_DROPPED})(?=[\s/>])|!--|!doctype|\?)", re.IGNORECASE)
_SPECIAL = re.compile(r"([\\`*_\[\]<])")
_WORD_INSIDE = re.compile(r"(?<=\w)\\_(?=\w)")
_LINE_START = re.compile(r"^(\s*)(?:([-+*#>=~]|```)|(\d{1,9})([.)])(?=\s|$))", re.MULTILINE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_CODE = re.compile(r"(^ {0,3}(`{3,}|~{3,}).*?^ {0,3}\2|(?<!`)(`+)(?!`).+?(?<!`)\3(?!`))", re.MULTILINE | re.DOTALL)
_OPENING = re.compile(r"(?<!\\)<(?=[A-Za-z/!?])(?!https?://[^\s<>]*>|mailto:[^\s<>]*>|[^\s<>@]+@[^\s<>@]+>)")
_GAP = re.compile(r"\n{3,}")
_PARSER = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, recover=True)
_CORE = re.compile(r"(\s*)(.*?)([\s\\]*)", re.DOTALL)
_WORDS = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)
_SURROUND = {"em": "*", "i": "*", "cite": "*", "dfn": "*", "var": "*", "strong": "**", "b": "**"}
_CODES = {"code", "kbd", "samp", "tt"}
_BLOCK_TAGS = frozenset(_BLOCKS.split("|"))
_DROPPED_TAGS = frozenset(_DROPPED.split("|"))
_SCHEMES = {"http", "https", "mailto"}


def markdown(cleaned: str) -> str:
    """A cleaned text, whatever it is written in, as Markdown."""
    if "<" not in cleaned:
        return cleaned
    outside = _CODE.sub("", cleaned)
    if not _TAG.search(outside):
        return _plain(cleaned)
    if _BLOCK.search(outside):
        return _tidy(_Converter(keep=False).whole(cleaned))
    return _tidy(_Converter(keep=True).whole(_CODE.sub(lambda code: code.group().replace("<", "&lt;"), cleaned)))


def link_target(raw: str) -> str:
    """An address that may be linked to, fit to stand in Markdown; else nothing."""
    address = raw.strip().replace("\n", "")
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme.lower() not in _SCHEMES or not (parts.netloc or parts.scheme.lower() == "mailto"):
        return ""
    return quote(address, safe="%:/?#[]@!$&'*+,;=~-._()").replace("(", "%28").replace(")", "%29")


def _plain(text: str) -> str:
    """Text or Markdown without tags: a "<" before a letter must not open one; code is left as it is."""
    parts, last = [], 0
    for code in _CODE.finditer(text):
        parts += [_OPENING.sub(r"\\<", text[last : code.start()]), code.group()]
        last = code.end()
    return "".join([*parts, _OPENING.sub(r"\\<", text[last:])])


def _tidy(text: str) -> str:
    return _GAP.sub("\n\n", "\n".join(line.rstrip(" \t") if not line.endswith("\\") else line
                                      for line in text.split("\n"))).strip().rstrip("\\").rstrip()  # fmt: skip


class _Converter:
    """`keep`: the text is Markdown with a few inline tags, so its lines and its stars are meant."""

    def __init__(self, *, keep: bool) -> None:
        self._keep = keep

    def whole(self, text: str) -> str:
        source = _STRAY.sub("&lt;", text)
        root = etree.fromstring(f"<html><body>{source}</body></html>", _PARSER)
        body = root.find("body") if root is not None else None
        return "" if body is None else self._blocks(body)

    def _blocks(self, element: etree._Element) -> str:
        """The element's content as blocks, with an empty line between them."""
        blocks: list[str] = []
        run: list[str] = []

        def close() -> None:
            if text := self._paragraph("".join(run)):
                blocks.append(text)
            run.clear()

        for piece in self._pieces(element):
            if isinstance(piece, str):
                run.append(piece)
            elif self._holds_blocks(piece):
                close()
                if text := self._block(piece):
                    blocks.append(text)
            else:
                run.append(self._span(piece))
        close()
        return "\n\n".join(blocks)

    def _pieces(self, element: etree._Element) -> Iterator[str | etree._Element]:
        if element.text:
            yield self._words(element.text)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _DROPPED_TAGS:
                yield child
            if child.tail:
                yield self._words(child.tail)

    def _holds_blocks(self, element: etree._Element) -> bool:
        return element.tag in _BLOCK_TAGS or any(below.tag in _BLOCK_TAGS for below in element.iterdescendants())

    def _words(self, text: str) -> str:
        if self._keep:
            return _plain(text)
        return _WORD_INSIDE.sub("_", _SPECIAL.sub(r"\\\1", _BLANKS.sub(" ", text)))

    def _paragraph(self, text: str) -> str:
        if self._keep:
            return text.strip("\n")
        lines = [line.strip() for line in text.strip().split("\n")]
        return _LINE_START.sub(_escaped_start, "\n".join(lines)).rstrip("\\").strip()

    def _block(self, element: etree._Element) -> str:
        tag = str(element.tag)
        if tag in ("ul", "ol"):
            return self._list(element, ordered=tag == "ol")
        if tag == "pre":
            return _fenced(_all_text(element))
        if tag == "blockquote":
            return _prefixed(self._blocks(element), "> ", "> ")
        if tag == "hr":
            return "---"
        if tag in ("table", "tbody", "thead", "tfoot"):
            return self._table(element)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            title = " ".join(self._blocks(element).split()).strip("*")
            return f"{'#' * int(tag[1])} {title}" if title else ""
        return self._blocks(element)

    def _list(self, element: etree._Element, *, ordered: bool) -> str:
        items: list[str] = []
        for child in element:
            if not isinstance(child.tag, str) or child.tag in _DROPPED_TAGS:
                continue
            # a list inside a list, without an item around it, belongs to the item before
            if child.tag in ("ul", "ol") and items:
                items[-1] += "\n" + _prefixed(self._block(child), "   ", "   ")
                continue
            if text := self._blocks(child).replace("\n\n", "\n" if _tight(child) else "\n\n"):
                mark = f"{len(items) + 1}. " if ordered else "- "
                items.append(_prefixed(text, mark, " " * len(mark)))
        return "\n".join(items)

    def _table(self, element: etree._Element) -> str:
        """A line a row, cells parted by bars that are not Markdown: reads well, and needs no extension."""
        rows = [[" ".join(self._blocks(cell).split()) for cell in row.iterchildren("td", "th")]
                for row in element.iter("tr")]  # fmt: skip
        return "\\\n".join(" · ".join(cell for cell in row if cell) for row in rows if any(row))

    def _span(self, element: etree._Element) -> str:
        tag = str(element.tag)
        if tag == "br":
            return "\n" if self._keep else "\\\n"
        if tag in _CODES:
            return _code(_all_text(element))
        inner = "".join(piece if isinstance(piece, str) else self._span(piece) for piece in self._pieces(element))
        if tag == "a":
            return _link(inner, element.get("href") or "")
        if tag in _SURROUND:
            return _surrounded(inner, _SURROUND[tag])
        return inner


def _escaped_start(found: re.Match[str]) -> str:
    blank, mark, number, point = found.groups()
    if number:
        return f"{blank}{number}\\{point}"
    # stars and brackets were escaped with the words; a star here is our own emphasis
    return found.group() if mark in ("*", "```") else f"{blank}\\{mark}"


def _surrounded(inner: str, mark: str) -> str:
    """Marks close to the words, so that they open and close next to any neighbour; none inside other marks."""
    if not inner.strip("* \n\\") or inner.strip().startswith("*") or inner.strip().endswith("*"):
        return inner
    found = (_CORE if "](" in inner or "`" in inner else _WORDS).fullmatch(inner)
    return f"{found[1]}{mark}{found[2]}{mark}{found[3]}" if found and found[2] else inner


def _link(inner: str, href: str) -> str:
    target = link_target(href)
    label = " ".join(inner.replace("\\\n", " ").split())
    if not target:
        return inner
    before = " " if inner[:1].isspace() else ""
    after = " " if inner[-1:].isspace() else ""
    if not label:
        return f"<{target}>"
    # links cannot stand in links
    return inner if "](" in label else f"{before}[{label}]({target}){after}"


def _code(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        return ""
    fence = "`"
    while fence in words:
        fence += "`"
    pad = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{fence}{pad}{words}{pad}{fence}"


def _fenced(text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    body = text.strip("\n").rstrip()
    return f"{fence}\n{body}\n{fence}" if body else ""


def _prefixed(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *((rest + line).rstrip() for line in lines[1:])]) if text else ""


def _all_text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _tight(item: etree._Element) -> bool:
    """An item without paragraphs of its own is followed by its inner list at once."""
    return item.find("p") is None and item.find("pre") is None
