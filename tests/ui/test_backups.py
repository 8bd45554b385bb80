"""Backups in a real window: made by themselves, looked at, put in place, taken back, opened as copies."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.project.backups import Backup, Backups, read_backup
from longwriter_desktop.project.differences import reading_text
from longwriter_desktop.project.store import Project
from longwriter_desktop.settings import Settings
from longwriter_desktop.ui.backed_up import moment_words
from longwriter_desktop.ui.backups_dialog import BackupsDialog, size_words
from longwriter_desktop.ui.manuscript.manuscript import Manuscript
from longwriter_desktop.ui.notice import Notice
from longwriter_desktop.ui.writing import Activity
from tests.ui.conftest import NOON, Clock, Desk, show_active
from tests.ui.documents import lighthouses, written
from tests.ui.test_accessibility import lint
from tests.ui.test_file_dialogs import press as pressing
from tests.ui.test_file_dialogs import when_a_dialog_opens
from tests.ui.test_main_window import CTRL, press

LEFT = Qt.MouseButton.LeftButton
FIRST, SECOND = "Storms sank ships before there was a light.", "Oil lamps came first."
LAMPS = written(written(lighthouses(60, 80), "s1", FIRST), "s2", SECOND)


def saved(folder: Path, document: Document = LAMPS) -> Path:
    path = folder / "Lighthouses.longwriter"
    Project.create(path, document).close()
    return path


def opened(desk: Desk, path: Path, qtbot: QtBot) -> None:
    desk.window.open(path)
    qtbot.waitUntil(lambda: desk.session.path == path, timeout=10_000)
    qtbot.waitUntil(lambda: bool(found(desk)), timeout=10_000)


def found(desk: Desk) -> tuple[Backup, ...]:
    project = desk.file.project
    return () if project is None else desk.window.backups.backups.of(project.path, project.identity)


def retold(desk: Desk, section_id: str, text: str) -> None:
    """A section has another text, which is saved."""
    desk.session.put(desk.session.document.with_text(section_id, text), outdated=True)
    assert desk.file.save_now()


def dialog_of(desk: Desk, qtbot: QtBot) -> BackupsDialog:
    before = desk.window.backups.dialog
    desk.window.menus.backups.trigger()
    qtbot.waitUntil(lambda: desk.window.backups.dialog is not before, timeout=10_000)
    dialog = desk.window.backups.dialog
    assert dialog is not None
    if dialog.backup is not None:
        qtbot.waitUntil(lambda: dialog.is_filled, timeout=10_000)
    return dialog


def click(button: QPushButton) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, LEFT)


def notice_button(desk: Desk, label: str) -> QPushButton:
    buttons = desk.window.notice.findChildren(QPushButton)
    return [each for each in buttons if each.text().startswith(label)][-1]  # those of earlier notices go later


def texts(document: Document) -> list[str]:
    return [section.text for section in document.sections]


def marked(dialog: BackupsDialog) -> list[tuple[str, bool, bool]]:
    """Stretches of the preview that are marked: the text, underlined, struck out."""
    runs = []
    block = dialog.preview.document().begin()
    while block.isValid():
        iterator = block.begin()
        while not iterator.atEnd():
            look = iterator.fragment().charFormat()
            if look.fontUnderline() or look.fontStrikeOut():
                runs.append((iterator.fragment().text(), look.fontUnderline(), look.fontStrikeOut()))
            iterator += 1
        block = block.next()
    return runs


# -- made by themselves --------------------------------------------------------------------------------


def test_a_document_is_backed_up_as_it_was_opened_and_as_it_was_left(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = saved(tmp_path)
    opened(desk, path, qtbot)
    retold(desk, "s2", "Whale oil came first.")
    desk.window.close_document()
    qtbot.waitUntil(lambda: len(desk.window.backups.backups.of(path)) == 2, timeout=10_000)
    newest, oldest = desk.window.backups.backups.of(path)
    assert texts(read_backup(newest))[1] == "Whale oil came first."
    assert texts(read_backup(oldest))[1] == SECOND
    opened(desk, path, qtbot)
    desk.window.close_document()
    qtbot.wait(50)
    assert len(desk.window.backups.backups.of(path)) == 2


def test_what_is_written_by_the_engine_is_backed_up_by_time(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = saved(tmp_path, lighthouses(60, 80))
    desk.window.backups.backups.every_s = 0.001
    opened(desk, path, qtbot)
    desk.session.write()
    qtbot.waitUntil(lambda: desk.session.activity is Activity.IDLE, timeout=20_000)
    qtbot.waitUntil(lambda: len(found(desk)) > 1, timeout=10_000)


def test_a_backup_that_fails_is_told_once_and_work_goes_on(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.paths.data.mkdir(parents=True, exist_ok=True)
    (desk.paths.data / "backups").write_text("a file where the folder should be")
    notices: list[Notice] = []
    desk.session.noticed.connect(notices.append)
    path = saved(tmp_path)
    desk.window.open(path)
    qtbot.waitUntil(lambda: "No backup of" in desk.window.notice.text, timeout=10_000)
    retold(desk, "s2", "Whale oil came first.")
    assert desk.window.backups.backing_up.now().result(10) is False
    qtbot.wait(50)
    assert len([each for each in notices if "No backup" in each.text]) == 1
    assert texts(Project.open(path, read_only=True).document)[1] == "Whale oil came first."


# -- looking and going back ----------------------------------------------------------------------------


def test_a_backup_is_shown_with_what_differs_and_restored_and_that_undone(
    desk: Desk, qtbot: QtBot, tmp_path: Path, clock: Clock
) -> None:
    opened(desk, saved(tmp_path), qtbot)
    clock.now += 3600
    retold(desk, "s2", "Whale oil came first.")
    desk.session.delete_sections(["s1"])
    dialog = dialog_of(desk, qtbot)
    assert dialog.list.topLevelItemCount() == 1
    row = dialog.list.topLevelItem(0)
    assert row is not None
    assert row.text(1) == "12 words"
    assert ("Oil lamps", True, False) in marked(dialog)
    assert ("Whale oil", False, True) in marked(dialog)
    assert (FIRST, True, False) in marked(dialog)
    assert dialog.about.text().startswith("12 words, now 4.")
    assert dialog.preview.isReadOnly()
    click(dialog.restore)
    qtbot.waitUntil(lambda: texts(desk.session.document) == [FIRST, SECOND], timeout=10_000)
    assert desk.window.notice.text.startswith("The document is as it was ")
    manuscript = desk.window.workspace.manuscript
    assert manuscript.section_text("s2") == SECOND
    assert "Whale oil came first." in [version.text for version in desk.session.document.section("s2").versions]
    newest = found(desk)[0]
    assert texts(read_backup(newest)) == ["Whale oil came first."]  # the state before was backed up first
    click(notice_button(desk, "Undo"))
    assert texts(desk.session.document) == ["Whale oil came first."]
    assert manuscript.section_text("s2") == "Whale oil came first."
    assert [each.id for each in desk.session.document.trash] == ["s1"]
    desk.window.menus.redo.trigger()
    assert texts(desk.session.document) == [FIRST, SECOND]
    desk.window.menus.undo.trigger()
    assert texts(desk.session.document) == ["Whale oil came first."]
    assert desk.file.save_now()
    assert texts(Project.open(found(desk)[0].origin.path, read_only=True).document) == ["Whale oil came first."]


def test_restoring_while_text_streams_in_pauses_and_loses_none_of_it(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = saved(tmp_path, written(lighthouses(60, 80, 70), "s1", FIRST))
    opened(desk, path, qtbot)
    desk.engine.delay_s = 0.01
    desk.session.write()
    qtbot.waitUntil(lambda: desk.session.document.section("s2").words > 5, timeout=10_000)
    dialog = dialog_of(desk, qtbot)
    click(dialog.restore)
    qtbot.waitUntil(lambda: "as it was" in desk.window.notice.text, timeout=10_000)
    assert desk.session.activity is Activity.IDLE
    section = desk.session.document.section("s2")
    assert section.text == ""
    streamed = section.versions[-1].text
    assert len(streamed.split()) > 5
    click(notice_button(desk, "Undo"))
    assert desk.session.document.section("s2").text == streamed


def typed_before_the_first_section(desk: Desk, qtbot: QtBot, text: str) -> Manuscript:
    show_active(desk.window, qtbot)
    manuscript = desk.window.workspace.manuscript
    manuscript.show_section("s1")
    press(desk, Qt.Key.Key_2, CTRL)
    QTest.keyClicks(manuscript, text)
    assert texts(desk.session.document)[0] == f"{text}{FIRST}"
    return manuscript


def test_what_was_typed_after_a_restore_is_undone_before_it(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    opened(desk, saved(tmp_path), qtbot)
    retold(desk, "s2", "Whale oil came first.")
    click(dialog_of(desk, qtbot).restore)
    qtbot.waitUntil(lambda: texts(desk.session.document)[1] == SECOND, timeout=10_000)
    typed_before_the_first_section(desk, qtbot, "Gales! ")
    for _ in range(2):
        press(desk, Qt.Key.Key_Z, CTRL)
    assert texts(desk.session.document) == [FIRST, "Whale oil came first."]


def test_a_restore_is_undone_from_the_strip_while_what_was_typed_elsewhere_stays(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(desk, saved(tmp_path), qtbot)
    retold(desk, "s2", "Whale oil came first.")
    click(dialog_of(desk, qtbot).restore)
    qtbot.waitUntil(lambda: texts(desk.session.document)[1] == SECOND, timeout=10_000)
    undo = notice_button(desk, "Undo")
    manuscript = typed_before_the_first_section(desk, qtbot, "Gales! ")
    click(undo)
    assert texts(desk.session.document) == [f"Gales! {FIRST}", "Whale oil came first."]
    assert [manuscript.section_text(each) for each in ("s1", "s2")] == texts(desk.session.document)
    press(desk, Qt.Key.Key_Z, CTRL)
    assert texts(desk.session.document) == [FIRST, "Whale oil came first."]


def test_a_backup_that_cannot_be_kept_before_restoring_is_said_and_the_text_is_a_version(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(desk, saved(tmp_path), qtbot)
    retold(desk, "s2", "Whale oil came first.")
    dialog = dialog_of(desk, qtbot)

    def full(_backups: Backups, _project: Project) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Backups, "make", full)
    click(dialog.restore)
    qtbot.waitUntil(lambda: texts(desk.session.document)[1] == SECOND, timeout=10_000)
    assert "could not be backed up" in desk.window.notice.text
    assert "Whale oil came first." in [version.text for version in desk.session.document.section("s2").versions]


def test_revert_goes_back_to_the_document_as_it_was_opened(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    menus = desk.window.menus
    assert not menus.revert.isEnabled()
    opened(desk, saved(tmp_path), qtbot)
    menus.revert.trigger()
    assert "nothing was changed" in desk.window.notice.text
    retold(desk, "s1", "")
    retold(desk, "s2", "Whale oil came first.")
    menus.revert.trigger()
    qtbot.waitUntil(lambda: texts(desk.session.document) == [FIRST, SECOND], timeout=10_000)
    assert "as it was opened" in desk.window.notice.text
    assert "Undo brings it back" in desk.window.notice.text
    desk.window.menus.undo.trigger()
    assert texts(desk.session.document) == ["", "Whale oil came first."]
    desk.window.close_document()
    assert not menus.revert.isEnabled()


@pytest.mark.parametrize("answer", ["Yes", "No"])
def test_revert_asks_before_many_words_go(desk: Desk, qtbot: QtBot, tmp_path: Path, answer: str) -> None:
    opened(desk, saved(tmp_path), qtbot)
    much = "word " * 80
    retold(desk, "s2", much)
    asked: list[str] = []

    def say(dialog: QWidget) -> None:
        asked.append(dialog.findChildren(QLabel, "qt_msgbox_label")[0].text())
        pressing(answer)(dialog)

    when_a_dialog_opens(say)
    desk.window.menus.revert.trigger()
    if answer == "Yes":
        qtbot.waitUntil(lambda: texts(desk.session.document) == [FIRST, SECOND], timeout=10_000)
    assert texts(desk.session.document)[1] == (SECOND if answer == "Yes" else much)
    assert f"{80 - count_words(SECOND)} fewer" in asked[0]


def test_a_document_open_for_reading_only_shows_its_backups_and_restores_none(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    path = saved(tmp_path)
    opened(desk, path, qtbot)
    desk.window.close_document()
    desk.window.opening.open_for_reading(path)
    qtbot.waitUntil(lambda: desk.session.path == path, timeout=10_000)
    dialog = dialog_of(desk, qtbot)
    assert not dialog.restore.isEnabled()
    assert dialog.open_copy.isEnabled()
    assert not desk.window.menus.revert.isEnabled()
    dialog.reject()


# -- copies --------------------------------------------------------------------------------------------


def test_a_backup_is_opened_as_a_document_of_its_own(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = saved(tmp_path)
    opened(desk, path, qtbot)
    retold(desk, "s2", "Whale oil came first.")
    click(dialog_of(desk, qtbot).open_copy)
    qtbot.waitUntil(lambda: desk.session.path not in (path, None), timeout=10_000)
    assert desk.session.path is not None
    assert desk.session.path.parent == desk.paths.documents
    assert desk.session.path.name.startswith("Lighthouses (20")
    assert texts(desk.session.document) == [FIRST, SECOND]
    assert texts(Project.open(path, read_only=True).document)[1] == "Whale oil came first."


def test_a_lost_document_is_had_back_from_the_start_page(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    path = saved(folder)
    opened(desk, path, qtbot)
    desk.window.close_document()
    shutil.rmtree(folder)
    dialog = dialog_of(desk, qtbot)
    assert dialog.choice.currentText() == "Lighthouses"
    assert not dialog.restore.isVisible()
    assert str(path) in dialog.about.text()
    assert dialog.preview.toPlainText() == reading_text(LAMPS)
    click(dialog.open_copy)
    qtbot.waitUntil(lambda: desk.session.has_document, timeout=10_000)
    assert texts(desk.session.document) == [FIRST, SECOND]


def damaged(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\0" * (len(content) - 4096))


def test_a_damaged_document_offers_its_newest_backup_that_can_be_read(
    desk: Desk, qtbot: QtBot, tmp_path: Path, clock: Clock
) -> None:
    path = saved(tmp_path)
    opened(desk, path, qtbot)
    clock.now += 60
    retold(desk, "s2", "Whale oil came first.")
    desk.window.close_document()
    qtbot.waitUntil(lambda: len(desk.window.backups.backups.of(path)) == 2, timeout=10_000)
    damaged(path)
    damaged(desk.window.backups.backups.of(path)[0].path)
    before = path.read_bytes()
    desk.window.open(path)
    qtbot.waitUntil(lambda: "could not be opened" in desk.window.notice.text, timeout=10_000)
    click(notice_button(desk, "Open the backup of"))
    qtbot.waitUntil(lambda: desk.session.has_document, timeout=10_000)
    assert texts(desk.session.document) == [FIRST, SECOND]
    assert path.read_bytes() == before


def test_a_damaged_document_offers_to_look_through_its_backups(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = saved(tmp_path)
    opened(desk, path, qtbot)
    desk.window.close_document()
    damaged(path)
    desk.window.open(path)
    qtbot.waitUntil(lambda: "could not be opened" in desk.window.notice.text, timeout=10_000)
    click(notice_button(desk, "Backups"))
    qtbot.waitUntil(lambda: desk.window.backups.dialog is not None, timeout=10_000)
    dialog = desk.window.backups.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.is_filled, timeout=10_000)
    assert dialog.backup is not None
    dialog.reject()


# -- the dialog ----------------------------------------------------------------------------------------


def test_without_any_backup_the_dialog_says_so(desk: Desk, qtbot: QtBot) -> None:
    dialog = dialog_of(desk, qtbot)
    assert dialog.about.text().startswith("There is no backup yet.")
    assert not dialog.open_copy.isEnabled()
    dialog.reject()


def test_a_damaged_backup_is_said_and_another_one_can_be_chosen(
    desk: Desk, qtbot: QtBot, tmp_path: Path, clock: Clock
) -> None:
    opened(desk, saved(tmp_path), qtbot)
    clock.now += 60
    retold(desk, "s2", "Whale oil came first.")
    assert desk.window.backups.backing_up.now().result(10)
    damaged(found(desk)[0].path)
    desk.window.menus.backups.trigger()
    qtbot.waitUntil(lambda: desk.window.backups.dialog is not None, timeout=10_000)
    dialog = desk.window.backups.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: "could not be opened" in dialog.about.text(), timeout=10_000)
    assert not dialog.restore.isEnabled()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: dialog.is_filled, timeout=10_000)
    assert SECOND in dialog.preview.toPlainText()
    dialog.reject()


def test_all_documents_can_be_chosen_and_only_the_one_in_hand_is_restored(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    other = saved(tmp_path / "other", replace(LAMPS, title="Bridges & <b>roads</b>"))
    opened(desk, other, qtbot)
    desk.window.close_document()
    opened(desk, saved(tmp_path), qtbot)
    dialog = dialog_of(desk, qtbot)
    assert [dialog.choice.itemText(at) for at in range(dialog.choice.count())] == [
        "Lighthouses",
        "Bridges & <b>roads</b>",
    ]
    assert dialog.restore.isVisible()
    dialog.choice.setCurrentIndex(1)
    qtbot.waitUntil(lambda: dialog.is_filled, timeout=10_000)
    assert not dialog.restore.isVisible()
    assert dialog.preview.toPlainText().startswith("Bridges & <b>roads</b>\n")
    dialog.reject()


def test_the_text_of_a_long_backup_comes_in_stretches_and_every_change_is_reached(
    qtbot: QtBot, tmp_path: Path, desk: Desk
) -> None:
    sections = tuple(Section("p", 1000, text="many words here " * 330, id=f"{at}") for at in range(60))
    long = Document(title="Long", instruction="x", sections=sections)
    opened(desk, saved(tmp_path, long), qtbot)
    for at in (10, 50):
        retold(desk, f"{at}", "other " + sections[at].text)
    dialog = dialog_of(desk, qtbot)
    assert dialog.preview.toPlainText().replace("other", "").count("many words") == 60 * 330
    places = []
    for _ in range(3):
        click(dialog.next_change)
        cursor = dialog.preview.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, 5)
        places.append(cursor.selectionStart())
        assert cursor.selectedText() == "other"
    assert places[0] < places[1]
    assert places[2] == places[0]
    dialog.reject()


def test_every_control_of_the_backups_has_a_name(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    QAccessible.setActive(True)
    opened(desk, saved(tmp_path), qtbot)
    dialog = dialog_of(desk, qtbot)
    assert lint(dialog, least=6) == []
    dialog.reject()
    QAccessible.setActive(False)


def test_when_and_how_large_are_said_as_a_person_says_it() -> None:
    assert moment_words(NOON, NOON).startswith("today ")
    assert moment_words(NOON - 86_400, NOON).startswith("yesterday ")
    assert (size_words(100), size_words(48_400), size_words(1_240_000)) == ("1 kB", "48 kB", "1.2 MB")


def test_the_settings_turn_backups_off(open_window: Callable[[Settings], Desk], qtbot: QtBot, tmp_path: Path) -> None:
    desk = open_window(Settings(theme="light", backup_gigabytes=0.0))
    path = saved(tmp_path)
    desk.window.open(path)
    qtbot.waitUntil(lambda: desk.session.path == path, timeout=10_000)
    retold(desk, "s2", "Whale oil came first.")
    desk.window.close_document()
    qtbot.wait(50)
    assert not (desk.paths.data / "backups").exists()
