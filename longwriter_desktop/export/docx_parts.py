"""The parts of a DOCX beside its text: styles, numbering, footnotes, page, settings, properties.

python-docx begins with a template of its own; what it says about looks, fonts and authors is replaced
here as a whole, so that nothing of it shows in the person's file.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

import docx
from docx.document import Document as DocxDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Twips

from longwriter_desktop.export.docx_look import (
    EAST_ASIAN_LANGUAGE,
    LATIN_LANGUAGE,
    Look,
    numbering_elements,
    style_elements,
)
from longwriter_desktop.export.options import ExportOptions
from longwriter_desktop.export.paper import Paper

MARGIN = 1417
"""2.5 cm in twips."""

_APPLICATION = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>LongWriter Desktop</Application></Properties>"
)
_LONGEST_PROPERTY = 255
_BULLETS, _NUMBERS = 0, 1  # the abstract numberings
_UNWANTED = ("stylesWithEffects", "customXml", "thumbnail", "webSettings", "fontTable")


def element(xml: str) -> BaseOxmlElement:
    """The element that ``xml`` writes with the prefixes w and r, without declaring them."""
    end = next(index for index, character in enumerate(xml) if character in " />" and index > 0)
    return parse_xml(f"{xml[:end]} {nsdecls('w', 'r')}{xml[end:]}")


def new_file(look: Look, paper: Paper, title: str, options: ExportOptions) -> DocxDocument:
    """An empty file of that look on that paper, with its properties and a page number at the foot."""
    file = docx.Document()
    _drop_unwanted(file)
    _set_styles(file, look)
    _set_settings(file)
    _set_page(file, paper)
    _set_properties(file, look, title, options)
    return file


def _drop_unwanted(file: DocxDocument) -> None:
    for relationships in (file.part.rels, file.part.package.rels if file.part.package is not None else {}):
        for key in [key for key, each in relationships.items() if any(name in each.reltype for name in _UNWANTED)]:
            del relationships[key]


def _set_styles(file: DocxDocument, look: Look) -> None:
    root = file.styles.element
    latent = root.find(qn("w:latentStyles"))
    for child in list(root):
        root.remove(child)
    defaults, *styles = [element(xml) for xml in style_elements(look)]
    root.append(defaults)
    if latent is not None:
        root.append(latent)
    root.extend(styles)


def _set_settings(file: DocxDocument) -> None:
    """Without a compatibility mode of 15 Word opens the file as one of an old version, and says so in its title.

    Without doNotExpandShiftReturn it stretches each line that ends with a line break over the whole width.
    """
    compatible = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    root = file.settings.element
    for child in list(root):
        root.remove(child)
    for xml in (
        '<w:zoom w:percent="100"/>',
        '<w:defaultTabStop w:val="720"/>',
        '<w:characterSpacingControl w:val="compressPunctuation"/>',
        f"<w:compat><w:doNotExpandShiftReturn/>{compatible}</w:compat>",
        f'<w:themeFontLang w:val="{LATIN_LANGUAGE}" w:eastAsia="{EAST_ASIAN_LANGUAGE}"/>',
        '<w:decimalSymbol w:val="."/>',
        '<w:listSeparator w:val=","/>',
    ):
        root.append(element(xml))


def _set_page(file: DocxDocument, paper: Paper) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Twips(paper.width), Twips(paper.height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Twips(MARGIN)
    section.footer_distance = section.header_distance = Twips(MARGIN // 2)
    foot = section.footer.paragraphs[0]
    foot.style = file.styles["footer"]
    foot._p.append(element('<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


def _set_properties(file: DocxDocument, look: Look, title: str, options: ExportOptions) -> None:
    at = (options.at or datetime.now(UTC)).astimezone(UTC)
    properties = file.core_properties
    properties.title = title[:_LONGEST_PROPERTY]
    properties.author = options.author[:_LONGEST_PROPERTY]
    properties.last_modified_by = options.author[:_LONGEST_PROPERTY]
    properties.language = look.language
    properties.comments = properties.keywords = properties.subject = properties.category = ""
    properties.revision = 1
    properties.created = properties.modified = at.replace(tzinfo=None)
    for key, relationship in list(file.part.package.rels.items()):
        if relationship.reltype == RELATIONSHIP_TYPE.EXTENDED_PROPERTIES:
            del file.part.package.rels[key]
    application = Part(
        PackURI("/docProps/app.xml"),
        CONTENT_TYPE.OFC_EXTENDED_PROPERTIES,
        _APPLICATION.encode(),
        file.part.package,
    )
    file.part.package.relate_to(application, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)


class Numbering:
    """The numberings of the file: bullets share one, each ordered list has its own and so begins at its number."""

    def __init__(self, file: DocxDocument, look: Look) -> None:
        self._root = cast(BaseOxmlElement, file.part.numbering_part.element)
        for child in list(self._root):
            self._root.remove(child)
        self._root.extend([element(xml) for xml in numbering_elements(look)])
        self._count = 0
        self.bullets = self._add(_BULLETS, "")

    def numbers(self, level: int, start: int) -> int:
        """The id of a new numbering whose ``level``, from 0, begins at ``start``."""
        override = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        return self._add(_NUMBERS, override)

    def _add(self, abstract: int, override: str) -> int:
        self._count += 1
        self._root.append(
            element(f'<w:num w:numId="{self._count}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>')
        )
        return self._count


@dataclass
class Footnotes:
    """The footnotes of the file; the part is made with the first of them."""

    file: DocxDocument
    part: XmlPart | None = None
    _count: int = field(default=0, init=False)

    def add(self) -> tuple[int, BaseOxmlElement, XmlPart]:
        """The number of a new footnote, its element and the part that it is in."""
        if self.part is None:
            self.part = self._new_part()
        self._count += 1
        note = element(f'<w:footnote w:id="{self._count}"/>')
        self.part.element.append(note)
        return self._count, note, self.part

    def _new_part(self) -> XmlPart:
        lines = (
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" '
            f'w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for kind, number in (("separator", -1), ("continuationSeparator", 0))
        )
        root = element(f"<w:footnotes>{''.join(lines)}</w:footnotes>")
        package = self.file.part.package
        part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, package)
        self.file.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        before = self.file.settings.element.find(qn("w:compat"))
        before.addprevious(element('<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'))
        return part


def column_widths(lengths: Iterable[int], width: int) -> list[int]:
    """How ``width`` twips are shared by columns whose longest cells hold ``lengths`` characters.

    A column's share grows with the square root of its length, so that one of long sentences leaves room
    for one of short words.
    """
    weights = [min(max(length, 4), 200) ** 0.5 for length in lengths]
    whole = sum(weights)
    return [int(width * weight / whole) for weight in weights]
