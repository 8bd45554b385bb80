"""What the menus do about the history of a document: undo, redo, deleted sections, cleaning up versions."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from longwriter_desktop.ui.manuscript.step_words import redo_entry, typing_entry, undo_entry
from longwriter_desktop.ui.menus import Menus
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.undo_keys import is_half_typed, line_of
from longwriter_desktop.ui.workspace import Workspace

if TYPE_CHECKING:
    from longwriter_desktop.ui.trash_dialog import TrashDialog


class HistoryMenu(QObject):
    """Stands behind Edit > Undo and Redo, Write > Deleted sections and Write > Clean up versions."""

    def __init__(self, session: Session, workspace: Workspace, menus: Menus, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._workspace = workspace
        self._menus = menus
        self._window = window
        self.trash: TrashDialog | None = None
        menus.undo.triggered.connect(lambda: self._retrace("undo", session.undo))
        menus.redo.triggered.connect(lambda: self._retrace("redo", session.redo))
        # Named only while the menu is open: elsewhere, as in the list of all keys, they go by their plain names.
        self._plain_names = menus.undo.text(), menus.redo.text()
        menus.edit_menu.aboutToShow.connect(self._name_steps)
        menus.edit_menu.aboutToHide.connect(lambda: self._name(*self._plain_names))
        menus.deleted_sections.triggered.connect(self.show_trash)
        menus.clean_up_versions.triggered.connect(self.ask_and_clean_up)

    def show_trash(self) -> None:
        """Opens the dialog with the deleted sections; they come back below the section in hand."""
        from longwriter_desktop.ui.trash_dialog import TrashDialog

        self._workspace.commit()
        self.trash = TrashDialog(self._session, self._place, self._window)
        self.trash.finished.connect(self.trash.deleteLater)
        self.trash.open()

    def ask_and_clean_up(self) -> None:
        """Asks which versions are to go, and deletes them."""
        from longwriter_desktop.ui.version_cleanup_dialog import VersionCleanupDialog

        self._workspace.commit()
        dialog = VersionCleanupDialog(self._session.document, self._workspace.current_section, self._window)
        if dialog.exec():
            self._session.clean_up_versions(dialog.cleaned(self._session.document))
        dialog.deleteLater()

    def _name_steps(self) -> None:
        """Says in the menu what undo and redo would do."""
        history = self._session.history
        undo = typing_entry() if is_half_typed(QApplication.focusWidget()) else undo_entry(history.next_undo())
        self._name(undo, redo_entry(history.next_redo()))

    def _name(self, undo: str, redo: str) -> None:
        self._menus.undo.setText(undo)
        self._menus.redo.setText(redo)

    def _place(self) -> int:
        document, current = self._session.document, self._workspace.current_section
        return document.index(current) + 1 if document.has_section(current) else len(document.sections)

    @staticmethod
    def _retrace(what: str, of_document: Callable[[], None]) -> None:
        """In a field what is half typed there, otherwise what was done last in the document."""
        field = QApplication.focusWidget()
        command = getattr(line_of(field), what, None)
        if is_half_typed(field) and callable(command):
            command()
        else:
            of_document()
