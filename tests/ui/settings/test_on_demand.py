"""Pages are made when they are needed; the search finds all of them all the same."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QSpinBox
from pytestqt.qtbot import QtBot

from longwriter_desktop.models.library import Model
from longwriter_desktop.settings import Settings
from longwriter_desktop.ui.settings.appearance_page import AppearancePage
from longwriter_desktop.ui.settings.folders_page import FoldersPage
from longwriter_desktop.ui.settings.goals_page import GoalsPage
from longwriter_desktop.ui.settings.keys_page import KeysPage
from longwriter_desktop.ui.settings.privacy_page import PrivacyPage
from longwriter_desktop.ui.settings.prompts_page import PromptsPage
from longwriter_desktop.ui.settings.sampling_page import SamplingPage
from longwriter_desktop.ui.settings.settings_dialog import SettingsDialog
from longwriter_desktop.ui.settings.spelling_page import SpellingPage
from longwriter_desktop.ui.settings.writing_page import WritingPage
from tests.ui.conftest import Desk
from tests.ui.settings.conftest import opened, page_of

OTHER = Model("other", "Other 3B", Path("/nowhere/other.gguf"))


def shown_pages(dialog: SettingsDialog) -> list[str]:
    rows = [dialog.list.item(at) for at in range(dialog.list.count())]
    return [row.text() for row in rows if not row.isHidden()]


def choose_prompt(page: PromptsPage, name: str) -> None:
    page.prompt.setCurrentIndex(page.prompt.findData(name))
    page.prompt.activated.emit(page.prompt.currentIndex())


def test_a_page_is_made_when_it_is_first_shown(dialog: SettingsDialog) -> None:
    assert [type(page) for page in dialog.pages] == [WritingPage]
    dialog.list.setCurrentRow(3)
    assert [type(page) for page in dialog.pages] == [WritingPage, AppearancePage]
    assert dialog.page.isVisible()
    assert dialog.page.accessibleName() == "Appearance"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("full screen", KeysPage),
        ("awake", WritingPage),
        ("caches limit", FoldersPage),
        ("your words", SpellingPage),
        ("goes online", PrivacyPage),
        ("top k", SamplingPage),
        ("summary of a section", PromptsPage),
        ("how far you have come", GoalsPage),
    ],
)
def test_the_search_finds_what_stands_on_pages_that_were_never_shown(
    dialog: SettingsDialog, qtbot: QtBot, words: str, kind: type[object]
) -> None:
    QTest.keyClicks(dialog.search, words)
    qtbot.waitUntil(lambda: len(shown_pages(dialog)) < 9 and len(dialog.pages) == 9)
    assert isinstance(dialog.page, kind)
    assert dialog.page.isVisible()


def test_a_page_that_is_made_while_the_dialog_is_open_shows_what_is_in_force(
    desk: Desk, dialog: SettingsDialog
) -> None:
    desk.window.change_settings({"daily_word_goal": 1500})
    page = page_of(dialog, GoalsPage)
    assert page.findChildren(QSpinBox)[0].text() == "1,500"
    assert not dialog.undo_button.isEnabled(), "it was not changed here"


def test_what_was_said_about_one_page_goes_with_it(dialog: SettingsDialog) -> None:
    page_of(dialog, GoalsPage)
    dialog.reset_button.click()
    assert dialog.told.text().startswith("This page")
    dialog.list.setCurrentRow(0)
    assert dialog.told.text() == ""


def test_the_action_that_gets_a_key_is_one_that_the_search_has_left(dialog: SettingsDialog, qtbot: QtBot) -> None:
    page = page_of(dialog, KeysPage)
    page.choose("new")
    dialog.search.setText("full screen")
    qtbot.waitUntil(lambda: shown_pages(dialog) == ["Keys"])
    assert page.current == "full_screen"
    assert "Full screen" in page.verdict.text()


def test_the_search_goes_on_as_it_was_typed_while_pages_are_made(
    open_window: Callable[[Settings], Desk], qtbot: QtBot
) -> None:
    dialog = opened(open_window(Settings(theme="light")))
    QTest.keyClicks(dialog.search, "theme")
    dialog.search.clear()
    qtbot.wait(50)
    assert len(shown_pages(dialog)) == 9
    combo = page_of(dialog, AppearancePage).findChildren(QComboBox)[0]
    assert combo.isVisible()


def test_what_is_told_at_the_foot_or_below_a_field_is_read_aloud(
    dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[QLabel] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.object()))
    prompts = page_of(dialog, PromptsPage)
    choose_prompt(prompts, "plan.request")
    prompts.editor.setPlainText("Plan.")
    prompts.save()
    assert said[-1] is prompts.verdict
    keys = page_of(dialog, KeysPage)
    keys.field.setFocus()
    QTest.keyClick(keys.field, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert said[-1] is keys.verdict
    page_of(dialog, GoalsPage)
    dialog.reset_button.click()
    assert said[-1] is dialog.told
