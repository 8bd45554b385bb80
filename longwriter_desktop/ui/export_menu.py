"""File > Save, File > Save a copy and File > Export: asks where, writes the file and says what became of it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.project.names import proposed_name
from longwriter_desktop.ui import file_dialogs
from longwriter_desktop.ui.menus import Menus
from longwriter_desktop.ui.notice import Notice, NoticeAction
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.translation import shown
from longwriter_desktop.ui.window_parts import WindowParts

_APP_NAME = "LongWriter"


def proposed_file(session: Session, ending: str) -> str:
    """A file name for the document in hand, made from its title, with ``ending``."""
    stem = session.path.stem if session.path else _APP_NAME
    return proposed_name(session.document.title, stem) + ending


class ExportMenu(QObject):
    """Writes the document in hand into other files. ``commit`` takes over what is still being typed in a field."""

    noticed = Signal(object)  # something is to be told; a Notice

    def __init__(self, parts: WindowParts, commit: Callable[[], None], menus: Menus, window: QWidget) -> None:
        super().__init__(window)
        self._parts = parts
        self._session = parts.session
        self._commit = commit
        self._window = window
        self._suffix = ".docx" if ".docx" in parts.formats else next(iter(parts.formats), ".md")
        menus.save.triggered.connect(self.save)
        menus.export.triggered.connect(self.ask_and_export)
        menus.save_copy.triggered.connect(self.ask_and_save_copy)
        parts.exporting.exported.connect(self._exported)
        parts.exporting.failed.connect(self._failed)

    def _failed(self, sentence: str) -> None:
        # Not a lambda in `__init__`: what exports is nobody's child, and would keep it, and the window, for ever.
        self.noticed.emit(Notice(sentence, "problem"))

    def save(self) -> None:
        """Saves what is not saved yet, and says that nobody needs to ask for it."""
        self._commit()
        file = self._parts.file
        if file.read_only:
            told = self.tr("The document is open for reading only, so there is nothing to save.")
            self.noticed.emit(Notice(told))
        elif file.save_now():
            self.noticed.emit(Notice(self.tr("Saved. Everything is kept as you type.")))
        else:
            told = shown(str(file.problem or self.tr("The document could not be saved in time.")))
            self.noticed.emit(Notice(told, "problem"))

    def ask_and_save_copy(self) -> None:
        """Asks where, and saves a copy of the document as it stands there."""
        self._commit()
        folder = self._parts.paths.documents
        path = file_dialogs.ask_copy_target(self._window, folder / proposed_file(self._session, " copy.longwriter"))
        if path is None:
            return
        try:
            self._parts.file.save_copy(self._session.document, path)
        except LongWriterError as problem:
            self.noticed.emit(Notice(str(problem), "problem"))
        else:
            self.noticed.emit(Notice(self.tr("A copy was saved as {path}.").format(path=path)))

    def ask_and_export(self) -> None:
        """Asks where, and exports the document as it stands."""
        self._commit()
        folder = self._session.path.parent if self._session.path else self._parts.paths.documents
        target = folder / proposed_file(self._session, self._suffix)
        path = file_dialogs.ask_export_target(self._window, target, self._parts.formats)
        if path is not None:
            self.export(path)

    def export(self, path: Path) -> None:
        """Exports the document as it stands; a notice says when it is done."""
        self._suffix = path.suffix.lower()
        self._parts.exporting.start(self._session.document, path)

    def _exported(self, path: Path) -> None:
        actions = (
            NoticeAction(self.tr("Open"), lambda: self._show(path)),
            NoticeAction(self.tr("Show in folder"), lambda: self._show(path.parent)),
        )
        self.noticed.emit(Notice(self.tr("Exported to {path}.").format(path=path), actions=actions))

    def _show(self, target: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(target))):
            told = self.tr("This system names no program that opens {name}. It is in {folder}.")
            self.noticed.emit(Notice(told.format(name=target.name, folder=target.parent)))
