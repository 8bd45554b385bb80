import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from longwriter_desktop.errors import EnvironmentProblem
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.ui import report_problem
from longwriter_desktop.ui.report_folder import LOG_BYTES, make_report, shortened
from longwriter_desktop.ui.report_problem import ReportDialog
from tests.ui.conftest import NOON, Desk

HOME = Path("/home/somebody")


def test_the_folder_holds_the_logs_and_the_texts_without_the_persons_home(paths: AppPaths) -> None:
    paths.log.mkdir(parents=True)
    (paths.log / "longwriter.log").write_text("warning in /home/somebody/app/x.py\n", "utf-8")
    (paths.log / "backend.log").write_bytes(b"\xff a line\n" + b"x" * LOG_BYTES)
    (paths.log / "notes.txt").write_text("not a log", "utf-8")
    folder = make_report(paths, {"doctor.txt": "models in /home/somebody/models"}, NOON, HOME)
    assert folder.parent == paths.data / "reports"
    assert sorted(file.name for file in folder.iterdir()) == ["backend.log", "doctor.txt", "longwriter.log"]
    assert (folder / "doctor.txt").read_text("utf-8") == "models in ~/models"
    assert "somebody" not in (folder / "longwriter.log").read_text("utf-8")
    assert (folder / "backend.log").stat().st_size == LOG_BYTES
    again = make_report(paths, {}, NOON, HOME)
    assert again != folder  # The first is the person's, and stays.
    assert (folder / "doctor.txt").is_file()


def test_a_name_that_is_no_text_on_this_system_does_not_prevent_the_report(paths: AppPaths) -> None:
    folder = make_report(paths, {"doctor.txt": "model in /data/caf\udce9.gguf"}, NOON)
    assert "caf" in (folder / "doctor.txt").read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_the_folder_is_readable_for_the_person_alone(paths: AppPaths) -> None:
    folder = make_report(paths, {"doctor.txt": "x"}, NOON)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "doctor.txt").stat().st_mode) == 0o600


def test_where_it_cannot_be_written_nothing_is_left_and_the_sentence_says_so(paths: AppPaths) -> None:
    with pytest.raises(EnvironmentProblem, match="report could not be written"):
        make_report(paths, {"no/such/folder.txt": "x"}, NOON)
    assert list((paths.data / "reports").iterdir()) == []
    (paths.data / "reports").rmdir()
    (paths.data / "reports").write_text("in the way", "utf-8")
    with pytest.raises(EnvironmentProblem, match="report could not be written"):
        make_report(paths, {}, NOON)


@settings(max_examples=60)
@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from([Path("/home/li"), Path("C:\\Users\\li")]))
def test_no_home_folder_is_left_in_a_text(before: str, after: str, home: Path) -> None:
    doubled = str(home).replace("\\", "\\\\")
    told = shortened(f"{before}{home}/models{after} {doubled}", home)
    assert str(home) not in told
    assert "~/models" in told
    assert shortened("nothing of it /", Path("/")) == "nothing of it /"


@pytest.fixture
def opened() -> list[Path]:
    return []


@pytest.fixture
def dialog(paths: AppPaths, opened: list[Path], qtbot: QtBot) -> ReportDialog:
    def open_folder(folder: Path) -> bool:
        opened.append(folder)
        return True

    made = ReportDialog(paths, open_folder, lambda: NOON, examine_all=lambda _: "what doctor says")
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


def test_nothing_is_made_before_the_person_agrees(dialog: ReportDialog, paths: AppPaths) -> None:
    assert "Nothing is sent" in dialog.said.text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not (paths.data / "reports").exists()


def test_the_folder_is_made_and_opened_with_a_page_that_asks(
    dialog: ReportDialog, opened: list[Path], qtbot: QtBot
) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(opened))
    (folder,) = opened
    assert (folder / "doctor.txt").read_text("utf-8") == "what doctor says"
    page = (folder / "What happened.txt").read_text("utf-8")
    assert page.startswith("What did you do before it happened?")
    assert "Nothing was sent." in page
    assert str(folder) in dialog.said.text()
    assert dialog.isVisible()
    dialog.make.click()
    assert opened == [folder, folder]
    assert len(list(folder.parent.iterdir())) == 1


def test_a_problem_is_told_in_the_dialog_and_can_be_tried_again(
    dialog: ReportDialog, paths: AppPaths, opened: list[Path], qtbot: QtBot
) -> None:
    paths.data.mkdir(parents=True)
    (paths.data / "reports").write_text("in the way", "utf-8")
    dialog.make.click()
    qtbot.waitUntil(lambda: "could not be written" in dialog.said.text())
    (paths.data / "reports").unlink()
    dialog.make.click()
    qtbot.waitUntil(lambda: bool(opened))


def test_where_no_program_shows_folders_its_place_is_told(paths: AppPaths, qtbot: QtBot) -> None:
    dialog = ReportDialog(paths, lambda _: False, lambda: NOON, examine_all=lambda _: "x")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.make.click()
    qtbot.waitUntil(lambda: dialog.folder is not None)
    assert "names no program" in dialog.said.text()
    assert str(dialog.folder) in dialog.said.text()


def test_where_no_program_shows_folders_its_path_can_be_copied(paths: AppPaths, qtbot: QtBot) -> None:
    dialog = ReportDialog(paths, lambda _: False, lambda: NOON, examine_all=lambda _: "x")
    qtbot.addWidget(dialog)
    dialog.make.click()
    qtbot.waitUntil(lambda: dialog.make.text() == "&Copy the path", timeout=5000)
    dialog.make.click()
    assert QGuiApplication.clipboard().text() == str(dialog.folder)
    dialog.reject()


def test_a_fault_while_examining_does_not_prevent_the_report(paths: AppPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_paths: AppPaths) -> dict[str, object]:
        raise ValueError

    monkeypatch.setattr(report_problem, "examine", broken)
    assert "could not be examined" in report_problem.examined(paths)


def test_the_menu_makes_a_report_with_what_doctor_really_says_and_no_word_of_the_document(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.session.new_document("A secret history of lighthouses in 300 words", None, "en")
    desk.window.help._open_folder = lambda _: True
    desk.window.menus.report.trigger()
    dialog = next(each for each in desk.window.findChildren(ReportDialog) if each.isVisible())
    dialog.make.click()
    qtbot.waitUntil(lambda: dialog.folder is not None, timeout=20_000)
    folder = dialog.folder
    assert folder is not None
    texts = [file.read_text("utf-8") for file in folder.iterdir()]
    assert "llama.cpp" in (folder / "doctor.txt").read_text("utf-8")
    assert not any("secret" in text or "lighthouses" in text for text in texts)
    dialog.reject()
