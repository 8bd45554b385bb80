from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import ExportProblem
from longwriter_desktop.ui import file_dialogs
from longwriter_desktop.ui.exporting import Exporting
from tests.ui.conftest import Desk
from tests.ui.models.small_files import small_model

FORMATS = {".docx": "Word document", ".md": "Markdown"}


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def when_a_dialog_opens(do: Callable[[QWidget], None]) -> None:
    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(20, look)
        else:
            do(dialog)

    QTimer.singleShot(20, look)


def type_name(name: str) -> Callable[[QWidget], None]:
    def answer(dialog: QWidget) -> None:
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        assert field is not None
        field.setText(name)
        QTest.keyClick(field, Qt.Key.Key_Return)

    return answer


def cancel(dialog: QWidget) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def press(text: str) -> Callable[[QWidget], None]:
    def answer(dialog: QWidget) -> None:
        button = next(each for each in dialog.findChildren(QPushButton) if each.text().replace("&", "") == text)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    return answer


def test_an_export_name_without_a_suffix_gets_the_one_of_the_format(parent: QWidget, tmp_path: Path) -> None:
    when_a_dialog_opens(type_name(str(tmp_path / "essay")))
    assert file_dialogs.ask_export_target(parent, tmp_path / "x.md", FORMATS) == tmp_path / "essay.md"


@pytest.mark.parametrize("replace", [True, False])
def test_a_file_that_gets_its_suffix_here_is_not_written_over_unasked(
    parent: QWidget, tmp_path: Path, replace: bool
) -> None:
    """The dialog asks about the name that was typed, and there is no such file."""
    there = tmp_path / "essay.md"
    there.write_text("Edited elsewhere.", "utf-8")

    def answer(dialog: QWidget) -> None:
        when_a_dialog_opens(press("Yes" if replace else "No"))
        type_name(str(tmp_path / "essay"))(dialog)

    when_a_dialog_opens(answer)
    assert file_dialogs.ask_export_target(parent, tmp_path / "x.md", FORMATS) == (there if replace else None)


def test_an_export_name_with_a_known_suffix_decides_the_format(parent: QWidget, tmp_path: Path) -> None:
    when_a_dialog_opens(type_name(str(tmp_path / "essay.docx")))
    assert file_dialogs.ask_export_target(parent, tmp_path / "x.md", FORMATS) == tmp_path / "essay.docx"


def test_every_file_dialog_can_be_cancelled(parent: QWidget, tmp_path: Path) -> None:
    asks: list[Callable[[], Path | None]] = [
        lambda: file_dialogs.ask_document_to_open(parent, tmp_path),
        lambda: file_dialogs.ask_model_file(parent, tmp_path),
        lambda: file_dialogs.ask_copy_target(parent, tmp_path / "copy.longwriter"),
        lambda: file_dialogs.ask_export_target(parent, tmp_path / "x.md", FORMATS),
    ]
    for ask in asks:
        when_a_dialog_opens(cancel)
        assert ask() is None


def test_a_copy_gets_the_suffix_of_documents(parent: QWidget, tmp_path: Path) -> None:
    when_a_dialog_opens(type_name(str(tmp_path / "copy")))
    assert file_dialogs.ask_copy_target(parent, tmp_path / "x.longwriter") == tmp_path / "copy.longwriter"
    when_a_dialog_opens(type_name(str(tmp_path / "Report v1.2")))
    assert file_dialogs.ask_copy_target(parent, tmp_path / "x.longwriter") == tmp_path / "Report v1.2.longwriter"


def test_nobody_is_asked_to_write_a_document_over_another(parent: QWidget, tmp_path: Path) -> None:
    """It would be refused all the same (see `Project.create`)."""
    there = tmp_path / "copy.longwriter"
    there.write_bytes(b"of another document")
    when_a_dialog_opens(type_name(str(there)))
    assert file_dialogs.ask_copy_target(parent, tmp_path / "x.longwriter") == there


@pytest.mark.parametrize(
    ("button", "answer"),
    [
        ("Save in another place…", QMessageBox.StandardButton.Save),
        ("Close without saving", QMessageBox.StandardButton.Discard),
        ("Cancel", QMessageBox.StandardButton.Cancel),
    ],
)
def test_unsaved_text_is_asked_about_in_three_ways(
    parent: QWidget, button: str, answer: QMessageBox.StandardButton
) -> None:
    when_a_dialog_opens(press(button))
    assert file_dialogs.ask_about_unsaved(parent, "The disk is full.") is answer


def test_text_that_is_kept_need_not_be_saved_now(parent: QWidget) -> None:
    when_a_dialog_opens(press("Close, recover later"))
    answer = file_dialogs.ask_about_unsaved(parent, "The disk is full.", kept=True)
    assert answer is QMessageBox.StandardButton.Discard


def test_opening_a_document_and_a_model_from_the_menu(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.session.new_document("A history of lighthouses", None, "auto")
    path = desk.session.path
    assert path is not None
    desk.window.close_document()
    when_a_dialog_opens(type_name(str(path)))
    desk.window.menus.open.trigger()
    assert desk.session.path == path
    own = small_model(tmp_path / "own.gguf")
    monkeypatch.setattr(file_dialogs, "ask_model_file", lambda *_: own)
    desk.window.menus.open_model.trigger()
    dialog = desk.window.own_files.file_dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.use.isEnabled)
    with qtbot.waitSignal(desk.window.models.models_changed):
        dialog.use.click()
    assert desk.session.model is not None
    assert desk.session.model.path == own
    titles = [action.text() for action in desk.window.menus.model_menu.actions()]
    assert any(title.startswith("own") for title in titles)


def test_a_failed_export_is_one_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    def refuse(_document: Document, _path: Path) -> None:
        raise ExportProblem("The disk is full; nothing was written.")

    exporting = Exporting(refuse)
    with qtbot.waitSignal(exporting.failed) as failed:
        exporting.start(Document(), tmp_path / "x.docx")
    assert failed.args == ["The disk is full; nothing was written."]
    exporting.close()


def test_a_fault_in_exporting_is_logged_and_told_calmly(
    qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(_document: Document, _path: Path) -> None:
        raise ZeroDivisionError

    exporting = Exporting(break_down)
    with qtbot.waitSignal(exporting.failed) as failed:
        exporting.start(Document(), tmp_path / "x.docx")
    assert failed.args is not None
    assert "The document is safe" in failed.args[0]
    assert "exporting failed" in caplog.text
    exporting.close()


def test_the_dialogs_are_qts_own_file_dialogs(parent: QWidget, tmp_path: Path) -> None:
    seen: list[bool] = []

    def look(dialog: QWidget) -> None:
        seen.append(isinstance(dialog, QFileDialog))
        cancel(dialog)

    when_a_dialog_opens(look)
    file_dialogs.ask_document_to_open(parent, tmp_path)
    assert seen == [True]
