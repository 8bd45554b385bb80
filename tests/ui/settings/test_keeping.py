"""What the person chose and wrote in the settings stays, whatever else happens to the files meanwhile."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from longwriter_desktop.paths import AppPaths
from longwriter_desktop.prompt_files import load_templates, own_prompt_file
from longwriter_desktop.settings import Settings, load_settings, save_changes, save_settings, settings_path
from longwriter_desktop.spelling.own_words import load_own_words, own_words_path, save_own_words
from longwriter_desktop.ui.settings.privacy_page import PrivacyPage
from longwriter_desktop.ui.settings.prompts_page import PromptsPage
from longwriter_desktop.ui.settings.settings_dialog import SettingsDialog
from longwriter_desktop.ui.settings.spelling_page import SpellingPage
from tests.ui.conftest import Desk
from tests.ui.settings.conftest import opened, page_of


def choose(page: PromptsPage, name: str) -> None:
    page.prompt.setCurrentIndex(page.prompt.findData(name))
    page.prompt.activated.emit(page.prompt.currentIndex())


# -- settings.toml -----------------------------------------------------------------------------------


def test_what_another_window_or_the_person_put_into_the_file_meanwhile_stays(desk: Desk) -> None:
    save_settings(desk.paths, replace(load_settings(desk.paths), backup_minutes=25, measure=60))
    desk.window.text_menu.settings_wanted.emit({"manuscript_font_size": 18})
    desk.window.close()
    kept = load_settings(desk.paths)
    assert (kept.backup_minutes, kept.measure) == (25, 60)
    assert kept.manuscript_font_size == 18
    assert kept.window_geometry


def test_what_could_not_be_saved_is_saved_with_the_next_change(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("longwriter_desktop.settings.replace_file", full)
        desk.window.text_menu.settings_wanted.emit({"manuscript_font_size": 18})
    assert desk.window.settings.manuscript_font_size == 18
    assert "could not be saved" in desk.window.notice.text
    desk.window.text_menu.settings_wanted.emit({"show_origins": True})
    assert load_settings(desk.paths).manuscript_font_size == 18
    assert load_settings(desk.paths).show_origins


def test_a_change_leaves_what_cannot_be_used_to_be_mended_by_hand(desk: Desk) -> None:
    desk.paths.settings.mkdir(parents=True, exist_ok=True)
    settings_path(desk.paths).write_text("measure = 600\n")
    desk.window.text_menu.settings_wanted.emit({"manuscript_font_size": 18})
    assert "measure = 600" in settings_path(desk.paths).read_text()


def test_a_file_from_an_editor_that_marks_it_as_utf_8_is_read(desk: Desk) -> None:
    desk.paths.settings.mkdir(parents=True, exist_ok=True)
    settings_path(desk.paths).write_bytes(b"\xef\xbb\xbfmeasure = 60\n")
    assert load_settings(desk.paths) == Settings(measure=60)
    save_changes(desk.paths, {"theme": "dark"})
    assert load_settings(desk.paths) == Settings(measure=60, theme="dark")


# -- the person's own prompts ------------------------------------------------------------------------


def test_a_prompt_that_was_just_typed_is_kept_when_the_window_closes(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, PromptsPage)
    choose(page, "title.request")
    page.editor.selectAll()
    QTest.keyClicks(page.editor, "Title?")
    desk.window.close()
    assert load_templates("en", desk.paths).title_request == "Title?"


def test_a_prompt_that_was_just_typed_is_there_when_the_settings_open_again(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, PromptsPage)
    choose(page, "title.request")
    page.editor.selectAll()
    QTest.keyClicks(page.editor, "Title?")
    dialog.reject()
    desk.window.menus.settings.trigger()
    assert page.editor.toPlainText() == "Title?"
    assert load_templates("en", desk.paths).title_request == "Title?"


def test_a_file_that_was_written_by_hand_outlives_putting_all_back(desk: Desk) -> None:
    file = own_prompt_file("en", desk.paths)
    file.parent.mkdir(parents=True)
    file.write_text('# by hand\n[title]\nrequest = "A title."\n')
    page = page_of(opened(desk), PromptsPage)
    choose(page, "title.request")
    page.editor.setPlainText("Title?")
    page.save()
    page.all_button.click()
    aside = [each.read_text() for each in file.parent.glob("en.toml.old*")]
    assert any("# by hand" in each for each in aside)
    assert any("Title?" in each for each in aside)


def test_undoing_changes_keeps_what_was_written_into_the_file_meanwhile(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, PromptsPage)
    choose(page, "title.request")
    page.editor.setPlainText("Title?")
    page.save()
    file = own_prompt_file("en", desk.paths)
    file.write_text('# by hand\n[title]\nrequest = "A title."\n')
    dialog.undo_button.click()
    assert not file.exists()
    assert any("# by hand" in each.read_text() for each in file.parent.glob("en.toml.old*"))


def test_a_file_that_was_written_while_the_settings_are_open_is_no_change_of_theirs(
    desk: Desk, dialog: SettingsDialog
) -> None:
    page_of(dialog, PromptsPage)
    file = own_prompt_file("en", desk.paths)
    file.parent.mkdir(parents=True)
    file.write_text('# by hand\n[title]\nrequest = "A title."\n')
    desk.window.text_menu.settings_wanted.emit({"manuscript_font_size": 18})
    dialog.undo_button.click()
    assert file.read_text().startswith("# by hand")


def test_a_prompt_that_cannot_be_used_can_be_undone(dialog: SettingsDialog) -> None:
    page = page_of(dialog, PromptsPage)
    choose(page, "plan.request")
    shipped = page.editor.toPlainText()
    page.editor.setPlainText("Plan.")
    page.save()
    assert dialog.undo_button.isEnabled()
    dialog.undo_button.click()
    assert page.editor.toPlainText() == shipped


def test_success_is_not_claimed_where_a_file_could_not_be_put_aside(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = own_prompt_file("en", desk.paths)
    file.parent.mkdir(parents=True)
    file.write_text('[title]\nrequest = "A title."\n')
    dialog = opened(desk)
    page_of(dialog, PromptsPage)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("longwriter_desktop.prompt_files.replace_file", full)
    dialog.reset_button.click()
    assert "could not be put aside" in dialog.told.text()
    assert file.is_file()


# -- the person's own words --------------------------------------------------------------------------


def test_undoing_changes_takes_back_only_the_words_of_the_settings(desk: Desk) -> None:
    save_own_words(desk.paths, {"keeper"})
    dialog = opened(desk)
    page = page_of(dialog, SpellingPage)
    page.word.setText("lighthous")
    page.add_word()
    page.words.setCurrentRow(0)
    assert page.words.currentItem().text() == "keeper"
    page.remove_words()
    desk.window.text_menu.spelling.add_word("Fresnel")
    dialog.undo_button.click()
    assert load_own_words(desk.paths) == {"keeper", "Fresnel"}


def test_a_list_of_words_that_cannot_be_read_is_not_written_over(
    desk: Desk, dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_own_words(desk.paths, {"keeper"})
    page, read = page_of(dialog, SpellingPage), Path.read_text

    def refuse(path: Path, *args: str) -> str:
        if path == own_words_path(desk.paths):
            raise PermissionError(13, "Permission denied")
        return read(path, *args)

    with monkeypatch.context() as disk:
        disk.setattr(Path, "read_text", refuse)
        page.word.setText("lighthous")
        page.add_word()
        assert "could not be saved" in dialog.told.text()
        assert page.word.text() == "lighthous"
        desk.window.text_menu.spelling.add_word("Fresnel")
    assert load_own_words(desk.paths) == {"keeper"}


# -- privacy -----------------------------------------------------------------------------------------


def test_clearing_the_caches_can_be_tried_again_when_it_failed(
    desk: Desk, dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def broken(_paths: AppPaths) -> int:
        raise RuntimeError

    monkeypatch.setattr("longwriter_desktop.ui.settings.privacy_page.clear_caches", broken)
    page = page_of(dialog, PrivacyPage)
    page.clear_caches.click()
    qtbot.waitUntil(lambda: bool(dialog.told.text()), timeout=5000)
    assert page.clear_caches.isEnabled()
