import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.outline import Step
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import load_settings
from longwriter_desktop.ui.settings.folders_page import FoldersPage
from longwriter_desktop.ui.settings.privacy_page import PrivacyPage
from longwriter_desktop.ui.settings.settings_dialog import SettingsDialog
from longwriter_desktop.ui.settings.stored import Cleared, clear_caches, size_of
from tests.ui.conftest import Desk
from tests.ui.settings.conftest import opened, page_of


def filled(paths: AppPaths) -> list[Path]:
    """States in the cache, and beside them what another window says of its model."""
    files = [paths.cache / "states" / "ab" / "1.state", paths.cache / "states" / "2.state"]
    for file in (*files, paths.cache / "open-models" / "7.json"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bytes(600_000))
    return files


def place(page: FoldersPage, what: str) -> str:
    labels = page.findChildren(QLabel)
    text = next(each.text() for each in labels if each.accessibleName() == f"Place and size: {what}")
    return text.replace("\u200b", "")


def test_each_folder_says_where_it_is_and_how_large(desk: Desk, qtbot: QtBot) -> None:
    filled(desk.paths)
    page = page_of(opened(desk), FoldersPage)
    qtbot.waitUntil(lambda: "·" in place(page, "Logs"), timeout=5000)
    assert place(page, "Caches") == f"{desk.paths.cache}  ·  2 MB"
    assert place(page, "Models").startswith(str(desk.paths.data / "models"))
    assert place(page, "Backups").endswith("nothing in it yet")


def test_a_folder_that_has_come_since_the_dialog_opened_is_told_when_the_page_is_turned_to(
    desk: Desk, qtbot: QtBot
) -> None:
    dialog = opened(desk)
    page = page_of(dialog, FoldersPage)
    qtbot.waitUntil(lambda: place(page, "Caches").endswith("nothing in it yet"))
    dialog.list.setCurrentRow(0)
    filled(desk.paths)
    dialog.list.setCurrentRow(6)
    assert dialog.page is page
    qtbot.waitUntil(lambda: place(page, "Caches").endswith("2 MB"))


def test_a_folder_opens_in_the_file_manager_or_says_why_not(
    desk: Desk, dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def open_url(url: QUrl) -> bool:
        asked.append(url.toLocalFile())
        return len(asked) == 1

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    page = page_of(dialog, FoldersPage)
    button = next(each for each in page.findChildren(QPushButton) if each.accessibleName() == "Open folder: Caches")
    button.click()
    assert "not there yet" in dialog.told.text()
    filled(desk.paths)
    button.click()
    assert asked == [str(desk.paths.cache)]
    button.click()
    assert "No program that opens folders was found" in dialog.told.text()


def test_limits_of_backups_and_caches_count_at_once(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, FoldersPage)
    fields = {each.accessibleName(): each for each in page.findChildren(QSpinBox)}
    fields["A backup at least every"].setValue(3)
    fields["Size limit of backups"].setValue(0)
    assert desk.window.backups.backups.every_s == 180.0
    assert load_settings(desk.paths).backup_gigabytes == 0
    assert isinstance(load_settings(desk.paths).backup_gigabytes, float)


def test_half_a_gigabyte_from_the_file_stays(desk: Desk, dialog: SettingsDialog) -> None:
    desk.window.preferences.settings_wanted.emit({"backup_gigabytes": 0.5})
    dialog.show_settings(desk.window.settings)
    assert desk.window.settings.backup_gigabytes == 0.5


# -- privacy ---------------------------------------------------------------------------------------


def test_the_recent_documents_are_cleared_and_come_back(desk: Desk) -> None:
    desk.session.new_document_with_outline("A history", 300, "en", (Step(1, "Storms", 100),))
    desk.window.close_document()
    assert len(desk.file.recent()) == 1
    dialog = opened(desk)
    page = page_of(dialog, PrivacyPage)
    page.clear_recent.click()
    assert desk.file.recent() == []
    assert not desk.window.menus.recent_menu.isEnabled()
    assert "documents are where they were" in dialog.told.text()
    page.undo_recent.click()
    assert len(desk.file.recent()) == 1
    assert desk.window.menus.recent_menu.isEnabled()
    page.clear_recent.click()
    dialog.undo_button.click()
    assert len(desk.file.recent()) == 1


def test_the_caches_are_cleared_and_what_other_windows_say_stays(desk: Desk, qtbot: QtBot) -> None:
    files = filled(desk.paths)
    dialog = opened(desk)
    page = page_of(dialog, PrivacyPage)
    page.clear_caches.click()
    qtbot.waitUntil(lambda: "1 MB are free again" in dialog.told.text(), timeout=5000)
    assert not any(file.exists() for file in files)
    assert (desk.paths.cache / "open-models" / "7.json").exists()
    assert page.clear_caches.isEnabled()


def test_every_place_is_named(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, PrivacyPage)
    told = " ".join(label.text() for label in page.findChildren(QLabel))
    for folder in (desk.paths.data, desk.paths.cache, desk.paths.settings, desk.paths.log):
        assert str(folder) in told.replace("\u200b", "")
    assert "Nothing that you write leaves this computer." in told


def test_sizes_do_not_follow_links_and_a_stop_ends_the_count(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a").write_bytes(bytes(1000))
    (tmp_path / "in" / "loop").symlink_to(tmp_path, target_is_directory=True)
    size = size_of(tmp_path / "in", threading.Event())
    assert size is not None
    assert 1000 <= size < 3000
    assert size_of(tmp_path / "none", threading.Event()) is None
    stopped = threading.Event()
    stopped.set()
    assert size_of(tmp_path / "in", stopped) == 0


def test_clearing_where_there_is_nothing_is_no_mistake(paths: AppPaths) -> None:
    assert clear_caches(paths) == Cleared(freed=0, left=0)


def test_a_path_that_is_copied_is_the_path(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, FoldersPage)
    label = next(each for each in page.findChildren(QLabel) if each.accessibleName() == "Place and size: Settings")
    label.setFocus()
    label.setSelection(0, len(str(desk.paths.settings)))
    QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == str(desk.paths.settings)


def forgotten(desk: Desk) -> PrivacyPage:
    """The page, with a document on the list."""
    desk.session.new_document_with_outline("A history", 300, "en", (Step(1, "Storms", 100),))
    desk.window.close_document()
    return page_of(opened(desk), PrivacyPage)


def test_a_list_that_cannot_be_written_is_not_said_to_be_empty(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    page, full = forgotten(desk), OSError(28, "No space left on device")

    def refuse(*_: object) -> None:
        raise full

    dialog = desk.window.preferences.dialog
    assert dialog is not None
    with monkeypatch.context() as disk:
        disk.setattr("longwriter_desktop.project.recent.replace_file", refuse)
        page.clear_recent.click()
        assert "could not be emptied" in dialog.told.text()
        assert "No space left" in dialog.told.text()
        assert len(desk.file.recent()) == 1
        assert not page.undo_recent.isVisible()
    page.clear_recent.click()
    assert desk.file.recent() == []
    with monkeypatch.context() as disk:
        disk.setattr("longwriter_desktop.project.recent.replace_file", refuse)
        page.undo_recent.click()
        assert "could not be listed again" in dialog.told.text()
    page.undo_recent.click()
    assert len(desk.file.recent()) == 1


def test_the_folders_that_file_dialogs_showed_are_cleared_with_the_list_and_come_back(desk: Desk) -> None:
    file = desk.paths.settings / "QtProject.conf"

    def folders() -> tuple[object, object]:
        kept = QSettings(str(file), QSettings.Format.IniFormat)
        return kept.value("FileDialog/lastVisited"), kept.value("FileDialog/viewMode")

    kept = QSettings(str(file), QSettings.Format.IniFormat)
    kept.setValue("FileDialog/lastVisited", "file:///home/somebody/secret")
    kept.setValue("FileDialog/history", ["file:///home/somebody/secret"])
    kept.setValue("FileDialog/viewMode", "Detail")
    kept.sync()
    page = forgotten(desk)
    page.clear_recent.click()
    assert folders() == (None, "Detail")
    assert "secret" not in file.read_text()
    page.undo_recent.click()
    assert folders() == ("file:///home/somebody/secret", "Detail")


def test_caches_that_cannot_be_removed_are_told(
    desk: Desk, paths: AppPaths, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    filled(paths)
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path.name == "2.state":
            raise PermissionError(13, "Permission denied")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    dialog = opened(desk)
    page_of(dialog, PrivacyPage).clear_caches.click()
    qtbot.waitUntil(lambda: "are still there" in dialog.told.text(), timeout=5000)
    assert "cleared" not in dialog.told.text()
    monkeypatch.undo()
    assert clear_caches(paths).left == 0


def test_the_folder_of_reports_is_named(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, PrivacyPage)
    told = " ".join(label.text() for label in page.findChildren(QLabel))
    assert str(desk.paths.data / "reports") in told
