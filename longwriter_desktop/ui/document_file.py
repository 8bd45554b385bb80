"""The file of the document in hand: made at once, saved off the main thread as the document changes."""

import logging
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer, Signal

from longwriter_desktop.agentwrite.headings import title_from
from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import ProjectProblem
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.autosave import Autosave
from longwriter_desktop.project.json_form import read_json
from longwriter_desktop.project.lock import DocumentLocks
from longwriter_desktop.project.names import new_document_path
from longwriter_desktop.project.recent import RecentDocument, RecentDocuments
from longwriter_desktop.project.recovery import Recovery
from longwriter_desktop.project.safekeeping import Safekeeping
from longwriter_desktop.project.store import Project
from longwriter_desktop.ui.backed_up import moment_words
from longwriter_desktop.ui.tally import Tally
from longwriter_desktop.ui.translation import shown

log = logging.getLogger(__name__)

FLUSH_TIMEOUT_S = 10.0
"""How long closing a document waits for the disk."""
LIST_EVERY_S = 2.0
"""How old the list of recent documents may be while the document in hand changes within a section."""
STALLED_S = 3.0
"""After how long a disk that does not answer is said to be one."""


def _listed_at_once(document: Document) -> tuple[str, int]:
    """What the list of recent documents hears of at once when it changes: the title, and how many sections are done."""
    return document.title, sum(section.complete for section in document.sections)


def _last_changed(path: Path) -> float | None:
    try:
        return path.stat().st_mtime
    except OSError:
        return None


class DocumentFile(QObject):
    """At most one project file, open, with its autosave."""

    saved = Signal()  # after the document as it stood a moment ago is on disk
    saving_failed = Signal(str)  # the document could not be saved; the sentence says what to do
    trouble_changed = Signal()  # `trouble` is another one now: text is in danger, or safe again
    _text_kept = Signal()  # on the keeping thread, after text went into the recovery file or could not

    def __init__(self, paths: AppPaths, clock: Callable[[], float] = time.time, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        self._clock = clock
        self._recent = RecentDocuments(paths)
        self._locks = DocumentLocks(paths, clock)
        self.recovery = Recovery(paths, self._locks)
        self._project: Project | None = None
        self._autosave: Autosave | None = None
        self._not_kept: Exception | None = None
        self._is_kept = False
        self._counts = Tally()
        """Of the thread that saves: so only what has changed since the last save is counted."""
        self._listed = ("", 0)
        self._listed_until = 0.0
        self._stalled = QTimer(self)
        self._stalled.setSingleShot(True)
        self._stalled.setInterval(int(STALLED_S * 1000))
        self._stalled.timeout.connect(self.trouble_changed)
        self._text_kept.connect(self._look_at_disk)
        self.saved.connect(self.trouble_changed)
        self.saving_failed.connect(self.trouble_changed)

    @property
    def path(self) -> Path | None:
        return None if self._project is None else self._project.path

    @property
    def project(self) -> Project | None:
        """The file in hand."""
        return self._project

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

    def forget_all(self) -> list[RecentDocument]:
        """Empties the recent list, and returns what was on it. The files stay. Raises OSError."""
        return self._recent.clear()

    def remember(self, entries: list[RecentDocument]) -> None:
        """Puts documents back on the recent list. Raises OSError."""
        self._recent.put_back(entries)

    @property
    def repairs(self) -> tuple[str, ...]:
        """What had to be mended when the file was opened, a sentence each."""
        return () if self._project is None else self._project.repairs

    @property
    def read_only(self) -> bool:
        """Whether the document in hand is for reading only."""
        return self._project is not None and self._project.read_only

    @property
    def trouble(self) -> str:
        """What keeps the newest text from being saved, and where it is meanwhile; "" when all is well."""
        autosave = self._autosave
        if autosave is None:
            return ""
        if autosave.problem is not None:
            told = shown(str(autosave.problem))
        elif self._is_kept and autosave.waits_for_disk_s >= STALLED_S:
            told = self.tr("“{path}” is not saved yet: its disk does not answer.").format(path=self.path)
        else:
            return ""
        if self._not_kept is not None:
            alone = self.tr(
                "{problem} It could not be kept in the app's own folder either: the newest text is in this window "
                "alone."
            )
            return alone.format(problem=told)
        if self._is_kept:
            kept = self.tr("{problem} Until it is saved, the newest text is kept in the app's own folder.")
            return kept.format(problem=told)
        return told

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the person should know about the file and its place, a sentence each."""
        project = self._project
        if project is None:
            return ()
        told = []
        if project.left_open_at is not None:
            left = self.tr(
                "The app did not close this document properly last time. All that was saved until {time} is here."
            )
            told.append(left.format(time=moment_words(project.left_open_at, self._clock())))
        if not project.has_locks:
            no_locks = self.tr("The disk of “{path}” has no locks: do not open it on two computers at the same time.")
            told.append(no_locks.format(path=project.path))
        if project.not_locked_because:
            not_locked = self.tr(
                "The app's own folder has no locks ({cause}): another window with this document is noticed only when "
                "it saves."
            )
            told.append(not_locked.format(cause=shown(project.not_locked_because)))
        return tuple(told)

    def save_copy(self, document: Document, path: Path) -> None:
        """Puts the document into a new file. Raises ProjectProblem."""
        Project.create(path, document).close()

    def create(self, document: Document, name: str = "") -> Project:
        """Makes a file for a new document in the documents folder, without letting go of the one in hand.

        It is called ``name``, or as the document. May be called from any thread. Raises ProjectProblem.
        """
        folder = self._paths.documents
        try:
            path = new_document_path(folder, name or document.title or title_from(document.instruction))
        except OSError as problem:
            told = self.tr("The folder {folder} cannot be read: {cause}. No document was made.")
            raise ProjectProblem(told.format(folder=folder, cause=problem.strerror)) from problem
        return self.make(path, document)

    def make(self, path: Path, document: Document) -> Project:
        """Makes a file of that name, without letting go of the one in hand. Raises ProjectProblem."""
        lock = self._locks.take(path, "window")
        try:
            project = Project.create(path, document)
        except BaseException:
            lock.release()
            raise
        project.hold(lock)
        return project

    def copy_of(self, path: Path) -> Project:
        """A new document with what the file at ``path`` holds, beside it or else in the documents folder.

        Raises ProjectProblem.
        """
        with Project.open(path, read_only=True) as original:
            document = original.document
        return self._beside(path, f"{path.stem} copy", document)

    def salvaged_copy(self, path: Path, document: Document) -> Project:
        """A new document with what could be read of the damaged file at ``path``, beside it or else as `copy_of` does.

        Raises ProjectProblem.
        """
        return self._beside(path, f"{path.stem} salvaged", document)

    def _beside(self, path: Path, name: str, document: Document) -> Project:
        try:
            return self.make(new_document_path(path.parent, name), document)
        except (ProjectProblem, OSError):
            return self.make(new_document_path(self._paths.documents, name), document)

    def read(self, path: Path, read_only: bool = False) -> Project:
        """Opens a file without letting go of the one in hand. May be called from any thread.

        Raises OpenElsewhere when another window or command line has it, unless ``read_only``, NotWritable
        likewise, and ProjectProblem.
        """
        in_hand = path == self.path and not self.read_only  # its own lock would refuse it
        if read_only or in_hand:
            return Project.open(path, read_only=read_only)
        lock = self._locks.take(path, "window")
        last_saved = _last_changed(path)
        try:
            project = Project.open(path)
        except BaseException:
            lock.release()
            raise
        project.hold(lock)
        project.left_open_at = last_saved if lock.left_by is not None else None
        return project

    def read_json(self, path: Path) -> Project:
        """A new document, in the documents folder, of one that was exported as JSON. May be called from any thread.

        Raises ProjectProblem.
        """
        return self.create(read_json(path), path.stem)

    def take(self, project: Project) -> Document:
        """Makes ``project`` the one in hand; the one before must have been closed."""
        self._project = project
        self._not_kept, self._is_kept = None, False
        if not project.read_only:
            recovery = self.recovery.file_for(project, self._clock)
            safekeeping = Safekeeping(recovery, partial(self._was_kept, project))
            self._autosave = Autosave(
                project,
                partial(self._was_saved, project),
                partial(self._was_not_saved, project),
                safekeeping=safekeeping,
            )
        self._listed, self._listed_until = _listed_at_once(project.document), time.monotonic() + LIST_EVERY_S
        self._note_recent(project.document)
        self.trouble_changed.emit()
        return project.document

    def move_to(self, path: Path, document: Document) -> None:
        """Goes on in a new file at ``path``; the one before stays as it was last saved. Raises ProjectProblem."""
        made = self.make(path, document)
        if self._autosave is not None:
            self._autosave.abandon(keep=False)
        elif self._project is not None:
            self._project.close()
        self.take(made)

    def changed(self, document: Document) -> None:
        """The document is another one now; it is saved within half a second."""
        if self._autosave is not None:
            self._autosave.document_changed(document)

    def save_now(self) -> bool:
        """Waits until the document is on disk; False when it cannot be saved. The window goes on being painted."""
        autosave = self._autosave
        if autosave is None:
            return True
        end = time.monotonic() + FLUSH_TIMEOUT_S
        while not autosave.flush(0.05):
            if autosave.problem is not None or time.monotonic() > end:
                return False
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        return True

    def try_again(self) -> None:
        """Tries to save now what could not be saved; does not wait for it."""
        if self._autosave is not None:
            self._autosave.save_soon()

    @property
    def keeps_unsaved(self) -> bool:
        """Whether closing now would leave the newest text in the app's own folder, for the next start to offer."""
        return self._is_kept and self._not_kept is None

    @property
    def problem(self) -> Exception | None:
        """Why the newest text is not on disk."""
        return None if self._autosave is None else self._autosave.problem

    def close(self, document: Document) -> None:
        """Saves what is not saved yet and closes the file. What cannot be saved is kept for the next start to offer."""
        if self._project is None:
            return
        self._note_recent(document)
        if self._autosave is None:
            self._project.close()
        elif self._autosave.waits_for_disk_s >= STALLED_S:
            self._autosave.abandon(keep=True)
        else:
            if not self._autosave.close():
                log.error("a document was closed unsaved; its text is kept to be recovered")
            self._project.close()
        self._project = None
        self._autosave = None
        self.trouble_changed.emit()

    def _note_recent(self, document: Document) -> None:
        if self._project is None:
            return
        self._recent.add(self._project.path, document, self._clock())

    # Called on the thread of the autosave; the signals cross over to the main thread. A disk may answer so late that
    # another document is in hand by then: it is told nothing.

    def _was_saved(self, project: Project, document: Document) -> None:
        if project is self._project:
            self._is_kept, self._not_kept = False, None
            self.saved.emit()
            self._keep_recent(project, document)

    def _keep_recent(self, project: Project, document: Document) -> None:
        """Has the list of recent documents say what is in the file, should the app not come to closing it.

        At the end of each section, and else not with every save: each writes the list anew.
        """
        listed, now = _listed_at_once(document), time.monotonic()
        if listed == self._listed and now < self._listed_until:
            return
        self._listed, self._listed_until = listed, now + LIST_EVERY_S
        self._recent.update(project.path, document, self._clock(), self._counts.total(document))

    def _was_not_saved(self, project: Project, problem: Exception) -> None:
        if project is self._project:
            self.saving_failed.emit(str(problem))

    def _was_kept(self, project: Project, problem: Exception | None) -> None:
        if project is not self._project:
            return
        self._is_kept = self._is_kept or problem is None
        self._not_kept = problem
        self._text_kept.emit()

    def _look_at_disk(self) -> None:
        """On the main thread, after text had to be kept: because saving failed, or because it takes its time."""
        self.trouble_changed.emit()
        if not self._stalled.isActive():
            self._stalled.start()
