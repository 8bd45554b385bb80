"""A damaged document in the window: what can be read of it is offered, and opened as a copy."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from longwriter_desktop.project.store import Project
from tests.project.test_salvage import BOOK
from tests.ui.conftest import Desk

PAGE = 4096
ROOT = Path(__file__).parents[2]


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = tmp_path / "book.longwriter"
    Project.create(path, BOOK).close()
    content = bytearray(path.read_bytes())
    content[9 * PAGE : 10 * PAGE] = bytes(PAGE)
    path.write_bytes(content)
    return path


@pytest.mark.window
def test_what_can_be_read_of_a_damaged_document_is_opened_as_a_copy(desk: Desk, qtbot: QtBot, damaged: Path) -> None:
    before = damaged.read_bytes()
    desk.window.open(damaged)
    qtbot.waitUntil(lambda: "could not be opened" in desk.window.notice.text)
    assert "sections could be read" in desk.window.notice.text
    assert not desk.session.has_document
    offers = [each for each in desk.window.notice.findChildren(QPushButton) if "as a copy" in each.text()]
    QTest.mouseClick(offers[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.session.has_document)
    assert desk.session.path == damaged.with_name("book salvaged.longwriter")
    assert desk.session.document.title == BOOK.title
    assert len(desk.session.document.sections) == len(BOOK.sections)
    assert damaged.read_bytes() == before


@pytest.mark.window
def test_nothing_is_offered_for_a_file_that_is_no_document(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "diary.longwriter"
    path.write_text("Dear diary, " * 500)
    desk.window.open(path)
    qtbot.waitUntil(lambda: "not a LongWriter document" in desk.window.notice.text)
    assert not [each for each in desk.window.notice.findChildren(QPushButton) if "copy" in each.text()]


@pytest.mark.window
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits the memory of processes as Linux does")
@pytest.mark.parametrize("seed", [33, 2], ids=["damaged bytes", "hostile content"])
def test_strange_files_are_opened_or_refused_by_window_and_commands(seed: int) -> None:
    """A slice of the benchmark: each way with a process of its own for each file."""
    run = subprocess.run(
        [
            *(sys.executable, "tests/benchmarks/mutated_documents.py", "--files", "9", "--seed", str(seed), "--small"),
            *("--window", "3", "--commands", "4"),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "9 files, 0 faults" in run.stdout
