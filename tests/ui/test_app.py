import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document, DocumentSettings
from longwriter_desktop.errors import InputProblem
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.store import Project
from longwriter_desktop.settings import Settings, save_settings
from longwriter_desktop.ui import app as app_module
from longwriter_desktop.ui.main_window import MainWindow
from tests.ui.documents import lighthouses, written


@pytest.fixture
def window(paths: AppPaths, starter_model: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    made = app_module.make_window(paths)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture(autouse=True)
def _log_as_it_was() -> Iterator[None]:
    logger = logging.getLogger("longwriter_desktop")
    before = list(logger.handlers)
    yield
    for handler in set(logger.handlers) - set(before):
        logger.removeHandler(handler)
        handler.close()


def test_the_window_opens_with_the_starter_model_chosen(window: MainWindow) -> None:
    assert window.session.model is not None
    assert "SmolLM2" in window.session.model.title
    choice = window.start_page.model.choice
    assert choice is not None
    assert choice.for_trying
    assert window.notice.text == ""
    assert "GB" in window.status.machine.text()


def test_a_damaged_settings_file_is_mentioned_and_nothing_else_happens(
    paths: AppPaths, starter_model: Path, qtbot: QtBot
) -> None:
    paths.settings.mkdir(parents=True)
    (paths.settings / "settings.toml").write_text("theme = 7\n", "utf-8")
    window = app_module.make_window(paths)
    assert "theme" in window.notice.text
    window.close()
    window.deleteLater()


def test_all_that_could_not_be_used_is_told_also_when_a_document_is_opened_at_once(
    paths: AppPaths, starter_model: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    paths.settings.mkdir(parents=True)
    (paths.settings / "settings.toml").write_text('theme = "pink"\nmeasure = -4\n', "utf-8")
    path = tmp_path / "essay.longwriter"
    Project.create(path, lighthouses(100)).close()
    window = app_module.make_window(paths)
    app_module._begin(window, path)
    qtbot.waitUntil(lambda: window.session.has_document, timeout=10_000)
    assert "theme" in window.notice.text
    assert "measure" in window.notice.text
    window.close()
    window.deleteLater()


def test_without_any_model_the_window_says_what_to_do(
    paths: AppPaths, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("longwriter_desktop.models.library.is_here", lambda *_: None)
    monkeypatch.setattr("longwriter_desktop.ui.model_choices.is_here", lambda *_: None)
    window = app_module.make_window(paths)
    assert "no model on this computer" in window.notice.text
    window.session.new_document("A history", None, "auto")
    assert not window.status.button.isEnabled()
    window.close()
    window.deleteLater()


def close_when(is_there: Callable[[MainWindow], bool], look: Callable[[MainWindow], object]) -> None:
    """Has the window looked at and closed when something is there in it, once there is a window."""
    window = next((each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)), None)
    if window is None or not is_there(window):
        QTimer.singleShot(10, lambda: close_when(is_there, look))
        return
    look(window)
    window.close()
    window.deleteLater()


def test_run_opens_the_document_and_returns_when_the_window_is_closed(
    paths: AppPaths, starter_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    path = tmp_path / "essay.longwriter"
    Project.create(path, Document("My essay", "An essay")).close()
    monkeypatch.setattr(app_module, "make_app", lambda _: qapp)
    titles: list[str] = []
    close_when(lambda window: window.session.has_document, lambda window: titles.append(window.windowTitle()))
    hook = sys.excepthook
    assert app_module.run(path, paths) == 0
    assert titles == ["My essay — LongWriter"]
    assert sys.excepthook is hook


def test_a_first_start_without_a_model_leads_to_the_models(
    paths: AppPaths, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    monkeypatch.setattr("longwriter_desktop.models.library.is_here", lambda *_: None)
    monkeypatch.setattr("longwriter_desktop.ui.model_choices.is_here", lambda *_: None)
    monkeypatch.setattr(app_module, "make_app", lambda _: qapp)
    shown: list[bool] = []
    close_when(
        lambda window: window.models.dialog is not None and window.models.dialog.isVisible(),
        lambda _: shown.append(True),
    )
    assert app_module.run(None, paths) == 0
    assert shown == [True]


def test_what_qt_keeps_of_file_dialogs_goes_beside_the_settings(window: MainWindow, paths: AppPaths) -> None:
    kind, scope = QSettings.Format.NativeFormat, QSettings.Scope.UserScope
    before = Path(QSettings(scope, "QtProject").fileName()).parent
    app_module.keep_qt_settings(paths)
    try:
        dialog = QFileDialog(window, "Open", str(paths.documents))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.open()
        dialog.close()
        shiboken6.delete(dialog)
        assert "FileDialog" in (paths.settings / "QtProject.conf").read_text("utf-8")
    finally:
        QSettings.setPath(kind, scope, str(before))


def test_an_unexpected_error_is_logged_and_told_calmly(window: MainWindow, paths: AppPaths) -> None:
    app_module.keep_log(paths)
    hook = app_module._BugHook(lambda: window, paths)
    error = ZeroDivisionError("secret text")
    hook(ZeroDivisionError, error, None)
    assert "fault of the app" in window.notice.text
    assert "secret" not in window.notice.text
    assert "ZeroDivisionError" in (paths.log / "longwriter.log").read_text("utf-8")
    hook(InputProblem, InputProblem("One clear sentence."), None)
    assert window.notice.text == "One clear sentence."


def test_a_crash_leaves_its_place_in_the_code_and_no_text(paths: AppPaths) -> None:
    script = (
        "import ctypes, sys\n"
        "from longwriter_desktop.paths import AppPaths\n"
        "from longwriter_desktop.ui import app\n"
        "paths = AppPaths.of_this_machine()\n"
        "app.keep_log(paths)\n"
        "app.keep_crashes(paths)\n"
        "def crash(title):\n"
        "    ctypes.string_at(0)\n"
        "crash('my secret title')\n"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode != 0
    told = (paths.log / "crash.log").read_text("utf-8")
    assert "in crash" in told
    assert "secret" not in told
    (paths.log / "crash.log").unlink()
    (paths.log / "crash.log").mkdir()
    app_module.keep_crashes(paths)  # which cannot be, and does not keep the window away


def test_a_log_that_cannot_be_written_does_not_keep_the_window_away(paths: AppPaths) -> None:
    paths.log.parent.mkdir(parents=True, exist_ok=True)
    paths.log.write_text("a file where the folder should be", "utf-8")
    app_module.keep_log(paths)
    logging.getLogger("longwriter_desktop").warning("said into nothing")
    assert paths.log.read_text("utf-8") == "a file where the folder should be"


def test_the_model_of_the_settings_is_used_and_a_missing_one_is_not_fatal(
    paths: AppPaths, starter_model: Path, qtbot: QtBot
) -> None:
    save_settings(paths, Settings(model=str(starter_model)))
    window = app_module.make_window(paths)
    assert window.session.model is not None
    assert window.session.model.path == starter_model
    window.close()
    window.deleteLater()
    save_settings(paths, Settings(model="/nowhere/gone.gguf"))
    window = app_module.make_window(paths)
    assert window.session.model is not None
    assert window.session.model.path == starter_model
    window.close()
    window.deleteLater()


_COPY_AND_QUIT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.ui import app

make_window = app.make_window

def make_window_and_copy(paths):
    window = make_window(paths)
    QTimer.singleShot(500, lambda: copy_and_quit(window))
    return window

def copy_and_quit(window):
    window.workspace.manuscript.selectAll()
    window.workspace.manuscript.copy()
    print(QApplication.clipboard().text())
    window.close()

app.make_window = make_window_and_copy
sys.exit(app.run(Path(sys.argv[1]), AppPaths.of_this_machine()))
"""


def test_the_app_ends_well_after_something_was_copied(starter_model: Path, tmp_path: Path) -> None:
    path = tmp_path / "copied.longwriter"
    with Project.create(path, written(lighthouses(10), "s1", "The text that is copied.")):
        pass
    done = subprocess.run(
        [sys.executable, "-c", _COPY_AND_QUIT, path],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert "The text that is copied." in done.stdout
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("seed", "adapts"), [(None, True), (7, False)])
def test_a_document_with_a_seed_of_its_own_is_written_with_a_fixed_number_of_threads(
    seed: int | None, adapts: bool
) -> None:
    document = Document(settings=DocumentSettings(seed=seed))
    options = app_module._engine_options(Settings(writing_threads=3), document)
    assert options.adapt_threads is adapts
    assert options.writing_threads == 3
