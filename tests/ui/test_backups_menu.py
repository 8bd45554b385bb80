"""What becomes of a backup where something comes between: another document, work of the model, a fault."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from longwriter_desktop.project.backups import Backups
from longwriter_desktop.settings import Settings
from longwriter_desktop.ui import backups_dialog
from tests.ui.conftest import Desk
from tests.ui.test_backups import SECOND, click, dialog_of, opened, retold, saved, texts
from tests.ui.test_file_dialogs import press, when_a_dialog_opens


def test_the_list_goes_with_the_document_that_it_is_about(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    """A document that was being opened may come while it is there: it must not get the other one's text."""
    opened(desk, saved(tmp_path), qtbot)
    retold(desk, "s2", "Whale oil came first.")
    dialog = dialog_of(desk, qtbot)
    (tmp_path / "other").mkdir()
    other = saved(tmp_path / "other")
    desk.window.open(other)
    qtbot.waitUntil(lambda: desk.session.path == other, timeout=10_000)
    assert not dialog.isVisible()


def test_who_has_turned_backups_off_is_reminded_of_it(
    open_window: Callable[[Settings], Desk], qtbot: QtBot, tmp_path: Path
) -> None:
    desk = open_window(Settings(theme="light", backup_gigabytes=0.0))
    desk.window.open(saved(tmp_path))
    qtbot.waitUntil(lambda: desk.session.has_document, timeout=10_000)
    dialog = dialog_of(desk, qtbot)
    assert dialog.about.text() == "There is no backup. Backups are turned off in Settings > Folders."
    dialog.reject()


def broken(*_: object) -> None:
    raise ZeroDivisionError


def test_a_fault_while_backups_are_looked_up_is_told(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Backups, "documents", broken)
    desk.window.menus.backups.trigger()
    qtbot.waitUntil(lambda: "fault of the app" in desk.window.notice.text, timeout=5000)
    assert "something about backups failed" in caplog.text


def test_a_fault_while_a_backup_is_read_is_told_beside_it(
    desk: Desk,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    opened(desk, saved(tmp_path), qtbot)
    monkeypatch.setattr(backups_dialog, "differences", broken)
    desk.window.menus.backups.trigger()
    qtbot.waitUntil(lambda: desk.window.backups.dialog is not None, timeout=5000)
    dialog = desk.window.backups.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: "fault of the app" in dialog.about.text(), timeout=5000)
    assert not dialog.restore.isEnabled()
    assert "reading a backup failed" in caplog.text
    dialog.reject()


def test_what_is_half_typed_in_a_field_is_reverted_too(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    opened(desk, saved(tmp_path), qtbot)
    desk.window.workspace.outline.list.choose_section("s1")
    direction = desk.window.workspace.section.direction
    direction.setFocus()
    QTest.keyClicks(direction, "Begin with a scene.")
    desk.window.menus.revert.trigger()
    qtbot.waitUntil(lambda: "as it was opened" in desk.window.notice.text, timeout=10_000)
    desk.window.workspace.commit()
    assert desk.session.document.section("s1").direction == ""
    desk.session.undo()
    assert desk.session.document.section("s1").direction == "Begin with a scene."
    assert desk.file.save_now()


@pytest.mark.parametrize("stop", [True, False])
def test_going_back_asks_before_a_plan_in_the_making_is_lost(
    desk: Desk, qtbot: QtBot, tmp_path: Path, stop: bool
) -> None:
    opened(desk, saved(tmp_path), qtbot)
    retold(desk, "s2", "Whale oil came first.")
    dialog = dialog_of(desk, qtbot)
    desk.engine.hold()
    desk.session.make_plan()
    when_a_dialog_opens(press("Stop it" if stop else "Let it go on"))
    # The dialog itself is a modal one: the question is asked above it.
    dialog.setModal(False)
    click(dialog.restore)
    assert desk.session.is_busy is not stop
    if stop:
        qtbot.waitUntil(lambda: texts(desk.session.document)[1] == SECOND, timeout=10_000)
    else:
        assert texts(desk.session.document)[1] == "Whale oil came first."
    desk.session.pause()
    desk.engine.go_on()
    assert desk.file.save_now()
