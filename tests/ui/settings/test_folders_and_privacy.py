import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.outline import Step
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import load_settings
from longwriter_desktop.ui.settings.folders_page import FoldersPage
from longwriter_desktop.ui.settings.privacy_page import PrivacyPage
from longwriter_desktop.ui.settings.settings_dialog import SettingsDialog
from longwriter_desktop.ui.settings.stored import clear_caches, size_of
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
    assert place(page, "Backups").endswith("not made yet")


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
    assert "names no program that opens folders" in dialog.told.text()


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
    assert clear_caches(paths) == 0
