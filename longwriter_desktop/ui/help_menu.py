"""What the menu Help does: the keys, the guided document, what the app is made of, and reporting a problem."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QMainWindow

from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.ui.document_file import DocumentFile
from longwriter_desktop.ui.key_names import shown_keys
from longwriter_desktop.ui.menus import Menus
from longwriter_desktop.ui.notice import Notice
from longwriter_desktop.ui.translation import interface_language
from longwriter_desktop.ui.window_parts import WindowParts
from longwriter_desktop.ui.workspace import Workspace


class HelpMenu(QObject):
    """Stands behind the entries of Help. ``open_folder`` shows a folder in the system's file manager."""

    noticed = Signal(object)  # the person should know something; a Notice
    document_made = Signal(object)  # the guided document is to be shown; its Project

    def __init__(
        self,
        parts: WindowParts,
        workspace: Workspace,
        menus: Menus,
        window: QMainWindow,
        open_folder: Callable[[Path], bool] | None = None,
    ) -> None:
        super().__init__(window)
        self._file: DocumentFile = parts.file
        self._paths = parts.paths
        self._clock = parts.clock
        self._session = parts.session
        self._workspace = workspace
        self._menus = menus
        self._window = window
        self._open_folder = open_folder or _show_folder
        menus.shortcuts.triggered.connect(self.show_keys)
        menus.guide.triggered.connect(self.open_guide)
        menus.report.triggered.connect(self.report_problem)
        menus.about.triggered.connect(self.show_about)

    def show_keys(self) -> None:
        """Shows every key as it is now."""
        from longwriter_desktop.ui.help_dialogs import KeysDialog, key_groups

        _show(KeysDialog(key_groups(self._window.menuBar(), self._menus), self._window))

    def show_about(self) -> None:
        """Shows versions and licences."""
        from longwriter_desktop.backend.devices import inspect_backend
        from longwriter_desktop.ui.about_dialog import AboutDialog

        _show(AboutDialog(lambda: inspect_backend(self._paths).llama_version, self._window))

    def open_guide(self) -> None:
        """Makes the guided document, in the language of the window, and wishes it shown."""
        from longwriter_desktop.ui.guided_document import ENTRIES, KEYS, guided_document
        from longwriter_desktop.ui.help_dialogs import entry_words

        menus, bar = self._menus, self._window.menuBar()
        own = {name: getattr(menus, name).shortcuts() for name in KEYS} | {"write": menus.main_keys}
        # What the person has taken the key from is named by its place.
        keys = {name: shown_keys(own[name][:1]) or entry_words(bar, getattr(menus, name)) for name in KEYS}
        words = {f"{name}_entry": entry_words(bar, getattr(menus, name)) for name in ENTRIES}
        try:
            made = self._file.create(guided_document(interface_language(), keys | words, self._clock()))
        except LongWriterError as problem:
            self.noticed.emit(Notice(str(problem), "problem"))
            return
        self.document_made.emit(made)
        if self._session.path == made.path:  # The person may want to keep the document in hand.
            self._workspace.manuscript.show_section(made.document.sections[0].id)
            self._workspace.manuscript.verticalScrollBar().setValue(0)

    def report_problem(self) -> None:
        """Asks whether to put a report together, does so, and shows its folder."""
        from longwriter_desktop.ui.report_problem import ReportDialog

        ReportDialog(self._paths, self._open_folder, self._clock, self._window).open()


def _show(dialog: QDialog) -> None:
    """Shows a dialog until it is closed. It is not kept then: whatever is there takes time when the theme changes."""
    dialog.finished.connect(dialog.deleteLater)
    dialog.exec()


def _show_folder(folder: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
