from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from tests.ui.manuscript.desk import Desk, document, section

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def commit(desk: Desk, text: str) -> None:
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(desk.manuscript, event)


def compose(desk: Desk, text: str) -> None:
    QApplication.sendEvent(desk.manuscript, QInputMethodEvent(text, []))


def test_typing_is_reported_as_the_exact_text_of_its_section(desk: Desk) -> None:
    desk.place("Beta.", 5)
    desk.type(" More.")
    assert desk.texts_reported[-1] == ("b", "Beta. More.")
    assert desk.text("a") == "Alpha one.\n\nAlpha two."


@pytest.mark.parametrize(
    ("key", "modifiers"), [(Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Backspace, CTRL)]
)
def test_deleting_backwards_stops_at_the_beginning_of_a_section(
    desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    desk.place("Gamma.")
    desk.press(key, modifiers)
    assert desk.lines == ["Title", "Alpha one.", "", "Alpha two.", "Second", "Beta.", "Gamma."]
    assert desk.texts_reported == []


@pytest.mark.parametrize("modifiers", [Qt.KeyboardModifier.NoModifier, CTRL])
def test_deleting_forwards_stops_at_the_end_of_a_section(desk: Desk, modifiers: Qt.KeyboardModifier) -> None:
    desk.place("Alpha two.", 10)
    desk.press(Qt.Key.Key_Delete, modifiers)
    assert desk.lines == ["Title", "Alpha one.", "", "Alpha two.", "Second", "Beta.", "Gamma."]


def test_a_deletion_across_a_boundary_takes_from_both_sections_and_both_remain(desk: Desk) -> None:
    desk.place("two.", 0, len("two.\nSecond\nBe"))
    desk.press(Qt.Key.Key_Delete)
    assert (desk.text("a"), desk.text("b"), desk.text("c")) == ("Alpha one.\n\nAlpha ", "ta.", "Gamma.")
    assert desk.document.section("b").heading == ""
    desk.undo()
    assert desk.lines == ["Title", "Alpha one.", "", "Alpha two.", "Second", "Beta.", "Gamma."]
    assert desk.document.section("b").heading == "Second"


def test_typing_over_everything_leaves_every_section_in_place(desk: Desk) -> None:
    desk.manuscript.selectAll()
    desk.type("N")
    assert desk.document.title == "N"
    assert [each.text for each in desk.document.sections] == ["", "", ""]
    assert desk.manuscript.page.section_ids == ["a", "b", "c"]
    desk.undo()
    assert desk.lines == ["Title", "Alpha one.", "", "Alpha two.", "Second", "Beta.", "Gamma."]
    desk.redo()
    assert [each.text for each in desk.document.sections] == ["", "", ""]


def test_return_makes_a_paragraph_and_backspace_takes_it_back(desk: Desk) -> None:
    desk.place("Beta.", 5)
    desk.press(Qt.Key.Key_Return)
    desk.type("x")
    assert desk.text("b") == "Beta.\n\nx"
    desk.press(Qt.Key.Key_Backspace)
    desk.press(Qt.Key.Key_Backspace)
    assert desk.text("b") == "Beta."


def test_return_makes_a_single_line_in_lists_and_with_shift(desk_with: Callable[[Document], Desk]) -> None:
    desk = desk_with(document(section("a", "- item"), section("b", "```\ncode\n```"), section("c", "prose")))
    desk.place("- item", 6)
    desk.press(Qt.Key.Key_Return)
    assert desk.text("a") == "- item\n"
    desk.place("code", 4)
    desk.press(Qt.Key.Key_Return)
    assert desk.text("b") == "```\ncode\n\n```"
    desk.place("prose", 5)
    desk.press(Qt.Key.Key_Return, SHIFT)
    assert desk.text("c") == "prose\n"


def test_return_in_a_heading_goes_to_the_text_and_changes_nothing(desk: Desk) -> None:
    desk.place("Second", 3)
    desk.press(Qt.Key.Key_Return)
    desk.type("x")
    assert desk.document.section("b").heading == "Second"
    assert desk.text("b") == "xBeta."


def test_headings_and_title_can_be_edited_and_stay_one_line(desk: Desk) -> None:
    desk.place("Second", 6)
    QApplication.clipboard().setText(" half\nand more")
    desk.press(Qt.Key.Key_V, CTRL)
    assert desk.document.section("b").heading == "Second half and more"
    desk.place("Title", 5)
    desk.type("!")
    assert desk.document.title == "Title!"


def test_ctrl_a_in_a_title_or_heading_selects_that_line_first_and_then_all(desk: Desk) -> None:
    desk.place("Title", 2)
    desk.press(Qt.Key.Key_A, CTRL)
    assert desk.manuscript.textCursor().selectedText() == "Title"
    desk.type("New")
    assert desk.document.title == "New"
    assert desk.document.section("b").heading == "Second"
    desk.place("Second", 2)
    desk.press(Qt.Key.Key_A, CTRL)
    assert desk.manuscript.textCursor().selectedText() == "Second"
    desk.press(Qt.Key.Key_A, CTRL)
    cursor = desk.manuscript.textCursor()
    assert (cursor.selectionStart(), cursor.selectionEnd()) == (0, desk.manuscript.document().characterCount() - 1)
    desk.place("Beta", 2)
    desk.press(Qt.Key.Key_A, CTRL)
    cursor = desk.manuscript.textCursor()
    assert (cursor.selectionStart(), cursor.selectionEnd()) == (0, desk.manuscript.document().characterCount() - 1)


def test_the_count_line_can_be_passed_but_neither_entered_nor_edited(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "of 1,000 words" in desk.manuscript.document().findBlockByNumber(1).text())
    desk.place("Title", 5)
    desk.press(Qt.Key.Key_Down)
    desk.type("x")
    assert desk.document.section("a").text.startswith("xAlpha")
    desk.place("xAlpha")
    desk.press(Qt.Key.Key_Left)
    desk.type("y")
    assert desk.document.title == "Titley"
    line = desk.manuscript.document().findBlockByNumber(1)
    desk.select(line.position() + 2, line.position() + 4)
    desk.type("z")
    assert "z" not in desk.manuscript.document().findBlockByNumber(1).text()


def test_a_placeholder_is_clicked_into_and_typed_over(desk_with: Callable[[Document], Desk], qtbot: QtBot) -> None:
    point = "A main point that is long enough to be broken over more than one line of the page, as real ones often are"
    desk = desk_with(document(section("a", "First."), section("b", "", main_point=point), section("c", "Last.")))
    field = next(each for each in desk.manuscript.page.fields if each.key.section_id == "b")
    rect = desk.manuscript.marks.text_rect(field)
    assert rect.height() == 2 * desk.manuscript.page.typography.line_px
    where = QPoint(round(rect.left()) + 60, round(rect.bottom()) - 10 - desk.manuscript.verticalScrollBar().value())
    QTest.mouseClick(desk.manuscript.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert desk.manuscript.current_section() == "b"
    desk.type("Own")
    assert desk.document.section("b").text == "Own"
    assert point not in desk.manuscript.document().toPlainText()


def test_a_click_on_the_paper_beside_the_text_is_one_at_that_line(desk: Desk) -> None:
    desk.manuscript.resize(1200, 600)
    field = next(each for each in desk.manuscript.page.fields if each.key == ("c", "text"))
    y = round(desk.manuscript.marks.text_rect(field).center().y())
    QTest.mouseClick(desk.manuscript, Qt.MouseButton.LeftButton, pos=QPoint(20, y))
    desk.type("x")
    assert desk.text("c") == "xGamma."


def test_tab_goes_to_the_next_control_and_types_nothing(desk: Desk, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(desk.manuscript)
    other = QLineEdit()
    layout.addWidget(other)
    window.show()
    window.activateWindow()
    desk.manuscript.setFocus()
    desk.press(Qt.Key.Key_Tab)
    assert desk.texts_reported == []
    assert window.focusWidget() is other
    desk.manuscript.setParent(None)


def test_only_plain_text_is_pasted(desk: Desk) -> None:
    data = QMimeData()
    data.setHtml("<h1>Big</h1><p>and <b>bold</b></p>")
    QApplication.clipboard().setMimeData(data)
    desk.place("Gamma.", 6)
    desk.press(Qt.Key.Key_V, CTRL)
    assert desk.text("c") == "Gamma.Big\nand bold"


@pytest.mark.parametrize(
    "text",
    ["😀", "👩‍👩‍👧", "a\u00a0b", "e\u0301", "中文，。“”", "x\u2028y", "\u200b\u200d", "tab\tend", "\x0b\x0c", "𝒜𝒷"],
)
def test_text_goes_in_and_comes_back_letter_for_letter(desk: Desk, text: str) -> None:
    desk.place("Gamma.", 2)
    commit(desk, text)
    desk.type("z")
    assert desk.texts_reported[-1] == ("c", f"Ga{text}zmma.")
    desk.select(desk.manuscript.textCursor().position(), desk.manuscript.textCursor().position() - 1)
    desk.press(Qt.Key.Key_Delete)
    assert desk.text("c") == f"Ga{text}mma."
    desk.undo()
    desk.undo()
    assert desk.text("c").startswith("Ga")
    while desk.manuscript.can_undo():
        desk.undo()
    assert desk.text("c") == "Gamma."


def test_backspace_takes_a_whole_emoji(desk: Desk) -> None:
    desk.place("Gamma.", 6)
    commit(desk, "👩‍👩‍👧")
    desk.press(Qt.Key.Key_Backspace)
    assert desk.text("c") == "Gamma."


def test_what_is_copied_keeps_its_no_break_spaces(desk: Desk) -> None:
    desk.place("Gamma.", 6)
    commit(desk, " 20\u00a0km")
    desk.place("Gamma.", 0, len("Gamma. 20 km"))
    desk.press(Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "Gamma. 20\u00a0km"
    assert not QApplication.clipboard().mimeData().hasHtml()


def test_copying_several_sections_gives_one_markdown_document(desk: Desk) -> None:
    desk.manuscript.selectAll()
    desk.press(Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "# Title\n\nAlpha one.\n\nAlpha two.\n\n## Second\n\nBeta.\n\nGamma."


def test_cut_across_a_boundary_and_paste_elsewhere(desk: Desk) -> None:
    desk.place("Beta.", 2, len("ta.\nGam"))
    desk.press(Qt.Key.Key_X, CTRL)
    assert (desk.text("b"), desk.text("c")) == ("Be", "ma.")
    desk.place("Alpha one.")
    desk.press(Qt.Key.Key_V, CTRL)
    assert desk.text("a") == "ta.\n\nGamAlpha one.\n\nAlpha two."


def drop(desk: Desk, target: QTextCursor, text: str, action: Qt.DropAction) -> None:
    data = QMimeData()
    data.setText(text)
    at = QPointF(desk.manuscript.cursorRect(target).center())
    event = QDropEvent(at, action, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    desk.manuscript.dropEvent(event)


def test_text_dropped_from_elsewhere_goes_into_the_section_under_it(desk: Desk) -> None:
    desk.place("Gamma.", 3)
    drop(desk, desk.manuscript.textCursor(), "one\ntwo", Qt.DropAction.CopyAction)
    assert desk.text("c") == "Gamone\ntwoma."


@pytest.mark.parametrize("forwards", [True, False])
def test_moving_a_selection_across_sections_is_one_step(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, forwards: bool
) -> None:
    monkeypatch.setattr(QDropEvent, "source", lambda _: desk.manuscript.viewport())
    desk.place("Gamma." if forwards else "Alpha", 5)
    target = desk.manuscript.textCursor()
    desk.place("Alpha two.", 0, 6) if forwards else desk.place("Gamma.", 0, 5)
    drop(desk, target, "Alpha " if forwards else "Gamma", Qt.DropAction.MoveAction)
    expected = ("Alpha one.\n\ntwo.", "GammaAlpha .") if forwards else ("AlphaGamma one.\n\nAlpha two.", ".")
    assert (desk.text("a"), desk.text("c")) == expected
    desk.undo()
    assert desk.lines == ["Title", "Alpha one.", "", "Alpha two.", "Second", "Beta.", "Gamma."]


@pytest.mark.parametrize("at", [0, 10])
def test_moving_a_selection_inside_its_own_section(desk: Desk, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    monkeypatch.setattr(QDropEvent, "source", lambda _: desk.manuscript.viewport())
    desk.place("Alpha two.", at)
    target = desk.manuscript.textCursor()
    desk.place("Alpha one.", 6, 3)
    drop(desk, target, "one", Qt.DropAction.MoveAction)
    assert desk.text("a") == ("Alpha .\n\noneAlpha two." if at == 0 else "Alpha .\n\nAlpha two.one")


def test_a_composition_shows_without_being_text_until_it_is_committed(desk: Desk) -> None:
    desk.place("Gamma.", 6)
    compose(desk, "ni hao")
    assert desk.text("c") == "Gamma."
    assert desk.texts_reported == []
    assert desk.manuscript.textCursor().block().layout().preeditAreaText() == "ni hao"
    compose(desk, "你好")
    commit(desk, "你好")
    assert desk.texts_reported == [("c", "Gamma.你好")]
    assert not desk.manuscript.is_composing


def test_composing_over_a_selection_across_sections_leaves_both(desk: Desk) -> None:
    desk.place("Beta.", 2, len("ta.\nGam"))
    compose(desk, "ni")
    assert (desk.text("b"), desk.text("c")) == ("Be", "ma.")
    commit(desk, "你")
    assert (desk.text("b"), desk.text("c")) == ("Be你", "ma.")


def test_text_that_streams_in_elsewhere_leaves_a_composition_alone(desk: Desk) -> None:
    desk.manuscript.set_writing("b")
    desk.place("Gamma.", 6)
    compose(desk, "ni")
    desk.append("b", " More.\n\nAnd more.")
    desk.manuscript.flush()
    assert desk.manuscript.textCursor().block().layout().preeditAreaText() == "ni"
    commit(desk, "你")
    assert (desk.text("b"), desk.text("c")) == ("Beta. More.\n\nAnd more.", "Gamma.你")


def test_an_input_method_replaces_only_inside_the_section(desk: Desk) -> None:
    desk.place("Gamma.", 2)
    event = QInputMethodEvent("", [])
    event.setCommitString("X", -8, 9)
    QApplication.sendEvent(desk.manuscript, event)
    assert (desk.text("b"), desk.text("c")[:1]) == ("Beta.", "X")


def test_what_a_screen_reader_writes_into_the_document_is_taken_over(desk: Desk, qtbot: QtBot) -> None:
    desk.place("Gamma.", 6)
    cursor = QTextCursor(desk.manuscript.textCursor())
    cursor.insertText(" dictated")
    qtbot.waitUntil(lambda: desk.texts_reported == [("c", "Gamma. dictated")])
    desk.undo()
    assert desk.text("c") == "Gamma."


def test_a_boundary_that_something_else_deletes_is_put_back(desk: Desk, qtbot: QtBot) -> None:
    desk.place("Alpha two.", 3, len("ha two.\nSecond\nBe"))
    cursor = QTextCursor(desk.manuscript.textCursor())
    cursor.removeSelectedText()
    qtbot.waitUntil(lambda: desk.lines == ["Title", "Alpha one.", "", "Alpha two.", "Second", "Beta.", "Gamma."])
    assert desk.texts_reported == []


def test_the_context_menu_is_plain_and_does_what_it_says(desk: Desk) -> None:
    desk.place("Gamma.", 0, 5)
    menu = desk.manuscript.context_menu()
    actions = {action.text().replace("&", ""): action for action in menu.actions() if not action.isSeparator()}
    assert list(actions) == ["Undo", "Redo", "Cut", "Copy", "Paste", "Select All", "Rewrite"]
    assert not actions["Undo"].isEnabled()
    actions["Cut"].trigger()
    assert desk.text("c") == "."
    menu.deleteLater()


def test_section_entered_tells_once_where_the_cursor_has_gone(desk: Desk) -> None:
    desk.place("Beta.")
    desk.place("Beta.", 2)
    desk.place("Gamma.")
    desk.place("Title")
    assert desk.entered[-3:] == ["b", "c", ""]


def test_what_has_arrived_stays_when_a_screen_reader_writes_into_the_section_being_written(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.begin_writing("c")
    desk.append("c", " Arrived.")
    desk.place("Gamma.", 6)
    QTextCursor(desk.manuscript.textCursor()).insertText(" dictated")
    qtbot.waitUntil(lambda: bool(desk.texts_reported))
    assert desk.touched == ["c"]
    assert desk.document.section("c").text == desk.text("c") == "Gamma. dictated Arrived."
