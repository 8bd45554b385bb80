"""Documents for the tests of export, and the reading back of what was exported."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

import docx
from docx.document import Document as DocxDocument
from lxml import etree

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.export.options import ExportOptions
from longwriter_desktop.export.to_docx import to_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WORD = re.compile("[\u4e00-\u9fff]|[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+")


def document(*sections: tuple[str, str], title: str = "", language: str = "en") -> Document:
    """A document of (heading, text) sections."""
    made = tuple(Section("point", 200, heading=heading, text=text) for heading, text in sections)
    return Document(title=title, language=language, sections=made)


def one(text: str, language: str = "en") -> Document:
    """A document of one section without a heading."""
    return document(("", text), language=language)


def words(text: str) -> list[str]:
    """The words of ``text`` as the app counts them."""
    return _WORD.findall(text)


def letters(text: str) -> Counter[str]:
    return Counter("".join(words(text)))


def docx_of(source: Document, region: str = "CN", author: str = "") -> DocxDocument:
    return docx.Document(io.BytesIO(to_docx(source, ExportOptions(region=region, author=author))))


def parts_of(content: bytes) -> dict[str, etree._Element]:
    """The XML parts of a DOCX file by their names in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return {name: etree.fromstring(archive.read(name)) for name in names}


def parts(source: Document, region: str = "CN") -> dict[str, etree._Element]:
    return parts_of(to_docx(source, ExportOptions(region=region)))


def paragraph_texts(root: etree._Element) -> Iterator[str]:
    """The text of each paragraph of a part, tables' too, in the order of the file."""
    for paragraph in root.iter(f"{W}p"):
        pieces = paragraph.iter(f"{W}t", f"{W}tab", f"{W}br")
        yield "".join(piece.text or "" if piece.tag == f"{W}t" else "\n" for piece in pieces)


def text_of(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def docx_text(content: bytes) -> str:
    """All text of a DOCX file: its body, its footnotes, the addresses and titles of its links."""
    found = parts_of(content)
    texts = list(paragraph_texts(found["word/document.xml"]))
    if "word/footnotes.xml" in found:
        texts += paragraph_texts(found["word/footnotes.xml"])
    for name, root in found.items():
        if name.startswith("word/_rels/"):
            texts += [each.get("Target", "") for each in root if each.get("TargetMode") == "External"]
        texts += [each.get(f"{W}tooltip", "") for each in root.iter(f"{W}hyperlink")]
    return "\n".join(texts)


def style_of(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")
