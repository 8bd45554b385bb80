"""The file of the document in hand: made at once, saved off the main thread as the document changes."""

import logging
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from longwriter_desktop.agentwrite.headings import title_from
from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import ProjectProblem
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.autosave import Autosave
from longwriter_desktop.project.names import new_document_path
from longwriter_desktop.project.recent import RecentDocument, RecentDocuments
from longwriter_desktop.project.store import Project

log = logging.getLogger(__name__)

FLUSH_TIMEOUT_S = 10.0
"""How long closing a document waits for the disk."""


class DocumentFile(QObject):
    """At most one project file, open, with its autosave."""

    saved = Signal()  # after the document as it stood a moment ago is on disk
    saving_failed = Signal(str)  # the document could not be saved; the sentence says what to do

    def __init__(self, paths: AppPaths, clock: Callable[[], float] = time.time, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        self._clock = clock
        self._recent = RecentDocuments(paths)
        self._project: Project | None = None
        self._autosave: Autosave | None = None

    @property
    def path(self) -> Path | None:
        return None if self._project is None else self._project.path

    @property
    def log_path(self) -> Path:
        """Where the app writes down what went wrong."""
        return self._paths.log

    def recent(self) -> list[RecentDocument]:
        """The documents opened lately, newest first."""
        return self._recent.entries()

    def forget(self, path: Path) -> None:
        """Takes a document off the recent list. The file stays."""
        self._recent.remove(path)

    @property
    def repairs(self) -> tuple[str, ...]:
        """What had to be mended when the file was opened, a sentence each."""
        return () if self._project is None else self._project.repairs

    def save_copy(self, document: Document, path: Path) -> None:
        """Puts the document into a new file. Raises ProjectProblem."""
        Project.create(path, document).close()

    def create(self, document: Document) -> Project:
        """Makes a file for a new document in the documents folder, without letting go of the one in hand.

        Raises ProjectProblem.
        """
        folder = self._paths.documents
        try:
            path = new_document_path(folder, document.title or title_from(document.instruction))
        except OSError as problem:
            raise ProjectProblem(
                f"The folder {folder} cannot be read: {problem.strerror}. No document was made."
            ) from problem
        return Project.create(path, document)

    def read(self, path: Path) -> Project:
        """Opens a file without letting go of the one in hand. Raises ProjectProblem."""
        return Project.open(path)

    def take(self, project: Project) -> Document:
        """Makes ``project`` the one in hand; the one before must have been closed."""
        self._project = project
        self._autosave = Autosave(project, self._was_saved, self._was_not_saved)
        self._note_recent(project.document)
        return project.document

    def changed(self, document: Document) -> None:
        """The document is another one now; it is saved within half a second."""
        if self._autosave is not None:
            self._autosave.document_changed(document)

    def save_now(self) -> bool:
        """Waits until the document is on disk; False when it cannot be saved."""
        return self._autosave is None or self._autosave.flush(FLUSH_TIMEOUT_S)

    @property
    def problem(self) -> Exception | None:
        """Why the newest text is not on disk."""
        return None if self._autosave is None else self._autosave.problem

    def close(self, document: Document) -> None:
        """Saves what is not saved yet and closes the file."""
        if self._project is None or self._autosave is None:
            return
        if not self._autosave.close():
            log.error("the document was closed unsaved: %s", self._autosave.problem)
        self._note_recent(document)
        self._project.close()
        self._project = None
        self._autosave = None

    def _note_recent(self, document: Document) -> None:
        if self._project is None:
            return
        self._recent.add(self._project.path, document, self._clock())

    # Called on the thread of the autosave; the signals cross over to the main thread.

    def _was_saved(self, _document: Document) -> None:
        self.saved.emit()

    def _was_not_saved(self, problem: Exception) -> None:
        self.saving_failed.emit(str(problem))
