import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.outline_delegate import StepEditor
from longwriter_desktop.ui.outline_model import OutlineModel
from longwriter_desktop.ui.outline_view import OutlineList, OutlinePane
from longwriter_desktop.ui.tally import Tally
from longwriter_desktop.ui.theme import LIGHT
from tests.ui.conftest import show_active
from tests.ui.documents import lighthouses

KEYS = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def pane(qtbot: QtBot) -> OutlinePane:
    model = OutlineModel(Tally())
    made = OutlinePane(model, LIGHT)
    qtbot.addWidget(made)
    made.resize(296, 600)
    show(made, lighthouses(600, 800, 900))
    show_active(made, qtbot)
    made.list.setFocus()
    return made


def show(pane: OutlinePane, document: Document) -> None:
    pane.list.outline.set_document(document)
    pane.show_totals(document)


def editor_of(rows: OutlineList) -> StepEditor:
    found = rows.findChild(StepEditor)
    assert found is not None
    return found


def test_alt_up_and_down_wish_the_section_elsewhere(pane: OutlinePane, qtbot: QtBot) -> None:
    pane.list.choose_section("s2")
    with qtbot.waitSignal(pane.list.move_wished) as moved:
        QTest.keyClick(pane.list, KEYS.Key_Up, ALT)
    assert moved.args == ["s2", 0]
    with qtbot.waitSignal(pane.list.move_wished) as moved:
        QTest.keyClick(pane.list, KEYS.Key_Down, ALT)
    assert moved.args == ["s2", 2]


def test_delete_and_insert_are_keys(pane: OutlinePane, qtbot: QtBot) -> None:
    pane.list.choose_section("s2")
    with qtbot.waitSignal(pane.list.delete_wished) as deleted:
        QTest.keyClick(pane.list, KEYS.Key_Delete)
    assert deleted.args == ["s2"]
    with qtbot.waitSignal(pane.list.insert_wished) as inserted:
        QTest.keyClick(pane.list, KEYS.Key_Insert)
    assert inserted.args == [2]


@pytest.mark.parametrize("key", [KEYS.Key_F2, KEYS.Key_Return, KEYS.Key_Enter])
def test_f2_and_enter_open_the_row_and_enter_takes_what_was_typed(pane: OutlinePane, qtbot: QtBot, key: Qt.Key) -> None:
    pane.list.choose_section("s1")
    QTest.keyClick(pane.list, key)
    editor = editor_of(pane.list)
    assert editor.main_point.toPlainText() == "Point 1: what it is about"
    QTest.keyClicks(editor.main_point, "Storms and wrecks")
    with qtbot.waitSignal(pane.list.delegate.point_edited) as edited:
        QTest.keyClick(editor.main_point, KEYS.Key_Return)
    assert edited.args == ["s1", "Storms and wrecks"]


def test_tab_goes_to_the_word_target_and_escape_changes_nothing(pane: OutlinePane, qtbot: QtBot) -> None:
    pane.list.edit_section("s1")
    editor = editor_of(pane.list)
    QTest.keyClick(editor.main_point, KEYS.Key_Tab)
    qtbot.waitUntil(editor.target.hasFocus)
    QTest.keyClicks(editor.target, "750")
    heard: list[object] = []
    pane.list.delegate.target_edited.connect(lambda *args: heard.append(args))
    QTest.keyClick(editor.target, KEYS.Key_Escape)
    assert heard == []
    qtbot.waitUntil(lambda: pane.list.findChild(StepEditor) is None)


def test_a_double_click_on_the_numbers_edits_the_word_target(pane: OutlinePane, qtbot: QtBot) -> None:
    row = pane.list.visualRect(pane.list.outline.index(1))
    place = QPoint(row.right() - 24, row.bottom() - 30)
    QTest.mouseDClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    editor = editor_of(pane.list)
    qtbot.waitUntil(editor.target.hasFocus)
    editor.target.selectAll()
    QTest.keyClicks(editor.target, "1200")
    with qtbot.waitSignal(pane.list.delegate.target_edited) as edited:
        QTest.keyClick(editor.target, KEYS.Key_Return)
    assert edited.args == ["s2", 1200]


def test_clicking_elsewhere_takes_what_was_typed(pane: OutlinePane, qtbot: QtBot) -> None:
    pane.list.edit_section("s1")
    editor = editor_of(pane.list)
    editor.main_point.setPlainText("Typed")
    with qtbot.waitSignal(pane.list.delegate.point_edited) as edited:
        third = pane.list.visualRect(pane.list.outline.index(2))
        QTest.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=third.center())
    assert edited.args == ["s1", "Typed"]


def test_text_that_arrives_does_not_disturb_what_is_being_typed(pane: OutlinePane, qtbot: QtBot) -> None:
    pane.list.edit_section("s1")
    editor = editor_of(pane.list)
    editor.main_point.setPlainText("In the middle of typ")
    pane.list.outline.set_document(lighthouses(600, 800, 900).with_text("s1", "many new words"))
    pane.list.outline.refresh()
    assert editor_of(pane.list) is editor
    assert editor.main_point.toPlainText() == "In the middle of typ"


def test_the_row_in_hand_stays_in_hand_when_rows_move(pane: OutlinePane) -> None:
    document = lighthouses(600, 800, 900)
    pane.list.choose_section("s2")
    show(pane, document.moved("s2", 0))
    assert pane.list.current_section == "s2"
    assert pane.list.currentIndex().row() == 0


def test_a_long_main_point_wraps_over_eight_lines_at_most(pane: OutlinePane) -> None:
    rows = pane.list
    short = rows.visualRect(rows.outline.index(0)).height()
    document = lighthouses(600, 800)
    section = document.section("s1")
    long = type(section)("word " * 60, 600, id="s1")
    show(pane, document.with_section(long))
    rows.doItemsLayout()
    high = rows.visualRect(rows.outline.index(0)).height()
    assert short + 60 < high < short + 200


def test_an_empty_outline_invites(pane: OutlinePane) -> None:
    show(pane, lighthouses())
    assert not pane.list.isVisible()
    assert "Make a plan" in pane._empty.text()
    show(pane, lighthouses(100))
    assert pane.list.isVisible()


def test_totals_say_when_planned_and_asked_part(pane: OutlinePane) -> None:
    document = lighthouses(600, 800, 900)
    assert "2,300" in pane._asked.text()
    assert LIGHT.warning not in pane._planned.text()
    pane.show_totals(document.deleted("s3"))
    assert "1,400 (−900)" in pane._planned.text()
    assert LIGHT.warning in pane._planned.text()


def test_everything_in_the_menu_of_a_row_is_there_by_key_or_by_another_menu(pane: OutlinePane, qtbot: QtBot) -> None:
    menu = pane.list.section_menu(pane.list.outline.rows[1])
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == [
        *("Edit", "Add section below", "Move up", "Move down"),
        *("Write this section only", "Write again", "Lock", "Delete"),
    ]
    delete = next(action for action in menu.actions() if action.text() == "Delete")
    assert delete.shortcut() == QKeySequence("Del")
    with qtbot.waitSignal(pane.list.delete_wished) as deleted:
        delete.trigger()
    assert deleted.args == ["s2"]
    menu.deleteLater()
    assert QApplication.activePopupWidget() is None
