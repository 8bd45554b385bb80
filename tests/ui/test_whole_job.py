"""The main job through real clicks and keys, with the starter model and everything real behind the window."""

import time
from collections.abc import Iterator
from pathlib import Path

import docx
import psutil
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Status
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.store import Project
from longwriter_desktop.ui import file_dialogs
from longwriter_desktop.ui.app import make_window
from longwriter_desktop.ui.main_window import MainWindow
from longwriter_desktop.ui.outline_editors import StepEditor
from longwriter_desktop.ui.writing import Activity
from tests.ui.conftest import show_active

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
KEY = Qt.Key
MINUTE_MS = 60_000


@pytest.fixture
def window(qtbot: QtBot, longwriter_home: Path, starter_model: Path) -> Iterator[MainWindow]:
    made = make_window(AppPaths.of_this_machine())
    show_active(made, qtbot)
    yield made
    made.close()
    made.deleteLater()
    alive = [child for child in psutil.Process().children(recursive=True) if child.status() != psutil.STATUS_ZOMBIE]
    assert not alive, "the window has left processes behind"


def _until_idle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.session.activity is Activity.IDLE, timeout=4 * MINUTE_MS)


def _press_write(window: MainWindow) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, KEY.Key_Return, CTRL)


def _edit_target(window: MainWindow, qtbot: QtBot, row: int, words: str) -> None:
    """Double-clicks the numbers of a row and types another word target."""
    rows = window.workspace.outline.list
    area = rows.visualRect(rows.outline.index_of(rows.outline.rows[row].section_id))
    QTest.mouseDClick(rows.viewport(), LEFT, pos=QPoint(area.right() - 24, area.bottom() - 24))
    editor = rows.findChild(StepEditor)
    assert editor is not None
    QTest.keyClick(editor.target, KEY.Key_A, CTRL)
    QTest.keyClicks(editor.target, words)
    QTest.keyClick(editor.target, KEY.Key_Return)
    qtbot.waitUntil(lambda: rows.findChild(StepEditor) is None)


def _type_at_end_of(window: MainWindow, section_id: str, text: str) -> None:
    manuscript = window.workspace.manuscript
    manuscript.show_section(section_id)
    manuscript.setFocus()
    manuscript.flush()
    manuscript.moveCursor(QTextCursor.MoveOperation.EndOfBlock)
    QTest.keyClicks(manuscript, text)


def _answer_file_dialog(target: Path) -> None:
    """Types a name into the file dialog that is about to open, and presses Enter."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(50, answer)
            return
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        assert field is not None
        field.setText(str(target))
        QTest.keyClick(field, KEY.Key_Return)

    QTimer.singleShot(50, answer)


def _agree(window: MainWindow) -> None:
    """What is on screen, what the session holds and what the outline says are the same."""
    window.workspace.manuscript.flush()
    window.workspace.outline_model.refresh()
    for row, section in zip(window.workspace.outline_model.rows, window.session.document.sections, strict=True):
        assert window.workspace.manuscript.section_text(section.id) == section.text
        assert (row.section_id, row.words, row.word_target) == (section.id, section.words, section.word_target)


def _write_again(window: MainWindow, qtbot: QtBot, section_id: str) -> None:
    """Write again in the section panel: there is another text, and the old one is a version."""
    session, workspace = window.session, window.workspace
    old = session.document.section(section_id).text
    workspace.outline.list.choose_section(section_id)
    QTest.mouseClick(workspace.section.versions.again, LEFT)
    _until_idle(window, qtbot)
    assert old in [version.text for version in session.document.section(section_id).versions]
    assert session.document.section(section_id).text != old
    _agree(window)


def _export(window: MainWindow, qtbot: QtBot, target: Path) -> None:
    """Export as DOCX through the dialog: title and typed words are in the file."""
    session, workspace = window.session, window.workspace
    _answer_file_dialog(target)
    QTest.keyClick(workspace.manuscript, KEY.Key_E, CTRL)
    qtbot.waitUntil(lambda: window.notice.text.startswith("Exported"), timeout=MINUTE_MS)
    exported = docx.Document(str(target))
    text = "\n".join(paragraph.text for paragraph in exported.paragraphs)
    assert "Rome did not fall in a day." in text
    assert exported.paragraphs[0].text == session.document.title


@pytest.mark.window
@pytest.mark.timeout(600)
def test_a_person_plans_edits_writes_pauses_regenerates_and_exports(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    session, workspace = window.session, window.workspace

    QTest.keyClicks(window.start_page.instruction, "Write a 600-word article on the history of the Roman Empire")
    assert window.start_page.words.placeholderText() == "600 found"
    assert "trying things out" in window.start_page.hint.text()
    QTest.mouseClick(window.start_page.plan_button, LEFT)
    _until_idle(window, qtbot)
    planned = len(session.document.sections)
    assert planned >= 3
    assert session.document.words_planned == 600
    assert all(section.main_point for section in session.document.sections)

    # Small targets keep the test short on two cores; the first is long enough to be paused in.
    _edit_target(window, qtbot, 0, "190")
    _edit_target(window, qtbot, planned - 1, "60")
    assert [session.document.sections[at].word_target for at in (0, -1)] == [190, 60]
    rows = workspace.outline.list
    rows.setFocus()
    rows.choose_section(session.document.sections[1].id)
    QTest.keyClick(rows, KEY.Key_Delete)
    assert len(session.document.sections) == planned - 1
    first, last = session.document.sections[0].id, session.document.sections[-1].id

    _press_write(window)
    qtbot.waitUntil(lambda: session.document.section(first).words >= 15, timeout=2 * MINUTE_MS)
    _type_at_end_of(window, last, "Rome did not fall in a day.")
    assert session.activity is Activity.WRITING
    assert session.document.section(last).text == "Rome did not fall in a day."

    began = time.monotonic()
    QTest.mouseClick(window.status.button, LEFT)
    assert window.status.button.text() == "Go on"
    assert time.monotonic() - began < 0.15
    _until_idle(window, qtbot)
    half_id = next(section.id for section in session.document.sections if section.text and section.id != last)
    assert session.document.statuses()[half_id] is Status.PARTIAL
    _agree(window)

    _type_at_end_of(window, half_id, " And yet, in those years,")
    half = session.document.section(half_id).text
    assert half.endswith(" And yet, in those years,")
    _press_write(window)
    _until_idle(window, qtbot)
    assert session.document.section(half_id).text.startswith(half)
    assert session.document.section(last).text.startswith("Rome did not fall in a day.")
    assert Status.PARTIAL not in session.document.statuses().values()
    assert window.notice.text.startswith("Done:")
    _agree(window)

    _write_again(window, qtbot, first)
    _export(window, qtbot, tmp_path / "rome.docx")

    path, shown = session.path, session.document
    window.close()
    assert path is not None
    with Project.open(path, read_only=True) as project:
        assert project.document == shown


@pytest.mark.window
@pytest.mark.timeout(300)
def test_the_window_survives_the_death_of_the_models_process_and_writes_on(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    steps = (Step(1, "Why lighthouses were built", 150), Step(2, "How the lamps burned", 40))
    session.new_document_with_outline("A history of lighthouses", None, "en", steps)
    _press_write(window)
    qtbot.waitUntil(lambda: session.document.words >= 15, timeout=2 * MINUTE_MS)
    for child in psutil.Process().children(recursive=True):
        child.kill()
    _until_idle(window, qtbot)
    assert len(window.notice.text) > 40
    assert "fault of the app" not in window.notice.text
    half = session.document.sections[0].text
    assert len(half.split()) >= 10
    _agree(window)
    _press_write(window)
    _until_idle(window, qtbot)
    assert session.document.sections[0].text.startswith(half)
    assert set(session.document.statuses().values()) == {Status.WRITTEN}


@pytest.mark.window
def test_a_file_that_is_no_usable_model_is_told_and_the_old_model_stays(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, starter_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = window.session.model
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(starter_model.read_bytes()[:200_000])
    monkeypatch.setattr(file_dialogs, "ask_model_file", lambda *_: broken)
    window.menus.open_model.trigger()
    dialog = window.own_files.file_dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: "broken.gguf" in dialog.said.text())
    assert not dialog.use.isEnabled()
    assert window.session.model == before
