"""The section panel of a narrow window gives way to the manuscript, and comes back when there is room."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.outline import Step
from tests.ui.conftest import Desk

STEPS = tuple(Step(number, f"Point {number}", 300) for number in range(1, 4))


def opened(desk: Desk) -> Desk:
    desk.session.new_document_with_outline("Lighthouses", 900, "en", STEPS)
    return desk


def test_the_section_panel_of_a_narrow_window_is_folded_away_until_there_is_room(desk: Desk, qtbot: QtBot) -> None:
    window, panel = opened(desk).window, desk.window.workspace.section
    assert panel.isVisible()
    window.resize(900, 600)
    qtbot.waitUntil(lambda: not panel.isVisible())
    assert not window.menus.show_section_panel.isChecked()
    assert window.workspace.outline.isVisible()
    qtbot.waitUntil(lambda: window.workspace.writing_page.width() >= 520)
    window.resize(1280, 800)
    qtbot.waitUntil(panel.isVisible)
    assert window.menus.show_section_panel.isChecked()


def test_a_panel_that_the_person_shows_in_a_narrow_window_stays_and_nothing_of_it_is_cut_off(
    desk: Desk, qtbot: QtBot
) -> None:
    window, panel = opened(desk).window, desk.window.workspace.section
    window.resize(900, 600)
    qtbot.waitUntil(lambda: not panel.isVisible())
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert panel.isVisible()
    window.resize(880, 520)
    qtbot.wait(50)
    assert panel.isVisible()
    scroll = panel.findChild(QScrollArea)
    assert scroll is not None
    fields = scroll.widget()
    assert fields is not None
    assert scroll.verticalScrollBar().isVisible()
    for kind in (QLineEdit, QPlainTextEdit, QPushButton):
        for field in fields.findChildren(kind):
            right = field.mapTo(scroll.viewport(), QPoint(field.width(), 0)).x()
            assert not field.isVisible() or right <= scroll.viewport().width(), field.accessibleName()


def test_a_panel_that_the_person_has_hidden_does_not_come_back_by_itself(desk: Desk, qtbot: QtBot) -> None:
    window, panel = opened(desk).window, desk.window.workspace.section
    window.menus.show_section_panel.trigger()
    window.resize(900, 600)
    qtbot.wait(20)
    window.resize(1280, 800)
    qtbot.wait(20)
    assert not panel.isVisible()


def test_a_panel_folded_away_is_kept_as_shown_for_the_next_start(desk: Desk, qtbot: QtBot) -> None:
    window = opened(desk).window
    window.resize(900, 600)
    qtbot.waitUntil(lambda: not window.workspace.section.isVisible())
    window.close()
    assert window.settings.show_section_panel


def test_a_window_that_grows_in_focus_mode_shows_the_panel_only_afterwards(desk: Desk, qtbot: QtBot) -> None:
    window, panel = opened(desk).window, desk.window.workspace.section
    window.resize(900, 600)
    qtbot.waitUntil(lambda: not window.menus.show_section_panel.isChecked())
    window.menus.focus_mode.setChecked(True)
    window.resize(1280, 800)
    qtbot.waitUntil(window.menus.show_section_panel.isChecked)
    assert not panel.isVisible()
    window.menus.focus_mode.setChecked(False)
    assert panel.isVisible()
