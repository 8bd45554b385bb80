"""Writes a document as DOCX: real styles, numbering, footnotes and hyperlinks, made with python-docx."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import cast

from docx.document import Document as DocxDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.run import CT_R
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Twips
from docx.text.paragraph import Paragraph as DocxParagraph

from longwriter_desktop.document.counting import chinese_share
from longwriter_desktop.document.document import Document
from longwriter_desktop.export.blocks import (
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Footnote,
    Heading,
    Inline,
    LineBreak,
    Link,
    List,
    Paragraph,
    Quote,
    Rule,
    Strikethrough,
    Strong,
    Table,
    Text,
    plain_text,
)
from longwriter_desktop.export.characters import has_east_asian
from longwriter_desktop.export.docx_look import (
    DEEPEST_HEADING,
    DEEPEST_LIST_STYLE,
    LIST_HANGING,
    QUOTE_INDENT,
    Look,
    list_left,
    look_for,
    style_id,
)
from longwriter_desktop.export.docx_parts import MARGIN, Footnotes, Numbering, column_widths, element, new_file
from longwriter_desktop.export.lenient import DEEPEST_LIST
from longwriter_desktop.export.manuscript import SECTION_LEVEL, read_manuscript
from longwriter_desktop.export.options import ExportOptions
from longwriter_desktop.export.paper import Paper, paper_for, region_of_this_machine
from longwriter_desktop.export.web_address import web_address


def to_docx(document: Document, options: ExportOptions) -> bytes:
    """``document`` as the bytes of a DOCX file. Sections' headings are "Heading 1", those inside them lower."""
    manuscript = read_manuscript(document)
    look = look_for(manuscript.language)
    paper = paper_for(region_of_this_machine() if options.region == "auto" else options.region)
    file = new_file(look, paper, plain_text(manuscript.title), options)
    _Writer(file, look, paper).write(manuscript.title, manuscript.blocks)
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where blocks go: the element that they become children of, the part that holds their hyperlinks.

    ``style`` is the one of plain paragraphs there. ``indent`` is how far quotes have moved the text from
    the margin, in twips; ``level`` is that of the list around it, -1 outside of lists.
    """

    parent: BaseOxmlElement
    part: Part
    style: str
    indent: int = 0
    level: int = -1


@dataclass(frozen=True, slots=True)
class _Face:
    """How a run looks beside its paragraph."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    style: str = ""


class _Writer:
    def __init__(self, file: DocxDocument, look: Look, paper: Paper) -> None:
        self._file = file
        self._look = look
        self._width = paper.width - 2 * MARGIN
        self._numbering = Numbering(file, look)
        self._footnotes = Footnotes(file)

    def write(self, title: Sequence[Inline], blocks: Sequence[Block]) -> None:
        body = self._file.element.body
        page = body.find(qn("w:sectPr"))
        body.remove(page)
        place = _Place(body, self._file.part, "Body Text")
        if title:
            self._runs(place, self._new_paragraph(place, "Title"), title, _Face())
        self._blocks(place, blocks)
        body.append(page)

    # -- blocks ----------------------------------------------------------------------------------

    def _blocks(self, place: _Place, blocks: Sequence[Block]) -> None:
        for block, following in pairwise([*blocks, None]):
            match block:
                case Heading():
                    self._heading(place, block)
                case Paragraph(children):
                    keep = _introduces(children, following)
                    paragraph = self._plain_paragraph(place, keep_next=keep)
                    self._runs(place, paragraph, children, _Face())
                    if isinstance(following, Table):
                        self._set_space_below(paragraph, self._look.block_gap)
                case List():
                    self._list(place, block)
                case Quote(inside):
                    inner = replace(place, style="Quote", indent=place.indent + QUOTE_INDENT)
                    self._blocks(inner, inside)
                case CodeBlock(text):
                    self._code(place, text)
                case Table():
                    self._table(place, block)
                case Rule():
                    self._new_paragraph(place, "Horizontal Rule", left=self._left(place))

    def _heading(self, place: _Place, heading: Heading) -> None:
        if place.style == "Body Text" and place.level < 0:
            level = min(max(1, heading.level - SECTION_LEVEL + 1), DEEPEST_HEADING)
            self._runs(place, self._new_paragraph(place, f"heading {level}"), heading.children, _Face())
        else:  # inside of a quote or an item it is no part of the document's outline
            self._runs(place, self._plain_paragraph(place, keep_next=True), heading.children, _Face(bold=True))

    def _list(self, place: _Place, block: List) -> None:
        level = min(place.level + 1, DEEPEST_LIST - 1)
        number = self._numbering.numbers(level, block.start) if block.ordered else self._numbering.bullets
        name = _of_level("List Number" if block.ordered else "List Bullet", level)
        inner = replace(place, level=level)
        for item in block.items:
            left = place.indent + list_left(self._look, level) if place.indent else 0
            paragraph = self._new_paragraph(place, name, numbering=(number, level), left=left, hanging=LIST_HANGING)
            first, rest = (item[0], item[1:]) if item and isinstance(item[0], Paragraph) else (Paragraph(()), item)
            self._runs(inner, paragraph, first.children, _Face())
            self._blocks(inner, rest)
        if place.level < 0:
            self._end_list(place)

    def _end_list(self, place: _Place) -> None:
        """The space below a list is that below a paragraph, not that between its items."""
        last = place.parent[-1]
        if last.tag == qn("w:p"):
            self._set_space_below(last, self._look.paragraph_after)

    def _set_space_below(self, paragraph: object, twips: int) -> None:
        """Sets it where it differs from the style's; 0 leaves the style's."""
        if twips:
            DocxParagraph(cast(CT_P, paragraph), self._file).paragraph_format.space_after = Twips(twips)

    def _code(self, place: _Place, text: str) -> None:
        paragraph = self._new_paragraph(place, "Code Block", left=self._left(place))
        self._run(paragraph, text, _Face())

    def _table(self, place: _Place, table: Table) -> None:
        left = self._left(place)
        rows = [table.header, *table.rows]
        lengths = [max(len(plain_text(row[column])) for row in rows) for column in range(len(table.header))]
        widths = column_widths(lengths, self._width - left)
        root = element(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblInd w:w="{left}" w:type="dxa"/>'
            '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" '
            'w:noVBand="1"/></w:tblPr><w:tblGrid>'
            + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
            + "</w:tblGrid></w:tbl>"
        )
        place.parent.append(root)
        for index, row in enumerate(rows):
            header = "<w:tblHeader/>" if index == 0 else ""
            line = element(f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr></w:tr>")
            root.append(line)
            for cell, width, alignment in zip(row, widths, table.alignments, strict=True):
                box = element(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr></w:tc>')
                line.append(box)
                inner = _Place(box, place.part, "Table Text")
                paragraph = self._new_paragraph(inner, "Table Text", keep_next=index == 0, align=alignment)
                self._runs(inner, paragraph, cell, _Face())
        self._new_paragraph(place, "After Table")

    # -- paragraphs ------------------------------------------------------------------------------

    def _left(self, place: _Place) -> int:
        """How far from the margin a block stands that brings no indentation of its own, in twips."""
        return place.indent + (list_left(self._look, place.level) if place.level >= 0 else 0)

    def _plain_paragraph(self, place: _Place, *, keep_next: bool = False) -> BaseOxmlElement:
        if place.style == "Quote":
            nested = place.level >= 0 or place.indent > QUOTE_INDENT
            return self._new_paragraph(place, "Quote", left=self._left(place) if nested else 0, keep_next=keep_next)
        if place.level >= 0:
            own = place.level < DEEPEST_LIST_STYLE and not place.indent
            name = _of_level("List Continue", place.level)
            return self._new_paragraph(place, name, left=0 if own else self._left(place), keep_next=keep_next)
        return self._new_paragraph(place, place.style, keep_next=keep_next)

    def _new_paragraph(
        self,
        place: _Place,
        style: str,
        *,
        left: int = 0,
        hanging: int = 0,
        numbering: tuple[int, int] | None = None,
        keep_next: bool = False,
        align: str = "",
    ) -> BaseOxmlElement:
        """A new paragraph at the end of ``place``; ``numbering`` is a numbering's id and the level in it."""
        xml = f'<w:pStyle w:val="{style_id(style)}"/>'
        if keep_next:
            xml += "<w:keepNext/>"
        if numbering is not None:
            xml += f'<w:numPr><w:ilvl w:val="{numbering[1]}"/><w:numId w:val="{numbering[0]}"/></w:numPr>'
        if left:
            first = f'w:hanging="{hanging}"' if hanging else 'w:firstLine="0"'
            xml += f'<w:ind w:left="{left}" {first}/>'
        if align:
            xml += f'<w:jc w:val="{align}"/>'
        paragraph = element(f"<w:p><w:pPr>{xml}</w:pPr></w:p>")
        place.parent.append(paragraph)
        return paragraph

    # -- inlines ---------------------------------------------------------------------------------

    def _runs(self, place: _Place, parent: BaseOxmlElement, inlines: Sequence[Inline], face: _Face) -> None:
        for inline in inlines:
            match inline:
                case Text(text):
                    self._run(parent, text, face)
                case Code(text):
                    self._run(parent, text, replace(face, style=face.style or "Inline Code"))
                case Strong(children):
                    self._runs(place, parent, children, replace(face, bold=True))
                case Emphasis(children):
                    self._runs(place, parent, children, replace(face, italic=True))
                case Strikethrough(children):
                    self._runs(place, parent, children, replace(face, strike=True))
                case LineBreak():
                    self._run(parent, "\n", face)
                case Link():
                    self._link(place, parent, inline, face)
                case Footnote():
                    self._footnote(parent, inline)

    def _run(self, parent: BaseOxmlElement, text: str, face: _Face) -> None:
        run = cast(CT_R, OxmlElement("w:r"))
        xml = f'<w:rStyle w:val="{style_id(face.style)}"/>' if face.style else ""
        if has_east_asian(text) and (self._look.language == "zh-CN" or chinese_share(text) > 0.5):
            # Quotation marks and dashes belong to both scripts; the hint gives them the Chinese font.
            xml += '<w:rFonts w:hint="eastAsia"/>'
        xml += "<w:b/><w:bCs/>" if face.bold else ""
        xml += "<w:i/><w:iCs/>" if face.italic else ""
        xml += "<w:strike/>" if face.strike else ""
        if xml:
            run.append(element(f"<w:rPr>{xml}</w:rPr>"))
        run.text = text  # makes w:tab and w:br of tabs and line ends
        parent.append(run)

    def _link(self, place: _Place, parent: BaseOxmlElement, link: Link, face: _Face) -> None:
        """A hyperlink where the address is one of the web; otherwise the address stands behind the text.

        So it does inside of another link: Word knows no links in links.
        """
        address = web_address(link.target) if face.style != "Hyperlink" else None
        children = link.children or (Text(link.target),)
        if address is None:
            self._runs(place, parent, children, face)
            if link.target and link.target != plain_text(children):
                self._run(parent, f" ({link.target})", face)
            return
        relationship = place.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        hyperlink = element(f'<w:hyperlink r:id="{relationship}" w:history="1"/>')
        if link.title:
            hyperlink.set(qn("w:tooltip"), link.title)
        parent.append(hyperlink)
        self._runs(place, hyperlink, children, replace(face, style="Hyperlink"))

    def _footnote(self, parent: BaseOxmlElement, footnote: Footnote) -> None:
        number, note, part = self._footnotes.add()
        reference = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        parent.append(element(f'<w:r>{reference}<w:footnoteReference w:id="{number}"/></w:r>'))
        self._blocks(_Place(note, part, "footnote text"), footnote.blocks or (Paragraph(()),))
        first = next(note.iter(qn("w:p")))
        mark = element(f"<w:r>{reference}<w:footnoteRef/></w:r>")
        first.insert(1, mark)
        mark.addnext(element('<w:r><w:t xml:space="preserve"> </w:t></w:r>'))


def _of_level(name: str, level: int) -> str:
    return name if level == 0 else f"{name} {min(level + 1, DEEPEST_LIST_STYLE)}"


def _introduces(children: Sequence[Inline], following: Block | None) -> bool:
    """Whether a paragraph must not be left alone at the foot of a page: it announces what follows, or is bold whole."""
    if isinstance(following, List | Table | CodeBlock | Quote):
        return plain_text(children).rstrip().endswith((":", "："))
    return following is not None and all(isinstance(child, Strong) for child in children)
