"""Finding, spelling, focus and full screen, as they are reached through the window's menus and keys."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QSpinBox
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.outline import Step
from longwriter_desktop.settings import Settings, load_settings
from longwriter_desktop.spelling.dictionaries import own_folder
from longwriter_desktop.spelling.own_words import load_own_words
from longwriter_desktop.ui.manuscript.spelling_process import SpellingProcess
from longwriter_desktop.ui.spelling_menu import NONE_FOUND
from tests.ui.conftest import Desk

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def begin(desk: Desk, *texts: str) -> None:
    steps = tuple(Step(number, f"Point {number}", 100) for number in range(1, len(texts) + 1))
    desk.session.new_document_with_outline("A history of fog", None, "en", steps)
    desk.session.set_title("")
    for section, text in zip(desk.session.document.sections, texts, strict=True):
        desk.session.set_text(section.id, text)
    desk.window.workspace.manuscript.set_document(desk.session.document)


def texts(desk: Desk) -> list[str]:
    return [section.text for section in desk.session.document.sections]


def settle(desk: Desk, qtbot: QtBot) -> str:
    page = desk.window.workspace.writing_page
    qtbot.waitUntil(lambda: not page.finder.is_looking, timeout=15_000)
    return page.find_bar.said.text()


def test_a_phrase_is_found_everywhere_replaced_and_taken_back_with_keys_alone(desk: Desk, qtbot: QtBot) -> None:
    begin(desk, "Fog at sea.", "No wind.", "The fog lifts. Fog!")
    QTest.keyClick(desk.window, Qt.Key.Key_H, CTRL)
    bar = desk.window.workspace.writing_page.find_bar
    assert QApplication.focusWidget() is bar.query
    QTest.keyClicks(bar.query, "fog")
    assert settle(desk, qtbot) == "1 of 3"
    QTest.keyClick(desk.window, Qt.Key.Key_F3)
    assert settle(desk, qtbot) == "2 of 3"
    QTest.keyClick(desk.window, Qt.Key.Key_F3, SHIFT)
    assert settle(desk, qtbot) == "1 of 3"
    QTest.keyClick(bar.query, Qt.Key.Key_Tab)
    QTest.keyClicks(bar.instead, "mist")
    bar.replace_all.setFocus()
    QTest.keyClick(bar.replace_all, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bar.said.text() == "Replaced 3 times.", timeout=15_000)
    assert texts(desk) == ["mist at sea.", "No wind.", "The mist lifts. mist!"]
    bar.query.setFocus()
    QTest.keyClick(bar.query, Qt.Key.Key_Z, CTRL)
    assert texts(desk) == ["Fog at sea.", "No wind.", "The fog lifts. Fog!"]
    QTest.keyClick(bar.query, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is desk.window.workspace.manuscript


def test_one_replacement_everywhere_is_one_change_of_the_document(desk: Desk, qtbot: QtBot) -> None:
    begin(desk, "fog", "fog", "fog")
    changes: list[object] = []
    desk.session.document_changed.connect(changes.append)
    desk.window.menus.replace.trigger()
    page = desk.window.workspace.writing_page
    page.find_bar.query.setText("fog")
    settle(desk, qtbot)
    page.find_bar.replace_all.click()
    qtbot.waitUntil(lambda: texts(desk) == ["", "", ""], timeout=15_000)
    assert len(changes) == 1


def test_the_bar_goes_with_the_document(desk: Desk, qtbot: QtBot) -> None:
    begin(desk, "fog")
    desk.window.menus.find.trigger()
    bar = desk.window.workspace.writing_page.find_bar
    bar.query.setText("fog")
    assert settle(desk, qtbot) == "1 of 1"
    desk.window.close_document()
    assert bar.isHidden()
    assert not desk.window.menus.find.isEnabled()


def test_nothing_is_replaced_where_the_document_is_for_reading_only(desk: Desk, qtbot: QtBot) -> None:
    begin(desk, "fog")
    path = desk.session.path
    assert path is not None
    desk.session.close_document()
    desk.session.open(path, read_only=True)
    assert not desk.window.menus.replace.isEnabled()
    page = desk.window.workspace.writing_page
    page.open_find_bar(replacing=True)
    page.find_bar.query.setText("fog")
    settle(desk, qtbot)
    page.find_bar.replace_all.click()
    assert "for reading only" in settle(desk, qtbot)
    assert texts(desk) == ["fog"]


@pytest.fixture
def spelling_desk(
    open_window: Callable[..., Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Desk]:
    """A window on dictionaries whose process is never started: what is asked of it stays without an answer."""
    monkeypatch.setattr(SpellingProcess, "start", lambda *_: None)

    def make(*languages: str, settings: Settings | None = None) -> Desk:
        for language in languages:
            for suffix in (".aff", ".dic"):
                (tmp_path / f"{language}{suffix}").write_text("0\n", "utf-8")
        return open_window(settings or Settings(theme="light"), dictionary_folders=lambda: [tmp_path])

    return make


def language(desk: Desk) -> str:
    """What the spelling is checked in, "" while it is not."""
    dictionary = desk.window.text_menu.spelling.spelling.dictionary
    return dictionary.language if dictionary is not None else ""


def test_spelling_is_checked_in_the_documents_language_until_the_person_says_otherwise(
    spelling_desk: Callable[..., Desk],
) -> None:
    desk = spelling_desk("de_DE", "en_US")
    menus = desk.window.menus
    assert language(desk) == ""  # no document
    begin(desk, "fog")
    assert language(desk) == "en_US"
    menus.spelling_menu.aboutToShow.emit()
    entries = {action.text().replace("&", ""): action for action in menus.spelling_menu.actions()}
    assert entries["As the document"].isChecked()
    entries["Deutsch (de_DE)"].trigger()
    assert language(desk) == "de_DE"
    assert load_settings(desk.paths).spelling_language == "de_DE"
    menus.check_spelling.trigger()
    assert language(desk) == ""
    assert not load_settings(desk.paths).check_spelling
    menus.next_misspelt.trigger()  # whoever looks for one wants it checked
    assert menus.check_spelling.isChecked()
    assert language(desk) == "de_DE"


def test_that_there_is_no_dictionary_is_said_when_it_is_asked_for_and_not_before(
    spelling_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = spelling_desk("fr_FR")
    begin(desk, "fog")
    assert desk.window.notice.text == ""
    desk.window.menus.next_misspelt.trigger()
    assert desk.window.notice.text == NONE_FOUND
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    desk.window.menus.spelling_menu.aboutToShow.emit()
    desk.window.menus.spelling_menu.actions()[-1].trigger()
    assert opened == [str(own_folder(desk.paths))]
    assert own_folder(desk.paths).is_dir()
    assert str(own_folder(desk.paths)) in desk.window.notice.text


def test_a_word_of_the_persons_own_is_kept_and_can_be_taken_back(spelling_desk: Callable[..., Desk]) -> None:
    desk = spelling_desk("en_US")
    begin(desk, "Zephyrine")
    desk.window.text_menu.spelling.spelling.add_wished.emit("Zephyrine")
    assert load_own_words(desk.paths) == {"Zephyrine"}
    assert "“Zephyrine” is among your words" in desk.window.notice.text
    undo = next(button for button in desk.window.notice.findChildren(type(desk.window.status.button)) if button.text())
    undo.click()
    assert load_own_words(desk.paths) == frozenset()


def test_focus_mode_hides_the_panels_and_brings_them_back_as_they_were(desk: Desk) -> None:
    begin(desk, "fog")
    window, workspace = desk.window, desk.window.workspace
    window.menus.show_section_panel.setChecked(False)
    QTest.keyClick(window, Qt.Key.Key_F, CTRL | SHIFT)
    assert window.text_menu.focus.focus.is_on
    assert workspace.outline.isHidden()
    assert QApplication.focusWidget() is workspace.manuscript
    QTest.keyClick(window, Qt.Key.Key_F, CTRL | SHIFT)
    assert not workspace.outline.isHidden()
    assert workspace.section.isHidden()
    window.menus.focus_mode.trigger()
    window.close_document()
    assert not window.menus.focus_mode.isChecked()


def test_what_is_dimmed_is_remembered(desk: Desk, open_window: Callable[..., Desk]) -> None:
    begin(desk, "fog")
    menus = desk.window.menus
    next(action for action in menus.focus_dims if action.data() == "sentence").trigger()
    menus.typewriter.trigger()
    kept = load_settings(desk.paths)
    assert (kept.focus_dims, kept.typewriter) == ("sentence", False)
    again = open_window(replace(kept, theme="light"))
    assert again.window.text_menu.focus.focus.dims == "sentence"
    assert not again.window.menus.typewriter.isChecked()


def test_full_screen_and_back_to_what_the_window_was(desk: Desk) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_F11)
    assert desk.window.isFullScreen()
    assert desk.window.menus.full_screen.isChecked()
    desk.window.showNormal()  # by the window manager's own means
    assert not desk.window.menus.full_screen.isChecked()


def test_zooming_with_the_wheel_is_remembered_as_with_the_menu(desk: Desk) -> None:
    begin(desk, "fog")
    desk.window.workspace.manuscript.zoom_in()
    assert load_settings(desk.paths).manuscript_font_size == 18
    assert desk.window.workspace.size_px == 18
    desk.window.menus.usual_size.trigger()
    assert desk.window.workspace.manuscript.type_size == 17


def test_text_and_setting_have_the_same_least_size(desk: Desk) -> None:
    begin(desk, "fog")
    manuscript = desk.window.workspace.manuscript
    manuscript.zoom_in(-100)
    assert load_settings(desk.paths).manuscript_font_size == manuscript.type_size == desk.window.workspace.size_px
    desk.window.menus.smaller.trigger()
    assert load_settings(desk.paths).manuscript_font_size == manuscript.type_size


def test_the_menu_copies_from_a_field_with_numbers_too(desk: Desk) -> None:
    begin(desk, "fog")
    total = next(each for each in desk.window.workspace.section.findChildren(QSpinBox) if each.isVisible())
    total.setFocus()
    total.setValue(321)
    total.selectAll()
    QApplication.clipboard().clear()
    desk.window.menus.copy.trigger()
    assert QApplication.clipboard().text().strip() == "321"


def test_who_looks_for_a_misspelt_word_has_the_spelling_checked_from_then_on(
    spelling_desk: Callable[..., Desk],
) -> None:
    desk = spelling_desk("en_US", settings=Settings(theme="light", check_spelling=False))
    begin(desk, "fog")
    menus = desk.window.menus
    menus.next_misspelt.trigger()
    assert load_settings(desk.paths).check_spelling
    menus.typewriter.trigger()  # whatever else is set
    assert menus.check_spelling.isChecked()
    assert language(desk) == "en_US"


def test_the_key_for_suggestions_opens_the_menu_at_the_cursor_with_them(
    spelling_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    desk = spelling_desk("en_US")

    def check(process: SpellingProcess, words: list[str]) -> None:
        process.checked.emit({each: each != "frist" for each in words})

    monkeypatch.setattr(SpellingProcess, "check", check)

    def suggest(process: SpellingProcess, word: str) -> None:
        QTimer.singleShot(20, process, lambda: process.suggested.emit(word, ["first", "thirst"]))

    monkeypatch.setattr(SpellingProcess, "suggest", suggest)
    begin(desk, "The frist app.")
    manuscript = desk.window.workspace.manuscript
    manuscript.setFocus()
    keys = desk.window.menus.suggestions.shortcut()
    assert keys.toString() == "Shift+F10"
    QTest.keySequence(manuscript, desk.window.menus.next_misspelt.shortcut())
    qtbot.waitUntil(lambda: manuscript.textCursor().selectedText() == "frist", timeout=15_000)
    QTest.keySequence(manuscript, keys)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    qtbot.waitUntil(lambda: [action.text() for action in menu.actions()[:2]] == ["first", "thirst"], timeout=15_000)
    assert menu.activeAction() is menu.actions()[0]
    QTest.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: texts(desk) == ["The first app."], timeout=15_000)


def test_the_same_key_in_the_outline_opens_the_menu_of_the_section_in_hand(
    spelling_desk: Callable[..., Desk], qtbot: QtBot
) -> None:
    desk = spelling_desk("en_US")
    begin(desk, "Fog.")
    desk.window.workspace.go_to_outline()
    qtbot.waitUntil(desk.window.workspace.outline.list.hasFocus)
    QTest.keySequence(desk.window.workspace.outline.list, desk.window.menus.suggestions.shortcut())
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Lock" in [action.text() for action in menu.actions()]
    menu.close()


def test_words_of_the_apps_own_are_right_in_every_language(
    spelling_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    desk = spelling_desk("en_US")
    asked: list[str] = []
    monkeypatch.setattr(SpellingProcess, "check", lambda _, words: asked.extend(words))
    begin(desk, "The app works offline. Apps know Ctrl and frist.")
    qtbot.waitUntil(lambda: "frist" in asked)
    assert not {"app", "Apps", "Ctrl", "offline"} & set(asked)
