"""Enter presses the button that has the focus, in the window and in dialogs, and no button twice."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.outline import Step
from tests.ui.conftest import Desk, show_active

STEPS = (Step(1, "Storms", 40), Step(2, "Lamps", 40))


def press_enter(button: QWidget, qtbot: QtBot, key: Qt.Key = Qt.Key.Key_Return) -> None:
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    QTest.keyClick(button, key)


def test_enter_presses_a_link_of_the_start_page(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.window.start_page.guide_requested):
        press_enter(desk.window.start_page.guide, qtbot)


def test_enter_presses_a_tool_button_of_the_section_panel_once(desk: Desk, qtbot: QtBot) -> None:
    desk.session.new_document_with_outline("A history of lighthouses", None, "en", STEPS)
    panel, first = desk.window.workspace.section, desk.session.document.sections[0].id
    desk.window.workspace.outline.list.choose_section(first)
    press_enter(panel.lock, qtbot)
    assert desk.session.document.section(first).locked
    press_enter(panel.lock, qtbot, Qt.Key.Key_Enter)
    assert not desk.session.document.section(first).locked


def test_enter_in_a_dialog_presses_what_has_the_focus_and_nothing_else(desk: Desk, qtbot: QtBot) -> None:
    dialog, pressed = QDialog(desk.window), []
    column = QVBoxLayout(dialog)
    tool, other, main = QToolButton(), QPushButton("Other"), QPushButton("Main")
    plain, box = QPushButton("Plain"), QCheckBox("Box")
    plain.setAutoDefault(False)
    main.setDefault(True)
    for name, button in (("tool", tool), ("other", other), ("plain", plain), ("box", box), ("main", main)):
        column.addWidget(button)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda _=False, each=name: pressed.append(each))
    show_active(dialog, qtbot)
    for button in (tool, other, plain, main):
        press_enter(button, qtbot)
    assert pressed == ["tool", "other", "plain", "main"]
    press_enter(box, qtbot)
    assert pressed[4:] == ["main"], "on a box to tick, Enter still means the dialog's main button"
    dialog.close()


def test_enter_on_the_cross_of_a_notice_takes_the_notice_away(desk: Desk, qtbot: QtBot) -> None:
    desk.session.tell("Something happened.")
    cross = desk.window.notice.findChild(QToolButton)
    assert cross is not None
    press_enter(cross, qtbot)
    assert not desk.window.notice.text
