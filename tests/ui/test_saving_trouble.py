"""The window when a document cannot be saved, is open elsewhere, or its disk takes its time."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.project.lock import DocumentLock, DocumentLocks
from longwriter_desktop.project.recovery import KeptText, Recovery
from longwriter_desktop.project.store import Project
from longwriter_desktop.settings import Settings
from longwriter_desktop.ui import file_dialogs
from longwriter_desktop.ui.notice_strip import NoticeStrip
from longwriter_desktop.ui.opening import Opening
from longwriter_desktop.ui.reading_only import ReadingOnly
from tests.ui.conftest import Desk
from tests.ui.documents import lighthouses, written

PRECIOUS = "Only in the window."
KEPT = written(lighthouses(60, 80, 70), "s1", "A text that could not be saved.")


@pytest.fixture(autouse=True)
def _closed_without_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the end of a test its window closes, whatever is unsaved."""
    monkeypatch.setattr(file_dialogs, "ask_about_unsaved", lambda *_: QMessageBox.StandardButton.Discard)


def press(strip: NoticeStrip, label: str) -> None:
    (button,) = (each for each in strip.findChildren(QPushButton) if each.text() == label and each.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def made(path: Path, document: Document = KEPT) -> Path:
    Project.create(path, document).close()
    return path


def on_disk(path: Path) -> Document:
    with Project.open(path, read_only=True) as project:
        return project.document


@pytest.fixture
def elsewhere(desk: Desk, tmp_path: Path) -> "Elsewhere":
    return Elsewhere(desk, made(tmp_path / "essay.longwriter"))


class Elsewhere:
    """A document that another window has open."""

    def __init__(self, desk: Desk, path: Path) -> None:
        self.path = path
        self.lock: DocumentLock = DocumentLocks(desk.paths).take(path, "window")


def open_in(desk: Desk, path: Path, qtbot: QtBot) -> None:
    desk.window.open(path)
    qtbot.waitUntil(lambda: desk.session.path == path, timeout=10_000)


def in_trouble(desk: Desk, tmp_path: Path, qtbot: QtBot) -> Path:
    """Opens a document, takes its folder away and types in it."""
    path = made(tmp_path / "folder" / "essay.longwriter")
    open_in(desk, path, qtbot)
    path.unlink()
    path.parent.rmdir()
    desk.session.set_text("s1", PRECIOUS)
    qtbot.waitUntil(lambda: "kept in the app's own folder" in desk.window.standing.text, timeout=10_000)
    return path


# -- saving fails ----------------------------------------------------------------------------------------


def test_trouble_stands_in_the_window_until_it_is_mended(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    path = in_trouble(desk, tmp_path, qtbot)
    standing = desk.window.standing
    assert "has been moved or deleted" in standing.text
    QTest.keyClick(desk.window, Qt.Key.Key_Escape)
    press(standing, "Try again")
    assert standing.isVisible()
    made(path, on_disk(next((desk.paths.data / "recovery").glob("*.longwriter"))))
    path.unlink()
    desk.session.set_text("s1", "More.")
    assert standing.isVisible()


def test_the_document_goes_on_in_another_place(
    desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_trouble(desk, tmp_path, qtbot)
    place = tmp_path / "elsewhere.longwriter"
    monkeypatch.setattr(file_dialogs, "ask_copy_target", lambda *_: place)
    press(desk.window.standing, "Save in another place…")
    assert desk.session.path == place
    assert not desk.window.standing.isVisible()
    assert on_disk(place).section("s1").text == PRECIOUS
    desk.session.set_text("s1", "Typed since.")
    assert desk.file.save_now()
    assert on_disk(place).section("s1").text == "Typed since."
    qtbot.waitUntil(lambda: not list((desk.paths.data / "recovery").glob("*.longwriter")), timeout=10_000)


def test_another_place_that_does_not_work_either_is_told(
    desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = in_trouble(desk, tmp_path, qtbot)
    taken = made(tmp_path / "taken.longwriter")
    monkeypatch.setattr(file_dialogs, "ask_copy_target", lambda *_: taken)
    press(desk.window.standing, "Save in another place…")
    assert "a file of that name already" in desk.window.notice.text
    assert desk.session.path == path
    assert desk.window.standing.isVisible()
    assert on_disk(taken) == KEPT


def test_unsaved_text_outlives_the_window_and_is_offered_at_the_next_start(
    desk: Desk,
    open_window: Callable[[Settings], Desk],
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = in_trouble(desk, tmp_path, qtbot)
    asked: list[bool] = []

    def ask(_parent: object, _sentence: str, kept: bool) -> QMessageBox.StandardButton:
        asked.append(kept)
        return QMessageBox.StandardButton.Discard

    monkeypatch.setattr(file_dialogs, "ask_about_unsaved", ask)
    desk.window.close()
    assert asked == [True]
    second = open_window(Settings())
    standing = second.window.standing
    qtbot.waitUntil(standing.isVisible, timeout=10_000)
    assert standing.text == "Text of “Lighthouses” that could not be saved is kept."
    press(standing, "Recover")
    qtbot.waitUntil(lambda: second.session.has_document, timeout=10_000)
    assert second.session.document.section("s1").text == PRECIOUS
    assert second.session.path is not None
    assert second.session.path.stem == f"{path.stem} (recovered)"
    assert second.session.path.parent == desk.paths.documents
    second.window.close_document()
    assert not standing.isVisible()


def test_kept_text_is_discarded_when_the_person_says_so_twice(
    desk: Desk, open_window: Callable[[Settings], Desk], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project.open(made(tmp_path / "essay.longwriter", lighthouses(60)))
    recovery = Recovery(desk.paths, DocumentLocks(desk.paths))
    file = recovery.file_for(project, lambda: 0.0)
    file.keep(KEPT)
    file.leave()
    standing = open_window(Settings()).window.standing
    qtbot.waitUntil(standing.isVisible, timeout=10_000)
    monkeypatch.setattr(file_dialogs, "ask_about_discarding", lambda *_: False)
    press(standing, "Discard…")
    assert len(recovery.entries()) == 1
    monkeypatch.setattr(file_dialogs, "ask_about_discarding", lambda *_: True)
    press(standing, "Discard…")
    assert recovery.entries() == []
    qtbot.waitUntil(lambda: not standing.isVisible(), timeout=10_000)


@pytest.mark.parametrize("answer", [True, False])
def test_discarding_is_asked_about(desk: Desk, answer: bool) -> None:
    def press_button() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        wanted = QMessageBox.StandardButton.Yes if answer else QMessageBox.StandardButton.No
        QTest.mouseClick(box.button(wanted), Qt.MouseButton.LeftButton)

    QTimer.singleShot(100, press_button)
    assert file_dialogs.ask_about_discarding(desk.window, "Essay") is answer


def test_a_disk_that_hangs_does_not_stop_the_window(
    desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_in(desk, made(tmp_path / "essay.longwriter"), qtbot)
    save, hangs = Project.save, [True]

    def slow(project: Project, document: Document) -> None:
        while hangs and "recovery" not in project.path.parts:
            time.sleep(0.01)
        save(project, document)

    monkeypatch.setattr(Project, "save", slow)
    desk.session.set_text("s1", PRECIOUS)
    qtbot.waitUntil(lambda: "its disk does not answer" in desk.window.standing.text, timeout=10_000)
    (kept,) = (desk.paths.data / "recovery").glob("*.longwriter")
    assert on_disk(kept).section("s1").text == PRECIOUS
    hangs.clear()
    qtbot.waitUntil(lambda: not desk.window.standing.isVisible(), timeout=10_000)
    assert not kept.exists()


# -- open elsewhere --------------------------------------------------------------------------------------


def test_a_document_that_is_open_elsewhere_is_offered_for_reading(
    desk: Desk, elsewhere: Elsewhere, qtbot: QtBot
) -> None:
    desk.window.open(elsewhere.path)
    qtbot.waitUntil(lambda: "is open in another window" in desk.window.notice.text, timeout=10_000)
    assert not desk.session.has_document
    press(desk.window.notice, "Open for reading only")
    qtbot.waitUntil(lambda: desk.session.has_document, timeout=10_000)
    assert "open for reading only" in desk.window.standing.text
    before = elsewhere.path.read_bytes()
    desk.session.set_text("s1", "Changed.")
    desk.session.delete_sections(["s2"])
    desk.session.make_plan()
    desk.session.write()
    desk.session.write_again("s1")
    desk.session.write_parallel()
    assert desk.session.document == KEPT
    assert not desk.session.is_busy
    assert "for reading only" in desk.window.notice.text
    elsewhere.lock.release()
    press(desk.window.standing, "Open for writing")
    qtbot.waitUntil(lambda: not desk.file.read_only, timeout=10_000)
    assert elsewhere.path.read_bytes() == before
    desk.session.set_text("s1", "Changed.")
    assert desk.file.save_now()
    assert on_disk(elsewhere.path).section("s1").text == "Changed."
    assert not desk.window.standing.isVisible()


def test_a_copy_of_a_document_that_is_open_elsewhere_is_a_document_of_its_own(
    desk: Desk, elsewhere: Elsewhere, qtbot: QtBot
) -> None:
    desk.window.open(elsewhere.path)
    qtbot.waitUntil(lambda: desk.window.notice.text != "", timeout=10_000)
    press(desk.window.notice, "Open a copy")
    qtbot.waitUntil(lambda: desk.session.has_document, timeout=10_000)
    assert desk.session.path == elsewhere.path.with_name("essay copy.longwriter")
    assert desk.session.document == KEPT
    assert not desk.file.read_only


def test_a_window_lets_its_document_go(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    path = made(tmp_path / "essay.longwriter")
    locks = DocumentLocks(desk.paths)
    open_in(desk, path, qtbot)
    assert locks.is_held(path)
    desk.window.close_document()
    assert not locks.is_held(path)
    desk.session.new_document("A history of lighthouses", None, "auto")
    assert desk.session.path is not None
    assert locks.is_held(desk.session.path)


def test_nothing_can_be_typed_where_it_could_not_be_saved(desk: Desk, elsewhere: Elsewhere, qtbot: QtBot) -> None:
    desk.window.opening.open_for_reading(elsewhere.path)
    qtbot.waitUntil(lambda: desk.session.has_document, timeout=10_000)
    window, manuscript = desk.window, desk.window.workspace.manuscript
    shown = manuscript.toPlainText()
    manuscript.setFocus()
    QTest.keyClicks(manuscript, "typed")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
        QTest.keyClick(manuscript, key)
    for key in (Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Z):
        QTest.keyClick(manuscript, key, Qt.KeyboardModifier.ControlModifier)
    composed = QInputMethodEvent("", [])
    composed.setCommitString("罗马")
    QApplication.sendEvent(manuscript, composed)
    assert manuscript.toPlainText() == shown
    assert "for reading only" in window.notice.text
    QTest.keyClick(manuscript, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert manuscript.textCursor().hasSelection()
    rows = window.workspace.outline.list
    rows.setFocus()
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Insert, Qt.Key.Key_Return):
        QTest.keyClick(rows, key)
    QTest.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert desk.session.document == KEPT
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert window.workspace.current_section == "s3"
    assert window.workspace.section.main_point.isReadOnly()
    assert not window.menus.add_section.isEnabled()
    window.close_document()
    desk.session.new_document("Another", None, "auto")
    assert not window.workspace.section.main_point.isReadOnly()
    QTest.keyClicks(manuscript, "T")
    assert desk.session.document.title.startswith("T")


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_the_menu_of_a_text_for_reading_copies_and_no_more(desk: Desk, elsewhere: Elsewhere, qtbot: QtBot) -> None:
    desk.window.opening.open_for_reading(elsewhere.path)
    qtbot.waitUntil(lambda: desk.session.has_document, timeout=10_000)
    viewport = desk.window.workspace.manuscript.viewport()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(viewport, QContextMenuEvent(reason, QPoint(9, 9), viewport.mapToGlobal(QPoint(9, 9))))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["&Copy", "Select &All"]
    menu.close()


# -- a slow disk -----------------------------------------------------------------------------------------


@pytest.fixture
def impatient(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(desk.window.opening, "_patience_s", 0.02)
    return desk


@pytest.fixture
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Reading takes until the list is empty."""
    waits, open_project = [True], Project.open

    def slow(path: Path, read_only: bool = False) -> Project:
        while waits:
            time.sleep(0.01)
        return open_project(path, read_only)

    monkeypatch.setattr(Project, "open", slow)
    return waits


def test_a_slow_disk_is_waited_for_beside_the_window(
    impatient: Desk, slow_disk: list[bool], tmp_path: Path, qtbot: QtBot
) -> None:
    path = made(tmp_path / "essay.longwriter")
    began = time.monotonic()
    impatient.window.open(path)
    assert time.monotonic() - began < 5
    assert "Its disk takes its time" in impatient.window.notice.text
    assert impatient.window.opening.is_going_on
    QTest.keyClicks(impatient.window.start_page.instruction, "typed meanwhile")
    assert impatient.window.start_page.instruction.toPlainText() == "typed meanwhile"
    slow_disk.clear()
    qtbot.waitUntil(lambda: impatient.session.path == path, timeout=10_000)
    assert "takes its time" not in impatient.window.notice.text


def test_what_arrives_after_it_was_cancelled_is_closed_again(
    impatient: Desk, slow_disk: list[bool], tmp_path: Path, qtbot: QtBot
) -> None:
    path = made(tmp_path / "essay.longwriter")
    impatient.window.open(path)
    locks = DocumentLocks(impatient.paths)
    qtbot.waitUntil(lambda: locks.is_held(path), timeout=10_000)
    press(impatient.window.notice, "Cancel")
    slow_disk.clear()
    qtbot.waitUntil(lambda: not locks.is_held(path), timeout=10_000)
    assert not impatient.session.has_document


def test_a_fault_while_opening_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(_path: Path, _read_only: bool = False) -> Project:
        raise ZeroDivisionError

    monkeypatch.setattr(Project, "open", broken)
    opening = Opening(desk.file, 20.0)
    told: list[str] = []
    opening.noticed.connect(lambda notice: told.append(notice.text))
    opening.open_for_reading(tmp_path / "essay.longwriter")
    assert "this is a fault of the app" in told[0]


def test_what_is_dropped_on_a_text_for_reading_is_refused(desk: Desk, elsewhere: Elsewhere, qtbot: QtBot) -> None:
    desk.window.opening.open_for_reading(elsewhere.path)
    qtbot.waitUntil(lambda: desk.session.has_document, timeout=10_000)
    manuscript = desk.window.workspace.manuscript
    data = QMimeData()
    data.setText("dropped")
    manuscript.insertFromMimeData(data)  # even where it does get in, it is put right again
    qtbot.waitUntil(lambda: "dropped" not in manuscript.toPlainText(), timeout=5_000)
    assert desk.session.document == KEPT
    assert isinstance(desk.window.reading_only, ReadingOnly)


def test_a_second_click_on_a_document_that_is_being_opened_does_nothing(
    impatient: Desk, slow_disk: list[bool], tmp_path: Path, qtbot: QtBot
) -> None:
    path = made(tmp_path / "essay.longwriter")
    for _ in range(2):
        impatient.window.open(path)
    slow_disk.clear()
    qtbot.waitUntil(lambda: impatient.session.path == path, timeout=10_000)
    assert "takes its time" not in impatient.window.notice.text


def test_after_a_document_for_reading_the_start_page_takes_text_again(
    desk: Desk, elsewhere: Elsewhere, qtbot: QtBot
) -> None:
    menus = desk.window.menus
    desk.window.opening.open_for_reading(elsewhere.path)
    qtbot.waitUntil(lambda: desk.session.has_document, timeout=10_000)
    assert not menus.paste.isEnabled()
    menus.close.trigger()
    assert all(each.isEnabled() for each in (menus.paste, menus.cut, menus.undo, menus.redo))
    assert not any(each.isEnabled() for each in (menus.write, menus.plan, menus.instruction, menus.replace))


def test_a_key_that_changes_nothing_is_not_refused(desk: Desk, elsewhere: Elsewhere, qtbot: QtBot) -> None:
    desk.window.opening.open_for_reading(elsewhere.path)
    qtbot.waitUntil(lambda: desk.session.has_document, timeout=10_000)
    desk.window.notice.dismiss()
    for panel in (desk.window.workspace.manuscript, desk.window.workspace.outline.list):
        panel.setFocus()
        for key in (Qt.Key.Key_VolumeUp, Qt.Key.Key_Print, Qt.Key.Key_F5, Qt.Key.Key_Menu):
            QTest.keyClick(panel, key)
            assert desk.window.notice.text == ""
        for changing in (Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_A):
            QTest.keyClick(panel, changing)
            assert "nothing was changed" in desk.window.notice.text
            desk.window.notice.dismiss()
    assert desk.session.document == KEPT


def test_a_text_is_recovered_beside_the_window(
    impatient: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    """Its disk may be the one that did not answer."""
    path, put_back, answers = in_trouble(impatient, tmp_path, qtbot), Recovery.put_back, threading.Event()

    def slow(recovery: Recovery, entry: KeptText) -> Path:
        assert answers.wait(20)
        return put_back(recovery, entry)

    monkeypatch.setattr(Recovery, "put_back", slow)
    impatient.window.close_document()
    qtbot.waitUntil(lambda: "could not be saved is kept" in impatient.window.standing.text, timeout=10_000)
    began = time.monotonic()
    press(impatient.window.standing, "Recover")
    assert time.monotonic() - began < 5
    assert not impatient.session.has_document
    answers.set()
    qtbot.waitUntil(lambda: impatient.session.path is not None, timeout=10_000)
    assert impatient.session.document.section("s1").text == PRECIOUS
    assert impatient.session.path != path  # That is gone.
    assert impatient.file.recovery.entries() == []
