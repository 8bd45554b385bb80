"""How a DOCX looks: its fonts, sizes, colours and spaces, as the styles of the file.

The look is that of a report someone hands in: a serif text face, calm sans-serif headings in ink, wide
enough lines. Chinese follows its own custom: Song for text and Hei for headings, first lines indented by
two characters, no space between paragraphs, both edges straight.
"""

from collections.abc import Iterator
from dataclasses import dataclass

INK = "1F2A37"
SOFT_INK = "4B5563"
LINK_INK = "1D4E89"
LINE = "C8CDD5"
SHADE = "F4F5F7"
MONOSPACE = "Consolas"

LATIN_LANGUAGE = "en-US"
EAST_ASIAN_LANGUAGE = "zh-CN"
"""What w:lang says, in either language. Latin letters in a Chinese text are marked as English, as Word itself does:
marked as Chinese, LibreOffice breaks "Medite-rranean" at any letter."""

DEEPEST_HEADING = 5
"""The levels of headings that have a look of their own; deeper ones share the last."""
DEEPEST_LIST_STYLE = 3
"""Word's own list styles; deeper items use the third and are indented by their numbering."""
QUOTE_INDENT = 400
"""In twips, as all measures here."""
LIST_HANGING = 380


@dataclass(frozen=True, slots=True)
class Look:
    """The measures of one language: fonts by name, sizes in half points, spaces in twips.

    ``line`` is the line height in 240ths of the font's own; ``language`` is the file's own. ``body`` is
    the inside of w:pPr for running text. ``list_indent`` is where the marks of lists stand. ``block_gap``
    is what must be added above quotes and tables, because paragraphs leave no space below.
    """

    language: str
    text: str
    text_east_asian: str
    headings: str
    headings_east_asian: str
    quotes_east_asian: str
    text_size: int
    line: int
    title_size: int
    title_align: str
    heading_sizes: tuple[int, int, int, int, int]
    body: str
    paragraph_after: int
    item_after: int
    list_indent: int
    block_gap: int


ENGLISH = Look(
    language="en-US",
    # Cambria and Calibri come with Word on Windows and macOS; LibreOffice has Caladea and Carlito, which
    # are cut to the same widths, so that pages break alike.
    text="Cambria",
    text_east_asian="SimSun",
    headings="Calibri",
    headings_east_asian="SimHei",
    quotes_east_asian="KaiTi",
    text_size=22,
    line=324,
    title_size=52,
    title_align="left",
    heading_sizes=(34, 28, 24, 22, 22),
    body='<w:spacing w:before="0" w:after="160"/>',
    paragraph_after=160,
    item_after=60,
    list_indent=260,
    block_gap=0,
)

CHINESE = Look(
    language="zh-CN",
    # SimSun, SimHei and KaiTi are on every Windows that shows Chinese; WPS, Word for macOS and LibreOffice
    # put the Song, Hei and Kai of their system in their places. Times New Roman is the custom for Latin.
    text="Times New Roman",
    text_east_asian="SimSun",
    headings="Arial",
    headings_east_asian="SimHei",
    quotes_east_asian="KaiTi",
    text_size=24,
    line=336,
    title_size=44,
    title_align="center",
    heading_sizes=(32, 28, 26, 24, 24),
    body='<w:spacing w:before="0" w:after="0"/><w:ind w:firstLineChars="200" w:firstLine="480"/><w:jc w:val="both"/>',
    paragraph_after=0,
    item_after=0,
    list_indent=480,
    block_gap=120,
)


def look_for(language: str) -> Look:
    """The look of a document's language, "en" or "zh"."""
    return CHINESE if language == "zh" else ENGLISH


def style_elements(look: Look) -> Iterator[str]:
    """The defaults and all styles, each as XML without namespaces; ids are Word's own where it has the style.

    Source of the order of elements inside them: ECMA-376 part 1, 17.7.4 and 17.3.
    """
    yield _defaults()
    yield from _basic(look)
    yield from _headings(look)
    yield from _lists(look)
    yield from _blocks(look)
    yield from _inside(look)


def _defaults() -> str:
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:lang w:val="{LATIN_LANGUAGE}" w:eastAsia="{EAST_ASIAN_LANGUAGE}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )


def _fonts(latin: str, east_asian: str) -> str:
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east_asian}" w:cs="{latin}"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _style(
    kind: str, name: str, inside: str, *, based_on: str = "Normal", following: str = "", own: bool = False
) -> str:
    """One w:style; ``following`` is the style after pressing Enter, ``own`` marks one that Word does not know."""
    custom = ' w:customStyle="1"' if own else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{style_id(name)}"{custom}>'
        f'<w:name w:val="{name}"/><w:basedOn w:val="{based_on}"/>'
        + (f'<w:next w:val="{style_id(following)}"/>' if following else "")
        + f"<w:uiPriority w:val='9'/><w:qFormat/>{inside}</w:style>"
    )


def style_id(name: str) -> str:
    """The id of the style of that name, such as "Heading1" for "heading 1"."""
    return "".join(word[:1].upper() + word[1:] for word in name.split())


def _basic(look: Look) -> Iterator[str]:
    yield (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl/><w:spacing w:before="0" w:after="0" w:line="{look.line}" w:lineRule="auto"/></w:pPr>'
        f"<w:rPr>{_fonts(look.text, look.text_east_asian)}{_size(look.text_size)}</w:rPr></w:style>"
    )
    yield (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    )
    yield (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    yield (
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )
    yield _style("paragraph", "Body Text", f"<w:pPr>{look.body}</w:pPr>")
    yield _style(
        "paragraph",
        "footer",
        '<w:pPr><w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="center"/></w:pPr>'
        f'<w:rPr><w:color w:val="{SOFT_INK}"/>{_size(18)}</w:rPr>',
    )


def _headings(look: Look) -> Iterator[str]:
    face = _fonts(look.headings, look.headings_east_asian)
    yield _style(
        "paragraph",
        "Title",
        f'<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="0" w:after="360" w:line="264" w:lineRule="auto"/>'
        f'<w:jc w:val="{look.title_align}"/></w:pPr>'
        f'<w:rPr>{face}<w:b/><w:bCs/><w:color w:val="{INK}"/>{_size(look.title_size)}</w:rPr>',
        following="Body Text",
    )
    spaces = ((400, 140), (300, 100), (240, 80), (200, 60), (200, 60))
    for level, (size, (before, after)) in enumerate(zip(look.heading_sizes, spaces, strict=True), start=1):
        slant = "<w:i/><w:iCs/>" if level == DEEPEST_HEADING else ""
        yield _style(
            "paragraph",
            f"heading {level}",
            f'<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="{after}" w:line="276" '
            f'w:lineRule="auto"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
            f'<w:rPr>{face}<w:b/><w:bCs/>{slant}<w:color w:val="{INK}"/>{_size(size)}</w:rPr>',
            following="Body Text",
        )


def _lists(look: Look) -> Iterator[str]:
    for name in ("List Bullet", "List Number", "List Continue"):
        for level in range(1, DEEPEST_LIST_STYLE + 1):
            left = look.list_indent + LIST_HANGING * level
            indent = f'<w:ind w:left="{left}"/>' if name == "List Continue" else ""
            yield _style(
                "paragraph",
                name if level == 1 else f"{name} {level}",
                f'<w:pPr><w:spacing w:before="0" w:after="{look.item_after}"/>{indent}</w:pPr>',
            )


def _blocks(look: Look) -> Iterator[str]:
    yield _style(
        "paragraph",
        "Quote",
        f'<w:pPr><w:pBdr><w:left w:val="single" w:sz="18" w:space="12" w:color="{LINE}"/></w:pBdr>'
        f'<w:spacing w:before="{look.block_gap}" w:after="160"/>'
        f'<w:ind w:left="{QUOTE_INDENT}" w:right="{QUOTE_INDENT}"/></w:pPr>'
        f'<w:rPr>{_fonts(look.text, look.quotes_east_asian)}<w:color w:val="{SOFT_INK}"/></w:rPr>',
    )
    yield _style(
        "paragraph",
        "Code Block",
        f'<w:pPr><w:pBdr>{_box(SHADE)}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>'
        '<w:spacing w:before="120" w:after="240" w:line="264" w:lineRule="auto"/>'
        f'<w:ind w:left="120" w:right="120"/><w:jc w:val="left"/></w:pPr>'
        f"<w:rPr>{_fonts(MONOSPACE, look.text_east_asian)}<w:noProof/>{_size(19)}</w:rPr>",
        own=True,
    )
    yield _style(
        "paragraph",
        "Horizontal Rule",
        f'<w:pPr><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="{LINE}"/></w:pBdr>'
        '<w:spacing w:before="0" w:after="280" w:line="200" w:lineRule="exact"/></w:pPr>',
        following="Body Text",
        own=True,
    )
    yield _style(
        "paragraph",
        "Table Text",
        f'<w:pPr><w:spacing w:before="40" w:after="40" w:line="276" w:lineRule="auto"/></w:pPr>'
        f"<w:rPr>{_size(look.text_size - 2)}</w:rPr>",
        own=True,
    )
    # Word grows two tables in a row together, and has no space below a table; this paragraph is both.
    yield _style(
        "paragraph",
        "After Table",
        '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="exact"/></w:pPr>',
        following="Body Text",
        own=True,
    )
    yield _style(
        "paragraph",
        "footnote text",
        '<w:pPr><w:spacing w:before="0" w:after="40" w:line="252" w:lineRule="auto"/></w:pPr>'
        f"<w:rPr>{_size(18)}</w:rPr>",
    )
    yield _table_style()


def _box(colour: str) -> str:
    return "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="5" w:color="{colour}"/>'
        for side in ("top", "left", "bottom", "right")
    )


def _table_style() -> str:
    rule = f'w:val="single" w:sz="8" w:space="0" w:color="{SOFT_INK}"'
    thin = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE}"'
    return _style(
        "table",
        "Report Table",
        f"<w:tblPr><w:tblBorders><w:top {rule}/><w:bottom {rule}/><w:insideH {thin}/></w:tblBorders>"
        '<w:tblCellMar><w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr>'
        f'<w:tcPr><w:tcBorders><w:bottom {rule}/></w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>'
        "</w:tcPr></w:tblStylePr>",
        based_on="TableNormal",
        own=True,
    )


def _inside(look: Look) -> Iterator[str]:
    base = "DefaultParagraphFont"
    yield _style(
        "character",
        "Inline Code",
        f"<w:rPr>{_fonts(MONOSPACE, look.text_east_asian)}<w:noProof/>{_size(look.text_size - 2)}</w:rPr>",
        based_on=base,
        own=True,
    )
    yield _style(
        "character", "Hyperlink", f'<w:rPr><w:color w:val="{LINK_INK}"/><w:u w:val="single"/></w:rPr>', based_on=base
    )
    yield _style("character", "footnote reference", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>', based_on=base)


def numbering_elements(look: Look) -> Iterator[str]:
    """The two abstract numberings, each as XML without namespaces: 0 for bullets, 1 for numbers.

    A list in the text becomes a w:num of one of them. Nine levels, the most that Word has.
    """
    for abstract, levels in ((0, _bullets()), (1, _numbers(look))):
        yield (
            f'<w:abstractNum w:abstractNumId="{abstract}"><w:multiLevelType w:val="hybridMultilevel"/>'
            + "".join(
                f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
                f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{list_left(look, level)}" w:hanging="{LIST_HANGING}"/>'
                f"</w:pPr><w:rPr>{_fonts(look.text, look.text)}</w:rPr></w:lvl>"
                for level, (form, text) in enumerate(levels)
            )
            + "</w:abstractNum>"
        )


def list_left(look: Look, level: int) -> int:
    """How far the text of a list's ``level``, from 0, stands from the margin, in twips."""
    return look.list_indent + LIST_HANGING * (level + 1)


def _bullets() -> list[tuple[str, str]]:
    return [("bullet", "•" if level % 2 == 0 else "–") for level in range(9)]


def _numbers(look: Look) -> list[tuple[str, str]]:
    if look.language == "zh-CN":
        forms = (("decimal", "%{}."), ("decimal", "(%{})"), ("lowerLetter", "%{}."))
    else:
        forms = (("decimal", "%{}."), ("lowerLetter", "%{}."), ("lowerRoman", "%{}."))
    return [(form, text.format(level + 1)) for level in range(9) for form, text in (forms[level % 3],)]
