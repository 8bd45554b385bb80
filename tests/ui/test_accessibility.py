"""Every control of every window and dialog has a name that a screen reader can say."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QFont, QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.outline import Step
from longwriter_desktop.settings import Settings
from longwriter_desktop.ui.about_dialog import AboutDialog
from longwriter_desktop.ui.help_dialogs import KeysDialog, key_groups
from longwriter_desktop.ui.instruction_dialog import InstructionDialog
from longwriter_desktop.ui.notice import Notice, NoticeAction
from longwriter_desktop.ui.own_outline_dialog import OwnOutlineDialog
from tests.ui.conftest import Desk

ROLE = QAccessible.Role
CONTROLS = {
    *(ROLE.PushButton, ROLE.CheckBox, ROLE.RadioButton, ROLE.ComboBox, ROLE.SpinBox, ROLE.EditableText),
    *(ROLE.List, ROLE.Tree, ROLE.Table, ROLE.ListItem, ROLE.TreeItem, ROLE.Slider, ROLE.ProgressBar, ROLE.MenuItem),
}


@pytest.fixture(autouse=True)
def _screen_reader() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def unnamed(of: QAccessibleInterface, path: str = "") -> list[str]:
    """The controls below ``of`` that have no name, with where they are."""
    found: list[str] = []
    state = of.state()
    here = f"{path}/{of.text(QAccessible.Text.Name) or of.role().name}"
    hidden = bool(getattr(state, "invisible", False))
    if of.role() in CONTROLS and not hidden and not of.text(QAccessible.Text.Name).strip():
        widget = of.object()
        separator = of.role() is ROLE.MenuItem
        parts_of_another = isinstance(widget, QWidget) and widget.objectName() == "qt_spinbox_lineedit"
        if not separator and not parts_of_another:
            found.append(f"{here} ({of.role().name}, {type(widget).__name__})")
    for at in range(of.childCount()):
        child = of.child(at)
        if child.isValid():
            found.extend(unnamed(child, here))
    return found


def controls_in(of: QAccessibleInterface) -> int:
    children = sum(controls_in(of.child(at)) for at in range(of.childCount()))
    return children + (1 if of.role() in CONTROLS else 0)


def lint(window: QWidget, least: int = 1) -> list[str]:
    interface = QAccessible.queryAccessibleInterface(window)
    assert interface is not None
    assert controls_in(interface) >= least
    return unnamed(interface)


def test_the_lint_finds_a_control_without_a_name(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    QLineEdit(window)
    window.show()
    assert len(lint(window)) == 1


def test_every_control_of_the_start_page_has_a_name(desk: Desk) -> None:
    desk.window.start_page.instruction.setPlainText("A history")
    assert lint(desk.window, least=12) == []


def test_every_control_of_a_document_has_a_name(desk: Desk, qtbot: QtBot) -> None:
    desk.session.new_document_with_outline("A history", 300, "en", (Step(1, "Storms", 100), Step(2, "", 200)))
    desk.window.notice.show_notice(Notice("Something.", actions=(NoticeAction("Undo", lambda: None),)))
    assert lint(desk.window, least=24) == []
    desk.window.workspace.outline.list.edit_section(desk.session.document.sections[0].id)
    assert lint(desk.window) == []
    desk.window.menus.replace.trigger()
    assert lint(desk.window, least=34) == []


def test_tab_goes_through_the_find_bar_field_by_field(desk: Desk) -> None:
    desk.session.new_document_with_outline("A history", 300, "en", (Step(1, "Storms", 100), Step(2, "Lamps", 200)))
    desk.window.menus.replace.trigger()
    names = focus_order(desk.window, desk.window.workspace.writing_page.find_bar.query)
    assert names[:6] == ["Find", "Replace with", "Match case", "Whole words", "Regular expression", "Close"]


def test_every_control_of_the_dialogs_has_a_name(desk: Desk, qtbot: QtBot) -> None:
    dialogs: list[QDialog] = [
        *(OwnOutlineDialog(), InstructionDialog(desk.session.document)),
        *(KeysDialog(key_groups(desk.window.menuBar(), desk.window.menus)), AboutDialog()),
    ]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        dialog.show()
        assert lint(dialog) == []
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()  # every dialog can be cancelled


def focus_order(window: QWidget, start: QWidget) -> list[str]:
    """The names of what Tab reaches, beginning at ``start``, once round."""
    start.setFocus()
    names: list[str] = []
    for _ in range(60):
        focus = QApplication.focusWidget()
        assert focus is not None
        name = focus.accessibleName() or type(focus).__name__
        if names and name == names[0]:
            return names
        names.append(name)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not come round: {names}")


def test_tab_goes_through_the_start_page_by_what_a_document_needs_first(desk: Desk) -> None:
    page = desk.window.start_page
    page.instruction.setPlainText("A history")
    names = focus_order(desk.window, page.instruction)
    assert names[:8] == [
        *("What would you like to write?", "Words", "Language", "Model", "QPushButton", "QPushButton"),
        *("Templates Report", "Examples A history"),
    ]


def test_tab_leaves_the_outline_and_goes_through_the_section_panel(desk: Desk) -> None:
    desk.session.new_document_with_outline("A history", 300, "en", (Step(1, "Storms", 100), Step(2, "Lamps", 200)))
    panel = desk.window.workspace.section
    names = focus_order(desk.window, panel.heading)
    assert names[:4] == ["Heading", "Main point", "Word target", "Direction for the writer"]
    assert "Write" in names
    assert "Outline" in names


def test_no_text_of_the_window_is_cut_off_at_1280_by_800(desk: Desk) -> None:
    desk.session.new_document_with_outline("A history", 300, "en", (Step(1, "Storms", 100), Step(2, "Lamps", 200)))
    QApplication.processEvents()
    cut = [
        label.text()
        for label in desk.window.findChildren(QLabel)
        if label.isVisible() and not label.wordWrap() and label.sizeHint().width() > label.width() + 1
    ]
    assert cut == []


@pytest.fixture
def _larger_text(qapp: QApplication) -> Iterator[None]:
    """The system's text half as large again."""
    before = qapp.font()
    larger = QFont(before)
    larger.setPointSizeF(before.pointSizeF() * 1.5)
    qapp.setFont(larger)
    yield
    qapp.setFont(before)


@pytest.mark.usefixtures("_larger_text")
def test_with_text_half_as_large_again_nothing_is_cut_off(
    open_window: Callable[[Settings], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without a screen there are 800 pixels; this is what the window has to do on a screen of 1280.
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _: QRect(0, 0, 1280, 800))
    desk = open_window(Settings(theme="light"))
    desk.session.new_document_with_outline("A history", 300, "en", (Step(1, "Storms", 100), Step(2, "Lamps", 200)))
    QApplication.processEvents()
    cut = [
        label.text()
        for label in desk.window.findChildren(QLabel)
        if label.isVisible() and not label.wordWrap() and label.sizeHint().width() > label.width() + 1
    ]
    assert cut == []
    for field in (QLineEdit, QPushButton):
        for each in desk.window.workspace.section.findChildren(field):
            if each.isVisible():
                assert each.width() >= each.minimumSizeHint().width()
                right = each.mapTo(desk.window.workspace.section, each.rect().bottomRight()).x()
                assert right < desk.window.workspace.section.width()
