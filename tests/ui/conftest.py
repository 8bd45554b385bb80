"""A window on real files with a scripted engine, and what every test of the window needs."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from longwriter_desktop.export.registry import FORMATS, export
from longwriter_desktop.models.library import Model
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.prompt_files import load_templates
from longwriter_desktop.settings import Settings
from longwriter_desktop.ui import file_dialogs, unfinished_work
from longwriter_desktop.ui.battery import Battery
from longwriter_desktop.ui.clipboard import hand_over_clipboard
from longwriter_desktop.ui.document_file import DocumentFile
from longwriter_desktop.ui.exporting import Exporting
from longwriter_desktop.ui.main_window import MainWindow
from longwriter_desktop.ui.model_combo import ModelChoice
from longwriter_desktop.ui.models.shelf import Shelf
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.theme import Theme, load_fonts
from longwriter_desktop.ui.translation import Translation
from longwriter_desktop.ui.warming import Warming
from longwriter_desktop.ui.window_parts import WindowParts
from tests.ui.reading_ahead import PAUSE_MS, Ahead
from tests.ui.scripted_engine import ScriptedEngine

PATIENCE_MS = 30_000
"""How long is waited for what must come, however busy the computer is; only a test that fails waits so long."""
MODEL = Model("scripted", "Scripted 1B", Path("/nowhere/scripted.gguf"))
NOON = 1_700_000_000.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Qt's platform without a screen says what it does not do each time a window is laid out or a menu opens.
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


class Clock:
    """Unix time that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


@dataclass
class Desk:
    """A window and what is behind it."""

    window: MainWindow
    session: Session
    engine: ScriptedEngine
    file: DocumentFile
    paths: AppPaths


def show_active(window: QWidget, qtbot: QtBot) -> None:
    """Shows a window and waits until keys go to it."""
    window.show()
    window.activateWindow()
    with qtbot.waitActive(window):
        pass


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["longwriter-desktop"]


class PatientBot(QtBot):
    """Waits longer than five seconds for what nobody has put a limit on."""

    @override
    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    @override
    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **how: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **how)

    @override
    def waitSignals(self, signals: Any, *, timeout: int = PATIENCE_MS, **how: Any) -> Any:
        return super().waitSignals(signals, timeout=timeout, **how)

    @override
    def waitActive(self, widget: QWidget, *, timeout: int = PATIENCE_MS) -> Any:
        return super().waitActive(widget, timeout=timeout)

    @override
    def waitExposed(self, widget: QWidget, *, timeout: int = PATIENCE_MS) -> Any:
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(autouse=True)
def _app_as_it_is(qapp: QApplication) -> Iterator[None]:
    """The style and the fonts of the app; no thread may be left behind."""
    qapp.setStyle("Fusion")
    load_fonts()
    before = set(threading.enumerate())
    yield
    hand_over_clipboard()
    qapp.closeAllWindows()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [each.name for each in set(threading.enumerate()) - before if not each.daemon]
    assert not left, f"threads left running: {left}"


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    """Everything that is made in the test is in Chinese."""
    translation = Translation(qapp)
    translation.use("zh")
    yield
    translation.close()


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def paths(longwriter_home: Path) -> AppPaths:
    return AppPaths.of_this_machine()


@pytest.fixture
def session(engine: ScriptedEngine, clock: Clock, paths: AppPaths, qtbot: QtBot) -> Iterator[Session]:
    """A session with a model chosen and no document in hand."""
    made = Session(
        file=DocumentFile(paths, clock),
        open_engine=lambda _: engine,
        templates=lambda language: load_templates("zh" if language == "zh" else "en", paths),
        clock=clock,
    )
    made.choose_model(MODEL)
    yield made
    made.close()


@pytest.fixture
def ahead(session: Session, engine: ScriptedEngine) -> Ahead:
    """A session that reads ahead soon after each change; its battery is looked at often."""
    made = Ahead(session, engine, battery=None)

    def battery() -> Battery | None:
        if made.battery is not None:
            made.battery.asked += 1
        return made.battery

    def may_load(_model: Model) -> bool:
        made.loads_asked += 1
        return made.may_load

    Warming(
        session,
        may_load=may_load,
        least_percent=lambda: 40,
        battery=battery,
        pause_ms=PAUSE_MS,
        battery_check_ms=2 * PAUSE_MS,
    )
    return made


@pytest.fixture
def shelf() -> Shelf | None:
    """Where the models dialog of a window looks; None: on this computer."""
    return None


@pytest.fixture
def open_window(
    engine: ScriptedEngine, clock: Clock, paths: AppPaths, shelf: Shelf | None, qtbot: QtBot
) -> Iterator[Callable[[Settings], Desk]]:
    """Opens windows of 1280 by 800 pixels; closes them after the test."""
    windows: list[MainWindow] = []

    def make(settings: Settings, dictionary_folders: Callable[[], list[Path]] = list) -> Desk:
        file = DocumentFile(paths, clock)
        session = Session(
            file=file,
            open_engine=lambda _: engine,
            templates=lambda language: load_templates("zh" if language == "zh" else "en", paths),
            clock=clock,
        )
        session.choose_model(MODEL)
        window = MainWindow(
            WindowParts(
                paths=paths,
                settings=settings,
                session=session,
                file=file,
                exporting=Exporting(export),
                theme=Theme(settings.theme),
                formats={suffix: each.name for suffix, each in FORMATS.items()},
                choices=lambda: [ModelChoice(MODEL, "fits", fits=True, for_trying=True)],
                model_at=lambda path: Model(str(path), path.stem, path),
                machine="CPU, 2 cores · 16 GB",
                clock=clock,
                patience_s=20.0,
                dictionary_folders=dictionary_folders,
                shelf=shelf,
            )
        )
        session.setParent(window)
        windows.append(window)
        window.resize(1280, 800)  # The screen of Qt's platform without a screen is smaller.
        show_active(window, qtbot)
        return Desk(window, session, engine, file, paths)

    yield make
    discard = QMessageBox.StandardButton.Discard
    with (  # Whatever a test leaves going on, or unsaved: the folder of its document may have gone.
        patch.object(unfinished_work, "ask_about_losing", lambda *_: True),
        patch.object(file_dialogs, "ask_about_unsaved", lambda *_: discard),
    ):
        for window in windows:
            window.close()
            window.deleteLater()


@pytest.fixture
def desk(open_window: Callable[[Settings], Desk]) -> Desk:
    """A window in the light theme on the start page."""
    return open_window(Settings(theme="light"))
