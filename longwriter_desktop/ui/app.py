"""Putting the window together: the one place in ui/ that knows every part."""

import faulthandler
import gc
import logging
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from longwriter_desktop import __version__
from longwriter_desktop.agentwrite.prompts import PromptTemplates
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import LongWriterError, ModelProblem
from longwriter_desktop.export.options import ExportOptions
from longwriter_desktop.export.registry import FORMATS, export
from longwriter_desktop.models.catalogue import Catalogue, load_catalogue
from longwriter_desktop.models.fit import Machine, fit
from longwriter_desktop.models.library import Model, default_model, find_model
from longwriter_desktop.models.manage import note_used
from longwriter_desktop.models.speeds import load_speeds
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.prompt_files import load_templates
from longwriter_desktop.settings import Settings, load_settings
from longwriter_desktop.spelling.dictionaries import dictionary_folders
from longwriter_desktop.ui.accessible_roles import install_roles
from longwriter_desktop.ui.battery import BatteryWatch
from longwriter_desktop.ui.chinese_font import ChineseFontWatch
from longwriter_desktop.ui.clipboard import hand_over_clipboard
from longwriter_desktop.ui.document_file import DocumentFile
from longwriter_desktop.ui.exporting import Exporting
from longwriter_desktop.ui.icons import app_icon
from longwriter_desktop.ui.keep_awake import KeepAwake
from longwriter_desktop.ui.language_switch import LanguageSwitch
from longwriter_desktop.ui.loading_ahead import LoadingAhead
from longwriter_desktop.ui.main_window import MainWindow
from longwriter_desktop.ui.model_choices import machine_words, model_choice, models_here
from longwriter_desktop.ui.model_combo import ModelChoice
from longwriter_desktop.ui.motion import Motion
from longwriter_desktop.ui.notice import Notice
from longwriter_desktop.ui.notification import EndNotification
from longwriter_desktop.ui.private_log import PrivateFormatter
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.speed_watch import SpeedWatch
from longwriter_desktop.ui.theme import Theme, load_fonts
from longwriter_desktop.ui.translation import Translation, in_a_row, interface_language, shown, translate
from longwriter_desktop.ui.warming import Warming
from longwriter_desktop.ui.window_parts import WindowParts

log = logging.getLogger(__name__)

LOG_BYTES = 1_000_000


def run(path: Path | None, paths: AppPaths) -> int:
    """Shows the window, with the document at ``path`` when there is one; returns the exit status."""
    keep_log(paths)
    crashes = keep_crashes(paths)
    keep_qt_settings(paths)
    app = make_app(sys.argv)
    translation = Translation(app)
    translation.use(load_settings(paths).language)
    windows = LanguageSwitch(translation, lambda: make_window(paths), _begin)
    old_hook = sys.excepthook
    sys.excepthook = _BugHook(lambda: windows.window, paths)
    try:
        windows.show(path)
        return app.exec()
    finally:
        hand_over_clipboard()
        translation.close()
        sys.excepthook = old_hook
        if crashes is not None:
            faulthandler.disable()
            crashes.close()


def _begin(window: MainWindow, path: Path | None) -> None:
    """Shows a window, looks what models there are, and opens the document at ``path``."""
    window.show()
    gc.freeze()  # what is there now stays; to look through it for garbage would stop the window for 40 ms
    LoadingAhead(window)
    told = window.notice.text
    window.models.begin(tell=not told)
    window.models.refresh()
    if window.session.model is None:
        window.models.show()
    if path is not None:
        window.open(path, still_told=told)


def make_app(arguments: list[str]) -> QApplication:
    """The one QApplication, with the app's fonts, name and icon."""
    app = QApplication(arguments)
    app.setApplicationName("LongWriter Desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("longwriter-desktop")
    app.setStyle("Fusion")
    app.setWindowIcon(app_icon())
    load_fonts()
    install_roles()
    return app


def make_window(paths: AppPaths) -> MainWindow:
    """The window with everything in it, on real files and a real engine."""
    settings = load_settings(paths)
    catalogue = load_catalogue(paths)
    machine = Machine.of_this(paths.data)
    file = DocumentFile(paths)
    session = Session(
        file=file,
        open_engine=lambda model: _engine(model, paths, _engine_options(window.settings, session.document)),
        templates=lambda language: _templates(language, paths),
        sampling=lambda: window.settings.sampling,
    )
    theme = Theme(settings.theme)
    problem = _choose_first_model(session, catalogue, paths, settings)
    window = MainWindow(
        WindowParts(
            paths=paths,
            settings=settings,
            session=session,
            file=file,
            exporting=Exporting(lambda document, target: export(document, target, options=_options(window.settings))),
            theme=theme,
            formats={suffix: each.name for suffix, each in FORMATS.items()},
            # The catalogue is read anew: the person may have added a model meanwhile.
            choices=lambda: _choices(load_catalogue(paths), paths, load_settings(paths)),
            model_at=lambda gguf: find_model(str(gguf), load_catalogue(paths), paths),
            machine=machine_words(machine),
            dictionary_folders=lambda: dictionary_folders(paths),
        )
    )
    session.setParent(window)
    warming = Warming(
        session,
        may_load=lambda model: _has_room(model, paths),
        least_percent=lambda: window.settings.warm_battery_percent,
        is_wanted=lambda: window.settings.warm_while_idle,
    )
    window.settings_changed.connect(warming.consider)
    keep_awake = KeepAwake(session, lambda: window.settings.keep_awake)
    speed = SpeedWatch(session, paths, time.time)
    window.closed.connect(speed.close)
    battery = BatteryWatch(session, least_percent=lambda: window.settings.pause_battery_percent)
    window.settings_changed.connect(keep_awake.consider)
    window.closed.connect(keep_awake.close)
    window.closed.connect(battery.close)
    motion = Motion(theme, lambda: window.settings.reduce_motion, parent=window)
    window.settings_changed.connect(motion.refresh)
    EndNotification(session, window, lambda: window.settings.notify_at_end)
    fonts = ChineseFontWatch(session)
    if interface_language() == "zh":
        fonts.look()
    if told := in_a_row(map(shown, (*settings.warnings, *catalogue.warnings, problem))):
        window.notice.show_notice(Notice(told, "problem"))
    return window


def keep_log(paths: AppPaths) -> None:
    """Writes warnings and worse to log/longwriter.log. No text of the person's goes there."""
    try:
        paths.log.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(paths.log / "longwriter.log", maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(PrivateFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger("longwriter_desktop").addHandler(handler)


def keep_crashes(paths: AppPaths) -> IO[str] | None:
    """Has Python write to log/crash.log where in the code each thread was, should the process crash; nothing else.

    Returns the file, which must stay open as long as that; None where there can be none.
    """
    path = paths.log / "crash.log"
    try:
        mode = "w" if path.exists() and path.stat().st_size > LOG_BYTES else "a"
        file = path.open(mode, encoding="utf-8")
    except OSError:
        return None
    faulthandler.enable(file)
    return file


def keep_qt_settings(paths: AppPaths) -> None:
    """What Qt itself keeps, as the folders that its file dialog showed last, goes beside the app's own settings.

    For where Qt keeps it in a file; on Windows and macOS the system's own dialogs are shown, which keep their own.
    """
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(paths.settings))


def _options(settings: Settings) -> ExportOptions:
    """Letter where the person has chosen it, A4 likewise, else what the system's region uses."""
    region = {"letter": "US", "a4": "DE"}.get(settings.paper_size, "auto")
    return ExportOptions(region=region)


def _choices(catalogue: Catalogue, paths: AppPaths, settings: Settings) -> list[ModelChoice]:
    """The models of the catalogue that are here, as far as that is known without asking the backend."""
    machine, speeds, options = Machine.of_this(paths.data), load_speeds(paths), EngineOptions.of(settings)
    return [
        model_choice(model, lambda entry: fit(entry, machine, speeds=speeds, options=options))
        for model in models_here(catalogue, paths)
    ]


def _engine(model: Model, paths: AppPaths, options: EngineOptions) -> LlamaEngine:
    """The engine that opens a model when it is first asked, and then notes that it is used."""
    return LlamaEngine(model, paths=paths, options=options, on_open=lambda: note_used(model, paths))


def _engine_options(settings: Settings, document: Document) -> EngineOptions:
    """As the settings ask; a document with a seed of its own gets the same text for it whatever else is computed."""
    return replace(EngineOptions.of(settings), adapt_threads=document.settings.seed is None)


def _templates(language: str, paths: AppPaths) -> PromptTemplates:
    return load_templates("zh" if language == "zh" else "en", paths)


def _has_room(model: Model, paths: AppPaths) -> bool:
    """Whether a model can be loaded without taking memory from other programs."""
    machine = Machine.of_this(paths.data)
    try:
        needs = fit(model, machine).needs_bytes
    except ModelProblem:
        return False
    return needs <= max(machine.available_ram_bytes, machine.gpu_memory_bytes)


def _choose_first_model(session: Session, catalogue: Catalogue, paths: AppPaths, settings: Settings) -> str:
    """Chooses the model to begin with; returns what to tell the person when there is none."""
    try:
        model: Model = default_model(catalogue, paths, settings.model)
    except ModelProblem as problem:
        return str(problem)
    session.choose_model(model)
    return ""


class _BugHook:
    """What happens with an exception that nobody expected: it is logged, and the window says so calmly."""

    def __init__(self, window: Callable[[], MainWindow], paths: AppPaths) -> None:
        self._window = window
        self._log = paths.log

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window().close()
            return
        if isinstance(error, LongWriterError):
            sentence = str(error)
        else:
            log.error("an unexpected error", exc_info=(kind, error, trace))
            sentence = translate(
                "BugHook",
                "Something went wrong; this is a fault of the app. The document is kept. You can go on; details are in "
                "{log}.",
            ).format(log=self._log)
        self._window().notice.show_notice(Notice(sentence, "problem"))
