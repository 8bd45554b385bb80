from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.settings import Settings, load_settings, settings_path
from longwriter_desktop.ui.settings.appearance_page import AppearancePage
from longwriter_desktop.ui.settings.fields import ChoiceField
from longwriter_desktop.ui.settings.goals_page import GoalsPage
from longwriter_desktop.ui.settings.privacy_page import PrivacyPage
from longwriter_desktop.ui.settings.settings_dialog import SettingsDialog
from tests.ui.conftest import Desk
from tests.ui.settings.conftest import opened, page_of
from tests.ui.test_accessibility import lint


def shown_pages(dialog: SettingsDialog) -> list[str]:
    rows = [dialog.list.item(at) for at in range(dialog.list.count())]
    return [row.text() for row in rows if not row.isHidden()]


def focused() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def check(page: AppearancePage | GoalsPage, text: str) -> QCheckBox:
    return next(each for each in page.findChildren(QCheckBox) if each.text() == text)


def test_the_key_opens_it_and_escape_closes_it(desk: Desk, dialog: SettingsDialog) -> None:
    assert shown_pages(dialog) == [
        *("Writing", "Sampling", "Prompts", "Appearance", "Spelling", "Keys", "Folders", "Privacy", "Goals"),
    ]
    assert not dialog.isModal()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    desk.window.menus.settings.trigger()
    assert desk.window.preferences.dialog is dialog
    assert dialog.isVisible()


def test_what_is_changed_is_saved_at_once_and_undone_as_a_whole(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, GoalsPage)
    assert not dialog.undo_button.isEnabled()
    check(page, "Count what the model writes, too").click()
    page.findChildren(QSpinBox)[0].setValue(500)
    appearance = page_of(dialog, AppearancePage)
    check(appearance, "Keep the line in the middle").click()
    saved = load_settings(desk.paths)
    assert (saved.goal_counts_generated, saved.daily_word_goal, saved.typewriter) == (True, 500, False)
    dialog.undo_button.click()
    after = load_settings(desk.paths)
    assert (after.goal_counts_generated, after.daily_word_goal, after.typewriter) == (False, 0, True)
    assert not check(page, "Count what the model writes, too").isChecked()
    assert not dialog.undo_button.isEnabled()


def test_a_page_can_be_reset_and_the_others_keep_what_was_chosen(
    open_window: Callable[[Settings], Desk], qtbot: QtBot
) -> None:
    desk = open_window(Settings(theme="dark", line_height=2.0, daily_word_goal=300))
    dialog = opened(desk)
    page_of(dialog, AppearancePage)
    dialog.reset_button.click()
    settings = desk.window.settings
    assert (settings.theme, settings.line_height, settings.daily_word_goal) == ("system", 1.65, 300)
    dialog.undo_button.click()
    assert (desk.window.settings.theme, desk.window.settings.line_height) == ("dark", 2.0)


def test_the_search_leaves_what_it_finds(dialog: SettingsDialog, qtbot: QtBot) -> None:
    QTest.keyClicks(dialog.search, "awake")
    qtbot.waitUntil(lambda: shown_pages(dialog) == ["Writing"])
    boxes = [each.text() for each in dialog.page.findChildren(QCheckBox) if each.isVisible()]
    assert boxes == ["Keep the computer awake"]
    titles = [label.text() for label in dialog.page.findChildren(QLabel) if label.isVisible()]
    assert "While it writes" in titles
    assert "Exported files" not in titles
    dialog.search.setText("full screen")
    assert shown_pages(dialog) == ["Keys"]
    dialog.search.setText("xyzzy")
    assert shown_pages(dialog) == []
    assert dialog.none_found.isVisible()
    dialog.search.clear()
    assert len(shown_pages(dialog)) == 9
    assert all(each.isVisible() for each in dialog.page.findChildren(QCheckBox))


def test_a_list_that_is_opened_shows_all_its_entries(dialog: SettingsDialog) -> None:
    for combo in dialog.page.findChildren(ChoiceField):
        combo.clear()
        combo.addItems([str(number) for number in range(10)])
        combo.showPopup()
        view = combo.view()
        assert view.verticalScrollBar().maximum() == 0
        assert view.visualRect(view.model().index(9, 0)).bottom() < view.viewport().height()
        combo.hidePopup()


def test_arrow_keys_in_the_search_go_from_page_to_page(dialog: SettingsDialog) -> None:
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.page.title == "Sampling"
    dialog.search.setText("documents")
    hidden = [at for at in range(dialog.list.count()) if dialog.list.item(at).isHidden()]
    for _ in range(9):
        QTest.keyClick(dialog.search, Qt.Key.Key_Down)
        assert dialog.list.currentRow() not in hidden
    QTest.keyClick(dialog.search, Qt.Key.Key_Up)
    assert dialog.list.currentRow() not in hidden


def test_every_control_has_a_name_and_no_text_is_cut(desk: Desk, dialog: SettingsDialog) -> None:
    QAccessible.setActive(True)
    try:
        for at in range(dialog.list.count()):
            dialog.list.setCurrentRow(at)
            QApplication.processEvents()
            assert lint(dialog, least=6) == []
            page = dialog.page
            assert page._inside.width() <= page.viewport().width()
            cut = [
                label.text()
                for label in page.findChildren(QLabel)
                if label.isVisible() and label.height() < label.heightForWidth(label.width())
            ]
            assert cut == []
    finally:
        QAccessible.setActive(False)


def test_tab_reaches_the_controls_of_a_page_from_top_to_bottom(dialog: SettingsDialog) -> None:
    page = page_of(dialog, AppearancePage)
    dialog.list.setFocus()
    reached = []
    for _ in range(5):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        focus = focused()
        reached.append(focus.accessibleName() or getattr(focus, "text", str)())
        assert page.isAncestorOf(focus)
    assert reached == ["Theme", "Language", "Reduce motion", "Typeface", "Size"]


def test_a_change_in_the_menu_shows_in_the_dialog(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, AppearancePage)
    desk.window.menus.typewriter.trigger()
    assert not check(page, "Keep the line in the middle").isChecked()


def test_settings_that_cannot_be_saved_are_told_and_hold_all_the_same(
    desk: Desk, dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("longwriter_desktop.settings.replace_file", full)
    page = page_of(dialog, AppearancePage)
    check(page, "Keep the line in the middle").click()
    assert "could not be saved" in dialog.told.text()
    assert "No space left" in dialog.told.text()
    assert not desk.window.settings.typewriter
    assert not settings_path(desk.paths).exists()


def test_a_page_without_settings_offers_no_reset(dialog: SettingsDialog) -> None:
    page_of(dialog, PrivacyPage)
    assert not dialog.reset_button.isEnabled()
