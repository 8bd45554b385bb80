import tomllib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.outline import Step
from longwriter_desktop.settings import Settings, load_settings, settings_path
from longwriter_desktop.ui.settings.action_keys import WRITE_OR_PAUSE, read_keys, why_not, written_keys
from longwriter_desktop.ui.settings.keys_page import KeysPage
from longwriter_desktop.ui.settings.settings_dialog import SettingsDialog
from tests.ui.conftest import Desk, show_active
from tests.ui.settings.conftest import page_of

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(page: KeysPage, key: Qt.Key, held: Qt.KeyboardModifier = CONTROL) -> None:
    page.field.setFocus()
    QTest.keyClick(page.field, key, held)


def listed(page: KeysPage, action: str) -> tuple[str, str]:
    for at in range(page.list.topLevelItemCount()):
        item = page.list.topLevelItem(at)
        if item is not None and item.text(0) == action:
            return item.text(1), item.text(2)
    raise AssertionError(f"{action} is not in the list")


def test_all_actions_of_the_menus_stand_there_with_their_keys(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, KeysPage)
    assert listed(page, "Find") == ("Ctrl+F", "")
    assert listed(page, "Larger text")[0] == "Ctrl++, Ctrl+="
    assert listed(page, "Write or pause")[0] == "Ctrl+Return, Ctrl+Enter"
    assert listed(page, "Settings")[0] == "Ctrl+,"
    assert page.list.topLevelItemCount() > 60


def test_another_key_counts_at_once_and_is_kept(desk: Desk, dialog: SettingsDialog, qtbot: QtBot) -> None:
    desk.session.new_document_with_outline("A history", 300, "en", (Step(1, "Storms", 100),))
    page = page_of(dialog, KeysPage)
    page.choose("find")
    press(page, Qt.Key.Key_G)
    assert page.set_button.isEnabled()
    page.set_button.click()
    assert listed(page, "Find") == ("Ctrl+G", "yes")
    assert tomllib.loads(settings_path(desk.paths).read_text())["keys"] == {"find": "Ctrl+G"}
    dialog.close()
    show_active(desk.window, qtbot)
    bar = desk.window.workspace.writing_page.find_bar
    QTest.keyClick(desk.window, Qt.Key.Key_F, CONTROL)
    assert bar.isHidden()
    QTest.keyClick(desk.window, Qt.Key.Key_G, CONTROL)
    assert not bar.isHidden()


def test_a_key_that_the_person_gave_to_one_action_is_no_longer_another_ones(
    open_window: Callable[[Settings], Desk], qtbot: QtBot
) -> None:
    desk = open_window(Settings(keys=(("export", "Ctrl+G"), ("find", "Ctrl+E; Ctrl+G"))))
    keys = desk.window.preferences.keys
    assert [written_keys(keys.keys(name)) for name in ("export", "find")] == ["Ctrl+G", "Ctrl+E"]
    desk.session.new_document_with_outline("A history", 300, "en", (Step(1, "Storms", 100),))
    QTest.keyClick(desk.window, Qt.Key.Key_E, CONTROL)
    assert not desk.window.workspace.writing_page.find_bar.isHidden()
    desk.window.change_settings({"keys": (("find", "Ctrl+S"),)})
    taken = [name for name in keys.names if QKeySequence("Ctrl+S") in keys.keys(name)]
    assert taken == ["find"]
    desk.window.change_settings({"keys": ()})
    assert all(keys.keys(name) == keys.at_first(name) for name in keys.names)


def test_the_arrows_of_the_find_bar_name_the_keys_that_they_have_now(desk: Desk, dialog: SettingsDialog) -> None:
    bar = desk.window.workspace.writing_page.find_bar
    assert (bar.to_next.toolTip(), bar.to_previous.toolTip()) == ("Next place (F3)", "Previous place (Shift+F3)")
    page = page_of(dialog, KeysPage)
    page.choose("find_next")
    press(page, Qt.Key.Key_G)
    page.set_button.click()
    page.choose("find_previous")
    page.none_button.click()
    assert (bar.to_next.toolTip(), bar.to_previous.toolTip()) == ("Next place (Ctrl+G)", "Previous place")
    assert bar.to_next.accessibleName() == "Next place"


def test_a_key_that_is_taken_says_whose_it_is_and_can_be_taken_over(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, KeysPage)
    page.choose("export")
    press(page, Qt.Key.Key_F)
    assert "Ctrl+F belongs to “Find”" in page.verdict.text()
    assert page.set_button.text() == "Use it here"
    page.set_button.click()
    assert (listed(page, "Export"), listed(page, "Find")) == (("Ctrl+F", "yes"), ("", "yes"))
    dialog.undo_button.click()
    assert (listed(page, "Export"), listed(page, "Find")) == (("Ctrl+E", ""), ("Ctrl+F", ""))


def test_of_several_keys_only_the_taken_one_goes(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, KeysPage)
    page.choose("export")
    press(page, Qt.Key.Key_Equal)
    page.set_button.click()
    assert listed(page, "Larger text") == ("Ctrl++", "yes")


def test_as_at_first_takes_its_key_back_from_whoever_has_it_now(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, KeysPage)
    page.choose("export")
    press(page, Qt.Key.Key_F)
    page.set_button.click()
    page.choose("find")
    page.first_button.click()
    assert (listed(page, "Export"), listed(page, "Find")) == (("", "yes"), ("Ctrl+F", ""))
    dialog.reset_button.click()
    assert listed(page, "Export") == ("Ctrl+E", "")
    assert load_settings(desk.paths).keys == ()


def test_no_key_leaves_an_action_without_one(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, KeysPage)
    page.choose("full_screen")
    page.none_button.click()
    assert desk.window.menus.full_screen.shortcuts() == []
    assert not page.none_button.isEnabled()
    assert load_settings(desk.paths).keys == (("full_screen", ""),)


def test_a_letter_alone_and_escape_are_refused(dialog: SettingsDialog) -> None:
    page = page_of(dialog, KeysPage)
    press(page, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert not page.set_button.isEnabled()
    assert "needed for typing" in page.verdict.text()
    assert why_not(QKeySequence("Shift+A"))
    assert "fixed meaning" in why_not(QKeySequence("Esc"))
    assert why_not(QKeySequence("F4")) == ""
    assert why_not(QKeySequence("Alt+Shift+A")) == ""


def test_the_key_that_writes_and_pauses_is_one(open_window: Callable[[Settings], Desk], qtbot: QtBot) -> None:
    desk = open_window(Settings(keys=((WRITE_OR_PAUSE, "Ctrl+Alt+W"),)))
    desk.session.new_document_with_outline("A history", 60, "en", (Step(1, "Storms", 60),))
    menus = desk.window.menus
    assert menus.write.shortcut() == QKeySequence("Ctrl+Alt+W")
    desk.engine.hold()
    QTest.keyClick(desk.window, Qt.Key.Key_W, CONTROL | ALT)
    qtbot.waitUntil(lambda: desk.session.is_busy, timeout=5000)
    assert menus.write.shortcuts() == []
    assert menus.pause.shortcut() == QKeySequence("Ctrl+Alt+W")
    desk.engine.go_on()
    qtbot.waitUntil(lambda: not desk.session.is_busy, timeout=10_000)


def test_other_keys_stand_in_tool_tips_and_in_the_outlines_own_menu(
    open_window: Callable[[Settings], Desk], qtbot: QtBot
) -> None:
    desk = open_window(Settings(keys=((WRITE_OR_PAUSE, "F4"), ("lock_sections", "Ctrl+Alt+L"))))
    desk.session.new_document_with_outline("A history", 60, "en", (Step(1, "Storms", 60),))
    assert desk.window.status.button.toolTip() == "F4"
    rows = desk.window.workspace.outline.list
    menu = rows.menu_at(rows.outline.index(0, 0))
    keys = {action.text(): action.shortcut().toString() for action in menu.actions()}
    assert keys["Lock"] == "Ctrl+Alt+L"
    assert keys["Duplicate"] == "Ctrl+Shift+D"


@pytest.mark.parametrize("keys", [(("find", "Ctrl+Nonsense"),), (("unheard_of", "Ctrl+G"),)])
def test_what_the_file_says_and_nobody_understands_changes_nothing(
    open_window: Callable[[Settings], Desk], keys: tuple[tuple[str, str], ...]
) -> None:
    desk = open_window(Settings(keys=keys))
    assert desk.window.menus.find.shortcut() == QKeySequence("Ctrl+F")


codes = st.sampled_from([*(getattr(Qt.Key, f"Key_{letter}") for letter in "ABCXYZ"), Qt.Key.Key_F5, Qt.Key.Key_Comma])
strokes = st.builds(
    lambda key, held: QKeySequence(key.value | sum(each.value for each in held)),
    codes,
    st.sets(st.sampled_from([CONTROL, ALT, SHIFT])),
)


@given(keys=st.lists(strokes, max_size=3).map(tuple))
@hypothesis_settings(max_examples=60)
def test_keys_come_back_from_the_file_as_they_were(keys: tuple[QKeySequence, ...]) -> None:
    assert read_keys(written_keys(keys)) == keys


@given(text=st.text(max_size=30))
@hypothesis_settings(max_examples=60)
def test_any_text_is_keys_or_none(text: str) -> None:
    keys = read_keys(text)
    assert keys is None or all(not key.isEmpty() for key in keys)


def test_a_key_that_opens_a_menu_is_refused(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, KeysPage)
    page.choose("export")
    press(page, Qt.Key.Key_F, ALT)
    assert page.verdict.text() == "Alt+F opens the menu “File”. Choose another one."
    assert not page.set_button.isEnabled()
    press(page, Qt.Key.Key_Q, ALT)
    assert page.set_button.isEnabled()


def test_what_a_widget_does_with_a_key_is_told_before_an_action_gets_it(dialog: SettingsDialog) -> None:
    page = page_of(dialog, KeysPage)
    page.choose("export")
    press(page, Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier)
    assert "In “Outline”, F2 does this: Edit main point and word target." in page.verdict.text()
    assert page.set_button.isEnabled()


def test_a_key_that_was_pressed_stays_in_the_field_while_something_else_is_set(
    desk: Desk, dialog: SettingsDialog
) -> None:
    page = page_of(dialog, KeysPage)
    page.choose("export")
    press(page, Qt.Key.Key_G, CONTROL | ALT)
    desk.window.menus.larger.trigger()
    assert page.field.keySequence() == QKeySequence("Ctrl+Alt+G")
    page.set_button.click()
    assert page.field.keySequence().isEmpty()
    assert listed(page, "Export") == ("Ctrl+Alt+G", "yes")
