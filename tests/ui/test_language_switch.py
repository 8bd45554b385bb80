from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from longwriter_desktop.export.registry import FORMATS, export
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.store import Project
from longwriter_desktop.prompt_files import load_templates
from longwriter_desktop.settings import Settings, load_settings, save_settings
from longwriter_desktop.ui.document_file import DocumentFile
from longwriter_desktop.ui.exporting import Exporting
from longwriter_desktop.ui.language_switch import LanguageSwitch
from longwriter_desktop.ui.main_window import MainWindow
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.theme import Theme
from longwriter_desktop.ui.translation import Translation, interface_language
from longwriter_desktop.ui.window_parts import WindowParts
from longwriter_desktop.ui.writing import Activity
from tests.ui.conftest import MODEL
from tests.ui.documents import lighthouses, written
from tests.ui.scripted_engine import ScriptedEngine

TEXT = "The lamp was lit in the evening, and the keeper wrote down the hour. " * 40


@dataclass
class Windows:
    """The switch, and every window that it has had made."""

    switch: LanguageSwitch
    paths: AppPaths
    made: list[MainWindow] = field(default_factory=list)

    @property
    def window(self) -> MainWindow:
        return self.switch.window

    def choose(self, language: str) -> None:
        """As the settings dialog does."""
        self.window._remember(replace(self.window.settings, language=language))  # type: ignore[arg-type] # of a test
        self.window.language_changed.emit()


@pytest.fixture
def windows(paths: AppPaths, qtbot: QtBot, qapp: QApplication) -> Iterator[Windows]:
    made: list[MainWindow] = []
    engine: Callable[[object], ScriptedEngine] = lambda _: ScriptedEngine(delay_s=0.005)  # noqa: E731

    def make() -> MainWindow:
        settings, file = load_settings(paths), DocumentFile(paths)
        session = Session(file, engine, lambda language: load_templates("zh" if language == "zh" else "en", paths))
        session.choose_model(MODEL)
        window = MainWindow(
            WindowParts(
                paths=paths,
                settings=settings,
                session=session,
                file=file,
                exporting=Exporting(export),
                theme=Theme(settings.theme),
                formats={suffix: each.name for suffix, each in FORMATS.items()},
                choices=list,
                model_at=lambda _: MODEL,
                machine="CPU",
                patience_s=20.0,
            )
        )
        session.setParent(window)
        made.append(window)
        return window

    def begin(window: MainWindow, path: Path | None) -> None:
        window.show()
        if path is not None:
            window.open(path)

    save_settings(paths, replace(Settings(), language="en"))
    translation = Translation(qapp)
    translation.use("en")
    switch = LanguageSwitch(translation, make, begin)
    yield Windows(switch, paths, made)
    for window in made:
        if shiboken6.isValid(window):
            window.close()
            window.deleteLater()
    translation.close()


@pytest.fixture
def essay(tmp_path: Path) -> Path:
    path = tmp_path / "essay.longwriter"
    Project.create(path, written(lighthouses(300, 300), "s1", TEXT)).close()
    return path


def test_the_window_changes_its_language_with_the_document_open_at_the_same_place(
    windows: Windows, essay: Path, qtbot: QtBot
) -> None:
    windows.switch.show(essay)
    old = windows.window
    cursor = old.workspace.manuscript.textCursor()
    cursor.setPosition(900)
    left = old.workspace.manuscript.document().toPlainText()[900:]
    old.workspace.manuscript.setTextCursor(cursor)
    old.session.set_target("s2", 450)
    windows.choose("zh")
    qtbot.waitUntil(lambda: windows.window is not old, timeout=10_000)
    window = windows.window
    assert interface_language() == "zh"
    assert window.menus.save_copy.text().startswith("保存副本")
    assert window.session.path == essay
    assert window.session.document.section("s2").word_target == 450
    position = window.workspace.manuscript.textCursor().position()
    assert window.workspace.manuscript.document().toPlainText()[position:] == left
    assert "撤销" in window.notice.text
    assert window.isVisible()
    qtbot.waitUntil(lambda: not shiboken6.isValid(old), timeout=10_000)
    windows.choose("en")
    qtbot.waitUntil(lambda: windows.window is not window, timeout=10_000)
    assert windows.window.menus.save_copy.text() == "&Save a copy…"
    assert windows.window.session.path == essay


def test_the_same_language_by_another_name_changes_nothing(windows: Windows, qtbot: QtBot) -> None:
    windows.switch.show(None)
    windows.choose("system" if interface_language() == "zh" else "en")
    qtbot.wait(50)
    assert len(windows.made) == 1


def test_what_was_typed_on_the_start_page_and_the_open_settings_are_there_again(windows: Windows, qtbot: QtBot) -> None:
    windows.switch.show(None)
    old = windows.window
    old.start_page.instruction.setPlainText("A history of lighthouses")
    old.menus.settings.trigger()
    assert old.preferences.dialog is not None
    old.preferences.dialog.list.setCurrentRow(3)
    windows.choose("zh")
    qtbot.waitUntil(lambda: windows.window is not old, timeout=10_000)
    assert windows.window.start_page.instruction.toPlainText() == "A history of lighthouses"
    dialog = windows.window.preferences.dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert dialog.list.currentRow() == 3


def test_a_dialog_with_something_half_typed_is_waited_for(windows: Windows, qtbot: QtBot) -> None:
    windows.switch.show(None)
    old = windows.window
    dialog = QDialog(old)
    dialog.open()
    windows.choose("zh")
    assert "dialogs" in old.notice.text
    qtbot.wait(400)
    assert windows.window is old
    dialog.reject()
    qtbot.waitUntil(lambda: windows.window is not old, timeout=10_000)


def test_while_the_model_writes_the_language_waits_and_nothing_is_broken_off(
    windows: Windows, essay: Path, qtbot: QtBot
) -> None:
    windows.switch.show(essay)
    old = windows.window
    old.session.write()
    qtbot.waitUntil(lambda: old.session.activity is Activity.WRITING, timeout=10_000)
    windows.choose("zh")
    assert "as soon as" in old.notice.text
    qtbot.wait(400)
    assert windows.window is old
    assert old.session.activity is Activity.WRITING
    old.session.pause()
    qtbot.waitUntil(lambda: windows.window is not old, timeout=10_000)
    assert windows.window.session.document.section("s2").text


def test_a_document_for_reading_only_stays_so(windows: Windows, essay: Path, qtbot: QtBot) -> None:
    windows.switch.show(None)
    old = windows.window
    old.opening.open_for_reading(essay)
    qtbot.waitUntil(lambda: old.session.has_document, timeout=10_000)
    windows.choose("zh")
    qtbot.waitUntil(lambda: windows.window is not old and windows.window.session.has_document, timeout=10_000)
    assert windows.window.session.file.read_only


def test_a_window_that_does_not_close_keeps_its_language(
    windows: Windows, essay: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows.switch.show(essay)
    old = windows.window
    monkeypatch.setattr(old, "_may_let_go", lambda: False)
    windows.choose("zh")
    qtbot.wait(400)
    assert windows.window is old
    assert old.isVisible()
    assert interface_language() == "en"
    monkeypatch.undo()
