"""How a command opens the document that it works on: alone, saved as it changes, and never losing what was written."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import ProjectProblem
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.autosave import Autosave
from longwriter_desktop.project.backing_up import BackingUp
from longwriter_desktop.project.backups import Backups
from longwriter_desktop.project.lock import DocumentLocks
from longwriter_desktop.project.recovery import Recovery
from longwriter_desktop.project.safekeeping import Safekeeping
from longwriter_desktop.project.store import Project
from longwriter_desktop.settings import load_settings

KEPT = "What was written is kept: `longwriter-desktop recover list` shows it."
NOT_KEPT = "What was written since could not be kept in the app's own folder either, and is lost."


@contextmanager
def opened_document(
    file: Path, paths: AppPaths, say: Callable[[str], None], *, read_only: bool = False
) -> Iterator[Project]:
    """A document for writing, which no window and no other command can open for writing meanwhile.

    With ``read_only`` it does not matter who else has it. Raises OpenElsewhere when one has it, NotWritable,
    and ProjectProblem. ``say`` tells the person a sentence.
    """
    if read_only:
        with Project.open(file, read_only=True) as project:
            yield project
        return
    lock = DocumentLocks(paths).take(file, "command line")
    try:
        if lock.reason:
            say(f"The app's own folder has no locks ({lock.reason}): do not open {file} elsewhere meanwhile.")
        with Project.open(file) as project:
            if not project.has_locks:
                say(f"The disk of {file} has no locks: do not open it on two computers at the same time.")
            # Copied as it was opened before it may be changed; as it is left at the end.
            with BackingUp(_backups(paths), lambda problem: say(str(problem))) as backing_up:
                backing_up.begin(project).result()
                yield project
    finally:
        lock.release()


@contextmanager
def created_document(file: Path, document: Document, paths: AppPaths) -> Iterator[Project]:
    """A new document, for writing as `opened_document`. Raises ProjectProblem, and leaves nothing behind then."""
    lock = DocumentLocks(paths).take(file, "command line")
    try:
        with Project.create(file, document) as project:
            yield project
    finally:
        lock.release()


def save_or_keep(project: Project, document: Document, paths: AppPaths) -> None:
    """Saves a document; where that fails, keeps it to be recovered. Raises ProjectProblem in that case too."""
    try:
        project.save(document)
    except ProjectProblem as problem:
        kept = Recovery(paths, DocumentLocks(paths)).file_for(project, time.time)
        try:
            kept.keep(document)
        except (ProjectProblem, OSError):
            raise ProjectProblem(f"{problem} {NOT_KEPT}") from problem
        kept.leave()
        raise ProjectProblem(f"{problem} {KEPT}") from problem


class Saving:
    """Saves what is written as it arrives; what cannot be saved is kept to be recovered."""

    def __init__(self, project: Project, paths: AppPaths) -> None:
        self._failed: list[Exception] = []
        self._kept: list[Exception | None] = []
        file = Recovery(paths, DocumentLocks(paths)).file_for(project, time.time)
        # Whoever opened the document has told already whether it can be backed up.
        self._backing_up = BackingUp(_backups(paths), lambda _problem: None)
        self._backing_up.begin(project)
        self._autosave = Autosave(
            project,
            lambda _document: self._backing_up.document_saved(),
            self._failed.append,
            safekeeping=Safekeeping(file, self._kept.append),
        )

    @property
    def failure(self) -> Exception | None:
        """Why something could not be saved, so that there is no use in writing on."""
        return self._failed[0] if self._failed else None

    def document_changed(self, document: Document) -> None:
        """Takes note of the newest document; it is saved within half a second."""
        self._autosave.document_changed(document)

    def finish(self, document: Document, timeout_s: float = 30.0) -> None:
        """Saves ``document``, the last one. Raises ProjectProblem when that cannot be done within ``timeout_s``."""
        self._autosave.document_changed(document)
        if self._autosave.flush(timeout_s):
            self._autosave.close()
            self._backing_up.close()
            return
        if self._failed:
            self._autosave.close()
            self._backing_up.close()
        else:
            self._autosave.abandon(keep=True)
        problem = self._failed[0] if self._failed else ProjectProblem("The disk of the document does not answer.")
        kept = KEPT if self._kept and self._kept[-1] is None else NOT_KEPT
        raise ProjectProblem(f"{problem} {kept}") from problem


def _backups(paths: AppPaths) -> Backups:
    return Backups.of_app(paths, load_settings(paths))
