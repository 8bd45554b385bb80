import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from longwriter_desktop.errors import ModelProblem
from longwriter_desktop.models.moving import Moved, OnMove, Stop
from longwriter_desktop.ui.models.folders_dialog import NONE, Folders, FoldersDialog
from longwriter_desktop.ui.theme import LIGHT


class FakeMover:
    """Moves nothing, for as long as a test wants."""

    def __init__(self) -> None:
        self.refused = ""
        self.problem = ""
        self.room: list[str] = []
        self.gate = threading.Event()
        self.gate.set()
        self.asked: list[Path] = []

    def refusal(self) -> str:
        return self.refused

    def make_room(self) -> None:
        self.room.append("made")

    def leave(self) -> None:
        self.room.append("given back")

    def move(self, new: Path, on_progress: OnMove, stop: Stop) -> Moved | None:
        self.asked.append(new)
        on_progress("storm.gguf", 50, 200)
        while not self.gate.wait(0.01):
            if stop():
                return None
        if self.problem:
            raise ModelProblem(self.problem)
        return Moved(new, 2, 1_500_000_000)


@pytest.fixture
def mover() -> FakeMover:
    return FakeMover()


@pytest.fixture
def dialog(mover: FakeMover, tmp_path: Path, qtbot: QtBot) -> Iterator[FoldersDialog]:
    made = FoldersDialog(Folders(tmp_path / "models", (tmp_path,)), mover, LIGHT)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.reject()


def test_moving_asks_first_and_tells_what_became_of_it(
    dialog: FoldersDialog, mover: FakeMover, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, new = dialog.move_panel, tmp_path / "elsewhere"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(new))
    panel.choose.click()
    assert str(new) in panel.said.text()
    assert "compared before it is removed" in panel.said.text()
    assert mover.asked == []
    with qtbot.waitSignal(dialog.moved) as moved:
        panel.confirm.click()
    assert moved.args == [Moved(new, 2, 1_500_000_000)]
    assert panel.path.text() == str(new)
    assert panel.said.text() == Moved(new, 2, 1_500_000_000).message
    assert not panel.bar.isVisible()


@pytest.fixture
def _twice_as_large(qapp: QApplication) -> Iterator[None]:
    """As where the person's system asks for text twice as large; it must be asked for before the dialog is made."""
    before = qapp.font()
    larger = QFont(before)
    larger.setPixelSize(2 * QFontInfo(before).pixelSize())
    qapp.setFont(larger)
    yield
    qapp.setFont(before)


@pytest.mark.usefixtures("_twice_as_large")
def test_with_text_twice_as_large_nothing_is_cut_off(mover: FakeMover, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = FoldersDialog(Folders(tmp_path / "models", (tmp_path,)), mover, LIGHT)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.move_panel.ask(tmp_path / "elsewhere")
    QTest.qWait(1)
    texts = [each for each in dialog.findChildren(QLabel) if each.isVisible()]
    assert len(texts) >= 6
    assert [each.text() for each in texts if each.height() < each.heightForWidth(each.width())] == []
    buttons = [each for each in dialog.findChildren(QPushButton) if each.isVisible()]
    assert [each.text() for each in buttons if each.height() < each.sizeHint().height()] == []
    dialog.reject()


def test_the_question_can_be_declined(dialog: FoldersDialog, mover: FakeMover, tmp_path: Path) -> None:
    panel = dialog.move_panel
    panel.ask(tmp_path / "elsewhere")
    panel.cancel.click()
    assert not panel.said.isVisible()
    assert panel.choose.isEnabled()
    assert mover.asked == []


def test_a_move_shows_how_far_it_is_and_can_be_stopped(
    dialog: FoldersDialog, mover: FakeMover, tmp_path: Path, qtbot: QtBot
) -> None:
    panel = dialog.move_panel
    mover.gate.clear()
    panel.ask(tmp_path / "elsewhere")
    panel.confirm.click()
    qtbot.waitUntil(lambda: panel.said.text() == "Moving storm.gguf · 25 %")
    assert panel.bar.isVisible()
    assert panel.bar.value() == 250
    assert not panel.choose.isEnabled()
    assert mover.room == ["made"]
    panel.cancel.click()
    qtbot.waitUntil(lambda: not panel.is_moving)
    assert mover.room == ["made", "given back"]
    assert panel.said.text() == "Stopped: the models are where they were."
    assert panel.path.text() == str(tmp_path / "models")


def test_what_stands_in_the_way_is_told_in_a_sentence(
    dialog: FoldersDialog, mover: FakeMover, tmp_path: Path, qtbot: QtBot
) -> None:
    panel = dialog.move_panel
    mover.refused = "The model is at work on your document."
    panel.ask(tmp_path / "elsewhere")
    assert panel.said.text() == mover.refused
    assert not panel.confirm.isVisible()
    mover.refused, mover.problem = "", "There is not enough room. Nothing was moved."
    panel.ask(tmp_path / "elsewhere")
    panel.confirm.click()
    qtbot.waitUntil(lambda: panel.said.text() == mover.problem)
    assert panel.said.property("role") == "warning"


def test_a_move_that_was_broken_off_is_offered_to_go_on(mover: FakeMover, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = FoldersDialog(Folders(tmp_path / "models", (), tmp_path / "new"), mover, LIGHT)
    qtbot.addWidget(dialog)
    assert "was broken off" in dialog.move_panel.said.text()
    with qtbot.waitSignal(dialog.moved):
        dialog.move_panel.confirm.click()
    assert mover.asked == [tmp_path / "new"]


def test_closing_the_dialog_stops_a_move(dialog: FoldersDialog, mover: FakeMover, tmp_path: Path, qtbot: QtBot) -> None:
    mover.gate.clear()
    dialog.move_panel.ask(tmp_path / "elsewhere")
    dialog.move_panel.confirm.click()
    qtbot.waitUntil(lambda: bool(mover.asked))
    with qtbot.assertNotEmitted(dialog.moved, wait=60):
        dialog.close_button.click()
    assert mover.room == ["made", "given back"]


def test_other_folders_are_taken_in_and_out(
    dialog: FoldersDialog, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    with qtbot.waitSignal(dialog.others_changed) as changed:
        dialog.add.click()
    assert changed.args == [(tmp_path, stick)]
    assert [dialog.list.item(row).text() for row in range(2)] == [str(tmp_path), str(stick)]
    qtbot.waitUntil(lambda: dialog.list.item(1).text() == f"{stick} (not there now)")
    assert dialog.list.item(0).text() == str(tmp_path)
    with qtbot.assertNotEmitted(dialog.others_changed, wait=10):
        dialog.add.click()  # the same one again
    assert not dialog.remove.isEnabled()
    for left in ((stick,), ()):
        dialog.list.setCurrentRow(0)
        with qtbot.waitSignal(dialog.others_changed) as changed:
            dialog.remove.click()
        assert changed.args == [left]
    assert dialog.none.isVisible()
    assert dialog.none.text() == NONE
