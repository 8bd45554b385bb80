"""File > Save: there is no need for it, and it says so."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from longwriter_desktop.document.outline import Step
from longwriter_desktop.project.store import Project
from longwriter_desktop.ui import file_dialogs
from longwriter_desktop.ui.help_dialogs import entries
from tests.ui.conftest import NOON, Desk


def outlined(desk: Desk) -> Path:
    desk.session.new_document_with_outline("Lighthouses", 600, "en", (Step(1, "Storms", 300),))
    assert desk.session.path is not None
    return desk.session.path


def test_ctrl_s_saves_what_was_changed_and_says_so(desk: Desk) -> None:
    path = outlined(desk)
    desk.session.set_title("Lights")
    QTest.keyClick(desk.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert desk.window.notice.text == "Saved. Everything is kept as you type."
    with Project.open(path, read_only=True) as project:
        assert project.document.title == "Lights"


def test_save_is_in_the_menu_file_while_there_is_a_document(desk: Desk) -> None:
    menus = desk.window.menus
    assert not menus.save.isEnabled()
    outlined(desk)
    assert menus.save.isEnabled()
    assert menus.save in [entry for above, entry in entries(desk.window.menuBar()) if above == ("File",)]


def test_a_document_that_a_crash_left_open_says_once_until_when_it_was_saved(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "Lights.longwriter"
    crash = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from longwriter_desktop.document.document import Document\n"
        "from longwriter_desktop.paths import AppPaths\n"
        "from longwriter_desktop.project.lock import DocumentLocks\n"
        "from longwriter_desktop.project.store import Project\n"
        "path = Path(sys.argv[1])\n"
        "lock = DocumentLocks(AppPaths.of_this_machine()).take(path, 'window')\n"
        "Project.create(path, Document(title='Lights', language='en')).hold(lock)\n"
        "os._exit(3)\n"
    )
    assert subprocess.run([sys.executable, "-c", crash, str(path)], check=False).returncode == 3
    os.utime(path, (NOON, NOON))
    desk.window.open(path)
    at = datetime.fromtimestamp(NOON)  # noqa: DTZ006 - a person reads local time
    assert f"All that was saved until today {at:%H:%M} is here." in desk.window.notice.text
    desk.window.notice.dismiss()
    desk.window.close_document()
    desk.window.open(path)
    assert desk.session.document.title == "Lights"
    assert "until" not in desk.window.notice.text


def test_save_does_not_say_saved_when_the_disk_does_not_answer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    outlined(desk)
    with monkeypatch.context() as slow:
        slow.setattr(desk.file, "save_now", lambda: False)
        desk.window.menus.save.trigger()
    assert desk.window.notice.text == "The document could not be saved in time."
    assert desk.window.notice.property("kind") == "problem"


def test_a_copy_holds_what_is_half_typed_in_a_field(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    outlined(desk)
    desk.window.workspace.outline.list.choose_section(desk.session.document.sections[0].id)
    direction = desk.window.workspace.section.direction
    direction.setFocus()
    QTest.keyClicks(direction, "Begin with a scene.")
    copy = tmp_path / "copy.longwriter"
    monkeypatch.setattr(file_dialogs, "ask_copy_target", lambda *_: copy)
    desk.window.menus.save_copy.trigger()
    with Project.open(copy, read_only=True) as project:
        assert project.document.sections[0].direction == "Begin with a scene."
