"""The person's own model files in the window: adding them, their folders, trying a model, what is loaded now.

It puts its parts into the models dialog when that is made, and opens its own dialogs beside the window.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget

from longwriter_desktop.models.moving import Moved, OnMove, Stop, move_folder, unfinished_move
from longwriter_desktop.models.places import models_folder, own_folders
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import load_settings
from longwriter_desktop.ui import file_dialogs
from longwriter_desktop.ui.models.gguf_drop import GgufDrop
from longwriter_desktop.ui.models.model_rows import ModelRow
from longwriter_desktop.ui.models.models_menu import ModelsMenu
from longwriter_desktop.ui.models.trial_run import TrialRun
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.theme import Theme
from longwriter_desktop.ui.writing import BUSY, Activity

if TYPE_CHECKING:
    from longwriter_desktop.ui.models.folders_dialog import FoldersDialog
    from longwriter_desktop.ui.models.models_dialog import ModelsDialog
    from longwriter_desktop.ui.models.own_details import OwnDetails
    from longwriter_desktop.ui.models.own_file_dialog import OwnFileDialog

_SECONDS_TO_END = 3.0


class OwnFiles(QObject):
    """Stands behind whatever the person does with files of their own."""

    model_wanted = Signal(object)  # the person wants to write with this one from now on; a Model
    models_outdated = Signal()  # files or folders were added, moved or measured: the lists are to be looked up anew
    model_added = Signal(str)  # a file was added: the lists are to be looked up anew, and this name be looked at
    settings_wanted = Signal(object)  # settings that are to be remembered; a dict of their names and values

    def __init__(
        self,
        session: Session,
        theme: Theme,
        paths: AppPaths,
        clock: Callable[[], float],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._theme = theme
        self._paths = paths
        self._window = window
        self.trials = TrialRun(session, paths, session.writing.open_engine, clock)
        self.details: OwnDetails | None = None
        self.file_dialog: OwnFileDialog | None = None
        self.folders_dialog: FoldersDialog | None = None
        session.activity_changed.connect(self._activity_changed)
        theme.palette_changed.connect(self._palette_changed)

    def connect_to(self, models: ModelsMenu) -> None:
        """Adds its parts to the models dialog, tries what is to be tried there, and tells when to look again.

        To be called when everything is in the window, on which files may be dropped from then on.
        """
        GgufDrop(self._window).dropped.connect(self.show_file)
        models.dialog_made.connect(self.attach)
        models.trial_wanted.connect(self.try_row)
        self.models_outdated.connect(models.refresh)
        self.model_added.connect(models.look_up)

    # -- the models dialog -----------------------------------------------------------------------------

    def attach(self, dialog: "ModelsDialog") -> None:
        """Puts the trial, the buttons and the line of what is loaded into the models dialog."""
        from longwriter_desktop.ui.models.details_scroll import DetailsScroll
        from longwriter_desktop.ui.models.loaded_line import LoadedLine
        from longwriter_desktop.ui.models.own_details import OwnDetails

        scroll = dialog.findChild(DetailsScroll)
        details = OwnDetails(self.trials, scroll)
        details.trial.tried.connect(lambda _model, _trial: self.models_outdated.emit())
        details.set_up_wanted.connect(self.show_file)
        dialog.details_area.addWidget(details)
        add, folders = QPushButton(self.tr("Add a file…")), QPushButton(self.tr("Folders…"))
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (add, folders):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        add.clicked.connect(lambda: self.show_file(None))
        folders.clicked.connect(self.show_folders)
        dialog.found_area.addLayout(row)
        QWidget.setTabOrder(dialog.list, add)
        QWidget.setTabOrder(add, folders)
        dialog.foot_area.addWidget(LoadedLine(self._session))
        dialog.row_chosen.connect(details.show_row)
        dialog.finished.connect(lambda _result: details.trial.stop())
        GgufDrop(dialog).dropped.connect(self.show_file)
        self.details = details
        details.show_row(dialog.row)

    def try_row(self, row: ModelRow) -> None:
        """Begins a trial of the model in that row, in the models dialog."""
        if self.details is not None and row.model is not None:
            self.details.trial.try_model(row.model)

    # -- files and folders -----------------------------------------------------------------------------

    def ask_for_file(self) -> None:
        """Asks for a GGUF file and shows what it says."""
        path = file_dialogs.ask_model_file(self._window, Path.home())
        if path is not None:
            self.show_file(path)

    def show_file(self, path: Path | None) -> None:
        """Opens the dialog that adds a file; with ``path``, on that file."""
        if self.file_dialog is None:
            from longwriter_desktop.ui.models.own_file_dialog import OwnFileDialog

            dialog = OwnFileDialog(self._paths, self.trials, self._window)
            dialog.added.connect(lambda entry: self.model_added.emit(entry.name))
            dialog.use_wanted.connect(self.model_wanted)
            dialog.finished.connect(self._file_dialog_closed)
            self.file_dialog = dialog
        _bring_forward(self.file_dialog)
        if path is not None:
            self.file_dialog.show_file(path)

    def _file_dialog_closed(self) -> None:
        if self.file_dialog is not None:
            self.file_dialog.deleteLater()
        self.file_dialog = None

    def show_folders(self) -> None:
        """Opens the dialog of the folders."""
        if self.folders_dialog is None:
            from longwriter_desktop.ui.models.folders_dialog import Folders, FoldersDialog

            settings = load_settings(self._paths)
            broken_off = unfinished_move(self._paths)
            folders = Folders(
                models_folder(self._paths, settings),
                own_folders(settings),
                broken_off.new if broken_off is not None else None,
            )
            dialog = FoldersDialog(folders, self, self._theme.palette, self._window)
            dialog.others_changed.connect(self._others_changed)
            dialog.moved.connect(self._moved)
            dialog.finished.connect(self._folders_dialog_closed)
            self.folders_dialog = dialog
        _bring_forward(self.folders_dialog)

    def _folders_dialog_closed(self) -> None:
        if self.folders_dialog is not None:
            self.folders_dialog.deleteLater()
        self.folders_dialog = None

    def _others_changed(self, folders: tuple[Path, ...]) -> None:
        self.settings_wanted.emit({"model_folders": tuple(str(each) for each in folders)})
        self.models_outdated.emit()

    def _moved(self, moved: Moved) -> None:
        """The move has written the new place into the settings; the model in use is another path now."""
        self.settings_wanted.emit({"model": load_settings(self._paths).model})
        model = self._session.model
        if model is not None and not model.path.exists() and (path := _found_below(moved.folder, model.path)):
            name = str(path) if model.name == str(model.path) else model.name
            self.model_wanted.emit(replace(model, name=name, path=path))
        self.models_outdated.emit()

    def refusal(self) -> str:
        """The sentence why the folder cannot be moved now, or ""."""
        if self._session.activity is not Activity.IDLE:
            return self.tr(
                "The model is at work on your document, and its file may be in this folder. Pause it, then move the "
                "models."
            )
        if self.details is not None and self.details.trial.is_running:
            return self.tr("A model is being tried. Stop that, then move the models.")
        return ""

    def make_room(self) -> None:
        """Called before a move: no file of the folder may be open, or it could not be removed on every system."""
        self._session.writing.rest(unload=True)

    def leave(self) -> None:
        """Called when a move has ended, however it did."""
        self._session.writing.wake()

    def move(self, new: Path, on_progress: OnMove, stop: Stop) -> Moved | None:
        """Moves the app's folder, on the calling thread. Raises ModelProblem."""
        return move_folder(new, self._paths, on_progress, stop)

    # -- the rest --------------------------------------------------------------------------------------

    def _activity_changed(self, activity: Activity) -> None:
        if activity not in BUSY:
            return
        why = self.tr("Stopped, because the model in use was asked for something.")
        if self.details is not None:
            self.details.trial.stop(why)
        if self.file_dialog is not None:
            self.file_dialog.template.stop(why)
        if self.folders_dialog is not None:
            self.folders_dialog.move_panel.stop()

    def _palette_changed(self) -> None:
        if self.folders_dialog is not None:
            self.folders_dialog.move_panel.set_palette(self._theme.palette)

    def close(self) -> None:
        """Ends trials and moves; the models are where they were."""
        if self.details is not None:
            self.details.close_work(_SECONDS_TO_END)
        if self.file_dialog is not None:
            self.file_dialog.reject()
        if self.folders_dialog is not None:
            self.folders_dialog.move_panel.close_move(_SECONDS_TO_END)
            self.folders_dialog.reject()


def _found_below(folder: Path, path: Path) -> Path | None:
    """The file of that name, with as many of its folders as are needed, below ``folder``."""
    for count in range(1, len(path.parts)):
        moved = folder.joinpath(*path.parts[-count:])
        if moved.is_file():
            return moved
    return None


def _bring_forward(dialog: QDialog) -> None:
    if dialog.isVisible():
        dialog.raise_()
    dialog.show()
    dialog.activateWindow()
