"""What people bring as slides and papers: written anew without anything that acts, or refused."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from events_app.intake import Refused
from events_app.intake.attachments import cleaned
from events_app.intake.media import DOCX, ODP, ODT, PDF, PPTX, SLIDES, file_name

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(members: Mapping[str, bytes | str], **more: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in members.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            folder.writestr(name, content, compress_type=stored)
    return out.getvalue()


def types(main: str) -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/ppt/presentation.xml" ContentType="{main}"/></Types>'
    )


def pptx(**more: bytes | str) -> bytes:
    members = {name.replace("__", "/"): content for name, content in more.items()}
    slides = {"[Content_Types].xml": types(f"{PPTX}.main+xml"), "ppt/presentation.xml": "<p/>"}
    return packed(slides | members)


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as folder:
        return {name: folder.read(name) for name in folder.namelist()}


def pdf(change: Any = None) -> bytes:
    made = Pdf.new()
    made.add_blank_page(page_size=(200, 200))
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "media", "name"),
    [
        (pdf(), PDF, "talk.pdf"),
        (pptx(), PPTX, "talk.pptx"),
        (packed({"mimetype": ODP, "content.xml": "<c/>"}), ODP, "talk.odp"),
        (packed({"mimetype": ODT, "content.xml": "<c/>"}), ODT, "talk.odt"),
        (packed({"[Content_Types].xml": types(f"{DOCX}.main+xml")}), DOCX, "talk.docx"),
    ],
)
def test_what_a_file_is_its_content_says(data: bytes, media: str, name: str) -> None:
    made = cleaned(data, "talk.exe.pptx" if media == PPTX else "talk.ppt")
    assert (made.media, made.name) == (media, "talk.exe.pptx" if media == PPTX else name)


def test_a_text_is_no_slides() -> None:
    with pytest.raises(Refused, match="only PDF, ODP, PPTX are taken here"):
        cleaned(packed({"mimetype": ODT}), "a.odt", taken=SLIDES)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<!DOCTYPE html><script>alert(1)</script>", "web page, whatever its name says"),
        (b"\n <html>", "web page"),
        (b'<svg onload="alert(1)"/>', "SVG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old PowerPoint or Word"),
        (b"MZ\x90", "a program"),
        (b"", "empty"),
        (b"Dear organisers", "neither a PDF nor a presentation"),
        (b"PK\3\4 and no more", "damaged"),
        (packed({"a.txt": "a"}), "packed file, but neither"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "packed file, but neither"),
        (b"%PDF-1.7\nand no more", "the PDF is damaged"),
        (b"%PDF-1.7" + bytes(51 * 2**20), "has 51 MB; at most 50 MB"),
    ],
)
def test_what_is_no_attachment_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says) as refused:
        cleaned(data, "slides.pdf")
    assert refused.value.remedy


# ---- documents of an office


def test_a_document_is_packed_anew_with_all_that_is_read_in_it() -> None:
    data = pptx(ppt__slides__slide1="<s>Trust</s>", ppt__media__image1="picture")
    made = cleaned(b"PK\3\4"[:0] + data + b"<script>alert(1)</script>", "a.pptx").data
    assert opened(made) == opened(data)
    assert b"script" not in made
    assert cleaned(data, "b.pptx").data == made


@pytest.mark.parametrize(
    "members",
    [
        {"ppt/vbaProject.bin": "x"},
        {"ppt/embeddings/sheet.xlsm": "x"},
        {"ppt/activeX/activeX1.xml": "x"},
        {"Basic/Standard/Module1.xml": "x"},
        {"Scripts/python/a.py": "x"},
        {"[Content_Types].xml": types("application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml")},
    ],
)
def test_macros_are_refused(members: dict[str, str]) -> None:
    base = {"[Content_Types].xml": types(f"{PPTX}.main+xml")}
    with pytest.raises(Refused, match=r"macros or controls.*without macros"):
        cleaned(packed(base | members), "a.pptx")


def test_an_empty_list_of_macros_is_none() -> None:
    lists = {"Basic/script-lc.xml": "<l/>", "Basic/Standard/script-lb.xml": "<l/>"}
    assert cleaned(packed({"mimetype": ODP, **lists}), "a.odp").media == ODP


def test_a_file_that_opens_when_it_is_clicked_is_refused() -> None:
    data = pptx(ppt__embeddings__oleObject1=b"\xd0\xcf" + "\1Ole10Native".encode("utf-16-le") + b"calc.exe")
    with pytest.raises(Refused, match="opens when it is clicked"):
        cleaned(data, "a.pptx")


def test_nothing_is_drawn_in_from_elsewhere_and_links_stay() -> None:
    rels = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
        for n, (kind, target) in enumerate(
            [("hyperlink", "https://good.example/"), ("hyperlink", "file:///C:/x.exe"), ("hyperlink", "\\\\evil\\x"),
             ("oleObject", "http://evil.example/a.bin"), ("image", "http://evil.example/pixel"),
             ("attachedTemplate", "http://evil.example/t.dotm"), ("hyperlink", "javascript:alert(1)")]
        )
    )  # fmt: skip
    inside = f'<Relationship Id="r9" Type="{OFFICE}/image" Target="../media/image1.png"/>'
    data = pptx(**{"ppt/_rels/slide1.xml.rels": f'<Relationships xmlns="{RELATIONS}">{rels}{inside}</Relationships>'})
    made = opened(cleaned(data, "a.pptx").data)["ppt/_rels/slide1.xml.rels"].decode()
    assert "https://good.example/" in made
    assert "../media/image1.png" in made
    assert made.count("about:blank") == 6
    assert not any(word in made for word in ("evil", "file:", "javascript"))


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "ppt\\slide.xml"])
def test_a_member_that_leads_out_of_the_folder_is_refused(name: str) -> None:
    data = pptx()
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as folder:
        info = zipfile.ZipInfo("x" * len(name))
        folder.writestr(info, "x")
    evil = out.getvalue().replace(b"x" * len(name), name.encode())
    with pytest.raises(Refused, match="damaged"):
        cleaned(evil, "a.pptx")


def test_a_bomb_is_refused_by_what_its_directory_says() -> None:
    with pytest.raises(Refused, match="unpacked, this would be far larger"):
        cleaned(pptx(ppt__slides__slide1=bytes(30 * 2**20)), "a.pptx")
    with pytest.raises(Refused, match="unpacked, this would be far larger"):
        cleaned(packed({f"a{n}": "" for n in range(5001)}), "a.pptx")


def test_a_bomb_whose_directory_lies_is_refused_by_what_comes_out() -> None:
    """The directory says a hundred bytes; thirty megabytes come."""
    data = bytearray(pptx(ppt__slides__slide1=bytes(30 * 2**20)))
    at = data.rindex(b"PK\1\2")
    assert struct.unpack_from("<I", data, at + 24) == (30 * 2**20,)
    struct.pack_into("<I", data, at + 24, 100)
    with pytest.raises(Refused, match=r"damaged|unpacked"):
        cleaned(bytes(data), "a.pptx")


def test_a_locked_document_is_refused() -> None:
    data = bytearray(pptx())
    for mark, field in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + field] |= 1
    with pytest.raises(Refused, match="locked with a password"):
        cleaned(bytes(data), "a.pptx")


# ---- PDF


def acting(made: Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    made.Root.OpenAction = made.make_indirect(script)
    made.Root.AA = Dictionary(WC=Dictionary(S=Name.Launch, F=String("calc.exe")))
    file = made.make_indirect(
        Dictionary(Type=Name.Filespec, F=String("x.exe"), EF=Dictionary(F=Stream(made, b"MZ evil")))
    )
    names = Array([String("a"), script])
    made.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=names), EmbeddedFiles=Dictionary(Names=Array([String("x"), file]))
    )
    made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Stream(made, b"<xfa>evil</xfa>"))
    rect = Array([0, 0, 10, 10])

    def link(action: Any) -> Any:
        return made.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rect, A=action))

    good = Dictionary(S=Name.URI, URI=String("https://good.example/"))
    chained = Dictionary(S=Name.URI, URI=String("https://also.example/"), Next=Array([script]))
    made.pages[0].obj.Annots = Array(
        [
            link(good), link(chained), link(Dictionary(S=Name.URI, URI=String("javascript:evil()"))),
            link(made.make_indirect(Dictionary(S=Name.Launch, F=file))),
            link(Dictionary(S=Name.SubmitForm, F=String("http://evil.example/"))),
            made.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=rect, FS=file)),
            made.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=rect)),
        ]
    )  # fmt: skip
    made.pages[0].obj.AA = Dictionary(O=script)


def everything(data: bytes) -> str:
    """All objects and streams of a PDF, as text."""
    with Pdf.open(io.BytesIO(data)) as found:
        said = [repr(thing) for thing in found.objects]
        said += [thing.read_bytes().decode("latin-1") for thing in found.objects if isinstance(thing, pikepdf.Stream)]
        return "\n".join([*said, repr(found.Root)])


def test_nothing_in_a_pdf_acts_and_its_links_stay() -> None:
    before = everything(pdf(acting))
    made = cleaned(pdf(acting), "a.pdf").data
    after = everything(made)
    for word in ("JavaScript", "app.alert", "Launch", "calc.exe", "MZ evil", "xfa", "XFA", "/AA", "EmbeddedFile",
                 "SubmitForm", "FileAttachment", "RichMedia", "evil"):  # fmt: skip
        assert word in before or word == "EmbeddedFile"
        assert word not in after, word
    assert "https://good.example/" in after
    assert "https://also.example/" in after
    with Pdf.open(io.BytesIO(made)) as found:
        assert len(found.pages) == 1
        assert len(found.pages[0].obj.Annots) == 5


def test_a_pdf_still_opens_on_the_page_that_it_names() -> None:
    def turned(made: Pdf) -> None:
        made.Root.OpenAction = Array([made.pages[0].obj, Name.Fit])

    with Pdf.open(io.BytesIO(cleaned(pdf(turned), "a.pdf").data)) as found:
        assert found.Root.OpenAction[1] == Name.Fit


def test_a_pdf_that_is_protected_is_refused() -> None:
    for encryption in (pikepdf.Encryption(owner="o", user="u"), pikepdf.Encryption(owner="o", user="")):
        out = io.BytesIO()
        with Pdf.open(io.BytesIO(pdf())) as made:
            made.save(out, encryption=encryption)
        with pytest.raises(Refused, match=r"protected by a password.*Save it without"):
            cleaned(out.getvalue(), "a.pdf")


def test_the_same_pdf_gives_the_same_bytes_and_what_stands_around_it_goes() -> None:
    data = pdf(acting)
    made = cleaned(data, "a.pdf").data
    assert made.startswith(b"%PDF-")
    assert cleaned(data, "b.pdf").data == made
    assert b"<script>" not in cleaned(b"<script>alert(1)</script>\n" + data, "c.pdf").data


# ---- names


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("slides.pdf", "slides.pdf"),
        ("Slides Final.PDF", "Slides Final.pdf"),
        ("../../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\alice\\talk.pptx", "talk.pdf"),
        ("..", "file.pdf"),
        ("", "file.pdf"),
        (".pdf", "file.pdf"),
        ("con.pdf", "file-con.pdf"),
        ("a\r\nSet-Cookie: x\0.pdf", "aSet-Cookie- x.pdf"),
        ("fdp\u202egnp.exe\u202c", "fdpgnp.exe.pdf"),
        ('say "hi" <b>.pdf', "say -hi- -b.pdf"),
        ("Oṣei-Łukasz 伊藤.pdf", "Oṣei-Łukasz 伊藤.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
        ("é" * 300, "é" * 60 + ".pdf"),
    ],
)
def test_a_name_is_fit_for_a_file(given: str, name: str) -> None:
    assert file_name(given, ".pdf") == name
    assert file_name(name, ".pdf") == name
