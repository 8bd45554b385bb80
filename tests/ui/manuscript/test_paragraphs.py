"""The empty line between two paragraphs: what is put in there becomes a paragraph, and a click goes past it."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.manuscript.paragraphs import breaks_around
from tests.ui.manuscript.desk import Desk, document, section

GAP = len("Alpha one.\n")


@pytest.fixture
def in_gap(desk: Desk) -> Desk:
    """The cursor is in the empty line between the two paragraphs of the first section."""
    desk.place("Alpha one.", GAP)
    return desk


def test_what_is_typed_between_two_paragraphs_is_a_paragraph_and_one_step_of_undo(in_gap: Desk) -> None:
    in_gap.type("Between them")
    assert in_gap.text("a") == "Alpha one.\n\nBetween them\n\nAlpha two."
    in_gap.undo()
    assert in_gap.text("a") == "Alpha one.\n\nAlpha two."
    in_gap.redo()
    assert in_gap.text("a") == "Alpha one.\n\nBetween them\n\nAlpha two."


def test_what_is_pasted_between_two_paragraphs_is_apart_from_both(in_gap: Desk) -> None:
    data = QMimeData()
    data.setText("One.\n\nTwo.\n")
    in_gap.manuscript.insertFromMimeData(data)
    assert in_gap.text("a") == "Alpha one.\n\nOne.\n\nTwo.\n\nAlpha two."
    in_gap.undo()
    assert in_gap.text("a") == "Alpha one.\n\nAlpha two."


def test_what_an_input_method_commits_between_two_paragraphs_is_apart_from_both(in_gap: Desk) -> None:
    event = QInputMethodEvent("", [])
    event.setCommitString("中文")
    QApplication.sendEvent(in_gap.manuscript, event)
    in_gap.type("!")
    assert in_gap.text("a") == "Alpha one.\n\n中文!\n\nAlpha two."


def test_what_an_input_method_shows_between_two_paragraphs_has_the_height_of_a_line(in_gap: Desk) -> None:
    def height() -> float:
        return in_gap.manuscript.textCursor().block().blockFormat().lineHeight()

    gap, line_px = height(), in_gap.manuscript.page.typography.line_px
    QApplication.sendEvent(in_gap.manuscript, QInputMethodEvent("zhong", []))
    assert in_gap.manuscript.textCursor().block().layout().preeditAreaText() == "zhong"
    assert height() == line_px > gap
    QApplication.sendEvent(in_gap.manuscript, QInputMethodEvent("", []))
    assert height() == gap
    assert in_gap.text("a") == "Alpha one.\n\nAlpha two."


def test_what_is_dropped_between_two_paragraphs_is_apart_from_both(in_gap: Desk) -> None:
    manuscript, data = in_gap.manuscript, QMimeData()
    data.setText("Dropped")
    at = QPointF(manuscript.cursorRect().center())
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    manuscript.dropEvent(QDropEvent(at, Qt.DropAction.CopyAction, data, buttons, modifiers))
    assert in_gap.text("a") == "Alpha one.\n\nDropped\n\nAlpha two."


def test_a_paragraph_moved_by_dragging_is_apart_in_its_new_place(desk_with: Callable[[Document], Desk]) -> None:
    desk = desk_with(document(section("a", "One.\n\nTwo.\n\nThree.")))
    field = desk.manuscript.page.field_at(desk.manuscript.document().characterCount() - 1)
    target = QTextCursor(desk.manuscript.document())
    target.setPosition(field.start.position() + len("One.\n\nTwo.\n"))
    desk.place("One.", 0, 4)
    desk.manuscript._drop(target, "One.", moves=True)  # Qt gives a drag no source without a real mouse
    assert desk.text("a") == "\n\nTwo.\n\nOne.\n\nThree."


@pytest.mark.parametrize(
    "text",
    [
        "- one\n\n- two",
        "1. one\n\n2. two",
        "> one\n\n> two",
        "```\none\n\ntwo\n```",
        "    one\n\n    two",
        "| one |\n\n| two |",
    ],
)
def test_in_lists_quotes_code_and_tables_lines_stay_lines(desk_with: Callable[[Document], Desk], text: str) -> None:
    desk = desk_with(document(section("a", text)))
    before, _, after = text.partition("\n\n")
    line = before.rpartition("\n")[2]
    desk.place(line, len(line) + 1)
    desk.type("x")
    assert desk.text("a") == f"{before}\nx\n{after}"


def test_a_line_end_within_a_paragraph_stays_one(desk: Desk) -> None:
    desk.place("Alpha one.", len("Alpha one."))
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    desk.type("A line")
    assert desk.text("a") == "Alpha one.\nA line\n\nAlpha two."


def test_return_between_two_paragraphs_and_typing_makes_a_paragraph(in_gap: Desk) -> None:
    in_gap.press(Qt.Key.Key_Return)
    in_gap.type("New")
    assert in_gap.text("a") == "Alpha one.\n\nNew\n\nAlpha two."


def test_a_click_between_two_paragraphs_goes_to_the_end_of_the_upper_one(in_gap: Desk) -> None:
    manuscript = in_gap.manuscript
    gap = manuscript.cursorRect().center()
    in_gap.place("Gamma.")
    for x in (gap.x(), manuscript.viewport().width() // 2):
        QTest.mouseClick(
            manuscript.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(x, gap.y())
        )
        cursor = manuscript.textCursor()
        assert cursor.block().text() == "Alpha one."
        assert cursor.atBlockEnd()


def test_a_click_on_an_empty_line_of_code_goes_there(desk_with: Callable[[Document], Desk], qtbot: QtBot) -> None:
    desk = desk_with(document(section("a", "```\none\n\ntwo\n```")))
    qtbot.waitUntil(lambda: desk.manuscript.highlighter.is_done)
    desk.place("one", len("one\n"))
    here, position = desk.manuscript.cursorRect().center(), desk.manuscript.textCursor().position()
    desk.place("two")
    QTest.mouseClick(desk.manuscript.viewport(), Qt.MouseButton.LeftButton, pos=here)
    assert desk.manuscript.textCursor().position() == position


LINES = st.lists(
    st.sampled_from(["One.", "Two words", "", " ", "- item", "> said", "```", "1. first", "|a|", "中文。"]), max_size=8
).map("\n".join)


@settings(max_examples=100)
@given(LINES, st.text(st.sampled_from("ab 中\n-"), max_size=6), LINES)
def test_nothing_but_line_ends_is_added_and_never_one_that_makes_an_empty_line_of_its_own(
    before: str, inserted: str, after: str
) -> None:
    above, below = breaks_around(before, inserted, after)
    assert {above, below} <= {"", "\n"}
    if above:
        *_, line_above, line = before.split("\n")
        assert line_above.strip()
        assert not line.strip()
    if below:
        assert after.lstrip(" ").startswith("\n")
        assert not after.lstrip(" ").startswith("\n\n")
    assert not (above or below) or inserted.strip()
