from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from longwriter_desktop.paths import AppPaths
from longwriter_desktop.prompt_files import PROMPTS, load_templates, own_prompt_file
from longwriter_desktop.ui.settings.prompt_names import NAMES
from longwriter_desktop.ui.settings.prompts_page import PromptsPage
from longwriter_desktop.ui.settings.settings_dialog import SettingsDialog
from tests.ui.conftest import Desk
from tests.ui.settings.conftest import opened, page_of


def choose(page: PromptsPage, name: str) -> None:
    page.prompt.setCurrentIndex(page.prompt.findData(name))
    page.prompt.activated.emit(page.prompt.currentIndex())


@pytest.fixture
def page(dialog: SettingsDialog) -> PromptsPage:
    return page_of(dialog, PromptsPage)


def test_every_prompt_that_can_be_edited_has_a_name() -> None:
    assert [name for name, _ in NAMES] == list(PROMPTS)


def test_what_is_typed_is_in_force_a_moment_later(desk: Desk, page: PromptsPage, qtbot: QtBot) -> None:
    choose(page, "title.request")
    page.editor.selectAll()
    QTest.keyClicks(page.editor, "Give this text a title, and nothing else.")
    qtbot.waitUntil(lambda: page.verdict.text().startswith("Saved"), timeout=5000)
    assert load_templates("en", desk.paths).title_request == "Give this text a title, and nothing else."
    assert load_templates("zh", desk.paths).title_request != "Give this text a title, and nothing else."
    choose(page, "plan.request")
    assert page.prompt.itemText(page.prompt.findData("title.request")) == "Title (changed)"
    choose(page, "title.request")
    page.first_button.click()
    assert load_templates("en", desk.paths).title_request.startswith("What is the title")
    assert not own_prompt_file("en", desk.paths).exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Plan $INSTRUCTION$ in $PARAGRAPHS$ parts.", "lacks $WORDS_EACH$"),
        ("$INSTRUCTION$ $PARAGRAPHS$ $WORDS_EACH$ $MOOD$", "nothing to fill in for $MOOD$"),
        ("   ", "cannot be empty"),
    ],
)
def test_a_prompt_that_cannot_be_used_says_why_and_is_not_lost(
    desk: Desk, page: PromptsPage, text: str, told: str
) -> None:
    choose(page, "plan.request")
    page.editor.setPlainText(text)
    page.save()
    assert page.verdict.text().startswith("Not in use yet.")
    assert told in page.verdict.text()
    assert page.verdict.property("role") == "warning"
    assert not own_prompt_file("en", desk.paths).exists()
    choose(page, "title.request")
    choose(page, "plan.request")
    assert page.editor.toPlainText() == text
    assert told in page.verdict.text()


def test_undo_and_reset_bring_the_files_back(desk: Desk, dialog: SettingsDialog, page: PromptsPage) -> None:
    choose(page, "title.request")
    page.editor.setPlainText("Title?")
    page.save()
    page.language.setCurrentIndex(1)
    page.language.activated.emit(1)
    page.editor.setPlainText("标题？")
    page.save()
    assert load_templates("zh", desk.paths).title_request == "标题？"
    dialog.close()
    opened_again = opened_anew(desk)
    page_of(opened_again, PromptsPage)
    opened_again.reset_button.click()
    assert not own_prompt_file("en", desk.paths).exists()
    assert load_templates("zh", desk.paths).title_request != "标题？"
    opened_again.undo_button.click()
    assert load_templates("en", desk.paths).title_request == "Title?"
    assert load_templates("zh", desk.paths).title_request == "标题？"


def opened_anew(desk: Desk) -> SettingsDialog:
    desk.window.menus.settings.trigger()
    dialog = desk.window.preferences.dialog
    assert dialog is not None
    return dialog


def test_a_file_that_is_broken_is_answered_on_the_page_and_kept_when_put_aside(desk: Desk) -> None:
    file = own_prompt_file("en", desk.paths)
    file.parent.mkdir(parents=True)
    file.write_text("[plan")
    page = page_of(opened(desk), PromptsPage)
    assert str(file) in page.verdict.text()
    assert "cannot be read" in page.verdict.text()
    assert not page.editor.isEnabled()
    page.all_button.click()
    assert page.editor.isEnabled()
    assert "$INSTRUCTION$" in page.editor.toPlainText()
    assert Path(f"{file}.old").read_text() == "[plan"


def test_a_disk_that_is_full_is_told_on_the_page(
    desk: Desk, page: PromptsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("longwriter_desktop.prompt_files.replace_file", full)
    choose(page, "title.request")
    page.editor.setPlainText("Title?")
    page.save()
    assert "could not be saved" in page.verdict.text()
    assert page.editor.toPlainText() == "Title?"
    assert AppPaths.of_this_machine().settings == desk.paths.settings


def test_an_unusable_prompt_that_was_typed_away_does_not_come_back(dialog: SettingsDialog) -> None:
    page = page_of(dialog, PromptsPage)
    choose(page, "plan.request")
    shipped = page.editor.toPlainText()
    page.editor.setPlainText("Plan.")
    page.save()
    page.editor.setPlainText(shipped)
    page.save()
    choose(page, "title.request")
    choose(page, "plan.request")
    assert page.editor.toPlainText() == shipped
    assert not dialog.undo_button.isEnabled()


def test_an_unusable_prompt_can_be_put_back(dialog: SettingsDialog) -> None:
    page = page_of(dialog, PromptsPage)
    choose(page, "plan.request")
    shipped = page.editor.toPlainText()
    page.editor.setPlainText("Plan.")
    page.save()
    choose(page, "title.request")
    choose(page, "plan.request")
    assert page.editor.toPlainText() == "Plan."
    assert page.first_button.isEnabled()
    page.first_button.click()
    assert page.editor.toPlainText() == shipped


def test_putting_all_prompts_back_can_be_undone(desk: Desk) -> None:
    file = own_prompt_file("en", desk.paths)
    file.parent.mkdir(parents=True)
    file.write_text('[title]\nrequest = "A title."\n')
    dialog = opened(desk)
    page_of(dialog, PromptsPage).all_button.click()
    assert not file.exists()
    assert dialog.undo_button.isEnabled()
    dialog.undo_button.click()
    assert "A title." in file.read_text()
