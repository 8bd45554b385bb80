"""Clicks: three select a line and no more, and one that began on another page is none of the text's."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from tests.ui.manuscript.desk import Desk, document, section

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


def place_of(desk: Desk, find: str) -> QPoint:
    """In the middle of a word, in pixels of the viewport."""
    cursor = desk.manuscript.document().find(find)
    cursor.setPosition((cursor.selectionStart() + cursor.selectionEnd()) // 2)
    return desk.manuscript.cursorRect(cursor).center()


def click_three_times(desk: Desk, at: QPoint) -> None:
    viewport = desk.manuscript.viewport()
    QTest.mouseClick(viewport, LEFT, pos=at)
    QTest.mouseDClick(viewport, LEFT, pos=at)
    QTest.mousePress(viewport, LEFT, pos=at)


def test_three_clicks_select_a_paragraph_without_the_section_below_it(desk: Desk) -> None:
    at = place_of(desk, "Alpha two")
    click_three_times(desk, at)
    cursor = desk.manuscript.textCursor()
    assert cursor.selectedText() == "Alpha two."
    assert desk.manuscript.current_section() == "a"
    QTest.mouseMove(desk.manuscript.viewport(), at + QPoint(3, 0))
    QTest.mouseRelease(desk.manuscript.viewport(), LEFT, pos=at + QPoint(3, 0))
    assert desk.manuscript.textCursor().selectedText() == "Alpha two."
    assert "b" not in desk.entered
    assert "a" in desk.entered


def test_two_clicks_select_a_word(desk: Desk) -> None:
    QTest.mouseClick(desk.manuscript.viewport(), LEFT, pos=place_of(desk, "Gamma"))
    QTest.mouseDClick(desk.manuscript.viewport(), LEFT, pos=place_of(desk, "Gamma"))
    assert desk.manuscript.textCursor().selectedText() == "Gamma"


def test_the_second_click_of_two_that_began_on_another_page_does_nothing(desk: Desk) -> None:
    manuscript = desk.manuscript
    desk.place("Alpha one.")
    manuscript.hide()
    manuscript.show()
    # What arrives where the page changes below the mouse: the second press, without a first one here.
    at = place_of(desk, "Gamma")
    QTest.mouseEvent(QTest.MouseAction.MouseDClick, manuscript.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)
    assert not manuscript.textCursor().hasSelection()
    assert manuscript.textCursor().block().text() == "Alpha one."


def test_two_clicks_on_the_count_select_nothing_of_it(desk: Desk, qtbot: QtBot) -> None:
    manuscript = desk.manuscript
    qtbot.waitUntil(lambda: "words" in manuscript.document().findBlockByNumber(1).text())
    at = place_of(desk, "words")
    QTest.mouseClick(manuscript.viewport(), LEFT, pos=at)
    QTest.mouseDClick(manuscript.viewport(), LEFT, pos=at)
    assert not manuscript.textCursor().hasSelection()


def test_who_selects_the_title_and_then_all_stays_where_they_are(desk: Desk) -> None:
    desk.place("Title", 2)
    desk.entered.clear()
    desk.press(Qt.Key.Key_A, CTRL)
    assert desk.manuscript.textCursor().selectedText() == "Title"
    desk.press(Qt.Key.Key_A, CTRL)
    assert desk.manuscript.textCursor().selectedText().endswith("Gamma.")
    assert desk.entered == []
    desk.press(Qt.Key.Key_Right)
    assert desk.entered == ["c"]


def test_what_is_typed_below_the_writing_stays_at_its_height(desk_with: Callable[[Document], Desk]) -> None:
    text = "\n\n".join(f"Paragraph {number} is here." for number in range(12))
    desk = desk_with(document(section("a", "Begun."), section("b", text, heading="Second"), section("c", "End.")))
    desk.begin_writing("a")
    desk.place("Paragraph 2", 5)
    desk.type("x")
    before = desk.manuscript.cursorRect().top()
    for _ in range(20):
        desk.append("a", "\n\nA line of the writer's.")
        desk.manuscript.flush()
        desk.type("y")
    assert desk.manuscript.cursorRect().top() == before
    assert desk.manuscript.verticalScrollBar().value() > 300


def test_who_has_scrolled_away_from_what_they_typed_keeps_what_they_read(desk_with: Callable[[Document], Desk]) -> None:
    text = "\n\n".join(f"Paragraph {number} is here." for number in range(60))
    desk = desk_with(document(section("a", "Begun."), section("b", text, heading="Second"), section("c", "End.")))
    desk.begin_writing("a")
    desk.place("Paragraph 2", 5)
    desk.type("x")
    bar = desk.manuscript.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    top = desk.manuscript.cursorForPosition(QPoint(40, 0)).block().text()
    desk.append("a", "\n\nA line of the writer's.")
    desk.manuscript.flush()
    assert desk.manuscript.cursorForPosition(QPoint(40, 0)).block().text() == top


def test_a_section_shown_from_the_outline_does_not_hold_the_view(desk_with: Callable[[Document], Desk]) -> None:
    desk = desk_with(document(section("a", "Begun."), section("b", "Below.", heading="Second")))
    desk.begin_writing("a")
    desk.place("Title")
    desk.type("x")
    desk.manuscript.show_section("b")
    desk.append("a", "\n\nA line of the writer's.")
    desk.manuscript.flush()
    assert desk.manuscript.verticalScrollBar().value() == 0
