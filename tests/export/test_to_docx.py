import re
import time
from datetime import UTC, datetime

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from lxml import etree

from longwriter_desktop.document.document import Document
from longwriter_desktop.export.options import ExportOptions
from longwriter_desktop.export.to_docx import to_docx
from tests.export.reading import (
    R,
    W,
    document,
    docx_of,
    one,
    paragraph_texts,
    parts,
    parts_of,
    style_of,
    text_of,
    words,
)

REPORT = document(
    (
        "One",
        "Text.\n\n### Inner\n\n#### Deeper\n\n- a\n  - b\n\n1. c\n2. d\n\n> q\n\n"
        "```\ncode\n```\n\n| h |\n|---|\n| x |\n\n---\n",
    ),
    ("Two", "More[^1] [link](http://a.b/).\n\n[^1]: Note with [link](http://c.d/)."),
    title="The *Report*",
)


def body(source: Document) -> etree._Element:
    return parts(source)["word/document.xml"]


def attribute(element: etree._Element | None, name: str) -> str:
    assert element is not None
    return element.get(f"{W}{name}", "")


def test_each_kind_of_block_has_a_real_style() -> None:
    found = [(each.style.name, each.text) for each in docx_of(REPORT).paragraphs if each.style is not None]
    assert found == [
        ("Title", "The Report"),
        ("Heading 1", "One"),
        ("Body Text", "Text."),
        ("Heading 2", "Inner"),
        ("Heading 3", "Deeper"),
        ("List Bullet", "a"),
        ("List Bullet 2", "b"),
        ("List Number", "c"),
        ("List Number", "d"),
        ("Quote", "q"),
        ("Code Block", "code"),
        ("After Table", ""),
        ("Horizontal Rule", ""),
        ("Heading 1", "Two"),
        ("Body Text", "More link."),
    ]


def test_every_style_that_is_used_is_there() -> None:
    found = parts(REPORT)
    known = {style.get(f"{W}styleId") for style in found["word/styles.xml"].iter(f"{W}style")}
    tags = (f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle", f"{W}basedOn", f"{W}next")
    for name in ("word/document.xml", "word/footnotes.xml", "word/footer1.xml", "word/styles.xml"):
        assert {each.get(f"{W}val") for each in found[name].iter(*tags)} <= known


def test_headings_stand_in_the_navigator_and_stay_with_their_text() -> None:
    styles = docx_of(REPORT).styles
    for level in range(1, 6):
        style = styles[f"Heading {level}"]
        assert style.paragraph_format.keep_with_next
        assert style.element.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") == str(level - 1)


def test_headings_deeper_than_the_look_share_its_last_style() -> None:
    names = [style_of(each) for each in body(document(("A", "###### f"))).iter(f"{W}p")]
    assert names == ["Heading1", "Heading5"]


def numbering(source: Document) -> list[tuple[str, str, str, str]]:
    """Each numbered paragraph: its text, its level, the kind of its numbers, and at what its numbering begins."""
    found = parts(source)
    root = found["word/numbering.xml"]
    rows = []
    for paragraph in found["word/document.xml"].iter(f"{W}p"):
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        if properties is None:
            continue
        level, number = attribute(properties.find(f"{W}ilvl"), "val"), attribute(properties.find(f"{W}numId"), "val")
        (own,) = (each for each in root.iter(f"{W}num") if each.get(f"{W}numId") == number)
        abstract = attribute(own.find(f"{W}abstractNumId"), "val")
        form = root.find(f"{W}abstractNum[@{W}abstractNumId='{abstract}']/{W}lvl[@{W}ilvl='{level}']/{W}numFmt")
        override = own.find(f"{W}lvlOverride[@{W}ilvl='{level}']/{W}startOverride")
        start = "" if override is None else attribute(override, "val")
        rows.append((text_of(paragraph), level, attribute(form, "val"), f"{number}:{start}"))
    return rows


def test_each_ordered_list_begins_at_its_own_number() -> None:
    rows = numbering(one("1. a\n2. b\n\ntext\n\n1. c\n2. d\n\ntext\n\n7. e\n8. f"))
    assert [row[3].split(":")[1] for row in rows] == ["1", "1", "1", "1", "7", "7"]
    own = [row[3] for row in rows]
    assert own[0] == own[1] != own[2] == own[3] != own[4] == own[5]


def test_nested_lists_have_their_level_and_begin_anew_below_each_item() -> None:
    rows = numbering(one("1. a\n   1. b\n   2. c\n2. d\n   1. e\n      - f"))
    assert [(text, level, form) for text, level, form, _ in rows] == [
        ("a", "0", "decimal"),
        ("b", "1", "lowerLetter"),
        ("c", "1", "lowerLetter"),
        ("d", "0", "decimal"),
        ("e", "1", "lowerLetter"),
        ("f", "2", "bullet"),
    ]
    ids = [row[3] for row in rows]
    assert ids[0] == ids[3]
    assert ids[1] == ids[2] != ids[4]


def test_lists_nested_beyond_words_nine_levels_stay_on_the_last() -> None:
    rows = numbering(one("\n".join(f"{'  ' * depth}- item" for depth in range(12))))
    assert [row[1] for row in rows] == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "8", "8", "8"]


def test_what_else_is_in_an_item_stands_below_its_text() -> None:
    paragraphs = list(body(one("- a\n\n  b\n\n  > c\n\n  ```\n  d\n  ```")).iter(f"{W}p"))
    assert [style_of(each) for each in paragraphs] == ["ListBullet", "ListContinue", "Quote", "CodeBlock"]
    quote, code = (int(attribute(each.find(f"{W}pPr/{W}ind"), "left")) for each in paragraphs[2:])
    assert quote > code > 0


def test_inline_markup_becomes_the_look_of_runs() -> None:
    (paragraph,) = docx_of(one("a **b** *c* ***d*** ~~e~~ `f` g")).paragraphs
    runs = {run.text: run for run in paragraph.runs}
    assert (runs["b"].bold, runs["b"].italic) == (True, None)
    assert (runs["c"].bold, runs["c"].italic) == (None, True)
    assert (runs["d"].bold, runs["d"].italic) == (True, True)
    assert runs["e"].font.strike
    assert runs["f"].style is not None
    assert runs["f"].style.name == "Inline Code"
    assert runs["f"].style.font.name == "Consolas"
    assert runs[" g"].bold is None


def test_line_breaks_and_tabs_are_real_ones() -> None:
    root = body(one("a  \nb\n\n```\n\tc\n\nd\n```"))
    assert list(paragraph_texts(root)) == ["a\nb", "\nc\n\nd"]
    assert len(list(root.iter(f"{W}br"))) == 3
    assert len(list(root.iter(f"{W}tab"))) == 1


def test_links_are_relationships_and_footnotes_have_their_own() -> None:
    found = parts(REPORT)
    for name, target in (("document", "http://a.b/"), ("footnotes", "http://c.d/")):
        (link,) = found[f"word/{name}.xml"].iter(f"{W}hyperlink")
        relationships = {each.get("Id"): each for each in found[f"word/_rels/{name}.xml.rels"]}
        relationship = relationships[link.get(f"{R}id")]
        assert (relationship.get("Target"), relationship.get("TargetMode")) == (target, "External")


def test_an_address_that_is_none_of_the_web_stands_behind_its_text() -> None:
    root = body(one("[a](javascript:x) ![b](c.png) [![d](http://e.f/)](http://g.h/)"))
    assert list(paragraph_texts(root)) == ["a (javascript:x) b (c.png) d (http://e.f/)"]
    (link,) = root.iter(f"{W}hyperlink")
    assert not list(link.iterdescendants(f"{W}hyperlink"))


def test_footnotes_are_real_and_numbered_in_their_order() -> None:
    found = parts(document(("", "a[^x] b[^y]\n\n[^y]: second"), ("", "c[^x]\n\n[^x]: *first*\n\n    - list")))
    references = [each.get(f"{W}id") for each in found["word/document.xml"].iter(f"{W}footnoteReference")]
    notes = {each.get(f"{W}id"): each for each in found["word/footnotes.xml"].iter(f"{W}footnote")}
    assert references == ["1", "2", "3"]
    assert [text_of(notes[each]).strip() for each in references] == ["firstlist", "second", "firstlist"]
    assert [len(list(notes[each].iter(f"{W}footnoteRef"))) for each in references] == [1, 1, 1]
    assert {"-1", "0"} <= set(notes)


def test_a_table_repeats_its_header_and_aligns_its_columns() -> None:
    file = docx_of(one("| a | b | c |\n|:--|:-:|--:|\n| **x** | y |\n| 1 | 2 | 3 | 4 |"))
    (table,) = file.tables
    assert table.style is not None
    assert table.style.name == "Report Table"
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["a", "b", "c", ""],
        ["x", "y", "", ""],
        ["1", "2", "3", "4"],
    ]
    headers = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in table.rows]
    assert headers == [True, False, False]
    assert [cell.paragraphs[0].alignment for cell in table.rows[1].cells[1:3]] == [
        WD_ALIGN_PARAGRAPH.CENTER,
        WD_ALIGN_PARAGRAPH.RIGHT,
    ]
    assert table.rows[1].cells[0].paragraphs[0].runs[0].bold
    widths = [int(attribute(each, "w")) for each in table._tbl.iter(f"{W}gridCol")]
    assert 0.98 < sum(widths) / (11906 - 2 * 1417) <= 1


def test_two_tables_in_a_row_stay_two() -> None:
    root = body(one("| a |\n|---|\n| b |\n\n| c |\n|---|\n| d |"))
    tags = [etree.QName(each).localname for each in root[0]]
    assert tags == ["tbl", "p", "tbl", "p", "sectPr"]


@pytest.mark.parametrize(("region", "size"), [("US", (12240, 15840)), ("CN", (11906, 16838)), ("DE", (11906, 16838))])
def test_the_page_is_the_regions_with_margins_of_25_millimetres(region: str, size: tuple[int, int]) -> None:
    section = docx_of(REPORT, region=region).sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (section.page_width.twips, section.page_height.twips) == size
    for margin in (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin):
        assert margin is not None
        assert abs(margin - Cm(2.5)) < Pt(0.1)


def test_the_page_is_that_of_the_systems_region_when_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("LC_ALL", "en_US.UTF-8"), ("LC_PAPER", "de_DE.UTF-8")):
        monkeypatch.setenv(name, value)
    page = parts_of(to_docx(REPORT, ExportOptions()))["word/document.xml"].find(f".//{W}pgSz")
    assert page is not None
    assert page.get(f"{W}w") == "12240"


def test_pages_are_numbered_at_their_foot() -> None:
    (footer,) = (root for name, root in parts(REPORT).items() if re.fullmatch(r"word/footer\d+\.xml", name))
    (page,) = footer.iter(f"{W}fldSimple")
    assert attribute(page, "instr").strip() == "PAGE"


@pytest.mark.parametrize(("language", "tag"), [("en", "en-US"), ("zh", "zh-CN")])
def test_the_language_is_set_for_each_script_and_for_the_file(language: str, tag: str) -> None:
    found = parts(document(("一", "text"), language=language))
    (lang,) = found["word/styles.xml"].iter(f"{W}lang")
    assert (attribute(lang, "val"), attribute(lang, "eastAsia")) == ("en-US", "zh-CN")
    assert found["docProps/core.xml"].findtext("{http://purl.org/dc/elements/1.1/}language") == tag


def test_english_is_set_in_a_serif_face_of_eleven_points_with_space_between_paragraphs() -> None:
    styles = docx_of(REPORT).styles
    assert (styles["Normal"].font.name, styles["Normal"].font.size) == ("Cambria", Pt(11))
    assert styles["Normal"].paragraph_format.line_spacing == pytest.approx(1.35)
    assert styles["Normal"].paragraph_format.widow_control
    assert styles["Body Text"].paragraph_format.space_after == Pt(8)
    assert styles["Body Text"].paragraph_format.first_line_indent is None


def test_chinese_is_set_in_song_with_first_lines_indented_by_two_characters() -> None:
    styles = docx_of(document(("一", "正文"), language="zh")).styles
    fonts = styles["Normal"].element.find(f"{W}rPr/{W}rFonts")
    assert (attribute(fonts, "eastAsia"), attribute(fonts, "ascii")) == ("SimSun", "Times New Roman")
    assert styles["Normal"].font.size == Pt(12)
    assert attribute(styles["Heading 1"].element.find(f"{W}rPr/{W}rFonts"), "eastAsia") == "SimHei"
    indent = styles["Body Text"].element.find(f"{W}pPr/{W}ind")
    assert (attribute(indent, "firstLineChars"), attribute(indent, "firstLine")) == ("200", "480")
    assert styles["Body Text"].paragraph_format.space_after == 0
    assert styles["Body Text"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY


@pytest.mark.parametrize(
    ("text", "language", "hinted"),
    [
        ("他说“好”", "zh", True),
        ("“good”", "zh", False),
        ("罗马的“路”", "en", True),
        ("the word 路 “road”", "en", False),
    ],
)
def test_quotation_marks_take_the_script_they_stand_in(text: str, language: str, hinted: bool) -> None:
    hints = [each.get(f"{W}hint") for each in body(one(text, language=language)).iter(f"{W}rFonts")]
    assert hints == (["eastAsia"] if hinted else [])


def test_headings_are_ink_and_not_words_blue() -> None:
    styles = docx_of(REPORT).styles
    assert {str(styles[name].font.color.rgb) for name in ("Title", "Heading 1", "Heading 4")} == {"1F2A37"}


def test_the_files_properties_are_the_documents() -> None:
    at = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    found = docx_of(REPORT, author="Ada").core_properties
    assert (found.title, found.author, found.comments, found.keywords) == ("The Report", "Ada", "", "")
    assert docx_of(REPORT).core_properties.author == ""
    core = parts_of(to_docx(REPORT, ExportOptions(at=at)))["docProps/core.xml"]
    assert core.findtext("{http://purl.org/dc/terms/}created") == "2026-03-04T05:06:07Z"


def test_nothing_of_the_librarys_template_is_left() -> None:
    found = parts(REPORT)
    assert not [name for name in found if "customXml" in name or "stylesWithEffects" in name]
    whole = b"".join(etree.tostring(root) for root in found.values())
    assert b"python-docx" not in whole
    assert b"asciiTheme" not in whole
    mode = found["word/settings.xml"].find(f".//{W}compatSetting[@{W}name='compatibilityMode']")
    assert attribute(mode, "val") == "15"


def test_a_title_longer_than_a_property_may_be_is_whole_in_the_text() -> None:
    title = "word " * 100
    file = docx_of(document(title=title))
    assert file.paragraphs[0].text == title.strip()
    assert len(file.core_properties.title) == 255


def test_an_empty_document_is_a_file_all_the_same() -> None:
    assert docx_of(Document()).paragraphs == []


def test_a_heading_in_a_quote_is_none_of_the_outline() -> None:
    (paragraph,) = docx_of(one("> # a")).paragraphs
    assert paragraph.style is not None
    assert (paragraph.style.name, paragraph.runs[0].bold) == ("Quote", True)


def test_an_announcement_is_not_left_alone_at_the_foot_of_a_page() -> None:
    paragraphs = docx_of(one("These:\n- a\n\n**Bold line**\n\nplain\n\n- b")).paragraphs
    assert [each.paragraph_format.keep_with_next for each in paragraphs] == [True, None, True, None, None]


def test_a_hundred_thousand_words_take_seconds() -> None:
    text = "\n\n".join(
        "The **Roman** Empire grew from a small settlement on the *Tiber* into a state. " * 10 for _ in range(70)
    )
    source = document(*[(f"Chapter {number}", text) for number in range(10)])
    begin = time.perf_counter()
    content = to_docx(source, ExportOptions(region="US"))
    assert time.perf_counter() - begin < 12  # 1.5 s where it was measured
    assert len(words("\n".join(paragraph_texts(parts_of(content)["word/document.xml"])))) > 98_000


def test_a_line_that_ends_on_the_page_ends_in_word() -> None:
    english = docx_of(one("It makes daily cycling convenient\nThis is not only about roads"))
    assert english.paragraphs[0].text == "It makes daily cycling convenient\nThis is not only about roads"
    chinese = docx_of(one("第一行。\n第二行。\n\n另一段。", language="zh"))
    assert [paragraph.text for paragraph in chinese.paragraphs] == ["第一行。\n第二行。", "另一段。"]
    # Both edges are straight in Chinese: a line that ends with a break is not to be stretched.
    assert chinese.settings.element.find(f".//{W}doNotExpandShiftReturn") is not None
