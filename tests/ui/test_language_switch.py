import gc
import threading
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil
import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from longwriter_desktop.export.registry import FORMATS, export
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.store import Project
from longwriter_desktop.prompt_files import load_templates
from longwriter_desktop.settings import Settings, load_settings, save_settings
from longwriter_desktop.ui import language_switch
from longwriter_desktop.ui.document_file import DocumentFile
from longwriter_desktop.ui.exporting import Exporting
from longwriter_desktop.ui.language_switch import LanguageSwitch
from longwriter_desktop.ui.main_window import MainWindow
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.settings.appearance_page import AppearancePage
from longwriter_desktop.ui.settings.fields import ChoiceField
from longwriter_desktop.ui.settings.prompts_page import PromptsPage
from longwriter_desktop.ui.theme import Theme
from longwriter_desktop.ui.translation import Translation, interface_language
from longwriter_desktop.ui.window_parts import WindowParts
from longwriter_desktop.ui.writing import Activity
from tests.ui.conftest import MODEL
from tests.ui.documents import lighthouses, written
from tests.ui.scripted_engine import ScriptedEngine
from tests.ui.settings.conftest import page_of

LOOK_AGAIN_MS = 20
"""How often is looked whether a switch has still to wait."""
TEXT = "The lamp was lit in the evening, and the keeper wrote down the hour. " * 40


@dataclass
class Windows:
    """The switch, and every window that it has had made."""

    switch: LanguageSwitch
    paths: AppPaths
    made: list[MainWindow] = field(default_factory=list)
    engines: list[ScriptedEngine] = field(default_factory=list)

    @property
    def window(self) -> MainWindow:
        return self.switch.window

    def choose(self, language: str) -> None:
        """As the settings dialog does."""
        self.window._remember(replace(self.window.settings, language=language))  # type: ignore[arg-type] # of a test
        self.window.language_changed.emit()


@pytest.fixture
def windows(paths: AppPaths, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Windows]:
    monkeypatch.setattr(language_switch, "LOOK_AGAIN_MS", LOOK_AGAIN_MS)
    made: list[MainWindow] = []
    engines: list[ScriptedEngine] = []

    def engine(_: object) -> ScriptedEngine:
        engines.append(ScriptedEngine(delay_s=0.005))
        return engines[-1]

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
    yield Windows(switch, paths, made, engines)
    for window in made:
        if shiboken6.isValid(window):
            window.close()
            window.deleteLater()
    translation.close()


def _seen_when_shown(windows: Windows, old: MainWindow) -> list[bool]:
    """Will have whether the old window was still to be seen at the moment when the new one was shown."""
    seen: list[bool] = []
    begin = windows.switch._begin

    def look(window: MainWindow, path: Path | None) -> None:
        begin(window, path)
        if not seen:
            seen.append(old.isVisible())

    windows.switch._begin = look
    return seen


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
    as_opened = old.backups.as_opened
    assert as_opened is not None
    cursor = old.workspace.manuscript.textCursor()
    cursor.setPosition(900)
    left = old.workspace.manuscript.document().toPlainText()[900:]
    old.workspace.manuscript.setTextCursor(cursor)
    old.session.set_target("s2", 450)
    old.setGeometry(40, 30, 1000, 640)
    seen = _seen_when_shown(windows, old)
    windows.choose("zh")
    qtbot.waitUntil(lambda: windows.window is not old)
    window = windows.window
    assert interface_language() == "zh"
    assert seen == [True], "the old window has gone before the new one was there"
    assert window.geometry().getRect() == (40, 30, 1000, 640)
    assert window.menus.save_copy.text().startswith("保存副本")
    assert window.session.path == essay
    assert window.session.document.section("s2").word_target == 450
    position = window.workspace.manuscript.textCursor().position()
    assert window.workspace.manuscript.document().toPlainText()[position:] == left
    assert "撤销" in window.notice.text
    assert window.isVisible()
    assert window.backups.as_opened == as_opened
    qtbot.waitUntil(lambda: not shiboken6.isValid(old))
    windows.choose("en")
    qtbot.waitUntil(lambda: windows.window is not window)
    assert windows.window.menus.save_copy.text() == "Save &a copy…"
    assert windows.window.session.path == essay


def test_the_same_language_by_another_name_changes_nothing(windows: Windows, qtbot: QtBot) -> None:
    windows.switch.show(None)
    windows.choose("system" if interface_language() == "zh" else "en")
    qtbot.wait(5 * LOOK_AGAIN_MS)
    assert len(windows.made) == 1


def test_what_was_typed_on_the_start_page_and_the_open_settings_are_there_again(windows: Windows, qtbot: QtBot) -> None:
    windows.switch.show(None)
    old = windows.window
    old.start_page.instruction.setPlainText("A history of lighthouses")
    old.menus.settings.trigger()
    assert old.preferences.dialog is not None
    old.preferences.dialog.list.setCurrentRow(3)
    windows.choose("zh")
    qtbot.waitUntil(lambda: windows.window is not old)
    assert windows.window.start_page.instruction.toPlainText() == "A history of lighthouses"
    dialog = windows.window.preferences.dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert dialog.list.currentRow() == 3


def test_what_was_changed_in_the_settings_can_be_undone_in_the_new_window(windows: Windows, qtbot: QtBot) -> None:
    windows.switch.show(None)
    old = windows.window
    old.menus.settings.trigger()
    assert old.preferences.dialog is not None
    old.preferences.dialog.page.settings_wanted.emit({"typewriter": False})
    old.preferences.dialog.page.settings_wanted.emit({"language": "zh"})
    qtbot.waitUntil(lambda: windows.window is not old)
    chinese = windows.window
    dialog = chinese.preferences.dialog
    assert dialog is not None
    assert dialog.undo_button.isEnabled()
    dialog.undo_button.click()
    qtbot.waitUntil(lambda: windows.window is not chinese)
    assert interface_language() == "en"
    assert windows.window.settings.typewriter


def test_the_cursor_stays_in_the_field_of_the_settings_in_which_the_language_was_chosen(
    windows: Windows, qtbot: QtBot
) -> None:
    windows.switch.show(None)
    old = windows.window
    old.menus.settings.trigger()
    assert old.preferences.dialog is not None
    old.preferences.dialog.list.setCurrentRow(3)
    field = next(
        each
        for each in page_of(old.preferences.dialog, AppearancePage).findChildren(ChoiceField)
        if each.findData("zh") >= 0
    )
    field.setFocus()
    field.showPopup()
    field.hidePopup()
    field.setCurrentIndex(field.findData("zh"))
    field.activated.emit(field.currentIndex())
    qtbot.waitUntil(lambda: windows.window is not old)
    dialog = windows.window.preferences.dialog
    assert dialog is not None
    at = dialog.focusWidget()
    assert isinstance(at, ChoiceField)
    assert at.currentData() == "zh"


def switched(windows: Windows, language: str, qtbot: QtBot) -> MainWindow:
    """The window in another language."""
    old = windows.window
    windows.choose(language)
    qtbot.waitUntil(lambda: windows.window is not old)
    return windows.window


def test_a_template_that_is_not_filled_in_and_the_fields_below_it_are_there_again(
    windows: Windows, qtbot: QtBot
) -> None:
    windows.switch.show(None)
    page = windows.window.start_page
    page.templates.chosen.emit("A report on [subject] for [reader].")
    page.instruction.textCursor().insertText("tides")
    page.words.setText("4000")
    page.language.setCurrentIndex(page.language.findData("zh"))
    typed = page.instruction.toPlainText()
    page = switched(windows, "zh", qtbot).start_page
    assert page.instruction.toPlainText() == typed == "A report on tides for [reader]."
    assert len(page.instruction.open_places) == 1
    assert page.words.words == 4000
    assert page.language.currentData() == "zh"


def test_a_prompt_that_cannot_be_used_yet_is_there_again(windows: Windows, qtbot: QtBot) -> None:
    windows.switch.show(None)
    windows.window.menus.settings.trigger()
    page = prompts_page(windows.window)
    page.prompt.setCurrentIndex(page.prompt.findData("plan.request"))
    page.prompt.activated.emit(page.prompt.currentIndex())
    language = page.language.currentData()
    page.editor.setPlainText("A plan, half typed")
    page = prompts_page(switched(windows, "zh", qtbot))
    page.language.setCurrentIndex(page.language.findData(language))
    page.language.activated.emit(page.language.currentIndex())
    page.prompt.setCurrentIndex(page.prompt.findData("plan.request"))
    page.prompt.activated.emit(page.prompt.currentIndex())
    assert page.editor.toPlainText() == "A plan, half typed"


def prompts_page(window: MainWindow) -> PromptsPage:
    dialog = window.preferences.dialog
    assert dialog is not None
    return page_of(dialog, PromptsPage)


def test_settings_that_cannot_be_saved_are_in_force_in_the_new_window_too(
    windows: Windows, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("longwriter_desktop.settings.replace_file", refuse)
    windows.switch.show(None)
    windows.window.text_menu.settings_wanted.emit({"measure": 60})
    window = switched(windows, "zh", qtbot)
    assert window.settings.language == "zh"
    assert window.settings.measure == 60
    assert window.workspace.manuscript.page.typography.measure == 60
    monkeypatch.undo()
    window.text_menu.settings_wanted.emit({"show_origins": True})
    assert load_settings(windows.paths).measure == 60


def test_a_document_that_was_saved_elsewhere_while_the_window_closed_is_the_one_that_opens(
    windows: Windows, essay: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows.switch.show(essay)
    old, elsewhere = windows.window, tmp_path / "elsewhere.longwriter"

    def save_elsewhere() -> bool:
        old.session.move_to(elsewhere)
        return True

    monkeypatch.setattr(old.letting_go, "may_go", save_elsewhere)
    window = switched(windows, "zh", qtbot)
    assert window.session.path == elsewhere


def test_while_text_cannot_be_saved_the_language_waits(
    windows: Windows, essay: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows.switch.show(essay)
    old = windows.window
    with monkeypatch.context() as disk:
        disk.setattr(DocumentFile, "trouble", "The disk is full.")
        windows.choose("zh")
        assert "saved" in old.notice.text
        qtbot.wait(5 * LOOK_AGAIN_MS)
        assert windows.window is old
    qtbot.waitUntil(lambda: windows.window is not old)


def test_a_document_that_is_gone_leaves_the_next_one_at_its_own_place(
    windows: Windows, essay: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    windows.switch.show(essay)
    old = windows.window
    old.session.set_target("s2", 450)

    def take_away() -> None:
        old.session.close_document()
        essay.rename(tmp_path / "away.longwriter")

    old.closed.connect(take_away)
    window = switched(windows, "zh", qtbot)
    assert not window.session.has_document
    other = tmp_path / "other.longwriter"
    Project.create(other, lighthouses(300)).close()
    window.notice.dismiss()
    window.open(other)
    qtbot.waitUntil(lambda: window.session.has_document)
    assert "撤销" not in window.notice.text


def test_switching_to_and_fro_leaves_nothing_behind(windows: Windows, essay: Path, qtbot: QtBot) -> None:
    windows.switch.show(essay)
    for number in range(4):
        old = weakref.ref(windows.window)
        switched(windows, "en" if number % 2 else "zh", qtbot)
        windows.made[:] = [windows.window]
        qtbot.waitUntil(lambda: windows.window.session.has_document)
        qtbot.waitUntil(lambda: is_forgotten(old))  # noqa: B023 - run at once
        if number == 1:
            first = what_is_there()
    qtbot.waitUntil(lambda: all(now <= then for now, then in zip(what_is_there(), first, strict=True)))


def is_forgotten(window: "weakref.ref[MainWindow]") -> bool:
    """Whether nothing keeps a window, with all its text, any more."""
    gc.unfreeze()
    gc.collect()
    return window() is None


def what_is_there() -> tuple[int, int, int]:
    """How many widgets, threads and child processes there are."""
    return len(QApplication.allWidgets()), threading.active_count(), len(psutil.Process().children(True))


def test_a_dialog_with_something_half_typed_is_waited_for(windows: Windows, qtbot: QtBot) -> None:
    windows.switch.show(None)
    old = windows.window
    dialog = QDialog(old)
    dialog.open()
    windows.choose("zh")
    assert "dialogs" in old.notice.text
    qtbot.wait(5 * LOOK_AGAIN_MS)
    assert windows.window is old
    dialog.reject()
    qtbot.waitUntil(lambda: windows.window is not old)


def test_while_the_model_writes_the_language_waits_and_nothing_is_broken_off(
    windows: Windows, essay: Path, qtbot: QtBot
) -> None:
    windows.switch.show(essay)
    old = windows.window
    old.session.write()
    qtbot.waitUntil(lambda: bool(old.session.document.section("s2").text))
    windows.engines[-1].hold()
    windows.choose("zh")
    assert "as soon as" in old.notice.text
    qtbot.wait(5 * LOOK_AGAIN_MS)
    assert windows.window is old
    assert old.session.activity is Activity.WRITING
    old.session.pause()
    qtbot.waitUntil(lambda: windows.window is not old)
    assert windows.window.session.document.section("s2").text


def test_a_document_for_reading_only_stays_so(windows: Windows, essay: Path, qtbot: QtBot) -> None:
    windows.switch.show(None)
    old = windows.window
    old.opening.open_for_reading(essay)
    qtbot.waitUntil(lambda: old.session.has_document)
    windows.choose("zh")
    qtbot.waitUntil(lambda: windows.window is not old and windows.window.session.has_document)
    assert windows.window.session.file.read_only


def test_a_window_that_does_not_close_keeps_its_language(
    windows: Windows, essay: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows.switch.show(essay)
    old = windows.window
    monkeypatch.setattr(old.letting_go, "may_go", lambda: False)
    windows.choose("zh")
    qtbot.wait(5 * LOOK_AGAIN_MS)
    assert windows.window is old
    assert old.isVisible()
    assert interface_language() == "en"
    monkeypatch.undo()
