from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QTextBlock
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.theme import LIGHT
from tests.ui.manuscript.desk import Desk, document, section

DeskWith = Callable[[Document], Desk]


def looks(block: QTextBlock) -> dict[str, str]:
    """What each highlighted run of a line looks like: b(old), i(talic), d(im), m(onospaced), l(arge)."""
    found = {}
    text = block.text().encode("utf-16-le")
    for run in block.layout().formats():
        made = run.format
        look = ("b" if made.fontWeight() > 500 else "") + ("i" if made.fontItalic() else "")
        look += "d" if made.foreground().color().name().upper() == LIGHT.muted else ""
        look += "m" if made.fontFamilies() else "l" if made.intProperty(made.Property.FontPixelSize) else ""
        found[text[2 * run.start : 2 * (run.start + run.length)].decode("utf-16-le")] = look
    return found


@pytest.fixture
def looks_of(desk_with: DeskWith, qtbot: QtBot) -> Callable[[str], list[dict[str, str]]]:
    def make(text: str) -> list[dict[str, str]]:
        desk = desk_with(document(section("a", text)))
        qtbot.waitUntil(lambda: desk.manuscript.highlighter.is_done)
        return [looks(block) for block in desk.manuscript.page.blocks(desk.manuscript.page.fields[2])]

    return make


Looks = Callable[[str], list[dict[str, str]]]


def test_marks_step_back_and_what_is_strong_is_strong(looks_of: Looks) -> None:
    found = looks_of("A *leaning* and **bold** word")[0]
    assert found == {"*": "id", "leaning": "i", "**": "bd", "bold": "b"}


def test_latin_in_a_chinese_line_has_its_own_face(desk_with: DeskWith, qtbot: QtBot) -> None:
    desk = desk_with(replace(document(section("a", "他说“don’t worry”，**see you**，再读 `x` 吧。")), language="zh"))
    qtbot.waitUntil(lambda: desk.manuscript.highlighter.is_done)
    block = next(iter(desk.manuscript.page.blocks(desk.manuscript.page.fields[2])))
    faces = {}
    for run in block.layout().formats():
        faces[block.text()[run.start : run.start + run.length]] = run.format.fontFamilies()
    assert faces["don’t worry"][0] == "Literata"  # without the quotation marks around it, which are Chinese
    assert faces["see you"][0] == "Literata"
    assert faces["x"][0] != "Literata"


def test_digits_in_a_chinese_line_have_the_face_of_its_letters(desk_with: DeskWith, qtbot: QtBot) -> None:
    desk = desk_with(
        replace(document(section("a", "灯塔建于1823年，花了$1,200，高3.5米，由Smith看守。")), language="zh")
    )
    qtbot.waitUntil(lambda: desk.manuscript.highlighter.is_done)
    block = next(iter(desk.manuscript.page.blocks(desk.manuscript.page.fields[2])))
    faces = {
        block.text()[run.start : run.start + run.length]: run.format.fontFamilies()[0]
        for run in block.layout().formats()
    }
    assert faces == dict.fromkeys(["1823", "$1,200", "3.5", "Smith"], "Literata")


def test_positions_are_right_behind_an_emoji(looks_of: Looks) -> None:
    assert looks_of("😀😀 **bold** 😀")[0]["bold"] == "b"


def test_emphasis_inside_emphasis_is_both(looks_of: Looks) -> None:
    assert looks_of("**bold with *both* in it**")[0]["both"] == "bi"


def test_a_heading_a_quotation_and_a_list(looks_of: Looks) -> None:
    lines = looks_of("### Heading\n> quoted\n- item\n12. item")
    assert lines[0] == {"### ": "bdl", "Heading": "bl"}
    assert lines[1]["quoted"] == "i"
    assert lines[2] == {"- ": "d"}
    assert lines[3] == {"12. ": "d"}


def test_code_is_left_alone(looks_of: Looks) -> None:
    lines = looks_of("`*not*` *yes*\n```\n*not*\n```\n*yes*")
    assert lines[0]["*not*"] == "m"
    assert lines[0]["yes"] == "i"
    assert lines[2] == {"*not*": "m"}
    assert lines[4]["yes"] == "i"


def test_ordinary_prose_with_stray_marks_is_not_changed(looks_of: Looks) -> None:
    assert looks_of("2 * 3 * 4 and snake_case_name and 5 > 3") == [{}]


def test_an_open_block_of_code_ends_with_its_section(desk_with: DeskWith, qtbot: QtBot) -> None:
    desk = desk_with(document(section("a", "```\ncode"), section("b", "*leaning*")))
    qtbot.waitUntil(lambda: desk.manuscript.highlighter.is_done)
    assert looks(desk.manuscript.document().lastBlock())["leaning"] == "i"


def test_what_is_typed_is_highlighted_at_once(desk: Desk) -> None:
    desk.place("Gamma.", 6)
    desk.type(" **so**")
    assert looks(desk.manuscript.document().lastBlock())["so"] == "b"


def test_a_line_gone_astray_does_not_take_long(desk: Desk) -> None:
    desk.manuscript.append_text("c", "*a `b _c " * 5000)
    desk.manuscript.flush()
    assert looks(desk.manuscript.document().lastBlock()) == {}
