from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QFont, QTextBlockFormat, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.manuscript.arranging import longest_rise
from longwriter_desktop.ui.manuscript.count_line import count_line
from longwriter_desktop.ui.theme import DARK, contrast
from tests.ui.manuscript.desk import Desk, document, section

LONG = "\n\n".join(f"Paragraph {number}, which is scrolled to." for number in range(60))


def placeholders(desk: Desk) -> list[str]:
    return [each.placeholder for each in desk.manuscript.page.fields if each.key.kind == "text" and not each.text]


def test_the_same_document_again_changes_nothing(desk: Desk) -> None:
    revision = desk.manuscript.document().revision()
    desk.show(replace(desk.document))
    assert desk.manuscript.document().revision() == revision


def test_another_text_in_one_section_leaves_cursor_and_view_alone(desk_with: Callable[[Document], Desk]) -> None:
    desk = desk_with(document(section("a", "Before."), section("b", LONG), section("c", "After.")))
    bar = desk.manuscript.verticalScrollBar()
    desk.place("Paragraph 40", 5)
    bar.setValue(bar.value() + 40)
    block, y = desk.manuscript.textCursor().block().text(), desk.manuscript.cursorRect().top()
    desk.show(desk.document.with_text("a", "Another text.\n\nOf several lines.\n\nAbove."))
    assert desk.manuscript.textCursor().block().text() == block
    assert desk.manuscript.textCursor().positionInBlock() == 5
    assert desk.manuscript.cursorRect().top() == y


def test_a_small_change_in_the_same_section_keeps_the_cursor_at_its_letters(desk: Desk) -> None:
    desk.place("Alpha two.", 10)
    desk.show(desk.document.with_text("a", "Alpha one, longer now.\n\nAlpha two."))
    assert desk.lines[1] == "Alpha one, longer now."
    assert desk.manuscript.current_section() == "a"


@pytest.mark.parametrize("order", ["abc", "acb", "bac", "bca", "cab", "cba"])
def test_sections_are_shown_in_any_order_and_the_cursor_goes_with_its_section(desk: Desk, order: str) -> None:
    desk.place("Beta.", 2)
    shown = replace(desk.document, sections=tuple(desk.document.section(each) for each in order))
    desk.show(shown)
    texts = {"a": ["Alpha one.", "", "Alpha two."], "b": ["Second", "Beta."], "c": ["Gamma."]}
    assert desk.lines == ["Title", *(line for each in order for line in texts[each])]
    assert desk.manuscript.current_section() == "b"
    assert desk.manuscript.textCursor().positionInBlock() == 2


def test_sections_come_and_go(desk: Desk) -> None:
    desk.show(desk.document.inserted(1, section("n", "New.", heading="New heading")).deleted("a"))
    assert desk.lines == ["Title", "New heading", "New.", "Second", "Beta.", "Gamma."]
    desk.show(replace(desk.document, sections=desk.document.sections[:1]))
    assert desk.lines == ["Title", "New heading", "New."]


def test_a_text_replaced_from_outside_can_be_undone(desk: Desk) -> None:
    desk.show(desk.document.with_text("b", "An earlier version."))
    desk.undo()
    assert desk.document.section("b").text == "Beta."


def test_typing_can_still_be_undone_after_sections_were_moved(desk: Desk) -> None:
    desk.place("Beta.", 5)
    desk.type(" More.")
    desk.show(desk.document.moved("b", 0))
    desk.undo()
    assert desk.document.section("b").text == "Beta."
    assert desk.lines == ["Title", "Second", "Beta.", "Alpha one.", "", "Alpha two.", "Gamma."]


def test_nothing_of_another_document_can_be_undone_into_this_one(desk: Desk) -> None:
    desk.place("Beta.", 5)
    desk.type(" More.")
    desk.show(document(section("x", "Another document."), title="Other"))
    assert desk.lines == ["Other", "Another document."]
    assert not desk.manuscript.can_undo()
    desk.show(Document())
    assert desk.lines == [""]


def test_a_heading_has_a_line_only_while_there_is_one(desk: Desk) -> None:
    desk.show(desk.document.with_section(replace(desk.document.section("c"), heading="Third")))
    assert desk.lines[-2:] == ["Third", "Gamma."]
    desk.show(desk.document.with_section(replace(desk.document.section("c"), heading="")))
    assert desk.lines[-2:] == ["Beta.", "Gamma."]


def test_empty_sections_show_their_main_points_and_the_next_one_says_so(desk_with: Callable[[Document], Desk]) -> None:
    desk = desk_with(document(section("a", "Text."), section("b"), section("c", heading="Third"), section("d")))
    assert placeholders(desk) == ["Point b", "Point c", "Point d"]
    desk.manuscript.set_writing("a")
    assert placeholders(desk) == ["Next: Point b", "Point c", "Point d"]
    desk.manuscript.set_writing("b")
    assert placeholders(desk) == ["Point b", "Next: Point c", "Point d"]
    desk.append("b", "Now.")
    desk.manuscript.flush()
    assert placeholders(desk) == ["Next: Point c", "Point d"]
    assert desk.lines == ["Title", "Text.", "Now.", "Third", "", ""]


def test_in_a_chinese_document_the_next_section_says_so_in_chinese(desk_with: Callable[[Document], Desk]) -> None:
    desk = desk_with(document(section("a", "灯塔。"), section("b", main_point="守塔人"), language="zh"))
    desk.manuscript.set_writing("a")
    assert placeholders(desk) == ["接下来：守塔人"]


def test_words_are_counted_as_they_come(desk: Desk, qtbot: QtBot) -> None:
    line = desk.manuscript.document().findBlockByNumber(1)
    qtbot.waitUntil(lambda: line.text() == "6 of 1,000 words")
    desk.append("c", " Three more words.")
    qtbot.waitUntil(lambda: line.text() == "9 of 1,000 words")


def test_the_count_is_in_the_language_of_the_document() -> None:
    assert count_line(1622, 10000, "en") == "1,622 of 10,000 words"
    assert count_line(1, 0, "en") == "1 word"
    assert count_line(1622, 10000, "zh") == "1,622 / 10,000 字"


def test_showing_a_section_brings_its_heading_into_sight_and_leaves_the_focus(
    desk_with: Callable[[Document], Desk],
) -> None:
    desk = desk_with(document(section("a", LONG), section("b", LONG, heading="Second"), section("c", LONG)))
    desk.manuscript.clearFocus()
    desk.manuscript.show_section("b")
    assert desk.manuscript.current_section() == "b"
    assert desk.manuscript.textCursor().block().text() == "Paragraph 0, which is scrolled to."
    top = desk.manuscript.cursorForPosition(desk.manuscript.viewport().rect().topLeft())
    assert top.block().blockNumber() < desk.manuscript.textCursor().block().blockNumber() - 1
    assert not desk.manuscript.hasFocus()


def test_the_column_is_centred_and_keeps_its_measure_in_wide_windows(desk: Desk) -> None:
    manuscript = desk.manuscript
    for width in (900, 1400):
        manuscript.resize(width, 600)
        viewport = manuscript.viewport().geometry()
        assert abs(viewport.center().x() - width / 2) <= 1
        assert manuscript.document().textWidth() == viewport.width()
    text_width = manuscript.document().textWidth()
    manuscript.resize(1600, 600)
    assert manuscript.document().textWidth() == text_width
    manuscript.resize(300, 600)
    assert manuscript.viewport().width() < 300


def test_the_type_is_larger_by_as_much_as_the_systems_text(desk: Desk, qapp: QApplication, qtbot: QtBot) -> None:
    def shown_px() -> int:
        return desk.manuscript.document().defaultFont().pixelSize()

    before, larger = qapp.font(), QFont(qapp.font())
    larger.setPixelSize(26)
    usual = shown_px()
    try:
        qapp.setFont(larger)
        qtbot.waitUntil(lambda: shown_px() == 2 * usual)
        assert desk.manuscript.type_size == 17
        desk.manuscript.zoom_in()
        assert shown_px() == 36
        assert desk.manuscript.type_size == 18
    finally:
        qapp.setFont(before)
    qtbot.waitUntil(lambda: shown_px() == 18)


def test_zooming_changes_the_type_and_keeps_the_text(desk: Desk, qtbot: QtBot) -> None:
    lines = desk.lines
    with qtbot.waitSignal(desk.manuscript.type_size_changed) as zoomed:
        desk.manuscript.zoom_in()
    assert zoomed.args == [18]
    assert desk.manuscript.document().defaultFont().pixelSize() == 18
    desk.manuscript.zoom_in(100)
    desk.manuscript.set_palette(DARK)
    assert desk.manuscript.type_size == 48
    assert desk.lines == lines
    assert not desk.manuscript.can_undo()


def test_a_chinese_document_is_set_in_its_own_way(desk: Desk) -> None:
    latin = desk.manuscript.page.typography
    desk.show(document(section("a", "灯塔。"), title="灯塔简史", language="zh"))
    chinese = desk.manuscript.page.typography
    assert chinese.line_px > latin.line_px
    assert chinese.body_font.families()[0] == "Noto Serif CJK SC"
    assert not chinese.placeholder_font.italic()
    assert desk.lines == ["灯塔简史", "灯塔。"]


def test_a_new_font_of_the_interface_leaves_the_book_face(desk: Desk) -> None:
    font = desk.manuscript.font()
    font.setPointSize(30)
    desk.manuscript.setFont(font)
    assert desk.manuscript.document().defaultFont().pixelSize() == 17


def test_a_screen_reader_finds_a_name_and_the_text(desk: Desk) -> None:
    interface = QAccessible.queryAccessibleInterface(desk.manuscript)
    assert interface.text(QAccessible.Text.Name) == "Manuscript"
    assert interface.role() == QAccessible.Role.EditableText
    assert "Alpha one." in interface.textInterface().text(0, interface.textInterface().characterCount())


def test_selected_text_stays_readable_in_both_themes(desk: Desk) -> None:
    for _ in range(2):
        palette = desk.manuscript.palette()
        assert contrast(palette.highlight().color().name(), palette.highlightedText().color().name()) > 4.5
        desk.manuscript.set_palette(DARK)


@given(st.permutations(list(range(7))))
def test_the_longest_rise_rises(numbers: list[int]) -> None:
    found = [numbers[index] for index in longest_rise(numbers)]
    assert found == sorted(found)
    assert len(found) >= 1
    best = [1] * len(numbers)
    for index in range(len(numbers)):
        best[index] += max((best[k] for k in range(index) if numbers[k] < numbers[index]), default=0)
    assert len(found) == max(best)


def test_ctrl_and_the_wheel_change_the_size_by_whole_notches(desk: Desk) -> None:
    def turn(across: int, up: int) -> int:
        none = Qt.MouseButton.NoButton
        control, phase = Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(across, up), none, control, phase, False)
        desk.manuscript.wheelEvent(event)
        return desk.manuscript.type_size

    assert turn(0, 120) == 18
    assert turn(-120, 0) == 18  # to the side
    assert [turn(0, 12) for _ in range(10)] == [18] * 9 + [19]  # a touch pad
    assert turn(0, -60) == 19
    assert turn(0, 60) == 19  # it begins anew where the direction changes
    assert turn(0, -240) == 17


def test_another_theme_changes_colours_and_nothing_else(desk: Desk) -> None:
    def formats() -> list[QTextBlockFormat]:
        whole = desk.manuscript.document()
        return [whole.findBlockByNumber(number).blockFormat() for number in range(whole.blockCount())]

    before, font = formats(), desk.manuscript.document().defaultFont()
    desk.manuscript.set_palette(DARK)
    assert formats() == before
    assert desk.manuscript.document().defaultFont() == font
    count = desk.manuscript.document().findBlockByNumber(1)
    colour = count.begin().fragment().charFormat().foreground().color() if count.text() else None
    assert colour is None or colour.name() == DARK.muted.lower()
    assert count.charFormat().foreground().color().name() == DARK.muted.lower()
